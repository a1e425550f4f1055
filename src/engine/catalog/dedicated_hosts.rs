//! What a Dedicated Host of each instance family is made of, how many instances it takes, and what an hour of it costs.
//!
//! Sockets and cores are AWS's (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-hosts-limits.html>) as far as
//! known here (those of c5a, d3 and g5 are ours). AWS's list has a host at a tenth more than the on-demand price of an instance that fills it
//! (<https://aws.amazon.com/ec2/dedicated-hosts/pricing/>: m5 5.069, c5 3.366, r5 6.653 USD an hour in us-east-1); that rule gives
//! the others' prices, so that they are ours.

use super::images::Platform;
use super::prices::{self, InstancePrice, Source};
use super::{InstanceType, Region};
use sha2::{Digest, Sha256};

/// What a host has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Sockets.
    pub sockets: i64,
    /// Physical cores of all sockets.
    pub cores: i64,
    /// Threads of a core.
    pub threads: i64,
}

#[rustfmt::skip]
const SHAPES: &[(&str, i64, i64)] = &[
    ("a1", 1, 16), ("c3", 2, 20), ("c4", 2, 20), ("c5", 2, 36), ("c5a", 1, 48), ("c5d", 2, 36), ("c6a", 2, 96), ("c6g", 1, 64), ("c6i", 2, 64),
    ("c7a", 2, 192), ("c7g", 1, 64), ("c7i", 2, 96), ("c8g", 2, 192), ("d2", 2, 24), ("d3", 2, 24), ("g4dn", 2, 48), ("g5", 2, 96), ("i3", 2, 36),
    ("i4i", 2, 64), ("inf1", 2, 48), ("m3", 2, 20), ("m4", 2, 24), ("m5", 2, 48), ("m5a", 2, 48), ("m5d", 2, 48), ("m5n", 2, 48),
    ("m6a", 2, 96), ("m6g", 1, 64), ("m6i", 2, 64), ("m6id", 2, 64), ("m7a", 2, 192), ("m7g", 1, 64), ("m7i", 2, 96), ("m8g", 2, 192),
    ("r3", 2, 20), ("r4", 2, 36), ("r5", 2, 48), ("r5a", 2, 48), ("r5d", 2, 48), ("r6a", 2, 96), ("r6g", 1, 64), ("r6i", 2, 64),
    ("r7a", 2, 192), ("r7g", 1, 64), ("r7i", 2, 96), ("r8g", 2, 192), ("t3", 2, 48), ("x2gd", 1, 64), ("z1d", 2, 24),
];

/// Memory by which a T3 host is filled, in MiB: its cores are shared, four times over.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-t3.html>
const BURSTABLE_SLICE: i64 = 4 << 10;
/// Such slices of a T3 host: it takes 192 of the types from nano to medium.
const BURSTABLE_SLICES: i64 = 192;

/// A family that has this one's name; every one has a type.
fn any_of(family: &str) -> Option<InstanceType> {
    InstanceType::all().find(|kind| kind.family() == family)
}

/// What a host of a family has; `None` = the family has no Dedicated Hosts.
pub fn shape(family: &str) -> Option<Shape> {
    let (_, sockets, cores) = SHAPES.iter().find(|(known, ..)| *known == family)?;
    Some(Shape {
        sockets: *sockets,
        cores: *cores,
        threads: any_of(family).map_or(1, |kind| i64::from(kind.threads_per_core())),
    })
}

/// How many units of room a host of a family has: cores, for T3 slices of memory. 0 = there are no such hosts.
pub fn room(family: &str) -> i64 {
    match shape(family) {
        Some(_) if family == "t3" => BURSTABLE_SLICES,
        Some(shape) => shape.cores,
        None => 0,
    }
}

/// How many units of room an instance takes.
pub fn takes(kind: InstanceType) -> i64 {
    if kind.family() == "t3" {
        let memory = i64::from(kind.memory_mib());
        return ((memory + BURSTABLE_SLICE - 1) / BURSTABLE_SLICE).max(1);
    }
    i64::from(kind.cores()).max(1)
}

/// Whether a host of a family may take several of its types: those of the Nitro system.
pub fn takes_several_types(family: &str) -> bool {
    any_of(family).is_some_and(|kind| kind.hypervisor() == super::instance_types::Hypervisor::Nitro)
}

/// What an hour of a host costs on demand; `None` = there are no such hosts.
pub fn hour(family: &str, region: Region) -> Option<InstancePrice> {
    let shape = shape(family)?;
    let cores = |kind: &InstanceType| i64::from(kind.cores());
    let fit = any_of(family)?.siblings().filter(|kind| cores(kind) <= shape.cores);
    let largest = fit.max_by_key(cores)?;
    let price = prices::instance_hour(largest, region, Platform::Linux);
    let whole = price.machine * i128::from(shape.cores) / i128::from(cores(&largest).max(1));
    // Three of them are on AWS's list, as far as known here, and there only for one Region.
    let listed = matches!(family, "m5" | "c5" | "r5") && region == Region::US_EAST_1;
    // AWS rounds to a tenth of a cent.
    let thousandth = 1_000_000_000;
    Some(InstancePrice {
        machine: (whole * 11 / 10 + thousandth / 2) / thousandth * thousandth,
        licence: 0,
        source: if listed { Source::Documented } else { Source::Ours },
        remark: (!listed).then_some("a tenth more than an instance that fills the host"),
    })
}

/// The id of an offering to reserve hosts of a family: for 1 or 3 years, paid as the API names it (ours: a digest of it all).
pub fn offering_id(family: &str, years: i64, payment: &str, region: Region) -> String {
    let words = format!("host offering {} {family} {years} {payment}", region.name());
    let digest = Sha256::digest(words.as_bytes());
    let digits: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("hro-0{digits}")
}
