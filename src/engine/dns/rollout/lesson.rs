//! A fleet in blue and one in green behind one name, and the calls that move the weight between them. Every step of it is a
//! call through the one door, so that each can be taken back.

use crate::base::ids::{HostedZoneId, InstanceId};
use crate::catalog::Region;
use crate::network::{Fix, FixCall};
use crate::services::route53::describe_record;
use crate::world::World;
use crate::world::names::{HostedZone, Policy, RecordSet};
use serde_json::{Value as Json, json};
use std::net::Ipv4Addr;
use stratus_model::{Structure, Value, field};

/// The domain of the lesson, where nobody has it yet.
const DOMAIN: &str = "shop.example";
/// The name of the fleets.
const NAME: &str = "www";
/// Seconds that an answer may be kept.
const TTL: i64 = 60;
/// What makes a new instance a web server: `dnf install -y nginx`, `systemctl enable --now nginx`, in base64.
const USER_DATA: &str = "IyEvYmluL2Jhc2gKZG5mIGluc3RhbGwgLXkgbmdpbngKc3lzdGVtY3RsIGVuYWJsZSAtLW5vdyBuZ2lueAo=";
const IMAGE: &str = "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";
/// The two colours.
pub const COLOURS: [&str; 2] = ["blue", "green"];

/// A domain that no zone of the account has.
fn domain(world: &World) -> String {
    let taken = |name: &str| world.route53.zones.rows().any(|zone| zone.name == format!("{name}."));
    match taken(DOMAIN) {
        true => format!("shop{}.example", world.calls),
        false => DOMAIN.to_owned(),
    }
}

