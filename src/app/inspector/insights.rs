//! The Reachability Analyzer and the Network Access Analyzer: paths, scopes, what their analyses found. Findings stay as
//! they were when they were made: they are read from what the analysis kept, never asked anew.

use super::parts::*;
use super::told::{Told, delete, none_yet};
use crate::session::action::PathQuestion;
use crate::session::{Action, ApiCall};
use crate::ui::{Settled, day_text};
use serde_json::Value as Json;
use stratus_engine::base::ids::*;
use stratus_engine::catalog::Region;
use stratus_engine::network::protocol_text;
use stratus_engine::world::access_scopes::*;
use stratus_engine::world::insights::*;
use stratus_model::{Structure, field, sort};
use yew::prelude::*;

const ANALYZER: &str = "https://docs.aws.amazon.com/vpc/latest/reachability/how-reachability-analyzer-works.html";
const ACCESS: &str =
    "https://docs.aws.amazon.com/vpc/latest/network-access-analyzer/how-network-access-analyzer-works.html";
/// Findings that are shown.
const SHOWN: usize = 20;

/// A token that this very button gives: the number of analyses that there were.
fn token(ctx: &Settled, number: usize) -> String {
    format!("page-{}-{number}", ctx.world().now.0)
}

/// An end as text that the Path panel takes.
fn end(end: Option<&PathEnd>, address: Option<std::net::Ipv4Addr>) -> Option<String> {
    match end.map(|end| end.id) {
        Some(ResourceId::Instance(id)) => Some(id.to_string()),
        Some(ResourceId::NetworkInterface(id)) => Some(id.to_string()),
        Some(ResourceId::InternetGateway(_)) => {
            Some(address.map_or_else(|| "internet".to_owned(), |one| one.to_string()))
        }
        _ => address.map(|address| address.to_string()),
    }
}

/// The path panel's question of the same ends.
fn ask(ctx: &Settled, row: &InsightsPath) -> Option<Callback<MouseEvent>> {
    let filter = row.at_source.unwrap_or_default();
    let port = row
        .port
        .or(filter.destination_ports.map(|(first, _)| first))
        .unwrap_or(443);
    let question = PathQuestion {
        source: end(Some(&row.source), row.source_ip.or(filter.source))?,
        destination: end(row.destination.as_ref(), row.destination_ip.or(filter.destination))?,
        protocol: protocol_text(row.protocol),
        port: port.to_string(),
        ..PathQuestion::default()
    };
    let ctx = ctx.clone();
    Some(Callback::from(move |_: MouseEvent| {
        let asked = ctx.screen().path.asked + 1;
        ctx.act(Action::AskPath(PathQuestion {
            asked,
            ..question.clone()
        }));
        ctx.act(Action::Select(None));
    }))
}

fn end_link(ctx: &Settled, region: Region, end: &PathEnd, address: Option<std::net::Ipv4Addr>) -> Html {
    html! { <>{ link(ctx, region, end.id) }if let Some(address) = address { { " · " }{ mono(address.to_string()) } }</> }
}

