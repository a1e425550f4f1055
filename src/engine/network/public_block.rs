//! VPC Block Public Access on a packet's way: what it says, and what may let the packet pass. The walk itself asks
//! `world::estate`; nothing here decides.
//! Source: <https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html>

use super::remedies::{Candidate, call, candidate};
use super::words::Teller;
use crate::base::ids::{SubnetId, VpcId};
use crate::world::estate::{BlockMode, Excluded, ExclusionMode, ExclusionState};
use stratus_model::{Structure, field};

/// Why a gateway does not pass traffic of a subnet. `gateway`: as it is named.
pub(super) fn text(teller: &Teller<'_>, gateway: &str, subnet: SubnetId) -> String {
    let row = teller.ec2.subnets.get(&subnet);
    let mode = row.map_or(BlockMode::Bidirectional, |row| {
        teller.ec2.estate.in_force(row.vpc, Some(subnet))
    });
    let what = match mode {
        BlockMode::Ingress => "all but what NAT gateways and egress-only gateways carry",
        _ => "everything to and from the Internet",
    };
    format!(
        "VPC Block Public Access blocks {what} for {}, so {gateway} does not pass it.",
        teller.subnet_name(subnet)
    )
}

/// An exclusion for the subnet alone, or a wider mode of the one that it has. `one_way`: egress is enough.
pub(super) fn remedies(teller: &Teller<'_>, vpc: VpcId, subnet: SubnetId, one_way: bool) -> Vec<Candidate> {
    let mode = if one_way {
        ExclusionMode::Egress
    } else {
        ExclusionMode::Bidirectional
    };
    let rows = teller.ec2.estate.exclusions.rows();
    let own = rows.filter(|row| row.state != ExclusionState::Deleted && row.of == Excluded::Subnet(subnet));
    let name = teller.subnet_name(subnet);
    let within = teller.name(vpc);
    let params = Structure::new().with(field::INTERNET_GATEWAY_EXCLUSION_MODE, mode.name());
    let (operation, params, verb) = match own.last() {
        Some(row) => {
            let params = params.with(field::EXCLUSION_ID, row.id);
            ("ModifyVpcBlockPublicAccessExclusion", params, "Let the exclusion of")
        }
        None => {
            let params = params.with(field::SUBNET_ID, subnet);
            ("CreateVpcBlockPublicAccessExclusion", params, "Exclude")
        }
    };
    let rest = match (verb, mode) {
        ("Exclude", ExclusionMode::Egress) => "from VPC Block Public Access for connections that begin inside",
        ("Exclude", ExclusionMode::Bidirectional) => "from VPC Block Public Access in both directions",
        (_, ExclusionMode::Egress) => "allow connections that begin inside",
        (_, ExclusionMode::Bidirectional) => "allow both directions",
    };
    let why = format!("{verb} {name} in {within} {rest}; it takes a minute or two.");
    vec![candidate(8, why, vec![call(operation, params)])]
}
