//! The DNS: answers of a zone's name servers and of a resolver's cache, and thirty quiet days of health checks.
//! `cargo bench -p stratus-engine --bench names`.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a benchmark stops where it cannot go on, and reads the clock"
)]

mod measure;
mod zone;

use stratus_engine::catalog::Region;
use stratus_engine::dns::{Asker, Asking, Query, authority};
use stratus_model::{Structure, field};
use zone::{call, pass};

/// Health checks of an account: AWS's default quota.
const CHECKS: usize = 200;

fn main() {
    let mut engine = zone::built();
    let world = engine.world();
    let zone = world.route53.zones.rows().next().unwrap();
    let mut asking = Asking::default();
    measure::microseconds("dns-answer", 20_000, || {
        asking.lot += 1;
        authority::find(world, zone, zone::ONE, "A", &asking)
    });
    measure::microseconds("dns-answer-weighted", 20_000, || {
        asking.lot += 1;
        authority::find(world, zone, zone::WEIGHTED, "A", &asking)
    });
    measure::microseconds("dns-answer-alias", 20_000, || {
        asking.lot += 1;
        authority::find(world, zone, zone::ALIAS, "A", &asking)
    });
    measure::microseconds("dns-answer-nxdomain", 20_000, || {
        asking.lot += 1;
        authority::find(world, zone, zone::ABSENT, "A", &asking)
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
