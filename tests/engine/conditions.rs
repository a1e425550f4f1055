//! Conditions of policies by themselves: `identity/conditions.txt`. What S3 makes of them for requests that nobody signed is
//! told in `objects/conditions.story`.

use stratus_engine::services::iam::conditions::{Context, holds};

const TEXT: &str = include_str!("identity/conditions.txt");

/// `{"aws:TagKeys": ["a", "b"], "aws:username": "anna"}`.
fn context(json: &str) -> Context {
    let pairs: serde_json::Map<String, serde_json::Value> = serde_json::from_str(json).unwrap();
    let mut context = Context::default();
    for (key, value) in &pairs {
        match value {
            serde_json::Value::Array(values) => values.iter().for_each(|one| context.put(key, one.as_str().unwrap())),
            one => context.put(key, one.as_str().unwrap()),
        }
    }
    context
}

#[test]
fn conditions_hold_as_documented() {
    let (mut condition, mut variables) = (serde_json::Value::Null, true);
    let (mut faults, mut asked) = (Vec::new(), 0);
    for (number, line) in TEXT.lines().enumerate() {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "" | "#" => {}
            "condition" | "old" => {
                condition = serde_json::from_str(rest).unwrap();
                variables = word == "condition";
            }
            "holds" | "fails" => {
                asked += 1;
                if holds(&condition, &context(rest), variables) != (word == "holds") {
                    faults.push(format!("line {}: {condition}: not so: {line}", number + 1));
                }
            }
            _ => panic!("line {}: '{word}' is no word here", number + 1),
        }
    }
    assert!(asked > 90, "{asked} lines were asked");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
