//! "Try to cheat": a packet with a forged sender, or an ear at the packets of others. The question goes through the same
//! door as every other; what came of it is the path that the panel shows.

use crate::inspector::machine;
use crate::panels::path::ask::ends;
use crate::session::action::PathQuestion;
use crate::session::cheat::Cheat;
use crate::session::{Action, ApiCall, Ctx, Panel, use_ctx};
use crate::ui::{CallButton, CommandLine, Settled, Source, Typed, text_of};
use std::rc::Rc;
use stratus_engine::base::ids::InstanceId;
use stratus_engine::network::Disposition;
use stratus_engine::network::isolation::STRANGER;
use stratus_engine::world::compute::{Instance, InstanceState, PhysicalHost};
use stratus_engine::world::vpc::NetworkInterface;
use stratus_model::{Structure, field};
use yew::prelude::*;

const PAPER: &str = "https://d1.awsstatic.com/whitepapers/Security/AWS_Security_Whitepaper.pdf";
/// Somebody on the Internet, whom one could pretend to be.
const SOMEBODY: &str = "198.51.100.7";

/// The tricks: value, and what it is called.
const TRICKS: [(&str, &str); 4] = [
    ("address", "Forge the source address"),
    ("frame", "Forge the sender's MAC address"),
    ("listen", "Listen to the packet above"),
    ("stranger", "Listen to another customer"),
];

/// What is filled in.
#[derive(Clone, Debug, PartialEq)]
struct Plan {
    trick: String,
    who: String,
    address: Option<String>,
}

/// The fold.
#[component]
pub fn TryToCheat() -> Html {
    let ctx = use_ctx();
    let plan = use_state(|| None::<Plan>);
    let question = ctx.screen().path.clone();
    let mine: Vec<(String, String)> = ends(ctx.world(), ctx.region())
        .into_iter()
        .skip(1)
        .filter(|(id, _)| is_running(&ctx, id))
        .collect();
    let plan_now = plan.as_ref().cloned().unwrap_or_else(|| planned(&question));
    let who = Some(plan_now.who.clone()).filter(|id| mine.iter().any(|(known, _)| known == id));
    let who = who.or_else(|| mine.first().map(|(id, _)| id.clone()));
    let address = plan_now
        .address
        .clone()
        .unwrap_or_else(|| somebody(&ctx, who.as_deref()));
    let change = |apply: fn(&mut Plan, String)| {
        let (plan, now) = (plan.clone(), plan_now.clone());
        Callback::from(move |event: Event| {
            let mut changed = now.clone();
            apply(&mut changed, text_of(&event));
            plan.set(Some(changed));
        })
    };
    let onsubmit = {
        let (ctx, question, trick, who, address) = (
            ctx.clone(),
            question.clone(),
            plan_now.trick.clone(),
            who.clone(),
            address.clone(),
        );
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(asked) = who.as_deref().and_then(|who| asked(&question, &trick, who, &address)) {
                ctx.act(Action::AskPath(asked));
                show_answer();
            }
        })
    };
    let cheats = question.cheat.is_some();
    html! {
        <details class="cheat">
            <summary class="btn">{ "Try to cheat" }if cheats { <span class="tag">{ "on" }</span> }</summary>
            if mine.is_empty() {
                <p class="soft">{ "Nobody can cheat yet: it takes an instance of yours that runs." }</p>
            } else {
                <form class="ask" {onsubmit}>
                    <label class="field trick">{ "Trick" }
                        <select onchange={change(|plan, value| plan.trick = value)}>
                            { for TRICKS.iter().map(|(value, words)| html! { <option value={*value} selected={plan_now.trick == *value}>{ *words }</option> }) }
                        </select>
                    </label>
                    <label class="field end">{ "Cheating instance" }
                        <select onchange={change(|plan, value| plan.who = value)}>
                            { for mine.iter().map(|(id, words)| html! { <option value={id.clone()} selected={who.as_ref() == Some(id)}>{ words }</option> }) }
                        </select>
                    </label>
                    if plan_now.trick == "address" {
                        <label class="field end">{ "Forged source address" }<Typed value={address.clone()} onchange={change(|plan, value| plan.address = Some(value))} /></label>
                    }
                    <button class="btn" type="submit">{ "Try it" }</button>
                    if cheats { <button class="btn quiet" type="button" onclick={honest(&ctx, &question)}>{ "Be honest again" }</button> }
                </form>
                if !cheats { <p class="soft">{ about(&plan_now.trick) }</p> }
            }
            if let (Some(cheat), Panel::Path) = (&question.cheat, ctx.screen().panel) { { outcome(&ctx, &question, cheat) } }
        </details>
    }
}

