//! The schema of scenario files, `static/stratus.schema.json`: what Stratus writes and reads is valid, what is broken is not.

use crate::files::any_file;
use crate::scenarios;
use boon::{Compiler, SchemaIndex, Schemas};
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use std::sync::LazyLock;
use stratus_classroom::{File, link};

const TEXT: &str = include_str!("../../static/stratus.schema.json");
/// Any address will do: nothing is fetched.
const ADDRESS: &str = "https://example.com/stratus.schema.json";

static SCHEMA: LazyLock<(Schemas, SchemaIndex)> = LazyLock::new(|| {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler
        .add_resource(ADDRESS, serde_json::from_str(TEXT).unwrap())
        .unwrap();
    let index = compiler.compile(ADDRESS, &mut schemas).unwrap();
    (schemas, index)
});

/// What the schema says against this text; nothing, if it is valid.
pub fn against(text: &str) -> Option<String> {
    let json: Json = serde_json::from_str(text).unwrap();
    let (schemas, index) = &*SCHEMA;
    schemas.validate(&json, *index).err().map(|error| format!("{error:#}"))
}

#[test]
fn every_scenario_and_every_golden_link_is_valid() {
    for (name, text) in scenarios::all() {
        assert_eq!(against(text), None, "{name}");
        // Written anew, too.
        let opened = scenarios::open(text).1;
        assert_eq!(against(&File::of(&opened.engine, name).to_text()), None, "{name}");
    }
    for (name, text) in crate::golden::LINKS {
        let hash = text.lines().find(|line| link::is_one(line)).unwrap();
        assert_eq!(against(&link::decode(hash).unwrap().to_text()), None, "{name}");
    }
}

#[test]
fn the_schema_is_one_itself() {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    let meta = compiler
        .compile("https://json-schema.org/draft/2020-12/schema", &mut schemas)
        .unwrap();
    let schema: Json = serde_json::from_str(TEXT).unwrap();
    assert!(schemas.validate(&schema, meta).is_ok());
}

/// The web server's file with something else at a place.
fn with(place: &str, value: Option<Json>) -> String {
    let mut file: Json = serde_json::from_str(scenarios::all()["web-server"]).unwrap();
    let (parent, member) = place.rsplit_once('/').unwrap();
    let parent = file.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    match value {
        Some(value) => parent.insert(member.to_owned(), value),
        None => parent.shift_remove(member),
    };
    file.to_string()
}

#[test]
fn what_is_broken_is_neither_valid_nor_read() {
    let broken = [
        ("/format", None),
        ("/format", Some(json!("status"))),
        ("/version", None),
        ("/version", Some(json!(3))),
        ("/version", Some(json!("1"))),
        ("/options", None),
        ("/options", Some(json!([]))),
        ("/options/seed", Some(json!(-1))),
        ("/options/seed", Some(json!("0x10"))),
        ("/options/seed", Some(json!("+10"))),
        ("/options/seed", Some(json!(1.5))),
        ("/options/start", Some(json!("yesterday"))),
        ("/options/start", Some(json!("2025-13-01T00:00:00Z"))),
        ("/options/account", Some(json!("12"))),
        ("/options/account", Some(json!("+12345678901"))),
        ("/options/account", Some(json!(123_456_789_012_u64))),
        ("/place", Some(json!({"at": 1}))),
        ("/place", Some(json!({"at": -1, "now": "2025-03-03T09:00:00Z"}))),
        ("/place", Some(json!({"at": 1, "now": "soon"}))),
        ("/calls", Some(json!({}))),
        ("/calls/0/n", None),
        ("/calls/0/n", Some(json!("1"))),
        ("/calls/0/parent", None),
        ("/calls/0/time", None),
        ("/calls/0/time", Some(json!("09:00"))),
        ("/calls/0/time", Some(json!("2025-03-03T25:00:00Z"))),
        ("/calls/0/region", Some(json!("mars"))),
        ("/calls/0/service", None),
        ("/calls/0/operation", Some(json!(7))),
    ];
    for (place, value) in broken {
        let text = with(place, value.clone());
        assert!(against(&text).is_some(), "{place} = {value:?} is valid");
        let read = File::from_text(&text).and_then(|file| file.open().map(drop));
        assert!(read.is_err(), "{place} = {value:?} is read");
    }
    // These are read all the same, without what is wrong; nothing that writes files writes them.
    for (place, value) in [
        ("/digest", json!("0123")),
        ("/screen", json!("Path")),
        ("/name", json!(7)),
        ("/calls/0/check", json!(256)),
        ("/calls/0/check", json!(0)),
        ("/calls/0/params", json!("all")),
        ("/calls/0/blobs", json!({"UserData": "00"})),
    ] {
        assert!(against(&with(place, Some(value))).is_some(), "{place}");
    }
    assert_eq!(against(&with("/comment", Some(json!("is passed over")))), None);
}

proptest! {
    #[test]
    fn any_file_that_is_written_is_valid(file in any_file()) {
        prop_assert_eq!(against(&file.to_text()), None);
        // What lies apart is marked as the schema says.
        let kept = stratus_classroom::kept::Kept::whole(file);
        prop_assert_eq!(against(&kept.text), None);
    }
}
