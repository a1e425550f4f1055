//! The field "Command": Enter runs it, Shift+Enter begins a line, Tab completes, the arrows recall.
//!
//! Tab never holds anybody: in an empty field, where nothing fits, and after Escape it goes on to the next control.

use super::completing::{LIST, Offer, Offers, chosen_id};
use super::searching::Searching;
use crate::session::Action;
use crate::session::action::TerminalAction;
use crate::ui::{Glyph, Icon, Settled};
use std::cell::RefCell;
use std::rc::Rc;
use stratus_engine::catalog::Region;
use stratus_shell::{Session, Shell};
use web_sys::{HtmlTextAreaElement, KeyboardEvent, SubmitEvent};
use yew::prelude::*;

/// Most lines that the field shows at once.
const ROWS: usize = 12;

/// Properties of [`Prompt`].
#[derive(Properties, PartialEq)]
pub struct PromptProps {
    /// The session.
    pub ctx: Settled,
}

/// What the keys of the field work with.
#[derive(Clone)]
struct Keys {
    ctx: Settled,
    field: NodeRef,
    offer: UseStateHandle<Option<Offer>>,
    searching: UseStateHandle<bool>,
    rows: UseStateHandle<usize>,
    memory: Rc<RefCell<Memory>>,
}

/// What need not be drawn.
#[derive(Default)]
struct Memory {
    /// How many lines of the history back.
    back: usize,
    /// What stood in the field before the arrows.
    draft: String,
    /// Escape was pressed: Tab goes on.
    released: bool,
}

/// Byte of a text from the browser's count of UTF-16 units.
fn byte_at(text: &str, units: u32) -> usize {
    let mut seen = 0;
    for (at, c) in text.char_indices() {
        if seen >= units {
            return at;
        }
        seen += c.len_utf16() as u32;
    }
    text.len()
}

fn units(text: &str) -> u32 {
    text.encode_utf16().count() as u32
}

