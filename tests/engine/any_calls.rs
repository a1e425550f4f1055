//! Whatever one asks of whichever service, in whatever order and Region, with clock jumps, undo, redo and branches in
//! between: nothing panics, every answer fits the model, the world stays sound after each step, the bill adds up, and the
//! log alone leads to the same world again.
//!
//! Calls are made from the model, so that an operation that is added is asked, too: parameters are what earlier answers
//! called by the same name or kind of id, now and then nonsense. A few calls are given whole, so that worlds have something
//! in them.

#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

#[allow(dead_code, reason = "stories are run by main.rs")]
mod runner;

use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use stratus_engine::base::time::{Span, Time};
use stratus_engine::catalog::{Region, images};
use stratus_engine::services::handler;
use stratus_engine::world::integrity;
use stratus_engine::{Engine, Options, bill};
use stratus_model::{Service, Shape, ShapeId, StringShape, Structure, Value, model};

/// How deep made parameters nest.
const DEPTH: usize = 5;
/// Values of one name that are remembered.
const REMEMBERED: usize = 24;

/// Calls that usually succeed: service, operation, parameters.
const WHOLE: &str = include_str!("any_calls.txt");

/// Texts for members of these names, besides what was seen.
const KNOWN: &[(&str, &[&str])] = &[
    ("AvailabilityZone", &["us-east-1a", "us-east-1b", "eu-west-1a"]),
    ("Bucket", &["my-bucket", "Your_Bucket"]),
    (
        "CidrBlock",
        &["10.0.0.0/16", "10.0.1.0/24", "172.31.0.0/20", "0.0.0.0/0"],
    ),
    ("CidrIpv4", &["0.0.0.0/0", "10.0.0.0/8"]),
    ("CidrIp", &["0.0.0.0/0", "10.0.0.0/8"]),
    (
        "Attribute",
        &[
            "instanceType",
            "userData",
            "description",
            "groupSet",
            "createVolumePermission",
        ],
    ),
    ("DestinationCidrBlock", &["0.0.0.0/0", "10.9.0.0/16"]),
    ("Device", &["/dev/sdf", "/dev/xvda", "/dev/sd1"]),
    ("DeviceName", &["/dev/sdf", "/dev/xvda"]),
    ("InstanceType", &["t3.micro", "m5.large", "t4g.micro", "t9.micro"]),
    ("GroupName", &["devs", "web"]),
    ("InstanceProfileName", &["web"]),
    (
        "Name",
        &["example.com", "www.example.com.", "instance-type", "tag:Name"],
    ),
    ("NextToken", &["page-1", "page-zz"]),
    (
        "PolicyArn",
        &[
            "arn:aws:iam::123456789012:policy/own",
            "arn:aws:iam::aws:policy/ReadOnlyAccess",
        ],
    ),
    ("PolicyName", &["in", "own"]),
    ("RoleName", &["web"]),
    ("SerialNumber", &["arn:aws:iam::123456789012:mfa/phone"]),
    (
        "OpenIDConnectProviderArn",
        &["arn:aws:iam::123456789012:oidc-provider/token.example.com"],
    ),
    ("UserName", &["ann", "administrator"]),
    ("VersionId", &["v1", "v2"]),
    ("SourceRegion", &["us-east-1", "eu-west-1"]),
    ("Value", &["192.0.2.1", "10 mail.example.com", "true", "t3.micro"]),
];

/// Texts for any member.
const ANY: &[&str] = &[
    "",
    "x",
    "my-key",
    "é ü",
    "i-0",
    "1",
    "-",
    "*",
    "a\u{0}b",
    "../..",
    "99999999999999999999",
];

/// What may be chosen: a stream of numbers that proptest can shrink.
struct Choices<'a> {
    numbers: &'a [u16],
    at: usize,
    /// One in so many optional members is given.
    sparse: usize,
}

