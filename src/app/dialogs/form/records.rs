//! The form of a record: what it says (values, or an alias), by which routing policy it is chosen among others of its name and
//! type, and the health check that it goes by. It makes one ChangeResourceRecordSets call with one change.

use super::builder::{Builder, Options, Spec, options, some};
use super::checks;
use super::names::{addresses, change};
use stratus_engine::World;
use stratus_engine::catalog::Region;
use stratus_engine::dns::name;
use stratus_engine::services::route53::{describe_record, places, policy_word, targets};
use stratus_engine::world::names::{HostedZone, Place, Policy, RecordSet};
use stratus_model::{Structure, field};

/// Types that can be made, and what each is for.
const TYPES: [(&str, &str); 10] = [
    ("A", "A · an IPv4 address"),
    ("AAAA", "AAAA · an IPv6 address"),
    ("CNAME", "CNAME · another name for it"),
    ("MX", "MX · who takes its mail"),
    ("TXT", "TXT · a text"),
    ("NS", "NS · who is responsible below"),
    ("CAA", "CAA · who may issue certificates"),
    ("SRV", "SRV · where a service is"),
    ("PTR", "PTR · the name of an address"),
    ("SPF", "SPF · the old form of a TXT"),
];

/// A routing policy that the form knows: how it is called here and in the list, what it does, and what AWS's page of it
/// says besides.
struct Routing {
    word: &'static str,
    label: &'static str,
    does: &'static str,
    detail: &'static str,
    page: &'static str,
}

const ROUTING: [Routing; 6] = [
    Routing {
        word: "simple",
        label: "simple · the only one of its name",
        does: "Everybody gets this one record, with all of its values.",
        detail: "A name and a type have one simple record; its values come in random order.",
        page: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-simple.html",
    },
    Routing {
        word: "weighted",
        label: "weighted · a share of the answers",
        does: "Several records share the answers: each gets its weight out of the sum of all weights.",
        detail: "Records of one group need the same name and type, and each its own set identifier; a weight of 0 takes one out.",
        page: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-weighted.html",
    },
    Routing {
        word: "latency",
        label: "latency · the quickest Region",
        does: "Whoever asks gets the record of the Region that answers them fastest.",
        detail: "Latencies on the Internet change: who is led to one Region this week may be led to another the next.",
        page: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-latency.html",
    },
    Routing {
        word: "failover",
        label: "failover · a stand-in when the first fails",
        does: "The primary answers while it is healthy, the secondary when it is not.",
        detail: "Both may lead to anything, from a website in S3 to a whole tree of records.",
        page: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-failover.html",
    },
    Routing {
        word: "geolocation",
        label: "geolocation · by where one asks from",
        does: "The record for the smallest place that the asker is in answers; the default is for all others.",
        detail: "A country goes before its continent, a state before its country; the default also serves addresses of no known place.",
        page: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-geo.html",
    },
    Routing {
        word: "multivalue answer",
        label: "multivalue answer · up to eight healthy ones",
        does: "An answer holds up to eight of the healthy records, picked at random.",
        detail: "Resolvers in different places may get different records; when none is healthy, up to eight of the unhealthy ones are given.",
        page: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-multivalue.html",
    },
];

/// What the record is, as far as it is settled before the rest is asked.
struct Draft<'w> {
    world: &'w World,
    zone: &'w HostedZone,
    /// In normal form, or as it was typed where it has none.
    name: String,
    record_type: String,
    /// The record as it stands, where one is changed.
    row: Option<&'w RecordSet>,
}

