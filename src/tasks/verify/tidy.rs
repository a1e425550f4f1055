//! What no compiler checks: that the house stays as it was laid out. Reads the files that git knows; changes nothing.

use std::collections::BTreeSet;
use std::process::Command;

use crate::failure::{Outcome, failed};
use crate::machine;
use crate::verify::styles;

/// All that may stand at the top.
const TOP: [&str; 18] = [
    ".cargo",
    ".ci",
    ".config",
    ".gitattributes",
    ".gitignore",
    ".rustfmt.toml",
    "Cargo.lock",
    "Cargo.toml",
    "CONTRIBUTING.md",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "Trunk.toml",
    "index.html",
    "rust-toolchain.toml",
    "src",
    "static",
    "tests",
];

/// How long a file may be before it is two files.
const LINES: usize = 600;

/// What a longer file's head says about itself: rows of data are easier to read in one place.
const TABLE: &str = "//! A table";

/// Words that stand for work not done, or left in by mistake. In two parts, so that this file does not hold them.
const UNFINISHED: [(&str, &str); 5] = [
    ("TO", "DO"),
    ("FIX", "ME"),
    ("XX", "X:"),
    ("unimple", "mented!("),
    ("<<<<", "<<< "),
];

/// A file of the repository.
struct File<'a> {
    name: &'a str,
    text: &'a str,
}

/// Looks at every file that git knows.
pub fn check() -> Outcome<String> {
    let mut git = Command::new("git");
    git.current_dir(machine::root())
        .args(["ls-files", "--cached", "--others", "--exclude-standard"]);
    let Some(list) = machine::answer(&mut git) else {
        return failed("git does not tell which files there are; is this a clone?");
    };
    let names: BTreeSet<&str> = list
        .lines()
        .filter(|name| machine::root().join(name).is_file())
        .collect();
    let mut problems = top(&names);
    let (mut manifests, mut sheets) = (String::new(), Vec::new());
    for name in &names {
        // Pictures and the like are not text.
        let Ok(text) = machine::read(name) else { continue };
        problems.extend(
            file(&File { name, text: &text })
                .into_iter()
                .map(|problem| format!("{name}: {problem}")),
        );
        if name.ends_with("Cargo.toml") {
            manifests.push_str(&text);
        }
        if name.ends_with(".css") {
            sheets.push((*name, text));
        }
    }
    problems.extend(unwired(&names, &manifests));
    problems.extend(styles::clashes(
        sheets.iter().map(|(name, text)| (*name, text.as_str())),
    ));
    if problems.is_empty() {
        Ok(format!("{} files", names.len()))
    } else {
        failed(problems.join("\n"))
    }
}

fn top(names: &BTreeSet<&str>) -> Vec<String> {
    let tops: BTreeSet<&str> = names.iter().filter_map(|name| name.split('/').next()).collect();
    tops.into_iter()
        .filter(|name| !TOP.contains(name))
        .map(|name| format!("{name}: has no place at the top; see TOP in src/tasks/verify/tidy.rs"))
        .collect()
}

/// Cargo does not look for tests by itself here, so one that no manifest names would never run.
fn unwired(names: &BTreeSet<&str>, manifests: &str) -> Vec<String> {
    names
        .iter()
        .filter(|name| name.starts_with("tests/") && name.ends_with("/main.rs") && name.split('/').count() == 3)
        .filter(|name| {
            let folder_manifest = name.replace("main.rs", "Cargo.toml");
            !manifests.contains(&format!("\"../../{name}\"")) && !names.contains(folder_manifest.as_str())
        })
        .map(|name| format!("{name}: no Cargo.toml names this test, so it never runs"))
        .collect()
}

fn file(file: &File<'_>) -> Vec<String> {
    let mut problems = Vec::new();
    let extension = file.name.rsplit('.').next().unwrap_or_default();
    if file.text.contains('\r') {
        problems.push("has CR LF line ends".into());
    }
    if matches!(extension, "rs" | "js" | "css" | "html" | "toml") {
        if !file.text.ends_with('\n') {
            problems.push("does not end with a line end".into());
        }
        problems.extend(unfinished(file.text));
        let lines = file.text.lines().count();
        if lines > LINES && !file.text.starts_with(TABLE) {
            problems.push(format!(
                "{lines} lines: more than {LINES}, and its head does not start with `{TABLE}`"
            ));
        }
    }
    if extension == "rs" {
        problems.extend(rust(file));
    }
    if file.name == "Cargo.lock" {
        let strange = file.text.lines().filter(|line| line.starts_with("source = "));
        let strange =
            strange.filter(|line| !line.contains("\"registry+https://github.com/rust-lang/crates.io-index\""));
        problems.extend(strange.map(|line| format!("a dependency from elsewhere: {line}")));
    }
    problems
}

