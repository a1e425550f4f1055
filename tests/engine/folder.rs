//! Runs every `*.story` below a folder and says what was not as told. The tests of several subjects share it.

use crate::runner;
use std::fs;
use std::path::{Path, PathBuf};

/// Runs the stories of a folder of `tests/`, whatever subject's folder below it they lie in.
pub fn stories(folder: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests").join(folder);
    let only = std::env::var("STORY").unwrap_or_default();
    let update = std::env::var("UPDATE_EXPECT").is_ok_and(|value| value == "1");
    let mut paths = Vec::new();
    collect(&root, &mut paths);
    paths.sort();
    let mut faults = Vec::new();
    let mut ran = 0;
    for path in paths.iter().filter(|path| path.to_string_lossy().contains(&only)) {
        let text = fs::read_to_string(path).unwrap();
        let name = path.strip_prefix(&root).unwrap_or(path).display();
        let mut updated = String::new();
        for section in runner::sections(&text) {
            ran += 1;
            let outcome = runner::run(section.text, section.before);
            updated.push_str(&outcome.updated);
            // A known gap is a story that fails; once it passes, the line that says so has to go.
            if section.text.lines().any(|line| line.starts_with("# gap: ")) {
                if outcome.failures.is_empty() {
                    faults.push(format!(
                        "{name} ({}): the gap is closed: take away its `# gap:` line",
                        section.title
                    ));
                }
                continue;
            }
            for failure in &outcome.failures {
                faults.push(format!("{name}: {}: {failure}", section.title));
            }
        }
        if update && updated != text {
            fs::write(path, updated).unwrap();
        }
    }
    assert!(ran > 0, "no story has '{only}' in its path");
    assert!(
        faults.is_empty(),
        "{} faults in {ran} stories:\n\n{}\n",
        faults.len(),
        faults.join("\n")
    );
}

/// How many stories stand in a folder of `tests/`, run or not.
#[allow(dead_code, reason = "not every test that includes this file promises a number")]
pub fn count(folder: &str) -> usize {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests").join(folder);
    let mut paths = Vec::new();
    collect(&root, &mut paths);
    let texts = paths.iter().map(|path| fs::read_to_string(path).unwrap());
    texts.map(|text| runner::sections(&text).len()).sum()
}

fn collect(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "story") {
            out.push(path);
        }
    }
}
