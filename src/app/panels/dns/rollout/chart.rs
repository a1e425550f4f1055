//! The picture: what the name servers say, whom all clients use, and the same for each kind of client, over one axis of time.
//! A cursor reads any moment of it.

use crate::ui::{Same, time_of_day};
use stratus_engine::base::time::{Span, Time};
use stratus_engine::dns::rollout::{Crowd, EVERY, Mark, Rollout, SUM, What};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Most columns that are drawn.
const COLUMNS: usize = 300;
/// Most labels of the axis.
const LABELS: i64 = 6;
/// Minutes from one label to the next.
const PACES: [i64; 9] = [1, 2, 5, 10, 15, 30, 60, 120, 240];

/// Properties of [`Chart`].
#[derive(Properties, PartialEq)]
pub struct ChartProps {
    /// The picture.
    pub picture: Same<Rollout>,
    /// Which step is read; `None`: now.
    pub at: Option<usize>,
    /// Hears of another one.
    pub on_at: Callback<Option<usize>>,
}

/// A stack over time: for each step and record how much, and how much of that fails.
struct Band {
    title: String,
    sum: f64,
    /// By step and record.
    amounts: Vec<Vec<(f64, f64)>>,
    tall: bool,
}

/// The chart.
#[component]
pub fn Chart(props: &ChartProps) -> Html {
    let picture = &props.picture;
    let last = picture.steps().saturating_sub(1);
    let now = step_of(picture, picture.now).min(last);
    let at = props.at.unwrap_or(now).min(last);
    let oninput = {
        let on_at = props.on_at.clone();
        Callback::from(move |event: InputEvent| {
            let field = event.target_dyn_into::<HtmlInputElement>();
            on_at.emit(field.and_then(|field| field.value().parse().ok()));
        })
    };
    let bands = use_memo(picture.clone(), |picture| bands(picture));
    let areas = use_memo(picture.clone(), |picture| {
        let areas = bands.iter().map(|band| areas(band, picture.records.len()));
        areas.collect::<Vec<Areas>>()
    });
    let back = props.on_at.clone();
    let says = reading(picture, at);
    html! {
        <div class="roll">
            { key(picture) }
            { for bands.iter().zip(areas.iter()).map(|(band, areas)| row(picture, band, areas, (at, now))) }
            { numbers(picture) }
            { axis(picture) }
            <div class="roll-row"><label class="roll-name" for="roll-cursor">{ "Read a moment" }</label>
                <input id="roll-cursor" type="range" min="0" max={last.to_string()} value={at.to_string()} {oninput} aria-valuetext={says.clone()} /></div>
            <p class="roll-says"><output for="roll-cursor">{ says }</output>if at != now { { " " }<button class="link" onclick={Callback::from(move |_: MouseEvent| back.emit(None))}>{ "Back to now" }</button> }</p>
            { marks(picture) }
        </div>
    }
}

fn step_of(picture: &Rollout, at: Time) -> usize {
    usize::try_from((at.0 - picture.begins.0).max(0) / EVERY.0).unwrap_or(0)
}

/// All bands, the zone's own first.
fn bands(picture: &Rollout) -> Vec<Band> {
    let records = picture.records.len();
    let whole = |count: u32| f64::from(count);
    let of = |crowd: &Crowd, step: usize| -> Vec<(f64, f64)> {
        let row =
            |rows: &[Vec<u32>], record: usize| rows.get(step).and_then(|row| row.get(record)).copied().unwrap_or(0);
        (0..records)
            .map(|record| (whole(row(&crowd.served, record)), whole(row(&crowd.failed, record))))
            .collect()
    };
    let steps = picture.steps();
    let said = picture
        .said
        .iter()
        .map(|row| row.iter().take(records).map(|chance| (*chance, 0.0)).collect());
    let mut bands = vec![
        Band {
            title: "Name servers say".into(),
            sum: 1.0,
            amounts: said.collect(),
            tall: false,
        },
        Band {
            title: format!("All {SUM} clients use"),
            sum: f64::from(SUM),
            amounts: (0..steps)
                .map(|step| {
                    let mut sums = vec![(0.0, 0.0); records];
                    for crowd in &picture.crowds {
                        for (sum, more) in sums.iter_mut().zip(of(crowd, step)) {
                            *sum = (sum.0 + more.0, sum.1 + more.1);
                        }
                    }
                    sums
                })
                .collect(),
            tall: true,
        },
    ];
    bands.extend(picture.crowds.iter().map(|crowd| Band {
        title: format!("{} {}", crowd.clients, crowd.kind.words()),
        sum: whole(crowd.clients),
        amounts: (0..steps).map(|step| of(crowd, step)).collect(),
        tall: false,
    }));
    bands
}

