//! The formats of ids, from the time when they grew from 8 to 17 digits. All are long today, for everybody and for ever.
//!
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html>

use crate::base::error::{Error, Result};
use crate::services::Request;
use crate::services::ec2::common::{done, page};
use crate::world::World;
use stratus_model::{Structure, field};

/// The resources that once had short ids.
const RESOURCES: &[&str] = &[
    "bundle",
    "conversion-task",
    "customer-gateway",
    "dhcp-options",
    "elastic-ip-allocation",
    "elastic-ip-association",
    "export-task",
    "flow-log",
    "image",
    "import-task",
    "instance",
    "internet-gateway",
    "network-acl",
    "network-acl-association",
    "network-interface",
    "network-interface-attachment",
    "prefix-list",
    "reservation",
    "route-table",
    "route-table-association",
    "security-group",
    "snapshot",
    "subnet",
    "subnet-cidr-block-association",
    "volume",
    "vpc",
    "vpc-cidr-block-association",
    "vpc-endpoint",
    "vpc-peering-connection",
    "vpn-connection",
    "vpn-gateway",
];

fn check(resource: &str) -> Result<()> {
    if RESOURCES.contains(&resource) {
        return Ok(());
    }
    let text = format!("Invalid value '{resource}' for resource.");
    Err(Error::new("InvalidParameterValue", text).at("Resource"))
}

/// The formats of one resource, or of all.
fn statuses(resource: Option<&str>) -> Result<Vec<Structure>> {
    if let Some(resource) = resource {
        check(resource)?;
    }
    let wanted = RESOURCES
        .iter()
        .filter(|name| resource.is_none_or(|resource| resource == **name));
    Ok(wanted
        .map(|name| {
            Structure::new()
                .with(field::RESOURCE, *name)
                .with(field::USE_LONG_IDS, true)
        })
        .collect())
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeIdFormat.html>, and the same for one identity.
pub(super) fn describe(request: &Request<'_>, _world: &World) -> Result<Structure> {
    if let Some(arn) = request.params.text(field::PRINCIPAL_ARN) {
        check_principal(arn)?;
    }
    let resource = request.params.text(field::RESOURCE).filter(|text| !text.is_empty());
    Ok(Structure::new().with(field::STATUSES, statuses(resource)?))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAggregateIdFormat.html>
pub(super) fn aggregate(_request: &Request<'_>, _world: &World) -> Result<Structure> {
    Ok(Structure::new()
        .with(field::USE_LONG_IDS_AGGREGATED, true)
        .with(field::STATUSES, statuses(None)?))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribePrincipalIdFormat.html>: the account's root.
pub(super) fn principals(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    for resource in params.texts(field::RESOURCES) {
        check(resource)?;
    }
    let wanted: Vec<&str> = params.texts(field::RESOURCES).collect();
    let mut all = statuses(None)?;
    all.retain(|status| wanted.is_empty() || status.text(field::RESOURCE).is_some_and(|name| wanted.contains(&name)));
    let root = Structure::new()
        .with(field::ARN, format!("arn:aws:iam::{}:root", world.account()))
        .with(field::STATUSES, all);
    let (principals, next) = page(vec![root], params, 1)?;
    Ok(Structure::new()
        .with(field::PRINCIPALS, principals)
        .with_some(field::NEXT_TOKEN, next))
}

fn check_principal(arn: &str) -> Result<()> {
    if arn == "all" || arn.starts_with("arn:aws:iam::") {
        return Ok(());
    }
    let text = format!("Invalid principal ARN: '{arn}'");
    Err(Error::new("InvalidParameterValue", text).at("PrincipalArn"))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyIdFormat.html>, and the same for one identity: nothing is
/// left to change, and nobody can go back.
pub(super) fn modify(request: &Request<'_>, _world: &mut World) -> Result<Structure> {
    let params = request.params;
    if let Some(arn) = params.text(field::PRINCIPAL_ARN) {
        check_principal(arn)?;
    }
    let resource = params.text(field::RESOURCE).unwrap_or_default();
    if resource != "all-current" {
        check(resource)?;
    }
    if params.boolean(field::USE_LONG_IDS) == Some(false) {
        let text = format!("The deadline has passed: {resource} ids can only be long.");
        return Err(Error::new("InvalidParameterValue", text).at("UseLongIds"));
    }
    done()
}
