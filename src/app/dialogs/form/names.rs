//! Forms of Route 53: hosted zones, and zone files that are put into them. Records are in [`records`], health checks in
//! [`checks`].

use super::FormKind;
use super::builder::{Builder, Options, Spec, Values, some};
use super::{checks, records};
use crate::map::picture::name_of;
use crate::session::{ApiCall, GLOBAL};
use stratus_engine::World;
use stratus_engine::base::ids::{HostedZoneId, Kind, VpcId};
use stratus_engine::catalog::Region;
use stratus_engine::dns::name;
use stratus_engine::dns::zonefile::{self, Fate};
use stratus_engine::world::names::HostedZone;
use stratus_model::{Structure, field};

/// Most lines that tell what an import would make.
const TOLD: usize = 200;

/// The form of a kind of this file.
pub fn spec(kind: &FormKind, world: &World, values: &Values) -> Option<Spec> {
    let b = Builder::new(values);
    let zone = |id: &HostedZoneId| world.route53.zones.get(id).filter(|zone| !zone.deleted);
    match kind {
        FormKind::CreateZone(region) => Some(create_zone(world, *region, b)),
        FormKind::CreateRecord(id) => Some(records::create(world, zone(id)?, b)),
        FormKind::EditRecord(id, key) => {
            let zone = zone(id)?;
            Some(records::edit(world, zone, zone.records.get(key)?, b))
        }
        FormKind::ImportZone(id) => Some(import_zone(zone(id)?, b)),
        FormKind::CreateHealthCheck => Some(checks::create(world, b)),
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
pub(super) fn addresses(world: &World) -> Options {
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

fn import_zone(zone: &HostedZone, mut b: Builder<'_>) -> Spec {
    let domain = name::said(&zone.name);
    let text = b.document("ZoneFile", "Zone file", ".zone,.txt,.db,text/plain");
    b.hint(format!(
        "BIND's format, one record a line: www 300 IN A 192.0.2.1. Names without a final dot are below {domain}."
    ));
    b.need("Paste the text of a zone file, or read one.");
    let replace = b.check(
        "Replace",
        "Put the file's record in place of one that is there already",
        false,
    );
    b.hint("Without it the whole import is refused when one record is there already.");
    let plan = foretold(zone, &text, replace, &mut b);
    let params = Structure::new()
        .with(field::HOSTED_ZONE_ID, zone.id.to_string())
        .with(field::ZONE_FILE, text)
        .with_some(field::REPLACE, replace.then_some(true));
    let call = ApiCall::new(GLOBAL, "stratus", "ImportZone", params);
    let about = "Puts the records of a zone file into the zone, all in one change or none.";
    let source = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-creating-import.html";
    b.finish(format!("Import into {domain}"), about, "Import", call)
        .telling("The records are in the zone: the name servers learn of them now")
        .foretelling(plan)
        .documented(
            source,
            "Route 53's console imports zone files: the file's SOA and the zone's own NS records are left out. Its API has no such call, so the one below is this simulation's.",
        )
}

/// What an import would make, a line for each set of the file.
fn foretold(zone: &HostedZone, text: &str, replace: bool, b: &mut Builder<'_>) -> Vec<String> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    let file = match zonefile::read(text, &zone.name) {
        Ok(file) => file,
        Err(fault) => {
            b.refuse(
                "ZoneFile",
                format!("Line {}: {} {}", fault.line, fault.what, fault.remedy),
            );
            return Vec::new();
        }
    };
    let sets = file.sets();
    let mut lines: Vec<String> = sets
        .iter()
        .take(TOLD)
        .map(|set| {
            let fate = match (zonefile::fate(zone, set), replace) {
                (Fate::Made, _) => "is made",
                (Fate::Meets, true) => "takes the place of the one that is there",
                (Fate::Meets, false) => "is there already: the import will be refused",
                (Fate::Kept, _) => "is left out: the zone keeps its own",
            };
            let values = set.values.join(", ");
            format!(
                "{} {} {values} (TTL {} s) {fate}",
                name::said(&set.owner),
                set.record_type,
                set.ttl
            )
        })
        .collect();
    if sets.len() > TOLD {
        lines.push(format!("and {} more", sets.len() - TOLD));
    }
    lines.extend(file.warnings);
    lines
}
