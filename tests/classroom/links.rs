//! Links: what they hold comes back; what is not whole is refused with a reason and what to do about it.

use crate::files::any_file;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use miniz_oxide::deflate::compress_to_vec;
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use stratus_classroom::{File, LinkError, link, pack, scenarios};
use stratus_model::binary::write_varint;

fn web_server() -> File {
    File::from_text(scenarios::find("web-server").unwrap().text()).unwrap()
}

/// A link with the checksum that its content has, and a length that may be a lie.
fn crafted(packed: &[u8], length: usize) -> String {
    let mut bytes = vec![0];
    write_varint(length as u64, &mut bytes);
    bytes.extend(&Sha256::digest(packed)[..8]);
    // What does without the dictionary is as good.
    bytes.extend(compress_to_vec(packed, 9));
    format!("v1.{}", BASE64.encode(bytes))
}

#[track_caller]
fn refused(hash: &str, why: &LinkError) {
    let error = link::decode(hash).unwrap_err();
    assert_eq!(&error, why, "{error}");
    // Every refusal says what to do.
    let text = error.to_string();
    let remedies = [
        "Ask for",
        "ask for",
        "Copy all of it again",
        "newer",
        "comes from Export",
        "come from Export",
    ];
    assert!(remedies.iter().any(|remedy| text.contains(remedy)), "{text}");
}

#[test]
fn what_is_no_link_is_refused() {
    for hash in ["", "#", "hello", "w=12", "v1", "v0.AAAA", "v1,AAAA", "v.x", "version.2"] {
        refused(hash, &LinkError::NotOurs);
    }
    refused("v2.AAAA", &LinkError::Newer("v2".into()));
    refused("v11.", &LinkError::Newer("v11".into()));
    refused("v1.", &LinkError::CutShort);
    refused("v1.AA=A", &LinkError::Character('='));
    refused("v1.AAAA é", &LinkError::Character(' '));
    refused("v1.AAAAé", &LinkError::Character('é'));
}

#[test]
fn flags_that_are_not_known_are_of_a_newer_version() {
    let good = link::encode(&web_server()).unwrap();
    let mut bytes = BASE64.decode(&good[3..]).unwrap();
    bytes[0] = 2;
    refused(
        &format!("v1.{}", BASE64.encode(&bytes)),
        &LinkError::Newer("flag 0x02".into()),
    );
}

#[test]
fn what_is_not_known_inside_is_of_a_newer_version() {
    // No parts, one call: an operation that has no number yet.
    let mut packed = vec![0, 1];
    write_varint(60_000 << 2, &mut packed);
    packed.extend([0, 0]);
    refused(
        &crafted(&packed, packed.len()),
        &LinkError::Newer("operation 60000".into()),
    );
    // RunInstances with a member that has no number yet.
    let mut packed = vec![0, 1, 1 << 2];
    write_varint(60_000 << 4 | 1, &mut packed);
    packed.extend([0, 0]);
    let unknown = LinkError::Newer("no member has the number 60000".into());
    refused(&crafted(&packed, packed.len()), &unknown);
    // A part of the file that nobody here knows.
    refused(&crafted(&[0x80, 0x04, 0], 3), &LinkError::Newer("parts 0x200".into()));
    // A Region of the future.
    let mut packed = vec![0, 1, 1 << 2 | 1, 9];
    packed.extend(b"mars-1234");
    packed.extend([0, 0]);
    refused(
        &crafted(&packed, packed.len()),
        &LinkError::Newer("the Region 'mars-1234'".into()),
    );
}

