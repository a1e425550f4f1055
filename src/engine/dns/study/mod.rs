//! The microscope on names: the same question put many times, or from everywhere, so that what routing does can be seen at
//! once. Everything here reads a world and draws nothing from it: the lots are those of questions 0, 1, 2, …
//!
//! What may never happen here: an answer that differs from what the zone's name servers would say. The choice is theirs
//! (`routing::Pot`), health looked at once.

mod atlas;
mod shares;

pub use atlas::{Atlas, Mark, atlas};
pub(super) use shares::chances;
pub use shares::{Fit, QUESTIONS, Share, Shares, shares};

use super::cache::View;
use super::routing::Pot;
use super::{Asker, authority, name, view};
use crate::base::error::Result;
use crate::world::World;
use crate::world::names::{HostedZone, RecordSet};
use crate::world::vpc::Vpc;

/// The zone that answers an asker for a name: the private one of their VPC, else the public one that the parents delegate to.
fn zone_of<'w>(world: &'w World, stub: &view::Stub, wanted: &str) -> Option<&'w HostedZone> {
    let vpc = match stub.view {
        View::Vpc(region, vpc) | View::Classic(region, Some(vpc)) => Some((region, vpc)),
        _ => None,
    };
    let private = vpc.and_then(|(region, vpc)| {
        view::private_zone(world, region, vpc, wanted)
            .filter(|_| world.row::<Vpc>(region, vpc).is_some_and(|row| row.dns_hostnames))
    });
    private.or_else(|| name::ancestry(wanted).find_map(|above| authority::delegated(world, above)))
}

/// The record sets that compete for a question, in the zone that answers it; `None` where nothing is to be chosen because no
/// zone of the account has them.
fn pot<'w>(world: &'w World, from: Asker, asked: &str, record_type: &str) -> Result<Option<Pot<'w>>> {
    let stub = view::asker(world, from)?;
    let Ok(wanted) = name::normal(&view::qualified(&stub, asked.trim())) else {
        return Ok(None);
    };
    let Some(zone) = zone_of(world, &stub, &wanted) else {
        return Ok(None);
    };
    Ok(pot_in(world, zone, &wanted, record_type).map(|(pot, _)| pot))
}

/// The record sets that compete for a question in a zone, and the name that they have there (it may be a wildcard).
pub(super) fn pot_in<'w>(
    world: &'w World,
    zone: &'w HostedZone,
    name: &str,
    record_type: &str,
) -> Option<(Pot<'w>, String)> {
    let owner = authority::owner(zone, name, record_type)?;
    let of = |record_type: &str| Pot::new(world, &zone.served, &owner, record_type);
    Some((of(record_type).or_else(|| of("CNAME"))?, owner))
}

/// What a record set is called among its like: its identifier, else its values, else what it is an alias of.
pub(super) fn label(set: &RecordSet) -> String {
    match (&set.identifier, &set.alias) {
        (Some(identifier), _) => identifier.clone(),
        (None, Some(alias)) => format!("alias of {}", name::said(&alias.target)),
        (None, None) => set.values.join(", "),
    }
}
