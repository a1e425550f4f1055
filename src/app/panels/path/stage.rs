//! The strata: two hosts as towers of six layers with the cloud's network below and between them. The packet goes down
//! one host, along the network's band, up the other: a U. Depth is closeness to the physical machine.

use super::wire::Wire;
use crate::session::traced::{Traced, is_station};
use std::ops::Range;
use std::rc::Rc;
use stratus_engine::catalog::Region;
use stratus_engine::catalog::instance_types::Hypervisor;
use stratus_engine::network::{Endpoint, Hop, Layer, Verdict, foreign_words};
use stratus_engine::world::compute::{Instance, Tenancy};
use stratus_engine::world::vpc::NetworkInterface;
use yew::prelude::*;

/// Stations that have room in one row.
const ONE_ROW: usize = 5;

/// Properties of [`Stage`].
#[derive(Properties, PartialEq)]
pub struct StageProps {
    /// The answer.
    pub traced: Rc<Traced>,
    /// The step that the packet has reached.
    pub reached: usize,
    /// Goes to a step.
    pub on_step: Callback<usize>,
}

/// Where a step stands on the stage: the key that the wire looks for.
pub fn anchor(traced: &Traced, index: usize) -> String {
    match traced.hop(index) {
        Some(hop) if is_station(hop) => format!("n{}", station_number(traced, index)),
        Some(hop) => format!("{}{}", if hop.at_source { "s" } else { "t" }, layer_number(hop.layer)),
        None => String::new(),
    }
}

/// The place of a station in its own direction's band.
fn station_number(traced: &Traced, index: usize) -> usize {
    let begin = if traced.is_back(index) {
        traced.trace.forward.len()
    } else {
        0
    };
    (begin..index)
        .filter(|at| traced.hop(*at).is_some_and(is_station))
        .count()
}

/// Its place in a host, from 1 = the guest.
pub(super) fn layer_number(layer: Layer) -> usize {
    Layer::HOST
        .iter()
        .position(|known| *known == layer)
        .map_or(0, |at| at + 1)
}

/// What a layer is called, and what it does, for a layer that the packet has not met.
pub(crate) fn layer_words(layer: Layer) -> (&'static str, &'static str) {
    match layer {
        Layer::CustomerInstance => ("Customer instance", "the guest: its programs and its own firewall"),
        Layer::Hypervisor => ("Hypervisor", "keeps the customers of one machine apart"),
        Layer::VirtualInterface => ("Virtual interface", "addresses, source/destination check"),
        Layer::SecurityGroup => ("Security group", "who may talk to this interface"),
        Layer::Firewall => ("Firewall", "the host's own check for forged addresses"),
        Layer::PhysicalInterface => ("Physical interface", "one wire for all guests of the host"),
        Layer::Network => ("Network", "routes and gateways"),
    }
}

/// The stage.
#[component]
pub fn Stage(props: &StageProps) -> Html {
    let traced = &props.traced;
    let back = traced.is_back(props.reached);
    let range = if back {
        traced.trace.forward.len()..traced.len()
    } else {
        0..traced.trace.forward.len()
    };
    let stations: Vec<usize> = range
        .clone()
        .filter(|at| traced.hop(*at).is_some_and(is_station))
        .collect();
    let node = use_node_ref();
    let vpc = crate::session::use_ctx();
    let band_title = network_title(&vpc, traced);
    html! {
        <div class="stage" ref={node.clone()}>
            <Wire stage={node} traced={traced.clone()} reached={props.reached} />
            <Tower traced={traced.clone()} source={true} reached={props.reached} on_step={props.on_step.clone()} />
            <Tower traced={traced.clone()} source={false} reached={props.reached} on_step={props.on_step.clone()} />
            <section class="band" aria-label="The network between the hosts">
                <h2>{ "The network" }<span>{ band_title }</span></h2>
                if stations.is_empty() { <p class="soft">{ without_stations(traced, range) }</p> }
                <ol class={classes!("stations", back.then_some("back"), (stations.len() > ONE_ROW).then_some("rows"))}>
                    { for stations.iter().map(|index| html! {
                        <Station traced={traced.clone()} index={*index} reached={props.reached} on_step={props.on_step.clone()} />
                    }) }
                </ol>
            </section>
        </div>
    }
}

/// Why nothing stands between the hosts.
fn without_stations(traced: &Traced, way: Range<usize>) -> &'static str {
    let hops = || way.clone().filter_map(|at| traced.hop(at));
    let crossed = hops().any(|hop| hop.at_source) && hops().any(|hop| !hop.at_source);
    match hops().any(|hop| hop.verdict == Verdict::Deny) {
        _ if crossed => "Nothing decides here: both ends are in one subnet.",
        true => "The packet never came this far.",
        false => "The packet did not leave its host.",
    }
}

