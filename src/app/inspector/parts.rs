//! What every page of the inspector is made of: head, state, deeds, facts, rows that open, history, references.

use crate::dialogs::FormKind;
use crate::session::action::Confirm;
use crate::session::{Action, ApiCall, Dialog, Selection};
use crate::ui::{CallButton, Glyph, Icon, Settled, short_id, time_of_day};
use std::collections::BTreeMap;
use stratus_engine::base::ids::ResourceId;
use stratus_engine::catalog::Region;
use stratus_engine::history::NodeId;
use stratus_engine::world::journal::{Cause, Event};
use yew::prelude::*;

/// What stands at the head of a page: kind, name, id, and one plain sentence that says what such a thing is.
pub struct Head<'a> {
    /// The kind in words.
    pub kind: &'a str,
    /// The layer whose colour it wears (`l1` to `l6`), or empty.
    pub layer: &'static str,
    /// Its name.
    pub title: String,
    /// Its id, where it has one besides the name.
    pub id: Option<String>,
    /// What it is.
    pub what: Html,
}

impl Head<'_> {
    /// The markup.
    pub fn view(self) -> Html {
        let Head {
            kind,
            layer,
            title,
            id,
            what,
        } = self;
        html! {
            <header class="insp-head">
                <p class="kind">if !layer.is_empty() { <span class={classes!("chip", layer)} aria-hidden="true" /> }{ kind }</p>
                <h2>{ title }</h2>
                if let Some(id) = id { <IdLine {id} /> }
                <p class="what">{ what }</p>
            </header>
        }
    }
}

#[derive(Properties, PartialEq)]
struct IdProps {
    id: String,
}

/// An id that one click copies.
#[component]
fn IdLine(props: &IdProps) -> Html {
    let copied = use_state(|| false);
    let onclick = {
        let (copied, id) = (copied.clone(), props.id.clone());
        Callback::from(move |_: MouseEvent| {
            crate::ui::command::copy(&id);
            copied.set(true);
            let copied = copied.clone();
            gloo::timers::callback::Timeout::new(1_500, move || copied.set(false)).forget();
        })
    };
    html! {
        <p class="id"><span class="mono">{ &props.id }</span>
            <button class="btn quiet" {onclick} aria-label="Copy id" title="Copy id"><Icon glyph={if *copied { Glyph::Check } else { Glyph::Copy }} /></button>
        </p>
    }
}

/// A heading with what belongs under it.
pub fn section(title: &str, content: Html) -> Html {
    html! { <section class="part"><h3>{ title }</h3>{ content }</section> }
}

/// The same, closed until one opens it; `note` says what is inside.
pub fn fold(title: &str, note: &str, content: Html) -> Html {
    html! {
        <details class="part fold-part"><summary><h3>{ title }</h3>if !note.is_empty() { <span>{ note }</span> }</summary><div class="fold-body">{ content }</div></details>
    }
}

