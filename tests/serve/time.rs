//! How time passes, and the paths of ours.

use crate::buckets::request;
use crate::{Story, WALL, element, refused};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use stratus_engine::base::sigv4::Scope;
use stratus_engine::base::time::Time;
use stratus_serve::arguments::Options;
use stratus_serve::pace::Pace;
use stratus_wire::Request;
use stratus_wire::sigv4;

fn at(pace: Pace) -> Story {
    Story::new(&Options {
        pace,
        ..Options::default()
    })
}

fn ours(story: &mut Story, method: &str, path: &str, query: &str) -> (u16, String) {
    let request = request(&format!("{method} /_stratus/{path}?{query}"), &[], "");
    let response = story.cloud.answer(&request, WALL);
    (response.status, String::from_utf8_lossy(&response.body).into_owned())
}

/// Launches an instance, and says its state now and when it is asked for the next time.
fn launch(story: &mut Story) -> (String, String) {
    let images =
        story.ec2("Action=DescribeImages&Owner.1=amazon&Filter.1.Name=name&Filter.1.Value.1=al2023-ami-2023*x86_64");
    let image = element(&images, "imageId");
    let body = format!("Action=RunInstances&ImageId={image}&InstanceType=t3.micro&MinCount=1&MaxCount=1");
    let launched = element(&story.ec2(&body), "name");
    (launched, element(&story.ec2("Action=DescribeInstances"), "name"))
}

#[test]
fn instant_has_done_every_pending_change_before_the_next_call() {
    let (launched, then) = launch(&mut at(Pace::Instant));
    assert_eq!((launched.as_str(), then.as_str()), ("pending", "running"));
}

#[test]
fn instant_brings_a_windows_password_too() {
    let mut story = at(Pace::Instant);
    story.ec2("Action=CreateKeyPair&KeyName=first");
    let images = story.ec2(
        "Action=DescribeImages&Owner.1=amazon&Filter.1.Name=name&Filter.1.Value.1=Windows_Server-2022-English-Full-Base-*",
    );
    let image = element(&images, "imageId");
    let launched = story.ec2(&format!(
        "Action=RunInstances&ImageId={image}&InstanceType=t3.medium&KeyName=first&MinCount=1&MaxCount=1"
    ));
    let instance = element(&launched, "instanceId");
    let told = story.ec2(&format!("Action=GetPasswordData&InstanceId={instance}"));
    assert_ne!(element(&told, "passwordData"), "", "{told:?}");
}

#[test]
fn manual_stands_still_until_it_is_advanced() {
    let mut story = at(Pace::Manual);
    let (launched, then) = launch(&mut story);
    assert_eq!((launched.as_str(), then.as_str()), ("pending", "pending"));
    let (status, told) = ours(&mut story, "POST", "advance", "seconds=120");
    assert_eq!(status, 200, "{told}");
    assert!(told.contains("2025-03-03T09:02:00Z"), "{told}");
    assert_eq!(element(&story.ec2("Action=DescribeInstances"), "name"), "running");
}

#[test]
fn real_and_its_multiples_follow_the_machines_clock() {
    for (pace, start) in [
        (Pace::Real, "2026-01-01T00:01:00Z"),
        (Pace::Times(60), "2025-03-03T10:00:00Z"),
    ] {
        let mut story = at(pace);
        let request = story.signed("Action=DescribeInstances&Version=2016-11-15", WALL);
        story.cloud.answer(&request, WALL + 60_000);
        assert_eq!(story.cloud.engine().world().now.iso8601(), start);
    }
}

/// A call changes the world itself, and one that fails has it made anew from an older one: however many calls ago that was.
#[test]
fn a_failure_leaves_the_world_as_it_was_however_many_calls_succeeded() {
    let mut story = Story::new(&Options::default());
    for number in 0..300 {
        let made = story.ec2(&format!(
            "Action=CreateSecurityGroup&GroupName=group-{number}&GroupDescription=one"
        ));
        assert_eq!(made.status, 200);
        // The older world is kept for 64 calls, and for 128 where none of those failed.
        if [0, 63, 64, 65, 66, 190, 195, 299].contains(&number) {
            let before = story.cloud.engine().digest();
            let again = story.ec2("Action=CreateSecurityGroup&GroupName=group-0&GroupDescription=one");
            assert_eq!(refused(&again), (400, "InvalidGroup.Duplicate".into()));
            assert_eq!(story.cloud.engine().digest(), before, "after {number}");
        }
    }
}

#[test]
fn reset_begins_again_with_the_same_digest() {
    let mut story = at(Pace::Instant);
    let (_, fresh) = ours(&mut story, "GET", "digest", "");
    launch(&mut story);
    let (_, later) = ours(&mut story, "GET", "digest", "");
    assert_ne!(fresh, later);
    assert_eq!(ours(&mut story, "POST", "reset", ""), (200, fresh));
}

