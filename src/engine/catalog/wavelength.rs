//! Wavelength Zones: AWS's hosts in the data centres of mobile carriers, each with a Region as its parent.
//!
//! Names and ids are AWS's (<https://docs.aws.amazon.com/wavelength/latest/developerguide/available-wavelength-zones.html>). Which
//! Availability Zone is a zone's parent AWS does not publish, nor where the carriers' addresses begin: both are *ours*.

use super::{InstanceType, Region, Zone};
use ipnet::Ipv4Net;
use std::net::Ipv4Addr;

/// Positions of a [`Zone`] from here on are those of Wavelength Zones; those before are Availability Zones.
pub(super) const FIRST: u8 = 128;

/// What is known of a Wavelength Zone.
pub(super) struct Entry {
    /// The Region that it belongs to.
    pub region: &'static str,
    /// Its group, which an account opts in to.
    pub group: &'static str,
    /// The group's name in full (ours, after the names of the price list).
    pub group_long: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its id.
    pub id: &'static str,
    /// The set of zones from which its carrier addresses are announced.
    pub border: &'static str,
}

const fn entry(
    (region, group, group_long): (&'static str, &'static str, &'static str),
    name: &'static str,
    id: &'static str,
) -> Entry {
    Entry {
        region,
        group,
        group_long,
        name,
        id,
        border: name,
    }
}

const VERIZON_EAST: (&str, &str, &str) = ("us-east-1", "us-east-1-wl1", "US East (Verizon) 1");
const VERIZON_WEST: (&str, &str, &str) = ("us-west-2", "us-west-2-wl1", "US West (Verizon) 1");
const KDDI: (&str, &str, &str) = ("ap-northeast-1", "ap-northeast-1-wl1", "Asia Pacific (KDDI) 1");
const BELL: (&str, &str, &str) = ("ca-central-1", "ca-central-1-wl1", "Canada (Bell) 1");
const VODAFONE: (&str, &str, &str) = ("eu-west-2", "eu-west-2-wl1", "Europe (Vodafone) 1");
const BT: (&str, &str, &str) = ("eu-west-2", "eu-west-2-wl2", "Europe (British Telecom) 1");
const ORANGE: (&str, &str, &str) = ("eu-west-3", "eu-west-3-cmn-wlz-1", "Morocco (Orange) 1");

/// Append only: a zone is stored as its position among its Region's.
#[rustfmt::skip]
static ENTRIES: &[Entry] = &[
    entry(VERIZON_EAST, "us-east-1-wl1-atl-wlz-1", "use1-wl1-atl-wlz1"),
    entry(VERIZON_EAST, "us-east-1-wl1-bna-wlz-1", "use1-wl1-bna-wlz1"),
    entry(VERIZON_EAST, "us-east-1-wl1-bos-wlz-1", "use1-wl1-bos-wlz1"),
    entry(VERIZON_EAST, "us-east-1-wl1-chi-wlz-1", "use1-wl1-chi-wlz1"),
    entry(VERIZON_EAST, "us-east-1-wl1-clt-wlz-1", "use1-wl1-clt-wlz1"),
    entry(VERIZON_EAST, "us-east-1-wl1-dfw-wlz-1", "use1-wl1-dfw-wlz1"),
    entry(VERIZON_EAST, "us-east-1-wl1-dtw-wlz-1", "use1-wl1-dtw-wlz1"),
    entry(VERIZON_EAST, "us-east-1-wl1-iah-wlz-1", "use1-wl1-iah-wlz1"),
    entry(VERIZON_EAST, "us-east-1-wl1-mia-wlz-1", "use1-wl1-mia-wlz1"),
    entry(VERIZON_EAST, "us-east-1-wl1-msp-wlz-1", "use1-wl1-msp-wlz1"),
    entry(VERIZON_EAST, "us-east-1-wl1-nyc-wlz-1", "use1-wl1-nyc-wlz1"),
    entry(VERIZON_EAST, "us-east-1-wl1-tpa-wlz-1", "use1-wl1-tpa-wlz1"),
    entry(VERIZON_EAST, "us-east-1-wl1-was-wlz-1", "use1-wl1-was-wlz1"),
    entry(VERIZON_WEST, "us-west-2-wl1-den-wlz-1", "usw2-wl1-den-wlz1"),
    entry(VERIZON_WEST, "us-west-2-wl1-las-wlz-1", "usw2-wl1-las-wlz1"),
    entry(VERIZON_WEST, "us-west-2-wl1-lax-wlz-1", "usw2-wl1-lax-wlz1"),
    entry(VERIZON_WEST, "us-west-2-wl1-phx-wlz-1", "usw2-wl1-phx-wlz1"),
    entry(VERIZON_WEST, "us-west-2-wl1-sea-wlz-1", "usw2-wl1-sea-wlz1"),
    entry(VERIZON_WEST, "us-west-2-wl1-sfo-wlz-1", "usw2-wl1-sfo-wlz1"),
    entry(KDDI, "ap-northeast-1-wl1-kix-wlz-1", "apne1-wl1-kix-wlz1"),
    entry(KDDI, "ap-northeast-1-wl1-nrt-wlz-1", "apne1-wl1-nrt-wlz1"),
    entry(BELL, "ca-central-1-wl1-yto-wlz-1", "cac1-wl1-yto-wlz1"),
    entry(VODAFONE, "eu-west-2-wl1-lon-wlz-1", "euw2-wl1-lon-wlz1"),
    entry(VODAFONE, "eu-west-2-wl1-man-wlz-1", "euw2-wl1-man-wlz1"),
    entry(BT, "eu-west-2-wl2-man-wlz-1", "euw2-wl2-man-wlz1"),
    Entry { border: "eu-west-3-cmn-wlz-1", ..entry(ORANGE, "eu-west-3-cmn-wlz-1a", "euw3-cmn1-wlz1") },
];

/// The types that a Wavelength Zone has, in the documentation of 2023.
/// <https://docs.aws.amazon.com/wavelength/latest/developerguide/wavelength-quotas.html>
const TYPES: [&str; 4] = ["t3.medium", "t3.xlarge", "r5.2xlarge", "g4dn.2xlarge"];

/// Whether Wavelength Zones have a type.
pub fn offers(kind: InstanceType) -> bool {
    TYPES.contains(&kind.name())
}

/// The Region's entries, each with its number among all.
fn of(region: Region) -> impl Iterator<Item = (u8, &'static Entry)> {
    let all = (0u8..).zip(ENTRIES);
    all.filter(move |(_, entry)| entry.region == region.name())
}

/// What is known of a zone, and its number among all; `None` for an Availability Zone.
pub(super) fn at(zone: Zone) -> Option<(u8, &'static Entry)> {
    of(zone.region).nth(usize::from(zone.index.checked_sub(FIRST)?))
}

impl Region {
    /// Its Wavelength Zones, by name.
    pub fn wavelength_zones(self) -> impl Iterator<Item = Zone> {
        let indexes = FIRST..u8::MAX;
        indexes
            .zip(of(self))
            .map(move |(index, _)| Zone { region: self, index })
    }
}

impl Zone {
    /// Whether it is a Wavelength Zone, and no Availability Zone.
    pub fn is_wavelength(self) -> bool {
        self.index >= FIRST
    }

    /// The Availability Zone that handles a Wavelength Zone's control plane (which one it is: ours).
    pub fn parent(self) -> Option<Zone> {
        let (number, _) = at(self)?;
        let count = u8::try_from(self.region.zones().len()).ok()?;
        self.region.zone(number.checked_rem(count)?)
    }

    /// Itself, or of a Wavelength Zone its parent: where what it has in common with the Region stands.
    pub fn home(self) -> Zone {
        self.parent().unwrap_or(self)
    }

    /// The addresses of a carrier that stand for private ones of a Wavelength Zone: 1,024 of a block that AWS announces for
    /// such zones (which of them are whose: ours).
    pub fn carrier_block(self) -> Option<Ipv4Net> {
        let (number, _) = at(self)?;
        Ipv4Net::new(Ipv4Addr::new(155, 146, number.checked_mul(4)?, 0), 22).ok()
    }

    /// Whether the carrier gateway lets connections begin on the Internet, and UDP pass there: only in zones in Africa.
    /// <https://docs.aws.amazon.com/wavelength/latest/developerguide/wavelength-quotas.html>
    pub fn is_open_to_internet(self) -> bool {
        self.is_wavelength() && self.region.name() == "eu-west-3"
    }
}
