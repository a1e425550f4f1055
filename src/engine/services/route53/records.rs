//! A record set in a request: what it is, whether it may be, and how answers have it.

use super::common::invalid;
use super::{policies, values};
use crate::base::error::Result;
use crate::base::time::Time;
use crate::dns::name;
use crate::world::World;
use crate::world::names::{Alias, HostedZone, RecordKey, RecordSet};
use stratus_model::{Structure, Value, field, sort};

/// Most values of a record set.
/// <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html>
const VALUES: usize = 400;

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
pub(super) fn read(world: &World, change: &Structure, in_sync: Time) -> Result<std::result::Result<Wanted, String>> {
    let action = Action::read(change.text(field::ACTION).unwrap_or_default());
    let nothing = Structure::new();
    let set = change.structure(field::RESOURCE_RECORD_SET).unwrap_or(&nothing);
    let record_type = set.text(field::TYPE).unwrap_or_default();
    let given = set.text(field::NAME).unwrap_or_default();
    let identifier = set.text(field::SET_IDENTIFIER);
    let said = format!(
        "in Change with [Action={}, Name={given}, Type={record_type}, SetIdentifier={}]",
        action.name(),
        identifier.unwrap_or("null")
    );
    if set.contains(field::TRAFFIC_POLICY_INSTANCE_ID) {
        let why = "A record of a traffic policy instance is changed by UpdateTrafficPolicyInstance and deleted by \
                   DeleteTrafficPolicyInstance.";
        return Err(invalid("ChangeBatch.Changes", why));
    }
    refuse_content(set, &said)?;
    let policy = policies::read(world, set, &said)?;
    if let Some(id) = set.text(field::HEALTH_CHECK_ID) {
        super::health::find(world, id)?;
    }
    let values: Vec<String> = set
        .structures(field::RESOURCE_RECORDS)
        .filter_map(|record| record.text(field::VALUE).map(str::to_owned))
        .collect();
    let name = match name::normal(given) {
        Ok(name) => name,
        Err(fault) => return Ok(Err(fault.to_string())),
    };
    let alias = match set.structure(field::ALIAS_TARGET).map(read_alias) {
        Some(Err(fault)) => return Ok(Err(fault)),
        Some(Ok(alias)) => Some(alias),
        None => None,
    };
    Ok(Ok(Wanted {
        action,
        key: (
            name::reversed(&name),
            record_type.to_owned(),
            identifier.unwrap_or_default().to_owned(),
        ),
        set: RecordSet {
            name,
            record_type: record_type.to_owned(),
            ttl: set.integer(field::TTL),
            values,
            in_sync,
            identifier: identifier.map(str::to_owned),
            policy,
            alias,
            health_check: set.text(field::HEALTH_CHECK_ID).map(str::to_owned),
            traffic: None,
        },
    }))
}

/// A set has either an alias target, or a TTL and values.
fn refuse_content(set: &Structure, said: &str) -> Result<()> {
    let alias = set.contains(field::ALIAS_TARGET);
    let (ttl, values) = (
        set.contains(field::TTL),
        set.structures(field::RESOURCE_RECORDS).next().is_some(),
    );
    let found = match (alias, ttl, values) {
        (true, false, false) | (false, true, true) => return Ok(()),
        (false, ..) => "none",
        (true, ..) => "more than one",
    };
    let why = format!(
        "Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or \
         TrafficPolicyInstanceId], but found {found} {said}"
    );
    Err(invalid("ChangeBatch.Changes", why))
}

fn read_alias(target: &Structure) -> std::result::Result<Alias, String> {
    let zone = target.text(field::HOSTED_ZONE_ID).unwrap_or_default();
    let given = target.text(field::DNS_NAME).unwrap_or_default();
    if given.is_empty() {
        return Err("FATAL problem: DomainNameEmpty (Domain name is empty) encountered with ''".into());
    }
    Ok(Alias {
        zone: zone.strip_prefix("/hostedzone/").unwrap_or(zone).to_owned(),
        target: name::normal(given).map_err(|fault| fault.to_string())?,
        evaluate_health: target.boolean(field::EVALUATE_TARGET_HEALTH).unwrap_or(false),
    })
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
    // The next ones in words of ours.
    if record_type == "SOA" && !apex {
        faults.push(format!(
            "RRSet of type SOA with DNS name {name} is only permitted at apex in zone {}",
            zone.name
        ));
    }
    if record_type == "NS" && name.starts_with("\\052.") {
        faults.push(format!("RRSet of type NS with DNS name {name} cannot be a wildcard"));
    }
    if record_type == "DS" && apex {
        faults.push(format!(
            "RRSet of type DS with DNS name {name} is not permitted at apex in zone {}",
            zone.name
        ));
    }
    let most = if matches!(record_type.as_str(), "CNAME" | "SOA") {
        1
    } else {
        VALUES
    };
    if values.len() > most {
        faults.push(format!(
            "RRSet of type {record_type} with DNS name {name} has {} values, and can have {}",
            values.len(),
            if most == 1 { "one".to_owned() } else { most.to_string() }
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
    faults.extend(policies::faults(zone, set));
    faults
}

/// Whether a DELETE names exactly what is there: TTL and values in any order, and all that is said of routing.
pub(super) fn same(a: &RecordSet, b: &RecordSet) -> bool {
    let sorted = |set: &RecordSet| {
        let mut values = set.values.clone();
        sort::sort(&mut values);
        values
    };
    a.ttl == b.ttl
        && sorted(a) == sorted(b)
        && a.policy == b.policy
        && a.alias == b.alias
        && a.health_check == b.health_check
}

/// A record set as answers have it, and as a request to delete it must name it.
pub fn describe(set: &RecordSet) -> Structure {
    let records: Vec<Value> = set
        .values
        .iter()
        .map(|value| Structure::new().with(field::VALUE, value.as_str()).into())
        .collect();
    let answer = Structure::new()
        .with(field::NAME, set.name.as_str())
        .with(field::TYPE, set.record_type.as_str())
        .with_some(field::SET_IDENTIFIER, set.identifier.as_deref());
    let answer = match &set.policy {
        Some(policy) => policies::describe(policy, answer),
        None => answer,
    };
    let answer = match &set.alias {
        Some(alias) => answer.with(
            field::ALIAS_TARGET,
            Structure::new()
                .with(field::HOSTED_ZONE_ID, alias.zone.as_str())
                .with(field::DNS_NAME, alias.target.as_str())
                .with(field::EVALUATE_TARGET_HEALTH, alias.evaluate_health),
        ),
        None => answer
            .with_some(field::TTL, set.ttl)
            .with(field::RESOURCE_RECORDS, records),
    };
    answer
        .with_some(field::HEALTH_CHECK_ID, set.health_check.as_deref())
        .with_some(field::TRAFFIC_POLICY_INSTANCE_ID, set.traffic.as_deref())
}
