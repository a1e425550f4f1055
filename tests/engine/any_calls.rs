//! Whatever one asks of whichever service, in whatever order and Region, with clock jumps, undo, redo and branches in
//! between: nothing panics, every answer fits the model, the world stays sound after each step, the bill adds up, and the
//! log alone leads to the same world again.
//!
//! Calls are made from the model, so that an operation that is added is asked, too (`asks.rs`). Between them the stories
//! are played, three at a time (`plays.rs`), and a few calls are given whole, so that worlds have something in them.

#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

mod asks;
mod plays;
#[allow(dead_code, reason = "stories are run by main.rs")]
mod runner;

use asks::{Asked, Choices, DEPTH, Memory, whole};
use plays::{Play, STORIES};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use stratus_engine::base::time::Span;
use stratus_engine::catalog::Region;
use stratus_engine::principal::{KeyStatus, Principal};
use stratus_engine::services::handler;
use stratus_engine::world::integrity;
use stratus_engine::{Engine, Options, bill};
use stratus_model::{Service, Structure, Value, field, model};

/// Calls that usually succeed: service, operation, parameters.
const WHOLE: &str = include_str!("any_calls.txt");

/// Takes away the default VPC, and with it most of what a call could find: it is asked in the second place only.
const CLASSIC: &str = "SetEc2Classic";

