//! XML for the three protocols that write it, both ways, driven by the model. Writing goes straight from values to bytes.
//! Reading keeps a small tree of elements: no entities, no DTD, nothing from outside the document.

mod plan;
pub mod read;
pub mod tree;
pub mod write;

use crate::sqs;
use stratus_model::{ListShape, MapShape, Member, Operation};

/// How one protocol spells one operation's values.
#[derive(Clone, Copy)]
pub struct Spelling {
    /// SQS in the query protocol has names that the model does not say.
    pub sqs: Option<&'static Operation>,
}

impl Spelling {
    pub const PLAIN: Self = Self { sqs: None };

    /// The spelling of an operation's answer.
    pub fn of(operation: &'static Operation) -> Self {
        Self {
            sqs: (operation.service == "sqs").then_some(operation),
        }
    }

    /// A member's element.
    pub fn member(&self, member: &Member) -> &'static str {
        self.sqs
            .and_then(|operation| sqs::name(member, operation))
            .or(member.wire_name)
            .unwrap_or(member.name.text())
    }

    /// The element that a flattened list repeats.
    pub fn flattened(&self, member: &Member, list: &ListShape) -> &'static str {
        list.wire_name.unwrap_or_else(|| self.member(member))
    }

    /// The elements of a map's keys and values.
    pub fn entry(&self, member: &Member, map: &MapShape) -> (&'static str, &'static str) {
        if self.sqs.is_some() {
            return sqs::entry(member);
        }
        (
            map.key_wire_name.unwrap_or("key"),
            map.value_wire_name.unwrap_or("value"),
        )
    }
}
