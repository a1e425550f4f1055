//! The map from farthest to nearest, its edges, its filter, and the map as a file.

use serde_json::json;
use stratus_browser::page::Emulation;
use stratus_browser::{Find, Outcome, Page, check, stage};

use crate::story::{KEEP_FILES, call, text_at};

async fn focused(page: &Page) -> Outcome<String> {
    let text = page
        .script("return document.activeElement.textContent", Vec::new())
        .await?;
    Ok(text.as_str().unwrap_or_default().to_owned())
}

#[test]
fn the_map_is_seen_from_the_worlds_regions_down_to_one_interface() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?tour=0&scenario=public-private&clock=paused").await?;
        page.ready().await?;
        page.region("Panels").button("Map").click().await?;
        let map = page.region("Map");
        map.button("Zoom in").click().await?;
        map.wait_text("Physical host").await?;
        map.wait_text("Nitro").await?;
        page.check_accessibility().await?;
        page.save_picture("map/inside").await?;
        map.wait_text("Source/destination check on").await?;
        check(!map.button("Zoom in").enabled().await?, "Nothing is nearer")?;
        page.css(".inside .cards .card:nth-child(2) h2 .mini").click().await?;
        page.region("Inspector").wait_text("Network interface").await?;
        for _ in 0..4 {
            map.button("Zoom out").click().await?;
        }
        map.wait_text("Asia and the Pacific").await?;
        check(!map.button("Zoom out").enabled().await?, "Nothing is farther")?;
        check(page.css(".place.used").count().await? == 1, "One Region is used")?;
        page.check_accessibility().await?;
        page.save_picture("map/world").await?;
        page.emulate(Emulation::PHONE.dark().still()).await?;
        page.check_accessibility().await?;
        page.save_picture("map/world-narrow-dark").await?;
        page.emulate(Emulation::DESKTOP).await?;
        let place =
            "[...document.querySelectorAll('.place')].find(one => one.textContent.includes('eu-west-1')).click()";
        page.script(place, Vec::new()).await?;
        map.wait_text("eu-west-1").await?;
        map.wait_text("No instance runs here yet").await.map(drop)
    })
}

#[test]
fn the_ways_out_of_a_vpc_are_edges_that_one_can_go_along() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?tour=0&scenario=public-private&clock=paused").await?;
        page.ready().await?;
        page.region("Panels").button("Map").click().await?;
        let call =
            async |operation: &str, params| page.stratus("call", vec![json!("ec2"), json!(operation), params]).await;
        let tag = json!([{ "ResourceType": "vpc", "Tags": [{ "Key": "Name", "Value": "partner" }] }]);
        let other = call(
            "CreateVpc",
            json!({ "CidrBlock": "10.9.0.0/16", "TagSpecifications": tag }),
        )
        .await?;
        let other = text_at(&other, "/Vpc/VpcId")?;
        let all = call(
            "DescribeVpcs",
            json!({ "Filters": [{ "Name": "cidr", "Values": ["10.0.0.0/16"] }] }),
        )
        .await?;
        let own = text_at(&all, "/Vpcs/0/VpcId")?;
        call(
            "CreateVpcPeeringConnection",
            json!({ "VpcId": own, "PeerVpcId": other }),
        )
        .await?;
        let map = page.region("Map");
        map.wait_text("Peering connection").await?;
        page.check_accessibility().await?;
        page.save_picture("map/doors").await?;
        page.css(&format!("[data-at='{own}'] .door .link")).click().await?;
        check(focused(&page).await?.contains("partner"), "One is at the other VPC")?;
        // With Alt the arrows go out of an instance and in again.
        page.css(".subnet.public .instance-main").focus().await?;
        for end in ["10.0.0.0/24", "10.0.0.0/16", "Internet gateway"] {
            page.press("Alt+Up").await?;
            let at = focused(&page).await?;
            check(at.contains(end), format!("{at} instead of {end}"))?;
        }
        page.press("Alt+Down").await?;
        check(focused(&page).await?.contains("10.0.0.0/16"), "Down is in again")?;
        // From one way out to the next, through it, and in on the other side; each says where it leads.
        page.press("Alt+Up").await?;
        page.press("Right").await?;
        let door = focused(&page).await?;
        check(
            door.contains("Peering connection"),
            format!("{door} instead of the door"),
        )?;
        let said = "return document.activeElement.getAttribute('aria-label')";
        let said = page.script(said, Vec::new()).await?;
        check(
            said.as_str().is_some_and(|said| said.ends_with(", to partner")),
            format!("{said}"),
        )?;
        page.press("Alt+Up").await?;
        let at = focused(&page).await?;
        check(at.contains("partner"), format!("{at} instead of the other VPC"))?;
        page.press("Alt+Up").await?;
        let back = focused(&page).await?;
        check(
            back.contains("Peering connection"),
            format!("{back} instead of its own door"),
        )?;
        // Beyond the gateway is the Internet.
        page.css(&format!("[data-at='{own}'] .edge")).focus().await?;
        page.press("Alt+Up").await?;
        check(focused(&page).await?.contains("The Internet"), "Beyond the gateway")
    })
}

