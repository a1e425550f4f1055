//! `cargo tasks split`: cuts the built page's program in two, so that a first visit waits only for what it uses. Trunk runs
//! it after each release build (Trunk.toml, `post_build`). Which functions come later says `later.txt`, by module; how the
//! two parts find each other is in [`mod@carve`]; `static/boot.js` loads the second part once the page can be used. The
//! sheets of style become one.
//!
//! Ours: the well-kept tools cut by a profile of one run (binaryen's `wasm-split`, a C++ program), or want every border to
//! be an `async` function (`wasm-splitter`). A list of modules is readable, does not age with each build, and any
//! border will do.

mod carve;
mod crates;
mod data;
mod plan;
mod relocations;
mod uses;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::failure::{Context, Outcome, failed};
use crate::machine;
use carve::{Parts, carve};
use plan::Verdict;

const LATER: &str = include_str!("later.txt");
/// Bytes of a module from which on Chromium neither compiles nor instantiates it there and then, on the page's thread.
const AT_ONCE: usize = 8 << 20;

/// The command. Without an argument it works where Trunk puts a build together, and only on release builds.
/// With `--names` the first part's functions keep their names, so that a browser's call stack says who stepped over the border early.
pub fn run(mut arguments: Vec<OsString>) -> Outcome {
    let names = arguments.iter().any(|argument| argument == "--names");
    arguments.retain(|argument| argument != "--names");
    let folder = match (&arguments[..], std::env::var_os("TRUNK_STAGING_DIR")) {
        ([folder], _) => PathBuf::from(folder),
        ([], Some(staging)) => {
            if std::env::var_os("TRUNK_PROFILE").is_some_and(|profile| profile != "release") {
                return Ok(());
            }
            PathBuf::from(staging)
        }
        _ => {
            return failed(
                "usage: cargo tasks split [--names] FOLDER (a folder that `trunk build` made; it is changed in place)",
            );
        }
    };
    let told = split(&folder, names)?;
    println!("{told}");
    Ok(())
}

/// Cuts the program of the page in `folder`, names the parts after their contents, and tells index.html.
fn split(folder: &Path, names: bool) -> Outcome<String> {
    let index = folder.join("index.html");
    let html = std::fs::read_to_string(&index).context(index.display())?;
    if attribute(&html, "data-later").is_some() {
        return failed(format!("{} is cut already", folder.display()));
    }
    let name = attribute(&html, "data-wasm").context("index.html names no program (data-wasm)")?;
    let name = name.trim_start_matches("./").to_owned();
    let whole = folder.join(&name);
    let wasm = std::fs::read(&whole).context(whole.display())?;
    let rules = Rules::read(LATER);
    let uses = uses(&wasm)?;
    let Parts {
        first,
        later,
        content,
        moved,
        gates,
        data,
    } = carve(
        &wasm,
        |symbol| rules.judge(&format!("{:#}", rustc_demangle::demangle(symbol))),
        uses.as_ref(),
        names,
    )?;
    let mark = mark(&[&first, &later, &content]);
    let named = |part: &str| format!("stratus-{mark}{part}.wasm");
    let (first_name, later_name, content_name) = (named(""), named("-later"), named("-later-content"));
    for (name, bytes) in [(&first_name, &first), (&later_name, &later), (&content_name, &content)] {
        if bytes.len() >= AT_ONCE {
            return failed(format!(
                "{name} has {} bytes, and Chromium compiles less than {AT_ONCE} there and then",
                bytes.len()
            ));
        }
        let path = folder.join(name);
        std::fs::write(&path, bytes).context(path.display())?;
    }
    std::fs::remove_file(&whole).context(whole.display())?;
    let html = html.replace(&name, &first_name);
    let tag = format!("{first_name}\"");
    let html = html.replacen(
        &format!("data-wasm=\"./{tag}"),
        &format!("data-wasm=\"./{tag} data-later=\"./{later_name}\" data-content=\"./{content_name}\""),
        1,
    );
    if attribute(&html, "data-later").is_none() {
        return failed("index.html does not name the program as `data-wasm=\"./…\"`: see Trunk.toml, pattern_script");
    }
    let html = one_sheet(folder, &html)?;
    std::fs::write(&index, html).context(index.display())?;
    Ok(format!(
        "program of {} bytes cut in two: {} at first, {} later ({moved} functions behind {gates} gates, {data} bytes of data)",
        wasm.len(),
        first.len(),
        later.len(),
    ))
}