/// A path.
pub fn path(ctx: &Settled, region: Region, id: InsightsPathId) -> Option<Told> {
    let row = ctx.world().row::<InsightsPath>(region, id)?;
    let all = &ctx.world().ec2(region)?.insights;
    let mut analyses: Vec<&InsightsAnalysis> = all.analyses.rows().filter(|one| one.path == id).collect();
    sort::by_key(&mut analyses, |one| std::cmp::Reverse(one.born));
    let own = Structure::new().with(field::NETWORK_INSIGHTS_PATH_ID, id.to_string());
    let start = own.clone().with(field::CLIENT_TOKEN, token(ctx, all.analyses.len()));
    let port = row.port.map_or("any port".to_owned(), |port| format!("port {port}"));
    let mut deeds_here =
        vec![Deed::call("Analyse", ApiCall::ec2(region, "StartNetworkInsightsAnalysis", start)).class("primary")];
    deeds_here.extend(ask(ctx, row).map(|act| Deed::act("Show it in the Path panel", act)));
    deeds_here.push(
        delete(
            region,
            "DeleteNetworkInsightsPath",
            own,
            "path",
            "It is not asked about any more.",
        )
        .unless((!analyses.is_empty()).then_some("delete its analyses first.")),
    );
    let entries = analyses.iter().map(|one| Entry {
        key: one.id.to_string(),
        columns: vec![
            link(ctx, region, one.id),
            text(day_text(one.started)),
            text(outcome_words(one)),
        ],
        detail: None,
        class: match &one.outcome {
            Some(outcome) if outcome.found => "allow",
            Some(_) => "deny",
            None => "",
        },
    });
    Some(Told {
        kind: "Network insights path",
        layer: "",
        what: "Two ends that the Reachability Analyzer is asked about: whether the configuration lets a packet from one to the other. It sends nothing.",
        state: "",
        facts: vec![
            ("From", end_link(ctx, region, &row.source, row.source_ip)),
            (
                "To",
                row.destination.as_ref().map_or_else(
                    || {
                        text(
                            row.destination_ip
                                .or(row.at_source.and_then(|one| one.destination))
                                .map_or("anywhere".to_owned(), |one| one.to_string()),
                        )
                    },
                    |end| end_link(ctx, region, end, row.destination_ip),
                ),
            ),
            (
                "Packet",
                mono(format!("{} {port}", protocol_text(row.protocol).to_ascii_uppercase())),
            ),
        ],
        deeds: deeds_here,
        parts: section(
            "Analyses",
            match analyses.is_empty() {
                true => none_yet("None yet. An analysis is made of the network as it is then, and takes a moment."),
                false => ledger("three", &["Analysis", "Started", "Found"], entries.collect()),
            },
        ),
        source: (ANALYZER, "AWS bills each analysis; here it is free."),
    })
}

fn outcome_words(row: &InsightsAnalysis) -> &'static str {
    match &row.outcome {
        None => "running",
        Some(outcome) if outcome.found => "a path",
        Some(outcome) if outcome.undecided => "undecided: not everything was tried",
        Some(_) => "no path",
    }
}

/// An analysis.
pub fn analysis(ctx: &Settled, region: Region, id: InsightsAnalysisId) -> Option<Told> {
    let row = ctx.world().row::<InsightsAnalysis>(region, id)?;
    let details: Json = row
        .outcome
        .as_ref()
        .and_then(|one| serde_json::from_str(&one.details).ok())
        .unwrap_or_default();
    let own = Structure::new().with(field::NETWORK_INSIGHTS_ANALYSIS_ID, id.to_string());
    let path = ctx.world().row::<InsightsPath>(region, row.path);
    let mut deeds_here: Vec<Deed> = path
        .and_then(|path| ask(ctx, path))
        .map(|act| Deed::act("Show it in the Path panel", act))
        .into_iter()
        .collect();
    deeds_here.push(delete(
        region,
        "DeleteNetworkInsightsAnalysis",
        own,
        "analysis",
        "What it found goes with it.",
    ));
    let list = |name: &str| details.get(name).and_then(Json::as_array).cloned().unwrap_or_default();
    let (forward, back, why) = (
        list("ForwardPathComponents"),
        list("ReturnPathComponents"),
        list("Explanations"),
    );
    Some(Told {
        kind: "Network insights analysis",
        layer: "",
        what: "What the Reachability Analyzer found, component by component, of the network as it was then.",
        state: match &row.outcome {
            None => "running",
            Some(_) => "succeeded",
        },
        facts: vec![
            ("Of", link(ctx, region, row.path)),
            ("Started", text(day_text(row.started))),
            ("Found", text(outcome_words(row))),
            ("Through", text(filters(&row.filter_in))),
            ("Not through", text(filters(&row.filter_out))),
        ],
        deeds: deeds_here,
        parts: html! {
            <>
                if !why.is_empty() { { section("Why not", explanations(ctx, region, &why)) } }
                if !forward.is_empty() { { section("The request's way", components(ctx, region, &forward)) } }
                if !back.is_empty() { { section("The answer's way", components(ctx, region, &back)) } }
                if row.outcome.is_none() { { none_yet("It runs: run the clock for a moment.") } }
            </>
        },
        source: (
            "https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html",
            "The codes, as the Reachability Analyzer explains them.",
        ),
    })
}

