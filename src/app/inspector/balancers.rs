//! Load balancers and target groups: what comes to them, to whom they send it, and how the targets stand.

use super::parts::*;
use super::told::{Told, none_yet};
use crate::map::{kind_words, state_word};
use crate::session::action::PathQuestion;
use crate::session::{Action, ApiCall};
use crate::ui::{Settled, day_text};
use stratus_engine::base::ids::*;
use stratus_engine::catalog::Region;
use stratus_engine::network::fronts;
use stratus_engine::world::balancing::*;
use stratus_engine::world::vpc::NetworkInterface;
use stratus_model::{Structure, field, sort};
use yew::prelude::*;

/// Its page of the user guides.
fn source(kind: Option<BalancerKind>) -> &'static str {
    match kind {
        Some(BalancerKind::Application) => {
            "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/introduction.html"
        }
        Some(BalancerKind::Network) => {
            "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/introduction.html"
        }
        Some(BalancerKind::Gateway) => {
            "https://docs.aws.amazon.com/elasticloadbalancing/latest/gateway/introduction.html"
        }
        None => "https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/introduction.html",
    }
}

/// A load balancer of version 2.
pub fn balancer(ctx: &Settled, region: Region, id: LoadBalancerId) -> Option<Told> {
    let row = ctx.world().row::<LoadBalancer>(region, id)?;
    let arn = fronts::arn(ctx.world(), region, id.into())?;
    let own = Structure::new().with(field::LOAD_BALANCER_ARN, arn.clone());
    let mut facts = vec![
        ("Kind", text(kind_words(row.kind))),
        ("VPC", link(ctx, region, row.vpc)),
        (
            "Security groups",
            links(ctx, region, row.groups.iter().copied(), "none: nothing is refused here"),
        ),
    ];
    if let Some(name) = fronts::dns_name(ctx.world(), region, id.into()) {
        facts.push(("DNS name", mono(name)));
        let told = match row.internal {
            true => "private addresses: only who is inside, or linked, gets to it",
            false => "public addresses: whoever is on the Internet gets to it",
        };
        facts.push(("Its name means", text(told)));
    }
    facts.push(("Made", text(day_text(row.created))));
    facts.push(("ARN", mono(arn)));
    Some(Told {
        kind: "Load balancer",
        layer: "",
        what: "One address for many machines: what comes to its nodes it sends on to a healthy target.",
        state: if row.active { "active" } else { "provisioning" },
        facts,
        deeds: vec![
            trace(ctx, region, row.places.first()),
            Deed::confirm(
                "Delete load balancer",
                "Delete the load balancer?",
                "Its listeners and nodes go with it; its target groups stay.",
                ApiCall::new(region, "elbv2", "DeleteLoadBalancer", own),
            ),
        ],
        parts: html! {
            <>
                { section("Nodes", nodes(ctx, region, &row.places)) }
                { section("Listeners", listeners(ctx, region, id)) }
            </>
        },
        source: (source(Some(row.kind)), "One node in each enabled Availability Zone."),
    })
}

/// Opens the path to a node.
fn trace(ctx: &Settled, region: Region, place: Option<&BalancerPlace>) -> Deed {
    let node = place.map(|place| place.interface);
    let port = node.and_then(|node| fronts::first_port(ctx.world(), region, node));
    let question = PathQuestion {
        source: "internet".into(),
        destination: node.map(|node| node.to_string()).unwrap_or_default(),
        port: port.map(|port| port.to_string()).unwrap_or_default(),
        ..PathQuestion::default()
    };
    let next = ctx.screen().path.asked + 1;
    let act = ctx.on(move || {
        Action::AskPath(PathQuestion {
            asked: next,
            ..question.clone()
        })
    });
    Deed::act("Trace from the Internet", act).unless(port.is_none().then_some("no listener takes anything."))
}

