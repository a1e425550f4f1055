//! The codes of explanations held to AWS's table: `codes.txt` has every code that AWS documents, and for each that nothing
//! here can produce, why. Every code that the engine has is expected by a fixture.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const ENGINE: &str = include_str!("../../src/engine/network/codes.rs");
const TABLE: &str = include_str!("codes.txt");

/// Codes that the engine can give.
pub fn of_engine() -> BTreeSet<&'static str> {
    let constants = ENGINE.lines().filter(|line| line.starts_with("pub const "));
    constants.filter_map(|line| line.split('"').nth(1)).collect()
}

/// Codes that a fixture expects.
fn expected() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/network");
    let files = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|extension| extension == "paths"));
    let texts = files.map(|path| fs::read_to_string(path).unwrap());
    texts
        .flat_map(|text| {
            let told = text.lines().filter_map(|line| line.strip_prefix("  ! "));
            let codes = told.filter_map(|line| line.split(' ').next().map(str::to_owned));
            codes.collect::<Vec<_>>()
        })
        .collect()
}

/// AWS's codes, each with why it does not come up here, or nothing.
fn table() -> Vec<(&'static str, &'static str)> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines
        .map(|line| {
            line.split_once(' ')
                .map_or((line, ""), |(code, why)| (code, why.trim()))
        })
        .collect()
}

#[test]
fn every_code_has_a_fixture() {
    let expected = expected();
    let missing: Vec<&str> = of_engine()
        .into_iter()
        .filter(|code| !expected.contains(*code))
        .collect();
    assert!(missing.is_empty(), "no fixture expects {missing:?}");
}

#[test]
fn every_code_of_aws_comes_up_or_has_a_reason() {
    let engine = of_engine();
    let table = table();
    assert_eq!(table.len(), 88, "AWS's table has changed");
    for (code, why) in &table {
        assert_ne!(
            engine.contains(code),
            !why.is_empty(),
            "{code}: a code either comes up or has a reason why not"
        );
    }
    let known = |code: &&&str| !code.starts_with("STRATUS_") && !table.iter().any(|(own, _)| own == *code);
    let unknown: Vec<&&str> = engine.iter().filter(known).collect();
    assert!(unknown.is_empty(), "AWS has no code {unknown:?}");
}
