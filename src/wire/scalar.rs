//! Single values as text and back: numbers, truth values, times, binary data. Text in, text out; no structure is known here.

use ::time::{OffsetDateTime, format_description::well_known::Rfc2822};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use stratus_model::{Shape, TimestampFormat, Value, time};

/// How one protocol writes what a shape leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Of times without a format of their own.
    pub time: TimestampFormat,
    /// ISO 8601 always with milliseconds, as EC2, S3 and Route 53 write it.
    pub millis: bool,
}

impl Style {
    pub const ISO: Self = Self {
        time: TimestampFormat::Iso8601,
        millis: false,
    };
    pub const ISO_MILLIS: Self = Self {
        time: TimestampFormat::Iso8601,
        millis: true,
    };
    /// Of headers.
    pub const HEADER: Self = Self {
        time: TimestampFormat::Rfc822,
        millis: true,
    };
    /// Of JSON and CBOR.
    pub const SECONDS: Self = Self {
        time: TimestampFormat::UnixTimestamp,
        millis: false,
    };
}

/// Appends the text of a value that is no list, map or structure; those append nothing.
pub fn write(value: &Value, format: Option<TimestampFormat>, style: Style, out: &mut Vec<u8>) {
    match value {
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Integer(number) => integer(*number, out),
        Value::Double(number) => double(*number, out),
        Value::String(text) => out.extend_from_slice(text.as_bytes()),
        Value::Blob(bytes) => out.extend_from_slice(BASE64.encode(bytes).as_bytes()),
        Value::Timestamp(at) => timestamp(*at, format.unwrap_or(style.time), style.millis, out),
        Value::List(_) | Value::Map(_) | Value::Structure(_) => {}
    }
}

/// Appends a whole number.
pub fn integer(number: i64, out: &mut Vec<u8>) {
    if number < 0 {
        out.push(b'-');
    }
    unsigned(number.unsigned_abs(), 1, out);
}

/// Appends a number with at least `width` digits.
fn unsigned(mut number: u64, width: usize, out: &mut Vec<u8>) {
    let mut digits = [b'0'; 20];
    let mut used = 0;
    for digit in digits.iter_mut().rev() {
        if number == 0 && used >= width {
            break;
        }
        *digit = b'0' + u8::try_from(number % 10).unwrap_or_default();
        number /= 10;
        used += 1;
    }
    out.extend(digits.iter().skip(digits.len() - used));
}

/// Appends a number as Java, in which AWS's services are written, prints it: `1.0`, `NaN`, `-Infinity`.
pub fn double(number: f64, out: &mut Vec<u8>) {
    let text = if number.is_nan() {
        "NaN".to_string()
    } else if number.is_infinite() {
        if number > 0.0 { "Infinity" } else { "-Infinity" }.to_string()
    } else {
        format!("{number:?}")
    };
    out.extend_from_slice(text.as_bytes());
}

/// Appends an instant, in milliseconds since 1970.
pub fn timestamp(at: i64, format: TimestampFormat, millis: bool, out: &mut Vec<u8>) {
    let moment = moment(at);
    let (date, clock) = (moment.date(), moment.time());
    match format {
        TimestampFormat::Iso8601 => {
            // At once: each of the three would be found out anew.
            let (year, month, day) = date.to_calendar_date();
            let year = u64::try_from(year).unwrap_or_default();
            for (number, width, mark) in [
                (year, 4, b'-'),
                (u64::from(u8::from(month)), 2, b'-'),
                (u64::from(day), 2, b'T'),
                (u64::from(clock.hour()), 2, b':'),
                (u64::from(clock.minute()), 2, b':'),
            ] {
                unsigned(number, width, out);
                out.push(mark);
            }
            unsigned(u64::from(clock.second()), 2, out);
            if millis || clock.millisecond() != 0 {
                out.push(b'.');
                unsigned(u64::from(clock.millisecond()), 3, out);
            }
            out.push(b'Z');
        }
        TimestampFormat::UnixTimestamp => {
            if at < 0 {
                out.push(b'-');
            }
            let at = at.unsigned_abs();
            unsigned(at / 1000, 1, out);
            if !at.is_multiple_of(1000) {
                out.push(b'.');
                unsigned(at % 1000, 3, out);
            }
        }
        TimestampFormat::Rfc822 => {
            let (weekday, month) = (date.weekday().to_string(), date.month().to_string());
            let short = |name: &str| name.get(..3).unwrap_or_default().to_string();
            let text = format!(
                "{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
                short(&weekday),
                date.day(),
                short(&month),
                date.year(),
                clock.hour(),
                clock.minute(),
                clock.second()
            );
            out.extend_from_slice(text.as_bytes());
        }
    }
}

/// The nearest instant inside the years 1 to 9999.
fn moment(at: i64) -> OffsetDateTime {
    let at = at.clamp(-62_135_596_800_000, 253_402_300_799_999);
    OffsetDateTime::UNIX_EPOCH + ::time::Duration::milliseconds(at)
}

/// What a text stands for where the shape is no list, map or structure; `None` if it stands for none. Times may come in any
/// of the three forms, as AWS's services take them.
pub fn read(shape: &Shape, text: &str) -> Option<Value> {
    Some(match shape {
        Shape::String(_) => Value::String(text.to_string()),
        Shape::Integer(_) | Shape::Long(_) => Value::Integer(text.trim().parse().ok()?),
        Shape::Float(_) | Shape::Double(_) => Value::Double(real(text.trim())?),
        Shape::Boolean => match text.trim() {
            "true" | "True" | "TRUE" | "1" => Value::Bool(true),
            "false" | "False" | "FALSE" | "0" => Value::Bool(false),
            _ => return None,
        },
        Shape::Timestamp(_) => Value::Timestamp(instant(text.trim())?),
        Shape::Blob(_) => {
            let text: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
            Value::Blob(BASE64.decode(text).ok()?)
        }
        Shape::Structure(_) | Shape::List(_) | Shape::Map(_) => return None,
    })
}

/// A finite number as text; `NaN` and the infinities are what no operation takes.
fn real(text: &str) -> Option<f64> {
    text.parse::<f64>().ok().filter(|number| number.is_finite())
}

/// An instant in ISO 8601, RFC 822 or seconds since 1970, in milliseconds.
pub fn instant(text: &str) -> Option<i64> {
    if let Some(at) = time::parse(text) {
        return Some(at);
    }
    if let Ok(at) = OffsetDateTime::parse(text, &Rfc2822) {
        return i64::try_from(at.unix_timestamp_nanos() / 1_000_000).ok();
    }
    seconds(real(text)?)
}

/// Seconds since 1970 in milliseconds; `None` outside the years 1 to 9999.
pub fn seconds(seconds: f64) -> Option<i64> {
    let millis = (seconds * 1000.0).round();
    #[allow(clippy::cast_possible_truncation, reason = "in range: checked on the same line")]
    (-62_135_596_800_000.0..=253_402_300_799_999.0)
        .contains(&millis)
        .then_some(millis as i64)
}
