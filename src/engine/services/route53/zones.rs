//! Hosted zones: create, delete, get, count.

use super::common::{HOME, invalid, note, submit, sync_time, zone};
use super::{delegation, features, vpcs};
use crate::base::error::{Error, Result};
use crate::base::ids::{HostedZoneId, Kind, VpcId};
use crate::base::limits::HOSTED_ZONES;
use crate::base::random::Stream;
use crate::base::time::Time;
use crate::catalog::Region;
use crate::dns::{authority, internet, name};
use crate::services::Request;
use crate::services::ec2::defaults;
use crate::world::World;
use crate::world::journal::Cause;
use crate::world::names::{HostedZone, RecordSet};
use crate::world::table::Table;
use crate::world::usage::{Measure, Meter, Subject};
use crate::world::vpc::Vpc;
use rand_chacha::rand_core::RngCore;
use std::collections::BTreeMap;
use stratus_model::{Structure, field};

/// TTL of the NS records that a zone is born with, as AWS has it.
const NS_TTL: i64 = 172_800;
/// TTL of its SOA record.
const SOA_TTL: i64 = 900;

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateHostedZone.html>
///
/// A top-level domain that the root knows is refused, as documented there, in the words of other names that AWS keeps to itself
/// (ours). AWS keeps example.com and its like to itself; here they may be had, since every lesson needs a name (ours).
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let name = read_name(params)?;
    let reference = params.text(field::CALLER_REFERENCE).unwrap_or_default();
    let config = params.structure(field::HOSTED_ZONE_CONFIG);
    let private = read_vpc(world, params)?;
    refuse(world, params, &name, reference, private)?;
    let reusable = delegation::wanted(world, params, &name, private.is_some())?;

    let id = HostedZoneId(world.random.next_u64(Stream::Ids(Kind::HostedZone)));
    let in_sync = sync_time(world, world.now);
    let name_servers = match &reusable {
        Some(set) => set.name_servers.clone(),
        None => name_servers(world, private.is_some()),
    };
    let mut records = Table::default();
    let mut effect = Vec::new();
    for set in first_records(&name, &name_servers, in_sync) {
        let key = authority::key(&set.name, &set.record_type);
        records.insert(key.clone(), set.clone());
        effect.push((key, Some(set)));
    }
    let comment = config
        .and_then(|config| config.text(field::COMMENT))
        .unwrap_or_default();
    let row = HostedZone {
        id,
        born: world.birth(),
        name: name.clone(),
        caller_reference: reference.to_owned(),
        comment: comment.to_owned(),
        private: private.map(|vpc| vec![vpc]),
        name_servers,
        records,
        served: Table::default(),
        cuts: Table::default(),
        created: world.now,
        in_sync,
        deleted: false,
        tags: Vec::new(),
        delegation_set: reusable.map(|set| set.id),
        authorized: Vec::new(),
        signing_keys: BTreeMap::new(),
        signed: false,
        protections: BTreeMap::new(),
        recovery: None,
    };
    world.route53.by_name.insert((name.clone(), row.born), id);
    world.route53.zones.insert(id, row.clone());
    world.usage.start(Meter {
        subject: Subject::Resource(id.into()),
        region: HOME,
        measure: Measure::HostedZone,
        rate: String::new(),
        quantity: 1,
        from: world.now,
        to: None,
    });
    let change = submit(world, id, in_sync, "", effect, false);
    let cause = Cause::Call(world.calls);
    note(world, id, format!("hosted zone {name} created"), cause);
    Ok(Structure::new()
        .with(field::HOSTED_ZONE, describe(&row, world.now))
        .with(field::CHANGE_INFO, change)
        .with(field::DELEGATION_SET, delegation_set(world, &row))
        .with_some(field::VPC_, private.map(|(region, vpc)| vpc_structure(region, vpc)))
        .with(
            field::LOCATION,
            format!("https://route53.amazonaws.com/2013-04-01/hostedzone/{id}"),
        ))
}

/// What a new zone cannot be.
fn refuse(
    world: &World,
    params: &Structure,
    name: &str,
    reference: &str,
    private: Option<(Region, VpcId)>,
) -> Result<()> {
    if super::common::zones(world)
        .iter()
        .any(|zone| zone.caller_reference == reference)
    {
        let why = "A hosted zone has already been created with the specified caller reference.";
        return Err(Error::new("HostedZoneAlreadyExists", why)
            .with_status(409)
            .at("CallerReference"));
    }
    let config = params.structure(field::HOSTED_ZONE_CONFIG);
    if private.is_none() && config.and_then(|config| config.boolean(field::PRIVATE_ZONE)) == Some(true) {
        let why = "A private hosted zone needs a VPC: give VPCId and VPCRegion.";
        return Err(invalid("VPC", why));
    }
    if let Some((region, vpc)) = private {
        refuse_conflict(world, name, region, vpc)?;
    }
    if world.route53.zones.len() >= HOSTED_ZONES {
        let why = format!(
            "Limits Exceeded: MAX_HOSTED_ZONES_BY_OWNER - Cannot create more than {HOSTED_ZONES} hosted zones."
        );
        return Err(Error::new("TooManyHostedZones", why));
    }
    Ok(())
}

