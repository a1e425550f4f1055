//! Who reaches whom: all ports at once, what is open to the world, the matrix with whom one means by the Internet, and both
//! with a thousand instances.

use serde_json::{Value, json};
use stratus_browser::{Find, Outcome, Page, check, map_frames, stage};

use crate::story::{call, everyone, looks, text_at};

/// Opens "All ports".
async fn all_ports(page: &Page) -> Outcome {
    page.region("Panels").button("Path").click().await?;
    page.region("Path").button("All ports").click().await
}

/// The only instance, and its security group.
async fn server(page: &Page) -> Outcome<(String, String)> {
    let answer = call(page, "ec2", "DescribeInstances", json!({})).await?;
    let id = text_at(&answer, "/Reservations/0/Instances/0/InstanceId")?;
    let group = text_at(&answer, "/Reservations/0/Instances/0/SecurityGroups/0/GroupId")?;
    Ok((id, group))
}

/// Lets a port in from a block.
async fn allow(page: &Page, group: &str, port: u16, block: &str) -> Outcome {
    let rule = json!([{ "IpProtocol": "tcp", "FromPort": port, "ToPort": port, "IpRanges": [{ "CidrIp": block }] }]);
    let params = json!({ "GroupId": group, "IpPermissions": rule });
    call(page, "ec2", "AuthorizeSecurityGroupIngress", params)
        .await
        .map(drop)
}

#[test]
fn what_is_open_to_the_world_is_listed_with_its_rule_and_its_path() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?tour=0&scenario=web-server&clock=paused").await?;
        page.ready().await?;
        page.stratus("advance", vec![json!(300)]).await?;
        let (_, group) = server(&page).await?;
        all_ports(&page).await?;
        let path = page.region("Path");
        path.wait_text("1 of 1 instance is open to anyone on the Internet.")
            .await?;
        // Anew with the world: a database's port is the worst.
        allow(&page, &group, 5432, "0.0.0.0/0").await?;
        path.wait_text("The worst: web-1 on PostgreSQL.").await?;
        allow(&page, &group, 8443, "198.51.100.0/24").await?;
        path.wait_text("198.51.100.0/24").await?;
        let row = page.css(".survey-row.risky").text().await?;
        check(
            row.contains("high-risk port") && row.contains("tcp 5432 (PostgreSQL)") && row.contains("nothing listens"),
            row,
        )?;
        looks(&page, "survey/open", ".survey-view").await?;
        // The rule is one press away, and so is the path on the worst port that is answered.
        page.css(".survey-row.risky .survey-what p:last-child .link")
            .click()
            .await?;
        page.region("Inspector").wait_text("Security group").await?;
        page.css(".survey-row.risky .survey-deeds .btn").click().await?;
        page.css(".verdict")
            .wait_text("It arrives, but nothing listens on that port")
            .await
            .map(drop)
    })
}

#[test]
fn who_reaches_whom_on_all_ports_is_listed_by_sender_and_by_receiver() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?tour=0&scenario=public-private&clock=paused").await?;
        page.ready().await?;
        all_ports(&page).await?;
        let path = page.region("Path");
        path.wait_text("of 2 pairs of instances get").await?;
        let who = page.region("Who reaches whom");
        who.wait_text("bastion").await?;
        who.wait_text("tcp 5432 (PostgreSQL)").await?;
        looks(&page, "survey/pairs", "[aria-label='Who reaches whom']").await?;
        who.field("List").choose("by receiver").await?;
        who.field("Filter by name").fill("database").await?;
        who.field("Filter by name").press("Tab").await?;
        page.until(
            "one receiver",
            "document.querySelectorAll('.survey-row.who').length === 1",
        )
        .await?;
        who.role("button", "Path from bastion to database on tcp 22")
            .click()
            .await?;
        page.css(".verdict")
            .wait_text("It gets through, both ways")
            .await
            .map(drop)
    })
}

#[test]
fn where_there_is_nobody_all_ports_says_what_to_do() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?tour=0&scenario=empty&clock=paused").await?;
        page.ready().await?;
        all_ports(&page).await?;
        page.region("Path").wait_text("Nobody to reach yet").await?;
        page.check_accessibility().await
    })
}

#[test]
fn the_internet_of_the_matrix_is_anyone_or_whom_one_names() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?tour=0&scenario=web-server&clock=paused").await?;
        page.ready().await?;
        page.stratus("advance", vec![json!(300)]).await?;
        // The scenario lets SSH in from the office, 198.51.100.0/24.
        everyone(&page).await?;
        let path = page.region("Path");
        path.field("Port").fill("22").await?;
        path.field("Port").press("Tab").await?;
        path.wait_text("1 of 1 instance is open to a part of the Internet on this port")
            .await?;
        looks(&page, "matrix/anyone", ".matrix-view").await?;
        let who = path.field("The Internet means");
        who.fill("203.0.113.25").await?;
        who.press("Tab").await?;
        path.wait_text("Nothing is open to 203.0.113.25 on this port").await?;
        who.fill("198.51.100.0/24").await?;
        who.press("Tab").await?;
        path.wait_text("1 of 1 instance is open to 198.51.100.0/24 on this port")
            .await?;
        who.fill("example.com").await?;
        who.press("Tab").await?;
        path.wait_text("neither an address nor a block").await?;
        page.check_accessibility().await?;
        // The cell's path is that of one who gets through.
        who.fill("").await?;
        who.press("Tab").await?;
        path.button("The Internet to web-1: gets through for a part of it")
            .click()
            .await?;
        page.css(".verdict").wait_text("It gets through, both ways").await?;
        let source = path.field("Source").value().await?;
        check(source.starts_with("198.51.100."), source)
    })
}

/// A thousand instances of one subnet and group, and one that differs.
#[test]
fn a_thousand_instances_are_surveyed_and_stand_in_the_matrix() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?tour=0&scenario=empty&clock=paused").await?;
        page.ready().await?;
        map_frames::fill(&page).await?;
        everyone(&page).await?;
        let path = page.region("Path");
        let begun = "return performance.now()";
        let start = page.script(begun, Vec::new()).await?;
        path.wait_text("pairs get through.").await?;
        path.field("Group by").choose("Instance").await?;
        path.wait_text("are shown: group them by subnet").await?;
        check(
            page.css(".matrix tbody tr").count().await? == 40,
            "As many rows as can be read are drawn",
        )?;
        path.field("Filter by name").fill("i-0").await?;
        path.field("Filter by name").press("Tab").await?;
        path.field("Group by").choose("VPC").await?;
        path.field("Filter by name").fill("").await?;
        path.field("Filter by name").press("Tab").await?;
        page.until(
            "two groups",
            "document.querySelectorAll('.matrix tbody tr').length === 2",
        )
        .await?;
        page.save_picture("matrix/thousand").await?;
        path.button("All ports").click().await?;
        path.wait_text("999,000").await?;
        let end = page.script(begun, Vec::new()).await?;
        println!(
            "matrix and survey of 1,000 instances: {:.0} ms",
            number(&end) - number(&start)
        );
        page.save_picture("survey/thousand").await?;
        // What is long is drawn in parts.
        let rows = page.css(".survey-row").count().await?;
        check(rows < 60, format!("{rows} rows are drawn"))
    })
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_default()
}
