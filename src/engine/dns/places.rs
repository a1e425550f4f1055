//! Where askers are, and how far that is: for routing by place and for how long a question takes.
//!
//! Every Region is a place. Besides, this Internet has a few cities, whose networks are blocks of 198.18.0.0/15 (ours: RFC
//! 2544 keeps that range out of real use). An address in none of them is nowhere known, as many are to Route 53.
//! Whole numbers only: the same distance on every machine.

use crate::catalog::Region;
use std::net::{IpAddr, Ipv4Addr};

/// A place on the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The city, or the Region's code.
    pub name: &'static str,
    /// Tenths of a degree, north positive.
    pub latitude: i32,
    /// Tenths of a degree, east positive.
    pub longitude: i32,
    /// Route 53's code of the continent.
    pub continent: &'static str,
    /// ISO 3166-1.
    pub country: &'static str,
    /// ISO 3166-2, of the United States only; else empty.
    pub subdivision: &'static str,
}

const fn city(
    name: &'static str,
    latitude: i32,
    longitude: i32,
    continent: &'static str,
    country: &'static str,
    subdivision: &'static str,
) -> Spot {
    Spot {
        name,
        latitude,
        longitude,
        continent,
        country,
        subdivision,
    }
}

/// The cities: number N has the network 198.18.N.0/24 (ours). Append only.
pub const CITIES: [Spot; 24] = [
    city("berlin", 525, 134, "EU", "DE", ""),
    city("paris", 489, 24, "EU", "FR", ""),
    city("london", 515, -1, "EU", "GB", ""),
    city("madrid", 404, -37, "EU", "ES", ""),
    city("warsaw", 522, 210, "EU", "PL", ""),
    city("oslo", 599, 108, "EU", "NO", ""),
    city("new-york", 407, -740, "NA", "US", "NY"),
    city("los-angeles", 341, -1182, "NA", "US", "CA"),
    city("chicago", 419, -876, "NA", "US", "IL"),
    city("dallas", 328, -968, "NA", "US", "TX"),
    city("toronto", 437, -794, "NA", "CA", ""),
    city("mexico-city", 194, -991, "NA", "MX", ""),
    city("sao-paulo", -236, -466, "SA", "BR", ""),
    city("buenos-aires", -346, -584, "SA", "AR", ""),
    city("lagos", 65, 34, "AF", "NG", ""),
    city("nairobi", -13, 368, "AF", "KE", ""),
    city("cape-town", -339, 184, "AF", "ZA", ""),
    city("dubai", 252, 553, "AS", "AE", ""),
    city("mumbai", 191, 729, "AS", "IN", ""),
    city("singapore", 14, 1038, "AS", "SG", ""),
    city("tokyo", 357, 1397, "AS", "JP", ""),
    city("sydney", -339, 1512, "OC", "AU", ""),
    city("auckland", -368, 1748, "OC", "NZ", ""),
    city("mcmurdo", -778, 1667, "AN", "AQ", ""),
];

/// Code and continent of the countries that Regions are in, by their names.
const COUNTRIES: &[(&str, &str, &str)] = &[
    ("Australia", "AU", "OC"),
    ("Bahrain", "BH", "AS"),
    ("Brazil", "BR", "SA"),
    ("Canada", "CA", "NA"),
    ("France", "FR", "EU"),
    ("Germany", "DE", "EU"),
    ("Hong Kong", "HK", "AS"),
    ("India", "IN", "AS"),
    ("Indonesia", "ID", "AS"),
    ("Ireland", "IE", "EU"),
    ("Israel", "IL", "AS"),
    ("Italy", "IT", "EU"),
    ("Japan", "JP", "AS"),
    ("Malaysia", "MY", "AS"),
    ("Mexico", "MX", "NA"),
    ("New Zealand", "NZ", "OC"),
    ("Singapore", "SG", "AS"),
    ("South Africa", "ZA", "AF"),
    ("South Korea", "KR", "AS"),
    ("Spain", "ES", "EU"),
    ("Sweden", "SE", "EU"),
    ("Switzerland", "CH", "EU"),
    ("Taiwan", "TW", "AS"),
    ("Thailand", "TH", "AS"),
    ("United Arab Emirates", "AE", "AS"),
    ("United Kingdom", "GB", "EU"),
    ("United States", "US", "NA"),
];