fn read_name(params: &Structure) -> Result<String> {
    let given = params.text(field::NAME).unwrap_or_default();
    let refused = |why: String| Error::new("InvalidDomainName", why).at("Name");
    let name = name::normal(given).map_err(|fault| refused(fault.to_string()))?;
    if name == name::ROOT {
        return Err(refused("The root cannot be a hosted zone.".into()));
    }
    let label = name.trim_end_matches('.');
    // Of private zones the documentation says nothing else.
    if !label.contains('.') && internet::is_top_level(label) {
        let remedy = "Nobody hosts a top-level domain here: take a name below it, such as example.com.";
        return Err(refused(format!("{label} is reserved by AWS!")).remedy(remedy));
    }
    if name::within(&name, "amazonaws.com.") {
        return Err(refused(format!("{label} is reserved by AWS!")));
    }
    Ok(name)
}

/// The VPC of a private zone; its Region's default VPC counts even if the Region has not been used yet.
pub(super) fn read_vpc(world: &mut World, params: &Structure) -> Result<Option<(Region, VpcId)>> {
    let Some(vpc) = params.structure(field::VPC_) else {
        return Ok(None);
    };
    let (Some(region), Some(id)) = (vpc.text(field::VPC_REGION), vpc.text(field::VPC_ID_)) else {
        return Err(invalid("VPC", "A VPC is given by both VPCId and VPCRegion."));
    };
    let known =
        Region::find(region).ok_or_else(|| invalid("VPC.VPCRegion", format!("There is no Region {region} here.")))?;
    defaults::ensure(world, known);
    let found = VpcId::parse(id).filter(|id| world.row::<Vpc>(known, *id).is_some());
    let missing = || {
        let why = format!("The VPC {id} in region {region} does not exist or is not yours.");
        Error::new("InvalidVPCId", why).at("VPC.VPCId")
    };
    found.map(|id| Some((known, id))).ok_or_else(missing)
}

pub(super) fn refuse_conflict(world: &World, name: &str, region: Region, vpc: VpcId) -> Result<()> {
    let same = super::common::zones(world)
        .into_iter()
        .find(|zone| zone.name == name && zone.private.as_ref().is_some_and(|vpcs| vpcs.contains(&(region, vpc))));
    match same {
        Some(zone) => Err(Error::new(
            "ConflictingDomainExists",
            format!(
                "The VPC {vpc} in region {} has already been associated with the hosted zone {} with the same domain name.",
                region.name(),
                zone.id
            ),
        )
        .at("VPC.VPCId")),
        None => Ok(()),
    }
}

/// The four name servers: of four top-level domains, with numbers that say which (AWS's scheme). Private zones all have
/// the same, which nobody ever asks.
pub(super) fn name_servers(world: &mut World, private: bool) -> Vec<String> {
    const DOMAINS: [(&str, u32); 4] = [("com", 0), ("net", 512), ("org", 1024), ("co.uk", 1536)];
    let mut rng = world.random.next(Stream::Names);
    let mut servers: Vec<String> = DOMAINS
        .into_iter()
        .map(|(domain, first)| {
            let within = if private { 0 } else { rng.next_u32() % 512 };
            format!("ns-{}.awsdns-{:02}.{domain}", first + within, within / 8)
        })
        .collect();
    servers.rotate_left((rng.next_u32() % 4) as usize);
    servers
}

