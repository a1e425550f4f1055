//! The pairs of a cell of the matrix, those that changed first, then those that are stopped: each opens its path.

use super::{Shown, ends};
use crate::ui::Settled;
use crate::ui::what_if::end_name;
use stratus_engine::network::fronts::{Through, through};
use stratus_engine::network::matrix::{Change, Pair};
use stratus_engine::network::{Disposition, Endpoint};
use stratus_engine::world::balancing::{TargetPoint, TargetState};
use stratus_model::sort;
use yew::prelude::*;

/// Pairs that are listed at once.
const LISTED: usize = 60;

/// Properties of [`Pairs`].
#[derive(Properties, PartialEq)]
pub struct PairsProps {
    /// Who is called what.
    pub settled: Settled,
    /// The matrix.
    pub(super) shown: Shown,
    /// Protocol and port.
    pub flow: Option<(u8, u16)>,
    /// Row.
    pub from: usize,
    /// Column.
    pub to: usize,
    /// Opens a path.
    pub on_pair: Callback<Pair>,
}

/// The list.
#[component]
pub fn Pairs(props: &PairsProps) -> Html {
    let ctx = &props.settled;
    let matrix = &props.shown.0;
    let label = |place: usize| matrix.groups.get(place).map_or("", |group| group.label.as_str());
    let name = |end: Endpoint| end_name(ctx, ctx.region(), end);
    let mut pairs: Vec<(usize, Pair)> = matrix.pairs(props.from, props.to).enumerate().collect();
    sort::by_key(&mut pairs, |(place, pair)| {
        (pair.change.is_none(), pair.is_reached(), *place)
    });
    let cell = matrix.cell(props.from, props.to);
    let found = cell.iter().flat_map(|cell| &cell.ends);
    let found: Vec<String> = found
        .map(|(end, number)| format!("{number} × {}", ends(*end)))
        .collect();
    let reached = cell.as_ref().map_or(0, |cell| cell.reached);
    html! {
        <section class="card matrix-pairs" aria-label="Pairs of the chosen cell">
            <h2>{ label(props.from).to_owned() }{ " → " }{ label(props.to).to_owned() }</h2>
            <p class="soft">{ format!("{reached} × gets through") }{ for found.iter().map(|one| format!(" · {one}")) }</p>
            <ul>
                { for pairs.iter().take(LISTED).map(|(_, pair)| {
                    let (pair, reached) = (*pair, pair.is_reached());
                    html! {
                        <li>
                            <button class="link" onclick={props.on_pair.reform(move |_: MouseEvent| pair)}>
                                <span class={if reached { "mark-allow" } else { "mark-deny" }} aria-hidden="true">{ if reached { "✓" } else { "✕" } }</span>
                                { format!("{} → {}", name(pair.source), name(pair.destination)) }
                            </button>
                            <span class="soft">{ ends(pair.now) }if pair.partly { { ", as others of the outside do not" } }
                                { match pair.change { Some(Change::Gained) => ", gained", Some(Change::Lost) => ", lost", None => "" } }
                            </span>
                            { behind(props, &pair) }
                        </li>
                    }
                }) }
            </ul>
            if pairs.len() > LISTED { <p class="soft">{ format!("And {} more.", pairs.len() - LISTED) }</p> }
        </section>
    }
}

/// Whom a node of a load balancer sends such a flow to.
fn behind(props: &PairsProps, pair: &Pair) -> Html {
    let ctx = &props.settled;
    let (Endpoint::Interface(node), Some(flow)) = (pair.destination, props.flow) else {
        return Html::default();
    };
    let found = through(ctx.world(), ctx.region(), pair.source, node, flow);
    if found.is_empty() {
        return Html::default();
    }
    let name = |one: &Through| match (one.instance, one.point) {
        (Some(id), _) => end_name(ctx, ctx.region(), Endpoint::Instance(id)),
        (None, TargetPoint::Ip(address)) => address.to_string(),
        (None, _) => "another load balancer".to_owned(),
    };
    let how = |one: &Through| match one.disposition {
        Some(end) => ends(end),
        None if one.state == TargetState::Unhealthy => "unhealthy: gets nothing while others are well",
        None => "gets nothing from this node",
    };
    html! {
        <ul class="behind" aria-label="Through the load balancer">
            { for found.iter().map(|one| {
                let reached = one.disposition == Some(Disposition::Delivered);
                html! { <li><span class={if reached { "mark-allow" } else { "mark-deny" }} aria-hidden="true">{ if reached { "✓" } else { "✕" } }</span>{ format!("→ {}:{}", name(one), one.port) }{ " " }<span class="soft">{ how(one) }</span></li> }
            }) }
        </ul>
    }
}