impl Choices<'_> {
    fn below(&mut self, end: usize) -> usize {
        let number = self
            .numbers
            .get(self.at % self.numbers.len().max(1))
            .copied()
            .unwrap_or(0);
        // Another round of the same numbers makes other choices.
        let round = self.at / self.numbers.len().max(1);
        self.at += 1;
        (usize::from(number) + round * 7) % end.max(1)
    }
    fn one<'v, T>(&mut self, all: &'v [T]) -> Option<&'v T> {
        all.get(self.below(all.len()))
    }
}

/// What answers have called by a name, and ids by what stands before their dash.
#[derive(Default)]
struct Memory(BTreeMap<String, Vec<String>>);

impl Memory {
    fn learn(&mut self, name: &str, value: &Value) {
        match value {
            Value::Structure(structure) => structure
                .iter()
                .for_each(|(name, value)| self.learn(name.text(), value)),
            Value::List(items) => items.iter().for_each(|item| self.learn(name, item)),
            Value::String(text) if text.len() < 200 => {
                self.keep(name, text);
                if let Some((prefix, _)) = text.rsplit_once("-0").filter(|(_, digits)| digits.len() == 16) {
                    self.keep(&format!("{prefix}-"), text);
                }
            }
            _ => {}
        }
    }
    fn keep(&mut self, name: &str, text: &str) {
        let all = self.0.entry(name.to_owned()).or_default();
        if !all.iter().any(|has| has == text) {
            if all.len() == REMEMBERED {
                all.remove(0);
            }
            all.push(text.to_owned());
        }
    }
    /// Whether there is something sensible to say under this name.
    fn knows(&self, name: &str) -> bool {
        let ids = prefix(name).map(|prefix| self.of(prefix)).unwrap_or_default();
        !ids.is_empty() || !self.of(name).is_empty() || KNOWN.iter().any(|(known, _)| *known == name)
    }
    fn of(&self, name: &str) -> &[String] {
        self.0.get(name).map(Vec::as_slice).unwrap_or_default()
    }
}

fn image(region: Region) -> String {
    let named = images::find_by_name(region, "al2023-ami-2023.6.20250218.2-kernel-6.1-x86_64");
    format!("ami-{:017x}", named.unwrap().id(region))
}

/// The prefix of the ids that a member of this name holds.
fn prefix(name: &str) -> Option<&'static str> {
    let word = name.trim_end_matches('s');
    Some(match word.strip_suffix("Id").unwrap_or(word) {
        "Instance" => "i-",
        "Volume" => "vol-",
        "Snapshot" | "SourceSnapshot" => "snap-",
        "Image" | "SourceImage" => "ami-",
        "Vpc" => "vpc-",
        "Subnet" => "subnet-",
        "Group" | "SecurityGroup" => "sg-",
        "RouteTable" => "rtb-",
        "InternetGateway" | "Gateway" => "igw-",
        "NetworkAcl" => "acl-",
        "NetworkInterface" => "eni-",
        "Attachment" => "eni-attach-",
        "Allocation" => "eipalloc-",
        "Association" => "eipassoc-",
        "PrefixList" | "DestinationPrefixList" => "pl-",
        "SecurityGroupRule" => "sgr-",
        "KeyPair" => "key-",
        _ => return None,
    })
}

fn text(shape: &StringShape, name: &str, region: Region, memory: &Memory, choices: &mut Choices<'_>) -> String {
    if !shape.values.is_empty() && choices.below(8) != 7 {
        return (*choices.one(&shape.values).unwrap_or(&"")).to_owned();
    }
    let mut all: Vec<String> = memory.of(name).to_vec();
    if let Some(prefix) = prefix(name) {
        all.extend(memory.of(prefix).iter().cloned());
    }
    if matches!(name, "Resources" | "ResourceId" | "Key" | "VolumeId") {
        all.extend(
            ["i-", "vol-", "sg-"]
                .iter()
                .flat_map(|prefix| memory.of(prefix).iter().cloned()),
        );
    }
    if name == "ImageId" {
        all.push(image(region));
    }
    let known = KNOWN.iter().find(|(known, _)| *known == name);
    all.extend(
        known
            .into_iter()
            .flat_map(|(_, texts)| texts.iter().map(|text| (*text).to_owned())),
    );
    if all.is_empty() || choices.below(10) == 9 {
        return (*choices.one(ANY).unwrap_or(&"")).to_owned();
    }
    choices.one(&all).cloned().unwrap_or_default()
}

