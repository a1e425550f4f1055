//! Fixes: the smallest changes that make a path work. Every one that is offered has been made on a copy of the world, in
//! exactly the form in which it is offered, and the packet has been sent again; nothing is offered on belief.
//!
//! The search mends the first blocker, looks again, and so on, so that a change which moves the trouble elsewhere is
//! followed up or dropped. It is done several times with another taste: always the change that seems to open the least, then
//! wider ones. Which to try is chosen by an estimate (`Candidate::opens`); how much each opens that works, [`super::opening`]
//! measures.

use super::remedies::{self, Candidate, Draft};
use super::words::Teller;
use super::{Disposition, Fix, FixCall, Flow, codes, walk};
use crate::base::error::{Error, Result};
use crate::base::limits::FIX_CHANGES;
use crate::base::time::Span;
use crate::catalog::Region;
use crate::clock;
use crate::engine::Engine;
use crate::world::World;
use stratus_model::{Structure, Value, cli_name, json, model, sort};

/// How a call is written as a command: Region, service, operation, parameters.
pub type Renderer = fn(Region, &str, &str, &Structure) -> String;

/// How many tastes are tried: what seems to open the least, a wider one, the widest.
const TASTES: usize = 3;
/// Changes that one search may try before it gives up.
const TRIES: usize = 48;
/// How long the copy of the world is given to come to rest after a change that takes time, and how many events at most.
const REST: Span = Span::minutes(15);
const REST_EVENTS: usize = 10_000;

/// Searches, and writes the commands in the engine's own plain way.
pub(super) fn search(engine: &Engine, world: &World, region: Region, flow: &Flow) -> Vec<Fix> {
    search_with(engine, world, region, flow, plain_command)
}

/// Fixes for a path that does not work, in the order of how much each is thought to open, which
/// [`super::opening::least_first`] measures; none for a path that works or cannot be mended here. `render` writes the
/// commands: the terminal's own writer, where there is one.
pub fn search_with(engine: &Engine, world: &World, region: Region, flow: &Flow, render: Renderer) -> Vec<Fix> {
    let mut plans: Vec<Vec<Candidate>> = Vec::new();
    for taste in 0..TASTES {
        let mut search = Search {
            engine,
            region,
            flow,
            taste,
            tries: TRIES,
        };
        let mut plan = Vec::new();
        if search.deepen(world, &mut plan, &mut Vec::new()) && !plan.is_empty() {
            shorten(engine, region, world, &mut plan, |world| search.works(world));
            if !plans.contains(&plan) {
                plans.push(plan);
            }
        }
    }
    sort::by_key(&mut plans, |plan| {
        let opens: u32 = plan.iter().map(|candidate| candidate.opens).sum();
        (opens, calls_of(plan))
    });
    let search = Search {
        engine,
        region,
        flow,
        taste: 0,
        tries: 0,
    };
    plans
        .iter()
        .filter_map(|plan| search.offer(world, plan, render))
        .collect()
}

/// Makes a fix's calls, one after the other, on the world itself. What earlier calls have answered takes the place of the
/// references to it.
///
/// # Errors
/// The first call's that fails; those before it have been made, and undo takes them back.
pub fn apply(engine: &mut Engine, region: Region, fix: &Fix) -> Result<Vec<Structure>> {
    let mut answers = Vec::new();
    for call in &fix.calls {
        let params = call.params(&answers)?;
        let region = call.region.unwrap_or(region);
        answers.push(engine.call(region, call.service, call.operation, params)?);
    }
    Ok(answers)
}

