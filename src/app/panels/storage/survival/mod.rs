//! "What survives": one file on every kind of storage of a machine; the learner says what will be left, lets something
//! happen to the machine, and sees what is left and why. What happens are calls; this part knows no outcome beforehand:
//! it looks for the file before and after.

mod picture;
mod table;

use crate::session::action::Outcome;
use crate::session::{Action, ApiCall, Ctx, use_ctx};
use crate::ui::{CommandLine, text_of};
use std::collections::BTreeMap;
use std::rc::Rc;
use stratus_engine::base::ids::InstanceId;
use stratus_engine::catalog::Region;
use stratus_engine::history::NodeId;
use stratus_engine::network::{Fix, FixCall};
use stratus_engine::services::ec2::storage::survival::{self, Event, Place, Sight};
use stratus_engine::world::compute::Instance;
use stratus_model::sort;
use yew::prelude::*;

/// What was tried, and what the learner says of what comes next. It outlives the page of the panel.
#[derive(Clone, Default, PartialEq)]
pub struct Ledger {
    /// The machine that was chosen.
    machine: Option<InstanceId>,
    /// The row that is open.
    event: Option<Event>,
    /// Whether the file stays, as the learner says of the open row.
    guesses: BTreeMap<Place, bool>,
    /// What came of each event.
    done: BTreeMap<(InstanceId, Event), Done>,
}

/// An event that has happened.
#[derive(Clone, PartialEq)]
struct Done {
    /// The state before it, to go back to.
    before: NodeId,
    /// What there was.
    was: Vec<Sight>,
    /// What there is.
    is: Vec<Sight>,
    /// What the learner had said.
    guesses: BTreeMap<Place, bool>,
}

/// How a file ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Stays,
    Goes,
    /// There was none.
    Never,
}

impl Done {
    fn fate(&self, place: Place) -> Fate {
        let file = |all: &[Sight]| all.iter().any(|sight| sight.place == place && sight.file.is_some());
        match (file(&self.was), file(&self.is)) {
            (false, _) => Fate::Never,
            (true, true) => Fate::Stays,
            (true, false) => Fate::Goes,
        }
    }

    fn goes(&self, place: Place) -> bool {
        self.was.iter().any(|sight| sight.place == place && sight.goes)
    }
}

/// Properties of [`Survival`].
#[derive(Properties, PartialEq)]
pub struct SurvivalProps {
    /// Kept by the panel.
    pub ledger: UseStateHandle<Ledger>,
}

/// The demonstration.
#[component]
pub fn Survival(props: &SurvivalProps) -> Html {
    let ctx = use_ctx();
    let region = ctx.region();
    let ledger = &props.ledger;
    let machines = machines(&ctx, region);
    let machine = chosen(&machines, ledger);
    let sights = {
        let ctx = ctx.clone();
        use_memo(
            (ctx.view().world_stamp, region, machine),
            move |(_, region, machine)| {
                machine
                    .map(|id| survival::sights(ctx.world(), *region, id))
                    .unwrap_or_default()
            },
        )
    };
    let written = sights.iter().any(|sight| sight.file.is_some());
    let complete = written && sights.iter().all(|sight| !sight.has || sight.file.is_some());
    html! {
        <section class="survival" aria-label="What survives">
            <p class="lead">{ "One file, written to every kind of storage that a machine has. Then something happens to the machine. Say which copies will be left, let it happen, and look." }</p>
            <div class="take">
                { machine_field(&ctx, &machines, machine, ledger) }
                { buttons(&ctx, region, machine, complete, ledger) }
            </div>
            if let Some(id) = machine {
                <picture::Picture {region} {id} sights={Rc::clone(&sights)} />
                <table::Table {region} {id} sights={Rc::clone(&sights)} {complete} ledger={ledger.clone()} />
            }
        </section>
    }
}

/// Machines that can be tried, those with a disk of their host first.
fn machines(ctx: &Ctx, region: Region) -> Vec<Instance> {
    let rows = ctx.world().ec2(region).into_iter().flat_map(|ec2| ec2.instances.rows());
    let mut rows: Vec<Instance> = rows.filter(|row| survival::suits(row)).cloned().collect();
    sort::by_key(&mut rows, |row| (row.ephemeral.is_empty(), row.born));
    rows
}

/// The chosen machine, also when it has ended by what was tried; else the first with a disk of its host.
fn chosen(machines: &[Instance], ledger: &Ledger) -> Option<InstanceId> {
    let known = |id: &InstanceId| {
        machines.iter().any(|row| row.id == *id) || ledger.done.keys().any(|(machine, _)| machine == id)
    };
    let first = machines.first().filter(|row| !row.ephemeral.is_empty());
    ledger.machine.filter(known).or(first.map(|row| row.id))
}

