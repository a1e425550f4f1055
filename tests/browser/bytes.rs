//! Where the bytes live: what survives what, images from their making to what they leave behind, a restored volume on its
//! way from S3, and the block map of a volume of two million blocks.

use serde_json::json;
use stratus_browser::{Find, Outcome, Page, check, stage};

use crate::story::{call, looks, text_at};

/// Opens the storage panel at one of its tabs.
async fn storage(page: &Page, tab: &str) -> Outcome {
    page.region("Panels").button("Storage").click().await?;
    page.region("Storage").role("tab", tab).click().await
}

#[test]
fn a_file_is_written_everywhere_and_what_survives_is_guessed_and_seen() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0&clock=paused").await?;
        page.ready().await?;
        storage(&page, "What survives").await?;
        let part = page.region("What survives");
        part.button("Make a machine for it").click().await?;
        part.wait_text("the file is here, in RAM").await?;
        part.wait_text("the file is here, on ephemeral0").await?;
        looks(&page, "bytes/written", ".survival").await?;
        // A guess that is right, one that is not.
        part.button("Stop and start").click().await?;
        part.button("goes: instance store").click().await?;
        part.button("stays: memory").click().await?;
        part.button("Let it happen").click().await?;
        part.wait_text("Stop and start: 1 of 2 guesses right.").await?;
        let why = part.role("list", "Why");
        why.wait_text("The machine leaves its host, whose disk is erased for the next customer.")
            .await?;
        why.wait_text("A machine that is off has no memory.").await?;
        looks(&page, "bytes/stopped", ".survival").await?;
        // Back, and each of the others on the same files.
        for (event, told) in [
            ("Reboot", "all programs end, and memory is empty"),
            (
                "Hibernate and start",
                "the memory is written to the encrypted root volume",
            ),
            ("Host failure", "The disk is part of the host that failed."),
            (
                "Terminate",
                "Its DeleteOnTermination is false: it stays, available and billed.",
            ),
        ] {
            part.button("Back to before it").click().await?;
            part.wait_text("the file is here, in RAM").await?;
            part.button(event).click().await?;
            part.button("Let it happen").click().await?;
            part.role("list", "Why").wait_text(told).await?;
        }
        let table = part.css(".fates tbody").text().await?;
        let lines: Vec<&str> = table.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        check(lines.len() >= 5, format!("a row for each event: {table}"))?;
        check(!table.contains('?'), format!("all was tried: {table}"))?;
        looks(&page, "bytes/all", ".survival").await?;
        // Everything is undone by going back.
        part.button("Back to before it").click().await?;
        part.wait_text("the file is here, on ephemeral0").await?;
        Ok(())
    })
}

#[test]
fn an_image_is_made_at_a_risk_shared_copied_and_given_up() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=web-server&tour=0&clock=paused").await?;
        page.ready().await?;
        page.stratus("advance", vec![json!(300)]).await?;
        let answer = call(&page, "ec2", "DescribeInstances", json!({})).await?;
        let web = text_at(&answer, "/Reservations/0/Instances/0/InstanceId")?;
        let write = json!({"InstanceId": web, "Command": "echo unsaved > /srv/note"});
        call(&page, "stratus", "RunGuestCommand", write).await?;
        storage(&page, "Images").await?;
        let part = page.region("Images");
        let making = part.region("Make an image");
        making
            .wait_text("it writes 1 file that waits to its disks first (/srv/note)")
            .await?;
        making.field("Without a reboot").click().await?;
        making
            .wait_text("the image misses 1 file that waits in its memory: /srv/note")
            .await?;
        looks(&page, "bytes/risk", ".images").await?;
        making.button("Create image").click().await?;
        page.stratus("advance", vec![json!(1800)]).await?;
        part.wait_text("your account only").await?;
        let answer = call(&page, "ec2", "DescribeImages", json!({"Owners": ["self"]})).await?;
        let name = text_at(&answer, "/Images/0/Name")?;
        // Shared with one account, then with everybody.
        page.script(
            "document.querySelectorAll('.sharing').forEach(fold => fold.open = true)",
            Vec::new(),
        )
        .await?;
        part.field("Account").fill("210987654321").await?;
        part.button(&format!("Share {name}")).click().await?;
        part.wait_text("your account, and 210987654321").await?;
        // A new account has its images blocked from that: the remedy stands beside it.
        part.wait_text("no AMI of this Region can become public").await?;
        part.button(&format!("Allow public AMIs {name}")).click().await?;
        part.button(&format!("Make public {name}")).click().await?;
        part.wait_text("everybody in the Region").await?;
        looks(&page, "bytes/shared", ".own-images").await?;
        // Launched from it: the wizard begins with it.
        part.button(&format!("Launch from it: {name}")).click().await?;
        let dialog = page.dialog("Launch instance");
        let image = text_at(&answer, "/Images/0/ImageId")?;
        let shown = dialog.field("AMI").value().await?;
        check(shown == image, format!("the wizard begins with {image}, not {shown}"))?;
        dialog.button("Cancel").click().await?;
        part.button(&format!("Copy to another Region: {name}")).click().await?;
        let copy = page.dialog("Copy to another Region");
        copy.button("Copy").click().await?;
        copy.wait_gone().await?;
        // Given up, and what that leaves.
        part.button(&format!("Deregister {name}")).click().await?;
        let left = part.region("Left behind");
        left.wait_text("a month for images that are no more").await?;
        looks(&page, "bytes/left", ".images").await?;
        for (tab, told) in [
            ("Amazon", "137112412989"),
            ("Marketplace", "by subscription"),
            ("Community", "Nobody vouches for what is in them"),
        ] {
            part.role("tab", tab).click().await?;
            part.wait_text(told).await?;
        }
        looks(&page, "bytes/community", ".images").await
    })
}

