//! CreateTargetGroup, DescribeTargetGroups, ModifyTargetGroup, DeleteTargetGroup.
//! <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html>

use super::balancers::check_name;
use super::common::*;
use super::group_settings::{self, is_web};
use super::{limits, tags};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::catalog::Region;
use crate::services::Request;
use crate::services::ec2::common::note;
use crate::world::World;
use crate::world::balancing::*;
use crate::world::vpc::Vpc;
use stratus_model::{Structure, field, sort};

/// Where appliances behind a Gateway Load Balancer take GENEVE.
pub(crate) const GENEVE_PORT: u16 = 6_081;

fn by_name<'w>(world: &'w World, region: Region, name: &str) -> Option<&'w TargetGroup> {
    world.ec2(region)?.balancing.groups.rows().find(|row| row.name == name)
}

/// What the group's targets are.
///
/// # Errors
/// NotImplemented for functions of Lambda.
fn read_kind(params: &Structure) -> Result<TargetKind> {
    Ok(match params.text(field::TARGET_TYPE) {
        Some("ip") => TargetKind::Ip,
        Some("alb") => TargetKind::Alb,
        Some("lambda") => {
            let error = unsimulated(field::TARGET_TYPE, "A target group of Lambda functions");
            return Err(error.remedy("Stratus has no Lambda: use targets of type instance, ip or alb."));
        }
        _ => TargetKind::Instance,
    })
}

/// Protocol and port, and what goes with what.
///
/// # Errors
/// `ValidationError`, `InvalidConfigurationRequest`, NotImplemented.
fn read_traffic(params: &Structure, kind: TargetKind) -> Result<(String, u16, String)> {
    let Some(protocol) = params.text(field::PROTOCOL) else {
        return Err(validation(field::PROTOCOL, "A protocol must be specified"));
    };
    if matches!(protocol, "QUIC" | "TCP_QUIC") {
        return Err(unsimulated(field::PROTOCOL, "QUIC"));
    }
    let Some(port) = params.integer(field::PORT) else {
        return Err(validation(field::PORT, "A port must be specified"));
    };
    let port = u16::try_from(port).unwrap_or(0);
    if protocol == "GENEVE" && port != GENEVE_PORT {
        let why = format!("Port {port} is not supported for target groups with protocol 'GENEVE': use {GENEVE_PORT}");
        return Err(validation(field::PORT, why));
    }
    if kind == TargetKind::Alb && protocol != "TCP" {
        let why = format!("Protocol '{protocol}' is not supported for target groups with target type 'alb'");
        return Err(configuration(field::PROTOCOL, why));
    }
    let version = match params.text(field::PROTOCOL_VERSION) {
        Some(version) if !is_web(protocol) => {
            let why = format!("Protocol version '{version}' is not supported for protocol '{protocol}'");
            return Err(configuration(field::PROTOCOL_VERSION, why));
        }
        Some(version) if !matches!(version, "HTTP1" | "HTTP2" | "GRPC") => {
            let why = format!("Protocol version '{version}' must be one of HTTP1, HTTP2, GRPC");
            return Err(validation(field::PROTOCOL_VERSION, why));
        }
        Some(version) => version.to_owned(),
        None if is_web(protocol) => "HTTP1".to_owned(),
        None => String::new(),
    };
    Ok((protocol.to_owned(), port, version))
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html>
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let name = needed(request, field::NAME);
    check_name(name, "target group")?;
    let tags = tags::read(params)?;
    let kind = read_kind(params)?;
    let (protocol, port, version) = read_traffic(params, kind)?;
    let Some(text) = params.text(field::VPC_ID) else {
        return Err(validation(field::VPC_ID, "A VPC ID must be specified"));
    };
    let vpc = VpcId::parse(text).and_then(|id| world.row::<Vpc>(region, id));
    let Some(vpc) = vpc.map(|row| row.id) else {
        let why = format!("The VPC ID '{text}' is not found");
        return Err(validation(field::VPC_ID, why));
    };
    let base = group_settings::defaults(&protocol, &version, kind);
    let row = TargetGroup {
        id: TargetGroupId(0),
        born: 0,
        name: name.to_owned(),
        check: group_settings::change(params, (&protocol, &version, kind), &base)?,
        protocol,
        version,
        port,
        vpc,
        kind,
        ipv6: params.text(field::IP_ADDRESS_TYPE) == Some("ipv6"),
        attributes: Default::default(),
        targets: Vec::new(),
        next_check: None,
    };
    if let Some(same) = by_name(world, region, name) {
        let alike = |row: &TargetGroup| {
            let check = row.check.clone();
            (
                row.protocol.clone(),
                row.version.clone(),
                row.port,
                row.vpc,
                row.kind,
                check,
            )
        };
        if alike(same) == alike(&row) {
            return Ok(shown(world, region, same.id));
        }
        let why = format!("A target group with the same name '{name}' exists, but with different settings");
        return Err(Error::new("DuplicateTargetGroupName", why).at("Name"));
    }
    if world
        .ec2(region)
        .is_some_and(|ec2| ec2.balancing.groups.len() >= limits::GROUPS)
    {
        let why = format!(
            "The maximum number of target groups has been reached: {}",
            limits::GROUPS
        );
        return Err(Error::new("TooManyTargetGroups", why));
    }
    let id = TargetGroupId(world.random.next_u64(Stream::Ids(Kind::TargetGroup)));
    let born = world.birth();
    world.put(region, TargetGroup { id, born, ..row });
    tags::put(world, region, id, &tags)?;
    note(world, region, id, "target group created");
    Ok(shown(world, region, id))
}

