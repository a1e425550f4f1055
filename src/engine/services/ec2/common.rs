//! What every EC2 operation shares: finding a resource by its id's text, filters, pages, tags in requests and answers.

use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, ResourceId, well_formed};
use crate::base::limits::{FILTER_VALUES, FILTERS};
use crate::catalog::{Region, Zone};
use crate::services::Request;
pub use crate::services::ec2::pages::{page, page_of_rows};
use crate::services::ec2::refusals;
use crate::services::ec2::storage::bin;
use crate::world::World;
use crate::world::journal::{Cause, Event};
use crate::world::references::Row;
use ipnet::{IpNet, Ipv4Net};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use stratus_model::{Service, Structure, Value, field, sort};

/// What EC2 says about an id of a kind: the code when it names nothing, the code when it cannot be one, and the word that
/// its messages use.
/// Source: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html>
#[rustfmt::skip]
fn codes(kind: Kind) -> (&'static str, &'static str, &'static str) {
    match kind {
        Kind::Instance => ("InvalidInstanceID.NotFound", "InvalidInstanceID.Malformed", "instance"),
        Kind::Image => ("InvalidAMIID.NotFound", "InvalidAMIID.Malformed", "image"),
        Kind::KeyPair => ("InvalidKeyPair.NotFound", "InvalidParameterValue", "key pair"),
        Kind::Vpc => ("InvalidVpcID.NotFound", "InvalidVpcId.Malformed", "vpc"),
        Kind::Subnet => ("InvalidSubnetID.NotFound", "InvalidSubnetID.Malformed", "subnet"),
        Kind::RouteTable => ("InvalidRouteTableID.NotFound", "InvalidRouteTableId.Malformed", "routeTable"),
        Kind::RouteTableAssociation => ("InvalidAssociationID.NotFound", "InvalidAssociationID.Malformed", "association"),
        Kind::InternetGateway => ("InvalidInternetGatewayID.NotFound", "InvalidInternetGatewayId.Malformed", "internetGateway"),
        Kind::NetworkAcl => ("InvalidNetworkAclID.NotFound", "InvalidNetworkAclId.Malformed", "networkAcl"),
        Kind::NetworkAclAssociation => ("InvalidAssociationID.NotFound", "InvalidAssociationID.Malformed", "association"),
        Kind::SecurityGroup => ("InvalidGroup.NotFound", "InvalidGroupId.Malformed", "security group"),
        Kind::SecurityGroupRule => ("InvalidSecurityGroupRuleId.NotFound", "InvalidSecurityGroupRuleId.Malformed", "security group rule"),
        Kind::PrefixList => ("InvalidPrefixListID.NotFound", "InvalidPrefixListId.Malformed", "prefix list"),
        Kind::NetworkInterface => ("InvalidNetworkInterfaceID.NotFound", "InvalidNetworkInterfaceId.Malformed", "networkInterface"),
        Kind::Attachment => ("InvalidAttachmentID.NotFound", "InvalidNetworkInterfaceAttachmentId.Malformed", "networkInterfaceAttachment"),
        Kind::Address => ("InvalidAllocationID.NotFound", "InvalidAllocationID.Malformed", "allocation"),
        Kind::AddressAssociation => ("InvalidAssociationID.NotFound", "InvalidAssociationID.Malformed", "association"),
        Kind::Volume => ("InvalidVolume.NotFound", "InvalidVolumeID.Malformed", "volume"),
        Kind::Snapshot => ("InvalidSnapshot.NotFound", "InvalidSnapshotID.Malformed", "snapshot"),
        Kind::DhcpOptions => ("InvalidDhcpOptionID.NotFound", "InvalidDhcpOptionsId.Malformed", "dhcpOption"),
        Kind::VpcCidrAssociation => ("InvalidVpcCidrBlockAssociationID.NotFound", "InvalidVpcCidrBlockAssociationID.Malformed", "association"),
        Kind::Host => ("InvalidHostID.NotFound", "InvalidHostID.Malformed", "host"),
        Kind::Reservation | Kind::HostedZone | Kind::Change | Kind::Bucket | Kind::PublicBlock | Kind::LoadBalancer | Kind::TargetGroup | Kind::Listener | Kind::ListenerRule | Kind::ClassicBalancer | Kind::TrustStore => ("InvalidID", "InvalidParameterValue", "resource"),
        Kind::LaunchTemplate => ("InvalidLaunchTemplateId.NotFound", "InvalidLaunchTemplateId.Malformed", "launch template"),
        Kind::PlacementGroup => ("InvalidPlacementGroup.Unknown", "InvalidPlacementGroupId.Malformed", "placement group"),
        Kind::SpotRequest => ("InvalidSpotInstanceRequestID.NotFound", "InvalidSpotInstanceRequestID.Malformed", "spot instance request"),
        Kind::SubnetCidrAssociation => ("InvalidSubnetCidrBlockAssociationID.NotFound", "InvalidSubnetCidrBlockAssociationID.Malformed", "association"),
        Kind::ReplaceRootVolumeTask => ("InvalidReplaceRootVolumeTaskId.NotFound", "InvalidReplaceRootVolumeTaskId.Malformed", "replaceRootVolumeTask"),
        Kind::SubnetCidrReservation => ("InvalidSubnetCidrReservationID.NotFound", "InvalidSubnetCidrReservationID.Malformed", "subnet CIDR reservation"),
        Kind::NetworkInterfacePermission => ("InvalidPermissionID.NotFound", "InvalidPermissionID.Malformed", "network interface permission"),
        Kind::NatGateway => ("NatGatewayNotFound", "NatGatewayMalformed", "NAT gateway"),
        Kind::EgressOnlyGateway => ("InvalidGatewayID.NotFound", "InvalidEgressOnlyInternetGatewayId.Malformed", "egressOnlyInternetGateway"),
        Kind::CarrierGateway => ("InvalidCarrierGatewayID.NotFound", "InvalidCarrierGatewayID.Malformed", "carrierGateway"),
        Kind::CustomerGateway => ("InvalidCustomerGatewayID.NotFound", "InvalidCustomerGatewayId.Malformed", "customerGateway"),
        Kind::VpnGateway => ("InvalidVpnGatewayID.NotFound", "InvalidVpnGatewayID.Malformed", "vpnGateway"),
        Kind::VpnConnection => ("InvalidVpnConnectionID.NotFound", "InvalidVpnConnectionID.Malformed", "vpnConnection"),
        Kind::VpcPeering => ("InvalidVpcPeeringConnectionID.NotFound", "InvalidVpcPeeringConnectionId.Malformed", "vpcPeeringConnection"),
        Kind::VpcEndpoint => ("InvalidVpcEndpointId.NotFound", "InvalidVpcEndpointId.Malformed", "Vpc Endpoint Id"),
        Kind::EndpointService => ("InvalidVpcEndpointServiceId.NotFound", "InvalidVpcEndpointServiceId.Malformed", "VpcEndpointService Id"),
        Kind::EndpointNotification => ("InvalidConnectionNotificationId.NotFound", "InvalidConnectionNotificationId.Malformed", "connection notification"),
        Kind::TransitGateway => ("InvalidTransitGatewayID.NotFound", "InvalidTransitGatewayID.Malformed", "Transit Gateway"),
        Kind::TransitAttachment => ("InvalidTransitGatewayAttachmentID.NotFound", "InvalidTransitGatewayAttachmentID.Malformed", "Transit Gateway Attachment"),
        Kind::PublicExclusion => ("InvalidVpcBlockPublicAccessExclusionId.NotFound", "InvalidVpcBlockPublicAccessExclusionId.Malformed", "VPC Block Public Access exclusion"),
        Kind::EventWindow => ("InvalidInstanceEventWindowID.NotFound", "InvalidInstanceEventWindowID.Malformed", "instance event window"),
        Kind::InstanceEvent => ("InvalidInstanceEventIDNotFound", "InvalidInstanceEventIDNotFound", "event"),
        Kind::FpgaImage => ("InvalidFpgaImageID.NotFound", "InvalidFpgaImageID.Malformed", "FPGA image"),
        Kind::HostReservation => ("InvalidHostReservationId.NotFound", "InvalidHostReservationId.Malformed", "host reservation"),
        Kind::FlowLog => ("InvalidFlowLogId.NotFound", "InvalidFlowLogId.Malformed", "flow log"),
        Kind::TrafficMirrorTarget => ("InvalidTrafficMirrorTargetId.NotFound", "InvalidTrafficMirrorTargetId.Malformed", "Traffic Mirror target"),
        Kind::TrafficMirrorFilter => ("InvalidTrafficMirrorFilterId.NotFound", "InvalidTrafficMirrorFilterId.Malformed", "Traffic Mirror filter"),
        Kind::TrafficMirrorRule => ("InvalidTrafficMirrorFilterRuleId.NotFound", "InvalidTrafficMirrorFilterRuleId.Malformed", "Traffic Mirror filter rule"),
        Kind::TrafficMirrorSession => ("InvalidTrafficMirrorSessionId.NotFound", "InvalidTrafficMirrorSessionId.Malformed", "Traffic Mirror session"),
        Kind::ImageExport | Kind::InstanceExport => ("InvalidExportTaskID.NotFound", "InvalidExportTaskID.NotFound", "export task"),
        Kind::InstanceImport | Kind::VolumeImport => ("InvalidConversionTaskId", "InvalidConversionTaskId.Malformed", "conversion task"),
        Kind::BundleTask => ("InvalidBundleID.NotFound", "InvalidBundleID.NotFound", "bundle task"),
        Kind::LifecyclePolicy => ("ResourceNotFoundException", "ResourceNotFoundException", "lifecycle policy"),
        Kind::TransitTable => ("InvalidRouteTableID.NotFound", "InvalidRouteTableId.Malformed", "Transit Gateway Route Table"),
        Kind::ConnectPeer => ("InvalidTransitGatewayConnectPeerID.NotFound", "InvalidTransitGatewayConnectPeerID.Malformed", "Transit Gateway Connect Peer"),
        Kind::MulticastDomain => ("InvalidTransitGatewayMulticastDomainId.NotFound", "InvalidTransitGatewayMulticastDomainId.Malformed", "Transit Gateway Multicast Domain"),
        Kind::TransitPolicyTable => ("InvalidTransitGatewayPolicyTableId.NotFound", "InvalidTransitGatewayPolicyTableId.Malformed", "Transit Gateway Policy Table"),
        Kind::TransitAnnouncement => ("InvalidTransitGatewayRouteTableAnnouncementId.NotFound", "InvalidTransitGatewayRouteTableAnnouncementId.Malformed", "Transit Gateway Route Table Announcement"),
        Kind::MeteringPolicy => ("InvalidTransitGatewayMeteringPolicyId.NotFound", "InvalidTransitGatewayMeteringPolicyId.Malformed", "Transit Gateway Metering Policy"),
        Kind::VpnConcentrator => ("InvalidVpnConcentratorID.NotFound", "InvalidVpnConcentratorID.Malformed", "vpnConcentrator"),
        Kind::InsightsPath => ("InvalidNetworkInsightsPathId.NotFound", "InvalidNetworkInsightsPathId.Malformed", "network insights path"),
        Kind::InsightsAnalysis => ("InvalidNetworkInsightsAnalysisId.NotFound", "InvalidNetworkInsightsAnalysisId.Malformed", "network insights analysis"),
        Kind::AccessScope => ("InvalidNetworkInsightsAccessScopeId.NotFound", "InvalidNetworkInsightsAccessScopeId.Malformed", "network insights access scope"),
        Kind::AccessAnalysis => ("InvalidNetworkInsightsAccessScopeAnalysisId.NotFound", "InvalidNetworkInsightsAccessScopeAnalysisId.Malformed", "network insights access scope analysis"),
    }
}

