//! What the path panel shows once the later part of the program is here: "Predict first", the packet's header at each
//! step, the way as text, and the way as a file. Nothing of it decides anything: it shows what was traced.

mod drawing;
mod export;
mod header;
mod predict;
mod spoken;
mod spots;

use super::Place;
use crate::session::traced::Traced;
use std::rc::Rc;
use yew::prelude::*;

/// What stands at a place of the panel.
#[inline(never)]
pub(super) fn view(place: Place, traced: Option<Rc<Traced>>, reached: usize) -> Html {
    match (place, traced) {
        (Place::Above, _) => html! { <predict::Toggle /> },
        (Place::Veil, Some(traced)) => html! { <predict::Guess {traced} /> },
        (Place::Below, Some(traced)) => html! { <header::Header {traced} {reached} /> },
        (_, None) => Html::default(),
    }
}
