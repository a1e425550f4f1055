//! What might mend a packet's way past security groups that can take no rule more: one group more for the interface.

use super::remedies::{Candidate, call, candidate};
use super::words::Teller;
use super::{Packet, remedies};
use crate::base::ids::NetworkInterfaceId;
use crate::catalog::quotas;
use stratus_model::{Structure, field};

/// A new group with the one rule, which the interface gets besides its own. `None`: it has as many groups as it may have.
#[inline(never)]
pub(super) fn another(teller: &Teller<'_>, id: NetworkInterfaceId, egress: bool, packet: &Packet) -> Option<Candidate> {
    let ec2 = &teller.ec2;
    let interface = ec2.interfaces.get(&id).filter(|row| !row.is_classic())?;
    if interface.groups.len() >= quotas::SECURITY_GROUPS_PER_INTERFACE {
        return None;
    }
    let taken = |name: &str| {
        let mut own = ec2.security_groups.rows().filter(|group| group.vpc == interface.vpc);
        own.any(|group| group.name == name)
    };
    let name = (2..).map(|number| format!("more-{number}")).find(|name| !taken(name))?;
    let address = packet.other_side(egress);
    let made = "$(0.GroupId)";
    let create = Structure::new()
        .with(field::GROUP_NAME, name.as_str())
        .with(field::DESCRIPTION, "more-rules")
        .with(field::VPC_ID, interface.vpc);
    let authorize = Structure::new()
        .with(field::GROUP_ID, made)
        .with(field::IP_PERMISSIONS, vec![remedies::rule_for(packet, address)]);
    let mut groups: Vec<String> = interface.groups.iter().map(ToString::to_string).collect();
    groups.push(made.to_owned());
    let give = Structure::new()
        .with(field::NETWORK_INTERFACE_ID, id)
        .with(field::GROUPS, groups);
    let (operation, verb) = match egress {
        true => ("AuthorizeSecurityGroupEgress", "out to"),
        false => ("AuthorizeSecurityGroupIngress", "in from"),
    };
    let why = format!(
        "Give {} one group more, {name}, which lets {} {verb} {address}: its own has as many rules as it may have.",
        teller.behind(id),
        super::sentences::wanted(packet)
    );
    let calls = vec![
        call("CreateSecurityGroup", create),
        call(operation, authorize),
        call("ModifyNetworkInterfaceAttribute", give),
    ];
    Some(candidate(2, why, calls))
}
