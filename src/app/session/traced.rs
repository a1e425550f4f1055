//! The answer to the path panel's question, made anew whenever the question or the world changes.

use super::action::PathQuestion;
use crate::scripting::{parse_flow, region_of_flow};
use stratus_engine::Engine;
use stratus_engine::catalog::Region;
use stratus_engine::network::{self, Endpoint, Flow, Hop, Layer, Trace, Verdict};

/// A traced question.
#[derive(Clone, Debug, PartialEq)]
pub struct Traced {
    /// The question as it was asked.
    pub question: PathQuestion,
    /// What it means.
    pub flow: Flow,
    /// Where its ends are.
    pub region: Region,
    /// The answer.
    pub trace: Trace,
}

impl Traced {
    /// Asks the engine. The error names the field that cannot be understood.
    pub fn ask(engine: &Engine, question: &PathQuestion, shown: Region) -> Result<Traced, String> {
        let flow = parse_flow(
            &question.source,
            &question.destination,
            &question.protocol,
            &question.port,
        )?;
        let region = region_of_flow(engine.world(), &flow).unwrap_or(shown);
        let world = engine.world_in(region);
        let mut trace = network::trace(&world, region, &flow);
        if !trace.reachable {
            trace.fixes = network::fixes::search_with(engine, &world, region, &flow, stratus_shell::command);
        }
        Ok(Traced {
            question: question.clone(),
            flow,
            region,
            trace,
        })
    }

    /// Steps of both ways.
    pub fn len(&self) -> usize {
        self.trace.forward.len() + self.trace.back.len()
    }
    /// Whether there is no step at all: the question itself has no answer.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// A step, counted over both ways.
    pub fn hop(&self, index: usize) -> Option<&Hop> {
        let forward = self.trace.forward.len();
        if index < forward {
            self.trace.forward.get(index)
        } else {
            self.trace.back.get(index - forward)
        }
    }
    /// Whether a step belongs to the answer's way.
    pub fn is_back(&self, index: usize) -> bool {
        index >= self.trace.forward.len()
    }
    /// The step that stops the packet, else the last one.
    pub fn deciding(&self) -> usize {
        let all = self.trace.forward.iter().chain(&self.trace.back);
        all.clone()
            .position(|hop| hop.verdict == Verdict::Deny)
            .unwrap_or(self.len().saturating_sub(1))
    }
    /// Whether an end is somewhere on the Internet, without a host of ours.
    pub fn is_outside(&self, source: bool) -> bool {
        let end = if source {
            self.flow.source
        } else {
            self.flow.destination
        };
        match end {
            Endpoint::Internet => true,
            Endpoint::Instance(_) | Endpoint::Interface(_) => false,
            Endpoint::Address(_) => !self
                .trace
                .forward
                .iter()
                .any(|hop| hop.at_source == source && hop.layer != Layer::Network),
        }
    }
}