/// A value of a shape; structures beyond the depth have their required members only.
fn value(
    service: &Service,
    shape: ShapeId,
    name: &str,
    depth: usize,
    region: Region,
    memory: &Memory,
    choices: &mut Choices<'_>,
) -> Value {
    match service.shape(shape) {
        Shape::Structure(structure) => {
            let mut made = Structure::new();
            for member in &structure.members {
                // Dry runs do nothing.
                let may = depth > 0 && member.name.text() != "DryRun";
                let likely = if memory.knows(member.name.text()) {
                    3
                } else {
                    choices.sparse
                };
                let wanted = member.required || (may && choices.below(likely) == 0);
                if wanted {
                    let inner = value(
                        service,
                        member.shape,
                        member.name.text(),
                        depth.saturating_sub(1),
                        region,
                        memory,
                        choices,
                    );
                    made.set(member.name, inner);
                }
            }
            Value::Structure(made)
        }
        Shape::List(list) => {
            let count = [1, 1, 1, 2, 0][choices.below(5)];
            let item = |choices: &mut Choices<'_>| {
                value(
                    service,
                    list.member,
                    name,
                    depth.saturating_sub(1),
                    region,
                    memory,
                    choices,
                )
            };
            Value::List((0..count).map(|_| item(choices)).collect())
        }
        Shape::Map(map) => {
            let inner = value(
                service,
                map.value,
                name,
                depth.saturating_sub(1),
                region,
                memory,
                choices,
            );
            Value::Map([("k".to_owned(), inner)].into())
        }
        Shape::String(shape) => Value::String(text(shape, name, region, memory, choices)),
        Shape::Integer(_) => {
            Value::Integer([1, 0, 2, 5, 8, 22, 100, 443, 1_000, -1, i64::from(i32::MAX)][choices.below(11)])
        }
        Shape::Long(_) => {
            Value::Integer([1, 0, 2, 5, 300, 86_400, 10_000_000, -1, i64::MAX, i64::MIN][choices.below(10)])
        }
        Shape::Float(_) | Shape::Double(_) => Value::Double([1.0, 0.0, 60.5, 86_400.0, -1.0, 1e300][choices.below(6)]),
        Shape::Boolean => Value::Bool(choices.below(2) == 0),
        Shape::Timestamp(_) => Value::Timestamp(Time::START.0 + [0, 1, 86_400_000, -1, i64::MAX / 2][choices.below(5)]),
        Shape::Blob(_) => {
            Value::Blob([&b""[..], b"hello", b"#!/bin/sh\nreboot", &[0xff, 0]][choices.below(4)].to_vec())
        }
    }
}

/// A call given whole, its places filled in. `None` while nothing is known for one of them.
fn whole(template: &str, region: Region, memory: &Memory, choices: &mut Choices<'_>) -> Option<String> {
    let mut out = String::new();
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        let inside = &rest[at + 1..];
        let end = inside
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '-')
            .unwrap_or(inside.len());
        if end == 0 || !inside[end..].starts_with('}') {
            out.push_str(&rest[..=at]);
            rest = inside;
            continue;
        }
        out.push_str(&rest[..at]);
        match &inside[..end] {
            "image" => out.push_str(&image(region)),
            name => {
                // What was learnt may be nonsense that got through: still a JSON text.
                let text = serde_json::Value::from(choices.one(memory.of(name))?.as_str()).to_string();
                out.push_str(text.get(1..text.len() - 1)?);
            }
        }
        rest = &inside[end + 1..];
    }
    Some(out + rest)
}

