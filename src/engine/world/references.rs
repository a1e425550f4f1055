//! Which row refers to which, declared once. From the declarations follow the index of referrers, DependencyViolation,
//! the inspector's "what refers to it" and the integrity check.

use super::Ec2;
use super::access_scopes::*;
use super::classic::NO_VPC;
use super::compute::*;
use super::estate::*;
use super::events::EventWindow;
use super::flow_logs::FlowLog;
use super::fpga::FpgaImage;
use super::gateways::*;
use super::insights::*;
use super::launching::{LaunchTemplate, PlacementGroup, SpotRequest};
use super::mirroring::{MirrorFilter, MirrorRule, MirrorSession, MirrorTarget};
use super::rented::HostReservation;
use super::storage::{RootTask, Snapshot, Volume};
use super::table::Table;
use super::vpc::*;
use crate::base::ids::*;
use crate::base::key::Key;
use crate::catalog::quotas::QuotaFamily;
use ipnet::{Ipv4Net, Ipv6Net};
use serde::Serialize;
use std::net::Ipv6Addr;

/// A row of a table of [`Ec2`].
pub trait Row: Clone + Serialize + 'static {
    /// Its id's type.
    type Id: Copy + Key + Into<ResourceId>;
    /// Its id.
    fn id(&self) -> Self::Id;
    /// Its table.
    fn table(ec2: &Ec2) -> &Table<Self::Id, Self>;
    /// Its table, to write; only `standing` calls it.
    fn table_mut(ec2: &mut Ec2) -> &mut Table<Self::Id, Self>;
    /// The resources that it needs to exist. What may outlive its target (an instance's image, a volume's
    /// snapshot, a route's gateway) is not declared here.
    fn references(&self, out: &mut Vec<ResourceId>);
    /// What further indexes follow from: a change that leaves it as it was leaves them alone. What it lacks the integrity
    /// check finds.
    type Indexed: PartialEq;
    /// That of this row.
    fn indexed(&self) -> Self::Indexed;
    /// Puts a row into those indexes, or takes it out.
    fn index(_indexed: &Self::Indexed, _id: Self::Id, _ec2: &mut Ec2, _present: bool) {}
}

macro_rules! row {
    (
        $row:ident, $id:ident, $($table:ident).+, |$this:ident, $out:ident| $body:block
    ) => {
        row!($row, $id, $($table).+, |$this, $out| $body, (), |_this| (), |_indexed, _id, _ec2, _present| {});
    };
    (
        $row:ident, $id:ident, $($table:ident).+, |$this:ident, $out:ident| $body:block,
        $indexed:ty, |$own:ident| $make:expr, |$i:ident, $key:ident, $ec2:ident, $present:ident| $index:block
    ) => {
        impl Row for $row {
            type Id = $id;
            fn id(&self) -> $id { self.id }
            fn table(ec2: &Ec2) -> &Table<$id, $row> { &ec2.$($table).+ }
            fn table_mut(ec2: &mut Ec2) -> &mut Table<$id, $row> { &mut ec2.$($table).+ }
            fn references(&self, $out: &mut Vec<ResourceId>) { let $this = self; $body }
            type Indexed = $indexed;
            fn indexed(&self) -> $indexed { let $own = self; $make }
            fn index($i: &$indexed, $key: $id, $ec2: &mut Ec2, $present: bool) { $index }
        }
    };
}

/// The IPv4 addresses of an interface, which are in the indexes.
#[derive(PartialEq)]
pub struct Addresses {
    interface: NetworkInterfaceId,
    vpc: VpcId,
    addresses: Vec<PrivateAddress>,
}

impl Addresses {
    fn of(interface: &NetworkInterface) -> Addresses {
        Addresses {
            interface: interface.id,
            vpc: interface.vpc,
            addresses: interface.addresses.clone(),
        }
    }

