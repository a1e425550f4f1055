//! The services that AWS itself offers through endpoints, a Region each, and DescribeVpcEndpointServices.
//! <https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html>
//!
//! A part of AWS's list, by what learners use. Every Region here offers the same (ours).

use super::super::common::{Filters, page, tag_list};
use super::service_view;
use crate::base::error::{Error, Result};
use crate::base::ids::EndpointServiceId;
use crate::base::random::fixed;
use crate::catalog::Region;
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::links::*;
use rand_chacha::rand_core::RngCore;
use stratus_model::{Structure, field, sort};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    (operation == "DescribeVpcEndpointServices").then_some(Handler::Read(describe_all))
}

/// Services of the names `com.amazonaws.REGION.NAME`: the name, the start of its private DNS name where that is another,
/// and whether its endpoints take a policy.
#[rustfmt::skip]
const SERVICES: &[(&str, &str, bool)] = &[
    ("access-analyzer", "access-analyzer", false),
    ("acm-pca", "acm-pca", true),
    ("application-autoscaling", "application-autoscaling", true),
    ("athena", "athena", true),
    ("autoscaling", "autoscaling", true),
    ("backup", "backup", true),
    ("batch", "batch", true),
    ("bedrock", "bedrock", true),
    ("bedrock-runtime", "bedrock-runtime", true),
    ("cloudformation", "cloudformation", true),
    ("cloudtrail", "cloudtrail", true),
    ("codebuild", "codebuild", true),
    ("codecommit", "codecommit", true),
    ("codepipeline", "codepipeline", true),
    ("config", "config", true),
    ("dynamodb", "dynamodb", true),
    ("ebs", "ebs", true),
    ("ec2", "ec2", true),
    ("ec2messages", "ec2messages", true),
    ("ecr.api", "api.ecr", true),
    ("ecr.dkr", "*.dkr.ecr", true),
    ("ecs", "ecs", true),
    ("ecs-agent", "ecs-a", true),
    ("ecs-telemetry", "ecs-t", true),
    ("elasticache", "elasticache", true),
    ("elasticbeanstalk", "elasticbeanstalk", true),
    ("elasticfilesystem", "elasticfilesystem", true),
    ("elasticloadbalancing", "elasticloadbalancing", true),
    ("email-smtp", "email-smtp", false),
    ("events", "events", true),
    ("execute-api", "*.execute-api", true),
    ("glue", "glue", true),
    ("imagebuilder", "imagebuilder", true),
    ("kinesis-firehose", "firehose", true),
    ("kinesis-streams", "kinesis", true),
    ("kms", "kms", true),
    ("lambda", "lambda", true),
    ("logs", "logs", true),
    ("monitoring", "monitoring", true),
    ("rds", "rds", true),
    ("rds-data", "rds-data", true),
    ("redshift", "redshift", true),
    ("redshift-data", "redshift-data", true),
    ("s3", "s3", true),
    ("sagemaker.api", "api.sagemaker", true),
    ("sagemaker.runtime", "runtime.sagemaker", true),
    ("secretsmanager", "secretsmanager", true),
    ("servicecatalog", "servicecatalog", true),
    ("sns", "sns", true),
    ("sqs", "sqs", true),
    ("ssm", "ssm", true),
    ("ssmmessages", "ssmmessages", true),
    ("states", "states", true),
    ("sts", "sts", true),
    ("synthetics", "synthetics", true),
    ("transfer", "transfer", false),
    ("xray", "xray", true),
];

/// Those that have gateway endpoints as well.
const GATEWAYS: [&str; 2] = ["dynamodb", "s3"];

/// One service of AWS in one Region, of one kind.
#[derive(Clone, Debug)]
pub(super) struct AwsService {
    /// `com.amazonaws.us-east-1.ec2`.
    pub name: String,
    /// What its endpoints are.
    pub kind: EndpointKind,
    /// The name that leads to an endpoint inside the VPC: `ec2.us-east-1.amazonaws.com`.
    pub private_name: String,
    /// Whether endpoints may have a policy.
    pub policy: bool,
    /// Its place, for its id.
    place: u64,
}

/// The services of a Region, by name, gateways first.
pub(super) fn all(region: Region) -> Vec<AwsService> {
    let mut list = Vec::new();
    for (place, (name, dns, policy)) in (0u64..).zip(SERVICES) {
        let kinds: &[EndpointKind] = if GATEWAYS.contains(name) {
            &[EndpointKind::Gateway, EndpointKind::Interface]
        } else {
            &[EndpointKind::Interface]
        };
        list.extend(kinds.iter().map(|kind| AwsService {
            name: format!("com.amazonaws.{}.{name}", region.name()),
            kind: *kind,
            private_name: format!("{dns}.{}.amazonaws.com", region.name()),
            policy: *policy,
            place: place * 2 + u64::from(*kind == EndpointKind::Gateway),
        }));
    }
    list
}

impl AwsService {
    /// Its id, the same in every world.
    fn id(&self, region: Region) -> EndpointServiceId {
        let stream = u64::from(u32::MAX) - 2;
        EndpointServiceId(fixed(0, stream, u64::from(region.index()) * 256 + self.place).next_u64())
    }

