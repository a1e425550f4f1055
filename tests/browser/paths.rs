//! The path panel as a learner uses it: predicting first, reading the header, taking the path along as a file.

use serde_json::json;
use stratus_browser::page::Emulation;
use stratus_browser::{Find, Outcome, Page, check, stage};

use crate::story::{KEEP_FILES, call, launch, text_at, traced};

/// An instance that nobody may reach on port 80.
async fn prepared(page: &Page) -> Outcome {
    page.ready().await?;
    launch(page).await?;
    page.stratus("advance", vec![json!(300)]).await.map(drop)
}

/// The same, and the path panel with this question in it.
async fn blocked(page: &Page) -> Outcome {
    prepared(page).await?;
    page.region("Panels").button("Path").click().await?;
    page.region("Path").field("Port").fill("80").await
}

#[test]
fn a_prediction_is_made_with_the_mouse_and_with_keys_before_anything_is_shown_and_is_scored() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0").await?;
        blocked(&page).await?;
        let path = page.region("Path");
        path.role("checkbox", "Predict first").click().await?;
        path.button("Trace path").click().await?;
        path.wait_text("What will stop the packet?").await?;
        check(
            !page.css(".verdict").exists().await?,
            "The verdict is shown before the prediction",
        )?;
        check(
            !page.region("Inspector").text().await?.contains("Smallest change"),
            "The inspector tells before the prediction",
        )?;
        page.check_accessibility().await?;
        check(!path.button("Reveal").enabled().await?, "Nothing is marked yet")?;
        path.role("radio", "Virtual interface on the receiver's side")
            .click()
            .await?;
        path.button("Reveal").click().await?;
        let said = page
            .css(".predict-outcome")
            .wait_text("Not quite: 1 place off.")
            .await?;
        check(
            said.contains("It was stopped at the security group on the receiver's side."),
            said,
        )?;
        path.wait_text("Score: 0 of 1 right").await?;
        page.css(".verdict").wait_text("Blocked by a security group").await?;
        page.check_accessibility().await?;
        // Once more, with keys alone, on a phone in the dark.
        page.emulate(Emulation::PHONE.dark()).await?;
        path.button("Trace path").press("Enter").await?;
        path.role("radio", "Security group on the receiver's side")
            .press("Space")
            .await?;
        page.check_accessibility().await?;
        path.button("Reveal").press("Enter").await?;
        page.css(".predict-outcome").wait_text("Right.").await?;
        path.wait_text("Score: 1 of 2 right").await.map(drop)
    })
}

#[test]
fn the_header_is_read_at_each_step_and_the_path_is_taken_along_as_svg_and_png() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0").await?;
        page.emulate(Emulation::DESKTOP.still()).await?;
        prepared(&page).await?;
        let path = page.region("Path");
        traced(&page, "80", "Blocked by a security group").await?;
        page.script(KEEP_FILES, Vec::new()).await?;
        // The first step from outside is the internet gateway, which translates.
        page.css(".stations li:first-child .station").click().await?;
        let header = page.css(".travelling .pkt").wait_text("goes on as").await?;
        check(header.contains("TCP") && header.contains(":80"), header)?;
        check(
            page.css(".travelling .pkt u").count().await? == 1,
            "Only the destination is translated",
        )?;
        path.button("Export as SVG").click().await?;
        page.until("the SVG", "saved.length === 1").await?;
        // An image that is not well-formed cannot be decoded; the page's policy lets nobody parse markup.
        let read = "const [name, blob] = saved[0]; const text = await blob.text();\
            const image = new Image(); image.src = URL.createObjectURL(blob); await image.decode();\
            const part = (name) => text.split('<' + name)[1].split('</' + name)[0];\
            return [name.endsWith('.svg'), blob.type, image.naturalWidth > 600, part('title'), part('desc')];";
        let svg = page.script(read, Vec::new()).await?;
        check(
            svg[0] == json!(true) && svg[1] == json!("image/svg+xml") && svg[2] == json!(true),
            format!("{svg}"),
        )?;
        check(
            svg[3].as_str().is_some_and(|title| title.contains("TCP port 80")),
            format!("{svg}"),
        )?;
        let told = svg[4].as_str().unwrap_or_default();
        check(
            told.contains("Blocked by a security group")
                && told.contains("Security group, receiver")
                && told.contains("host, stops it."),
            told,
        )?;
        path.button("Export as PNG").click().await?;
        page.until("the PNG", "saved.length === 2").await?;
        let read = "const [name, blob] = saved[1]; const picture = await createImageBitmap(blob);\
            return [name.endsWith('.png'), blob.type, picture.width, picture.height > 600];";
        let png = page.script(read, Vec::new()).await?;
        check(png == json!([true, "image/png", 2400, true]), format!("{png}"))
    })
}

