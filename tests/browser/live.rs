//! Live traffic: a connection is opened from the path's answer, seen on the map and in the list; a rule is taken away, and
//! what is tracked lives on while the rest is cut; the badge of the matrix.

use serde_json::{Value, json};
use stratus_browser::page::Emulation;
use stratus_browser::{Find, Outcome, Page, check, stage};

use crate::story::{everyone, launch, text_at};

/// An instance behind a narrow rule for SSH (on port 2222) and a wide one for the web, and its group.
async fn served(page: &Page) -> Outcome<(String, String)> {
    page.ready().await?;
    let web = launch(page).await?;
    page.stratus("advance", vec![json!(300)]).await?;
    let answer = page
        .stratus("call", vec![json!("ec2"), json!("DescribeInstances"), json!({})])
        .await?;
    let group = text_at(&answer, "/Reservations/0/Instances/0/SecurityGroups/0/GroupId")?;
    // Not port 22: the wizard's own group lets that in, whatever becomes of the rules made here.
    for (port, program) in [(80, "nginx"), (2222, "sshd")] {
        let listener = json!({"InstanceId": web, "Protocol": "tcp", "Port": port, "Program": program});
        page.stratus("call", vec![json!("stratus"), json!("StartListener"), listener])
            .await?;
    }
    rules(page, "AuthorizeSecurityGroupIngress", &group).await?;
    Ok((web, group))
}

async fn rules(page: &Page, operation: &str, group: &str) -> Outcome {
    let rule = |port: u16, block: &str| json!({"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "IpRanges": [{"CidrIp": block}]});
    let both = json!({"GroupId": group, "IpPermissions": [rule(2222, "203.0.113.0/24"), rule(80, "0.0.0.0/0")]});
    page.stratus("call", vec![json!("ec2"), json!(operation), both])
        .await
        .map(drop)
}

async fn open(page: &Page, web: &str, port: u16) -> Outcome<Value> {
    let params = json!({"Source": "internet", "Destination": web, "Protocol": "tcp", "Port": port});
    page.stratus("call", vec![json!("stratus"), json!("OpenConnection"), params])
        .await
}

#[test]
fn a_connection_is_opened_from_the_path_and_a_rule_that_goes_cuts_only_what_is_not_tracked() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0&clock=paused").await?;
        let (web, group) = served(&page).await?;
        // From the path's answer, by a call that undo takes back.
        page.region("Panels").button("Path").click().await?;
        let path = page.region("Path");
        path.field("Port").fill("2222").await?;
        path.button("Trace path").click().await?;
        path.wait_text("It gets through, both ways").await?;
        path.button("Open a connection").click().await?;
        path.wait_text("conn-1 opened: SYN, SYN-ACK, ACK.").await?;
        path.button("See it in live traffic").click().await?;
        path.wait_text("1 open. Take a rule away").await?;
        page.stratus("undo", Vec::new()).await?;
        path.wait_text("Nothing is under way").await?;
        page.check_accessibility().await?;
        page.stratus("redo", Vec::new()).await?;
        path.wait_text("forgotten in 5 d 0 h if nothing is sent").await?;
        // With the form of the list: what listens is offered; the path's question is what it begins with.
        path.field("Port").fill("80").await?;
        path.button("Open connection").click().await?;
        path.wait_text("conn-2 opened").await?;
        path.wait_text("so nothing runs out").await?;
        path.field("Port").fill("8443").await?;
        path.button("Open connection").click().await?;
        path.wait_text("No connection: after SYN nothing came.").await?;
        path.button("Why conn-2").click().await?;
        path.wait_text("Untracked at").await?;
        page.check_accessibility().await?;
        rules(&page, "RevokeSecurityGroupIngress", &group).await?;
        path.wait_text("You took the rule away: 1 connection lives on, tracked; 1 was cut.")
            .await?;
        path.wait_text("Lives on: tracked.").await?;
        path.wait_text("Cut: untracked, its next packet is dropped.").await?;
        page.check_accessibility().await?;
        page.save_picture("live-list").await?;
        path.button("Send on conn-1").click().await?;
        path.button("Send on conn-2").click().await?;
        path.wait_text("Over since").await?;
        path.button("Close conn-2").click().await?;
        page.until("one to be left", "document.querySelectorAll('.live-row').length === 1")
            .await?;
        // The clock goes on: five days without a packet.
        page.stratus("advance", vec![json!(432_000)]).await?;
        path.wait_text("Time passed: 1 connection ended.").await?;
        // The instance's own page tells of it too.
        page.region("Panels").button("Map").click().await?;
        page.css(".instance-main").click().await?;
        page.script(
            "[...document.querySelectorAll('.inspector details')].find(one => one.textContent.startsWith('Connections')).open = true",
            Vec::new(),
        )
        .await?;
        page.region("Inspector").wait_text("not tracked any more").await?;
        check(!web.is_empty(), "an instance")
    })
}

