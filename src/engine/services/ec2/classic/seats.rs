//! Instances in EC2-Classic: the addresses that come with each start and go with each stop, and what else goes then.
//! Nothing else writes an instance's `classic`, but `addresses` and `link`.

use super::super::common::{note, note_clock};
use super::super::vpc::{interfaces, pools};
use super::{PLATFORM, addresses, link};
use crate::base::ids::{AttachmentId, InstanceId, SecurityGroupId};
use crate::base::random::Stream;
use crate::catalog::Region;
use crate::world::World;
use crate::world::classic::{LEFT_TO_VPCS, NO_SUBNET, NO_VPC, RANGE, Seat, interface_id};
use crate::world::compute::Instance;
use crate::world::vpc::{Attachment, NetworkInterface, PrivateAddress, PublicAddress};
use std::net::Ipv4Addr;

/// Gives an instance that has just been put its place, with its groups and first addresses.
#[inline(never)]
pub(in crate::services) fn take_seat(world: &mut World, region: Region, id: InstanceId, groups: Vec<SecurityGroupId>) {
    let Some(row) = world.row::<Instance>(region, id) else {
        return;
    };
    let (born, zone) = (row.born, row.zone);
    let interface = NetworkInterface {
        id: interface_id(id),
        born,
        subnet: NO_SUBNET,
        vpc: NO_VPC,
        zone,
        mac: interfaces::draw_mac(world),
        addresses: Vec::new(),
        ipv6: Vec::new(),
        groups,
        source_dest_check: true,
        description: String::new(),
        attachment: Some(Attachment {
            id: AttachmentId(id.0),
            instance: id,
            device_index: 0,
            attached: world.now,
            delete_on_termination: true,
        }),
        auto_public: true,
        interface_type: "interface".into(),
        requester: None,
        ipv4_prefixes: Vec::new(),
        ipv6_prefixes: Vec::new(),
        primary_ipv6: false,
        tracking: None,
        ena_express: None,
        public_name: None,
    };
    world.update(region, id, |row: &mut Instance| {
        row.classic = Some(Box::new(Seat { interface, link: None }));
    });
    give_addresses(world, region, id);
}

/// A start gives an instance a private address from EC2-Classic's range and a public one: others than it had before.
pub(in crate::services) fn give_addresses(world: &mut World, region: Region, id: InstanceId) {
    let private = draw_private(world, region);
    let public = pools::draw_public_address(world, region);
    let given = change(world, region, id, |interface| {
        interface.addresses = vec![PrivateAddress {
            private,
            public: Some(PublicAddress {
                address: public,
                allocation: None,
            }),
        }];
    });
    if given {
        note(
            world,
            region,
            id,
            format!("EC2-Classic gives it {private} and {public}"),
        );
    }
}

/// A public address in place of the Elastic IP that has gone.
pub(super) fn lend_again(world: &mut World, region: Region, id: InstanceId) {
    let public = pools::draw_public_address(world, region);
    let lent = change(world, region, id, |interface| {
        if let Some(own) = interface.addresses.first_mut() {
            own.public = Some(PublicAddress {
                address: public,
                allocation: None,
            });
        }
    });
    if lent {
        note(world, region, id, format!("EC2-Classic gives it {public}"));
    }
}

/// Changes the virtual interface of an instance; whether it has one.
pub(super) fn change(
    world: &mut World,
    region: Region,
    id: InstanceId,
    change: impl FnOnce(&mut NetworkInterface),
) -> bool {
    let changed = world.update(region, id, |row: &mut Instance| {
        let seat = row.classic.as_mut();
        seat.map(|seat| change(&mut seat.interface)).is_some()
    });
    changed == Some(true)
}

/// What an instance that stops loses: its addresses, the association of its Elastic IP, its link to a VPC.
#[inline(never)]
pub(in crate::services) fn stop(world: &mut World, region: Region, id: InstanceId) {
    let elastic = elastic_of(world, region, id);
    if let Some(allocation) = elastic {
        addresses::release_association(world, region, allocation);
    }
    link::unlink(world, region, id);
    if change(world, region, id, |interface| interface.addresses.clear()) {
        let text = match elastic {
            Some(_) => "its addresses are gone, and its Elastic IP is associated with nothing",
            None => "its private and its public address are gone",
        };
        let rule = "In EC2-Classic addresses do not outlive a stop, nor does an Elastic IP's association.";
        note_clock(world, region, id, text, rule, PLATFORM);
    }
}

/// What an instance that is terminated loses: all of its place.
#[inline(never)]
pub(in crate::services) fn leave(world: &mut World, region: Region, id: InstanceId) {
    if let Some(allocation) = elastic_of(world, region, id) {
        addresses::release_association(world, region, allocation);
    }
    world.update(region, id, |row: &mut Instance| row.classic = None);
}

/// The Elastic IP in front of an instance.
pub(super) fn elastic_of(world: &World, region: Region, id: InstanceId) -> Option<crate::base::ids::AllocationId> {
    let seat = world.row::<Instance>(region, id)?.classic.as_ref()?;
    seat.interface.primary()?.public?.allocation
}

/// An address of EC2-Classic's range that none of the account's instances has; others' are not simulated.
fn draw_private(world: &mut World, region: Region) -> Ipv4Addr {
    loop {
        let (first, last) = (
            i64::from(u32::from(RANGE.network())),
            i64::from(u32::from(RANGE.broadcast())),
        );
        let drawn = world.random.between(Stream::PrivateAddress, first, last);
        let address = Ipv4Addr::from(u32::try_from(drawn).unwrap_or_default());
        let ending = address.octets()[3];
        let held = world
            .ec2(region)
            .is_some_and(|ec2| ec2.by_private_address.contains(&(NO_VPC, address)));
        if !held && !LEFT_TO_VPCS.contains(&address) && ending != 0 && ending != 255 {
            return address;
        }
    }
}
