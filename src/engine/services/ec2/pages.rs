//! Pages of a list: `MaxResults`, `NextToken`, and where the next page begins. A token is opaque to callers.
//! Whoever deletes rows between two pages of a list that is sorted by their making misses none that was there all the time.

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

/// What a row is found again by: when it was made, where the list is sorted by that, and its id.
pub type Mark = (Option<u64>, ResourceId);

/// One page of a list of rows with ids, as [`page`]. The token names the next row as well: who deletes the rows of a page
/// before asking for the next one gets all the others. Where that row has gone too, the list goes on at the first one that
/// was made later, if it is sorted so, and else at the place.
///
/// # Errors
/// As [`page`]; a token of another kind's list.
pub fn page_of_rows<T>(
    items: Vec<T>,
    params: &Structure,
    least: i64,
    mark: impl Fn(&T) -> Mark,
) -> Result<(Vec<T>, Option<String>)> {
    let start = match token(params)? {
        None => 0,
        Some((place, None)) => place,
        Some((place, Some((born, next)))) => {
            if items.first().is_some_and(|item| mark(item).1.kind() != next.kind()) {
                return Err(not_given());
            }
            let later = |born| {
                items
                    .iter()
                    .position(|item| mark(item) > (Some(born), next))
                    .unwrap_or(items.len())
            };
            let same = items.iter().position(|item| mark(item).1 == next);
            same.unwrap_or_else(|| born.map_or(place, later))
        }
    };
    cut(items, start, params, least, |item| Some(mark(item)))
}

/// The place in a call's token, and what stood there.
fn token(params: &Structure) -> Result<Option<(usize, Option<Mark>)>> {
    let Some(token) = params.text(field::NEXT_TOKEN).filter(|token| !token.is_empty()) else {
        return Ok(None);
    };
    let mut parts = token.split('.');
    let place = parts.next().and_then(|place| place.strip_prefix("page-"));
    let place = place.and_then(|place| usize::from_str_radix(place, 36).ok());
    let id = parts
        .next()
        .map(|id| ResourceId::parse(id).ok_or_else(not_given))
        .transpose()?;
    let born = parts
        .next()
        .map(|born| u64::from_str_radix(born, 36).map_err(|_| not_given()))
        .transpose()?;
    Ok(Some((place.ok_or_else(not_given)?, id.map(|id| (born, id)))))
}

fn not_given() -> Error {
    Error::invalid("NextToken", "it is not a token that an earlier answer gave")
}

fn cut<T>(
    items: Vec<T>,
    start: usize,
    params: &Structure,
    least: i64,
    mark: impl Fn(&T) -> Option<Mark>,
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
        let place = format!("page-{}", radix36(end as u64));
        match mark(next) {
            None => place,
            Some((None, id)) => format!("{place}.{id}"),
            Some((Some(born), id)) => format!("{place}.{id}.{}", radix36(born)),
        }
    });
    let shown = items.into_iter().skip(start).take(end - start).collect();
    Ok((shown, token))
}

fn radix36(mut number: u64) -> String {
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
