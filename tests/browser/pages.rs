//! The inspector's pages of what watches, links, is rented and handed over: each is found by search, says something where
//! there is nothing, and makes its usual changes with buttons.

use serde_json::json;
use stratus_browser::page::Emulation;
use stratus_browser::{Find, Outcome, Page, check, stage};

use crate::story::{call, find, looks, text_at, unfold};

/// The web server's world, and the ids of the instance, its interface, its VPC and its subnet.
async fn opened(page: &Page) -> Outcome<[String; 4]> {
    page.emulate(Emulation::DESKTOP.still()).await?;
    page.ready().await?;
    // Where no path is shown, nothing but what one selects is in the inspector.
    page.region("Panels").button("Map").click().await?;
    page.stratus("advance", vec![json!(300)]).await?;
    let answer = call(page, "ec2", "DescribeInstances", json!({})).await?;
    let at = |name: &str| text_at(&answer, &format!("/Reservations/0/Instances/0/{name}"));
    Ok([
        at("InstanceId")?,
        at("NetworkInterfaces/0/NetworkInterfaceId")?,
        at("VpcId")?,
        at("SubnetId")?,
    ])
}

/// Presses a button of the inspector that opens a form, and the form's own.
async fn form(page: &Page, opens: &str, sends: &str) -> Outcome {
    page.region("Inspector").button(&format!("{opens}…")).click().await?;
    let dialog = page.css("dialog, [role=dialog]");
    dialog.wait().await?;
    page.check_accessibility().await?;
    dialog.button(sends).click().await?;
    dialog.wait_gone().await
}

#[test]
fn every_list_says_something_where_there_is_nothing() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0").await?;
        page.emulate(Emulation::DESKTOP.still()).await?;
        page.ready().await?;
        let inspector = page.region("Inspector");
        for (title, says) in [
            ("Physical hosts", "None yet."),
            ("Placement groups", "None yet."),
            ("Flow logs", "None yet."),
            ("Traffic mirroring", "None yet."),
            ("Reachability Analyzer", "None yet."),
            ("Network Access Analyzer", "None yet."),
            ("VPC Block Public Access", "off: routes, groups and ACLs decide alone"),
            ("Elastic IP transfers", "No other account offers an address."),
            ("Endpoints and their services", "None yet."),
            ("Transit gateways and peering", "None yet."),
        ] {
            // The Region's own page leads there.
            inspector.button(title).click().await?;
            inspector.wait_text(says).await?;
            page.check_accessibility().await?;
            inspector.button("The Region").click().await?;
        }
        looks(&page, "pages/region", ".shelves").await
    })
}

#[test]
fn a_flow_log_is_made_delivers_records_and_leads_from_one_to_its_path() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=web-server&tour=0&clock=paused").await?;
        let [web, _, vpc, _] = opened(&page).await?;
        let inspector = page.region("Inspector");
        find(&page, &vpc).await?;
        unfold(&page).await?;
        inspector
            .wait_text("None: nobody writes down what passes here.")
            .await?;
        form(&page, "Create flow log", "Create flow log").await?;
        inspector.wait_text("Writes down who talked to whom").await?;
        inspector.button("Create the role flow-logs").click().await?;
        for port in [80, 443] {
            let params = json!({ "Source": "internet", "Destination": web, "Protocol": "tcp", "Port": port });
            call(&page, "stratus", "OpenConnection", params).await?;
        }
        page.stratus("advance", vec![json!(900)]).await?;
        let records = page.css(".logged");
        records.wait_text("ACCEPT").await?;
        check(
            records.text().await?.contains("REJECT"),
            "the refused one is a record, too",
        )?;
        unfold(&page).await?;
        inspector.wait_text("REJECT: they did not").await?;
        looks(&page, "pages/flow-log", ".logged").await?;
        page.css(".logged tr.deny .link").click().await?;
        page.css(".verdict")
            .wait_text("Blocked by a security group")
            .await
            .map(drop)
    })
}

#[test]
fn packets_are_mirrored_with_forms_alone() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=web-server&tour=0&clock=paused").await?;
        let [web, interface, _, subnet] = opened(&page).await?;
        let inspector = page.region("Inspector");
        // Somebody who receives the copies.
        let made = call(&page, "ec2", "CreateNetworkInterface", json!({ "SubnetId": subnet })).await?;
        let other = text_at(&made, "/NetworkInterface/NetworkInterfaceId")?;
        find(&page, &other).await?;
        unfold(&page).await?;
        form(&page, "Make it a target", "Create target").await?;
        inspector.wait_text("Traffic mirror target").await?;
        find(&page, "Traffic mirroring").await?;
        inspector.button("Create filter").click().await?;
        let filters = call(&page, "ec2", "DescribeTrafficMirrorFilters", json!({})).await?;
        find(
            &page,
            &text_at(&filters, "/TrafficMirrorFilters/0/TrafficMirrorFilterId")?,
        )
        .await?;
        inspector.wait_text("a packet that none takes is not copied").await?;
        form(&page, "Add rule", "Add rule").await?;
        inspector.wait_text("in 100").await?;
        find(&page, &interface).await?;
        unfold(&page).await?;
        form(&page, "Mirror it", "Create session").await?;
        inspector.wait_text("Traffic mirror session").await?;
        let params = json!({ "Source": "internet", "Destination": web, "Protocol": "tcp", "Port": 80 });
        call(&page, "stratus", "OpenConnection", params).await?;
        page.css(".logged").wait_text("TCP").await?;
        looks(&page, "pages/mirroring", ".logged").await
    })
}

