//! Live traffic: the connections that are open, as lines on the map and as a list in the region "Path", with what has become
//! of each and why. In the later part of the program.
//!
//! What is alive is the engine's to say (`network::connections`); here it is read off the world once a change ([`reading`])
//! and shown. Opening, sending and closing are calls like any other. While only time passes nothing is judged anew but at
//! the moments at which a connection may be forgotten.

pub mod lines;
mod list;
pub mod news;
mod open;
mod overlay;
pub mod reading;
mod row;
mod why;
mod words;

pub use list::LiveView;
pub use open::OpenHere;

use crate::inspector::fold;
use crate::map::count;
use crate::session::action::{PathQuestion, PathView};
use crate::session::{Action, Ctx, use_ctx};
use crate::ui::Same;
use news::News;
use reading::{Live, Row};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use stratus_engine::base::ids::{InstanceId, NetworkInterfaceId};
use stratus_engine::base::time::Time;
use stratus_engine::catalog::Region;
use yew::prelude::*;

/// What was read last of a Region, and until when it holds if nothing but time passes.
struct Kept {
    stamp: u64,
    from: Time,
    live: Same<Live>,
    news: Option<Rc<News>>,
}

thread_local! {
    /// The map, the list and the inspector show the same: it is read once for all of them.
    static KEPT: RefCell<BTreeMap<Region, Kept>> = const { RefCell::new(BTreeMap::new()) };
}

/// A Region's connections as they are now, and what changed last. Equal to itself while it is the same.
fn live(ctx: &Ctx, region: Region) -> (Same<Live>, Option<Rc<News>>) {
    let (stamp, now) = (ctx.view().world_stamp, ctx.world().now);
    KEPT.with_borrow_mut(|kept| {
        if let Some(kept) = kept.get(&region)
            && kept.stamp == stamp
            && kept.from <= now
            && kept.live.next.is_none_or(|next| now < next)
        {
            return (kept.live.clone(), kept.news.clone());
        }
        let live = Same::new(reading::read(ctx.world(), region));
        let news = ctx.read(|engine| news::find(engine.history(), ctx.world(), region, &live).map(Rc::new));
        // What is of another state of the world, nobody asks for again.
        kept.retain(|_, old| old.stamp == stamp);
        let read = Kept {
            stamp,
            from: now,
            live: live.clone(),
            news: news.clone(),
        };
        kept.insert(region, read);
        (live, news)
    })
}

/// Shows a Region's list.
fn show_list<E: 'static>(ctx: &Ctx, region: Region) -> Callback<E> {
    let ctx = ctx.clone();
    Callback::from(move |_: E| {
        if region != ctx.region() {
            ctx.act(Action::ShowRegion(region));
        }
        ctx.act(Action::ViewPath(PathView::Live));
    })
}

/// Traces a path.
fn ask(ctx: &Ctx, question: PathQuestion) -> Callback<MouseEvent> {
    let ctx = ctx.clone();
    Callback::from(move |_: MouseEvent| {
        ctx.act(Action::AskPath(PathQuestion {
            asked: ctx.screen().path.asked + 1,
            ..question.clone()
        }));
    })
}

/// The lines on the map, and the bar above it.
#[inline(never)]
pub fn on_map(place: NodeRef) -> Html {
    html! { <overlay::Overlay {place} /> }
}

/// What may stand at one end of a connection.
#[derive(Clone, Copy, PartialEq)]
pub enum Whose {
    /// Any interface of an instance.
    Instance(InstanceId),
    /// An interface.
    Interface(NetworkInterfaceId),
}

impl Whose {
    /// Whether a connection begins or ends there.
    fn has(self, row: &Row) -> bool {
        match self {
            Whose::Instance(id) => [&row.from, &row.to].iter().any(|end| end.instance == Some(id)),
            Whose::Interface(id) => {
                let ends = [row.connection.source_interface, row.connection.target_interface];
                ends.contains(&Some(id)) || row.limits.iter().any(|(interface, _)| *interface == id)
            }
        }
    }
}

/// Properties of [`Connections`].
#[derive(Properties, PartialEq)]
pub struct ConnectionsProps {
    /// Whose.
    pub of: Whose,
    /// Where that is.
    pub region: Region,
}

/// The connections of an instance or an interface, for its page in the inspector.
#[component]
pub fn Connections(props: &ConnectionsProps) -> Html {
    let ctx = use_ctx();
    let (live, _) = live(&ctx, props.region);
    let own: Vec<Same<Row>> = live.rows.iter().filter(|row| props.of.has(row)).cloned().collect();
    let note = match own.len() {
        0 => "none".to_owned(),
        _ => words::tally(&reading::Tally::of(own.iter().map(|row| &**row))),
    };
    let destination = match props.of {
        Whose::Instance(id) => id.to_string(),
        Whose::Interface(id) => id.to_string(),
    };
    let question = PathQuestion {
        destination,
        ..ctx.screen().path.clone()
    };
    let more = own.len().saturating_sub(words::FEW);
    let content = html! {
        <>
            if own.is_empty() {
                <p class="soft">{ "None is open here. Trace a path that gets through, and open one on it: then take its rule away, and see whether it lives on." }</p>
                <button class="link" onclick={ask(&ctx, question)}>{ "Trace a path to it" }</button>
            } else {
                <ul class="plain-list">{ for own.iter().take(words::FEW).map(|row| html! {
                    <li key={row.connection.number}><span class={classes!("live-dot", row.stage.class())} aria-hidden="true" />{ words::ends(row) }{ " " }<code>{ words::service(row) }</code>
                        <p class="because">{ words::state(row) }{ " " }{ &row.state.reason }</p></li>
                }) }</ul>
                if more > 0 { <p class="soft">{ format!("And {}.", count(more, "more", "more")) }</p> }
                <button class="link" onclick={show_list(&ctx, props.region)}>{ "Live traffic: send on them, close them" }</button>
            }
        </>
    };
    fold("Connections", &note, content)
}
