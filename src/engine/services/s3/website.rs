//! What a bucket's website does with a path: which object it shows, where it sends a browser, and the page that tells an error.
//! One rule for guests, for the page and for `serve`, which differ only in how they read an object ([`Reader`]).
//! Sources: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-to-page-redirect.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/CustomErrorDocSupport.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/IndexDocumentSupport.html>

use super::documents::document;
use super::errors::{access_denied, no_such_bucket, not_set};
use super::presigned::escaped;
use super::public::{self, Visit};
use super::requests;
use super::shelf;
use crate::base::error::{Error, Result};
use crate::base::text::marked_up;
use crate::catalog::Region;
use crate::world::World;
use crate::world::objects::{DocumentKind, Object};
use std::fmt::Write as _;
use stratus_model::{Structure, field};

/// A bucket's website.
#[derive(Clone, Debug)]
pub struct Site(Structure);

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

impl Redirect {
    /// The `Location`; `own`: the host that was asked.
    pub fn location(&self, own: &str) -> String {
        let host = self.host.as_deref().unwrap_or(own);
        format!("{}://{host}/{}", self.protocol, escaped(&self.key))
    }
}

/// The website of a bucket.
///
/// # Errors
/// `NoSuchBucket`, `NoSuchWebsiteConfiguration`.
pub fn of(world: &World, bucket: &str) -> Result<Site> {
    let row = world.s3.buckets.get(&bucket.to_owned());
    let row = row.ok_or_else(|| no_such_bucket(bucket))?;
    let text = "The specified bucket does not have a website configuration";
    let found = document(row, DocumentKind::Website);
    found
        .map(|found| Site(found.clone()))
        .ok_or_else(|| not_set("NoSuchWebsiteConfiguration", text, bucket))
}

impl Site {
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

/// Who reads the objects of a website in the name of everybody.
pub trait Reader {
    /// An object that was read.
    type Object;
    /// Why none was.
    type Error;
    /// Reads the object of a key.
    ///
    /// # Errors
    /// As GetObject.
    fn read(&mut self, key: &str) -> std::result::Result<Self::Object, Self::Error>;
    /// The HTTP status of an error.
    fn status(error: &Self::Error) -> u16;
    /// Where an object sends a browser that is there for that (`x-amz-website-redirect-location`).
    fn leads(object: &Self::Object) -> Option<String>;
}

/// What a path of a website comes to.
#[derive(Debug)]
pub enum Found<R: Reader> {
    /// A browser is sent on.
    Sent {
        /// 301, 302, or what the rule says.
        status: u16,
        /// Where.
        location: String,
        /// Why, in a sentence.
        why: &'static str,
    },
    /// An object.
    Object(String, R::Object),
    /// The error document, in the place of an error.
    Document(R::Error, String, R::Object),
    /// An error, which a page of S3's own tells, and why the error document is not shown where there should be one.
    Failed(R::Error, Option<R::Error>),
}

/// What a path (without its first slash, its escapes read) of a bucket's website comes to. `host`: the host that was asked.
pub fn find<R: Reader>(site: &Site, host: &str, path: &str, reader: &mut R) -> Found<R> {
    if let Some(to) = site.redirect(path, None) {
        let why = "A redirection of the website's configuration fits this path.";
        return sent(to.status, to.location(host), why);
    }
    let key = site.object(path);
    let error = match reader.read(&key) {
        Ok(object) => {
            return match R::leads(&object) {
                Some(place) => sent(301, place, "The object is there to send browsers elsewhere."),
                None => Found::Object(key, object),
            };
        }
        Err(error) => error,
    };
    let status = R::status(&error);
    // 304, 412 and 416 are no errors of the site.
    if !matches!(status, 403 | 404) {
        return Found::Failed(error, None);
    }
    let folder = format!("{path}/");
    if !path.is_empty() && !path.ends_with('/') && reader.read(&site.object(&folder)).is_ok() {
        let why = "There is an index document behind that path and a slash.";
        return sent(302, format!("/{}", escaped(&folder)), why);
    }
    if let Some(to) = site.redirect(path, Some(status)) {
        return sent(
            to.status,
            to.location(host),
            "A routing rule of the website fits this error.",
        );
    }
    match site.error_document().map(|key| (key, reader.read(key))) {
        None => Found::Failed(error, None),
        Some((_, Err(other))) => Found::Failed(error, Some(other)),
        Some((key, Ok(object))) => Found::Document(error, key.to_owned(), object),
    }
}

fn sent<R: Reader>(status: u16, location: String, why: &'static str) -> Found<R> {
    Found::Sent { status, location, why }
}

/// An error as websites tell it: code, message, and what else is known, by name.
pub type Told<'a> = (&'a str, &'a str, Vec<(&'a str, &'a str)>);

/// The page that tells an error, and why the error document is not shown. `id`: of the request, where it has one.
pub fn error_page(status: u16, error: &Told<'_>, document: Option<&Told<'_>>, id: Option<&str>) -> String {
    let reason = match status {
        304 => "Not Modified",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        412 => "Precondition Failed",
        416 => "Requested Range Not Satisfiable",
        _ => "Error",
    };
    let title = format!("{status} {reason}");
    let mut text = format!("<html>\n<head><title>{title}</title></head>\n<body>\n<h1>{title}</h1>\n<ul>\n");
    listed(&mut text, error);
    if let Some(id) = id {
        item(&mut text, "RequestId", id);
    }
    text.push_str("</ul>\n");
    if let Some(error) = document {
        text.push_str("<h3>An Error Occurred While Attempting to Retrieve a Custom Error Document</h3>\n<ul>\n");
        listed(&mut text, error);
        text.push_str("</ul>\n");
    }
    text.push_str("<hr/>\n</body>\n</html>\n");
    text
}

fn listed(text: &mut String, (code, message, details): &Told<'_>) {
    item(text, "Code", code);
    item(text, "Message", message);
    for (name, value) in details {
        item(text, name, value);
    }
}

fn item(text: &mut String, name: &str, value: &str) {
    // A text of ours is always taken.
    let _ = writeln!(text, "<li>{name}: {}</li>", marked_up(value));
}

/// An error of the engine's, for [`error_page`].
pub fn told(error: &Error) -> Told<'_> {
    let details = error.details.iter().map(|(name, value)| (*name, value.as_str()));
    (error.code, &error.message, details.collect())
}

