//! The strata view, looked at: let through, stopped at each of the six layers, translated both ways, stopped on the way
//! back; wide and narrow, light and dark. The pictures are in `target/screens/strata`.

use serde_json::{Value, json};
use stratus_browser::page::Emulation;
use stratus_browser::{Find, Outcome, Page, check, stage, trouble};

use crate::story::{call, looks, text_at};

/// What the calls of a situation are about: the scenario's two instances and where they are.
struct Place {
    bastion: Value,
    database: Value,
}

impl Place {
    async fn of(page: &Page) -> Outcome<Self> {
        let answer = call(page, "ec2", "DescribeInstances", json!({})).await?;
        let reservations = answer["Reservations"].as_array().cloned().unwrap_or_default();
        let named = |name: &str| {
            let mut instances = reservations
                .iter()
                .filter_map(|reservation| reservation.pointer("/Instances/0"));
            instances
                .find(|instance| instance["Tags"].to_string().contains(&format!("\"{name}\"")))
                .cloned()
        };
        match (named("bastion"), named("database")) {
            (Some(bastion), Some(database)) => Ok(Self { bastion, database }),
            _ => trouble(format!("no bastion and database in {answer}")),
        }
    }
}

/// What is seen when a packet is on its way.
struct Seen<'s> {
    /// Name of the pictures.
    name: &'s str,
    /// Who sends, to whom, to which port.
    asked: (&'s str, &'s str, &'s str),
    /// Of the verdict.
    says: &'s str,
    /// Where it is stopped: in which host or between them, and the name there. `None` where nothing stops it.
    stopped: Option<(&'s str, &'s str)>,
    /// What is pressed before one looks.
    way: Option<&'s str>,
}

const BANDS: &str = ".band";
const SENDER: &str = ".tower.from";
const RECEIVER: &str = ".tower.to";

/// Opens the scenario with two subnets, and asks nothing yet.
async fn open(page: &Page) -> Outcome<Place> {
    page.ready().await?;
    page.region("Panels").button("Path").click().await?;
    Place::of(page).await
}

async fn choose(page: &Page, field: &str, end: &str) -> Outcome {
    let field = page.region("Path").field(field);
    if end.parse::<std::net::IpAddr>().is_err() {
        return field.choose(end).await;
    }
    // What was typed before stays a field to type in.
    if field
        .call("return this instanceof HTMLSelectElement", Vec::new())
        .await?
        == json!(true)
    {
        field.choose("Another").await?;
    }
    field.fill(end).await?;
    field.press("Tab").await
}

/// Asks, holds what is seen against what should be, and takes the pictures.
async fn look(page: &Page, seen: &Seen<'_>) -> Outcome {
    page.emulate(Emulation::DESKTOP.still()).await?;
    let path = page.region("Path");
    let (source, destination, port) = seen.asked;
    choose(page, "Source", source).await?;
    choose(page, "Destination", destination).await?;
    path.field("Port").fill(port).await?;
    path.button("Trace path").click().await?;
    page.css(".verdict").wait_text(seen.says).await?;
    if let Some(way) = seen.way {
        path.button(way).click().await?;
    }
    let denied = page.css(".layer.deny, .station.deny");
    check(
        page.css(".wire .way").exists().await?,
        format!("{}: its way is drawn", seen.name),
    )?;
    match seen.stopped {
        None => check(!denied.exists().await?, format!("{}: something stops it", seen.name))?,
        Some((place, name)) => {
            check(denied.count().await? == 1, format!("{}: one thing stops it", seen.name))?;
            let there = page.css(&format!("{place} .deny")).text().await?;
            check(there.contains(name), format!("{}: {there}", seen.name))?;
        }
    }
    looks(page, &format!("strata/{}", seen.name), ".stage").await
}

/// One situation in a world of its own: `prepare` makes its calls.
fn situation(seen: &Seen<'_>, prepare: impl AsyncFnOnce(&Page, &Place) -> Outcome) -> Outcome {
    stage(async |stage| {
        let page = stage.open("?tour=0&scenario=public-private&clock=paused").await?;
        let place = open(&page).await?;
        prepare(&page, &place).await?;
        look(&page, seen).await
    })
}

async fn nothing(_: &Page, _: &Place) -> Outcome {
    Ok(())
}

