//! "Who would reach whom then?": what a change would give and take, beneath the command of a call that is not yet made; and
//! of a fix in one sentence, what it opens besides the path. It is found on a copy of the world; nothing is changed here.

use crate::session::traced::Traced;
use crate::session::{ApiCall, Ctx, use_ctx};
use crate::ui::{thousands, traffic};
use gloo::timers::callback::Timeout;
use std::collections::BTreeMap;
use std::rc::Rc;
use stratus_engine::catalog::Region;
use stratus_engine::network::fronts::node_name;
use stratus_engine::network::survey::traffic::Traffic;
use stratus_engine::network::survey::{INTERNET_BY_IPV6, ON_PREMISES};
use stratus_engine::network::what_if::{self, Change, Difference, Part};
use stratus_engine::network::{Endpoint, Fix, INTERNET, INTERNET_IPV6, address_name, opening, unasked};
use stratus_engine::{Error, World};
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

/// Lines that are shown at once, of each list.
const LINES: usize = 12;
/// Names that a line says before it counts.
const NAMES: usize = 3;
/// How long one must have stopped typing, in milliseconds.
const PAUSE: u32 = 150;

/// What would be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Planned {
    /// One call.
    Call(ApiCall),
    /// The calls of a fix.
    Fix(Region, Fix),
}

impl Planned {
    fn region(&self) -> Region {
        match self {
            Planned::Call(call) => call.region,
            Planned::Fix(region, _) => *region,
        }
    }

    /// Whether it may change who reaches whom at all.
    fn concerns(&self) -> bool {
        match self {
            Planned::Call(call) => what_if::concerns(call.service, call.operation),
            Planned::Fix(..) => true,
        }
    }

    fn weigh(&self, ctx: &Ctx) -> Result<Difference, Error> {
        let region = self.region();
        ctx.read(|engine| {
            let world: World = engine.world_in(region);
            match self {
                Planned::Call(call) => {
                    let asked = (call.service, call.operation);
                    what_if::of_call(engine, &world, region, asked, &call.params)
                }
                Planned::Fix(_, fix) => what_if::of_fix(engine, &world, region, fix),
            }
        })
    }
}

/// The question about a plan.
#[inline(never)]
pub fn view(planned: Planned) -> Html {
    html! { <WhatIf {planned} /> }
}

/// Properties of [`WhatIf`].
#[derive(Properties, PartialEq)]
pub struct WhatIfProps {
    /// What would be done.
    pub planned: Planned,
}

/// What a fold shows that is searched for when one opens it, and anew for another question and for each state of the world:
/// hears the fold's `toggle`, and is what was found. `pause`: for how long, in milliseconds, it waits for the next question.
#[hook]
pub fn use_searched<Q, T>(
    question: Q,
    pause: u32,
    search: impl FnOnce(&Ctx, &Q) -> T + 'static,
) -> (Callback<Event>, Option<Rc<T>>)
where
    Q: Clone + PartialEq + 'static,
    T: 'static,
{
    let open = use_state_eq(|| false);
    let found = use_found(question, *open, pause, search);
    let ontoggle = Callback::from(move |event: Event| {
        let details = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        open.set(details.is_some_and(|details| details.has_attribute("open")));
    });
    (ontoggle, found)
}

