//! A full value of a shape: for the tests of this crate and of those above it.

use proptest::strategy::{Strategy, ValueTree};
use std::collections::BTreeMap;
use stratus_model::{Service, Shape, ShapeId, StringShape, Structure, StructureShape, Value, pattern};

/// A value with everything in it that the shape can hold, down to some depth.
pub fn example(service: &Service, shape: ShapeId, depth: usize) -> Value {
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

pub fn structure(service: &Service, shape: &StructureShape, depth: usize) -> Structure {
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