/// The page with one sheet of style in the place of its sheets, which are many for their readers' sake: each request costs a
/// first visit a way there and back (measured at 40 ms: thirteen sheets cost it 50 ms). Their order stays.
fn one_sheet(folder: &Path, html: &str) -> Outcome<String> {
    const LINK: &str = "<link rel=\"stylesheet\" href=\"./";
    let (mut page, mut style, mut place) = (String::new(), String::new(), None);
    for line in html.split_inclusive('\n') {
        match line
            .trim_start()
            .strip_prefix(LINK)
            .and_then(|rest| rest.split('"').next())
        {
            Some(name) => {
                let path = folder.join(name);
                style += &std::fs::read_to_string(&path).context(path.display())?;
                style.push('\n');
                std::fs::remove_file(&path).context(path.display())?;
                place.get_or_insert(page.len());
            }
            None => page.push_str(line),
        }
    }
    if let Some(place) = place {
        let name = format!("style-{}.css", mark(&[style.as_bytes()]));
        let path = folder.join(&name);
        std::fs::write(&path, style).context(path.display())?;
        page.insert_str(place, &format!("    {LINK}{name}\" />\n"));
    }
    Ok(page)
}

/// Which data the page's program uses where: what the linker wrote into the program that wasm-bindgen made the page's of.
/// `None`, and a word about it, where that is not there or another: then all data comes first, which is only slower.
fn uses(page: &[u8]) -> Outcome<Option<uses::Uses>> {
    let path = linked();
    let linked = std::fs::read(&path).context(path.display())?;
    if data_section(&linked) != data_section(page) {
        println!(
            "{} is not what this page was made of: its data is not cut",
            path.display()
        );
        return Ok(None);
    }
    match relocations::read(&linked) {
        Some(uses) => Ok(Some(uses)),
        None => failed(format!("{} has no relocations: see .cargo/config.toml", path.display())),
    }
}

/// The content of a module's data section.
fn data_section(wasm: &[u8]) -> Option<&[u8]> {
    relocations::section(wasm, 11)
}

/// The value of the first attribute of this name.
fn attribute<'a>(html: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = html.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}

/// Sixteen digits that differ when the contents do: names of files that browsers may keep for ever.
fn mark(parts: &[&[u8]]) -> String {
    use sha2::Digest;
    let mut hash = sha2::Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hash.finalize()
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// What `later.txt` says.
struct Rules<'a> {
    later: Vec<&'a str>,
    stays: Vec<&'a str>,
}