#[test]
fn ec2_classic_has_a_title_that_keys_reach_and_lists_what_was_terminated() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?tour=0&scenario=empty&clock=paused").await?;
        page.ready().await?;
        call(&page, "stratus", "SetEc2Classic", json!({ "Enabled": true })).await?;
        let images = json!({ "Filters": [{ "Name": "name", "Values": ["ubuntu/images/*amd64*"] }] });
        let images = call(&page, "ec2", "DescribeImages", images).await?;
        let image = text_at(&images, "/Images/0/ImageId")?;
        let run = json!({ "ImageId": image, "InstanceType": "m3.large", "MinCount": 2, "MaxCount": 2 });
        let two = call(&page, "ec2", "RunInstances", run).await?;
        let gone = text_at(&two, "/Instances/1/InstanceId")?;
        page.stratus("advance", vec![json!(300)]).await?;
        page.region("Panels").button("Map").click().await?;
        page.css(".classic li:first-child .instance-main").wait().await?;
        call(&page, "ec2", "TerminateInstances", json!({ "InstanceIds": [gone] })).await?;
        page.stratus("advance", vec![json!(120)]).await?;
        let map = page.region("Map");
        map.wait_text("1 instance terminated").await?;
        page.css(".classic .instance-main").focus().await?;
        page.press("Alt+Up").await?;
        let title = focused(&page).await?;
        check(title.contains("EC2-Classic"), format!("{title} instead of the title"))?;
        page.press("Alt+Down").await?;
        check(
            page.script("return document.activeElement.className", Vec::new())
                .await?
                == json!("instance-main"),
            "Down is in again",
        )?;
        page.check_accessibility().await?;
        page.save_picture("map/classic").await.map(drop)
    })
}

#[test]
fn the_map_is_filtered_by_tag_and_taken_along_as_svg_and_png() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?tour=0&scenario=public-private&clock=paused").await?;
        page.ready().await?;
        page.region("Panels").button("Map").click().await?;
        let answer = page
            .stratus("call", vec![json!("ec2"), json!("DescribeInstances"), json!({})])
            .await?;
        let one = text_at(&answer, "/Reservations/0/Instances/0/InstanceId")?;
        let tags = json!({ "Resources": [one], "Tags": [{ "Key": "Stage", "Value": "test <1>" }] });
        page.stratus("call", vec![json!("ec2"), json!("CreateTags"), tags])
            .await?;
        let map = page.region("Map");
        map.field("Filter by tag").choose("Stage = test <1>").await?;
        map.wait_text("1 instance with Stage = test <1>").await?;
        check(page.css(".instance-main").count().await? == 1, "Only one is shown")?;
        page.check_accessibility().await?;
        page.script(KEEP_FILES, Vec::new()).await?;
        map.button("Export as SVG").click().await?;
        page.until("the SVG", "saved.length === 1").await?;
        let read = "const [name, blob] = saved[0]; const text = await blob.text();\
            const image = new Image(); image.src = URL.createObjectURL(blob); await image.decode();\
            return [name, image.naturalWidth, text.split('<desc')[1].split('</desc')[0]];";
        let svg = page.script(read, Vec::new()).await?;
        let told = svg[2].as_str().unwrap_or_default();
        check(
            svg[0] == json!("map-us-east-1.svg") && svg[1] == json!(1200),
            format!("{svg}"),
        )?;
        check(
            told.contains("10.0.0.0/24, public") && told.contains("1 instance"),
            told,
        )?;
        map.button("Export as PNG").click().await?;
        page.until("the PNG", "saved.length === 2").await?;
        let read = "const [name, blob] = saved[1]; const picture = await createImageBitmap(blob);\
            return [name, picture.width];";
        let png = page.script(read, Vec::new()).await?;
        check(png == json!(["map-us-east-1.png", 2400]), format!("{png}"))
    })
}
