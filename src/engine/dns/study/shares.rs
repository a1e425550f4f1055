//! Ten thousand questions to a zone's name servers: how often each record answers beside how often it should, and whether the
//! difference is what chance makes of honest lots (Pearson's chi-squared test).

use super::label;
use crate::base::error::Result;
use crate::dns::routing::{How, MULTIVALUE, Pool, Pot, weight_of};
use crate::dns::{Asker, Asking, routing_words, view};
use crate::world::World;
use crate::world::names::RecordSet;

/// How many questions are put.
pub const QUESTIONS: u32 = 10_000;
/// What a standard normal number stays below in nineteen of twenty tries.
const ONE_IN_TWENTY: f64 = 1.644_853_6;
/// What chi-squared stays below in nineteen of twenty tries, with one degree of freedom and more
/// (<https://www.itl.nist.gov/div898/handbook/eda/section3/eda3674.htm>).
const LINES: [f64; 10] = [
    3.841, 5.991, 7.815, 9.488, 11.070, 12.592, 14.067, 15.507, 16.919, 18.307,
];

/// A record and its share of the answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// What it is called.
    pub record: String,
    /// What routing goes by: `weight 10`, `primary`, …
    pub rule: String,
    /// Its values, or what it is an alias of.
    pub values: Vec<String>,
    /// Whether it counts as healthy.
    pub healthy: bool,
    /// How many answers it should give, by the rule.
    pub expected: f64,
    /// How many it gave.
    pub observed: u32,
}

/// What came of the questions.
#[derive(Clone, Debug, PartialEq)]
pub struct Shares {
    /// How many were put.
    pub asked: u32,
    /// Every record that competes, in the zone's order.
    pub rows: Vec<Share>,
    /// How often no record answered.
    pub nothing: u32,
    /// By what rule the records compete, in a sentence.
    pub rule: String,
    /// Whether lots are drawn: else every question gets the same.
    pub by_lot: bool,
    /// How well the two fit; `None` where no lots are drawn, or only one record can answer.
    pub fit: Option<Fit>,
}

/// Whether the difference is what chance makes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// The sum of (observed − expected)² ÷ expected.
    pub chi_squared: f64,
    /// Records that can answer, less one.
    pub freedom: u32,
    /// What honest lots stay below in nineteen of twenty tries.
    pub line: f64,
}

impl Fit {
    /// Whether it lies below the line.
    pub fn is_usual(&self) -> bool {
        self.chi_squared <= self.line
    }

    /// What it means, in plain words.
    pub fn words(&self) -> String {
        let Fit { chi_squared, line, .. } = *self;
        match self.is_usual() {
            true => format!(
                "The differences are what chance makes: chi-squared, which adds them up, is {chi_squared:.2}, and honest lots stay \
                 below {line:.2} in nineteen of twenty tries."
            ),
            false => format!(
                "Chi-squared, which adds the differences up, is {chi_squared:.2}. Honest lots go above {line:.2} in one of twenty \
                 tries: this is one of them."
            ),
        }
    }
}

/// Puts [`QUESTIONS`] questions as this asker; `None` where no zone of the account answers with records.
///
/// # Errors
/// `InvalidInput` for an asker that does not exist.
pub fn shares(world: &World, from: Asker, name: &str, record_type: &str) -> Result<Option<Shares>> {
    let Some(pot) = super::pot(world, from, name, record_type)? else {
        return Ok(None);
    };
    let asking = view::asking_of(world, from)?;
    Ok(Some(count(&pot, &asking)))
}

fn count(pot: &Pot<'_>, asking: &Asking) -> Shares {
    let mut observed = vec![0_u32; pot.group.len()];
    let mut nothing = 0;
    for lot in 0..QUESTIONS {
        let lot = u64::from(lot);
        let (chosen, _) = pot.draw(&Asking { lot, ..*asking });
        if chosen.is_empty() {
            nothing += 1;
        }
        for (count, (set, _)) in observed.iter_mut().zip(&pot.group) {
            *count += u32::from(chosen.iter().any(|one| std::ptr::eq(*one, *set)));
        }
    }
    let (chosen, how) = pot.draw(asking);
    let parts = parts_of(pot, &chosen, how).into_iter();
    let expected: Vec<f64> = parts.map(|part| part * f64::from(QUESTIONS)).collect();
    let fit = matches!(how, How::Weighted { .. })
        .then(|| fit(&expected, &observed))
        .flatten();
    let rows = pot.group.iter().zip(expected.iter().zip(&observed));
    let rows = rows.map(|((set, healthy), (expected, observed))| Share {
        record: label(set),
        rule: routing_words::rule(set),
        values: match &set.alias {
            Some(_) => vec![label(set)],
            None => set.values.clone(),
        },
        healthy: *healthy,
        expected: *expected,
        observed: *observed,
    });
    Shares {
        asked: QUESTIONS,
        rows: rows.collect(),
        nothing,
        rule: rule(how, pot.group.len()),
        by_lot: matches!(how, How::Weighted { .. } | How::Multivalue { .. }),
        fit,
    }
}

