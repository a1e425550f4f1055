//! Money is exact: amounts, prices as text, rounding half to even.

use proptest::prelude::*;
use stratus_engine::catalog::money::{HOUR, MONTH, Money, divide_half_even, parse_picodollars, price_text};

#[test]
fn decimal_text_is_read_exactly() {
    for (text, expected) in [
        ("0.0104", Some(10_400_000_000)),
        ("1", Some(1_000_000_000_000)),
        ("0.000000000001", Some(1)),
        ("13.338", Some(13_338_000_000_000)),
        ("0", Some(0)),
        ("", None),
        (".5", None),
        ("5.", None),
        ("-1", None),
        ("+1", None),
        ("1e3", None),
        ("1.0000000000001", None),
        ("1_000", None),
        ("340282366920938463463374607431768211456", None),
    ] {
        assert_eq!(parse_picodollars(text), expected, "{text}");
    }
}

#[test]
fn prices_show_all_their_digits() {
    assert_eq!(price_text(10_400_000_000, 2), "0.0104");
    assert_eq!(price_text(96_000_000_000, 3), "0.096");
    assert_eq!(price_text(2_000_000_000_000, 2), "2.00");
    assert_eq!(price_text(2_000_000_000_000, 0), "2");
    assert_eq!(price_text(1, 0), "0.000000000001");
}

#[test]
fn amounts_are_exact_until_shown() {
    // t3.micro for an hour and a second, and 8 GiB of gp3 for 30 days.
    let instance = Money::hourly(10_400_000_000, HOUR + 1);
    assert_eq!(instance.display(12), "0.010402888889");
    let volume = Money::monthly(80_000_000_000, 8 * MONTH);
    assert_eq!(volume.to_string(), "0.64");
    assert_eq!((instance + volume).display(6), "0.650403");
    assert_eq!((instance - volume).display(4), "-0.6296");
    // EBS's pricing page: 2,000 GB of gp3 at 0.08 for 12 hours of a 30-day month.
    assert_eq!(Money::monthly(80_000_000_000, 2_000 * 12 * HOUR).to_string(), "2.67");
    // 1,000 PUT requests at 0.005 a thousand.
    assert_eq!(Money::each(5_000_000, 1_000).display(3), "0.005");
}

#[test]
fn ties_go_to_even() {
    for (numerator, expected) in [
        (5, 2),
        (15, 8),
        (25, 12),
        (-5, -2),
        (-15, -8),
        (24, 12),
        (26, 13),
        (-26, -13),
    ] {
        assert_eq!(divide_half_even(numerator, 2), expected, "{numerator}");
    }
    assert_eq!(Money::each(5_000_000_000, 1).to_string(), "0.00");
    assert_eq!(Money::each(15_000_000_000, 1).to_string(), "0.02");
    assert_eq!(format!("{:.0}", Money::each(2_500_000_000_000, 1)), "2");
}

#[test]
fn stored_as_text_or_bytes() {
    let amount = Money::from_units(-123_456_789_012_345_678_901_234_567_890);
    let json = serde_json::to_string(&amount).unwrap();
    assert_eq!(json, "\"-123456789012345678901234567890\"");
    assert_eq!(serde_json::from_str::<Money>(&json).unwrap(), amount);
    assert_eq!(
        postcard::from_bytes::<Money>(&postcard::to_allocvec(&amount).unwrap()).unwrap(),
        amount
    );
    assert!(serde_json::from_str::<Money>("\"1.5\"").is_err());
}

proptest! {
    #[test]
    fn no_split_of_time_changes_a_bill(price in 0_i128..50_000_000_000_000, first in 0_i128..100_000_000, second in 0_i128..100_000_000) {
        let split = Money::hourly(price, first) + Money::hourly(price, second);
        prop_assert_eq!(split, Money::hourly(price, first + second));
    }

    #[test]
    fn nothing_overflows(price: i128, seconds: i128, decimals: u32) {
        let sum = Money::hourly(price, seconds) + Money::each(price, seconds) - Money::monthly(price, seconds);
        prop_assert!(!sum.display(decimals).is_empty());
    }

    #[test]
    fn price_text_reads_back(price in 0_i128..1_000_000_000_000_000_000, decimals in 0_u32..14) {
        prop_assert_eq!(parse_picodollars(&price_text(price, decimals)), Some(price));
    }
}
