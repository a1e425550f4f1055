//! Managed policies and their versions: the account's own, and AWS's.

use super::attachments::{boundary_count, count, usage};
use super::aws_policies::{self, AwsPolicy};
use super::common::{
    Page, beyond, conflict, encoded, exists, key, needed, no_such, note, seconds, some_tags, tag_list, under,
    unique_id, validation,
};
use super::documents::{self, Use};
use super::{limits, tags};
use crate::base::error::{Error, Result};
use crate::base::time::Time;
use crate::services::Request;
use crate::world::World;
use crate::world::identity::Policy;
use stratus_model::{Structure, Value, field};

/// A managed policy of either kind.
#[derive(Clone, Copy)]
pub(super) enum Managed<'w> {
    /// The account's own.
    Own(&'w Policy),
    /// One of AWS's.
    Aws(&'static AwsPolicy),
}

impl Managed<'_> {
    /// Its name.
    pub(super) fn name(&self) -> &str {
        match self {
            Managed::Own(policy) => &policy.name,
            Managed::Aws(policy) => policy.name,
        }
    }
    /// Its path.
    pub(super) fn path(&self) -> &str {
        match self {
            Managed::Own(policy) => &policy.path,
            Managed::Aws(policy) => policy.path,
        }
    }
    /// Its ARN.
    pub(super) fn arn(&self, world: &World) -> String {
        match self {
            Managed::Own(policy) => policy.arn(world.options.account),
            Managed::Aws(policy) => policy.arn(),
        }
    }
    /// Its versions, oldest first: number, when, document.
    pub(super) fn versions(&self) -> Vec<(u32, Time, String)> {
        match self {
            Managed::Own(policy) => policy.versions.clone(),
            Managed::Aws(policy) => vec![(1, aws_policies::CREATED, policy.document())],
        }
    }
    /// The number of the version in force.
    pub(super) fn default_version(&self) -> u32 {
        match self {
            Managed::Own(policy) => policy.default,
            Managed::Aws(_) => 1,
        }
    }

    /// As lists have it.
    pub(super) fn describe(&self, world: &World) -> Structure {
        let (id, created, updated) = match self {
            Managed::Own(policy) => (policy.id.clone(), policy.created, policy.updated),
            Managed::Aws(policy) => (policy.id(), aws_policies::CREATED, aws_policies::CREATED),
        };
        let answer = Structure::new()
            .with(field::POLICY_NAME, self.name())
            .with(field::POLICY_ID, id)
            .with(field::ARN, self.arn(world))
            .with(field::PATH, self.path())
            .with(field::DEFAULT_VERSION_ID, format!("v{}", self.default_version()))
            .with(field::IS_ATTACHABLE, true)
            .with(field::CREATE_DATE, seconds(created))
            .with(field::UPDATE_DATE, seconds(updated));
        usage(world, self, answer)
    }

    /// What it says of itself.
    pub(super) fn description(&self) -> Option<&str> {
        match self {
            Managed::Own(policy) => policy.description.as_deref(),
            Managed::Aws(policy) => Some(policy.description),
        }
    }
}

/// A policy by its ARN.
pub(super) fn find<'w>(world: &'w World, arn: &str) -> Option<Managed<'w>> {
    if let Some(policy) = aws_policies::find(arn) {
        return Some(Managed::Aws(policy));
    }
    let policy = world.iam.policies.get(&key(arn.rsplit('/').next()?))?;
    (policy.arn(world.options.account) == arn).then_some(Managed::Own(policy))
}

/// A text that is no ARN of a policy.
fn not_an_arn(arn: &str) -> Option<Error> {
    let good = arn.starts_with("arn:aws:iam::") && arn.contains(":policy/");
    (!good).then(|| validation(field::POLICY_ARN, format!("ARN {arn} is not valid.")))
}

/// A policy by its ARN, or NoSuchEntity.
pub(super) fn known<'w>(world: &'w World, arn: &str) -> Result<Managed<'w>> {
    if let Some(error) = not_an_arn(arn) {
        return Err(error);
    }
    find(world, arn).ok_or_else(|| no_such(format!("Policy {arn} was not found.")).at("PolicyArn"))
}

/// A policy that may be attached.
pub(super) fn attachable<'w>(world: &'w World, arn: &str) -> Result<Managed<'w>> {
    if let Some(error) = not_an_arn(arn) {
        return Err(error);
    }
    let policy = find(world, arn);
    policy.ok_or_else(|| no_such(format!("Policy {arn} does not exist or is not attachable.")).at("PolicyArn"))
}

