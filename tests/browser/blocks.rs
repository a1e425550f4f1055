//! The block map: a chain of three snapshots as the EBS guide's example has it (10 GiB written, 4 changed, 2 added); what a
//! deletion would move, the deletion itself, and an earlier moment.
//! <https://docs.aws.amazon.com/ebs/latest/userguide/how_snapshots_work.html>

use serde_json::json;
use stratus_browser::{Find, Outcome, check, stage};

use crate::story::looks;

#[test]
fn a_deletion_is_seen_before_it_is_made_and_the_bill_moves_with_the_blocks() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=snapshot-restore&tour=0&clock=paused").await?;
        page.ready().await?;
        let storage = page.region("Storage");
        let map = page.region("Block map");
        map.wait_text("3 snapshots: 16 GiB kept in S3 in us-east-1, $0.80 a month")
            .await?;
        for figures in [
            "restores 10 GiB, pays 10 GiB",
            "restores 10 GiB, pays 4 GiB",
            "restores 12 GiB, pays 2 GiB",
        ] {
            map.wait_text(figures).await?;
        }
        map.wait_text("At block 0, 0 MiB into the volume, 2 versions. data B keeps it and is billed for it")
            .await?;
        looks(&page, "blocks/before", ".block-map").await?;
        // Think A away: B inherits what it needs, the four changed GiB go.
        map.button("Without? data A").click().await?;
        map.wait_text("Without data A: 4 GiB are let go; 6 GiB move to the bill of data B, which needs them.")
            .await?;
        map.wait_text("The chain then costs $0.60 a month in place of $0.80.")
            .await?;
        let answer = page.stratus(
            "call",
            vec![json!("ec2"), json!("DescribeSnapshots"), json!({"OwnerIds": ["self"]})],
        );
        let kept = answer
            .await?
            .pointer("/Snapshots")
            .and_then(|all| all.as_array())
            .map_or(0, Vec::len);
        check(kept == 3, format!("looking deletes nothing, but {kept} are left"))?;
        looks(&page, "blocks/thought-away", ".block-map").await?;
        map.button("Delete it data A").click().await?;
        map.wait_text("2 snapshots: 12 GiB kept in S3 in us-east-1, $0.60 a month")
            .await?;
        map.wait_text("restores 10 GiB, pays 10 GiB").await?;
        storage.wait_text("12 GiB in all").await?;
        looks(&page, "blocks/after", ".block-map").await?;
        // Back to when all three were there.
        let moment = map.field("Moment");
        moment.focus().await?;
        // The last moment is after the deletion, which is now.
        moment.press("Left").await?;
        map.wait_text("after DeleteSnapshot").await?;
        moment.press("Left").await?;
        map.wait_text("3 snapshots: 16 GiB kept in S3").await?;
        page.stratus("undo", Vec::new()).await?;
        map.wait_text("3 snapshots: 16 GiB kept in S3").await?;
        Ok(())
    })
}

#[test]
fn a_block_that_is_only_on_the_volume_says_so_and_a_copy_says_what_it_takes() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=snapshot-restore&tour=0&clock=paused").await?;
        page.ready().await?;
        let map = page.region("Block map");
        let block = map.field("Block");
        block.focus().await?;
        block.press("End").await?;
        map.wait_text("never written. It costs nothing, and is read as zeros.")
            .await?;
        // What is written now is in no snapshot until one is taken.
        let answer = page
            .stratus(
                "call",
                vec![
                    json!("ec2"),
                    json!("DescribeVolumes"),
                    json!({"Filters": [{"Name": "tag:Name", "Values": ["data"]}]}),
                ],
            )
            .await?;
        let volume = crate::story::text_at(&answer, "/Volumes/0/VolumeId")?;
        let write = json!({"VolumeId": volume, "Offset": 13_i64 << 30, "Length": 2_i64 << 30});
        page.stratus("call", vec![json!("stratus"), json!("WriteBlocks"), write])
            .await?;
        map.wait_text("Only data has it: it is in no snapshot, and gone with the volume.")
            .await?;
        map.wait_text("reads 14 GiB, 2 GiB in none").await?;
        page.script("document.querySelector('.copying summary').click()", Vec::new())
            .await?;
        map.field("To").choose("eu-west-1").await?;
        map.wait_text("12 GiB would travel to eu-west-1: a whole copy").await?;
        map.wait_text("a month there").await?;
        page.check_accessibility().await
    })
}

#[test]
fn a_volume_of_many_writes_is_as_few_things_to_draw_as_any_other() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0&clock=paused").await?;
        page.ready().await?;
        let make = "
            const {VolumeId} = await stratus.call('ec2', 'CreateVolume', {AvailabilityZone: 'us-east-1a', Size: 64});
            await stratus.advance(60);
            for (let at = 0; at < 400; at++)
                await stratus.call('stratus', 'WriteBlocks', {VolumeId, Offset: at * 128 * 2 ** 20, Length: 2 ** 20});
            return VolumeId";
        page.script(make, Vec::new()).await?;
        page.region("Panels").button("Storage").click().await?;
        let volume = page.css(".volume .written");
        volume.wait().await?;
        let drawn = page
            .script(
                "return document.querySelectorAll('.volume .written *').length",
                Vec::new(),
            )
            .await?;
        check(drawn == json!(2), format!("the blank and one outline, not {drawn}"))?;
        looks(&page, "blocks/scattered", ".volumes").await
    })
}
