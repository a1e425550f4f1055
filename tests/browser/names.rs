//! The DNS under the microscope, the votes of health checks, and rolling deployments, as people use them.

use serde_json::json;
use stratus_browser::page::Emulation;
use stratus_browser::{Find, Outcome, Page, check, stage};

use crate::story::looks;

/// Opens the deployment of a fresh world and lets it come to rest.
async fn deployment(page: &Page) -> Outcome {
    page.ready().await?;
    page.emulate(Emulation::DESKTOP.still()).await?;
    page.region("Panels").button("DNS").click().await?;
    let dns = page.region("DNS");
    dns.role("tab", "Rolling deployment").click().await?;
    dns.button("Set up blue and green").click().await?;
    dns.button("Set up another pair").wait().await?;
    // Who asked while neither answered may have heard of green, and holds on to it for a while.
    page.stratus("advance", vec![json!(1800)]).await?;
    dns.wait_text("blue 60").await.map(drop)
}

#[test]
fn a_question_shows_its_way_its_shares_and_who_was_passed_over() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&seed=1&tour=0&clock=paused").await?;
        deployment(&page).await?;
        let dns = page.region("DNS");
        dns.button("50 % to green").click().await?;
        page.stratus("advance", vec![json!(120)]).await?;
        dns.role("tab", "Names").click().await?;
        let resolver = page.region("Resolver");
        resolver.field("Name").fill("www.shop.example").await?;
        resolver.button("Resolve").click().await?;
        resolver.wait_text("asked for afresh").await?;
        resolver.wait_text("passed over").await?;
        resolver.wait_text("The same question 10,000 times").await?;
        resolver.wait_text("The differences are what chance makes").await?;
        looks(&page, "names/way", ".way-picture").await?;
        looks(&page, "names/shares", ".shares").await?;
        resolver.button("Resolve").click().await?;
        resolver.wait_text("all of it from the resolver's memory").await?;
        resolver.field("Name").fill("nothing.shop.example").await?;
        resolver.button("Resolve").click().await?;
        resolver.wait_text("NXDOMAIN: neither this name").await?;
        resolver.field("Name").fill("shop.example").await?;
        resolver.button("Resolve").click().await?;
        resolver.wait_text("NODATA: NOERROR without a record").await.map(drop)
    })
}

#[test]
fn records_that_differ_by_place_have_a_map_of_who_answers_where() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&seed=1&tour=0&clock=paused").await?;
        page.ready().await?;
        page.emulate(Emulation::DESKTOP.still()).await?;
        page.aws("route53 create-hosted-zone --name example.com --caller-reference 1")
            .await?;
        let zone = page.aws("route53 list-hosted-zones").await?;
        let zone = zone.pointer("/HostedZones/0/Id").cloned();
        let set = |region: &str| {
            json!({"Action": "CREATE", "ResourceRecordSet": {"Name": "www.example.com", "Type": "A", "TTL": 60,
                "SetIdentifier": region, "Region": region, "ResourceRecords": [{"Value": "192.0.2.1"}]}})
        };
        let changes = json!({"Changes": [set("eu-west-1"), set("us-west-2"), set("ap-southeast-1")]});
        let params = json!({"HostedZoneId": zone, "ChangeBatch": changes});
        page.stratus(
            "call",
            vec![json!("route53"), json!("ChangeResourceRecordSets"), params],
        )
        .await?;
        page.stratus("advance", vec![json!(120)]).await?;
        page.region("Panels").button("DNS").click().await?;
        let resolver = page.region("Resolver");
        resolver.field("Name").fill("www.example.com").await?;
        resolver.button("Resolve").click().await?;
        resolver.wait_text("The records go by latency").await?;
        looks(&page, "names/map", ".atlas").await?;
        // A city asks from where it lies, and is told what it is nearest to.
        resolver.css(".atlas summary").click().await?;
        let told = "return [...document.querySelectorAll('.atlas tbody tr')]\
            .filter(row => ['lagos', 'singapore'].includes(row.cells[0].textContent))\
            .map(row => [row.cells[0].textContent, row.cells[1].textContent])";
        let told = page.script(told, Vec::new()).await?;
        check(
            told == json!([["lagos", "eu-west-1"], ["singapore", "ap-southeast-1"]]),
            format!("{told}"),
        )
    })
}

#[test]
fn a_deployment_moves_clients_as_their_caches_let_them_and_a_failure_hurts_some() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&seed=1&tour=0&clock=paused").await?;
        deployment(&page).await?;
        let dns = page.region("DNS");
        dns.button("100 % to green").click().await?;
        dns.wait_text("The last client moves to green at").await?;
        looks(&page, "names/rollout", ".rolling").await?;
        page.stratus("advance", vec![json!(300)]).await?;
        dns.button("Break green").click().await?;
        dns.wait_text("get failures").await?;
        dns.wait_text("green does not answer any more").await?;
        looks(&page, "names/broken", ".rolling").await?;
        page.stratus("advance", vec![json!(120)]).await?;
        dns.role("tab", "Health checks").click().await?;
        dns.wait_text("say healthy; 3 are enough").await?;
        looks(&page, "names/votes", ".dns").await?;
        page.region("Panels").button("Timeline").click().await?;
        page.region("Timeline").wait_text("is now unhealthy").await?;
        // Everything was a call: undo takes it back, one after the other.
        let before = page.digest().await?;
        page.stratus("undo", Vec::new()).await?;
        check(page.digest().await? != before, "undo goes back")
    })
}