/// A Classic Load Balancer.
pub fn classic(ctx: &Settled, region: Region, id: ClassicBalancerId) -> Option<Told> {
    let row = ctx.world().row::<ClassicBalancer>(region, id)?;
    let own = Structure::new().with(field::LOAD_BALANCER_NAME, row.name.clone());
    let name = fronts::dns_name(ctx.world(), region, id.into()).unwrap_or_default();
    let listeners = row.listeners.iter().map(|own| Entry {
        key: own.port.to_string(),
        columns: vec![
            mono(format!("{} {}", own.protocol, own.port)),
            mono(format!("{} {}", own.instance_protocol, own.instance_port)),
        ],
        detail: None,
        class: "allow",
    });
    Some(Told {
        kind: "Classic Load Balancer",
        layer: "",
        what: "The first kind of load balancer: it sends what comes to its nodes to the instances that are registered with it.",
        state: "",
        facts: vec![
            ("VPC", link(ctx, region, row.vpc)),
            (
                "Security groups",
                links(ctx, region, row.groups.iter().copied(), "none"),
            ),
            ("DNS name", mono(name)),
            (
                "Across zones",
                text(if row.cross_zone {
                    "yes"
                } else {
                    "no: each node to its own zone"
                }),
            ),
            ("Made", text(day_text(row.created))),
        ],
        deeds: vec![
            trace(ctx, region, row.places.first()),
            Deed::confirm(
                "Delete load balancer",
                "Delete the load balancer?",
                "Its nodes go with it; its instances stay.",
                ApiCall::new(region, "elb", "DeleteLoadBalancer", own),
            ),
        ],
        parts: html! {
            <>
                { section("Nodes", nodes(ctx, region, &row.places)) }
                { section("Listeners", ledger("two", &["Takes", "To instances"], listeners.collect())) }
                { section("Instances", targets(ctx, region, &row.targets)) }
            </>
        },
        source: (source(None), "Billed by the hour and by the gigabyte."),
    })
}

/// A target group.
pub fn group(ctx: &Settled, region: Region, id: TargetGroupId) -> Option<Told> {
    let row = ctx.world().row::<TargetGroup>(region, id)?;
    let arn = fronts::arn(ctx.world(), region, id.into())?;
    let own = Structure::new().with(field::TARGET_GROUP_ARN, arn.clone());
    let ec2 = ctx.world().ec2(region)?;
    let rules = ec2.balancing.rules.rows();
    let rules = rules.filter(|rule| rule.action.groups().iter().any(|(group, _)| *group == id));
    let users = rules.filter_map(|rule| Some(ec2.balancing.listeners.get(&rule.listener)?.balancer));
    let mut users: Vec<LoadBalancerId> = users.collect();
    sort::sort(&mut users);
    users.dedup();
    let check = &row.check;
    let asks = match &check.path {
        Some(path) => format!("{} {path}", check.protocol),
        None => check.protocol.clone(),
    };
    let used = (!users.is_empty()).then_some("a listener sends to it.");
    Some(Told {
        kind: "Target group",
        layer: "",
        what: "Those who may get what a load balancer sends, and how it finds out which of them are well.",
        state: "",
        facts: vec![
            ("VPC", link(ctx, region, row.vpc)),
            ("Takes", mono(format!("{} {}", row.protocol, row.port))),
            ("Load balancers", links(ctx, region, users, "none: nobody sends to it")),
            (
                "Health check",
                text(format!(
                    "{asks} every {} s; {} failures in a row are unhealthy, {} successes healthy",
                    check.interval, check.unhealthy, check.healthy
                )),
            ),
            ("ARN", mono(arn)),
        ],
        deeds: vec![
            Deed::confirm(
                "Delete target group",
                "Delete the target group?",
                "Its targets stay as they are.",
                ApiCall::new(region, "elbv2", "DeleteTargetGroup", own),
            )
            .unless(used),
        ],
        parts: section("Targets", targets(ctx, region, &row.targets)),
        source: (
            "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html",
            "While none is healthy, all get traffic.",
        ),
    })
}