/// The error for an id that is well-formed but names nothing, or is not an id of this kind at all.
pub fn unknown(kind: Kind, text: &str) -> Error {
    let (missing, malformed, word) = codes(kind);
    if !well_formed(text, kind.prefix()) {
        return Error::new(
            malformed,
            format!("Invalid id: \"{text}\" (expecting \"{}-...\")", kind.prefix()),
        );
    }
    let message = match kind {
        Kind::SecurityGroup => format!("The security group '{text}' does not exist"),
        Kind::Image => format!("The image id '[{text}]' does not exist"),
        Kind::LaunchTemplate => {
            format!("The specified launch template, with template ID {text}, does not exist.")
        }
        Kind::PlacementGroup => format!("The Placement Group '{text}' is unknown."),
        Kind::TransitGateway
        | Kind::TransitAttachment
        | Kind::TransitTable
        | Kind::ConnectPeer
        | Kind::MulticastDomain
        | Kind::TransitPolicyTable
        | Kind::TransitAnnouncement
        | Kind::MeteringPolicy => {
            format!("{word} {text} was deleted or does not exist.")
        }
        Kind::VpcEndpoint | Kind::EndpointService => format!("The {word} '{text}' does not exist"),
        Kind::Volume | Kind::Snapshot => format!("The {word} '{text}' does not exist."),
        Kind::NatGateway => format!("{word} {text} was not found"),
        _ => format!("The {word} ID '{text}' does not exist"),
    };
    Error::new(missing, message)
}

