//! When an event window is open, read from a call: ranges of a week, or a cron expression that says the same.
//! <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateInstanceEventWindow.html>

use crate::base::error::{Error, Result};
use crate::world::events::{WEEK, WeekRange, WindowTimes};
use stratus_model::{Structure, field};

/// Hours that each range must have.
const SHORTEST: i64 = 2;
/// Hours that a window must have in a week.
const LEAST: usize = 4;
/// Ranges of a window: as many of the shortest as a week has (ours).
const MOST: usize = (WEEK / SHORTEST) as usize;

const DAYS: [&str; 7] = [
    "sunday",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
];

/// The times of a call; `None` where it says nothing of them.
///
/// # Errors
/// `InvalidParameterCombination` for both kinds at once, `InvalidParameterValue`, `MissingParameter`.
pub(super) fn read(params: &Structure) -> Result<Option<WindowTimes>> {
    let ranges: Vec<&Structure> = params.structures(field::TIME_RANGES).collect();
    let cron = params.text(field::CRON_EXPRESSION).filter(|text| !text.is_empty());
    let times = match cron {
        Some(_) if !ranges.is_empty() => {
            let why = "Specify either time ranges or a cron expression, but not both.";
            return Err(Error::combination(why).at("CronExpression"));
        }
        Some(text) => WindowTimes::Cron(text.to_owned(), cron_ranges(text)?),
        None if ranges.is_empty() => return Ok(None),
        None => WindowTimes::Ranges(ranges.into_iter().map(range).collect::<Result<_>>()?),
    };
    let at = if cron.is_some() { "CronExpression" } else { "TimeRanges" };
    if times.ranges().len() > MOST {
        return Err(Error::invalid(at, format!("more than {MOST} time ranges")).at(at));
    }
    if times.hours() < LEAST {
        let why = "The combined time ranges of an event window must total at least 4 hours a week.";
        return Err(Error::new("InvalidParameterValue", why).at(at));
    }
    Ok(Some(times))
}

fn too_short(at: &str) -> Error {
    let why = "Each time range of an event window must be at least 2 hours.";
    Error::new("InvalidParameterValue", why).at(at)
}

fn range(given: &Structure) -> Result<WeekRange> {
    let moment = |day, hour| {
        let name = given.text(day).ok_or_else(|| Error::missing(day.text()))?;
        let clock = given.integer(hour).ok_or_else(|| Error::missing(hour.text()))?;
        let day = (0..).zip(DAYS).find(|(_, known)| *known == name);
        let (number, _) = day.ok_or_else(|| Error::invalid("TimeRanges", format!("'{name}' is no day of the week")))?;
        Ok(number * 24 + clock)
    };
    let start: i64 = moment(field::START_WEEK_DAY, field::START_HOUR)?;
    let end: i64 = moment(field::END_WEEK_DAY, field::END_HOUR)?;
    // A range may go on into the next week.
    let length = (end - start).rem_euclid(WEEK);
    if length < SHORTEST {
        return Err(too_short("TimeRanges"));
    }
    Ok(WeekRange {
        start,
        end: start + length,
    })
}

/// A range as the API shows it.
pub(super) fn show(range: &WeekRange) -> Structure {
    let day = |hour: i64| DAYS.get((hour / 24 % 7) as usize).copied().unwrap_or_default();
    Structure::new()
        .with(field::START_WEEK_DAY, day(range.start))
        .with(field::START_HOUR, range.start % 24)
        .with(field::END_WEEK_DAY, day(range.end))
        .with(field::END_HOUR, range.end % 24)
}

/// `* 0-4,20-23 * * 1,5`: hours and days of the week only; a range of hours ends at the beginning of its last one, as the
/// shortest that AWS allows, `0-2` of 2 hours, shows. That `*` stands for every day is ours.
fn cron_ranges(text: &str) -> Result<Vec<WeekRange>> {
    let refuse = |why: &str| {
        let why = format!("The cron expression '{text}' is not valid: {why}.");
        Error::new("InvalidParameterValue", why)
            .at("CronExpression")
            .remedy("Write hours and days of the week, as in * 0-4,20-23 * * 1,5.")
    };
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    let [minute, hours, day, month, weekdays] = words.as_slice() else {
        return Err(refuse("it must have five fields"));
    };
    if [*minute, *day, *month] != ["*"; 3] {
        return Err(refuse("the minute, the day of the month and the month must be *"));
    }
    let mut days = Vec::new();
    for part in weekdays.split(',') {
        days.extend(weekday_part(part).ok_or_else(|| {
            refuse("a day of the week must be an integer from 0 to 6, a range of them, or a name from SUN to SAT")
        })?);
    }
    days.sort_unstable();
    days.dedup();
    let mut spans = Vec::new();
    for part in hours.split(',') {
        let ends = part.split_once('-');
        let ends = ends.and_then(|(from, to)| Some((number(from, 23)?, number(to, 23)?)));
        let (from, to) = ends.ok_or_else(|| refuse("the hours must be ranges from 0 to 23"))?;
        if to - from < SHORTEST {
            return Err(too_short("CronExpression"));
        }
        spans.push((from, to));
    }
    let all = days.iter().flat_map(|day| {
        spans.iter().map(move |(from, to)| WeekRange {
            start: day * 24 + from,
            end: day * 24 + to,
        })
    });
    Ok(all.collect())
}

fn weekday_part(part: &str) -> Option<Vec<i64>> {
    if part == "*" {
        return Some((0..7).collect());
    }
    let named = (0..)
        .zip(DAYS)
        .find(|(_, day)| day.get(..3).is_some_and(|short| short.eq_ignore_ascii_case(part)));
    if let Some((number, _)) = named {
        return Some(vec![number]);
    }
    match part.split_once('-') {
        Some((from, to)) => {
            let (from, to) = (number(from, 6)?, number(to, 6)?);
            (from <= to).then(|| (from..=to).collect())
        }
        None => Some(vec![number(part, 6)?]),
    }
}

fn number(text: &str, most: i64) -> Option<i64> {
    let plain = !text.is_empty() && text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    let value = plain.then(|| text.parse().ok()).flatten();
    value.filter(|value| *value <= most)
}
