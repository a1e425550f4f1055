//! Forms of what looks at traffic: flow logs, traffic mirroring, the Reachability Analyzer, the Network Access Analyzer.

use super::builder::{Builder, Options, Place, Spec, eldest_first, named, options, some};
use super::kinds::MoreForm;
use stratus_engine::base::ids::*;
use stratus_engine::world::mirroring::MirrorFilter;
use stratus_model::{Structure, field};

/// The form of a kind of this file.
pub fn spec(form: MoreForm, place: &Place<'_>, b: Builder<'_>) -> Option<Spec> {
    match form {
        MoreForm::FlowLog(id) => Some(flow_log(place, b, id)),
        MoreForm::MirrorTarget(id) => Some(mirror_target(place, b, id)),
        MoreForm::MirrorRule(id) => mirror_rule(place, b, id),
        MoreForm::MirrorSession(id) => Some(mirror_session(place, b, id)),
        MoreForm::InsightsPath => Some(insights_path(place, b)),
        MoreForm::AccessScope => Some(access_scope(place, b)),
        _ => None,
    }
}

/// A token that this very form gives: by what the world holds, so that it is the same wherever the call is replayed.
fn token(place: &Place<'_>, number: usize) -> String {
    format!("form-{}-{number}", place.world.now.0)
}

/// How CreateFlowLogs names what is logged.
fn resource_type(id: ResourceId) -> &'static str {
    match id {
        ResourceId::Vpc(_) => "VPC",
        ResourceId::Subnet(_) => "Subnet",
        ResourceId::TransitGateway(_) => "TransitGateway",
        ResourceId::TransitAttachment(_) => "TransitGatewayAttachment",
        _ => "NetworkInterface",
    }
}

fn flow_log(place: &Place<'_>, mut b: Builder<'_>, id: ResourceId) -> Spec {
    let kind = resource_type(id);
    let transit = kind.starts_with("Transit");
    let traffic = (!transit).then(|| {
        b.choose(
            "TrafficType",
            "Traffic",
            "ALL",
            options(&[
                ("ALL", "All"),
                ("ACCEPT", "What rules let pass"),
                ("REJECT", "What rules do not let pass"),
            ]),
        )
    });
    let to = b.choose(
        "LogDestinationType",
        "Deliver to",
        "cloud-watch-logs",
        options(&[
            ("cloud-watch-logs", "A log group of CloudWatch Logs"),
            ("s3", "A bucket of S3"),
        ]),
    );
    let mut params = Structure::new()
        .with(field::RESOURCE_IDS, vec![id.to_string()])
        .with(field::RESOURCE_TYPE, kind)
        .with_some(field::TRAFFIC_TYPE, traffic)
        .with(field::LOG_DESTINATION_TYPE, to.as_str());
    if to == "s3" {
        let buckets = place
            .world
            .s3
            .buckets
            .rows()
            .map(|row| (row.name.clone(), row.name.clone()));
        let bucket = b.choose("LogDestination", "Bucket", "", buckets.collect());
        b.need("There is no bucket yet: create one first.");
        params = params.with(field::LOG_DESTINATION, format!("arn:aws:s3:::{bucket}"));
    } else {
        let group = b.text("LogGroupName", "Log group", "flow-logs");
        b.hint("It is made with the first record.");
        b.need("A log group needs a name.");
        let account = place.world.account();
        let role = b.text(
            "DeliverLogsPermissionArn",
            "Role that delivers",
            format!("arn:aws:iam::{account}:role/flow-logs"),
        );
        b.hint("Flow logs must be allowed to assume it; where it is missing, the flow log's page makes it.");
        params = params
            .with(field::LOG_GROUP_NAME, group)
            .with(field::DELIVER_LOGS_PERMISSION_ARN, role);
    }
    let window = b.choose(
        "MaxAggregationInterval",
        "Window",
        "60",
        options(&[("60", "1 minute"), ("600", "10 minutes")]),
    );
    let format = b.text("LogFormat", "Format", "");
    b.hint("Empty: the default fields. Else names like ${srcaddr} ${dstaddr} ${action}.");
    let params = params
        .with_some(
            field::MAX_AGGREGATION_INTERVAL,
            if transit { None } else { window.parse::<i64>().ok() },
        )
        .with_some(field::LOG_FORMAT, some(&format));
    let about =
        "Writes down who talked to whom, and whether rules let it pass. Records come some minutes after the traffic.";
    let call = place.call("CreateFlowLogs", params);
    b.finish(
        format!("Create flow log of {}", place.name(id)),
        about,
        "Create flow log",
        call,
    )
    .making(Kind::FlowLog, "The flow log is there")
}