/// Terms and what they are here.
pub fn facts(rows: Vec<(&'static str, Html)>) -> Html {
    html! { <dl class="facts">{ for rows.into_iter().map(|(term, what)| html! { <><dt>{ term }</dt><dd>{ what }</dd></> }) }</dl> }
}

/// A text as a fact.
pub fn text(text: impl Into<AttrValue>) -> Html {
    let text: AttrValue = text.into();
    html! { { text } }
}

/// Something that one could type.
pub fn mono(text: impl Into<AttrValue>) -> Html {
    let text: AttrValue = text.into();
    html! { <span class="mono">{ text }</span> }
}

/// A state as dot and word.
pub fn state(word: &str) -> Html {
    html! { <span class={classes!("state", word.to_owned())}>{ word }</span> }
}

/// How a resource is called: its name, a group's own name, or its id, short.
pub fn name(ctx: &Settled, region: Region, id: ResourceId) -> String {
    let label = ctx.world().label(region, id);
    if label != id.to_string() {
        return label;
    }
    let ec2 = ctx.world().ec2(region);
    let own = match id {
        ResourceId::SecurityGroup(id) => ec2.and_then(|ec2| ec2.security_groups.get(&id)).map(|g| g.name.clone()),
        ResourceId::KeyPair(id) => ec2.and_then(|ec2| ec2.key_pairs.get(&id)).map(|key| key.name.clone()),
        ResourceId::Address(id) => ec2
            .and_then(|ec2| ec2.addresses.get(&id))
            .map(|address| address.address.to_string()),
        ResourceId::Vpc(id) => ec2
            .and_then(|ec2| ec2.vpcs.get(&id))
            .filter(|vpc| vpc.is_default)
            .map(|_| "Default VPC".to_owned()),
        ResourceId::PrefixList(id) => ec2.and_then(|ec2| ec2.prefix_lists.get(&id)).map(|l| l.name.clone()),
        _ => None,
    };
    own.unwrap_or_else(|| short_id(&label))
}

/// A link to a resource, by its name.
pub fn link(ctx: &Settled, region: Region, id: impl Into<ResourceId>) -> Html {
    let id = id.into();
    let (name, title) = (name(ctx, region, id), format!("{} {id}", id.kind().words()));
    if !ctx.world().has(region, id) {
        return html! { <span class="soft" title="It does not exist any more">{ name }{ " (gone)" }</span> };
    }
    html! { <button class="link" {title} onclick={ctx.on(move || Action::Select(Some(Selection::Resource(region, id))))}>{ name }</button> }
}

/// Several links, or a word where there are none.
pub fn links<I: Into<ResourceId>>(
    ctx: &Settled,
    region: Region,
    ids: impl IntoIterator<Item = I>,
    none: &'static str,
) -> Html {
    let ids: Vec<ResourceId> = ids.into_iter().map(Into::into).collect();
    if ids.is_empty() {
        return html! { <span class="soft">{ none }</span> };
    }
    html! { <>{ for ids.into_iter().enumerate().map(|(at, id)| html! { <>if at > 0 { { ", " } }{ link(ctx, region, id) }</> }) }</> }
}

/// A link that does something else.
pub fn act_link(ctx: &Settled, word: impl Into<AttrValue>, action: impl Fn() -> Action + 'static) -> Html {
    let word: AttrValue = word.into();
    html! { <button class="link" onclick={ctx.on(action)}>{ word }</button> }
}

/// Something that can be done here.
pub struct Deed {
    label: String,
    what: What,
    not: Option<String>,
    class: &'static str,
}

enum What {
    Call(ApiCall),
    Open(Dialog),
    Act(Callback<MouseEvent>),
}

impl Deed {
    /// A call, at once; its command is folded beneath.
    pub fn call(label: impl Into<String>, call: ApiCall) -> Deed {
        Deed::of(label, What::Call(call))
    }
    /// A call after a question.
    pub fn confirm(label: impl Into<String>, title: impl Into<String>, text: impl Into<String>, call: ApiCall) -> Deed {
        let label = label.into();
        let confirm = Confirm {
            title: title.into(),
            text: text.into(),
            verb: label.clone(),
            call,
        };
        Deed::of(label, What::Open(Dialog::Confirm(Box::new(confirm)))).class("danger")
    }
    /// A call that needs to be told more.
    pub fn form(label: impl Into<String>, form: FormKind) -> Deed {
        Deed::of(label, What::Open(Dialog::Form(form)))
    }
    /// Another dialog.
    pub fn open(label: impl Into<String>, dialog: Dialog) -> Deed {
        Deed::of(label, What::Open(dialog))
    }
    /// Something that is not a call.
    pub fn act(label: impl Into<String>, act: Callback<MouseEvent>) -> Deed {
        Deed::of(label, What::Act(act))
    }
    fn of(label: impl Into<String>, what: What) -> Deed {
        Deed {
            label: label.into(),
            what,
            not: None,
            class: "",
        }
    }
    /// Why it cannot be done now, if it cannot.
    pub fn unless(mut self, not: Option<impl Into<String>>) -> Deed {
        self.not = self.not.or(not.map(Into::into));
        self
    }
    /// `primary` or `danger`.
    pub fn class(mut self, class: &'static str) -> Deed {
        self.class = class;
        self
    }
}

/// The buttons, and below them, in words, why some of them cannot be pressed now.
pub fn deeds(ctx: &Settled, deeds: Vec<Deed>) -> Html {
    let reasons: Vec<(String, String)> = deeds
        .iter()
        .filter_map(|deed| Some((deed.label.clone(), deed.not.clone()?)))
        .collect();
    html! {
        <div class="deeds">
            { for deeds.into_iter().map(|deed| deed_button(ctx, deed)) }
            if !reasons.is_empty() {
                <ul class="why-not">{ for reasons.into_iter().map(|(label, why)| html! { <li><b>{ label }</b>{ ": " }{ why }</li> }) }</ul>
            }
        </div>
    }
}

fn deed_button(ctx: &Settled, deed: Deed) -> Html {
    let Deed {
        label,
        what,
        not,
        class,
    } = deed;
    let disabled = not.is_some();
    match what {
        What::Call(call) => {
            html! { <CallButton key={label.clone()} label={label.clone()} {call} disabled={not.map(AttrValue::from)} class={classes!(class)} /> }
        }
        What::Open(dialog) => {
            let onclick = ctx.on(move || Action::Dialog(Some(dialog.clone())));
            html! { <button key={label.clone()} class={classes!("btn", class)} {onclick} {disabled} title={not} aria-haspopup="dialog">{ label.clone() }{ "…" }</button> }
        }
        What::Act(onclick) => {
            html! { <button key={label.clone()} class={classes!("btn", class)} {onclick} {disabled} title={not}>{ label.clone() }</button> }
        }
    }
}

/// One line of a [`ledger`]: what it shows, and what opens beneath it.
pub struct Entry {
    /// What tells it from the others.
    pub key: String,
    /// Its columns.
    pub columns: Vec<Html>,
    /// What one can know and do about it; `None` where there is nothing.
    pub detail: Option<Html>,
    /// `allow`, `deny`, or nothing.
    pub class: &'static str,
}

/// Rules, routes, entries: a table whose lines open.
pub fn ledger(class: &'static str, heads: &[&'static str], entries: Vec<Entry>) -> Html {
    html! {
        <div class={classes!("ledger", class)}>
            <div class="ledger-head" aria-hidden="true">{ for heads.iter().map(|head| html! { <span>{ *head }</span> }) }</div>
            { for entries.into_iter().map(|entry| {
                let columns = entry.columns.into_iter().map(|column| html! { <span>{ column }</span> });
                match entry.detail {
                    Some(detail) => html! { <details key={entry.key} class={entry.class}><summary>{ for columns }</summary><div class="ledger-detail">{ detail }</div></details> },
                    None => html! { <div key={entry.key} class={classes!("ledger-line", entry.class)}>{ for columns }</div> },
                }
            }) }
        </div>
    }
}

