//! Why a connection is tracked or not, and which rule or event decides: read off a trace of the same flow, made when one
//! unfolds it.

use super::reading::{Row, Stage};
use super::{ask, reading};
use crate::map::picture::name_of;
use crate::session::action::PathQuestion;
use crate::session::{Action, Selection, use_ctx};
use crate::ui::{Same, Source};
use stratus_engine::World;
use stratus_engine::base::ids::{NetworkInterfaceId, ResourceId};
use stratus_engine::catalog::Region;
use stratus_engine::network::{self, Endpoint, Flow, Hop, Layer, Verdict, protocol_text};
use stratus_engine::world::connections::Connection;
use yew::prelude::*;

const TRACKING: &str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html#connection-tracking-timeouts";

/// Properties of [`Why`].
#[derive(Properties, PartialEq)]
pub struct WhyProps {
    /// The connection.
    pub row: Same<Row>,
}

/// The reasons.
#[component]
pub fn Why(props: &WhyProps) -> Html {
    let ctx = use_ctx();
    let (row, region) = (&props.row, ctx.region());
    let told = use_memo((row.clone(), ctx.view().world_stamp), |_| {
        rules(ctx.world(), region, &row.connection)
    });
    let remembered = remembered(ctx.world(), region, row);
    let interfaces = row.limits.iter().map(|(id, _)| *id);
    let interfaces = interfaces.chain(row.connection.untracked.iter().copied());
    let mut seen: Vec<NetworkInterfaceId> = Vec::new();
    for id in interfaces {
        if !seen.contains(&id) {
            seen.push(id);
        }
    }
    let links = seen.into_iter().map(|id| {
        let select = ctx.on(move || Action::Select(Some(Selection::Resource(region, ResourceId::from(id)))));
        html! { <button class="link" onclick={select}>{ name_of(ctx.world(), region, id) }</button> }
    });
    html! {
        <div class="live-why">
            <ul>
                { for remembered.iter().map(|text| html! { <li>{ text }</li> }) }
                { for told.iter().map(|(allowed, text)| html! { <li><span class={if *allowed { "mark-allow" } else { "mark-deny" }} aria-hidden="true">{ if *allowed { "✓" } else { "✕" } }</span>{ text }</li> }) }
            </ul>
            <p class="row"><button class="link" onclick={ask(&ctx, question(&row.connection))}>{ "Trace a new one on the same way" }</button>{ for links }</p>
            <Source source={TRACKING}>{ "What makes a flow untracked, and how long an idle one is remembered." }</Source>
        </div>
    }
}

/// Who remembers it, and for how long.
fn remembered(world: &World, region: Region, row: &Row) -> Vec<String> {
    let behind = |id: NetworkInterfaceId| match world.ec2(region) {
        Some(ec2) => reading::behind(world, region, ec2, id),
        None => id.to_string(),
    };
    let ping = !matches!(row.connection.protocol, 6 | 17);
    let mut told: Vec<String> = Vec::new();
    for (id, limit) in &row.limits {
        let why = if ping {
            "ICMP always is"
        } else if row.connection.nat.is_some() {
            "what goes through a NAT gateway always is"
        } else {
            "its rule, or the one for the answers, is narrower than 0.0.0.0/0"
        };
        let forgets = super::words::left(stratus_engine::base::time::Span::seconds(*limit));
        told.push(format!(
            "Tracked at {}: {why}. Forgotten after {forgets} without a packet.",
            behind(*id)
        ));
    }
    for id in &row.connection.untracked {
        if row.limits.iter().all(|(tracked, _)| tracked != id) {
            told.push(format!(
                "Untracked at {}: when it opened, one rule let everyone (0.0.0.0/0) in this way, and another let every answer back out.",
                behind(*id)
            ));
        }
    }
    if let Some(nat) = row.connection.nat {
        told.push(format!(
            "Translated by {}, which forgets it after 350 s without a packet.",
            name_of(world, region, nat)
        ));
    }
    if row.stage == Stage::Over {
        told.push(row.state.reason.clone());
    }
    told
}

/// What the rules would say to a new connection on the same way: security groups, and whatever stops it.
fn rules(world: &World, region: Region, connection: &Connection) -> Vec<(bool, String)> {
    let trace = network::trace(world, region, &flow(connection));
    let hops = trace.forward.iter().chain(&trace.back);
    let decides = |hop: &&Hop| hop.layer == Layer::SecurityGroup || hop.verdict == Verdict::Deny;
    hops.filter(decides)
        .map(|hop| {
            let rule = hop.rule().map(|rule| format!(" ({}: {})", rule.id, rule.text));
            (
                hop.verdict != Verdict::Deny,
                format!("A new one: {}{}", hop.text(), rule.unwrap_or_default()),
            )
        })
        .collect()
}

fn flow(connection: &Connection) -> Flow {
    let source = match connection.source_interface {
        Some(id) => Endpoint::Interface(id),
        None => Endpoint::Address(connection.source.0),
    };
    let ping = matches!(connection.protocol, 1 | 58);
    Flow {
        source,
        destination: Endpoint::Address(connection.destination.0),
        protocol: if ping { 1 } else { connection.protocol },
        port: if ping { 8 } else { connection.destination.1 },
    }
}

/// The same as the path panel's question.
fn question(connection: &Connection) -> PathQuestion {
    let outside = connection.source.0 == std::net::IpAddr::V4(network::INTERNET);
    PathQuestion {
        source: match connection.source_interface {
            Some(id) => id.to_string(),
            None if outside => "internet".to_owned(),
            None => connection.source.0.to_string(),
        },
        destination: connection.destination.0.to_string(),
        protocol: match connection.protocol {
            1 | 58 => "icmp".to_owned(),
            other => protocol_text(other),
        },
        port: connection.destination.1.to_string(),
        asked: 0,
        cheat: None,
    }
}
