//! What a bucket's website does with a path: which object it shows, and where it sends a browser.
//! Sources: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-to-page-redirect.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/CustomErrorDocSupport.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/IndexDocumentSupport.html>

use super::documents::document;
use super::errors::{no_such_bucket, not_set};
use super::public::{self, Visit};
use super::requests;
use super::shelf;
use crate::base::error::Result;
use crate::catalog::Region;
use crate::world::World;
use crate::world::objects::DocumentKind;
use stratus_model::{Structure, field};

/// A bucket's website.
#[derive(Clone, Copy, Debug)]
pub struct Site<'w>(&'w Structure);

/// Where a browser is sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Redirect {
    /// 301, unless the rule says another.
    pub status: u16,
    /// `http`, unless the rule says another.
    pub protocol: String,
    /// Another host; `None` = the same one.
    pub host: Option<String>,
    /// What comes after the host and a slash, not encoded.
    pub key: String,
}

/// The website of a bucket.
///
/// # Errors
/// `NoSuchBucket`, `NoSuchWebsiteConfiguration`.
pub fn of<'w>(world: &'w World, bucket: &str) -> Result<Site<'w>> {
    let row = world.s3.buckets.get(&bucket.to_owned());
    let row = row.ok_or_else(|| no_such_bucket(bucket))?;
    let text = "The specified bucket does not have a website configuration";
    let found = document(row, DocumentKind::Website);
    found
        .map(Site)
        .ok_or_else(|| not_set("NoSuchWebsiteConfiguration", text, bucket))
}

impl Site<'_> {
    /// The object of a path without its first slash: a folder's is its index document.
    pub fn object(&self, path: &str) -> String {
        if path.is_empty() || path.ends_with('/') {
            format!("{path}{}", self.index())
        } else {
            path.to_owned()
        }
    }

    fn index(&self) -> &str {
        let index = self.0.structure(field::INDEX_DOCUMENT);
        index.and_then(|index| index.text(field::SUFFIX)).unwrap_or_default()
    }

    /// The object that is shown in the place of an error.
    pub fn error_document(&self) -> Option<&str> {
        self.0.structure(field::ERROR_DOCUMENT)?.text(field::KEY)
    }

    /// Where the browser is sent before any object is looked for (`status` `None`), or because of an error.
    pub fn redirect(&self, path: &str, status: Option<u16>) -> Option<Redirect> {
        if let Some(all) = self.0.structure(field::REDIRECT_ALL_REQUESTS_TO) {
            return Some(Redirect {
                status: 301,
                protocol: all.text(field::PROTOCOL).unwrap_or("http").to_owned(),
                host: all.text(field::HOST_NAME).map(str::to_owned),
                key: path.to_owned(),
            });
        }
        self.0
            .structures(field::ROUTING_RULES)
            .find_map(|rule| by_rule(rule, path, status))
    }
}

fn by_rule(rule: &Structure, path: &str, status: Option<u16>) -> Option<Redirect> {
    let condition = rule.structure(field::CONDITION);
    let said = |name| condition.and_then(|condition| condition.text(name));
    let prefix = said(field::KEY_PREFIX_EQUALS).unwrap_or_default();
    let wanted = said(field::HTTP_ERROR_CODE_RETURNED_EQUALS);
    let status_fits = match (wanted, status) {
        (Some(wanted), Some(status)) => wanted.parse() == Ok(status),
        (None, None) => true,
        _ => false,
    };
    let rest = path.strip_prefix(prefix).filter(|_| status_fits)?;
    let redirect = rule.structure(field::REDIRECT)?;
    let key = match (
        redirect.text(field::REPLACE_KEY_WITH),
        redirect.text(field::REPLACE_KEY_PREFIX_WITH),
    ) {
        (Some(key), _) => key.to_owned(),
        (None, Some(other)) => format!("{other}{rest}"),
        (None, None) => path.to_owned(),
    };
    let code = redirect
        .text(field::HTTP_REDIRECT_CODE)
        .and_then(|code| code.parse().ok());
    Some(Redirect {
        status: code.filter(|code| (300..400).contains(code)).unwrap_or(301),
        protocol: redirect.text(field::PROTOCOL).unwrap_or("http").to_owned(),
        host: redirect.text(field::HOST_NAME).map(str::to_owned),
        key,
    })
}

