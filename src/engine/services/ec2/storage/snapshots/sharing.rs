//! Who else may make volumes of a snapshot.

use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, SnapshotId};
use crate::catalog::Region;
use crate::services::Request;
use crate::services::ec2::common::{done, find, note, read_id};
use crate::services::ec2::storage::{accounts, keys, settings};
use crate::world::World;
use crate::world::storage::{Sharing, Snapshot};
use stratus_model::{Structure, Value, field, sort};

/// A snapshot of the account's own: only its owner sees and changes who else may use it.
///
/// # Errors
/// `InvalidSnapshotID.Malformed`, `InvalidSnapshot.NotFound`; `AuthFailure` for somebody else's.
fn own<'w>(world: &'w World, region: Region, text: &str) -> Result<&'w Snapshot> {
    let id = read_id::<SnapshotId>(Kind::Snapshot, text)?;
    let row = find::<Snapshot>(world, region, Kind::Snapshot, text);
    row.map_err(|_| super::not_own(world, region, id))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSnapshotAttribute.html>
pub(in super::super) fn describe_snapshot_attribute(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let text = params.text(field::SNAPSHOT_ID).unwrap_or_default();
    let row = own(world, request.region, text)?;
    let answer = Structure::new().with(field::SNAPSHOT_ID, row.id);
    if params.text(field::ATTRIBUTE) == Some("productCodes") {
        return Ok(answer.with(field::PRODUCT_CODES, Vec::<Value>::new()));
    }
    let permissions: Vec<Structure> = row
        .shared_with
        .iter()
        .map(|with| match with.as_str() {
            "all" => Structure::new().with(field::GROUP, "all"),
            user => Structure::new().with(field::USER_ID, user),
        })
        .collect();
    Ok(answer.with(field::CREATE_VOLUME_PERMISSIONS, permissions))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySnapshotAttribute.html>
pub(in super::super) fn modify_snapshot_attribute(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let text = params.text(field::SNAPSHOT_ID).unwrap_or_default();
    let row = own(world, region, text)?;
    let id = row.id;
    if params
        .text(field::ATTRIBUTE)
        .is_some_and(|name| name != "createVolumePermission")
    {
        return Err(
            Error::new("InvalidParameterValue", "Only createVolumePermission can be modified.").at("Attribute"),
        );
    }
    let change = Change::read(params)?;
    let public = change.add.iter().any(|with| with == "all");
    if public && settings::sharing(world, region) != Sharing::Unblocked {
        let why = "Public sharing of snapshots is blocked in this Region by block public access for snapshots.";
        return Err(
            Error::new("OperationNotPermitted", why).remedy("DisableSnapshotBlockPublicAccess allows it again.")
        );
    }
    match &row.kms_key {
        Some(_) if public => {
            return Err(
                Error::new("InvalidParameterValue", "Encrypted snapshots cannot be made public.")
                    .remedy("Share it with accounts by name, and its key with them."),
            );
        }
        Some(key) if !change.add.is_empty() && *key == keys::default(world, region) => {
            return Err(Error::new(
                "InvalidParameterValue",
                "Snapshots encrypted with the AWS managed key for EBS cannot be shared.",
            )
            .remedy("Copy it under a key of your own, and share the copy."));
        }
        _ => {}
    }
    world.update(region, id, |row: &mut Snapshot| {
        row.shared_with.retain(|with| !change.remove.contains(with));
        for with in change.add {
            if !row.shared_with.contains(&with) {
                row.shared_with.push(with);
            }
        }
        sort::sort(&mut row.shared_with);
    });
    note(world, region, id, "permissions changed");
    done()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ResetSnapshotAttribute.html>: shared with nobody any more.
pub(in super::super) fn reset_snapshot_attribute(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let text = params.text(field::SNAPSHOT_ID).unwrap_or_default();
    let id = own(world, region, text)?.id;
    if params.text(field::ATTRIBUTE) != Some("createVolumePermission") {
        let why = "Only createVolumePermission can be reset.";
        return Err(Error::new("InvalidParameterValue", why).at("Attribute"));
    }
    world.update(region, id, |row: &mut Snapshot| row.shared_with.clear());
    note(world, region, id, "permissions reset");
    done()
}

/// Permissions to add and to take away: accounts, and `all` for everybody.
pub(in super::super) struct Change {
    /// To add.
    pub add: Vec<String>,
    /// To take away.
    pub remove: Vec<String>,
}

impl Change {
    /// Reads both forms of the call: `CreateVolumePermission`, and `OperationType` with `UserIds` and `GroupNames`.
    fn read(params: &Structure) -> Result<Change> {
        if let Some(change) = params.structure(field::CREATE_VOLUME_PERMISSION) {
            return Ok(Change {
                add: listed(change, field::ADD)?,
                remove: listed(change, field::REMOVE)?,
            });
        }
        let named = named(params.texts(field::USER_IDS), params.texts(field::GROUP_NAMES))?;
        match params.text(field::OPERATION_TYPE) {
            _ if named.is_empty() => Err(Error::combination("No attributes specified.")
                .remedy("Give CreateVolumePermission, or OperationType with UserIds or GroupNames.")),
            Some("remove") => Ok(Change {
                add: Vec::new(),
                remove: named,
            }),
            Some(_) => Ok(Change {
                add: named,
                remove: Vec::new(),
            }),
            None => Err(Error::missing("OperationType")),
        }
    }
}

/// Who may use an image, of a machine or of an FPGA, as the API shows it.
pub(in super::super) fn permissions(public: bool, shared_with: &[String]) -> Vec<Structure> {
    let everybody = public.then(|| Structure::new().with(field::GROUP, "all"));
    let users = shared_with
        .iter()
        .map(|user| Structure::new().with(field::USER_ID, user));
    everybody.into_iter().chain(users).collect()
}

/// Changes who may use an image, of a machine or of an FPGA; `all` makes it public, or no longer.
pub(in super::super) fn permit(
    (public, shared_with): (&mut bool, &mut Vec<String>),
    add: &[String],
    remove: &[String],
) {
    shared_with.retain(|with| !remove.contains(with));
    *public &= !remove.iter().any(|with| with == "all");
    for with in add {
        if with == "all" {
            *public = true;
        } else if !shared_with.contains(with) {
            shared_with.push(with.clone());
        }
    }
    sort::sort(shared_with);
}

/// The permissions of a list of `{UserId}` and `{Group}`.
pub(in super::super) fn listed(change: &Structure, name: stratus_model::Name) -> Result<Vec<String>> {
    let users = change.structures(name).filter_map(|line| line.text(field::USER_ID));
    let groups = change.structures(name).filter_map(|line| line.text(field::GROUP));
    named(users, groups)
}

/// Accounts and groups, checked: the only group is `all`.
pub(in super::super) fn named<'a>(
    users: impl Iterator<Item = &'a str>,
    mut groups: impl Iterator<Item = &'a str>,
) -> Result<Vec<String>> {
    let mut named = accounts(users)?;
    if let Some(group) = groups.next() {
        if group != "all" {
            return Err(Error::new(
                "InvalidParameterValue",
                format!("Invalid group: '{group}'. The only one is 'all'."),
            ));
        }
        named.push(group.to_owned());
    }
    Ok(named)
}
