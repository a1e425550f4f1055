//! What an event window is for: instances by their ids or tags, or all instances of Dedicated Hosts.
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/event-windows.html>: targets of one kind only in a window, and a target
//! in one window only. The codes of the refusals are ours.

use super::windows::{all, named, shown};
use crate::base::error::{Error, Result};
use crate::base::ids::{HostId, InstanceId, Kind};
use crate::catalog::{Region, quotas};
use crate::services::Request;
use crate::services::ec2::common::{find, note};
use crate::services::ec2::compute::dedicated;
use crate::world::World;
use crate::world::compute::{Instance, InstanceState};
use crate::world::events::{EventWindow, WindowState, has_tag};
use stratus_model::{Structure, field};

/// Targets of one kind.
enum Targets {
    Instances(Vec<InstanceId>),
    Hosts(Vec<HostId>),
    Tags(Vec<(String, String)>),
}

impl Targets {
    /// Whether a window has targets of another kind.
    fn differ_from(&self, row: &EventWindow) -> bool {
        let (instances, hosts, tags) = (&row.instances, &row.hosts, &row.tags);
        match self {
            Targets::Instances(_) => !hosts.is_empty() || !tags.is_empty(),
            Targets::Hosts(_) => !instances.is_empty() || !tags.is_empty(),
            Targets::Tags(_) => !instances.is_empty() || !hosts.is_empty(),
        }
    }

    /// One that a window has, or one that it has not.
    fn one(&self, row: &EventWindow, has: bool) -> Option<String> {
        match self {
            Targets::Instances(ids) => ids
                .iter()
                .find(|id| row.instances.contains(id) == has)
                .map(ToString::to_string),
            Targets::Hosts(ids) => ids
                .iter()
                .find(|id| row.hosts.contains(id) == has)
                .map(ToString::to_string),
            Targets::Tags(tags) => tags
                .iter()
                .find(|tag| row.tags.contains(tag) == has)
                .map(|(key, value)| format!("{key}={value}")),
        }
    }

    /// Puts them into a window, each once; whether they fit.
    fn join(self, row: &mut EventWindow) -> bool {
        fn add<T: PartialEq>(to: &mut Vec<T>, more: Vec<T>, most: usize) -> bool {
            for one in more {
                if !to.contains(&one) {
                    to.push(one);
                }
            }
            to.len() <= most
        }
        match self {
            Targets::Instances(ids) => add(&mut row.instances, ids, quotas::EVENT_WINDOW_INSTANCES),
            Targets::Hosts(ids) => add(&mut row.hosts, ids, quotas::EVENT_WINDOW_HOSTS),
            Targets::Tags(tags) => add(&mut row.tags, tags, quotas::EVENT_WINDOW_TAGS),
        }
    }

    fn leave(&self, row: &mut EventWindow) {
        match self {
            Targets::Instances(ids) => row.instances.retain(|id| !ids.contains(id)),
            Targets::Hosts(ids) => row.hosts.retain(|id| !ids.contains(id)),
            Targets::Tags(tags) => row.tags.retain(|tag| !tags.contains(tag)),
        }
    }
}

fn read(request: &Request<'_>, world: &World) -> Result<Targets> {
    let (nothing, region) = (Structure::new(), request.region);
    let given = request.params.structure(field::ASSOCIATION_TARGET).unwrap_or(&nothing);
    let instances: Vec<&str> = given.texts(field::INSTANCE_IDS).collect();
    let hosts: Vec<&str> = given.texts(field::DEDICATED_HOST_IDS).collect();
    let tags: Vec<(String, String)> = given
        .structures(field::INSTANCE_TAGS)
        .map(|tag| {
            let key = tag.text(field::KEY).ok_or_else(|| Error::missing("Key"))?;
            Ok((key.to_owned(), tag.text(field::VALUE).unwrap_or_default().to_owned()))
        })
        .collect::<Result<_>>()?;
    match (instances.is_empty(), hosts.is_empty(), tags.is_empty()) {
        (false, true, true) => {
            let found = instances.into_iter().map(|text| instance(world, region, text));
            Ok(Targets::Instances(found.collect::<Result<_>>()?))
        }
        (true, false, true) => {
            let found = hosts.into_iter().map(|text| dedicated::held_id(world, region, text));
            Ok(Targets::Hosts(found.collect::<Result<_>>()?))
        }
        (true, true, false) => Ok(Targets::Tags(tags)),
        (true, true, true) => {
            let why = "The request must contain an instance ID, an instance tag or a Dedicated Host ID.";
            Err(Error::new("MissingParameter", why).at("AssociationTarget"))
        }
        _ => Err(one_kind()),
    }
}

