//! The doors of a VPC besides its internet gateway, and where each leads: NAT, egress-only, carrier and VPN gateways,
//! peering, transit gateways, endpoints. Read off the world once a change, as all of the picture.

use super::super::picture::{VpcBox, name_of};
use super::super::{is_selected, select};
use crate::ui::Settled;
use std::collections::BTreeMap;
use stratus_engine::World;
use stratus_engine::base::ids::{ResourceId, VpcId};
use stratus_engine::catalog::Region;
use stratus_engine::world::Ec2;
use stratus_engine::world::gateways::GatewayState;
use stratus_engine::world::links::{PeeringState, TransitState, VpcPeering};
use web_sys::HtmlElement;
use yew::prelude::*;

/// A way out of a VPC.
#[derive(Clone, Debug, PartialEq)]
pub struct Door {
    /// What it is.
    pub id: ResourceId,
    /// Its kind in words.
    pub word: &'static str,
    /// Its name, and what is worth knowing at a glance.
    pub text: String,
    /// VPCs of this Region that it leads to.
    pub to: Vec<(VpcId, String)>,
    /// Whether it leads to the Internet by the VPC's gateway.
    pub out: bool,
}

impl Door {
    /// The names of the VPCs that it leads to, after these words; nothing where it leads to none.
    pub fn leads(&self, words: &str) -> String {
        let to: Vec<&str> = self.to.iter().map(|(_, name)| name.as_str()).collect();
        match to.is_empty() {
            true => String::new(),
            false => format!("{words}{}", to.join(", ")),
        }
    }
}

/// Gives each VPC of a Region its doors.
#[inline(never)]
pub fn hang(world: &World, region: Region, ec2: &Ec2, vpcs: &mut [(u64, VpcBox)]) {
    let mut doors = of(world, region, ec2);
    for (_, vpc) in vpcs {
        vpc.doors = doors.remove(&vpc.id).unwrap_or_default();
    }
}

fn of(world: &World, region: Region, ec2: &Ec2) -> BTreeMap<VpcId, Vec<Door>> {
    let mut doors: BTreeMap<VpcId, Vec<Door>> = BTreeMap::new();
    let name = |id: ResourceId| name_of(world, region, id);
    let mut add = |vpc: VpcId, id: ResourceId, word: &'static str, text: String, to: Vec<(VpcId, String)>| {
        // A private NAT gateway has no address out there.
        let out = match id {
            ResourceId::NatGateway(id) => ec2.gateways.nat.get(&id).is_some_and(|nat| nat.public),
            _ => false,
        };
        let door = Door {
            id,
            word,
            text,
            to,
            out,
        };
        doors.entry(vpc).or_default().push(door);
    };
    for nat in ec2.gateways.nat.rows() {
        if !matches!(nat.state, GatewayState::Deleted | GatewayState::Failed) {
            let place = match nat.regional {
                Some(_) => name(nat.vpc.into()),
                None => name(nat.subnet.into()),
            };
            let text = format!("{} in {place}", name(nat.id.into()));
            add(nat.vpc, nat.id.into(), "NAT gateway", text, Vec::new());
        }
    }
    for one in ec2.gateways.egress_only.rows() {
        let text = name(one.id.into());
        add(one.vpc, one.id.into(), "Egress-only internet gateway", text, Vec::new());
    }
    for one in ec2.gateways.carrier.rows() {
        add(
            one.vpc,
            one.id.into(),
            "Carrier gateway",
            name(one.id.into()),
            Vec::new(),
        );
    }
    for gateway in ec2.gateways.vpn.rows() {
        let Some(attachment) = &gateway.attachment else {
            continue;
        };
        let mut connections = ec2.gateways.connections.rows();
        let far = connections.find(|one| one.gateway == Some(gateway.id) && one.state != GatewayState::Deleted);
        let text = match far {
            Some(far) => format!("{}, to {}", name(gateway.id.into()), name(far.customer.into())),
            None => format!("{}, to nobody yet", name(gateway.id.into())),
        };
        add(attachment.vpc, gateway.id.into(), "VPN gateway", text, Vec::new());
    }
    for peering in ec2.links.peerings.rows() {
        for (own, other) in ends(peering) {
            let to: Vec<(VpcId, String)> = other.into_iter().map(|vpc| (vpc, name(vpc.into()))).collect();
            let text = match peering.state {
                PeeringState::Active => name(peering.id.into()),
                state => format!("{}, {}", name(peering.id.into()), state.name()),
            };
            add(own, peering.id.into(), "Peering connection", text, to);
        }
    }
    for attachment in ec2.links.attachments.rows() {
        let Some(vpc) = attachment.vpc().filter(|_| attachment.state != TransitState::Deleted) else {
            continue;
        };
        let others = ec2.links.attachments.rows().filter_map(|one| {
            let other = one.vpc().filter(|other| *other != vpc)?;
            (one.gateway == attachment.gateway && one.state == TransitState::Available)
                .then(|| (other, name(other.into())))
        });
        let to = others.collect();
        add(
            vpc,
            attachment.gateway.into(),
            "Transit gateway",
            name(attachment.gateway.into()),
            to,
        );
    }
    for endpoint in ec2.links.endpoints.rows() {
        let text = format!("{}, to {}", name(endpoint.id.into()), endpoint.service);
        add(endpoint.vpc, endpoint.id.into(), "VPC endpoint", text, Vec::new());
    }
    doors
}

