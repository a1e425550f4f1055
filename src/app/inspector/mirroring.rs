//! Traffic mirroring: sessions, targets, filters with their rules in order, and the copies that were made.

use super::parts::*;
use super::told::{Told, delete, none_yet};
use crate::dialogs::{FormKind, MoreForm};
use crate::session::ApiCall;
use crate::ui::{Settled, time_of_day};
use stratus_engine::base::ids::*;
use stratus_engine::catalog::Region;
use stratus_engine::network::protocol_text;
use stratus_engine::world::mirroring::*;
use stratus_model::{Structure, field, sort};
use yew::prelude::*;

const GUIDE: &str = "https://docs.aws.amazon.com/vpc/latest/mirroring/what-is-traffic-mirroring.html";
const FILTERS: &str = "https://docs.aws.amazon.com/vpc/latest/mirroring/traffic-mirroring-filters.html";
/// Copies that are shown.
const SHOWN: usize = 20;

fn mirroring(ctx: &Settled, region: Region) -> Option<&Mirroring> {
    Some(&ctx.world().ec2(region)?.mirroring)
}

fn described(description: &Option<String>) -> Html {
    match description.as_deref() {
        Some(words) if !words.is_empty() => text(words.to_owned()),
        _ => html! { <span class="soft">{ "none" }</span> },
    }
}

/// A session.
pub fn session(ctx: &Settled, region: Region, id: TrafficMirrorSessionId) -> Option<Told> {
    let row = ctx.world().row::<MirrorSession>(region, id)?;
    let all = mirroring(ctx, region)?;
    let copies: Vec<&MirrorCopy> = all.copies.rows().filter(|copy| copy.session == id).collect();
    let params = Structure::new().with(field::TRAFFIC_MIRROR_SESSION_ID, id.to_string());
    Some(Told {
        kind: "Traffic mirror session",
        layer: "",
        what: "Copies packets of one interface to a target, packed into VXLAN, as far as its filter takes them. The traffic itself goes on as if nobody looked.",
        state: "",
        facts: vec![
            ("Source", link(ctx, region, row.interface)),
            ("Target", link(ctx, region, row.target)),
            ("Filter", link(ctx, region, row.filter)),
            (
                "Number",
                text(format!(
                    "{}: of several sessions of a source, the lowest that takes a packet copies it",
                    row.number
                )),
            ),
            (
                "Of each packet",
                text(
                    row.length
                        .map_or("all of it".to_owned(), |bytes| format!("its first {bytes} bytes")),
                ),
            ),
            ("VXLAN number", mono(row.vni.to_string())),
            ("Description", described(&row.description)),
        ],
        deeds: vec![delete(
            region,
            "DeleteTrafficMirrorSession",
            params,
            "session",
            "Nothing is copied any more.",
        )],
        parts: html! {
            <>
                { section("Rules of its filter", rules(ctx, region, row.filter, false)) }
                { section("Copies", copied(ctx, region, copies)) }
            </>
        },
        source: (GUIDE, "The target needs a security group that lets UDP 4789 in."),
    })
}

