//! Values as JSON and back.

use crate::shapes::{SERVICE, everything};
use expect_test::expect;
use serde_json::json;
use std::collections::BTreeMap;
use stratus_model::{Structure, Value, field, json, model};

#[test]
fn every_kind_comes_back_as_it_went() {
    let value = Value::Structure(
        Structure::new()
            .with(field::ENABLED, true)
            .with(field::COUNT, 3)
            .with(field::SIZE, (1i64 << 53) + 1)
            .with(field::VALUE, 0.1)
            .with(field::SECONDS, 2.0)
            .with(field::NAME, "né \"w\"")
            .with(field::STATUS, "on")
            .with(field::LAUNCH_TIME, Value::Timestamp(1_740_992_400_123))
            .with(field::BODY, Value::Blob(vec![0, 255, 16]))
            .with(field::TAGS, vec!["a", "b"])
            .with(field::METADATA, BTreeMap::from([("k".to_string(), Value::Integer(1))]))
            .with(field::SOURCE, Structure::new().with(field::ENABLED, false))
            .with(
                field::RESOURCES,
                Structure::new().with(field::RESOURCES, Structure::new().with(field::NAME, "leaf")),
            ),
    );
    let text = json::to_json(&SERVICE, everything(), &value);
    expect![[r#"
        {
          "Enabled": true,
          "Count": 3,
          "Size": 9007199254740993,
          "Value": 0.1,
          "Seconds": 2.0,
          "Name": "né \"w\"",
          "Status": "on",
          "LaunchTime": "2025-03-03T09:00:00.123Z",
          "Body": "AP8Q",
          "Tags": [
            "a",
            "b"
          ],
          "Metadata": {
            "k": 1
          },
          "Source": {
            "Enabled": false
          },
          "Resources": {
            "Resources": {
              "Name": "leaf"
            }
          }
        }"#]]
    .assert_eq(&serde_json::to_string_pretty(&text).unwrap());
    assert_eq!(json::from_json(&SERVICE, everything(), &text), Ok(value));
}

/// The AWS CLI prints members as the model lists them, not by alphabet and not by our numbers.
#[test]
fn members_stand_in_the_order_of_the_api() {
    let ec2 = model().service("ec2").unwrap();
    let output = ec2.operation("DescribeTags").unwrap().output.unwrap();
    let tag = Structure::new()
        .with(field::VALUE, "web")
        .with(field::KEY, "Name")
        .with(field::RESOURCE_TYPE, "instance")
        .with(field::RESOURCE_ID, "i-1");
    let value = Value::Structure(
        Structure::new()
            .with(field::TAGS, vec![tag])
            .with(field::NEXT_TOKEN, "t"),
    );
    expect![[
        r#"{"NextToken":"t","Tags":[{"Key":"Name","ResourceId":"i-1","ResourceType":"instance","Value":"web"}]}"#
    ]]
    .assert_eq(&json::to_json(ec2, output, &value).to_string());
}

#[test]
fn times_are_text_or_seconds() {
    let read = |date| {
        let value = json::from_json(&SERVICE, everything(), &json!({ "LaunchTime": date })).unwrap();
        value
            .as_structure()
            .and_then(|structure| structure.timestamp(field::LAUNCH_TIME))
    };
    assert_eq!(read(json!("2025-03-03T09:00:00Z")), Some(1_740_992_400_000));
    assert_eq!(read(json!(1_740_992_400)), Some(1_740_992_400_000));
    assert_eq!(read(json!(1_740_992_400.25)), Some(1_740_992_400_250));
    assert_eq!(read(json!(null)), None);
}

#[test]
fn integers_stay_whole() {
    let read = |size| json::from_json(&SERVICE, everything(), &json!({ "Size": size })).unwrap();
    let max = Value::Structure(Structure::new().with(field::SIZE, i64::MAX));
    assert_eq!(read(json!(i64::MAX)), max);
    assert_eq!(
        json::to_json(&SERVICE, everything(), &max).to_string(),
        r#"{"Size":9223372036854775807}"#
    );
}

#[test]
fn values_that_do_not_fit_the_shape_still_print() {
    let value = Value::Structure(
        Structure::new()
            .with(field::COUNT, "three")
            .with(field::BUCKET, Value::Blob(vec![1]))
            .with(field::VALUE, f64::NAN),
    );
    expect![[r#"{"Count":"three","Value":null,"Bucket":"AQ=="}"#]]
        .assert_eq(&json::to_json(&SERVICE, everything(), &value).to_string());
}
