//! The path as a picture that stands alone.

use super::spoken;
use crate::panels::path::{stage, verdict};
use crate::session::Ctx;
use crate::session::traced::{Traced, is_station};
use crate::ui::sheet::*;
use stratus_engine::network::{Hop, Layer, Verdict};

/// The layers' colours, from the guest down: those of `tokens.css` in its light theme.
const LAYERS: [&str; 6] = ["#6aa7e8", "#59b3b8", "#7bbf8a", "#d9b44a", "#d98a4f", "#8a7f78"];
/// Left edges of the two hosts, and their width.
const HOSTS: [usize; 2] = [64, 664];
const HOST_WIDTH: usize = 472;
/// From one layer to the next.
const PITCH: usize = 52;
/// Stations side by side, and from one row of them to the next.
const IN_A_ROW: usize = 5;
const ROW: usize = SLAB + 24;
/// Where the wire runs beside the hosts.
const LANES: [usize; 2] = [40, 1160];

/// Draws the whole path, both ways, with every verdict.
pub fn draw(ctx: &Ctx, traced: &Traced) -> Drawing {
    let mut sheet = Sheet::default();
    let top = head(&mut sheet, ctx, traced);
    let mut points = [Vec::new(), Vec::new()];
    for source in [true, false] {
        host(&mut sheet, ctx, traced, source, top);
    }
    let mut band = top + 6 * PITCH + 60;
    for back in [false, true] {
        let steps = way(traced, back);
        if !steps.is_empty() {
            let middle = band + SLAB / 2;
            points[usize::from(back)] = stops(traced, &steps, back, top, middle);
            stations(&mut sheet, traced, &steps, back, middle);
            band += rows_of(stations_of(traced, &steps).len()) * ROW + 16;
        }
    }
    let height = headers(&mut sheet, traced, band + 10);
    let wires: String = points
        .iter()
        .enumerate()
        .map(|(row, points)| wire(points, row == 1))
        .collect();
    let title = spoken::question(ctx, traced);
    let mut told = vec![spoken::summary(ctx, traced)];
    told.extend(spoken::steps(traced));
    let told = told.join("\n");
    sheet.finish(height, &title, &told, &wires)
}

/// The question and its answer. Returns where the hosts begin.
fn head(sheet: &mut Sheet, ctx: &Ctx, traced: &Traced) -> usize {
    let colour = if traced.trace.reachable { ALLOW } else { DENY };
    sheet.text(HOSTS[0], 44, 20, INK, 600, &cut(&spoken::question(ctx, traced), 100));
    sheet.text(HOSTS[0], 74, 17, colour, 600, &verdict::title(traced));
    let mut y = 78;
    if let Some(first) = traced.trace.explanations.first() {
        for line in wrapped(&format!("{} ({})", first.detail, first.code), 140) {
            y += 20;
            sheet.text(HOSTS[0], y, 14, SOFT, 400, &line);
        }
    }
    y + 66
}

fn host(sheet: &mut Sheet, ctx: &Ctx, traced: &Traced, source: bool, top: usize) {
    let left = HOSTS[usize::from(!source)];
    let name = spoken::end(ctx, traced, source);
    let word = if source { "Sender" } else { "Receiver" };
    sheet.text(left, top - 14, 14, INK, 600, &cut(&format!("{word}: {name}"), 60));
    if traced.is_outside(source) {
        sheet.slab(left, top + 5 * PITCH, HOST_WIDTH, NET, 14);
        sheet.text(left + 18, top + 5 * PITCH + 28, 14, INK, 600, &cut(&name, 60));
        let edge = if source { left } else { left + HOST_WIDTH };
        sheet.tick(LANES[usize::from(!source)], edge, top + 5 * PITCH + SLAB / 2);
        return;
    }
    for (at, layer) in Layer::HOST.into_iter().enumerate() {
        let y = top + at * PITCH;
        let steps = (0..traced.len()).filter_map(|index| traced.hop(index));
        let met: Vec<&Hop> = steps
            .filter(|hop| hop.layer == layer && hop.at_source == source && !is_station(hop))
            .collect();
        let stops = met.iter().find(|hop| hop.verdict == Verdict::Deny).or(met.first());
        let colour = LAYERS.get(at).copied().unwrap_or(NET);
        sheet.slab(left, y, HOST_WIDTH, colour, 8);
        sheet.text(left + 16, y + 20, 13, INK, 600, stage::layer_words(layer).0);
        let detail = stops.map_or("not reached", |hop| hop.text());
        sheet.text(left + 16, y + 37, 11, SOFT, 400, &cut(detail, 76));
        sheet.mark(
            left + HOST_WIDTH - 22,
            y + SLAB / 2,
            stops.map(|hop| hop.verdict != Verdict::Deny),
        );
        if !met.is_empty() {
            let edge = if source { left } else { left + HOST_WIDTH };
            sheet.tick(LANES[usize::from(!source)], edge, y + SLAB / 2);
        }
    }
}

/// The steps of one direction.
fn way(traced: &Traced, back: bool) -> Vec<usize> {
    (0..traced.len())
        .filter(|index| traced.is_back(*index) == back)
        .collect()
}

/// How many rows so many stations take.
fn rows_of(count: usize) -> usize {
    count.div_ceil(IN_A_ROW).max(1)
}