/// How wide the picture of a band is, and its areas, one for each record and one for what fails of it: `(class, path)`.
type Areas = (usize, Vec<(String, String)>);

fn areas(band: &Band, records: usize) -> Areas {
    let wide = band.amounts.len().div_ceil(COLUMNS).max(1);
    let columns: Vec<&Vec<(f64, f64)>> = band.amounts.iter().step_by(wide).collect();
    let mut floor = vec![0.0; columns.len()];
    let mut drawn = Vec::new();
    let area = |low: &[f64], high: &[f64]| {
        let height = |value: &f64| 100.0 - 100.0 * value / band.sum.max(1e-9);
        let mut path = String::new();
        for (x, value) in high.iter().enumerate() {
            let start = if x == 0 { 'M' } else { 'L' };
            path.push_str(&format!("{start}{x} {:.2}H{}", height(value), x + 1));
        }
        for (x, value) in low.iter().enumerate().rev() {
            path.push_str(&format!("L{} {:.2}H{x}", x + 1, height(value)));
        }
        path + "Z"
    };
    for record in 0..records {
        let amount = |column: &&Vec<(f64, f64)>| column.get(record).copied().unwrap_or((0.0, 0.0));
        let top: Vec<f64> = columns
            .iter()
            .zip(&floor)
            .map(|(column, floor)| floor + amount(column).0)
            .collect();
        if top != floor {
            drawn.push((format!("r{}", record % 8), area(&floor, &top)));
        }
        let whole: Vec<f64> = columns
            .iter()
            .zip(&top)
            .map(|(column, top)| top - amount(column).1)
            .collect();
        if whole != top {
            drawn.push(("fails".to_owned(), area(&whole, &top)));
        }
        floor = top;
    }
    (columns.len(), drawn)
}

fn row(picture: &Rollout, band: &Band, (columns, areas): &Areas, (at, now): (usize, usize)) -> Html {
    let scale = *columns as f64 / picture.steps().max(1) as f64;
    let place = |step: f64| format!("{:.2}", step * scale);
    let mark = |mark: &Mark| {
        let x = place(((mark.at.0 - picture.begins.0) as f64 / EVERY.0 as f64).max(0.0));
        html! { <line class={mark_class(mark.what)} x1={x.clone()} x2={x} y1="0" y2="100" /> }
    };
    let counts: Vec<String> = band
        .amounts
        .get(at)
        .into_iter()
        .flatten()
        .zip(&picture.records)
        .filter(|((amount, _), _)| *amount > 0.0)
        .map(|((amount, fails), record)| {
            let amount = if band.sum > 1.0 {
                format!("{amount:.0}")
            } else {
                format!("{:.0} %", amount * 100.0)
            };
            let fails = if *fails > 0.0 {
                format!(", {fails:.0} fail")
            } else {
                String::new()
            };
            format!("{record} {amount}{fails}")
        })
        .collect();
    let counts = if counts.is_empty() {
        "no answer".to_owned()
    } else {
        counts.join(" · ")
    };
    html! {
        <div class={classes!("roll-row", band.tall.then_some("tall"))}>
            <div class="roll-name"><b>{ &band.title }</b><span class="soft">{ counts }</span></div>
            <svg class="roll-band" viewBox={format!("0 0 {columns} 100")} preserveAspectRatio="none" aria-hidden="true">
                { for areas.iter().map(|(class, path)| html! { <path class={class.clone()} d={path.clone()} /> }) }
                <rect class="ahead" x={place(now as f64)} y="0" width={place((picture.steps() - now) as f64)} height="100" />
                { for picture.marks.iter().map(mark) }
                <line class="now" x1={place(now as f64)} x2={place(now as f64)} y1="0" y2="100" />
                <line class="cursor" x1={place(at as f64 + 0.5)} x2={place(at as f64 + 0.5)} y1="0" y2="100" />
            </svg>
        </div>
    }
}

fn mark_class(what: What) -> &'static str {
    match what {
        What::Asked => "m-asked",
        What::Served => "m-served",
        What::Health => "m-health",
        What::Endpoint => "m-endpoint",
    }
}

fn key(picture: &Rollout) -> Html {
    html! {
        <ul class="series-key">
            { for picture.records.iter().enumerate().map(|(at, record)| html! { <li><i class={format!("r{}", at % 8)} />{ record }</li> }) }
            <li><i class="fails" />{ "✕ requests that fail" }</li>
            <li class="soft"><i class="ahead" />{ "not yet: what comes if nothing is done" }</li>
        </ul>
    }
}

