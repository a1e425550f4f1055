//! What AWS has no API for about names: what a parent has been told of a zone (a registrar's business), what a program of the
//! Web answers and how fast, what the data of an alarm come to, and zone files in and out. These are ours.

use super::guests::running;
use crate::base::error::{Error, Result};
use crate::dns::name;
use crate::dns::zonefile::{self, Fate};
use crate::services::Request;
use crate::services::ec2::common::{done, note};
use crate::services::route53;
use crate::world::World;
use crate::world::compute::{Delays, Instance, WebAnswer};
use crate::world::journal::{Cause, Event};
use crate::world::names::{AlarmState, Told};
use std::net::IpAddr;
use stratus_model::{Structure, Value, field};

/// Most name servers of a delegation.
const SERVERS: usize = 13;
/// Names that parents may be told something of.
const DELEGATIONS: usize = 1_000;
/// Alarms whose data may be told.
const ALARMS: usize = 1_000;
/// Ports of one guest whose answers may be set.
const ANSWERS: usize = 200;

fn normal(text: &str, parameter: &str) -> Result<String> {
    name::normal(text).map_err(|fault| Error::invalid(parameter, fault.to_string()))
}

/// Tells the parent of a name who is responsible for it: these servers, with the addresses of those that lie in it; nobody,
/// where no server is given; or, with `Automatic`, whoever has the zone, as it is from the beginning.
pub(super) fn put_delegation(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let cut = normal(params.text(field::NAME).unwrap_or_default(), "Name")?;
    if cut == name::ROOT {
        return Err(Error::invalid("Name", "nobody is above the root"));
    }
    if params.boolean(field::AUTOMATIC) == Some(true) {
        world.route53.told.remove(&cut);
        return done();
    }
    let servers: Vec<String> = params
        .texts(field::NAME_SERVERS)
        .map(|server| normal(server, "NameServers"))
        .collect::<Result<_>>()?;
    if servers.len() > SERVERS {
        return Err(Error::invalid("NameServers", format!("at most {SERVERS} servers")));
    }
    let mut glue = Vec::new();
    for given in params.structures(field::GLUE) {
        let server = normal(given.text(field::NAME).unwrap_or_default(), "Glue.Name")?;
        let address = given.text(field::ADDRESS).unwrap_or_default();
        if address.parse::<IpAddr>().is_err() {
            return Err(Error::invalid("Glue.Address", format!("'{address}' is no IP address")));
        }
        if !name::within(&server, &cut) {
            let why = format!("{server} does not lie in {cut}, so its own zone has its address");
            return Err(Error::invalid("Glue.Name", why));
        }
        glue.push((server, address.to_owned()));
    }
    if world.route53.told.len() >= DELEGATIONS {
        return Err(Error::new(
            "LimitExceeded",
            format!("Parents know {DELEGATIONS} names already."),
        ));
    }
    world.route53.told.insert(cut, Told { servers, glue });
    done()
}

/// What the data of a CloudWatch alarm in the Region of the call come to. Health checks watch the data, not the alarm: its
/// SetAlarmState does not move them.
/// <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html>
pub(super) fn put_alarm_data(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region.name();
    let name = request.params.text(field::ALARM_NAME).unwrap_or_default();
    let (state, words) = match request.params.text(field::STATE_VALUE) {
        Some("OK") => (AlarmState::Ok, "are within its threshold: OK"),
        Some("ALARM") => (AlarmState::Alarm, "are outside its threshold: ALARM"),
        _ => (AlarmState::Insufficient, "are too few: INSUFFICIENT_DATA"),
    };
    let alarms = &world.route53.alarms;
    if alarms.len() >= ALARMS && !alarms.contains(&(region.to_owned(), name.to_owned())) {
        return Err(Error::new(
            "LimitExceeded",
            format!("{ALARMS} alarms have data already."),
        ));
    }
    world.journal.note(Event {
        at: world.now,
        region: Some(request.region),
        resource: None,
        text: format!("the data of the alarm {name} {words}").into(),
        cause: Cause::Call(world.calls),
    });
    route53::put_alarm(world, region, name, state);
    done()
}

