//! What the operations on load balancers share: ARNs, finding by ARN, pages, the words of errors.

use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::catalog::Region;
use crate::network::balancing;
use crate::services::Request;
use crate::world::World;
use crate::world::balancing::*;
use crate::world::references::Row;
use stratus_model::{Name, Structure, field};

/// `ValidationError`: what AWS answers to most values that it does not take.
pub(in crate::services) fn validation(parameter: Name, what: impl Into<String>) -> Error {
    Error::new("ValidationError", what).at(parameter.text())
}

/// `InvalidConfigurationRequest`.
pub(in crate::services) fn configuration(parameter: Name, what: impl Into<String>) -> Error {
    Error::new("InvalidConfigurationRequest", what).at(parameter.text())
}

/// What is not simulated, in a call that otherwise is.
pub(super) fn unsimulated(parameter: Name, what: &str) -> Error {
    Error::new("NotImplemented", format!("{what} is not simulated yet."))
        .with_status(501)
        .at(parameter.text())
}

/// What stands before the kind of resource in every ARN.
fn start(world: &World, region: Region) -> String {
    format!("arn:aws:elasticloadbalancing:{}:{}:", region.name(), world.account())
}

/// `app/NAME/NUMBER`.
pub(super) fn path(row: &LoadBalancer) -> String {
    format!("{}/{}/{:016x}", row.kind.segment(), row.name, row.id.0)
}

/// The ARN of a load balancer.
pub(crate) fn balancer_arn(world: &World, region: Region, row: &LoadBalancer) -> String {
    format!("{}loadbalancer/{}", start(world, region), path(row))
}

/// The ARN of a target group.
pub(crate) fn group_arn(world: &World, region: Region, row: &TargetGroup) -> String {
    format!("{}targetgroup/{}/{:016x}", start(world, region), row.name, row.id.0)
}

/// The ARN of a listener.
pub(crate) fn listener_arn(world: &World, region: Region, row: &Listener) -> String {
    let balancer = world.row::<LoadBalancer>(region, row.balancer);
    let path = balancer.map(path).unwrap_or_default();
    format!("{}listener/{path}/{:016x}", start(world, region), row.id.0)
}

/// The ARN of a rule.
pub(super) fn rule_arn(world: &World, region: Region, row: &ListenerRule) -> String {
    let listener = world.row::<Listener>(region, row.listener);
    let above = listener.map(|listener| listener_arn(world, region, listener));
    let above = above.unwrap_or_default().replacen(":listener/", ":listener-rule/", 1);
    format!("{above}/{:016x}", row.id.0)
}

/// The ARN of a trust store.
pub(super) fn store_arn(world: &World, region: Region, row: &TrustStore) -> String {
    format!("{}truststore/{}/{:016x}", start(world, region), row.name, row.id.0)
}

/// The ARN of something of load balancing; `None` for other kinds, or what is gone.
pub(crate) fn arn_of(world: &World, region: Region, id: ResourceId) -> Option<String> {
    Some(match id {
        ResourceId::LoadBalancer(id) => balancer_arn(world, region, world.row(region, id)?),
        ResourceId::TargetGroup(id) => group_arn(world, region, world.row(region, id)?),
        ResourceId::Listener(id) => listener_arn(world, region, world.row(region, id)?),
        ResourceId::ListenerRule(id) => rule_arn(world, region, world.row(region, id)?),
        ResourceId::TrustStore(id) => store_arn(world, region, world.row(region, id)?),
        ResourceId::ClassicBalancer(id) => {
            let row: &ClassicBalancer = world.row(region, id)?;
            format!("{}loadbalancer/{}", start(world, region), row.name)
        }
        _ => return None,
    })
}

/// What an ARN of load balancing names.
pub(crate) fn named_by(world: &World, region: Region, arn: &str) -> Option<ResourceId> {
    let rest = arn.strip_prefix(&start(world, region))?;
    let (kind, path) = rest.split_once('/')?;
    let number = path.rsplit('/').next()?;
    let number = (number.len() == 16)
        .then(|| u64::from_str_radix(number, 16).ok())
        .flatten()?;
    let id: ResourceId = match kind {
        "loadbalancer" => LoadBalancerId(number).into(),
        "targetgroup" => TargetGroupId(number).into(),
        "listener" => ListenerId(number).into(),
        "listener-rule" => ListenerRuleId(number).into(),
        "truststore" => TrustStoreId(number).into(),
        _ => return None,
    };
    (arn_of(world, region, id)? == arn).then_some(id)
}

/// What an ARN names. `called`: the kind as its ARNs write it, as a refusal calls it, and as its absence does.
fn find<'w, R: Row>(
    world: &'w World,
    region: Region,
    arn: &str,
    parameter: Name,
    code: &'static str,
    called: [&str; 3],
) -> Result<&'w R>
where
    R::Id: TryFrom<ResourceId>,
{
    let [segment, kind, absent] = called;
    if !arn.starts_with("arn:") || !arn.contains(segment) {
        return Err(validation(parameter, format!("'{arn}' is not a valid {kind} ARN")));
    }
    let id = named_by(world, region, arn).and_then(|id| R::Id::try_from(id).ok());
    let found = id.and_then(|id| world.row::<R>(region, id));
    found.ok_or_else(|| Error::new(code, format!("{absent} '{arn}' not found")).at(parameter.text()))
}