#[test]
fn the_log_is_a_file_that_the_page_opens_to_the_same_world() {
    let mut story = at(Pace::Instant);
    launch(&mut story);
    let (status, text) = ours(&mut story, "GET", "log", "");
    assert_eq!(status, 200);
    let opened = stratus_classroom::File::from_text(&text).and_then(|file| file.open());
    let opened = opened.unwrap_or_else(|error| panic!("{error}"));
    assert!(opened.faithful && opened.problems.is_empty(), "{:?}", opened.problems);
    assert_eq!(opened.engine.digest(), story.cloud.engine().digest());
}

#[test]
fn operations_lists_what_is_simulated() {
    let (status, text) = ours(&mut at(Pace::Instant), "GET", "operations", "");
    assert_eq!(status, 200);
    let listed: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    assert!(
        text.contains("\"RunInstances\"") && !text.contains("\"DescribeAutoScalingGroups\""),
        "{text}"
    );
    // What is listed is what does not answer 501, operation for operation.
    let mut engine = stratus_engine::Engine::new(Options::default().world);
    for service in stratus_model::model().services() {
        let of_service = listed[service.name]["simulated"].as_array();
        for operation in service.operations() {
            let answer = engine.call(
                stratus_engine::catalog::Region::US_EAST_1,
                service.name,
                operation.name,
                stratus_model::Structure::new(),
            );
            let unknown =
                |error: &stratus_engine::Error| error.status == 501 && error.message.ends_with("is not simulated yet.");
            let is_simulated = !answer.as_ref().is_err_and(unknown);
            let is_listed = of_service.is_some_and(|list| list.iter().any(|name| name == operation.name));
            let name = format!("{}:{}", service.name, operation.name);
            assert_eq!(is_listed, is_simulated, "{name}");
        }
    }
}

#[test]
fn what_is_asked_wrongly_is_told_what_there_is() {
    let mut story = at(Pace::Instant);
    for (method, path, query, status) in [
        ("POST", "advance", "", 400),
        ("POST", "advance", "seconds=-1", 400),
        ("POST", "advance", "seconds=99999999999999999999", 400),
        ("POST", "advance", "seconds=1e9", 400),
        ("GET", "reset", "", 405),
        ("POST", "log", "", 405),
        ("GET", "nonsense", "", 404),
    ] {
        let (found, told) = ours(&mut story, method, path, query);
        assert_eq!(found, status, "{method} {path}?{query}: {told}");
    }
}

#[test]
fn a_page_of_another_site_may_not_use_our_paths() {
    let mut story = at(Pace::Instant);
    let mut request = request("POST /_stratus/reset", &[("origin", "https://www.example.com")], "");
    assert_eq!(story.cloud.answer(&request, WALL).status, 403);
    request.headers.set("origin", "http://127.0.0.1:4566");
    assert_eq!(story.cloud.answer(&request, WALL).status, 200);
}

#[test]
fn an_answer_that_was_kept_is_the_one_that_would_be_made_now() {
    let mut story = at(Pace::Instant);
    launch(&mut story);
    let same = |one: &stratus_wire::Response, other: &stratus_wire::Response| {
        let text = |response: &stratus_wire::Response| {
            let id = element(response, "requestId");
            (String::from_utf8_lossy(&response.body).replace(&id, "ID"), id)
        };
        let ((one, first), (other, second)) = (text(one), text(other));
        assert_ne!(first, second, "every request has an id of its own");
        one == other
    };
    let first = story.ec2("Action=DescribeInstances");
    let again = story.ec2("Action=DescribeInstances");
    assert!(same(&first, &again));
    let instance = element(&first, "instanceId");
    story.ec2(&format!(
        "Action=CreateTags&ResourceId.1={instance}&Tag.1.Key=Name&Tag.1.Value=web"
    ));
    let tagged = story.ec2("Action=DescribeInstances");
    assert!(!same(&again, &tagged), "a change shows at once");
}

/// A story with an object, and what a link to it answers that is opened at a moment.
fn lent(pace: Pace) -> Story {
    let mut story = at(pace);
    story.credentials.service = "s3".into();
    for (line, body) in [("PUT /my-bucket", ""), ("PUT /my-bucket/a.txt", "hello")] {
        let mut put = request(line, &[], body);
        sigv4::sign(&mut put, &story.credentials, WALL);
        assert_eq!(story.cloud.answer(&put, WALL).status, 200);
    }
    story
}

/// A link to the object that holds for a minute, signed so many milliseconds after the beginning.
fn link(story: &Story, millis: i64) -> Request {
    let mut request = request("GET /my-bucket/a.txt", &[], "");
    sigv4::presign(&mut request, &story.credentials, WALL + millis, 60);
    request
}

fn opened(story: &mut Story, link: &Request, millis: i64) -> u16 {
    let response = story.cloud.answer(link, WALL + millis);
    if response.status == 403 {
        let text = String::from_utf8_lossy(&response.body);
        assert!(text.contains("Request has expired"), "{text}");
    }
    response.status
}