/// A policy of the account's own, which may be changed.
pub(super) fn own<'w>(world: &'w World, arn: &str) -> Result<&'w Policy> {
    match known(world, arn)? {
        Managed::Own(policy) => Ok(policy),
        Managed::Aws(_) => {
            let why = format!("Policy {arn} is managed by AWS and cannot be changed.");
            Err(Error::new("AccessDenied", why).with_status(403).at("PolicyArn"))
        }
    }
}

fn checked<'a>(request: &'a Request<'_>, world: &World) -> Result<&'a str> {
    let document = needed(request, field::POLICY_DOCUMENT);
    documents::check(world, document, Use::Identity)?;
    if documents::size(document) > limits::POLICY_SIZE {
        return Err(beyond("PolicySize", limits::POLICY_SIZE));
    }
    Ok(document)
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html>
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let name = needed(request, field::POLICY_NAME);
    if world.iam.policies.contains(&key(name)) {
        let why = format!("A policy called {name} already exists. Duplicate names are not allowed.");
        return Err(exists(why).at("PolicyName"));
    }
    limits::within("PoliciesPerAccount", world.iam.policies.len(), limits::POLICIES)?;
    let document = checked(request, world)?;
    let row = Policy {
        name: name.to_owned(),
        path: super::common::path(request),
        id: String::new(),
        created: world.now,
        updated: world.now,
        description: request.params.text(field::DESCRIPTION).map(str::to_owned),
        tags: tags::given(request.params)?,
        versions: vec![(1, world.now, document.to_owned())],
        default: 1,
        next: 2,
    };
    let row = Policy {
        id: unique_id(world, "ANPA"),
        ..row
    };
    let answer = Managed::Own(&row)
        .describe(world)
        .with_some(field::TAGS, some_tags(&row.tags));
    world.iam.policies.insert(key(name), row);
    note(world, format!("policy {name}: created"));
    Ok(Structure::new().with(field::POLICY, answer))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html>
pub(super) fn get(request: &Request<'_>, world: &World) -> Result<Structure> {
    let policy = known(world, needed(request, field::POLICY_ARN))?;
    let tags = match policy {
        Managed::Own(policy) => tag_list(&policy.tags),
        Managed::Aws(_) => Value::List(Vec::new()),
    };
    let answer = policy
        .describe(world)
        .with_some(field::DESCRIPTION, policy.description())
        .with(field::TAGS, tags);
    Ok(Structure::new().with(field::POLICY, answer))
}

/// All policies of a scope, by name.
pub(super) fn all<'w>(world: &'w World, scope: &str) -> Vec<Managed<'w>> {
    let mut rows: Vec<Managed<'w>> = Vec::new();
    if scope != "AWS" {
        rows.extend(world.iam.policies.rows().map(Managed::Own));
    }
    if scope != "Local" {
        rows.extend(aws_policies::POLICIES.iter().map(Managed::Aws));
    }
    stratus_model::sort::by_key(&mut rows, place);
    rows
}

/// Where a policy stands in lists: by name; AWS's own after the account's of the same name.
pub(super) fn place(policy: &Managed<'_>) -> String {
    let kind = if matches!(policy, Managed::Own(_)) { 'a' } else { 'b' };
    format!("{} {kind}", key(policy.name()))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html>
pub(super) fn list(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let used = |policy: &Managed<'_>| {
        let arn = policy.arn(world);
        match params.text(field::POLICY_USAGE_FILTER) {
            Some("PermissionsPolicy") => count(world, &arn) > 0,
            Some(_) => boundary_count(world, &arn) > 0,
            None => count(world, &arn) + boundary_count(world, &arn) > 0,
        }
    };
    let filtered = params.boolean(field::ONLY_ATTACHED) == Some(true) || params.contains(field::POLICY_USAGE_FILTER);
    let rows: Vec<Managed<'_>> = all(world, params.text(field::SCOPE).unwrap_or("All"))
        .into_iter()
        .filter(|policy| under(params, policy.path()))
        .filter(|policy| !filtered || used(policy))
        .collect();
    let show = |policy: Managed<'_>| Value::from(policy.describe(world));
    Ok(Page::of(params)?.answer(field::POLICIES, rows, place, show))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html>
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let arn = needed(request, field::POLICY_ARN);
    let policy = own(world, arn)?;
    if count(world, arn) + boundary_count(world, arn) > 0 {
        return Err(conflict("Cannot delete a policy attached to entities.").at("PolicyArn"));
    }
    if policy.versions.len() > 1 {
        return Err(conflict(
            "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. \
             The default version is deleted with the policy.",
        )
        .at("PolicyArn"));
    }
    let name = key(&policy.name);
    world.iam.policies.remove(&name);
    note(world, format!("policy {name}: deleted"));
    Ok(Structure::new())
}

