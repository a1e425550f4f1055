//! Ctrl+R: the newest line that holds what one types; again for older ones. Enter takes it, Escape leaves.

use std::rc::Rc;
use stratus_shell::Shell;
use web_sys::{HtmlInputElement, KeyboardEvent};
use yew::prelude::*;

/// Properties of [`Searching`].
#[derive(Properties)]
pub struct SearchingProps {
    /// The shell that remembers.
    pub shell: Rc<Shell>,
    /// Ends it: with a line, or without.
    pub done: Callback<Option<String>>,
}

impl PartialEq for SearchingProps {
    fn eq(&self, other: &SearchingProps) -> bool {
        Rc::ptr_eq(&self.shell, &other.shell) && self.done == other.done
    }
}

/// The search.
#[component]
pub fn Searching(props: &SearchingProps) -> Html {
    let words = use_state(String::new);
    let skip = use_state(|| 0_usize);
    let field = use_node_ref();
    {
        let field = field.clone();
        use_effect_with((), move |()| {
            if let Some(field) = field.cast::<HtmlInputElement>() {
                let _ = field.focus();
            }
        });
    }
    let found = Some(&*words)
        .filter(|words| !words.is_empty())
        .and_then(|words| props.shell.search(words, *skip));
    let found = found.map(|(_, line)| line.to_owned());
    let oninput = {
        let (words, skip) = (words.clone(), skip.clone());
        Callback::from(move |event: InputEvent| {
            if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
                words.set(field.value());
                skip.set(0);
            }
        })
    };
    let onkeydown = {
        let (skip, done, found, shell, words) = (
            skip.clone(),
            props.done.clone(),
            found.clone(),
            props.shell.clone(),
            words.clone(),
        );
        Callback::from(move |event: KeyboardEvent| {
            let control = event.ctrl_key();
            match event.key().as_str() {
                "r" if control => {
                    if shell.search(&words, *skip + 1).is_some() {
                        skip.set(*skip + 1);
                    }
                }
                "Enter" => done.emit(found.clone()),
                "Escape" => done.emit(None),
                "c" | "g" if control => done.emit(None),
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
        })
    };
    let told = match (&found, words.is_empty()) {
        (Some(line), _) => line.clone(),
        (None, true) => "Type a part of a line; Ctrl+R again for older ones, Enter takes it, Escape leaves".into(),
        (None, false) => "No line with this".into(),
    };
    html! {
        <div class="searching">
            <label for="terminal-search">{ "Search what was typed" }</label>
            <input id="terminal-search" ref={field} type="text" autocomplete="off" autocapitalize="off" spellcheck="false" {oninput} {onkeydown} />
            <p class={classes!("mono", found.is_none().then_some("soft"))} role="status">{ told }</p>
        </div>
    }
}