/// A new record.
pub fn create(world: &World, zone: &HostedZone, mut b: Builder<'_>) -> Spec {
    let domain = name::said(&zone.name);
    let typed = b.text("Name", "Record name", "www");
    b.hint(format!(
        "What stands before .{domain}: empty = the domain itself, * = every name without a record."
    ));
    let full = match typed.trim_end_matches('.') {
        "" | "@" => domain.clone(),
        whole if whole == domain || whole.ends_with(&format!(".{domain}")) => whole.to_owned(),
        part => format!("{part}.{domain}"),
    };
    let record_type = b.choose("Type", "Type", "A", options(&TYPES));
    let draft = Draft {
        world,
        zone,
        name: name::normal(&full).unwrap_or_else(|_| full.clone()),
        record_type: record_type.clone(),
        row: None,
    };
    let record = Structure::new()
        .with(field::NAME, full.as_str())
        .with(field::TYPE, record_type.as_str());
    let record = ask_contents(&draft, &mut b, record);
    let group = group(&draft);
    let (routing, record) = ask_routing(&draft, &mut b, &group, record);
    let call = change(zone.id, "CREATE", record);
    b.finish(
        "Create record",
        "Says what a name stands for. All four name servers answer with it within a minute.",
        "Create record",
        call,
    )
    .telling(format!(
        "{record_type} record of {full}: the name servers learn of it now"
    ))
    .documented(routing.page, routing.detail)
}

/// A record that is there. Its name, type, policy and set identifier tell it from others, and stay.
pub fn edit(world: &World, zone: &HostedZone, row: &RecordSet, mut b: Builder<'_>) -> Spec {
    let draft = Draft {
        world,
        zone,
        name: row.name.clone(),
        record_type: row.record_type.clone(),
        row: Some(row),
    };
    let present = describe_record(row);
    let mut record = present.clone();
    for part in [
        field::ALIAS_TARGET,
        field::TTL,
        field::RESOURCE_RECORDS,
        field::HEALTH_CHECK_ID,
    ] {
        record.remove(part);
    }
    let record = ask_contents(&draft, &mut b, record);
    let record = match &row.policy {
        Some(policy) => ask_place(&draft, &mut b, policy_word(policy), &[], record),
        None => record,
    };
    let record = match row.policy.is_some() || row.health_check.is_some() {
        true => ask_check(&draft, &mut b, record),
        false => record,
    };
    if record == present {
        b.refuse("", "Change something first.".into());
    }
    let said = name::said(&row.name);
    let title = match &row.identifier {
        Some(identifier) => format!("{} record {identifier} of {said}", row.record_type),
        None => format!("{} record of {said}", row.record_type),
    };
    let policy = row.policy.as_ref().map_or("simple", policy_word);
    let spec = b.finish(
        title,
        "Whoever has remembered the old answer goes on using it until its TTL is over.",
        "Save",
        change(zone.id, "UPSERT", record),
    );
    let spec = spec.telling(format!("{said} is changed: the name servers learn of it now"));
    match ROUTING.iter().find(|known| known.word == policy && policy != "simple") {
        Some(known) => spec.documented(known.page, known.detail),
        None => spec,
    }
}

/// The records that stand beside it: of the same name and type.
fn group<'w>(draft: &Draft<'w>) -> Vec<&'w RecordSet> {
    let first = (name::reversed(&draft.name), draft.record_type.clone(), String::new());
    let rows = draft.zone.records.range(first..).map(|(_, row)| row);
    rows.take_while(|row| row.name == draft.name && row.record_type == draft.record_type)
        .collect()
}

/// The values of a record as they were typed: one a line, addresses also with commas.
fn values_of(record_type: &str, typed: &str) -> Vec<String> {
    let commas = matches!(record_type, "A" | "AAAA");
    typed
        .split(|c| c == '\n' || (commas && c == ','))
        .map(str::trim)
        .filter(|value| !value.is_empty())
        .map(str::to_owned)
        .collect()
}

fn value_hint(record_type: &str) -> &'static str {
    match record_type {
        "A" => "An address, or several with commas: resolvers then hand them out in turn.",
        "AAAA" => "An IPv6 address, or several with commas.",
        "CNAME" => "One other name. The domain itself cannot be one, and nothing else may stand at the same name.",
        "MX" => "Priority and mail server, one a line: 10 mail.example.com",
        "TXT" | "SPF" => "In quotation marks, one a line: \"v=spf1 -all\"",
        "NS" => "Name servers, one a line: whoever asks for this name and what is below it is sent there.",
        "CAA" => "0 issue \"ca.example.net\"",
        "SRV" => "Priority, weight, port, host: 10 5 5060 sip.example.com",
        _ => "One a line.",
    }
}