/// The rules of a filter, incoming before outgoing, lowest number first.
fn rules(ctx: &Settled, region: Region, filter: TrafficMirrorFilterId, changing: bool) -> Html {
    let Some(all) = mirroring(ctx, region) else {
        return Html::default();
    };
    let mut rules: Vec<&MirrorRule> = all.rules.rows().filter(|rule| rule.filter == filter).collect();
    sort::by_key(&mut rules, |rule| (rule.egress, rule.number));
    if rules.is_empty() {
        return none_yet("No rule: a packet that none takes is not copied.");
    }
    let entries = rules.into_iter().map(|rule| {
        let ports = |range: Option<(u16, u16)>| match range {
            Some((first, last)) if first == last => format!(":{first}"),
            Some((first, last)) => format!(":{first}–{last}"),
            None => String::new(),
        };
        let protocol = rule.protocol.map_or("all".to_owned(), protocol_text);
        let params = Structure::new().with(field::TRAFFIC_MIRROR_FILTER_RULE_ID, rule.id.to_string());
        let detail = html! {
            <>
                <p class="mono">{ rule.id.to_string() }</p>
                if let Some(words) = &rule.description { <p>{ words }</p> }
                { deeds(ctx, vec![delete(region, "DeleteTrafficMirrorFilterRule", params, &format!("rule {}", rule.number), "Packets fall through to the next rule.")]) }
            </>
        };
        Entry {
            key: rule.id.to_string(),
            columns: vec![
                text(format!("{} {}", if rule.egress { "out" } else { "in" }, rule.number)),
                text(format!("{protocol} {}{} → {}{}", rule.source, ports(rule.source_ports), rule.destination, ports(rule.destination_ports))),
                text(if rule.accept { "copy" } else { "leave out" }),
            ],
            detail: changing.then_some(detail),
            class: if rule.accept { "allow" } else { "deny" },
        }
    });
    html! { <>{ ledger("three", &["Rule", "Packets", "Then"], entries.collect()) }<p class="soft">{ "In this order; the first that matches decides, and what none matches is not copied." }</p></> }
}

/// Copies, newest first.
fn copied(ctx: &Settled, region: Region, mut copies: Vec<&MirrorCopy>) -> Html {
    sort::by_key(&mut copies, |copy| std::cmp::Reverse(copy.number));
    if copies.is_empty() {
        return none_yet("None yet: they come with the next packets of the source.");
    }
    let total: u64 = copies.iter().map(|copy| copy.packets).sum();
    html! {
        <>
            <p>{ format!("{total} packets, the latest first.") }</p>
            <div class="scroll-x" tabindex="0" role="group" aria-label="Copies"><table class="rules logged">
                <thead><tr><th>{ "At" }</th><th>{ "Way" }</th><th>{ "Packets" }</th><th>{ "From → to" }</th><th>{ "Copied" }</th><th>{ "Arrived" }</th></tr></thead>
                <tbody>{ for copies.into_iter().take(SHOWN).map(|copy| {
                    let ports = matches!(copy.protocol, 6 | 17);
                    let socket = |(address, port): (std::net::IpAddr, u16)| if ports { format!("{address}:{port}") } else { address.to_string() };
                    html! {
                        <tr class={classes!((!copy.lost.is_empty()).then_some("deny"))}>
                            <td class="mono nowrap">{ time_of_day(copy.at) }</td>
                            <td>{ if copy.egress { "out" } else { "in" } }{ " of " }{ link(ctx, region, copy.interface) }</td>
                            <td class="nowrap">{ format!("{} {}", copy.packets, protocol_text(copy.protocol).to_ascii_uppercase()) }</td>
                            <td class="mono nowrap">{ format!("{} → {}", socket(copy.from), socket(copy.to)) }</td>
                            <td class="nowrap">{ format!("{} of {} bytes", copy.copied, copy.bytes) }</td>
                            <td>{ if copy.lost.is_empty() { "yes".to_owned() } else { copy.lost.clone() } }</td>
                        </tr>
                    }
                }) }</tbody>
            </table></div>
        </>
    }
}

/// A target.
pub fn target(ctx: &Settled, region: Region, id: TrafficMirrorTargetId) -> Option<Told> {
    let row = ctx.world().row::<MirrorTarget>(region, id)?;
    let all = mirroring(ctx, region)?;
    let copies = all
        .copies
        .range((id, 0)..=(id, u64::MAX))
        .map(|(_, copy)| copy)
        .collect();
    let sessions = all.sessions.rows().filter(|one| one.target == id).map(|one| one.id);
    let params = Structure::new().with(field::TRAFFIC_MIRROR_TARGET_ID, id.to_string());
    let used = all.sessions.rows().any(|one| one.target == id);
    Some(Told {
        kind: "Traffic mirror target",
        layer: "",
        what: "Where copies of packets go: an interface whose instance looks at them, or an endpoint before a fleet that does.",
        state: "",
        facts: vec![
            (
                "Receives at",
                match row.end {
                    MirrorEnd::Interface(id) => link(ctx, region, id),
                    MirrorEnd::Endpoint(id) => link(ctx, region, id),
                },
            ),
            ("Sessions", links(ctx, region, sessions, "none")),
            ("Description", described(&row.description)),
        ],
        deeds: vec![
            delete(
                region,
                "DeleteTrafficMirrorTarget",
                params,
                "target",
                "No session may use it.",
            )
            .unless(used.then_some("sessions use it.")),
        ],
        parts: section("Copies", copied(ctx, region, copies)),
        source: (
            "https://docs.aws.amazon.com/vpc/latest/mirroring/traffic-mirroring-targets.html",
            "Copies come as UDP to port 4789.",
        ),
    })
}

