//! What an instance is told of its network interfaces, each under its MAC address, and of the subnets and VPC that they are in.
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-categories.html>

use super::tree::Tree;
use crate::base::text;
use crate::catalog::Region;
use crate::services::ec2::vpc::{interface_view, interfaces};
use crate::world::World;
use crate::world::compute::Instance;
use crate::world::vpc::{NetworkInterface, PrivateAddress, Subnet, Vpc};
use stratus_model::field;

/// Puts them into the tree.
pub(super) fn put(tree: &mut Tree, world: &World, region: Region, row: &Instance) {
    let seat = row.classic.as_ref().map(|seat| &seat.interface);
    let attached = interfaces::of_instance(world, region, row.id);
    if let Some(first) = seat.or(attached.first().copied()) {
        tree.put("mac", interface_view::mac(first));
    }
    for interface in attached {
        let at = format!("network/interfaces/macs/{}", interface_view::mac(interface));
        one(tree, &at, world, region, interface);
        places(tree, &at, world, region, interface);
    }
}

/// A list as the service writes it, if there is anything in it.
fn list(tree: &mut Tree, path: &str, items: impl Iterator<Item = String>) {
    let items: Vec<String> = items.collect();
    if !items.is_empty() {
        tree.put(path, items.join("\n"));
    }
}

fn one(tree: &mut Tree, at: &str, world: &World, region: Region, interface: &NetworkInterface) {
    let shown = interfaces::describe(world, region, interface, true);
    let device = interface.attachment.as_ref().map_or(0, |at| at.device_index);
    tree.put(&format!("{at}/device-number"), device.to_string());
    tree.put(&format!("{at}/interface-id"), interface.id.to_string());
    tree.put(&format!("{at}/mac"), interface_view::mac(interface));
    tree.put(&format!("{at}/owner-id"), world.account());
    tree.put_member(&format!("{at}/local-hostname"), &shown, field::PRIVATE_DNS_NAME);
    if let Some(public) = shown.structure(field::ASSOCIATION) {
        tree.put_member(&format!("{at}/public-hostname"), public, field::PUBLIC_DNS_NAME);
    }
    let private = |address: &PrivateAddress| text::ipv4(address.private);
    list(
        tree,
        &format!("{at}/local-ipv4s"),
        interface.addresses.iter().map(private),
    );
    let public = || {
        interface
            .addresses
            .iter()
            .filter_map(|address| Some((address.public?.address, address.private)))
            .filter(|_| !interface.zone.is_wavelength())
    };
    list(
        tree,
        &format!("{at}/public-ipv4s"),
        public().map(|(public, _)| text::ipv4(public)),
    );
    for (public, private) in public() {
        let path = format!("{at}/ipv4-associations/{public}");
        tree.put(&path, text::ipv4(private));
    }
    list(
        tree,
        &format!("{at}/ipv6s"),
        interface.ipv6.iter().map(ToString::to_string),
    );
    list(
        tree,
        &format!("{at}/ipv4-prefix"),
        interface.ipv4_prefixes.iter().map(ToString::to_string),
    );
    list(
        tree,
        &format!("{at}/ipv6-prefix"),
        interface.ipv6_prefixes.iter().map(ToString::to_string),
    );
    let groups = |name| {
        let groups = shown.structures(field::GROUPS);
        groups.filter_map(move |group| group.text(name).map(str::to_owned))
    };
    list(tree, &format!("{at}/security-groups"), groups(field::GROUP_NAME));
    list(tree, &format!("{at}/security-group-ids"), groups(field::GROUP_ID));
}

fn places(tree: &mut Tree, at: &str, world: &World, region: Region, interface: &NetworkInterface) {
    tree.put(&format!("{at}/subnet-id"), interface.subnet.to_string());
    tree.put(&format!("{at}/vpc-id"), interface.vpc.to_string());
    if let Some(subnet) = world.row::<Subnet>(region, interface.subnet) {
        tree.put(&format!("{at}/subnet-ipv4-cidr-block"), subnet.cidr.to_string());
        let blocks = subnet.ipv6_cidr.iter().map(ToString::to_string);
        list(tree, &format!("{at}/subnet-ipv6-cidr-blocks"), blocks);
    }
    if let Some(vpc) = world.row::<Vpc>(region, interface.vpc) {
        let blocks = || vpc.cidrs.iter().map(|(_, block)| block.to_string());
        list(tree, &format!("{at}/vpc-ipv4-cidr-block"), blocks().take(1));
        list(tree, &format!("{at}/vpc-ipv4-cidr-blocks"), blocks());
        let blocks = vpc.ipv6_cidrs.iter().map(|(_, block)| block.to_string());
        list(tree, &format!("{at}/vpc-ipv6-cidr-blocks"), blocks);
    }
}
