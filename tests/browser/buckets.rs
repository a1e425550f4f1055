//! The browser of buckets: an upload with its versions, a delete marker and the way back; who may read and what decides; a
//! website; a link that ends with its time; what lifecycle rules will do; uploads in parts; messages that nobody receives.
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-s3-evaluates-access-control.html>

use crate::story::{KEEP_FILES, looks, text_at};
use serde_json::json;
use stratus_browser::{Find, Locator, Outcome, Page, check, stage};

/// The storage panel with its buckets.
async fn shelf(page: &Page) -> Outcome<Locator> {
    page.region("Panels").button("Storage").click().await?;
    let storage = page.region("Storage");
    storage.role("tab", "S3 buckets").click().await?;
    Ok(storage)
}

/// A page with the bucket `papers` and an object in it, open in the panel.
async fn papers(page: &Page) -> Outcome<Locator> {
    page.aws("s3api create-bucket --bucket papers").await?;
    let put = json!({"Bucket": "papers", "Key": "a.txt", "Body": "hello", "ContentType": "text/plain"});
    page.stratus("call", vec![json!("s3"), json!("PutObject"), put]).await?;
    let storage = shelf(page).await?;
    let bucket = storage.region("Bucket papers");
    bucket.wait().await?;
    Ok(bucket)
}

/// The newest versions of a key, as their short names.
async fn versions(page: &Page, key: &str) -> Outcome<Vec<String>> {
    let ask = json!({"Bucket": "papers", "Prefix": key});
    let answer = page
        .stratus("call", vec![json!("s3"), json!("ListObjectVersions"), ask])
        .await?;
    let all = answer
        .pointer("/Versions")
        .and_then(|all| all.as_array())
        .map_or(0, Vec::len);
    let mut out = Vec::new();
    for at in 0..all {
        let id = text_at(&answer, &format!("/Versions/{at}/VersionId"))?;
        out.push(format!("{}…", id.get(..8).unwrap_or("null")));
    }
    Ok(out)
}

#[test]
fn an_object_is_deleted_and_comes_back_and_so_does_an_older_version() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0&clock=paused").await?;
        page.ready().await?;
        let storage = shelf(&page).await?;
        storage.wait_text("No bucket yet").await?;
        storage.field("Region").choose("eu-west-1").await?;
        storage.wait_text("data between Regions").await?;
        storage.field("Region").choose("us-east-1").await?;
        storage.field("Bucket name").fill("papers").await?;
        storage.button("Create bucket").click().await?;
        let bucket = storage.region("Bucket papers");
        bucket.wait_text("Versioning is off").await?;
        bucket.button("Turn versioning on").click().await?;
        bucket.wait_text("Versioning is on").await?;
        bucket.button("Write a text").click().await?;
        bucket.field("Key").fill("notes/note.txt").await?;
        bucket.field("Text").fill("first").await?;
        bucket.button("Put text").click().await?;
        bucket.button("notes/").wait().await?;
        bucket.field("Text").fill("second").await?;
        bucket.button("Put text").click().await?;
        bucket.button("notes/").click().await?;
        bucket.field("Show versions").click().await?;
        bucket.wait_text("noncurrent").await?;
        looks(&page, "buckets/versions", ".bucket").await?;
        bucket.button("Delete notes/note.txt").click().await?;
        bucket.wait_text("hides the versions below it").await?;
        looks(&page, "buckets/delete-marker", ".bucket").await?;
        // No object is left, but its versions are: S3 would answer BucketNotEmpty, and the inspector says so before.
        page.css(".buckets .btn").click().await?;
        let inspector = page.region("Inspector");
        inspector
            .wait_text("Delete bucket: Empty it first, of all versions")
            .await?;
        let marker = bucket.css(".version.marker .split > .btn:first-child");
        marker.click().await?;
        bucket.button("Delete notes/note.txt").wait().await?;
        let shown = versions(&page, "notes/note.txt").await?;
        let elder = shown.last().cloned().unwrap_or_default();
        bucket
            .button(&format!("Restore notes/note.txt version {elder}"))
            .click()
            .await?;
        page.until("a third version", "document.querySelectorAll('.version').length === 3")
            .await?;
        let printed = page
            .stratus("aws", vec![json!("s3 cp s3://papers/notes/note.txt -")])
            .await?;
        check(
            printed["stdout"] == "first",
            format!("the first text is back, not {printed}"),
        )?;
        looks(&page, "buckets/restored", ".bucket").await?;
        // All of it was calls: the way back is the same as everywhere.
        page.stratus("undo", Vec::new()).await?;
        bucket.wait_text("noncurrent").await?;
        Ok(())
    })
}

