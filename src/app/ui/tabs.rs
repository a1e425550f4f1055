//! Tabs: a few words, one of which is chosen.

use yew::prelude::*;

/// A list of tabs under a name that screen readers say; a press on one sets the state.
pub fn tabs<T: Copy + PartialEq + 'static>(
    label: impl Into<AttrValue>,
    chosen: &UseStateHandle<T>,
    of: impl IntoIterator<Item = (T, &'static str)>,
) -> Html {
    let setter = chosen.setter();
    tabs_to(label, **chosen, Callback::from(move |which| setter.set(which)), of)
}

/// [`tabs`] whose choice is kept elsewhere.
pub fn tabs_to<T: Copy + PartialEq + 'static>(
    label: impl Into<AttrValue>,
    chosen: T,
    choose: Callback<T>,
    of: impl IntoIterator<Item = (T, &'static str)>,
) -> Html {
    let label: AttrValue = label.into();
    let tab = |(which, word): (T, &'static str)| {
        let onclick = choose.reform(move |_: MouseEvent| which);
        html! { <button role="tab" class="tab" aria-selected={(chosen == which).to_string()} {onclick}>{ word }</button> }
    };
    html! { <div class="tabs" role="tablist" aria-label={label}>{ for of.into_iter().map(tab) }</div> }
}