/// Brings what came of it into sight, once it has been drawn.
fn show_answer() {
    gloo::timers::callback::Timeout::new(80, || {
        if let Ok(Some(verdict)) = gloo::utils::document().query_selector(".path-panel > .verdict") {
            verdict.scroll_into_view();
        }
    })
    .forget();
}

fn is_running(ctx: &Ctx, id: &str) -> bool {
    let row = InstanceId::parse(id).and_then(|id| ctx.world().row::<Instance>(ctx.region(), id));
    row.is_some_and(|row| row.state == InstanceState::Running)
}

/// What the form begins with: the trick that is on.
fn planned(question: &PathQuestion) -> Plan {
    let (trick, who, address) = match question.cheat.as_deref() {
        Some(Cheat::Address(text)) => ("address", question.source.clone(), Some(text.clone())),
        Some(Cheat::Frame) => ("frame", question.source.clone(), None),
        Some(Cheat::Listen(id)) if question.destination == STRANGER.to_string() => ("stranger", id.to_string(), None),
        Some(Cheat::Listen(id)) => ("listen", id.to_string(), None),
        None => ("address", question.source.clone(), None),
    };
    Plan {
        trick: trick.to_owned(),
        who,
        address,
    }
}

/// Whom one would pretend to be: another instance of the same network, else somebody outside.
fn somebody(ctx: &Ctx, who: Option<&str>) -> String {
    let own = who.and_then(InstanceId::parse);
    let row = own.and_then(|id| ctx.world().row::<Instance>(ctx.region(), id));
    let interfaces = ctx
        .world()
        .ec2(ctx.region())
        .into_iter()
        .flat_map(|ec2| ec2.interfaces.rows());
    let other = interfaces
        .filter(|one| Some(one.vpc) == row.map(|row| row.vpc))
        .find(|one| one.attachment.as_ref().is_some_and(|at| Some(at.instance) != own));
    let address = other.and_then(|one| one.primary()).map(|one| one.private.to_string());
    address.unwrap_or_else(|| SOMEBODY.to_owned())
}

/// The question with the trick in it.
fn asked(question: &PathQuestion, trick: &str, who: &str, address: &str) -> Option<PathQuestion> {
    let mut asked = question.clone();
    asked.asked += 1;
    let stranger = STRANGER.to_string();
    if trick != "stranger" && asked.destination == stranger {
        asked.destination = "internet".to_owned();
    }
    let cheat = match trick {
        "listen" | "stranger" => {
            if trick == "stranger" {
                asked.source = "internet".to_owned();
                asked.destination = stranger;
            }
            Cheat::Listen(InstanceId::parse(who)?)
        }
        _ => {
            // To whom the question leads; where that is the cheat itself, to whom it came from.
            if asked.destination == who {
                asked.destination.clone_from(&asked.source);
            }
            if asked.destination.is_empty() || asked.destination == who {
                asked.destination = "internet".to_owned();
            }
            asked.source = who.to_owned();
            match trick {
                "frame" => Cheat::Frame,
                _ => Cheat::Address(address.to_owned()),
            }
        }
    };
    asked.cheat = Some(Rc::new(cheat));
    Some(asked)
}

/// The same question without the trick.
fn honest(ctx: &Ctx, question: &PathQuestion) -> Callback<MouseEvent> {
    let (ctx, mut asked) = (ctx.clone(), question.clone());
    asked.cheat = None;
    if asked.destination == STRANGER.to_string() {
        asked.destination = String::new();
        asked.asked = 0;
    } else {
        asked.asked += 1;
    }
    Callback::from(move |_| ctx.act(Action::AskPath(asked.clone())))
}

