//! What checkers have seen, as GetHealthCheckStatus and GetHealthCheckLastFailureReason tell it. Texts in AWS's form.

use super::{is_good, probes, settled};
use crate::base::time::Time;
use crate::world::names::{HealthCheck, Seen};
use stratus_model::{Structure, Value, field};

/// What a probe saw, in AWS's words.
pub(super) fn said(seen: Seen) -> String {
    let reason = |status: u16| match status {
        200 => "OK",
        201 => "Created",
        204 => "No Content",
        301 => "Moved Permanently",
        302 => "Found",
        304 => "Not Modified",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "Status",
    };
    const FIREWALL: &str = "The endpoint or the internet connection is down, or requests are being blocked by your firewall. \
                            See https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-router-firewall-rules.html";
    match seen {
        Seen::Connected => "Success: TCP connection established".into(),
        Seen::Status(status) => format!("Success: HTTP Status Code {status}, {}", reason(status)),
        Seen::Found(status) => format!(
            "Success: HTTP Status Code {status}, {}. The response body contains the search string.",
            reason(status)
        ),
        Seen::Missing(status) => format!(
            "Failure: HTTP Status Code {status}, {}. The response body does not contain the search string.",
            reason(status)
        ),
        Seen::BadStatus(status) => format!("Failure: HTTP Status Code {status}, {}", reason(status)),
        Seen::TimedOut => format!("Failure: Connection timed out. {FIREWALL}"),
        Seen::NoStatus => format!("Failure: Resource read timed out. {FIREWALL}"),
        Seen::NoBody(status) => format!(
            "Failure: HTTP Status Code {status}, {}. The response body was not received in time.",
            reason(status)
        ),
        Seen::Refused => format!("Failure: Connection refused. {FIREWALL}"),
        Seen::NotSpoken => "Failure: The endpoint closed the connection without a valid response.".into(),
        Seen::Unresolved => "Failure: DNS resolution failed: the domain name has no IPv4 address.".into(),
    }
}

fn observation(row: &HealthCheck, place: usize, text: String, at: Time) -> Option<Value> {
    let post = row.watch.posts.get(place)?;
    let report = Structure::new().with(field::STATUS, text).with(field::CHECKED_TIME, at);
    Some(
        Structure::new()
            .with(field::REGION, post.region.name())
            .with(field::IP_ADDRESS_, post.address.to_string())
            .with(field::STATUS_REPORT, report)
            .into(),
    )
}

/// What each checker saw with its last probe; nothing of one that has not probed yet.
pub(in super::super) fn statuses(row: &HealthCheck, now: Time) -> Vec<Value> {
    let watch = &row.watch;
    let of = |place: usize| {
        let post = watch.posts.get(place)?;
        // Probes since the last change saw what is seen now; before the first of them, the last result still stands.
        let (count, last) = probes(watch, place, &row.config, post.since, now);
        if count > 0 {
            return observation(row, place, said(post.sees), last);
        }
        let (ever, last) = probes(watch, place, &row.config, watch.began, now);
        let before = match (post.streak.0, post.failed) {
            _ if ever == 0 => return None,
            (false, Some((_, seen))) => seen,
            _ if is_good(post.sees) => post.sees,
            _ => Seen::Status(200),
        };
        observation(row, place, said(before), last)
    };
    (0..watch.posts.len()).filter_map(of).collect()
}

/// The last failure of each checker that has seen one.
pub(in super::super) fn failures(row: &HealthCheck, now: Time) -> Vec<Value> {
    let watch = &row.watch;
    let of = |place: usize| {
        let post = settled(watch, place, watch.posts.get(place)?, &row.config, now);
        let (at, seen) = post.failed?;
        observation(row, place, said(seen), at)
    };
    (0..watch.posts.len()).filter_map(of).collect()
}