/// A filter.
pub fn filter(ctx: &Settled, region: Region, id: TrafficMirrorFilterId) -> Option<Told> {
    let row = ctx.world().row::<MirrorFilter>(region, id)?;
    let all = mirroring(ctx, region)?;
    let sessions = all.sessions.rows().filter(|one| one.filter == id).map(|one| one.id);
    let used = all.sessions.rows().any(|one| one.filter == id);
    let own = Structure::new().with(field::TRAFFIC_MIRROR_FILTER_ID, id.to_string());
    let services = match row.dns {
        true => field::REMOVE_NETWORK_SERVICES,
        false => field::ADD_NETWORK_SERVICES,
    };
    let turn = own.clone().with(services, vec!["amazon-dns".to_owned()]);
    Some(Told {
        kind: "Traffic mirror filter",
        layer: "",
        what: "Which packets are copied. A new one takes none: its rules say which.",
        state: "",
        facts: vec![
            ("Sessions", links(ctx, region, sessions, "none")),
            (
                "Questions to Amazon's DNS",
                text(if row.dns { "taken" } else { "left out" }),
            ),
            ("Description", described(&row.description)),
        ],
        deeds: vec![
            Deed::form("Add rule", FormKind::More(region, MoreForm::MirrorRule(id))),
            Deed::call(
                if row.dns { "Leave DNS out" } else { "Take DNS, too" },
                ApiCall::ec2(region, "ModifyTrafficMirrorFilterNetworkServices", turn),
            ),
            delete(
                region,
                "DeleteTrafficMirrorFilter",
                own,
                "filter",
                "Its rules go with it.",
            )
            .unless(used.then_some("sessions use it.")),
        ],
        parts: section("Rules", rules(ctx, region, id, true)),
        source: (FILTERS, "Lowest number first, each direction by itself."),
    })
}

/// The filter that a rule is of.
pub fn filter_of_rule(ctx: &Settled, region: Region, id: TrafficMirrorRuleId) -> Option<(TrafficMirrorFilterId, Told)> {
    let row = ctx.world().row::<MirrorRule>(region, id)?;
    Some((row.filter, filter(ctx, region, row.filter)?))
}

/// What is mirrored of an interface and to it, on the interface's page.
pub fn of(ctx: &Settled, region: Region, id: NetworkInterfaceId) -> Html {
    let Some(all) = mirroring(ctx, region) else {
        return Html::default();
    };
    let sessions: Vec<_> = all
        .sessions
        .rows()
        .filter(|one| one.interface == id)
        .map(|one| one.id)
        .collect();
    let targets: Vec<_> = all
        .targets
        .rows()
        .filter(|one| one.end == MirrorEnd::Interface(id))
        .map(|one| one.id)
        .collect();
    let note = match sessions.len() + targets.len() {
        0 => "none".to_owned(),
        number => number.to_string(),
    };
    let not = (all.targets.is_empty() || all.filters.is_empty()).then_some("it takes a target and a filter first.");
    let content = html! {
        <>
            { facts(vec![("Copied by", links(ctx, region, sessions, "no session")), ("Receives as", links(ctx, region, targets, "no target"))]) }
            { deeds(ctx, vec![
                Deed::form("Mirror it", FormKind::More(region, MoreForm::MirrorSession(Some(id)))).unless(not),
                Deed::form("Make it a target", FormKind::More(region, MoreForm::MirrorTarget(Some(id)))),
            ]) }
        </>
    };
    fold("Traffic mirroring", &note, content)
}
