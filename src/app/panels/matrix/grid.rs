//! The table of the matrix: senders in rows, receivers in columns. One cell takes part in the Tab order; arrow keys,
//! Home and End go from cell to cell.

use super::{Shown, ends};
use crate::ui::thousands;
use stratus_engine::network::matrix::{Cell, Matrix};
use web_sys::HtmlElement;
use yew::prelude::*;

/// Rows and columns that are drawn; a filter or larger groups show the rest.
const DRAWN: usize = 40;

/// Properties of [`Grid`].
#[derive(Properties, PartialEq)]
pub struct GridProps {
    /// The matrix.
    pub(super) shown: Shown,
    /// What a name must contain; the Internet always stays.
    pub filter: String,
    /// The cell whose pairs are listed.
    pub chosen: Option<(usize, usize)>,
    /// Opens a cell.
    pub on_cell: Callback<(usize, usize)>,
}

/// The table.
#[component]
pub fn Grid(props: &GridProps) -> Html {
    let matrix = &props.shown.0;
    let at = use_state(|| (0_usize, 1_usize));
    let node = use_node_ref();
    let wanted = props.filter.trim().to_lowercase();
    let fits = |place: &usize| {
        let group = matrix.groups.get(*place);
        *place == 0 || group.is_some_and(|group| group.label.to_lowercase().contains(&wanted))
    };
    let all: Vec<usize> = (0..matrix.groups.len()).filter(fits).collect();
    let places: Vec<usize> = all.iter().copied().take(DRAWN).collect();
    let onkeydown = {
        let (at, node, last) = (at.clone(), node.clone(), places.len().saturating_sub(1));
        Callback::from(move |event: KeyboardEvent| {
            let (row, column) = *at;
            let to = match event.key().as_str() {
                "ArrowUp" => (row.saturating_sub(1), column),
                "ArrowDown" => ((row + 1).min(last), column),
                "ArrowLeft" => (row, column.saturating_sub(1)),
                "ArrowRight" => (row, (column + 1).min(last)),
                "Home" => (row, 0),
                "End" => (row, last),
                _ => return,
            };
            event.prevent_default();
            at.set(to);
            let cell = node
                .cast::<HtmlElement>()
                .and_then(|table| table.query_selector(&place_selector(to)).ok().flatten());
            if let Some(cell) = cell {
                use wasm_bindgen::JsCast;
                let _ = cell.unchecked_into::<HtmlElement>().focus();
            }
        })
    };
    let label = |place: usize| matrix.groups.get(place).map_or("", |group| group.label.as_str());
    let mut cells = places.iter().flat_map(|from| places.iter().map(move |to| (*from, *to)));
    let changed = cells.any(|(from, to)| matrix.cell(from, to).is_some_and(|cell| cell.gained + cell.lost > 0));
    // A stop that is no longer drawn would leave none in the Tab order.
    let last = places.len().saturating_sub(1);
    let stop = (at.0.min(last), at.1.min(last));
    html! {
        <>
            <div class="scroll-x matrix-scroll">
                <table class="matrix" role="grid" aria-label="Senders in rows, receivers in columns" ref={node} {onkeydown}>
                    <thead><tr role="row">
                        <th class="corner" role="columnheader"><span aria-hidden="true">{ "from ↓ to →" }</span><span class="visually-hidden">{ "Sender" }</span></th>
                        { for places.iter().map(|to| html! { <th scope="col" role="columnheader" title={label(*to).to_owned()}><span>{ label(*to).to_owned() }</span>{ size(matrix, *to) }</th> }) }
                    </tr></thead>
                    <tbody>
                        { for places.iter().enumerate().map(|(row, from)| html! {
                            <tr role="row" class={(*from == 0).then_some("outside")}>
                                <th scope="row" role="rowheader" title={label(*from).to_owned()}><span>{ label(*from).to_owned() }</span>{ size(matrix, *from) }</th>
                                { for places.iter().enumerate().map(|(column, to)| html! {
                                    <td role="gridcell">{ button(props, (*from, *to), (row, column), stop == (row, column)) }</td>
                                }) }
                            </tr>
                        }) }
                    </tbody>
                </table>
            </div>
            if all.len() > places.len() {
                <p class="soft">{ format!("{} of {} are shown: group them by subnet, security group or tag, or name what you look for.", places.len(), all.len()) }</p>
            }
            <p class="matrix-key soft">
                <span><span class="cell all">{ "✓" }</span>{ "gets through" }</span>
                <span><span class="cell some">{ "2/6" }</span>{ "some pairs do" }</span>
                if (0..matrix.groups.len()).any(|place| part(matrix, place)) { <span><span class="cell some">{ "part" }</span>{ "for a part of the outside" }</span> }
                <span><span class="cell none">{ "✕" }</span>{ "none does" }</span>
                if changed { <span><span class="cell"><b class="gained">{ "+1" }</b><b class="lost">{ "−1" }</b></span>{ "gained and lost since the other moment" }</span> }
            </p>
        </>
    }
}