    /// Puts them into the indexes, or takes them out.
    fn index(&self, ec2: &mut Ec2, present: bool) {
        for address in &self.addresses {
            let key = (self.vpc, address.private);
            if present {
                ec2.by_private_address.insert(key, self.interface);
            } else {
                ec2.by_private_address.remove(&key);
            }
            if let Some(public) = address.public {
                if present {
                    ec2.by_public_address.insert(public.address, self.interface);
                } else {
                    ec2.by_public_address.remove(&public.address);
                }
            }
        }
    }
}

row!(
    Instance,
    InstanceId,
    instances,
    |this, out| {
        // A terminated instance stays visible for about an hour and holds nothing.
        if this.state != InstanceState::Terminated {
            match &this.classic {
                Some(seat) => {
                    out.extend(seat.interface.groups.iter().map(|group| ResourceId::from(*group)));
                    if let Some(link) = &seat.link {
                        out.push(link.vpc.into());
                        out.extend(link.groups.iter().map(|group| ResourceId::from(*group)));
                    }
                }
                None if this.is_classic() => {}
                None => {
                    out.push(this.subnet.into());
                    out.push(this.vpc.into());
                }
            }
            out.extend(this.host.map(ResourceId::from));
            out.extend(this.block_devices.iter().map(|device| ResourceId::from(device.volume)));
        }
    },
    // The vCPUs that count, and the addresses of one in EC2-Classic.
    (Option<(QuotaFamily, i64)>, Option<Addresses>),
    |this| {
        // What runs on Dedicated Hosts counts against the quota of hosts.
        let counts =
            this.tenancy != Tenancy::Host && matches!(this.state, InstanceState::Pending | InstanceState::Running);
        let kind = this.instance_type;
        let vcpus = counts.then(|| (kind.quota_family(), i64::from(kind.vcpus())));
        (vcpus, this.classic.as_ref().map(|seat| Addresses::of(&seat.interface)))
    },
    |indexed, _id, ec2, present| {
        let (vcpus, addresses) = indexed;
        if let Some((family, vcpus)) = *vcpus {
            let before = ec2.running_vcpus.get(&family).copied().unwrap_or(0);
            let now = if present { before + vcpus } else { before - vcpus };
            if now == 0 {
                ec2.running_vcpus.remove(&family);
            } else {
                ec2.running_vcpus.insert(family, now);
            }
        }
        if let Some(addresses) = addresses {
            addresses.index(ec2, present);
        }
    }
);
row!(Image, ImageId, images, |this, out| {
    out.extend(
        this.mappings
            .iter()
            .filter_map(|m| m.ebs.as_ref()?.snapshot.map(ResourceId::from)),
    );
});
row!(KeyPair, KeyPairId, key_pairs, |_this, _out| {});
row!(LaunchTemplate, LaunchTemplateId, launch_templates, |_this, _out| {});
row!(PlacementGroup, PlacementGroupId, placement_groups, |_this, _out| {});
row!(SpotRequest, SpotRequestId, spot_requests, |_this, _out| {});
row!(PhysicalHost, HostId, hosts, |_this, _out| {});
row!(Vpc, VpcId, vpcs, |this, out| {
    if !this.no_dhcp_options {
        out.push(this.dhcp_options.into());
    }
});
row!(Subnet, SubnetId, subnets, |this, out| {
    out.push(this.vpc.into());
    out.push(this.acl.1.into());
});
row!(
    RouteTable,
    RouteTableId,
    route_tables,
    |this, out| {
        out.push(this.vpc.into());
        out.extend(this.subnets.iter().map(|(_, subnet)| ResourceId::from(*subnet)));
        out.extend(this.gateways.iter().map(|(_, gateway)| ResourceId::from(*gateway)));
        out.extend(this.routes.iter().filter_map(|route| match route.destination {
            RouteDestination::PrefixList(list) => Some(ResourceId::from(list)),
            RouteDestination::Cidr(_) => None,
        }));
    },
    Vec<SubnetId>,
    |this| this.subnets.iter().map(|(_, subnet)| *subnet).collect(),
    |subnets, id, ec2, present| {
        for subnet in subnets {
            if present {
                ec2.table_of_subnet.insert(*subnet, id);
            } else {
                ec2.table_of_subnet.remove(subnet);
            }
        }
    }
);
row!(InternetGateway, InternetGatewayId, internet_gateways, |this, out| {
    out.extend(this.vpc.map(ResourceId::from));
});
row!(NetworkAcl, NetworkAclId, network_acls, |this, out| {
    out.push(this.vpc.into());
});
row!(
    SecurityGroup,
    SecurityGroupId,
    security_groups,
    |this, out| {
        if this.vpc != NO_VPC {
            out.push(this.vpc.into());
        }
        out.extend(this.vpcs.iter().map(|vpc| ResourceId::from(*vpc)));
        out.extend(this.rules.iter().filter_map(|rule| match rule.peer {
            Peer::Group(group) if group != this.id => Some(ResourceId::from(group)),
            Peer::PrefixList(list) => Some(ResourceId::from(list)),
            _ => None,
        }));
    },
    (VpcId, String),
    |this| (this.vpc, this.name.clone()),
    |key, id, ec2, present| {
        if present {
            ec2.group_of_name.insert(key.clone(), id);
        } else {
            ec2.group_of_name.remove(key);
        }
    }
);
row!(PrefixList, PrefixListId, prefix_lists, |_this, _out| {});
row!(
    NetworkInterface,
    NetworkInterfaceId,
    interfaces,
    |this, out| {
        out.push(this.subnet.into());
        out.push(this.vpc.into());
        out.extend(this.groups.iter().map(|group| ResourceId::from(*group)));
        out.extend(
            this.attachment
                .iter()
                .map(|attachment| ResourceId::from(attachment.instance)),
        );
    },
    (Addresses, Vec<Ipv6Addr>, Vec<Ipv4Net>, Vec<Ipv6Net>),
    |this| {
        let prefixes = (this.ipv4_prefixes.clone(), this.ipv6_prefixes.clone());
        (Addresses::of(this), this.ipv6.clone(), prefixes.0, prefixes.1)
    },
    |indexed, id, ec2, present| {
        let (addresses, ipv6, ipv4_prefixes, ipv6_prefixes) = indexed;
        for address in ipv6 {
            if present {
                ec2.by_ipv6_address.insert(*address, id);
            } else {
                ec2.by_ipv6_address.remove(address);
            }
        }
        for key in ipv4_prefixes.iter().map(|net| (addresses.vpc, net.network())) {
            if present {
                ec2.by_ipv4_prefix.insert(key, id);
            } else {
                ec2.by_ipv4_prefix.remove(&key);
            }
        }
        for net in ipv6_prefixes {
            if present {
                ec2.by_ipv6_prefix.insert(net.network(), id);
            } else {
                ec2.by_ipv6_prefix.remove(&net.network());
            }
        }
        addresses.index(ec2, present);
    }
);
row!(ElasticAddress, AllocationId, addresses, |this, out| {
    let standard = this.is_standard();
    out.extend(this.association.iter().map(|(_, interface, _)| match standard {
        true => ResourceId::from(InstanceId(interface.0)),
        false => ResourceId::from(*interface),
    }));
    out.extend(this.nat.map(|used| ResourceId::from(used.gateway)));
});
row!(DhcpOptions, DhcpOptionsId, dhcp_options, |_this, _out| {});
// A task outlives the instance and the volumes that it was about.
row!(RootTask, ReplaceRootVolumeTaskId, root_tasks, |_this, _out| {});
row!(
    InterfacePermission,
    NetworkInterfacePermissionId,
    interface_permissions,
    |this, out| {
        out.push(this.interface.into());
    }
);
row!(
    SubnetReservation,
    SubnetCidrReservationId,
    subnet_reservations,
    |this, out| {
        out.push(this.subnet.into());
    }
);
row!(
    NatGateway,
    NatGatewayId,
    gateways.nat,
    |this, out| {
        if this.state.is_alive() {
            out.push(this.vpc.into());
            match this.regional {
                Some(regional) => out.extend(regional.table.map(ResourceId::from)),
                None => out.push(this.subnet.into()),
            }
            out.extend(this.interface().map(ResourceId::from));
        }
    },
    Option<NetworkInterfaceId>,
    |this| this.interface().filter(|_| this.state.is_alive()),
    |interface, id, ec2, present| {
        if let Some(interface) = interface {
            if present {
                ec2.gateways.nat_by_interface.insert(*interface, id);
            } else {
                ec2.gateways.nat_by_interface.remove(interface);
            }
        }
    }
);
row!(
    EgressOnlyGateway,
    EgressOnlyGatewayId,
    gateways.egress_only,
    |this, out| {
        out.push(this.vpc.into());
    }
);
row!(PublicBlock, PublicBlockId, estate.public_block, |_this, _out| {});
row!(PublicExclusion, PublicExclusionId, estate.exclusions, |_this, _out| {});
// A reservation outlives hosts that AWS replaces.
row!(
    HostReservation,
    HostReservationId,
    estate.host_reservations,
    |_this, _out| {}
);
// Targets that end leave their window.
row!(EventWindow, EventWindowId, estate.windows, |_this, _out| {});
// A copy outlives its source.
row!(FpgaImage, FpgaImageId, keeping.fpga_images, |_this, _out| {});
// A flow log outlives what it logs.
row!(FlowLog, FlowLogId, flow_logs.logs, |_this, _out| {});
// So does a target the interface or the endpoint that it stands for. (A session goes with its source.)
row!(MirrorTarget, TrafficMirrorTargetId, mirroring.targets, |_this, _out| {});
row!(MirrorFilter, TrafficMirrorFilterId, mirroring.filters, |_this, _out| {});
row!(MirrorRule, TrafficMirrorRuleId, mirroring.rules, |this, out| {
    out.push(this.filter.into());
});
row!(
    MirrorSession,
    TrafficMirrorSessionId,
    mirroring.sessions,
    |this, out| {
        out.push(this.target.into());
        out.push(this.filter.into());
    }
);
row!(CarrierGateway, CarrierGatewayId, gateways.carrier, |this, out| {
    if this.state.is_alive() {
        out.push(this.vpc.into());
    }
});
row!(CustomerGateway, CustomerGatewayId, gateways.customer, |_this, _out| {});
row!(VpnGateway, VpnGatewayId, gateways.vpn, |this, out| {
    if this.state.is_alive() {
        out.extend(this.vpc().map(ResourceId::from));
    }
});
row!(VpnConnection, VpnConnectionId, gateways.connections, |this, out| {
    if this.state.is_alive() {
        out.push(this.customer.into());
        out.extend(this.gateway.map(ResourceId::from));
        out.extend(this.transit.map(ResourceId::from));
        out.extend(this.concentrator.map(ResourceId::from));
    }
});
row!(
    Volume,
    VolumeId,
    volumes,
    |this, out| {
        out.extend(
            this.attachments
                .iter()
                .map(|attachment| ResourceId::from(attachment.instance)),
        );
    },
    (Option<SnapshotId>, String, i64, i64),
    |this| (
        this.chain,
        this.volume_type.clone(),
        this.size_gib,
        this.iops.unwrap_or(0)
    ),
    |indexed, id, ec2, present| {
        let (chain, volume_type, more_gib, more_iops) = indexed;
        if let Some(snapshot) = *chain {
            if present {
                ec2.volumes_of_chain.insert((snapshot, id), ());
            } else {
                ec2.volumes_of_chain.remove(&(snapshot, id));
            }
        }
        let sign = if present { 1 } else { -1 };
        let (gib, iops) = ec2.volume_totals.get(volume_type).copied().unwrap_or_default();
        let total = (gib + sign * more_gib, iops + sign * more_iops);
        if total == (0, 0) {
            ec2.volume_totals.remove(volume_type);
        } else {
            ec2.volume_totals.insert(volume_type.clone(), total);
        }
    }
);
row!(
    Snapshot,
    SnapshotId,
    snapshots,
    |_this, _out| {},
    (Option<SnapshotId>, Option<VolumeId>),
    |this| (this.parent, this.volume),
    |indexed, id, ec2, present| {
        if let Some(parent) = indexed.0 {
            if present {
                ec2.snapshot_children.insert((parent, id), ());
            } else {
                ec2.snapshot_children.remove(&(parent, id));
            }
        }
        if let Some(volume) = indexed.1 {
            if present {
                ec2.snapshots_of_volume.insert((volume, id), ());
            } else {
                ec2.snapshots_of_volume.remove(&(volume, id));
            }
        }
    }
);

