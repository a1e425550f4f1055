//! When a schedule acts: every so many hours from a time of the day on, or by a cron expression. All in UTC. Pure.
//! Source: <https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-ami-policy.html>

use crate::base::time::Time;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// Days that an expression is followed ahead.
const AHEAD: i64 = 800;
/// The hours that an interval can have.
pub(super) const INTERVALS: [i64; 8] = [1, 2, 3, 4, 6, 8, 12, 24];

/// The minute of the day of `HH:MM`.
pub(super) fn minute(text: &str) -> Option<i64> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute) = (hour.parse::<i64>().ok()?, minute.parse::<i64>().ok()?);
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some(hour * 60 + minute)
}

/// The first moment after `now` that is a whole number of intervals from that minute of a day.
pub(super) fn every(now: Time, hours: i64, minute: i64) -> Time {
    let (step, first) = (hours.max(1) * HOUR, minute * MINUTE);
    let passed = (now.0 - first).div_euclid(step);
    Time(first + (passed + 1) * step)
}

/// A cron expression: what each of its fields lets in.
pub(super) struct Cron {
    minutes: Vec<i64>,
    hours: Vec<i64>,
    days: Vec<i64>,
    months: Vec<i64>,
    weekdays: Vec<i64>,
}

const MONTHS: [&str; 12] = [
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
];
const WEEKDAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/// What one field lets in: `*`, `?`, `5`, `1-5`, `0,30`, `0/15`, `MON-FRI`.
fn field(text: &str, least: i64, most: i64, names: &[&str]) -> Option<Vec<i64>> {
    let number = |text: &str| match names.iter().position(|name| name.eq_ignore_ascii_case(text)) {
        Some(place) => Some(place as i64 + least),
        None => text
            .parse::<i64>()
            .ok()
            .filter(|number| (least..=most).contains(number)),
    };
    let mut all = Vec::new();
    for part in text.split(',') {
        let (range, step) = part
            .split_once('/')
            .map_or((part, None), |(range, step)| (range, Some(step)));
        let (from, to) = match range {
            "*" | "?" => (least, most),
            _ => match range.split_once('-') {
                Some((from, to)) => (number(from)?, number(to)?),
                None if step.is_some() => (number(range)?, most),
                None => (number(range)?, number(range)?),
            },
        };
        let step = step.map_or(Some(1), |step| step.parse::<usize>().ok().filter(|step| *step > 0))?;
        all.extend((from..=to).step_by(step));
    }
    stratus_model::sort::sort(&mut all);
    (!all.is_empty()).then_some(all)
}

/// Reads `cron(0 9 ? * MON-FRI *)`: minutes, hours, day of the month, month, day of the week, year.
pub(super) fn read(text: &str) -> Option<Cron> {
    let inner = text.trim().strip_prefix("cron(")?.strip_suffix(')')?;
    let words: Vec<&str> = inner.split_whitespace().collect();
    let [minutes, hours, days, months, weekdays, "*"] = words.as_slice() else {
        return None;
    };
    Some(Cron {
        minutes: field(minutes, 0, 59, &[])?,
        hours: field(hours, 0, 23, &[])?,
        days: field(days, 1, 31, &[])?,
        months: field(months, 1, 12, &MONTHS)?,
        weekdays: field(weekdays, 1, 7, &WEEKDAYS)?,
    })
}

impl Cron {
    /// The first moment after `now` that it lets in.
    pub(super) fn next(&self, now: Time) -> Option<Time> {
        let today = now.0.div_euclid(DAY);
        for day in today..today + AHEAD {
            let text = Time(day * DAY).iso8601();
            let number = |from: usize| text.get(from..from + 2).and_then(|two| two.parse::<i64>().ok());
            // The first of January 1970 was a Thursday.
            let weekday = (day + 4).rem_euclid(7) + 1;
            let fits = self.months.contains(&number(5)?)
                && self.days.contains(&number(8)?)
                && self.weekdays.contains(&weekday);
            if !fits {
                continue;
            }
            for hour in &self.hours {
                for minute in &self.minutes {
                    let at = Time(day * DAY + hour * HOUR + minute * MINUTE);
                    if at > now {
                        return Some(at);
                    }
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]
    use super::*;

    #[test]
    fn the_next_moment() {
        // Monday, 3 March 2025, 09:00.
        let next = |text: &str| read(text).unwrap().next(Time::START).map(Time::iso8601).unwrap();
        assert_eq!(next("cron(30 9 ? * MON-FRI *)"), "2025-03-03T09:30:00Z");
        assert_eq!(next("cron(0 9 ? * SAT *)"), "2025-03-08T09:00:00Z");
        assert_eq!(next("cron(0/20 * * * ? *)"), "2025-03-03T09:20:00Z");
        assert_eq!(next("cron(0 0 1 JAN ? *)"), "2026-01-01T00:00:00Z");
        assert_eq!(
            every(Time::START, 12, minute("03:00").unwrap()).iso8601(),
            "2025-03-03T15:00:00Z"
        );
        assert_eq!(
            every(Time::START, 24, minute("09:00").unwrap()).iso8601(),
            "2025-03-04T09:00:00Z"
        );
        assert!(
            read("cron(0 25 * * ? *)").is_none()
                && read("rate(1 day)").is_none()
                && read("cron(0 0 30 FEB ? *)").unwrap().next(Time::START).is_none()
        );
    }
}
