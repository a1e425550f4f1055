//! The Reachability Analyzer says what a trace says: every path fixture that its API can ask (IPv4, TCP or UDP, ends that
//! have an id) is asked by CreateNetworkInsightsPath and StartNetworkInsightsAnalysis, and the ExplanationCodes that come
//! back are those of the trace, less what no configuration shows. `explanation-codes.txt` beside this file has all of AWS's
//! codes, and where each is shown, or why nothing here can produce it.

use crate::paths::{files, flow, folder};
use crate::rows::REGION;
use crate::topology::Topology;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::net::IpAddr;
use stratus_engine::base::ids::*;
use stratus_engine::base::time::Span;
use stratus_engine::network::{self, Endpoint, Explanation, Flow, INTERNET, protocol_text};
use stratus_engine::world::compute::{GuestRouting, Instance, InstanceState};
use stratus_engine::{Engine, Options, World, clock};
use stratus_model::{Structure, Value, field};

/// A world as one knows it who knows the configuration alone: guests' own routes are not in it.
pub fn as_configured(world: &World) -> World {
    let mut world = world.clone();
    let ids: Vec<InstanceId> = world
        .ec2(REGION)
        .into_iter()
        .flat_map(|ec2| ec2.instances.rows())
        .map(|row| row.id)
        .collect();
    for id in ids {
        world.update(REGION, id, |row: &mut Instance| {
            row.guest.routing = GuestRouting::default()
        });
    }
    world
}

/// The fixtures' topologies, each with its traces. Both ends of what the analyzer is asked are in one Region:
/// <https://docs.aws.amazon.com/vpc/latest/reachability/how-reachability-analyzer-works.html>.
fn each_trace(mut see: impl FnMut(&str, &Topology, &Flow)) {
    for path in files().iter().filter(|path| !path.ends_with("regions.paths")) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let mut topology = Topology::new();
        for (number, line) in fs::read_to_string(path).unwrap().lines().enumerate() {
            let place = format!("{name}:{}", number + 1);
            if line.starts_with("==") {
                topology = Topology::new();
            } else if let Some(call) = line.strip_prefix("call ") {
                topology.call(call).unwrap();
            } else if let Some(question) = line.strip_prefix("trace ") {
                see(&place, &topology, &flow(&topology, question).unwrap());
            } else if !line.starts_with('#') && !line.starts_with("fix ") {
                // What is expected of a trace is no line of the topology.
                let _ = topology.line(line);
            }
        }
    }
}

/// A flow as the API asks for it; `None` where it cannot.
fn params(world: &World, flow: &Flow) -> Option<Structure> {
    let ec2 = world.ec2(REGION)?;
    let vpc = |end: Endpoint| match end {
        Endpoint::Interface(id) => ec2.interfaces.get(&id).map(|row| row.vpc),
        Endpoint::Instance(id) => {
            let of = |at: &InstanceId| *at == id;
            let mut rows = ec2.interfaces.rows();
            rows.find(|row| row.attachment.as_ref().is_some_and(|at| of(&at.instance)))
                .map(|row| row.vpc)
        }
        _ => None,
    };
    let gateway = |other: Endpoint| {
        let other = vpc(other)?;
        let mut rows = ec2.internet_gateways.rows();
        rows.find(|row| row.vpc == Some(other)).map(|row| row.id.to_string())
    };
    let mut asked = Structure::new()
        .with(field::CLIENT_TOKEN, "once")
        .with(field::PROTOCOL, protocol_text(flow.protocol));
    match flow.source {
        Endpoint::Instance(id) => _ = asked.set(field::SOURCE, id),
        Endpoint::Interface(id) => _ = asked.set(field::SOURCE, id),
        Endpoint::Internet => {
            asked.set(field::SOURCE, gateway(flow.destination)?);
            asked.set(field::SOURCE_IP, INTERNET.to_string());
        }
        Endpoint::Address(_) => return None,
    }
    let mut filter = Structure::new();
    match flow.destination {
        Endpoint::Instance(id) => _ = asked.set(field::DESTINATION, id),
        Endpoint::Interface(id) => _ = asked.set(field::DESTINATION, id),
        Endpoint::Address(IpAddr::V4(address)) => _ = filter.set(field::DESTINATION_ADDRESS, address.to_string()),
        Endpoint::Internet => _ = filter.set(field::DESTINATION_ADDRESS, INTERNET.to_string()),
        Endpoint::Address(IpAddr::V6(_)) => return None,
    }
    if filter.contains(field::DESTINATION_ADDRESS) {
        let port = Structure::new()
            .with(field::FROM_PORT, i64::from(flow.port))
            .with(field::TO_PORT, i64::from(flow.port));
        filter.set(field::DESTINATION_PORT_RANGE, port);
        asked.set(field::FILTER_AT_SOURCE, filter);
        // A filter and the older parameter for the same end exclude each other.
        if asked.remove(field::SOURCE_IP).is_some() {
            return None;
        }
    } else {
        asked.set(field::DESTINATION_PORT, i64::from(flow.port));
    }
    Some(asked)
}

