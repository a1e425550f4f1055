//! IAM instance profiles of instances: which one a call names, and the associations.
//!
//! The profile that a launch brings along has an association whose id follows from the instance's, so that it needs no
//! row; what is associated, replaced or ended later stands in the instance's row. How long `associating` and
//! `disassociating` last is ours: both follow from the time alone.
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html>

use super::filters::{self, PathFilter};
use crate::base::error::{Error, Result};
use crate::base::ids::{InstanceId, Kind, well_formed};
use crate::base::time::{Span, Time};
use crate::catalog::Region;
use crate::principal::ALPHABET;
use crate::services::ec2::common::{Filters, find, need, note, page};
use crate::services::{Request, iam};
use crate::world::World;
use crate::world::compute::{Instance, InstanceState};
use crate::world::launching::ProfileAssociation;
use sha2::{Digest, Sha256};
use stratus_model::{Structure, field, sort};

/// How long an association takes (ours).
const TAKES: Span = Span::seconds(10);
const PREFIX: &str = "iip-assoc";

const FILTERS: &[PathFilter] = &[("instance-id", &[field::INSTANCE_ID]), ("state", &[field::STATE])];

/// The ARN of the instance profile that a specification names, by ARN or by name; `None` for an empty one. It must be
/// one of the account's.
///
/// # Errors
/// `InvalidParameterCombination`, `InvalidParameterValue`.
pub(crate) fn instance_profile(world: &World, specification: &Structure) -> Result<Option<String>> {
    match (specification.text(field::ARN), specification.text(field::NAME)) {
        (Some(_), Some(_)) => Err(Error::combination(
            "The parameter 'iamInstanceProfile.name' may not be used in combination with 'iamInstanceProfile.arn'",
        )),
        (Some(arn), None) => {
            let form = arn.starts_with("arn:") && arn.contains(":instance-profile/");
            if form && iam::instance_profile(world, arn).is_some() {
                return Ok(Some(arn.to_owned()));
            }
            let text = format!(
                "Value ({arn}) for parameter iamInstanceProfile.arn is invalid. Invalid IAM Instance Profile ARN"
            );
            Err(Error::new("InvalidParameterValue", text).at("IamInstanceProfile.Arn"))
        }
        (None, Some(name)) => {
            if let Some(profile) = iam::instance_profile(world, name).filter(|profile| profile.name == name) {
                return Ok(Some(profile.arn(world.options.account)));
            }
            let text = format!(
                "Value ({name}) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name"
            );
            Err(Error::new("InvalidParameterValue", text)
                .at("IamInstanceProfile.Name")
                .remedy("ListInstanceProfiles of IAM shows which there are."))
        }
        (None, None) => Ok(None),
    }
}

/// A profile as instances and associations show it. The id of one that IAM does not know follows from its ARN (ours).
pub(super) fn show_profile(world: &World, arn: &str) -> Structure {
    let hashed = || {
        let digits = Sha256::digest(arn.as_bytes());
        let letter = |byte: &u8| ALPHABET.get(usize::from(byte % 32)).copied().map(char::from);
        let tail: String = digits.iter().take(16).filter_map(letter).collect();
        format!("AIPA{tail}")
    };
    let id = iam::instance_profile(world, arn).map_or_else(hashed, |profile| profile.id.clone());
    Structure::new().with(field::ARN, arn).with(field::ID, id)
}

/// A number for an association: of an instance and how many it has had.
fn number(instance: InstanceId, place: u64) -> u64 {
    let mut x = instance.0 ^ place.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x ^ (x >> 27)
}

fn id_text(number: u64) -> String {
    format!("{PREFIX}-0{number:016x}")
}

/// All associations of an instance, eldest first: that of the launch too.
fn of(row: &Instance) -> Vec<ProfileAssociation> {
    match &row.instance_profile {
        Some(arn) if row.more.profiles.is_empty() => vec![ProfileAssociation {
            number: number(row.id, 0),
            arn: arn.clone(),
            since: row.created,
            ended: None,
        }],
        _ => row.more.profiles.clone(),
    }
}

/// The state of an association; `None` once it is no longer shown.
fn state(row: &Instance, association: &ProfileAssociation, now: Time) -> Option<&'static str> {
    let at_launch = association.since == row.created;
    match association.ended {
        Some(ended) if ended + TAKES <= now => None,
        Some(_) => Some("disassociating"),
        None if matches!(row.state, InstanceState::Terminated) => None,
        None if at_launch || association.since + TAKES <= now => Some("associated"),
        None => Some("associating"),
    }
}

fn show(world: &World, row: &Instance, association: &ProfileAssociation, state: &str) -> Structure {
    Structure::new()
        .with(field::ASSOCIATION_ID, id_text(association.number))
        .with(field::INSTANCE_ID, row.id)
        .with(field::IAM_INSTANCE_PROFILE, show_profile(world, &association.arn))
        .with(field::STATE, state)
        .with(field::TIMESTAMP, association.ended.unwrap_or(association.since))
}

/// The instance whose running association has this id.
///
/// # Errors
/// `InvalidAssociationID.NotFound`.
fn by_id<'w>(world: &'w World, region: Region, text: &str) -> Result<(&'w Instance, ProfileAssociation)> {
    let rows = world.ec2(region).into_iter().flat_map(|ec2| ec2.instances.rows());
    let mut all = rows.flat_map(|row| of(row).into_iter().map(move |association| (row, association)));
    let found = all.find(|(row, association)| {
        id_text(association.number) == text && association.ended.is_none() && row.state != InstanceState::Terminated
    });
    found.ok_or_else(|| {
        let why = if well_formed(text, PREFIX) {
            format!("An invalid association-id of '{text}' was given")
        } else {
            format!("Invalid id: \"{text}\" (expecting \"{PREFIX}-...\")")
        };
        Error::new("InvalidAssociationID.NotFound", why).at("AssociationId")
    })
}

