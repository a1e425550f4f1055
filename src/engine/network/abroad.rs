//! From a Region to another: across a VPC peering connection, or a peering of transit gateways.
//! Sources: <https://docs.aws.amazon.com/vpc/latest/peering/peering-configurations.html>,
//! <https://docs.aws.amazon.com/vpc/latest/tgw/tgw-peering.html>
//!
//! Ids of another Region mean nothing in this one: groups are referenced within a Region only, and each step says in which it
//! happened. Who asks for a path by configuration alone, as the Reachability Analyzer does, follows it to the Region's border.

use super::walk::Walk;
use super::{Endpoint, Flow, routes};
use crate::base::ids::*;
use crate::catalog::Region;
use crate::world::compute::InstanceState;
use crate::world::leading::attachments_of;
use crate::world::links::*;
use crate::world::vpc::*;
use crate::world::{Ec2, World};
use ipnet::IpNet;
use std::net::IpAddr;
use stratus_model::sort;

/// All Regions, and that in which a question is asked; `None`: nothing is known of the others.
pub(super) type Abroad<'w> = Option<(&'w World, Region)>;

/// The VPC of another Region that a peering connection leads to, from a VPC of this one.
pub(super) fn across<'w>(abroad: Abroad<'w>, peering: &VpcPeering, from: VpcId) -> Option<(&'w Vpc, Region)> {
    let (world, _) = abroad?;
    let side = peering.across(from).filter(|side| side.region != peering.here)?;
    Some((world.row::<Vpc>(side.region, side.own?)?, side.region))
}

/// The peering connection of a VPC that is not over, to a VPC of another Region that has an address, and its block there.
pub(super) fn towards<'w>(
    world: &World,
    ec2: &'w Ec2,
    vpc: VpcId,
    address: IpAddr,
) -> Option<(&'w VpcPeering, VpcId, IpNet)> {
    let mut rows = ec2.links.peerings.rows().filter(|row| row.state.is_alive());
    rows.find_map(|row| {
        let side = row.across(vpc).filter(|side| side.region != row.here)?;
        let other = world.row::<Vpc>(side.region, side.own?)?;
        Some((row, other.id, routes::local_block(other, address)?))
    })
}

/// The peering of a transit gateway that leads to one to which a VPC with an address is attached, and that VPC's block.
pub(super) fn hub_towards<'w>(
    world: &World,
    ec2: &'w Ec2,
    gateway: TransitGatewayId,
    address: IpAddr,
) -> Option<(&'w TransitAttachment, IpNet)> {
    let mut rows = ec2.links.attachments.rows();
    rows.find_map(|row| {
        let TransitEnd::Peer { requester, accepter } = &row.end else {
            return None;
        };
        let own = row.is_of(gateway) && row.state == TransitState::Available;
        let other = [requester, accepter].into_iter().filter(|_| own);
        let other = other.filter_map(|side| Some((TransitGatewayId::parse(&side.0)?, side.2)));
        let (other, region) = other.into_iter().find(|(id, _)| *id != gateway)?;
        let there = world.ec2(region)?;
        let mut attached = there.links.attachments.rows();
        let block = attached.find_map(|row| {
            let vpc = row.vpc().filter(|_| row.gateway == other && !row.state.is_gone())?;
            routes::local_block(there.vpcs.get(&vpc)?, address)
        })?;
        Some((row, block))
    })
}

/// Other Regions that something leads to from this one, by name: a VPC peering connection that is active, or a peering of transit
/// gateways.
pub fn linked(world: &World, region: Region) -> Vec<Region> {
    let Some(ec2) = world.ec2(region) else {
        return Vec::new();
    };
    let peerings = ec2
        .links
        .peerings
        .rows()
        .filter(|row| row.state == PeeringState::Active);
    let peered = peerings.flat_map(|row| row.sides().map(|side| side.region));
    let attachments = ec2.links.attachments.rows();
    let hubs = attachments.filter(|row| row.state == TransitState::Available);
    let hubs = hubs.filter_map(|row| Some(other_side(row, region)?.2));
    let mut found: Vec<Region> = peered.chain(hubs).filter(|other| *other != region).collect();
    sort::by_key(&mut found, |region| region.name());
    found.dedup();
    found
}

/// What a survey of a Region, and all that compares two of them, does not ask about, as a sentence: instances of the Regions that
/// it is linked to. Each of their paths can be traced.
pub fn unasked(world: &World, region: Region) -> Option<String> {
    let regions: Vec<&str> = linked(world, region).into_iter().map(Region::name).collect();
    (!regions.is_empty()).then(|| {
        format!(
            "Not asked: pairs with instances of {}, which links lead to; each of their paths can be traced.",
            regions.join(" and ")
        )
    })
}

