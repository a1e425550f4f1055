//! Pages of a list: `MaxResults`, `NextToken`, and where the next page begins. A token is opaque to callers.
//! It may never make a caller who changes the list between two pages miss a row that was there all the time.

use super::refusals;
use crate::base::error::{Error, Result};
use crate::base::ids::ResourceId;
use crate::base::limits::PAGE_MAXIMUM;
use stratus_model::{Structure, field};

/// One page of a list whose rows have no ids: the items, and the token of the next page. The token is the place of the
/// next item. `least` is the smallest `MaxResults`.
///
/// # Errors
/// `InvalidParameterValue` for another size, or a token that no answer gave.
pub fn page<T>(items: Vec<T>, params: &Structure, least: i64) -> Result<(Vec<T>, Option<String>)> {
    let start = token(params)?.map_or(0, |(place, _)| place);
    cut(items, start, params, least, |_| None)
}

/// One page of a list of rows with ids, as [`page`]. The token names the next row as well: who deletes the rows of a page
/// before asking for the next one gets all the others.
///
/// # Errors
/// As [`page`]; a token of another kind's list.
pub fn page_of_rows<T>(
    items: Vec<T>,
    params: &Structure,
    least: i64,
    id: impl Fn(&T) -> ResourceId,
) -> Result<(Vec<T>, Option<String>)> {
    let start = match token(params)? {
        None => 0,
        Some((place, None)) => place,
        Some((place, Some(next))) => {
            if items.first().is_some_and(|item| id(item).kind() != next.kind()) {
                return Err(not_given());
            }
            items.iter().position(|item| id(item) == next).unwrap_or(place)
        }
    };
    cut(items, start, params, least, |item| Some(id(item)))
}

/// The place in a call's token, and the id of what stood there.
fn token(params: &Structure) -> Result<Option<(usize, Option<ResourceId>)>> {
    let Some(token) = params.text(field::NEXT_TOKEN).filter(|token| !token.is_empty()) else {
        return Ok(None);
    };
    let (place, id) = match token.split_once('.') {
        Some((place, id)) => (place, Some(ResourceId::parse(id).ok_or_else(not_given)?)),
        None => (token, None),
    };
    let place = place
        .strip_prefix("page-")
        .and_then(|place| usize::from_str_radix(place, 36).ok());
    Ok(Some((place.ok_or_else(not_given)?, id)))
}

fn not_given() -> Error {
    Error::invalid("NextToken", "it is not a token that an earlier answer gave")
}

fn cut<T>(
    items: Vec<T>,
    start: usize,
    params: &Structure,
    least: i64,
    id: impl Fn(&T) -> Option<ResourceId>,
) -> Result<(Vec<T>, Option<String>)> {
    let Some(size) = params.integer(field::MAX_RESULTS) else {
        return Ok((items.into_iter().skip(start).collect(), None));
    };
    if size < least {
        return Err(refusals::max_results(size, "greater", least));
    }
    if size > PAGE_MAXIMUM {
        return Err(refusals::max_results(size, "smaller", PAGE_MAXIMUM));
    }
    let end = start.saturating_add(usize::try_from(size).unwrap_or_default());
    let token = items.get(end).map(|next| {
        let place = format!("page-{}", radix36(end));
        id(next).map_or_else(|| place.clone(), |id| format!("{place}.{id}"))
    });
    let shown = items.into_iter().skip(start).take(end - start).collect();
    Ok((shown, token))
}

fn radix36(mut number: usize) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(char::from_digit((number % 36) as u32, 36).unwrap_or('0'));
        number /= 36;
        if number == 0 {
            break;
        }
    }
    digits.iter().rev().collect()
}
