//! Pages that list all things of some kinds in a Region: those that have no place on the map or in a panel. Each says what
//! such things are for, and offers to make the first one.

use super::parts::*;
use super::told::none_yet;
use super::{estate, machine};
use crate::dialogs::{FormKind, MoreForm};
use crate::session::action::Shelf;
use crate::session::{Action, ApiCall, Selection};
use crate::ui::{Settled, Source};
use stratus_engine::base::ids::ResourceId;
use stratus_engine::catalog::Region;
use stratus_engine::world::Ec2;
use stratus_engine::world::insights::InsightsAnalysis;
use stratus_model::{Structure, sort};
use yew::prelude::*;

impl Shelf {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Shelf; 11] = [
        Shelf::Hosts,
        Shelf::Placement,
        Shelf::FlowLogs,
        Shelf::Mirroring,
        Shelf::Paths,
        Shelf::Scopes,
        Shelf::PublicAccess,
        Shelf::Transfers,
        Shelf::Endpoints,
        Shelf::Transit,
        Shelf::Balancers,
    ];

    /// Its title.
    pub fn title(self) -> &'static str {
        match self {
            Shelf::Hosts => "Physical hosts",
            Shelf::Placement => "Placement groups",
            Shelf::FlowLogs => "Flow logs",
            Shelf::Mirroring => "Traffic mirroring",
            Shelf::Paths => "Reachability Analyzer",
            Shelf::Scopes => "Network Access Analyzer",
            Shelf::PublicAccess => "VPC Block Public Access",
            Shelf::Transfers => "Elastic IP transfers",
            Shelf::Endpoints => "Endpoints and their services",
            Shelf::Transit => "Transit gateways and peering",
            Shelf::Balancers => "Load balancers",
        }
    }

    fn what(self) -> &'static str {
        match self {
            Shelf::Hosts => "The machines that your instances are on, and Dedicated Hosts, which you rent whole.",
            Shelf::Placement => {
                "How the hosts of some instances should lie to each other: near, apart, or in parts that fail apart."
            }
            Shelf::FlowLogs => "Who talked to whom at interfaces, and whether rules let it pass, written down.",
            Shelf::Mirroring => {
                "Copies of packets, for somebody who looks into them: source, filter, target, and the session that joins them."
            }
            Shelf::Paths => {
                "Whether the configuration lets a packet from one end to another, and what stops it: read, never sent."
            }
            Shelf::Scopes => "Every way through the network that fits a pattern: what is open that should not be?",
            Shelf::PublicAccess => {
                "One switch for a Region that no route, group or ACL can undo: nothing from the Internet, or nothing at all."
            }
            Shelf::Transfers => "Elastic IP addresses on their way to another account, or from one.",
            Shelf::Endpoints => "Doors to services without the Internet, and your own services behind such doors.",
            Shelf::Transit => "What joins VPCs: a line between two of them, or a router between many.",
            Shelf::Balancers => "One address before many machines: what comes goes on to one that is well.",
        }
    }

    fn source(self) -> &'static str {
        match self {
            Shelf::Hosts => "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-hosts-overview.html",
            Shelf::Placement => "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-groups.html",
            Shelf::FlowLogs => "https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html",
            Shelf::Mirroring => "https://docs.aws.amazon.com/vpc/latest/mirroring/what-is-traffic-mirroring.html",
            Shelf::Paths => "https://docs.aws.amazon.com/vpc/latest/reachability/what-is-reachability-analyzer.html",
            Shelf::Scopes => {
                "https://docs.aws.amazon.com/vpc/latest/network-access-analyzer/what-is-network-access-analyzer.html"
            }
            Shelf::PublicAccess => estate::BLOCK,
            Shelf::Transfers => estate::TRANSFERS,
            Shelf::Endpoints => "https://docs.aws.amazon.com/vpc/latest/privatelink/what-is-privatelink.html",
            Shelf::Transit => "https://docs.aws.amazon.com/vpc/latest/tgw/what-is-transit-gateway.html",
            Shelf::Balancers => {
                "https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/what-is-load-balancing.html"
            }
        }
    }

    /// What makes one of them.
    fn deeds(self, region: Region) -> Vec<Deed> {
        let form = |label: &str, form: MoreForm| Deed::form(label, FormKind::More(region, form));
        let call = |label: &str, operation| Deed::call(label, ApiCall::ec2(region, operation, Structure::new()));
        match self {
            Shelf::Hosts => vec![form("Allocate Dedicated Host", MoreForm::AllocateHost)],
            Shelf::Placement => vec![form("Create placement group", MoreForm::PlacementGroup)],
            Shelf::Mirroring => vec![
                form("Create target", MoreForm::MirrorTarget(None)),
                call("Create filter", "CreateTrafficMirrorFilter"),
                form("Create session", MoreForm::MirrorSession(None)),
            ],
            Shelf::Paths => vec![form("Create path", MoreForm::InsightsPath)],
            Shelf::Scopes => vec![form("Create scope", MoreForm::AccessScope)],
            Shelf::Endpoints => vec![
                form("Create endpoint", MoreForm::Endpoint),
                form("Create endpoint service", MoreForm::EndpointService),
            ],
            Shelf::Transit => vec![
                call("Create transit gateway", "CreateTransitGateway"),
                form("Peer two VPCs", MoreForm::Peering),
            ],
            Shelf::FlowLogs | Shelf::PublicAccess | Shelf::Transfers | Shelf::Balancers => Vec::new(),
        }
    }

    /// Its things by kind, each with a word of its own.
    pub fn things(self, ec2: &Ec2) -> Vec<Things> {
        let (insights, links) = (&ec2.insights, &ec2.links);
        match self {
            Shelf::Hosts => hosts(ec2),
            Shelf::Placement => {
                let all = ec2.placement_groups.rows();
                let all = all.map(|row| (row.born, row.id.into(), row.strategy.name().to_owned()));
                vec![("Placement groups", rows(all))]
            }
            Shelf::FlowLogs => {
                let all = ec2.flow_logs.logs.rows();
                let all = all.map(|row| (row.born, row.id.into(), row.resource.to_string()));
                vec![("Flow logs", rows(all))]
            }
            Shelf::Mirroring => mirroring(ec2),
            Shelf::Paths => {
                let paths = insights.paths.rows();
                let paths = paths.map(|row| (row.born, row.id.into(), row.source.id.to_string()));
                let analyses = insights.analyses.rows();
                let analyses = analyses.map(|row| (row.born, row.id.into(), found(row).to_owned()));
                vec![("Paths", rows(paths)), ("Analyses", rows(analyses))]
            }
            Shelf::Scopes => {
                let scopes = insights.scopes.rows();
                let scopes = scopes.map(|row| (row.born, row.id.into(), String::new()));
                let analyses = insights.scope_analyses.rows().map(|row| {
                    let word = row
                        .outcome
                        .as_ref()
                        .map(|one| format!("{} findings", one.findings.len()));
                    (row.born, row.id.into(), word.unwrap_or_else(|| "running".to_owned()))
                });
                vec![("Scopes", rows(scopes)), ("Analyses", rows(analyses))]
            }
            Shelf::PublicAccess => {
                let all = ec2.estate.exclusions.rows();
                let all = all.map(|row| (row.born, row.id.into(), row.state.name().to_owned()));
                vec![("Exclusions", rows(all))]
            }
            Shelf::Transfers => Vec::new(),
            Shelf::Endpoints => {
                let endpoints = links.endpoints.rows();
                let endpoints =
                    endpoints.map(|row| (row.born, row.id.into(), format!("{} {}", row.service, row.state.name())));
                let services = links.services.rows();
                let services = services.map(|row| (row.born, row.id.into(), String::new()));
                vec![("Endpoints", rows(endpoints)), ("Endpoint services", rows(services))]
            }
            Shelf::Transit => transit(ec2),
            Shelf::Balancers => balancers(ec2),
        }
    }
}

