//! Forms of Route 53: hosted zones and their records.

use super::FormKind;
use super::builder::{Builder, Options, Spec, Values, options, some};
use crate::map::picture::name_of;
use crate::session::{ApiCall, GLOBAL};
use stratus_engine::World;
use stratus_engine::base::ids::{HostedZoneId, Kind, VpcId};
use stratus_engine::catalog::Region;
use stratus_engine::dns::{authority, name};
use stratus_engine::world::names::{HostedZone, RecordSet};
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

/// The form of a kind of this file.
pub fn spec(kind: &FormKind, world: &World, values: &Values) -> Option<Spec> {
    let b = Builder::new(values);
    let zone = |id: &HostedZoneId| world.route53.zones.get(id).filter(|zone| !zone.deleted);
    match kind {
        FormKind::CreateZone(region) => Some(create_zone(world, *region, b)),
        FormKind::CreateRecord(id) => Some(create_record(world, zone(id)?, b)),
        FormKind::EditRecord(id, name, record_type) => {
            let zone = zone(id)?;
            Some(edit_record(
                zone,
                zone.records.get(&authority::key(name, record_type))?,
                b,
            ))
        }
        _ => None,
    }
}

fn create_zone(world: &World, region: Region, mut b: Builder<'_>) -> Spec {
    let domain = b.text("Name", "Domain", "example.com");
    b.hint("Here you own whatever name you write: its parent delegates to your zone.");
    b.need("A zone needs a domain's name.");
    let mut scopes = vec![(String::new(), "everybody: a public zone".to_owned())];
    scopes.extend(
        world
            .ec2(region)
            .into_iter()
            .flat_map(|ec2| ec2.vpcs.rows())
            .map(|vpc| {
                let words = format!("only {}: a private zone", name_of(world, region, vpc.id));
                (vpc.id.to_string(), words)
            }),
    );
    let vpc = b.choose("VPC", "Answers", "", scopes);
    b.hint("A private zone is known to the resolver of its VPC only, and goes before a public one of the same name.");
    let comment = b.text("Comment", "Comment", "");
    let config = some(&comment).map(|comment| Structure::new().with(field::COMMENT, comment));
    let vpc = VpcId::parse(&vpc).map(|vpc| {
        Structure::new()
            .with(field::VPC_REGION, region.name())
            .with(field::VPC_ID_, vpc.to_string())
    });
    let params = Structure::new()
        .with(field::NAME, domain)
        // Unique in this world: the number of the call that makes it.
        .with(field::CALLER_REFERENCE, format!("zone-{}", world.calls + 1))
        .with_some(field::VPC_, vpc)
        .with_some(field::HOSTED_ZONE_CONFIG, config);
    let call = ApiCall::new(GLOBAL, "route53", "CreateHostedZone", params);
    b.finish(
        "Create hosted zone",
        "A hosted zone holds the records of a domain. Route 53 gives it four name servers, and they answer for it within a minute or so.",
        "Create zone",
        call,
    )
    .making(Kind::HostedZone, "The zone is there: its name servers learn of it now")
}

/// Public addresses with their owners, to choose from.
fn addresses(world: &World) -> Options {
    let mut out = Vec::new();
    for (region, ec2) in world.regions.iter() {
        for (address, interface) in ec2.by_public_address.iter() {
            let interface = ec2.interfaces.get(interface);
            let owner = interface.and_then(|i| i.attachment.as_ref()).map(|a| a.instance);
            let owner = owner.map(|id| name_of(world, *region, id)).unwrap_or_default();
            out.push((address.to_string(), owner));
        }
    }
    out
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
fn ask_values(world: Option<&World>, b: &mut Builder<'_>, record_type: &str, present: &str) -> Vec<String> {
    let typed = match (record_type, world) {
        ("A", Some(world)) => b.suggest("ResourceRecords", "Value", present, addresses(world)),
        ("A" | "AAAA" | "CNAME" | "PTR", _) => b.text("ResourceRecords", "Value", present),
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

/// The change of one record.
pub fn change(zone: HostedZoneId, action: &str, record: Structure) -> ApiCall {
    let change = Structure::new()
        .with(field::ACTION, action)
        .with(field::RESOURCE_RECORD_SET, record);
    let batch = Structure::new().with(field::CHANGES, vec![change]);
    let params = Structure::new()
        .with(field::HOSTED_ZONE_ID, zone.to_string())
        .with(field::CHANGE_BATCH, batch);
    ApiCall::new(GLOBAL, "route53", "ChangeResourceRecordSets", params)
}

/// A record as a parameter.
pub fn record(name: &str, record_type: &str, ttl: i64, values: &[String]) -> Structure {
    let values: Vec<Structure> = values
        .iter()
        .map(|value| Structure::new().with(field::VALUE, value.as_str()))
        .collect();
    Structure::new()
        .with(field::NAME, name)
        .with(field::TYPE, record_type)
        .with(field::TTL, ttl)
        .with(field::RESOURCE_RECORDS, values)
}

fn create_record(world: &World, zone: &HostedZone, mut b: Builder<'_>) -> Spec {
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
    let values = ask_values(Some(world), &mut b, &record_type, "");
    let ttl = ask_ttl(&mut b, 300);
    let call = change(zone.id, "CREATE", record(&full, &record_type, ttl, &values));
    b.finish(
        "Create record",
        "Says what a name stands for. All four name servers answer with it within a minute.",
        "Create record",
        call,
    )
    .telling(format!(
        "{record_type} record of {full}: the name servers learn of it now"
    ))
}

fn edit_record(zone: &HostedZone, row: &RecordSet, mut b: Builder<'_>) -> Spec {
    let record_type = row.record_type.as_str();
    let commas = matches!(record_type, "A" | "AAAA");
    let present = row.values.join(if commas { ", " } else { "\n" });
    let values = ask_values(None, &mut b, record_type, &present);
    let ttl = ask_ttl(&mut b, row.ttl.unwrap_or(300));
    if values == row.values && Some(ttl) == row.ttl {
        b.refuse("ResourceRecords", "Change something first.".into());
    }
    let said = name::said(&row.name);
    let call = change(zone.id, "UPSERT", record(&row.name, record_type, ttl, &values));
    b.finish(
        format!("{record_type} record of {said}"),
        "Whoever has remembered the old answer goes on using it until its TTL is over.",
        "Save",
        call,
    )
    .telling(format!("{said} is changed: the name servers learn of it now"))
}
