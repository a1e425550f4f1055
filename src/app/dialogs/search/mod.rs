//! Search over everything in the world and every action (Ctrl+K).

mod actions;
mod things;

pub use actions::SPANS;

use crate::frame::keys::typed_ahead;
use crate::session::{Action, Ctx, use_ctx};
use crate::ui::{CallText, Modal};
use stratus_model::sort;
use web_sys::{HtmlInputElement, KeyboardEvent};
use yew::prelude::*;

/// Most results that are shown.
const MOST: usize = 40;

/// Something that was found.
#[derive(Clone)]
pub struct Found {
    /// What it is called.
    title: String,
    /// What it is.
    kind: String,
    /// What choosing it does.
    actions: Vec<Action>,
}

/// Collects what matches the words of a query.
pub struct Finder {
    words: Vec<String>,
    /// With how well each matches, the least first.
    hits: Vec<(usize, Found)>,
}

impl Finder {
    fn new(query: &str) -> Finder {
        Finder {
            words: query.to_lowercase().split_whitespace().map(str::to_owned).collect(),
            hits: Vec::new(),
        }
    }

    /// Whether nothing has been typed: then only what one begins with is offered.
    pub fn is_idle(&self) -> bool {
        self.words.is_empty()
    }

    /// Offers something; `actions` are made only if it matches.
    pub fn offer(&mut self, title: &str, kind: &str, actions: &dyn Fn() -> Vec<Action>) {
        let (name, text) = (title.to_lowercase(), format!("{title} {kind}").to_lowercase());
        if !self.words.iter().all(|word| text.contains(word.as_str())) {
            return;
        }
        // What is called so, then what begins so, then what holds the words in its name, then the rest.
        let rank = match self.words.first() {
            Some(first) if name == *first => 0,
            Some(first) if name.starts_with(first.as_str()) => 1,
            _ if self.words.iter().all(|word| name.contains(word.as_str())) => 2,
            _ => 3,
        };
        let found = Found {
            title: title.to_owned(),
            kind: kind.to_owned(),
            actions: actions(),
        };
        self.hits.push((rank, found));
    }

    fn best(mut self) -> Vec<Found> {
        sort::by_key(&mut self.hits, |(rank, _)| *rank);
        self.hits.into_iter().map(|(_, found)| found).take(MOST).collect()
    }
}

fn find(ctx: &Ctx, query: &str) -> Vec<Found> {
    let mut finder = Finder::new(query);
    actions::offer(ctx, &mut finder);
    things::offer(ctx, &mut finder);
    finder.best()
}

/// Does what was found, and closes the search.
fn take(ctx: &Ctx, found: Option<&Found>) {
    if let Some(found) = found {
        ctx.act(Action::Dialog(None));
        found.actions.iter().cloned().for_each(|action| ctx.act(action));
    }
}

/// The dialog.
#[component]
pub fn Search() -> Html {
    let ctx = use_ctx();
    let query = use_state(String::new);
    let at = use_state(|| 0_usize);
    // What was found stays while only the clock ticks.
    let results = use_memo(((*query).clone(), ctx.view().stamp), |(query, _)| find(&ctx, query));
    let chosen = (*at).min(results.len().saturating_sub(1));
    {
        // The chosen line stays in sight.
        use_effect_with(chosen, |chosen| {
            if let Some(line) = gloo::utils::document().get_element_by_id(&format!("found-{chosen}")) {
                let options = web_sys::ScrollIntoViewOptions::new();
                options.set_block(web_sys::ScrollLogicalPosition::Nearest);
                line.scroll_into_view_with_scroll_into_view_options(&options);
            }
        });
    }
    let oninput = {
        let (query, at) = (query.clone(), at.clone());
        Callback::from(move |event: InputEvent| {
            let typed = event.target_dyn_into::<HtmlInputElement>().map(|input| input.value());
            query.set(typed.unwrap_or_default());
            at.set(0);
        })
    };
    let choose = {
        let (ctx, results) = (ctx.clone(), results.clone());
        Callback::from(move |index: usize| take(&ctx, results.get(index)))
    };
    // Who types faster than the page draws is heard in full: what came before the focus, and what stands in the field when
    // Enter is pressed, drawn or not.
    let onfocus = {
        let (ctx, query) = (ctx.clone(), query.clone());
        Callback::from(move |event: FocusEvent| {
            let typed = typed_ahead();
            if let Some((line, _)) = typed.split_once('\n') {
                return take(&ctx, find(&ctx, line).first());
            }
            if let Some(input) = event
                .target_dyn_into::<HtmlInputElement>()
                .filter(|_| !typed.is_empty())
            {
                input.set_value(&typed);
                query.set(typed);
            }
        })
    };
    let onkeydown = {
        let (ctx, choose, count, drawn) = (ctx.clone(), choose.clone(), results.len(), (*query).clone());
        Callback::from(move |event: KeyboardEvent| {
            let written = event.target_dyn_into::<HtmlInputElement>().map(|input| input.value());
            match event.key().as_str() {
                "ArrowDown" => at.set((chosen + 1).min(count.saturating_sub(1))),
                "ArrowUp" => at.set(chosen.saturating_sub(1)),
                "Enter" => match written.filter(|written| *written != drawn) {
                    Some(written) => take(&ctx, find(&ctx, &written).first()),
                    None => choose.emit(chosen),
                },
                _ => return,
            }
            event.prevent_default();
        })
    };
    // What is chosen and makes a call shows it before it is made.
    let call = results.get(chosen).and_then(|found| {
        found.actions.iter().find_map(|action| match action {
            Action::Call { call, .. } => Some(call.clone()),
            _ => None,
        })
    });
    html! {
        <Modal title="Search" class="search">
            <input class="input" type="text" autocomplete="off" spellcheck="false" aria-label="Search everything" placeholder="An instance, an address, a rule, an action…" autofocus={true}
                role="combobox" aria-expanded="true" aria-controls="search-results" aria-activedescendant={format!("found-{chosen}")} {onfocus} {oninput} {onkeydown} />
            <ul class="found" id="search-results" role="listbox" aria-label="Results">
                { for results.iter().enumerate().map(|(index, found)| html! {
                    <li id={format!("found-{index}")} role="option" aria-selected={(index == chosen).to_string()} class={classes!((index == chosen).then_some("here"))} onclick={choose.reform(move |_: MouseEvent| index)}>
                        <span>{ &found.title }</span><span class="soft">{ &found.kind }</span>
                    </li>
                }) }
            </ul>
            <p class="visually-hidden" role="status">{ crate::map::count(results.len(), "result", "results") }</p>
            if let Some(call) = call { <CallText {call} planned=true /> }
            if results.is_empty() { <p class="soft">{ "Nothing in this world, and no action, is called that." }</p> }
        </Modal>
    }
}