/// What the analysis says: whether there is a path, and the explanations, by their codes.
fn analysed(engine: &Engine, world: &World, params: &Structure) -> Result<(bool, Vec<(String, String)>), String> {
    let call = |world: &World, operation: &str, params: &Structure| {
        engine
            .try_on(world, REGION, "ec2", operation, params)
            .map_err(|error| error.to_string())
    };
    let (answer, world) = call(world, "CreateNetworkInsightsPath", params)?;
    let path = answer.structure(field::NETWORK_INSIGHTS_PATH).unwrap();
    let asked = Structure::new()
        .with(
            field::NETWORK_INSIGHTS_PATH_ID,
            path.text(field::NETWORK_INSIGHTS_PATH_ID).unwrap(),
        )
        .with(field::CLIENT_TOKEN, "once");
    let (_, mut world) = call(&world, "StartNetworkInsightsAnalysis", &asked)?;
    let until = world.now + Span::minutes(2);
    clock::advance(&mut world, until, 10_000);
    let (answer, _) = call(&world, "DescribeNetworkInsightsAnalyses", &Structure::new())?;
    let found = answer.structures(field::NETWORK_INSIGHTS_ANALYSES).next().unwrap();
    let reasons = found.structures(field::EXPLANATIONS);
    let codes = reasons.map(|reason| {
        let members = reason.iter().filter(|(name, _)| *name != field::EXPLANATION_CODE);
        let mut members: Vec<&str> = members.map(|(name, _)| name.text()).collect();
        members.sort_unstable();
        (
            reason.text(field::EXPLANATION_CODE).unwrap().to_owned(),
            members.join(" "),
        )
    });
    let mut codes: Vec<(String, String)> = codes.collect();
    codes.sort();
    let path_found = found.get(field::NETWORK_PATH_FOUND) == Some(&Value::Bool(true));
    Ok((path_found, codes))
}

/// The code that the analyzer has for a blocker; `None` where no configuration shows it.
pub fn expected(world: &World, explanation: &Explanation) -> Option<&'static str> {
    let instance = ResourceId::parse(&explanation.component.id).and_then(|id| InstanceId::try_from(id).ok());
    let row = instance.and_then(|id| world.ec2(REGION)?.instances.get(&id));
    match explanation.code {
        // It runs, and only has not booted yet.
        "BAD_STATE" if row.is_some_and(|row| row.state == InstanceState::Running) => None,
        "STRATUS_NO_INTERNET_GATEWAY" | "STRATUS_NO_CARRIER_GATEWAY" => Some("UNASSOCIATED_COMPONENT"),
        "STRATUS_CARRIER_ZONE" => Some("UNSUPPORTED_COMPONENT"),
        "STRATUS_IMPOSSIBLE_SOURCE" => Some("ENI_ADDRESS_RESTRICTION"),
        // AWS's codes know nothing of ClassicLink, nor of an attachment's options.
        "STRATUS_ROUTING_LOOP"
        | "STRATUS_EGRESS_ONLY"
        | "STRATUS_NO_CARRIER_ADDRESS"
        | "STRATUS_CARRIER_INBOUND"
        | "STRATUS_WAVELENGTH_ZONES"
        | "STRATUS_CLASSIC_LINK"
        | "STRATUS_NO_INSTANCES"
        | "STRATUS_TGW_IPV6_DISABLED" => Some("NO_PATH"),
        code if code.starts_with("STRATUS_") => None,
        code => Some(code),
    }
}

/// Whether a packet is on its way to an appliance, at a Gateway Load Balancer: what stands behind its endpoint is not looked at.
/// <https://docs.aws.amazon.com/vpc/latest/reachability/additional-detail-codes.html>
pub fn is_packed(hop: &network::Hop) -> bool {
    hop.component().kind == "AWS::ElasticLoadBalancingV2::TargetGroup" && hop.after.destination_port == 6081
}

