//! What a client meets at a moment: the zone's records with their health, and whether an address answers.

use super::{Mark, Question, What};
use crate::base::time::Time;
use crate::catalog::Region;
use crate::dns::authority::{self, Found};
use crate::dns::routing::{ALIAS_TTL, Pot, mixed};
use crate::dns::{Asking, places, routing_words, study};
use crate::services::route53::checking;
use crate::world::names::{HealthCheckConfig, RecordSet};
use crate::world::table::Table;
use crate::world::{Ec2, World};
use std::collections::{BTreeMap, BTreeSet};

/// The records of a name as they compete now, and what was known of them a moment ago.
#[derive(Default)]
pub(super) struct Scene {
    /// One for each record.
    rows: Vec<Row>,
    /// Settings by which an address is tried, by address.
    settings: BTreeMap<String, HealthCheckConfig>,
    /// Whether addresses answer: `None` = nobody of this world has it.
    up: BTreeMap<String, Option<(bool, String)>>,
    /// Addresses that have answered before: what answers for the first time does not answer again.
    worked: BTreeSet<String>,
    /// The number of the next event of the journal.
    heard: Option<u64>,
    /// The networks that `up` was found in.
    regions: Option<Table<Region, Ec2>>,
}

/// A record as it competes at a moment.
#[derive(Clone, PartialEq)]
struct Row {
    label: String,
    rule: String,
    values: Vec<String>,
    chance: f64,
    check: Option<String>,
}

/// From where the clients ask: what decides by place sees them all in one city (ours).
fn asking(lot: u64) -> Asking {
    let (number, spot) = places::find_city("new-york").unwrap_or((0, places::CITIES[0]));
    Asking {
        spot: Some(spot),
        address: Some(places::somebody_in(number)),
        lot,
    }
}

/// The zone's records of a question.
pub(super) fn pot<'w>(world: &'w World, question: &Question) -> Option<(Pot<'w>, String)> {
    let zone = world.route53.zones.get(&question.zone)?;
    study::pot_in(world, zone, &question.name, &question.record_type)
}

impl Scene {
    /// Looks at the world as it is at a moment, and says what has changed since the last look.
    pub fn look(&mut self, world: &World, pot: Option<&Pot<'_>>, at: Time) -> Vec<Mark> {
        let rows = match pot {
            Some(pot) => rows(world, pot, &mut self.settings),
            None => Vec::new(),
        };
        let mut news = self.turns(world, &rows);
        let mark = |what: What, text: String| Mark { at, what, text };
        if !same_rules(&self.rows, &rows) {
            news.push(mark(What::Served, served(&rows)));
        }
        self.rows = rows;
        let ends = self.endpoints(world);
        news.extend(ends.into_iter().map(|text| mark(What::Endpoint, text)));
        news
    }

    /// What the journal has heard of the records' health checks since the last look.
    fn turns(&mut self, world: &World, rows: &[Row]) -> Vec<Mark> {
        let journal = &world.journal;
        let since = self
            .heard
            .replace(journal.next_number())
            .unwrap_or(journal.next_number());
        let mut found = Vec::new();
        for event in journal.since(since) {
            for row in rows {
                let told = row.check.as_ref().and_then(|id| checking::told(event, id));
                found.extend(told.map(|told| Mark {
                    at: event.at,
                    what: What::Health,
                    text: format!("{} is {told}", row.label),
                }));
            }
        }
        found
    }

    /// Tries the addresses again if the networks have changed; what is other than before.
    fn endpoints(&mut self, world: &World) -> Vec<String> {
        let same = self.regions.as_ref().is_some_and(|known| known.is_same(&world.regions));
        if !same {
            self.regions = Some(world.regions.clone());
            // What no record has any more is tried again when a client still holds it.
            let rows = &self.rows;
            self.up
                .retain(|value, _| rows.iter().any(|row| row.values.contains(value)));
        }
        let mut news = Vec::new();
        for row in self.rows.clone() {
            for value in &row.values {
                let before = self.up.get(value).cloned();
                if same && before.is_some() {
                    continue;
                }
                let found = self.tried(world, value);
                let was = before.flatten().map(|(up, _)| up);
                if let (Some(was), Some((up, said))) = (was, &found)
                    && was != *up
                    && self.worked.contains(value)
                {
                    let text = match up {
                        true => format!("{} answers again at {value}", row.label),
                        false => format!("{} does not answer any more at {value}: {}", row.label, brief(said)),
                    };
                    news.push(text);
                }
                if found.as_ref().is_some_and(|(up, _)| *up) {
                    self.worked.insert(value.clone());
                }
                self.up.insert(value.clone(), found);
            }
        }
        news
    }

