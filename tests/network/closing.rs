//! "Close this path, harm no other", held to its word: what is offered closes the path when it is made in the form in which
//! it is offered, opens nothing, and costs others exactly what it says.

use crate::paths::{self, named};
use crate::properties::{build, question, topology};
use crate::rows::REGION;
use crate::topology::Topology;
use crate::what_if;
use proptest::prelude::*;
use stratus_engine::network::close::{self, Closing};
use stratus_engine::network::what_if::difference;
use stratus_engine::network::{self, Disposition, Endpoint, Flow, fixes};
use stratus_engine::world::integrity;
use stratus_engine::{Engine, Options, World};

/// Closings in fixture form: what each does, its commands, what others lose.
pub fn tell(topology: &Topology, flow: &Flow) -> Vec<String> {
    let engine = Engine::new(Options::default());
    let found = close::search(&engine, &topology.world, REGION, flow, fixes::plain_command);
    let ends = network::disposition(&topology.world, REGION, flow);
    let mut lines = vec![format!("  = {}", ends.name())];
    for closing in &found {
        lines.push(format!("  * {}", named(topology, &closing.change.why)));
        let commands = closing.change.commands.iter();
        lines.extend(commands.map(|command| format!("    {}", named(topology, command))));
        let harm = closing.harm.iter();
        lines.extend(harm.map(|change| format!("    - {}", what_if::line(topology, change))));
        if let Err(fault) = closes(&engine, &topology.world, flow, closing) {
            lines.push(format!("    BUT {fault}"));
        }
    }
    lines
}

/// Makes a closing's calls on a copy of the world, in the form in which others make them.
fn made(engine: &Engine, world: &World, closing: &Closing) -> Result<World, String> {
    let mut world = world.clone();
    let mut answers = Vec::new();
    for call in &closing.change.calls {
        let params = call.params(&answers).map_err(|error| error.to_string())?;
        let made = engine.try_on(&world, REGION, call.service, call.operation, &params);
        let (answer, next) = made.map_err(|error| format!("{}: {error}", call.operation))?;
        answers.push(answer);
        world = next;
        let faults = integrity::check(&world);
        if !faults.is_empty() {
            return Err(format!("{} leaves {faults:?}", call.operation));
        }
    }
    Ok(world)
}

fn closes(engine: &Engine, world: &World, flow: &Flow, closing: &Closing) -> Result<(), String> {
    let after = made(engine, world, closing)?;
    let ends = network::disposition(&after, REGION, flow);
    let arrives = [
        Disposition::Delivered,
        Disposition::NotListening,
        Disposition::ReplyLost,
    ];
    if arrives.contains(&ends) {
        return Err(format!("it ends {}", ends.name()));
    }
    let difference = difference(world, &after, REGION);
    if !difference.gained.is_empty() {
        return Err(format!("it opens {:?}", difference.gained));
    }
    // What is lost beside the path itself is what is said to be.
    let machine = |end: Endpoint| matches!(end, Endpoint::Instance(_) | Endpoint::Internet);
    let both = machine(flow.source) && machine(flow.destination);
    for lost in &difference.lost {
        let same = || {
            let pair = (lost.source, lost.destination);
            closing
                .harm
                .iter()
                .filter(move |told| (told.source, told.destination) == pair)
        };
        let told = same().any(|told| told.part == lost.part && told.traffic == lost.traffic);
        // An end that is named by its address may be a machine all the same.
        let own = !both || (lost.source, lost.destination) == (flow.source, flow.destination);
        let alone = lost
            .traffic
            .iter()
            .all(|part| part.holds(flow.protocol, flow.port) && part.ports.0 == part.ports.1);
        // Of the path's own pair what is left of it is told, or who else of the same part of the Internet.
        if !(told || own && (alone || same().next().is_some())) {
            return Err(format!("it does not say that {lost:?} is lost"));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn every_closing_closes_and_says_what_it_costs(lines in topology(), questions in prop::collection::vec(question(), 10)) {
        let topology = build(&lines);
        let engine = Engine::new(Options::default());
        for question in &questions {
            let flow = paths::flow(&topology, question).unwrap();
            let works = network::disposition(&topology.world, REGION, &flow) == Disposition::Delivered;
            let found = close::search(&engine, &topology.world, REGION, &flow, fixes::plain_command);
            prop_assert!(works || found.is_empty(), "{question}: there is nothing to close");
            let mut before = (0, 0);
            for closing in &found {
                let verdict = closes(&engine, &topology.world, &flow, closing);
                prop_assert!(verdict.is_ok(), "{question}: {:?}: {verdict:?}", closing.change.commands);
                let cost = (closing.pairs(), closing.ports());
                prop_assert!(cost >= before, "{question}: those that cost less come first");
                before = cost;
            }
        }
    }
}

/// Of the Internet no more parts are asked than there is patience for, and then it is said.
#[test]
fn of_too_many_parts_it_says_so() {
    let cut = |blocks: u8| {
        let rules: String = (0..blocks).map(|at| format!(" in tcp 22 198.51.{at}.0/24\n")).collect();
        let text = format!(
            "vpc main 10.0.0.0/16\ngateway igw main\ngroup web-sg main\n in tcp 443 0.0.0.0/0\n{rules}subnet public main 10.0.1.0/24\n\
             table t main for public\n 0.0.0.0/0 igw\ninstance web public 10.0.1.10 public 54.1.1.10 groups web-sg listens tcp/443\n"
        );
        let topology = crate::survey::estate(&text);
        let flow = paths::flow(&topology, "internet -> web tcp 443").unwrap();
        let engine = Engine::new(Options::default());
        let found = close::search(&engine, &topology.world, REGION, &flow, fixes::plain_command);
        assert!(!found.is_empty());
        found.iter().all(|closing| closing.cut)
    };
    assert!(!cut(4));
    assert!(cut(100));
}