fn filters(arns: &[String]) -> String {
    match arns.is_empty() {
        true => "anything".to_owned(),
        false => arns.join(", "),
    }
}

/// The first id below a member, by the names that the API uses.
fn id_in(part: &Json) -> Option<ResourceId> {
    part.get("Id").and_then(Json::as_str).and_then(ResourceId::parse)
}

fn component_name(ctx: &Settled, region: Region, part: &Json) -> Html {
    match id_in(part) {
        Some(id) => html! { <>{ id.kind().words() }{ " " }{ link(ctx, region, id) }</> },
        None => text(
            part.get("Id")
                .and_then(Json::as_str)
                .unwrap_or("a component")
                .to_owned(),
        ),
    }
}

/// Components in their order: each with the rule that decided there, where the API names one.
fn components(ctx: &Settled, region: Region, all: &[Json]) -> Html {
    html! {
        <ol class="hops">{ for all.iter().map(|one| {
            let part = one.get("Component").unwrap_or(&Json::Null);
            html! { <li>{ component_name(ctx, region, part) }if let Some(rule) = rule_words(one) { <small>{ rule }</small> }</li> }
        }) }</ol>
    }
}

/// What decided at a component, in a word or two.
fn rule_words(one: &Json) -> Option<String> {
    let text = |part: &Json, name: &str| {
        part.get(name)
            .map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
    };
    if let Some(rule) = one.get("SecurityGroupRule") {
        let from = text(rule, "Cidr")
            .or_else(|| text(rule, "SecurityGroupId"))
            .or_else(|| text(rule, "PrefixListId"));
        // A group that nothing of matched has no rule to name.
        return Some(format!("rule: {} {}", text(rule, "Protocol")?, from?));
    }
    if let Some(rule) = one.get("AclRule") {
        return Some(format!(
            "rule {}: {}",
            text(rule, "RuleNumber")?,
            text(rule, "RuleAction").unwrap_or_default()
        ));
    }
    let route = one
        .get("RouteTableRoute")
        .or_else(|| one.get("TransitGatewayRouteTableRoute"))?;
    let to = text(route, "DestinationCidr").or_else(|| text(route, "DestinationPrefixListId"));
    Some(format!("route: {}", to.unwrap_or_default()))
}

fn explanations(ctx: &Settled, region: Region, all: &[Json]) -> Html {
    const PLACES: [&str; 8] = [
        "SecurityGroup",
        "Acl",
        "RouteTable",
        "Component",
        "NetworkInterface",
        "Subnet",
        "Vpc",
        "InternetGateway",
    ];
    html! {
        <ul class="plain-list">{ for all.iter().map(|one| {
            let code = one.get("ExplanationCode").and_then(Json::as_str).unwrap_or_default().to_owned();
            let at = PLACES.into_iter().find_map(|name| one.get(name)).or_else(|| one.get("SecurityGroups").and_then(|list| list.get(0)));
            let direction = one.get("Direction").and_then(Json::as_str).unwrap_or_default().to_owned();
            html! { <li><code>{ code }</code>{ format!(" {direction} ") }if let Some(at) = at { { "at " }{ component_name(ctx, region, at) } }</li> }
        }) }</ul>
    }
}

