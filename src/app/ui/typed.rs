//! A field that holds what is being typed. The page is drawn anew while the clock runs, and Yew then writes a field's
//! `value` back: whoever typed at that moment would lose the words. Here they stay until the field is left.

use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

/// The text of what was changed: an input, a select or a text area.
pub fn text_of(event: &Event) -> String {
    let input = event.target_dyn_into::<HtmlInputElement>().map(|input| input.value());
    let select = || {
        event
            .target_dyn_into::<HtmlSelectElement>()
            .map(|select| select.value())
    };
    let area = || event.target_dyn_into::<HtmlTextAreaElement>().map(|area| area.value());
    input.or_else(select).or_else(area).unwrap_or_default()
}

/// Properties of [`Typed`].
#[derive(Properties, PartialEq)]
pub struct TypedProps {
    /// The text as it stands.
    pub value: AttrValue,
    /// Hears of a new text when it is finished: the field is left, or Enter was pressed.
    pub onchange: Callback<Event>,
    /// Lines of a text area; 0: a field of one line.
    #[prop_or_default]
    pub rows: u8,
    /// Digits only: the smallest and the largest number.
    #[prop_or_default]
    pub range: Option<(u32, u32)>,
    /// See HTML: which keys a phone shows.
    #[prop_or_default]
    pub inputmode: Option<AttrValue>,
    /// What stands there while it is empty.
    #[prop_or_default]
    pub placeholder: Option<AttrValue>,
    /// Id of a list of suggestions.
    #[prop_or_default]
    pub list: Option<AttrValue>,
    /// What it says when one points at it.
    #[prop_or_default]
    pub title: Option<AttrValue>,
    /// Whether a form waits for it.
    #[prop_or_default]
    pub required: bool,
    /// Whether nothing can be typed now.
    #[prop_or_default]
    pub disabled: bool,
}

/// A text field, a number or a text area. Stands inside its label.
#[component]
pub fn Typed(props: &TypedProps) -> Html {
    let draft = use_state(|| None::<String>);
    let oninput = {
        let draft = draft.clone();
        Callback::from(move |event: InputEvent| {
            let input = event.target_dyn_into::<HtmlInputElement>().map(|input| input.value());
            let area = || event.target_dyn_into::<HtmlTextAreaElement>().map(|area| area.value());
            draft.set(input.or_else(area));
        })
    };
    let onchange = {
        let (draft, onchange) = (draft.clone(), props.onchange.clone());
        Callback::from(move |event: Event| {
            onchange.emit(event);
            draft.set(None);
        })
    };
    let value = match &*draft {
        Some(typed) => AttrValue::from(typed.clone()),
        None => props.value.clone(),
    };
    let (placeholder, disabled) = (props.placeholder.clone(), props.disabled);
    if props.rows > 0 {
        return html! { <textarea rows={props.rows.to_string()} class="mono" {value} {placeholder} {disabled} {oninput} {onchange} /> };
    }
    let kind = if props.range.is_some() { "number" } else { "text" };
    let (min, max) = (
        props.range.map(|(min, _)| min.to_string()),
        props.range.map(|(_, max)| max.to_string()),
    );
    html! {
        <input type={kind} {min} {max} inputmode={props.inputmode.clone()} list={props.list.clone()} title={props.title.clone()}
            {value} {placeholder} {disabled} required={props.required} {oninput} {onchange} autocomplete="off" autocapitalize="off" spellcheck="false" />
    }
}