/// What is searched for while it is `wanted`, as [`use_searched`] does.
#[hook]
fn use_found<Q, T>(question: Q, wanted: bool, pause: u32, search: impl FnOnce(&Ctx, &Q) -> T + 'static) -> Option<Rc<T>>
where
    Q: Clone + PartialEq + 'static,
    T: 'static,
{
    let ctx = use_ctx();
    let found = use_state(|| None::<Rc<T>>);
    {
        // Of the same question what was true a moment ago stands until it is found anew.
        let found = found.clone();
        use_effect_with((question.clone(), wanted), move |_| {
            if found.is_some() {
                found.set(None);
            }
        });
    }
    {
        let found = found.clone();
        let asked = (question, wanted, ctx.view().world_stamp);
        use_effect_with(asked, move |(question, wanted, _)| {
            let question = question.clone();
            let timer = wanted.then(|| Timeout::new(pause, move || found.set(Some(Rc::new(search(&ctx, &question))))));
            move || drop(timer)
        });
    }
    (*found).clone()
}

/// What a fix opens besides the path that it mends, as one sentence.
#[inline(never)]
pub fn beside(traced: &Rc<Traced>, fix: &Fix) -> Html {
    html! { <Beside traced={traced.clone()} fix={fix.clone()} /> }
}

/// Properties of [`Beside`].
#[derive(Properties, PartialEq)]
pub struct BesideProps {
    /// The path.
    pub traced: Rc<Traced>,
    /// What would mend it.
    pub fix: Fix,
}

/// The sentence, found once the path has been painted.
#[component]
pub fn Beside(props: &BesideProps) -> Html {
    let asked = (props.traced.region, props.traced.flow, props.fix.clone());
    let found = use_found(asked, true, PAUSE, |ctx, (region, flow, fix)| {
        let difference = ctx.read(|engine| opening::beside(engine, &engine.world_in(*region), *region, flow, fix));
        difference.map(|difference| also(ctx, *region, fix, &difference))
    });
    match found.as_deref() {
        None => html! { <p class="soft">{ "Trying what else it opens…" }</p> },
        // That it works has been seen before it was offered.
        Some(Err(_)) => Html::default(),
        Some(Ok(sentence)) => html! { <p class="soft">{ sentence }</p> },
    }
}

/// What else a fix opens, and whether anybody loses by it.
fn also(ctx: &Ctx, region: Region, fix: &Fix, difference: &Difference) -> String {
    let elsewhere = fix
        .calls
        .iter()
        .filter_map(|call| call.region)
        .any(|other| other != region);
    // Of what is beyond the Region nothing is claimed.
    let here = match elsewhere || unasked(ctx.world(), region).is_some() {
        true => format!(" in {}", region.name()),
        false => String::new(),
    };
    let all = difference.gained.len();
    let opens = match widest(ctx, region, &difference.gained) {
        None => format!("It opens nothing else{here}."),
        Some(line) => {
            let Line {
                senders,
                receivers,
                traffic,
                ..
            } = &line;
            let more = match all - line.pairs {
                0 => String::new(),
                1 => ", and opens one more way".to_owned(),
                more => format!(", and opens {} more ways", thousands(more as u64)),
            };
            format!("It also lets {senders} reach {receivers} on {traffic}{more}{here}.")
        }
    };
    match difference.lost.len() {
        0 => opens,
        1 => format!("{opens} 1 pair loses a way by it."),
        lost => format!("{opens} {} pairs lose a way by it.", thousands(lost as u64)),
    }
}

/// The line that says the most: of those about the Internet, if there are any, the one of the most pairs.
fn widest(ctx: &Ctx, region: Region, changes: &[Change]) -> Option<Line> {
    let lines = told_together(ctx, region, changes);
    lines.into_iter().reduce(|most, line| {
        let more = (line.outside, line.pairs) > (most.outside, most.pairs);
        if more { line } else { most }
    })
}

/// The answer: a sentence, then who gains and who loses.
struct Told {
    sentence: String,
    gained: Vec<String>,
    lost: Vec<String>,
    aside: String,
}

/// The question, which one opens; open, it is answered anew for each state of the world and for what is typed.
#[component]
pub fn WhatIf(props: &WhatIfProps) -> Html {
    let (ontoggle, found) = use_searched(props.planned.clone(), PAUSE, |ctx, planned| {
        planned
            .weigh(ctx)
            .map(|difference| told(ctx, planned.region(), &difference))
    });
    if !props.planned.concerns() {
        return Html::default();
    }
    html! {
        <details class="what-if" {ontoggle}>
            <summary>{ "Who would reach whom then?" }</summary>
            <div role="status">
                { match found.as_deref() {
                    None => html! { <p class="soft">{ "Trying it on a copy…" }</p> },
                    Some(Err(error)) => html! { <p class="field-error">{ format!("It would be refused. {}: {}", error.code, error.message) }</p> },
                    Some(Ok(Told { sentence, gained, lost, aside })) => html! {
                        <>
                            <p>{ sentence }</p>
                            { list("gained", "＋", "gains", gained) }
                            { list("lost", "−", "loses", lost) }
                            <p class="soft">{ aside }</p>
                        </>
                    },
                } }
            </div>
        </details>
    }
}

fn told(ctx: &Ctx, region: Region, difference: &Difference) -> Told {
    let said = |changes: &[Change], (one, several): (&str, &str)| match changes.len() {
        1 => format!("1 pair {one}"),
        number => format!("{} pairs {several}", thousands(number as u64)),
    };
    let gains = said(&difference.gained, ("gains a way", "gain a way"));
    let loses = said(&difference.lost, ("loses one", "lose one"));
    let sentence = match (difference.gained.is_empty(), difference.lost.is_empty()) {
        (true, true) => {
            "Nobody gains a way and nobody loses one. (To a port on which nothing listens there is no way yet.)"
                .to_owned()
        }
        (false, true) => format!("{gains}; nobody loses one."),
        (true, false) => format!(
            "{}; nobody gains one.",
            said(&difference.lost, ("loses a way", "lose a way"))
        ),
        (false, false) => format!("{gains}, {loses}."),
    };
    Told {
        sentence,
        gained: lines(ctx, region, &difference.gained),
        lost: lines(ctx, region, &difference.lost),
        aside: aside(ctx.world(), region, difference.cut),
    }
}

/// Whom the answer is about.
fn aside(world: &World, region: Region, cut: bool) -> String {
    let internet = match cut {
        true => format!(
            "rules tell more blocks of the Internet apart than are asked for, so that one address of it stands for all ({INTERNET}, {INTERNET_IPV6})"
        ),
        false => "the Internet by the blocks that rules name".to_owned(),
    };
    let said = format!(
        "All instances of {}, by each of their addresses but those of prefixes, load balancers and interface endpoints; {internet}; the networks behind VPN connections. All ports. Tried on a copy that was given time to come to rest.",
        region.name()
    );
    match unasked(world, region) {
        Some(unasked) => format!("{said} {unasked}"),
        None => said,
    }
}

fn list(class: &'static str, sign: &'static str, spoken: &'static str, lines: &[String]) -> Html {
    if lines.is_empty() {
        return Html::default();
    }
    html! {
        <ul {class}>
            { for lines.iter().take(LINES).map(|line| html! { <li><b aria-label={spoken}>{ sign }</b><span>{ line }</span></li> }) }
            if lines.len() > LINES { <li class="soft">{ format!("and {} more", lines.len() - LINES) }</li> }
        </ul>
    }
}

/// Pairs of which the same is said.
struct Line {
    senders: String,
    receivers: String,
    traffic: String,
    pairs: usize,
    /// Whether the Internet is among them.
    outside: bool,
}

/// One line for all pairs of which the same is said.
pub fn lines(ctx: &Ctx, region: Region, changes: &[Change]) -> Vec<String> {
    let lines = told_together(ctx, region, changes).into_iter();
    lines
        .map(|line| format!("{} → {}: {}", line.senders, line.receivers, line.traffic))
        .collect()
}

/// First the receivers of a sender are put together, then the senders with the same receivers.
fn told_together(ctx: &Ctx, region: Region, changes: &[Change]) -> Vec<Line> {
    // An end, and which part of the Internet it is.
    type End<'a> = (Endpoint, &'a Part);
    let mut receivers: BTreeMap<(End<'_>, &[Traffic]), Vec<End<'_>>> = BTreeMap::new();
    for change in changes {
        let part = |end| match is_internet(end) || end == ON_PREMISES {
            true => &change.part,
            false => &Part::All,
        };
        let key = ((change.source, part(change.source)), change.traffic.as_slice());
        let destination = (change.destination, part(change.destination));
        receivers.entry(key).or_default().push(destination);
    }
    let mut senders: BTreeMap<(Vec<End<'_>>, &[Traffic]), Vec<End<'_>>> = BTreeMap::new();
    for ((source, traffic), destinations) in receivers {
        senders.entry((destinations, traffic)).or_default().push(source);
    }
    let several = |said: Vec<String>, count: usize| match count.saturating_sub(NAMES) {
        0 => said.join(", "),
        more => format!("{} and {more} more", said.join(", ")),
    };
    let listed = |blocks: &[String]| several(blocks.iter().take(NAMES).cloned().collect(), blocks.len());
    let name = |(end, part): &End<'_>| match part {
        Part::All => end_name(ctx, region, *end),
        Part::Blocks(blocks) if *end == ON_PREMISES => format!("{} on premises", listed(blocks)),
        Part::Blocks(blocks) => listed(blocks),
        Part::AllBut(blocks) => format!("{} (all but {})", end_name(ctx, region, *end), listed(blocks)),
    };
    let names = |ends: &[End<'_>]| several(ends.iter().take(NAMES).map(name).collect(), ends.len());
    senders
        .iter()
        .map(|((destinations, traffic), sources)| Line {
            senders: names(sources),
            receivers: names(destinations),
            traffic: traffic::words(traffic),
            pairs: sources.len() * destinations.len(),
            outside: destinations.iter().chain(sources).any(|(end, _)| is_internet(*end)),
        })
        .collect()
}

fn is_internet(end: Endpoint) -> bool {
    matches!(end, Endpoint::Internet | INTERNET_BY_IPV6)
}

/// How an end is called: an instance by its label.
pub fn end_name(ctx: &Ctx, region: Region, end: Endpoint) -> String {
    match end {
        Endpoint::Instance(id) => ctx.world().label(region, id.into()),
        INTERNET_BY_IPV6 => "the Internet by IPv6".to_owned(),
        Endpoint::Internet => "the Internet".to_owned(),
        ON_PREMISES => "the networks on premises".to_owned(),
        Endpoint::Address(address) => address_name(ctx.world(), region, end).unwrap_or_else(|| address.to_string()),
        Endpoint::Interface(id) => {
            let world = ctx.world();
            let name = node_name(world, region, id).or_else(|| address_name(world, region, end));
            name.unwrap_or_else(|| world.label(region, id.into()))
        }
    }
}
