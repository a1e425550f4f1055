//! A path, read: step by step forwards and back, rule by rule, as text, into another Region; and the two platforms side by
//! side.

use serde_json::{Value, json};
use stratus_browser::page::Emulation;
use stratus_browser::{Find, Outcome, Page, check, stage};

use crate::story::{call, looks, text_at, traced};

/// A call in Ireland; its answer.
async fn abroad(page: &Page, operation: &str, params: Value) -> Outcome<Value> {
    let given = vec![json!("ec2"), json!(operation), params, json!({ "region": "eu-west-1" })];
    page.stratus("call", given).await
}

/// Chooses an address that is typed as the destination.
async fn to_address(page: &Page, address: &str) -> Outcome {
    let field = page.region("Path").field("Destination");
    field.choose("Another").await?;
    field.fill(address).await?;
    field.press("Tab").await
}

#[test]
fn the_packet_is_scrubbed_forwards_and_back_and_its_header_read_before_and_after_nat() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?tour=0&scenario=web-server&clock=paused").await?;
        page.ready().await?;
        page.emulate(Emulation::DESKTOP.still()).await?;
        page.stratus("advance", vec![json!(300)]).await?;
        traced(&page, "80", "It gets through, both ways").await?;
        let path = page.region("Path");
        let header = async || page.css(".travelling .pkt").text().await;
        let at = async || page.css(".steps .nowrap").text().await;
        // From the end back to the beginning, one step at a time.
        let last = at().await?;
        check(last.ends_with("· answer"), &last)?;
        let count = last
            .split_whitespace()
            .nth(3)
            .and_then(|number| number.parse::<usize>().ok());
        let count = count.unwrap_or_default();
        check(count > 10, &last)?;
        let mut translated = Vec::new();
        for step in (0..count).rev() {
            check(
                at().await?.starts_with(&format!("step {} of {count}", step + 1)),
                at().await?,
            )?;
            let read = header().await?;
            if read.contains("goes on as") {
                translated.push((step, read));
            }
            if step > 0 {
                path.button("Step back").click().await?;
            }
        }
        check(
            !path.button("Step back").enabled().await?,
            "There is nothing before the first step",
        )?;
        // The internet gateway translates once each way: the sender's address of the answer, the receiver's of the request.
        check(translated.len() == 2, format!("{translated:?}"))?;
        for (step, read) in &translated {
            let (before, after) = read.split_once("goes on as").unwrap_or_default();
            let private = |text: &str| text.contains("172.31.");
            let is_answer = *step > count / 2;
            check(
                private(before) == is_answer && private(after) != is_answer,
                format!("step {step}: {read}"),
            )?;
        }
        // The slider goes there at once, and each step is told in the inspector.
        let slide = "const slider = document.querySelector('.steps input'); slider.value = given[0];\
            slider.dispatchEvent(new Event('input', {bubbles: true}))";
        page.script(slide, vec![json!(translated[1].0)]).await?;
        page.region("Inspector").wait_text("Internet gateway").await?;
        check(header().await? == translated[1].1, "The slider leads to the same step")?;
        path.button("Step on").click().await?;
        check(
            !header().await?.contains("goes on as"),
            "The next step translates nothing",
        )?;
        path.button("Show the answer's way").click().await?;
        check(at().await?.starts_with(&format!("step {count} of")), at().await?)
    })
}

