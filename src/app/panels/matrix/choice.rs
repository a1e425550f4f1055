//! What the matrix is asked: protocol and port, how to group, what to look for, and with which moment to compare.

use crate::panels::path::ask::protocol_and_port;
use crate::session::Ctx;
use crate::ui::{Settled, Typed, day_text, text_of};
use stratus_engine::history::NodeId;
use stratus_engine::network::matrix::Grouping;
use stratus_engine::world::compute::InstanceState;
use yew::prelude::*;

/// Up to as many instances stand by themselves until one chooses otherwise; more are grouped by subnet.
const SINGLE: usize = 12;

/// Calls back to which one can compare.
const MOMENTS: usize = 60;

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// `tcp`, `udp`, `icmp`.
    pub protocol: String,
    /// As typed.
    pub port: String,
    /// Value of the field "Group by"; empty: by itself or by subnet, by their number.
    pub group: String,
    /// What a row's or a column's name must contain.
    pub filter: String,
    /// Whom one means by the Internet, as typed: see [`stratus_engine::network::outsiders::Outsiders::parse`].
    pub outside: String,
    /// The call before which the other moment lies.
    pub since: Option<NodeId>,
}

impl Choice {
    /// As the path panel's question has it.
    pub fn first(ctx: &Ctx) -> Choice {
        let question = &ctx.screen().path;
        Choice {
            protocol: question.protocol.clone(),
            port: question.port.clone(),
            group: String::new(),
            filter: String::new(),
            outside: String::new(),
            since: None,
        }
    }

    /// All that the answer depends on.
    pub fn asked(&self) -> Choice {
        Choice {
            filter: String::new(),
            ..self.clone()
        }
    }

    /// Protocol and port as numbers; `None` where the port is none.
    pub fn flow(&self) -> Option<(u8, u16)> {
        match self.protocol.as_str() {
            "icmp" => Some((1, 8)),
            "udp" => Some((17, self.port.trim().parse().ok()?)),
            _ => Some((6, self.port.trim().parse().ok()?)),
        }
    }
}

/// The value of the field "Group by" that holds: what was chosen, else by themselves or by subnet.
fn group_value<'a>(ctx: &Ctx, chosen: &'a str) -> &'a str {
    let ec2 = ctx.world().ec2(ctx.region());
    match chosen {
        "" if ec2.is_none_or(|ec2| ec2.instances.len() <= SINGLE) => "instance",
        "" => "subnet",
        other => other,
    }
}

/// What the field "Group by" means.
pub(crate) fn grouping(ctx: &Ctx, chosen: &str) -> Grouping {
    match group_value(ctx, chosen) {
        "subnet" => Grouping::Subnet,
        "groups" => Grouping::SecurityGroups,
        "vpc" => Grouping::Vpc,
        other => match other.strip_prefix("tag:") {
            Some(tag) => Grouping::Tag(tag.to_owned()),
            None => Grouping::Instance,
        },
    }
}

/// The field "Group by".
pub(crate) fn group_field(ctx: &Ctx, chosen: &str, onchange: Callback<Event>) -> Html {
    let chosen = group_value(ctx, chosen);
    html! {
        <label class="field">{ "Group by" }
            <select {onchange}>
                { for [("instance", "Instance"), ("subnet", "Subnet"), ("groups", "Security groups"), ("vpc", "VPC")].map(|(value, name)| option(value, name, chosen)) }
                { for tag_keys(ctx).iter().map(|key| option(&format!("tag:{key}"), &format!("Tag {key}"), chosen)) }
            </select>
        </label>
    }
}

fn option(value: &str, name: &str, chosen: &str) -> Html {
    html! { <option value={value.to_owned()} selected={value == chosen}>{ name.to_owned() }</option> }
}

/// Keys of the tags of the Region's instances, by name; `Name` tells instances apart, not groups.
fn tag_keys(ctx: &Ctx) -> Vec<String> {
    let (world, region) = (ctx.world(), ctx.region());
    let Some(ec2) = world.ec2(region) else {
        return Vec::new();
    };
    let living = ec2
        .instances
        .rows()
        .filter(|row| row.state != InstanceState::Terminated);
    let tags = living.filter_map(|row| world.tags(region, row.id.into()));
    let keys: std::collections::BTreeSet<&String> = tags.flat_map(|tags| tags.keys()).collect();
    keys.into_iter().filter(|key| *key != "Name").cloned().collect()
}

/// The calls that led here, newest first: to be compared with what was before each.
fn moments(ctx: &Ctx) -> Vec<(NodeId, String)> {
    ctx.read(|engine| {
        let history = engine.history();
        let path = history.path(history.current());
        let calls = path.iter().rev().filter_map(|id| {
            let node = history.node(*id);
            let call = node.call.as_ref()?;
            Some((*id, format!("before {}, {}", call.operation.name, day_text(node.time))))
        });
        calls.take(MOMENTS).collect()
    })
}

/// Properties of [`Choices`].
#[derive(Properties, PartialEq)]
pub struct ChoicesProps {
    /// What there is to choose from.
    pub settled: Settled,
    /// As it stands.
    pub choice: Choice,
    /// Hears of another.
    pub on_choice: Callback<Choice>,
}

/// The fields.
#[component]
pub fn Choices(props: &ChoicesProps) -> Html {
    let (ctx, choice) = (&props.settled, &props.choice);
    let change = |apply: fn(&mut Choice, String)| {
        let (choice, on_choice) = (choice.clone(), props.on_choice.clone());
        Callback::from(move |event: Event| {
            let mut changed = choice.clone();
            apply(&mut changed, text_of(&event));
            on_choice.emit(changed);
        })
    };
    let since = choice.since.map(|node| node.to_string()).unwrap_or_default();
    html! {
        <div class="ask matrix-ask">
            { protocol_and_port(&choice.protocol, &choice.port, change(|choice, value| choice.protocol = value), change(|choice, value| choice.port = value)) }
            { group_field(ctx, &choice.group, change(|choice, value| choice.group = value)) }
            <label class="field">{ "The Internet means" }<Typed value={choice.outside.clone()} placeholder="anyone" title="Anyone on it, or an address or a block that you name: 203.0.113.25, 198.51.100.0/24" onchange={change(|choice, value| choice.outside = value)} /></label>
            <label class="field">{ "Compare with" }
                <select onchange={change(|choice, value| choice.since = value.parse().ok())}>
                    { option("", "nothing", &since) }
                    { for moments(ctx).iter().map(|(node, name)| option(&node.to_string(), name, &since)) }
                </select>
            </label>
            <label class="field">{ "Filter by name" }<Typed value={choice.filter.clone()} placeholder="web" onchange={change(|choice, value| choice.filter = value)} /></label>
        </div>
    }
}