/// The calls that make the lesson in a Region: a security group, two web servers with addresses that stay, a zone, two health
/// checks and two weighted records, all of whose weight is blue's.
pub fn setup(world: &World) -> Fix {
    let domain = domain(world);
    let number = world.calls;
    let group = format!("fleets-{number}");
    let rule = json!({"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]});
    let mut calls = vec![
        call(
            "ec2",
            "CreateSecurityGroup",
            json!({"GroupName": group, "Description": "HTTP for everybody"}),
        ),
        call(
            "ec2",
            "AuthorizeSecurityGroupIngress",
            json!({"GroupId": "$(0.GroupId)", "IpPermissions": [rule]}),
        ),
    ];
    // 2 and 3: the instances. 4 and 5: their addresses. 6 and 7: the one to the other.
    calls.extend(COLOURS.map(|colour| call("ec2", "RunInstances", instance(colour))));
    calls.extend(COLOURS.map(|colour| {
        let tags = json!([{"ResourceType": "elastic-ip", "Tags": [{"Key": "Name", "Value": colour}]}]);
        call(
            "ec2",
            "AllocateAddress",
            json!({"Domain": "vpc", "TagSpecifications": tags}),
        )
    }));
    calls.extend([0, 1].map(|at| {
        let interface = format!("$({}.Instances[0].NetworkInterfaces[0].NetworkInterfaceId)", at + 2);
        let allocation = format!("$({}.AllocationId)", at + 4);
        let params = json!({"NetworkInterfaceId": interface, "AllocationId": allocation});
        call("ec2", "AssociateAddress", params)
    }));
    // 8: the zone. 9 and 10: the health checks.
    let zone = json!({"Name": domain, "CallerReference": format!("zone-{}", number + 9)});
    calls.push(call("route53", "CreateHostedZone", zone));
    calls.extend([0, 1].map(|at| call("route53", "CreateHealthCheck", check(number, at))));
    let changes: Vec<Json> = (0..2).map(|at| record(&domain, at)).collect();
    calls.push(call(
        "route53",
        "ChangeResourceRecordSets",
        json!({"HostedZoneId": "$(8.HostedZone.Id)", "ChangeBatch": {"Changes": changes}}),
    ));
    Fix {
        commands: Vec::new(),
        why: format!("{NAME}.{domain} with a blue and a green web server behind it"),
        changes: calls.len(),
        calls,
    }
}

fn call(service: &'static str, operation: &'static str, params: Json) -> FixCall {
    FixCall {
        region: None,
        service,
        operation,
        params: params.to_string(),
    }
}

fn instance(colour: &str) -> Json {
    json!({
        "ImageId": IMAGE,
        "InstanceType": "t3.micro",
        "MinCount": 1,
        "MaxCount": 1,
        "SecurityGroupIds": ["$(0.GroupId)"],
        "UserData": USER_DATA,
        "TagSpecifications": [{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": colour}]}],
    })
}

fn check(number: u64, at: usize) -> Json {
    let config = json!({
        "Type": "HTTP",
        "IPAddress": format!("$({}.PublicIp)", at + 4),
        "Port": 80,
        "ResourcePath": "/",
        "RequestInterval": 10,
        "FailureThreshold": 3,
    });
    json!({"CallerReference": format!("fleet-{number}-{at}"), "HealthCheckConfig": config})
}

fn record(domain: &str, at: usize) -> Json {
    let colour = COLOURS.get(at).copied().unwrap_or_default();
    let set = json!({
        "Name": format!("{NAME}.{domain}"),
        "Type": "A",
        "TTL": TTL,
        "SetIdentifier": colour,
        "Weight": if at == 0 { 100 } else { 0 },
        "ResourceRecords": [{"Value": format!("$({}.PublicIp)", at + 4)}],
        "HealthCheckId": format!("$({}.HealthCheck.Id)", at + 9),
    });
    json!({"Action": "CREATE", "ResourceRecordSet": set})
}

/// A weighted name: two or more record sets that share the answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighted {
    /// The zone.
    pub zone: HostedZoneId,
    /// The name, in normal form.
    pub name: String,
    /// `A`, …
    pub record_type: String,
    /// Identifier and weight of each, as they were last asked for, in the zone's order.
    pub weights: Vec<(String, i64)>,
}

/// Every weighted name of the public zones, the zone that was made last first.
pub fn weighted(world: &World) -> Vec<Weighted> {
    let mut zones: Vec<&HostedZone> = world.route53.zones.rows().filter(|zone| !zone.deleted).collect();
    stratus_model::sort::by_key(&mut zones, |zone| std::cmp::Reverse(zone.born));
    let mut found: Vec<Weighted> = Vec::new();
    for zone in zones {
        for set in zone.records.rows() {
            let Some(Policy::Weighted(weight)) = set.policy else {
                continue;
            };
            let entry = (set.identifier.clone().unwrap_or_default(), weight);
            let same =
                |one: &&mut Weighted| one.zone == zone.id && one.name == set.name && one.record_type == set.record_type;
            match found.iter_mut().find(same) {
                Some(known) => known.weights.push(entry),
                None => found.push(Weighted {
                    zone: zone.id,
                    name: set.name.clone(),
                    record_type: set.record_type.clone(),
                    weights: vec![entry],
                }),
            }
        }
    }
    found.retain(|one| one.weights.len() > 1);
    found
}

/// The record sets of a weighted name, as they were last asked for.
fn sets<'w>(world: &'w World, of: &Weighted) -> Vec<&'w RecordSet> {
    let zone = world.route53.zones.get(&of.zone);
    let rows = zone.into_iter().flat_map(|zone| zone.records.rows());
    rows.filter(|set| set.name == of.name && set.record_type == of.record_type)
        .collect()
}

/// The parameters of the ChangeResourceRecordSets that gives these weights, in the order of [`Weighted::weights`].
pub fn shift(world: &World, of: &Weighted, weights: &[i64]) -> Structure {
    let sets = sets(world, of);
    let changes = sets.into_iter().zip(weights).map(|(set, weight)| {
        let record = describe_record(set).with(field::WEIGHT, *weight);
        let change = Structure::new()
            .with(field::ACTION, "UPSERT")
            .with(field::RESOURCE_RECORD_SET, record);
        Value::from(change)
    });
    let batch = Structure::new().with(field::CHANGES, changes.collect::<Vec<_>>());
    Structure::new()
        .with(field::HOSTED_ZONE_ID, of.zone.to_string())
        .with(field::CHANGE_BATCH, batch)
}

/// What stands behind a record of a weighted name: the instance at its first address, and the port that its health check or a
/// browser asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fleet {
    /// Where it is.
    pub region: Region,
    /// Which.
    pub instance: InstanceId,
    /// The port.
    pub port: u16,
    /// Whether a program listens there.
    pub listens: bool,
}

/// The fleet of a record; `None` where no instance of this world has the address.
pub fn fleet(world: &World, of: &Weighted, identifier: &str) -> Option<Fleet> {
    let sets = sets(world, of);
    let set = sets
        .into_iter()
        .find(|set| set.identifier.as_deref() == Some(identifier))?;
    let address: Ipv4Addr = set.values.first()?.parse().ok()?;
    let check = set
        .health_check
        .as_ref()
        .and_then(|id| world.route53.health_checks.get(id));
    let port = check.and_then(|row| u16::try_from(row.config.port?).ok()).unwrap_or(80);
    world.regions.iter().find_map(|(region, ec2)| {
        let interface = ec2.interface(ec2.public_holder(address.into())?)?;
        let instance = interface.attachment.as_ref()?.instance;
        let row = ec2.instances.get(&instance)?;
        Some(Fleet {
            region: *region,
            instance,
            port,
            listens: row
                .guest
                .listeners
                .iter()
                .any(|one| one.protocol == 6 && one.port == port),
        })
    })
}
