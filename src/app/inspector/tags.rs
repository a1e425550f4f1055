//! Tags of a resource: shown, added, taken away.

use super::parts::fold;
use crate::session::ApiCall;
use crate::session::action::Outcome;
use crate::ui::{CallButton, Settled};
use stratus_engine::base::ids::ResourceId;
use stratus_engine::catalog::Region;
use stratus_model::{Structure, field};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Properties of [`Tags`].
#[derive(Properties, PartialEq)]
pub struct TagsProps {
    /// The context.
    pub settled: Settled,
    /// Where.
    pub region: Region,
    /// Whose.
    pub id: ResourceId,
}

/// One tag of one resource, as CreateTags and DeleteTags take it.
fn params(id: ResourceId, key: &str, value: &str) -> Structure {
    let tag = Structure::new().with(field::KEY, key).with(field::VALUE, value);
    Structure::new()
        .with(field::RESOURCES, vec![id.to_string()])
        .with(field::TAGS, vec![tag])
}

/// The tags, closed until one opens them.
#[component]
pub fn Tags(props: &TagsProps) -> Html {
    let (ctx, region, id) = (&props.settled, props.region, props.id);
    let key = use_state(|| "Name".to_owned());
    let value = use_state(String::new);
    let typed = |into: &UseStateHandle<String>| {
        let into = into.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                into.set(input.value());
            }
        })
    };
    let done = {
        let value = value.clone();
        Callback::from(move |outcome: Outcome| {
            if outcome.is_ok() {
                value.set(String::new());
            }
        })
    };
    let tags: Vec<(String, String)> = ctx
        .world()
        .tags(region, id)
        .into_iter()
        .flatten()
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    let note = match tags.as_slice() {
        [] => "none".to_owned(),
        [(key, value)] => format!("{key} = {value}"),
        all => all.len().to_string(),
    };
    let add = ApiCall::ec2(region, "CreateTags", params(id, key.trim(), &value));
    let not = key.trim().is_empty().then(|| AttrValue::from("A tag needs a key."));
    fold(
        "Tags",
        &note,
        html! {
            <>
                <p class="soft">{ "Labels of your own. The one with the key Name is what the map calls it by." }</p>
                if !tags.is_empty() {
                    <ul class="tags">{ for tags.into_iter().map(|(key, value)| {
                        let call = ApiCall::ec2(region, "DeleteTags", params(id, &key, &value));
                        html! { <li key={key.clone()}><span><b>{ key.clone() }</b>{ " = " }{ value }</span><CallButton label={format!("Remove tag {key}")} {call} class={classes!("small")} /></li> }
                    }) }</ul>
                }
                <div class="pair tag-add">
                    <label class="field">{ "Key" }<input type="text" value={(*key).clone()} oninput={typed(&key)} maxlength="127" /></label>
                    <label class="field">{ "Value" }<input type="text" value={(*value).clone()} oninput={typed(&value)} maxlength="255" /></label>
                </div>
                <CallButton label="Add tag" call={add} disabled={not} done={Some(done)} />
            </>
        },
    )
}
