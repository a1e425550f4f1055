//! The commercial AWS Regions and their Availability Zones.
//!
//! [`REGIONS`] may only grow at its end: a [`Region`] is stored as its position in it. GovCloud, China and the other
//! partitions do not belong here.
//!
//! Region names, opt-in status and zone ids are AWS's
//! (<https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html>). Which *letter* is
//! which zone id: AWS uses one mapping for everybody in Regions opened after November 2012, and those mappings are
//! used here; in the older Regions (us-east-1, us-west-1, us-west-2, eu-west-1, ap-northeast-1, ap-southeast-1,
//! ap-southeast-2, sa-east-1) AWS maps them account by account, and the mapping here, ids in order, is *ours*.

use super::wavelength;
use crate::base::key::Key;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::fmt;

/// An AWS Region of the commercial partition, as its position in an append-only table.
///
/// Serialised as its code ("us-east-1") in readable formats and as one number in binary ones.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region(u8);

/// An Availability Zone or a Wavelength Zone: a Region and the position of the zone in it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Zone {
    /// The Region that the zone is in.
    pub region: Region,
    /// Its position in the Region's list of zones, from 0. Not the letter's: ap-northeast-1 has a, c and d. From 128 on: that
    /// of a Wavelength Zone.
    pub index: u8,
}

/// Where a Region is, for maps. The place is the metropolitan area that the Region is named for, to about a tenth of
/// a degree (AWS does not publish where its buildings are: *ours*).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Location {
    pub city: &'static str,
    pub country: &'static str,
    /// Degrees, east positive.
    pub longitude: f64,
    /// Degrees, north positive.
    pub latitude: f64,
}

/// Whether an account must enable a Region before it can be used: those opened since 20 March 2019
/// (<https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html>).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptIn {
    NotRequired,
    Required,
}

struct Entry {
    name: &'static str,
    long_name: &'static str,
    /// What zone ids begin with.
    short: &'static str,
    opt_in: OptIn,
    location: Location,
    /// Letter of the zone's name and number of its id.
    zones: &'static [(char, u8)],
}

const ABC: &[(char, u8)] = &[('a', 1), ('b', 2), ('c', 3)];

const fn entry(
    name: &'static str,
    long_name: &'static str,
    short: &'static str,
    opt_in: OptIn,
    (city, country, longitude, latitude): (&'static str, &'static str, f64, f64),
    zones: &'static [(char, u8)],
) -> Entry {
    Entry {
        name,
        long_name,
        short,
        opt_in,
        location: Location {
            city,
            country,
            longitude,
            latitude,
        },
        zones,
    }
}

use OptIn::{NotRequired, Required};

