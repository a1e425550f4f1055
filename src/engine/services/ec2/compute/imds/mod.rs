//! The instance metadata service (IMDS): what an instance is told of itself by HTTP at 169.254.169.254, with tokens (version 2)
//! and without (version 1). It answers what the world knows; nothing here says whether a packet comes so far ([`crate::network`]).
//! The only thing that an answer may change is the credentials of the instance's role, which are made when they are asked for.
//!
//! Sources: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html>,
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html>

mod interfaces;
mod roles;
mod tokens;
mod tree;

pub(super) use roles::role_of;

use crate::base::ids::InstanceId;
use crate::catalog::Region;
use crate::world::World;
use crate::world::compute::Instance;
use tree::{Leaf, Tree};

/// Headers of requests and answers.
pub(super) const TOKEN: &str = "X-aws-ec2-metadata-token";
pub(super) const TTL: &str = "X-aws-ec2-metadata-token-ttl-seconds";
pub(super) const FORWARDED: &str = "X-Forwarded-For";

/// Where tokens are made, whatever the version.
const TOKEN_PATH: &str = "latest/api/token";

/// Versions of the metadata, all with what the newest has (ours).
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html>
const VERSIONS: [&str; 28] = [
    "1.0",
    "2007-01-19",
    "2007-03-01",
    "2007-08-29",
    "2007-10-10",
    "2007-12-15",
    "2008-02-01",
    "2008-09-01",
    "2009-04-04",
    "2011-01-01",
    "2011-05-01",
    "2012-01-12",
    "2014-02-25",
    "2014-11-05",
    "2015-10-20",
    "2016-04-19",
    "2016-06-30",
    "2016-09-02",
    "2018-03-28",
    "2018-08-17",
    "2018-09-24",
    "2019-10-01",
    "2020-10-27",
    "2021-01-03",
    "2021-03-23",
    "2021-07-15",
    "2022-07-09",
    "latest",
];

/// A request.
pub(super) struct Asked<'a> {
    /// `GET`, `HEAD`, `PUT`.
    pub method: &'a str,
    /// What stands behind the address, without or with its first slash.
    pub path: &'a str,
    /// The token that it carries.
    pub token: Option<&'a str>,
    /// How many seconds the token that it wants shall last.
    pub ttl: Option<&'a str>,
    /// Whether it came through a proxy, as its headers say.
    pub forwarded: bool,
}

/// An answer.
pub(super) struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The text.
    pub body: String,
    /// `text/plain`, `text/html`.
    pub content_type: &'static str,
    /// Seconds that the token has left, if one was made or given.
    pub ttl: Option<i64>,
}

impl Answer {
    fn text(body: String, ttl: Option<i64>) -> Answer {
        Answer {
            status: 200,
            body,
            content_type: "text/plain",
            ttl,
        }
    }

    /// A page that says nothing but its status.
    fn status(status: u16) -> Answer {
        let title = match status {
            400 => "400 - Bad Request",
            401 => "401 - Unauthorized",
            403 => "403 - Forbidden",
            405 => "405 - Method Not Allowed",
            _ => "404 - Not Found",
        };
        let head = "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\"\n\t\"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">\n<html xmlns=\"http://www.w3.org/1999/xhtml\" xml:lang=\"en\" lang=\"en\">";
        Answer {
            status,
            body: format!(
                "{head}\n <head>\n  <title>{title}</title>\n </head>\n <body>\n  <h1>{title}</h1>\n </body>\n</html>\n"
            ),
            content_type: "text/html",
            ttl: None,
        }
    }
}

/// Answers a request of an instance's guest, which has come to the service.
pub(super) fn answer(world: &mut World, region: Region, id: InstanceId, asked: &Asked<'_>) -> Answer {
    let Some(row) = world.row::<Instance>(region, id) else {
        return Answer::status(404);
    };
    if !row.metadata.enabled {
        return Answer::status(403);
    }
    let path = asked.path.split(['?', '#']).next().unwrap_or_default();
    let path = path.trim_matches('/');
    match asked.method {
        "PUT" => return new_token(world, id, path, asked),
        "GET" | "HEAD" if path != TOKEN_PATH => {}
        _ => return Answer::status(405),
    }
    let left = match asked.token {
        Some(token) => match tokens::left(world, id, token) {
            Some(left) => Some(left),
            None => return Answer::status(401),
        },
        None if row.metadata.tokens_required => return Answer::status(401),
        None => None,
    };
    if path.is_empty() {
        return Answer::text(VERSIONS.join("\n"), left);
    }
    let (version, rest) = path.split_once('/').unwrap_or((path, ""));
    if !VERSIONS.contains(&version) {
        return Answer::status(404);
    }
    let found = Tree::of(world, region, row).take(rest);
    match found {
        Some(Leaf::Text(text)) => Answer::text(text, left),
        Some(Leaf::Credentials) => Answer::text(roles::credentials(world, region, id), left),
        None => Answer::status(404),
    }
}

/// A token, for a PUT to its path. Whatever else is put is forbidden, and so is all that came through a proxy.
fn new_token(world: &World, id: InstanceId, path: &str, asked: &Asked<'_>) -> Answer {
    if path != TOKEN_PATH || asked.forwarded {
        return Answer::status(403);
    }
    match asked.ttl.and_then(tokens::seconds) {
        Some(seconds) => Answer::text(tokens::make(world, id, seconds), Some(seconds)),
        None => Answer::status(400),
    }
}
