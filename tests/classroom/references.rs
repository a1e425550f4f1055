//! Back-references: how a text is read and written.

use stratus_classroom::references::{Part, made_at, parts, read, text_of};

fn find(call: usize, path: &str) -> Option<String> {
    match (call, path) {
        (1, "VpcId") => Some("vpc-1".into()),
        (2, "HostedZone.Id~") => Some("Z1".into()),
        _ => None,
    }
}

#[track_caller]
fn reads(text: &str, expected: &str) {
    assert_eq!(read(text, find).as_deref(), Ok(expected), "{text}");
    let parts = parts(text).unwrap();
    assert_eq!(text_of(&parts), text);
}

#[test]
fn read_in_place() {
    reads("", "");
    reads("plain $ text { } $", "plain $ text { } $");
    reads("${1.VpcId}", "vpc-1");
    reads("a ${1.VpcId}${2.HostedZone.Id~} b", "a vpc-1Z1 b");
    reads("$${1.VpcId}", "${1.VpcId}");
    reads("$$${1.VpcId} é", "$${1.VpcId} é");
    reads("${1.VpcId}$${", "vpc-1${");
}

#[test]
fn what_refers_to_nothing_says_so() {
    let said = |text: &str| read(text, find).unwrap_err();
    assert!(said("${1.VpcId").contains("no end"));
    assert!(said("${x.VpcId}").contains("'x.VpcId' is not a reference"));
    assert!(said("${1}").contains("'1' is not a reference"));
    assert!(said("${9.VpcId}").contains("'9.VpcId' refers to nothing"));
    assert!(said("${99999999999999999999.VpcId}").contains("not a reference"));
}

#[test]
fn parts_are_letters_and_references() {
    let expected = vec![
        Part::Literal("a${".into()),
        Part::Reference(3, "X[0].Y"),
        Part::Literal("/32".into()),
    ];
    assert_eq!(parts("a$${${3.X[0].Y}/32"), Ok(expected));
}

#[test]
fn a_short_reference_is_what_follows_the_last_slash() {
    let made = [
        ("HostedZone.Id".to_owned(), "/hostedzone/Z1".to_owned()),
        ("VpcId".to_owned(), "vpc-1".to_owned()),
    ];
    assert_eq!(made_at(&made, "HostedZone.Id").as_deref(), Some("/hostedzone/Z1"));
    assert_eq!(made_at(&made, "HostedZone.Id~").as_deref(), Some("Z1"));
    assert_eq!(made_at(&made, "VpcId~").as_deref(), Some("vpc-1"));
    assert_eq!(made_at(&made, "Vpc"), None);
}
