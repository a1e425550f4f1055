//! The tree itself.

use std::collections::BTreeMap;
use stratus_model::{Structure, Value, field};

fn instance() -> Value {
    let tags = BTreeMap::from([("env".to_string(), Value::from("test"))]);
    let instance = Structure::new()
        .with(field::INSTANCE_ID, "i-1")
        .with(field::TAGS, vec![Structure::new().with(field::KEY, "Name")])
        .with(field::METADATA, tags);
    Value::from(Structure::new().with(field::INSTANCES, vec![instance]))
}

#[test]
fn paths() {
    let value = instance();
    let text = |path: &str| value.at_path(path).and_then(Value::as_text);
    assert_eq!(text("Instances[0].InstanceId"), Some("i-1"));
    assert_eq!(text("Instances[0].Tags[0].Key"), Some("Name"));
    assert_eq!(text("Instances[0].Metadata.env"), Some("test"));
    assert_eq!(value.at_path(""), Some(&value));
    for nowhere in [
        "Instances[1]",
        "Instances[x]",
        "Instances[0",
        "Instances.InstanceId",
        "Nothing",
        "VpcId",
        "[0]",
        "Instances[-1]",
    ] {
        assert_eq!(value.at_path(nowhere), None, "{nowhere}");
    }
    let lists = Value::from(vec![vec![1, 2], vec![3]]);
    assert_eq!(lists.at_path("[1][0]"), Some(&Value::Integer(3)));
}

#[test]
fn a_structure_holds_each_name_once() {
    let mut structure = Structure::new()
        .with(field::VPC_ID, "a")
        .with(field::INSTANCE_ID, "i")
        .with(field::VPC_ID, "b");
    assert_eq!(structure.len(), 2);
    assert_eq!(structure.text(field::VPC_ID), Some("b"));
    let other = Structure::new().with(field::VPC_ID, "b").with(field::INSTANCE_ID, "i");
    assert_eq!(structure, other, "the order of setting does not matter");
    let names: Vec<_> = structure.iter().map(|(name, _)| name).collect();
    assert!(names.is_sorted());
    assert_eq!(structure.remove(field::VPC_ID), Some(Value::from("b")));
    assert_eq!(structure.remove(field::VPC_ID), None);
    assert_eq!(
        structure
            .with_some(field::VPC_ID, None::<&str>)
            .with_some(field::KEY, Some("k"))
            .len(),
        2
    );
}

#[test]
fn readers_answer_nothing_for_another_kind() {
    let structure = Structure::new()
        .with(field::COUNT, 3)
        .with(field::NAME, "x")
        .with(field::TAGS, vec!["a", "b"]);
    assert_eq!(
        (structure.integer(field::COUNT), structure.double(field::COUNT)),
        (Some(3), Some(3.0))
    );
    assert_eq!(
        (structure.text(field::COUNT), structure.boolean(field::NAME)),
        (None, None)
    );
    assert_eq!(structure.texts(field::TAGS).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(structure.structures(field::TAGS).count(), 0);
    assert!(structure.list(field::NAME).is_empty() && structure.list(field::VPC_ID).is_empty());
}