/// Whether a part of the outside only reaches a group, or is reached by it.
fn part(matrix: &Matrix, place: usize) -> bool {
    let ways = [matrix.cell(0, place), matrix.cell(place, 0)];
    ways.iter().flatten().any(|cell| cell.partly > 0)
}

fn place_selector((row, column): (usize, usize)) -> String {
    format!("[data-cell=\"{row}-{column}\"]")
}

/// How many stand together, where more than one does.
fn size(matrix: &Matrix, place: usize) -> Html {
    let group = matrix.groups.get(place);
    let what = match group.and_then(|group| group.balancer) {
        Some(_) => " nodes",
        None => " instances",
    };
    let count = group.map_or(0, |group| group.members.len());
    match count {
        0 | 1 => Html::default(),
        _ => html! { <small>{ format!("{count}") }<span class="visually-hidden">{ what }</span></small> },
    }
}

fn button(props: &GridProps, (from, to): (usize, usize), (row, column): (usize, usize), is_stop: bool) -> Html {
    let matrix = &props.shown.0;
    let cell = matrix.cell(from, to).unwrap_or_default();
    let (class, sign) = match cell.reached {
        _ if cell.pairs == 0 => ("own", "·".to_owned()),
        0 => ("none", "✕".to_owned()),
        reached if reached == cell.pairs && cell.partly > 0 => ("some", "part".to_owned()),
        reached if reached == cell.pairs => ("all", "✓".to_owned()),
        reached => ("some", format!("{reached}/{}", cell.pairs)),
    };
    let said = said(matrix, (from, to), &cell);
    let onclick = props.on_cell.reform(move |_: MouseEvent| (from, to));
    let chosen = props.chosen == Some((from, to));
    html! {
        <button class={classes!("cell", class, chosen.then_some("chosen"))} data-cell={format!("{row}-{column}")} tabindex={if is_stop { "0" } else { "-1" }}
            aria-label={said.clone()} title={said} aria-pressed={chosen.then_some("true")} aria-disabled={(cell.pairs == 0).then_some("true")} onclick={(cell.pairs > 0).then_some(onclick)}>
            { sign }
            if cell.gained > 0 { <b class="gained">{ format!("+{}", cell.gained) }</b> }
            if cell.lost > 0 { <b class="lost">{ format!("−{}", cell.lost) }</b> }
        </button>
    }
}

/// A cell in words, for whoever points at it or hears it.
fn said(matrix: &Matrix, (from, to): (usize, usize), cell: &Cell) -> String {
    let label = |place: usize| matrix.groups.get(place).map_or("", |group| group.label.as_str());
    let mut text = format!("{} to {}: ", label(from), label(to));
    match (cell.pairs, cell.reached) {
        (0, _) => text.push_str("no pair"),
        (1, 1) if cell.partly > 0 => text.push_str("gets through for a part of it"),
        (1, 1) => text.push_str("gets through"),
        (1, _) => text.push_str(cell.ends.first().map_or("does not get through", |(end, _)| ends(*end))),
        (pairs, reached) => {
            let (reached, pairs) = (thousands(reached as u64), thousands(pairs as u64));
            text.push_str(&format!("{reached} of {pairs} pairs get through"));
        }
    }
    if cell.partly > 0 && cell.pairs > 1 {
        let partly = thousands(cell.partly as u64);
        text.push_str(&format!(", {partly} of them for a part of the outside"));
    }
    if cell.gained > 0 {
        text.push_str(&format!(", {} gained", thousands(cell.gained as u64)));
    }
    if cell.lost > 0 {
        text.push_str(&format!(", {} lost", thousands(cell.lost as u64)));
    }
    text
}