#[test]
fn what_unpacks_to_more_than_it_says_or_than_is_allowed_is_refused() {
    let bomb = vec![0; 64 << 20];
    let most = link::MAXIMUM_UNPACKED;
    assert!(crafted(&bomb, 0).len() < link::MAXIMUM_CHARACTERS * 2);
    refused(
        &crafted(&bomb[..most + 1], most + 1),
        &LinkError::UnpacksTooLarge(most as u64 + 1),
    );
    refused(&crafted(&bomb[..most + 1], most), &LinkError::Tampered);
    refused(&crafted(&bomb[..1 << 20], 10), &LinkError::Tampered);
    refused(
        &crafted(b"little", usize::MAX),
        &LinkError::UnpacksTooLarge(usize::MAX as u64),
    );
    refused(&crafted(b"little", 4000), &LinkError::Tampered);
    let long = format!("v1.{}", "A".repeat(link::MAXIMUM_CHARACTERS));
    refused(&long, &LinkError::TooLong(long.len()));
}

#[test]
fn a_few_bytes_cannot_make_a_giant() {
    // CreateTags with a list of very many empty texts, each of which would be a value.
    let tags = stratus_model::field::TAGS.number();
    let mut packed = vec![0, 1, 1 << 2];
    write_varint(u64::from(tags) << 4 | 10, &mut packed);
    let count = pack::VALUES as u64 + 1;
    write_varint(count << 4 | 6, &mut packed);
    packed.extend(vec![0; count as usize]);
    packed.extend([0, 0]);
    let hash = crafted(&packed, packed.len());
    assert!(hash.len() < link::MAXIMUM_CHARACTERS);
    refused(&hash, &LinkError::Broken("there are too many values".into()));
    // More calls than a history holds.
    let mut packed = vec![0];
    write_varint(100_001, &mut packed);
    packed.extend(vec![4; 300_000]);
    let error = link::decode(&crafted(&packed, packed.len())).unwrap_err();
    assert!(error.to_string().contains("a history holds 100000"), "{error}");
}

#[test]
fn any_end_that_is_missing_is_noticed() {
    let good = link::encode(&web_server()).unwrap();
    for end in 3..good.len() {
        let error = link::decode(&good[..end]).unwrap_err();
        assert!(
            matches!(error, LinkError::CutShort | LinkError::Tampered),
            "{end}: {error}"
        );
    }
    // Nearly all of them are known for what they are.
    let known = (3..good.len())
        .filter(|end| link::decode(&good[..*end]) == Err(LinkError::CutShort))
        .count();
    assert!(known * 10 > good.len() * 9, "{known} of {}", good.len());
}

#[test]
fn any_changed_character_is_noticed() {
    let file = web_server();
    let good = link::encode(&file).unwrap();
    for at in 3..good.len() {
        for other in ["A", "_", "x", ".", "é"] {
            let mut changed = good.clone();
            changed.replace_range(at..=at, other);
            // The last bits of deflate's last byte mean nothing.
            let read = link::decode(&changed);
            assert!(read.is_err() || read == Ok(file.clone()), "{at} {other}");
        }
    }
    assert_eq!(link::decode(&format!("{good}A")), Err(LinkError::Tampered));
    assert_eq!(
        link::decode(&format!(" #{good}\n")),
        Ok(file),
        "what is copied along does no harm"
    );
}

#[test]
fn too_much_for_a_link_is_offered_as_a_file() {
    let mut file = web_server();
    // Text that does not compress.
    let noise: String = (0..3000_u32)
        .map(|n| format!("{:x}", Sha256::digest(n.to_le_bytes())))
        .collect();
    file.screen = Some(serde_json::json!(noise));
    let error = link::encode(&file).unwrap_err();
    assert!(matches!(error, LinkError::TooLarge(_)), "{error}");
    assert!(error.to_string().ends_with("Share the file instead."), "{error}");
    // The readable form may be longer, but not without end.
    assert!(link::decode(&link::encode_json(&file).unwrap()).is_ok());
    file.screen = Some(serde_json::json!("x".repeat(link::MAXIMUM_UNPACKED)));
    assert!(matches!(link::encode_json(&file), Err(LinkError::TooLarge(_))));
}