/// A peering connection as seen from each of its VPCs that are ours: that one, and the other where it is in this Region.
fn ends(peering: &VpcPeering) -> Vec<(VpcId, Option<VpcId>)> {
    if matches!(
        peering.state,
        PeeringState::Deleted | PeeringState::Rejected | PeeringState::Expired | PeeringState::Failed
    ) {
        return Vec::new();
    }
    let sides = [&peering.requester, &peering.accepter];
    let here = sides.map(|side| side.own.filter(|_| side.region == peering.here));
    let ways = [(here[0], here[1]), (here[1], here[0])];
    ways.into_iter()
        .filter_map(|(own, other)| Some((own?, other.filter(|other| Some(*other) != own))))
        .collect()
}

/// The doors in one row: each selects what it is, and where it leads one can go.
pub fn view(ctx: &Settled, vpc: &str, doors: &[Door]) -> Html {
    html! {
        <div class="rule-group doors" role="group" aria-label={format!("Ways out of {vpc}")}><span>{ "Ways out" }</span>
            { for doors.iter().map(|door| html! {
                <span class="door" key={door.id.to_string()}>
                    <button class="mini net" onclick={select(ctx, door.id)} aria-pressed={is_selected(ctx, door.id).to_string()} data-out={door.out.then_some("")} aria-label={format!("{} {}, of {vpc}{}", door.word, door.text, door.leads(", to "))}><b>{ door.word }</b>{ " " }{ &door.text }</button>
                    { for door.to.iter().map(|(id, name)| {
                        let (ctx, id) = (ctx.clone(), *id);
                        html! { <button class="link" onclick={Callback::from(move |_: MouseEvent| go_to(&ctx, id))} title={format!("Go along to {name}")}>{ "→ " }{ name }</button> }
                    }) }
                </span>
            }) }
        </div>
    }
}

/// Along an edge of the map: the focus goes to the VPC at its other end; one that the map leaves out is selected.
fn go_to(ctx: &Settled, vpc: VpcId) {
    let title = gloo::utils::document()
        .query_selector(&format!("[data-at='{vpc}'] > header .title"))
        .ok()
        .flatten()
        .and_then(|title| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(title).ok());
    if let Some(title) = title {
        title.scroll_into_view();
        // Fails only for an element that is gone.
        let _ = title.focus();
    } else {
        select(ctx, vpc).emit(());
    }
}