/// Every operation that has a handler.
fn operations() -> Vec<(&'static Service, usize)> {
    let all = model()
        .services()
        .flat_map(|service| (0..service.operations().len()).map(move |at| (service, at)));
    all.filter(|(service, at)| handler(service.name, service.operations()[*at].name).is_some())
        .collect()
}

/// One world, and what was learnt of it.
struct Run {
    engine: Engine,
    /// By Region; now and then a call uses another's.
    memories: [Memory; 2],
    succeeded: BTreeSet<&'static str>,
}

impl Run {
    fn call(
        &mut self,
        place: usize,
        region: Region,
        service: &'static str,
        operation: &'static str,
        params: Structure,
    ) {
        if let Ok(answer) = self.engine.call(region, service, operation, params.clone()) {
            self.succeeded.insert(operation);
            self.memories[place].learn("", &Value::Structure(answer));
            self.memories[place].learn("", &Value::Structure(params));
        }
    }

    fn step(&mut self, what: u16, all: &[(&'static Service, usize)], choices: &mut Choices<'_>) {
        let place = usize::from(choices.below(4) == 0);
        let region = [Region::US_EAST_1, Region::find("eu-west-1").unwrap()][place];
        let known = if choices.below(12) == 0 { 1 - place } else { place };
        choices.sparse = [3, 12, 1_000, 1_000][choices.below(4)];
        match what % 40 {
            0 => {
                self.engine.undo();
            }
            1 => {
                self.engine.redo();
            }
            2 => {
                let nodes = self.engine.history().nodes().len();
                self.engine.jump(choices.below(nodes));
            }
            3 => {
                let span = Span([1, 999, 30_000, 120_000, 86_400_000][choices.below(5)]);
                self.engine
                    .tick(self.engine.world().now + span, [usize::MAX, 3, 0][choices.below(3)]);
            }
            4 => {
                // An advance in slices, which may be cancelled half-way.
                let span = Span([10_000, 600_000, 30 * 86_400_000][choices.below(3)]);
                let mut advance = self.engine.start_advance(self.engine.world().now + span);
                advance.run(2);
                if choices.below(3) > 0 {
                    self.engine.finish_advance(advance).unwrap();
                }
            }
            5..=19 => {
                let lines: Vec<&'static str> = WHOLE.lines().filter(|line| !line.starts_with('#')).collect();
                let mut words = lines[choices.below(lines.len())].splitn(3, ' ');
                let mut word = || words.next().unwrap();
                let (service, operation, template) = (word(), word(), word());
                if let Some(params) = whole(template, region, &self.memories[known], choices) {
                    let params = runner::read(service, operation, &params).unwrap();
                    self.call(place, region, service, operation, params);
                }
            }
            _ => {
                let Some((service, at)) = choices.one(all).copied() else {
                    return;
                };
                let operation = &service.operations()[at];
                let made = operation
                    .input
                    .map(|input| value(service, input, "", DEPTH, region, &self.memories[known], choices));
                let params = match made {
                    Some(Value::Structure(params)) => params,
                    _ => Structure::new(),
                };
                self.call(place, region, service.name, operation.name, params);
            }
        }
    }

    /// What holds at any time.
    fn sound(&self) -> Result<(), TestCaseError> {
        let world = self.engine.world();
        let faults = integrity::check(world);
        prop_assert!(faults.is_empty(), "{}", faults.join("\n"));
        Ok(())
    }

    /// What is looked at once a run: dearer.
    fn adds_up(&self) -> Result<(), TestCaseError> {
        let world = self.engine.world();
        let (read, fast) = (bill::bill(world).total, bill::total(world));
        prop_assert_eq!(read.display(12), fast.display(12));
        let replayed = runner::replay(&self.engine).map_err(TestCaseError::fail)?;
        prop_assert_eq!(replayed, self.engine.digest());
        // However the way to a moment is cut into slices, it leads to the same world.
        let until = world.now + Span::minutes(24 * 60);
        let (mut whole, mut sliced) = (self.engine.clone(), self.engine.clone());
        whole.tick(until, usize::MAX);
        sliced.tick(world.now + Span(61_234), usize::MAX);
        while !sliced.tick(until, 3).done {}
        prop_assert_eq!(whole.digest(), sliced.digest());
        Ok(())
    }
}

fn run(seed: u64, steps: &[(u16, Vec<u16>)]) -> Result<Run, TestCaseError> {
    let all = operations();
    let mut run = Run {
        engine: Engine::new(Options {
            seed,
            ..Options::default()
        }),
        memories: Default::default(),
        succeeded: BTreeSet::new(),
    };
    for (what, numbers) in steps {
        run.step(
            *what,
            &all,
            &mut Choices {
                numbers,
                at: 0,
                sparse: 1,
            },
        );
        run.sound()?;
    }
    run.adds_up()?;
    Ok(run)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_calls_keep_the_world_sound(seed in any::<u64>(), steps in prop::collection::vec((any::<u16>(), prop::collection::vec(any::<u16>(), 1..40)), 1..100)) {
        run(seed, &steps)?;
    }
}

/// The runs above ask something: over a thousand steps of one fixed course most kinds of calls get through.
#[test]
fn most_operations_get_through() {
    let mut number = 1_u64;
    let mut next = || {
        // Knuth's linear congruential generator: the same course on every machine.
        number = number
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (number >> 40) as u16
    };
    let mut through = BTreeSet::new();
    for _ in 0..40 {
        let steps: Vec<(u16, Vec<u16>)> = (0..600).map(|_| (next(), (0..30).map(|_| next()).collect())).collect();
        match run(1, &steps) {
            Ok(run) => through.extend(run.succeeded),
            Err(problem) => panic!("{problem}"),
        }
    }
    let all = operations();
    let never: Vec<&str> = all
        .iter()
        .map(|(service, at)| service.operations()[*at].name)
        .filter(|name| !through.contains(name))
        .collect();
    assert!(
        never.len() * 3 < all.len(),
        "{} of {} operations never succeed: {}",
        never.len(),
        all.len(),
        never.join(", ")
    );
}

/// A slice of an advance ends between two moments, never within one: else a call in between would find half of what was
/// due done, and the replayed log all of it.
#[test]
fn a_slice_ends_between_moments() {
    let mut run = Run {
        engine: Engine::new(Options::default()),
        memories: Default::default(),
        succeeded: BTreeSet::new(),
    };
    let here = Region::US_EAST_1;
    let calls = [
        (
            "stratus",
            "SetTiming",
            r#"{"Name":"instance.pending.linux","MinimumMillis":30000,"MaximumMillis":30000}"#,
        ),
        (
            "stratus",
            "SetTiming",
            r#"{"Name":"volume.attaching","MinimumMillis":30000,"MaximumMillis":30000}"#,
        ),
        (
            "ec2",
            "RunInstances",
            r#"{"ImageId":"{image}","MinCount":2,"MaxCount":2,"InstanceType":"t3.micro"}"#,
        ),
    ];
    let mut choices = Choices {
        numbers: &[],
        at: 0,
        sparse: 1,
    };
    let mut made = |run: &mut Run, service, operation, template| {
        let params = whole(template, here, &run.memories[0], &mut choices).unwrap();
        run.call(
            0,
            here,
            service,
            operation,
            runner::read(service, operation, &params).unwrap(),
        );
    };
    for (service, operation, template) in calls {
        made(&mut run, service, operation, template);
    }
    let until = run.engine.world().now + Span::minutes(10);
    // Two volumes become available at moments of their own; then both attachments and both launches end at one.
    while !run.engine.tick(until, 1).done {
        let moment = run.engine.world().now;
        let left = run
            .engine
            .world()
            .queue
            .iter()
            .filter(|((due, _), _)| *due == moment)
            .count();
        assert_eq!(left, 0, "{left} events of {} are left", moment.iso8601());
        made(&mut run, "ec2", "AllocateAddress", "{}");
        let replayed = runner::replay(&run.engine);
        assert_eq!(replayed, Ok(run.engine.digest()));
    }
}
