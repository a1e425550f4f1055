//! "All ports" of the region "Path": what is open to the world, the worst first, each with the rule that lets it in; then who
//! reaches whom on whatever port, by sender or by receiver. Surveyed after the page has been drawn, and anew when the world
//! has changed; what is long is drawn in parts. In the later part of the program.

mod pairs;
pub mod reading;
pub mod words;
mod world;

use crate::panels::matrix::field_text;
use crate::session::action::PathQuestion;
use crate::session::{Action, Ctx, Dialog, use_ctx};
use crate::ui::{Empty, Same, Settled};
use gloo::timers::callback::Timeout;
use reading::Surveyed;
use stratus_engine::network::Endpoint;
use yew::prelude::*;

/// How long it waits, in milliseconds: until the browser has shown that it surveys.
const PAUSE: u32 = 30;

/// The last survey of the Region that is shown; it may be of a world that is no more.
#[hook]
fn use_surveyed(ctx: &Ctx) -> Option<Same<Surveyed>> {
    let found = use_state(|| None::<Same<Surveyed>>);
    let asked = (ctx.view().world_stamp, ctx.region());
    {
        let (ctx, found) = (ctx.clone(), found.setter());
        use_effect_with(asked, move |(stamp, region)| {
            let (stamp, region) = (*stamp, *region);
            let timer = Timeout::new(PAUSE, move || {
                found.set(Some(Same::new(reading::read(ctx.world(), region, stamp))));
            });
            move || drop(timer)
        });
    }
    (*found).clone().filter(|found| found.region == ctx.region())
}

/// The view.
#[component]
pub fn SurveyView() -> Html {
    let ctx = use_ctx();
    let surveyed = use_surveyed(&ctx);
    let settled = Settled::new(&ctx);
    let body = match surveyed {
        None => html! { <p class="matrix-says" role="status">{ "Surveying all ports…" }</p> },
        Some(found) if found.instances + found.balancers == 0 => nothing(&ctx),
        Some(found) => {
            let stale = found.stamp != ctx.view().world_stamp;
            html! {
                <div class={classes!("survey-parts", stale.then_some("stale"))} aria-busy={stale.to_string()}>
                    <world::OpenToWorld settled={settled.clone()} surveyed={found.clone()} />
                    <pairs::WhoReaches {settled} surveyed={found} />
                </div>
            }
        }
    };
    html! {
        <div class="survey-view">
            <h1 class="visually-hidden">{ "All ports" }</h1>
            { body }
        </div>
    }
}

fn nothing(ctx: &Ctx) -> Html {
    html! {
        <Empty title="Nobody to reach yet">
            <p>{ "Launch instances in this Region: here you will read on which ports the world reaches each of them, and on which they reach each other." }</p>
            <button class="btn primary" onclick={ctx.on(|| Action::Dialog(Some(Dialog::Launch)))}>{ "Launch instance" }</button>
        </Empty>
    }
}

/// The question of the path panel about a pair, with protocol and port as its fields have them.
fn question((source, destination): (Endpoint, Endpoint), (protocol, port): (&str, u16)) -> PathQuestion {
    PathQuestion {
        source: field_text(source),
        destination: field_text(destination),
        protocol: protocol.to_owned(),
        port: port.to_string(),
        ..PathQuestion::default()
    }
}

/// A button that asks for a path on a port that stands for a set of traffic; nothing where none can be asked for.
fn path_button(
    ctx: &Settled,
    pair: (Endpoint, Endpoint),
    probe: Option<(&'static str, u16)>,
    names: (&str, &str),
) -> Html {
    let Some(probe) = probe else {
        return Html::default();
    };
    let on = match probe {
        ("icmp", _) => "by ping".to_owned(),
        (protocol, port) => format!("on {protocol} {port}"),
    };
    let label = format!("Path from {} to {} {on}", names.0, names.1);
    let go = {
        let (ctx, asked) = (ctx.clone(), question(pair, probe));
        Callback::from(move |_: MouseEvent| {
            let mut asked = asked.clone();
            asked.asked = ctx.screen().path.asked + 1;
            ctx.act(Action::AskPath(asked));
        })
    };
    html! { <button class="btn" onclick={go} aria-label={label.clone()} title={label}>{ "Path" }</button> }
}