#[test]
fn a_root_on_the_hosts_disks_is_bundled_into_a_bucket_and_registered() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0&clock=paused").await?;
        page.ready().await?;
        let store = json!([{"Name": "root-device-type", "Values": ["instance-store"]}, {"Name": "virtualization-type", "Values": ["hvm"]}]);
        let filters = json!({"Filters": store, "IncludeDeprecated": true});
        let answer = call(&page, "ec2", "DescribeImages", filters).await?;
        let image = text_at(&answer, "/Images/0/ImageId")?;
        let run = json!({"ImageId": image, "InstanceType": "m3.medium", "MinCount": 1, "MaxCount": 1});
        call(&page, "ec2", "RunInstances", run).await?;
        page.stratus("advance", vec![json!(120)]).await?;
        storage(&page, "Images").await?;
        let making = page.region("Images").region("Make an image");
        making.button("Make a bucket for the bundle").click().await?;
        making.button("Bundle").click().await?;
        making.wait_text("images/web.manifest.xml: bundling").await?;
        page.stratus("advance", vec![json!(400)]).await?;
        making.wait_text("images/web.manifest.xml: complete").await?;
        making.button("Register the manifest").click().await?;
        page.region("Images").wait_text("in a bucket of yours").await?;
        looks(&page, "bytes/bundled", ".images").await
    })
}

#[test]
fn a_restored_volume_shows_what_still_lies_in_s3() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=snapshot-restore&tour=0&clock=paused").await?;
        page.ready().await?;
        let answer = call(&page, "ec2", "DescribeSnapshots", json!({"OwnerIds": ["self"]})).await?;
        let snapshot = text_at(&answer, "/Snapshots/0/SnapshotId")?;
        let create = json!({"SnapshotId": snapshot, "AvailabilityZone": "us-east-1a", "TagSpecifications": [{"ResourceType": "volume", "Tags": [{"Key": "Name", "Value": "restored"}]}]});
        let volume = text_at(&call(&page, "ec2", "CreateVolume", create).await?, "/VolumeId")?;
        let answer = call(&page, "ec2", "DescribeInstances", json!({})).await?;
        let host = text_at(&answer, "/Reservations/0/Instances/0/InstanceId")?;
        page.stratus("advance", vec![json!(20)]).await?;
        let attach = json!({"VolumeId": volume, "InstanceId": host, "Device": "/dev/sdg"});
        call(&page, "ec2", "AttachVolume", attach).await?;
        page.stratus("advance", vec![json!(20)]).await?;
        let part = page.region("Storage");
        part.wait_text("still lie in S3 and come in the background until")
            .await?;
        looks(&page, "bytes/restoring", ".restored .coming").await?;
        part.button("Read 1 GiB restored").click().await?;
        part.wait_text("1073741824 bytes copied").await?;
        part.button("Read it all restored").click().await?;
        part.wait_text("all its blocks are here, none has to come from S3 any more")
            .await?;
        // What a copy to another Region costs on the way, and there.
        page.script("document.querySelector('.copying summary').click()", Vec::new())
            .await?;
        page.region("Block map").field("To").choose("eu-west-1").await?;
        page.region("Block map")
            .wait_text("once, as data that leaves us-east-1")
            .await?;
        looks(&page, "bytes/copying", ".copying").await
    })
}

/// Printed, not asserted: it depends on the machine.
#[test]
fn the_block_map_of_two_million_blocks_is_scrubbed() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0&clock=paused").await?;
        page.ready().await?;
        let create = json!({"Size": 1024, "AvailabilityZone": "us-east-1a", "VolumeType": "gp3"});
        let volume = text_at(&call(&page, "ec2", "CreateVolume", create).await?, "/VolumeId")?;
        page.stratus("advance", vec![json!(60)]).await?;
        for round in 0..3_i64 {
            for part in 0..40_i64 {
                let write = json!({"VolumeId": volume, "Offset": (part * 25 + round) << 30, "Length": 1_i64 << 30});
                call(&page, "stratus", "WriteBlocks", write).await?;
            }
            call(&page, "ec2", "CreateSnapshot", json!({"VolumeId": volume})).await?;
            page.stratus("advance", vec![json!(86_400)]).await?;
        }
        page.region("Panels").button("Storage").click().await?;
        let map = page.region("Block map");
        map.wait_text("3 snapshots: 120 GiB kept in S3").await?;
        let scrub = "const slider = document.querySelector('.block-map input[aria-label=Block]');\
            const most = Number(slider.max), began = performance.now();\
            let frames = 0;\
            while (performance.now() - began < 2000) {\
                slider.value = String(Math.floor(most * ((frames * 37) % 1000) / 1000));\
                slider.dispatchEvent(new InputEvent('input', { bubbles: true }));\
                await new Promise(requestAnimationFrame);\
                frames += 1;\
            }\
            return Math.round(frames * 1000 / (performance.now() - began));";
        let frames = page.script(scrub, Vec::new()).await?;
        println!("block map of 2,097,152 blocks, scrubbed: {frames} frames a second");
        map.wait_text("into the volume").await.map(drop)
    })
}