/// The place of a Region.
pub fn of_region(region: Region) -> Spot {
    let location = region.location();
    let (_, country, continent) = COUNTRIES
        .iter()
        .find(|(name, ..)| *name == location.country)
        .copied()
        .unwrap_or(("", "", ""));
    let subdivision = match region.name() {
        "us-east-1" => "VA",
        "us-east-2" => "OH",
        "us-west-1" => "CA",
        "us-west-2" => "OR",
        _ => "",
    };
    Spot {
        name: region.name(),
        latitude: (location.latitude * 10.0) as i32,
        longitude: (location.longitude * 10.0) as i32,
        continent,
        country,
        subdivision,
    }
}

/// The number and the place of a city.
pub fn find_city(name: &str) -> Option<(u8, Spot)> {
    let at = CITIES.iter().position(|spot| spot.name == name)?;
    Some((u8::try_from(at).ok()?, *CITIES.get(at)?))
}

/// An address of somebody in a city.
pub fn somebody_in(number: u8) -> IpAddr {
    Ipv4Addr::new(198, 18, number, 25).into()
}

/// The place of an address of this Internet that no interface holds; `None`: nobody knows.
pub fn of_address(address: IpAddr) -> Option<Spot> {
    let IpAddr::V4(four) = address else { return None };
    match four.octets() {
        [198, 18, number, _] => CITIES.get(usize::from(number)).copied(),
        _ => None,
    }
}

/// What sine means, times 10,000, of tenths of a degree from 0 to 1800 (Bhaskara's rule, within 17).
fn half_wave(tenths: i64) -> i64 {
    let product = tenths * (1800 - tenths);
    let below = 4_050_000 - product;
    if below <= 0 { 0 } else { 40_000 * product / below }
}

fn sine(tenths: i64) -> i64 {
    let around = tenths.rem_euclid(3600);
    if around <= 1800 {
        half_wave(around)
    } else {
        -half_wave(around - 1800)
    }
}

/// Kilometres between two places, along the surface; within two in a hundred.
pub fn kilometres(a: (i32, i32), b: (i32, i32)) -> i64 {
    let vector = |(latitude, longitude): (i32, i32)| {
        let (latitude, longitude) = (i64::from(latitude), i64::from(longitude));
        let across = sine(latitude + 900);
        [
            across * sine(longitude + 900) / 10_000,
            across * sine(longitude) / 10_000,
            sine(latitude),
        ]
    };
    let squares: i64 = vector(a)
        .into_iter()
        .zip(vector(b))
        .map(|(a, b)| (a - b) * (a - b))
        .sum();
    // Half the chord is the sine of half the angle; Bhaskara's rule the other way round gives that angle.
    let half_chord = (squares.max(0).unsigned_abs().isqrt() / 2).min(10_000);
    let half_chord = i64::try_from(half_chord).unwrap_or(0);
    let product = 4_050_000 * half_chord / (40_000 + half_chord);
    let below = (810_000 - product).max(0).unsigned_abs();
    let root = i64::try_from((below * 10_000).isqrt()).unwrap_or(0);
    let half_angle = 90_000 - root;
    // Hundredths of tenths of a degree; a degree of a great circle is 111.2 km.
    2 * half_angle * 1112 / 10_000
}

/// Milliseconds there and back over the Internet (ours: a millisecond, and 13 more for each 1,000 km; real lines are about
/// that much longer than the surface).
pub fn round_trip(a: &Spot, b: &Spot) -> i64 {
    let apart = kilometres((a.latitude, a.longitude), (b.latitude, b.longitude));
    1 + apart * 13 / 1000
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn spot(name: &str) -> Spot {
        find_city(name)
            .map(|(_, spot)| spot)
            .unwrap_or_else(|| of_region(Region::find(name).unwrap()))
    }

    #[test]
    fn distances_are_those_of_the_globe() {
        // Great-circle distances as any atlas has them.
        for (a, b, wanted) in [
            ("london", "new-york", 5570),
            ("london", "paris", 344),
            ("tokyo", "sydney", 7820),
            ("berlin", "cape-town", 9630),
            ("madrid", "auckland", 19_600),
            ("sao-paulo", "lagos", 6400),
        ] {
            let (a, b) = (spot(a), spot(b));
            let found = kilometres((a.latitude, a.longitude), (b.latitude, b.longitude));
            assert!(
                (found - wanted).abs() <= wanted * 3 / 100 + 20,
                "{a:?} {b:?}: {found} km"
            );
            assert_eq!(found, kilometres((b.latitude, b.longitude), (a.latitude, a.longitude)));
            assert_eq!(kilometres((a.latitude, a.longitude), (a.latitude, a.longitude)), 0);
        }
    }

    #[test]
    fn every_region_has_a_country_and_a_continent() {
        for region in Region::all() {
            let spot = of_region(region);
            assert!(!spot.country.is_empty() && !spot.continent.is_empty(), "{spot:?}");
        }
    }
}
