//! "Who reaches whom": for each sender whom it reaches, or for each receiver who reaches it, in the matrix's groups, with the
//! ports as short words. Only what is drawn is put together.

use super::path_button;
use super::reading::{Addresses, By, Grouped, Line, Surveyed};
use super::words;
use crate::panels::matrix::choice::{group_field, grouping};
use crate::ui::what_if::end_name;
use crate::ui::{Same, Settled, Typed, text_of, thousands, traffic};
use std::rc::Rc;
use stratus_engine::network::survey::Origin;
use stratus_engine::network::{Endpoint, unasked};
use yew::prelude::*;

/// Groups that are drawn at first, and how many more at each press.
const FIRST: usize = 20;
const MORE: usize = 60;
/// Names that a line says before it counts.
const NAMES: usize = 4;
/// Lines of a group that are drawn.
const LINES: usize = 8;

/// Properties of [`WhoReaches`].
#[derive(Properties, PartialEq)]
pub struct WhoProps {
    /// Who is called what.
    pub settled: Settled,
    /// The survey.
    pub surveyed: Same<Surveyed>,
}

/// The list with its choices.
#[component]
pub fn WhoReaches(props: &WhoProps) -> Html {
    let (ctx, surveyed) = (&props.settled, &props.surveyed);
    let group = use_state(String::new);
    let by = use_state(|| By::Sender);
    let addresses = use_state(Addresses::default);
    let filter = use_state(String::new);
    let shown = use_state(|| FIRST);
    let there = {
        let asked = surveyed.clone();
        use_memo(asked, |surveyed| Addresses::of(&surveyed.survey))
    };
    let chosen = there.iter().copied().find(|own| *own == *addresses).unwrap_or_default();
    let grouped = {
        let ctx = ctx.clone();
        let asked = (surveyed.clone(), grouping(&ctx, &group), chosen);
        use_memo(asked, move |(surveyed, grouping, addresses)| {
            Grouped::new(ctx.world(), surveyed, grouping, *addresses)
        })
    };
    let set = |state: &UseStateHandle<String>| {
        let (state, shown) = (state.clone(), shown.clone());
        Callback::from(move |event: Event| {
            shown.set(FIRST);
            state.set(text_of(&event));
        })
    };
    let on_by = {
        let by = by.clone();
        Callback::from(move |event: Event| {
            by.set(match text_of(&event).as_str() {
                "receiver" => By::Receiver,
                _ => By::Sender,
            });
        })
    };
    let on_addresses = {
        let (addresses, shown) = (addresses.clone(), shown.clone());
        Callback::from(move |event: Event| {
            let wanted = text_of(&event);
            let chosen = Addresses::ALL.into_iter().find(|own| own.key() == wanted);
            shown.set(FIRST);
            addresses.set(chosen.unwrap_or_default());
        })
    };
    let on_more = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(*shown + MORE))
    };
    let wanted = filter.trim().to_lowercase();
    let listed: Vec<usize> = grouped
        .listed(*by)
        .filter(|place| grouped.label(*place).to_lowercase().contains(&wanted))
        .collect();
    let more = listed.len().saturating_sub(*shown);
    let lines = {
        let places: Vec<usize> = listed.iter().copied().take(*shown).collect();
        let (grouped, surveyed) = (grouped.clone(), surveyed.clone());
        let asked = (Rc::as_ptr(&grouped), *by, places);
        use_memo(asked, move |(_, by, places)| {
            let lines = |place: &usize| (*place, grouped.lines(&surveyed.survey, *by, *place));
            places.iter().map(lines).collect::<Vec<_>>()
        })
    };
    html! {
        <section aria-label="Who reaches whom">
            <h2>{ "Who reaches whom" }</h2>
            <p class="matrix-says" role="status">{ says(surveyed.instances, surveyed.pairs, there.len() > 1) }</p>
            <div class="ask matrix-ask">
                <label class="field">{ "List" }
                    <select onchange={on_by}>
                        <option value="sender" selected={*by == By::Sender}>{ "by sender" }</option>
                        <option value="receiver" selected={*by == By::Receiver}>{ "by receiver" }</option>
                    </select>
                </label>
                if there.len() > 1 {
                    <label class="field">{ "Addresses" }
                        <select onchange={on_addresses}>
                            { for there.iter().map(|own| html! { <option value={own.key()} selected={*own == chosen}>{ own.words() }</option> }) }
                        </select>
                    </label>
                }
                { group_field(ctx, &group, set(&group)) }
                <label class="field">{ "Filter by name" }<Typed value={(*filter).clone()} placeholder="web" onchange={set(&filter)} /></label>
            </div>
            if listed.is_empty() { if !wanted.is_empty() { <p class="soft">{ "Nothing here is called so." }</p> } } else {
                <ul class="survey-list" aria-label={if *by == By::Sender { "Senders" } else { "Receivers" }}>
                    { for lines.iter().map(|(place, lines)| view(ctx, &grouped, *by, *place, lines)) }
                </ul>
            }
            if more > 0 { <button class="btn" onclick={on_more}>{ format!("Show {} more of {}", more.min(MORE), thousands(listed.len() as u64)) }</button> }
            <p class="soft">{ aside(chosen) }{ beyond(ctx) }</p>
        </section>
    }
}

