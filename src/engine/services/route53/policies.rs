//! Routing policies as record sets say them: what a request may say, which sets can stand beside each other, and how
//! answers have it. Which of the sets answers a question is the business of `dns::authority`.
//!
//! <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html>. Texts of faults are Route 53's
//! for weighted, latency and multivalue sets and for simple ones beside others, as its users report them; those of the
//! other policies are ours in the same form.

use super::common::{invalid, not_found_collection};
use super::geo;
use crate::base::error::Result;
use crate::world::World;
use crate::world::names::{HostedZone, Nearness, Place, Policy, RecordSet};
use stratus_model::{Name, Structure, field};

/// Most record sets of one name, type and policy.
/// <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html>
const TOGETHER: usize = 100;
/// The same of geoproximity.
const NEAR_TOGETHER: usize = 30;

/// The fields that say a policy, in the order in which Route 53 names them.
const FIELDS: [Name; 7] = [
    field::WEIGHT,
    field::REGION,
    field::FAILOVER,
    field::GEO_LOCATION,
    field::MULTI_VALUE_ANSWER,
    field::GEO_PROXIMITY_LOCATION,
    field::CIDR_ROUTING_CONFIG,
];

/// Reads the policy of a set. `said` tells which change it is, as Route 53's messages end.
pub(super) fn read(world: &World, set: &Structure, said: &str) -> Result<Option<Policy>> {
    let refused = |why: String| invalid("ChangeBatch.Changes", format!("Invalid request: {why} {said}"));
    let given: Vec<Name> = FIELDS
        .into_iter()
        .filter(|name| set.contains(*name))
        // `false` is as good as nothing.
        .filter(|name| *name != field::MULTI_VALUE_ANSWER || set.boolean(*name) == Some(true))
        .collect();
    let found = match (set.contains(field::SET_IDENTIFIER), given.as_slice()) {
        (false, []) => return Ok(None),
        (false, _) => return Err(refused("Missing field 'SetIdentifier'".into())),
        (true, [only]) => *only,
        (true, several) => {
            let found = if several.is_empty() { "none" } else { "more than one" };
            return Err(refused(format!(
                "Expected exactly one of [Weight, Region, Failover, GeoLocation, MultiValueAnswer, \
                 GeoProximityLocation, or CidrRoutingConfig], but found {found}"
            )));
        }
    };
    let nothing = Structure::new();
    let inner = set.structure(found).unwrap_or(&nothing);
    Ok(Some(match found {
        field::WEIGHT => Policy::Weighted(set.integer(found).unwrap_or(0)),
        field::REGION => Policy::Latency(set.text(found).unwrap_or_default().to_owned()),
        field::FAILOVER => Policy::Failover(set.text(found) == Some("PRIMARY")),
        field::GEO_LOCATION => Policy::Geolocation(place(inner)?),
        field::GEO_PROXIMITY_LOCATION => Policy::Geoproximity(nearness(inner)?),
        field::CIDR_ROUTING_CONFIG => cidr(world, inner)?,
        _ => Policy::Multivalue,
    }))
}

/// A place that Route 53 knows (see ListGeoLocations).
fn place(given: &Structure) -> Result<Place> {
    let text = |name| given.text(name).unwrap_or_default().to_owned();
    let place = Place {
        continent: text(field::CONTINENT_CODE),
        country: text(field::COUNTRY_CODE),
        subdivision: text(field::SUBDIVISION_CODE),
    };
    geo::find(&place).map(|_| place).ok_or_else(|| {
        invalid(
            "ChangeBatch.Changes",
            "Invalid GeoLocation: give a ContinentCode, or a CountryCode with or without a SubdivisionCode, as \
             ListGeoLocations has them.",
        )
    })
}

fn nearness(given: &Structure) -> Result<Nearness> {
    let text = |name| given.text(name).unwrap_or_default().to_owned();
    let coordinates = given.structure(field::COORDINATES).map(|at| {
        (
            at.text(field::LATITUDE).unwrap_or_default().to_owned(),
            at.text(field::LONGITUDE).unwrap_or_default().to_owned(),
        )
    });
    let near = Nearness {
        region: text(field::AWS_REGION),
        local_zone_group: text(field::LOCAL_ZONE_GROUP),
        coordinates,
        bias: given.integer(field::BIAS),
    };
    let ways = [
        !near.region.is_empty(),
        !near.local_zone_group.is_empty(),
        near.coordinates.is_some(),
    ];
    if ways.into_iter().filter(|given| *given).count() != 1 {
        let why = "Invalid GeoProximityLocation: give exactly one of AWSRegion, LocalZoneGroup, or Coordinates.";
        return Err(invalid("ChangeBatch.Changes", why));
    }
    Ok(near)
}

