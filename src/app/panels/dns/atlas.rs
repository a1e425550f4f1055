//! "From everywhere": a map of the world with the record that answers at each Region and city, and between them where distance
//! decides.

use super::resolver::Question;
use super::{PACE, land};
use crate::session::use_ctx;
use crate::ui::Same;
use stratus_engine::dns::study::{self, Atlas, Mark};
use yew::prelude::*;

/// Properties of [`WorldMap`].
#[derive(Properties, PartialEq)]
pub struct MapProps {
    /// What was asked, and by whom.
    pub question: Question,
}

/// The map; nothing for a name whose records do not differ by place.
#[component]
pub fn WorldMap(props: &MapProps) -> Html {
    let ctx = use_ctx();
    let land = use_memo((), |()| Same::new(land::dots()));
    let asked = (ctx.view().world_stamp, ctx.moment(PACE), props.question.clone());
    let atlas = use_memo(asked, |(.., question)| {
        let from = question.asker()?;
        let found = study::atlas(ctx.world(), from, &question.name, &question.record_type, &land);
        found.ok().flatten().map(Same::new)
    });
    match &*atlas {
        Some(atlas) => html! { <Drawn atlas={atlas.clone()} land={(*land).clone()} /> },
        None => html! {},
    }
}

/// Properties of [`Drawn`].
#[derive(Properties, PartialEq)]
struct DrawnProps {
    atlas: Same<Atlas>,
    land: Same<Vec<(i32, i32)>>,
}

/// A point of the map: a degree is a unit, east to the right and south downwards.
fn point((latitude, longitude): (i32, i32)) -> (f64, f64) {
    (f64::from(longitude) / 10.0 + 180.0, 84.0 - f64::from(latitude) / 10.0)
}

fn dots<'a>(of: impl Iterator<Item = &'a (i32, i32)>) -> String {
    of.map(|dot| {
        let (x, y) = point(*dot);
        format!("M{x} {y}h0")
    })
    .collect()
}

/// The map of an answer, drawn anew only where there is another: it has thousands of dots, and the clock ticks.
#[component]
fn Drawn(DrawnProps { atlas, land }: &DrawnProps) -> Html {
    let whose = |record: Option<usize>| {
        land.iter()
            .zip(&atlas.land)
            .filter(move |(_, of)| **of == record)
            .map(|(dot, _)| dot)
    };
    let regions = |record: usize| {
        atlas
            .marks
            .iter()
            .filter(|mark| mark.is_region && mark.record == Some(record))
            .count()
    };
    let none = atlas.marks.iter().filter(|mark| mark.record.is_none()).count();
    let said: Vec<String> = (0..atlas.records.len())
        .map(|record| {
            let name = atlas.records.get(record).cloned().unwrap_or_default();
            format!(
                "{name} answers {}",
                crate::map::count(regions(record), "Region", "Regions")
            )
        })
        .collect();
    let nobody = if none > 0 {
        format!("; nobody answers {}", crate::map::count(none, "place", "places"))
    } else {
        String::new()
    };
    let words = format!("{}{nobody}.", said.join(", "));
    html! {
        <section class="atlas" aria-label="From everywhere">
            <h3>{ "From everywhere" }</h3>
            <p class="soft">{ format!("The records go by {}. ", atlas.policy) }{ &words }</p>
            <svg class="world-map" viewBox="0 0 360 144" role="img" aria-label={format!("A map of the world: {words}")}>
                if atlas.land.is_empty() {
                    <path class="land" d={dots(land.iter())} />
                } else {
                    { for (0..atlas.records.len()).map(|record| html! { <path class={format!("land r{}", record % 8)} d={dots(whose(Some(record)))} /> }) }
                    <path class="land" d={dots(whose(None))} />
                }
                { for atlas.stands.iter().enumerate().filter_map(|(record, at)| at.map(|at| stand(record, at))) }
                { for atlas.marks.iter().map(mark) }
            </svg>
            <ul class="series-key">
                { for atlas.records.iter().enumerate().map(|(record, name)| html! { <li><i class={format!("r{}", record % 8)} />{ name }</li> }) }
                <li class="soft"><i class="dot" />{ "a Region" }</li><li class="soft"><i class="square" />{ "a city" }</li>
            </ul>
            <details><summary>{ "Every place with its answer" }</summary>
                <div class="scroll-x" tabindex="0"><table><thead><tr><th>{ "Asked from" }</th><th>{ "Answers" }</th><th>{ "Because" }</th></tr></thead>
                    <tbody>{ for atlas.marks.iter().map(|mark| html! {
                        <tr key={mark.spot.name}><td class="mono">{ mark.spot.name }</td><td>{ answer(atlas, mark) }</td><td class="soft">{ &mark.why }</td></tr>
                    }) }</tbody></table></div>
            </details>
        </section>
    }
}

fn answer<'a>(atlas: &'a Atlas, mark: &Mark) -> &'a str {
    mark.record
        .and_then(|record| atlas.records.get(record))
        .map_or("nobody", String::as_str)
}

/// A ring where a record stands.
fn stand(record: usize, at: (i32, i32)) -> Html {
    let (x, y) = point(at);
    html! { <circle class={format!("stand r{}", record % 8)} cx={x.to_string()} cy={y.to_string()} r="5" /> }
}

fn mark(mark: &Mark) -> Html {
    let (x, y) = point((mark.spot.latitude, mark.spot.longitude));
    let class = match mark.record {
        Some(record) => format!("mark r{}", record % 8),
        None => "mark nobody".to_owned(),
    };
    match mark.is_region {
        true => html! { <circle {class} cx={x.to_string()} cy={y.to_string()} r="2.4" /> },
        false => {
            html! { <rect {class} x={format!("{}", x - 1.7)} y={format!("{}", y - 1.7)} width="3.4" height="3.4" /> }
        }
    }
}
