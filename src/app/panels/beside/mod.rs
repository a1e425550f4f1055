//! EC2-Classic beside a VPC: one workload in both, the same packet's two ways layer by layer, and each layer's difference in
//! a sentence. What is said is the engine's (`network::beside`); nothing here decides anything.

use crate::panels::path::stage::layer_words;
use crate::scripting::parse_flow;
use crate::session::action::PathQuestion;
use crate::session::{Action, Ctx, use_ctx};
use crate::ui::{Empty, Settled, Source, Typed, text_of};
use std::rc::Rc;
use stratus_engine::base::ids::InstanceId;
use stratus_engine::network::beside::{self, Beside, Line, Stand};
use stratus_engine::network::{Hop, Verdict};
use yew::prelude::*;

/// The scenario that has a workload in both.
const SCENARIO: &str = "classic-and-vpc";

/// What is asked: ends are ids, or `internet`.
#[derive(Clone, PartialEq)]
struct Asked {
    /// Sender and receiver in EC2-Classic.
    classic: (String, String),
    /// Sender and receiver in the VPC.
    vpc: (String, String),
    protocol: String,
    port: String,
}

impl Asked {
    /// The first two instances of either side, on the port that the path panel asks about.
    fn first(question: &PathQuestion, classic: &[InstanceId], vpc: &[InstanceId]) -> Asked {
        let ends = |all: &[InstanceId]| match all {
            [] => ("internet".to_owned(), String::new()),
            [only] => ("internet".to_owned(), only.to_string()),
            [one, other, ..] => (one.to_string(), other.to_string()),
        };
        Asked {
            classic: ends(classic),
            vpc: ends(vpc),
            // The one that its field is about.
            protocol: "tcp".to_owned(),
            port: match question.protocol.as_str() {
                "tcp" => question.port.clone(),
                _ => "80".to_owned(),
            },
        }
    }

    /// Whether all its ends are there: another Region may be shown since, or another world.
    fn fits(&self, classic: &[InstanceId], vpc: &[InstanceId]) -> bool {
        let known = |end: &String, all: &[InstanceId]| end == "internet" || all.iter().any(|id| id.to_string() == *end);
        let side = |(source, destination): &(String, String), all| known(source, all) && known(destination, all);
        side(&self.classic, classic) && side(&self.vpc, vpc)
    }

    fn judge(&self, ctx: &Ctx) -> Result<Beside, String> {
        let flow =
            |(source, destination): &(String, String)| parse_flow(source, destination, &self.protocol, &self.port);
        let (classic, vpc) = (flow(&self.classic)?, flow(&self.vpc)?);
        Ok(ctx.read(|engine| beside::beside(engine.world(), ctx.region(), &classic, &vpc)))
    }

    /// The same question of one side, for the path panel.
    fn question(&self, (source, destination): &(String, String), asked: u32) -> PathQuestion {
        PathQuestion {
            source: source.clone(),
            destination: destination.clone(),
            protocol: self.protocol.clone(),
            port: self.port.clone(),
            asked,
            cheat: None,
        }
    }
}

/// The two side by side.
#[component]
pub fn BesideView() -> Html {
    let ctx = use_ctx();
    html! { <Sides settled={Settled::new(&ctx)} /> }
}

#[derive(Properties, PartialEq)]
struct SidesProps {
    settled: Settled,
}