/// What a browser without keys gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// The HTTP status.
    pub status: u16,
    /// The key of the object whose bytes are shown; `None` = a page of S3's own, or none.
    pub key: Option<String>,
    /// Where it is sent.
    pub location: Option<String>,
    /// Why, in a sentence.
    pub why: String,
}

impl Fetched {
    fn sent(status: u16, location: String, why: &str) -> Fetched {
        Fetched {
            status,
            key: None,
            location: Some(location),
            why: why.to_owned(),
        }
    }
}

/// What somebody without keys gets for a path (without its first slash) of a bucket's website, who visits it so.
pub fn fetch(world: &World, bucket: &str, site: &Site<'_>, path: &str, visit: &Visit) -> Fetched {
    let place = |to: &Redirect| {
        let host = to.host.as_deref().map(|host| format!("{}://{host}", to.protocol));
        format!("{}/{}", host.unwrap_or_default(), to.key)
    };
    if let Some(to) = site.redirect(path, None) {
        return Fetched::sent(
            to.status,
            place(&to),
            "A redirection of the website's configuration fits this path.",
        );
    }
    let key = site.object(path);
    let status = read(world, bucket, &key, visit);
    if status == 200 {
        let why = if key == path {
            "The object of that key, which everybody may read.".to_owned()
        } else {
            format!("A path that ends in a slash shows its index document, {key}.")
        };
        return Fetched {
            status,
            key: Some(key),
            location: None,
            why,
        };
    }
    let folder = format!("{path}/");
    if !path.is_empty() && !path.ends_with('/') && read(world, bucket, &site.object(&folder), visit) == 200 {
        return Fetched::sent(
            302,
            format!("/{folder}"),
            "There is an index document behind that path and a slash.",
        );
    }
    if let Some(to) = site.redirect(path, Some(status)) {
        return Fetched::sent(to.status, place(&to), "A routing rule of the website fits this error.");
    }
    let document = site
        .error_document()
        .filter(|document| read(world, bucket, document, visit) == 200);
    let why = match status {
        403 => format!("Not everybody may read {key}: a website has no keys to show. See who may read it."),
        _ => format!("There is no object {key}."),
    };
    Fetched {
        status,
        key: document.map(str::to_owned),
        location: None,
        why,
    }
}

/// 200, 403 or 404: what a read without keys is answered with.
fn read(world: &World, bucket: &str, key: &str, visit: &Visit) -> u16 {
    let asked = Structure::new().with(field::BUCKET, bucket).with(field::KEY, key);
    let (_, stopped) = requests::pass(world, "GetObject", &asked, visit);
    if stopped.is_some() || !public::may_call(world, "GetObject", &asked, visit) {
        return 403;
    }
    let there = world.s3.buckets.get(&bucket.to_owned());
    match there.is_some_and(|row| shelf::object(row, key, None, "GET").is_ok()) {
        true => 200,
        false => 404,
    }
}

/// The Region of a bucket that an endpoint of this one does not answer for.
pub fn elsewhere(world: &World, bucket: &str, region: Region) -> Option<Region> {
    let own = world.s3.buckets.get(&bucket.to_owned())?.region;
    (own != region).then_some(own)
}

/// The host of a bucket's website.
pub fn host(bucket: &str, region: Region) -> String {
    format!("{bucket}.{}", endpoint(region))
}

/// The host below which the websites of a Region stand: with a hyphen in the elder ones, with a dot in the others.
/// Source: <https://docs.aws.amazon.com/general/latest/gr/s3.html#s3_website_region_endpoints>
pub fn endpoint(region: Region) -> String {
    let elder = [
        "us-east-1",
        "us-west-1",
        "us-west-2",
        "ap-southeast-1",
        "ap-southeast-2",
        "ap-northeast-1",
        "eu-west-1",
        "sa-east-1",
    ];
    let name = region.name();
    let joint = if elder.contains(&name) { '-' } else { '.' };
    format!("s3-website{joint}{name}.amazonaws.com")
}
