//! Flow logs: what is logged, where its records go, and the latest of them in columns, each with a way to its path.

use super::parts::*;
use super::told::{Told, delete, none_yet};
use crate::dialogs::{FormKind, MoreForm};
use crate::session::action::PathQuestion;
use crate::session::{Action, ApiCall, Selection};
use crate::ui::{Settled, time_of_day};
use std::net::IpAddr;
use stratus_engine::base::ids::*;
use stratus_engine::base::time::Time;
use stratus_engine::catalog::Region;
use stratus_engine::network::{INTERNET, protocol_text};
use stratus_engine::world::Ec2;
use stratus_engine::world::flow_logs::{FlowLog, FlowRecord, LogDestination};
use stratus_engine::world::vpc::NetworkInterface;
use stratus_model::{Structure, field};
use yew::prelude::*;

const FIELDS: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html";
/// Records that are shown.
const SHOWN: usize = 20;

/// The default format, in its order.
const STANDARD: &str = "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status";
/// That of transit gateways.
const TRANSIT: &str = "version resource-type account-id tgw-id tgw-attachment-id tgw-src-vpc-account-id tgw-dst-vpc-account-id tgw-src-vpc-id tgw-dst-vpc-id tgw-src-subnet-id tgw-dst-subnet-id tgw-src-eni tgw-dst-eni tgw-src-az-id tgw-dst-az-id tgw-pair-attachment-id srcaddr dstaddr srcport dstport protocol packets bytes start end log-status type packets-lost-no-route packets-lost-blackhole packets-lost-mtu-exceeded packets-lost-ttl-expired tcp-flags region flow-direction pkt-src-aws-service pkt-dst-aws-service";

/// What a field means.
fn meaning(name: &str) -> &'static str {
    match name {
        "version" => "version of the format",
        "account-id" => "the account that owns the interface",
        "interface-id" => "the interface that saw it",
        "srcaddr" => "from which address, as the interface has it",
        "dstaddr" => "to which address, as the interface has it",
        "srcport" => "from which port",
        "dstport" => "to which port",
        "protocol" => "IP protocol number: 6 TCP, 17 UDP, 1 ICMP",
        "packets" => "packets in the window",
        "bytes" => "bytes in the window",
        "start" => "first packet, in seconds since 1970",
        "end" => "last packet, in seconds since 1970",
        "action" => "ACCEPT: groups and ACLs let it pass; REJECT: they did not, or the answer's connection had ended",
        "log-status" => "OK; NODATA: nothing passed in the window; SKIPDATA: not all of it was written down",
        "vpc-id" | "tgw-src-vpc-id" | "tgw-dst-vpc-id" => "the VPC",
        "subnet-id" | "tgw-src-subnet-id" | "tgw-dst-subnet-id" => "the subnet",
        "instance-id" => "the instance behind the interface",
        "tcp-flags" => "flags of its packets, added up: 1 FIN, 2 SYN, 4 RST, 18 SYN-ACK",
        "type" => "IPv4 or IPv6",
        "pkt-srcaddr" => "from which address, as on the packet itself",
        "pkt-dstaddr" => "to which address, as on the packet itself",
        "region" => "the Region",
        "az-id" | "tgw-src-az-id" | "tgw-dst-az-id" => "the zone's id",
        "flow-direction" => "into the interface, or out of it",
        "traffic-path" => "by which way it left: 1 within the VPC, 8 through an internet gateway, …",
        "pkt-src-aws-service" | "pkt-dst-aws-service" => "the service of AWS that has the address",
        "reject-reason" => "BPA where VPC Block Public Access stopped it",
        "resource-id" => "what the flow log is about",
        "resource-type" => "what it was seen at",
        "tgw-id" => "the transit gateway",
        "tgw-attachment-id" => "the attachment that it came in by",
        "tgw-pair-attachment-id" => "the attachment that it left by",
        "tgw-src-eni" | "tgw-dst-eni" => "the gateway's own interface there",
        "tgw-src-vpc-account-id" | "tgw-dst-vpc-account-id" => "the account of the VPC there",
        "packets-lost-no-route" => "packets dropped because no route leads there",
        "packets-lost-blackhole" => "packets dropped by a black hole",
        "packets-lost-mtu-exceeded" => "packets dropped because they were too large",
        "packets-lost-ttl-expired" => "packets dropped after too many hops",
        "encryption-status" => "whether the network encrypted it on its way",
        "sublocation-type" | "sublocation-id" => "Outpost, Wavelength zone or Local Zone",
        name if name.starts_with("ecs-") => "the container that sent or received it",
        _ => "",
    }
}

/// Names of a log's fields, in their order.
fn fields(log: &FlowLog) -> Vec<String> {
    let words = match (&log.format, log.traffic) {
        (Some(format), _) => format.clone(),
        (None, Some(_)) => STANDARD.to_owned(),
        (None, None) => TRANSIT.to_owned(),
    };
    let name = |word: &str| word.trim_start_matches("${").trim_end_matches('}').to_owned();
    words.split_whitespace().map(name).collect()
}

