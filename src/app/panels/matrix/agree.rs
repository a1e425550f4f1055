//! The badge: simulation and analysis never disagree. For every pair of the matrix a connection is really tried on the
//! present world, packet by packet and with connection tracking, and compared with what the analysis of all pairs says, and
//! where there are few enough instances with the survey of all ports too. In slices, so that the page goes on; nothing is
//! changed, and a difference is a fault of this program.

use super::Shown;
use crate::session::{Action, Dialog};
use crate::ui::{Settled, thousands};
use gloo::timers::callback::Timeout;
use std::rc::Rc;
use stratus_engine::World;
use stratus_engine::catalog::Region;
use stratus_engine::network::matrix::{Matrix, Pair};
use stratus_engine::network::survey::{Survey, survey};
use stratus_engine::network::{self, Disposition, Flow, Opening};
use yew::prelude::*;

/// Pairs up to which it is checked unasked.
const UNASKED: usize = 2_000;
/// Pairs that are compared at most: of more, as many as this, spread over all of them.
const COMPARED: usize = 20_000;
/// Instances up to which the survey is compared too: it is made in one go.
const SURVEYED: usize = 150;
/// Real milliseconds of a slice.
const SLICE: f64 = 8.0;
/// Disagreements that are named.
const NAMED: usize = 5;

/// Properties of [`Agree`].
#[derive(Properties, PartialEq)]
pub struct AgreeProps {
    /// The world.
    pub settled: Settled,
    /// What the analysis says.
    pub(super) shown: Shown,
    /// Protocol and port.
    pub flow: (u8, u16),
}

/// A check under way, or done.
struct Job {
    of: Shown,
    world: Rc<World>,
    region: Region,
    flow: (u8, u16),
    pairs: Vec<Pair>,
    all: usize,
    survey: Option<Survey>,
    surveys: bool,
    done: usize,
    running: bool,
    differ: Vec<(Pair, &'static str)>,
}

impl Job {
    fn new(props: &AgreeProps) -> Job {
        let matrix = &props.shown.0;
        let ends: usize = matrix.groups.iter().map(|group| group.members.len()).sum();
        // Each end with each other one.
        let all = ends * ends.saturating_sub(1);
        Job {
            of: props.shown.clone(),
            world: props.settled.view().world.clone(),
            region: props.settled.region(),
            flow: props.flow,
            pairs: Vec::new(),
            all,
            survey: None,
            surveys: ends <= SURVEYED,
            done: 0,
            running: all <= UNASKED,
            differ: Vec::new(),
        }
    }

    /// Works on for a slice.
    fn slice(&mut self) {
        let begun = now();
        if self.pairs.is_empty() {
            self.pairs = pairs(&self.of.0, self.all);
            if self.surveys {
                self.survey = Some(survey(&self.world, self.region));
            }
        }
        while let Some(pair) = self.pairs.get(self.done).copied() {
            if let Some(how) = self.differs(&pair) {
                self.differ.push((pair, how));
            }
            self.done += 1;
            if now() - begun > SLICE {
                return;
            }
        }
        self.running = false;
    }

    /// How simulation or survey and the analysis contradict each other about a pair; `None`: they do not.
    fn differs(&self, pair: &Pair) -> Option<&'static str> {
        let (protocol, port) = self.flow;
        let flow = Flow {
            source: pair.source,
            destination: pair.destination,
            protocol,
            port,
        };
        let attempt = network::open(&self.world, self.region, &flow, 1);
        // What a NAT gateway has open now is no matter of the analysis.
        let opening = attempt.with_ports;
        if opening != expected(pair.now) {
            return Some(opening.name());
        }
        let survey = self.survey.as_ref()?;
        // What a load balancer sends by itself no survey asks for.
        if !survey.knows(pair.source, pair.destination) {
            return None;
        }
        let found = survey.between(pair.source, pair.destination);
        let delivered = found.delivered.iter().any(|traffic| traffic.holds(protocol, port));
        match (delivered, pair.is_reached()) {
            (true, false) => Some("surveyed as open"),
            (false, true) => Some("surveyed as closed"),
            _ => None,
        }
    }
}

