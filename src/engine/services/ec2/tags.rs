//! CreateTags, DeleteTags, DescribeTags, and the TagSpecifications of every call that makes something.
//!
//! Tags lie in one table by resource; they go with their resource (`World::take`), and what has no row of its own
//! (a security group rule) must be forgotten here by whoever removes it.

use super::common::{Filters, done, note, page, unknown};
use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, ResourceId};
use crate::catalog::{Region, quotas};
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::compute::PhysicalHost;
use std::collections::BTreeMap;
use stratus_model::{Structure, field};

/// Characters of a tag's key. <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html>
const KEY_CHARACTERS: usize = 128;
/// Characters of a tag's value.
const VALUE_CHARACTERS: usize = 256;

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    match operation {
        "CreateTags" => Some(Handler::Write(create_tags)),
        "DeleteTags" => Some(Handler::Write(delete_tags)),
        "DescribeTags" => Some(Handler::Read(describe_tags)),
        _ => None,
    }
}

/// The API's name of a kind as tags know it (`vpc`, `elastic-ip`); `None` for what cannot be tagged.
pub fn resource_type(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Instance => "instance",
        Kind::Image => "image",
        Kind::KeyPair => "key-pair",
        Kind::Vpc => "vpc",
        Kind::Subnet => "subnet",
        Kind::RouteTable => "route-table",
        Kind::InternetGateway => "internet-gateway",
        Kind::NetworkAcl => "network-acl",
        Kind::SecurityGroup => "security-group",
        Kind::SecurityGroupRule => "security-group-rule",
        Kind::PrefixList => "prefix-list",
        Kind::NetworkInterface => "network-interface",
        Kind::Address => "elastic-ip",
        Kind::Volume => "volume",
        Kind::Snapshot => "snapshot",
        Kind::DhcpOptions => "dhcp-options",
        Kind::LaunchTemplate => "launch-template",
        Kind::PlacementGroup => "placement-group",
        Kind::SpotRequest => "spot-instances-request",
        Kind::SubnetCidrReservation => "subnet-cidr-reservation",
        Kind::ReplaceRootVolumeTask => "replace-root-volume-task",
        Kind::NatGateway => "natgateway",
        Kind::EgressOnlyGateway => "egress-only-internet-gateway",
        Kind::CarrierGateway => "carrier-gateway",
        Kind::CustomerGateway => "customer-gateway",
        Kind::VpnGateway => "vpn-gateway",
        Kind::VpnConnection => "vpn-connection",
        Kind::VpcPeering => "vpc-peering-connection",
        Kind::VpcEndpoint => "vpc-endpoint",
        Kind::EndpointService => "vpc-endpoint-service",
        Kind::TransitGateway => "transit-gateway",
        Kind::TransitAttachment => "transit-gateway-attachment",
        Kind::TransitTable => "transit-gateway-route-table",
        Kind::ConnectPeer => "transit-gateway-connect-peer",
        Kind::MulticastDomain => "transit-gateway-multicast-domain",
        Kind::TransitPolicyTable => "transit-gateway-policy-table",
        Kind::TransitAnnouncement => "transit-gateway-route-table-announcement",
        Kind::MeteringPolicy => "transit-gateway-metering-policy",
        Kind::VpnConcentrator => "vpn-concentrator",
        Kind::InsightsPath => "network-insights-path",
        Kind::InsightsAnalysis => "network-insights-analysis",
        Kind::AccessScope => "network-insights-access-scope",
        Kind::AccessAnalysis => "network-insights-access-scope-analysis",
        Kind::PublicExclusion => "vpc-block-public-access-exclusion",
        Kind::Host => "dedicated-host",
        Kind::EventWindow => "instance-event-window",
        Kind::FpgaImage => "fpga-image",
        Kind::HostReservation => "host-reservation",
        Kind::FlowLog => "vpc-flow-log",
        Kind::TrafficMirrorTarget => "traffic-mirror-target",
        Kind::TrafficMirrorFilter => "traffic-mirror-filter",
        Kind::TrafficMirrorRule => "traffic-mirror-filter-rule",
        Kind::TrafficMirrorSession => "traffic-mirror-session",
        Kind::ImageExport => "export-image-task",
        Kind::InstanceExport => "export-instance-task",
        Kind::Reservation
        | Kind::RouteTableAssociation
        | Kind::NetworkAclAssociation
        | Kind::Attachment
        | Kind::AddressAssociation
        | Kind::VpcCidrAssociation
        | Kind::SubnetCidrAssociation
        | Kind::NetworkInterfacePermission
        | Kind::EndpointNotification
        | Kind::HostedZone
        | Kind::Change
        | Kind::PublicBlock
        | Kind::BundleTask
        | Kind::InstanceImport
        | Kind::VolumeImport
        | Kind::LifecyclePolicy
        | Kind::LoadBalancer
        | Kind::TargetGroup
        | Kind::Listener
        | Kind::ListenerRule
        | Kind::ClassicBalancer
        | Kind::TrustStore
        | Kind::InstanceEvent
        | Kind::Bucket => return None,
    })
}

