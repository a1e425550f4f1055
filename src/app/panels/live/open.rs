//! Opening a connection: from the path's answer, or with a form of its own. A call like any other; what came of it, packet
//! by packet, is said where it was asked.

use super::{ask, show_list, words};
use crate::panels::path::ask::{EndField, ends, protocol_and_port};
use crate::scripting::region_of_flow;
use crate::session::action::{Outcome, PathQuestion};
use crate::session::{Action, ApiCall, Ctx, use_ctx};
use crate::ui::{CallButton, CallText, Settled, Typed, text_of, thousands};
use stratus_engine::World;
use stratus_engine::catalog::Region;
use stratus_model::{Structure, field};
use yew::prelude::*;

/// The Region that a question's ends say; `None`: they are of none, or cannot be understood.
pub fn region_of(world: &World, asked: &PathQuestion) -> Option<Region> {
    region_of_flow(world, &asked.flow().ok()?)
}

/// The most connections alike that are opened at once.
const MOST: i64 = 100_000;

/// The call that opens so many connections alike; why there is none.
fn call(ctx: &Ctx, question: &PathQuestion, count: &str) -> Result<ApiCall, String> {
    let many = count.trim().replace(',', "").parse::<i64>().ok();
    let many = many.filter(|many| (1..=MOST).contains(many));
    let many = many.ok_or("How many: a number from 1 to 100,000")?;
    let flow = question.flow()?;
    let region = region_of_flow(ctx.world(), &flow).unwrap_or(ctx.region());
    Ok(opening(region, question, flow.port, many))
}

/// `count`: how many alike at once.
fn opening(region: Region, question: &PathQuestion, port: u16, count: i64) -> ApiCall {
    let ping = question.protocol == "icmp";
    let params = Structure::new()
        .with(field::SOURCE, question.source.trim())
        .with(field::DESTINATION, question.destination.trim())
        .with(field::PROTOCOL, question.protocol.as_str())
        .with_some(field::PORT, (!ping).then(|| i64::from(port)))
        .with_some(field::COUNT, (count > 1).then_some(count));
    ApiCall::new(region, "stratus", "OpenConnection", params)
}

/// What came of a call.
#[derive(Clone, PartialEq)]
struct Told {
    /// The connection that is open, by its Region and number.
    open: Option<(Region, u64)>,
    /// What was seen.
    text: String,
}

impl Told {
    fn of(outcome: &Outcome, region: Region) -> Told {
        let (open, text) = said(outcome);
        let open = open.map(|number| (region, number));
        Told { open, text }
    }

    /// Whether it is so still: an open connection may have ended since, or undo may have taken it back.
    fn holds(&self, world: &World) -> bool {
        self.open.is_none_or(|(region, number)| {
            let found = world.ec2(region).and_then(|ec2| ec2.connections.get(&number));
            found.is_some_and(|connection| connection.ended.is_none())
        })
    }
}

/// The number of the connection that is open then, and what was seen.
fn said(outcome: &Outcome) -> (Option<u64>, String) {
    match outcome {
        Ok(answer) => {
            let flags: Vec<&str> = answer
                .structures(field::PACKETS)
                .filter_map(|packet| packet.text(field::FLAGS))
                .collect();
            let (flags, reason) = (flags.join(", "), answer.text(field::REASON).unwrap_or_default());
            let open = answer.integer(field::COUNT).and_then(|count| u64::try_from(count).ok());
            let many = open
                .map(|count| format!("{} connections, each ", thousands(count)))
                .unwrap_or_default();
            match (answer.text(field::STATE), answer.text(field::CONNECTION_ID)) {
                (Some("established"), Some(id)) => {
                    (words::connection_number(id), format!("{id} opened: {many}{flags}."))
                }
                (_, Some(id)) => {
                    let open = thousands(open.unwrap_or_default());
                    (
                        words::connection_number(id),
                        format!("Only {open} are open, from {id} on. {reason}"),
                    )
                }
                (Some("refused"), _) => (None, format!("Refused ({flags}). {reason}")),
                _ if flags.is_empty() => (None, format!("No connection. {reason}")),
                _ => (None, format!("No connection: after {flags} nothing came. {reason}")),
            }
        }
        Err(error) => (None, error.message.clone()),
    }
}