#[test]
fn let_through_both_ways() -> Outcome {
    let seen = Seen {
        name: "allowed",
        asked: ("The Internet", "bastion", "22"),
        says: "It gets through, both ways",
        stopped: None,
        way: None,
    };
    situation(&seen, nothing)
}

#[test]
fn stopped_in_the_guest_by_its_own_firewall() -> Outcome {
    let seen = Seen {
        name: "stopped-1-guest",
        asked: ("bastion", "database", "5432"),
        says: "the guest itself",
        stopped: Some((RECEIVER, "Customer instance")),
        way: None,
    };
    situation(&seen, async |page, place| {
        let rules = json!([{ "Action": "deny", "Protocol": "tcp", "FromPort": 5432, "ToPort": 5432 }]);
        let params = json!({ "InstanceId": place.database["InstanceId"], "Rules": rules });
        call(page, "stratus", "PutGuestFirewall", params).await.map(drop)
    })
}

#[test]
fn stopped_at_the_hypervisor_which_answers_for_the_metadata_service() -> Outcome {
    let seen = Seen {
        name: "stopped-2-hypervisor",
        asked: ("database", "fd00:ec2::254", "80"),
        says: "the hypervisor",
        stopped: Some((SENDER, "Hypervisor")),
        way: None,
    };
    situation(&seen, async |page, place| {
        // The IPv6 endpoint is off until it is turned on; by IPv4 even one that is off says that it is forbidden.
        let (vpc, subnet) = (&place.database["VpcId"], &place.database["SubnetId"]);
        let block = json!({ "VpcId": vpc, "AmazonProvidedIpv6CidrBlock": true });
        call(page, "ec2", "AssociateVpcCidrBlock", block).await?;
        page.stratus("advance", vec![json!(60)]).await?;
        let of = json!({ "VpcIds": [vpc] });
        let answer = call(page, "ec2", "DescribeVpcs", of).await?;
        let block = text_at(&answer, "/Vpcs/0/Ipv6CidrBlockAssociationSet/0/Ipv6CidrBlock")?;
        let block = json!({ "SubnetId": subnet, "Ipv6CidrBlock": block.replace("/56", "/64") });
        call(page, "ec2", "AssociateSubnetCidrBlock", block).await?;
        let interface = &place.database["NetworkInterfaces"][0]["NetworkInterfaceId"];
        let address = json!({ "NetworkInterfaceId": interface, "Ipv6AddressCount": 1 });
        call(page, "ec2", "AssignIpv6Addresses", address).await.map(drop)
    })
}

#[test]
fn stopped_at_the_virtual_interface_by_the_source_destination_check() -> Outcome {
    let seen = Seen {
        name: "stopped-3-interface",
        asked: ("database", "198.51.100.7", "443"),
        says: "the virtual interface",
        stopped: Some((BANDS, "Through an interface")),
        way: None,
    };
    situation(&seen, async |page, place| {
        // Its group lets the packet pass; that the bastion would have to forward it is what the check knows nothing of.
        let all = json!([{ "IpProtocol": "-1", "IpRanges": [{ "CidrIp": "10.0.0.0/16" }] }]);
        let params = json!({ "GroupId": place.bastion["SecurityGroups"][0]["GroupId"], "IpPermissions": all });
        call(page, "ec2", "AuthorizeSecurityGroupIngress", params).await?;
        route_to(page, place, "InstanceId", &place.bastion["InstanceId"]).await
    })
}

#[test]
fn stopped_at_the_internet_gateway_which_knows_no_such_address() -> Outcome {
    let seen = Seen {
        name: "stopped-gateway",
        asked: ("The Internet", "database", "5432"),
        says: "the internet gateway",
        stopped: Some((BANDS, "Internet gateway")),
        way: None,
    };
    situation(&seen, nothing)
}

#[test]
fn stopped_by_a_security_group() -> Outcome {
    let seen = Seen {
        name: "stopped-4-security-group",
        asked: ("The Internet", "bastion", "5432"),
        says: "Blocked by a security group",
        stopped: Some((RECEIVER, "Security group")),
        way: None,
    };
    situation(&seen, nothing)
}