#[test]
fn the_statement_that_decides_is_named_and_the_website_follows_it() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0&clock=paused").await?;
        page.ready().await?;
        let bucket = papers(&page).await?;
        bucket.role("tab", "Who may read").click().await?;
        bucket.wait_text("Somebody without keys may not read a.txt").await?;
        bucket.button("Everybody reads").click().await?;
        bucket.wait_text("BlockPublicPolicy setting").await?;
        bucket.button("Turn all four off").click().await?;
        bucket.wait_text("S3 would take it.").await?;
        bucket.button("Put policy").click().await?;
        bucket.wait_text("Somebody without keys may read a.txt").await?;
        bucket.wait_text("Statement 1 (PublicRead) decides").await?;
        looks(&page, "buckets/policy", ".bucket").await?;
        bucket.role("tab", "Website").click().await?;
        bucket.field("Index document").fill("a.txt").await?;
        bucket.button("Switch website on").click().await?;
        bucket.button("Open").click().await?;
        bucket.wait_text("200 OK").await?;
        bucket
            .wait_text("DNS: papers.s3-website-us-east-1.amazonaws.com is ")
            .await?;
        looks(&page, "buckets/website", ".bucket").await?;
        // Without the policy the same page is refused at once.
        page.aws("s3api delete-bucket-policy --bucket papers").await?;
        bucket.wait_text("403 Forbidden").await?;
        // The DNS panel takes the name over.
        bucket.button("Open DNS").click().await?;
        let resolver = page.region("Resolver");
        resolver.button("Resolve").click().await?;
        resolver.wait_text("papers.s3-website-us-east-1.amazonaws.com").await?;
        Ok(())
    })
}

#[test]
fn a_link_ends_with_its_time() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0&clock=paused").await?;
        page.ready().await?;
        let bucket = papers(&page).await?;
        bucket.role("tab", "Presigned links").click().await?;
        bucket.field("Seconds").fill("60").await?;
        bucket.button("Make a link").click().await?;
        bucket
            .wait_text("aws s3 presign s3://papers/a.txt --expires-in 60")
            .await?;
        bucket.button("Try it: a.txt").click().await?;
        bucket.wait_text("200 OK, 5 bytes").await?;
        // Made again at the same moment it is the same link, not yet tried.
        bucket.button("Make a link").click().await?;
        page.until(
            "one link, untried",
            "document.querySelectorAll('.lent > li').length === 1 && !document.querySelector('.tried').textContent",
        )
        .await?;
        bucket.button("Try it: a.txt").click().await?;
        bucket.wait_text("200 OK, 5 bytes").await?;
        bucket.button("Let it run out").click().await?;
        bucket.wait_text("ran out at").await?;
        bucket.button("Try it: a.txt").click().await?;
        bucket.wait_text("403 AccessDenied: Request has expired").await?;
        looks(&page, "buckets/link", ".bucket").await?;
        page.stratus("undo", Vec::new()).await?;
        bucket.wait_text("good for").await?;
        bucket.button("Try it: a.txt").click().await?;
        bucket.wait_text("200 OK, 5 bytes").await?;
        Ok(())
    })
}

#[test]
fn rules_are_seen_before_they_act_and_parts_before_they_are_an_object() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0&clock=paused").await?;
        page.ready().await?;
        let bucket = papers(&page).await?;
        bucket.role("tab", "Lifecycle and classes").click().await?;
        bucket.wait_text("$0.00099").await?;
        bucket.field("What").choose("Expire current objects").await?;
        bucket.field("After days").fill("3").await?;
        bucket.button("Put rule").focus().await?;
        bucket.wait_text("is deleted for good").await?;
        bucket.button("Put rule").click().await?;
        bucket.wait_text("What the rules in force will do").await?;
        looks(&page, "buckets/lifecycle", ".bucket").await?;
        bucket.role("tab", "Uploads in parts").click().await?;
        bucket.button("Begin an upload").click().await?;
        bucket.button("Put part 1 (5 MiB)").click().await?;
        bucket.wait_text("1 part, 5 MiB so far").await?;
        looks(&page, "buckets/parts", ".bucket").await?;
        bucket.button("Abort film.mp4").click().await?;
        bucket.wait_text("No upload under way").await?;
        bucket.role("tab", "Events").click().await?;
        bucket.button("Add notification").click().await?;
        bucket.wait_text("s3:TestEvent").await?;
        page.aws("s3api put-object --bucket papers --key b.txt").await?;
        bucket.wait_text("ObjectCreated:Put").await?;
        bucket.wait_text("which Stratus does not run yet").await?;
        looks(&page, "buckets/events", ".bucket").await
    })
}