/// Reads `TagSpecifications` and tags what a call has made. `made` lists the resource types that the call can tag, each
/// with what it made of that type (none is fine: `RunInstances` may tag volumes and make none).
///
/// Errors: `InvalidParameterValue` for a type that the call does not make, a key twice, `aws:`, a key or value too long;
/// `TagLimitExceeded`.
pub fn apply_specifications(
    world: &mut World,
    region: Region,
    params: &Structure,
    made: &[(&str, &[ResourceId])],
) -> Result<()> {
    let mut seen: Vec<&str> = Vec::new();
    for (place, specification) in params.structures(field::TAG_SPECIFICATIONS).enumerate() {
        let at = format!("TagSpecifications[{place}]");
        let refuse = |why: String| Err(Error::new("InvalidParameterValue", why).at(at.clone()));
        let Some(name) = specification.text(field::RESOURCE_TYPE) else {
            return refuse("Tag specification resource type must have a value".into());
        };
        let Some((_, ids)) = made.iter().find(|(known, _)| *known == name) else {
            return refuse(format!(
                "'{name}' is not a valid taggable resource type for this operation."
            ));
        };
        if seen.contains(&name) {
            return refuse(format!(
                "The resource type '{name}' is specified more than once in the tag specifications."
            ));
        }
        seen.push(name);
        let tags = read_tags(specification, field::TAGS)?;
        if tags.is_empty() {
            return refuse("Tag specification must have at least one tag".into());
        }
        for id in *ids {
            put_tags(world, region, *id, &tags)?;
        }
    }
    Ok(())
}

/// Takes away the tags of something that has no row of its own.
pub(crate) fn forget(world: &mut World, region: Region, id: impl Into<ResourceId>) {
    if let Some(ec2) = world.regions.get_mut(&region) {
        ec2.tags.remove(&id.into());
    }
}

fn read_tags(params: &Structure, name: stratus_model::Name) -> Result<BTreeMap<String, String>> {
    let mut tags = BTreeMap::new();
    for tag in params.structures(name) {
        let key = tag.text(field::KEY).unwrap_or_default();
        let value = tag.text(field::VALUE).unwrap_or_default();
        check_key(key)?;
        if value.chars().count() > VALUE_CHARACTERS {
            let why = format!("Tag value exceeds the maximum length of {VALUE_CHARACTERS} characters: the tag '{key}'");
            return Err(Error::new("InvalidParameterValue", why).at("Tags"));
        }
        if tags.insert(key.to_owned(), value.to_owned()).is_some() {
            return Err(
                Error::new("InvalidParameterValue", format!("Duplicate tag key '{key}' specified.")).at("Tags"),
            );
        }
    }
    Ok(tags)
}

fn check_key(key: &str) -> Result<()> {
    let refuse = |why: String| Err(Error::new("InvalidParameterValue", why).at("Tags"));
    if key.is_empty() {
        return Err(Error::new("MissingParameter", "The request must contain the parameter tag key").at("Tags"));
    }
    if key.chars().count() > KEY_CHARACTERS {
        return refuse(format!(
            "Tag key exceeds the maximum length of {KEY_CHARACTERS} characters"
        ));
    }
    // Any mixture of capitals is reserved.
    if key.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("aws:")) {
        return refuse("Tag keys starting with 'aws:' are reserved for internal use".into());
    }
    Ok(())
}

