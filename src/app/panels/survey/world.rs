//! "Open to the world": every address of an instance and every load balancer that the Internet reaches, with its ports, how
//! bad that is, the rule that lets it in, and the way to its path and its page.

use super::reading::{Open, Surveyed};
use super::words::{self, Danger};
use super::{path_button, question};
use crate::inspector::fold;
use crate::panels::matrix::field_text;
use crate::session::{Action, Selection};
use crate::ui::{Same, Settled, Source, Typed, short_id, text_of, thousands, traffic};
use ipnet::IpNet;
use std::net::IpAddr;
use stratus_engine::base::ids::ResourceId;
use stratus_engine::network::survey::{INTERNET_BY_IPV6, Origin};
use stratus_engine::network::{self, Endpoint, Layer, Rule};
use yew::prelude::*;

/// Rows that are drawn at first, and how many more at each press.
const FIRST: usize = 12;
const MORE: usize = 100;

/// Properties of [`OpenToWorld`] and of what it consists of.
#[derive(Properties, PartialEq)]
pub struct OpenProps {
    /// Who is called what.
    pub settled: Settled,
    /// The survey.
    pub surveyed: Same<Surveyed>,
}

/// The list.
#[component]
pub fn OpenToWorld(props: &OpenProps) -> Html {
    let (ctx, surveyed) = (&props.settled, &props.surveyed);
    let shown = use_state(|| FIRST);
    let filter = use_state(String::new);
    let wanted = filter.trim().to_lowercase();
    let fits = |row: &&Open| row.name.to_lowercase().contains(&wanted) || row.id.to_string().contains(&wanted);
    let rows: Vec<&Open> = surveyed.open.iter().filter(fits).collect();
    let more = rows.len().saturating_sub(*shown);
    let on_more = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(*shown + MORE))
    };
    let on_filter = {
        let (filter, shown) = (filter.clone(), shown.clone());
        Callback::from(move |event: Event| {
            shown.set(FIRST);
            filter.set(text_of(&event));
        })
    };
    html! {
        <section aria-label="Open to the world">
            <h2>{ "Open to the world" }</h2>
            <p class="matrix-says" role="status">{ says(surveyed) }</p>
            if surveyed.open.len() > FIRST {
                <label class="field survey-filter">{ "Find by name or id" }<Typed value={(*filter).clone()} placeholder="web" onchange={on_filter} /></label>
            }
            if !rows.is_empty() {
                <ul class="survey-list" aria-label="What the Internet reaches, the worst first">
                    { for rows.iter().take(*shown).map(|row| view(ctx, row)) }
                </ul>
            } else if !wanted.is_empty() {
                <p class="soft">{ "Nothing that is open is called so." }</p>
            }
            if more > 0 { <button class="btn" onclick={on_more}>{ format!("Show {} more", more.min(MORE)) }</button> }
            if !surveyed.open.is_empty() {
                { fold("How bad is that?", "AWS's lists of ports", html! {
                    <Source source={words::SOURCE}>{ "High risk: SSH, RDP, databases and other ports that AWS's control EC2.19 warns of when the world may reach them. Web: 80 and 443, which EC2.18 takes as meant for everybody." }</Source>
                }) }
            }
        </section>
    }
}

/// What is open in one sentence, and the worst of it.
fn says(surveyed: &Surveyed) -> String {
    let (whole, part) = surveyed.open_count();
    let all = surveyed.instances + surveyed.balancers;
    let what = match (surveyed.instances, surveyed.balancers) {
        (_, 0) => "instance",
        _ => "instance or load balancer",
    };
    let of = match all {
        1 => format!("1 {what}"),
        _ if surveyed.balancers > 0 => format!("{} instances and load balancers", thousands(all as u64)),
        _ => format!("{} instances", thousands(all as u64)),
    };
    let [wholly, partly] = [whole, part].map(|count| thousands(count as u64));
    let mut text = match (whole, part) {
        (0, 0) => return format!("Nothing here is open to the Internet on any port; {of} looked at."),
        (0, 1) => format!("Nothing is open to the whole Internet; 1 of {of} is to a part of it."),
        (0, _) => format!("Nothing is open to the whole Internet; {partly} of {of} are to a part of it."),
        (1, 0) => format!("1 of {of} is open to anyone on the Internet."),
        (_, 0) => format!("{wholly} of {of} are open to anyone on the Internet."),
        _ => format!("{wholly} of {of} are open to anyone on the Internet, {partly} more to a part of it."),
    };
    if let Some(worst) = surveyed.open.first().filter(|row| row.danger == Danger::Risky) {
        let spoken = words::riskiest(&worst.found).and_then(traffic::service);
        let spoken = spoken.map(|name| format!(" on {name}")).unwrap_or_default();
        text.push_str(&format!(" The worst: {}{spoken}.", worst.name));
    }
    text
}

