//! Two judge presigned links of S3: `wire` those that come from outside, the engine those that are opened in the world. Here both
//! get the same request, and give the same answer: whose right it is and for which Region, or the same refusal. The one difference
//! is stated in the engine's: `wire` lets a clock be a quarter of an hour ahead.
//! Expectations: <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>.

use stratus_engine::principal::{KeyStatus, Principal};
use stratus_engine::services::s3::presigned::{self, Asked};
use stratus_engine::{Engine, Options};
use stratus_wire::sigv4::{self, Credentials, Secret};
use stratus_wire::{Headers, Request};

const HOST: &str = "lent.s3.us-east-1.amazonaws.com";
/// In milliseconds.
const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;

/// A world, and the keys of its administrator.
struct Links {
    engine: Engine,
    credentials: Credentials,
}

/// What the two say of a request: whose it is and its Region, or the code of a refusal.
#[derive(Debug, PartialEq)]
struct Judged {
    wire: Result<(String, String), String>,
    engine: Result<(String, String), String>,
}

impl Judged {
    /// The one answer of both.
    fn same(self, of: &str) -> Result<(String, String), String> {
        assert_eq!(self.wire, self.engine, "wire and engine, {of}");
        self.wire
    }
}

impl Links {
    fn new() -> Links {
        let engine = Engine::new(Options::default());
        let options = &engine.world().options;
        let credentials = Credentials {
            access_key: Principal::administrator(options).access_key,
            secret: Principal::administrator_secret(options),
            token: None,
            region: "us-east-1".into(),
            service: "s3".into(),
        };
        Links { engine, credentials }
    }

    fn now(&self) -> i64 {
        self.engine.world().now.0
    }

    /// A request for so many seconds from a moment on, which is so many milliseconds from now.
    fn signed(&self, mut request: Request, from_now: i64, seconds: i64) -> Request {
        sigv4::presign(&mut request, &self.credentials, self.now() + from_now, seconds);
        request
    }

    /// `GET /a.txt`, signed now for a minute.
    fn plain(&self) -> Request {
        self.signed(get("/a.txt", ""), 0, 60)
    }

    fn judged(&self, request: &Request) -> Judged {
        Judged {
            wire: self.wire(request),
            engine: self.engine(request),
        }
    }

    fn wire(&self, request: &Request) -> Result<(String, String), String> {
        let routed = stratus_wire::route(request).map_err(|refusal| refusal.error.code.to_string())?;
        let mut whose = String::new();
        let mut lookup = |key: &str, token: Option<&str>| {
            let known = self.engine.credentials(key, token)?;
            whose = known.principal.arn.clone();
            (known.status != KeyStatus::WrongToken).then_some(Secret(known.secret))
        };
        let signer = sigv4::verify(&routed.speech, request, self.now(), &mut lookup);
        match signer {
            Ok(signer) => Ok((whose, signer.region)),
            Err(refused) => Err(refused.error.code.to_string()),
        }
    }

    fn engine(&self, request: &Request) -> Result<(String, String), String> {
        let headers: Vec<(&str, &str)> = request.headers.iter().filter(|(name, _)| *name != "host").collect();
        let asked = Asked {
            method: &request.method,
            host: HOST,
            path: &request.path,
            query: &request.query,
            headers: &headers,
        };
        let link = presigned::judge(self.engine.world(), &asked).expect("its address is signed");
        match link {
            Ok(link) => Ok((link.signer.session, link.region.name().to_owned())),
            Err(error) => Err(error.code.to_string()),
        }
    }

    /// The code with which both refuse.
    fn refused(&self, request: &Request, of: &str) -> String {
        self.judged(request).same(of).expect_err(of)
    }
}

fn get(path: &str, query: &str) -> Request {
    Request {
        method: "GET".into(),
        path: path.into(),
        query: query.into(),
        headers: Headers::from_iter([("host", HOST)]),
        body: Vec::new(),
    }
}

/// A request with other words in its query, which stand there once.
fn changed(request: &Request, from: &str, to: &str) -> Request {
    assert_eq!(request.query.matches(from).count(), 1, "{from} in {}", request.query);
    Request {
        query: request.query.replace(from, to),
        ..request.clone()
    }
}