/// The call of this number on the way to the present state: its node and operation.
pub fn call_of(ctx: &Settled, number: u64) -> Option<(NodeId, &'static str)> {
    ctx.read(|engine| {
        let history = engine.history();
        let place = usize::try_from(number).ok()?.checked_sub(1)?;
        let node = *history.path(history.current()).get(place)?;
        Some((node, history.node(node).call.as_ref()?.operation.name))
    })
}

/// Why something happened: a link to the call, or the rule with its source.
pub fn because(ctx: &Settled, cause: &Cause) -> Html {
    match cause {
        Cause::Call(number) => match call_of(ctx, *number) {
            Some((node, operation)) => {
                html! { <>{ "because of " }{ act_link(ctx, format!("{operation} (call {number})"), move || Action::Select(Some(Selection::Call(node)))) }</> }
            }
            None => html! { { format!("because of call {number}") } },
        },
        Cause::Clock { rule, source } => {
            let documented = source.starts_with("https://");
            html! {
                <>{ rule.as_ref() }{ " " }
                    if documented { <a class="tag" href={source.to_string()} target="_blank" rel="noopener noreferrer" title="AWS documents this">{ "documented" }</a> }
                    else { <span class="tag ours" title="AWS publishes nothing here: a choice of this simulation">{ "ours" }</span> }
                </>
            }
        }
    }
}

/// Events of a resource, newest first. Those of global services have no Region.
pub fn events(ctx: &Settled, region: Region, id: ResourceId) -> Vec<Event> {
    let journal = &ctx.world().journal;
    let mut found: Vec<Event> = journal
        .iter()
        .map(|(_, event)| event)
        .filter(|event| event.resource == Some(id) && event.region.is_none_or(|at| at == region))
        .cloned()
        .collect();
    found.reverse();
    found
}

/// The state, since when, and why.
pub fn state_since(ctx: &Settled, region: Region, id: ResourceId, word: &str, more: Html) -> Html {
    let arrow = format!("→ {word}");
    let launched = format!(": {word}");
    let came = events(ctx, region, id)
        .into_iter()
        .find(|event| event.text.ends_with(&arrow) || event.text.ends_with(&launched) || event.text == word);
    html! {
        <div class="state-line">
            <p>{ state(word) }if let Some(event) = &came { <span class="soft">{ format!("since {}", time_of_day(event.at)) }</span> }</p>
            if let Some(event) = &came { <p class="because">{ because(ctx, &event.cause) }</p> }
            { more }
        </div>
    }
}

/// What happened to a resource and why, newest first.
pub fn history(ctx: &Settled, region: Region, id: ResourceId) -> Html {
    let all = events(ctx, region, id);
    if all.is_empty() {
        return fold(
            "What happened",
            "",
            html! { <p class="soft">{ "Nothing yet: it has been there from the start." }</p> },
        );
    }
    let note = crate::map::count(all.len(), "event", "events");
    fold(
        "What happened",
        &note,
        html! {
            <ol class="history">{ for all.iter().take(40).map(|event| html! {
                <li><time class="mono">{ time_of_day(event.at) }</time><div>{ event.text.as_ref() }<p class="because">{ because(ctx, &event.cause) }</p></div></li>
            }) }</ol>
        },
    )
}

/// What refers to a resource, by kind: what stands in the way of deleting it.
pub fn referrers(ctx: &Settled, region: Region, id: ResourceId) -> Html {
    let all = ctx.world().referrers(region, id);
    if all.is_empty() {
        return Html::default();
    }
    let mut kinds: BTreeMap<_, Vec<ResourceId>> = BTreeMap::new();
    for id in &all {
        kinds.entry(id.kind()).or_default().push(*id);
    }
    fold(
        "Used by",
        &all.len().to_string(),
        html! {
            <dl class="facts">{ for kinds.into_iter().map(|(kind, ids)| {
                let more = ids.len().saturating_sub(20);
                html! { <><dt>{ kind.words() }</dt><dd>{ links(ctx, region, ids.into_iter().take(20), "") }if more > 0 { { format!(" and {more} more") } }</dd></> }
            }) }</dl>
        },
    )
}

/// What a resource of the account's has in common with all others: tags, history, what uses it.
pub fn common(ctx: &Settled, region: Region, id: ResourceId) -> Html {
    html! {
        <>
            { referrers(ctx, region, id) }
            <super::tags::Tags settled={ctx.clone()} {region} {id} />
            { history(ctx, region, id) }
        </>
    }
}