fn machine_field(
    ctx: &Ctx,
    machines: &[Instance],
    machine: Option<InstanceId>,
    ledger: &UseStateHandle<Ledger>,
) -> Html {
    let onchange = {
        let ledger = ledger.clone();
        Callback::from(move |event: web_sys::Event| {
            ledger.set(Ledger {
                machine: InstanceId::parse(&text_of(&event)),
                ..(*ledger).clone()
            });
        })
    };
    let gone = machine.filter(|id| machines.iter().all(|row| row.id != *id));
    let name = |id: InstanceId| super::named(ctx.world(), ctx.region(), id);
    html! {
        <label class="field">{ "Machine" }
            <select {onchange}>
                if machine.is_none() { <option value="" selected=true>{ "Choose one, or make one" }</option> }
                if let Some(id) = gone { <option value={id.to_string()} selected=true>{ format!("{} · it runs no more", name(id)) }</option> }
                { for machines.iter().map(|row| html! { <option value={row.id.to_string()} selected={Some(row.id) == machine}>{ format!("{} · {}{}", name(row.id), row.instance_type.name(), if row.ephemeral.is_empty() { ", no instance store" } else { "" }) }</option> }) }
            </select>
        </label>
    }
}

fn buttons(
    ctx: &Ctx,
    region: Region,
    machine: Option<InstanceId>,
    complete: bool,
    ledger: &UseStateHandle<Ledger>,
) -> Html {
    let make = {
        let (ctx, ledger) = (ctx.clone(), ledger.clone());
        Callback::from(move |_: MouseEvent| make_one(&ctx, region, &ledger))
    };
    let again = machine
        .and_then(|id| ctx.world().row::<Instance>(region, id))
        .filter(|row| survival::suits(row));
    let write = again.map(|row| {
        let (ctx, id) = (ctx.clone(), row.id);
        Callback::from(move |_: MouseEvent| write_files(&ctx, region, id))
    });
    let class = |first: bool| classes!("btn", first.then_some("primary"));
    html! {
        <>
            if let Some(write) = write { <button class={class(!complete)} onclick={write}>{ "Write the file everywhere" }</button> }
            <button class={class(machine.is_none())} onclick={make} title={format!("An {} with a disk of its host, an EBS root and a second volume", survival::TYPE)}>{ "Make a machine for it" }</button>
        </>
    }
}

/// The calls as one wish, made one after the other.
fn make(ctx: &Ctx, region: Region, calls: Vec<FixCall>, done: Callback<Outcome>) {
    let fix = Fix {
        commands: Vec::new(),
        why: String::new(),
        changes: calls.len(),
        calls,
    };
    ctx.act(Action::Fix(region, fix, done));
}

/// Makes a machine, waits for it, and writes the file.
fn make_one(ctx: &Ctx, region: Region, ledger: &UseStateHandle<Ledger>) {
    let done = {
        let (ctx, ledger) = (ctx.clone(), ledger.clone());
        Callback::from(move |outcome: Outcome| {
            let newest = ctx.read(|engine| {
                let ec2 = engine.world().ec2(region)?;
                Some(ec2.instances.rows().max_by_key(|row| row.born)?.id)
            });
            if let (Ok(_), Some(id)) = (outcome, newest) {
                ledger.set(Ledger {
                    machine: Some(id),
                    ..(*ledger).clone()
                });
                write_files(&ctx, region, id);
            }
        })
    };
    make(ctx, region, survival::launch(region), done);
}

fn write_files(ctx: &Ctx, region: Region, id: InstanceId) {
    let calls = ctx.read(|engine| {
        let row = engine.world().row::<Instance>(region, id)?;
        Some(survival::write(engine.world(), region, row))
    });
    make(ctx, region, calls.unwrap_or_default(), Callback::noop());
}

/// Lets an event happen, and notes what came of it.
fn happen(
    ctx: &Ctx,
    region: Region,
    (id, event): (InstanceId, Event),
    was: Vec<Sight>,
    ledger: &UseStateHandle<Ledger>,
) {
    let before = ctx.read(|engine| engine.history().current());
    let done = {
        let (ctx, ledger) = (ctx.clone(), ledger.clone());
        Callback::from(move |outcome: Outcome| {
            if outcome.is_err() {
                return;
            }
            let is = ctx.read(|engine| survival::sights(engine.world(), region, id));
            let mut next = (*ledger).clone();
            let guesses = std::mem::take(&mut next.guesses);
            let row = Done {
                before,
                was: was.clone(),
                is,
                guesses,
            };
            next.done.insert((id, event), row);
            next.machine = Some(id);
            next.event = Some(event);
            ledger.set(next);
        })
    };
    make(ctx, region, survival::calls(event, id), done);
}

/// The commands of an event, for whoever wants to type them.
fn commands(region: Region, calls: &[FixCall]) -> Html {
    let command = |call: &FixCall| {
        let params = call.params(&[]).ok()?;
        let command = ApiCall::new(region, call.service, call.operation, params).command();
        Some(html! { <CommandLine {command} /> })
    };
    html! {
        <details class="calls"><summary>{ "The commands" }</summary>
            <div class="stack">{ for calls.iter().filter_map(command) }</div>
        </details>
    }
}
