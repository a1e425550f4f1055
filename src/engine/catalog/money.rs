//! Money, exactly: whole numbers until the moment it is shown.
//!
//! A price is a whole number of 10⁻¹² USD ("picodollars") for a unit such as an hour. An amount, [`Money`], is a whole
//! number of 10⁻¹² USD × seconds *of a month of 30 days*: hours, GiB-months and single requests add up in it without a
//! rounding, since 2,592,000 seconds is a whole number of hours. It is divided only when shown, half to even. No
//! float comes near it.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::{
    fmt, iter,
    ops::{Add, AddAssign, Neg, Sub},
};

/// Picodollars in a dollar.
pub const PICODOLLARS: i128 = 1_000_000_000_000;

/// Seconds in an hour.
pub const HOUR: i128 = 3_600;

/// Seconds in the month of "GiB-month": 30 days, as in the examples of AWS's EBS pricing page, which divide by
/// 86,400 seconds × 30 days (<https://aws.amazon.com/ebs/pricing/>).
pub const MONTH: i128 = 30 * 24 * HOUR;

/// An amount in USD, as a count of 10⁻¹² USD ÷ [`MONTH`]. It holds ± 6 × 10¹⁹ USD; sums saturate there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(i128);

impl Money {
    pub const ZERO: Money = Money(0);

    /// `price` picodollars an hour for `seconds`.
    pub fn hourly(price: i128, seconds: i128) -> Money {
        Money(price.saturating_mul(MONTH / HOUR).saturating_mul(seconds))
    }

    /// `price` picodollars a month for one thing held `seconds`; multiply by the count of things through `seconds`.
    pub fn monthly(price: i128, seconds: i128) -> Money {
        Money(price.saturating_mul(seconds))
    }

    /// `price` picodollars each, `count` times.
    pub fn each(price: i128, count: i128) -> Money {
        Money(price.saturating_mul(MONTH).saturating_mul(count))
    }

    /// What an hour's amount comes to in a month of such hours.
    pub fn every_hour_of_a_month(self) -> Money {
        Money(self.0.saturating_mul(MONTH / HOUR))
    }

    /// The raw count of 10⁻¹² USD ÷ [`MONTH`].
    pub fn from_units(units: i128) -> Money {
        Money(units)
    }

    /// The raw count of 10⁻¹² USD ÷ [`MONTH`].
    pub fn units(self) -> i128 {
        self.0
    }

    /// Whole picodollars, half to even.
    pub fn picodollars(self) -> i128 {
        divide_half_even(self.0, MONTH)
    }

    /// The amount with this many decimals (at most 12), half to even: `display(2)` → "12.34". No currency sign.
    pub fn display(self, decimals: u32) -> String {
        let decimals = decimals.min(12);
        let step = 10_i128.pow(12 - decimals);
        decimal(divide_half_even(self.0, MONTH * step), decimals)
    }
}

/// A price in picodollars with at least `decimals` decimals and as many more (to 12) as it takes to be exact:
/// `price_text(10_400_000_000, 2)` → "0.0104".
pub fn price_text(picodollars: i128, decimals: u32) -> String {
    let decimals = decimals.min(12) as usize;
    let mut text = decimal(picodollars, 12);
    while text.ends_with('0')
        && text
            .split_once('.')
            .is_some_and(|(_, fraction)| fraction.len() > decimals)
    {
        text.pop();
    }
    if text.ends_with('.') {
        text.pop();
    }
    text
}

/// Reads a decimal number of USD ("0.0104") as picodollars, exactly. None: not a number, a sign, an exponent, or more
/// than 12 decimals.
pub fn parse_picodollars(text: &str) -> Option<i128> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) || fraction.len() > 12 || text.ends_with('.') {
        return None;
    }
    let fraction: i128 = if fraction.is_empty() {
        0
    } else {
        format!("{fraction:0<12}").parse().ok()?
    };
    whole
        .parse::<i128>()
        .ok()?
        .checked_mul(PICODOLLARS)?
        .checked_add(fraction)
}

/// `numerator` ÷ `denominator` (above 0), to the nearest whole number, half to even.
pub fn divide_half_even(numerator: i128, denominator: i128) -> i128 {
    let denominator = denominator.max(1);
    let (quotient, remainder) = (numerator.div_euclid(denominator), numerator.rem_euclid(denominator));
    match remainder.cmp(&(denominator - remainder)) {
        std::cmp::Ordering::Less => quotient,
        std::cmp::Ordering::Greater => quotient + 1,
        std::cmp::Ordering::Equal => quotient + (quotient & 1),
    }
}

/// `value` × 10^-decimals.
fn decimal(value: i128, decimals: u32) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let magnitude = value.unsigned_abs();
    if decimals == 0 {
        return format!("{sign}{magnitude}");
    }
    let unit = 10_u128.pow(decimals);
    format!(
        "{sign}{}.{:0width$}",
        magnitude / unit,
        magnitude % unit,
        width = decimals as usize
    )
}

impl Add for Money {
    type Output = Money;
    fn add(self, other: Money) -> Money {
        Money(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Money) {
        *self = *self + other;
    }
}

impl Sub for Money {
    type Output = Money;
    fn sub(self, other: Money) -> Money {
        Money(self.0.saturating_sub(other.0))
    }
}

impl Neg for Money {
    type Output = Money;
    fn neg(self) -> Money {
        Money(self.0.saturating_neg())
    }
}

impl iter::Sum for Money {
    fn sum<I: Iterator<Item = Money>>(amounts: I) -> Money {
        amounts.fold(Money::ZERO, Add::add)
    }
}

/// In dollars and cents, or with the precision asked for: `{:.4}`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.display(f.precision().map_or(2, |decimals| decimals.min(12) as u32)))
    }
}

/// As text in readable formats: JSON numbers end at 2⁵³ for most readers.
impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(&self.0)
        } else {
            self.0.serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Money, D::Error> {
        if deserializer.is_human_readable() {
            String::deserialize(deserializer)?
                .parse()
                .map(Money)
                .map_err(|_| D::Error::custom("not an amount"))
        } else {
            i128::deserialize(deserializer).map(Money)
        }
    }
}
