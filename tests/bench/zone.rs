//! A hosted zone of ten thousand records, whose name servers have learnt of them. For benchmarks, natively and in the browser.

#![allow(dead_code, reason = "each of those who include this uses a part of it")]

use stratus_engine::catalog::Region;
use stratus_engine::{Engine, Options};
use stratus_model::{Structure, Value, field};

/// Records of the zone, its NS and SOA among them: the quota of a zone.
const NAMES: usize = 10_000;
/// One of its names, with one address.
pub const ONE: &str = "host4242.example.com.";
/// Another, with four addresses by weight.
pub const WEIGHTED: &str = "www.example.com.";

/// Another, an alias of the first.
pub const ALIAS: &str = "alias.example.com.";
/// One that there is not.
pub const ABSENT: &str = "nobody.example.com.";

/// A call that is accepted.
pub fn call(engine: &mut Engine, service: &str, operation: &str, params: Structure) -> Structure {
    engine.call(Region::US_EAST_1, service, operation, params).unwrap()
}

/// Lets time pass.
pub fn pass(engine: &mut Engine, seconds: f64) {
    let params = Structure::new().with(field::SECONDS, seconds);
    call(engine, "stratus", "AdvanceClock", params);
}

/// A world with the zone.
pub fn built() -> Engine {
    let mut engine = Engine::new(Options::default());
    let zone = Structure::new()
        .with(field::NAME, "example.com")
        .with(field::CALLER_REFERENCE, "1");
    let made = call(&mut engine, "route53", "CreateHostedZone", zone);
    let id = made
        .structure(field::HOSTED_ZONE)
        .unwrap()
        .text(field::ID)
        .unwrap()
        .to_owned();
    let mut records: Vec<Value> = (0..NAMES - 7)
        .map(|at| record(&format!("host{at}.example.com"), at, None))
        .collect();
    records.extend((0..4).map(|at| record("www.example.com", at, Some((at, 10)))));
    records.push(alias("alias.example.com", id.trim_start_matches("/hostedzone/")));
    for batch in records.chunks(1_000) {
        let changes = Structure::new().with(field::CHANGES, batch.to_vec());
        let params = Structure::new()
            .with(field::HOSTED_ZONE_ID, id.as_str())
            .with(field::CHANGE_BATCH, changes);
        call(&mut engine, "route53", "ChangeResourceRecordSets", params);
    }
    pass(&mut engine, 600.0);
    engine
}

fn alias(name: &str, zone: &str) -> Value {
    let target = Structure::new()
        .with(field::HOSTED_ZONE_ID, zone)
        .with(field::DNS_NAME, ONE)
        .with(field::EVALUATE_TARGET_HEALTH, false);
    let set = Structure::new()
        .with(field::NAME, name)
        .with(field::TYPE, "A")
        .with(field::ALIAS_TARGET, target);
    let change = Structure::new()
        .with(field::ACTION, "CREATE")
        .with(field::RESOURCE_RECORD_SET, set);
    change.into()
}

fn record(name: &str, address: usize, weight: Option<(usize, i64)>) -> Value {
    let value = format!("10.{}.{}.1", address / 256 % 256, address % 256);
    let set = Structure::new()
        .with(field::NAME, name)
        .with(field::TYPE, "A")
        .with(field::TTL, 60_i64)
        .with(
            field::RESOURCE_RECORDS,
            vec![Value::from(Structure::new().with(field::VALUE, value))],
        );
    let set = match weight {
        Some((identifier, weight)) => set
            .with(field::SET_IDENTIFIER, identifier.to_string())
            .with(field::WEIGHT, weight),
        None => set,
    };
    let change = Structure::new()
        .with(field::ACTION, "CREATE")
        .with(field::RESOURCE_RECORD_SET, set);
    change.into()
}