fn unfinished(text: &str) -> Vec<String> {
    let found = UNFINISHED
        .iter()
        .map(|(one, two)| format!("{one}{two}"))
        .filter(|word| text.contains(word.as_str()));
    found.map(|word| format!("holds `{word}`")).collect()
}

fn rust(file: &File<'_>) -> Vec<String> {
    let mut problems = Vec::new();
    if !file.text.starts_with("//! ") {
        problems.push("does not begin with what it is for (`//! `)".into());
    }
    if file.name.starts_with("src/app/") {
        // The policy of the page refuses style attributes; `~style` sets the property.
        let styled = file
            .text
            .lines()
            .enumerate()
            .filter(|(_, line)| line.contains(" style=") || line.contains("\"style\""));
        problems.extend(styled.map(|(at, _)| {
            format!(
                "line {}: a style attribute, which the page's policy refuses; use ~style",
                at + 1
            )
        }));
        for door in [
            "set_inner_html",
            "from_html_unchecked",
            "insert_adjacent_html",
            "set_outer_html",
        ] {
            if file.text.contains(door) {
                problems.push(format!("{door}: text must never become markup"));
            }
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(name: &str, text: &str) -> String {
        file(&File { name, text }).join("; ")
    }

    #[test]
    fn a_proper_file_has_no_problems() {
        assert_eq!(problems("src/engine/a.rs", "//! What it is for.\n"), "");
        assert_eq!(problems("static/boot.js", "// What it is for.\n"), "");
        assert_eq!(problems("src/model/data/a.txt", "no line end"), "");
    }

    #[test]
    fn a_long_file_is_two_files_unless_it_is_a_table() {
        let rows = "// row\n".repeat(LINES);
        assert!(problems("src/a.rs", &format!("//! Much.\n{rows}")).contains("601 lines"));
        assert_eq!(problems("src/a.rs", &format!("//! A table of much.\n{rows}")), "");
    }

    #[test]
    fn a_head_a_line_end_and_finished_work_are_wanted() {
        assert!(problems("src/a.rs", "fn a() {}\n").contains("what it is for"));
        assert!(problems("src/a.rs", "//! A.").contains("line end"));
        assert!(problems("src/a.rs", "//! A.\r\n").contains("CR LF"));
        assert!(problems("src/a.rs", &format!("//! A.\n// TO{}: more\n", "DO")).contains("holds"));
    }

    #[test]
    fn markup_from_text_and_style_attributes_are_refused_in_the_page() {
        assert!(problems("src/app/a.rs", "//! A.\nhtml! { <p style=\"x\"> }\n").contains("line 2"));
        assert!(problems("src/app/a.rs", "//! A.\nnode.set_inner_html(x);\n").contains("never become markup"));
        assert_eq!(problems("src/app/a.rs", "//! A.\nhtml! { <p ~style=\"x\"> }\n"), "");
    }

    #[test]
    fn dependencies_come_from_one_place() {
        let line = "source = \"registry+https://github.com/rust-lang/crates.io-index\"\n";
        assert_eq!(problems("Cargo.lock", line), "");
        assert!(problems("Cargo.lock", "source = \"git+https://example.com/a\"\n").contains("elsewhere"));
    }

    #[test]
    fn a_stranger_at_the_top_and_a_test_that_nobody_runs_are_found() {
        let names = BTreeSet::from([
            "src/main.rs",
            "notes.txt",
            "tests/a/main.rs",
            "tests/b/main.rs",
            "tests/c/main.rs",
            "tests/c/Cargo.toml",
        ]);
        assert_eq!(top(&names).len(), 1);
        let found = unwired(&names, "path = \"../../tests/a/main.rs\"");
        assert!(
            found.len() == 1 && found.iter().all(|text| text.starts_with("tests/b/")),
            "{found:?}"
        );
    }
}