/// A service, and the place of an operation in it.
type Operation = (&'static Service, usize);

/// Every operation that has a handler.
fn operations() -> Vec<Operation> {
    let all = model()
        .services()
        .flat_map(|service| (0..service.operations().len()).map(move |at| (service, at)));
    all.filter(|(service, at)| handler(service.name, service.operations()[*at].name).is_some())
        .collect()
}

/// A service's name and an operation's.
type Name = (&'static str, &'static str);

/// One world, and what was learnt of it.
#[derive(Default)]
struct Heard {
    /// By Region; now and then a call uses another's.
    memories: [Memory; 2],
    /// What got through, and in brackets whether once when it was made from the model.
    succeeded: BTreeMap<Name, bool>,
    /// Why each that did not was refused last.
    refused: BTreeMap<Name, String>,
}

impl Heard {
    fn learn(&mut self, place: usize, name: Name, made: bool, params: Structure, answer: Result<Structure, String>) {
        match answer {
            Ok(answer) => {
                *self.succeeded.entry(name).or_default() |= made;
                self.memories[place].learn(name.0, "", &Value::Structure(answer));
                if ["Delete", "Release", "Deregister"]
                    .iter()
                    .any(|word| name.1.starts_with(word))
                {
                    self.memories[place].forget(name.0, &params);
                } else {
                    self.memories[place].learn(name.0, "", &Value::Structure(params));
                }
            }
            Err(problem) => {
                self.refused.insert(name, problem);
            }
        }
    }
}

/// Where a call is made: here, or now and then elsewhere.
fn places() -> [Region; 2] {
    [Region::US_EAST_1, Region::find("eu-west-1").unwrap()]
}

/// One course of calls.
struct Run {
    engine: Engine,
    heard: Heard,
    /// The stories that are being played.
    plays: [Option<Play>; 3],
    /// Of how many numbers the first five go about in history and time. Few, and worlds grow old.
    kinds: u16,
    /// Whether the other place supports EC2-Classic, so that more is asked there.
    classic: bool,
    /// What this course is about by preference, so that one call finds what another made.
    focus: usize,
}

impl Run {
    fn new(seed: u64) -> Run {
        let mut engine = Engine::new(Options {
            seed,
            ..Options::default()
        });
        let classic = seed.is_multiple_of(3);
        if classic {
            let enabled = Structure::new().with(field::ENABLED, true);
            engine.call(places()[1], "stratus", CLASSIC, enabled).unwrap();
        }
        Run {
            engine,
            heard: Heard::default(),
            plays: [None, None, None],
            classic,
            focus: (seed % 1_000) as usize,
            kinds: if seed.is_multiple_of(4) { 40 } else { 600 },
        }
    }

    /// As the administrator.
    fn call(&mut self, place: usize, name: Name, params: Structure) {
        if name.1 == CLASSIC && place == 0 {
            return;
        }
        let answer = self.engine.call(places()[place], name.0, name.1, params.clone());
        let answer = answer.map_err(|error| error.to_string());
        self.heard.learn(place, name, false, params, answer);
    }

    fn step(&mut self, what: u16, all: &[Operation], choices: &mut Choices<'_>) {
        let elsewhere = if self.classic { 2 } else { 4 };
        let place = usize::from(choices.below(elsewhere) == 0);
        let known = if choices.below(12) == 0 { 1 - place } else { place };
        choices.set_sparse();
        match what % self.kinds {
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
            4 => self.advance_in_slices(choices),
            other => match other % 8 {
                0 => self.ask_whole(place, known, choices),
                1..=3 => self.play(choices),
                _ => self.ask(place, known, all, choices),
            },
        }
    }

    /// An advance in slices, which may be cancelled half-way.
    fn advance_in_slices(&mut self, choices: &mut Choices<'_>) {
        let span = Span([10_000, 600_000, 30 * 86_400_000][choices.below(3)]);
        let mut advance = self.engine.start_advance(self.engine.world().now + span);
        advance.run(2);
        if choices.below(3) > 0 {
            self.engine.finish_advance(advance).unwrap();
        }
    }

    /// A call of those that are given whole.
    fn ask_whole(&mut self, place: usize, known: usize, choices: &mut Choices<'_>) {
        let lines = || WHOLE.lines().filter(|line| !line.starts_with('#'));
        let services: BTreeSet<_> = lines().filter_map(|line| line.split(' ').next()).collect();
        let only = services
            .iter()
            .nth(self.focus % services.len())
            .filter(|_| choices.below(2) == 0);
        let of = |line: &&str| only.is_none_or(|only| line.split(' ').next() == Some(only));
        let lines: Vec<&'static str> = lines().filter(of).collect();
        let mut words = lines[choices.below(lines.len())].splitn(3, ' ');
        let mut word = || words.next().unwrap();
        let (service, operation, template) = (word(), word(), word());
        if let Some(params) = whole(template, places()[place], &self.heard.memories[known], choices) {
            let params = runner::read(service, operation, &params).unwrap();
            self.call(place, (service, operation), params);
        }
    }

    /// The next call of a story.
    fn play(&mut self, choices: &mut Choices<'_>) {
        let play = &mut self.plays[choices.below(3)];
        if play.as_ref().is_none_or(Play::over) {
            let folder = if choices.below(2) == 0 {
                self.focus
            } else {
                choices.below(usize::MAX)
            };
            *play = Play::new(folder, choices.below(usize::MAX));
        }
        let Some(made) = play.as_mut().and_then(|play| play.step(&mut self.engine)) else {
            return;
        };
        if let Some(place) = places().iter().position(|place| *place == made.region) {
            let name = (made.service, made.operation);
            self.heard.learn(place, name, false, made.params, made.answer);
        }
    }

    /// A call made from the model: any operation, or one of a service that is chosen first, so that small ones are asked.
    fn ask(&mut self, place: usize, known: usize, all: &[Operation], choices: &mut Choices<'_>) {
        let services: Vec<&str> = all
            .iter()
            .map(|(service, _)| service.name)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        let only = if choices.below(2) == 0 {
            choices.one(&services).copied()
        } else {
            None
        };
        let of: Vec<_> = all
            .iter()
            .filter(|(service, _)| only.is_none_or(|only| only == service.name))
            .collect();
        let Some((service, at, told)) = self.choose(place, known, &of, choices) else {
            return;
        };
        let operation = &service.operations()[at];
        if operation.name == CLASSIC && place == 0 {
            return;
        }
        let asked = self.asked(place, known, (service, at));
        let made = match told {
            Some(told) => Some(asked.varied("", &Value::Structure(told.clone()), choices)),
            None => operation.input.map(|input| asked.value(input, "", DEPTH, choices)),
        };
        let params = match made {
            Some(Value::Structure(params)) => params,
            _ => Structure::new(),
        };
        let principal = self.caller(known, choices);
        let answer = self.engine.call_as(
            &principal,
            places()[place],
            service.name,
            operation.name,
            params.clone(),
        );
        let answer = answer.map_err(|error| error.to_string());
        let name = (service.name, operation.name);
        self.heard.learn(place, name, true, params, answer);
    }

    fn asked(&self, place: usize, known: usize, (service, at): Operation) -> Asked<'_> {
        Asked {
            service,
            operation: service.operations()[at].name,
            region: places()[place],
            memory: &self.heard.memories[known],
        }
    }

    /// One of these operations, and a story's call of it or none. Of a few that come up, one that finds here what it names.
    fn choose(
        &self,
        place: usize,
        known: usize,
        of: &[&Operation],
        choices: &mut Choices<'_>,
    ) -> Option<(&'static Service, usize, Option<&'static Structure>)> {
        let mut chosen = None;
        for _ in 0..4 {
            let (service, at) = choices.one(of).map(|of| **of)?;
            let told = STORIES.calls(service.name, service.operations()[at].name);
            let told = choices.one(told).filter(|_| choices.below(3) > 0);
            chosen = Some((service, at, told));
            let asked = self.asked(place, known, (service, at));
            let lacks = |told: &Structure| asked.lacks("", &Value::Structure(told.clone()));
            if !told.is_some_and(lacks) {
                break;
            }
        }
        chosen
    }

    /// The administrator; now and then the root, or whoever has a key that was seen.
    fn caller(&self, known: usize, choices: &mut Choices<'_>) -> Principal {
        let other = match choices.below(16) {
            0 => Some(Principal::root(&self.engine.world().options)),
            1 | 2 => {
                let key = choices.one(self.heard.memories[known].of("AccessKeyId"));
                let token = choices.one(self.heard.memories[known].of("SessionToken"));
                // A user's key goes without a token, a session's with its own.
                key.and_then(|key| {
                    let with = |token| self.engine.credentials(key, token);
                    [with(None), with(token.map(String::as_str))]
                        .into_iter()
                        .flatten()
                        .find(|known| known.status == KeyStatus::Active)
                })
                .map(|known| known.principal)
            }
            _ => None,
        };
        other.unwrap_or_else(|| self.engine.principal().clone())
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
        let unmetered = runner::sights::unmetered(world);
        prop_assert!(unmetered.is_empty(), "{}", unmetered.join("\n"));
        self.look()?;
        // However the way to a moment is cut into slices, it leads to the same world.
        let until = world.now + Span::minutes(24 * 60);
        let (mut whole, mut sliced) = (self.engine.clone(), self.engine.clone());
        whole.tick(until, usize::MAX);
        sliced.tick(world.now + Span(61_234), usize::MAX);
        while !sliced.tick(until, 3).done {}
        prop_assert_eq!(whole.digest(), sliced.digest());
        Ok(())
    }

    /// Whatever can be looked at without saying what: it fits the model, and looking changes nothing.
    fn look(&self) -> Result<(), TestCaseError> {
        let mut engine = self.engine.clone();
        let looks = |name: &str| ["Describe", "Get", "List"].iter().any(|word| name.starts_with(word));
        // What comes out of the catalogue is long, and the same in every world.
        let catalogue = |name: &str| {
            [
                "Offerings",
                "Types",
                "PriceHistory",
                "Images",
                "Policies",
                "Details",
                "SessionToken",
            ]
            .iter()
            .any(|word| name.ends_with(word))
        };
        for (service, at) in operations() {
            let operation = &service.operations()[at];
            if looks(operation.name) && !catalogue(operation.name) {
                drop(engine.call(Region::US_EAST_1, service.name, operation.name, Structure::new()));
            }
        }
        prop_assert_eq!(engine.digest(), self.engine.digest());
        Ok(())
    }
}

