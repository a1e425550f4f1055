//! The world as a zone's name servers see it: which record answers whom. Known are the Regions and the cities of
//! [`places`]; between them, routing by distance can be told of any point.

use super::label;
use crate::base::error::Result;
use crate::catalog::Region;
use crate::dns::places::{self, Spot};
use crate::dns::routing::{self, Area, How, Pot};
use crate::dns::{Asker, Asking};
use crate::world::World;
use crate::world::names::{Policy, RecordSet};
use std::net::IpAddr;

/// A place from which somebody asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where.
    pub spot: Spot,
    /// Whether it is a Region: else a city.
    pub is_region: bool,
    /// Which record answers, by its place in [`Atlas::records`]; `None`: none.
    pub record: Option<usize>,
    /// Why, in a few words: `41 ms`, `the default`, …
    pub why: String,
}

/// Which record answers where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Atlas {
    /// What the records are called, in the zone's order.
    pub records: Vec<String>,
    /// Where each of them stands, tenths of a degree north and east, if it says so.
    pub stands: Vec<Option<(i32, i32)>>,
    /// What they go by: `latency`, `geolocation`, `geoproximity`, `IP-based`.
    pub policy: &'static str,
    /// Regions, then cities.
    pub marks: Vec<Mark>,
    /// For each of the points that were asked for, which record answers there; empty where distance does not decide.
    pub land: Vec<Option<usize>>,
}

/// Which record answers where, for a name whose records differ by place; `None` for one whose records do not. `land`: points of
/// the world that are wanted besides, tenths of a degree north and east.
///
/// # Errors
/// `InvalidInput` for an asker that does not exist.
pub fn atlas(world: &World, from: Asker, name: &str, record_type: &str, land: &[(i32, i32)]) -> Result<Option<Atlas>> {
    let Some(pot) = super::pot(world, from, name, record_type)? else {
        return Ok(None);
    };
    let policy = match pot.group.first().and_then(|(set, _)| set.policy.as_ref()) {
        Some(Policy::Latency(_)) => "latency",
        Some(Policy::Geolocation(_)) => "geolocation",
        Some(Policy::Geoproximity(_)) => "geoproximity",
        Some(Policy::Cidr(..)) => "IP-based",
        _ => return Ok(None),
    };
    let mut marks: Vec<Mark> = Region::all()
        .map(|region| mark(&pot, places::of_region(region), true, None))
        .collect();
    marks.extend(
        places::CITIES
            .iter()
            .zip(0_u8..)
            .map(|(spot, number)| mark(&pot, *spot, false, Some(places::somebody_in(number)))),
    );
    let by_distance = matches!(policy, "latency" | "geoproximity");
    let land = match by_distance {
        true => land.iter().map(|point| at(&pot, *point)).collect(),
        false => Vec::new(),
    };
    Ok(Some(Atlas {
        records: pot.group.iter().map(|(set, _)| label(set)).collect(),
        stands: pot.group.iter().map(|(set, _)| stands(set)).collect(),
        policy,
        marks,
        land,
    }))
}

fn place(pot: &Pot<'_>, chosen: &[&RecordSet]) -> Option<usize> {
    let first = *chosen.first()?;
    pot.group.iter().position(|(set, _)| std::ptr::eq(*set, first))
}

fn mark(pot: &Pot<'_>, spot: Spot, is_region: bool, address: Option<IpAddr>) -> Mark {
    let (chosen, how) = pot.draw(&Asking {
        spot: Some(spot),
        address,
        lot: 0,
    });
    Mark {
        spot,
        is_region,
        record: place(pot, &chosen),
        why: reason(how, &spot),
    }
}

/// A point of which only the distance is known.
fn at(pot: &Pot<'_>, (latitude, longitude): (i32, i32)) -> Option<usize> {
    let spot = Spot {
        name: "",
        latitude,
        longitude,
        continent: "",
        country: "",
        subdivision: "",
    };
    let (chosen, _) = pot.draw(&Asking {
        spot: Some(spot),
        address: None,
        lot: 0,
    });
    place(pot, &chosen)
}

/// Where a record stands, if its rule names a place.
fn stands(set: &RecordSet) -> Option<(i32, i32)> {
    match &set.policy {
        Some(Policy::Latency(region)) => {
            let spot = places::of_region(Region::find(region)?);
            Some((spot.latitude, spot.longitude))
        }
        Some(Policy::Geoproximity(near)) => routing::stands(near),
        _ => None,
    }
}

fn reason(how: How, spot: &Spot) -> String {
    let unhealthy = |passed: bool| {
        if passed {
            ", as what would come before it is unhealthy"
        } else {
            ""
        }
    };
    match how {
        How::Latency { millis, passed, .. } => format!("{millis} ms away{}", unhealthy(passed)),
        How::Geoproximity {
            kilometres,
            counted,
            passed,
            ..
        } => {
            let bias = match kilometres == counted {
                true => String::new(),
                false => format!(", counted as {counted} km"),
            };
            format!("{kilometres} km away{bias}{}", unhealthy(passed))
        }
        How::Geolocation { area, passed, .. } => {
            let code = match area {
                Area::Subdivision => spot.subdivision,
                Area::Country => spot.country,
                Area::Continent => spot.continent,
                Area::Default => "the default",
            };
            format!("{code}{}", unhealthy(passed))
        }
        How::Cidr { block, passed } => match block {
            Some(block) => format!("{block}{}", unhealthy(passed)),
            None => "the default location".into(),
        },
        How::NoMatch => "no record is for this place, and none is the default".into(),
        How::Unplaced | How::Simple | How::Weighted { .. } | How::Failover { .. } | How::Multivalue { .. } => {
            String::new()
        }
    }
}
