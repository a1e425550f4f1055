//! The worlds of a history at any moment: the past from its nodes, the future by letting time pass.

use super::{Mark, Question, What};
use crate::base::ids::HostedZoneId;
use crate::base::time::Time;
use crate::clock;
use crate::dns::name;
use crate::engine::Engine;
use crate::history::{History, Node, NodeId};
use crate::world::World;
use stratus_model::{Structure, field};

/// A world that is moved forward along a history, and past its end.
pub(super) struct Replay<'e> {
    history: &'e History,
    path: Vec<NodeId>,
    next: usize,
    world: World,
    present: &'e World,
    /// Whether it has passed the present.
    is_ahead: bool,
}

impl<'e> Replay<'e> {
    /// At the history's beginning.
    pub fn new(engine: &'e Engine) -> Replay<'e> {
        let history = engine.history();
        Replay {
            history,
            path: history.path(history.current()),
            next: 0,
            world: World::clone(&history.node(0).after),
            present: engine.world(),
            is_ahead: false,
        }
    }

    /// The world at a moment, which may not lie before the last that was asked for: as it is once all that was called by then
    /// has happened.
    pub fn to(&mut self, at: Time) -> &World {
        if at >= self.present.now && !self.is_ahead {
            self.world = self.present.clone();
            self.is_ahead = true;
        }
        let mut latest = None;
        while !self.is_ahead
            && let Some(id) = self.path.get(self.next)
        {
            let node = self.history.node(*id);
            if node.after.now > at {
                // Within an advance of the clock: what it does to the world is still to come in the world before it.
                if node.time <= at && self.world.now < node.time {
                    latest = Some(&node.before);
                }
                break;
            }
            latest = Some(&node.after);
            self.next += 1;
        }
        if let Some(world) = latest {
            self.world = World::clone(world);
        }
        clock::advance(&mut self.world, at, usize::MAX);
        &self.world
    }
}

/// When the records of a question were first changed since a moment, and every change that was asked for since.
pub(super) fn changes(engine: &Engine, question: &Question, since: Time) -> (Option<Time>, Vec<Mark>) {
    let history = engine.history();
    let path = history.path(history.current());
    let nodes = path
        .into_iter()
        .map(|id| history.node(id))
        .filter(|node| node.time >= since);
    let marks: Vec<Mark> = nodes
        .filter_map(|node| asked(node, question).map(|text| (node.time, text)))
        .map(|(at, text)| Mark {
            at,
            what: What::Asked,
            text,
        })
        .collect();
    (marks.first().map(|mark| mark.at), marks)
}

/// What a call asked of the records of a question.
fn asked(node: &Node, question: &Question) -> Option<String> {
    let call = node.call.as_ref()?;
    let zone = call.params.text(field::HOSTED_ZONE_ID)?;
    let zone = zone.rsplit('/').next().unwrap_or_default();
    if call.operation.name != "ChangeResourceRecordSets" || HostedZoneId::parse(zone) != Some(question.zone) {
        return None;
    }
    let batch = call.params.structure(field::CHANGE_BATCH)?;
    let parts: Vec<String> = batch
        .structures(field::CHANGES)
        .filter_map(|change| part(change, question))
        .collect();
    (!parts.is_empty()).then(|| format!("Asked for: {}", parts.join(", ")))
}

fn part(change: &Structure, question: &Question) -> Option<String> {
    let set = change.structure(field::RESOURCE_RECORD_SET)?;
    let same = name::normal(set.text(field::NAME)?).ok()? == question.name;
    if !same || set.text(field::TYPE) != Some(&question.record_type) {
        return None;
    }
    let label = set.text(field::SET_IDENTIFIER).unwrap_or("the record");
    Some(match (change.text(field::ACTION), set.integer(field::WEIGHT)) {
        (Some("DELETE"), _) => format!("{label} gone"),
        (_, Some(weight)) => format!("{label} {weight}"),
        _ => label.to_owned(),
    })
}
