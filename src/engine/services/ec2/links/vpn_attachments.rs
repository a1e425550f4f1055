//! VPN connections, and concentrators of them, attached to transit gateways: the attachment comes and goes with the connection, and no call of its own makes
//! or deletes it. <https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpn-attachments.html>

use super::super::common::{find, note};
use super::{attachments, transits};
use crate::base::error::Result;
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::catalog::Region;
use crate::world::World;
use crate::world::links::*;

/// The transit gateway of this id, which must be available.
///
/// # Errors
/// `InvalidTransitGatewayID.NotFound`, `IncorrectState`.
pub(in crate::services::ec2) fn gateway(world: &World, region: Region, text: &str) -> Result<TransitGateway> {
    let row = find::<TransitGateway>(world, region, Kind::TransitGateway, text)?;
    if row.state == TransitState::Available {
        return Ok(row.clone());
    }
    Err(transits::invalid_state(row.id, row.state))
}

/// Attaches a connection, with what the transit gateway gives to new attachments.
pub(in crate::services::ec2) fn attach(
    world: &mut World,
    region: Region,
    gateway: &TransitGateway,
    connection: VpnConnectionId,
) {
    let id = draw(world);
    put(
        world,
        region,
        gateway,
        id,
        TransitEnd::Vpn(connection),
        connection.into(),
    );
}

/// Attaches an end, which `what` is.
fn put(
    world: &mut World,
    region: Region,
    gateway: &TransitGateway,
    id: TransitAttachmentId,
    end: TransitEnd,
    what: ResourceId,
) {
    let row = attachments::put(world, region, id, gateway, end);
    note(world, region, id, format!("{what} attached to {}", gateway.id));
    attachments::enter(world, region, &row, TransitState::Pending);
}

/// The id of an attachment in the making.
pub(in crate::services::ec2) fn draw(world: &mut World) -> TransitAttachmentId {
    TransitAttachmentId(world.random.next_u64(Stream::Ids(Kind::TransitAttachment)))
}

/// Attaches a concentrator of connections.
pub(in crate::services::ec2) fn attach_concentrator(
    world: &mut World,
    region: Region,
    gateway: &TransitGateway,
    id: TransitAttachmentId,
    concentrator: VpnConcentratorId,
) {
    let end = TransitEnd::Concentrator(concentrator);
    put(world, region, gateway, id, end, concentrator.into());
}

/// Begins the end of an attachment.
pub(in crate::services::ec2) fn detach_by_id(world: &mut World, region: Region, id: TransitAttachmentId) {
    if let Some(row) = world.row::<TransitAttachment>(region, id).cloned() {
        attachments::delete(world, region, &row);
    }
}

/// Begins the end of a connection's attachment, if it has one.
pub(in crate::services::ec2) fn detach(world: &mut World, region: Region, connection: VpnConnectionId) {
    let found = world.ec2(region).and_then(|ec2| {
        let mut rows = ec2.links.attachments.rows();
        let own = |row: &&TransitAttachment| row.end == TransitEnd::Vpn(connection) && !row.state.is_gone();
        rows.find(own).map(|row| row.id)
    });
    if let Some(id) = found {
        detach_by_id(world, region, id);
    }
}