/// Append only.
#[rustfmt::skip]
static REGIONS: &[Entry] = &[
    entry("us-east-1", "US East (N. Virginia)", "use1", NotRequired, ("Ashburn", "United States", -77.5, 39.0),
        &[('a', 1), ('b', 2), ('c', 3), ('d', 4), ('e', 5), ('f', 6)]),
    entry("us-east-2", "US East (Ohio)", "use2", NotRequired, ("Columbus", "United States", -83.0, 40.0), ABC),
    // Newer accounts see two of the three zones.
    entry("us-west-1", "US West (N. California)", "usw1", NotRequired, ("San Jose", "United States", -121.9, 37.3),
        &[('a', 1), ('b', 3)]),
    entry("us-west-2", "US West (Oregon)", "usw2", NotRequired, ("Boardman", "United States", -119.7, 45.8),
        &[('a', 1), ('b', 2), ('c', 3), ('d', 4)]),
    entry("af-south-1", "Africa (Cape Town)", "afs1", Required, ("Cape Town", "South Africa", 18.4, -33.9), ABC),
    entry("ap-east-1", "Asia Pacific (Hong Kong)", "ape1", Required, ("Hong Kong", "Hong Kong", 114.2, 22.3), ABC),
    entry("ap-east-2", "Asia Pacific (Taipei)", "ape2", Required, ("Taipei", "Taiwan", 121.5, 25.0), ABC),
    // The third zone of Tokyo is closed to new accounts, and so is its letter b.
    entry("ap-northeast-1", "Asia Pacific (Tokyo)", "apne1", NotRequired, ("Tokyo", "Japan", 139.7, 35.7),
        &[('a', 1), ('c', 2), ('d', 4)]),
    entry("ap-northeast-2", "Asia Pacific (Seoul)", "apne2", NotRequired, ("Seoul", "South Korea", 127.0, 37.6),
        &[('a', 1), ('b', 2), ('c', 3), ('d', 4)]),
    entry("ap-northeast-3", "Asia Pacific (Osaka)", "apne3", NotRequired, ("Osaka", "Japan", 135.5, 34.7),
        &[('a', 3), ('b', 1), ('c', 2)]),
    entry("ap-south-1", "Asia Pacific (Mumbai)", "aps1", NotRequired, ("Mumbai", "India", 72.9, 19.1),
        &[('a', 1), ('b', 3), ('c', 2)]),
    entry("ap-south-2", "Asia Pacific (Hyderabad)", "aps2", Required, ("Hyderabad", "India", 78.5, 17.4), ABC),
    entry("ap-southeast-1", "Asia Pacific (Singapore)", "apse1", NotRequired, ("Singapore", "Singapore", 103.8, 1.4), ABC),
    entry("ap-southeast-2", "Asia Pacific (Sydney)", "apse2", NotRequired, ("Sydney", "Australia", 151.2, -33.9), ABC),
    entry("ap-southeast-3", "Asia Pacific (Jakarta)", "apse3", Required, ("Jakarta", "Indonesia", 106.8, -6.2), ABC),
    entry("ap-southeast-4", "Asia Pacific (Melbourne)", "apse4", Required, ("Melbourne", "Australia", 145.0, -37.8), ABC),
    entry("ap-southeast-5", "Asia Pacific (Malaysia)", "apse5", Required, ("Kuala Lumpur", "Malaysia", 101.7, 3.1), ABC),
    entry("ap-southeast-6", "Asia Pacific (New Zealand)", "apse6", Required, ("Auckland", "New Zealand", 174.8, -36.8), ABC),
    entry("ap-southeast-7", "Asia Pacific (Thailand)", "apse7", Required, ("Bangkok", "Thailand", 100.5, 13.8), ABC),
    entry("ca-central-1", "Canada (Central)", "cac1", NotRequired, ("Montreal", "Canada", -73.6, 45.5),
        &[('a', 1), ('b', 2), ('d', 4)]),
    entry("ca-west-1", "Canada West (Calgary)", "caw1", Required, ("Calgary", "Canada", -114.1, 51.0), ABC),
    entry("eu-central-1", "Europe (Frankfurt)", "euc1", NotRequired, ("Frankfurt", "Germany", 8.7, 50.1),
        &[('a', 2), ('b', 3), ('c', 1)]),
    entry("eu-central-2", "Europe (Zurich)", "euc2", Required, ("Zurich", "Switzerland", 8.5, 47.4), ABC),
    entry("eu-north-1", "Europe (Stockholm)", "eun1", NotRequired, ("Stockholm", "Sweden", 18.1, 59.3), ABC),
    entry("eu-south-1", "Europe (Milan)", "eus1", Required, ("Milan", "Italy", 9.2, 45.5), ABC),
    entry("eu-south-2", "Europe (Spain)", "eus2", Required, ("Zaragoza", "Spain", -0.9, 41.7), ABC),
    entry("eu-west-1", "Europe (Ireland)", "euw1", NotRequired, ("Dublin", "Ireland", -6.3, 53.3), ABC),
    entry("eu-west-2", "Europe (London)", "euw2", NotRequired, ("London", "United Kingdom", -0.1, 51.5),
        &[('a', 2), ('b', 3), ('c', 1)]),
    entry("eu-west-3", "Europe (Paris)", "euw3", NotRequired, ("Paris", "France", 2.4, 48.9), ABC),
    entry("il-central-1", "Israel (Tel Aviv)", "ilc1", Required, ("Tel Aviv", "Israel", 34.8, 32.1), ABC),
    entry("me-central-1", "Middle East (UAE)", "mec1", Required, ("Dubai", "United Arab Emirates", 55.3, 25.2), ABC),
    entry("me-south-1", "Middle East (Bahrain)", "mes1", Required, ("Manama", "Bahrain", 50.6, 26.2), ABC),
    entry("mx-central-1", "Mexico (Central)", "mxc1", Required, ("Querétaro", "Mexico", -100.4, 20.6), ABC),
    entry("sa-east-1", "South America (Sao Paulo)", "sae1", NotRequired, ("São Paulo", "Brazil", -46.6, -23.6), ABC),
];

impl Region {
    /// N. Virginia: the Region that is used where none is named, and whose prices stand in for unknown ones.
    pub const US_EAST_1: Region = Region(0);

    /// The Region of this code, e.g. "eu-west-1".
    pub fn find(code: &str) -> Option<Region> {
        REGIONS
            .iter()
            .position(|entry| entry.name == code)
            .and_then(|at| u8::try_from(at).ok())
            .map(Region)
    }

    /// Every Region, in the order of the table: the United States first, then by code.
    pub fn all() -> impl ExactSizeIterator<Item = Region> + DoubleEndedIterator {
        // The table is far shorter than 256: a test holds that.
        (0..REGIONS.len() as u8).map(Region)
    }

    /// The Region at a position that was stored earlier; None if there is no such Region.
    pub fn from_index(index: u8) -> Option<Region> {
        (usize::from(index) < REGIONS.len()).then_some(Region(index))
    }

    /// Its position in the append-only table.
    pub fn index(self) -> u8 {
        self.0
    }