row!(InsightsPath, InsightsPathId, insights.paths, |_this, _out| {});
row!(InsightsAnalysis, InsightsAnalysisId, insights.analyses, |this, out| {
    out.push(this.path.into());
});
row!(AccessScope, AccessScopeId, insights.scopes, |_this, _out| {});
row!(
    AccessAnalysis,
    AccessAnalysisId,
    insights.scope_analyses,
    |this, out| {
        out.push(this.scope.into());
    }
);
mod balancing;
mod links;

/// All that refers to `id`, by kind and id.
pub(super) fn referrers(ec2: &Ec2, id: ResourceId) -> impl Iterator<Item = ResourceId> + '_ {
    // The smallest and the largest id of all kinds close the range.
    let low = ResourceId::Instance(InstanceId(0));
    let high = ResourceId::of(Kind::ALL.last().copied().unwrap_or(Kind::Instance), u64::MAX);
    ec2.referrers.range((id, low)..=(id, high)).map(|((_, by), ())| *by)
}

/// Whether the Region has this resource.
pub(super) fn exists(ec2: &Ec2, id: ResourceId) -> bool {
    match id {
        ResourceId::Instance(id) => ec2.instances.contains(&id),
        ResourceId::Image(id) => ec2.images.contains(&id),
        ResourceId::KeyPair(id) => ec2.key_pairs.contains(&id),
        ResourceId::Host(id) => ec2.hosts.contains(&id),
        ResourceId::Vpc(id) => ec2.vpcs.contains(&id),
        ResourceId::Subnet(id) => ec2.subnets.contains(&id),
        ResourceId::RouteTable(id) => ec2.route_tables.contains(&id),
        ResourceId::InternetGateway(id) => ec2.internet_gateways.contains(&id),
        ResourceId::NetworkAcl(id) => ec2.network_acls.contains(&id),
        ResourceId::SecurityGroup(id) => ec2.security_groups.contains(&id),
        ResourceId::PrefixList(id) => ec2.prefix_lists.contains(&id),
        ResourceId::NetworkInterface(id) => ec2.interfaces.contains(&id),
        ResourceId::Address(id) => ec2.addresses.contains(&id),
        ResourceId::DhcpOptions(id) => ec2.dhcp_options.contains(&id),
        ResourceId::NetworkInterfacePermission(id) => ec2.interface_permissions.contains(&id),
        ResourceId::ReplaceRootVolumeTask(id) => ec2.root_tasks.contains(&id),
        ResourceId::SubnetCidrReservation(id) => ec2.subnet_reservations.contains(&id),
        ResourceId::Volume(id) => ec2.volumes.contains(&id),
        ResourceId::Snapshot(id) => ec2.snapshots.contains(&id),
        ResourceId::LaunchTemplate(id) => ec2.launch_templates.contains(&id),
        ResourceId::PlacementGroup(id) => ec2.placement_groups.contains(&id),
        ResourceId::SpotRequest(id) => ec2.spot_requests.contains(&id),
        ResourceId::NatGateway(id) => ec2.gateways.nat.contains(&id),
        ResourceId::EgressOnlyGateway(id) => ec2.gateways.egress_only.contains(&id),
        ResourceId::CarrierGateway(id) => ec2.gateways.carrier.contains(&id),
        ResourceId::CustomerGateway(id) => ec2.gateways.customer.contains(&id),
        ResourceId::VpnGateway(id) => ec2.gateways.vpn.contains(&id),
        ResourceId::VpnConnection(id) => ec2.gateways.connections.contains(&id),
        ResourceId::VpcPeering(id) => ec2.links.peerings.contains(&id),
        ResourceId::VpcEndpoint(id) => ec2.links.endpoints.contains(&id),
        ResourceId::EndpointService(id) => ec2.links.services.contains(&id),
        ResourceId::EndpointNotification(id) => ec2.links.notifications.contains(&id),
        ResourceId::TransitGateway(id) => ec2.links.transits.contains(&id),
        ResourceId::TransitAttachment(id) => ec2.links.attachments.contains(&id),
        ResourceId::PublicBlock(id) => ec2.estate.public_block.contains(&id),
        ResourceId::PublicExclusion(id) => ec2.estate.exclusions.contains(&id),
        ResourceId::HostReservation(id) => ec2.estate.host_reservations.contains(&id),
        ResourceId::EventWindow(id) => ec2.estate.windows.contains(&id),
        ResourceId::FpgaImage(id) => ec2.keeping.fpga_images.contains(&id),
        ResourceId::FlowLog(id) => ec2.flow_logs.logs.contains(&id),
        ResourceId::TrafficMirrorTarget(id) => ec2.mirroring.targets.contains(&id),
        ResourceId::TrafficMirrorFilter(id) => ec2.mirroring.filters.contains(&id),
        ResourceId::TrafficMirrorRule(id) => ec2.mirroring.rules.contains(&id),
        ResourceId::TrafficMirrorSession(id) => ec2.mirroring.sessions.contains(&id),
        ResourceId::BundleTask(id) => ec2.keeping.bundles.contains(&id),
        ResourceId::ImageExport(_) | ResourceId::InstanceExport(_) => ec2.keeping.exports.contains(&id),
        ResourceId::InstanceImport(_) | ResourceId::VolumeImport(_) => ec2.keeping.conversions.contains(&id),
        ResourceId::LifecyclePolicy(id) => ec2.keeping.policies.contains(&id),
        ResourceId::TransitTable(id) => ec2.links.transit_tables.contains(&id),
        ResourceId::InsightsPath(id) => ec2.insights.paths.contains(&id),
        ResourceId::InsightsAnalysis(id) => ec2.insights.analyses.contains(&id),
        ResourceId::AccessScope(id) => ec2.insights.scopes.contains(&id),
        ResourceId::AccessAnalysis(id) => ec2.insights.scope_analyses.contains(&id),
        ResourceId::ConnectPeer(id) => ec2.links.connect_peers.contains(&id),
        ResourceId::MulticastDomain(id) => ec2.links.multicast.contains(&id),
        ResourceId::TransitPolicyTable(id) => ec2.links.policy_tables.contains(&id),
        ResourceId::TransitAnnouncement(id) => ec2.links.announcements.contains(&id),
        ResourceId::MeteringPolicy(id) => ec2.links.metering.contains(&id),
        ResourceId::VpnConcentrator(id) => ec2.links.concentrators.contains(&id),
        ResourceId::LoadBalancer(id) => ec2.balancing.balancers.contains(&id),
        ResourceId::TargetGroup(id) => ec2.balancing.groups.contains(&id),
        ResourceId::Listener(id) => ec2.balancing.listeners.contains(&id),
        ResourceId::ListenerRule(id) => ec2.balancing.rules.contains(&id),
        ResourceId::ClassicBalancer(id) => ec2.balancing.classic.contains(&id),
        ResourceId::TrustStore(id) => ec2.balancing.trust_stores.contains(&id),
        ResourceId::SecurityGroupRule(id) => ec2.security_groups.rows().any(|g| g.rules.iter().any(|r| r.id == id)),
        ResourceId::Reservation(id) => ec2.instances.rows().any(|i| i.reservation == id),
        ResourceId::InstanceEvent(id) => ec2.instances.rows().any(|i| i.more.events.iter().any(|e| e.id == id)),
        ResourceId::RouteTableAssociation(_)
        | ResourceId::NetworkAclAssociation(_)
        | ResourceId::Attachment(_)
        | ResourceId::AddressAssociation(_)
        | ResourceId::VpcCidrAssociation(_)
        | ResourceId::SubnetCidrAssociation(_)
        // Route 53 is in no Region, and S3's buckets are known by name.
        | ResourceId::HostedZone(_)
        | ResourceId::Change(_)
        | ResourceId::Bucket(_) => false,
    }
}
