//! Where an import's disk lies: addresses of objects as URLs, and the manifest that lists a disk's parts. Both come from
//! outside: whatever is none is `None`, and nothing here panics or asks for more than a bucket of this world.
//!
//! Source: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/manifest.html>

use crate::services::s3;
use crate::world::World;

/// Parts that a manifest may have here.
const PARTS: usize = 10_000;
/// Bytes of a manifest that are read.
const BYTES: usize = 4 << 20;

/// What a manifest says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Manifest {
    /// Bytes of the disk's file.
    pub size: i64,
    /// Its parts in their order: bucket and key.
    pub parts: Vec<(String, String)>,
}

/// Bucket and key of `s3://bucket/key`, and of the URLs that S3 has for an object, signed or not: with the bucket in the path or
/// in the host.
pub(in super::super) fn location(url: &str) -> Option<(String, String)> {
    if let Some(rest) = url.strip_prefix("s3://") {
        let (bucket, key) = rest.split_once('/')?;
        return Some((bucket.to_owned(), key.to_owned()));
    }
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let rest = rest.split(['?', '#']).next()?;
    let (host, path) = rest.split_once('/')?;
    let (bucket, key) = match host.find(".s3.").or_else(|| host.find(".s3-")) {
        Some(end) => (host.get(..end)?, path),
        None => path.split_once('/')?,
    };
    Some((bucket.to_owned(), s3::unescaped(key)?)).filter(|(bucket, key)| !bucket.is_empty() && !key.is_empty())
}

/// Whether an object is there.
pub(super) fn is_there(world: &World, (bucket, key): &(String, String)) -> bool {
    let row = world.s3.buckets.get(bucket);
    row.is_some_and(|row| row.objects.contains(key))
}

/// Reads the manifest that lies in a bucket.
pub(super) fn read(world: &World, (bucket, key): &(String, String)) -> Option<Manifest> {
    let bytes = s3::stored(world, bucket, key, None).filter(|bytes| bytes.len() <= BYTES)?;
    parse(&String::from_utf8(bytes).ok()?, bucket)
}

/// `bucket`: where parts lie that have a key only.
fn parse(text: &str, bucket: &str) -> Option<Manifest> {
    let import = element(element(text, "manifest")?, "import")?;
    let size: i64 = element(import, "size")?.trim().parse().ok()?;
    let list = element(import, "parts")?;
    let mut parts: Vec<(i64, (String, String))> = Vec::new();
    for part in list.split("<part ").skip(1).take(PARTS) {
        let start = attribute(part, "byte-range", "start")?.parse().ok()?;
        let signed = element(part, "get-url").and_then(|url| location(&plain(url)));
        let named = || Some((bucket.to_owned(), plain(element(part, "key")?)));
        parts.push((start, signed.or_else(named)?));
    }
    stratus_model::sort::by_key(&mut parts, |(start, _)| *start);
    let parts: Vec<(String, String)> = parts.into_iter().map(|(_, place)| place).collect();
    (size > 0 && !parts.is_empty()).then_some(Manifest { size, parts })
}

/// What stands in the first element of a name.
pub(in super::super) fn element<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let open = format!("<{name}");
    let begin = text.match_indices(&open).find_map(|(at, _)| {
        let rest = text.get(at + open.len()..)?;
        let (attributes, content) = rest.split_once('>')?;
        let whole = attributes.is_empty() || attributes.starts_with(char::is_whitespace);
        whole.then_some(content)
    })?;
    begin.split_once(&format!("</{name}>")).map(|(content, _)| content)
}

/// An attribute of an element: `<byte-range end="9" start="0"/>`.
fn attribute<'t>(text: &'t str, name: &str, attribute: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(&format!("<{name} "))?;
    let (own, _) = rest.split_once('>')?;
    let (_, value) = own.split_once(&format!("{attribute}=\""))?;
    value.split_once('"').map(|(value, _)| value)
}

fn plain(text: &str) -> String {
    let text = text.trim().replace("&lt;", "<").replace("&gt;", ">");
    text.replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_has_many_urls() {
        let found = |url| location(url).map(|(bucket, key)| format!("{bucket} {key}"));
        let expect = Some("disks a b/m.xml".to_owned());
        assert_eq!(found("s3://disks/a b/m.xml"), expect);
        assert_eq!(
            found("https://s3.amazonaws.com/disks/a%20b/m.xml?Expires=1&Signature=x"),
            expect
        );
        assert_eq!(
            found("https://disks.s3.eu-west-1.amazonaws.com/a%20b/m.xml?X-Amz-Expires=1"),
            expect
        );
        assert_eq!(found("http://127.0.0.1:4566/disks/a%20b/m.xml"), expect);
        assert_eq!(found("ftp://disks/m.xml"), None);
        assert_eq!(found("https://disks"), None);
    }

    #[test]
    fn a_manifest_has_its_parts_in_the_order_of_their_bytes() {
        let text = "<?xml version=\"1.0\"?><manifest><version>2010-11-15</version><file-format>RAW</file-format>\
            <import><size>12</size><volume-size>1</volume-size><parts count=\"2\">\
            <part index=\"1\"><byte-range end=\"11\" start=\"8\"/><key>m/b</key></part>\
            <part index=\"0\"><byte-range end=\"7\" start=\"0\"/><key>m/a</key>\
            <get-url>https://other.s3.amazonaws.com/a?x=1&amp;y=2</get-url></part></parts></import></manifest>";
        let place = |bucket: &str, key: &str| (bucket.to_owned(), key.to_owned());
        let parts = vec![place("other", "a"), place("disks", "m/b")];
        assert_eq!(parse(text, "disks"), Some(Manifest { size: 12, parts }));
        assert_eq!(parse("<manifest></manifest>", "disks"), None);
        assert_eq!(parse(&text.replace("start=", "begin="), "disks"), None);
    }
}