/// A flow log.
pub fn flow_log(ctx: &Settled, region: Region, id: FlowLogId) -> Option<Told> {
    let row = ctx.world().row::<FlowLog>(region, id)?;
    let ec2 = ctx.world().ec2(region)?;
    let names = fields(row);
    let destination = match &row.destination {
        LogDestination::Group(group, _) => {
            html! { <>{ "log group " }{ mono(group.clone()) }{ " of CloudWatch Logs" }</> }
        }
        LogDestination::Bucket { bucket, folder, .. } => {
            let (to, shown) = (bucket.clone(), bucket.clone());
            let on = move || Action::Select(Some(Selection::Bucket(to.clone())));
            html! { <>{ "files in the bucket " }{ act_link(ctx, shown, on) }if !folder.is_empty() { { format!(", under {folder}/") } }</> }
        }
    };
    let status = match &row.failure {
        Some(why) => html! { <>{ state("impaired") }{ ": " }{ why }</> },
        None => state("ok"),
    };
    let params = Structure::new().with(field::FLOW_LOG_IDS, vec![id.to_string()]);
    Some(Told {
        kind: "Flow log",
        layer: "",
        what: "Writes down who talked to whom at interfaces, and whether rules let it pass: the headers' sums, never the contents. It stands beside the traffic and slows nothing.",
        state: "",
        facts: vec![
            ("Of", link(ctx, region, row.resource)),
            ("Traffic", mono(row.traffic.map_or("ALL", |kind| kind.name()))),
            ("Delivered to", destination),
            ("Delivery", status),
            ("Window", text(format!("{} s at most", row.interval))),
            ("Since", text(crate::ui::day_text(row.created))),
        ],
        deeds: role_deed(ctx, region, row)
            .into_iter()
            .chain([delete(
                region,
                "DeleteFlowLogs",
                params,
                "flow log",
                "What it has delivered stays.",
            )])
            .collect(),
        parts: html! {
            <>
                { section("Latest records", records(ctx, region, ec2, row, &names)) }
                { fold("What each field means", &names.len().to_string(), facts_of(&names)) }
            </>
        },
        source: (
            FIELDS,
            "A record is of one flow in one window; it comes some minutes later.",
        ),
    })
}

/// The call that makes the role which delivers, where it is missing: without it every delivery is an access error.
fn role_deed(ctx: &Settled, region: Region, row: &FlowLog) -> Option<Deed> {
    const TRUST: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"vpc-flow-logs.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#;
    let role = row.role.as_deref()?.rsplit('/').next()?.to_owned();
    let there = ctx.world().iam.roles.contains(&role);
    let params = Structure::new()
        .with(field::ROLE_NAME, role.as_str())
        .with(field::ASSUME_ROLE_POLICY_DOCUMENT, TRUST);
    let label = format!("Create the role {role}");
    (!there).then(|| Deed::call(label, ApiCall::new(region, "iam", "CreateRole", params)).class("primary"))
}

fn facts_of(names: &[String]) -> Html {
    html! { <dl class="facts meanings">{ for names.iter().map(|name| html! { <><dt class="mono">{ name }</dt><dd>{ meaning(name) }</dd></> }) }</dl> }
}

/// The newest records of a log, or what there is instead.
fn records(ctx: &Settled, region: Region, ec2: &Ec2, log: &FlowLog, names: &[String]) -> Html {
    let LogDestination::Group(group, _) = &log.destination else {
        return html! { <p class="soft">{ "They are files, compressed, one for each five minutes: open the bucket to see them, or read one in the terminal." }</p> };
    };
    let all = ec2
        .flow_logs
        .records
        .range((group.clone(), 0)..=(group.clone(), u64::MAX));
    let own = all.map(|(_, record)| record).filter(|record| record.log == log.id);
    // A window in which nothing passed has a record, too: it is counted, not shown.
    let (own, silent): (Vec<&FlowRecord>, Vec<&FlowRecord>) =
        own.partition(|record| !record.message.contains(" NODATA"));
    if own.is_empty() && silent.is_empty() {
        return none_yet("None yet: let traffic pass (Path: Open a connection), and give the clock some ten minutes.");
    }
    let (times, wide) = (
        ["start", "end"],
        ["version", "account-id", "log-status", "interface-id"],
    );
    // What a person reads first; the rest unfolds.
    let shown: Vec<usize> = (0..names.len())
        .filter(|at| !wide.contains(&names[*at].as_str()))
        .collect();
    let rows = own.iter().rev().take(SHOWN).map(|record| {
        let values: Vec<&str> = record.message.split_whitespace().collect();
        let value = |at: usize| values.get(at).copied().unwrap_or("-");
        let cell = |at: usize| match names[at].as_str() {
            name if times.contains(&name) => value(at)
                .parse::<i64>()
                .map_or_else(|_| value(at).to_owned(), |seconds| time_of_day(Time(seconds * 1_000))),
            "protocol" => value(at).parse::<u8>().map_or_else(
                |_| value(at).to_owned(),
                |number| protocol_text(number).to_ascii_uppercase(),
            ),
            _ => value(at).to_owned(),
        };
        let rejected = values.contains(&"REJECT");
        html! {
            <tr class={classes!(rejected.then_some("deny"))}>
                <td>{ path_of(ctx, region, ec2, names, &values) }</td>
                { for shown.iter().map(|at| html! { <td class="mono nowrap">{ cell(*at) }</td> }) }
            </tr>
        }
    });
    let more = own.len().saturating_sub(SHOWN);
    html! {
        <>
            <div class="scroll-x" tabindex="0" role="group" aria-label="Latest records"><table class="rules logged">
                <thead><tr><th>{ "Way" }</th>{ for shown.iter().map(|at| html! { <th title={meaning(&names[*at])}>{ &names[*at] }</th> }) }</tr></thead>
                <tbody>{ for rows }</tbody>
            </table></div>
            if !silent.is_empty() { <p class="soft">{ format!("Besides {} of windows in which nothing passed (NODATA).", crate::map::count(silent.len(), "record", "records")) }</p> }
            if more > 0 { <p class="soft">{ format!("and {more} older; all of them: aws stratus describe-flow-log-records") }</p> }
        </>
    }
}

