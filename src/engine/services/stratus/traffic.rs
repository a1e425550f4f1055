//! What traffic leaves behind: records of flow logs, mirrored copies and bytes on the bill. Connections, which last, and what a
//! guest's command sends, which is over when the command is, go by the same functions.
//! Sources: <https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html>,
//! <https://docs.aws.amazon.com/vpc/latest/mirroring/what-is-traffic-mirroring.html>

use super::carried;
use crate::base::ids::NatGatewayId;
use crate::catalog::Region;
use crate::network::exchange::{Exchange, Load};
use crate::network::{self, Endpoint, Flow};
use crate::services::ec2::common::note;
use crate::services::ec2::{flow_logs, mirroring};
use crate::world::World;

/// Those who look at traffic see it, and what costs by its bytes is counted. Of many connections alike, one is seen for all (ours),
/// and the bytes of all cost.
pub(super) fn witness(world: &mut World, region: Region, exchange: Option<Exchange>, times: u64) {
    if let Some(exchange) = exchange {
        carried::count(world, region, &exchange, times);
        for (region, exchange) in exchange.by_region(region) {
            flow_logs::capture::observe(world, region, &exchange);
            mirroring::copies::observe(world, region, &exchange);
        }
    }
}

/// A NAT gateway says that it had no port left for a flow.
pub(super) fn exhausted(world: &mut World, region: Region, id: NatGatewayId, flow: &Flow) {
    let destination = match flow.destination {
        Endpoint::Internet => "the Internet".to_owned(),
        Endpoint::Instance(id) => id.to_string(),
        Endpoint::Interface(id) => id.to_string(),
        Endpoint::Address(address) => address.to_string(),
    };
    let text = format!("no port left for {destination}: ErrorPortAllocation");
    note(world, region, id, text);
}

/// What a program says to another end.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Said {
    /// A connection is opened and closed again, or a datagram sent and answered.
    Greets,
    /// A request and its answer on a connection that is opened for them and closed behind them.
    Asks(Load),
    /// Echo requests and their answers.
    Echoes(Echoes),
    /// Echo requests that a router on their way drops.
    LostEchoes(Echoes),
}

/// Echo requests.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Echoes {
    /// How many.
    pub count: u32,
    /// Bytes of data of each.
    pub data: u32,
    /// The longest packet that the sender's link carries.
    pub most: u32,
}

/// A program has its say, all at this moment, and nothing of it stays open: a port of a NAT gateway is free again behind it, and
/// a packet that nobody answers is sent once, as [`network::open`] does it (ours: Linux tries again).
pub(crate) fn passes(world: &mut World, region: Region, flow: &Flow, said: Said) {
    let mut attempt = network::open(world, region, flow, 1);
    if let Some(id) = attempt.exhausted {
        exhausted(world, region, id, flow);
    }
    let exchange = attempt.exchange.take().map(|exchange| match said {
        Said::Greets | Said::Asks(_) => exchange,
        Said::Echoes(Echoes { count, data, most }) => exchange.of_echoes(count, data, most),
        Said::LostEchoes(Echoes { count, data, most }) => exchange.of_echoes(count, data, most).lost_on_the_way(),
    });
    witness(world, region, exchange, 1);
    let Some(mut row) = attempt.connection else {
        return;
    };
    if let Said::Asks(load) = said {
        let Some(sending) = network::send_on(world, region, row, load) else {
            return;
        };
        witness(world, region, sending.exchange, 1);
        row = sending.connection;
    }
    let closing = network::close_of(world, region, &row);
    witness(world, region, closing, 1);
}