    fn entry(self) -> &'static Entry {
        // A Region is only ever made from a checked position.
        &REGIONS[usize::from(self.0)]
    }

    /// "us-east-1": what the API calls RegionName.
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// "US East (N. Virginia)": what the console shows.
    pub fn long_name(self) -> &'static str {
        self.entry().long_name
    }

    /// "use1": what the ids of its zones begin with.
    pub fn short_name(self) -> &'static str {
        self.entry().short
    }

    pub fn opt_in(self) -> OptIn {
        self.entry().opt_in
    }

    /// Whether it is off by default, as are all that were launched after March 20, 2019.
    /// Source: <https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html>
    pub fn is_opt_in(self) -> bool {
        self.opt_in() != OptIn::NotRequired
    }

    pub fn location(self) -> Location {
        self.entry().location
    }

    /// "ec2.us-east-1.amazonaws.com", as DescribeRegions gives it.
    pub fn endpoint(self) -> String {
        format!("ec2.{}.amazonaws.com", self.name())
    }

    /// Its Availability Zones, by letter.
    pub fn zones(self) -> impl ExactSizeIterator<Item = Zone> + DoubleEndedIterator {
        (0..self.entry().zones.len() as u8).map(move |index| Zone { region: self, index })
    }

    /// The zone at this position, a Wavelength Zone too; None if the Region has none there.
    pub fn zone(self, index: u8) -> Option<Zone> {
        let zone = Zone { region: self, index };
        (usize::from(index) < self.entry().zones.len() || wavelength::at(zone).is_some()).then_some(zone)
    }
}

impl Zone {
    /// The Availability Zone of this name ("us-east-1a") or id ("use1-az1").
    pub fn find(text: &str) -> Option<Zone> {
        Region::all().flat_map(Region::zones).find(|zone| zone.is_called(text))
    }

    /// [`Zone::find`], or the Wavelength Zone of this name ("us-east-1-wl1-bos-wlz-1") or id ("use1-wl1-bos-wlz1").
    pub fn find_any(text: &str) -> Option<Zone> {
        let called = |zone: &Zone| wavelength::at(*zone).is_some_and(|(_, own)| own.name == text || own.id == text);
        Zone::find(text).or_else(|| Region::all().flat_map(Region::wavelength_zones).find(called))
    }

    fn is_called(self, text: &str) -> bool {
        let entry = self.region.entry();
        let (letter, number) = self.parts();
        let named = text
            .strip_prefix(entry.name)
            .is_some_and(|rest| rest.chars().eq([letter]));
        named
            || text
                .strip_prefix(entry.short)
                .and_then(|rest| rest.strip_prefix("-az"))
                .is_some_and(|rest| rest.chars().eq([char::from(b'0' + number)]))
    }

    fn parts(self) -> (char, u8) {
        // `index` is a public field: a zone made up by hand reads as the Region's first.
        self.region
            .entry()
            .zones
            .get(usize::from(self.index))
            .copied()
            .unwrap_or(('a', 1))
    }

    /// "a": the last part of an Availability Zone's name; a Wavelength Zone has none, and is marked w.
    pub fn letter(self) -> char {
        match self.is_wavelength() {
            true => 'w',
            false => self.parts().0,
        }
    }

    /// "us-east-1a", "us-east-1-wl1-bos-wlz-1".
    pub fn name(self) -> String {
        match wavelength::at(self) {
            Some((_, own)) => own.name.to_owned(),
            None => format!("{}{}", self.region.name(), self.parts().0),
        }
    }

    /// "use1-az1", "use1-wl1-bos-wlz1".
    pub fn id(self) -> String {
        match wavelength::at(self) {
            Some((_, own)) => own.id.to_owned(),
            None => format!("{}-az{}", self.region.short_name(), self.parts().1),
        }
    }

    /// "us-east-1-zg-1", "us-east-1-wl1": the zone group.
    pub fn group_name(self) -> String {
        match wavelength::at(self) {
            Some((_, own)) => own.group.to_owned(),
            None => format!("{}-zg-1", self.region.name()),
        }
    }

    /// "US East (N. Virginia) 1": the zone group's name in full.
    pub fn group_long_name(self) -> String {
        match wavelength::at(self) {
            Some((_, own)) => own.group_long.to_owned(),
            None => format!("{} 1", self.region.long_name()),
        }
    }

    /// The set of zones from which public addresses are announced: for Availability Zones, the Region; of a Wavelength Zone,
    /// mostly the zone's own name.
    pub fn network_border_group(self) -> &'static str {
        wavelength::at(self).map_or(self.region.name(), |(_, own)| own.border)
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name())
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Key for Region {
    const BITS: Option<u32> = Some(8);
    fn place(&self) -> u128 {
        self.0.place()
    }
}

impl Serialize for Region {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.serialize_str(self.name())
        } else {
            self.0.serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Region {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Region, D::Error> {
        let region = if deserializer.is_human_readable() {
            Region::find(&String::deserialize(deserializer)?)
        } else {
            Region::from_index(u8::deserialize(deserializer)?)
        };
        region.ok_or_else(|| D::Error::custom("no such Region"))
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Zone, D::Error> {
        #[derive(Deserialize)]
        #[serde(rename = "Zone")]
        struct Stored {
            region: Region,
            index: u8,
        }
        let Stored { region, index } = Stored::deserialize(deserializer)?;
        region
            .zone(index)
            .ok_or_else(|| D::Error::custom("no such Availability Zone"))
    }
}