    fn describe(&self, region: Region) -> Structure {
        let interface = self.kind == EndpointKind::Interface;
        let short = self
            .name
            .rsplit_once(&format!("{}.", region.name()))
            .map_or("", |(_, short)| short);
        let base = if interface {
            format!("{short}.{}.vpce.amazonaws.com", region.name())
        } else {
            format!("{short}.{}.amazonaws.com", region.name())
        };
        let private = interface.then_some(self.private_name.as_str());
        let names = private.map(|name| vec![Structure::new().with(field::PRIVATE_DNS_NAME, name)]);
        let zones: Vec<String> = region.zones().map(|zone| zone.name()).collect();
        let zone_ids: Vec<String> = region.zones().map(|zone| zone.id()).collect();
        Structure::new()
            .with(field::SERVICE_NAME, self.name.as_str())
            .with(field::SERVICE_ID, self.id(region))
            .with(field::SERVICE_TYPE, service_view::kinds(self.kind))
            .with(field::SERVICE_REGION, region.name())
            .with(field::AVAILABILITY_ZONES, zones)
            .with(field::AVAILABILITY_ZONE_IDS, zone_ids)
            .with(field::OWNER, "amazon")
            .with(field::BASE_ENDPOINT_DNS_NAMES, vec![base])
            .with_some(field::PRIVATE_DNS_NAME, private)
            .with_some(field::PRIVATE_DNS_NAMES, names)
            .with_some(
                field::PRIVATE_DNS_NAME_VERIFICATION_STATE,
                interface.then_some("verified"),
            )
            .with(field::VPC_ENDPOINT_POLICY_SUPPORTED, self.policy)
            .with(field::ACCEPTANCE_REQUIRED, false)
            .with(field::MANAGES_VPC_ENDPOINTS, false)
            .with(field::SUPPORTED_IP_ADDRESS_TYPES, vec!["ipv4"])
            .with(field::TAGS, Vec::<Structure>::new())
    }
}

/// A service as the call lists it, and what filters compare.
struct Listed<'w> {
    name: String,
    owner: String,
    kind: EndpointKind,
    address_types: Vec<String>,
    own: Option<&'w EndpointService>,
    shown: Structure,
}

fn listed<'w>(world: &'w World, region: Region) -> Vec<Listed<'w>> {
    let mut list: Vec<Listed<'w>> = all(region)
        .into_iter()
        .map(|service| Listed {
            shown: service.describe(region),
            name: service.name,
            owner: "amazon".into(),
            kind: service.kind,
            address_types: vec!["ipv4".into()],
            own: None,
        })
        .collect();
    let own = world.ec2(region).into_iter().flat_map(|ec2| ec2.links.services.rows());
    list.extend(own.map(|service| Listed {
        name: service_view::name(region, service.id),
        owner: world.account(),
        kind: service_view::kind(service),
        address_types: service.address_types.clone(),
        own: Some(service),
        shown: service_view::detail(world, region, service),
    }));
    sort::by_key(&mut list, |listed| (listed.name.clone(), listed.kind as u8));
    list
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcEndpointServices.html>: by name, then kind.
fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let filters = Filters::read(params)?;
    let known = [
        "owner",
        "service-name",
        "service-region",
        "service-type",
        "supported-ip-address-types",
    ];
    filters.check_names(|name| known.contains(&name))?;
    let mut list = listed(world, region);
    let wanted: Vec<&str> = params.texts(field::SERVICE_NAMES).collect();
    if let Some(missing) = wanted
        .iter()
        .find(|name| list.iter().all(|listed| listed.name != **name))
    {
        return Err(no_service(missing));
    }
    if !wanted.is_empty() {
        list.retain(|listed| wanted.contains(&listed.name.as_str()));
    }
    let regions: Vec<&str> = params.texts(field::SERVICE_REGIONS).collect();
    if !regions.is_empty() && !regions.contains(&region.name()) {
        list.clear();
    }
    let mut chosen = Vec::new();
    for listed in list {
        let values = |name: &str| {
            Some(match name {
                "owner" => vec![listed.owner.clone()],
                "service-name" => vec![listed.name.clone()],
                "service-region" => vec![region.name().to_owned()],
                "service-type" => vec![listed.kind.name().to_owned()],
                _ => listed.address_types.clone(),
            })
        };
        let tags = listed.own.and_then(|own| world.tags(region, own.id.into()));
        if filters.pass_tagged(tags, values)? {
            chosen.push(listed);
        }
    }
    let mut names: Vec<String> = chosen.iter().map(|listed| listed.name.clone()).collect();
    names.dedup();
    let (chosen, next) = page(chosen, params, 5)?;
    if params.contains(field::MAX_RESULTS) {
        names.retain(|name| chosen.iter().any(|listed| listed.name == *name));
    }
    let details: Vec<Structure> = chosen.into_iter().map(|listed| listed.shown).collect();
    Ok(Structure::new()
        .with(field::SERVICE_NAMES, names)
        .with(field::SERVICE_DETAILS, details)
        .with_some(field::NEXT_TOKEN, next))
}

/// `InvalidServiceName` in AWS's words.
pub(super) fn no_service(name: &str) -> Error {
    let why = format!("The Vpc Endpoint Service '{name}' does not exist");
    Error::new("InvalidServiceName", why)
        .at("ServiceName")
        .remedy("DescribeVpcEndpointServices lists those that there are.")
}

/// Tags of one of the account's own services.
pub(super) fn tags_of(world: &World, region: Region, id: EndpointServiceId) -> Vec<stratus_model::Value> {
    tag_list(world, region, id)
}
