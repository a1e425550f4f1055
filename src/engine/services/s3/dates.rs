//! Dates as HTTP's headers have them.

use crate::base::time::Time;

const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// `Fri, 21 Dec 2012 00:00:00 GMT`.
pub(crate) fn http(time: Time) -> String {
    // 2012-12-21T00:00:00Z
    let iso = time.iso8601();
    let part = |from: usize, to: usize| iso.get(from..to).unwrap_or_default();
    let month: usize = part(5, 7).parse().unwrap_or(1);
    let weekday = time.0.div_euclid(86_400_000).rem_euclid(7);
    format!(
        "{}, {} {} {} {} GMT",
        DAYS.get(weekday as usize).copied().unwrap_or_default(),
        part(8, 10),
        MONTHS.get(month.saturating_sub(1)).copied().unwrap_or_default(),
        part(0, 4),
        part(11, 19)
    )
}
