//! `cargo serve`, held to its word without AWS's tools: who may speak, what time it is, what bad input is answered, and its
//! own paths. Expectations: AWS's documentation of signing
//! (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html>), design.md for what is ours.

mod bad_input;
mod bodies;
mod buckets;
mod flags;
mod links;
mod shell;
mod signing;
mod time;

use stratus_serve::arguments::Options;
use stratus_serve::cloud::Cloud;
use stratus_wire::sigv4::{self, Credentials};
use stratus_wire::{Request, Response};

/// The machine's clock in these stories: 2026-01-01T00:00:00Z.
const WALL: i64 = 1_767_225_600_000;

/// A world and the keys of its administrator.
struct Story {
    cloud: Cloud,
    credentials: Credentials,
}

impl Story {
    fn new(options: &Options) -> Story {
        let cloud = Cloud::new(options, WALL);
        let (access_key, secret) = cloud.administrator();
        Story {
            cloud,
            credentials: Credentials {
                access_key,
                secret,
                token: None,
                region: "us-east-1".into(),
                service: "ec2".into(),
            },
        }
    }

    /// A request of EC2, not signed.
    fn form(body: &str) -> Request {
        Request {
            method: "POST".into(),
            path: "/".into(),
            headers: [
                ("host", "127.0.0.1:4566"),
                ("content-type", "application/x-www-form-urlencoded"),
            ]
            .into_iter()
            .collect(),
            body: body.into(),
            ..Request::default()
        }
    }

    fn signed(&self, body: &str, at: i64) -> Request {
        let mut request = Story::form(body);
        sigv4::sign(&mut request, &self.credentials, at);
        request
    }

    /// What EC2 answers, signed now.
    fn ec2(&mut self, body: &str) -> Response {
        let request = self.signed(&format!("{body}&Version=2016-11-15"), WALL);
        self.cloud.answer(&request, WALL)
    }
}

/// An answer's status, and the code of its error.
fn refused(response: &Response) -> (u16, String) {
    let text = String::from_utf8_lossy(&response.body);
    let code = text.split("<Code>").nth(1).and_then(|rest| rest.split('<').next());
    (response.status, code.unwrap_or("(no code)").to_owned())
}

/// The first element of this name in an answer.
fn element(response: &Response, name: &str) -> String {
    let text = String::from_utf8_lossy(&response.body).into_owned();
    let inner = text
        .split(&format!("<{name}>"))
        .nth(1)
        .and_then(|rest| rest.split('<').next());
    inner.unwrap_or_else(|| panic!("no {name} in {text}")).to_owned()
}