/// A version as answers have it.
fn version(policy: &Managed<'_>, (number, created, document): &(u32, Time, String), with_document: bool) -> Structure {
    Structure::new()
        .with_some(field::DOCUMENT, with_document.then(|| encoded(document)))
        .with(field::VERSION_ID, format!("v{number}"))
        .with(field::IS_DEFAULT_VERSION, *number == policy.default_version())
        .with(field::CREATE_DATE, seconds(*created))
}

/// The versions, newest first, as answers have them.
pub(super) fn versions(policy: &Managed<'_>, with_documents: bool) -> Vec<Structure> {
    let rows = policy.versions();
    rows.iter()
        .rev()
        .map(|row| version(policy, row, with_documents))
        .collect()
}

/// The number that `VersionId` names.
fn number(request: &Request<'_>, policy: &Managed<'_>) -> Result<u32> {
    let id = needed(request, field::VERSION_ID);
    let number = id.strip_prefix('v').and_then(|number| number.parse::<u32>().ok());
    let known = number.filter(|number| policy.versions().iter().any(|(known, _, _)| known == number));
    known.ok_or_else(|| {
        let arn = needed(request, field::POLICY_ARN);
        no_such(format!(
            "Policy {arn} version {id} does not exist or is not attachable."
        ))
        .at("VersionId")
    })
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html>
pub(super) fn create_version(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let policy = own(world, needed(request, field::POLICY_ARN))?;
    let document = checked(request, world)?;
    if policy.versions.len() >= limits::VERSIONS {
        return Err(super::common::limit_exceeded(format!(
            "A managed policy can have up to {} versions. Before you create a new version, you must delete an existing \
             version.",
            limits::VERSIONS
        )));
    }
    let mut row = policy.clone();
    let made = (row.next, world.now, document.to_owned());
    row.next += 1;
    row.updated = world.now;
    if request.params.boolean(field::SET_AS_DEFAULT) == Some(true) {
        row.default = made.0;
    }
    row.versions.push(made.clone());
    let answer = version(&Managed::Own(&row), &made, false);
    world.iam.policies.insert(key(&row.name), row);
    Ok(Structure::new().with(field::POLICY_VERSION, answer))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html>
pub(super) fn get_version(request: &Request<'_>, world: &World) -> Result<Structure> {
    let policy = known(world, needed(request, field::POLICY_ARN))?;
    let number = number(request, &policy)?;
    let rows = policy.versions();
    let row = rows.iter().find(|(known, _, _)| *known == number);
    Ok(Structure::new().with_some(field::POLICY_VERSION, row.map(|row| version(&policy, row, true))))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyVersions.html>
/// Newest first.
pub(super) fn list_versions(request: &Request<'_>, world: &World) -> Result<Structure> {
    let policy = known(world, needed(request, field::POLICY_ARN))?;
    let rows: Vec<(usize, Structure)> = versions(&policy, false).into_iter().enumerate().collect();
    let page = Page::of(request.params)?;
    Ok(page.answer(
        field::VERSIONS,
        rows,
        |(place, _)| format!("{place:04}"),
        |(_, row)| row.into(),
    ))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicyVersion.html>
pub(super) fn delete_version(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let policy = own(world, needed(request, field::POLICY_ARN))?;
    let number = number(request, &Managed::Own(policy))?;
    if number == policy.default {
        return Err(conflict("Cannot delete the default version of a policy.").at("VersionId"));
    }
    let mut row = policy.clone();
    row.versions.retain(|(known, _, _)| *known != number);
    world.iam.policies.insert(key(&row.name), row);
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetDefaultPolicyVersion.html>
pub(super) fn set_default(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let policy = own(world, needed(request, field::POLICY_ARN))?;
    let number = number(request, &Managed::Own(policy))?;
    let mut row = policy.clone();
    row.default = number;
    row.updated = world.now;
    world.iam.policies.insert(key(&row.name), row);
    Ok(Structure::new())
}
