//! Roles that are linked to a service: made for it, deleted only where it no longer needs them.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html>

use super::common::{invalid, needed, no_such, note, role, unique_id};
use super::{attachments, limits, roles};
use crate::base::error::{Error, Result};
use crate::base::random::Stream;
use crate::services::Request;
use crate::world::World;
use crate::world::identity::{Deletion, Holder, Role};
use rand_chacha::rand_core::RngCore;
use stratus_model::{Structure, field};

/// A service that has such a role: its principal, the role's name, the policy that it gets (empty: one of none here),
/// whether it may have several by a suffix.
type Linked = (&'static str, &'static str, &'static str, bool);

/// The services, by principal.
const SERVICES: &[Linked] = &[
    (
        "autoscaling.amazonaws.com",
        "AWSServiceRoleForAutoScaling",
        "AutoScalingServiceRolePolicy",
        true,
    ),
    (
        "cloudtrail.amazonaws.com",
        "AWSServiceRoleForCloudTrail",
        "CloudTrailServiceRolePolicy",
        false,
    ),
    (
        "config.amazonaws.com",
        "AWSServiceRoleForConfig",
        "AWSConfigServiceRolePolicy",
        false,
    ),
    (
        "ec2fleet.amazonaws.com",
        "AWSServiceRoleForEC2Fleet",
        "AWSEC2FleetServiceRolePolicy",
        false,
    ),
    (
        "ecs.amazonaws.com",
        "AWSServiceRoleForECS",
        "AmazonECSServiceRolePolicy",
        false,
    ),
    (
        "eks.amazonaws.com",
        "AWSServiceRoleForAmazonEKS",
        "AmazonEKSServiceRolePolicy",
        false,
    ),
    (
        "elasticbeanstalk.amazonaws.com",
        "AWSServiceRoleForElasticBeanstalk",
        "AWSElasticBeanstalkServiceRolePolicy",
        false,
    ),
    (
        "elasticfilesystem.amazonaws.com",
        "AWSServiceRoleForAmazonElasticFileSystem",
        "AmazonElasticFileSystemServiceRolePolicy",
        false,
    ),
    (
        "elasticloadbalancing.amazonaws.com",
        "AWSServiceRoleForElasticLoadBalancing",
        "AWSElasticLoadBalancingServiceRolePolicy",
        false,
    ),
    (
        "events.amazonaws.com",
        "AWSServiceRoleForCloudWatchEvents",
        "CloudWatchEventsServiceRolePolicy",
        false,
    ),
    (
        "organizations.amazonaws.com",
        "AWSServiceRoleForOrganizations",
        "AWSOrganizationsServiceTrustPolicy",
        false,
    ),
    (
        "rds.amazonaws.com",
        "AWSServiceRoleForRDS",
        "AmazonRDSServiceRolePolicy",
        false,
    ),
    (
        "spot.amazonaws.com",
        "AWSServiceRoleForEC2Spot",
        "AWSEC2SpotServiceRolePolicy",
        false,
    ),
    (
        "spotfleet.amazonaws.com",
        "AWSServiceRoleForEC2SpotFleet",
        "AWSEC2SpotFleetServiceRolePolicy",
        false,
    ),
    (
        "ssm.amazonaws.com",
        "AWSServiceRoleForAmazonSSM",
        "AmazonSSMServiceRolePolicy",
        false,
    ),
    (
        "support.amazonaws.com",
        "AWSServiceRoleForSupport",
        "AWSSupportServiceRolePolicy",
        false,
    ),
    (
        "transitgateway.amazonaws.com",
        "AWSServiceRoleForVPCTransitGateway",
        "AWSVPCTransitGatewayServiceRolePolicy",
        false,
    ),
    (
        "trustedadvisor.amazonaws.com",
        "AWSServiceRoleForTrustedAdvisor",
        "AWSTrustedAdvisorServiceRolePolicy",
        false,
    ),
];

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceLinkedRole.html>
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let service = needed(request, field::AWS_SERVICE_NAME);
    let suffix = request.params.text(field::CUSTOM_SUFFIX);
    let Some((_, base, policy, several)) = SERVICES.iter().find(|(known, ..)| *known == service) else {
        let why = format!("The service {service} has no service-linked role here.");
        let known = SERVICES.iter().map(|(known, ..)| *known).collect::<Vec<_>>().join(", ");
        return Err(invalid(field::AWS_SERVICE_NAME, why).remedy(format!("Those that have one: {known}.")));
    };
    if suffix.is_some() && !several {
        return Err(invalid(
            field::CUSTOM_SUFFIX,
            format!("Custom suffix is not allowed for {service}"),
        ));
    }
    let name = suffix.map_or_else(|| (*base).to_owned(), |suffix| format!("{base}_{suffix}"));
    if world.iam.roles.contains(&super::common::key(&name)) {
        let why = format!("Service role name {name} has been taken in this account, please try a different suffix.");
        return Err(invalid(field::AWS_SERVICE_NAME, why));
    }
    limits::within("RolesPerAccount", world.iam.roles.len(), limits::ROLES)?;
    let trust = format!(
        "{{\"Version\":\"2012-10-17\",\"Statement\":[{{\"Effect\":\"Allow\",\"Principal\":{{\"Service\":\"{service}\"}},\
         \"Action\":\"sts:AssumeRole\"}}]}}"
    );
    let id = unique_id(world, "AROA");
    let row = Role {
        description: request.params.text(field::DESCRIPTION).map(str::to_owned),
        service: Some(service.to_owned()),
        ..roles::new_role(&name, &format!("/aws-service-role/{service}/"), id, world, &trust)
    };
    let answer = roles::describe(world, &row).with_some(field::DESCRIPTION, row.description.clone());
    world.iam.roles.insert(super::common::key(&name), row);
    let arn = format!("arn:aws:iam::aws:policy/aws-service-role/{policy}");
    if super::policies::find(world, &arn).is_some() {
        attachments::link(world, Holder::Role, &name, &arn);
    }
    note(world, format!("role {name}: created for {service}"));
    Ok(Structure::new().with(field::ROLE, answer))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServiceLinkedRole.html>
/// The services do not use their roles here, so that the deletion succeeds at once (ours).
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = role(world, needed(request, field::ROLE_NAME))?.clone();
    let Some(service) = &row.service else {
        let why = format!("The role {} is not a service-linked role.", row.name);
        return Err(invalid(field::ROLE_NAME, why));
    };
    let mut rng = world.random.next(Stream::Identities);
    let (high, low) = (rng.next_u64(), rng.next_u64());
    let task = format!(
        "task/aws-service-role/{service}/{}/{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        row.name,
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xfff,
        low >> 48 & 0x3fff | 0x8000,
        low & 0xffff_ffff_ffff
    );
    let key = super::common::key(&row.name);
    for arn in &row.permissions.attached {
        world
            .iam
            .attachments
            .remove(&(arn.clone(), Holder::Role.number(), key.clone()));
    }
    world.iam.roles.remove(&key);
    let deletion = Deletion {
        role: row.name.clone(),
        asked: world.now,
    };
    world.iam.deletions.insert(task.clone(), deletion);
    note(world, format!("role {}: deleted", row.name));
    Ok(Structure::new().with(field::DELETION_TASK_ID, task))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLinkedRoleDeletionStatus.html>
pub(super) fn deletion_status(request: &Request<'_>, world: &World) -> Result<Structure> {
    let task = needed(request, field::DELETION_TASK_ID);
    if !world.iam.deletions.contains(&task.to_owned()) {
        let error: Error = no_such(format!("Deletion task {task} cannot be found."));
        return Err(error.at("DeletionTaskId"));
    }
    Ok(Structure::new().with(field::STATUS, "SUCCEEDED"))
}
