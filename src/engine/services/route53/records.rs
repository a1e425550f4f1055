//! A record set in a request: what it is, whether it may be, and how answers have it.

use super::common::{invalid, not_yet};
use super::values;
use crate::base::error::Result;
use crate::base::time::Time;
use crate::dns::{authority, name};
use crate::world::names::{HostedZone, RecordKey, RecordSet};
use stratus_model::{Name, Structure, Value, field, sort};

/// The types of records that Stratus keeps.
pub const KEPT_TYPES: &[&str] = &[
    "A", "AAAA", "CAA", "CNAME", "MX", "NS", "PTR", "SOA", "SPF", "SRV", "TXT",
];

/// What a change does with a record set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Create,
    Delete,
    Upsert,
}

impl Action {
    fn read(text: &str) -> Action {
        match text {
            "CREATE" => Action::Create,
            "DELETE" => Action::Delete,
            _ => Action::Upsert,
        }
    }
    fn name(self) -> &'static str {
        match self {
            Action::Create => "CREATE",
            Action::Delete => "DELETE",
            Action::Upsert => "UPSERT",
        }
    }
}

/// One change of a batch, with a record set that may still be wrong in itself.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub action: Action,
    pub key: RecordKey,
    pub set: RecordSet,
}

/// Reads a change. `Err` of the outer kind refuses the whole call; the inner one is a fault of the batch.
pub(super) fn read(change: &Structure, in_sync: Time) -> Result<std::result::Result<Wanted, String>> {
    let action = Action::read(change.text(field::ACTION).unwrap_or_default());
    let nothing = Structure::new();
    let set = change.structure(field::RESOURCE_RECORD_SET).unwrap_or(&nothing);
    let record_type = set.text(field::TYPE).unwrap_or_default();
    refuse_policies(set)?;
    if !KEPT_TYPES.contains(&record_type) {
        return Err(not_yet(format!("A record of type {record_type}")));
    }
    let given = set.text(field::NAME).unwrap_or_default();
    let values: Vec<String> = set
        .structures(field::RESOURCE_RECORDS)
        .filter_map(|record| record.text(field::VALUE).map(str::to_owned))
        .collect();
    let (Some(ttl), false) = (set.integer(field::TTL), values.is_empty()) else {
        let why = format!(
            "Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or \
             TrafficPolicyInstanceId], but found none in Change with [Action={}, Name={given}, Type={record_type}, \
             SetIdentifier=null]",
            action.name()
        );
        return Err(invalid("ChangeBatch.Changes", why));
    };
    let name = match name::normal(given) {
        Ok(name) => name,
        Err(fault) => return Ok(Err(fault.to_string())),
    };
    Ok(Ok(Wanted {
        action,
        key: authority::key(&name, record_type),
        set: RecordSet {
            name,
            record_type: record_type.to_owned(),
            ttl: Some(ttl),
            values,
            in_sync,
        },
    }))
}

/// Everything but simple records waits for a later issue, and says which.
fn refuse_policies(set: &Structure) -> Result<()> {
    const POLICIES: &[(Name, &str)] = &[
        (field::ALIAS_TARGET, "An alias record (AliasTarget)"),
        (field::WEIGHT, "Weighted routing (Weight)"),
        (field::REGION, "Latency routing (Region)"),
        (field::GEO_LOCATION, "Geolocation routing (GeoLocation)"),
        (
            field::GEO_PROXIMITY_LOCATION,
            "Geoproximity routing (GeoProximityLocation)",
        ),
        (field::FAILOVER, "Failover routing (Failover)"),
        (
            field::MULTI_VALUE_ANSWER,
            "Multivalue answer routing (MultiValueAnswer)",
        ),
        (field::CIDR_ROUTING_CONFIG, "IP-based routing (CidrRoutingConfig)"),
        (
            field::TRAFFIC_POLICY_INSTANCE_ID,
            "A traffic policy (TrafficPolicyInstanceId)",
        ),
        (field::HEALTH_CHECK_ID, "A health check (HealthCheckId)"),
        (field::SET_IDENTIFIER, "A routing policy (SetIdentifier)"),
    ];
    match POLICIES.iter().find(|(name, _)| set.contains(*name)) {
        Some((_, what)) => Err(not_yet(what)),
        None => Ok(()),
    }
}

/// What is wrong with a record set in itself, wherever it would stand in the zone.
pub(super) fn faults(zone: &HostedZone, set: &RecordSet) -> Vec<String> {
    let RecordSet {
        name,
        record_type,
        values,
        ..
    } = set;
    let mut faults = Vec::new();
    if !name::within(name, &zone.name) {
        faults.push(format!(
            "RRSet with DNS name {name} is not permitted in zone {}",
            zone.name
        ));
        return faults;
    }
    let apex = *name == zone.name;
    if record_type == "CNAME" && apex {
        faults.push(format!(
            "RRSet of type CNAME with DNS name {name} is not permitted at apex in zone {}",
            zone.name
        ));
    }
    // The next three in words of ours.
    if record_type == "SOA" && !apex {
        faults.push(format!(
            "RRSet of type SOA with DNS name {name} is only permitted at apex in zone {}",
            zone.name
        ));
    }
    if record_type == "NS" && name.starts_with("\\052.") {
        faults.push(format!("RRSet of type NS with DNS name {name} cannot be a wildcard"));
    }
    if matches!(record_type.as_str(), "CNAME" | "SOA") && values.len() > 1 {
        faults.push(format!(
            "RRSet of type {record_type} with DNS name {name} has {} values, and can have one",
            values.len()
        ));
    }
    for (at, value) in values.iter().enumerate() {
        if let Some(fault) = values::fault(record_type, value) {
            faults.push(format!("Invalid Resource Record: '{fault}'"));
        }
        if values.iter().take(at).any(|before| before == value) {
            faults.push(format!("Duplicate Resource Record: '{value}'"));
        }
    }
    faults
}

/// Whether a DELETE names exactly what is there: TTL and values, in any order.
pub(super) fn same(a: &RecordSet, b: &RecordSet) -> bool {
    let sorted = |set: &RecordSet| {
        let mut values = set.values.clone();
        sort::sort(&mut values);
        values
    };
    a.ttl == b.ttl && sorted(a) == sorted(b)
}

/// A record set as answers have it.
pub(super) fn describe(set: &RecordSet) -> Structure {
    let records: Vec<Value> = set
        .values
        .iter()
        .map(|value| Structure::new().with(field::VALUE, value.as_str()).into())
        .collect();
    Structure::new()
        .with(field::NAME, set.name.as_str())
        .with(field::TYPE, set.record_type.as_str())
        .with_some(field::TTL, set.ttl)
        .with(field::RESOURCE_RECORDS, records)
}
