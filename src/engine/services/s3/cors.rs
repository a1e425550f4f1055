//! What a bucket's CORS rules say to a browser: which origins' pages may make a request, and see which of the answer's headers.
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html>

use super::documents::document;
use crate::world::World;
use crate::world::objects::DocumentKind;
use stratus_model::{Structure, field};

/// What the rules of a bucket say of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Judged {
    /// It has none, or there is no such bucket.
    Off,
    /// No rule fits.
    Refused,
    /// The first rule that fits.
    Allowed(Allowed),
}

/// What a rule allows, as the headers of an answer say it.
#[derive(Clone, Debug, PartialEq)]
pub struct Allowed {
    /// The origin that asked, or `*`.
    pub origin: String,
    /// The methods of the rule.
    pub methods: Vec<String>,
    /// Those headers that were asked for, in small letters.
    pub headers: Vec<String>,
    /// Headers of the answer that the page may see.
    pub exposed: Vec<String>,
    /// Seconds for which a browser may remember this.
    pub seconds: Option<i64>,
}

/// Judges a request of a page of `origin`, with these headers.
pub fn judge(world: &World, bucket: &str, origin: &str, method: &str, headers: &[&str]) -> Judged {
    let row = world.s3.buckets.get(&bucket.to_owned());
    let Some(rules) = row.and_then(|row| document(row, DocumentKind::Cors)) else {
        return Judged::Off;
    };
    let mut allowed = rules
        .structures(field::CORS_RULES)
        .filter_map(|rule| fits(rule, origin, method, headers));
    allowed.next().map_or(Judged::Refused, Judged::Allowed)
}

fn fits(rule: &Structure, origin: &str, method: &str, headers: &[&str]) -> Option<Allowed> {
    let texts = |name| rule.texts(name).map(str::to_owned).collect::<Vec<String>>();
    let source = rule
        .texts(field::ALLOWED_ORIGINS)
        .find(|pattern| is_like(pattern, origin))?;
    let methods = texts(field::ALLOWED_METHODS);
    let wanted: Vec<String> = headers.iter().map(|header| header.to_ascii_lowercase()).collect();
    let allows = |header: &String| {
        let mut patterns = rule.texts(field::ALLOWED_HEADERS);
        patterns.any(|pattern| is_like(&pattern.to_ascii_lowercase(), header))
    };
    (methods.iter().any(|known| known == method) && wanted.iter().all(allows)).then(|| Allowed {
        origin: if source == "*" { source } else { origin }.to_owned(),
        methods,
        headers: wanted,
        exposed: texts(field::EXPOSE_HEADERS),
        seconds: rule.integer(field::MAX_AGE_SECONDS),
    })
}

/// With one `*` at most.
fn is_like(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((head, tail)) => text.len() >= head.len() + tail.len() && text.starts_with(head) && text.ends_with(tail),
    }
}
