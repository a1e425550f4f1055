//! What a launch on the Spot market is: its terms, its price, and the requests that RunInstances makes for it.
//!
//! <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SpotMarketOptions.html>

use super::{look_later, price};
use crate::base::error::{Error, Result};
use crate::base::ids::{InstanceId, Kind, ResourceId, SpotRequestId};
use crate::base::random::Stream;
use crate::base::time::Time;
use crate::catalog::{Region, Zone};
use crate::services::ec2::common::note;
use crate::services::ec2::compute::launch::{fit, options};
use crate::services::ec2::compute::{capacity, types};
use crate::world::World;
use crate::world::compute::{Instance, Machine};
use crate::world::launching::{Interruption, Kept, SpotRequest};
use stratus_model::{Structure, field};

/// On which terms instances are launched.
#[derive(Clone, Debug)]
pub(in crate::services::ec2::compute) struct Terms {
    /// The highest price an hour, in 10⁻¹² USD.
    pub max_price: Option<i64>,
    /// Whether the request stays.
    pub persistent: bool,
    /// What an interruption does.
    pub interruption: Interruption,
    /// Until when the request is valid.
    pub valid_until: Option<Time>,
    /// The request that is being fulfilled; `None` = RunInstances makes one.
    pub request: Option<SpotRequestId>,
}

impl Terms {
    /// Those of a request.
    pub(super) fn of(row: &SpotRequest) -> Terms {
        Terms {
            max_price: row.max_price,
            persistent: row.persistent,
            interruption: row.interruption,
            valid_until: row.valid_until,
            request: Some(row.id),
        }
    }

    /// Reads the members that the options of a launch and a request have in common.
    ///
    /// # Errors
    /// `InvalidParameterValue`, `InvalidParameterCombination`.
    pub(super) fn read(options: &Structure, persistent: bool, max_price: Option<&str>) -> Result<Terms> {
        if options.contains(field::BLOCK_DURATION_MINUTES) {
            let text = "Spot Instances with a defined duration are no longer available.";
            return Err(Error::new("UnsupportedOperation", text).at("BlockDurationMinutes"));
        }
        let interruption = match options.text(field::INSTANCE_INTERRUPTION_BEHAVIOR) {
            Some("stop") => Interruption::Stop,
            Some("hibernate") => Interruption::Hibernate,
            _ => Interruption::Terminate,
        };
        if interruption != Interruption::Terminate && !persistent {
            let text = format!(
                "The interruption behavior '{}' requires a persistent Spot Instance request.",
                interruption.name()
            );
            return Err(Error::combination(text).at("InstanceInterruptionBehavior"));
        }
        Ok(Terms {
            max_price: max_price.map(|text| price::read("SpotPrice", text)).transpose()?,
            persistent,
            interruption,
            valid_until: super::moment(options, field::VALID_UNTIL),
            request: None,
        })
    }
}

/// The market that a launch asks for; `None` = on demand.
///
/// # Errors
/// `MissingParameter`, `InvalidParameterCombination`, `InvalidParameterValue`, `UnsupportedOperation`.
pub(in crate::services::ec2::compute) fn read(
    world: &World,
    _region: Region,
    params: &Structure,
) -> Result<Option<Terms>> {
    let Some(market) = params.structure(field::INSTANCE_MARKET_OPTIONS) else {
        return Ok(None);
    };
    let nothing = Structure::new();
    let options = market.structure(field::SPOT_OPTIONS);
    match market.text(field::MARKET_TYPE) {
        Some("spot") => {}
        Some("capacity-block" | "interruptible-capacity-reservation") => {
            let text = "Capacity Blocks are not simulated.";
            return Err(Error::new("UnsupportedOperation", text).at("InstanceMarketOptions.MarketType"));
        }
        Some(_) | None if options.is_some() => return Err(Error::missing("InstanceMarketOptions.MarketType")),
        Some(_) | None => return Ok(None),
    }
    let options = options.unwrap_or(&nothing);
    let persistent = options.text(field::SPOT_INSTANCE_TYPE) == Some("persistent");
    let terms = Terms::read(options, persistent, options.text(field::MAX_PRICE))?;
    match terms.valid_until {
        Some(_) if !persistent => {
            let text = "ValidUntil can only be specified for persistent Spot Instance requests.";
            Err(Error::combination(text).at("InstanceMarketOptions.SpotOptions.ValidUntil"))
        }
        Some(until) if until <= world.now => Err(Error::invalid("ValidUntil", "it is in the past")),
        _ => Ok(Some(terms)),
    }
}

