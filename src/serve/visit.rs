//! How a request came, as far as policies of buckets may ask. This endpoint stands for one with TLS that everybody reaches: a
//! request counts as come with TLS unless a proxy in front says otherwise (*ours*), and what proxies say of the client's
//! address goes before the socket's, which `http.rs` notes in the same header.

use std::net::IpAddr;
use stratus_engine::services::s3::public::Visit;
use stratus_wire::Request;

/// Names the client, where proxies come between: the first address is the client's.
pub const CLIENT: &str = "x-forwarded-for";

/// How a request came.
pub fn of(request: &Request) -> Visit {
    let header = |name: &str| request.headers.get(name).map(str::to_owned);
    let client = header(CLIENT).unwrap_or_default();
    let client = client.split(',').next().unwrap_or_default().trim();
    Visit {
        source_ip: client.parse::<IpAddr>().ok().map(|address| address.to_canonical()),
        referer: header("referer"),
        user_agent: header("user-agent"),
        secure: header("x-forwarded-proto").is_none_or(|protocol| protocol.eq_ignore_ascii_case("https")),
        ..Visit::default()
    }
}

/// How a request came to the website of a bucket, which knows no TLS.
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html#WebsiteRestEndpointDiff>
pub fn of_website(request: &Request) -> Visit {
    Visit {
        secure: false,
        ..of(request)
    }
}
