//! Buckets that are open to everybody, and what their CORS rules say to browsers.
//! Expectations: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors-troubleshooting.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/RESTOPTIONSobject.html>

use crate::{Story, WALL, refused};
use stratus_serve::arguments::Options;
use stratus_wire::{Request, Response, sigv4};

pub(crate) fn request(line: &str, headers: &[(&'static str, &str)], body: &str) -> Request {
    let (method, target) = line.split_once(' ').unwrap_or((line, "/"));
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    Request {
        method: method.into(),
        path: path.into(),
        query: query.into(),
        headers: [("host", "127.0.0.1:4566")].iter().chain(headers).copied().collect(),
        body: body.into(),
    }
}

impl Story {
    /// The owner's request, which succeeds.
    fn owner(&mut self, line: &str, headers: &[(&'static str, &str)], body: &str) -> Response {
        self.credentials.service = "s3".into();
        let mut request = request(line, headers, body);
        sigv4::sign(&mut request, &self.credentials, WALL);
        let answer = self.cloud.answer(&request, WALL);
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        assert!(answer.status < 300, "{line}: {text}");
        answer
    }

    /// A request that nobody signed: status and code.
    fn anybody(&mut self, line: &str) -> (u16, String) {
        refused(&self.cloud.answer(&request(line, &[], ""), WALL))
    }

    fn policy(&mut self, statements: &str) {
        let text = format!("{{\"Version\":\"2012-10-17\",\"Statement\":[{statements}]}}");
        self.owner("PUT /my-bucket?policy", &[], &text);
    }
}

fn with_a_bucket() -> Story {
    let mut story = Story::new(&Options::default());
    story.owner("PUT /my-bucket", &[], "");
    story.owner("PUT /my-bucket/a.txt", &[("content-type", "text/plain")], "Hello");
    story
}

fn closed() -> (u16, String) {
    (403, "AccessDenied".into())
}

const OPEN: (u16, &str) = (200, "(no code)");
const READ: &str =
    r#"{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::my-bucket/*"}"#;
const LIST: &str =
    r#"{"Effect":"Allow","Principal":{"AWS":["*"]},"Action":"s3:List*","Resource":"arn:aws:s3:::my-bucket"}"#;

#[test]
fn a_policy_opens_a_bucket_once_nothing_blocks_it() {
    let mut story = with_a_bucket();
    let open = (OPEN.0, OPEN.1.to_owned());
    assert_eq!(story.anybody("GET /my-bucket/a.txt"), closed());
    // Who names a bucket that there is not hears so, with keys or without.
    assert_eq!(story.anybody("GET /no-such-bucket/a.txt"), (404, "NoSuchBucket".into()));
    story.owner("DELETE /my-bucket?publicAccessBlock", &[], "");
    story.policy(READ);
    assert_eq!(story.anybody("GET /my-bucket/a.txt"), open);
    assert_eq!(story.anybody("HEAD /my-bucket/a.txt").0, 200);
    // Who may not list is not told that an object is missing.
    assert_eq!(story.anybody("GET /my-bucket/b.txt"), closed());
    assert_eq!(story.anybody("GET /my-bucket"), closed());
    story.policy(&format!("{READ},{LIST}"));
    assert_eq!(story.anybody("GET /my-bucket?list-type=2"), open);
    assert_eq!(story.anybody("GET /my-bucket/b.txt"), (404, "NoSuchKey".into()));
    // To read is not to write, nor to read its settings.
    assert_eq!(story.anybody("PUT /my-bucket/b.txt"), closed());
    assert_eq!(story.anybody("DELETE /my-bucket/a.txt"), closed());
    assert_eq!(story.anybody("GET /my-bucket?policy"), closed());
    assert_eq!(story.anybody("POST /my-bucket/b.txt?uploads"), closed());
    let deny = r#"{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::my-bucket/a*"}"#;
    story.policy(&format!("{READ},{deny}"));
    assert_eq!(story.anybody("GET /my-bucket/a.txt"), closed());
    // What comes without TLS is kept out by many policies; this endpoint stands for one that has TLS.
    let plain = deny.replace(
        "\"Resource\"",
        r#""Condition":{"Bool":{"aws:SecureTransport":"false"}},"Resource""#,
    );
    story.policy(&format!("{READ},{plain}"));
    assert_eq!(story.anybody("GET /my-bucket/a.txt"), open);
    // A condition that says nothing is none.
    let empty = deny.replace("\"Resource\"", r#""Condition":{},"Resource""#);
    story.policy(&format!("{READ},{empty}"));
    assert_eq!(story.anybody("GET /my-bucket/a.txt"), closed());
    story.policy(&format!("{READ},{plain}"));
    // RestrictPublicBuckets closes it again, whatever the policy says.
    let block = "<PublicAccessBlockConfiguration><RestrictPublicBuckets>true</RestrictPublicBuckets></PublicAccessBlockConfiguration>";
    story.owner("PUT /my-bucket?publicAccessBlock", &[], block);
    assert_eq!(story.anybody("GET /my-bucket/a.txt"), closed());
}

#[test]
fn a_policy_for_some_is_none_for_everybody() {
    let mut story = with_a_bucket();
    story.owner("DELETE /my-bucket?publicAccessBlock", &[], "");
    for statement in [
        READ.replace("\"*\"", r#"{"AWS":"123456789012"}"#),
        READ.replace("/*", "/public/*"),
        READ.replace("GetObject", "GetObjectVersion"),
        READ.replace("\"Resource\"", FROM_BLOCK),
    ] {
        story.policy(&statement);
        assert_eq!(story.anybody("GET /my-bucket/a.txt"), closed(), "{statement}");
    }
}

const FROM_BLOCK: &str = r#""Condition":{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}},"Resource""#;

/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html>
#[test]
fn a_condition_is_asked_of_what_a_request_says_of_itself() {
    let mut story = with_a_bucket();
    story.owner("DELETE /my-bucket?publicAccessBlock", &[], "");
    let status = |story: &mut Story, headers: &[(&'static str, &str)]| {
        story
            .cloud
            .answer(&request("GET /my-bucket/a.txt", headers, ""), WALL)
            .status
    };
    story.policy(&READ.replace("\"Resource\"", FROM_BLOCK));
    // The socket's address stands in this header, or the client's, where proxies come between.
    assert_eq!(status(&mut story, &[("x-forwarded-for", "203.0.113.9")]), 200);
    assert_eq!(status(&mut story, &[("x-forwarded-for", "203.0.113.9, 10.0.0.1")]), 200);
    assert_eq!(status(&mut story, &[("x-forwarded-for", "::ffff:203.0.113.9")]), 200);
    assert_eq!(status(&mut story, &[("x-forwarded-for", "127.0.0.1")]), 403);
    let pages = r#""Condition":{"StringLike":{"aws:Referer":"https://www.example.com/*"},"StringNotLike":{"aws:UserAgent":"curl/*"}},"Resource""#;
    story.policy(&READ.replace("\"Resource\"", pages));
    let referer = ("referer", "https://www.example.com/a");
    assert_eq!(status(&mut story, &[referer]), 200);
    assert_eq!(status(&mut story, &[referer, ("user-agent", "curl/8.5.0")]), 403);
    assert_eq!(status(&mut story, &[("referer", "https://example.org/")]), 403);
    let tls = r#""Condition":{"Bool":{"aws:SecureTransport":"true"}},"Resource""#;
    story.policy(&READ.replace("\"Resource\"", tls));
    assert_eq!(status(&mut story, &[]), 200);
    assert_eq!(status(&mut story, &[("x-forwarded-proto", "http")]), 403);
    // What is signed is the owner's, whose own calls no condition closes yet.
    story.policy(&READ.replace("\"Resource\"", pages));
    story.owner("GET /my-bucket/a.txt", &[], "");
    let lists = LIST.replace(
        "\"Resource\"",
        r#""Condition":{"StringEquals":{"s3:prefix":"a"}},"Resource""#,
    );
    story.policy(&lists);
    assert_eq!(story.anybody("GET /my-bucket?list-type=2&prefix=a").0, 200);
    assert_eq!(story.anybody("GET /my-bucket?list-type=2"), closed());
    assert_eq!(story.anybody("GET /my-bucket?list-type=2&prefix=b"), closed());
}

#[test]
fn a_list_opens_an_object() {
    let mut story = with_a_bucket();
    story.owner("DELETE /my-bucket?publicAccessBlock", &[], "");
    let owners = "<OwnershipControls><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule></OwnershipControls>";
    story.owner("PUT /my-bucket?ownershipControls", &[], owners);
    assert_eq!(story.anybody("GET /my-bucket/a.txt"), closed());
    story.owner("PUT /my-bucket/a.txt?acl", &[("x-amz-acl", "public-read")], "");
    assert_eq!(story.anybody("GET /my-bucket/a.txt").0, 200);
    assert_eq!(story.anybody("GET /my-bucket"), closed());
    story.owner("PUT /my-bucket?acl", &[("x-amz-acl", "public-read-write")], "");
    assert_eq!(story.anybody("GET /my-bucket").0, 200);
    assert_eq!(story.anybody("PUT /my-bucket/b.txt").0, 200);
    // Nothing that a list says counts once ACLs are off.
    let block =
        "<PublicAccessBlockConfiguration><IgnorePublicAcls>true</IgnorePublicAcls></PublicAccessBlockConfiguration>";
    story.owner("PUT /my-bucket?publicAccessBlock", &[], block);
    assert_eq!(story.anybody("GET /my-bucket/a.txt"), closed());
}

const RULES: &str = "<CORSConfiguration><CORSRule><AllowedOrigin>https://*.example.com</AllowedOrigin><AllowedMethod>GET</AllowedMethod>\
                     <AllowedMethod>PUT</AllowedMethod><AllowedHeader>x-amz-*</AllowedHeader><ExposeHeader>ETag</ExposeHeader>\
                     <MaxAgeSeconds>3000</MaxAgeSeconds></CORSRule><CORSRule><AllowedOrigin>*</AllowedOrigin>\
                     <AllowedMethod>GET</AllowedMethod></CORSRule></CORSConfiguration>";

fn asked(story: &mut Story, origin: &str, method: &str, wanted: &str) -> Response {
    let mut headers = vec![("origin", origin), ("access-control-request-method", method)];
    if !wanted.is_empty() {
        headers.push(("access-control-request-headers", wanted));
    }
    story
        .cloud
        .answer(&request("OPTIONS /my-bucket/a.txt", &headers, ""), WALL)
}

#[test]
fn a_browser_may_ask_what_the_rules_allow() {
    let mut story = with_a_bucket();
    let off = asked(&mut story, "https://www.example.com", "GET", "");
    assert_eq!(refused(&off), (403, "AccessForbidden".into()));
    assert_eq!(
        crate::element(&off, "Message"),
        "CORSResponse: CORS is not enabled for this bucket."
    );
    story.owner("PUT /my-bucket?cors", &[], RULES);
    let told = asked(&mut story, "https://www.example.com", "PUT", "X-Amz-Meta-A, x-amz-acl");
    let header = |answer: &Response, name: &str| answer.headers.get(name).map(str::to_owned);
    for (name, value) in [
        ("access-control-allow-origin", "https://www.example.com"),
        ("access-control-allow-methods", "GET, PUT"),
        ("access-control-allow-headers", "x-amz-meta-a, x-amz-acl"),
        ("access-control-expose-headers", "ETag"),
        ("access-control-max-age", "3000"),
        ("access-control-allow-credentials", "true"),
        (
            "vary",
            "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
        ),
    ] {
        assert_eq!(header(&told, name).as_deref(), Some(value), "{name}");
    }
    assert_eq!((told.status, told.body.len()), (200, 0));
    for (origin, method, wanted) in [
        ("https://example.org", "PUT", ""),
        ("https://www.example.com", "DELETE", ""),
        ("https://www.example.com", "PUT", "content-type"),
    ] {
        let answer = asked(&mut story, origin, method, wanted);
        assert_eq!(
            refused(&answer),
            (403, "AccessForbidden".into()),
            "{origin} {method} {wanted}"
        );
        assert_eq!(header(&answer, "access-control-allow-origin"), None);
    }
    // The second rule is for everybody, so without credentials.
    let any = asked(&mut story, "https://example.org", "GET", "");
    assert_eq!(header(&any, "access-control-allow-origin").as_deref(), Some("*"));
    assert_eq!(header(&any, "access-control-allow-credentials"), None);
    // What is no preflight request.
    let bare = story.cloud.answer(&request("OPTIONS /my-bucket/a.txt", &[], ""), WALL);
    assert_eq!(refused(&bare), (400, "BadRequest".into()));
    assert_eq!(asked(&mut story, "https://example.org", "PATCH", "").status, 400);
    // The request itself, and what it is refused, are seen by the page as well.
    let read = story.owner("GET /my-bucket/a.txt", &[("origin", "https://www.example.com")], "");
    assert_eq!(
        header(&read, "access-control-allow-origin").as_deref(),
        Some("https://www.example.com")
    );
    let denied = request("GET /my-bucket/a.txt", &[("origin", "https://www.example.com")], "");
    let denied = story.cloud.answer(&denied, WALL);
    assert_eq!(
        (denied.status, header(&denied, "access-control-expose-headers")),
        (403, Some("ETag".into()))
    );
    let none = story.owner("GET /my-bucket/a.txt", &[], "");
    assert_eq!(header(&none, "access-control-allow-origin"), None);
}

#[test]
fn a_restoration_says_in_its_status_whether_it_begins() {
    let mut story = with_a_bucket();
    story.owner("PUT /my-bucket/cold", &[("x-amz-storage-class", "GLACIER")], "Hello");
    let days = "<RestoreRequest><Days>2</Days><GlacierJobParameters><Tier>Expedited</Tier></GlacierJobParameters></RestoreRequest>";
    assert_eq!(story.owner("POST /my-bucket/cold?restore", &[], days).status, 202);
    let later = request("POST /_stratus/advance?seconds=600", &[], "");
    assert_eq!(story.cloud.answer(&later, WALL).status, 200);
    assert_eq!(story.owner("POST /my-bucket/cold?restore", &[], days).status, 200);
}

impl Story {
    /// What the bucket's website shows to anybody.
    fn visit(&mut self, path: &str) -> Response {
        let mut request = request(&format!("GET {path}"), &[], "");
        request
            .headers
            .set("host", "my-bucket.s3-website-us-east-1.localhost:4566");
        self.cloud.answer(&request, WALL)
    }
}

fn to(answer: &Response) -> (u16, &str) {
    (answer.status, answer.headers.get("location").unwrap_or_default())
}

fn text(answer: &Response) -> String {
    String::from_utf8_lossy(&answer.body).into_owned()
}

const SITE: &str = "<WebsiteConfiguration><IndexDocument><Suffix>index.html</Suffix></IndexDocument>\
                    <ErrorDocument><Key>error.html</Key></ErrorDocument><RoutingRules>\
                    <RoutingRule><Condition><KeyPrefixEquals>docs/</KeyPrefixEquals></Condition>\
                    <Redirect><ReplaceKeyPrefixWith>documents/</ReplaceKeyPrefixWith></Redirect></RoutingRule>\
                    <RoutingRule><Condition><HttpErrorCodeReturnedEquals>404</HttpErrorCodeReturnedEquals>\
                    <KeyPrefixEquals>old/</KeyPrefixEquals></Condition><Redirect><HostName>www.example.com</HostName>\
                    <Protocol>https</Protocol><HttpRedirectCode>302</HttpRedirectCode></Redirect></RoutingRule>\
                    </RoutingRules></WebsiteConfiguration>";

#[test]
fn a_website_shows_what_is_open_to_everybody() {
    let mut story = with_a_bucket();
    assert!(text(&story.visit("/")).contains("<li>Code: NoSuchWebsiteConfiguration</li>"));
    story.owner("PUT /my-bucket?website", &[], SITE);
    story.owner(
        "PUT /my-bucket/index.html",
        &[("content-type", "text/html")],
        "<h1>Home</h1>",
    );
    story.owner(
        "PUT /my-bucket/blog/index.html",
        &[("content-type", "text/html")],
        "<h1>Blog</h1>",
    );
    let shut = story.visit("/");
    assert_eq!(shut.status, 403);
    assert!(text(&shut).contains("<li>Code: AccessDenied</li>"), "{}", text(&shut));
    story.owner("DELETE /my-bucket?publicAccessBlock", &[], "");
    story.policy(READ);
    let home = story.visit("/");
    assert_eq!(
        (home.status, home.headers.get("content-type")),
        (200, Some("text/html"))
    );
    assert_eq!(text(&home), "<h1>Home</h1>");
    assert_eq!(text(&story.visit("/blog/")), "<h1>Blog</h1>");
    assert_eq!(to(&story.visit("/blog")), (302, "/blog/"));
    assert_eq!(text(&story.visit("/a.txt")), "Hello");
    // Who may not list does not hear that it is missing.
    let missing = story.visit("/b%20c.txt");
    assert_eq!(
        (missing.status, missing.headers.get("x-amz-error-code")),
        (403, Some("AccessDenied"))
    );
    story.policy(&format!("{READ},{LIST}"));
    let missing = story.visit("/b%20c.txt");
    assert_eq!(
        (missing.status, missing.headers.get("x-amz-error-code")),
        (404, Some("NoSuchKey"))
    );
    assert!(text(&missing).contains("<li>Key: b c.txt</li>"), "{}", text(&missing));
    story.owner(
        "PUT /my-bucket/error.html",
        &[("content-type", "text/html")],
        "<h1>Gone</h1>",
    );
    let missing = story.visit("/b%20c.txt");
    assert_eq!((missing.status, text(&missing).as_str()), (404, "<h1>Gone</h1>"));
}

#[test]
fn a_website_sends_browsers_elsewhere() {
    let mut story = with_a_bucket();
    story.owner("PUT /my-bucket?website", &[], SITE);
    story.owner("DELETE /my-bucket?publicAccessBlock", &[], "");
    story.policy(&format!("{READ},{LIST}"));
    let own = "http://my-bucket.s3-website-us-east-1.localhost:4566";
    assert_eq!(
        to(&story.visit("/docs/a b.html")),
        (301, format!("{own}/documents/a%20b.html").as_str())
    );
    assert_eq!(
        to(&story.visit("/old/a.html")),
        (302, "https://www.example.com/old/a.html")
    );
    let moved = [("x-amz-website-redirect-location", "/a.txt")];
    story.owner("PUT /my-bucket/moved", &moved, "");
    assert_eq!(to(&story.visit("/moved")), (301, "/a.txt"));
    let all = "<WebsiteConfiguration><RedirectAllRequestsTo><HostName>example.org</HostName></RedirectAllRequestsTo></WebsiteConfiguration>";
    story.owner("PUT /my-bucket?website", &[], all);
    assert_eq!(to(&story.visit("/a.txt")), (301, "http://example.org/a.txt"));
    let mut put = request("PUT /a.txt", &[], "x");
    put.headers
        .set("host", "my-bucket.s3-website.eu-central-1.amazonaws.com");
    assert_eq!(story.cloud.answer(&put, WALL).status, 405);
    let mut none = request("GET /", &[], "");
    none.headers
        .set("host", "no-such-bucket.s3-website-us-east-1.amazonaws.com");
    let none = story.cloud.answer(&none, WALL);
    assert!(none.status == 404 && text(&none).contains("<li>Code: NoSuchBucket</li>"));
}

#[test]
fn what_the_answers_headers_should_be_only_signed_requests_may_say() {
    let mut story = with_a_bucket();
    story.owner("DELETE /my-bucket?publicAccessBlock", &[], "");
    story.policy(READ);
    let found = story.anybody("GET /my-bucket/a.txt?response-content-type=text%2Fhtml");
    assert_eq!(found, (400, "InvalidRequest".into()));
}
