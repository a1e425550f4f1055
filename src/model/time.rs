//! Instants as text. Milliseconds since 1970-01-01T00:00:00Z everywhere; only whole-number arithmetic.

use ::time::{Date, Duration, Month, OffsetDateTime, Time};

/// `2025-03-03T09:00:00Z`, with `.mmm` only where the millisecond is not zero. Outside the years 1 to 9999 the nearest
/// instant inside them.
pub fn iso8601(milliseconds: i64) -> String {
    let (first, last) = (-62_135_596_800_000, 253_402_300_799_999);
    let milliseconds = milliseconds.clamp(first, last);
    let at = OffsetDateTime::UNIX_EPOCH + Duration::milliseconds(milliseconds);
    let (date, time) = (at.date(), at.time());
    // Digit by digit: it is asked for with nearly every call, and the machinery of formats takes ten times as long.
    let mut text = String::with_capacity(24);
    digits(&mut text, u32::try_from(date.year()).unwrap_or_default(), 4);
    for (mark, number) in [
        ('-', u8::from(date.month())),
        ('-', date.day()),
        ('T', time.hour()),
        (':', time.minute()),
        (':', time.second()),
    ] {
        text.push(mark);
        digits(&mut text, number.into(), 2);
    }
    if time.millisecond() != 0 {
        text.push('.');
        digits(&mut text, time.millisecond().into(), 3);
    }
    text.push('Z');
    text
}

/// Appends the last digits of a number.
fn digits(text: &mut String, number: u32, width: u32) {
    for place in (0..width).rev() {
        let digit = number / 10_u32.pow(place) % 10;
        text.push(char::from_digit(digit, 10).unwrap_or('0'));
    }
}

/// Reads ISO 8601 as AWS takes it: `2025-03-03`, `2025-03-03T09:00Z`, `2025-03-03T09:00:00.5+01:00`. Without an offset it is
/// UTC. Digits below the millisecond are dropped. `None` for anything else, and outside the years 1 to 9999.
pub fn parse(text: &str) -> Option<i64> {
    let mut rest = Digits(text.trim());
    let date = rest.date()?;
    let (mut time, mut offset) = (Time::MIDNIGHT, 0);
    if !rest.0.is_empty() {
        if !["T", "t", " "].iter().any(|mark| rest.skip(mark)) {
            return None;
        }
        time = rest.time()?;
        offset = rest.offset()?;
    }
    let at = date
        .with_time(time)
        .assume_utc()
        .checked_sub(Duration::minutes(offset))?;
    (rest.0.is_empty() && (1..=9999).contains(&at.year()))
        .then(|| at.unix_timestamp() * 1000 + i64::from(at.millisecond()))
}

struct Digits<'a>(&'a str);

impl Digits<'_> {
    fn skip(&mut self, mark: &str) -> bool {
        let rest = self.0.strip_prefix(mark);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    fn number<T: std::str::FromStr>(&mut self, digits: usize) -> Option<T> {
        let (number, rest) = self.0.split_at_checked(digits)?;
        self.0 = rest;
        number
            .bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| number.parse().ok())
            .flatten()
    }

    fn date(&mut self) -> Option<Date> {
        let year: i32 = self.number(4)?;
        let month: u8 = self.skip("-").then(|| self.number(2)).flatten()?;
        let day = self.skip("-").then(|| self.number(2)).flatten()?;
        Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()
    }

    fn time(&mut self) -> Option<Time> {
        let hour = self.number(2)?;
        let minute = self.skip(":").then(|| self.number(2)).flatten()?;
        let second = if self.skip(":") { self.number(2)? } else { 0 };
        let mut millisecond = 0;
        if self.skip(".") {
            let digits = self.0.bytes().take_while(u8::is_ascii_digit).count();
            let fraction = self.0.get(..digits).filter(|fraction| !fraction.is_empty())?;
            millisecond = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
            self.0 = self.0.get(digits..)?;
        }
        Time::from_hms_milli(hour, minute, second, millisecond).ok()
    }

    /// Minutes east of UTC.
    fn offset(&mut self) -> Option<i64> {
        if self.0.is_empty() || self.skip("Z") || self.skip("z") {
            return Some(0);
        }
        let sign = if self.skip("+") {
            1
        } else {
            self.skip("-").then_some(-1)?
        };
        let hours: i64 = self.number(2)?;
        self.skip(":");
        let minutes: i64 = self.number(2)?;
        (hours < 24 && minutes < 60).then_some(sign * (hours * 60 + minutes))
    }
}