fn nodes(ctx: &Settled, region: Region, places: &[BalancerPlace]) -> Html {
    let entries = places.iter().map(|place| {
        let row = ctx.world().row::<NetworkInterface>(region, place.interface);
        let own = row.and_then(|row| row.primary());
        let public = own.and_then(|own| own.public).map(|public| public.address.to_string());
        Entry {
            key: place.interface.to_string(),
            columns: vec![
                link(ctx, region, place.interface),
                link(ctx, region, place.subnet),
                mono(public.or(own.map(|own| own.private.to_string())).unwrap_or_default()),
            ],
            detail: None,
            class: "",
        }
    });
    ledger("three", &["Interface", "Subnet", "Address"], entries.collect())
}

fn listeners(ctx: &Settled, region: Region, id: LoadBalancerId) -> Html {
    let Some(ec2) = ctx.world().ec2(region) else {
        return Html::default();
    };
    let mut all: Vec<&Listener> = ec2
        .balancing
        .listeners
        .rows()
        .filter(|one| one.balancer == id)
        .collect();
    if all.is_empty() {
        return none_yet("None yet: it takes nothing.");
    }
    sort::by_key(&mut all, |one| (one.port, one.born));
    let entries = all.iter().flat_map(|listener| {
        let mut rules: Vec<&ListenerRule> = ec2
            .balancing
            .rules
            .rows()
            .filter(|rule| rule.listener == listener.id)
            .collect();
        sort::by_key(&mut rules, |rule| rule.priority.map_or(u32::MAX, u32::from));
        rules.into_iter().map(move |rule| Entry {
            key: rule.id.to_string(),
            columns: vec![
                mono(format!("{} {}", listener.protocol, listener.port)),
                text(when(rule)),
                does(ctx, region, &rule.action),
            ],
            detail: None,
            class: "",
        })
    });
    ledger("three", &["Takes", "When", "Does"], entries.collect())
}

fn when(rule: &ListenerRule) -> String {
    match rule.priority {
        None => "otherwise".to_owned(),
        Some(priority) => {
            let conditions = rule
                .conditions
                .iter()
                .map(|one| format!("{} {}", one.field, one.values.join(" or ")));
            let conditions: Vec<String> = conditions.collect();
            format!("{priority}: {}", conditions.join(" and "))
        }
    }
}

fn does(ctx: &Settled, region: Region, action: &RuleAction) -> Html {
    match action {
        RuleAction::Forward { groups, .. } => links(ctx, region, groups.iter().map(|(id, _)| *id), "nobody"),
        RuleAction::Redirect { to, .. } => text(format!("sends on to {}:{}", to[0], to[1])),
        RuleAction::Fixed { status, .. } => text(format!("answers {status}")),
    }
}

fn targets(ctx: &Settled, region: Region, all: &[Target]) -> Html {
    if all.is_empty() {
        return none_yet("None: nothing that comes gets anywhere.");
    }
    let entries = all.iter().map(|target| {
        let (key, who) = match target.point {
            TargetPoint::Instance(id) => (id.to_string(), link(ctx, region, id)),
            TargetPoint::Alb(id) => (id.to_string(), link(ctx, region, id)),
            TargetPoint::Ip(address) => (address.to_string(), mono(address.to_string())),
        };
        let why = match target.last {
            None => "not checked yet",
            Some(CheckOutcome::Passed) => "the answer was right",
            Some(CheckOutcome::Refused) => "the connection was refused",
            Some(CheckOutcome::TimedOut) => "no answer came",
            Some(CheckOutcome::Code) => "the answer had another code",
        };
        let port = if target.port == 0 {
            String::new()
        } else {
            format!(" :{}", target.port)
        };
        Entry {
            key: format!("{key}{port}"),
            columns: vec![
                html! { <>{ who }<span class="mono">{ port }</span></> },
                state(state_word(target.state)),
                text(why),
            ],
            detail: None,
            class: if target.state == TargetState::Healthy {
                "allow"
            } else {
                ""
            },
        }
    });
    ledger("three", &["Target", "State", "Last check"], entries.collect())
}
