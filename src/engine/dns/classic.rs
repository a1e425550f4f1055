//! The DNS of EC2-Classic: one resolver at 172.16.0.23 for all customers of a Region, and what it knows of itself. The public
//! name of an instance stands for its private address inside the flat network, and, with ClassicLink DNS support, on both sides
//! of a link.
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-classic-platform.html#ip-addressing-differences>,
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/vpc-classiclink.html#classiclink-enable-dns-support>

use super::authority::Found;
use super::cache::View;
use super::internet::{PRIVATE_NAME_TTL, dashed, holder, read_public_name, read_reverse, single};
use super::view::Stub;
use crate::base::ids::VpcId;
use crate::catalog::Region;
use crate::services::ec2::vpc::pools;
use crate::world::World;
use crate::world::classic::{RANGE, RESOLVER};
use crate::world::compute::Instance;
use crate::world::vpc::Vpc;
use std::net::Ipv4Addr;

/// The VPC that an instance is linked to, if that has ClassicLink DNS support.
fn link_with_dns(world: &World, region: Region, instance: &Instance) -> Option<VpcId> {
    let link = instance.classic.as_ref()?.link.as_ref()?;
    let vpc = world.row::<Vpc>(region, link.vpc)?;
    vpc.classic_link_dns.then_some(vpc.id)
}

/// The resolver of an instance in EC2-Classic.
pub(super) fn stub(world: &World, region: Region, instance: &Instance) -> Stub {
    Stub {
        view: View::Classic(region, link_with_dns(world, region, instance)),
        resolver: format!("{RESOLVER}, Amazon's resolver of EC2-Classic"),
        why: "Every instance of EC2-Classic asks the same resolver of Amazon's; there are no DHCP options to change that.".into(),
        silent: None,
        search: vec![pools::internal_domain(region)],
        ..Stub::of_classic(region)
    }
}

/// What the resolver answers without asking anybody: names and addresses of the flat network, and of the linked VPC's
/// instances. `None`: not its business.
pub(super) fn internal(
    world: &World,
    region: Region,
    linked: Option<VpcId>,
    name: &str,
    record_type: &str,
) -> Option<(Found, String)> {
    let found = |address: Ipv4Addr, why: String| {
        Some((
            single("A", record_type, PRIVATE_NAME_TTL, Some(address.to_string())),
            why,
        ))
    };
    if let Some(address) = read_reverse(name).filter(|address| RANGE.contains(address)) {
        let target = format!("{}.", pools::private_dns_name(region, address));
        let why = format!("{address} lies in EC2-Classic: its private name follows from it.");
        return Some((single("PTR", record_type, PRIVATE_NAME_TTL, Some(target)), why));
    }
    if let Some((of, public)) = read_public_name(name)
        && of == region
        && let Some(interface) = holder(world, region, public)
        && let Some(own) = interface.primary()
    {
        if interface.is_classic() {
            let why = "Asked from inside EC2-Classic, an instance's public name stands for its private address.";
            return found(own.private, why.into());
        }
        if Some(interface.vpc) == linked {
            let why = format!(
                "ClassicLink DNS support of {} is on: for a linked instance the public name stands for the private address.",
                interface.vpc
            );
            return found(own.private, why);
        }
    }
    let domain = format!("{}.", pools::internal_domain(region));
    let host = name.strip_suffix(&domain)?.strip_suffix('.')?;
    match host.strip_prefix("ip-").and_then(dashed) {
        Some(address) => found(address, format!("The private name of {address} is made of it.")),
        None => Some((Found::NoName, "EC2-Classic has no such name.".into())),
    }
}

/// The private address behind a public name of an instance of EC2-Classic, for the VPC that it is linked to.
pub(super) fn behind(world: &World, region: Region, vpc: &Vpc, name: &str) -> Option<Ipv4Addr> {
    if !vpc.classic_link_dns {
        return None;
    }
    let (of, public) = read_public_name(name)?;
    let private = holder(world, of, public)
        .filter(|holder| holder.is_classic())?
        .primary()?
        .private;
    let linked = world.ec2(region)?.linked(vpc.id, private.into()).is_some();
    (of == region && linked).then_some(private)
}