impl<'a> Rules<'a> {
    /// Reads lines: a path that comes later, `!` and a path that stays, `#` and a remark.
    fn read(text: &'a str) -> Rules<'a> {
        let lines = text
            .lines()
            .map(|line| line.split('#').next().unwrap_or_default().trim());
        let (stays, later): (Vec<&str>, Vec<&str>) = lines
            .filter(|line| !line.is_empty())
            .partition(|line| line.starts_with('!'));
        Rules {
            later,
            stays: stays
                .into_iter()
                .map(|line| line.trim_start_matches('!').trim())
                .collect(),
        }
    }

    /// Where a function of this name belongs: later, if it or a type in its name is of a path that comes later, and
    /// nothing in its name is of a path that stays.
    fn judge(&self, name: &str) -> Verdict {
        let own = name.trim_start_matches(['<', '&']).trim_start_matches("mut ");
        let (later, stays) = (&self.later, &self.stays);
        match () {
            () if stays.iter().any(|path| mentions(name, path)) => Verdict::First,
            () if later.iter().any(|path| own.starts_with(path) && mentions(own, path)) => Verdict::Later,
            () if later.iter().any(|path| mentions(name, path)) => Verdict::LaterUnlessCalled,
            () => Verdict::First,
        }
    }
}

/// Whether `path` stands in `name` as whole words.
fn mentions(name: &str, path: &str) -> bool {
    let part = |character: Option<char>| character.is_some_and(|c| c.is_alphanumeric() || c == '_');
    name.match_indices(path)
        .any(|(at, _)| !part(name[..at].chars().next_back()) && !part(name[at + path.len()..].chars().next()))
}

/// Bytes of code of the page's program by crate, before it was cut, largest first; `None` where there is no release build.
#[must_use]
pub fn by_crate() -> Option<Vec<(String, u64)>> {
    crates::by_crate(&std::fs::read(linked()).ok()?)
}

/// What the linker wrote, with names and relocations.
fn linked() -> PathBuf {
    machine::target().join("wasm32-unknown-unknown/release/stratus.wasm")
}

/// The built page's later part, where there is one: its functions, and what they find in memory.
#[must_use]
pub fn later_part() -> Option<[PathBuf; 2]> {
    let html = machine::dist().join("index.html");
    let html = std::fs::read_to_string(html).ok()?;
    let file = |name| Some(machine::dist().join(attribute(&html, name)?.trim_start_matches("./")));
    Some([file("data-later")?, file("data-content")?])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_path_moves_what_is_named_after_it_and_its_types() {
        let rules = Rules::read("# a remark\nstratus_app::panels::dns # another\n! stratus_app::panels::dns::hot\n");
        for (name, verdict) in [
            ("stratus_app::panels::dns::row", Verdict::Later),
            (
                "<stratus_app::panels::dns::Row as core::fmt::Debug>::fmt",
                Verdict::Later,
            ),
            (
                "<&mut stratus_app::panels::dns::Row as core::fmt::Debug>::fmt",
                Verdict::Later,
            ),
            (
                "<yew::Scope<stratus_app::panels::dns::Dns>>::mount",
                Verdict::LaterUnlessCalled,
            ),
            (
                "core::ptr::drop_in_place::<stratus_app::panels::dns::Row>",
                Verdict::LaterUnlessCalled,
            ),
            ("stratus_app::panels::dns_other::row", Verdict::First),
            ("other_stratus_app::panels::dns::row", Verdict::First),
            ("stratus_app::panels::dns::hot", Verdict::First),
            (
                "core::mem::swap::<(stratus_app::panels::dns::Row, stratus_app::panels::dns::hot::A)>",
                Verdict::First,
            ),
        ] {
            assert_eq!(rules.judge(name), verdict, "{name}");
        }
    }

    #[test]
    fn sheets_become_one_in_their_order() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [("a.css", "p { color: red }"), ("b.css", "p { color: blue }")] {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let sheet = |name: &str| format!("    <link rel=\"stylesheet\" href=\"./{name}\" integrity=\"x\"/>\n");
        let html = format!("<head>\n{}{}</head>\n", sheet("a.css"), sheet("b.css"));
        let page = one_sheet(folder.path(), &html).unwrap();
        let files: Vec<String> = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        let [name] = &files[..] else { panic!("{files:?}") };
        assert_eq!(
            page,
            format!("<head>\n    <link rel=\"stylesheet\" href=\"./{name}\" />\n</head>\n")
        );
        let style = std::fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!(style, "p { color: red }\np { color: blue }\n");
        assert_eq!(one_sheet(folder.path(), "<p>\n").unwrap(), "<p>\n");
    }

    #[test]
    fn a_page_that_names_no_program_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("index.html"), "<script src=\"boot.js\">").unwrap();
        assert!(
            split(folder.path(), false)
                .unwrap_err()
                .to_string()
                .contains("data-wasm")
        );
        std::fs::write(folder.path().join("index.html"), "<script data-later=\"./a\">").unwrap();
        assert!(
            split(folder.path(), false)
                .unwrap_err()
                .to_string()
                .contains("cut already")
        );
    }
}