/// The field for the values, by type.
fn ask_values(world: &World, b: &mut Builder<'_>, record_type: &str, present: &str) -> Vec<String> {
    let typed = match record_type {
        "A" => b.suggest("ResourceRecords", "Value", present, addresses(world)),
        "AAAA" | "CNAME" | "PTR" => b.text("ResourceRecords", "Value", present),
        _ => b.area("ResourceRecords", "Value", present),
    };
    b.also(&["ChangeBatch"]);
    b.hint(value_hint(record_type));
    b.need("Say what the record holds.");
    values_of(record_type, &typed)
}

fn ask_ttl(b: &mut Builder<'_>, present: i64) -> i64 {
    let ttl = b.number("TTL", "TTL in seconds", present.to_string());
    b.hint("For so long resolvers remember the answer, and do not see a change.");
    b.need("Say for how long it may be remembered.");
    ttl.unwrap_or(0)
}

/// Values with a TTL, or an alias.
fn ask_contents(draft: &Draft<'_>, b: &mut Builder<'_>, record: Structure) -> Structure {
    let multivalue = draft.row.is_some_and(|row| row.policy == Some(Policy::Multivalue));
    let alias = draft.row.and_then(|row| row.alias.as_ref());
    if !matches!(draft.record_type.as_str(), "NS" | "SOA") && !multivalue {
        let present = if alias.is_some() { "alias" } else { "values" };
        let says = [("values", "values of its own"), ("alias", "alias of another name")];
        if b.choose("Says", "Holds", present, options(&says)) == "alias" {
            b.hint("An alias follows its target by itself, costs nothing to ask, and may stand at the domain itself.");
            return ask_alias(draft, b, record);
        }
        b.hint("An alias instead of values follows a load balancer, a website of S3, or another record.");
    }
    let row = draft.row;
    let commas = matches!(draft.record_type.as_str(), "A" | "AAAA");
    let present = row
        .map(|row| row.values.join(if commas { ", " } else { "\n" }))
        .unwrap_or_default();
    let values = ask_values(draft.world, b, &draft.record_type, &present);
    let ttl = ask_ttl(b, row.and_then(|row| row.ttl).unwrap_or(300));
    let values: Vec<Structure> = values
        .iter()
        .map(|value| Structure::new().with(field::VALUE, value.as_str()))
        .collect();
    record.with(field::TTL, ttl).with(field::RESOURCE_RECORDS, values)
}

fn ask_alias(draft: &Draft<'_>, b: &mut Builder<'_>, record: Structure) -> Structure {
    let alias = draft.row.and_then(|row| row.alias.as_ref());
    let known = targets(draft.world, draft.zone, &draft.name, &draft.record_type);
    let mut offered: Options = known
        .iter()
        .map(|target| {
            (
                format!("{} {}", target.zone, name::normal(&target.name).unwrap_or_default()),
                format!("{} · {} · zone {}", target.what, target.name, target.zone),
            )
        })
        .collect();
    let present = alias
        .map(|alias| format!("{} {}", alias.zone, alias.target))
        .unwrap_or_default();
    // The target may be one that the list does not have, or one that is gone.
    if let Some(alias) = alias
        && !offered.iter().any(|(value, _)| *value == present)
    {
        offered.insert(
            0,
            (
                present.clone(),
                format!("{} · zone {}", name::said(&alias.target), alias.zone),
            ),
        );
    }
    let chosen = b.choose("AliasTarget", "Target", present, offered);
    b.also(&["ChangeBatch"]);
    b.hint("With the hosted zone that its name lies in: load balancers and websites have one for each Region.");
    b.need("Nothing is there yet that it could be an alias of: a load balancer, another record of this type, or a bucket with a website that is called like the record.");
    let evaluate = b.check(
        "EvaluateTargetHealth",
        "Answer only while the target is healthy",
        alias.is_some_and(|alias| alias.evaluate_health),
    );
    b.hint("EvaluateTargetHealth: a load balancer without a healthy target then counts as unhealthy.");
    let (zone, target) = chosen.split_once(' ').unwrap_or_default();
    let target = Structure::new()
        .with(field::HOSTED_ZONE_ID, zone)
        .with(field::DNS_NAME, target)
        .with(field::EVALUATE_TARGET_HEALTH, evaluate);
    record.with(field::ALIAS_TARGET, target)
}