/// Reads an id of one kind whose thing has no row of its own (an association, an attachment).
pub fn read_id<I: TryFrom<ResourceId>>(kind: Kind, text: &str) -> Result<I> {
    ResourceId::parse(text)
        .and_then(|id| I::try_from(id).ok())
        .ok_or_else(|| unknown(kind, text))
}

/// Reads an id of one kind and finds its row.
pub fn find<'w, R: Row>(world: &'w World, region: Region, kind: Kind, text: &str) -> Result<&'w R>
where
    R::Id: TryFrom<ResourceId>,
{
    ResourceId::parse(text)
        .and_then(|id| R::Id::try_from(id).ok())
        .and_then(|id| world.row::<R>(region, id))
        .filter(|row| !bin::holds(world, region, row.id().into()))
        .ok_or_else(|| unknown(kind, text))
}

/// Ids that a call takes one at a time, of what EC2 had before VPCs: another kind of id in their place is a wrong value,
/// where a list of ids has a malformed id.
///
/// # Errors
/// `InvalidParameterValue`.
pub fn check_ids(params: &Structure) -> Result<()> {
    for (name, kind) in [
        (field::INSTANCE_ID, Kind::Instance),
        (field::VOLUME_ID, Kind::Volume),
        (field::SNAPSHOT_ID, Kind::Snapshot),
    ] {
        let (text, prefix) = (params.text(name).unwrap_or_default(), kind.prefix());
        let begins = text.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('-'));
        if !text.is_empty() && !begins {
            return Err(refusals::other_kind(name.text(), text, prefix));
        }
    }
    Ok(())
}