#[test]
fn both_take_a_link_that_holds() {
    let links = Links::new();
    let administrator = Principal::administrator(&Options::default()).arn;
    let mut typed = get("/a.txt", "");
    typed.method = "PUT".into();
    typed.headers.push("content-type", "text/plain;  charset=utf-8");
    let requests = [
        get("/a.txt", ""),
        get("/a%20b/%C3%BC.txt", ""),
        get("", ""),
        get("/a.txt", "response-content-type=text%2Fplain"),
        // A name that begins another stands before it.
        get("/a.txt", "a=1&a-b=2"),
        get("/a.txt", "x=%2f"),
        typed,
    ];
    for request in requests {
        let of = format!("{} {}?{}", request.method, request.path, request.query);
        let judged = links.judged(&links.signed(request, 0, 60));
        assert_eq!(
            judged.same(&of),
            Ok((administrator.clone(), "us-east-1".into())),
            "{of}"
        );
    }
}

#[test]
fn both_refuse_what_the_signature_is_not_of() {
    let links = Links::new();
    let mut forged = links.plain();
    let last = forged.query.pop();
    forged.query.push(if last == Some('0') { '1' } else { '0' });
    let mut other = links.plain();
    other.method = "PUT".into();
    let longer = changed(&links.plain(), "X-Amz-Expires=60", "X-Amz-Expires=61");
    for (of, request) in [
        ("a digit", forged),
        ("another method", other),
        ("a longer time", longer),
    ] {
        assert_eq!(links.refused(&request, of), "SignatureDoesNotMatch", "{of}");
    }
}

#[test]
fn both_refuse_a_key_and_a_token_that_nobody_has() {
    let mut links = Links::new();
    links.credentials.token = Some("bogus".into());
    assert_eq!(links.refused(&links.plain(), "a bogus token"), "InvalidToken");
    links.credentials.token = None;
    links.credentials.access_key = "AKIAIOSFODNN7EXAMPLE".into();
    assert_eq!(links.refused(&links.plain(), "an unknown key"), "InvalidAccessKeyId");
}

#[test]
fn both_refuse_a_query_that_is_no_whole_signature() {
    let links = Links::new();
    let plain = links.plain();
    let part = |name: &str| {
        let mut parts = plain.query.split('&');
        parts.find(|part| part.starts_with(name)).expect(name).to_owned()
    };
    let (date, credential) = (part("X-Amz-Date="), part("X-Amz-Credential="));
    let day = date
        .get("X-Amz-Date=".len()..date.len() - "T000000Z".len())
        .expect("a day");
    let expires = |text: &str| changed(&plain, "X-Amz-Expires=60", &format!("X-Amz-Expires={text}"));
    let requests = [
        ("no date", changed(&plain, &format!("{date}&"), "")),
        ("a time that is no number", expires("x")),
        ("a negative time", expires("-1")),
        ("more than a week", expires("604801")),
        (
            "a scope of another day",
            changed(&plain, &credential, &credential.replace(day, "20200229")),
        ),
    ];
    for (of, request) in requests {
        assert_eq!(links.refused(&request, of), "AuthorizationQueryParametersError", "{of}");
    }
}

#[test]
fn both_refuse_a_link_outside_its_time() {
    let links = Links::new();
    let made = |from_now: i64| links.signed(get("/a.txt", ""), from_now, 60);
    assert!(links.judged(&made(-60 * SECOND)).same("its last second").is_ok());
    assert_eq!(links.refused(&made(-61 * SECOND), "a second too late"), "AccessDenied");
    assert_eq!(
        links.refused(&made(20 * MINUTE), "20 minutes too early"),
        "AccessDenied"
    );
}

#[test]
fn only_from_outside_may_a_clock_be_ahead_by_less_than_a_quarter_of_an_hour() {
    let links = Links::new();
    let judged = links.judged(&links.signed(get("/a.txt", ""), 5 * MINUTE, 60));
    assert!(judged.wire.is_ok(), "{judged:?}");
    assert_eq!(judged.engine, Err("AccessDenied".into()));
}

#[test]
fn both_sign_the_same_characters() {
    let links = Links::new();
    let keys = (links.credentials.access_key.as_str(), links.credentials.secret.as_str());
    for path in ["/a.txt", "/a%20b/%C3%BC.txt", ""] {
        let query = links.signed(get(path, ""), 0, 60).query;
        let url = presigned::sign((HOST, path), "us-east-1", keys, links.engine.world().now, "60");
        assert_eq!(url, format!("https://{HOST}{path}?{query}"));
    }
}