/// Centres and width of the stations of one direction, row by row, `middle` being the first row's; those of the answer
/// run from right to left.
fn places(count: usize, back: bool, middle: usize) -> (Vec<(usize, usize)>, usize) {
    let room = HOSTS[1] + HOST_WIDTH - HOSTS[0];
    let columns = count.div_ceil(rows_of(count)).max(1);
    let pitch = room / columns;
    let width = pitch.saturating_sub(20).min(250);
    let centre = |at: usize| {
        let column = at % columns;
        let column = if back { columns - 1 - column } else { column };
        (HOSTS[0] + pitch * column + pitch / 2, middle + at / columns * ROW)
    };
    ((0..count).map(centre).collect(), width)
}

fn stations_of(traced: &Traced, steps: &[usize]) -> Vec<usize> {
    let between = |index: &usize| traced.hop(*index).is_some_and(is_station);
    steps.iter().copied().filter(between).collect()
}

fn stations(sheet: &mut Sheet, traced: &Traced, steps: &[usize], back: bool, middle: usize) {
    let word = if back { "The answer's way" } else { "The request's way" };
    sheet.text(HOSTS[0], middle - SLAB / 2 - 8, 12, SOFT, 600, word);
    let own = stations_of(traced, steps);
    let (centres, width) = places(own.len(), back, middle);
    for (index, (centre, middle)) in own.iter().zip(centres) {
        let Some(hop) = traced.hop(*index) else { continue };
        let left = centre - width / 2;
        sheet.slab(left, middle - SLAB / 2, width, NET, SLAB / 2);
        let room = width.saturating_sub(48) / 7;
        sheet.text(left + 18, middle - 3, 12, INK, 600, &cut(spoken::place(hop), room));
        let detail = hop
            .rule()
            .map_or_else(|| hop.component().id.clone(), |rule| rule.text.clone());
        sheet.text(left + 18, middle + 13, 10, SOFT, 400, &cut(&detail, room + room / 5));
        sheet.mark(left + width - 18, middle, Some(hop.verdict != Verdict::Deny));
    }
}

/// Where the wire goes in one direction: beside the layers, through the stations.
fn stops(traced: &Traced, steps: &[usize], back: bool, top: usize, middle: usize) -> Vec<(usize, usize)> {
    let own = stations_of(traced, steps);
    let mut centres = places(own.len(), back, middle).0.into_iter();
    let outside = |source: bool| (LANES[usize::from(!source)], top + 5 * PITCH + SLAB / 2);
    let mut points = Vec::new();
    if traced.is_outside(!back) {
        points.push(outside(!back));
    }
    for hop in steps.iter().filter_map(|index| traced.hop(*index)) {
        if is_station(hop) {
            points.extend(centres.next());
        } else {
            let at = stage::layer_number(hop.layer).saturating_sub(1);
            points.push((LANES[usize::from(!hop.at_source)], top + at * PITCH + SLAB / 2));
        }
    }
    let last = steps.last().and_then(|index| traced.hop(*index));
    if traced.is_outside(back) && last.is_some_and(|hop| hop.verdict != Verdict::Deny) {
        points.push(outside(back));
    }
    turned(&points, middle)
}

/// The same way in right angles. Between a lane and the band, and from host to host where no station lies between, the wire
/// turns in the band; from one row of stations to the next it runs between the rows.
fn turned(points: &[(usize, usize)], middle: usize) -> Vec<(usize, usize)> {
    let mut turned: Vec<(usize, usize)> = Vec::new();
    for point in points.iter().copied() {
        if let Some(before) = turned.last().copied()
            && before.0 != point.0
        {
            let level = match (LANES.contains(&before.0), LANES.contains(&point.0)) {
                (true, true) => middle,
                (true, false) => point.1,
                (false, true) => before.1,
                (false, false) => before.1.midpoint(point.1),
            };
            turned.extend([(before.0, level), (point.0, level)]);
        }
        turned.push(point);
    }
    turned
}

fn wire(points: &[(usize, usize)], back: bool) -> String {
    if points.is_empty() {
        return String::new();
    }
    let points: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
    let dash = if back { " stroke-dasharray=\"7 5\"" } else { "" };
    format!(
        "<polyline points=\"{}\" fill=\"none\" stroke=\"{ALLOW}\" stroke-width=\"3\" stroke-linejoin=\"round\" stroke-linecap=\"round\"{dash}/>\n",
        points.join(" ")
    )
}

/// The packet's header as it set out and after each translation. Returns where the drawing ends.
fn headers(sheet: &mut Sheet, traced: &Traced, top: usize) -> usize {
    let mut y = top;
    let mut line = |words: &str, packet: &stratus_engine::network::Packet| {
        let ends = format!("{} → {}", packet.source_text(), packet.destination_text());
        sheet.text(HOSTS[0], y, 12, INK, 400, &format!("{words}: {ends}"));
        y += 18;
    };
    for back in [false, true] {
        let steps = way(traced, back);
        let Some(first) = steps.first().and_then(|index| traced.hop(*index)) else {
            continue;
        };
        line(
            if back {
                "The answer sets out"
            } else {
                "The request sets out"
            },
            &first.before,
        );
        for hop in steps.iter().filter_map(|index| traced.hop(*index)) {
            if hop.before != hop.after {
                line(&format!("After the step “{}”", spoken::place(hop)), &hop.after);
            }
        }
    }
    y + 14
}
