//! Which row refers to which, declared once. From the declarations follow the index of referrers, DependencyViolation,
//! the inspector's "what refers to it" and the integrity check.

use super::Ec2;
use super::access_scopes::*;
use super::balancing::Listener;
use super::balancing::*;
use super::classic::NO_VPC;
use super::compute::*;
use super::estate::*;
use super::flow_logs::FlowLog;
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
use serde::Serialize;

/// A row of a table of [`Ec2`].
pub trait Row: Clone + Serialize + 'static {
    /// Its id's type.
    type Id: Copy + Key + Into<ResourceId>;
    /// Its id.
    fn id(&self) -> Self::Id;
    /// Its table.
    fn table(ec2: &Ec2) -> &Table<Self::Id, Self>;
    /// Its table, to write; only this module calls it.
    fn table_mut(ec2: &mut Ec2) -> &mut Table<Self::Id, Self>;
    /// The resources that it needs to exist. What may outlive its target (an instance's image, a volume's
    /// snapshot, a route's gateway) is not declared here.
    fn references(&self, out: &mut Vec<ResourceId>);
    /// Further indexes that follow from the row.
    fn index(&self, _ec2: &mut Ec2, _present: bool) {}
    /// Whether a row is in those indexes just as this one is: a change that touches nothing of them leaves them alone. What
    /// says yes wrongly the integrity check finds.
    fn is_indexed_like(&self, _other: &Self) -> bool {
        true
    }
}

macro_rules! row {
    (
        $row:ident, $id:ident, $($table:ident).+, |$this:ident, $out:ident| $body:block
        $(, |$i:ident, $ec2:ident, $present:ident| $index:block, |$a:ident, $b:ident| $alike:expr)?
    ) => {
        impl Row for $row {
            type Id = $id;
            fn id(&self) -> $id { self.id }
            fn table(ec2: &Ec2) -> &Table<$id, $row> { &ec2.$($table).+ }
            fn table_mut(ec2: &mut Ec2) -> &mut Table<$id, $row> { &mut ec2.$($table).+ }
            fn references(&self, $out: &mut Vec<ResourceId>) { let $this = self; $body }
            $(
                fn index(&self, $ec2: &mut Ec2, $present: bool) { let $i = self; $index }
                fn is_indexed_like(&self, $b: &Self) -> bool { let $a = self; $alike }
            )?
        }
    };
}

/// The addresses of an instance in EC2-Classic, which are in the indexes.
fn addresses_of(instance: &Instance) -> &[PrivateAddress] {
    let seat = instance.classic.as_ref();
    seat.map(|seat| seat.interface.addresses.as_slice()).unwrap_or_default()
}

