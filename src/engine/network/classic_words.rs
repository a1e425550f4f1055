//! What EC2-Classic and ClassicLink did with a packet, as plain sentences, and what would mend a way through them.

use super::Packet;
use super::classic::{Flat, Link};
use super::remedies::{Candidate, call, candidate};
use super::words::Teller;
use crate::base::ids::*;
use crate::world::classic::RANGE;
use stratus_model::{Structure, field};

impl Teller<'_> {
    /// The flat network.
    #[inline(never)]
    pub(super) fn flat_text(&self, says: Flat, before: &Packet, after: &Packet) -> String {
        let (source, destination) = (before.source_address, before.destination_address);
        match says {
            Flat::Carries(id) => format!(
                "The flat network of EC2-Classic carries it to {}: no subnet, route table or network ACL lies between two instances.",
                self.name(id)
            ),
            Flat::Neighbour => format!(
                "{destination} is none of yours: the flat network of EC2-Classic carries it to another customer's machine."
            ),
            Flat::FromNeighbour => format!(
                "{source} is another customer's machine: the flat network of EC2-Classic lets it send to yours."
            ),
            Flat::Out(id) => format!(
                "AWS's edge turns {source} of {} into the public {}; there is no internet gateway to attach or to leave out.",
                self.name(id),
                after.source_address
            ),
            Flat::In(id) => format!(
                "AWS's edge turns {destination} into {}, the private address of {}.",
                after.destination_address,
                self.name(id)
            ),
            Flat::Nowhere => {
                format!("{destination} is an address neither of EC2-Classic ({RANGE}) nor of the Internet.")
            }
            Flat::NotFromOutside => format!(
                "{destination} is a private address of EC2-Classic: from the Internet only a public one leads there."
            ),
        }
    }

    /// ClassicLink.
    #[inline(never)]
    pub(super) fn classic_link_text(&self, vpc: VpcId, id: Option<InstanceId>, says: Link, packet: &Packet) -> String {
        let network = self.name(vpc);
        let who = id.map_or_else(|| packet.destination_address.to_string(), |id| self.name(id));
        match says {
            Link::In => format!(
                "ClassicLink carries it from {who} into {network}; the groups of {network} that the link has rule it, not those of EC2-Classic."
            ),
            Link::Out => format!("ClassicLink carries it from {network} to {who}."),
            Link::Missing => {
                format!("{who} is in EC2-Classic and not linked to {network}: nothing private connects the two.")
            }
            Link::Nobody => format!("No instance of EC2-Classic has the address {who}."),
        }
    }

    /// A stopped instance of EC2-Classic.
    pub(super) fn no_seat_text(&self, id: InstanceId) -> String {
        let state = self.instance(id).map_or("gone", |row| row.state.name());
        format!(
            "{} is {state}: in EC2-Classic an instance has addresses only while it runs.",
            self.name(id)
        )
    }
}

/// A link, with the VPC's default group, for an instance of EC2-Classic that has none; ClassicLink is enabled where it is not.
pub(super) fn link(teller: &Teller<'_>, vpc: VpcId, id: Option<InstanceId>) -> Vec<Candidate> {
    let ec2 = &teller.ec2;
    let (Some(id), Some(row)) = (id, ec2.vpcs.get(&vpc)) else {
        return Vec::new();
    };
    let linked = ec2.instances.get(&id).and_then(|row| row.classic.as_ref());
    if linked.is_none_or(|seat| seat.link.is_some()) {
        return Vec::new();
    }
    let mut calls = Vec::new();
    if !row.classic_link {
        calls.push(call("EnableVpcClassicLink", Structure::new().with(field::VPC_ID, vpc)));
    }
    let params = Structure::new()
        .with(field::INSTANCE_ID, id)
        .with(field::VPC_ID, vpc)
        .with(field::GROUPS, vec![row.default_group]);
    calls.push(call("AttachClassicLinkVpc", params));
    let why = format!(
        "Link {} to {} with {}'s default group.",
        teller.name(id),
        teller.name(vpc),
        teller.name(vpc)
    );
    vec![candidate(8, why, calls)]
}