#[test]
fn who_looks_for_a_bucket_finds_it_among_the_buckets_whatever_was_open() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0&clock=paused").await?;
        page.ready().await?;
        page.aws("s3api create-bucket --bucket far-away").await?;
        page.region("Panels").button("Storage").click().await?;
        let storage = page.region("Storage");
        storage.role("tab", "Backups").click().await?;
        crate::story::find(&page, "far-away").await?;
        storage.role("tab", "S3 buckets").wait().await?;
        let chosen = "return document.querySelector('.storage [role=tab][aria-selected=true]').textContent";
        let chosen = page.script(chosen, Vec::new()).await?;
        check(chosen == "S3 buckets", format!("{chosen}"))
    })
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/intelligent-tiering-overview.html>
#[test]
fn what_nobody_reads_moves_to_a_cheaper_tier_until_somebody_does() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0&clock=paused").await?;
        page.ready().await?;
        let bucket = papers(&page).await?;
        let put = json!({"Bucket": "papers", "Key": "a.txt", "Body": "a".repeat(200_000), "StorageClass": "INTELLIGENT_TIERING"});
        page.stratus("call", vec![json!("s3"), json!("PutObject"), put]).await?;
        bucket.role("tab", "Lifecycle and classes").click().await?;
        bucket
            .wait_text("It lies in Frequent Access. Unless somebody reads it")
            .await?;
        page.stratus("advance", vec![json!(32 * 86_400)]).await?;
        bucket.wait_text("It lies in Infrequent Access").await?;
        looks(&page, "buckets/tier", ".bucket .note-row").await?;
        bucket.button("Somebody reads it a.txt").click().await?;
        bucket.wait_text("It lies in Frequent Access").await?;
        Ok(())
    })
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/analytics-storage-class.html>
#[test]
fn an_analysis_recommends_a_rule_and_its_export_waits_for_the_policy() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0&clock=paused").await?;
        page.ready().await?;
        let bucket = papers(&page).await?;
        let big =
            json!({"Bucket": "papers", "Key": "report.txt", "Body": "a".repeat(200_000), "ContentType": "text/plain"});
        page.stratus("call", vec![json!("s3"), json!("PutObject"), big]).await?;
        page.aws("s3api create-bucket --bucket exports").await?;
        bucket.role("tab", "Reports").click().await?;
        let part = bucket.region("Storage class analysis");
        part.field("Export as CSV to").choose("exports").await?;
        part.button("Put analysis").click().await?;
        part.wait_text("It observes whole days, from day 2 00:00:00 on").await?;
        part.wait_text("does not let s3.amazonaws.com put papers/everything.csv")
            .await?;
        looks(&page, "reports/begun", ".analysis").await?;
        part.button("Let S3 write there exports, for analysis everything")
            .click()
            .await?;
        part.wait_text("s3://exports/papers/everything.csv").await?;
        bucket.button("Let time pass to day 2 00:00:00").click().await?;
        part.field("Object of everything").choose("report.txt").await?;
        // Twice: Standard-IA would cost more from 105 % on.
        part.button("Somebody reads it report.txt, analysis everything")
            .click()
            .await?;
        part.button("Somebody reads it report.txt, analysis everything")
            .click()
            .await?;
        bucket.button("Let time pass to day 3 00:00:00").click().await?;
        part.wait_text("1 day of 30 observed").await?;
        part.wait_text("frequently accessed").await?;
        looks(&page, "reports/observed", ".analysis").await?;
        let asked = json!({"Bucket": "exports"});
        let there = page
            .stratus("call", vec![json!("s3"), json!("ListObjectsV2"), asked])
            .await?;
        check(
            text_at(&there, "/Contents/0/Key")? == "papers/everything.csv",
            "the export is there",
        )?;
        page.stratus("advance", vec![json!(40 * 86_400)]).await?;
        part.wait_text("move objects to Standard-IA when they are 30 days old")
            .await?;
        looks(&page, "reports/recommended", ".analysis").await?;
        part.button("Make it a lifecycle rule").click().await?;
        bucket.role("tab", "Lifecycle and classes").click().await?;
        bucket
            .region("Lifecycle rules")
            .wait_text("analysis-everything")
            .await?;
        // An inventory beside it.
        bucket.role("tab", "Reports").click().await?;
        let part = bucket.region("Inventories");
        part.field("To the bucket").choose("exports").await?;
        part.button("Put inventory").click().await?;
        part.wait_text("s3://exports/papers/all-objects/").await?;
        looks(&page, "reports/inventory", "[aria-label='Inventories']").await
    })
}