/// The load balancer that an ARN names.
///
/// # Errors
/// `LoadBalancerNotFound`, `ValidationError` for a text that is no such ARN.
pub(crate) fn balancer<'w>(world: &'w World, region: Region, arn: &str) -> Result<&'w LoadBalancer> {
    let called = [":loadbalancer/", "load balancer", "Load balancer"];
    find(
        world,
        region,
        arn,
        field::LOAD_BALANCER_ARN,
        "LoadBalancerNotFound",
        called,
    )
}

/// The target group that an ARN names.
///
/// # Errors
/// `TargetGroupNotFound`, `ValidationError` for a text that is no such ARN.
pub(super) fn group<'w>(world: &'w World, region: Region, arn: &str) -> Result<&'w TargetGroup> {
    let called = [":targetgroup/", "target group", "Target groups"];
    find(
        world,
        region,
        arn,
        field::TARGET_GROUP_ARN,
        "TargetGroupNotFound",
        called,
    )
}

/// The listener that an ARN names.
///
/// # Errors
/// `ListenerNotFound`, `ValidationError` for a text that is no such ARN.
pub(super) fn listener<'w>(world: &'w World, region: Region, arn: &str) -> Result<&'w Listener> {
    let called = [":listener/", "listener", "Listener"];
    find(world, region, arn, field::LISTENER_ARN, "ListenerNotFound", called)
}

/// The rule that an ARN names.
///
/// # Errors
/// `RuleNotFound`, `ValidationError` for a text that is no such ARN.
pub(super) fn rule<'w>(world: &'w World, region: Region, arn: &str) -> Result<&'w ListenerRule> {
    let called = [":listener-rule/", "listener rule", "Rule"];
    find(world, region, arn, field::RULE_ARN, "RuleNotFound", called)
}

/// The trust store that an ARN names.
///
/// # Errors
/// `TrustStoreNotFound`, `ValidationError` for a text that is no such ARN.
pub(super) fn trust_store<'w>(world: &'w World, region: Region, arn: &str) -> Result<&'w TrustStore> {
    let called = [":truststore/", "trust store", "Trust store"];
    find(world, region, arn, field::TRUST_STORE_ARN, "TrustStoreNotFound", called)
}

/// A text that the model requires.
pub(in crate::services) fn needed<'a>(request: &'a Request<'_>, name: Name) -> &'a str {
    request.params.text(name).unwrap_or_default()
}

/// Items of a page where the caller says nothing (AWS).
const PAGE: i64 = 400;

/// One page of a sorted list, `Marker` and `PageSize` of the call: its items and the next marker.
///
/// # Errors
/// `ValidationError` for a marker that no answer gave.
pub(in crate::services) fn page<T>(items: Vec<T>, params: &Structure) -> Result<(Vec<T>, Option<String>)> {
    let start = match params.text(field::MARKER) {
        None | Some("") => 0,
        Some(marker) => marker
            .strip_prefix("page-")
            .and_then(|place| place.parse::<usize>().ok())
            .ok_or_else(|| validation(field::MARKER, "Invalid marker"))?,
    };
    let size = usize::try_from(params.integer(field::PAGE_SIZE).unwrap_or(PAGE)).unwrap_or(1);
    let end = start.saturating_add(size);
    let marker = (items.len() > end).then(|| format!("page-{end}"));
    Ok((items.into_iter().skip(start).take(size).collect(), marker))
}

/// The rows of a load balancer's listeners, by port.
pub(crate) fn listeners_of(world: &World, region: Region, balancer: LoadBalancerId) -> Vec<&Listener> {
    let rows = world.ec2(region).into_iter();
    let mut rows: Vec<&Listener> = rows.flat_map(|ec2| balancing::listeners(ec2, balancer)).collect();
    stratus_model::sort::by_key(&mut rows, |row| (row.port, row.born));
    rows
}

/// The rules of a listener, in the order in which they are asked: the default one last.
pub(crate) fn rules_of(world: &World, region: Region, listener: ListenerId) -> Vec<&ListenerRule> {
    let rows = world.ec2(region).into_iter();
    let mut rows: Vec<&ListenerRule> = rows.flat_map(|ec2| balancing::rules(ec2, listener)).collect();
    stratus_model::sort::by_key(&mut rows, |row| row.priority.map_or(u32::MAX, u32::from));
    rows
}

/// The load balancers whose rules pass requests to a target group, by name.
pub(crate) fn balancers_of(world: &World, region: Region, group: TargetGroupId) -> Vec<&LoadBalancer> {
    let by = world.referrers(region, group.into()).into_iter();
    let rules = by.filter_map(|by| ListenerRuleId::try_from(by).ok());
    let mut found: Vec<&LoadBalancer> = rules
        .filter_map(|id| {
            let rule = world.row::<ListenerRule>(region, id)?;
            let listener = world.row::<Listener>(region, rule.listener)?;
            world.row::<LoadBalancer>(region, listener.balancer)
        })
        .collect();
    stratus_model::sort::by_key(&mut found, |row| row.name.clone());
    found.dedup_by_key(|row| row.id);
    found
}