/// How a connection must end where the analysis says this.
fn expected(says: Disposition) -> Opening {
    match says {
        Disposition::Delivered => Opening::Established,
        Disposition::NotListening => Opening::Refused,
        _ => Opening::TimedOut,
    }
}

/// All pairs; of too many, a part that is spread over all of them.
fn pairs(matrix: &Matrix, all: usize) -> Vec<Pair> {
    let count = matrix.groups.len();
    let places = (0..count).flat_map(|from| (0..count).map(move |to| (from, to)));
    let pairs = places.flat_map(|(from, to)| matrix.pairs(from, to));
    pairs.step_by(all.div_ceil(COMPARED).max(1)).collect()
}

fn now() -> f64 {
    gloo::utils::window()
        .performance()
        .map_or(0.0, |performance| performance.now())
}

/// The badge.
#[component]
pub fn Agree(props: &AgreeProps) -> Html {
    let job = use_mut_ref(|| None::<Job>);
    let again = use_force_update();
    let mut kept = job.borrow_mut();
    let job_now = match &mut *kept {
        Some(job) if job.of == props.shown => job,
        slot => slot.insert(Job::new(props)),
    };
    let (running, done, begun) = (job_now.running, job_now.done, job_now.done > 0 || job_now.running);
    {
        let (job, again) = (job.clone(), again.clone());
        use_effect_with((running, done, props.shown.clone()), move |(running, ..)| {
            let timer = running.then(|| {
                Timeout::new(0, move || {
                    if let Some(job) = job.borrow_mut().as_mut() {
                        job.slice();
                    }
                    again.force_update();
                })
            });
            move || drop(timer)
        });
    }
    let start = {
        let (job, again) = (job.clone(), again.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(job) = job.borrow_mut().as_mut() {
                job.running = true;
            }
            again.force_update();
        })
    };
    html! {
        <div class="agree" role="group" aria-label="Simulation and analysis">
            if begun { { badge(props, job_now) } }
            else { <button class="btn" onclick={start}>{ "Check simulation against analysis" }</button> }
        </div>
    }
}

fn badge(props: &AgreeProps, job: &Job) -> Html {
    let (done, of) = (job.done, job.pairs.len());
    let agree = done - job.differ.len();
    let sampled = of < job.all && of > 0;
    let [agreed, tried, chosen] = [agree, done, of].map(|count| thousands(count as u64));
    let how = format!(
        "{} Each was tried as a connection, packet by packet with tracking, on the world as it is now, and compared with the analysis of all pairs{}.",
        if sampled {
            format!(
                "{chosen} of {} pairs, spread over all of them.",
                thousands(job.all as u64)
            )
        } else {
            "Every pair.".to_owned()
        },
        if job.surveys {
            " and with the survey of all ports"
        } else {
            ""
        },
    );
    let (class, sign, text) = match () {
        () if !job.differ.is_empty() => ("bad", "✕", format!("{agreed} of {tried} agree: a fault of Stratus")),
        () if of == 0 => ("busy", "…", "Checking".to_owned()),
        () if job.running => ("busy", "…", format!("Simulated {tried} of {chosen} pairs")),
        () => ("good", "✓", format!("{agreed} of {tried} agree")),
    };
    let ctx = &props.settled;
    html! {
        <>
            <p class={classes!("agree-badge", class)} role="status" title={how.clone()}><span aria-hidden="true">{ sign }</span>{ text }</p>
            <details class="as-text"><summary>{ "Simulation and analysis never disagree" }</summary><p>{ how }</p></details>
            if !job.differ.is_empty() {
                <ul>{ for job.differ.iter().take(NAMED).map(|(pair, how)| html! { <li>{ format!("{:?} → {:?}: analysed as {}, {how}", pair.source, pair.destination, pair.now.name()) }</li> }) }</ul>
                <button class="btn" onclick={ctx.on(|| Action::Dialog(Some(Dialog::Report)))}>{ "Report it" }</button>
            }
        </>
    }
}