/// Puts the IPv4 addresses of an interface into the indexes, or takes them out.
fn index_addresses(interface: &NetworkInterface, ec2: &mut Ec2, present: bool) {
    for address in &interface.addresses {
        let key = (interface.vpc, address.private);
        if present {
            ec2.by_private_address.insert(key, interface.id);
        } else {
            ec2.by_private_address.remove(&key);
        }
        if let Some(public) = address.public {
            if present {
                ec2.by_public_address.insert(public.address, interface.id);
            } else {
                ec2.by_public_address.remove(&public.address);
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
    |this, ec2, present| {
        // What runs on Dedicated Hosts counts against the quota of hosts.
        let counts = this.tenancy != Tenancy::Host;
        if counts && matches!(this.state, InstanceState::Pending | InstanceState::Running) {
            let family = this.instance_type.quota_family();
            let vcpus = i64::from(this.instance_type.vcpus());
            let before = ec2.running_vcpus.get(&family).copied().unwrap_or(0);
            let now = if present { before + vcpus } else { before - vcpus };
            if now == 0 {
                ec2.running_vcpus.remove(&family);
            } else {
                ec2.running_vcpus.insert(family, now);
            }
        }
        if let Some(seat) = &this.classic {
            index_addresses(&seat.interface, ec2, present);
        }
    },
    |a, b| {
        (a.state, a.instance_type, a.tenancy) == (b.state, b.instance_type, b.tenancy)
            && addresses_of(a) == addresses_of(b)
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
    |this, ec2, present| {
        for (_, subnet) in &this.subnets {
            if present {
                ec2.table_of_subnet.insert(*subnet, this.id);
            } else {
                ec2.table_of_subnet.remove(subnet);
            }
        }
    },
    |a, b| a.subnets == b.subnets
);
row!(InternetGateway, InternetGatewayId, internet_gateways, |this, out| {
    out.extend(this.vpc.map(ResourceId::from));
});
row!(NetworkAcl, NetworkAclId, network_acls, |this, out| {
    out.push(this.vpc.into());
});
row!(SecurityGroup, SecurityGroupId, security_groups, |this, out| {
    if this.vpc != NO_VPC {
        out.push(this.vpc.into());
    }
    out.extend(this.vpcs.iter().map(|vpc| ResourceId::from(*vpc)));
    out.extend(this.rules.iter().filter_map(|rule| match rule.peer {
        Peer::Group(group) if group != this.id => Some(ResourceId::from(group)),
        Peer::PrefixList(list) => Some(ResourceId::from(list)),
        _ => None,
    }));
});
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
    |this, ec2, present| {
        for address in &this.ipv6 {
            if present {
                ec2.by_ipv6_address.insert(*address, this.id);
            } else {
                ec2.by_ipv6_address.remove(address);
            }
        }
        for key in this.ipv4_prefixes.iter().map(|net| (this.vpc, net.network())) {
            if present {
                ec2.by_ipv4_prefix.insert(key, this.id);
            } else {
                ec2.by_ipv4_prefix.remove(&key);
            }
        }
        for net in &this.ipv6_prefixes {
            if present {
                ec2.by_ipv6_prefix.insert(net.network(), this.id);
            } else {
                ec2.by_ipv6_prefix.remove(&net.network());
            }
        }
        index_addresses(this, ec2, present);
    },
    |a, b| {
        (&a.addresses, &a.ipv6) == (&b.addresses, &b.ipv6)
            && (&a.ipv4_prefixes, &a.ipv6_prefixes) == (&b.ipv4_prefixes, &b.ipv6_prefixes)
            && a.vpc == b.vpc
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
    |this, ec2, present| {
        if let Some(interface) = this.interface().filter(|_| this.state.is_alive()) {
            if present {
                ec2.gateways.nat_by_interface.insert(interface, this.id);
            } else {
                ec2.gateways.nat_by_interface.remove(&interface);
            }
        }
    },
    |a, b| (a.state.is_alive(), a.interface()) == (b.state.is_alive(), b.interface())
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
    |this, ec2, present| {
        if let Some(snapshot) = this.chain {
            if present {
                ec2.volumes_of_chain.insert((snapshot, this.id), ());
            } else {
                ec2.volumes_of_chain.remove(&(snapshot, this.id));
            }
        }
        let sign = if present { 1 } else { -1 };
        let (gib, iops) = ec2.volume_totals.get(&this.volume_type).copied().unwrap_or_default();
        let total = (gib + sign * this.size_gib, iops + sign * this.iops.unwrap_or(0));
        if total == (0, 0) {
            ec2.volume_totals.remove(&this.volume_type);
        } else {
            ec2.volume_totals.insert(this.volume_type.clone(), total);
        }
    },
    |a, b| (a.chain, &a.volume_type, a.size_gib, a.iops) == (b.chain, &b.volume_type, b.size_gib, b.iops)
);
row!(
    Snapshot,
    SnapshotId,
    snapshots,
    |_this, _out| {},
    |this, ec2, present| {
        if let Some(parent) = this.parent {
            if present {
                ec2.snapshot_children.insert((parent, this.id), ());
            } else {
                ec2.snapshot_children.remove(&(parent, this.id));
            }
        }
        if let Some(volume) = this.volume {
            if present {
                ec2.snapshots_of_volume.insert((volume, this.id), ());
            } else {
                ec2.snapshots_of_volume.remove(&(volume, this.id));
            }
        }
    },
    |a, b| (a.parent, a.volume) == (b.parent, b.volume)
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
mod links;

/// Puts a load balancer's interfaces into the index, or takes them out.
fn index_places(places: &[BalancerPlace], id: ResourceId, ec2: &mut Ec2, present: bool) {
    for place in places {
        if present {
            ec2.balancing.by_interface.insert(place.interface, id);
        } else {
            ec2.balancing.by_interface.remove(&place.interface);
        }
    }
}

/// What a load balancer holds by where it is.
fn refer_to_places(vpc: VpcId, places: &[BalancerPlace], groups: &[SecurityGroupId], out: &mut Vec<ResourceId>) {
    out.push(vpc.into());
    out.extend(places.iter().map(|place| ResourceId::from(place.subnet)));
    out.extend(places.iter().map(|place| ResourceId::from(place.interface)));
    out.extend(groups.iter().map(|group| ResourceId::from(*group)));
}

row!(
    LoadBalancer,
    LoadBalancerId,
    balancing.balancers,
    |this, out| {
        refer_to_places(this.vpc, &this.places, &this.groups, out);
    },
    |this, ec2, present| {
        index_places(&this.places, this.id.into(), ec2, present);
    },
    |a, b| a.places == b.places
);
row!(
    ClassicBalancer,
    ClassicBalancerId,
    balancing.classic,
    |this, out| {
        refer_to_places(this.vpc, &this.places, &this.groups, out);
    },
    |this, ec2, present| {
        index_places(&this.places, this.id.into(), ec2, present);
    },
    |a, b| a.places == b.places
);
row!(Listener, ListenerId, balancing.listeners, |this, out| {
    out.push(this.balancer.into());
});
row!(ListenerRule, ListenerRuleId, balancing.rules, |this, out| {
    out.push(this.listener.into());
    out.extend(this.action.groups().iter().map(|(group, _)| ResourceId::from(*group)));
});
// A group does not hold its VPC, and instances that are its targets may go; a load balancer that is one may not.
row!(TargetGroup, TargetGroupId, balancing.groups, |this, out| {
    out.extend(this.targets.iter().filter_map(|target| match target.point {
        TargetPoint::Alb(id) => Some(ResourceId::from(id)),
        _ => None,
    }));
});

fn sorted_references<R: Row>(row: &R) -> Vec<ResourceId> {
    let mut out = Vec::new();
    row.references(&mut out);
    out.sort_unstable();
    out.dedup();
    out
}

pub(super) fn put<R: Row>(ec2: &mut Ec2, row: R) {
    let id = row.id();
    let own: ResourceId = id.into();
    let new = sorted_references(&row);
    let before = R::table(ec2).share(&id);
    let old = before
        .as_ref()
        .map(|before| sorted_references(&before.1))
        .unwrap_or_default();
    for gone in old.iter().filter(|target| new.binary_search(target).is_err()) {
        ec2.referrers.remove(&(*gone, own));
    }
    for target in new.iter().filter(|target| old.binary_search(target).is_err()) {
        ec2.referrers.insert((*target, own), ());
    }
    match before.as_ref().map(|before| &before.1) {
        Some(before) if row.is_indexed_like(before) => {}
        before => {
            if let Some(before) = before {
                before.index(ec2, false);
            }
            row.index(ec2, true);
        }
    }
    R::table_mut(ec2).insert(id, row);
}

pub(super) fn take<R: Row>(ec2: &mut Ec2, id: R::Id) -> Option<R> {
    let row = R::table(ec2).get(&id)?.clone();
    let own: ResourceId = id.into();
    for target in sorted_references(&row) {
        ec2.referrers.remove(&(target, own));
    }
    row.index(ec2, false);
    R::table_mut(ec2).remove(&id);
    ec2.tags.remove(&own);
    Some(row)
}

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
        ResourceId::FlowLog(id) => ec2.flow_logs.logs.contains(&id),
        ResourceId::TrafficMirrorTarget(id) => ec2.mirroring.targets.contains(&id),
        ResourceId::TrafficMirrorFilter(id) => ec2.mirroring.filters.contains(&id),
        ResourceId::TrafficMirrorRule(id) => ec2.mirroring.rules.contains(&id),
        ResourceId::TrafficMirrorSession(id) => ec2.mirroring.sessions.contains(&id),
        ResourceId::BundleTask(id) => ec2.keeping.bundles.contains(&id),
        ResourceId::LifecyclePolicy(id) => ec2.keeping.policies.contains(&id),
        ResourceId::TransitTable(id) => ec2.links.transit_tables.contains(&id),
        ResourceId::InsightsPath(id) => ec2.insights.paths.contains(&id),
        ResourceId::InsightsAnalysis(id) => ec2.insights.analyses.contains(&id),
        ResourceId::AccessScope(id) => ec2.insights.scopes.contains(&id),
        ResourceId::AccessAnalysis(id) => ec2.insights.scope_analyses.contains(&id),
        ResourceId::ConnectPeer(id) => ec2.links.connect_peers.contains(&id),
        ResourceId::MulticastDomain(id) => ec2.links.multicast.contains(&id),
        ResourceId::TransitPolicyTable(id) => ec2.links.policy_tables.contains(&id),
        ResourceId::LoadBalancer(id) => ec2.balancing.balancers.contains(&id),
        ResourceId::TargetGroup(id) => ec2.balancing.groups.contains(&id),
        ResourceId::Listener(id) => ec2.balancing.listeners.contains(&id),
        ResourceId::ListenerRule(id) => ec2.balancing.rules.contains(&id),
        ResourceId::ClassicBalancer(id) => ec2.balancing.classic.contains(&id),
        ResourceId::SecurityGroupRule(id) => ec2.security_groups.rows().any(|g| g.rules.iter().any(|r| r.id == id)),
        ResourceId::Reservation(id) => ec2.instances.rows().any(|i| i.reservation == id),
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