/// A Network Access Scope.
pub fn scope(ctx: &Settled, region: Region, id: AccessScopeId) -> Option<Told> {
    let row = ctx.world().row::<AccessScope>(region, id)?;
    let all = &ctx.world().ec2(region)?.insights;
    let mut analyses: Vec<&AccessAnalysis> = all.scope_analyses.rows().filter(|one| one.scope == id).collect();
    sort::by_key(&mut analyses, |one| std::cmp::Reverse(one.born));
    let own = Structure::new().with(field::NETWORK_INSIGHTS_ACCESS_SCOPE_ID, id.to_string());
    let start = own
        .clone()
        .with(field::CLIENT_TOKEN, token(ctx, all.scope_analyses.len()));
    let entries = analyses.iter().map(|one| Entry {
        key: one.id.to_string(),
        columns: vec![
            link(ctx, region, one.id),
            text(day_text(one.started)),
            text(found_words(one)),
        ],
        detail: None,
        class: match &one.outcome {
            Some(outcome) if outcome.findings.is_empty() && outcome.failed.is_none() => "allow",
            Some(_) => "deny",
            None => "",
        },
    });
    let paths = |all: &[ScopePath]| html! { <ul class="plain-list">{ for all.iter().map(|path| html! { <li>{ pattern_words(path) }</li> }) }</ul> };
    Some(Told {
        kind: "Network Access Scope",
        layer: "",
        what: "Which access to the network is looked for: patterns of paths. An analysis lists every way that fits one, and that no exception takes out.",
        state: "",
        facts: vec![("Made", text(day_text(row.created)))],
        deeds: vec![
            Deed::call(
                "Analyse",
                ApiCall::ec2(region, "StartNetworkInsightsAccessScopeAnalysis", start),
            )
            .class("primary"),
            delete(
                region,
                "DeleteNetworkInsightsAccessScope",
                own,
                "scope",
                "It is not looked for any more.",
            )
            .unless((!analyses.is_empty()).then_some("delete its analyses first.")),
        ],
        parts: html! {
            <>
                { section("Looks for", paths(&row.matches)) }
                if !row.excludes.is_empty() { { section("But not", paths(&row.excludes)) } }
                { section("Analyses", match analyses.is_empty() {
                    true => none_yet("None yet."),
                    false => ledger("three", &["Analysis", "Started", "Found"], entries.collect()),
                }) }
            </>
        },
        source: (ACCESS, "No packet is sent: rules and routes are read."),
    })
}

fn found_words(row: &AccessAnalysis) -> String {
    match &row.outcome {
        None => "running".to_owned(),
        Some(outcome) if outcome.failed.is_some() => "failed".to_owned(),
        Some(outcome) => match outcome.findings.len() {
            0 => "nothing".to_owned(),
            number => crate::map::count(number, "finding", "findings"),
        },
    }
}

/// A pattern in words.
fn pattern_words(path: &ScopePath) -> String {
    let end = |statement: &Option<PathStatement>| {
        let Some(statement) = statement else {
            return "anything".to_owned();
        };
        let mut words = statement.resources.as_ref().map_or("anything".to_owned(), things);
        if let Some(header) = &statement.header {
            let parts = [
                ("from", &header.source_addresses),
                ("to", &header.destination_addresses),
                ("from port", &header.source_ports),
                ("to port", &header.destination_ports),
                ("by", &header.protocols),
            ];
            for (word, list) in parts.into_iter().filter(|(_, list)| !list.is_empty()) {
                words.push_str(&format!(", {word} {}", list.join(", ")));
            }
        }
        words
    };
    let mut words = format!("From {} to {}", end(&path.source), end(&path.destination));
    for through in &path.through {
        words.push_str(&format!(" through {}", things(through)));
    }
    words
}

fn things(statement: &ResourceStatement) -> String {
    let types = statement
        .types
        .iter()
        .map(|name| name.rsplit("::").next().unwrap_or(name).to_owned());
    let all: Vec<String> = statement.resources.iter().cloned().chain(types).collect();
    all.join(" or ")
}

