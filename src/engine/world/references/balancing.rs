//! References of load balancers and what belongs to them. The declarations only: what they mean is in the module above.

use super::{Ec2, Row};
use crate::base::ids::*;
use crate::world::balancing::Listener;
use crate::world::balancing::*;
use crate::world::table::Table;

/// A load balancer's interfaces, which are in an index.
fn interfaces_of(places: &[BalancerPlace]) -> Vec<NetworkInterfaceId> {
    places.iter().map(|place| place.interface).collect()
}

/// Puts a load balancer's interfaces into the index, or takes them out.
fn index_interfaces(interfaces: &[NetworkInterfaceId], id: ResourceId, ec2: &mut Ec2, present: bool) {
    for interface in interfaces {
        if present {
            ec2.balancing.by_interface.insert(*interface, id);
        } else {
            ec2.balancing.by_interface.remove(interface);
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
    Vec<NetworkInterfaceId>,
    |this| interfaces_of(&this.places),
    |interfaces, id, ec2, present| {
        index_interfaces(interfaces, id.into(), ec2, present);
    }
);
row!(
    ClassicBalancer,
    ClassicBalancerId,
    balancing.classic,
    |this, out| {
        refer_to_places(this.vpc, &this.places, &this.groups, out);
    },
    Vec<NetworkInterfaceId>,
    |this| interfaces_of(&this.places),
    |interfaces, id, ec2, present| {
        index_interfaces(interfaces, id.into(), ec2, present);
    }
);
row!(Listener, ListenerId, balancing.listeners, |this, out| {
    out.push(this.balancer.into());
    out.extend(
        this.mutual
            .as_ref()
            .and_then(|mutual| mutual.store)
            .map(ResourceId::from),
    );
});
row!(TrustStore, TrustStoreId, balancing.trust_stores, |_this, _out| {});
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