#[test]
fn stopped_by_the_firewall_of_the_subnet() -> Outcome {
    let seen = Seen {
        name: "stopped-5-firewall",
        asked: ("The Internet", "bastion", "22"),
        says: "Blocked by a network ACL",
        stopped: Some((BANDS, "Network ACL")),
        way: None,
    };
    situation(&seen, async |page, place| deny(page, place, false, (22, 22)).await)
}

#[test]
fn stopped_at_the_wire_of_a_host_that_failed() -> Outcome {
    let seen = Seen {
        name: "stopped-6-wire",
        asked: ("The Internet", "bastion", "22"),
        says: "A physical host has failed",
        stopped: Some((RECEIVER, "Physical interface")),
        way: None,
    };
    situation(&seen, async |page, place| {
        let params = json!({ "InstanceId": place.bastion["InstanceId"] });
        call(page, "stratus", "FailHost", params).await.map(drop)
    })
}

#[test]
fn the_answer_is_stopped_by_a_network_acl_that_forgets_ephemeral_ports() -> Outcome {
    let seen = Seen {
        name: "answer-stopped",
        asked: ("The Internet", "bastion", "22"),
        says: "the answer is lost: stopped by a network ACL",
        stopped: Some((BANDS, "Network ACL")),
        way: None,
    };
    situation(&seen, async |page, place| deny(page, place, true, (1024, 65535)).await)
}

#[test]
fn translated_by_a_nat_gateway_on_the_way_out_and_on_the_way_back() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?tour=0&scenario=public-private&clock=paused").await?;
        let place = open(&page).await?;
        let address = call(&page, "ec2", "AllocateAddress", json!({})).await?;
        let params = json!({ "SubnetId": place.bastion["SubnetId"], "AllocationId": address["AllocationId"] });
        let nat = call(&page, "ec2", "CreateNatGateway", params).await?;
        page.stratus("advance", vec![json!(600)]).await?;
        route_to(&page, &place, "NatGatewayId", &nat["NatGateway"]["NatGatewayId"]).await?;
        for (name, way, translates) in [
            ("nat-back", None, "10.0.0."),
            ("nat-out", Some("Show the request's way"), "198.51.100.7"),
        ] {
            let seen = Seen {
                name,
                asked: ("database", "198.51.100.7", "443"),
                says: "It gets through, both ways",
                stopped: None,
                way,
            };
            look(&page, &seen).await?;
            let band = page.css(BANDS).text().await?;
            check(band.contains("NAT gateway"), band)?;
            // At the gateway the header is read before and after translation.
            let gateway = "[...document.querySelectorAll('.station')]\
                .find(one => one.textContent.includes('NAT gateway')).click()";
            page.script(gateway, Vec::new()).await?;
            let header = page.css(".travelling .pkt").wait_text("goes on as").await?;
            check(header.contains(translates), header)?;
        }
        Ok(())
    })
}

/// The private subnet's way out.
async fn route_to(page: &Page, place: &Place, target: &str, id: &Value) -> Outcome {
    let filter = json!([{ "Name": "association.subnet-id", "Values": [place.database["SubnetId"]] }]);
    let tables = call(page, "ec2", "DescribeRouteTables", json!({ "Filters": filter })).await?;
    let table = &tables["RouteTables"][0]["RouteTableId"];
    let params = json!({ "RouteTableId": table, "DestinationCidrBlock": "0.0.0.0/0", target: id });
    call(page, "ec2", "CreateRoute", params).await.map(drop)
}

/// An entry ahead of the others in the ACL of the bastion's subnet.
async fn deny(page: &Page, place: &Place, egress: bool, ports: (u16, u16)) -> Outcome {
    let filter = json!([{ "Name": "association.subnet-id", "Values": [place.bastion["SubnetId"]] }]);
    let acls = call(page, "ec2", "DescribeNetworkAcls", json!({ "Filters": filter })).await?;
    let params = json!({
        "NetworkAclId": acls["NetworkAcls"][0]["NetworkAclId"], "RuleNumber": 50, "Protocol": "6",
        "RuleAction": "deny", "Egress": egress, "CidrBlock": "0.0.0.0/0",
        "PortRange": { "From": ports.0, "To": ports.1 },
    });
    call(page, "ec2", "CreateNetworkAclEntry", params).await.map(drop)
}