/// The NS and SOA records at the apex, which every zone has from birth.
fn first_records(name: &str, servers: &[String], in_sync: Time) -> [RecordSet; 2] {
    let first = servers.first().map_or("", String::as_str);
    let set = |record_type: &str, ttl: i64, values: Vec<String>| RecordSet {
        name: name.to_owned(),
        record_type: record_type.to_owned(),
        ttl: Some(ttl),
        values,
        in_sync,
        identifier: None,
        policy: None,
        alias: None,
        health_check: None,
        traffic: None,
    };
    let soa = format!("{first}. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400");
    [
        set(
            "NS",
            NS_TTL,
            servers.iter().map(|server| format!("{server}.")).collect(),
        ),
        set("SOA", SOA_TTL, vec![soa]),
    ]
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_DeleteHostedZone.html>
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = zone(world, request.params.text(field::ID))?;
    let (id, earlier) = (row.id, row.in_sync);
    if !row.signing_keys.is_empty() {
        let why = "The specified hosted zone contains DNSSEC Key Signing Keys and so cannot be deleted.";
        return Err(Error::new("HostedZoneNotEmpty", why));
    }
    if !row.protections.is_empty() {
        let why = "The specified hosted zone contains resource record set protections and so cannot be deleted.";
        return Err(Error::new("HostedZoneNotEmpty", why).remedy("Delete its protections first."));
    }
    let required = |set: &RecordSet| set.name == row.name && matches!(set.record_type.as_str(), "NS" | "SOA");
    let others: Vec<String> = row
        .records
        .rows()
        .filter(|set| !required(set))
        .map(|set| format!("{} {}", name::shown(&set.name), set.record_type))
        .collect();
    if !others.is_empty() {
        let why = "The specified hosted zone contains non-required resource record sets and so cannot be deleted.";
        return Err(Error::new("HostedZoneNotEmpty", why).remedy(format!("Delete first: {}.", others.join(", "))));
    }
    let effect = row.records.iter().map(|(key, _)| (key.clone(), None)).collect();
    let name = row.name.clone();
    let in_sync = sync_time(world, earlier);
    if let Some(row) = world.route53.zones.get_mut(&id) {
        row.deleted = true;
    }
    let logged: Vec<String> = world
        .route53
        .query_logging
        .rows()
        .filter(|logging| logging.zone == id)
        .map(|logging| logging.id.clone())
        .collect();
    for logging in logged {
        world.route53.query_logging.remove(&logging);
    }
    let now = world.now;
    world.usage.stop_all(&Subject::Resource(id.into()), now);
    let change = submit(world, id, in_sync, "", effect, true);
    let cause = Cause::Call(world.calls);
    note(world, id, format!("hosted zone {name} deleted"), cause);
    Ok(Structure::new().with(field::CHANGE_INFO, change))
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_UpdateHostedZoneComment.html>
/// Without a comment the zone has none any more.
pub(super) fn update_comment(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let id = zone(world, request.params.text(field::ID))?.id;
    let comment = request.params.text(field::COMMENT).unwrap_or_default();
    if let Some(row) = world.route53.zones.get_mut(&id) {
        row.comment = comment.to_owned();
    }
    let cause = Cause::Call(world.calls);
    note(world, id, "comment changed", cause);
    let row = zone(world, Some(&id.to_string()))?;
    Ok(Structure::new().with(field::HOSTED_ZONE, describe(row, world.now)))
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetHostedZone.html>
pub(super) fn get(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = zone(world, request.params.text(field::ID))?;
    let answer = Structure::new().with(field::HOSTED_ZONE, describe(row, world.now));
    Ok(match &row.private {
        None => answer.with(field::DELEGATION_SET, delegation_set(world, row)),
        Some(associated) => answer.with(field::_VPCS, vpcs::describe(associated)),
    })
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetHostedZoneCount.html>
pub(super) fn count(_request: &Request<'_>, world: &World) -> Result<Structure> {
    let count = super::common::zones(world).len();
    Ok(Structure::new().with(field::HOSTED_ZONE_COUNT, i64::try_from(count).unwrap_or(i64::MAX)))
}

/// A zone as answers have it.
pub(super) fn describe(zone: &HostedZone, now: Time) -> Structure {
    let comment = Some(zone.comment.as_str()).filter(|comment| !comment.is_empty());
    let config = Structure::new()
        .with_some(field::COMMENT, comment)
        .with(field::PRIVATE_ZONE, zone.private.is_some());
    Structure::new()
        .with(field::ID, format!("/hostedzone/{}", zone.id))
        .with(field::NAME, zone.name.as_str())
        .with(field::CALLER_REFERENCE, zone.caller_reference.as_str())
        .with(field::CONFIG, config)
        .with(
            field::RESOURCE_RECORD_SET_COUNT,
            i64::try_from(zone.records.len()).unwrap_or(i64::MAX),
        )
        .with_some(field::FEATURES, features::shown(zone, now))
}

fn delegation_set(world: &World, zone: &HostedZone) -> Structure {
    let reusable = zone.delegation_set.as_ref();
    match reusable.and_then(|id| world.route53.delegation_sets.get(id)) {
        Some(set) => delegation::describe(set),
        None => Structure::new().with(field::NAME_SERVERS, zone.name_servers.clone()),
    }
}

pub(super) fn vpc_structure(region: Region, vpc: VpcId) -> Structure {
    Structure::new()
        .with(field::VPC_REGION, region.name())
        .with(field::VPC_ID_, vpc)
}