/// What is meant by an instance and the Internet here.
fn aside(addresses: Addresses) -> String {
    let instances = match addresses {
        Addresses::Primary => "by their primary IPv4 address",
        Addresses::Ipv4 => "by each of their IPv4 addresses, of all their interfaces",
        Addresses::Ipv6 => "by each of their IPv6 addresses",
    };
    format!(
        "Instances {instances}; the Internet as a receiver by the blocks that rules name. “Nothing listens” means that the rules leave a port open on which no program answers."
    )
}

/// Whom the list leaves out, where there are any such.
fn beyond(ctx: &Settled) -> String {
    let (world, region) = (ctx.world(), ctx.region());
    let office = world
        .ec2(region)
        .is_some_and(|ec2| !ec2.gateways.connections.is_empty());
    let office = office.then(|| " What lies behind VPN connections is not listed.".to_owned());
    let linked = unasked(world, region).map(|said| format!(" {said}"));
    office.into_iter().chain(linked).collect()
}

/// All pairs in one sentence.
fn says(instances: usize, (reached, all): (usize, usize), several: bool) -> String {
    let by = if several { ", by their primary addresses" } else { "" };
    let (found, of) = (thousands(reached as u64), thousands(all as u64));
    match (reached, all) {
        (_, 0) if instances == 0 => "There is no instance here: nobody sends.".to_owned(),
        (_, 0) => "There is only one instance: nobody to reach.".to_owned(),
        (0, _) => format!("No instance gets an answer from another on any port{by}; {of} pairs were looked at."),
        (reached, all) if reached == all => {
            format!("Every instance reaches every other on some port{by}: {of} pairs.")
        }
        (1, _) => format!("1 of {of} pairs of instances gets through on some port{by}."),
        _ => format!("{found} of {of} pairs of instances get through on some port{by}."),
    }
}

fn view(ctx: &Settled, grouped: &Grouped, by: By, place: usize, lines: &[Line]) -> Html {
    let group = grouped.groups.get(place);
    let count = group.map_or(0, |group| group.members.len());
    let what = match group.and_then(|group| group.balancer) {
        Some(_) => "nodes",
        None => "instances",
    };
    html! {
        <li class="survey-row who" key={group.map(|group| group.key.clone()).unwrap_or_default()}>
            <h3>{ grouped.label(place).to_owned() }if count > 1 { <span class="soft">{ format!("{} {what}", thousands(count as u64)) }</span> }</h3>
            if lines.is_empty() {
                <p class="soft">{ if by == By::Sender { "reaches nobody here" } else { "nobody here reaches it" } }</p>
            } else {
                <ul>{ for lines.iter().take(LINES).map(|line| line_view(ctx, grouped, by, line)) }</ul>
            }
            if lines.len() > LINES { <p class="soft">{ format!("And {} more that differ in their ports.", thousands((lines.len() - LINES) as u64)) }</p> }
        </li>
    }
}

fn line_view(ctx: &Settled, grouped: &Grouped, by: By, line: &Line) -> Html {
    let name = |end: Endpoint| end_name(ctx, ctx.region(), end);
    let said: Vec<String> = line
        .others
        .iter()
        .take(NAMES)
        .map(|other| {
            let label = grouped.label(other.group);
            let label = match (&other.part, by) {
                (Some(part), By::Sender) => words::origin(part),
                (Some(part @ Origin::Blocks(_)), By::Receiver) => format!("{label}, to {}", words::origin(part)),
                _ => label.to_owned(),
            };
            match other.pairs == other.of {
                true => label,
                false => {
                    let [pairs, of] = [other.pairs, other.of].map(|count| thousands(count as u64));
                    format!("{label} ({pairs} of {of} pairs)")
                }
            }
        })
        .collect();
    let more = line.others.len().saturating_sub(NAMES);
    let others = match more {
        0 => said.join(", "),
        more => format!("{} and {} more", said.join(", "), thousands(more as u64)),
    };
    let unheard = words::unheard(&line.found);
    let (from, to) = line.example;
    html! {
        <li>
            <p><span aria-hidden="true">{ if by == By::Sender { "→ " } else { "← " } }</span><span class="visually-hidden">{ if by == By::Sender { "to " } else { "from " } }</span>{ others }{ ": " }
                if !line.found.delivered.is_empty() { <code>{ traffic::words(&line.found.delivered) }</code> }
                if !unheard.is_empty() { <span class="soft">{ if line.found.delivered.is_empty() { "" } else { "; " } }{ unheard }</span> }
            </p>
            { path_button(ctx, line.example, words::probe(&line.found), (&name(from), &name(to))) }
        </li>
    }
}