fn cidr(world: &World, given: &Structure) -> Result<Policy> {
    let id = given.text(field::COLLECTION_ID).unwrap_or_default();
    let location = given.text(field::LOCATION_NAME).unwrap_or_default();
    let collection = world
        .route53
        .cidr_collections
        .get(&id.to_owned())
        .ok_or_else(|| not_found_collection(id))?;
    if location != "*" && !collection.locations.contains_key(location) {
        let why = format!("The CIDR collection {id} has no location with the name '{location}'.");
        return Err(invalid("ChangeBatch.Changes", why));
    }
    Ok(Policy::Cidr(id.to_owned(), location.to_owned()))
}

/// The policy in one word, as faults name it.
pub fn word(policy: &Policy) -> &'static str {
    match policy {
        Policy::Weighted(_) => "weighted",
        Policy::Latency(_) => "latency",
        Policy::Failover(_) => "failover",
        Policy::Geolocation(_) => "geolocation",
        Policy::Geoproximity(_) => "geoproximity",
        Policy::Multivalue => "multivalue answer",
        Policy::Cidr(..) => "CIDR routing",
    }
}

/// What is wrong with a set's routing in itself.
pub(super) fn faults(zone: &HostedZone, set: &RecordSet) -> Vec<String> {
    let mut faults = Vec::new();
    let called = called(set);
    let record_type = set.record_type.as_str();
    if set.alias.is_some() && matches!(record_type, "NS" | "SOA") {
        faults.push(format!("{called} cannot be an alias"));
    }
    let Some(policy) = &set.policy else {
        return faults;
    };
    if matches!(record_type, "NS" | "SOA") {
        faults.push(format!("{called} cannot have a routing policy"));
    }
    if *policy == Policy::Multivalue {
        if set.alias.is_some() {
            faults.push(format!(
                "{called} cannot be an alias, as it is a multivalue answer RRSet"
            ));
        }
        if record_type == "CNAME" {
            faults.push(format!("{called} cannot be a multivalue answer RRSet"));
        }
    }
    if matches!(policy, Policy::Cidr(..)) && zone.private.is_some() {
        faults.push(format!("{called} cannot use CIDR routing in a private hosted zone"));
    }
    faults
}

/// `RRSet with DNS name www.example.com., type A, SetIdentifier blue`.
fn called(set: &RecordSet) -> String {
    let mut text = format!("RRSet with DNS name {}, type {}", set.name, set.record_type);
    if let Some(identifier) = &set.identifier {
        text.push_str(&format!(", SetIdentifier {identifier}"));
    }
    text
}

/// What a set cannot stand beside: `group` is all sets of its name and type in the zone as it would be, itself included.
pub(super) fn conflict(set: &RecordSet, group: &[&RecordSet]) -> Option<String> {
    let called = called(set);
    let others = || group.iter().filter(|other| other.identifier != set.identifier);
    let Some(policy) = &set.policy else {
        return others()
            .next()
            .map(|_| format!("{called} cannot be created as other RRSets exist with the same name and type."));
    };
    let alike = |other: &&&RecordSet| {
        other
            .policy
            .as_ref()
            .is_some_and(|other| std::mem::discriminant(other) == std::mem::discriminant(policy))
    };
    if others().any(|other| !alike(&other)) {
        return Some(match policy {
            Policy::Weighted(_) => {
                format!("{called} cannot be created as a non-weighted set exists with the same name and type.")
            }
            Policy::Multivalue => format!(
                "{called} cannot be created because a non multivalue answer rrset exists with the same name and type."
            ),
            _ => format!(
                "{called}{} cannot be created because a non-{} RRSet with the same name and type already exists.",
                place_of(policy),
                word(policy)
            ),
        });
    }
    let most = match policy {
        Policy::Geoproximity(_) => NEAR_TOGETHER,
        _ => TOGETHER,
    };
    if group.len() > most {
        return Some(format!(
            "{called} cannot be created as more than {most} {} RRSets would exist with the same name and type.",
            word(policy)
        ));
    }
    let others: Vec<&RecordSet> = others().copied().collect();
    beside_its_like(&called, set, policy, &others)
}

