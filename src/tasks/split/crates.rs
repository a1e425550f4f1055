//! Which crate the bytes of the page's program come from: sums over the functions of the linked program, before it is cut in
//! two. Of functions made from types of several crates it counts where the function itself was written.

use std::collections::BTreeMap;

use super::relocations;

/// Bytes of code by crate, largest first. What no Rust name tells (the C runtime's) stands under `other`. `None`: the program
/// has no names.
pub fn by_crate(wasm: &[u8]) -> Option<Vec<(String, u64)>> {
    let mut sums: BTreeMap<String, u64> = BTreeMap::new();
    for (symbol, bytes) in relocations::functions(wasm)? {
        *sums.entry(crate_of(symbol)).or_default() += bytes;
    }
    let mut sums: Vec<(String, u64)> = sums.into_iter().collect();
    sums.sort_by(|(one, more), (other, less)| less.cmp(more).then_with(|| one.cmp(other)));
    Some(sums)
}

/// The crate that a symbol names first: of `<&mut yew::Scope<a::B> as core::fmt::Debug>::fmt` it is `yew`.
fn crate_of(symbol: &str) -> String {
    let Ok(name) = rustc_demangle::try_demangle(symbol) else {
        return "other".to_owned();
    };
    let name = format!("{name:#}");
    let mut words = name.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
    let path = words.find_map(|word| {
        word.split_once("::")
            .map(|(first, _)| first)
            .filter(|first| !first.is_empty())
    });
    path.unwrap_or("other").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_belongs_to_the_crate_that_it_names_first() {
        for (symbol, name) in [
            (
                "_ZN14stratus_engine5clock7advance17h0123456789abcdefE",
                "stratus_engine",
            ),
            ("_RNvNtCs1234_7mycrate3foo3bar", "mycrate"),
            (
                "_RNvXNtCs1234_7mycrate3fooRNtB2_3BarNtNtCs5_4core3fmt5Debug3fmt",
                "mycrate",
            ),
            ("__wbindgen_malloc", "other"),
            ("memcpy", "other"),
        ] {
            assert_eq!(crate_of(symbol), name, "{symbol}");
        }
    }

    #[test]
    fn what_is_no_program_has_no_crates() {
        assert!(by_crate(b"nothing").is_none());
    }
}
