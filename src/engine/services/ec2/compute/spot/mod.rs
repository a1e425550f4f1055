//! Spot: requests, their states, and what the price does to their instances. This file moves a request on; nothing else
//! may write its state or status once it is made, but the calls that make and cancel it.
//!
//! States and codes: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-request-status.html>. How long an evaluation
//! takes is ours, and so are the prices (see `price`).

pub(super) mod calls;
pub(super) mod datafeed;
pub(super) mod market;
pub(super) mod price;

use super::transitions::{self, Why};
use super::{capacity, launch};
use crate::base::error::{Error, Result};
use crate::base::ids::{InstanceId, SpotRequestId};
use crate::base::time::{Span, Time};
use crate::catalog::Region;
use crate::clock::{self, Pending, Step};
use crate::world::World;
use crate::world::compute::{Instance, InstanceState};
use crate::world::journal::Cause;
use crate::world::launching::{Interruption, SpotRequest};
use std::borrow::Cow;

/// How long before an interruption its notice comes.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html>
const NOTICE: Span = Span::minutes(2);
/// How long an evaluation takes (ours).
const EVALUATION: Span = Span::seconds(5);
const SOURCE: &str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-interruptions.html";

/// What stands for the tenancy in the rate of an instance's meter: a Spot Instance's price of the hour.
pub(super) fn rate(row: &Instance) -> String {
    match row.more.spot_price {
        Some(price) => format!("spot@{price}"),
        None => row.tenancy.name().to_owned(),
    }
}

/// Moves a request to a state and status, and notes it.
fn turn(world: &mut World, region: Region, id: SpotRequestId, state: &str, status: &str, cause: Cause) {
    let now = world.now;
    let changed = world.update(region, id, |row: &mut SpotRequest| {
        let changed = row.state != state || row.status != status;
        if changed {
            row.state = state.to_owned();
            row.status = status.to_owned();
            row.status_since = now;
        }
        changed
    });
    if changed == Some(true) {
        transitions::note(world, region, id, format!("{state}, {status}"), cause);
    }
}

fn by_clock(rule: impl Into<Cow<'static, str>>) -> Cause {
    Cause::Clock {
        rule: rule.into(),
        source: SOURCE.into(),
    }
}

/// Looks at a request again after a while. A later wish replaces this one.
fn look_after(world: &mut World, region: Region, id: SpotRequestId, span: Span) {
    let at = world.now + span;
    world.update(region, id, |row: &mut SpotRequest| row.looks = Some(at));
    clock::schedule(world, span, region, id, Step::Settle);
}

/// Looks again when the price may be another, or when the request begins or ceases to be valid.
fn look_later(world: &mut World, region: Region, id: SpotRequestId) {
    let now = world.now;
    let Some(row) = world.row::<SpotRequest>(region, id) else {
        return;
    };
    let open = row.state == "open";
    let moments = [row.valid_from, row.valid_until].into_iter().flatten();
    let soonest = moments
        .filter(|at| open && *at > now)
        .chain([price::next_step(now)])
        .min()
        .unwrap_or(now);
    look_after(world, region, id, soonest - now);
}

/// Work of a request that is due.
#[inline(never)]
pub(super) fn due(world: &mut World, pending: &Pending, id: SpotRequestId) {
    let region = pending.region;
    let Some(row) = world.row::<SpotRequest>(region, id) else {
        return;
    };
    if row.looks != Some(world.now) {
        return;
    }
    match (row.state.as_str(), row.status.as_str()) {
        ("open", _) => evaluate(world, region, id),
        ("active" | "cancelled", "marked-for-termination" | "marked-for-stop") => interrupt(world, region, id),
        // Whoever cancels a request keeps the instance, and its price.
        ("active", _) | ("cancelled", "request-canceled-and-instance-running") => watch(world, region, id),
        ("disabled", "instance-stopped-by-price" | "instance-stopped-no-capacity") => resume(world, region, id),
        _ => {}
    }
}

