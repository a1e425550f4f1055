//! What a first visit transfers before it can be used: counted from `dist/index.html`, raw and in brotli, and held to the
//! budget. What the page loads after that (src/tasks/split) is weighed beside it. Leaves the compressed files beside the
//! originals, for hosts that send them.

use std::path::{Path, PathBuf};

use crate::failure::{Context, Outcome, failed};
use crate::{machine, site, split};

/// Everything that the page needs before it can be used, in brotli, bytes.
pub const BUDGET: u64 = 700_000;

/// The program alone, in brotli, bytes.
pub const WASM_BUDGET: u64 = 600_000;

/// One file of a first visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its name below `dist/`.
    pub name: String,
    /// Bytes as they are.
    pub raw: u64,
    /// Bytes in brotli, quality 11.
    pub brotli: u64,
}

/// The files of a first visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    /// Every file that index.html names, and index.html.
    pub parts: Vec<Part>,
}

impl Bundle {
    /// Brotli bytes of everything.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.parts.iter().map(|part| part.brotli).sum()
    }

    /// Brotli bytes of the program.
    #[must_use]
    pub fn wasm(&self) -> u64 {
        self.parts
            .iter()
            .filter(|part| part.name.ends_with(".wasm"))
            .map(|part| part.brotli)
            .sum()
    }
}

/// Prints the files and their sizes; fails where the budget is passed.
pub fn check() -> Outcome<String> {
    let bundle = measure(&machine::dist())?;
    println!("{:<44} {:>12} {:>12}", "first visit", "raw", "brotli");
    for Part { name, raw, brotli } in &bundle.parts {
        println!("{name:<44} {raw:>12} {brotli:>12}");
    }
    let raw: u64 = bundle.parts.iter().map(|part| part.raw).sum();
    println!("{:<44} {raw:>12} {:>12}", "together", bundle.total());
    let (raw, later) = weigh_later()?;
    println!("{:<44} {raw:>12} {later:>12}", "later, in the background");
    by_crate();
    judge(&bundle).map(|told| format!("{told}; later part {later}"))
}

/// Crates that are printed one by one; the others together.
const CRATES: usize = 16;

/// Prints what each crate adds to both parts of the program, as code before compression.
fn by_crate() {
    let Some(crates) = split::by_crate() else {
        return println!("no linked program: bytes by crate are known after a release build");
    };
    println!("{:<44} {:>12}", "code by crate, both parts", "raw");
    for (name, bytes) in crates.iter().take(CRATES) {
        println!("{name:<44} {bytes:>12}");
    }
    let others: u64 = crates.iter().skip(CRATES).map(|(_, bytes)| bytes).sum();
    let count = crates.len().saturating_sub(CRATES);
    println!("{:<44} {others:>12}", format!("{count} others"));
}

fn judge(bundle: &Bundle) -> Outcome<String> {
    let (total, wasm) = (bundle.total(), bundle.wasm());
    let told = format!("{total} of {BUDGET} bytes in brotli, wasm alone {wasm} of {WASM_BUDGET}");
    match total <= BUDGET && wasm <= WASM_BUDGET {
        true => Ok(told),
        false => failed(format!("over the budget: {told}")),
    }
}

/// Bytes of a file, raw and in brotli; leaves the compressed one beside it.
pub fn weigh(path: &Path) -> Outcome<(u64, u64)> {
    let raw = path.metadata().context(path.display())?.len();
    let brotli = compressed(path)?.metadata().context(path.display())?.len();
    Ok((raw, brotli))
}

/// Bytes of the later part's files together, raw and in brotli; none where the page was not cut.
pub fn weigh_later() -> Outcome<(u64, u64)> {
    let mut sum = (0, 0);
    for path in split::later_part().into_iter().flatten() {
        let (raw, brotli) = weigh(&path)?;
        sum = (sum.0 + raw, sum.1 + brotli);
    }
    Ok(sum)
}