fn interface(place: &Place<'_>, b: &mut Builder<'_>, label: &'static str, given: Option<NetworkInterfaceId>) -> String {
    match given {
        Some(id) => id.to_string(),
        None => {
            let chosen = b.choose("NetworkInterfaceId", label, "", place.interfaces());
            b.need("There is no interface to choose.");
            chosen
        }
    }
}

fn mirror_target(place: &Place<'_>, mut b: Builder<'_>, given: Option<NetworkInterfaceId>) -> Spec {
    let interface = interface(place, &mut b, "Interface", given);
    let name = b.text("Name", "Name", "");
    let params = Structure::new().with(field::NETWORK_INTERFACE_ID, interface);
    let call = place.call(
        "CreateTrafficMirrorTarget",
        named(params, "traffic-mirror-target", &name),
    );
    let about = "The interface that receives copies. Its security group must let UDP 4789 in.";
    b.finish("Create mirror target", about, "Create target", call)
        .making(Kind::TrafficMirrorTarget, "The target is there")
}

fn mirror_rule(place: &Place<'_>, mut b: Builder<'_>, filter: TrafficMirrorFilterId) -> Option<Spec> {
    let all = &place.ec2.mirroring;
    all.filters.get(&filter)?;
    let highest = all
        .rules
        .rows()
        .filter(|rule| rule.filter == filter)
        .map(|rule| rule.number)
        .max();
    let direction = b.choose(
        "TrafficDirection",
        "Of packets that",
        "ingress",
        options(&[("ingress", "come to the source"), ("egress", "leave the source")]),
    );
    let number = b.number("RuleNumber", "Number", (highest.unwrap_or(0) + 100).to_string());
    b.hint("The lowest that matches decides.");
    b.need("A rule needs a number.");
    let action = b.choose(
        "RuleAction",
        "Then",
        "accept",
        options(&[("accept", "copy"), ("reject", "leave out")]),
    );
    let protocol = b.choose(
        "Protocol",
        "Protocol",
        "",
        options(&[("", "all"), ("6", "TCP"), ("17", "UDP"), ("1", "ICMP")]),
    );
    let port = b.number("DestinationPortRange", "Destination port", "");
    let from = b.text("SourceCidrBlock", "From block", "0.0.0.0/0");
    b.need("A rule needs a source block.");
    let to = b.text("DestinationCidrBlock", "To block", "0.0.0.0/0");
    b.need("A rule needs a destination block.");
    let range = port.map(|port| Structure::new().with(field::FROM_PORT, port).with(field::TO_PORT, port));
    let params = Structure::new()
        .with(field::TRAFFIC_MIRROR_FILTER_ID, filter.to_string())
        .with(field::TRAFFIC_DIRECTION, direction)
        .with_some(field::RULE_NUMBER, number)
        .with(field::RULE_ACTION, action)
        .with_some(field::PROTOCOL, protocol.parse::<i64>().ok())
        .with_some(field::DESTINATION_PORT_RANGE, range)
        .with(field::SOURCE_CIDR_BLOCK, from)
        .with(field::DESTINATION_CIDR_BLOCK, to);
    let call = place.call("CreateTrafficMirrorFilterRule", params);
    Some(
        b.finish("Add rule", "Which packets of the source are copied.", "Add rule", call)
            .telling("The rule is there"),
    )
}

fn mirror_session(place: &Place<'_>, mut b: Builder<'_>, given: Option<NetworkInterfaceId>) -> Spec {
    let all = &place.ec2.mirroring;
    let interface = interface(place, &mut b, "Source", given);
    let targets = all
        .targets
        .rows()
        .map(|row| (row.born, row.id.to_string(), place.name(row.id)));
    let target = b.choose("TrafficMirrorTargetId", "Target", "", eldest_first(targets.collect()));
    b.need("There is no target yet: create one first.");
    let option = |row: &MirrorFilter| (row.born, row.id.to_string(), place.name(row.id));
    let filter = b.choose(
        "TrafficMirrorFilterId",
        "Filter",
        "",
        eldest_first(all.filters.rows().map(option).collect()),
    );
    b.need("There is no filter yet: create one first.");
    let number = b.number("SessionNumber", "Number", "1");
    b.hint("Of several sessions of a source, the lowest that takes a packet copies it.");
    b.need("A session needs a number.");
    let length = b.number("PacketLength", "Bytes of each packet", "");
    b.hint("Empty: all of it.");
    let params = Structure::new()
        .with(field::NETWORK_INTERFACE_ID, interface)
        .with(field::TRAFFIC_MIRROR_TARGET_ID, target)
        .with(field::TRAFFIC_MIRROR_FILTER_ID, filter)
        .with_some(field::SESSION_NUMBER, number)
        .with_some(field::PACKET_LENGTH, length);
    let call = place.call("CreateTrafficMirrorSession", params);
    let about = "Copies packets of the source, as far as the filter takes them, to the target.";
    b.finish("Create mirror session", about, "Create session", call)
        .making(Kind::TrafficMirrorSession, "The session is there")
}

