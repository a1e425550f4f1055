//! Values as bytes: they come back as they went, and no bytes do harm.

use crate::example::structure;
use expect_test::{Expect, expect};
use proptest::prelude::*;
use std::collections::BTreeMap;
use stratus_model::binary::{
    BinaryError, Letters, Reader, Texts, write_bytes, write_signed, write_structure, write_varint,
};
use stratus_model::{Name, Structure, Value, field, limits, model};

fn bytes_of(structure: &Structure) -> Vec<u8> {
    let mut out = Vec::new();
    write_structure(structure, &mut Letters, &mut out);
    out
}

fn read(bytes: &[u8]) -> Result<Structure, BinaryError> {
    let mut reader = Reader::new(bytes, limits::VALUES);
    let structure = reader.structure(&mut Letters)?;
    assert!(reader.is_empty(), "{} bytes are left", reader.left());
    Ok(structure)
}

fn check(structure: Structure, expected: &Expect) {
    let bytes = bytes_of(&structure);
    let shown: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    expected.assert_eq(&shown.join(" "));
    assert_eq!(read(&bytes), Ok(structure));
}

/// Links that exist hold these very bytes: none of them may ever change.
#[test]
fn the_bytes_of_every_kind() {
    let one = |value: Value| Structure::new().with(field::ACCELERATORS, value);
    check(Structure::new(), &expect!["00"]);
    check(one(Value::Bool(false)), &expect!["11 00"]);
    check(one(Value::Bool(true)), &expect!["12 00"]);
    check(one(Value::Integer(-1)), &expect!["13 01 00"]);
    check(
        one(Value::Integer(i64::MIN)),
        &expect!["13 ff ff ff ff ff ff ff ff ff 01 00"],
    );
    check(one(Value::Double(0.5)), &expect!["14 00 00 00 00 00 00 e0 3f 00"]);
    check(one(Value::Double(3600.0)), &expect!["15 a0 38 00"]);
    check(one(Value::from("é")), &expect!["16 02 c3 a9 00"]);
    check(one(Value::Blob(vec![0, 255])), &expect!["18 02 00 ff 00"]);
    check(one(Value::Timestamp(64)), &expect!["19 80 01 00"]);
    check(one(Value::List(vec![])), &expect!["1a 00 00"]);
    check(one(Value::from(vec!["a", "b"])), &expect!["1a 26 01 61 01 62 00"]);
    check(one(Value::from(vec![true, true])), &expect!["1a 20 02 02 00"]);
    let mixed = Value::List(vec![Value::Integer(1), Value::from("a")]);
    check(one(mixed), &expect!["1a 20 03 02 06 01 61 00"]);
    let map = BTreeMap::from([("k".to_string(), Value::Bool(true))]);
    check(one(Value::from(map)), &expect!["1b 01 01 6b 02 00"]);
    let inner = Structure::new().with(field::VPC_ID, "v");
    check(one(Value::from(inner)), &expect!["1c 96 56 01 76 00 00"]);
}

#[test]
fn unusual_numbers_come_back_to_the_bit() {
    for number in [
        -0.0,
        f64::MIN_POSITIVE,
        f64::MAX,
        9_007_199_254_740_992.0,
        9_007_199_254_740_994.0,
        -1e300,
    ] {
        let back = read(&bytes_of(&Structure::new().with(field::SECONDS, number))).unwrap();
        assert_eq!(
            back.double(field::SECONDS).map(f64::to_bits),
            Some(number.to_bits()),
            "{number}"
        );
    }
    for number in [0, 1, -1, 63, 64, i64::MAX, i64::MIN] {
        let mut bytes = Vec::new();
        write_signed(number, &mut bytes);
        assert_eq!(Reader::new(&bytes, 0).signed(), Ok(number));
    }
    for number in [0, 127, 128, u64::MAX] {
        let mut bytes = Vec::new();
        write_varint(number, &mut bytes);
        assert_eq!(Reader::new(&bytes, 0).varint(), Ok(number));
    }
}

#[test]
fn every_operation_with_all_it_can_hold() {
    for service in model().services() {
        for operation in service.operations() {
            let full = structure(service, service.structure(operation.input), 0);
            assert_eq!(read(&bytes_of(&full)), Ok(full), "{}", operation.name);
        }
    }
}

#[track_caller]
fn refused(bytes: &[u8], why: &BinaryError) {
    assert_eq!(read(bytes).as_ref(), Err(why));
}