#[test]
fn both_analyzers_are_asked_and_answer_on_their_pages() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=web-server&tour=0&clock=paused").await?;
        opened(&page).await?;
        let inspector = page.region("Inspector");
        find(&page, "Reachability Analyzer").await?;
        inspector.button("Create path…").click().await?;
        let dialog = page.css("dialog, [role=dialog]");
        dialog.field("From").choose("internet gateway").await?;
        dialog.field("To").choose("web-1 · running").await?;
        dialog.button("Create path").click().await?;
        inspector.wait_text("Two ends that the Reachability Analyzer").await?;
        inspector.button("Analyse").click().await?;
        page.stratus("advance", vec![json!(120)]).await?;
        inspector.wait_text("no path").await?;
        page.css(".inspector .ledger-line .link").click().await?;
        inspector.wait_text("ENI_SG_RULES_MISMATCH").await?;
        looks(&page, "pages/analysis", ".hops").await?;
        inspector.button("Show it in the Path panel").click().await?;
        page.css(".verdict").wait_text("Blocked by a security group").await?;
        find(&page, "Network Access Analyzer").await?;
        form(&page, "Create scope", "Create scope").await?;
        inspector.wait_text("From InternetGateway to NetworkInterface").await?;
        inspector.button("Analyse").click().await?;
        page.stratus("advance", vec![json!(300)]).await?;
        inspector.wait_text("finding").await?;
        page.css(".inspector .ledger-line .link").click().await?;
        inspector.wait_text("Findings").await?;
        unfold(&page).await?;
        inspector.wait_text("internet gateway").await?;
        looks(&page, "pages/findings", ".hops").await
    })
}

#[test]
fn public_access_is_blocked_excluded_and_an_address_changes_hands() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=web-server&tour=0&clock=paused").await?;
        opened(&page).await?;
        let inspector = page.region("Inspector");
        find(&page, "VPC Block Public Access").await?;
        inspector.button("Block both ways").click().await?;
        inspector.wait_text("under way").await?;
        page.stratus("advance", vec![json!(600)]).await?;
        inspector
            .wait_text("nothing passes internet and egress-only gateways")
            .await?;
        form(&page, "Exclude a VPC or subnet", "Exclude").await?;
        inspector.wait_text("create-in-progress").await?;
        page.stratus("advance", vec![json!(600)]).await?;
        inspector.wait_text("create-complete").await?;
        inspector.button("Change to allow-egress").click().await?;
        inspector.wait_text("update-in-progress").await?;
        looks(&page, "pages/exclusion", ".insp-head").await?;
        let made = call(&page, "ec2", "AllocateAddress", json!({ "Domain": "vpc" })).await?;
        let address = text_at(&made, "/PublicIp")?;
        find(&page, &address).await?;
        unfold(&page).await?;
        form(&page, "Offer to another account", "Offer").await?;
        inspector.wait_text("444455556666").await?;
        find(&page, "Elastic IP transfers").await?;
        inspector.wait_text("pending").await?;
        inspector
            .button(&format!("Let the other account take {address}"))
            .click()
            .await?;
        inspector.wait_text("accepted").await?;
        inspector.button("Let account 444455556666 offer one").click().await?;
        page.css(".inspector").wait_text("From account").await?;
        looks(&page, "pages/transfers", ".insp-head").await
    })
}

#[test]
fn dedicated_hosts_and_transit_gateways_are_rented_and_joined_with_buttons() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=web-server&tour=0&clock=paused").await?;
        let [_, _, vpc, _] = opened(&page).await?;
        let inspector = page.region("Inspector");
        find(&page, "Physical hosts").await?;
        form(&page, "Allocate Dedicated Host", "Allocate host").await?;
        inspector.wait_text("Launch an instance with the tenancy host").await?;
        unfold(&page).await?;
        inspector.wait_text("48 more of 48").await?;
        inspector.button("Turn auto-placement off").click().await?;
        inspector.button("Turn auto-placement on").wait().await?;
        form(&page, "Buy a reservation", "Buy").await?;
        inspector.wait_text("Host reservation").await?;
        looks(&page, "pages/reservation", ".insp-head").await?;
        find(&page, "Transit gateways and peering").await?;
        inspector.button("Create transit gateway").click().await?;
        page.stratus("advance", vec![json!(600)]).await?;
        let all = call(&page, "ec2", "DescribeTransitGateways", json!({})).await?;
        find(&page, &text_at(&all, "/TransitGateways/0/TransitGatewayId")?).await?;
        inspector.wait_text("None yet: it connects nobody.").await?;
        form(&page, "Attach a VPC", "Attach").await?;
        page.stratus("advance", vec![json!(600)]).await?;
        inspector.wait_text("available").await?;
        let tables = call(&page, "ec2", "DescribeTransitGatewayRouteTables", json!({})).await?;
        let table = text_at(&tables, "/TransitGatewayRouteTables/0/TransitGatewayRouteTableId")?;
        find(&page, &table).await?;
        inspector.wait_text("learned").await?;
        looks(&page, "pages/transit-table", ".ledger").await?;
        // What the map's doors lead to has a page.
        let made = json!({ "VpcId": vpc, "ServiceName": "com.amazonaws.us-east-1.s3" });
        let made = call(&page, "ec2", "CreateVpcEndpoint", made).await?;
        find(&page, &text_at(&made, "/VpcEndpoint/VpcEndpointId")?).await?;
        inspector.wait_text("A door from a VPC to one service").await?;
        let balancer = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/web/0123456789abcdef";
        let made = json!({ "NetworkLoadBalancerArns": [balancer] });
        let made = call(&page, "ec2", "CreateVpcEndpointServiceConfiguration", made).await?;
        find(&page, &text_at(&made, "/ServiceConfiguration/ServiceId")?).await?;
        inspector.wait_text("Nobody has connected an endpoint yet.").await?;
        page.check_accessibility().await
    })
}