fn asked(world: &World, params: &Structure) -> Result<String> {
    let nothing = Structure::new();
    let specification = params.structure(field::IAM_INSTANCE_PROFILE).unwrap_or(&nothing);
    instance_profile(world, specification)?.ok_or_else(|| {
        Error::new(
            "MissingParameter",
            "The request must contain the parameter iamInstanceProfile.name",
        )
        .at("IamInstanceProfile")
    })
}

/// Writes an instance's associations with a new one at their end, or without.
fn write(
    world: &mut World,
    region: Region,
    id: InstanceId,
    mut all: Vec<ProfileAssociation>,
    arn: Option<String>,
) -> Option<Structure> {
    let now = world.now;
    if let Some(arn) = &arn {
        all.push(ProfileAssociation {
            number: number(id, all.len() as u64),
            arn: arn.clone(),
            since: now,
            ended: None,
        });
    }
    let last = all.last().cloned()?;
    world.update(region, id, |row: &mut Instance| {
        row.instance_profile = arn;
        row.more.profiles = all;
    });
    let row = world.row::<Instance>(region, id)?;
    let text = if last.ended.is_some() {
        "disassociating"
    } else {
        "associating"
    };
    Some(show(world, row, &last, text))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateIamInstanceProfile.html>
pub(super) fn associate(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let row = find::<Instance>(world, region, Kind::Instance, need(params, field::INSTANCE_ID)?)?;
    let arn = asked(world, params)?;
    if !matches!(
        row.state,
        InstanceState::Pending | InstanceState::Running | InstanceState::Stopping | InstanceState::Stopped
    ) {
        let text = format!(
            "The instance '{}' is not in a state to associate an IAM instance profile: it is '{}'.",
            row.id,
            row.state.name()
        );
        return Err(Error::new("IncorrectInstanceState", text).at("InstanceId"));
    }
    if row.instance_profile.is_some() {
        let text = format!("There is an existing association for instance {}", row.id);
        return Err(Error::new("IncorrectState", text)
            .at("InstanceId")
            .remedy("Use ReplaceIamInstanceProfileAssociation."));
    }
    let (id, all) = (row.id, of(row));
    note(world, region, id, format!("instance profile {arn}"));
    let shown = write(world, region, id, all, Some(arn));
    Ok(Structure::new().with_some(field::IAM_INSTANCE_PROFILE_ASSOCIATION, shown))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateIamInstanceProfile.html>
pub(super) fn disassociate(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let (row, association) = by_id(world, region, need(request.params, field::ASSOCIATION_ID)?)?;
    let (id, all) = (row.id, ended(of(row), association.number, world.now));
    note(world, region, id, "instance profile taken off");
    let shown = write(world, region, id, all, None);
    Ok(Structure::new().with_some(field::IAM_INSTANCE_PROFILE_ASSOCIATION, shown))
}

fn ended(mut all: Vec<ProfileAssociation>, number: u64, now: Time) -> Vec<ProfileAssociation> {
    for association in all.iter_mut().filter(|association| association.number == number) {
        association.ended = Some(now);
    }
    all
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceIamInstanceProfileAssociation.html>: a new association in
/// the place of the old one.
pub(super) fn replace(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let (row, association) = by_id(world, region, need(params, field::ASSOCIATION_ID)?)?;
    let arn = asked(world, params)?;
    let (id, all) = (row.id, ended(of(row), association.number, world.now));
    note(world, region, id, format!("instance profile {arn}"));
    let shown = write(world, region, id, all, Some(arn));
    Ok(Structure::new().with_some(field::IAM_INSTANCE_PROFILE_ASSOCIATION, shown))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeIamInstanceProfileAssociations.html>. Sorted by the
/// making of the instance, then of the association.
pub(super) fn describe_associations(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let filters = Filters::read(params)?;
    filters::check(&filters, FILTERS, &[])?;
    let mut wanted: Vec<&str> = params.texts(field::ASSOCIATION_IDS).collect();
    let rows = world.ec2(region).into_iter().flat_map(|ec2| ec2.instances.rows());
    let mut rows: Vec<&Instance> = rows.collect();
    sort::by_key(&mut rows, |row| row.born);
    let all = !wanted.is_empty();
    let mut found = Vec::new();
    for row in rows {
        for association in of(row) {
            let Some(state) = state(row, &association, world.now) else {
                continue;
            };
            let text = id_text(association.number);
            if all && !wanted.contains(&text.as_str()) && !params.texts(field::ASSOCIATION_IDS).any(|id| id == text) {
                continue;
            }
            wanted.retain(|id| *id != text);
            let shown = show(world, row, &association, state);
            if filters::pass(&filters, &shown, None, FILTERS)? {
                found.push(shown);
            }
        }
    }
    if let Some(text) = wanted.first() {
        let why = format!("An invalid association-id of '{text}' was given");
        return Err(Error::new("InvalidAssociationID.NotFound", why).at("AssociationIds"));
    }
    let (found, next) = page(found, params, 5)?;
    Ok(Structure::new()
        .with(field::IAM_INSTANCE_PROFILE_ASSOCIATIONS, found)
        .with_some(field::NEXT_TOKEN, next))
}