fn advanced(story: &mut Story, seconds: i64, millis: i64) {
    let request = request(&format!("POST /_stratus/advance?seconds={seconds}"), &[], "");
    assert_eq!(story.cloud.answer(&request, WALL + millis).status, 200);
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html>: a link holds until its time is over, which
/// runs on the world's clock.
#[test]
fn a_link_ends_by_waiting_where_the_clock_runs_by_itself() {
    for (pace, last, first) in [
        (Pace::Real, 60_000, 60_001),
        (Pace::Instant, 60_000, 60_001),
        (Pace::Times(60), 1_000, 2_000),
    ] {
        let mut story = lent(pace);
        let link = link(&story, 0);
        assert_eq!(opened(&mut story, &link, last), 200, "{pace:?}");
        assert_eq!(opened(&mut story, &link, first), 403, "{pace:?}");
    }
    let mut story = lent(Pace::Manual);
    let link = link(&story, 0);
    assert_eq!(opened(&mut story, &link, 3_600_000), 200, "the clock stands still");
}

#[test]
fn a_link_ends_by_an_advance_of_the_clock() {
    for pace in [Pace::Manual, Pace::Instant, Pace::Real, Pace::Times(2)] {
        let mut story = lent(pace);
        let early = link(&story, 0);
        advanced(&mut story, 59, 1_000);
        // Twice as fast, four seconds are over besides.
        let shown = if pace == Pace::Times(2) { 403 } else { 200 };
        assert_eq!(opened(&mut story, &early, 3_000), shown, "{pace:?}");
        advanced(&mut story, 100_000, 3_000);
        assert_eq!(opened(&mut story, &early, 3_000), 403, "{pace:?}");
        // What was signed after it has its whole time before it; so has what was signed in the same second.
        for millis in [3_500, 4_000] {
            let late = link(&story, millis);
            assert_eq!(opened(&mut story, &late, 4_000), 200, "{pace:?}, {millis}");
        }
    }
}

#[test]
fn a_link_that_was_opened_before_an_advance_is_known_again() {
    let mut story = lent(Pace::Manual);
    let link = link(&story, 0);
    assert_eq!(opened(&mut story, &link, 100), 200);
    advanced(&mut story, 100_000, 200);
    assert_eq!(opened(&mut story, &link, 300), 403);
}

/// A form for the bucket whose policy ends a minute after it was signed.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html>
fn form(story: &Story, millis: i64) -> Request {
    let signed = WALL + millis;
    let scope = Scope::new(Time(signed), "us-east-1", "s3");
    let credential = format!("{}/{}", story.credentials.access_key, scope.text());
    let policy = serde_json::json!({
        "expiration": stratus_model::time::iso8601(signed + 60_000),
        "conditions": [
            {"bucket": "my-bucket"}, {"key": "b.txt"}, {"x-amz-algorithm": "AWS4-HMAC-SHA256"},
            {"x-amz-credential": credential}, {"x-amz-date": scope.stamp},
        ],
    });
    let policy = BASE64.encode(policy.to_string());
    let signature = scope.signature(&story.credentials.secret, &policy);
    let mut body = String::new();
    for (name, value) in [
        ("key", "b.txt"),
        ("x-amz-algorithm", "AWS4-HMAC-SHA256"),
        ("x-amz-credential", &credential),
        ("x-amz-date", &scope.stamp),
        ("policy", &policy),
        ("x-amz-signature", &signature),
    ] {
        body.push_str(&format!(
            "--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        ));
    }
    body.push_str("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"b.txt\"\r\n\r\nhello\r\n--x--\r\n");
    let headers = [("content-type", "multipart/form-data; boundary=x")];
    request("POST /my-bucket", &headers, &body)
}

fn sent(story: &mut Story, form: &Request, millis: i64) -> u16 {
    let response = story.cloud.answer(form, WALL + millis);
    if response.status == 403 {
        let text = String::from_utf8_lossy(&response.body);
        assert!(text.contains("Invalid according to Policy: Policy expired."), "{text}");
    }
    response.status
}

/// As with links.
#[test]
fn a_form_ends_when_its_policy_does_in_the_world() {
    for (pace, last, first) in [
        (Pace::Real, 60_000, 60_001),
        (Pace::Instant, 60_000, 60_001),
        (Pace::Times(60), 1_000, 2_000),
    ] {
        let mut story = lent(pace);
        let form = form(&story, 0);
        assert_eq!(sent(&mut story, &form, last), 204, "{pace:?}");
        assert_eq!(sent(&mut story, &form, first), 403, "{pace:?}");
    }
    let mut story = lent(Pace::Manual);
    let early = form(&story, 0);
    assert_eq!(sent(&mut story, &early, 3_600_000), 204, "the clock stands still");
    advanced(&mut story, 100_000, 3_600_000);
    assert_eq!(sent(&mut story, &early, 3_600_000), 403);
    let late = form(&story, 3_601_000);
    assert_eq!(sent(&mut story, &late, 3_601_000), 204);
}

#[test]
fn a_link_of_tomorrow_is_not_yet_valid() {
    let mut story = lent(Pace::Real);
    let link = link(&story, 86_400_000);
    let response = story.cloud.answer(&link, WALL);
    let text = String::from_utf8_lossy(&response.body);
    assert_eq!(refused(&response), (403, "AccessDenied".into()));
    assert!(text.contains("<Message>Request is not yet valid</Message>"), "{text}");
}
