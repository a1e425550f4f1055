//! A rolling deployment seen over time: what a zone's name servers say, which records its clients hold on to, whom that hurts,
//! and when the last of them has moved.
//!
//! It is a question, not a change: the past is played again from the history's own worlds, the future is what comes if nobody
//! does anything more, and the clients' lots follow from their numbers. The same history gives the same picture everywhere.
//! What may never happen here: a write, a lot of the world's own, or a client that knows more than its cache.

mod clients;
pub mod lesson;
mod replay;
mod scene;

pub use clients::{Kind, SUM};

use crate::base::ids::HostedZoneId;
use crate::base::time::{Span, Time};
use crate::engine::Engine;
use clients::{Client, Held};
use replay::Replay;
use scene::Scene;

/// How often each client sends a request, and so how fine the picture is (ours).
pub const EVERY: Span = Span::seconds(5);
/// How far back it goes at most.
const PAST: Span = Span::minutes(6 * 60);
/// How much of the past is shown at most.
const SHOWN: Span = Span::minutes(60);
/// What is shown before the first change, and after the last client has moved.
const MARGIN: Span = Span::minutes(1);
/// How far it looks ahead besides the restarts.
const AHEAD: Span = Span::minutes(8);
/// Most records that are told apart.
const RECORDS: usize = 8;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The zone.
    pub zone: HostedZoneId,
    /// The name, in normal form.
    pub name: String,
    /// `A`, …
    pub record_type: String,
    /// How often a program that never asks again is started afresh; `None`: never.
    pub restart: Option<Span>,
}

/// The picture. Step N is the moment `begins` + N × [`EVERY`].
#[derive(Clone, Debug, PartialEq)]
pub struct Rollout {
    /// The moment of the first step.
    pub begins: Time,
    /// Now: what lies after it comes if nothing is done.
    pub now: Time,
    /// What the records are called, in the order in which they first answered.
    pub records: Vec<String>,
    /// What the zone says, by step and record: each one's part of the answers, from 0 to 1.
    pub said: Vec<Vec<f64>>,
    /// The clients by how they treat answers.
    pub crowds: Vec<Crowd>,
    /// What happened, in order.
    pub marks: Vec<Mark>,
    /// How far the clients are.
    pub end: End,
}

/// The clients of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Crowd {
    /// How they treat answers.
    pub kind: Kind,
    /// How many there are.
    pub clients: u32,
    /// Requests, by step and record.
    pub served: Vec<Vec<u32>>,
    /// Those of them that failed.
    pub failed: Vec<Vec<u32>>,
    /// Requests that had no address to go to, by step.
    pub lost: Vec<u32>,
    /// From when on all of them use records that the zone still gives; `None`: not in sight.
    pub moved: Option<Time>,
    /// Whom failures hurt; `None` = nobody.
    pub hurt: Option<Hurt>,
}

/// Clients whose requests failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hurt {
    /// How many of them.
    pub clients: u32,
    /// How long the unluckiest got nothing but failures.
    pub longest: Span,
    /// The last failure; `None`: it goes on as far as one can see.
    pub over: Option<Time>,
}

/// How far the clients are at the end of the picture: the later, the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// Every record still answers: nobody has anywhere to move from.
    Open,
    /// From this moment on no client uses a record that the zone does not give any more.
    Moved(Time),
    /// Some client holds on for longer than the picture lasts.
    Stuck,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// When.
    pub at: Time,
    /// What kind of thing.
    pub what: What,
    /// In a sentence.
    pub text: String,
}

/// What kind of thing happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A change was asked for: a call.
    Asked,
    /// The name servers answer otherwise from now on.
    Served,
    /// A health check changed its mind.
    Health,
    /// An endpoint stopped or began to answer.
    Endpoint,
}

