//! What holds for every shape of every service, and for whatever comes from outside.

use crate::example::{example, structure};
use crate::shapes::{SERVICE, everything};
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use stratus_model::{Structure, Value, check, json, model, pattern, time};

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