#[test]
fn what_is_not_a_value_is_refused() {
    refused(&[], &BinaryError::CutShort);
    refused(&[0x13], &BinaryError::CutShort);
    refused(&[0x16, 5, b'a', 0], &BinaryError::CutShort);
    refused(&[0x16, 1, 0xff, 0], &BinaryError::NotText);
    refused(&[0x1f, 0], &BinaryError::UnknownKind(15));
    // A formed text, but nobody here knows forms.
    refused(&[0x17, 0], &BinaryError::UnknownKind(7));
    let mut unknown = Vec::new();
    write_varint(60_000 << 4 | 1, &mut unknown);
    refused(&unknown, &BinaryError::UnknownName(60_000));
    refused(&[0x01], &BinaryError::UnknownName(0));
    refused(&[0x11, 0x11, 0], &BinaryError::Disordered);
    refused(&[0x21, 0x11, 0], &BinaryError::Disordered);
    refused(
        &[0x13, 255, 255, 255, 255, 255, 255, 255, 255, 255, 2],
        &BinaryError::Overlong,
    );
    let mut not_a_number = vec![0x14];
    not_a_number.extend(f64::NAN.to_le_bytes());
    refused(&not_a_number, &BinaryError::NotFinite);
}

#[test]
fn a_few_bytes_cannot_ask_for_much() {
    // 2^60 times `true`, which would take no bytes.
    let mut bomb = vec![0x1a];
    write_varint(1 << 60 | 2, &mut bomb);
    refused(&bomb, &BinaryError::UnknownKind(2));
    let mut long = vec![0x1a];
    write_varint(1 << 40 | 12, &mut long);
    refused(&long, &BinaryError::CutShort);
    // A structure in a structure in a structure …
    refused(&[0x1c; 100], &BinaryError::TooDeep);
    refused(
        &[0x1a; 1].iter().chain(&[0x1a; 100]).copied().collect::<Vec<_>>(),
        &BinaryError::TooDeep,
    );
    // A list of many empty structures.
    let mut many = vec![0x1a];
    let count = limits::VALUES as u64 + 1;
    write_varint(count << 4 | 12, &mut many);
    many.extend(vec![0; count as usize + 1]);
    refused(&many, &BinaryError::TooMany);
}

/// Texts in capitals are written in small letters.
struct Shouting;

impl Texts for Shouting {
    fn write(&mut self, text: &str, out: &mut Vec<u8>) -> bool {
        let shouts = text == text.to_ascii_uppercase();
        if shouts {
            write_bytes(text.to_ascii_lowercase().as_bytes(), out);
        }
        shouts
    }
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<String, BinaryError> {
        Ok(reader.text()?.to_ascii_uppercase())
    }
}

#[test]
fn texts_can_have_forms_of_their_own() {
    let value = Structure::new()
        .with(field::TAGS, vec!["LOUD", "quiet"])
        .with(field::NAME, "HO");
    let mut bytes = Vec::new();
    write_structure(&value, &mut Shouting, &mut bytes);
    assert!(bytes.windows(4).any(|window| window == b"loud"));
    assert_eq!(Reader::new(&bytes, 9).structure(&mut Shouting), Ok(value));
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Integer),
        any::<f64>()
            .prop_filter("NaN is never stored", |number| number.is_finite())
            .prop_map(Value::Double),
        any::<String>().prop_map(Value::String),
        any::<Vec<u8>>().prop_map(Value::Blob),
        any::<i64>().prop_map(Value::Timestamp),
    ];
    leaf.prop_recursive(4, 64, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::List),
            prop::collection::btree_map(any::<String>(), inner.clone(), 0..6).prop_map(Value::Map),
            members(inner).prop_map(Value::Structure),
        ]
    })
}

fn members(inner: impl Strategy<Value = Value>) -> impl Strategy<Value = Structure> {
    let name = (1_u16..900).prop_map(|number| Name::from_number(number).unwrap());
    prop::collection::vec((name, inner), 0..6).prop_map(|members| members.into_iter().collect())
}

proptest! {
    #[test]
    fn any_structure_comes_back(structure in members(any_value())) {
        let bytes = bytes_of(&structure);
        prop_assert_eq!(read(&bytes), Ok(structure));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        // What is read, even by accident, can be written and read again.
        let mut reader = Reader::new(&bytes, limits::VALUES);
        if let Ok(structure) = reader.structure(&mut Letters) {
            prop_assert_eq!(read(&bytes_of(&structure)), Ok(structure));
        }
    }

    #[test]
    fn damaged_bytes_are_read_or_refused(structure in members(any_value()), at in any::<prop::sample::Index>(), bits in 1_u8..) {
        let mut bytes = bytes_of(&structure);
        let at = at.index(bytes.len());
        bytes[at] ^= bits;
        let mut reader = Reader::new(&bytes, limits::VALUES);
        if let Ok(structure) = reader.structure(&mut Letters) {
            prop_assert_eq!(read(&bytes_of(&structure)), Ok(structure));
        }
    }
}