#[test]
fn what_is_not_in_order_is_not_written() {
    let mut file = web_server();
    file.calls[1].0.insert("n".into(), serde_json::json!(7));
    let error = link::encode(&file).unwrap_err();
    assert_eq!(error, LinkError::Unwritable("call 2 has the number 7".into()));
}

#[test]
fn the_readable_form_is_read_encoded_raw_and_half_encoded() {
    let mut file = web_server();
    file.name = "100% of \"A\" & {B} é %41".into();
    let encoded = link::encode_json(&file).unwrap();
    let after = encoded.strip_prefix("json=").unwrap();
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~!$'()*,;:@/?%".contains(c);
    assert!(after.chars().all(plain), "nothing in it needs encoding again");
    assert_eq!(link::decode(&encoded), Ok(file.clone()));
    let raw = file.to_json().to_string();
    assert_eq!(link::decode(&format!("json={raw}")), Ok(file.clone()));
    assert_eq!(link::decode(&format!("#json={}", file.to_text())), Ok(file.clone()));
    // As Chromium hands on what somebody pastes: quotes and spaces encoded, brackets and the lone '%' not.
    file.name = "100% of it".into();
    let half = file.to_json().to_string().replace('"', "%22").replace(' ', "%20");
    assert_eq!(link::decode(&format!("json={half}")), Ok(file));
}

#[test]
fn a_readable_link_that_is_not_one_says_why() {
    let said = |hash: &str| link::decode(hash).unwrap_err().to_string();
    assert!(said("json=").contains("it is not JSON"));
    assert!(said("json=%7B%7D").contains("\"format\""));
    assert!(said("json={\"format\":\"stratus\",\"version\":3}").contains("newer Stratus"));
    assert!(said("json={\"format\":\"stratus\",\"version\":1}").contains("it has no options"));
    let deep = format!("json={}", "[".repeat(100_000));
    assert!(said(&deep).contains("it is not JSON"));
    let long = format!("json={}", " ".repeat(3 * link::MAXIMUM_UNPACKED)) + "{}";
    assert!(said(&long).contains("at most"));
}

proptest! {
    #[test]
    fn any_file_comes_back(file in any_file()) {
        let hash = link::encode(&file).unwrap();
        prop_assert!(hash.len() <= link::MAXIMUM_CHARACTERS);
        prop_assert_eq!(link::decode(&hash).unwrap(), file.clone());
        prop_assert_eq!(link::decode(&link::encode_json(&file).unwrap()).unwrap(), file.clone());
        prop_assert_eq!(File::from_text(&file.to_text()).unwrap(), file);
    }

    #[test]
    fn any_damage_is_refused(file in any_file(), at in any::<prop::sample::Index>(), bits in 1_u8..) {
        let hash = link::encode(&file).unwrap();
        let mut bytes = BASE64.decode(&hash[3..]).unwrap();
        let at = at.index(bytes.len());
        bytes[at] ^= bits;
        let damaged = link::decode(&format!("v1.{}", BASE64.encode(&bytes)));
        prop_assert!(damaged.is_err() || damaged == Ok(file.clone()));
        let cut = link::decode(&format!("v1.{}", BASE64.encode(&bytes[..at])));
        prop_assert!(cut.is_err());
    }

    /// Past the checksum, as somebody could craft it.
    #[test]
    fn any_content_is_read_or_refused(file in any_file(), at in any::<prop::sample::Index>(), bits in 1_u8..) {
        let mut packed = pack::pack(&file).unwrap();
        let at = at.index(packed.len());
        packed[at] ^= bits;
        if let Ok(other) = link::decode(&crafted(&packed, packed.len())) {
            // Opened, it may have problems, but no panic.
            let _ = other.open();
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(file) = pack::unpack(&bytes) {
            let _ = file.open();
        }
        let _ = link::decode(&format!("v1.{}", BASE64.encode(&bytes)));
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,200}") {
        for prefix in ["", "v1.", "json=", "#v1.", "json={"] {
            let _ = link::decode(&format!("{prefix}{text}"));
        }
    }
}