fn network_title(ctx: &crate::session::Ctx, traced: &Traced) -> String {
    let world = ctx.world();
    let vpc = |source: bool| {
        let (instance, region) = (instance_of(ctx, traced, source)?, traced.region_of(source));
        let vpc = world.row::<stratus_engine::world::vpc::Vpc>(region, instance.vpc)?;
        let cidrs: Vec<String> = vpc.cidrs.iter().map(|(_, cidr)| cidr.to_string()).collect();
        Some((
            (region, vpc.id),
            format!("VPC {} · {}", cidrs.join(", "), region.name()),
        ))
    };
    match (vpc(true), vpc(false)) {
        (Some((from, one)), Some((to, other))) if from != to => format!("{one} → {other}"),
        (from, to) => to.or(from).map(|(_, text)| text).unwrap_or_default(),
    }
}

/// The instance that the sender is, or the receiver, where there is one.
pub(super) fn instance_of(ctx: &crate::session::Ctx, traced: &Traced, source: bool) -> Option<Instance> {
    let ec2 = ctx.world().ec2(traced.region_of(source))?;
    match traced.end(source) {
        Endpoint::Instance(id) => ec2.instances.get(&id).cloned(),
        Endpoint::Interface(id) => ec2
            .interfaces
            .get(&id)?
            .attachment
            .as_ref()
            .and_then(|a| ec2.instances.get(&a.instance))
            .cloned(),
        Endpoint::Address(std::net::IpAddr::V4(address)) => {
            let by_public = ec2.by_public_address.get(&address).copied();
            let by_private = || {
                ec2.by_private_address
                    .iter()
                    .find(|((_, known), _)| *known == address)
                    .map(|(_, id)| *id)
            };
            let interface = ec2.interfaces.get(&by_public.or_else(by_private)?)?;
            ec2.instances.get(&interface.attachment.as_ref()?.instance).cloned()
        }
        Endpoint::Address(_) | Endpoint::Internet => None,
    }
}

#[derive(Properties, PartialEq)]
struct TowerProps {
    traced: Rc<Traced>,
    source: bool,
    reached: usize,
    on_step: Callback<usize>,
}

#[component]
fn Tower(props: &TowerProps) -> Html {
    let ctx = crate::session::use_ctx();
    let traced = &props.traced;
    let (word, anchor_key) = if props.source {
        ("Host that sends", "s0")
    } else {
        ("Host that receives", "t0")
    };
    if traced.is_outside(props.source) {
        return outside(traced, props.source, word, anchor_key);
    }
    let region = traced.region_of(props.source);
    let instance = instance_of(&ctx, traced, props.source).or_else(|| match traced.end(props.source) {
        Endpoint::Interface(_) | Endpoint::Address(_) if !props.source => super::extra::behind(&ctx, traced),
        _ => None,
    });
    let name = instance
        .as_ref()
        .map_or_else(|| "An address".to_owned(), |i| ctx.world().label(region, i.id.into()));
    let (place, kind) = host_words(instance.as_ref());
    let neighbours = neighbours(&ctx, region, instance.as_ref());
    // The one that a frame is handed to instead of a listener.
    let gets = neighbours
        .iter()
        .position(|one| !props.source && traced.gets.as_ref() == Some(one));
    let gets = gets.unwrap_or(usize::MAX);
    html! {
        <section class={classes!("tower", if props.source { "from" } else { "to" })} aria-label={word}>
            <h2>{ format!("{name}{place}") }<span>{ kind }</span></h2>
            <ol class="layers">
                { for Layer::HOST.into_iter().map(|layer| html! {
                    <li class={classes!((layer == Layer::CustomerInstance).then_some("guests"))}>
                        <LayerSlab traced={traced.clone()} source={props.source} {layer} reached={props.reached} on_step={props.on_step.clone()} idle={instance.as_ref().and_then(|instance| idle_words(&ctx, region, instance, layer))} />
                        if layer == Layer::CustomerInstance {
                            { for neighbours.iter().enumerate().map(|(at, neighbour)| html! { <span class={classes!("guest", (at == gets).then_some("gets"))} title="A physical machine is shared: the hypervisor keeps its guests apart">{ neighbour }</span> }) }
                        }
                    </li>
                }) }
            </ol>
        </section>
    }
}