/// From a record to the path of a packet like it.
fn path_of(ctx: &Settled, region: Region, ec2: &Ec2, names: &[String], values: &[&str]) -> Html {
    let value = |name: &str| {
        names
            .iter()
            .position(|known| known == name)
            .and_then(|at| values.get(at).copied())
    };
    let interface = value("interface-id").and_then(NetworkInterfaceId::parse);
    let vpc = interface
        .and_then(|id| ctx.world().row::<NetworkInterface>(region, id))
        .map(|row| row.vpc);
    let address = |name: &str| value(name).and_then(|text| text.parse::<IpAddr>().ok());
    let protocol = value("protocol").and_then(|text| text.parse::<u8>().ok());
    let (Some(from), Some(to), Some(protocol)) = (address("srcaddr"), address("dstaddr"), protocol) else {
        return html! { <span class="soft">{ "–" }</span> };
    };
    // The greater port is the one that a caller was given: such a record is of the answer.
    let number = |name: &str| value(name).and_then(|text| text.parse::<u16>().ok()).unwrap_or(0);
    let (source_port, port) = (number("srcport"), number("dstport"));
    let answers = port > source_port && source_port > 0;
    let (from, to, port) = if answers {
        (to, from, source_port)
    } else {
        (from, to, port)
    };
    let question = PathQuestion {
        source: end(ec2, vpc, from),
        destination: end(ec2, vpc, to),
        protocol: match protocol {
            1 | 58 => "icmp".to_owned(),
            other => protocol_text(other),
        },
        port: port.to_string(),
        ..PathQuestion::default()
    };
    let shown = match answers {
        true => "path of what it answers",
        false => "path",
    };
    let label = format!("{shown}: {from} to {to}, port {port}");
    let onclick = {
        let ctx = ctx.clone();
        Callback::from(move |_: MouseEvent| {
            let asked = ctx.screen().path.asked + 1;
            ctx.act(Action::AskPath(PathQuestion {
                asked,
                ..question.clone()
            }));
            ctx.act(Action::Select(None));
        })
    };
    html! { <button class="link nowrap" {onclick} aria-label={label}>{ shown }</button> }
}

/// An address as an end of a question: the instance that has it, where there is one.
fn end(ec2: &Ec2, vpc: Option<VpcId>, address: IpAddr) -> String {
    let interface = match address {
        IpAddr::V4(one) if one == INTERNET => return "internet".to_owned(),
        IpAddr::V4(one) => vpc.and_then(|vpc| ec2.by_private_address.get(&(vpc, one))),
        IpAddr::V6(one) => ec2.by_ipv6_address.get(&one),
    };
    let row = interface.and_then(|id| ec2.interfaces.get(id));
    match row.and_then(|row| Some((row, row.attachment.as_ref()?))) {
        Some((_, at)) if at.device_index == 0 => at.instance.to_string(),
        Some((row, _)) => row.id.to_string(),
        None => address.to_string(),
    }
}

/// The flow logs of one thing, on that thing's page.
pub fn of(ctx: &Settled, region: Region, id: ResourceId) -> Html {
    let rows = ctx
        .world()
        .ec2(region)
        .into_iter()
        .flat_map(|ec2| ec2.flow_logs.logs.rows());
    let own: Vec<FlowLogId> = rows.filter(|log| log.resource == id).map(|log| log.id).collect();
    let note = own.len().to_string();
    let content = html! {
        <>
            if own.is_empty() { { none_yet("None: nobody writes down what passes here.") } } else { <p>{ links(ctx, region, own, "none") }</p> }
            { deeds(ctx, vec![Deed::form("Create flow log", FormKind::More(region, MoreForm::FlowLog(id)))]) }
        </>
    };
    fold("Flow logs", &note, content)
}
