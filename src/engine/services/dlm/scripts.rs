//! Scripts before and after the snapshots of an instance: documents that Systems Manager runs in the guest. No guest here has its
//! agent, so every attempt fails, at once and as often as it is tried again; what follows from that is AWS's: snapshots that are
//! as after a crash, marked, or none at all.
//! Sources: <https://docs.aws.amazon.com/dlm/latest/APIReference/API_Script.html>,
//! <https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html>

use super::invalid;
use super::runs::holder;
use crate::base::error::Result;
use crate::base::ids::{InstanceId, VolumeId};
use crate::catalog::Region;
use crate::services::ec2::common::note_clock;
use crate::world::World;
use std::collections::BTreeSet;
use stratus_model::{Structure, field};

/// The documents that have both scripts, and say themselves how they are run.
const COMPLETE: [&str; 2] = ["AWS_VSS_BACKUP", "AWSSystemsManagerSAP-CreateDLMSnapshotForSAPHANA"];
/// The tags that say how the scripts of a snapshot ended.
const PRE: &str = "aws:dlm:pre-script";
/// See [`PRE`].
const POST: &str = "aws:dlm:post-script";
const SOURCE: &str = "https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html";

fn script(schedule: &Structure) -> Option<&Structure> {
    schedule
        .structure(field::CREATE_RULE)?
        .structures(field::SCRIPTS)
        .next()
}

/// Whether a script has this stage; where none is named it has both.
fn has(script: &Structure, stage: &str) -> bool {
    let mut stages = script.texts(field::STAGES).peekable();
    stages.peek().is_none() || stages.any(|named| named == stage)
}

/// Whether a schedule's scripts can be kept. `instances`: it is of a custom snapshot policy that targets instances.
///
/// # Errors
/// `InvalidRequestException`.
pub(super) fn check(schedule: &Structure, instances: bool) -> Result<()> {
    let Some(script) = script(schedule) else { return Ok(()) };
    if !instances {
        return Err(invalid("Scripts are for snapshot policies that target instances."));
    }
    let complete = COMPLETE.contains(&script.text(field::EXECUTION_HANDLER).unwrap_or_default());
    if complete && !script.list(field::STAGES).is_empty() {
        return Err(invalid("Stages must be omitted with a document that has both scripts."));
    }
    if script.contains(field::EXECUTE_OPERATION_ON_SCRIPT_FAILURE) && !has(script, "PRE") {
        return Err(invalid(
            "ExecuteOperationOnScriptFailure is for policies with a pre script.",
        ));
    }
    Ok(())
}

/// What the scripts of a schedule leave to be done.
pub(super) enum Then {
    /// Snapshots; where a script failed, with this tag, which says so.
    Snapshots(Option<&'static str>),
    /// No snapshots: the pre script failed, and without it there are to be none.
    Nothing,
}

/// How the scripts of a schedule end, which is written down for the instances that have these volumes.
pub(super) fn run(world: &mut World, region: Region, schedule: &Structure, volumes: &[VolumeId]) -> Then {
    let Some(script) = script(schedule) else {
        return Then::Snapshots(None);
    };
    let goes_on = script.boolean(field::EXECUTE_OPERATION_ON_SCRIPT_FAILURE) != Some(false);
    let (then, stage, end) = match has(script, "PRE") {
        true if !goes_on => (Then::Nothing, "pre", "no snapshots are taken"),
        // After a pre script that failed no post script is run.
        true => (Then::Snapshots(Some(PRE)), "pre", "the snapshots are crash-consistent"),
        false => (Then::Snapshots(Some(POST)), "post", "the snapshots stay as they are"),
    };
    let tries = script.integer(field::MAXIMUM_RETRY_COUNT).unwrap_or(0) + 1;
    let times = if tries == 1 {
        "once".to_owned()
    } else {
        format!("{tries} times")
    };
    let handler = script.text(field::EXECUTION_HANDLER).unwrap_or_default();
    let text = format!("the {stage} script of {handler} failed, tried {times}: {end}");
    let rule = "Systems Manager runs the scripts of a lifecycle policy; a guest without its agent cannot be reached.";
    let holders = volumes.iter().filter_map(|volume| holder(world, region, *volume));
    for instance in holders.collect::<BTreeSet<InstanceId>>() {
        note_clock(world, region, instance, text.clone(), rule, SOURCE);
    }
    then
}