/// What a path may begin and end at.
fn ends(place: &Place<'_>) -> Options {
    let mut all = place.instances(&|_| true);
    let gateways = place.ec2.internet_gateways.rows();
    all.extend(eldest_first(
        gateways
            .map(|row| {
                (
                    row.born,
                    row.id.to_string(),
                    format!("{} · internet gateway", place.name(row.id)),
                )
            })
            .collect(),
    ));
    all.extend(place.interfaces());
    all
}

fn insights_path(place: &Place<'_>, mut b: Builder<'_>) -> Spec {
    let ends = ends(place);
    let gateway = place.ec2.internet_gateways.rows().next().map(|row| row.id.to_string());
    let name = b.text("Name", "Name", "");
    let source = b.choose("Source", "From", gateway.unwrap_or_default(), ends.clone());
    b.need("There is nothing to begin at.");
    let destination = b.choose("Destination", "To", "", ends);
    let protocol = b.choose(
        "Protocol",
        "Protocol",
        "tcp",
        options(&[("tcp", "TCP"), ("udp", "UDP")]),
    );
    let port = b.number("DestinationPort", "Destination port", "443");
    b.hint("Empty: any.");
    let params = Structure::new()
        .with(field::SOURCE, source)
        .with(field::DESTINATION, destination)
        .with(field::PROTOCOL, protocol)
        .with_some(field::DESTINATION_PORT, port)
        .with(field::CLIENT_TOKEN, token(place, place.ec2.insights.paths.len()));
    let call = place.call(
        "CreateNetworkInsightsPath",
        named(params, "network-insights-path", &name),
    );
    let about =
        "Two ends that the Reachability Analyzer is to look at. It sends nothing: it reads routes, groups and ACLs.";
    b.finish("Create insights path", about, "Create path", call)
        .making(Kind::InsightsPath, "The path is there")
}

fn access_scope(place: &Place<'_>, mut b: Builder<'_>) -> Spec {
    let name = b.text("Name", "Name", "");
    let types = [
        ("AWS::EC2::InternetGateway", "Internet gateways"),
        ("AWS::EC2::NetworkInterface", "Interfaces"),
        ("AWS::EC2::NatGateway", "NAT gateways"),
        ("AWS::EC2::VPCPeeringConnection", "Peering connections"),
        ("AWS::EC2::TransitGatewayAttachment", "Transit gateway attachments"),
        ("AWS::EC2::VPNGateway", "VPN gateways"),
    ];
    let from = b.choose("Source", "From", "AWS::EC2::InternetGateway", options(&types));
    let to = b.choose("Destination", "To", "AWS::EC2::NetworkInterface", options(&types));
    let ports = b.text("DestinationPorts", "Destination ports", "");
    b.hint("Empty: all. Else numbers and ranges, as 22, 3000-3999.");
    let end = |kind: String| {
        let things = Structure::new().with(field::RESOURCE_TYPES, vec![kind]);
        Structure::new().with(field::RESOURCE_STATEMENT, things)
    };
    let ports: Vec<String> = ports
        .split(',')
        .map(|port| port.trim().to_owned())
        .filter(|port| !port.is_empty())
        .collect();
    let header = (!ports.is_empty()).then(|| {
        Structure::new()
            .with(field::DESTINATION_PORTS, ports)
            .with(field::PROTOCOLS, vec!["tcp".to_owned()])
    });
    let path = Structure::new().with(field::SOURCE, end(from)).with(
        field::DESTINATION,
        end(to).with_some(field::PACKET_HEADER_STATEMENT, header),
    );
    let params = Structure::new()
        .with(field::MATCH_PATHS, vec![path])
        .with(field::CLIENT_TOKEN, token(place, place.ec2.insights.scopes.len()));
    let call = place.call(
        "CreateNetworkInsightsAccessScope",
        named(params, "network-insights-access-scope", &name),
    );
    let about = "Which access is looked for. An analysis of it lists every way through the network that fits.";
    b.finish("Create access scope", about, "Create scope", call)
        .making(Kind::AccessScope, "The scope is there")
}
