//! The dictionary of links is frozen: one byte more or less, and links that exist no longer open.

use sha2::{Digest, Sha256};
use stratus_classroom::{File, pack};

const DICTIONARY: &[u8] = include_bytes!("../../src/classroom/data/dictionary.v1");

#[test]
fn the_dictionary_is_frozen() {
    let hash: String = Sha256::digest(DICTIONARY)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert_eq!(hash, "caee8d75347c163ac697006e2af1ceabf9d7ff5018b9334bda6dc754d1051d27");
}

/// How `dictionary.v1` was made of the calls beside this file. Only a next version of the links may use what this
/// writes: `cargo test -p stratus-classroom --test classroom make_a_dictionary -- --ignored`.
#[test]
#[ignore = "writes the dictionary of a next version of links"]
fn make_a_dictionary() {
    let file = File::from_text(include_str!("dictionary/calls.stratus.json")).unwrap();
    let mut packed = pack::pack(&file).unwrap();
    // All calls are of one moment: the column of times says nothing.
    let times = vec![0; file.calls.len() - 1];
    let at = packed.windows(times.len()).position(|window| window == times).unwrap();
    packed.drain(at..at + times.len());
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/dictionary.next");
    std::fs::create_dir_all(std::path::Path::new(path).parent().unwrap()).unwrap();
    std::fs::write(path, &packed).unwrap();
    println!("{} bytes in {path}", packed.len());
}