impl Keys {
    /// A callback that has these at hand.
    fn on<E: 'static>(&self, act: impl Fn(&Keys, E) + 'static) -> Callback<E> {
        let keys = self.clone();
        Callback::from(move |event: E| act(&keys, event))
    }

    fn element(&self) -> Option<HtmlTextAreaElement> {
        self.field.cast::<HtmlTextAreaElement>()
    }

    fn shell(&self) -> Rc<Shell> {
        let known = self.ctx.view().terminal.shell.clone();
        let shell = known.unwrap_or_else(|| Rc::new(Shell::new(Session::new(Region::US_EAST_1))));
        if shell.session.region == self.ctx.region() {
            return shell;
        }
        let mut shell = Rc::unwrap_or_clone(shell);
        shell.session.region = self.ctx.region();
        Rc::new(shell)
    }

    /// Writes into the field, with the cursor at a byte.
    fn write(&self, text: &str, cursor: usize) {
        let Some(field) = self.element() else { return };
        field.set_value(text);
        let at = units(text.get(..cursor).unwrap_or(text));
        let _ = field.set_selection_range(at, at);
        self.fit(text);
    }

    /// As many rows as the text has lines.
    fn fit(&self, text: &str) {
        self.rows.set(text.split('\n').count().clamp(1, ROWS));
    }

    fn run(&self) {
        let Some(field) = self.element() else { return };
        let line = field.value();
        // While a command waits for the clock, what is typed stays in the field.
        if line.trim().is_empty() || self.ctx.view().terminal.waiting.is_some() {
            return;
        }
        self.write("", 0);
        *self.memory.borrow_mut() = Memory::default();
        self.offer.set(None);
        self.ctx.act(Action::Run(line));
    }

    /// Puts a candidate in the place of the word. Answers whether the word is whole.
    fn take(&self, offer: &Offer, at: usize) {
        let (Some(field), Some(candidate)) = (self.element(), offer.completion.candidates.get(at)) else {
            return;
        };
        let line = field.value();
        let end = if candidate.whole { " " } else { "" };
        self.replace(&line, &offer.completion, &format!("{}{end}", candidate.text));
        self.offer.set(None);
    }

    fn replace(&self, line: &str, completion: &stratus_shell::line::Completion, text: &str) {
        let before = line.get(..completion.from).unwrap_or_default();
        let after = line.get(completion.to..).unwrap_or_default();
        self.write(&format!("{before}{text}{after}"), before.len() + text.len());
    }

    /// Tab: what all candidates share, then the list. False where Tab is to go on.
    fn complete(&self) -> bool {
        let Some(field) = self.element() else {
            return false;
        };
        let line = field.value();
        let cursor = field
            .selection_start()
            .ok()
            .flatten()
            .map_or(line.len(), |at| byte_at(&line, at));
        if self.memory.borrow().released || line.get(..cursor).unwrap_or_default().trim().is_empty() {
            return false;
        }
        let shell = self.shell();
        let completion = self.ctx.read(|engine| shell.complete(&line, cursor, engine));
        match completion.candidates.as_slice() {
            [] => return false,
            [_] => {
                let offer = Offer { completion, at: 0 };
                self.take(&offer, 0);
            }
            _ => match completion.common(&line) {
                Some(common) => self.replace(&line, &completion, &common),
                None => self.offer.set(Some(Offer { completion, at: 0 })),
            },
        }
        true
    }

    /// The list's keys. False where the key is not the list's.
    fn of_list(&self, key: &str, shift: bool) -> bool {
        let Some(offer) = (*self.offer).clone() else {
            return false;
        };
        let count = offer.completion.candidates.len().max(1);
        let go = |at: usize| {
            self.offer.set(Some(Offer {
                at: at % count,
                ..offer.clone()
            }));
        };
        match (key, shift) {
            ("Tab", false) | ("ArrowDown", _) => go(offer.at + 1),
            ("Tab", true) | ("ArrowUp", _) => go(offer.at + count - 1),
            ("Home", _) => go(0),
            ("End", _) => go(count - 1),
            ("Enter", false) => self.take(&offer, offer.at),
            ("Escape", _) => {
                self.offer.set(None);
                self.memory.borrow_mut().released = true;
            }
            _ => return false,
        }
        true
    }

    /// An arrow: the line before or after in the history, where the cursor is at the field's edge.
    fn recall(&self, up: bool) -> bool {
        let Some(field) = self.element() else {
            return false;
        };
        let text = field.value();
        let cursor = field
            .selection_start()
            .ok()
            .flatten()
            .map_or(text.len(), |at| byte_at(&text, at));
        let (before, after) = text.split_at_checked(cursor).unwrap_or((&text, ""));
        if (up && before.contains('\n')) || (!up && after.contains('\n')) {
            return false;
        }
        let shell = self.shell();
        let mut memory = self.memory.borrow_mut();
        let back = if up {
            memory.back + 1
        } else {
            memory.back.wrapping_sub(1)
        };
        if back > shell.history.len() {
            return back != usize::MAX;
        }
        if memory.back == 0 {
            memory.draft = text;
        }
        memory.back = back;
        let line = match shell
            .history
            .len()
            .checked_sub(back)
            .and_then(|place| shell.history.get(place))
        {
            Some(line) if back > 0 => line.clone(),
            _ => memory.draft.clone(),
        };
        drop(memory);
        self.write(&line, line.len());
        true
    }

    fn press(&self, event: &KeyboardEvent) -> bool {
        let (key, shift, control) = (event.key(), event.shift_key(), event.ctrl_key() && !event.alt_key());
        if event.is_composing() {
            return false;
        }
        if !control && self.of_list(&key, shift) {
            return true;
        }
        match (key.as_str(), control) {
            ("Enter", false) if !shift => {
                let text = self.element().map(|field| field.value()).unwrap_or_default();
                if Shell::is_incomplete(&text) {
                    return false;
                }
                self.run();
                true
            }
            ("Tab", false) if !shift => self.complete(),
            ("ArrowUp", false) => self.recall(true),
            ("ArrowDown", false) => self.recall(false),
            ("Escape", false) => {
                self.memory.borrow_mut().released = true;
                false
            }
            ("r", true) => {
                self.searching.set(true);
                true
            }
            ("l", true) => {
                self.ctx.act(Action::Terminal(TerminalAction::Clear));
                true
            }
            ("c", true) => self.drop_line(),
            _ => false,
        }
    }

    /// Ctrl+C: a command that waits for the clock is stopped; else the line is left as it is, unrun; with something selected the browser copies it.
    fn drop_line(&self) -> bool {
        let Some(field) = self.element() else {
            return false;
        };
        let (start, end) = (
            field.selection_start().ok().flatten(),
            field.selection_end().ok().flatten(),
        );
        if start != end {
            return false;
        }
        if self.ctx.view().terminal.waiting.is_some() {
            self.ctx.act(Action::CancelAdvance);
            return true;
        }
        let line = field.value();
        self.write("", 0);
        *self.memory.borrow_mut() = Memory::default();
        self.offer.set(None);
        self.ctx.act(Action::Terminal(TerminalAction::Drop(line)));
        true
    }
}

