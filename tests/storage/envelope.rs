//! The bytes of a row: what is written is read again, and nothing else is.

use proptest::prelude::*;
use sha2::{Digest, Sha256};
use stratus_storage::envelope::{EnvelopeError, Kind, VERSION, decode, encode};
use stratus_storage::{BlobId, Entry, StorageError, limits};

const KINDS: [Kind; 4] = [Kind::Workspace, Kind::Head, Kind::Record, Kind::Checkpoint];

/// A body with the right checksum behind it.
fn seal(mut body: Vec<u8>) -> Vec<u8> {
    let digest: [u8; 32] = Sha256::digest(&body).into();
    body.extend(&digest[..16]);
    body
}

fn unseal(row: &[u8]) -> Vec<u8> {
    row[..row.len() - 16].to_vec()
}

#[test]
fn the_layout_is_the_documented_one() {
    let row = encode(Kind::Record, 0x0102, &[BlobId([7; 32])], b"payload").unwrap();
    let mut expected = b"STRA".to_vec();
    expected.extend([1, 0, 3, 0, 2, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 7, 0, 0, 0]);
    expected.extend([7; 32]);
    expected.extend(b"payload");
    assert_eq!(row, seal(expected));
}

#[test]
fn a_row_of_version_0_is_brought_forward() {
    let mut body = b"STRA".to_vec();
    body.extend([0, 0, 4, 0, 9, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0]);
    body.extend(b"old");
    let row = decode(&seal(body.clone()), Kind::Checkpoint).unwrap();
    assert_eq!(
        (row.kind, row.sequence, row.references, row.payload),
        (Kind::Checkpoint, 9, vec![], b"old".to_vec())
    );

    body.pop();
    assert!(matches!(
        decode(&seal(body), Kind::Checkpoint),
        Err(EnvelopeError::Damaged(_))
    ));
    assert!(matches!(
        decode(&seal(b"STRA\0\0".to_vec()), Kind::Checkpoint),
        Err(EnvelopeError::Damaged(_))
    ));
}

#[test]
fn a_newer_version_is_told_apart_from_damage() {
    let mut body = unseal(&encode(Kind::Record, 1, &[], b"x").unwrap());
    body[4] = VERSION as u8 + 1;
    assert_eq!(
        decode(&seal(body.clone()), Kind::Record),
        Err(EnvelopeError::Newer(VERSION + 1))
    );
    // However the rest of it looks.
    body.truncate(6);
    assert_eq!(
        decode(&seal(body), Kind::Record),
        Err(EnvelopeError::Newer(VERSION + 1))
    );
}

#[test]
fn lies_about_lengths_are_damage() {
    let body = unseal(&encode(Kind::Record, 1, &[BlobId([1; 32])], b"payload").unwrap());
    for at in 16..24 {
        for value in [0, 2, 0x7f, 0xff] {
            let mut body = body.clone();
            if body[at] != value {
                body[at] = value;
                assert!(
                    matches!(decode(&seal(body), Kind::Record), Err(EnvelopeError::Damaged(_))),
                    "{at} {value}"
                );
            }
        }
    }
}

#[test]
fn a_row_of_another_kind_is_damage() {
    for written in KINDS {
        let row = encode(written, 1, &[], b"x").unwrap();
        for read in KINDS {
            assert_eq!(decode(&row, read).is_ok(), written == read);
        }
    }
    let mut body = unseal(&encode(Kind::Record, 1, &[], b"x").unwrap());
    body[7] = 1;
    assert_eq!(
        decode(&seal(body), Kind::Record),
        Err(EnvelopeError::Damaged("unknown flags"))
    );
}

#[test]
fn limits_hold_when_writing() {
    let long = vec![0; limits::RECORD_BYTES + 1];
    assert!(matches!(
        encode(Kind::Record, 1, &[], &long),
        Err(StorageError::TooLarge { .. })
    ));
    assert!(encode(Kind::Checkpoint, 1, &[], &long).is_ok());
    let many = vec![BlobId([0; 32]); limits::REFERENCES + 1];
    assert!(matches!(
        encode(Kind::Checkpoint, 1, &many, b""),
        Err(StorageError::TooLarge { .. })
    ));
}

#[test]
fn blob_ids_are_their_hex_digits() {
    let id = BlobId::of(b"abc");
    assert_eq!(
        id.to_string(),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
    assert_eq!(BlobId::parse(&id.to_string()), Some(id));
    for bad in [
        "",
        "ba",
        &id.to_string().to_uppercase(),
        &format!("{id}0"),
        &"+f".repeat(32),
        &"é".repeat(32),
    ] {
        assert_eq!(BlobId::parse(bad), None, "{bad}");
    }
    assert_eq!(
        Entry::new("x").referring_to(id).referring_to(id),
        Entry::new("x").referring_to(id)
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read(
        kind in 0..4usize,
        sequence: u64,
        references in prop::collection::vec(prop::array::uniform32(any::<u8>()), 0..5),
        payload in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let references: Vec<BlobId> = references.into_iter().map(BlobId).collect();
        let row = encode(KINDS[kind], sequence, &references, &payload).unwrap();
        let read = decode(&row, KINDS[kind]).unwrap();
        prop_assert_eq!((read.kind, read.sequence, read.references, read.payload), (KINDS[kind], sequence, references, payload));
    }

    #[test]
    fn any_change_of_any_byte_is_noticed(
        payload in prop::collection::vec(any::<u8>(), 0..100),
        at: prop::sample::Index,
        flip in 1..=255u8,
    ) {
        let mut row = encode(Kind::Record, 7, &[BlobId([3; 32])], &payload).unwrap();
        let at = at.index(row.len());
        row[at] ^= flip;
        prop_assert!(matches!(decode(&row, Kind::Record), Err(EnvelopeError::Damaged(_))));
    }

    #[test]
    fn any_cut_or_growth_is_noticed(
        payload in prop::collection::vec(any::<u8>(), 0..100),
        length in 0..200usize,
    ) {
        let mut row = encode(Kind::Record, 7, &[], &payload).unwrap();
        prop_assume!(length != row.len());
        row.resize(length, 0);
        prop_assert!(decode(&row, Kind::Record).is_err());
    }

    /// With a right checksum too, so that the parser behind it is reached: no panic, and no allocation by claim.
    #[test]
    fn arbitrary_bytes_never_panic(
        noise in prop::collection::vec(any::<u8>(), 0..200),
        version in 0..3u8,
        kind in 0..6u8,
    ) {
        let mut body = b"STRA".to_vec();
        body.extend([version, 0, kind, 0]);
        body.extend(&noise);
        for expected in KINDS {
            let _ = decode(&noise, expected);
            if let Ok(row) = decode(&seal(body.clone()), expected) {
                prop_assert!(row.payload.len() <= noise.len());
            }
        }
    }
}