/// An open request: fulfilled if it can be.
fn evaluate(world: &mut World, region: Region, id: SpotRequestId) {
    let Some(row) = world.row::<SpotRequest>(region, id).cloned() else {
        return;
    };
    let now = world.now;
    if row.valid_until.is_some_and(|until| until <= now) {
        let cause = by_clock("It was not fulfilled while it was valid.");
        turn(world, region, id, "cancelled", "schedule-expired", cause);
        return;
    }
    if row.valid_from.is_some_and(|from| from > now) {
        turn(
            world,
            region,
            id,
            "open",
            "not-scheduled-yet",
            by_clock("It is valid only later."),
        );
        look_later(world, region, id);
        return;
    }
    // A launch that is refused leaves nothing behind.
    let before = world.clone();
    let terms = market::Terms::of(&row);
    let params = market::place(world, region, &row.launch.0);
    let error = match launch::launch(world, region, &params, Some(&terms)) {
        Ok((_, made)) => return fulfilled(world, region, id, &made),
        Err(error) => error,
    };
    *world = before;
    let status = match error.code {
        "SpotMaxPriceTooLow" => "price-too-low",
        "InsufficientInstanceCapacity" | "VcpuLimitExceeded" => "capacity-not-available",
        "InsufficientFreeAddressesInSubnet" => "constraint-not-fulfillable",
        code if code.starts_with("InvalidPlacementGroup") => "placement-group-constraint",
        _ => {
            let fault = Some((error.code.to_owned(), error.message.clone()));
            world.update(region, id, |row: &mut SpotRequest| row.fault = fault);
            turn(
                world,
                region,
                id,
                "failed",
                "bad-parameters",
                by_clock(error.message.clone()),
            );
            return;
        }
    };
    turn(world, region, id, "open", status, by_clock(error.message.clone()));
    look_later(world, region, id);
}

fn fulfilled(world: &mut World, region: Region, id: SpotRequestId, made: &[InstanceId]) {
    let Some(instance) = made.first().copied() else { return };
    let zone = world.row::<Instance>(region, instance).map(|row| row.zone);
    world.update(region, id, |row: &mut SpotRequest| {
        row.instance = Some(instance);
        row.zone = zone;
    });
    let cause = by_clock("The price is not above its maximum, and there is room.");
    turn(world, region, id, "active", "fulfilled", cause);
    look_later(world, region, id);
}

/// What a request's instance costs now, and whether that is more than its maximum.
fn priced(world: &World, region: Region, row: &SpotRequest) -> Option<(i64, bool)> {
    let zone = row.zone?;
    let price = price::at(world, region, zone, row.pool.0, &row.pool.1, world.now);
    Some((price, row.max_price.is_some_and(|most| price > most)))
}

/// The price may have changed under a running instance.
fn watch(world: &mut World, region: Region, id: SpotRequestId) {
    let Some(row) = world.row::<SpotRequest>(region, id).cloned() else {
        return;
    };
    let (Some(instance), Some((price, above))) = (row.instance, priced(world, region, &row)) else {
        return;
    };
    let runs = world
        .row::<Instance>(region, instance)
        .is_some_and(|row| matches!(row.state, InstanceState::Pending | InstanceState::Running));
    if above && runs {
        let status = match interruption(&row) {
            Interruption::Terminate => "marked-for-termination",
            Interruption::Stop | Interruption::Hibernate => "marked-for-stop",
        };
        let rule = "The Spot price is above the maximum: the instance is interrupted in two minutes.";
        turn(world, region, id, &row.state, status, by_clock(rule));
        // Hibernation begins at once.
        let notice = if interruption(&row) == Interruption::Hibernate {
            Span(0)
        } else {
            NOTICE
        };
        look_after(world, region, id, notice);
        return;
    }
    reprice(world, region, instance, price);
    look_later(world, region, id);
}

/// What an interruption does: without its request an instance can only end.
fn interruption(row: &SpotRequest) -> Interruption {
    if row.state == "cancelled" {
        Interruption::Terminate
    } else {
        row.interruption
    }
}

/// From here on an instance costs another price.
fn reprice(world: &mut World, region: Region, instance: InstanceId, price: i64) {
    let changed = world.update(region, instance, |row: &mut Instance| {
        let changed = row.more.spot_price != Some(price);
        row.more.spot_price = Some(price);
        changed && row.state == InstanceState::Running
    });
    if changed == Some(true) {
        transitions::stop_meter(world, region, instance);
        transitions::start_meter(world, region, instance);
    }
}

/// The notice is over.
fn interrupt(world: &mut World, region: Region, id: SpotRequestId) {
    let Some(row) = world.row::<SpotRequest>(region, id).cloned() else {
        return;
    };
    let Some(instance) = row.instance else { return };
    let state = world.row::<Instance>(region, instance).map(|row| row.state);
    let running = state == Some(InstanceState::Running);
    if matches!(
        state,
        None | Some(InstanceState::ShuttingDown | InstanceState::Terminated)
    ) {
        return;
    }
    let rule = "The Spot price is above the maximum that the request names.";
    match interruption(&row) {
        Interruption::Terminate => {
            let why = Why::aws(
                "Server.SpotInstanceTermination",
                "Spot Instance termination",
                rule,
                SOURCE,
            );
            transitions::begin_termination(world, region, instance, &why);
        }
        Interruption::Stop | Interruption::Hibernate if running => {
            let why = Why::aws("Server.SpotInstanceShutdown", "Spot Instance shutdown", rule, SOURCE);
            let hibernate = interruption(&row) == Interruption::Hibernate;
            transitions::begin_stop(world, region, instance, hibernate, &why);
        }
        Interruption::Stop | Interruption::Hibernate => look_later(world, region, id),
    }
}

