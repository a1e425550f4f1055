//! Cheating and physical hosts: forged packets and an ear at the packets of others, stopped in the picture where the host
//! stops them; which machine an instance is on, who shares it, and what would change that. Pictures in `target/screens`.

use serde_json::{Value, json};
use stratus_browser::page::Emulation;
use stratus_browser::{Find, Outcome, Page, check, stage};

use crate::story::{call, find, looks, text_at, traced, unfold};

/// A running web server with the path panel before it, and its id.
async fn served(page: &Page) -> Outcome<String> {
    page.emulate(Emulation::DESKTOP.still()).await?;
    page.ready().await?;
    page.stratus("advance", vec![json!(300)]).await?;
    let answer = call(page, "ec2", "DescribeInstances", json!({})).await?;
    traced(page, "443", "Blocked by a security group").await?;
    text_at(&answer, "/Reservations/0/Instances/0/InstanceId")
}

async fn denied(page: &Page, place: &str, name: &str) -> Outcome {
    let there = page.css(&format!("{place} .deny")).wait_text(name).await?;
    let all = page.css(".layer.deny, .station.deny").count().await?;
    check(all == 1, format!("{all} layers stop it, among them {there}"))
}

#[test]
fn a_forged_sender_is_stopped_by_the_virtual_interface_and_then_by_the_host_s_firewall() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=web-server&tour=0&clock=paused").await?;
        served(&page).await?;
        let (path, inspector) = (page.region("Path"), page.region("Inspector"));
        page.css(".cheat > summary").click().await?;
        page.check_accessibility().await?;
        path.button("Try it").click().await?;
        let verdict = page.css(".verdict");
        verdict
            .wait_text("Blocked by the virtual interface, on the sender's side")
            .await?;
        denied(&page, ".tower.from", "Virtual interface").await?;
        // The header bears the forged address; the rule, the sentence and the source stand beside it.
        inspector.wait_text("198.51.100.7").await?;
        inspector.wait_text("source/destination check is on").await?;
        check(
            page.css(".inspector .source a").exists().await?,
            "nothing says where it is documented",
        )?;
        check(
            !inspector.text().await?.contains("Smallest change"),
            "a cheat is not to be mended",
        )?;
        looks(&page, "cheat/check-on", ".stage").await?;
        // With the check off it is the next layer down that looks.
        path.button("Turn the source/destination check off").click().await?;
        verdict.wait_text("Blocked by the host's firewall").await?;
        denied(&page, ".tower.from", "Firewall").await?;
        looks(&page, "cheat/check-off", ".stage").await?;
        path.field("Trick").choose("Forge the sender's MAC address").await?;
        path.button("Try it").click().await?;
        inspector.wait_text("MAC").await?;
        denied(&page, ".tower.from", "Firewall").await?;
        path.field("Trick").choose("Forge the source address").await?;
        path.field("Forged source address").fill("nobody").await?;
        path.button("Try it").click().await?;
        path.wait_text("Forged source address: 'nobody' is not an address")
            .await?;
        path.button("Be honest again").click().await?;
        verdict.wait_text("It gets through, both ways").await.map(drop)
    })
}