pub(crate) fn put_tags(
    world: &mut World,
    region: Region,
    id: ResourceId,
    new: &BTreeMap<String, String>,
) -> Result<()> {
    let mut tags = world.tags(region, id).cloned().unwrap_or_default();
    tags.extend(new.iter().map(|(key, value)| (key.clone(), value.clone())));
    if tags.len() > quotas::TAGS_PER_RESOURCE {
        let why = format!(
            "The maximum number of tags for a resource, {}, has been reached: {id}",
            quotas::TAGS_PER_RESOURCE
        );
        return Err(Error::new("TagLimitExceeded", why));
    }
    if let Some(ec2) = world.regions.get_mut(&region)
        && !tags.is_empty()
    {
        ec2.tags.insert(id, tags);
    }
    Ok(())
}

/// Whether the API knows of a resource: hosts only as Dedicated Hosts.
fn is_shown(world: &World, region: Region, id: ResourceId) -> bool {
    match id {
        ResourceId::Host(id) => world
            .row::<PhysicalHost>(region, id)
            .is_some_and(|row| row.rented.is_some()),
        _ => true,
    }
}

/// The resources that a call names; each must exist and be of a kind that has tags.
fn named(request: &Request<'_>, world: &World) -> Result<Vec<ResourceId>> {
    let mut ids = Vec::new();
    for text in request.params.texts(field::RESOURCES) {
        let kind = Kind::ALL
            .iter()
            .copied()
            .filter(|kind| resource_type(*kind).is_some())
            .find(|kind| text.rsplit_once('-').is_some_and(|(prefix, _)| prefix == kind.prefix()))
            .ok_or_else(|| Error::new("InvalidID", format!("The ID '{text}' is not valid")).at("Resources"))?;
        let id = ResourceId::parse(text)
            .filter(|id| world.has(request.region, *id) && is_shown(world, request.region, *id))
            .ok_or_else(|| unknown(kind, text).at("Resources"))?;
        ids.push(id);
    }
    Ok(ids)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTags.html>
fn create_tags(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let tags = read_tags(request.params, field::TAGS)?;
    if tags.is_empty() {
        return Err(Error::missing("Tags"));
    }
    for id in named(request, world)? {
        put_tags(world, request.region, id, &tags)?;
        let names: Vec<&str> = tags.keys().map(String::as_str).collect();
        note(world, request.region, id, format!("tagged: {}", names.join(", ")));
    }
    done()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTags.html>: without tags all of them go; a tag with
/// a value goes only if it has that value; what is not there is no error.
fn delete_tags(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    for id in named(request, world)? {
        let Some(mut tags) = world.tags(region, id).cloned() else {
            continue;
        };
        if request.params.list(field::TAGS).is_empty() {
            tags.clear();
        }
        for tag in request.params.structures(field::TAGS) {
            let key = tag.text(field::KEY).unwrap_or_default();
            check_key(key)?;
            if tag
                .text(field::VALUE)
                .is_none_or(|value| tags.get(key).is_some_and(|has| has == value))
            {
                tags.remove(key);
            }
        }
        if let Some(ec2) = world.regions.get_mut(&region) {
            if tags.is_empty() {
                ec2.tags.remove(&id);
            } else {
                ec2.tags.insert(id, tags);
            }
        }
        note(world, region, id, "tags removed");
    }
    done()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTags.html>
fn describe_tags(request: &Request<'_>, world: &World) -> Result<Structure> {
    let filters = Filters::read(request.params)?;
    filters.check_names(|name| matches!(name, "key" | "value" | "resource-id" | "resource-type"))?;
    let mut found = Vec::new();
    for (id, tags) in world.ec2(request.region).into_iter().flat_map(|ec2| ec2.tags.iter()) {
        let Some(kind) = resource_type(id.kind()) else { continue };
        for (key, value) in tags {
            let of = |name: &str| {
                Some(vec![match name {
                    "key" => key.clone(),
                    "value" => value.clone(),
                    "resource-id" => id.to_string(),
                    _ => kind.to_owned(),
                }])
            };
            let only = BTreeMap::from([(key.clone(), value.clone())]);
            if filters.pass_tagged(Some(&only), of)? {
                found.push(
                    Structure::new()
                        .with(field::KEY, key)
                        .with(field::VALUE, value)
                        .with(field::RESOURCE_ID, id.to_string())
                        .with(field::RESOURCE_TYPE, kind),
                );
            }
        }
    }
    let (tags, next) = page(found, request.params, 5)?;
    Ok(Structure::new()
        .with(field::TAGS, tags)
        .with_some(field::NEXT_TOKEN, next))
}