#[test]
fn rules_are_listed_as_skipped_matched_and_deciding_and_lead_to_their_pages() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?tour=0&scenario=web-server&clock=paused").await?;
        page.ready().await?;
        page.emulate(Emulation::DESKTOP.still()).await?;
        page.stratus("advance", vec![json!(300)]).await?;
        traced(&page, "80", "It gets through, both ways").await?;
        let path = page.region("Path");
        path.button("Show the request's way").click().await?;
        let inspector = page.region("Inspector");
        // The security group: one rule decides, another is for another port.
        page.css(".tower.to .l4").click().await?;
        inspector.wait_text("Security group").await?;
        let decides = page.css(".rules tr.decides.allow").text().await?;
        check(decides.contains("tcp 80 from 0.0.0.0/0"), decides)?;
        let skipped = page.css(".rules tr.skip").text().await?;
        check(skipped.contains("tcp 22"), skipped)?;
        inspector.wait_text("A security group has allow rules only").await?;
        page.check_accessibility().await?;
        page.css(".rules tr.decides .link").click().await?;
        inspector.wait_text("Allow rules at the network card.").await?;
        // The network ACL: its entries have no page of their own, and lead to it; so do routes.
        for (station, says, page_of) in [
            ("Network ACL", "A network ACL judges each direction by itself", "acl-"),
            ("Internet gateway", "Only an interface with a public address", ""),
        ] {
            let go =
                "[...document.querySelectorAll('.station')].find(one => one.textContent.includes(given[0])).click()";
            page.script(go, vec![json!(station)]).await?;
            inspector.wait_text(says).await?;
            let source =
                "return document.querySelector('.inspector a[href^=\"https://docs.aws.amazon.com/\"]') !== null";
            check(
                page.script(source, Vec::new()).await? == json!(true),
                format!("{station} has no page of AWS"),
            )?;
            if !page_of.is_empty() {
                page.css(".rules tr.decides .link").click().await?;
                inspector.wait_text(page_of).await?;
            }
        }
        Ok(())
    })
}

#[test]
fn the_way_is_told_as_text() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?tour=0&scenario=web-server&clock=paused").await?;
        page.ready().await?;
        page.emulate(Emulation::DESKTOP.still()).await?;
        page.stratus("advance", vec![json!(300)]).await?;
        traced(&page, "443", "Blocked by a security group").await?;
        page.css(".travelling .as-text summary").click().await?;
        let told = page.css(".travelling .as-text").text().await?;
        for part in [
            "From the Internet (203.0.113.25) to web-1, TCP port 443. Blocked by a security group, on the receiver's side.",
            "Request: Internet gateway, lets it pass.",
            "It goes on from 203.0.113.25:",
            "Request: Security group, receiver's host, stops it.",
        ] {
            check(told.contains(part), format!("no “{part}” in {told}"))?;
        }
        looks(&page, "path/as-text", ".travelling").await
    })
}

