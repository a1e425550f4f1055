//! The committed text is consistent in itself: nothing but the repository is needed to know that. (That it is what the
//! generator writes is a test of the generator.)

use crate::shapes::text::{ServiceText, parse_numbered};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

fn read(name: &str) -> String {
    std::fs::read_to_string(data().join(name)).unwrap()
}

fn services() -> Vec<ServiceText> {
    let mut files: Vec<String> = std::fs::read_dir(data())
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    files.retain(|file| file.ends_with(".model"));
    files.sort();
    files
        .iter()
        .map(|file| ServiceText::parse(&read(file)).unwrap())
        .collect()
}

#[test]
fn files_are_sorted_and_closed() {
    for service in services() {
        let name = service.fact("service").unwrap();
        let operations: Vec<&str> = service
            .operations
            .iter()
            .map(|operation| operation.name.as_str())
            .collect();
        assert!(operations.is_sorted_by(|a, b| a < b), "{name}: operations");
        let order: Vec<&str> = service.shapes.iter().map(|shape| shape.name.as_str()).collect();
        assert!(order.is_sorted_by(|a, b| a < b), "{name}: shapes: {order:?}");

        let shapes: BTreeMap<&str, _> = service
            .shapes
            .iter()
            .map(|shape| (shape.name.as_str(), shape))
            .collect();
        let mut pending: Vec<&str> = Vec::new();
        for operation in &service.operations {
            for key in ["input", "output"] {
                pending.extend(operation.fact(key).and_then(|value| value.split(' ').next()));
            }
            pending.extend(
                operation
                    .fact("errors")
                    .into_iter()
                    .flat_map(|errors| errors.split(' ')),
            );
        }
        let mut reached = BTreeSet::new();
        while let Some(shape) = pending.pop() {
            if reached.insert(shape) {
                let shape = shapes.get(shape).unwrap_or_else(|| panic!("{name}: no shape {shape}"));
                pending.extend(shape.references());
            }
        }
        let idle: Vec<_> = shapes.keys().filter(|shape| !reached.contains(*shape)).collect();
        assert!(idle.is_empty(), "{name}: nothing leads to {idle:?}");
    }
}

#[test]
fn members_and_values_occur_once() {
    for service in services() {
        for shape in &service.shapes {
            let members: BTreeSet<_> = shape.members.iter().map(|member| &member.name).collect();
            assert_eq!(members.len(), shape.members.len(), "{}", shape.name);
            let values: BTreeSet<_> = shape.values.iter().collect();
            assert_eq!(values.len(), shape.values.len(), "{}", shape.name);
        }
    }
}

/// `parse_numbered` refuses gaps; a number that nothing bears any more stays taken.
#[test]
fn numbers_are_dense_unique_and_complete() {
    let names = parse_numbered(&read("names.txt")).unwrap();
    let numbers = parse_numbered(&read("numbers.txt")).unwrap();
    let known: BTreeSet<&String> = names.iter().collect();
    assert_eq!(known.len(), names.len());
    assert_eq!(numbers.iter().collect::<BTreeSet<_>>().len(), numbers.len());
    for service in services() {
        let name = service.fact("service").unwrap();
        for operation in &service.operations {
            assert!(
                numbers.contains(&format!("{name} {}", operation.name)),
                "{name} {}",
                operation.name
            );
        }
        for member in service.shapes.iter().flat_map(|shape| &shape.members) {
            assert!(known.contains(&member.name), "{name}: {}", member.name);
        }
    }
}

/// Links and saved worlds hold these numbers: were one of them another, old links would mean something else.
#[test]
fn numbers_that_were_given_out_stay() {
    let names = parse_numbered(&read("names.txt")).unwrap();
    let numbers = parse_numbered(&read("numbers.txt")).unwrap();
    expect_test::expect!["de3a49dfbbd299d2"].assert_eq(&digest(&names, 933));
    expect_test::expect!["52805499828471a5"].assert_eq(&digest(&numbers, 153));
}

/// FNV-1a of the first entries: enough to notice a change.
fn digest(entries: &[String], count: usize) -> String {
    let text = entries
        .iter()
        .take(count)
        .fold(String::new(), |text, entry| text + entry + "\n");
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    });
    format!("{hash:016x}")
}

#[test]
fn every_listed_operation_is_there() {
    let services = services();
    let mut current = None;
    for line in read("operations.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let words: Vec<&str> = line.split(' ').collect();
        match words.as_slice() {
            ["service", name] => current = services.iter().find(|service| service.fact("service") == Some(name)),
            ["all"] | ["open", _] => {}
            [name, ..] => {
                let service = current.unwrap();
                assert!(
                    service.operations.iter().any(|operation| operation.name == *name),
                    "{name}"
                );
            }
            [] => {}
        }
    }
}
