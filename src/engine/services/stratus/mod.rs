//! Our own service: what AWS has no API for. Advancing the clock, what goes on inside guests, faults.

mod blocks;
mod carried;
pub(crate) mod connections;
mod guest_network;
mod guests;
mod isolation;
mod names;
mod records;
pub(crate) mod traffic;

use super::{Handler, Request};
use crate::base::error::{Error, Result};
use crate::base::limits::LATEST_TIME;
use crate::base::time::Time;
use crate::catalog::{InstanceType, Zone};
use crate::clock;
use crate::services::ec2::compute::{capacity, events};
use crate::services::ec2::defaults;
use crate::services::ec2::storage::others;
use crate::services::ec2::vpc::transfers;
use crate::world::World;
use stratus_model::{Structure, field};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(Handler::Write(match operation {
        "DescribeConnections" => return Some(Handler::Read(connections::describe)),
        "SendForgedPacket" => return Some(Handler::Read(isolation::send_forged)),
        "ListenToPacket" => return Some(Handler::Read(isolation::listen)),
        "ExportZone" => return Some(Handler::Read(names::export_zone)),
        "ImportZone" => names::import_zone,
        "PutAlarmData" => names::put_alarm_data,
        "PutDelegation" => names::put_delegation,
        "PutWebAnswer" => names::put_web_answer,
        "OfferAddress" => transfers::offer,
        "OfferImage" => others::offer_image,
        "OfferSnapshot" => others::offer_snapshot,
        "TakeImage" => others::take_image,
        "TakeSnapshot" => others::take_snapshot,
        "DescribeFlowLogRecords" => return Some(Handler::Read(records::flow_log_records)),
        "DescribeMirroredPackets" => return Some(Handler::Read(records::mirrored_packets)),
        "OpenConnection" => connections::open,
        "SendOnConnection" => connections::send,
        "CloseConnection" => connections::close,
        "AccessObject" => crate::services::s3::tiers::access_object,
        "AdvanceClock" => advance_clock,
        "SetCapacity" => set_capacity,
        "SetEc2Classic" => crate::services::ec2::classic::platform::set,
        "SetTiming" => set_timing,
        "SetVpnTunnel" => crate::services::ec2::gateways::tunnel_life::set,
        "StartListener" => guests::start_listener,
        "StopListener" => guests::stop_listener,
        "PutGuestFirewall" => guest_network::put_guest_firewall,
        "PutGuestRoutes" => guest_network::put_guest_routes,
        "ShutDownGuest" => guests::shut_down_guest,
        "FailHost" => guests::fail_host,
        "ImpairInstance" => guests::impair_instance,
        "TakeAddress" => transfers::take,
        "ScheduleInstanceEvent" => events::schedule,
        "RunGuestCommand" => guests::run_command,
        "ReadBlocks" => return Some(Handler::Read(blocks::read)),
        "WriteBlocks" => guests::write_blocks,
        _ => return None,
    }))
}

/// The moment that an AdvanceClock call asks for.
pub fn advance_target(params: &Structure, now: Time) -> Result<Time> {
    let until = match (params.double(field::SECONDS), params.timestamp(field::UNTIL)) {
        // Milliseconds are the finest that the clock knows.
        (Some(seconds), None) if seconds.is_finite() && (0.0..=4e9).contains(&seconds) => {
            now.0.saturating_add((seconds * 1000.0) as i64)
        }
        (Some(_), None) => return Err(Error::invalid("Seconds", "a number of seconds from 0 on")),
        (None, Some(until)) => until,
        _ => return Err(Error::combination("Give either Seconds or Until.")),
    };
    if until < now.0 {
        return Err(Error::invalid(
            "Until",
            "it lies in the past. Undo goes back in time; the clock only goes forward",
        ));
    }
    if until > LATEST_TIME {
        return Err(Error::invalid("Until", "the clock ends with the year 2124"));
    }
    Ok(Time(until))
}

fn advance_clock(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let until = advance_target(request.params, world.now)?;
    clock::advance(world, until, usize::MAX);
    Ok(Structure::new().with(field::NOW, world.now))
}

/// How many more instances of a type a zone takes; without a count as many as anybody wants.
fn set_capacity(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let text = params.text(field::AVAILABILITY_ZONE).unwrap_or_default();
    let Some(zone) = Zone::find_any(text).filter(|zone| zone.region == region) else {
        let zones: Vec<String> = region.zones().map(Zone::name).collect();
        let why = format!("'{text}' is none of {}", zones.join(", "));
        return Err(Error::invalid("AvailabilityZone", why));
    };
    let name = params.text(field::INSTANCE_TYPE).unwrap_or_default();
    let Some(kind) = InstanceType::find(name) else {
        return Err(Error::invalid("InstanceType", format!("there is no '{name}'")));
    };
    defaults::ensure(world, region);
    capacity::set(world, region, zone, kind, params.integer(field::COUNT));
    Ok(Structure::new())
}

fn set_timing(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let name = params.text(field::NAME).unwrap_or_default();
    let low = params.integer(field::MINIMUM_MILLIS).unwrap_or(0);
    let high = params.integer(field::MAXIMUM_MILLIS).unwrap_or(low);
    if low < 0 || high < low {
        return Err(Error::invalid(
            "MaximumMillis",
            "it is below MinimumMillis, or one of them is negative",
        ));
    }
    if !world.timings.set(name, low, high) {
        let known: Vec<&str> = clock::timings::RANGES.iter().map(|(name, ..)| *name).collect();
        return Err(Error::invalid(
            "Name",
            format!("there is no timing '{name}'. Known: {}", known.join(", ")),
        ));
    }
    Ok(Structure::new())
}