/// The picture of a name; `None` where the name servers have no records of that name and type.
pub fn picture(engine: &Engine, question: &Question) -> Option<Rollout> {
    let now = engine.world().now;
    let (anchor, asked) = replay::changes(engine, question, Time(now.0 - PAST.0));
    let anchor = anchor.unwrap_or(Time(now.0 - MARGIN.0 * 10)).max(Time(now.0 - PAST.0));
    let ahead = AHEAD.0 + question.restart.map_or(0, |span| span.0);
    let mut play = Play::new(question, now);
    let mut replay = Replay::new(engine);
    let mut at = anchor.max(engine.history().node(0).time);
    while at.0 <= now.0 + ahead && play.scenes() < 20_000 {
        play.step(replay.to(at), at);
        at = at + EVERY;
    }
    play.finish(asked)
}

/// The clients at work.
struct Play<'q> {
    question: &'q Question,
    now: Time,
    begins: Option<Time>,
    scene: Scene,
    records: Vec<String>,
    clients: Vec<Client>,
    said: Vec<Vec<f64>>,
    crowds: Vec<Crowd>,
    marks: Vec<Mark>,
}

impl<'q> Play<'q> {
    fn new(question: &'q Question, now: Time) -> Play<'q> {
        let crowds = Kind::ALL.map(|kind| Crowd {
            kind,
            clients: kind.count(),
            served: Vec::new(),
            failed: Vec::new(),
            lost: Vec::new(),
            moved: None,
            hurt: None,
        });
        Play {
            question,
            now,
            begins: None,
            scene: Scene::default(),
            records: Vec::new(),
            clients: clients::all(question.restart),
            said: Vec::new(),
            crowds: crowds.into(),
            marks: Vec::new(),
        }
    }

    fn scenes(&self) -> usize {
        self.said.len()
    }

    /// The place of a record among those that are told apart; what is too many counts as the last.
    fn place(&mut self, label: &str) -> usize {
        if let Some(place) = self.records.iter().position(|known| known == label) {
            return place;
        }
        if self.records.len() >= RECORDS {
            return RECORDS - 1;
        }
        self.records.push(label.to_owned());
        self.records.len() - 1
    }

    fn step(&mut self, world: &crate::world::World, at: Time) {
        let pot = scene::pot(world, self.question);
        let news = self.scene.look(world, pot.as_ref().map(|(pot, _)| pot), at);
        if self.begins.is_none() {
            // Before anybody can be served there is nobody to look at.
            if !self.scene.works() {
                return;
            }
            self.begins = Some(at);
        } else {
            self.marks.extend(news);
        }
        let chances = self.scene.chances();
        let mut said = vec![0.0; RECORDS];
        for (label, chance) in chances {
            let place = self.place(&label);
            if let Some(sum) = said.get_mut(place) {
                *sum += chance;
            }
        }
        self.said.push(said);
        for crowd in &mut self.crowds {
            crowd.served.push(vec![0; RECORDS]);
            crowd.failed.push(vec![0; RECORDS]);
            crowd.lost.push(0);
        }
        let first = self.said.len() == 1;
        let mut clients = std::mem::take(&mut self.clients);
        for client in &mut clients {
            if client.must_ask(at) {
                let heard = pot
                    .as_ref()
                    .and_then(|pot| Scene::answer(world, self.question, pot, client.lot()));
                let held = heard.map(|(label, value, ttl)| (self.place(&label), value, ttl));
                client.hear(held, at, first);
            }
            self.request(world, client, at);
        }
        self.clients = clients;
    }

    /// One client's request to what it holds.
    fn request(&mut self, world: &crate::world::World, client: &mut Client, at: Time) {
        let Held { record, value } = client.held();
        let fails = value.as_ref().is_some_and(|value| !self.scene.is_up(world, value));
        client.note(fails || record.is_none(), at);
        let Some(crowd) = self.crowds.iter_mut().find(|crowd| crowd.kind == client.kind) else {
            return;
        };
        let last = |rows: &mut Vec<Vec<u32>>, record: usize| {
            if let Some(count) = rows.last_mut().and_then(|row| row.get_mut(record)) {
                *count += 1;
            }
        };
        match record {
            Some(record) => {
                last(&mut crowd.served, record);
                if fails {
                    last(&mut crowd.failed, record);
                }
            }
            None => {
                if let Some(count) = crowd.lost.last_mut() {
                    *count += 1;
                }
            }
        }
    }

    fn finish(mut self, asked: Vec<Mark>) -> Option<Rollout> {
        let begins = self.begins?;
        let last = self.said.last()?;
        let alive: Vec<bool> = last.iter().map(|chance| *chance > 0.0).collect();
        let mut end = End::Open;
        for crowd in &mut self.crowds {
            let uses_old = |row: &Vec<u32>| row.iter().zip(&alive).any(|(count, alive)| *count > 0 && !alive);
            let reached = crowd.served.iter().rposition(uses_old);
            let all = crowd.served.len();
            let found = match reached {
                None => End::Open,
                Some(step) if step + 1 >= all => End::Stuck,
                Some(step) => End::Moved(begins + Span(EVERY.0 * (step as i64 + 1))),
            };
            crowd.moved = match found {
                End::Open => Some(begins),
                End::Moved(at) => Some(at),
                End::Stuck => None,
            };
            end = end.max(found);
            crowd.hurt = clients::hurt(&self.clients, crowd.kind, begins + Span(EVERY.0 * (all as i64 - 1)));
        }
        let heard = asked.into_iter().filter(|mark| mark.at >= begins);
        self.marks.extend(heard);
        stratus_model::sort::by_key(&mut self.marks, |mark| mark.at);
        let mut rollout = Rollout {
            begins,
            now: self.now,
            records: self.records,
            said: self.said,
            crowds: self.crowds,
            marks: self.marks,
            end,
        };
        rollout.clip();
        Some(rollout)
    }
}

impl Rollout {
    /// The moment of a step.
    pub fn at(&self, step: usize) -> Time {
        self.begins + Span(EVERY.0 * step as i64)
    }

