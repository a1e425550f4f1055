//! Whether two style sheets give one class two looks: each is loaded with every page, so that the later one would reach into
//! what the other draws, unseen. A class belongs to the sheet whose rules begin with it alone (`.card`, `.card p`,
//! `ul.card`); rules that begin with two (`.card.open`) refine what another sheet has, and are free.

use std::collections::{BTreeMap, BTreeSet};

/// The classes that more than one of these sheets, each a name and its text, claims.
pub fn clashes<'a>(sheets: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<String> {
    let mut homes: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (name, text) in sheets {
        for class in selectors(text).iter().filter_map(|selector| own_class(selector)) {
            homes.entry(class.to_owned()).or_default().insert(name);
        }
    }
    let shared = homes.into_iter().filter(|(_, sheets)| sheets.len() > 1);
    shared
        .map(|(class, sheets)| {
            let sheets: Vec<&str> = sheets.into_iter().collect();
            format!(
                "{}: rules for .{class} stand here too: call one of them otherwise, or keep them together",
                sheets.join(", ")
            )
        })
        .collect()
}

/// All selectors of a sheet, also those inside `@media`.
fn selectors(text: &str) -> Vec<String> {
    let mut bare = String::new();
    for (at, part) in text.split("/*").enumerate() {
        let after = part.split_once("*/").map_or("", |(_, after)| after);
        bare.push_str(if at == 0 { part } else { after });
    }
    let mut found = Vec::new();
    let mut blocks: Vec<&str> = bare.split('{').collect();
    // What stands behind the last brace begins nothing.
    blocks.pop();
    for block in blocks {
        let prelude = block.rsplit(['}', ';']).next().unwrap_or_default().trim();
        if !prelude.starts_with('@') {
            found.extend(alternatives(prelude));
        }
    }
    found
}

/// The parts of a list of selectors: cut at its commas, but not within brackets.
fn alternatives(list: &str) -> Vec<String> {
    let (mut parts, mut depth) = (vec![String::new()], 0_usize);
    for letter in list.chars() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(last) = parts.last_mut() {
            last.push(letter);
        }
    }
    parts.iter().map(|part| part.trim().to_owned()).collect()
}

/// The class that a selector begins with, where it is the only one of its first part.
fn own_class(selector: &str) -> Option<&str> {
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    let name_of = |text: &str| text.find(|letter| !is_name(letter)).unwrap_or(text.len());
    let (_, rest) = selector.split_at(name_of(selector));
    let rest = rest.strip_prefix('.')?;
    let (class, rest) = rest.split_at(name_of(rest));
    (!rest.starts_with('.')).then_some(class)
}

#[cfg(test)]
mod tests {
    use super::clashes;

    fn between(one: &str, other: &str) -> String {
        clashes([("one.css", one), ("other.css", other)]).join("; ")
    }

    #[test]
    fn a_class_with_two_looks_is_found() {
        let found = between(".risk { color: red; }", "p.risk b, .calm { margin: 0; }");
        assert_eq!(
            found,
            "one.css, other.css: rules for .risk stand here too: call one of them otherwise, or keep them together"
        );
        let narrow = "@media (max-width: 820px) { .a { top: 0; } .risk { top: 0; } }";
        assert!(!between(".risk:hover { top: 0; }", narrow).is_empty());
    }

    #[test]
    fn what_is_nested_or_refines_is_free() {
        assert_eq!(between(".risk { top: 0; }", ".path .risk, .risk.open { top: 0; }"), "");
        assert_eq!(
            between(".risk { top: 0; }", ":is(.risk, .calm) b { top: 0; } /* .risk { } */"),
            ""
        );
        assert_eq!(
            between(".risk { top: 0; } .risk b { left: 0; }", ".risky { top: 0; }"),
            ""
        );
    }
}
