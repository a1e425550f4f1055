//! DescribeVolumeStatus: what the checks of volumes say. No volume of ours is ever impaired, so that there are no events and
//! nothing to do about them.

use super::lazy::loading;
use crate::base::error::Result;
use crate::base::ids::Kind;
use crate::base::time::Time;
use crate::services::Request;
use crate::services::ec2::common::Describing;
use crate::services::ec2::storage::no_page_with_ids;
use crate::world::World;
use crate::world::storage::{Volume, VolumeState};
use stratus_model::{Structure, Value, field};

const STATUS_FILTERS: &[&str] = &[
    "action.code",
    "action.description",
    "action.event-id",
    "attachment-status.instance-id",
    "attachment-status.io-performance",
    "availability-zone",
    "availability-zone-id",
    "event.description",
    "event.event-id",
    "event.event-type",
    "event.not-after",
    "event.not-before",
    "volume-status.details-name",
    "volume-status.details-status",
    "volume-status.status",
];

/// Overall status, and what the checks of input/output say. No volume of ours is ever impaired.
/// Source: <https://docs.aws.amazon.com/ebs/latest/userguide/monitoring-volume-checks.html>
fn status(row: &Volume) -> (&'static str, &'static str, &'static str) {
    let performance = match row.volume_type.as_str() {
        "io1" | "io2" if !row.attachments.is_empty() => "normal",
        _ => "not-applicable",
    };
    match row.state {
        VolumeState::Creating => ("insufficient-data", "insufficient-data", performance),
        _ => ("ok", "passed", performance),
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVolumeStatus.html>
pub(in super::super) fn describe_volume_status(request: &Request<'_>, world: &World) -> Result<Structure> {
    no_page_with_ids(request.params, field::VOLUME_IDS, "volumeIds")?;
    let describing = Describing {
        kind: Kind::Volume,
        ids: field::VOLUME_IDS,
        answer: field::VOLUME_STATUSES,
        born: |row: &Volume| row.born,
        filters: STATUS_FILTERS,
        least: 5,
    };
    let now = world.now;
    let values = |row: &Volume, name: &str| {
        let (overall, enabled, performance) = status(row);
        match name {
            "attachment-status.instance-id" => {
                let lines = row.attachments.iter().filter(|_| row.multi_attach);
                lines.map(|line| line.instance.to_string()).collect()
            }
            "attachment-status.io-performance" => {
                let lines = row.attachments.iter().filter(|_| row.multi_attach);
                lines.map(|_| performance.to_owned()).collect()
            }
            "availability-zone" => vec![row.zone.name()],
            "availability-zone-id" => vec![row.zone.id()],
            "volume-status.details-name" => {
                let more = loading(now, row).map(|_| "initialization-state");
                let names = ["io-enabled", "io-performance"].into_iter().chain(more);
                names.map(str::to_owned).collect()
            }
            "volume-status.details-status" => {
                let more = loading(now, row).map(|loading| initialization_state(loading.percent));
                let states = [enabled, performance].into_iter().chain(more);
                states.map(str::to_owned).collect()
            }
            "volume-status.status" => vec![overall.to_owned()],
            _ => Vec::new(),
        }
    };
    describing.answer(request, world, &values, &|row| status_item(now, row))
}

fn initialization_state(percent: i64) -> &'static str {
    if percent < 100 { "initializing" } else { "completed" }
}

fn status_item(now: Time, row: &Volume) -> Structure {
    let (overall, enabled, performance) = status(row);
    let initialization = loading(now, row);
    let detail = |name: &str, status: &str| Structure::new().with(field::NAME, name).with(field::STATUS, status);
    let mut details = vec![detail("io-enabled", enabled), detail("io-performance", performance)];
    details.extend(
        initialization
            .iter()
            .map(|loading| detail("initialization-state", initialization_state(loading.percent))),
    );
    let progress = initialization.map(|loading| {
        Structure::new()
            .with(field::INITIALIZATION_TYPE, loading.kind)
            .with(field::PROGRESS, loading.percent)
            .with_some(field::ESTIMATED_TIME_TO_COMPLETE_IN_SECONDS, loading.left)
    });
    let attachments: Vec<Structure> = row
        .attachments
        .iter()
        .filter(|_| row.multi_attach)
        .map(|line| {
            Structure::new()
                .with(field::INSTANCE_ID, line.instance)
                .with(field::IO_PERFORMANCE, performance)
        })
        .collect();
    let info = Structure::new()
        .with(field::STATUS, overall)
        .with(field::DETAILS, details);
    let none: Vec<Value> = Vec::new();
    Structure::new()
        .with(field::VOLUME_ID, row.id)
        .with(field::AVAILABILITY_ZONE, row.zone.name())
        .with(field::AVAILABILITY_ZONE_ID, row.zone.id())
        .with(field::VOLUME_STATUS, info)
        .with_some(field::INITIALIZATION_STATUS_DETAILS, progress)
        .with_some(
            field::ATTACHMENT_STATUSES,
            (!attachments.is_empty()).then_some(attachments),
        )
        .with(field::ACTIONS, none.clone())
        .with(field::EVENTS, none)
}