#[test]
fn analyses_say_what_traces_say() {
    let engine = Engine::new(Options::default());
    let (mut faults, mut asked) = (Vec::new(), 0);
    let mut shown: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    each_trace(|place, topology, flow| {
        if !matches!(flow.protocol, 6 | 17) {
            return;
        }
        let world = &topology.world;
        let Some(params) = params(world, flow) else { return };
        let trace = network::trace(&as_configured(world), REGION, flow);
        // Of TCP through a transit gateway only the request is analysed.
        let hub = |hop: &network::Hop| {
            hop.component().kind == "AWS::EC2::TransitGateway" && hop.verdict != network::Verdict::Deny
        };
        let one_way = flow.protocol == 6 && trace.forward.iter().any(hub);
        let said = trace
            .explanations
            .iter()
            .filter(|reason| !one_way || reason.direction == "forward");
        let expected = said.filter_map(|reason| expected(world, reason));
        let mut expected: Vec<String> = expected.map(str::to_owned).collect();
        // What comes to a machine out of an internet gateway that it went into is not followed.
        let reflects = |hop: &network::Hop| {
            hop.component().kind == "AWS::EC2::InternetGateway" && hop.verdict != network::Verdict::Deny
        };
        let before_last = trace.forward.len().saturating_sub(1);
        if flow.source != Endpoint::Internet && trace.forward.iter().take(before_last).any(reflects) {
            expected.push("IGW_NAT_REFLECTION".to_owned());
        }
        if trace.forward.iter().any(is_packed) {
            expected.clear();
        }
        // Its networks are VPCs: an instance of EC2-Classic is no end.
        let is_classic = |end: Endpoint| match end {
            Endpoint::Instance(id) => world
                .row::<Instance>(REGION, id)
                .is_some_and(|row| row.classic.is_some()),
            _ => false,
        };
        if is_classic(flow.source) || is_classic(flow.destination) {
            expected = vec!["UNSUPPORTED_COMPONENT".to_owned()];
        }
        expected.sort();
        asked += 1;
        match analysed(&engine, world, &params) {
            Ok((found, codes)) => {
                for (code, members) in &codes {
                    shown.entry(code.clone()).or_default().insert(members.clone());
                }
                let codes: Vec<String> = codes.into_iter().map(|(code, _)| code).collect();
                if codes != expected || found != expected.is_empty() {
                    faults.push(format!(
                        "{place}: the trace has {expected:?}, the analysis {codes:?} ({found})"
                    ));
                }
            }
            // What does not exist cannot be asked about.
            Err(error) if error.contains(".NotFound") && expected == ["NO_SOURCE_OR_DESTINATION"] => {}
            Err(error) => faults.push(format!("{place}: {error}")),
        }
    });
    assert!(faults.is_empty(), "{} of {asked}:\n{}", faults.len(), faults.join("\n"));
    assert!(asked >= 150, "only {asked} fixtures could be asked");
    table(&shown);
}

/// A peering connection leads to the other VPC and not to that one's gateways: it says so itself, and not the table that leads to
/// it. <https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html#vpc-peering-limitations>
#[test]
fn what_is_the_peers_own_is_not_reached_across() {
    let mut topology = Topology::new();
    let lines = [
        "vpc one 10.0.0.0/16",
        "vpc two 10.1.0.0/16",
        "peering pcx one two",
        "gateway igw two",
        "group open one",
        " out all 0.0.0.0/0",
        "subnet a one 10.0.1.0/24",
        "table t1 one main",
        " 0.0.0.0/0 pcx",
        "table t2 two main",
        " 0.0.0.0/0 igw",
        "endpoint store two s3 gateway t2",
        "instance client a 10.0.1.10 groups open",
    ];
    for line in lines {
        topology.line(line).unwrap();
    }
    let id = |wanted: &str| topology.named().find(|(name, _)| *name == wanted).unwrap().1;
    let engine = Engine::new(Options::default());
    for end in ["igw", "store"] {
        let params = Structure::new()
            .with(field::CLIENT_TOKEN, "once")
            .with(field::PROTOCOL, "tcp")
            .with(field::DESTINATION_PORT, 443_i64)
            .with(field::SOURCE, id("client"))
            .with(field::DESTINATION, id(end));
        let (found, codes) = analysed(&engine, &topology.world, &params).unwrap();
        let codes: Vec<String> = codes.into_iter().map(|(code, _)| code).collect();
        assert_eq!(
            (found, codes),
            (false, vec!["PCX_REQUIRES_ADDRESS_IN_VPC_CIDR".to_owned()]),
            "{end}"
        );
    }
}

/// Holds `explanation-codes.txt` to what was found: `CODE: fixtures, with MEMBERS`, `CODE: story` or `CODE: why not`.
fn table(shown: &BTreeMap<String, BTreeSet<String>>) {
    let text = fs::read_to_string(folder().join("explanation-codes.txt")).unwrap();
    let stories = fs::read_dir(folder().join("../engine/insights")).unwrap();
    let stories: String = stories
        .map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap())
        .collect();
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let table: BTreeMap<&str, &str> = lines.filter_map(|line| line.split_once(": ")).collect();
    let mut faults = String::new();
    for (code, how) in &table {
        let (fixtures, story) = (
            shown.contains_key(*code),
            stories.contains(&format!("ExplanationCode: {code}\n")),
        );
        let members: Vec<&str> = shown.get(*code).into_iter().flatten().map(String::as_str).collect();
        let found = format!("fixtures, with {}", members.join("; with "));
        let right = match *how {
            how if how.starts_with("fixtures") => how == found,
            "story" => !fixtures && story,
            _ => !fixtures && !story,
        };
        if !right {
            let _ = writeln!(faults, "{code} is said to be '{how}'; in stories: {story}; {found}");
        }
    }
    for code in shown.keys().filter(|code| !table.contains_key(code.as_str())) {
        let _ = writeln!(faults, "{code} is answered, and is not in the table");
    }
    assert!(faults.is_empty(), "{faults}");
}
