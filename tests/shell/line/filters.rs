//! The table of filters that completion offers (src/shell/data/filters.txt) is what the engine takes. `UPDATE_EXPECT=1`
//! writes it: each name that stands anywhere in the engine's text on EC2 is tried on each read, in a world that has
//! something of most kinds, which takes two minutes. Else only what stands in the table is tried.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use stratus_engine::catalog::Region;
use stratus_engine::{Engine, Options};
use stratus_model::{Structure, Value, field, model};
use stratus_shell::{Session, Shell};

const WORLD: &str = "
ami=$(aws ssm get-parameter --name /aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64 --query Parameter.Value --output text)
i=$(aws ec2 run-instances --image-id $ami --instance-type t3.micro --query Instances[0].InstanceId --output text)
aws ec2 wait instance-running --instance-ids $i
aws ec2 create-key-pair --key-name k > /dev/null
aws ec2 allocate-address > /dev/null
v=$(aws ec2 create-volume --availability-zone us-east-1a --size 1 --query VolumeId --output text)
aws ec2 wait volume-available --volume-ids $v
aws ec2 create-snapshot --volume-id $v > /dev/null
aws ec2 create-launch-template --launch-template-name template --launch-template-data ImageId=$ami > /dev/null
aws ec2 create-placement-group --group-name p --strategy cluster
aws ec2 modify-volume --volume-id $v --size 2 > /dev/null
aws ec2 request-spot-instances --launch-specification ImageId=$ami,InstanceType=t3.micro > /dev/null
aws ec2 create-tags --resources $i --tags Key=a,Value=b
";

/// Words in quotation marks that could be a filter's name.
fn words(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            words(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let plain = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
            let words = text.split('"').filter(|word| {
                !word.is_empty() && word.starts_with(|c: char| c.is_ascii_lowercase()) && word.chars().all(plain)
            });
            found.extend(words.map(str::to_owned));
        }
    }
}

#[test]
fn the_table_of_filters_is_the_engines() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = root.join("data/filters.txt");
    let update = std::env::var("UPDATE_EXPECT").is_ok_and(|value| value == "1");
    let mut engine = Engine::new(Options::default());
    let mut shell = Shell::new(Session::new(Region::US_EAST_1));
    let output = shell.run(WORLD, &mut engine);
    assert_eq!(output.stderr, "");
    // The first of these names that a read refuses.
    let refused = |operation: &str, names: &[&str]| {
        let filter = |name: &&str| {
            let filter = Structure::new().with(field::NAME, *name);
            Value::Structure(filter.with(field::VALUES, vec!["x"]))
        };
        let filters: Vec<Value> = names.iter().map(filter).collect();
        let params = Structure::new().with(field::FILTERS, filters);
        let tried = engine.try_on(engine.world(), Region::US_EAST_1, "ec2", operation, &params);
        let told = tried.err()?.message;
        Some(
            told.strip_prefix("The filter '")?
                .strip_suffix("' is invalid")?
                .to_owned(),
        )
    };
    let refuses = |operation: &str, name: &str| refused(operation, &[name]).is_some();
    if update {
        let mut known = BTreeSet::new();
        words(&root.join("../engine/services/ec2"), &mut known);
        fs::write(&path, table(&known, &refuses)).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap();
    assert!(written.lines().count() > 30, "{written}");
    for line in written.lines() {
        let (operation, names) = line.split_once(": ").unwrap();
        assert!(refuses(operation, "nothing-of-this-name"), "{operation} takes any name");
        let names: Vec<&str> = names.split(' ').collect();
        assert_eq!(refused(operation, &names), None, "{operation} has no such filter");
    }
}

/// The names that each read takes. A read that takes any name says nothing of its filters; those of tags are everywhere.
fn table(known: &BTreeSet<String>, refuses: &dyn Fn(&str, &str) -> bool) -> String {
    let service = model().service("ec2").unwrap();
    let mut table = String::new();
    for operation in service.operations().iter().filter(|operation| operation.read_only) {
        let filters = service.structure(operation.input).member(field::FILTERS);
        if filters.is_none() || !refuses(operation.name, "nothing-of-this-name") {
            continue;
        }
        let takes = known.iter().filter(|name| !refuses(operation.name, name));
        let takes: Vec<&str> = takes
            .map(String::as_str)
            .filter(|name| !name.starts_with("tag-"))
            .collect();
        // Some have a second spelling.
        let plain = |name: &&&str| {
            let kebab: String = name
                .chars()
                .flat_map(|c| [c.is_ascii_uppercase().then_some('-'), Some(c.to_ascii_lowercase())])
                .flatten()
                .collect();
            kebab == **name || !takes.contains(&kebab.as_str())
        };
        let names: Vec<&str> = takes.iter().filter(plain).copied().collect();
        if !names.is_empty() {
            table.push_str(&format!("{}: {}\n", operation.name, names.join(" ")));
        }
    }
    table
}
