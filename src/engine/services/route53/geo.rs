//! The places that geolocation routing knows: ListGeoLocations, GetGeoLocation. Countries first, each with its
//! subdivisions after it, and continents last, as AWS lists them; of subdivisions those of the United States alone (ours:
//! AWS has Ukraine's too).

use super::common::{invalid, max_items, needs};
use crate::base::error::{Error, Result};
use crate::services::Request;
use crate::world::World;
use crate::world::names::Place;
use stratus_model::{Structure, Value, field};

const TABLE: &str = include_str!("../../data/geo_locations.txt");
/// Most places of a page.
const PAGE: usize = 100;

/// A line of the table: a place with the names that go with its codes.
pub(super) struct Known {
    place: Place,
    continent: &'static str,
    country: &'static str,
    subdivision: &'static str,
}

/// All places, in AWS's order.
fn known() -> impl Iterator<Item = Known> {
    let mut last = ("", "");
    TABLE
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(' '))
        .map(move |(code, name)| {
            let mut known = Known {
                place: Place::default(),
                continent: "",
                country: "",
                subdivision: "",
            };
            if let Some(code) = code.strip_prefix('+') {
                known.place.continent = code.into();
                known.continent = name;
            } else if let Some(code) = code.strip_prefix('-') {
                known.place.country = last.0.into();
                known.country = last.1;
                known.place.subdivision = code.into();
                known.subdivision = name;
            } else {
                last = (code, name);
                known.place.country = code.into();
                known.country = name;
            }
            known
        })
}

/// All places with their names, in AWS's order.
pub fn places() -> impl Iterator<Item = (Place, &'static str)> {
    known().map(|known| {
        let names = [known.subdivision, known.country, known.continent];
        let name = names.into_iter().find(|name| !name.is_empty()).unwrap_or_default();
        (known.place, name)
    })
}

/// The place of exactly these codes.
pub(super) fn find(place: &Place) -> Option<Known> {
    known().find(|known| known.place == *place)
}

fn read(params: &Structure, names: [stratus_model::Name; 3]) -> Place {
    let text = |name| params.text(name).unwrap_or_default().to_owned();
    let [continent, country, subdivision] = names;
    Place {
        continent: text(continent),
        country: text(country),
        subdivision: text(subdivision),
    }
}

fn describe(known: &Known) -> Structure {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Structure::new()
        .with_some(field::CONTINENT_CODE, some(&known.place.continent))
        .with_some(field::CONTINENT_NAME, some(known.continent))
        .with_some(field::COUNTRY_CODE, some(&known.place.country))
        .with_some(field::COUNTRY_NAME, some(known.country))
        .with_some(field::SUBDIVISION_CODE, some(&known.place.subdivision))
        .with_some(field::SUBDIVISION_NAME, some(known.subdivision))
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetGeoLocation.html>
/// Without any code: the default place.
pub(super) fn get(request: &Request<'_>, _world: &World) -> Result<Structure> {
    let params = request.params;
    needs(params, field::SUBDIVISION_CODE, field::COUNTRY_CODE)?;
    let mut wanted = read(
        params,
        [field::CONTINENT_CODE, field::COUNTRY_CODE, field::SUBDIVISION_CODE],
    );
    if wanted == Place::default() {
        wanted.country = "*".into();
    }
    let known = find(&wanted).ok_or_else(|| {
        let why = "The geolocation you are attempting to get does not exist.";
        Error::new("NoSuchGeoLocation", why).with_status(404)
    })?;
    Ok(Structure::new().with(field::GEO_LOCATION_DETAILS, describe(&known)))
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListGeoLocations.html>
pub(super) fn list(request: &Request<'_>, _world: &World) -> Result<Structure> {
    let params = request.params;
    needs(params, field::START_SUBDIVISION_CODE, field::START_COUNTRY_CODE)?;
    if params.contains(field::START_CONTINENT_CODE) && params.contains(field::START_COUNTRY_CODE) {
        let why = "StartContinentCode cannot be given together with StartCountryCode.";
        return Err(invalid("StartContinentCode", why));
    }
    let size = max_items(params, PAGE)?;
    let from = read(
        params,
        [
            field::START_CONTINENT_CODE,
            field::START_COUNTRY_CODE,
            field::START_SUBDIVISION_CODE,
        ],
    );
    let all: Vec<Known> = known().collect();
    let start = if from == Place::default() {
        0
    } else {
        all.iter()
            .position(|known| known.place == from)
            .ok_or_else(|| invalid("StartCountryCode", "There is no such place to start from."))?
    };
    let page: Vec<Value> = all
        .iter()
        .skip(start)
        .take(size)
        .map(|known| describe(known).into())
        .collect();
    let next = all.get(start.saturating_add(size)).map(|known| &known.place);
    let code = |pick: fn(&Place) -> &String| next.map(pick).filter(|code| !code.is_empty()).cloned();
    Ok(Structure::new()
        .with(field::GEO_LOCATION_DETAILS_LIST, page)
        .with(field::IS_TRUNCATED, next.is_some())
        .with_some(field::NEXT_CONTINENT_CODE, code(|place| &place.continent))
        .with_some(field::NEXT_COUNTRY_CODE, code(|place| &place.country))
        .with_some(field::NEXT_SUBDIVISION_CODE, code(|place| &place.subdivision))
        .with(field::MAX_ITEMS, size.to_string()))
}
