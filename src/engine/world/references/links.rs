//! References of what links networks. The declarations only: what they mean is in the module above.

use super::{Ec2, Row};
use crate::base::ids::*;
use crate::world::links::*;
use crate::world::table::Table;
use crate::world::transits::*;
use crate::world::vpc::RouteDestination;

row!(VpcPeering, VpcPeeringConnectionId, links.peerings, |this, out| {
    // One that has ended stays visible for a while and holds nothing.
    if this.state.is_alive() {
        let here = this.sides().into_iter().filter(|side| side.region == this.here);
        out.extend(here.filter_map(|side| side.own).map(ResourceId::from));
    }
});
row!(VpcEndpoint, VpcEndpointId, links.endpoints, |this, out| {
    if !this.state.is_gone() {
        out.push(this.vpc.into());
        out.extend(this.tables.iter().map(|table| ResourceId::from(*table)));
        out.extend(this.subnets.iter().map(|(_, interface)| ResourceId::from(*interface)));
        out.extend(this.provider.map(ResourceId::from));
    }
});
row!(EndpointService, EndpointServiceId, links.services, |_this, _out| {});
row!(
    EndpointNotification,
    EndpointNotificationId,
    links.notifications,
    |_this, _out| {}
);

row!(TransitGateway, TransitGatewayId, links.transits, |this, out| {
    out.extend(this.association.map(ResourceId::from));
    out.extend(this.propagation.map(ResourceId::from));
});
row!(
    TransitAttachment,
    TransitAttachmentId,
    links.attachments,
    |this, out| {
        if !this.state.is_gone() {
            out.push(this.gateway.into());
            out.extend(this.vpc().map(ResourceId::from));
            out.extend(this.subnets().iter().map(|(_, interface)| ResourceId::from(*interface)));
            out.extend(this.table.map(ResourceId::from));
            match this.end {
                TransitEnd::Vpn(connection) => out.push(connection.into()),
                TransitEnd::Connect(transport) => out.push(transport.into()),
                TransitEnd::Concentrator(concentrator) => out.push(concentrator.into()),
                TransitEnd::Vpc { .. } | TransitEnd::Peer { .. } => {}
            }
            out.extend(this.far.map(|far| ResourceId::from(far.gateway)));
            out.extend(this.far.and_then(|far| far.table).map(ResourceId::from));
            out.extend(this.policy.map(ResourceId::from));
        }
    }
);
row!(ConnectPeer, ConnectPeerId, links.connect_peers, |this, out| {
    if !this.state.is_gone() {
        out.push(this.attachment.into());
    }
});
// The interfaces in its groups may go before it.
row!(MulticastDomain, MulticastDomainId, links.multicast, |this, out| {
    if !this.state.is_gone() {
        out.push(this.gateway.into());
        out.extend(this.subnets.iter().map(|(attachment, _)| ResourceId::from(*attachment)));
        out.extend(this.subnets.iter().map(|(_, subnet)| ResourceId::from(*subnet)));
    }
});
row!(
    TransitPolicyTable,
    TransitPolicyTableId,
    links.policy_tables,
    |this, out| {
        out.push(this.gateway.into());
        out.extend(this.entries.iter().map(|entry| ResourceId::from(entry.table)));
    }
);
// The tables that learn from one may go before it.
row!(
    TransitAnnouncement,
    TransitAnnouncementId,
    links.announcements,
    |this, out| {
        out.push(this.gateway.into());
        out.push(this.attachment.into());
        out.push(this.table.into());
    }
);
// What its entries and its middleboxes name may go before it.
row!(MeteringPolicy, MeteringPolicyId, links.metering, |this, out| {
    out.push(this.gateway.into());
});
row!(VpnConcentrator, VpnConcentratorId, links.concentrators, |this, out| {
    out.push(this.gateway.into());
});
row!(TransitTable, TransitTableId, links.transit_tables, |this, out| {
    out.push(this.gateway.into());
    out.extend(this.routes.iter().filter_map(|(destination, _)| match destination {
        RouteDestination::PrefixList(list) => Some(ResourceId::from(*list)),
        RouteDestination::Cidr(_) => None,
    }));
});
