//! Numbers and moments as people read them.

pub use stratus_engine::base::text::thousands;
use stratus_engine::base::time::Time;
use stratus_engine::catalog::Money;
use stratus_model::time::iso8601;

/// `day 1 09:41:20`: the day since the world began, and the time of day in UTC.
pub fn clock_text(start: Time, now: Time) -> String {
    format!("day {} {}", day_number(start, now), time_of_day(now))
}

/// The day since the world began, from 1.
pub fn day_number(start: Time, now: Time) -> i64 {
    const DAY: i64 = 86_400_000;
    now.0.div_euclid(DAY) - start.0.div_euclid(DAY) + 1
}

/// `09:41:20`, UTC.
pub fn time_of_day(at: Time) -> String {
    iso8601(at.0).get(11..19).unwrap_or_default().to_owned()
}

/// `2025-03-03 09:41:20`.
pub fn day_text(at: Time) -> String {
    iso8601(at.0).get(..19).unwrap_or_default().replace('T', " ")
}

/// Dollars with as many digits as the amount deserves: cents where there are any, four digits below.
pub fn money_text(money: Money) -> String {
    let cents = money.display(2);
    if money == Money::ZERO || cents.chars().any(|c| c.is_ascii_digit() && c != '0') {
        format!("${cents}")
    } else {
        format!("${}", money.display(4))
    }
}

/// Dollars an hour, to the hundredth of a cent: what is small an hour is a sum in a month.
pub fn rate_text(money: Money) -> String {
    format!("${}", money.display(4))
}

/// An id short enough for a label: `i-0f3a…91c2`.
pub fn short_id(id: &str) -> String {
    match id.rsplit_once('-') {
        Some((prefix, digits)) if digits.len() > 10 && digits.is_ascii() => {
            format!("{prefix}-{}…{}", &digits[..4], &digits[digits.len() - 4..])
        }
        _ => id.to_owned(),
    }
}

/// With a capital letter.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Bytes as people read them: `512 bytes`, `4 KiB`.
pub fn bytes_text(bytes: i64) -> String {
    match bytes {
        ..=1_023 => crate::map::count(usize::try_from(bytes).unwrap_or(0), "byte", "bytes"),
        1_024..=1_048_575 => format!("{} KiB", bytes >> 10),
        1_048_576..=1_073_741_823 => format!("{} MiB", bytes >> 20),
        _ => format!("{} GiB", bytes >> 30),
    }
}