#[test]
fn a_path_into_another_region_has_that_regions_names() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?tour=0&scenario=web-server&clock=paused").await?;
        page.ready().await?;
        page.stratus("advance", vec![json!(300)]).await?;
        let far = abroad(&page, "CreateVpc", json!({ "CidrBlock": "10.9.0.0/16" })).await?;
        let far = text_at(&far, "/Vpc/VpcId")?;
        let subnet = json!({ "VpcId": far, "CidrBlock": "10.9.1.0/24" });
        let subnet = text_at(&abroad(&page, "CreateSubnet", subnet).await?, "/Subnet/SubnetId")?;
        let within = json!([{ "Name": "vpc-id", "Values": [far] }]);
        let groups = abroad(&page, "DescribeSecurityGroups", json!({ "Filters": within })).await?;
        let group = text_at(&groups, "/SecurityGroups/0/GroupId")?;
        let all = json!([{ "IpProtocol": "-1", "IpRanges": [{ "CidrIp": "172.31.0.0/16" }] }]);
        let rule = json!({ "GroupId": group, "IpPermissions": all });
        abroad(&page, "AuthorizeSecurityGroupIngress", rule).await?;
        let images = json!({ "Filters": [{ "Name": "name", "Values": ["ubuntu/images/*amd64*"] }] });
        let image = text_at(&abroad(&page, "DescribeImages", images).await?, "/Images/0/ImageId")?;
        let tag = json!([{ "ResourceType": "instance", "Tags": [{ "Key": "Name", "Value": "dublin" }] }]);
        let run = json!({
            "ImageId": image, "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1, "SubnetId": subnet,
            "PrivateIpAddress": "10.9.1.20", "TagSpecifications": tag,
        });
        abroad(&page, "RunInstances", run).await?;
        let own = json!([{ "Name": "is-default", "Values": ["true"] }]);
        let own = call(&page, "ec2", "DescribeVpcs", json!({ "Filters": own })).await?;
        let own = text_at(&own, "/Vpcs/0/VpcId")?;
        let peering = json!({ "VpcId": own, "PeerVpcId": far, "PeerRegion": "eu-west-1" });
        let peering = call(&page, "ec2", "CreateVpcPeeringConnection", peering).await?;
        let peering = text_at(&peering, "/VpcPeeringConnection/VpcPeeringConnectionId")?;
        page.stratus("advance", vec![json!(300)]).await?;
        let accept = json!({ "VpcPeeringConnectionId": peering });
        abroad(&page, "AcceptVpcPeeringConnection", accept).await?;
        page.stratus("advance", vec![json!(300)]).await?;
        let main = |vpc: &str| json!({ "Filters": [{ "Name": "vpc-id", "Values": [vpc] }, { "Name": "association.main", "Values": ["true"] }] });
        let here = call(&page, "ec2", "DescribeRouteTables", main(&own)).await?;
        let there = abroad(&page, "DescribeRouteTables", main(&far)).await?;
        let route = |table: &Value, block: &str| json!({ "RouteTableId": table.pointer("/RouteTables/0/RouteTableId"), "DestinationCidrBlock": block, "VpcPeeringConnectionId": peering });
        call(&page, "ec2", "CreateRoute", route(&here, "10.9.0.0/16")).await?;
        abroad(&page, "CreateRoute", route(&there, "172.31.0.0/16")).await?;
        page.emulate(Emulation::DESKTOP.still()).await?;
        page.region("Panels").button("Path").click().await?;
        page.region("Path").field("Source").choose("web-1").await?;
        to_address(&page, "10.9.1.20").await?;
        traced(&page, "22", "It gets through, both ways").await?;
        let path = page.region("Path");
        path.button("Show the request's way").click().await?;
        let tower = page.css(".tower.to").text().await?;
        check(tower.contains("dublin on a host in eu-west-1"), tower)?;
        let band = page.css(".band").text().await?;
        check(
            band.contains("172.31.0.0/16 · us-east-1 → VPC 10.9.0.0/16 · eu-west-1"),
            band,
        )?;
        page.css(".tower.to .l4").click().await?;
        let inspector = page.region("Inspector");
        inspector.wait_text("Security group default").await?;
        inspector.wait_text("eu-west-1").await?;
        looks(&page, "path/abroad", ".stage").await?;
        page.css(".rules tr.decides .link").click().await?;
        inspector.wait_text("Allow rules at the network card.").await.map(drop)
    })
}

#[test]
fn one_workload_stands_in_ec2_classic_and_in_a_vpc_layer_beside_layer() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?tour=0&scenario=classic-and-vpc&clock=paused").await?;
        page.ready().await?;
        page.emulate(Emulation::DESKTOP.still()).await?;
        page.region("Panels").button("Path").click().await?;
        let path = page.region("Path");
        path.button("Classic and VPC").click().await?;
        page.css(".beside-view .matrix-says").wait().await?;
        let layers = "return [...document.querySelectorAll('.beside > li')].map(one => one.innerText)";
        let layers = page.script(layers, Vec::new()).await?;
        let told = |name: &str| {
            let mut all = layers.as_array().into_iter().flatten().filter_map(Value::as_str);
            all.find(|one| one.starts_with(name)).unwrap_or_default().to_owned()
        };
        // What only a VPC has is pointed out at its layer, each side told for itself.
        let acl = told("Firewall");
        check(acl.contains("EC2-Classic") && acl.contains("VPC"), acl)?;
        let network = told("Network");
        check(network.contains("differs"), network)?;
        check(
            page.css(".beside > li.differs > p").exists().await?,
            "a difference is told in a sentence",
        )?;
        path.wait_text("The request's way").await?;
        looks(&page, "path/beside", ".beside-view").await?;
        path.field("TCP port").fill("9").await?;
        path.field("TCP port").press("Tab").await?;
        page.until(
            "a layer that stops it",
            "document.querySelector('.beside-view .mark-deny') !== null",
        )
        .await?;
        path.button("Trace it in EC2-Classic").click().await?;
        page.css(".verdict.bad").wait().await?;
        check(
            path.field("Port").value().await? == "9",
            "the path asks for the same port",
        )
    })
}