impl FixCall {
    /// The parameters, with `$(N.Path)` replaced by what the answer of the fix's N-th call (the first is 0) has at that
    /// path.
    ///
    /// # Errors
    /// `InvalidParameterValue` where an answer has nothing there.
    pub fn params(&self, answers: &[Structure]) -> Result<Structure> {
        let unreadable = || Error::invalid(self.operation, "the fix cannot be read");
        let service = model().service(self.service).ok_or_else(unreadable)?;
        let operation = service.operation(self.operation).ok_or_else(unreadable)?;
        let text: serde_json::Value = serde_json::from_str(&self.params).map_err(|_| unreadable())?;
        let Some(shape) = operation.input else {
            return Ok(Structure::new());
        };
        match json::from_json(service, shape, &text) {
            Ok(Value::Structure(params)) => resolve(&params, answers).ok_or_else(unreadable),
            _ => Err(unreadable()),
        }
    }
}

/// Lets a copy of the world come to rest.
pub(super) fn rest(copy: &mut World) {
    let until = copy.now + REST;
    clock::advance(copy, until, REST_EVENTS);
}

/// What it would take to mend a blocker where no small change is found, as one sentence: by the explanation's code.
///
/// None is looked for where it would not be small, or is not the account's to make: two VPCs whose blocks overlap (no peering
/// connection can be made), or of two Regions with nothing between them; a transit gateway for two VPCs (more calls than
/// [`FIX_CHANGES`]; a peering connection is offered); a virtual private gateway without a VPN connection, and one that is down (the
/// device at the other end is the customer's); an address that nobody has.
pub fn needed(code: &str) -> &'static str {
    match code {
        codes::DISCONNECTED_VPCS => {
            "The two VPCs are not connected: a peering connection would, where their blocks do not overlap, or a transit gateway."
        }
        codes::PCX_REQUIRES_ADDRESS_IN_VPC_CIDR => {
            "A peering connection leads to the other VPC and no further: it takes one between the two ends' VPCs, or a transit gateway."
        }
        codes::IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS | codes::IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS => {
            "No internet gateway leads to a private address: it takes a peering connection, a transit gateway or a VPN to the network that has it, and a route there."
        }
        codes::NO_ROUTE_TO_DESTINATION
        | codes::BAD_STATE_ROUTE
        | codes::TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT
        | codes::TGW_RTB_BAD_STATE_ROUTE => {
            "Nothing that is attached here leads to that address: it takes a peering connection, a transit gateway or a VPN to the network that has it, and a route there."
        }
        codes::BAD_STATE_VPN | codes::TGW_BAD_STATE_VPN => {
            "It takes a VPN connection that is up, and a device at the customer's end which announces that network."
        }
        codes::NO_POSSIBLE_DESTINATION | codes::TARGET_ADDRESS_RESTRICTION => {
            "Nobody has that address: it takes a machine there, or another address."
        }
        codes::ENI_SG_RULES_MISMATCH | codes::SG_HAS_NO_RULES => {
            "It takes a rule that lets the packet pass: where the group is full, in another group of the interface."
        }
        _ => "Nothing that Stratus tries on a copy of this world makes this path work.",
    }
}

struct Search<'a> {
    engine: &'a Engine,
    region: Region,
    flow: &'a Flow,
    taste: usize,
    tries: usize,
}

pub(super) fn calls_of(plan: &[Candidate]) -> usize {
    plan.iter().map(|candidate| candidate.calls.len()).sum()
}