/// An analysis of a scope.
pub fn scope_analysis(ctx: &Settled, region: Region, id: AccessAnalysisId) -> Option<Told> {
    let row = ctx.world().row::<AccessAnalysis>(region, id)?;
    let own = Structure::new().with(field::NETWORK_INSIGHTS_ACCESS_SCOPE_ANALYSIS_ID, id.to_string());
    let mut facts = vec![
        ("Of", link(ctx, region, row.scope)),
        ("Started", text(day_text(row.started))),
        ("Found", text(found_words(row))),
    ];
    let findings = match &row.outcome {
        None => none_yet("It runs: run the clock for a moment."),
        Some(outcome) => {
            facts.push((
                "Looked at",
                text(crate::map::count(
                    usize::try_from(outcome.interfaces).unwrap_or(0),
                    "interface",
                    "interfaces",
                )),
            ));
            if let Some(why) = &outcome.failed {
                facts.push(("Failed", text(why.clone())));
            }
            findings(ctx, region, outcome)
        }
    };
    Some(Told {
        kind: "Network Access Scope analysis",
        layer: "",
        what: "Every way through the network, as it was then, that the scope looks for.",
        state: match &row.outcome {
            None => "running",
            Some(outcome) if outcome.failed.is_some() => "failed",
            Some(_) => "succeeded",
        },
        facts,
        deeds: vec![delete(
            region,
            "DeleteNetworkInsightsAccessScopeAnalysis",
            own,
            "analysis",
            "Its findings go with it.",
        )],
        parts: section("Findings", findings),
        source: (ACCESS, "What nothing tells apart is one finding."),
    })
}

fn findings(ctx: &Settled, region: Region, outcome: &AccessOutcome) -> Html {
    if outcome.findings.is_empty() {
        return none_yet("Nothing: no way fits the scope.");
    }
    let more = outcome.findings.len().saturating_sub(SHOWN);
    html! {
        <>
            { for outcome.findings.iter().take(SHOWN).enumerate().map(|(at, finding)| {
                let all: Json = serde_json::from_str(finding).unwrap_or_default();
                let all = all.get("FindingComponents").unwrap_or(&all).as_array().cloned().unwrap_or_default();
                let end = |one: Option<&Json>| one.and_then(|one| one.get("Component")).and_then(id_in).map_or("something".to_owned(), |id| name(ctx, region, id));
                let title = format!("{}. {} → {}", at + 1, end(all.first()), end(all.last()));
                fold(&title, "", html! { <><p class="mono">{ header(&all) }</p>{ components(ctx, region, &all) }</> })
            }) }
            if more > 0 { <p class="soft">{ format!("and {more} more") }</p> }
            if outcome.cut { <p class="soft">{ "There would be more: the analysis stopped at its limit." }</p> }
        </>
    }
}

/// Ports and protocol of a finding's packets.
fn header(all: &[Json]) -> String {
    let header = all
        .iter()
        .find_map(|one| one.get("InboundHeader").or_else(|| one.get("OutboundHeader")));
    let Some(header) = header else { return String::new() };
    let protocol = match header
        .get("Protocol")
        .map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
        .as_deref()
    {
        Some("6") => "TCP".to_owned(),
        Some("17") => "UDP".to_owned(),
        Some(other) => other.to_ascii_uppercase(),
        None => String::new(),
    };
    let ports = header
        .get("DestinationPortRanges")
        .and_then(Json::as_array)
        .into_iter()
        .flatten()
        .map(|range| {
            let (from, to) = (
                range.get("From").and_then(Json::as_i64),
                range.get("To").and_then(Json::as_i64),
            );
            match (from, to) {
                (Some(from), Some(to)) if from == to => from.to_string(),
                (Some(from), Some(to)) => format!("{from}–{to}"),
                _ => String::new(),
            }
        });
    format!("{protocol} {}", ports.collect::<Vec<_>>().join(", "))
        .trim()
        .to_owned()
}
