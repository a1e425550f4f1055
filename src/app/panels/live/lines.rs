//! The connections as lines on the map: parallel ones are one line with a number, and where there are too many lines for a
//! person's eyes, whole subnets are the ends. Arithmetic only: knows neither the screen nor the network.

use super::reading::{Live, Place, Row, Stage, Tracking};
use super::words;
use crate::ui::thousands;
use std::collections::BTreeMap;
use stratus_engine::World;
use stratus_engine::catalog::Region;

/// Up to so many lines run from instance to instance; more run from subnet to subnet.
pub const SINGLE: usize = 60;
/// Lines that are drawn.
pub const DRAWN: usize = 150;

/// A line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where who opened it stands.
    pub from: Place,
    /// Where whom it was opened to stands.
    pub to: Place,
    /// What all of them are in; those that are over are drawn as cut.
    pub stage: Stage,
    /// How all of them are tracked.
    pub tracking: Tracking,
    /// How many connections it stands for.
    pub count: u64,
    /// How often something was sent on them.
    pub exchanges: u64,
    /// Which of the lines between these two places it is, from 0.
    pub lane: usize,
    /// What it says.
    pub says: String,
}

/// All lines, and how many connections have none: an end is gone, both are one instance's, or there are too many.
pub fn lines(live: &Live, world: &World, region: Region) -> (Vec<Line>, usize) {
    let single = gathered(live, |place| place);
    let (mut lines, undrawn) = if single.0.len() <= SINGLE {
        single
    } else {
        gathered(live, |place| subnet_of(world, region, place))
    };
    let surplus = lines.split_off(lines.len().min(DRAWN));
    let hidden: u64 = surplus.iter().map(|line| line.count).sum();
    (lines, usize::try_from(undrawn + hidden).unwrap_or(usize::MAX))
}

fn gathered(live: &Live, place: impl Fn(Place) -> Place) -> (Vec<Line>, u64) {
    let mut groups: BTreeMap<(Place, Place, Stage, Tracking), Vec<&Row>> = BTreeMap::new();
    let mut undrawn = 0;
    for row in &live.rows {
        let ends = row.from.place.map(&place).zip(row.to.place.map(&place));
        // What goes on within one subnet is a loop at its edge.
        let apart = |(from, to): &(Place, Place)| from != to || matches!(from, Place::Subnet(_));
        match ends.filter(apart) {
            Some((from, to)) => {
                let stage = if row.stage == Stage::Over {
                    Stage::Cut
                } else {
                    row.stage
                };
                groups.entry((from, to, stage, row.tracking())).or_default().push(row);
            }
            None => undrawn += row.state.count,
        }
    }
    let mut lanes: BTreeMap<(Place, Place), usize> = BTreeMap::new();
    let lines = groups.into_iter().map(|((from, to, stage, tracking), rows)| {
        let lane = lanes.entry((from.min(to), from.max(to))).or_default();
        *lane += 1;
        let count = rows.iter().map(|row| row.state.count).sum();
        Line {
            from,
            to,
            stage,
            tracking,
            count,
            exchanges: rows.iter().map(|row| u64::from(row.connection.exchanges)).sum(),
            lane: *lane - 1,
            says: says(&rows, count),
        }
    });
    (lines.collect(), undrawn)
}

fn subnet_of(world: &World, region: Region, place: Place) -> Place {
    let Place::Instance(id) = place else { return place };
    let instance = world.ec2(region).and_then(|ec2| ec2.instances.get(&id));
    instance.map_or(place, |instance| Place::Subnet(instance.subnet))
}

/// What lies beneath a line: its only connection, or how many and the first.
fn says(rows: &[&Row], count: u64) -> String {
    let Some(first) = rows.first() else {
        return String::new();
    };
    let told = format!(
        "{}, {}, {}. {} {}",
        words::ends(first),
        words::service(first),
        words::tracking(first).0,
        words::state(first),
        first.state.reason
    );
    match count {
        1 => told,
        number => format!("{} connections. First: {told}", thousands(number)),
    }
}
