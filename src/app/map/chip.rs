//! An instance as the map shows it: name, type, state as dot and word, addresses, security groups, volumes.

use super::picture::InstanceBox;
use crate::ui::{Glyph, Icon};
use std::rc::Rc;
use stratus_engine::base::ids::ResourceId;
use stratus_engine::world::compute::InstanceState;
use web_sys::Element;
use yew::prelude::*;

/// How near one looks: how much an instance shows of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// A dot in the colour and form of its state: a thousand fit on a screen.
    Dot,
    /// One line: state and name.
    Line,
    /// All.
    Whole,
}

impl Detail {
    /// What suits so many instances.
    pub fn for_count(instances: usize) -> Detail {
        match instances {
            0..=30 => Detail::Whole,
            31..=200 => Detail::Line,
            _ => Detail::Dot,
        }
    }
    /// Of a list in this detail, for the style sheet.
    pub fn class(self) -> Option<&'static str> {
        match self {
            Detail::Dot => Some("dots"),
            Detail::Line => Some("lines"),
            Detail::Whole => None,
        }
    }
    /// One step further away.
    pub fn farther(self) -> Detail {
        if self == Detail::Whole {
            Detail::Line
        } else {
            Detail::Dot
        }
    }
    /// One step nearer.
    pub fn nearer(self) -> Detail {
        if self == Detail::Dot {
            Detail::Line
        } else {
            Detail::Whole
        }
    }
}

/// Properties of [`InstanceChip`].
#[derive(Properties, PartialEq)]
pub struct ChipProps {
    /// The instance.
    pub instance: Rc<InstanceBox>,
    /// How much of it is shown.
    pub detail: Detail,
    /// The selected resource, where it is the instance or a part of the chip.
    pub chosen: Option<ResourceId>,
    /// Selects a resource; always the same callback.
    pub on_select: Callback<ResourceId>,
}

/// Whether a resource is shown on an instance's chip.
pub fn shows(instance: &InstanceBox, id: ResourceId) -> bool {
    match id {
        ResourceId::Instance(id) => instance.id == id,
        ResourceId::SecurityGroup(id) => instance.groups.iter().any(|(group, _)| *group == id),
        ResourceId::Volume(id) => instance.disks.iter().any(|(disk, ..)| *disk == id),
        _ => false,
    }
}

/// The state's word, and the class of its dot.
fn state_words(instance: &InstanceBox) -> (&'static str, &'static str) {
    match instance.state {
        InstanceState::Running if instance.impaired => ("impaired", "impaired"),
        InstanceState::Running if instance.booting => ("booting", "initializing"),
        state => (state.name(), state.name()),
    }
}

/// The chip. Its properties are plain data, so that a change elsewhere leaves it as it is.
#[component]
pub fn InstanceChip(props: &ChipProps) -> Html {
    let instance = &props.instance;
    let (word, class) = state_words(instance);
    let is_chosen = |id: ResourceId| props.chosen == Some(id);
    let selected = is_chosen(instance.id.into());
    let select = |id: ResourceId| props.on_select.reform(move |_: MouseEvent| id);
    let node = use_node_ref();
    use_shown_when_selected(&node, selected);
    let changes = use_changes(word);
    if props.detail < Detail::Whole {
        let dot = props.detail == Detail::Dot;
        let name = dot.then(|| format!("{}, {word}", instance.name));
        return html! {
            <li class={classes!(if dot { "dot" } else { "instance" }, instance.state.name(), selected.then_some("selected"))} ref={node} data-at={instance.id.to_string()}>
                <button class="instance-main" onclick={select(instance.id.into())} aria-pressed={selected.to_string()} aria-label={name} title={format!("{} · {} · {word}", instance.name, instance.kind)}>
                    <span class={classes!("state", class)}>if !dot { <b>{ &instance.name }</b> }</span>
                    if !dot { <span class="visually-hidden">{ word }</span> }
                </button>
                if changes > 0 { <span class="ripple" key={changes} aria-hidden="true" /> }
            </li>
        };
    }
    let address = instance.private.as_deref().unwrap_or("no address");
    html! {
        <li class={classes!("instance", instance.state.name(), selected.then_some("selected"))} ref={node} data-at={instance.id.to_string()}>
            <button class="instance-main" onclick={select(instance.id.into())} aria-pressed={selected.to_string()}>
                <span class="line"><b>{ &instance.name }</b><span class="kind">{ instance.kind }</span></span>
                <span class="line"><span class={classes!("state", class)}>{ word }</span></span>
                <span class="line addresses">
                    <span title="Private IPv4 address">{ address }</span>
                    if let Some((public, elastic)) = &instance.public {
                        <span class="public" title={if *elastic { "Public: an Elastic IP address" } else { "Public IPv4 address, lent until the instance stops" }}><Icon glyph={Glyph::Globe} />{ public }</span>
                    }
                </span>
            </button>
            <span class="minis">
                { for instance.groups.iter().map(|(id, name)| html! {
                    <button class="mini l4" onclick={select((*id).into())} aria-label={format!("{name}, security group of {}", instance.name)} title={format!("Security group {name}")} aria-pressed={is_chosen((*id).into()).to_string()}><Icon glyph={Glyph::Shield} />{ name }</button>
                }) }
                { for instance.disks.iter().map(|(id, text, root)| {
                    let kind = if *root { "root volume" } else { "data volume" };
                    html! { <button class="mini disk" onclick={select((*id).into())} aria-label={format!("{text}, {kind} of {}", instance.name)} title={format!("{} of {}", if *root { "Root volume" } else { "Data volume" }, instance.name)} aria-pressed={is_chosen((*id).into()).to_string()}><Icon glyph={Glyph::Storage} />{ text }</button> }
                }) }
            </span>
            if changes > 0 { <span class="ripple" key={changes} aria-hidden="true" /> }
        </li>
    }
}

/// How often the state has changed since the chip came: each time a ripple runs. One that comes while it is being
/// made ripples at once.
#[hook]
fn use_changes(word: &'static str) -> u32 {
    let seen = use_mut_ref(|| (word, u32::from(word == "pending")));
    let mut seen = seen.borrow_mut();
    if seen.0 != word {
        *seen = (word, seen.1 + 1);
    }
    seen.1
}

/// Scrolls what was selected elsewhere (search, a link in the inspector) into sight.
#[hook]
fn use_shown_when_selected(node: &NodeRef, selected: bool) {
    let node = node.clone();
    use_effect_with(selected, move |selected| {
        if let (true, Some(element)) = (*selected, node.cast::<Element>()) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            element.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
}