#[test]
fn who_listens_hears_neither_another_customer_nor_a_neighbour_of_one_s_own() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=web-server&tour=0&clock=paused").await?;
        let web = served(&page).await?;
        let path = page.region("Path");
        page.css(".cheat > summary").click().await?;
        path.field("Trick").choose("Listen to another customer").await?;
        path.button("Try it").click().await?;
        let verdict = page.css(".verdict");
        verdict
            .wait_text("Blocked by the hypervisor, on the listener's side")
            .await?;
        denied(&page, ".tower.to", "Hypervisor").await?;
        // The frame goes to the one that it is for.
        check(
            page.css(".guest.gets").text().await?.contains("another"),
            "nobody gets the frame",
        )?;
        looks(&page, "cheat/listen", ".stage").await?;
        // Two of one's own on one machine: the other's packets are not for it either.
        let placement = json!({ "Tenancy": "dedicated", "AvailabilityZone": "us-east-1a" });
        let image = call(&page, "ec2", "DescribeInstances", json!({})).await?;
        let image = text_at(&image, "/Reservations/0/Instances/0/ImageId")?;
        let run = json!({ "ImageId": image, "InstanceType": "m5.large", "MinCount": 2, "MaxCount": 2, "Placement": placement });
        let two = call(&page, "ec2", "RunInstances", run).await?;
        let (one, ears) = (
            text_at(&two, "/Instances/0/InstanceId")?,
            text_at(&two, "/Instances/1/InstanceId")?,
        );
        page.stratus("advance", vec![json!(300)]).await?;
        path.field("Source").choose("web-1").await?;
        choose_id(&page, "Destination", &one).await?;
        path.field("Trick").choose("Listen to the packet above").await?;
        choose_id(&page, "Cheating instance", &ears).await?;
        path.button("Try it").click().await?;
        page.region("Inspector")
            .wait_text("hands it to that guest alone")
            .await?;
        denied(&page, ".tower.to", "Hypervisor").await?;
        // From another machine nothing of it comes near.
        choose_id(&page, "Source", &ears).await?;
        choose_id(&page, "Cheating instance", &web).await?;
        path.button("Try it").click().await?;
        verdict.wait_text("nothing of this comes near web-1").await.map(drop)
    })
}

/// Chooses the option of this value.
async fn choose_id(page: &Page, field: &str, id: &str) -> Outcome {
    let set = "this.value = given[0]; this.dispatchEvent(new Event('change', { bubbles: true })); return this.value";
    let field = page.region("Path").field(field);
    let value = field.call(set, vec![json!(id)]).await?;
    check(value == json!(id), format!("{id} is not offered"))
}

#[test]
fn a_physical_host_is_drawn_with_its_guests_and_the_ways_to_be_placed() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=web-server&tour=0&clock=paused").await?;
        let web = served(&page).await?;
        let inspector = page.region("Inspector");
        page.region("Panels").button("Map").click().await?;
        find(&page, &web).await?;
        inspector.wait_text("Where it runs").await?;
        unfold(&page).await?;
        let guests = page.css(".machine-picture .machine-guests").text().await?;
        check(guests.contains("web-1") && guests.contains("another customer"), guests)?;
        let now = page.css(".placing .now").text().await?;
        check(now.contains("Shared host"), now)?;
        check(page.css(".placing li").count().await? == 7, "seven ways")?;
        looks(&page, "host/instance", ".machine-picture").await?;
        // Stopped it is on no host, and may be placed otherwise; a spread group keeps racks apart.
        call(
            &page,
            "ec2",
            "CreatePlacementGroup",
            json!({ "GroupName": "apart", "Strategy": "spread" }),
        )
        .await?;
        call(&page, "ec2", "StopInstances", json!({ "InstanceIds": [web] })).await?;
        page.stratus("advance", vec![json!(300)]).await?;
        inspector.wait_text("It is on no host now").await?;
        inspector.button("Change placement…").click().await?;
        let dialog = page.css("dialog, [role=dialog]");
        dialog.wait_text("Where the next start puts it").await?;
        page.check_accessibility().await?;
        page.css("[role=dialog], dialog")
            .field("Placement group")
            .choose("apart · spread")
            .await?;
        page.css("[role=dialog], dialog").button("Change").click().await?;
        call(&page, "ec2", "StartInstances", json!({ "InstanceIds": [web] })).await?;
        page.css(".placing").wait_text("Spread group").await?;
        let now: Value = page
            .script(
                "return [...document.querySelectorAll('.placing .now b')].map(one => one.textContent)",
                Vec::new(),
            )
            .await?;
        check(now == json!(["Shared host", "Spread group"]), format!("{now}"))?;
        find(&page, "apart").await?;
        inspector.wait_text("Where they stand").await?;
        check(
            page.css(".rack .here").text().await?.contains("web-1"),
            "it stands on a rack",
        )?;
        page.check_accessibility().await?;
        // The map, from nearest, shows the same machine.
        find(&page, &web).await?;
        let map = page.region("Map");
        map.button("Zoom in").click().await?;
        map.wait_text("another customer").await?;
        page.check_accessibility().await?;
        page.save_picture("host/map").await.map(drop)
    })
}