/// The parameter that a call cannot do without (the model already asks for those that are marked so).
pub fn need(params: &Structure, name: stratus_model::Name) -> Result<&str> {
    params.text(name).ok_or_else(|| Error::missing(name.text()))
}

/// The filters of a Describe call: all must match; within one filter any value.
#[derive(Clone, Debug, Default)]
pub struct Filters(Vec<(String, Vec<String>)>);

impl Filters {
    /// Reads `Filters` of a call.
    pub fn read(params: &Structure) -> Result<Filters> {
        let mut filters = Vec::new();
        for filter in params.structures(field::FILTERS) {
            let name = filter.text(field::NAME).ok_or_else(|| {
                let why = "The filter 'null' is invalid";
                Error::new("InvalidParameterValue", why).at("Filters")
            })?;
            let values: Vec<String> = filter.texts(field::VALUES).map(str::to_owned).collect();
            if values.is_empty() {
                return Err(Error::invalid("Filter", format!("the filter '{name}' has no values")));
            }
            if values.len() > FILTER_VALUES {
                return Err(Error::new(
                    "FilterLimitExceeded",
                    format!("The filter '{name}' has more than {FILTER_VALUES} values."),
                ));
            }
            filters.push((name.to_owned(), values));
        }
        if filters.len() > FILTERS {
            return Err(Error::new(
                "FilterLimitExceeded",
                format!("The request has more than {FILTERS} filters."),
            ));
        }
        Ok(Filters(filters))
    }

