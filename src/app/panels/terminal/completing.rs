//! What Tab offers, as a list under the prompt. The keyboard's focus stays in the field.

use stratus_shell::line::Completion;
use yew::prelude::*;

/// Candidates on show: which of them is chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// What is offered.
    pub completion: Completion,
    /// The chosen one.
    pub at: usize,
}

/// The id of the list, and the beginning of its options'.
pub const LIST: &str = "terminal-offers";

/// The id of the chosen option.
pub fn chosen_id(at: usize) -> String {
    format!("{LIST}-{at}")
}

/// Properties of [`Offers`].
#[derive(Properties, PartialEq)]
pub struct OffersProps {
    /// What is offered.
    pub offer: Offer,
    /// Takes the one at this place.
    pub take: Callback<usize>,
}

/// The list.
#[component]
pub fn Offers(props: &OffersProps) -> Html {
    let at = props.offer.at;
    use_effect_with(at, |at| {
        if let Some(option) = gloo::utils::document().get_element_by_id(&chosen_id(*at)) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            option.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
    html! {
        <ul class="offers" id={LIST} role="listbox" aria-label="Completions">
            { for props.offer.completion.candidates.iter().enumerate().map(|(place, candidate)| {
                let take = props.take.reform(move |_: MouseEvent| place);
                // The field keeps the focus when one clicks.
                let hold = Callback::from(|event: MouseEvent| event.prevent_default());
                html! {
                    <li key={place} id={chosen_id(place)} role="option" aria-selected={(place == at).to_string()} class={classes!((place == at).then_some("here"))} onmousedown={hold} onclick={take}>
                        <span>{ &candidate.text }</span><span class="soft">{ &candidate.about }</span>
                    </li>
                }
            }) }
        </ul>
    }
}