#[component]
fn Sides(props: &SidesProps) -> Html {
    let ctx = &props.settled;
    let (classic, vpc) = beside::workloads(ctx.world(), ctx.region());
    let chosen = use_state(|| None::<Asked>);
    let asked = chosen
        .as_ref()
        .filter(|asked| asked.fits(&classic, &vpc))
        .cloned()
        .unwrap_or_else(|| Asked::first(&ctx.screen().path, &classic, &vpc));
    let state = (asked.clone(), ctx.view().world_stamp);
    let judged = use_memo(state, |(asked, _)| asked.judge(ctx));
    if classic.is_empty() || vpc.is_empty() {
        return html! {
            <Empty title="Nothing stands in both yet">
                <p>{ "Until 2013 every new account had EC2-Classic: one flat network that all customers shared, without subnets, route tables or network ACLs. AWS shut it down in 2023. What a VPC adds is easiest seen beside it." }</p>
                <button class="btn primary" onclick={ctx.on(|| Action::OpenScenario(SCENARIO.to_owned()))}>{ "Open a workload in both" }</button>
            </Empty>
        };
    }
    let change = |apply: fn(&mut Asked, String)| {
        let (chosen, asked) = (chosen.clone(), asked.clone());
        Callback::from(move |event: Event| {
            let mut changed = asked.clone();
            apply(&mut changed, text_of(&event));
            chosen.set(Some(changed));
        })
    };
    let end = |label: &'static str, value: &str, all: &[InstanceId], onchange: Callback<Event>| {
        let option =
            |id: String, name: String| html! { <option value={id.clone()} selected={id == value}>{ name }</option> };
        html! {
            <label class="field end">{ label }
                <select {onchange}>
                    { option("internet".to_owned(), "The Internet".to_owned()) }
                    { for all.iter().map(|id| option(id.to_string(), ctx.world().label(ctx.region(), (*id).into()))) }
                </select>
            </label>
        }
    };
    html! {
        <div class="beside-view">
            <h1 class="visually-hidden">{ "EC2-Classic beside a VPC" }</h1>
            <div class="ask">
                { end("Source in EC2-Classic", &asked.classic.0, &classic, change(|asked, id| asked.classic.0 = id)) }
                { end("Destination in EC2-Classic", &asked.classic.1, &classic, change(|asked, id| asked.classic.1 = id)) }
                { end("Source in the VPC", &asked.vpc.0, &vpc, change(|asked, id| asked.vpc.0 = id)) }
                { end("Destination in the VPC", &asked.vpc.1, &vpc, change(|asked, id| asked.vpc.1 = id)) }
                <label class="field port">{ "TCP port" }<Typed inputmode="numeric" value={asked.port.clone()} onchange={change(|asked, port| asked.port = port)} /></label>
            </div>
            { match &*judged {
                Err(problem) => html! { <p class="field-error" role="alert">{ problem }</p> },
                Ok(found) => shown(ctx, &asked, found),
            } }
        </div>
    }
}

fn shown(ctx: &Ctx, asked: &Asked, found: &Beside) -> Html {
    let trace = |side: &(String, String)| {
        let question = Rc::new(asked.question(side, ctx.screen().path.asked + 1));
        ctx.on(move || Action::AskPath((*question).clone()))
    };
    html! {
        <>
            <p class="matrix-says" role="status">{ &found.outcome }</p>
            <div class="row">
                <button class="btn" onclick={trace(&asked.classic)}>{ "Trace it in EC2-Classic" }</button>
                <button class="btn" onclick={trace(&asked.vpc)}>{ "Trace it in the VPC" }</button>
            </div>
            { for [false, true].map(|back| {
                let lines: Vec<&Line> = found.lines.iter().filter(|line| line.back == back).collect();
                html! {
                    if !lines.is_empty() {
                        <section><h2>{ if back { "The answer's way" } else { "The request's way" } }</h2>
                            <ol class="beside">{ for lines.into_iter().map(|line| row(found, line)) }</ol>
                        </section>
                    }
                }
            }) }
            if let Some(line) = found.lines.first() { <Source source={line.source}>{ "How the two platforms differed." }</Source> }
        </>
    }
}

fn row(found: &Beside, line: &Line) -> Html {
    let stand = match line.stand {
        Stand::Sender => "sender",
        Stand::Between => "between the hosts",
        Stand::Receiver => "receiver",
    };
    let steps = |trace: &stratus_engine::network::Trace, places: &[usize]| -> Vec<Hop> {
        let all = if line.back { &trace.back } else { &trace.forward };
        places.iter().filter_map(|place| all.get(*place).cloned()).collect()
    };
    html! {
        <li class={classes!(line.differs.then_some("differs"))}>
            <h3>{ layer_words(line.layer).0 }<span class="soft">{ stand }</span>if line.differs { <span class="tag">{ "differs" }</span> }</h3>
            <div><b>{ "EC2-Classic" }</b>{ cell(&steps(&found.classic, &line.classic)) }</div>
            <div><b>{ "VPC" }</b>{ cell(&steps(&found.vpc, &line.vpc)) }</div>
            if !line.difference.is_empty() { <p>{ &line.difference }</p> }
        </li>
    }
}

/// What a layer did with the packet, step by step.
fn cell(hops: &[Hop]) -> Html {
    if hops.is_empty() {
        return html! { <p class="soft">{ "Nothing here, or the packet never came this far." }</p> };
    }
    html! {
        <ul>
            { for hops.iter().map(|hop| {
                let stopped = hop.verdict == Verdict::Deny;
                html! { <li><span class={if stopped { "mark-deny" } else { "mark-allow" }} aria-hidden="true">{ if stopped { "✕" } else { "✓" } }</span><span>{ hop.text().to_owned() }</span></li> }
            }) }
        </ul>
    }
}