/// What a program that listens on a port answers to HTTP, and how long it takes: until the connection stands, from there until
/// the status, and from there until the body is there.
pub(super) fn put_web_answer(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let id = running(request, world)?;
    let params = request.params;
    let number = |name| params.integer(name).and_then(|number| u16::try_from(number).ok());
    let port = number(field::PORT).ok_or_else(|| Error::invalid("Port", "a number from 1 to 65535"))?;
    let status = number(field::STATUS).ok_or_else(|| Error::invalid("Status", "a number from 100 to 599"))?;
    let body = params.text(field::BODY).unwrap_or_default().to_owned();
    let millis = |name| params.integer(name).unwrap_or(0).max(0);
    let delays = Delays {
        connect: millis(field::CONNECT_MILLIS),
        status: millis(field::STATUS_MILLIS),
        body: millis(field::BODY_MILLIS),
    };
    let full = world.row::<Instance>(request.region, id);
    let full = full.is_some_and(|row| row.guest.web.len() >= ANSWERS && !row.guest.web.contains_key(&port));
    if full {
        let why = format!("{ANSWERS} ports of '{id}' have answers already");
        return Err(Error::new("LimitExceeded", why));
    }
    world.update(request.region, id, |row: &mut Instance| {
        row.guest.web.insert(port, WebAnswer { status, body, delays });
    });
    note(
        world,
        request.region,
        id,
        format!("answers HTTP on port {port} with {status}"),
    );
    done()
}

/// A zone as a file in BIND's format.
pub(super) fn export_zone(request: &Request<'_>, world: &World) -> Result<Structure> {
    let zone = route53::find_zone(world, request.params.text(field::HOSTED_ZONE_ID))?;
    Ok(Structure::new().with(field::ZONE_FILE, zonefile::write(zone)))
}

/// Puts the records of a zone file into a zone, in one change. As in Route 53's console the file's SOA and the NS records of the
/// zone itself are left out, and a record that is there already is an error; with `Replace`, the file's counts.
/// <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-creating-import.html>
pub(super) fn import_zone(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let zone = route53::find_zone(world, params.text(field::HOSTED_ZONE_ID))?;
    let text = params.text(field::ZONE_FILE).unwrap_or_default();
    let file = zonefile::read(text, &zone.name).map_err(|fault| {
        Error::new("InvalidZoneFile", format!("Line {}: {}", fault.line, fault.what))
            .at("ZoneFile")
            .remedy(fault.remedy)
    })?;
    let action = if params.boolean(field::REPLACE) == Some(true) {
        "UPSERT"
    } else {
        "CREATE"
    };
    let id = zone.id.to_string();
    let (mut changes, mut warnings) = (Vec::new(), file.warnings.clone());
    for set in file.sets() {
        if zonefile::fate(zone, &set) == Fate::Kept {
            warnings.push(format!(
                "Line {}: the zone keeps its own {} record.",
                set.line, set.record_type
            ));
            continue;
        }
        changes.push(Value::from(zonefile::change(&set, action)));
    }
    if changes.is_empty() {
        let why = "The file has no record to put into the zone.";
        return Err(Error::new("InvalidZoneFile", why).at("ZoneFile"));
    }
    let count = i64::try_from(changes.len()).unwrap_or(i64::MAX);
    let batch = Structure::new()
        .with(field::COMMENT, "import of a zone file")
        .with(field::CHANGES, changes);
    let given = Structure::new()
        .with(field::HOSTED_ZONE_ID, id)
        .with(field::CHANGE_BATCH, batch);
    let info = route53::change_records(request, world, &given)?;
    let change = info
        .structure(field::CHANGE_INFO)
        .and_then(|info| info.text(field::ID))
        .unwrap_or_default();
    Ok(Structure::new()
        .with(field::CHANGE_ID, change.trim_start_matches("/change/"))
        .with(field::RECORD_COUNT, count)
        .with(field::WARNINGS, warnings))
}