#[test]
fn who_would_reach_whom_is_told_before_a_change_is_made() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=web-server&tour=0&clock=paused").await?;
        page.ready().await?;
        page.stratus("advance", vec![json!(300)]).await?;
        traced(&page, "443", "Blocked by a security group").await?;
        let before = page.digest().await?;
        let inspector = page.region("Inspector");
        inspector.wait_text("Smallest change that works").await?;
        inspector.wait_text("It opens nothing else.").await?;
        let asked = page.css(".inspector .what-if summary");
        asked.click().await?;
        inspector.wait_text("1 pair gains a way; nobody loses one.").await?;
        let gained = page.css(".inspector .gained").text().await?;
        check(gained.contains("203.0.113.25/32 → web-1: tcp 443"), gained)?;
        page.check_accessibility().await?;
        // The next one opens more, and says so.
        inspector.button("1 of 2 · next").click().await?;
        inspector
            .wait_text("It also lets the Internet reach web-1 on tcp 443 (HTTPS).")
            .await?;
        check(page.digest().await? == before, "Asking changes nothing")
    })
}

/// A VPC of its own beside web-1's, with an instance named `reports` in it.
async fn a_vpc_beside(page: &Page) -> Outcome {
    let ec2 = async |operation: &str, params| call(page, "ec2", operation, params).await;
    let answer = ec2("DescribeInstances", json!({})).await?;
    let image = text_at(&answer, "/Reservations/0/Instances/0/ImageId")?;
    let answer = ec2("CreateVpc", json!({ "CidrBlock": "10.9.0.0/16" })).await?;
    let vpc = text_at(&answer, "/Vpc/VpcId")?;
    let answer = ec2("CreateSubnet", json!({ "VpcId": vpc, "CidrBlock": "10.9.1.0/24" })).await?;
    let subnet = text_at(&answer, "/Subnet/SubnetId")?;
    let tags = json!([{ "ResourceType": "instance", "Tags": [{ "Key": "Name", "Value": "reports" }] }]);
    let run = json!({
        "ImageId": image, "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1, "SubnetId": subnet,
        "TagSpecifications": tags,
    });
    ec2("RunInstances", run).await?;
    page.stratus("advance", vec![json!(300)]).await.map(drop)
}

#[test]
fn a_verdict_says_what_else_stands_in_the_way_and_when_nothing_does() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=web-server&tour=0&clock=paused").await?;
        page.ready().await?;
        page.stratus("advance", vec![json!(300)]).await?;
        let answer = call(&page, "ec2", "DescribeNetworkAcls", json!({})).await?;
        let mut entry = json!({ "NetworkAclId": text_at(&answer, "/NetworkAcls/0/NetworkAclId")?, "RuleNumber": 50, "Egress": false });
        let whose = entry.clone();
        entry["Protocol"] = json!("6");
        entry["RuleAction"] = json!("deny");
        entry["CidrBlock"] = json!("0.0.0.0/0");
        entry["PortRange"] = json!({ "From": 443, "To": 443 });
        call(&page, "ec2", "CreateNetworkAclEntry", entry).await?;
        traced(&page, "443", "Blocked by a network ACL").await?;
        let verdict = page.css(".verdict");
        verdict.wait_text("1 more thing would stop it after that").await?;
        page.css(".more-blockers summary").click().await?;
        verdict.wait_text("ENI_SG_RULES_MISMATCH").await?;
        page.check_accessibility().await?;
        page.save_picture("verdict-more").await?;
        call(&page, "ec2", "DeleteNetworkAclEntry", whose).await?;
        verdict.wait_text("Blocked by a security group").await?;
        verdict.wait_text("nothing else stands in the way").await?;
        page.save_picture("verdict-alone").await.map(drop)
    })
}

#[test]
fn two_vpcs_with_nothing_between_them_are_connected_by_the_smallest_change() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=web-server&tour=0&clock=paused").await?;
        page.ready().await?;
        a_vpc_beside(&page).await?;
        page.region("Panels").button("Path").click().await?;
        let path = page.region("Path");
        path.field("Source").choose("web-1").await?;
        path.field("Destination").choose("reports").await?;
        traced(&page, "22", "No route leads there").await?;
        page.css(".verdict").wait_text("nothing connects the two VPCs").await?;
        let inspector = page.region("Inspector");
        inspector.wait_text("by a peering connection").await?;
        inspector.button("Apply").click().await?;
        // The clock stands still, and a connection that was just accepted is made in a few seconds.
        page.css(".verdict")
            .wait_text("a black hole until it is active")
            .await?;
        inspector.wait_text("Let time pass until").await?;
        inspector.button("Apply").click().await?;
        page.css(".verdict").wait_text("It gets through, both ways").await?;
        page.save_picture("connected").await.map(drop)
    })
}

#[test]
fn a_path_is_closed_and_no_other_is_harmed() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=web-server&tour=0&clock=paused").await?;
        page.ready().await?;
        page.stratus("advance", vec![json!(300)]).await?;
        traced(&page, "80", "It gets through, both ways").await?;
        let path = page.region("Path");
        page.css(".closing summary").click().await?;
        path.wait_text("Harms no other").await?;
        page.check_accessibility().await?;
        page.save_picture("closing").await?;
        path.button("Apply change 1").click().await?;
        page.css(".verdict").wait_text("Blocked by").await.map(drop)
    })
}