/// The options of a launch with the price of its zone.
///
/// # Errors
/// `SpotMaxPriceTooLow`, `InvalidParameterValue` for a type that there is no Spot of.
pub(in crate::services::ec2::compute) fn priced(
    world: &World,
    mut options: options::Options,
    terms: &Terms,
    zone: Zone,
    machine: &Machine,
) -> Result<options::Options> {
    let kind = options.instance_type;
    if !price::offered(kind) {
        let text = format!(
            "The instance type '{}' is not supported for Spot Instances.",
            kind.name()
        );
        return Err(Error::new("InvalidParameterValue", text).at("InstanceType"));
    }
    let now = price::at(world, zone.region, zone, kind, &machine.platform_details, world.now);
    if let Some(most) = terms.max_price.filter(|most| *most < now) {
        let text = format!(
            "Your Spot request price of {} is lower than the minimum required Spot request fulfillment price of {}.",
            plain(most),
            plain(now)
        );
        return Err(Error::new("SpotMaxPriceTooLow", text)
            .at("InstanceMarketOptions.SpotOptions.MaxPrice")
            .remedy("Leave the price out: then it is the on-demand price, which the Spot price never exceeds."));
    }
    options.more.spot_price = Some(now);
    options.more.spot = terms.request;
    Ok(options)
}

/// `0.0031`: without zeros at the end.
pub(super) fn plain(price: i64) -> String {
    crate::catalog::money::price_text(i128::from(price), 1)
}

/// The same launch in the cheapest zone with room, where it leaves the choice.
pub(in crate::services::ec2::compute) fn place(world: &World, region: Region, params: &Structure) -> Structure {
    let placement = params.structure(field::PLACEMENT).cloned().unwrap_or_default();
    let said = |name| params.text(name).is_some_and(|text| !text.is_empty());
    let named = said(field::SUBNET_ID)
        || !params.list(field::NETWORK_INTERFACES).is_empty()
        || placement.contains(field::AVAILABILITY_ZONE)
        || placement.contains(field::AVAILABILITY_ZONE_ID)
        || placement.contains(field::GROUP_NAME);
    let (Ok(kind), false) = (fit::read_type(params), named) else {
        return params.clone();
    };
    let subnets = world.ec2(region).into_iter().flat_map(|ec2| ec2.subnets.rows());
    let zones = subnets
        .filter(|subnet| subnet.default_for_zone && types::offered(kind, subnet.zone))
        .map(|subnet| subnet.zone)
        .filter(|zone| capacity::room(world, region, *zone, kind) > 0);
    let details = |zone: Zone| (price::at(world, region, zone, kind, "Linux/UNIX", world.now), zone);
    match zones.map(details).min() {
        Some((_, zone)) => params
            .clone()
            .with(field::PLACEMENT, placement.with(field::AVAILABILITY_ZONE, zone.name())),
        None => params.clone(),
    }
}

/// The requests of a launch that RunInstances has made on the Spot market, an instance each: they are fulfilled already.
///
/// # Errors
/// None; the call's answer is made of what is there.
pub(in crate::services::ec2::compute) fn requests(
    world: &mut World,
    region: Region,
    terms: &Terms,
    params: &Structure,
    made: &[InstanceId],
) -> Result<Vec<ResourceId>> {
    let mut again = params.clone();
    for name in [field::MIN_COUNT, field::MAX_COUNT] {
        again.set(name, 1);
    }
    for name in [
        field::CLIENT_TOKEN,
        field::INSTANCE_MARKET_OPTIONS,
        field::TAG_SPECIFICATIONS,
    ] {
        again.remove(name);
    }
    let launch = Kept::new(again);
    let mut ids = Vec::new();
    for instance in made {
        let Some(row) = world.row::<Instance>(region, *instance).cloned() else {
            continue;
        };
        let pool = (row.instance_type, row.machine.platform_details.clone());
        let id = put(world, region, terms, launch.clone(), pool, |request| {
            request.state = "active".to_owned();
            request.status = "fulfilled".to_owned();
            request.instance = Some(row.id);
            request.zone = Some(row.zone);
        });
        world.update(region, row.id, |row: &mut Instance| row.more.spot = Some(id));
        look_later(world, region, id);
        ids.push(id.into());
    }
    Ok(ids)
}

/// Makes a request.
pub(super) fn put(
    world: &mut World,
    region: Region,
    terms: &Terms,
    launch: Kept,
    pool: (crate::catalog::InstanceType, String),
    fill: impl FnOnce(&mut SpotRequest),
) -> SpotRequestId {
    let id = SpotRequestId(world.random.next_u64(Stream::Ids(Kind::SpotRequest)));
    let mut row = SpotRequest {
        id,
        born: world.birth(),
        created: world.now,
        max_price: terms.max_price,
        persistent: terms.persistent,
        interruption: terms.interruption,
        valid_from: None,
        valid_until: terms.valid_until,
        launch_group: None,
        zone_group: None,
        launch,
        pool,
        state: "open".to_owned(),
        status: "pending-evaluation".to_owned(),
        status_since: world.now,
        fault: None,
        instance: None,
        zone: None,
        looks: None,
    };
    fill(&mut row);
    world.put(region, row);
    note(world, region, id, "requested");
    id
}
