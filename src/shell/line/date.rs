//! `date`: the virtual time in UTC. Formats as GNU's `date` has them; `-d` takes `@seconds`, ISO 8601 and `+3 hours`.

use super::run::{Halt, Run};
use super::streams::{Input, Printed};

const DAYS: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

pub(super) fn run(run: &mut Run<'_>, arguments: &[String], _: &mut Input, printed: &mut Printed) -> Result<i32, Halt> {
    let mut at = run.cloud.now().0;
    let mut format = "%a %b %e %H:%M:%S UTC %Y".to_owned();
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "-u" | "--utc" => {}
            "-I" | "-Idate" | "--iso-8601" => format = "%F".into(),
            "-Iseconds" | "--iso-8601=seconds" => format = "%FT%T+00:00".into(),
            "-R" => format = "%a, %d %b %Y %T +0000".into(),
            "-d" | "--date" => {
                let text = words.next().map(String::as_str).unwrap_or_default();
                match moment(text, at) {
                    Some(moment) => at = moment,
                    None => {
                        printed.err(format!("date: invalid date ‘{text}’"));
                        return Ok(1);
                    }
                }
            }
            text => match text.strip_prefix('+') {
                Some(given) => format = given.into(),
                None if text.starts_with('-') => {
                    printed.err(format!(
                        "date: invalid option -- '{}'\nTry 'date --help' for more information.",
                        text.trim_start_matches('-')
                    ));
                    return Ok(1);
                }
                None => {
                    printed.err("date: the clock goes by stratus advance-clock and sleep");
                    return Ok(1);
                }
            },
        }
    }
    printed.out(format!("{}\n", write(at, &format)));
    Ok(0)
}

/// The moment that `-d` means.
fn moment(text: &str, now: i64) -> Option<i64> {
    if let Some(seconds) = text.strip_prefix('@') {
        return seconds.parse::<i64>().ok()?.checked_mul(1000);
    }
    if let Some(at) = stratus_model::time::parse(text) {
        return Some(at);
    }
    let mut at = now;
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let number = match word {
            "now" | "today" => continue,
            "tomorrow" => {
                at += 86_400_000;
                continue;
            }
            "yesterday" => {
                at -= 86_400_000;
                continue;
            }
            word => word.parse::<i64>().ok()?,
        };
        let unit = match words.next()?.trim_end_matches('s') {
            "sec" | "second" => 1_000,
            "min" | "minute" => 60_000,
            "hour" => 3_600_000,
            "day" => 86_400_000,
            "week" => 604_800_000,
            _ => return None,
        };
        let ago = words.next_if_eq(&"ago").is_some();
        let span = number.checked_mul(unit)?;
        at = at.checked_add(if ago { -span } else { span })?;
    }
    Some(at)
}

/// Milliseconds since 1970 in this format.
pub(super) fn write(at: i64, format: &str) -> String {
    // `2025-03-03T09:00:00…Z`: its parts are the calendar's.
    let iso = stratus_model::time::iso8601(at);
    let part = |from: usize, to: usize| iso.get(from..to).unwrap_or_default();
    let number = |from, to| part(from, to).parse::<usize>().unwrap_or_default();
    let (month, day, hour) = (number(5, 7), number(8, 10), number(11, 13));
    let day_name = DAYS[(at.div_euclid(86_400_000) + 4).rem_euclid(7) as usize];
    let month_name = MONTHS.get(month.saturating_sub(1)).copied().unwrap_or_default();
    let short = |name: &str| name.get(..3).unwrap_or_default().to_owned();
    let mut out = String::new();
    let mut chars = format.chars();
    while let Some(c) = chars.next() {
        if c != '%' {
            out.push(c);
            continue;
        }
        let Some(kind) = chars.next() else {
            out.push('%');
            break;
        };
        out.push_str(&match kind {
            'Y' => part(0, 4).into(),
            'y' => part(2, 4).into(),
            'm' => part(5, 7).into(),
            'd' => part(8, 10).into(),
            'e' => format!("{day:2}"),
            'H' => part(11, 13).into(),
            'I' => format!("{:02}", (hour + 11) % 12 + 1),
            'M' => part(14, 16).into(),
            'S' => part(17, 19).into(),
            'p' => if hour < 12 { "AM" } else { "PM" }.into(),
            'N' => format!("{:09}", at.rem_euclid(1000) * 1_000_000),
            's' => at.div_euclid(1000).to_string(),
            'F' => part(0, 10).into(),
            'T' => part(11, 19).into(),
            'R' => part(11, 16).into(),
            'D' => format!("{}/{}/{}", part(5, 7), part(8, 10), part(2, 4)),
            'a' => short(day_name),
            'A' => day_name.into(),
            'b' | 'h' => short(month_name),
            'B' => month_name.into(),
            'j' => format!("{:03}", day_of_year(&iso, at)),
            'u' => ((at.div_euclid(86_400_000) + 3).rem_euclid(7) + 1).to_string(),
            'w' => (at.div_euclid(86_400_000) + 4).rem_euclid(7).to_string(),
            'Z' => "UTC".into(),
            'z' => "+0000".into(),
            'n' => "\n".into(),
            't' => "\t".into(),
            '%' => "%".into(),
            other => format!("%{other}"),
        });
    }
    out
}

fn day_of_year(iso: &str, at: i64) -> i64 {
    let first = iso
        .get(..4)
        .and_then(|year| stratus_model::time::parse(&format!("{year}-01-01")));
    first.map_or(1, |first| (at - first).div_euclid(86_400_000) + 1)
}