/// The Region that an attachment of a transit gateway leads to, and its row there.
fn beyond<'w>(abroad: Abroad<'w>, row: &TransitAttachment, here: Region) -> Option<(&'w TransitAttachment, Region)> {
    let (world, _) = abroad?;
    let region = other_side(row, here)?.2;
    Some((world.row::<TransitAttachment>(region, row.id)?, region))
}

/// The side of a peering that lies in another Region.
fn other_side(row: &TransitAttachment, here: Region) -> Option<&(String, String, Region)> {
    let TransitEnd::Peer { requester, accepter } = &row.end else {
        return None;
    };
    [requester, accepter].into_iter().find(|side| side.2 != here)
}

impl<'w> Walk<'w> {
    /// The Region that the packet is in; `None` where nobody asked across Regions.
    fn here(&self) -> Option<Region> {
        self.away.or(self.abroad.map(|(_, home)| home))
    }

    /// Leaves this Region for another.
    pub(super) fn go_to(&mut self, region: Region) -> Option<()> {
        let (world, home) = self.abroad?;
        self.ec2 = world.ec2(region)?;
        self.away = (region != home).then_some(region);
        Some(())
    }

    /// The row of a peering of transit gateways in the other Region, which the packet then is in.
    pub(super) fn enter_other(&mut self, row: &TransitAttachment) -> Option<&'w TransitAttachment> {
        let (far, region) = beyond(self.abroad, row, self.here()?)?;
        self.go_to(region)?;
        Some(far)
    }

    /// Whether the other Region of a peering of transit gateways is known and has it.
    pub(super) fn leads_abroad(&self, row: &TransitAttachment) -> bool {
        let far = self.here().and_then(|here| beyond(self.abroad, row, here));
        far.is_some_and(|(far, _)| far.state == TransitState::Available)
    }
}

/// A flow whose destination is a machine of another Region that the sender's VPC is linked to, by that machine's address: so it
/// is written on the packet. Any other flow as it is.
pub(super) fn addressed(world: &World, ec2: &Ec2, flow: &Flow, source: Option<&NetworkInterface>) -> Flow {
    let address = source.and_then(|source| far_address(world, ec2, flow.destination, source));
    Flow {
        destination: address.map_or(flow.destination, Endpoint::Address),
        ..*flow
    }
}

fn far_address(world: &World, ec2: &Ec2, end: Endpoint, source: &NetworkInterface) -> Option<IpAddr> {
    if ec2.links.is_empty() {
        return None;
    }
    let id = match end {
        Endpoint::Instance(id) if !ec2.instances.contains(&id) => ResourceId::from(id),
        Endpoint::Interface(id) if ec2.interface(id).is_none() => ResourceId::from(id),
        _ => return None,
    };
    let region = world.region_of(id)?;
    let far = world.ec2(region)?;
    let row = match end {
        Endpoint::Instance(id) => {
            let alive = far.instances.get(&id)?.state != InstanceState::Terminated;
            super::ends::primary(far, id).filter(|_| alive)?
        }
        Endpoint::Interface(id) => far.interface(id)?,
        _ => return None,
    };
    let linked = are_linked(ec2, source.vpc, far, region, row.vpc);
    linked.then(|| row.primary().map(|own| own.private.into()))?
}

/// Whether something leads from a VPC of this Region to one of another: a peering connection, or transit gateways.
fn are_linked(ec2: &Ec2, from: VpcId, far: &Ec2, region: Region, to: VpcId) -> bool {
    let mut peerings = ec2.links.peerings.rows();
    let peered = |row: &VpcPeering| {
        let side = row.across(from).filter(|_| row.state.is_alive());
        side.is_some_and(|side| side.region == region && side.own == Some(to))
    };
    let hubs = |own: &TransitAttachment| {
        let mut rows = ec2.links.attachments.rows();
        rows.any(|row| {
            let TransitEnd::Peer { requester, accepter } = &row.end else {
                return false;
            };
            let there = [requester, accepter].into_iter().find(|side| side.2 == region);
            let there = there.and_then(|side| TransitGatewayId::parse(&side.0));
            row.is_of(own.gateway)
                && !row.state.is_gone()
                && attachments_of(far, to).any(|row| Some(row.gateway) == there)
        })
    };
    peerings.any(peered) || attachments_of(ec2, from).any(hubs)
}