#[test]
fn connections_move_over_the_map_at_the_clock_s_pace_and_stand_still_with_it() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0&clock=paused").await?;
        let (web, group) = served(&page).await?;
        check(
            page.css(".traffic").count().await? == 0,
            "nothing is drawn where nothing is open",
        )?;
        for port in [2222, 2222, 2222, 80] {
            open(&page, &web, port).await?;
        }
        // Three are one line with a number, the untracked one is another.
        page.until("two lines", "document.querySelectorAll('.traffic-line').length === 2")
            .await?;
        let map = page.region("Map");
        map.wait_text("4 open").await?;
        let drawn = "const line = document.querySelector('.traffic-line.tracked'), box = line.querySelector('.way').getBoundingClientRect(); \
                     return [line.querySelector('text').textContent, box.width > 10 && box.height > 10, \
                     getComputedStyle(line.querySelector('.packets')).animationName]";
        let found = page.script(drawn, Vec::new()).await?;
        check(found == json!(["3", true, "none"]), format!("{found}"))?;
        page.region("Clock").button("60×").click().await?;
        page.until(
            "the packets to move",
            "getComputedStyle(document.querySelector('.traffic-line.tracked .packets')).animationName === 'travel'",
        )
        .await?;
        let pace = "parseFloat(getComputedStyle(document.querySelector('.packets')).animationDuration)";
        let quick = page.script(&format!("return {pace}"), Vec::new()).await?;
        page.region("Clock").button("1×").click().await?;
        page.until("a slower pace", &format!("{pace} > {quick}")).await?;
        page.emulate(Emulation::DESKTOP.still()).await?;
        page.until(
            "no movement for who wants none",
            "getComputedStyle(document.querySelector('.packets')).animationName === 'none'",
        )
        .await?;
        rules(&page, "RevokeSecurityGroupIngress", &group).await?;
        map.wait_text("You took the rule away: 3 connections live on, tracked; 1 was cut.")
            .await?;
        page.until(
            "the cut one to wear its cross",
            "document.querySelector('.traffic-line.cut text')?.textContent === '✕'",
        )
        .await?;
        page.check_accessibility().await?;
        page.save_picture("live-map").await?;
        page.emulate(Emulation::PHONE.dark().still()).await?;
        page.check_accessibility().await?;
        let wide = "return document.documentElement.scrollWidth > innerWidth";
        check(
            page.script(wide, Vec::new()).await? == Value::Bool(false),
            "the map scrolls sideways",
        )?;
        page.css(".traffic-bar .btn").click().await?;
        page.region("Path").wait_text("Lives on: tracked.").await?;
        check(
            page.script(wide, Vec::new()).await? == Value::Bool(false),
            "the list scrolls sideways",
        )
    })
}

#[test]
fn the_matrix_wears_the_badge_of_a_check_that_was_really_made() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?tour=0&scenario=public-private&clock=paused").await?;
        page.ready().await?;
        everyone(&page).await?;
        let path = page.region("Path");
        path.wait_text("6 of 6 agree").await?;
        page.check_accessibility().await?;
        // It is made anew for another question.
        path.field("Protocol").choose("UDP").await?;
        path.wait_text("6 of 6 agree").await.map(drop)
    })
}

#[test]
fn a_nat_gateway_without_a_port_left_says_so_and_another_address_mends_it() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?tour=0&scenario=public-private&clock=paused").await?;
        page.ready().await?;
        let call = async |operation: &str, params: Value| {
            page.stratus("call", vec![json!("ec2"), json!(operation), params]).await
        };
        let of = |name: &str, value: &str| json!({"Filters": [{"Name": name, "Values": [value]}]});
        let answer = call("DescribeSubnets", of("cidr-block", "10.0.0.0/24")).await?;
        let outer = text_at(&answer, "/Subnets/0/SubnetId")?;
        let answer = call("DescribeSubnets", of("cidr-block", "10.0.1.0/24")).await?;
        let inner = text_at(&answer, "/Subnets/0/SubnetId")?;
        let answer = call("DescribeInstances", of("subnet-id", &inner)).await?;
        let app = text_at(&answer, "/Reservations/0/Instances/0/InstanceId")?;
        let answer = call("DescribeRouteTables", of("association.subnet-id", &inner)).await?;
        let table = text_at(&answer, "/RouteTables/0/RouteTableId")?;
        let answer = call("AllocateAddress", json!({})).await?;
        let address = text_at(&answer, "/AllocationId")?;
        let answer = call("CreateNatGateway", json!({"SubnetId": outer, "AllocationId": address})).await?;
        let nat = text_at(&answer, "/NatGateway/NatGatewayId")?;
        page.stratus("advance", vec![json!(300)]).await?;
        let route = json!({"RouteTableId": table, "DestinationCidrBlock": "203.0.113.0/24", "NatGatewayId": nat});
        call("CreateRoute", route).await?;
        // One below the limit; the last one and one too many by the form.
        let many = json!({"Source": app, "Destination": "internet", "Protocol": "tcp", "Port": 443, "Count": 54_999});
        page.stratus("call", vec![json!("stratus"), json!("OpenConnection"), many])
            .await?;
        page.region("Panels").button("Path").click().await?;
        let path = page.region("Path");
        path.field("Source").choose("database").await?;
        path.field("Destination").choose("The Internet").await?;
        path.field("Port").fill("443").await?;
        path.button("Trace path").click().await?;
        path.wait_text("It gets through, both ways").await?;
        path.button("Open a connection").click().await?;
        path.button("See it in live traffic").click().await?;
        path.wait_text("54,999 × tcp 443").await?;
        path.field("How many").fill("2").await?;
        path.button("Open connection").click().await?;
        path.wait_text("count it as ErrorPortAllocation").await?;
        page.check_accessibility().await?;
        page.save_picture("nat-ports-live").await?;
        page.emulate(Emulation::PHONE.dark().still()).await?;
        page.check_accessibility().await?;
        let wide = "return document.documentElement.scrollWidth > innerWidth";
        check(
            page.script(wide, Vec::new()).await? == Value::Bool(false),
            "the list scrolls sideways",
        )?;
        page.save_picture("nat-ports-live-phone").await?;
        page.emulate(Emulation::DESKTOP.still()).await?;
        path.button("Trace the path").click().await?;
        path.wait_text("has 55,000 connections to TCP port 443 of 203.0.113.25 open")
            .await?;
        path.wait_text("another address").await?;
        page.save_picture("nat-ports-path").await.map(drop)
    })
}
