//! Questions of one who cheats: a packet with a forged sender, or an ear at the packets of others. The engine's own rules
//! answer (`network::isolation`); nothing is decided here, and no world is changed.

use super::ApiCall;
use super::action::PathQuestion;
use super::traced::{Traced, ours};
use crate::scripting::region_of_flow;
use serde_json::{Value as Json, json};
use std::net::IpAddr;
use stratus_engine::base::ids::{HostId, InstanceId};
use stratus_engine::catalog::Region;
use stratus_engine::network::isolation::{self, Forgery, STRANGER};
use stratus_engine::network::{Endpoint, Flow, Trace, codes};
use stratus_engine::{Engine, World};
use stratus_model::{Structure, field};

/// What a guest of the question's packet tries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cheat {
    /// The sender writes this source address on it, as typed.
    Address(String),
    /// The sender writes a MAC address on the frame that is not its own.
    Frame,
    /// This instance listens in promiscuous mode.
    Listen(InstanceId),
}

impl Cheat {
    /// As a link has it: `{"address": TEXT}`, `{"frame": true}` or `{"listen": ID}`.
    #[inline(never)]
    pub fn save(&self) -> Json {
        match self {
            Cheat::Address(text) => json!({"address": text}),
            Cheat::Frame => json!({"frame": true}),
            Cheat::Listen(id) => json!({"listen": id.to_string()}),
        }
    }

    /// What a link says; `None`: nothing that can be read.
    #[inline(never)]
    pub fn restore(saved: &Json) -> Option<Cheat> {
        let text = |name: &str| saved.get(name).and_then(Json::as_str);
        if let Some(address) = text("address") {
            return Some(Cheat::Address(address.to_owned()));
        }
        if let Some(id) = text("listen") {
            return InstanceId::parse(id).map(Cheat::Listen);
        }
        (saved.get("frame").and_then(Json::as_bool) == Some(true)).then_some(Cheat::Frame)
    }
}

/// A MAC address that no interface has (ours): locally administered.
const FORGED_MAC: &str = "02:00:5e:10:00:01";

/// Asks the engine. The error names the field that cannot be understood.
#[inline(never)]
pub fn ask(
    engine: &Engine,
    question: &PathQuestion,
    cheat: &Cheat,
    flow: Flow,
    shown: Region,
) -> Result<Traced, String> {
    let listener = match cheat {
        Cheat::Listen(id) => engine.world().region_of((*id).into()),
        _ => None,
    };
    let region = listener
        .or_else(|| region_of_flow(engine.world(), &flow))
        .unwrap_or(shown);
    let world = engine.world_in(region);
    let (flow, trace, gets) = match cheat {
        Cheat::Listen(id) => overheard(&world, region, *id, flow),
        _ => {
            let forgery = forgery(cheat, &flow)?;
            (flow, isolation::forge(&world, region, &flow, forgery), None)
        }
    };
    let ours = ours(&world, region, &flow);
    Ok(Traced {
        question: question.clone(),
        regions: super::traced::regions(&world, region, &flow, &trace),
        flow,
        region,
        trace,
        measured: true,
        ours,
        gets,
    })
}

fn forgery(cheat: &Cheat, flow: &Flow) -> Result<Forgery, String> {
    if !matches!(flow.source, Endpoint::Instance(_)) {
        return Err("Source: only an instance of yours can forge a packet; choose one".into());
    }
    match cheat {
        Cheat::Address(text) => match text.trim().parse::<IpAddr>() {
            Ok(address) => Ok(Forgery {
                source_address: Some(address),
                frame: false,
            }),
            Err(_) => Err(format!("Forged source address: '{text}' is not an address")),
        },
        _ => Ok(Forgery {
            source_address: None,
            frame: true,
        }),
    }
}

/// What a listener gets, drawn as a way to its own host where the packet is for another.
fn overheard(world: &World, region: Region, listener: InstanceId, flow: Flow) -> (Flow, Trace, Option<String>) {
    let trace = isolation::listen_in(world, region, listener, &flow);
    let kept_from_it = trace.explanations.first().is_some_and(|first| {
        matches!(
            first.code,
            codes::STRATUS_NOT_FOR_THIS_GUEST | codes::STRATUS_NOT_ON_THIS_HOST
        )
    });
    if !kept_from_it {
        return (flow, trace, None);
    }
    let gets = match flow.destination == Endpoint::Address(STRANGER.into()) {
        true => Some("another customer".to_owned()),
        false => {
            let own = host_of(world, region, listener);
            let mut near = [flow.destination, flow.source].into_iter().filter_map(|end| match end {
                Endpoint::Instance(id) => Some(id),
                _ => None,
            });
            let near = near.find(|id| own.is_some() && host_of(world, region, *id) == own);
            near.map(|id| world.label(region, id.into()))
        }
    };
    let shown = Flow {
        destination: Endpoint::Instance(listener),
        ..flow
    };
    (shown, trace, gets)
}

fn host_of(world: &World, region: Region, id: InstanceId) -> Option<HostId> {
    world.ec2(region)?.instances.get(&id)?.host
}

impl Cheat {
    /// The call that asks the same.
    pub fn call(&self, region: Region, question: &PathQuestion) -> ApiCall {
        let port = question.port.trim().parse::<i64>().ok();
        let port = port.filter(|_| question.protocol != "icmp");
        let common = Structure::new()
            .with(field::DESTINATION, question.destination.trim())
            .with(field::PROTOCOL, question.protocol.as_str())
            .with_some(field::PORT, port);
        let source = question.source.trim();
        match self {
            Cheat::Address(address) => {
                let params = common
                    .with(field::INSTANCE_ID, source)
                    .with(field::SOURCE_ADDRESS, address.trim());
                ApiCall::new(region, "stratus", "SendForgedPacket", params)
            }
            Cheat::Frame => {
                let params = common
                    .with(field::INSTANCE_ID, source)
                    .with(field::MAC_ADDRESS, FORGED_MAC);
                ApiCall::new(region, "stratus", "SendForgedPacket", params)
            }
            Cheat::Listen(id) => {
                let params = common
                    .with(field::INSTANCE_ID, id.to_string())
                    .with(field::SOURCE, source);
                ApiCall::new(region, "stratus", "ListenToPacket", params)
            }
        }
    }
}