/// What a browser without keys gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// The HTTP status.
    pub status: u16,
    /// The key of the object whose bytes are shown; `None` = a page of S3's own, or none.
    pub key: Option<String>,
    /// S3's own page; empty where it shows none.
    pub page: String,
    /// Where it is sent.
    pub location: Option<String>,
    /// Why, in a sentence.
    pub why: String,
}

/// Reads in the world, for somebody who visits it so.
struct Look<'w> {
    world: &'w World,
    bucket: &'w str,
    visit: &'w Visit,
}

impl<'w> Reader for Look<'w> {
    type Object = &'w Object;
    type Error = Error;

    fn read(&mut self, key: &str) -> Result<&'w Object> {
        let asked = Structure::new().with(field::BUCKET, self.bucket).with(field::KEY, key);
        if let (_, Some(refusal)) = requests::pass(self.world, "GetObject", &asked, self.visit) {
            return Err(refusal);
        }
        if !public::may_call(self.world, "GetObject", &asked, self.visit) {
            return Err(access_denied());
        }
        shelf::object(super::named_bucket(self.world, self.bucket)?, key, None, "GET")
    }

    fn status(error: &Error) -> u16 {
        error.status
    }

    fn leads(object: &&'w Object) -> Option<String> {
        object.headers.get(field::WEBSITE_REDIRECT_LOCATION.text()).cloned()
    }
}

/// What somebody without keys gets for a path (without its first slash) of a bucket's website, who visits it so by the name `host`.
pub fn fetch(world: &World, bucket: &str, site: &Site, (host, path): (&str, &str), visit: &Visit) -> Fetched {
    let nothing = Fetched {
        status: 200,
        key: None,
        page: String::new(),
        location: None,
        why: String::new(),
    };
    let why = |error: &Error| match error.status {
        404 => format!("There is no object {}.", site.object(path)),
        _ => format!(
            "Not everybody may read {}: a website has no keys to show. See who may read it.",
            site.object(path)
        ),
    };
    match find(site, host, path, &mut Look { world, bucket, visit }) {
        Found::Sent { status, location, why } => Fetched {
            status,
            location: Some(location),
            why: why.to_owned(),
            ..nothing
        },
        Found::Object(key, _) => Fetched {
            why: match key == path {
                true => "The object of that key, which everybody may read.".to_owned(),
                false => format!("A path that ends in a slash shows its index document, {key}."),
            },
            key: Some(key),
            ..nothing
        },
        Found::Document(error, key, _) => Fetched {
            status: error.status,
            key: Some(key),
            why: why(&error),
            ..nothing
        },
        Found::Failed(error, document) => Fetched {
            status: error.status,
            page: error_page(error.status, &told(&error), document.as_ref().map(told).as_ref(), None),
            why: why(&error),
            ..nothing
        },
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
