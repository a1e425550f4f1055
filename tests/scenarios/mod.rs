//! The built-in scenarios, and one that is only a test's: each opens whole, shows what it promises, and fits in a link.
//!
//! `outcomes.txt` beside this file says what must be so in each of them.

use std::collections::BTreeMap;
use stratus_classroom::{File, Opened, link, scenarios};
use stratus_engine::base::ids::ResourceId;
use stratus_engine::catalog::Region;
use stratus_engine::network::{self, Endpoint, Flow, Verdict};
use stratus_engine::world::{World, integrity};
use stratus_model::{Structure, Value, json, model};

const OUTCOMES: &str = include_str!("outcomes.txt");
/// A VPC in three tiers: what the design's budget for links speaks of.
pub const THREE_TIER: &str = include_str!("three-tier.stratus.json");

/// All scenarios by name: their files' text.
pub fn all() -> BTreeMap<&'static str, &'static str> {
    let built_in = scenarios::ALL.iter().map(|scenario| (scenario.name, scenario.text()));
    built_in.chain([("three-tier", THREE_TIER)]).collect()
}

/// Opens a scenario.
#[track_caller]
pub fn open(text: &str) -> (File, Opened) {
    let file = File::from_text(text).unwrap();
    let opened = file.open().unwrap();
    (file, opened)
}

#[test]
fn each_opens_without_a_problem_and_holds_together() {
    for (name, text) in all() {
        let (_, opened) = open(text);
        assert_eq!(opened.problems, Vec::<String>::new(), "{name}");
        assert!(opened.faithful, "{name}");
        assert_eq!(integrity::check(opened.engine.world()), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn each_comes_back_from_its_link_to_the_same_world() {
    for (name, text) in all() {
        let (file, opened) = open(text);
        let shared = File::of_line(&opened.engine, &file.name);
        let hash = link::encode(&shared).unwrap();
        let again = link::decode(&hash).unwrap().open().unwrap();
        assert_eq!(again.problems, Vec::<String>::new(), "{name}");
        assert_eq!(again.engine.digest(), opened.engine.digest(), "{name}");
        let readable = link::decode(&link::encode_json(&shared).unwrap()).unwrap();
        assert_eq!(readable, shared, "{name}");
    }
}

/// The lengths are printed for whoever asks: `cargo test -p stratus-classroom link_lengths -- --nocapture`.
#[test]
fn link_lengths_keep_their_budget() {
    for (name, text) in all() {
        let (file, opened) = open(text);
        let mut shared = File::of_line(&opened.engine, &file.name);
        shared.screen = file.screen;
        let characters = link::encode(&shared).unwrap().len();
        println!("link {name} {characters} characters, {} calls", shared.calls.len());
        assert!(characters <= 1_000, "the link to {name} has {characters} characters");
    }
}

/// Holds an opened world to a line such as `path internet web-1 tcp 443 = denied at security-group`.
#[track_caller]
pub fn hold(opened: &Opened, line: &str) {
    let (question, expected) = line.rsplit_once(" = ").unwrap();
    assert_eq!(answer(opened, question), expected, "{question}");
}

#[test]
fn each_shows_what_it_promises() {
    let mut world: Option<(String, Opened)> = None;
    for (number, line) in OUTCOMES.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(name) = line.strip_prefix("scenario ") {
            let text = all()[name];
            world = Some((name.to_owned(), open(text).1));
            continue;
        }
        let (name, opened) = world.as_ref().unwrap();
        println!("{name}, line {}", number + 1);
        hold(opened, line);
    }
}

fn answer(opened: &Opened, question: &str) -> String {
    let words: Vec<&str> = question.splitn(4, ' ').collect();
    match words.as_slice() {
        ["path", source, destination, rest] => {
            let (protocol, port) = rest.split_once(' ').unwrap();
            path(opened, source, destination, protocol, port)
        }
        ["ask", service, operation, rest] => {
            let (params, at) = rest.rsplit_once(' ').unwrap();
            ask(opened, service, operation, params, at)
        }
        ["screen", pointer] => {
            let screen = opened.screen.as_ref().unwrap();
            let found = screen.pointer(pointer).unwrap().to_string();
            named(opened.engine.world(), found.trim_matches('"'))
        }
        _ => panic!("what is '{question}'?"),
    }
}

/// `delivered`, or how it ended and at which layer.
fn path(opened: &Opened, source: &str, destination: &str, protocol: &str, port: &str) -> String {
    let world = opened.engine.world();
    let flow = Flow {
        source: endpoint(world, source),
        destination: endpoint(world, destination),
        protocol: if protocol == "udp" { 17 } else { 6 },
        port: port.parse().unwrap(),
    };
    let trace = network::trace(world, Region::US_EAST_1, &flow);
    let stopped = trace
        .forward
        .iter()
        .chain(&trace.back)
        .find(|hop| hop.verdict == Verdict::Deny);
    match stopped {
        Some(hop) => {
            let layer = serde_json::to_value(hop.layer).unwrap();
            format!("{} at {}", trace.disposition.name(), layer.as_str().unwrap())
        }
        None => trace.disposition.name().to_owned(),
    }
}

fn endpoint(world: &World, name: &str) -> Endpoint {
    match (name, name.parse()) {
        ("internet", _) => Endpoint::Internet,
        (_, Ok(address)) => Endpoint::Address(address),
        _ => match id_of(world, name) {
            Some(ResourceId::Instance(id)) => Endpoint::Instance(id),
            other => panic!("{name} is {other:?}"),
        },
    }
}

/// What a call that only reads answers at a path; names in `params` stand for ids. `ec2@eu-west-1` asks elsewhere.
fn ask(opened: &Opened, service: &str, operation: &str, params: &str, at: &str) -> String {
    let mut engine = opened.engine.clone();
    let (service, region) = service.split_once('@').unwrap_or((service, "us-east-1"));
    let known = model().service(service).unwrap();
    let shape = known.operation(operation).unwrap().input.unwrap();
    let mut text = params.to_owned();
    for name in params.split('"').filter(|word| word.starts_with('@')) {
        text = text.replace(name, &id_of(engine.world(), &name[1..]).unwrap().to_string());
    }
    let params = json::from_json(known, shape, &serde_json::from_str(&text).unwrap()).unwrap();
    let Value::Structure(params) = params else {
        panic!("no object")
    };
    let answer: Structure = engine
        .call(Region::find(region).unwrap(), service, operation, params)
        .unwrap();
    let answer = Value::Structure(answer);
    match at.strip_suffix('#') {
        Some(list) => answer.at_path(list).unwrap().as_list().unwrap().len().to_string(),
        None => match answer.at_path(at) {
            Some(Value::String(text)) => named(engine.world(), text),
            Some(other) => json::plain(other).to_string(),
            None => "nothing".to_owned(),
        },
    }
}

fn id_of(world: &World, name: &str) -> Option<ResourceId> {
    let mut ids = world.regions.iter().flat_map(|(_, ec2)| ec2.tags.iter());
    let named = ids.find(|(_, tags)| tags.get("Name").is_some_and(|tag| tag == name));
    named.map(|(id, _)| *id)
}

/// A resource's name in the place of its id.
fn named(world: &World, text: &str) -> String {
    match ResourceId::parse(text) {
        Some(id) => world.label(Region::US_EAST_1, id),
        None => text.to_owned(),
    }
}