/// "Open a connection", where the path's answer is shown.
#[component]
pub fn OpenHere() -> Html {
    let ctx = use_ctx();
    let outcome = use_state(|| None::<(PathQuestion, Told)>);
    let traced = ctx.view().traced.clone();
    let Some(traced) = traced.filter(|traced| ctx.screen().shows_path() && !traced.is_empty()) else {
        return html! { <div class="open-here" hidden={true} /> };
    };
    let question = &traced.question;
    let done = {
        let (outcome, question, region) = (outcome.clone(), question.clone(), traced.region);
        Callback::from(move |answer: Outcome| outcome.set(Some((question.clone(), Told::of(&answer, region)))))
    };
    let told = outcome
        .as_ref()
        .filter(|(of, told)| of == question && told.holds(ctx.world()));
    let call = opening(traced.region, question, traced.flow.port, 1);
    html! {
        <div class="open-here">
            <CallButton label="Open a connection" {call} {done} />
            <p role="status" aria-live="polite">
                if let Some((_, told)) = told {
                    { &told.text }
                    if told.open.is_some() { { " " }<button class="link" onclick={show_list(&ctx, traced.region)}>{ "See it in live traffic" }</button> }
                }
            </p>
        </div>
    }
}

/// Properties of [`OpenForm`].
#[derive(Properties, PartialEq)]
pub struct OpenFormProps {
    /// The context.
    pub settled: Settled,
    /// What is asked at first.
    pub first: PathQuestion,
}

/// The fields of one more connection. What has been typed stays when it has been opened.
#[component]
pub fn OpenForm(props: &OpenFormProps) -> Html {
    let ctx = &props.settled;
    let asked = use_state(|| None::<PathQuestion>);
    let count = use_state(|| "1".to_owned());
    let outcome = use_state(|| None::<Told>);
    let question = asked.as_ref().unwrap_or(&props.first).clone();
    let ends = ends(ctx.world(), ctx.region());
    let change = |apply: fn(&mut PathQuestion, String)| {
        let (asked, outcome, question) = (asked.clone(), outcome.clone(), question.clone());
        Callback::from(move |event: Event| {
            let mut changed = question.clone();
            apply(&mut changed, text_of(&event));
            asked.set(Some(changed));
            outcome.set(None);
        })
    };
    let recount = {
        let (count, outcome) = (count.clone(), outcome.clone());
        Callback::from(move |event: Event| {
            count.set(text_of(&event));
            outcome.set(None);
        })
    };
    let made = call(ctx, &question, &count);
    let onsubmit = {
        let (ctx, outcome, made) = (ctx.clone(), outcome.clone(), made.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match &made {
                Ok(call) => {
                    let (outcome, region) = (outcome.clone(), call.region);
                    let tell = Callback::from(move |answer: Outcome| outcome.set(Some(Told::of(&answer, region))));
                    ctx.act(Action::Call {
                        call: call.clone(),
                        done: Some(tell),
                        quiet: true,
                    });
                }
                Err(problem) => outcome.set(Some(Told {
                    open: None,
                    text: problem.clone(),
                })),
            }
        })
    };
    html! {
        <form class="ask live-open" {onsubmit}>
            <label class="field end">{ "Source" }<EndField value={question.source.clone()} ends={ends.clone()} list="live-sources" onchange={change(|q, v| q.source = v)} /></label>
            <label class="field end">{ "Destination" }<EndField value={question.destination.clone()} {ends} list="live-destinations" onchange={change(|q, v| q.destination = v)} /></label>
            { protocol_and_port(&question.protocol, &question.port, change(|q, v| q.protocol = v), change(|q, v| q.port = v)) }
            <label class="field port">{ "How many" }<Typed inputmode="numeric" value={(*count).clone()} onchange={recount} /></label>
            <button class="btn primary" type="submit">{ "Open connection" }</button>
            <div class="live-outcome">
                <p role="status" aria-live="polite">
                    if let Some(told) = outcome.as_ref().filter(|told| told.holds(ctx.world())) {
                        <span class={if told.open.is_some() { "mark-allow" } else { "mark-deny" }} aria-hidden="true">{ if told.open.is_some() { "✓" } else { "✕" } }</span>{ &told.text }
                        { match told.open {
                            None => html! { <>{ " " }<button type="button" class="link" onclick={ask(ctx, question.clone())}>{ "Trace the path" }</button></> },
                            Some((region, _)) if region != ctx.region() => html! { <>{ " " }<button type="button" class="link" onclick={show_list(ctx, region)}>{ format!("See it in {}", region.name()) }</button></> },
                            Some(_) => Html::default(),
                        } }
                    }
                </p>
                if let Ok(call) = made { <details class="as-text"><summary>{ "The command" }</summary><CallText {call} /></details> }
            </div>
        </form>
    }
}
