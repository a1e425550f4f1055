//! `imports.txt`: what ImportKeyPair takes and refuses.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use proptest::prelude::*;
use stratus_engine::keys::{MAX_IMPORT_BYTES, import};

struct Case {
    name: &'static str,
    material: Vec<u8>,
    expected: &'static str,
}

fn cases() -> Vec<Case> {
    let blocks = include_str!("imports.txt").split("\n--- ").skip(1);
    blocks
        .map(|block| {
            let (name, rest) = block.split_once('\n').unwrap();
            let (material, expected) = rest.split_once("=> ").unwrap();
            let material = match name.starts_with("raw ") {
                true => BASE64_STANDARD.decode(material.trim()).unwrap(),
                false => material.as_bytes().to_vec(),
            };
            Case {
                name,
                material,
                expected: expected.trim_end(),
            }
        })
        .collect()
}

#[test]
fn cases_of_the_fixture() {
    let cases = cases();
    assert!(cases.len() > 30);
    for case in cases {
        let found = match import(&case.material) {
            Ok(key) => format!("{} {}", key.key_type.name(), key.fingerprint),
            Err(problem) => format!("refused: {problem}"),
        };
        assert_eq!(found, case.expected, "{}", case.name);
    }
}

/// Whatever the format, the public half comes out as OpenSSH's line, which is taken again.
#[test]
fn one_form_for_all() {
    for case in cases() {
        let Ok(key) = import(&case.material) else { continue };
        assert_eq!(
            import(key.public_openssh.as_bytes()).as_ref(),
            Ok(&key),
            "{}",
            case.name
        );
        let words = key.public_openssh.split(' ').count();
        assert_eq!(words, 2, "{}", case.name);
        if case.name.contains("OpenSSH") {
            assert!(
                String::from_utf8(case.material).unwrap().contains(&key.public_openssh),
                "{}",
                case.name
            );
        }
    }
}

#[test]
fn endless_material_is_not_read() {
    let mut material = cases().swap_remove(0).material;
    assert!(import(&material).is_ok());
    material.resize(MAX_IMPORT_BYTES + 1, b' ');
    assert!(import(&material).is_err());
}

proptest! {
    #[test]
    fn nothing_panics(material: Vec<u8>) {
        let _ = import(&material);
    }

    #[test]
    fn damage_never_panics(case in 0_usize..30, at: prop::sample::Index, byte: u8, length: prop::sample::Index) {
        let mut material = cases().swap_remove(case).material;
        if !material.is_empty() {
            let at = at.index(material.len());
            material[at] = byte;
            let _ = import(&material);
            material.truncate(length.index(material.len()));
            let _ = import(&material);
        }
    }
}