impl Search<'_> {
    fn works(&self, world: &World) -> bool {
        super::disposition(world, self.region, self.flow) == Disposition::Delivered
    }

    /// Mends the first blocker, then what is still in the way. True when nothing is; `plan` then holds the changes.
    fn deepen(&mut self, world: &World, plan: &mut Vec<Candidate>, answers: &mut Vec<Structure>) -> bool {
        let judgement = walk::judge(world, self.region, self.flow);
        let Some(blocker) = judgement.blockers.first() else {
            return true;
        };
        let teller = Teller::of(world, blocker.step.region.unwrap_or(self.region));
        let way = if blocker.back {
            &judgement.back
        } else {
            &judgement.forward
        };
        let mut candidates = remedies::of(&teller, blocker, way);
        sort::by_key(&mut candidates, |candidate| candidate.opens);
        if candidates.is_empty() {
            return false;
        }
        let preferred = self.taste.min(candidates.len() - 1);
        candidates[..=preferred].reverse();
        for candidate in candidates {
            if calls_of(plan) + candidate.calls.len() > FIX_CHANGES || self.tries == 0 {
                continue;
            }
            self.tries -= 1;
            let known = answers.len();
            if let Some(next) = make(self.engine, self.region, world, &candidate.calls, answers) {
                plan.push(candidate);
                if self.deepen(&next, plan, answers) {
                    return true;
                }
                plan.pop();
            }
            answers.truncate(known);
        }
        false
    }

    /// The plan as it is offered, if it works in that form.
    fn offer(&self, world: &World, plan: &[Candidate], render: Renderer) -> Option<Fix> {
        let mut answers = Vec::new();
        let after = make(self.engine, self.region, world, &flatten(plan), &mut answers)?;
        if !self.works(&after) {
            return None;
        }
        written(self.region, plan, &answers, render)
    }
}

/// Makes calls on a copy of the world and lets it come to rest; `None` when one of them fails. `$(0.…)` means the first of
/// these calls.
pub(super) fn make(
    engine: &Engine,
    region: Region,
    world: &World,
    calls: &[Draft],
    answers: &mut Vec<Structure>,
) -> Option<World> {
    let first = answers.len();
    let mut copy = world.clone();
    for call in calls {
        let params = resolve(&call.params, answers.get(first..)?)?;
        let region = call.region.unwrap_or(region);
        let (answer, next) = engine
            .try_on(&copy, region, call.service, call.operation, &params)
            .ok()?;
        answers.push(answer);
        copy = next;
    }
    let takes_time = [
        "StartInstances",
        "RebootInstances",
        "StopInstances",
        "AcceptVpcPeeringConnection",
        "CreateVpcBlockPublicAccessExclusion",
        "ModifyVpcBlockPublicAccessExclusion",
    ];
    // What balances finds out with time who can be reached, and sends elsewhere then.
    let mut regions = calls.iter().filter_map(|call| call.region).chain([region]);
    let balances = regions.any(|region| copy.ec2(region).is_some_and(|ec2| !ec2.balancing.is_empty()));
    if balances || calls.iter().any(|call| takes_time.contains(&call.operation)) {
        rest(&mut copy);
    }
    Some(copy)
}

/// Drops every change of a plan without which `done` holds as well, and takes less of each where that is enough. Once more
/// from the beginning after each that goes: where a load balancer chooses another target then, a change that was needed may be
/// no longer.
pub(super) fn shorten(
    engine: &Engine,
    region: Region,
    world: &World,
    plan: &mut Vec<Candidate>,
    done: impl Fn(&World) -> bool,
) {
    let works = |plan: &[Candidate]| {
        let made = make(engine, region, world, &flatten(plan), &mut Vec::new());
        made.is_some_and(|world| done(&world))
    };
    let mut at = 0;
    while let Some(candidate) = plan.get(at) {
        let (mut without, less) = (plan.clone(), candidate.less.as_deref().cloned());
        without.remove(at);
        let lesser = less.map(|less| {
            let mut plan = plan.clone();
            plan.splice(at..=at, [less]);
            plan
        });
        let mut shorter = [without].into_iter().chain(lesser);
        match shorter.find(|plan| !plan.is_empty() && works(plan)) {
            Some(shorter) => (*plan, at) = (shorter, 0),
            None => at += 1,
        }
    }
}