/// The share of each record in the answers, of one, by the rule that holds: what the zone does now.
pub(in crate::dns) fn chances(pot: &Pot<'_>, asking: &Asking) -> Vec<f64> {
    let (chosen, how) = pot.draw(asking);
    parts_of(pot, &chosen, how)
}

/// The part of each record in the answers, of one.
fn parts_of(pot: &Pot<'_>, chosen: &[&RecordSet], how: How) -> Vec<f64> {
    let of = |share: &dyn Fn(&RecordSet, bool) -> f64| -> Vec<f64> {
        pot.group.iter().map(|(set, up)| share(set, *up)).collect()
    };
    let parts = |weigh: &dyn Fn(&RecordSet, bool) -> i64| -> Vec<f64> {
        let sum: i64 = pot.group.iter().map(|(set, up)| weigh(set, *up)).sum();
        of(&|set, up| weigh(set, up) as f64 / sum.max(1) as f64)
    };
    let weighs = pot.group.iter().any(|(set, _)| weight_of(set) > 0);
    match how {
        How::Weighted { pool, .. } => match pool {
            Pool::Weights => parts(&|set, up| if up { weight_of(set) } else { 0 }),
            Pool::AllZero => parts(&|_, up| i64::from(up)),
            Pool::Zeroes => parts(&|set, up| i64::from(up && weight_of(set) == 0)),
            Pool::AllDown => parts(&|set, _| if weighs { weight_of(set) } else { 1 }),
        },
        How::Multivalue { all_down } => {
            let able = pot.group.iter().filter(|(_, up)| *up || all_down).count();
            let share = able.min(MULTIVALUE) as f64 / able.max(1) as f64;
            of(&|_, up| if up || all_down { share } else { 0.0 })
        }
        _ => of(&|set, _| f64::from(u8::from(chosen.iter().any(|one| std::ptr::eq(*one, set))))),
    }
}

/// <https://www.itl.nist.gov/div898/handbook/eda/section3/eda35f.htm>
fn fit(expected: &[f64], observed: &[u32]) -> Option<Fit> {
    let able = expected.iter().filter(|expected| **expected > 0.0).count();
    let freedom = u32::try_from(able)
        .ok()?
        .checked_sub(1)
        .filter(|freedom| *freedom > 0)?;
    let terms = expected.iter().zip(observed).filter(|(expected, _)| **expected > 0.0);
    let chi_squared = terms
        .map(|(expected, observed)| {
            let apart = f64::from(*observed) - expected;
            apart * apart / expected
        })
        .sum();
    Some(Fit {
        chi_squared,
        freedom,
        line: line(freedom),
    })
}

/// What chi-squared stays below in nineteen of twenty tries: by the tables for few degrees of freedom, after Wilson and
/// Hilferty (1931) for more, which is within 1 in 1,000 of the tables there and would be 2 in 100 off for one.
fn line(freedom: u32) -> f64 {
    let index = usize::try_from(freedom).ok().and_then(|freedom| freedom.checked_sub(1));
    if let Some(line) = index.and_then(|index| LINES.get(index)) {
        return *line;
    }
    let part = 2.0 / (9.0 * f64::from(freedom));
    let root = 1.0 - part + ONE_IN_TWENTY * part.sqrt();
    f64::from(freedom) * root * root * root
}

fn rule(how: How, records: usize) -> String {
    match how {
        How::Simple => {
            "There is one record, with no rule to choose by: it answers every time, its values in random order.".into()
        }
        How::Weighted { pool, .. } => match pool {
            Pool::Weights => "Each healthy record should answer by its weight's part of all healthy weights.",
            Pool::AllZero => "All weights are 0: the healthy records should answer equally often.",
            Pool::Zeroes => "Every record with a weight is unhealthy: those of weight 0 should answer, equally often.",
            Pool::AllDown => "All are unhealthy, and so all count as healthy: each should answer by its weight.",
        }
        .into(),
        How::Multivalue { .. } => format!("Up to {MULTIVALUE} of {records} records are in every answer, by lot."),
        How::Failover { .. } => {
            "No lots: the primary answers every time while it is healthy, else the secondary.".into()
        }
        How::NoMatch | How::Unplaced => "No lots: it depends on where the asker is, and nobody knows that here.".into(),
        How::Geolocation { .. } | How::Latency { .. } | How::Geoproximity { .. } | How::Cidr { .. } => {
            "No lots: it depends on who asks, and this asker gets the same answer every time.".into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_that_of_the_tables() {
        // NIST/SEMATECH e-Handbook, table 1.3.6.7.4, upper critical values at 0.05.
        for (freedom, wanted) in [
            (1, 3.841),
            (2, 5.991),
            (5, 11.070),
            (10, 18.307),
            (11, 19.675),
            (99, 123.225),
        ] {
            let found = line(freedom);
            assert!((found - wanted).abs() < wanted * 0.001, "{freedom}: {found}");
        }
    }
}
