//! Snapshots after they are taken: all disks of a machine at one moment, a schedule that is foreseen and then does what was
//! foreseen, the archive and the way back, and sharing with another account.

use serde_json::json;
use stratus_browser::{Find, Outcome, Page, check, stage};

use crate::story::{call, looks};

async fn backups(page: &Page) -> Outcome {
    page.region("Panels").button("Storage").click().await?;
    page.region("Storage").role("tab", "Backups").click().await
}

/// Snapshots of one's own, by their number.
async fn snapshots(page: &Page) -> Outcome<usize> {
    let answer = call(page, "ec2", "DescribeSnapshots", json!({"OwnerIds": ["self"]})).await?;
    Ok(answer
        .pointer("/Snapshots")
        .and_then(|all| all.as_array())
        .map_or(0, Vec::len))
}

#[test]
fn a_schedule_does_what_was_foreseen_and_a_set_is_of_one_moment() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=snapshot-restore&tour=0&clock=paused").await?;
        page.ready().await?;
        backups(&page).await?;
        let part = page.region("Backups");
        part.button("Create schedule").click().await?;
        let form = page.dialog("Create schedule");
        form.field("That have the tag").fill("Name=data").await?;
        form.field("How many").fill("2").await?;
        form.button("Create schedule").click().await?;
        form.wait_gone().await?;
        // The world stands at 10:45 of its first day.
        let table = part.css(".to-come");
        table.wait_text("day 2 09:00:00").await?;
        table.wait_text("data of day 2 09:00:00").await?;
        check(snapshots(&page).await? == 3, "looking ahead takes none")?;
        looks(&page, "backups/foreseen", ".schedule").await?;
        page.stratus("advance", vec![json!(3 * 86_400)]).await?;
        // Taken on days 2, 3 and 4; the first of them expired with the third.
        part.css(".lives svg[aria-label^='2 snapshots now']").wait().await?;
        check(snapshots(&page).await? == 5, "the last two are kept")?;
        table.wait_text("data of day 3 09:00:00").await?;
        page.stratus("undo", Vec::new()).await?;
        part.button("Pause Daily backups").click().await?;
        part.wait_text("disabled").await?;
        part.button("Delete Daily backups").click().await?;
        part.wait_text("Nobody remembers to save every day.").await?;
        // All disks of a machine.
        let before = snapshots(&page).await?;
        part.button("Create snapshots").click().await?;
        part.role("list", "Sets of snapshots").wait_text("2 snapshots").await?;
        check(snapshots(&page).await? == before + 2, "one for each disk")?;
        looks(&page, "backups/set", ".sets").await?;
        page.stratus("undo", Vec::new()).await?;
        check(snapshots(&page).await? == before, "undone together")
    })
}

#[test]
fn a_snapshot_goes_to_the_archive_and_back_and_another_account_sees_it() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=snapshot-restore&tour=0&clock=paused").await?;
        page.ready().await?;
        backups(&page).await?;
        let part = page.region("One snapshot");
        part.field("Snapshot").choose("data A").await?;
        // 10 GiB of it, 6 of which B needs: 12 GiB in the standard tier and 10 in the archive.
        part.wait_text("all snapshots of the Region then cost $0.72 a month in place of $0.80")
            .await?;
        looks(&page, "backups/standard", ".kept").await?;
        part.button("Move to the archive data A").click().await?;
        part.wait_text("on its way to the archive").await?;
        page.stratus("advance", vec![json!(86_400)]).await?;
        part.wait_text("It lies in the archive: 10 GiB, $0.12 a month.").await?;
        part.button("Restore for these days data A").click().await?;
        part.wait_text("temporary-restore-in-progress").await?;
        page.stratus("advance", vec![json!(3 * 86_400)]).await?;
        part.wait_text("both are billed").await?;
        looks(&page, "backups/back", ".kept").await?;
        // Shared, and seen from there.
        part.field("Account").fill("210987654321").await?;
        part.button("Share data A").click().await?;
        part.wait_text("What 210987654321 sees: snap-").await?;
        part.wait_text("of the owner 123456789012").await?;
        part.wait_text("--restorable-by-user-ids 210987654321").await?;
        looks(&page, "backups/shared", ".kept").await?;
        part.button("Stop sharing with 210987654321 data A").click().await?;
        part.wait_text("your account only").await.map(drop)
    })
}

/// <https://docs.aws.amazon.com/ebs/latest/userguide/ami-policy.html>
#[test]
fn a_policy_that_makes_images_is_foreseen_too() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=web-server&tour=0&clock=paused").await?;
        page.ready().await?;
        let made = call(&page, "ec2", "DescribeInstances", json!({})).await?;
        let id = made.pointer("/Reservations/0/Instances/0/InstanceId").cloned();
        let tag = json!({"Resources": [id], "Tags": [{"Key": "backup", "Value": "yes"}]});
        call(&page, "ec2", "CreateTags", tag).await?;
        let schedule = json!({"CreateRule": {"Interval": 24, "IntervalUnit": "HOURS", "Times": ["09:00"]}, "RetainRule": {"Count": 2}});
        let details = json!({"PolicyType": "IMAGE_MANAGEMENT", "ResourceTypes": ["INSTANCE"], "TargetTags": [{"Key": "backup", "Value": "yes"}], "Schedules": [schedule]});
        let policy = json!({"Description": "Images", "State": "ENABLED", "ExecutionRoleArn": "arn:aws:iam::123456789012:role/dlm", "PolicyDetails": details});
        call(&page, "dlm", "CreateLifecyclePolicy", policy).await?;
        backups(&page).await?;
        let part = page.region("Backups");
        part.wait_text("An image (AMI) of each instance tagged backup=yes: every day")
            .await?;
        part.css(".to-come").wait_text("day 2 09:00:00").await?;
        looks(&page, "backups/images", ".schedule").await?;
        page.stratus("advance", vec![json!(3 * 86_400)]).await?;
        part.css(".lives svg[aria-label^='2 images now']").wait().await
    })
}

/// <https://docs.aws.amazon.com/ebs/latest/userguide/ami-policy.html>
#[test]
fn the_form_makes_a_policy_for_images_that_are_deprecated_before_they_go() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=web-server&tour=0&clock=paused").await?;
        page.ready().await?;
        let made = call(&page, "ec2", "DescribeInstances", json!({})).await?;
        let id = made.pointer("/Reservations/0/Instances/0/InstanceId").cloned();
        let tag = json!({"Resources": [id], "Tags": [{"Key": "backup", "Value": "yes"}]});
        call(&page, "ec2", "CreateTags", tag).await?;
        backups(&page).await?;
        let part = page.region("Backups");
        part.button("Create schedule").click().await?;
        let form = page.dialog("Create schedule");
        form.field("Makes").choose("images (AMIs)").await?;
        form.field("That have the tag").fill("backup=yes").await?;
        form.field("Deprecate the oldest so many").fill("1").await?;
        form.field("Reboot the instance first").click().await?;
        form.wait_text("NoReboot=false").await?;
        looks(&page, "backups/form", "form.one-call").await?;
        form.button("Create schedule").click().await?;
        form.wait_gone().await?;
        part.wait_text("An image (AMI) of each instance tagged backup=yes: every day")
            .await?;
        part.wait_text("the oldest of these is deprecated").await.map(drop)
    })
}