fn one_kind() -> Error {
    let why = "Only one type of target (instance ID, Dedicated Host ID, or instance tag) can be associated with an event window.";
    Error::combination(why).at("AssociationTarget")
}

fn instance(world: &World, region: Region, text: &str) -> Result<InstanceId> {
    let row = find::<Instance>(world, region, Kind::Instance, text)?;
    if matches!(row.state, InstanceState::ShuttingDown | InstanceState::Terminated) {
        let why = format!("The instance '{}' is '{}'.", row.id, row.state.name());
        return Err(Error::new("IncorrectInstanceState", why).at("AssociationTarget"));
    }
    Ok(row.id)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateInstanceEventWindow.html>. What the window has already
/// changes nothing (ours).
pub(in super::super) fn associate(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let mut row = named(request, world)?.clone();
    let targets = read(request, world)?;
    if targets.differ_from(&row) {
        return Err(one_kind());
    }
    for other in all(world, region).filter(|other| other.id != row.id) {
        if let Some(target) = targets.one(other, true) {
            let why = format!(
                "'{target}' is already associated with the instance event window '{}'.",
                other.id
            );
            return Err(Error::new("Resource.AlreadyAssociated", why)
                .at("AssociationTarget")
                .remedy("Disassociate it there first."));
        }
    }
    let id = row.id;
    if !targets.join(&mut row) {
        let why = "The maximum number of targets of an instance event window has been reached.";
        return Err(Error::new("InstanceEventWindowTargetLimitExceeded", why).at("AssociationTarget"));
    }
    world.update(region, id, |old: &mut EventWindow| *old = row);
    note(world, region, id, "targets associated");
    Ok(shown(world, region, id))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateInstanceEventWindow.html>
pub(in super::super) fn disassociate(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let row = named(request, world)?;
    let id = row.id;
    let targets = read(request, world)?;
    if let Some(target) = targets.one(row, false) {
        let why = format!("'{target}' is not associated with the instance event window '{id}'.");
        return Err(Error::new("InvalidParameterValue", why).at("AssociationTarget"));
    }
    world.update(region, id, |row: &mut EventWindow| targets.leave(row));
    note(world, region, id, "targets disassociated");
    Ok(shown(world, region, id))
}

/// The targets as the API shows them.
pub(super) fn show(row: &EventWindow) -> Structure {
    let tags = row.tags.iter().map(|(key, value)| {
        Structure::new()
            .with(field::KEY, key.as_str())
            .with(field::VALUE, value.as_str())
    });
    let instances: Vec<String> = row.instances.iter().map(ToString::to_string).collect();
    let hosts: Vec<String> = row.hosts.iter().map(ToString::to_string).collect();
    Structure::new()
        .with(field::INSTANCE_IDS, instances)
        .with(field::TAGS, tags.collect::<Vec<Structure>>())
        .with(field::DEDICATED_HOST_IDS, hosts)
}

/// The window that an event of an instance is to be in. One that names the instance comes before one that names its host, and
/// that before one of its tags; of several the eldest (ours).
pub(super) fn window_of<'w>(world: &'w World, region: Region, row: &Instance) -> Option<&'w EventWindow> {
    let tags = world.tags(region, row.id.into());
    let rank = |window: &EventWindow| {
        if window.instances.contains(&row.id) {
            Some(0)
        } else if row.host.is_some_and(|host| window.hosts.contains(&host)) {
            Some(1)
        } else {
            let any = window.tags.iter().any(|tag| has_tag(tags, tag));
            any.then_some(2)
        }
    };
    let standing = all(world, region).filter(|window| window.state != WindowState::Deleting);
    let ranked = standing.filter_map(|window| Some((rank(window)?, window.born, window)));
    ranked
        .min_by_key(|(rank, born, _)| (*rank, *born))
        .map(|(.., window)| window)
}
