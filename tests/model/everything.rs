//! What holds for every shape of every service, and for whatever comes from outside.

use crate::shapes::{SERVICE, everything};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use stratus_model::{
    Service, Shape, ShapeId, StringShape, Structure, StructureShape, Value, check, json, model, pattern, time,
};

/// A value with everything in it that the shape can hold, down to some depth.
fn example(service: &Service, shape: ShapeId, depth: usize) -> Value {
    let at_least = |min: Option<i64>| min.unwrap_or(1).max(1);
    match service.shape(shape) {
        Shape::Structure(shape) => Value::Structure(structure(service, shape, depth)),
        Shape::List(shape) => Value::List(
            (0..at_least(shape.min))
                .map(|_| example(service, shape.member, depth + 1))
                .collect(),
        ),
        Shape::Map(shape) => {
            let Value::String(key) = example(service, shape.key, depth) else {
                panic!("a map's keys are strings")
            };
            // Keys of which there must be more than one are plain texts.
            let more = (1..at_least(shape.min)).map(|number| format!("{key}{number}"));
            let keys = std::iter::once(key.clone()).chain(more);
            Value::Map(
                keys.map(|key| (key, example(service, shape.value, depth + 1)))
                    .collect::<BTreeMap<_, _>>(),
            )
        }
        Shape::String(shape) => Value::String(text(shape)),
        Shape::Integer(range) => Value::Integer(range.max.or(range.min).unwrap_or(i64::from(i32::MAX))),
        Shape::Long(range) => Value::Integer(range.max.or(range.min).unwrap_or(i64::MIN)),
        Shape::Float(range) | Shape::Double(range) => Value::Double(range.min.unwrap_or(-0.125)),
        Shape::Boolean => Value::Bool(true),
        Shape::Timestamp(_) => Value::Timestamp(1_740_992_400_001),
        Shape::Blob(shape) => Value::Blob((0..at_least(shape.min)).map(|_| 0xf7).collect()),
    }
}

pub(crate) fn structure(service: &Service, shape: &StructureShape, depth: usize) -> Structure {
    // A shape that contains itself, and more than once, must not grow without end.
    let deep = if contains_itself(service, shape) { 4 } else { 12 };
    let members = shape.members.iter().filter(|member| depth < deep || member.required);
    let wanted = if shape.union { 1 } else { usize::MAX };
    members
        .take(wanted)
        .map(|member| (member.name, example(service, member.shape, depth + 1)))
        .collect()
}

/// Whether one comes from the structure to the structure again.
fn contains_itself(service: &Service, shape: &StructureShape) -> bool {
    let mut pending: Vec<ShapeId> = shape.members.iter().map(|member| member.shape).collect();
    let mut seen = std::collections::BTreeSet::new();
    while let Some(id) = pending.pop() {
        if !seen.insert(id) {
            continue;
        }
        match service.shape(id) {
            Shape::Structure(inner) if std::ptr::eq(inner, shape) => return true,
            Shape::Structure(inner) => pending.extend(inner.members.iter().map(|member| member.shape)),
            Shape::List(list) => pending.push(list.member),
            Shape::Map(map) => pending.push(map.value),
            _ => {}
        }
    }
    false
}

fn text(shape: &StringShape) -> String {
    if let Some(value) = shape.values.first() {
        return value.to_string();
    }
    let length = usize::try_from(shape.min.unwrap_or(1).max(1)).unwrap();
    let candidates = [
        "x".repeat(length),
        "1".repeat(length),
        "10.0.0.1".to_string(),
        "/bucket/key".to_string(),
        "arn:aws:s3:::bucket".to_string(),
        "12345678-1234-1234-1234-123456789012".to_string(),
        "arn:aws:secretsmanager:us-east-1:123456789012:secret:key".to_string(),
    ];
    let fits = |text: &String| {
        let length = i64::try_from(text.chars().count()).unwrap();
        let in_range = shape.min.is_none_or(|min| length >= min) && shape.max.is_none_or(|max| length <= max);
        in_range && shape.pattern.is_none_or(|pattern| pattern::matches(pattern, text))
    };
    let matching = candidates
        .into_iter()
        .find(fits)
        .or_else(|| made_up(shape.pattern?, fits));
    matching.unwrap_or_else(|| panic!("no example matches {:?}: add one", shape.pattern))
}

