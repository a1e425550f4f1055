//! The shape that most pages have: head, state, facts, deeds, what else belongs to it, tags and history, source.

use super::parts::*;
use crate::ui::{Settled, Source};
use stratus_engine::base::ids::ResourceId;
use stratus_engine::catalog::Region;
use yew::prelude::*;

/// What differs from kind to kind.
pub struct Told {
    /// The kind in words.
    pub kind: &'static str,
    /// The layer whose colour it wears, or empty.
    pub layer: &'static str,
    /// What it is.
    pub what: &'static str,
    /// Its state; empty where it has none.
    pub state: &'static str,
    /// Terms and what they are here.
    pub facts: Vec<(&'static str, Html)>,
    /// What can be done with it.
    pub deeds: Vec<Deed>,
    /// Pictures and lists of what belongs to it.
    pub parts: Html,
    /// A page of AWS's documentation or `ours`, and a sentence.
    pub source: (&'static str, &'static str),
}

/// The page.
pub fn page(ctx: &Settled, region: Region, id: ResourceId, told: Told) -> Html {
    let (url, sentence) = told.source;
    let title = name(ctx, region, id);
    html! {
        <>
            { Head { kind: told.kind, layer: told.layer, title, id: Some(id.to_string()), what: text(told.what) }.view() }
            if !told.state.is_empty() { { state_since(ctx, region, id, told.state, html! {}) } }
            { facts(told.facts) }
            { deeds(ctx, told.deeds) }
            { told.parts }
            { common(ctx, region, id) }
            <Source source={url}>{ sentence }</Source>
        </>
    }
}

/// Something to be deleted, after a question.
pub fn delete(
    region: Region,
    operation: &'static str,
    params: stratus_model::Structure,
    what: &str,
    after: &str,
) -> Deed {
    Deed::confirm(
        format!("Delete {what}"),
        format!("Delete the {what}?"),
        after,
        crate::session::ApiCall::ec2(region, operation, params),
    )
}

/// What stands where a list has nothing yet.
pub fn none_yet(words: &'static str) -> Html {
    html! { <p class="soft">{ words }</p> }
}