/// What an interruption has stopped EC2 starts again, once the price allows it.
fn resume(world: &mut World, region: Region, id: SpotRequestId) {
    let Some(row) = world.row::<SpotRequest>(region, id).cloned() else {
        return;
    };
    let (Some(instance), Some((price, above))) = (row.instance, priced(world, region, &row)) else {
        return;
    };
    let room = row
        .zone
        .is_none_or(|zone| capacity::room(world, region, zone, row.pool.0) > 0);
    let stopped = world
        .row::<Instance>(region, instance)
        .is_some_and(|row| row.state == InstanceState::Stopped);
    if !above && room && stopped {
        reprice(world, region, instance, price);
        let cause = by_clock("The Spot price is not above the maximum any more.");
        turn(world, region, id, "active", "fulfilled", cause);
        transitions::begin_start(world, region, instance);
    }
    look_later(world, region, id);
}

/// An instance has entered a state: its Spot request follows.
pub(super) fn follow(world: &mut World, region: Region, instance: InstanceId, state: InstanceState) {
    let Some(id) = world.row::<Instance>(region, instance).and_then(|row| row.more.spot) else {
        return;
    };
    let Some(row) = world.row::<SpotRequest>(region, id).cloned() else {
        return;
    };
    let ours = row.status.starts_with("marked-for-");
    let cause = Cause::Call(world.calls);
    match state {
        InstanceState::Stopped if ours => {
            turn(
                world,
                region,
                id,
                "disabled",
                "instance-stopped-by-price",
                by_clock("Interrupted."),
            );
            look_later(world, region, id);
        }
        InstanceState::Stopped if row.state == "active" => {
            turn(world, region, id, "disabled", "instance-stopped-by-user", cause);
        }
        InstanceState::Running if row.state == "disabled" => {
            turn(world, region, id, "active", "fulfilled", cause);
            look_later(world, region, id);
        }
        InstanceState::Terminated if row.instance == Some(instance) => ended(world, region, &row, ours),
        _ => {}
    }
}

/// The instance is gone: a one-time request closes, a persistent one that was not cancelled opens again.
fn ended(world: &mut World, region: Region, row: &SpotRequest, ours: bool) {
    let status = if ours {
        "instance-terminated-by-price"
    } else {
        "instance-terminated-by-user"
    };
    let state = match row.state.as_str() {
        "cancelled" => "cancelled",
        _ if row.persistent => "open",
        _ => "closed",
    };
    turn(
        world,
        region,
        row.id,
        state,
        status,
        by_clock("Its instance has ended."),
    );
    if state == "open" {
        look_after(world, region, row.id, EVALUATION);
    }
}

/// Whether a user may stop a Spot Instance: only one of a persistent request.
///
/// # Errors
/// `UnsupportedOperation`.
pub(super) fn may_stop(world: &World, region: Region, row: &Instance) -> Result<()> {
    let request = row.more.spot.and_then(|id| world.row::<SpotRequest>(region, id));
    if request.is_none_or(|request| request.persistent) {
        return Ok(());
    }
    let text = format!(
        "You can't stop the Spot Instance '{}' because it is associated with a one-time Spot Instance request. You can only stop Spot Instances associated with persistent Spot Instance requests.",
        row.id
    );
    Err(Error::new("UnsupportedOperation", text).at("InstanceIds"))
}

/// Whether a user may start a stopped Spot Instance: not what an interruption has stopped, and not without its request.
///
/// # Errors
/// `IncorrectSpotRequestState`.
pub(super) fn may_start(world: &World, region: Region, row: &Instance) -> Result<()> {
    let request = row.more.spot.and_then(|id| world.row::<SpotRequest>(region, id));
    if request.is_none_or(|request| request.status == "instance-stopped-by-user") {
        return Ok(());
    }
    let text = format!(
        "You can't start the Spot Instance '{}' because the associated Spot Instance request is not in an appropriate state to support start.",
        row.id
    );
    Err(Error::new("IncorrectSpotRequestState", text).at("InstanceIds"))
}

/// A moment of a call.
fn moment(params: &stratus_model::Structure, name: stratus_model::Name) -> Option<Time> {
    params.timestamp(name).map(Time)
}
