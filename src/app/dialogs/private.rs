//! What of a world that is handed on may be private, a line each, to be left out: the list that Share and Export have in
//! common. Nothing here changes the world: what is left out is missing in the copy only.

use crate::ui::bytes_text;
use std::rc::Rc;
use stratus_classroom::File;
use stratus_classroom::link::CONTENT;
use stratus_classroom::sensitive::Item;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What may be private, and which of it to leave out: places in the rest.
pub struct Private {
    /// What is too large for a link, and so left out whatever one chooses; and the rest.
    found: Rc<(Vec<Item>, Vec<Item>)>,
    out: UseStateHandle<Vec<usize>>,
}

/// Of this file, which goes into a link or not. It is looked through once, however often the component is drawn.
#[hook]
pub fn use_private(file: &Option<Rc<File>>, linked: bool) -> Private {
    let address = file.as_ref().map(Rc::as_ptr);
    let found = use_memo(address, |_| {
        let items = file.as_ref().map(|file| file.sensitive()).unwrap_or_default();
        let large = |item: &Item| linked && item.is_too_large_for_a_link();
        items.into_iter().partition::<Vec<Item>, _>(large)
    });
    Private {
        found,
        out: use_state(Vec::new),
    }
}

impl Private {
    /// What is to be left out: for [`File::without`].
    pub fn left_out(&self) -> Vec<Item> {
        let item = |index: &usize| self.found.1.get(*index).cloned();
        let large = self.found.0.iter().cloned();
        large.chain(self.out.iter().filter_map(item)).collect()
    }

    /// What [`Private::left_out`] depends on.
    pub fn choice(&self) -> Vec<usize> {
        self.out.to_vec()
    }

    /// By name, what a link does not carry; nothing where it carries all.
    pub fn too_large(&self) -> Html {
        if self.found.0.is_empty() {
            return Html::default();
        }
        let limit = bytes_text(i64::try_from(CONTENT).unwrap_or(0));
        let line = |item: &Item| {
            let size = bytes_text(i64::try_from(item.bytes).unwrap_or(i64::MAX));
            html! { <li><b>{ &item.of }</b>{ format!(", {size}: {}", item.what.lost()) }</li> }
        };
        html! {
            <section class="private" aria-label="Not in the link">
                <p>{ format!("Contents above {limit} do not travel in a link. This one leaves out:") }</p>
                <ul class="plain-list">{ for self.found.0.iter().map(line) }</ul>
                <p class="soft">{ "The file carries them." }</p>
            </section>
        }
    }

    /// The list; nothing where there is nothing to leave out.
    pub fn list(&self) -> Html {
        if self.found.1.is_empty() {
            return Html::default();
        }
        let (all, out) = (self.found.1.len(), self.out.clone());
        // Events of all boxes arrive at the list; the box for all of them has no number.
        let onchange = Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
                return;
            };
            let one = input.value().parse().ok();
            let mut next = out.to_vec();
            next.retain(|index| one.is_some_and(|one: usize| one != *index));
            match one {
                _ if !input.checked() => {}
                Some(one) => next.push(one),
                None => next = (0..all).collect(),
            }
            next.sort_unstable();
            out.set(next);
        });
        html! {
            <fieldset class="private" {onchange}>
                <legend>{ "Leave out what is private" }</legend>
                if all > 1 {
                    <label class="check"><input type="checkbox" value="all" checked={self.out.len() == all} />{ "All of these" }</label>
                }
                { for self.found.1.iter().enumerate().map(|(index, item)| html! {
                    <div>
                        <label class="check"><input type="checkbox" value={index.to_string()} checked={self.out.contains(&index)} aria-describedby={format!("lost-{index}")} />{ item.line() }</label>
                        <small id={format!("lost-{index}")}>{ item.what.lost() }</small>
                    </div>
                }) }
            </fieldset>
        }
    }
}