/// The policy of a new record, with what it wants to know, and the health check.
fn ask_routing(
    draft: &Draft<'_>,
    b: &mut Builder<'_>,
    group: &[&RecordSet],
    record: Structure,
) -> (&'static Routing, Structure) {
    let [simple, ..] = &ROUTING;
    if draft.record_type == "NS" {
        return (simple, record);
    }
    // Multivalue records hold values of their own, and a name has one CNAME.
    let single = draft.record_type == "CNAME" || record.contains(field::ALIAS_TARGET);
    let offered = ROUTING
        .iter()
        .filter(|known| !(single && known.word == "multivalue answer"))
        .map(|known| (known.word.to_owned(), known.label.to_owned()));
    let chosen = b.choose("Routing", "Routing policy", "simple", offered.collect());
    let routing = ROUTING.iter().find(|known| known.word == chosen).unwrap_or(simple);
    // The policy is not chosen for one: fields would come and go while one types a name.
    match group.iter().find_map(|row| row.policy.as_ref()).map(policy_word) {
        Some(theirs) if theirs != routing.word => b.hint(format!(
            "This name has {theirs} records of this type already: all of them must have one policy."
        )),
        _ => b.hint(routing.does),
    }
    if routing.word == "simple" {
        return (routing, record);
    }
    let record = ask_place(draft, b, routing.word, group, record);
    (routing, ask_check(draft, b, record))
}

/// What a policy wants to know, and for a new record the set identifier. Of policies that the form does not know the record has
/// it already.
fn ask_place(
    draft: &Draft<'_>,
    b: &mut Builder<'_>,
    policy: &str,
    group: &[&RecordSet],
    record: Structure,
) -> Structure {
    let present = draft.row.and_then(|row| row.policy.as_ref());
    let (record, called) = match policy {
        "weighted" => (record.with(field::WEIGHT, ask_weight(b, present)), None),
        "latency" => {
            let region = ask_region(b, present);
            (record.with(field::REGION, region.as_str()), Some(region))
        }
        "failover" => {
            let role = ask_role(b, present, group);
            (record.with(field::FAILOVER, role.as_str()), Some(role.to_lowercase()))
        }
        "geolocation" => {
            let (place, label) = ask_location(b, present);
            (record.with(field::GEO_LOCATION, place), Some(label))
        }
        "multivalue answer" => (record.with(field::MULTI_VALUE_ANSWER, true), None),
        _ => (record, None),
    };
    match draft.row {
        Some(_) => record,
        None => ask_identifier(draft, b, group, called, record),
    }
}

fn ask_weight(b: &mut Builder<'_>, present: Option<&Policy>) -> i64 {
    let weight = match present {
        Some(Policy::Weighted(weight)) => *weight,
        _ => 1,
    };
    let weight = b.number("Weight", "Weight", weight.to_string());
    b.hint("0 to 255. 0 gets no answers, unless all have 0.");
    b.need("Say its weight, 0 to 255.");
    weight.unwrap_or(0)
}

/// The Region of a latency record.
fn ask_region(b: &mut Builder<'_>, present: Option<&Policy>) -> String {
    let here = match present {
        Some(Policy::Latency(region)) => region.as_str(),
        _ => "us-east-1",
    };
    let regions = Region::all().map(|region| {
        let label = format!("{} · {}", region.name(), region.long_name());
        (region.name().to_owned(), label)
    });
    let region = b.choose("Region", "Region", here, regions.collect());
    b.hint("Where that which it leads to stands.");
    region
}

