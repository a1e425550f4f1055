//! The question: Source, Destination, Protocol, Port, and the button that asks.

use crate::session::action::PathQuestion;
use crate::session::{Action, use_ctx};
use crate::ui::{Typed, text_of};
use stratus_engine::World;
use stratus_engine::catalog::Region;
use stratus_engine::world::compute::InstanceState;
use stratus_model::sort;
use web_sys::{HtmlInputElement, HtmlSelectElement, SubmitEvent};
use yew::prelude::*;

/// An end that can be chosen: the value, and how it is called.
pub(crate) fn ends(world: &World, region: Region) -> Vec<(String, String)> {
    let mut out = vec![("internet".to_owned(), "The Internet · 203.0.113.25".to_owned())];
    if let Some(ec2) = world.ec2(region) {
        let mut instances: Vec<_> = ec2
            .instances
            .rows()
            .filter(|i| i.state != InstanceState::Terminated)
            .collect();
        sort::by_key(&mut instances, |instance| instance.born);
        for instance in instances {
            let id = instance.id.to_string();
            let label = world.label(region, instance.id.into());
            let name = if label == id {
                crate::ui::short_id(&id)
            } else {
                format!("{label} · {}", crate::ui::short_id(&id))
            };
            out.push((id, name));
        }
        if !ec2.balancing.is_empty() {
            super::extra::nodes(ec2, &mut out);
        }
    }
    out
}

/// The protocols that can be asked for, and how they are called.
pub(crate) const PROTOCOLS: [(&str, &str); 3] = [("tcp", "TCP"), ("udp", "UDP"), ("icmp", "ICMP (ping)")];

/// The fields "Protocol" and "Port" of a question.
pub(crate) fn protocol_and_port(
    protocol: &str,
    port: &str,
    on_protocol: Callback<Event>,
    on_port: Callback<Event>,
) -> Html {
    html! {
        <>
            <label class="field protocol">{ "Protocol" }
                <select onchange={on_protocol}>
                    { for PROTOCOLS.map(|(value, name)| html! { <option {value} selected={protocol == value}>{ name }</option> }) }
                </select>
            </label>
            <label class="field port">{ "Port" }<Typed inputmode="numeric" value={port.to_owned()} disabled={protocol == "icmp"} onchange={on_port} /></label>
        </>
    }
}

/// The form.
#[component]
pub fn Ask() -> Html {
    let ctx = use_ctx();
    let question = ctx.screen().path.clone();
    let ends = ends(ctx.world(), ctx.region());
    let first = ends.get(1).map(|(id, _)| id.clone()).unwrap_or_default();
    let destination = if question.destination.is_empty() {
        first
    } else {
        question.destination.clone()
    };
    let change = |apply: fn(&mut PathQuestion, String)| {
        let (ctx, question, destination) = (ctx.clone(), question.clone(), destination.clone());
        Callback::from(move |event: Event| {
            let mut changed = question.clone();
            changed.destination = destination.clone();
            apply(&mut changed, text_of(&event));
            ctx.act(Action::AskPath(changed));
        })
    };
    let onsubmit = {
        let (ctx, question, destination) = (ctx.clone(), question.clone(), destination.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let mut asked = question.clone();
            asked.destination = destination.clone();
            asked.asked += 1;
            ctx.act(Action::AskPath(asked));
        })
    };
    let swap = {
        let (ctx, mut swapped) = (ctx.clone(), question.clone());
        swapped.source = destination.clone();
        swapped.destination = question.source.clone();
        Callback::from(move |_: MouseEvent| ctx.act(Action::AskPath(swapped.clone())))
    };
    html! {
        <form class="ask" {onsubmit}>
            <label class="field end">{ "Source" }<EndField value={question.source.clone()} ends={ends.clone()} list="path-sources" onchange={change(|q, v| q.source = v)} /></label>
            <button type="button" class="btn quiet swap" onclick={swap} aria-label="Swap source and destination" title="Swap">{ "⇄" }</button>
            <label class="field end">{ "Destination" }<EndField value={destination.clone()} {ends} list="path-destinations" onchange={change(|q, v| q.destination = v)} /></label>
            { protocol_and_port(&question.protocol, &question.port, change(|q, v| q.protocol = v), change(|q, v| q.port = v)) }
            <button class="btn primary" type="submit">{ "Trace path" }</button>
        </form>
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct EndProps {
    /// The end's id, or `internet`.
    pub value: String,
    /// What there is to choose from: see [`ends`].
    pub ends: Vec<(String, String)>,
    /// Name of a list of suggestions.
    pub list: AttrValue,
    /// Hears of another.
    pub onchange: Callback<Event>,
}

/// An end: one of a list, or typed (an interface's id, an address).
#[component]
pub(crate) fn EndField(props: &EndProps) -> Html {
    let known = props.ends.iter().any(|(value, _)| *value == props.value);
    let typing = use_state(|| false);
    if *typing || (!known && !props.value.is_empty()) {
        let onchange = {
            let (typing, onchange) = (typing.clone(), props.onchange.clone());
            Callback::from(move |event: Event| {
                let empty = event
                    .target_dyn_into::<HtmlInputElement>()
                    .is_none_or(|input| input.value().is_empty());
                typing.set(!empty);
                if !empty {
                    onchange.emit(event);
                }
            })
        };
        let shown = if known { String::new() } else { props.value.clone() };
        return html! { <Typed value={shown} required=true placeholder="i-…, eni-…, or 10.0.1.20" {onchange} title="An instance, an interface or an address. Clear it to choose from the list." /> };
    }
    let onchange = {
        let (typing, onchange) = (typing.clone(), props.onchange.clone());
        Callback::from(move |event: Event| {
            let select = event.target_dyn_into::<HtmlSelectElement>();
            if select.is_some_and(|select| select.value() == "…") {
                typing.set(true);
            } else {
                onchange.emit(event);
            }
        })
    };
    html! {
        <select {onchange}>
            if props.value.is_empty() { <option value="" selected={true}>{ "Choose…" }</option> }
            { for props.ends.iter().map(|(value, name)| html! { <option value={value.clone()} selected={*value == props.value}>{ name }</option> }) }
            <option value="…">{ "Another: an id or an address…" }</option>
        </select>
    }
}