/// What a set cannot stand beside among those of its policy.
fn beside_its_like(called: &str, set: &RecordSet, policy: &Policy, others: &[&RecordSet]) -> Option<String> {
    match policy {
        Policy::Weighted(_)
            if others
                .iter()
                .any(|other| other.ttl != set.ttl && other.ttl.is_some() && set.ttl.is_some()) =>
        {
            // Route 53 says "and type" here, and has no comma before it.
            let called = called.replacen(", type", " and type", 1);
            Some(format!(
                "{called} cannot be created as weighted sets must contain the same TTL."
            ))
        }
        Policy::Weighted(_) | Policy::Multivalue => None,
        Policy::Cidr(collection, _)
            if others
                .iter()
                .any(|other| matches!(&other.policy, Some(Policy::Cidr(id, _)) if id != collection)) =>
        {
            Some(format!(
                "{called} cannot be created because a CIDR routing RRSet with the same name and type uses another collection."
            ))
        }
        _ => others
            .iter()
            .any(|other| other.policy.as_ref().is_some_and(|other| same_place(other, policy)))
            .then(|| {
                format!(
                    "{called}{} cannot be created because a {} RRSet with the same name, type and {} already exists.",
                    place_of(policy),
                    word(policy),
                    match policy {
                        Policy::Latency(_) => "region",
                        Policy::Failover(_) => "failover",
                        _ => "location",
                    }
                )
            }),
    }
}

/// Whether two sets of one policy are for the same askers.
fn same_place(a: &Policy, b: &Policy) -> bool {
    match (a, b) {
        // The bias only shifts a place's border.
        (Policy::Geoproximity(a), Policy::Geoproximity(b)) => {
            (&a.region, &a.local_zone_group, &a.coordinates) == (&b.region, &b.local_zone_group, &b.coordinates)
        }
        _ => a == b,
    }
}

/// What a message says of the place, after the identifier.
fn place_of(policy: &Policy) -> String {
    match policy {
        Policy::Latency(region) => format!(", and Region Name={region}"),
        Policy::Failover(primary) => format!(", and Failover={}", role(*primary)),
        Policy::Geolocation(place) => {
            let parts = [
                ("ContinentCode", &place.continent),
                ("CountryCode", &place.country),
                ("SubdivisionCode", &place.subdivision),
            ];
            let said: Vec<String> = parts
                .into_iter()
                .filter(|(_, code)| !code.is_empty())
                .map(|(name, code)| format!("{name}={code}"))
                .collect();
            format!(", and GeoLocation {}", said.join(", "))
        }
        Policy::Cidr(_, location) => format!(", and LocationName={location}"),
        _ => String::new(),
    }
}

fn role(primary: bool) -> &'static str {
    if primary { "PRIMARY" } else { "SECONDARY" }
}

/// Adds to an answer what it says of a policy.
pub(super) fn describe(policy: &Policy, answer: Structure) -> Structure {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    match policy {
        Policy::Weighted(weight) => answer.with(field::WEIGHT, *weight),
        Policy::Latency(region) => answer.with(field::REGION, region.as_str()),
        Policy::Failover(primary) => answer.with(field::FAILOVER, role(*primary)),
        Policy::Multivalue => answer.with(field::MULTI_VALUE_ANSWER, true),
        Policy::Geolocation(place) => answer.with(
            field::GEO_LOCATION,
            Structure::new()
                .with_some(field::CONTINENT_CODE, some(&place.continent))
                .with_some(field::COUNTRY_CODE, some(&place.country))
                .with_some(field::SUBDIVISION_CODE, some(&place.subdivision)),
        ),
        Policy::Geoproximity(near) => {
            let coordinates = near.coordinates.as_ref().map(|(latitude, longitude)| {
                Structure::new()
                    .with(field::LATITUDE, latitude.as_str())
                    .with(field::LONGITUDE, longitude.as_str())
            });
            answer.with(
                field::GEO_PROXIMITY_LOCATION,
                Structure::new()
                    .with_some(field::AWS_REGION, some(&near.region))
                    .with_some(field::LOCAL_ZONE_GROUP, some(&near.local_zone_group))
                    .with_some(field::COORDINATES, coordinates)
                    .with_some(field::BIAS, near.bias),
            )
        }
        Policy::Cidr(collection, location) => answer.with(
            field::CIDR_ROUTING_CONFIG,
            Structure::new()
                .with(field::COLLECTION_ID, collection.as_str())
                .with(field::LOCATION_NAME, location.as_str()),
        ),
    }
}