/// Hands the page's picker two files, as a person does: a short text, and nine MiB that go up in parts.
const PICK: &str = "\
    const picker = document.querySelector('.drop input[type=file]'); const picked = new DataTransfer();\
    picked.items.add(new File(['words of mine'], 'words.txt', { type: 'text/plain' }));\
    picked.items.add(new File([new Uint8Array(9 << 20)], 'large.bin'));\
    picker.files = picked.files; picker.dispatchEvent(new Event('change', { bubbles: true }));";

/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html>
#[test]
fn files_go_up_a_large_one_in_parts_and_come_down_as_they_were() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0&clock=paused").await?;
        page.ready().await?;
        page.script(KEEP_FILES, Vec::new()).await?;
        let bucket = papers(&page).await?;
        page.script(PICK, Vec::new()).await?;
        bucket.button("Download words.txt").wait().await?;
        bucket.button("Download large.bin").wait().await?;
        bucket.wait_text("9 MiB").await?;
        let printed = page.aws("s3api head-object --bucket papers --key large.bin").await?;
        let tag = text_at(&printed, "/ETag")?;
        check(tag.ends_with("-2\""), format!("two parts of 8 MiB at most, not {tag}"))?;
        looks(&page, "buckets/uploaded", ".bucket").await?;
        bucket.button("Download words.txt").click().await?;
        page.until("the file", "saved.length === 1").await?;
        let read = "const [name, blob] = saved[0]; return [name, blob.type, await blob.text()]";
        let saved = page.script(read, Vec::new()).await?;
        check(
            saved == json!(["words.txt", "text/plain", "words of mine"]),
            format!("{saved}"),
        )
    })
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects-retrieval-options.html>
#[test]
fn an_archive_says_how_long_each_way_back_takes_and_keeps_to_it() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0&clock=paused").await?;
        page.ready().await?;
        let bucket = papers(&page).await?;
        let put = json!({"Bucket": "papers", "Key": "a.txt", "Body": "old", "StorageClass": "GLACIER"});
        page.stratus("call", vec![json!("s3"), json!("PutObject"), put]).await?;
        bucket.role("tab", "Lifecycle and classes").click().await?;
        bucket.wait_text("reading it is refused (InvalidObjectState)").await?;
        // Flexible Retrieval: minutes, 3 to 5 hours, 5 to 12 hours. Deep Archive has no expedited way.
        bucket.wait_text("there in 4 h").await?;
        looks(&page, "buckets/archive", ".bucket .tiers").await?;
        bucket.button("Restore, Standard").click().await?;
        bucket.wait_text("A copy is under way").await?;
        page.stratus("advance", vec![json!(3 * 3_600)]).await?;
        bucket.wait_text("A copy is under way").await?;
        page.stratus("advance", vec![json!(2 * 3_600)]).await?;
        bucket.wait_text("A copy can be read until").await?;
        bucket.role("tab", "Objects").click().await?;
        check(
            bucket.button("Download a.txt").enabled().await?,
            "what was restored is read",
        )
    })
}

/// <https://docs.aws.amazon.com/ebs/latest/userguide/ebs-snapshots.html>
#[test]
fn snapshots_lie_in_a_bucket_that_is_shown_and_is_not_yours() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0&clock=paused").await?;
        page.ready().await?;
        let storage = shelf(&page).await?;
        let foreign = storage.region("AWS's own bucket");
        foreign.wait_text("us-east-1 has none now").await?;
        let volume = page
            .aws("ec2 create-volume --availability-zone us-east-1a --size 8")
            .await?;
        let volume = text_at(&volume, "/VolumeId")?;
        page.stratus("advance", vec![json!(60)]).await?;
        let write = json!({"VolumeId": volume, "Offset": 0, "Length": 1_073_741_824});
        page.stratus("call", vec![json!("stratus"), json!("WriteBlocks"), write])
            .await?;
        page.aws(&format!("ec2 create-snapshot --volume-id {volume}")).await?;
        page.stratus("advance", vec![json!(3_600)]).await?;
        foreign
            .wait_text("us-east-1 has 1 snapshot there, 1 GiB in all")
            .await?;
        looks(&page, "buckets/foreign", ".foreign").await
    })
}