fn shown(world: &World, region: Region, id: TargetGroupId) -> Structure {
    let row = world.row::<TargetGroup>(region, id);
    let all: Vec<Structure> = row.into_iter().map(|row| describe_row(world, region, row)).collect();
    Structure::new().with(field::TARGET_GROUPS, all)
}

/// `TargetGroup`.
fn describe_row(world: &World, region: Region, row: &TargetGroup) -> Structure {
    let balancers = balancers_of(world, region, row.id);
    let balancers: Vec<String> = balancers
        .iter()
        .map(|balancer| balancer_arn(world, region, balancer))
        .collect();
    let check = &row.check;
    let port = check
        .port
        .map_or_else(|| "traffic-port".to_owned(), |port| port.to_string());
    let code = if row.version == "GRPC" {
        field::GRPC_CODE
    } else {
        field::HTTP_CODE
    };
    let matcher = (!check.matcher.is_empty()).then(|| Structure::new().with(code, check.matcher.as_str()));
    let version = (!row.version.is_empty()).then_some(row.version.as_str());
    Structure::new()
        .with(field::TARGET_GROUP_ARN, group_arn(world, region, row))
        .with(field::TARGET_GROUP_NAME, row.name.as_str())
        .with(field::PROTOCOL, row.protocol.as_str())
        .with(field::PORT, i64::from(row.port))
        .with(field::VPC_ID, row.vpc)
        .with(field::HEALTH_CHECK_PROTOCOL, check.protocol.as_str())
        .with(field::HEALTH_CHECK_PORT, port)
        .with(field::HEALTH_CHECK_ENABLED, check.enabled)
        .with(field::HEALTH_CHECK_INTERVAL_SECONDS, check.interval)
        .with(field::HEALTH_CHECK_TIMEOUT_SECONDS, check.timeout)
        .with(field::HEALTHY_THRESHOLD_COUNT, check.healthy)
        .with(field::UNHEALTHY_THRESHOLD_COUNT, check.unhealthy)
        .with_some(field::HEALTH_CHECK_PATH, check.path.as_deref())
        .with_some(field::MATCHER, matcher)
        .with(field::LOAD_BALANCER_ARNS, balancers)
        .with(field::TARGET_TYPE, row.kind.name())
        .with_some(field::PROTOCOL_VERSION, version)
        .with(field::IP_ADDRESS_TYPE, if row.ipv6 { "ipv6" } else { "ipv4" })
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetGroups.html>
pub(super) fn describe(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let arns: Vec<&str> = params.texts(field::TARGET_GROUP_ARNS).collect();
    let names: Vec<&str> = params.texts(field::NAMES).collect();
    let of = params.text(field::LOAD_BALANCER_ARN);
    let ways = [!arns.is_empty(), !names.is_empty(), of.is_some()];
    if ways.iter().filter(|way| **way).count() > 1 {
        let why = "Only one of load balancer ARN, target group ARNs or target group names can be specified";
        return Err(validation(field::NAMES, why));
    }
    let mut rows = Vec::new();
    for arn in &arns {
        rows.push(group(world, region, arn)?);
    }
    for name in &names {
        rows.push(by_name(world, region, name).ok_or_else(|| {
            let why = "One or more target groups not found";
            Error::new("TargetGroupNotFound", why).at("Names")
        })?);
    }
    if arns.is_empty() && names.is_empty() {
        let all = world
            .ec2(region)
            .into_iter()
            .flat_map(|ec2| ec2.balancing.groups.rows());
        let wanted = match of {
            Some(arn) => Some(balancer(world, region, arn)?.id),
            None => None,
        };
        let serves = |row: &&TargetGroup| match wanted {
            None => true,
            Some(id) => balancers_of(world, region, row.id).iter().any(|row| row.id == id),
        };
        rows.extend(all.filter(serves));
    }
    sort::by_key(&mut rows, |row| row.name.clone());
    let (rows, marker) = page(rows, params)?;
    let rows: Vec<Structure> = rows.into_iter().map(|row| describe_row(world, region, row)).collect();
    Ok(Structure::new()
        .with(field::TARGET_GROUPS, rows)
        .with_some(field::NEXT_MARKER, marker))
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyTargetGroup.html>
pub(super) fn modify(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let row = group(world, region, needed(request, field::TARGET_GROUP_ARN))?.clone();
    let check = group_settings::change(request.params, (&row.protocol, &row.version, row.kind), &row.check)?;
    world.update::<TargetGroup, _>(region, row.id, |row| {
        row.check = check;
        // The next check is planned anew.
        row.next_check = None;
    });
    note(world, region, row.id, "health checks changed");
    Ok(shown(world, region, row.id))
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteTargetGroup.html>
///
/// What does not exist is deleted already.
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let arn = needed(request, field::TARGET_GROUP_ARN);
    let id = match group(world, region, arn) {
        Ok(row) => row.id,
        Err(error) if error.code == "TargetGroupNotFound" => return Ok(Structure::new()),
        Err(error) => return Err(error),
    };
    if !world.referrers(region, id.into()).is_empty() {
        let why = format!("Target group '{arn}' is currently in use by a listener or a rule");
        return Err(Error::new("ResourceInUse", why).at("TargetGroupArn"));
    }
    world.take::<TargetGroup>(region, id);
    note(world, region, id, "deleted");
    Ok(Structure::new())
}
