//! The form of a health check: an endpoint that checkers ask, or a count of others. It makes one CreateHealthCheck call.

use super::builder::{Builder, Options, Spec, options};
use super::names::addresses;
use crate::session::{ApiCall, GLOBAL};
use stratus_engine::World;
use stratus_engine::dns::name;
use stratus_engine::world::names::HealthCheck;
use stratus_model::{Structure, field, sort};

/// AWS's page of the settings.
const VALUES: &str = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-values.html";
/// What can be checked.
const TYPES: [(&str, &str); 4] = [
    ("HTTP", "HTTP · a web server answers"),
    ("HTTPS", "HTTPS · the same, encrypted"),
    ("TCP", "TCP · a connection is accepted"),
    ("CALCULATED", "calculated · enough of other checks"),
];

/// All health checks, eldest first.
pub fn eldest_first(world: &World) -> Vec<&HealthCheck> {
    let mut rows: Vec<&HealthCheck> = world.route53.health_checks.rows().collect();
    sort::by_key(&mut rows, |row| row.born);
    rows
}

/// Health checks to choose from, by id.
pub fn known(world: &World) -> Options {
    let option = |row: &HealthCheck| (row.id.clone(), format!("{} · {}", endpoint(row), row.id));
    eldest_first(world).into_iter().map(option).collect()
}

/// What a check asks: `HTTP 203.0.113.7:80`.
pub fn endpoint(row: &HealthCheck) -> String {
    let settings = &row.config;
    let host = settings
        .address
        .as_deref()
        .or(settings.domain.as_deref())
        .unwrap_or_default();
    let port = settings.port.map(|port| format!(":{port}")).unwrap_or_default();
    format!("{} {host}{port}", settings.kind).trim().to_owned()
}

/// A new health check.
pub fn create(world: &World, mut b: Builder<'_>) -> Spec {
    let kind = b.choose("Type", "What is checked", "HTTP", options(&TYPES));
    b.also(&["HealthCheckConfig"]);
    let config = match kind.as_str() {
        "CALCULATED" => ask_children(world, &mut b),
        _ => ask_endpoint(world, &mut b, &kind),
    };
    let params = Structure::new()
        // Unique in this world: the number of the call that makes it.
        .with(field::CALLER_REFERENCE, format!("check-{}", world.calls + 1))
        .with(field::HEALTH_CHECK_CONFIG, config);
    let call = ApiCall::new(GLOBAL, "route53", "CreateHealthCheck", params);
    let (about, words) = match kind.as_str() {
        "CALCULATED" => (
            "Counts how many of other health checks are healthy.",
            "A calculated check is healthy while at least so many of its children are.",
        ),
        "TCP" => (
            "Checkers around the world ask an endpoint every few seconds. Records that name the check answer only while it is healthy.",
            "TCP: healthy when the connection stands within ten seconds.",
        ),
        _ => (
            "Checkers around the world ask an endpoint every few seconds. Records that name the check answer only while it is healthy.",
            "HTTP and HTTPS: the connection must stand within four seconds, and a status 2xx or 3xx come within two more. No certificate is looked at.",
        ),
    };
    b.finish("Create health check", about, "Create health check", call)
        .telling("The health check is there: its checkers begin now")
        .documented(VALUES, words)
}

/// The names that public zones have addresses for, to choose from.
fn names(world: &World) -> Options {
    let zones = world
        .route53
        .zones
        .rows()
        .filter(|zone| !zone.deleted && zone.private.is_none());
    let rows = zones.flat_map(|zone| zone.records.rows());
    let rows = rows.filter(|row| matches!(row.record_type.as_str(), "A" | "AAAA" | "CNAME"));
    let mut names: Options = rows.map(|row| (name::said(&row.name), String::new())).collect();
    names.dedup();
    names
}

fn ask_endpoint(world: &World, b: &mut Builder<'_>, kind: &str) -> Structure {
    let ways = [("address", "its IP address"), ("name", "its name")];
    let by_name = b.choose("By", "Endpoint by", "address", options(&ways)) == "name";
    let config = if by_name {
        let domain = b.suggest("FullyQualifiedDomainName", "Name", "", names(world));
        b.hint(
            "Each probe asks the DNS for its IPv4 address. The record that goes by this check must have another name.",
        );
        b.need("Say which name is checked.");
        Structure::new().with(field::FULLY_QUALIFIED_DOMAIN_NAME, domain)
    } else {
        let address = b.suggest("IPAddress", "IP address", "", addresses(world));
        b.hint("A public one: the checkers ask from the Internet. An Elastic IP address stays the same.");
        b.need("Say which address is checked.");
        Structure::new().with(field::IP_ADDRESS_, address)
    };
    let port = match kind {
        "HTTP" => "80",
        "HTTPS" => "443",
        _ => "",
    };
    let port = b.number("Port", "Port", port);
    b.hint("Its security group must let the checkers in.");
    b.need("Say which port is checked.");
    let config = config.with_some(field::PORT, port);
    let (config, searched) = if kind == "TCP" {
        (config, String::new())
    } else {
        let path = b.text("ResourcePath", "Path", "/");
        b.hint("Asked for with GET.");
        let search = b.text("SearchString", "Text that must come (optional)", "");
        b.hint("Healthy only if it stands in the first 5,120 bytes of the body.");
        (
            config.with_some(field::RESOURCE_PATH, Some(path).filter(|path| !path.is_empty())),
            search,
        )
    };
    let intervals = [("30", "30 seconds"), ("10", "10 seconds · costs more")];
    let interval = b.choose("RequestInterval", "Each checker asks every", "30", options(&intervals));
    let threshold = b.number("FailureThreshold", "Failure threshold", "3");
    b.hint("1 to 10: so many results in a row change a checker's mind.");
    b.need("Say how many results in a row count.");
    let word = if searched.is_empty() {
        kind.to_owned()
    } else {
        format!("{kind}_STR_MATCH")
    };
    config
        .with(field::TYPE, word)
        .with_some(field::SEARCH_STRING, Some(searched).filter(|text| !text.is_empty()))
        .with_some(field::REQUEST_INTERVAL, interval.parse::<i64>().ok())
        .with_some(field::FAILURE_THRESHOLD, threshold)
}

fn ask_children(world: &World, b: &mut Builder<'_>) -> Structure {
    let rows = eldest_first(world);
    let rows = rows.iter().filter(|row| row.config.kind != "CALCULATED");
    let all: Vec<&str> = rows.map(|row| row.id.as_str()).collect();
    let typed = b.area("ChildHealthChecks", "Children", all.join("\n"));
    b.hint("Ids of health checks, one a line; strike out what shall not count.");
    b.need("There is no health check yet that it could count.");
    let children: Vec<String> = typed.split_whitespace().map(str::to_owned).collect();
    let needed = b.number("HealthThreshold", "So many must be healthy", children.len().to_string());
    b.hint("0: it is always healthy.");
    b.need("Say how many must be healthy.");
    Structure::new()
        .with(field::TYPE, "CALCULATED")
        .with(field::CHILD_HEALTH_CHECKS, children)
        .with_some(field::HEALTH_THRESHOLD, needed)
}