/// An end that is none of our hosts has one picture instead of layers.
fn outside(traced: &Traced, source: bool, word: &'static str, anchor: &'static str) -> Html {
    let packet = traced.first();
    let name = traced.address(source).map_or("The Internet", foreign_words);
    let end = packet.map_or(String::new(), |packet| match source {
        true => packet.source_text(),
        false => packet.destination_text(),
    });
    let who = match (name, source) {
        ("The Internet", true) => "Someone's laptop",
        ("The Internet", false) => "Somewhere outside",
        ("Another network", _) => "Nothing of this Region",
        _ => "AWS's own, on each host",
    };
    html! {
        <section class={classes!("tower", "outside", if source { "from" } else { "to" })} aria-label={word}>
            <h2>{ name }<span>{ end }</span></h2>
            <div class="globe" data-anchor={anchor}>
                <svg width="84" height="84" viewBox="0 0 84 84" aria-hidden="true"><circle cx="42" cy="42" r="34" /><path d="M8 42h68M42 8c16 14 16 54 0 68M42 8c-16 14-16 54 0 68M14 24c16 8 40 8 56 0M14 60c16-8 40-8 56 0" /></svg>
                <div><b>{ who }</b>
                    if let Some(packet) = packet.filter(|_| source) { <small>{ format!("sends to {}", packet.destination_text()) }</small> }
                </div>
            </div>
        </section>
    }
}

fn host_words(instance: Option<&Instance>) -> (String, String) {
    let Some(instance) = instance else {
        return (String::new(), String::new());
    };
    if instance.host.is_none() {
        return (format!(" · {}", instance.state.name()), "on no host".into());
    }
    let shared = if instance.tenancy == Tenancy::Default {
        "shared"
    } else {
        "dedicated"
    };
    let hypervisor = if instance.instance_type.hypervisor() == Hypervisor::Nitro {
        "Nitro"
    } else {
        "Xen"
    };
    (
        format!(" on a host in {}", instance.zone.name()),
        format!("{shared} · {hypervisor}"),
    )
}

/// What a layer of this very host is: programs that listen, addresses, groups.
fn idle_words(ctx: &crate::session::Ctx, region: Region, instance: &Instance, layer: Layer) -> Option<String> {
    let ec2 = ctx.world().ec2(region)?;
    let interface = || {
        let own = |i: &&NetworkInterface| {
            i.attachment
                .as_ref()
                .is_some_and(|a| a.instance == instance.id && a.device_index == 0)
        };
        ec2.interfaces.rows().find(own)
    };
    match layer {
        Layer::CustomerInstance => {
            let mut ports: Vec<u16> = instance.guest.listeners.iter().map(|listener| listener.port).collect();
            stratus_model::sort::sort(&mut ports);
            ports.dedup();
            let ports: Vec<String> = ports.iter().map(u16::to_string).collect();
            Some(if ports.is_empty() {
                "nothing listens".into()
            } else {
                format!("listens on {}", ports.join(", "))
            })
        }
        Layer::VirtualInterface => {
            let interface = interface()?;
            Some(format!(
                "{} · {}",
                crate::ui::short_id(&interface.id.to_string()),
                interface.primary()?.private
            ))
        }
        Layer::SecurityGroup => {
            let names = interface()?
                .groups
                .iter()
                .filter_map(|id| Some(ec2.security_groups.get(id)?.name.clone()));
            Some(names.collect::<Vec<_>>().join(", "))
        }
        _ => None,
    }
}

/// Who else is on the machine: ours by name, others as AWS lets one see them, which is not at all.
fn neighbours(ctx: &crate::session::Ctx, region: Region, instance: Option<&Instance>) -> Vec<String> {
    let host = instance.and_then(|i| Some((i.id, ctx.world().ec2(region)?.hosts.get(&i.host?)?)));
    let Some((own, host)) = host else { return Vec::new() };
    let ours = host
        .guests
        .iter()
        .filter(|guest| **guest != own)
        .map(|guest| ctx.world().label(region, (*guest).into()));
    let others = (0..host.neighbours).map(|_| "another customer".to_owned());
    ours.chain(others).take(2).collect()
}

#[derive(Properties, PartialEq)]
struct SlabProps {
    traced: Rc<Traced>,
    source: bool,
    layer: Layer,
    reached: usize,
    on_step: Callback<usize>,
    /// What the layer is here, for one that the packet has not met.
    idle: Option<String>,
}