/// Where a moment stands, in parts of a hundred.
fn percent(picture: &Rollout, at: Time) -> f64 {
    let whole = (picture.steps().max(1) as i64 * EVERY.0) as f64;
    ((at.0 - picture.begins.0) as f64 * 100.0 / whole).clamp(0.0, 100.0)
}

/// The numbers of what happened, above the axis.
fn numbers(picture: &Rollout) -> Html {
    let number = |(at, mark): (usize, &Mark)| {
        let x = format!("{:.2}%", percent(picture, mark.at));
        let y = if at % 2 == 0 { 9.0 } else { 27.0 };
        html! { <g class={mark_class(mark.what)}><circle cx={x.clone()} cy={y.to_string()} r="8" /><text {x} y={(y + 4.0).to_string()}>{ at + 1 }</text></g> }
    };
    html! { <div class="roll-row"><span class="roll-name soft">{ "What happened" }</span><svg class="roll-numbers" height="36" aria-hidden="true">{ for picture.marks.iter().enumerate().map(number) }</svg></div> }
}

fn axis(picture: &Rollout) -> Html {
    let whole = picture.steps() as i64 * EVERY.0;
    let pace = PACES
        .iter()
        .find(|minutes| whole / (**minutes * 60_000) <= LABELS)
        .copied()
        .unwrap_or(240)
        * 60_000;
    let first = picture.begins.0.div_euclid(pace) + 1;
    let labels = (first..)
        .map(|number| Time(number * pace))
        .take_while(|at| at.0 < picture.begins.0 + whole);
    html! {
        <div class="roll-row"><span class="roll-name soft">{ "UTC" }</span><svg class="roll-axis" height="18" aria-hidden="true">
            { for labels.map(|at| {
                let x = format!("{:.2}%", percent(picture, at));
                let text = time_of_day(at);
                html! { <><line x1={x.clone()} x2={x.clone()} y1="0" y2="5" /><text {x} y="16">{ text.get(..5).unwrap_or(&text).to_owned() }</text></> }
            }) }
        </svg></div>
    }
}

/// A moment in words.
fn reading(picture: &Rollout, step: usize) -> String {
    let at = picture.at(step);
    let when = match at.0 - picture.now.0 {
        ..=-5_000 => format!(
            "{}, {} ago",
            time_of_day(at),
            crate::inspector::span_text(Span(picture.now.0 - at.0))
        ),
        5_000.. => format!(
            "{}, in {}",
            time_of_day(at),
            crate::inspector::span_text(Span(at.0 - picture.now.0))
        ),
        _ => format!("{}, now", time_of_day(picture.now)),
    };
    let parts: Vec<String> = picture
        .records
        .iter()
        .enumerate()
        .filter_map(|(record, name)| {
            let sum = |rows: &dyn Fn(&Crowd) -> &Vec<Vec<u32>>| -> u32 {
                let of = |crowd: &Crowd| rows(crowd).get(step).and_then(|row| row.get(record)).copied();
                picture.crowds.iter().filter_map(of).sum()
            };
            let (served, failed) = (sum(&|crowd| &crowd.served), sum(&|crowd| &crowd.failed));
            let fails = if failed > 0 {
                format!(", of which {failed} fail")
            } else {
                String::new()
            };
            (served > 0).then(|| format!("{served} on {name}{fails}"))
        })
        .collect();
    let lost: u32 = picture.crowds.iter().filter_map(|crowd| crowd.lost.get(step)).sum();
    let lost = if lost > 0 {
        format!("; {lost} have no address to go to")
    } else {
        String::new()
    };
    format!("{when}: of {SUM} clients {}{lost}.", parts.join(", "))
}

fn marks(picture: &Rollout) -> Html {
    if picture.marks.is_empty() {
        return html! { <p class="soft">{ "Nothing has happened yet. Move some weight." }</p> };
    }
    let line = |(at, mark): (usize, &Mark)| {
        let ahead = mark.at > picture.now;
        html! {
            <li key={format!("{} {}", mark.at.0, mark.text)} class={classes!(mark_class(mark.what), ahead.then_some("ahead"))}>
                <i aria-hidden="true">{ at + 1 }</i><span class="mono nowrap">{ time_of_day(mark.at) }</span><span>{ &mark.text }if ahead { <span class="soft">{ " · if nothing is done" }</span> }</span>
            </li>
        }
    };
    html! { <ol class="roll-marks" aria-label="What happened" tabindex="0">{ for picture.marks.iter().enumerate().map(line) }</ol> }
}
