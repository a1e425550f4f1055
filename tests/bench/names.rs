//! The DNS: answers of a zone's name servers and of a resolver's cache, and thirty quiet days of health checks.
//! `cargo bench -p stratus-engine --bench names`.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a benchmark stops where it cannot go on, and reads the clock"
)]

mod measure;

use stratus_engine::catalog::Region;
use stratus_engine::dns::{Asker, Asking, Query, authority};
use stratus_engine::{Engine, Options};
use stratus_model::{Structure, Value, field};

/// Records of the zone, its NS and SOA among them: the quota of a zone.
const NAMES: usize = 10_000;
/// Health checks of an account: AWS's default quota.
const CHECKS: usize = 200;

fn call(engine: &mut Engine, service: &str, operation: &str, params: Structure) -> Structure {
    engine.call(Region::US_EAST_1, service, operation, params).unwrap()
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

fn main() {
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
    let mut records: Vec<Value> = (0..NAMES - 6)
        .map(|at| record(&format!("host{at}.example.com"), at, None))
        .collect();
    records.extend((0..4).map(|at| record("www.example.com", at, Some((at, 10)))));
    for batch in records.chunks(1_000) {
        let changes = Structure::new().with(field::CHANGES, batch.to_vec());
        let params = Structure::new()
            .with(field::HOSTED_ZONE_ID, id.as_str())
            .with(field::CHANGE_BATCH, changes);
        call(&mut engine, "route53", "ChangeResourceRecordSets", params);
    }
    let pass = |engine: &mut Engine, seconds: f64| {
        call(
            engine,
            "stratus",
            "AdvanceClock",
            Structure::new().with(field::SECONDS, seconds),
        );
    };
    pass(&mut engine, 600.0);

    let world = engine.world();
    let zone = world.route53.zones.rows().next().unwrap();
    let mut asking = Asking::default();
    measure::microseconds("dns-answer", 20_000, || {
        asking.lot += 1;
        authority::find(world, zone, "host4242.example.com.", "A", &asking)
    });
    measure::microseconds("dns-answer-weighted", 20_000, || {
        asking.lot += 1;
        authority::find(world, zone, "www.example.com.", "A", &asking)
    });
    let query = Query {
        name: "host4242.example.com".into(),
        record_type: "A".into(),
        from: Asker::Region(Region::US_EAST_1),
    };
    engine.resolve(&query).unwrap();
    measure::microseconds("dns-resolved-cached", 2_000, || engine.resolve(&query).unwrap());

    for at in 0..CHECKS {
        let config = Structure::new()
            .with(field::TYPE, "TCP")
            .with(field::IP_ADDRESS_, format!("192.0.2.{at}"))
            .with(field::PORT, 80_i64);
        let params = Structure::new()
            .with(field::CALLER_REFERENCE, at.to_string())
            .with(field::HEALTH_CHECK_CONFIG, config);
        call(&mut engine, "route53", "CreateHealthCheck", params);
    }
    let quiet = measure::once(|| pass(&mut engine, 30.0 * 86_400.0));
    measure::print("health-30-days", quiet * 1e3);
}