fn run(seed: u64, steps: &[(u16, Vec<u16>)]) -> Result<Run, TestCaseError> {
    let all = operations();
    let mut run = Run::new(seed);
    for (what, numbers) in steps {
        run.step(*what, &all, &mut Choices::new(numbers));
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

/// The runs above ask something: on a fixed course four of five operations get through, and two of three of them when
/// they are made from the model. Says why the others were refused last.
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
    let mut through: BTreeMap<Name, bool> = BTreeMap::new();
    let mut refused = BTreeMap::new();
    // So many worlds that each operation comes up about as often, however many there are.
    let worlds = operations().len() as u64 / 17;
    for seed in 0..worlds {
        let steps: Vec<(u16, Vec<u16>)> = (0..600).map(|_| (next(), (0..30).map(|_| next()).collect())).collect();
        match run(seed, &steps) {
            Ok(run) => {
                for (name, made) in run.heard.succeeded {
                    *through.entry(name).or_default() |= made;
                }
                refused.extend(run.heard.refused);
            }
            Err(problem) => panic!("{problem}"),
        }
    }
    let all = operations();
    let names = || {
        all.iter()
            .map(|(service, at)| (service.name, service.operations()[*at].name))
    };
    let told = |never: &[Name]| -> String {
        let why = |name| refused.get(name).map_or("never asked", String::as_str);
        never
            .iter()
            .map(|name| format!("\n{} {}: {}", name.0, name.1, why(name)))
            .collect()
    };
    let never: Vec<Name> = names().filter(|name| !through.contains_key(name)).collect();
    assert!(
        never.len() * 5 < all.len(),
        "{} of {} operations never succeed: {}",
        never.len(),
        all.len(),
        told(&never)
    );
    let unmade: Vec<Name> = names().filter(|name| through.get(name) != Some(&true)).collect();
    // The direct APIs, images' tasks and policies want what no single call can guess: tokens, bundles, manifests.
    assert!(
        unmade.len() * 5 < all.len() * 2,
        "{} of {} operations never succeed when they are made from the model: {}",
        unmade.len(),
        all.len(),
        told(&unmade)
    );
}

/// A slice of an advance ends between two moments, never within one: else a call in between would find half of what was
/// due done, and the replayed log all of it.
#[test]
fn a_slice_ends_between_moments() {
    let mut run = Run::new(Options::default().seed);
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
    let mut choices = Choices::new(&[]);
    let mut made = |run: &mut Run, service, operation, template| {
        let params = whole(template, here, &run.heard.memories[0], &mut choices).unwrap();
        let params = runner::read(service, operation, &params).unwrap();
        run.call(0, (service, operation), params);
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