    /// How many steps there are.
    pub fn steps(&self) -> usize {
        self.said.len()
    }

    /// Keeps what is worth seeing: from shortly before the first change of the last hour until shortly after everything has
    /// come to rest.
    fn clip(&mut self) {
        let recent = Time(self.now.0 - SHOWN.0);
        let deed = |mark: &&Mark| mark.at >= recent && matches!(mark.what, What::Asked | What::Endpoint);
        let first = self.marks.iter().find(deed).map_or(self.now, |mark| mark.at);
        let from = Time((first.0 - MARGIN.0).min(self.now.0 - 5 * MARGIN.0));
        let news = self.marks.last().map_or(self.now, |mark| mark.at);
        let healed = self
            .crowds
            .iter()
            .filter_map(|crowd| crowd.hurt.and_then(|hurt| hurt.over))
            .max();
        let rest = match self.end {
            End::Moved(at) => at.max(news),
            End::Open => news,
            End::Stuck => Time(i64::MAX / 2),
        };
        let rest = rest.max(healed.unwrap_or(self.now)).max(self.now);
        let until = Time(rest.0 + 2 * MARGIN.0);
        let step = |at: Time| usize::try_from((at.0 - self.begins.0).max(0) / EVERY.0).unwrap_or(0);
        let (low, high) = (step(from).min(self.steps()), (step(until) + 1).min(self.steps()));
        let low = low.min(high.saturating_sub(2));
        self.said = self.said.drain(low..high).collect();
        for crowd in &mut self.crowds {
            crowd.served = crowd.served.drain(low..high).collect();
            crowd.failed = crowd.failed.drain(low..high).collect();
            crowd.lost = crowd.lost.drain(low..high).collect();
        }
        self.begins = self.begins + Span(EVERY.0 * low as i64);
        let begins = self.begins;
        self.marks.retain(|mark| mark.at >= begins);
        // What was over before is no news any more.
        if matches!(self.end, End::Moved(at) if at <= begins) {
            self.end = End::Open;
        }
        for crowd in &mut self.crowds {
            crowd.hurt = crowd.hurt.filter(|hurt| hurt.over.is_none_or(|at| at > begins));
        }
    }
}