#[component]
fn LayerSlab(props: &SlabProps) -> Html {
    let traced = &props.traced;
    let back = traced.is_back(props.reached);
    let forward = traced.trace.forward.len();
    let range = if back { forward..traced.len() } else { 0..forward };
    // The sender of the request is the receiver of its answer, on the same host: `at_source` stays with the host.
    let mine = range.filter(|at| {
        traced
            .hop(*at)
            .is_some_and(|hop| hop.layer == props.layer && hop.at_source == props.source && !is_station(hop))
    });
    let steps: Vec<usize> = mine.collect();
    let number = layer_number(props.layer);
    let (title, does) = layer_words(props.layer);
    let idle = props.idle.as_deref().unwrap_or(does);
    let met: Vec<usize> = steps.iter().copied().filter(|at| *at <= props.reached).collect();
    let denied = met
        .iter()
        .copied()
        .find(|at| traced.hop(*at).is_some_and(|hop| hop.verdict == Verdict::Deny));
    let shown = denied.or(met.last().copied());
    let here = steps.contains(&props.reached);
    let (class, sign, word) = match (shown, denied) {
        (_, Some(_)) => ("deny", "✕", "stopped it"),
        (Some(_), None) => ("met", "✓", "let it pass"),
        (None, None) => ("unseen", "?", "not reached"),
    };
    let detail = shown.and_then(|at| traced.hop(at)).map_or_else(
        || idle.to_owned(),
        |hop| match hop.rule() {
            // The setting of the check alone would be "on".
            Some(rule) if props.layer != Layer::VirtualInterface => rule.text.clone(),
            _ => hop.text().to_owned(),
        },
    );
    let target = shown.or(steps.first().copied());
    let onclick = target.map(|at| props.on_step.reform(move |_: MouseEvent| at));
    let key = format!("{}{number}", if props.source { "s" } else { "t" });
    html! {
        <button class={classes!("layer", format!("l{number}"), class, here.then_some("here"))} data-anchor={key} {onclick} disabled={target.is_none()}
            title={shown.and_then(|at| traced.hop(at)).map(|hop| hop.text().to_owned())} aria-current={here.then_some("step")}>
            <i aria-hidden="true">{ number }</i>
            <span class="words"><b>{ title }</b><small>{ detail }</small></span>
            <span class={if class == "deny" { "mark-deny" } else if class == "met" { "mark-allow" } else { "mark-unseen" }}><span aria-hidden="true">{ sign }</span><span class="visually-hidden">{ word }</span></span>
        </button>
    }
}

#[derive(Properties, PartialEq)]
struct StationProps {
    traced: Rc<Traced>,
    index: usize,
    reached: usize,
    on_step: Callback<usize>,
}

#[component]
fn Station(props: &StationProps) -> Html {
    let Some(hop) = props.traced.hop(props.index) else {
        return Html::default();
    };
    let index = props.index;
    let (class, mark, sign, word) = match hop.verdict {
        _ if index > props.reached => ("unseen", "mark-unseen", "?", "not reached"),
        Verdict::Deny => ("deny", "mark-deny", "✕", "stopped it"),
        _ => ("met", "mark-allow", "✓", "let it pass"),
    };
    let mut detail = hop
        .rule()
        .map_or_else(|| hop.component().id.clone(), |rule| rule.text.clone());
    if let Some(region) = hop.region() {
        detail = format!("{} · {detail}", region.name());
    }
    html! {
        <li>
            <button class={classes!("station", class, (index == props.reached).then_some("here"))} data-anchor={anchor(&props.traced, index)}
                onclick={props.on_step.reform(move |_: MouseEvent| index)} title={hop.text().to_owned()} aria-current={(index == props.reached).then_some("step")}>
                <span class="words"><b>{ station_name(hop) }</b><small>{ detail }</small></span>
                <span class={mark}><span aria-hidden="true">{ sign }</span><span class="visually-hidden">{ word }</span></span>
            </button>
        </li>
    }
}

pub(crate) fn station_name(hop: &Hop) -> &'static str {
    match hop.component().kind {
        kind if kind.contains("NetworkAcl") => "Network ACL",
        kind if kind.contains("Peering") => "Peering connection",
        kind if kind.contains("VPCEndpoint") => "VPC endpoint",
        kind if kind.contains("TransitGateway") => "Transit gateway",
        kind if kind.contains("RouteTable") => "Route table",
        kind if kind.contains("NatGateway") => "NAT gateway",
        kind if kind.contains("EgressOnly") => "Egress-only gateway",
        kind if kind.contains("InternetGateway") => "Internet gateway",
        kind if kind.contains("VPN") => "VPN gateway",
        kind if kind.contains("CarrierGateway") => "Carrier gateway",
        kind if kind.contains("LoadBal") => super::extra::balancer_station(kind),
        kind if kind.contains("Subnet") => "Subnet",
        kind if kind.contains("VPC") => "VPC",
        kind if kind.contains("NetworkInterface") => "Through an interface",
        kind if kind.contains("Instance") => "Through an instance",
        kind if kind.contains("SecurityGroup") => "Security group",
        _ => layer_words(hop.layer).0,
    }
}