/// The prompt.
#[component]
pub fn Prompt(props: &PromptProps) -> Html {
    let keys = Keys {
        ctx: props.ctx.clone(),
        field: use_node_ref(),
        offer: use_state(|| None),
        searching: use_state(|| false),
        rows: use_state(|| 1),
        memory: use_mut_ref(Memory::default),
    };
    let onsubmit = keys.on(|keys, event: SubmitEvent| {
        event.prevent_default();
        keys.run();
    });
    let onkeydown = keys.on(|keys, event: KeyboardEvent| {
        if keys.press(&event) {
            event.prevent_default();
            event.stop_propagation();
        }
    });
    let oninput = keys.on(|keys, _: InputEvent| {
        keys.memory.borrow_mut().released = false;
        keys.memory.borrow_mut().back = 0;
        keys.offer.set(None);
        if let Some(field) = keys.element() {
            keys.fit(&field.value());
        }
    });
    let take = keys.on(|keys, at: usize| {
        if let Some(offer) = (*keys.offer).clone() {
            keys.take(&offer, at);
        }
    });
    let searched = keys.on(|keys, line: Option<String>| {
        keys.searching.set(false);
        if let Some(line) = line {
            keys.write(&line, line.len());
        }
        if let Some(field) = keys.element() {
            let _ = field.focus();
        }
    });
    let offer = (*keys.offer).clone();
    let told = offer.as_ref().map(told).unwrap_or_default();
    let waits = keys.ctx.view().terminal.waiting.is_some();
    html! {
        <>
            if *keys.searching { <Searching shell={keys.shell()} done={searched} /> }
            if let Some(offer) = &offer { <Offers offer={offer.clone()} {take} /> }
            <form class="prompt" {onsubmit}>
                <span aria-hidden="true">{ "$" }</span>
                <textarea ref={keys.field.clone()} rows={keys.rows.to_string()} aria-label="Command" placeholder="aws ec2 describe-instances"
                    autocomplete="off" autocapitalize="off" spellcheck="false" wrap="off"
                    aria-autocomplete="list" aria-haspopup="listbox" aria-controls={offer.is_some().then_some(LIST)}
                    aria-activedescendant={offer.as_ref().map(|offer| chosen_id(offer.at))} {onkeydown} {oninput} />
                <button class="btn primary" type="submit" disabled={waits}><Icon glyph={Glyph::Play} />{ "Run" }</button>
            </form>
            <p class="visually-hidden" role="status">{ told }</p>
        </>
    }
}

/// What is heard of the list.
fn told(offer: &Offer) -> String {
    let count = offer.completion.candidates.len();
    match offer.completion.candidates.get(offer.at) {
        Some(candidate) => format!("{}, {} of {count}. {}", candidate.text, offer.at + 1, candidate.about),
        None => String::new(),
    }
}