fn view(ctx: &Settled, row: &Open) -> Html {
    let (class, mark, sign) = match (row.danger, &row.from) {
        (Danger::Risky, Origin::Everywhere | Origin::Ipv6) => ("risky", "mark-deny", "!"),
        (Danger::Meant, _) => ("meant", "mark-allow", "✓"),
        _ => ("other", "mark-outlives", "!"),
    };
    let (region, id) = (ctx.region(), row.id);
    let page = ctx.on(move || Action::Select(Some(Selection::Resource(region, id))));
    let kind = match id {
        ResourceId::Instance(_) => short_id(&id.to_string()),
        _ => "load balancer".to_owned(),
    };
    let from = words::origin(&row.from);
    let unheard = words::unheard(&row.found);
    // One end may be open from several places, and one resource at several ends.
    let key = format!("{} {} {from}", row.id, field_text(row.end));
    html! {
        <li class={classes!("survey-row", class)} {key}>
            <span class={mark} aria-hidden="true">{ sign }</span>
            <div class="survey-what">
                <p class="survey-head"><button class="link" onclick={page} title="Open its page">{ &row.name }</button><span class="soft mono">{ kind }</span><span class={classes!("tag", class)}>{ row.danger.words() }</span></p>
                if !row.found.delivered.is_empty() { <p><code>{ traffic::words(&row.found.delivered) }</code>{ " to " }{ &from }</p> }
                if !unheard.is_empty() { <p class="soft">{ crate::ui::capital(&unheard) }if row.found.delivered.is_empty() { { " to " }{ &from } }</p> }
                <LetIn settled={ctx.clone()} row={row.clone()} />
            </div>
            <div class="survey-deeds">{ path_button(ctx, (source(&row.from), row.end), probe(row), ("the Internet", &row.name)) }</div>
        </li>
    }
}

/// An address that stands for where something is open from.
fn source(from: &Origin) -> Endpoint {
    let block = match from {
        Origin::Everywhere => return Endpoint::Internet,
        Origin::Ipv6 => return INTERNET_BY_IPV6,
        Origin::Blocks(blocks) => blocks.first().and_then(|block| block.parse::<IpNet>().ok()),
    };
    // The network's own address is nobody's where there are others.
    let address = block.and_then(|block| block.hosts().next());
    address.map_or(Endpoint::Internet, |address: IpAddr| Endpoint::Address(address))
}

/// What stands for the row: its riskiest port, else what is answered.
fn probe(row: &Open) -> Option<(&'static str, u16)> {
    let riskiest = words::riskiest(&row.found).map(|port| ("tcp", port));
    riskiest.or_else(|| words::probe(&row.found))
}

/// Properties of [`LetIn`].
#[derive(Properties, PartialEq)]
struct LetInProps {
    settled: Settled,
    row: Open,
}

/// The rule of a security group that lets it in. Traced once for each state of the world, not at each drawing.
#[component]
fn LetIn(props: &LetInProps) -> Html {
    let ctx = &props.settled;
    let found = {
        let asked = (ctx.view().world_stamp, ctx.region(), props.row.clone());
        let ctx = ctx.clone();
        use_memo(asked, move |(_, _, row)| rule_of(&ctx, row))
    };
    let Some((rule, group)) = found.as_ref() else {
        return Html::default();
    };
    let (region, group) = (ctx.region(), *group);
    let id = ResourceId::parse(&rule.id).unwrap_or(group);
    let page = ctx.on(move || Action::Select(Some(Selection::Resource(region, id))));
    let name = ctx.world().label(region, group);
    html! {
        <p class="soft">{ "Let in by " }<button class="link" onclick={page} title="Show the rule">{ &rule.text }</button>{ format!(" of the security group {name}") }</p>
    }
}

/// That rule, with its group, for the port that stands for all.
fn rule_of(ctx: &Settled, row: &Open) -> Option<(Rule, ResourceId)> {
    let flow = question((source(&row.from), row.end), probe(row)?).flow().ok()?;
    let trace = network::trace(ctx.world(), ctx.region(), &flow);
    let mut groups = trace.forward.iter().filter(|hop| hop.layer == Layer::SecurityGroup);
    let hop = groups.find(|hop| !hop.at_source)?;
    let group = ResourceId::parse(&hop.component().id)?;
    Some((hop.rule()?.clone(), group))
}
