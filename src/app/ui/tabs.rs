//! Tabs: a few words, one of which is chosen.

use yew::prelude::*;

/// A list of tabs under a name that screen readers say; a press on one sets the state.
pub fn tabs<T: Copy + PartialEq + 'static>(
    label: impl Into<AttrValue>,
    chosen: &UseStateHandle<T>,
    of: impl IntoIterator<Item = (T, &'static str)>,
) -> Html {
    let label: AttrValue = label.into();
    let tab = |(which, word): (T, &'static str)| {
        let (here, setter) = (**chosen == which, chosen.setter());
        let onclick = Callback::from(move |_: MouseEvent| setter.set(which));
        html! { <button role="tab" class="tab" aria-selected={here.to_string()} {onclick}>{ word }</button> }
    };
    html! { <div class="tabs" role="tablist" aria-label={label}>{ for of.into_iter().map(tab) }</div> }
}