fn about(trick: &str) -> &'static str {
    match trick {
        "address" => {
            "It writes another address than its own into the packet, to pass for somebody else or to hide. The packet goes to the destination above."
        }
        "frame" => {
            "It writes another network card's MAC address on the frame, to take that card's place in the network."
        }
        "listen" => {
            "It sets its card to promiscuous mode, which on a cable of old showed everybody's packets, and waits for the packet above."
        }
        _ => {
            "It sets its card to promiscuous mode and waits for a packet of another customer on the same machine (192.0.2.10 stands for that guest; AWS tells nobody who it is)."
        }
    }
}

/// What came of it, what else decides, and who is on the machine.
fn outcome(ctx: &Ctx, question: &PathQuestion, cheat: &Cheat) -> Html {
    let settled = Settled::new(ctx);
    let who = match cheat {
        Cheat::Listen(id) => Some(*id),
        _ => InstanceId::parse(&question.source),
    };
    let traced = ctx.view().traced.clone().filter(|traced| traced.is_cheat());
    let Some((who, traced)) = who.zip(traced) else {
        return Html::default();
    };
    let region = traced.region;
    let row = ctx.world().row::<Instance>(region, who);
    let host = row.and_then(|row| ctx.world().row::<PhysicalHost>(region, row.host?));
    let own = ctx.world().ec2(region).and_then(|ec2| {
        let mut rows = ec2.interfaces.rows();
        rows.find(|one| {
            one.attachment
                .as_ref()
                .is_some_and(|at| at.instance == who && at.device_index == 0)
        })
    });
    html! {
        <div class="cheat-outcome">
            <div>
                <p role="status">{ said(traced.trace.disposition, cheat) }</p>
                if let (Cheat::Address(_) | Cheat::Frame, Some(interface)) = (cheat, own) { { check(interface, region) } }
                <details class="as-text"><summary>{ "The command, and what AWS says" }</summary>
                    <CommandLine command={cheat.call(region, question).command()} />
                    <Source source={PAPER}>{ "The host's firewall lets no guest send under another's address, and the hypervisor delivers nobody's frames but to whom they are for." }</Source>
                </details>
            </div>
            if let Some(host) = host { { machine::picture(&settled, region, host, Some(who)) } }
        </div>
    }
}

fn said(disposition: Disposition, cheat: &Cheat) -> &'static str {
    match (disposition, cheat) {
        (Disposition::Delivered, Cheat::Listen(_)) => "It gets this packet: it is one of its ends, or passes it on.",
        (Disposition::Delivered, _) => {
            "It gets away with it: the check is off, and a route leads through this instance, so that it may send for others."
        }
        (Disposition::Denied, Cheat::Listen(_)) => {
            "It hears nothing. The picture shows where the packet's way to it ends."
        }
        (Disposition::Denied, _) => "It does not get far: the picture shows the layer that stops it.",
        (Disposition::Unknown, _) => "There is nothing to try: one of the ends is not there, or has no such address.",
        _ => "The packet is lost for another reason, before anybody could be deceived.",
    }
}

/// The source/destination check of the one who sends, and its other position.
fn check(interface: &NetworkInterface, region: stratus_engine::catalog::Region) -> Html {
    let on = interface.source_dest_check;
    let params = Structure::new()
        .with(field::NETWORK_INTERFACE_ID, interface.id.to_string())
        .with(field::SOURCE_DEST_CHECK, Structure::new().with(field::VALUE, !on));
    let call = ApiCall::ec2(region, "ModifyNetworkInterfaceAttribute", params);
    let label = match on {
        true => "Turn the source/destination check off",
        false => "Turn the source/destination check on",
    };
    let own: Vec<String> = interface.addresses.iter().map(|one| one.private.to_string()).collect();
    html! {
        <>
            <p>{ format!("Its own address is {}. The source/destination check of its interface is {}.", own.join(", "), if on { "on" } else { "off: the next layer down looks all the same" }) }</p>
            <CallButton {label} {call} />
        </>
    }
}