/// Things of one kind: what they are called together, each with a word of its own.
type Things = (&'static str, Vec<(ResourceId, String)>);

fn hosts(ec2: &Ec2) -> Vec<Things> {
    let of = |rented: bool| {
        let all = ec2.hosts.rows().filter(move |row| row.rented.is_some() == rented);
        rows(all.map(|row| (0, row.id.into(), format!("{} in {}", row.family, row.zone.name()))))
    };
    let reservations = ec2.estate.host_reservations.rows();
    let reservations = reservations.map(|row| (row.born, row.id.into(), row.offering.family.clone()));
    vec![
        ("Dedicated Hosts", of(true)),
        ("Reservations", rows(reservations)),
        ("Hosts of AWS's choice", of(false)),
    ]
}

fn mirroring(ec2: &Ec2) -> Vec<Things> {
    let sessions = ec2.mirroring.sessions.rows();
    let sessions = sessions.map(|row| (row.born, row.id.into(), row.interface.to_string()));
    let targets = ec2.mirroring.targets.rows();
    let targets = targets.map(|row| (row.born, row.id.into(), row.description.clone().unwrap_or_default()));
    let filters = ec2.mirroring.filters.rows();
    let filters = filters.map(|row| (row.born, row.id.into(), row.description.clone().unwrap_or_default()));
    vec![
        ("Sessions", rows(sessions)),
        ("Targets", rows(targets)),
        ("Filters", rows(filters)),
    ]
}

/// What came of an analysis.
fn found(row: &InsightsAnalysis) -> &'static str {
    match &row.outcome {
        None => "running",
        Some(one) if one.found => "a path",
        Some(_) => "no path",
    }
}