    fn tried(&self, world: &World, value: &str) -> Option<(bool, String)> {
        let settings = self.settings.get(value)?;
        checking::request(world, settings, places::somebody_in(places::find_city("new-york")?.0))
    }

    /// Whether the name has records, and somebody can be served.
    pub fn works(&self) -> bool {
        let up = |value: &String| self.up.get(value).and_then(Option::as_ref).is_none_or(|(up, _)| *up);
        let able = |row: &Row| row.chance > 0.0 && (row.values.is_empty() || row.values.iter().any(up));
        self.rows.iter().any(able)
    }

    /// Each record's part of the answers.
    pub fn chances(&self) -> Vec<(String, f64)> {
        self.rows.iter().map(|row| (row.label.clone(), row.chance)).collect()
    }

    /// What a question with a lot gets: the record, the value that is taken of it, and for how many seconds.
    pub fn answer(
        world: &World,
        question: &Question,
        (pot, owner): &(Pot<'_>, String),
        lot: u64,
    ) -> Option<(String, Option<String>, i64)> {
        let asking = asking(lot);
        let (chosen, _) = pot.draw(&asking);
        let first = *chosen.first()?;
        let taken = |values: &[String]| {
            let place = usize::try_from(mixed(lot) % values.len().max(1) as u64).unwrap_or(0);
            values.get(place).cloned()
        };
        if first.alias.is_none() {
            let values: Vec<String> = chosen.iter().flat_map(|set| set.values.clone()).collect();
            let value = taken(&values);
            // Of several records in one answer, the one whose value was taken.
            let of = chosen
                .iter()
                .find(|set| value.as_ref().is_some_and(|value| set.values.contains(value)));
            return Some((study::label(of.unwrap_or(&first)), value, first.ttl.unwrap_or(0)));
        }
        let zone = world.route53.zones.get(&question.zone)?;
        match authority::find(world, zone, owner, &question.record_type, &asking) {
            Found::Records { ttl, values } => Some((study::label(first), taken(&values), ttl)),
            Found::Alias { ttl, .. } => Some((study::label(first), None, ttl)),
            _ => Some((study::label(first), None, ALIAS_TTL)),
        }
    }

    /// Whether a request to a value is answered; what this world has no endpoint for is taken to be.
    pub fn is_up(&mut self, world: &World, value: &str) -> bool {
        if !self.up.contains_key(value) {
            let found = self.tried(world, value);
            self.up.insert(value.to_owned(), found);
        }
        self.up.get(value).and_then(Option::as_ref).is_none_or(|(up, _)| *up)
    }
}

fn rows(world: &World, pot: &Pot<'_>, settings: &mut BTreeMap<String, HealthCheckConfig>) -> Vec<Row> {
    let chances = study::chances(pot, &asking(0));
    let rows = pot.group.iter().zip(chances);
    rows.map(|((set, _), chance)| {
        for value in &set.values {
            if !settings.contains_key(value) {
                settings.insert(value.clone(), tried_as(world, set, value));
            }
        }
        Row {
            label: study::label(set),
            rule: routing_words::rule(set),
            values: set.values.clone(),
            chance,
            check: set.health_check.clone(),
        }
    })
    .collect()
}

/// How a request to a record's address is judged: as its health check's probe, else as a page that is asked for on port 80.
fn tried_as(world: &World, set: &RecordSet, value: &str) -> HealthCheckConfig {
    let check = set
        .health_check
        .as_ref()
        .and_then(|id| world.route53.health_checks.get(id));
    let port = check.and_then(|row| row.config.port).unwrap_or(80);
    let kind = check
        .map(|row| row.config.kind.as_str())
        .filter(|kind| kind.starts_with("HTTP"));
    HealthCheckConfig {
        kind: if kind.is_some_and(|kind| kind.starts_with("HTTPS")) {
            "HTTPS"
        } else {
            "HTTP"
        }
        .into(),
        address: Some(value.to_owned()),
        port: Some(port),
        path: check.and_then(|row| row.config.path.clone()),
        ..HealthCheckConfig::default()
    }
}

/// Whether the zone has the same records by the same rules, health apart.
fn same_rules(before: &[Row], after: &[Row]) -> bool {
    let same = |(before, after): (&Row, &Row)| {
        before.label == after.label && before.rule == after.rule && before.values == after.values
    };
    before.len() == after.len() && before.iter().zip(after).all(same)
}

fn served(rows: &[Row]) -> String {
    let parts: Vec<String> = rows.iter().map(|row| format!("{} {}", row.label, row.rule)).collect();
    match parts.is_empty() {
        true => "In sync: the records are gone".into(),
        false => format!("In sync: {}", parts.join(", ")),
    }
}

/// The first clause of what a probe saw.
fn brief(said: &str) -> &str {
    let said = said.trim_start_matches("Failure: ");
    said.split(". ").next().unwrap_or(said)
}