/// A text that proptest makes of the pattern. It knows no anchors, and takes whatever the ends are anyway.
fn made_up(pattern: &str, fits: impl Fn(&String) -> bool) -> Option<String> {
    // `^` after a bracket means something else.
    let mut bare = pattern
        .replace("[^", "[\u{1}")
        .replace(['^', '$'], "")
        .replace('\u{1}', "^");
    for (class, letters) in [
        ("\\d", "[0-9]"),
        ("\\w", "[A-Za-z0-9_]"),
        ("\\S", "[!-~]"),
        ("\\p{Graph}", "[!-~]"),
    ] {
        bare = bare.replace(class, letters);
    }
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    [bare.as_str(), pattern].into_iter().find_map(|pattern| {
        let strategy = proptest::string::string_regex(pattern).ok()?;
        let mut tries = (0..200).filter_map(|_| Some(strategy.new_tree(&mut runner).ok()?.current()));
        tries.find(&fits)
    })
}

#[test]
fn a_full_value_of_every_operation_is_accepted_and_survives_json() {
    for service in model().services().chain([&*SERVICE]) {
        for operation in service.operations() {
            for (shape, is_input) in [(operation.input, true), (operation.output, false)] {
                let Some(shape) = shape else { continue };
                let value = example(service, shape, 0);
                let checked = match value.as_structure() {
                    Some(input) if is_input => check::input(service, operation, input),
                    Some(output) => check::output(service, operation, output),
                    None => panic!("{} is no structure", operation.name),
                };
                assert_eq!(checked, Ok(()), "{}", operation.name);
                let text = json::to_json(service, shape, &value).to_string();
                let read: Json = serde_json::from_str(&text).unwrap();
                assert_eq!(json::from_json(service, shape, &read), Ok(value), "{}", operation.name);
            }
        }
    }
}

#[test]
fn what_is_required_is_missed_when_it_is_absent() {
    for service in model().services() {
        for operation in service.operations() {
            let required = service
                .structure(operation.input)
                .members
                .iter()
                .filter(|member| member.required);
            let problems = check::input(service, operation, &Structure::new())
                .err()
                .unwrap_or_default();
            assert_eq!(problems.len(), required.count(), "{}: {problems:?}", operation.name);
        }
    }
}

fn any_json() -> impl Strategy<Value = Json> {
    let key = prop_oneof![
        "[A-Z][a-z]{0,6}",
        Just("Name".to_string()),
        Just("Tags".to_string()),
        Just("Resources".to_string())
    ];
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        ".{0,12}".prop_map(Json::from),
    ];
    leaf.prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            prop::collection::btree_map(key.clone(), inner, 0..4).prop_map(|map| json!(map)),
        ]
    })
}

proptest! {
    /// Whatever is read is either refused with a reason or can be checked and printed.
    #[test]
    fn any_json_is_read_or_refused(json in any_json()) {
        match json::from_json(&SERVICE, everything(), &json) {
            Ok(value) => {
                json::to_json(&SERVICE, everything(), &value);
                let operation = SERVICE.operation("Everything").unwrap();
                for problem in check::input(&SERVICE, operation, value.as_structure().unwrap()).err().unwrap_or_default() {
                    prop_assert!(!problem.to_string().is_empty());
                }
            }
            Err(problem) => prop_assert!(!problem.to_string().is_empty()),
        }
    }

    #[test]
    fn any_pattern_ends(pattern in "[a-c|()\\[\\]\\\\^$.*+?{},0-9!=<:dwspuxLP-]{0,24}", text in "[a-c0-9-]{0,12}") {
        pattern::matches(&pattern, &text);
    }

    #[test]
    fn any_time_comes_back(at in -62_135_596_800_000i64..253_402_300_800_000) {
        prop_assert_eq!(time::parse(&time::iso8601(at)), Some(at));
    }

    #[test]
    fn any_text_is_a_time_or_none(text in "[0-9TZ:+. -]{0,30}|.{0,30}") {
        if let Some(at) = time::parse(&text) {
            prop_assert_eq!(time::parse(&time::iso8601(at)), Some(at));
        }
    }

    #[test]
    fn any_path_is_followed_or_not(path in "[A-Za-z0-9.\\[\\]]{0,20}") {
        let value = Value::Structure(structure(&SERVICE, SERVICE.structure(Some(everything())), 8));
        value.at_path(&path);
    }
}