    /// Whether a resource passes. `values` gives what the resource has for a filter's name (`instance-state-name`),
    /// or `None` when there is no such filter. Tag filters (`tag:KEY`, `tag-key`) are answered here.
    pub fn pass(
        &self,
        world: &World,
        region: Region,
        id: impl Into<ResourceId>,
        values: impl Fn(&str) -> Option<Vec<String>>,
    ) -> Result<bool> {
        if self.0.is_empty() {
            return Ok(true);
        }
        self.pass_tagged(world.tags(region, id.into()), values)
    }

    /// The same for something whose tags the caller knows.
    pub fn pass_tagged(
        &self,
        tags: Option<&BTreeMap<String, String>>,
        values: impl Fn(&str) -> Option<Vec<String>>,
    ) -> Result<bool> {
        for (name, wanted) in &self.0 {
            let has: Vec<String> = if let Some(key) = name.strip_prefix("tag:") {
                tags.and_then(|tags| tags.get(key)).cloned().into_iter().collect()
            } else if name == "tag-key" {
                tags.map(|tags| tags.keys().cloned().collect()).unwrap_or_default()
            } else if name == "tag-value" {
                tags.map(|tags| tags.values().cloned().collect()).unwrap_or_default()
            } else {
                values(name).ok_or_else(|| {
                    Error::new("InvalidParameterValue", format!("The filter '{name}' is invalid")).at("Filters")
                })?
            };
            if !wanted
                .iter()
                .any(|pattern| has.iter().any(|text| wildcard(pattern, text)))
            {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Checks the names even when there is nothing to filter, so that a misspelt filter never passes silently.
    pub fn check_names(&self, known: impl Fn(&str) -> bool) -> Result<()> {
        match self
            .0
            .iter()
            .find(|(name, _)| !name.starts_with("tag:") && name != "tag-key" && name != "tag-value" && !known(name))
        {
            Some((name, _)) => {
                Err(Error::new("InvalidParameterValue", format!("The filter '{name}' is invalid")).at("Filters"))
            }
            None => Ok(()),
        }
    }
}

/// EC2's wildcards in filter values: `*` any characters, `?` one, `\` takes the next literally. Case-sensitive.
pub fn wildcard(pattern: &str, text: &str) -> bool {
    let pattern: Vec<(char, bool)> = {
        let mut out = Vec::new();
        let mut chars = pattern.chars();
        while let Some(c) = chars.next() {
            if c == '\\' {
                out.push((chars.next().unwrap_or('\\'), true));
            } else {
                out.push((c, false));
            }
        }
        out
    };
    let text: Vec<char> = text.chars().collect();
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(('*', false)) => {
                star = Some((p, t));
                p += 1;
            }
            Some((c, literal)) if *c == text[t] || (*c == '?' && !literal) => {
                p += 1;
                t += 1;
            }
            _ => match star {
                Some((at, from)) => {
                    p = at + 1;
                    t = from + 1;
                    star = Some((at, from + 1));
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|(c, literal)| *c == '*' && !literal)
}

/// Tags of a resource as the API lists them, by key.
pub fn tag_list(world: &World, region: Region, id: impl Into<ResourceId>) -> Vec<Value> {
    let tags = world.tags(region, id.into());
    tags.into_iter()
        .flatten()
        .map(|(key, value)| {
            Structure::new()
                .with(field::KEY, key.as_str())
                .with(field::VALUE, value.as_str())
                .into()
        })
        .collect()
}

/// What a kind of row tells a Describe call about itself.
pub struct Describing<'a, R> {
    /// The kind.
    pub kind: Kind,
    /// The parameter with the ids that are asked for.
    pub ids: stratus_model::Name,
    /// The list in the answer.
    pub answer: stratus_model::Name,
    /// Sequence number of a row's making.
    pub born: fn(&R) -> u64,
    /// The names of the filters, tags apart.
    pub filters: &'a [&'a str],
    /// The smallest `MaxResults`.
    pub least: i64,
}

impl<R: Row> Describing<'_, R>
where
    R::Id: TryFrom<ResourceId>,
{
    /// The answer of a Describe call: the rows that its ids and filters choose, sorted by their making, a page of them.
    /// `values` gives what a row has for one of the filters, `show` the row as the API shows it.
    ///
    /// # Errors
    /// Those of [`Filters`], [`find`] and [`page`].
    pub fn answer(
        &self,
        request: &Request<'_>,
        world: &World,
        values: &dyn Fn(&R, &str) -> Vec<String>,
        show: &dyn Fn(&R) -> Structure,
    ) -> Result<Structure> {
        self.answer_where(request, world, |_| true, values, show)
    }

    /// [`Describing::answer`] for a call that knows some rows of the kind only.
    pub fn answer_where(
        &self,
        request: &Request<'_>,
        world: &World,
        knows: fn(&R) -> bool,
        values: &dyn Fn(&R, &str) -> Vec<String>,
        show: &dyn Fn(&R) -> Structure,
    ) -> Result<Structure> {
        let filters = read_filters(request.params, self.filters)?;
        let mut rows: Vec<&R> = if request.params.list(self.ids).is_empty() {
            let ec2 = world.ec2(request.region);
            ec2.map(|ec2| R::table(ec2).rows().collect()).unwrap_or_default()
        } else {
            let ids = request.params.texts(self.ids);
            ids.map(|text| find::<R>(world, request.region, self.kind, text))
                .collect::<Result<_>>()?
        };
        rows.retain(|row| knows(row) && !bin::holds(world, request.region, row.id().into()));
        let keys = rows.iter().map(|row| ((self.born)(row), row.id().into())).collect();
        let value = |place: usize, name: &str| rows.get(place).map(|row| values(row, name));
        let (places, next) = choose(request, world, &filters, keys, &value, self.least)?;
        let shown: Vec<Structure> = places
            .iter()
            .filter_map(|place| Some(show(rows.get(*place)?)))
            .collect();
        Ok(Structure::new()
            .with(self.answer, shown)
            .with_some(field::NEXT_TOKEN, next))
    }
}

fn read_filters(params: &Structure, known: &[&str]) -> Result<Filters> {
    let filters = Filters::read(params)?;
    filters.check_names(|name| known.contains(&name))?;
    Ok(filters)
}

/// The part of [`Describing::answer`] that is the same code for every kind of row: which places of the rows, in which
/// order. `keys` are a row's making and its id.
fn choose(
    request: &Request<'_>,
    world: &World,
    filters: &Filters,
    keys: Vec<(u64, ResourceId)>,
    values: &dyn Fn(usize, &str) -> Option<Vec<String>>,
    least: i64,
) -> Result<(Vec<usize>, Option<String>)> {
    let mut keyed: Vec<((u64, ResourceId), usize)> = keys.into_iter().zip(0..).collect();
    sort::by_key(&mut keyed, |keyed| *keyed);
    keyed.dedup_by_key(|(key, _)| *key);
    let mut chosen = Vec::new();
    for ((born, id), place) in keyed {
        if filters.pass(world, request.region, id, |name| values(place, name))? {
            chosen.push((place, (born, id)));
        }
    }
    let (chosen, next) = page_of_rows(chosen, request.params, least, |(_, (born, id))| (Some(*born), *id))?;
    Ok((chosen.into_iter().map(|(place, _)| place).collect(), next))
}

/// Whether a call only asks if it would succeed: it is carried out on a copy that nobody keeps, so that what stands in its
/// way is said as if it had been meant. Only EC2's calls can ask so.
/// Source: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html> (DryRun)
pub(crate) fn is_dry_run(service: &Service, params: &Structure) -> bool {
    service.name == "ec2" && params.boolean(field::DRY_RUN) == Some(true)
}

/// `true` or `false`, as filters compare it.
pub fn yes_no(value: bool) -> Vec<String> {
    vec![value.to_string()]
}

/// Notes in the journal what a call did to a resource.
pub fn note(world: &mut World, region: Region, id: impl Into<ResourceId>, text: impl Into<Cow<'static, str>>) {
    let event = Event {
        at: world.now,
        region: Some(region),
        resource: Some(id.into()),
        text: text.into(),
        cause: Cause::Call(world.calls),
    };
    world.journal.note(event);
}

/// Notes what time has done to a resource, by which rule and where the rule is written.
pub fn note_clock(
    world: &mut World,
    region: Region,
    id: impl Into<ResourceId>,
    text: impl Into<Cow<'static, str>>,
    rule: &'static str,
    source: &'static str,
) {
    let event = Event {
        at: world.now,
        region: Some(region),
        resource: Some(id.into()),
        text: text.into(),
        cause: Cause::Clock {
            rule: rule.into(),
            source: source.into(),
        },
    };
    world.journal.note(event);
}

/// The answer of a call that has nothing to say but that it worked.
pub fn done() -> Result<Structure> {
    Ok(Structure::new())
}

/// The same for the older operations, which say `Return: true`.
pub fn returned() -> Result<Structure> {
    Ok(Structure::new().with(field::RETURN, true))
}

/// The text as a block, with its host bits cleared as AWS clears them (`10.0.1.7/24` → `10.0.1.0/24`).
pub fn read_cidr(parameter: &str, text: &str) -> Result<IpNet> {
    let strict = |net: &IpNet| !text.is_empty() && text.contains('/') && net.prefix_len() <= net.max_prefix_len();
    text.parse::<IpNet>()
        .ok()
        .filter(strict)
        .map(|net| net.trunc())
        .ok_or_else(|| {
            Error::new("InvalidParameterValue", format!("CIDR block {text} is malformed"))
                .at(parameter)
                .remedy("Write an address, a slash and a number of bits, as in 10.0.0.0/16.")
        })
}

/// The same for IPv4 only.
pub fn read_ipv4_cidr(parameter: &str, text: &str) -> Result<Ipv4Net> {
    match read_cidr(parameter, text)? {
        IpNet::V4(net) => Ok(net),
        IpNet::V6(_) => Err(Error::new(
            "InvalidParameterValue",
            format!("CIDR block {text} is not an IPv4 block"),
        )
        .at(parameter)),
    }
}

/// An IPv4 address.
pub fn read_ipv4(parameter: &str, text: &str) -> Result<Ipv4Addr> {
    text.parse().map_err(|_| {
        Error::new(
            "InvalidParameterValue",
            format!("invalid value for parameter address: {text}"),
        )
        .at(parameter)
    })
}

/// `arn:aws:ec2:us-east-1:123456789012:subnet/subnet-…`.
pub fn arn(world: &World, region: Region, resource_type: &str, id: impl Into<ResourceId>) -> String {
    format!(
        "arn:aws:ec2:{}:{}:{resource_type}/{}",
        region.name(),
        world.account(),
        id.into()
    )
}

/// `DependencyViolation` in AWS's words, with what still depends on the thing as the next step.
pub fn dependency(message: String, dependents: &[ResourceId]) -> Error {
    let names: Vec<String> = dependents
        .iter()
        .map(|id| format!("{} {id}", id.kind().words()))
        .collect();
    Error::new("DependencyViolation", message)
        .remedy(format!("Delete, detach or disassociate first: {}.", names.join(", ")))
}

/// Refuses what has to be in an Availability Zone: in a Wavelength Zone are instances, gp2 volumes, subnets and carrier gateways.
/// <https://docs.aws.amazon.com/vpc/latest/userguide/subnet-wavelength.html>
///
/// # Errors
/// `UnsupportedOperation`.
pub fn refuse_wavelength(zone: Zone, what: &str) -> Result<()> {
    if !zone.is_wavelength() {
        return Ok(());
    }
    let why = format!("{what} is not supported in the Wavelength Zone {}.", zone.name());
    Err(Error::new("UnsupportedOperation", why).remedy("Use an Availability Zone."))
}

/// Refuses parameters of AWS that Stratus does not simulate, so that none is silently ignored.
pub fn refuse_unsimulated(params: &Structure, names: &[stratus_model::Name]) -> Result<()> {
    match names.iter().find(|name| params.contains(**name)) {
        Some(name) => {
            let why = format!("Stratus does not simulate the parameter {}.", name.text());
            Err(Error::new("UnsupportedOperation", why)
                .at(name.text())
                .remedy("Leave it out."))
        }
        None => Ok(()),
    }
}

/// Of an attribute that a Modify call sets (`{"Value": true}`).
pub fn attribute(params: &Structure, name: stratus_model::Name) -> Option<bool> {
    params.structure(name)?.boolean(field::VALUE)
}