/// A plan as it is told: its calls as commands with what their answers were, and as calls to make.
pub(super) fn written(region: Region, plan: &[Candidate], answers: &[Structure], render: Renderer) -> Option<Fix> {
    let calls = flatten(plan);
    let commands = calls.iter().map(|call| {
        let params = resolve(&call.params, answers)?;
        let region = call.region.unwrap_or(region);
        Some(render(region, call.service, call.operation, &params))
    });
    let commands = commands.collect::<Option<_>>()?;
    let calls = calls.iter().map(|call| FixCall {
        region: call.region,
        service: call.service,
        operation: call.operation,
        params: json::plain(&Value::Structure(call.params.clone())).to_string(),
    });
    let sentences: Vec<&str> = plan.iter().map(|candidate| candidate.why.as_str()).collect();
    Some(Fix {
        commands,
        why: sentences.join(" "),
        changes: plan.len(),
        calls: calls.collect(),
    })
}

/// The calls of a plan in one row, their references counted from its start.
pub(super) fn flatten(plan: &[Candidate]) -> Vec<Draft> {
    let mut calls: Vec<Draft> = Vec::new();
    for candidate in plan {
        let base = calls.len();
        for call in &candidate.calls {
            let params = map_strings(&call.params, &|text| match reference(text) {
                Some((number, path)) => Some(format!("$({}.{path})", number + base)),
                None => Some(text.to_owned()),
            });
            calls.push(Draft {
                params: params.unwrap_or_default(),
                ..call.clone()
            });
        }
    }
    calls
}

/// `$(0.AllocationId)`: a call's number and a path in its answer.
fn reference(text: &str) -> Option<(usize, &str)> {
    let (number, path) = text.strip_prefix("$(")?.strip_suffix(')')?.split_once('.')?;
    Some((number.parse().ok()?, path))
}

/// Puts what was answered in the place of references; `None` where an answer lacks it.
fn resolve(params: &Structure, answers: &[Structure]) -> Option<Structure> {
    map_strings(params, &|text| match reference(text) {
        None => Some(text.to_owned()),
        Some((number, path)) => {
            let answer = Value::Structure(answers.get(number)?.clone());
            answer.at_path(path)?.as_text().map(str::to_owned)
        }
    })
}

fn map_strings(params: &Structure, change: &dyn Fn(&str) -> Option<String>) -> Option<Structure> {
    params
        .iter()
        .map(|(name, value)| Some((name, map_string(value, change)?)))
        .collect()
}

fn map_string(value: &Value, change: &dyn Fn(&str) -> Option<String>) -> Option<Value> {
    Some(match value {
        Value::String(text) => Value::String(change(text)?),
        Value::List(values) => Value::List(
            values
                .iter()
                .map(|value| map_string(value, change))
                .collect::<Option<_>>()?,
        ),
        Value::Structure(structure) => Value::Structure(map_strings(structure, change)?),
        other => other.clone(),
    })
}

/// A call as a command with long options, JSON for what has parts: `aws ec2 start-instances --instance-ids i-…`.
pub fn plain_command(region: Region, service: &str, operation: &str, params: &Structure) -> String {
    let program = if service == "stratus" {
        "stratus".to_owned()
    } else {
        format!("aws {service}")
    };
    let mut command = format!("{program} {}", cli_name(operation));
    for (name, value) in params.iter() {
        let name = cli_name(name.text());
        match value {
            Value::Bool(true) => command.push_str(&format!(" --{name}")),
            Value::Bool(false) => command.push_str(&format!(" --no-{name}")),
            Value::String(text) => command.push_str(&format!(" --{name} {text}")),
            Value::List(values) if !values.is_empty() && values.iter().all(|value| value.as_text().is_some()) => {
                let words: Vec<&str> = values.iter().filter_map(Value::as_text).collect();
                command.push_str(&format!(" --{name} {}", words.join(" ")));
            }
            other => {
                let text = json::plain(other).to_string();
                let quoted = if text.starts_with(['{', '[']) {
                    format!("'{text}'")
                } else {
                    text
                };
                command.push_str(&format!(" --{name} {quoted}"));
            }
        }
    }
    if service != "stratus" {
        command.push_str(&format!(" --region {}", region.name()));
    }
    command
}