/// Primary or secondary: secondary where the primary is there.
fn ask_role(b: &mut Builder<'_>, present: Option<&Policy>, group: &[&RecordSet]) -> String {
    let default = match present {
        Some(Policy::Failover(false)) => "SECONDARY",
        Some(_) => "PRIMARY",
        None if group.iter().any(|row| row.policy == Some(Policy::Failover(true))) => "SECONDARY",
        None => "PRIMARY",
    };
    let roles = [
        ("PRIMARY", "primary · answers while it is healthy"),
        ("SECONDARY", "secondary · stands in for it"),
    ];
    let role = b.choose("Failover", "Role", default, options(&roles));
    b.hint("A primary without a health check always counts as healthy.");
    role
}

/// The set identifier of a new record: what it is called, or a number that none of its group has.
fn ask_identifier(
    draft: &Draft<'_>,
    b: &mut Builder<'_>,
    group: &[&RecordSet],
    called: Option<String>,
    record: Structure,
) -> Structure {
    let taken = |word: &str| group.iter().any(|row| row.identifier.as_deref() == Some(word));
    let counted = || {
        (1..=group.len() + 1)
            .map(|at| format!("{} {at}", draft.record_type))
            .find(|word| !taken(word))
    };
    let default = called.or_else(counted).unwrap_or_default();
    let identifier = b.text("SetIdentifier", "Set identifier", default);
    b.hint("Your name for it, which tells it from the others of this name and type.");
    b.need("Give it a set identifier: it tells it from the others.");
    record.with(field::SET_IDENTIFIER, identifier)
}

/// A place as a parameter, and its name.
fn ask_location(b: &mut Builder<'_>, present: Option<&Policy>) -> (Structure, String) {
    let code = |place: &Place| format!("{}/{}/{}", place.continent, place.country, place.subdivision);
    let mut known: Vec<(Place, String)> = Vec::new();
    for wanted in [0, 1, 2] {
        for (place, name) in places() {
            let (rank, label) = match (
                place.country.as_str(),
                place.continent.is_empty(),
                place.subdivision.is_empty(),
            ) {
                ("*", ..) => (0, "default · whoever no other record is for".to_owned()),
                (_, false, _) => (1, format!("{name} · continent")),
                (country, _, false) => (2, format!("{name} · {country}")),
                _ => (2, name.to_owned()),
            };
            if rank == wanted {
                known.push((place, label));
            }
        }
    }
    let here = match present {
        Some(Policy::Geolocation(place)) => code(place),
        _ => String::new(),
    };
    let offered = known.iter().map(|(place, label)| (code(place), label.clone()));
    let chosen = b.choose("GeoLocation", "Askers in", here, offered.collect());
    b.hint("Without a default, whoever is in no such place gets no answer.");
    let (place, label) = known
        .into_iter()
        .find(|(place, _)| code(place) == chosen)
        .unwrap_or_default();
    let given = Structure::new()
        .with_some(field::CONTINENT_CODE, some(&place.continent))
        .with_some(field::COUNTRY_CODE, some(&place.country))
        .with_some(field::SUBDIVISION_CODE, some(&place.subdivision));
    let label = label.split(" · ").next().unwrap_or_default().to_owned();
    (given, label)
}

/// The health check that it goes by.
fn ask_check(draft: &Draft<'_>, b: &mut Builder<'_>, record: Structure) -> Structure {
    let mut offered = vec![(String::new(), "none · it always counts as healthy".to_owned())];
    offered.extend(checks::known(draft.world));
    let present = draft.row.and_then(|row| row.health_check.clone()).unwrap_or_default();
    let id = b.choose("HealthCheckId", "Health check", present, offered);
    b.hint("While it is unhealthy the record is passed over. The tab “Health checks” makes one.");
    record.with_some(field::HEALTH_CHECK_ID, some(&id))
}