/// Measures the first visit of a built page, compressing what was not compressed since the last build.
pub fn measure(dist: &Path) -> Outcome<Bundle> {
    let index = dist.join("index.html");
    let html = std::fs::read_to_string(&index).context(format_args!(
        "cannot read {}; `trunk build --release` makes it",
        index.display()
    ))?;
    let mut parts = Vec::new();
    for name in std::iter::once("index.html".to_owned()).chain(named_files(&html)) {
        let path = dist.join(&name);
        let (raw, brotli) = weigh(&path).context(format_args!("index.html names {name}"))?;
        parts.push(Part { name, raw, brotli });
    }
    Ok(Bundle { parts })
}

/// The files that the page names in attributes: scripts, styles, icons, the program. Each once, in order.
fn named_files(html: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for attribute in [" href=\"", " src=\"", " data-js=\"", " data-wasm=\""] {
        for rest in html.split(attribute).skip(1) {
            let value = rest.split('"').next().unwrap_or_default();
            let value = value.strip_prefix("./").unwrap_or(value);
            let own = !value.is_empty() && !value.starts_with('#') && !value.contains(':');
            if own && !names.iter().any(|name| name == value) {
                names.push(value.to_owned());
            }
        }
    }
    names
}

/// The compressed file beside `path`, made where it is missing or older.
fn compressed(path: &Path) -> Outcome<PathBuf> {
    if let Some(there) = site::compressed(path) {
        return Ok(there);
    }
    let mut name = path.as_os_str().to_owned();
    name.push(".br");
    let beside = PathBuf::from(name);
    let bytes = std::fs::read(path).context(path.display())?;
    std::fs::write(&beside, brotli(&bytes)?).context(beside.display())?;
    Ok(beside)
}

fn brotli(bytes: &[u8]) -> Outcome<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &parameters).context("cannot compress")?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_files_that_a_page_names_are_its_own_ones_each_once() {
        let html = r##"<link rel="icon" href="./icon.svg"><link href="./a.js"><a href="#main"><a href="https://example.com/">
            <script src="./boot.js" data-js="./a.js" data-wasm="./a_bg.wasm"></script>"##;
        assert_eq!(named_files(html), ["icon.svg", "a.js", "boot.js", "a_bg.wasm"]);
    }

    #[test]
    fn sizes_are_those_of_the_files_and_compressed_ones_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("index.html"), "<script data-wasm=\"./a.wasm\">").unwrap();
        std::fs::write(folder.path().join("a.wasm"), "a".repeat(10_000)).unwrap();
        let bundle = measure(folder.path()).unwrap();
        let [page, wasm] = &bundle.parts[..] else {
            panic!("{bundle:?}")
        };
        assert_eq!((page.name.as_str(), wasm.raw), ("index.html", 10_000));
        assert!(wasm.brotli < 100 && bundle.wasm() == wasm.brotli && bundle.total() > wasm.brotli);
        assert!(folder.path().join("a.wasm.br").is_file());
        assert_eq!(measure(folder.path()), Ok(bundle));
    }

    #[test]
    fn a_missing_file_and_a_passed_budget_are_failures() {
        let folder = tempfile::tempdir().unwrap();
        assert!(measure(folder.path()).is_err());
        std::fs::write(folder.path().join("index.html"), "<script src=\"./gone.js\">").unwrap();
        assert!(measure(folder.path()).unwrap_err().to_string().contains("gone.js"));
        let part = |name: &str, brotli| Part {
            name: name.into(),
            raw: 0,
            brotli,
        };
        let bundle = |parts: &[Part]| Bundle { parts: parts.to_vec() };
        let met = bundle(&[part("a.wasm", WASM_BUDGET), part("a.js", BUDGET - WASM_BUDGET)]);
        assert!(judge(&met).is_ok());
        assert!(judge(&bundle(&[part("a.wasm", WASM_BUDGET + 1)])).is_err());
        assert!(judge(&bundle(&[part("a.js", BUDGET + 1)])).is_err());
    }
}