fn transit(ec2: &Ec2) -> Vec<Things> {
    let links = &ec2.links;
    let gateways = links.transits.rows();
    let gateways = gateways.map(|row| (row.born, row.id.into(), row.state.name().to_owned()));
    let attachments = links.attachments.rows();
    let attachments = attachments.map(|row| (row.born, row.id.into(), row.state.name().to_owned()));
    let tables = links.transit_tables.rows();
    let tables = tables.map(|row| (row.born, row.id.into(), String::new()));
    let peerings = links.peerings.rows();
    let peerings = peerings.map(|row| (row.born, row.id.into(), row.state.name().to_owned()));
    vec![
        ("Transit gateways", rows(gateways)),
        ("Attachments", rows(attachments)),
        ("Their route tables", rows(tables)),
        ("Peering connections", rows(peerings)),
    ]
}

fn balancers(ec2: &Ec2) -> Vec<Things> {
    let newer = ec2.balancing.balancers.rows();
    let newer = newer.map(|row| (row.born, row.id.into(), row.kind.name().to_owned()));
    let classic = ec2.balancing.classic.rows();
    let classic = classic.map(|row| (row.born, row.id.into(), "classic".to_owned()));
    let groups = ec2.balancing.groups.rows();
    let groups = groups.map(|row| (row.born, row.id.into(), format!("{} {}", row.protocol, row.port)));
    vec![
        ("Load balancers", rows(newer.chain(classic))),
        ("Target groups", rows(groups)),
    ]
}

/// In the order in which they were made.
fn rows(all: impl Iterator<Item = (u64, ResourceId, String)>) -> Vec<(ResourceId, String)> {
    let mut all: Vec<_> = all.collect();
    sort::by_key(&mut all, |(born, id, _)| (*born, *id));
    all.into_iter().map(|(_, id, word)| (id, word)).collect()
}

/// A shelf's page.
pub fn view(ctx: &Settled, region: Region, shelf: Shelf) -> Option<Html> {
    let ec2 = ctx.world().ec2(region);
    let things = ec2.map(|ec2| shelf.things(ec2)).unwrap_or_default();
    let special = match shelf {
        Shelf::PublicAccess => estate::public_access(ctx, region),
        Shelf::Transfers => estate::transfers(ctx, region),
        _ => html! { <>{ for things.iter().map(|(title, all)| section(title, list(ctx, region, all))) }</> },
    };
    Some(html! {
        <>
            { Head { kind: region.long_name(), layer: "", title: shelf.title().into(), id: None, what: text(shelf.what()) }.view() }
            { deeds(ctx, shelf.deeds(region)) }
            { special }
            if shelf == Shelf::FlowLogs { <p class="soft">{ "The page of a VPC, a subnet, an interface or a transit gateway makes one of what it shows." }</p> }
            if shelf == Shelf::Placement { { section("The ways there are", machine::ways(&[], None)) } }
            <p>{ act_link(ctx, "The Region", move || Action::Select(Some(Selection::Region(region)))) }</p>
            <Source source={shelf.source()}>{ "What it is for, and what it costs." }</Source>
        </>
    })
}

fn list(ctx: &Settled, region: Region, all: &[(ResourceId, String)]) -> Html {
    if all.is_empty() {
        return none_yet("None yet.");
    }
    let entries = all.iter().map(|(id, word)| {
        let word = match ResourceId::parse(word) {
            Some(other) => link(ctx, region, other),
            None => text(word.clone()),
        };
        Entry {
            key: id.to_string(),
            columns: vec![link(ctx, region, *id), word],
            detail: None,
            class: "",
        }
    });
    ledger("two", &["Name", ""], entries.collect())
}

/// On the Region's page: the shelves, each with how many things lie on it.
#[inline(never)]
pub fn offered(ctx: &Settled, region: Region) -> Html {
    let ec2 = ctx.world().ec2(region);
    let items = Shelf::ALL.into_iter().map(|shelf| {
        let number: usize = ec2.map_or(0, |ec2| shelf.things(ec2).iter().map(|(_, all)| all.len()).sum());
        html! { <li key={shelf.title()}>{ act_link(ctx, shelf.title(), move || Action::Select(Some(Selection::Shelf(region, shelf)))) }if number > 0 { <span class="soft">{ format!(" · {number}") }</span> }</li> }
    });
    section("Also in this Region", html! { <ul class="shelves">{ for items }</ul> })
}
