//! Who may speak.

use crate::{Story, WALL, refused};
use stratus_serve::arguments::Options;

const IDENTITY: &str = "Action=DescribeRegions&Version=2016-11-15";
const MINUTE: i64 = 60_000;

#[test]
fn the_administrator_is_known_by_the_keys_that_are_printed() {
    let mut story = Story::new(&Options::default());
    assert_eq!(story.ec2("Action=DescribeRegions").status, 200);
}

#[test]
fn a_wrong_secret_does_not_match() {
    let mut story = Story::new(&Options::default());
    story.credentials.secret.push('x');
    let request = story.signed(IDENTITY, WALL);
    assert_eq!(
        refused(&story.cloud.answer(&request, WALL)),
        (403, "SignatureDoesNotMatch".into())
    );
}

#[test]
fn what_was_changed_after_signing_does_not_match() {
    let mut story = Story::new(&Options::default());
    let mut request = story.signed(IDENTITY, WALL);
    request.body = b"Action=CreateVpc&CidrBlock=10.0.0.0%2F16&Version=2016-11-15".to_vec();
    assert_eq!(
        refused(&story.cloud.answer(&request, WALL)),
        (403, "SignatureDoesNotMatch".into())
    );
}

#[test]
fn an_unknown_key_is_refused_in_the_words_of_each_service_and_the_root_under_lenient() {
    for (lenient, expected) in [(false, (401, "AuthFailure")), (true, (200, "(no code)"))] {
        let options = Options {
            lenient,
            ..Options::default()
        };
        let mut story = Story::new(&options);
        story.credentials.access_key = "AKIAIOSFODNN7EXAMPLE".into();
        let request = story.signed(IDENTITY, WALL);
        assert_eq!(
            refused(&story.cloud.answer(&request, WALL)),
            (expected.0, expected.1.into())
        );
        story.credentials.service = "sts".into();
        let request = story.signed("Action=GetCallerIdentity&Version=2011-06-15", WALL);
        let response = story.cloud.answer(&request, WALL);
        if lenient {
            assert_eq!(crate::element(&response, "Arn"), "arn:aws:iam::123456789012:root");
        } else {
            assert_eq!(refused(&response), (403, "InvalidClientTokenId".into()));
        }
    }
}

#[test]
fn a_name_outside_its_pattern_is_refused_and_taken_under_lenient() {
    for (lenient, expected) in [(false, (400, "ValidationError")), (true, (200, "(no code)"))] {
        let options = Options {
            lenient,
            ..Options::default()
        };
        let mut story = Story::new(&options);
        story.credentials.service = "iam".into();
        let request = story.signed("Action=CreateUser&UserName=a%2Fb&Version=2010-05-08", WALL);
        let found = refused(&story.cloud.answer(&request, WALL));
        assert_eq!(found, (expected.0, expected.1.into()), "lenient: {lenient}");
        // What is too long is no matter of taste.
        let long = format!("Action=CreateUser&UserName={}&Version=2010-05-08", "a".repeat(65));
        let request = story.signed(&long, WALL);
        assert_eq!(
            refused(&story.cloud.answer(&request, WALL)),
            (400, "ValidationError".into())
        );
    }
}

#[test]
fn a_clock_that_is_off_by_more_than_a_quarter_of_an_hour_is_told() {
    for (minutes, expected) in [
        (-16, (403, "RequestTimeTooSkewed")),
        (-14, (200, "(no code)")),
        (14, (200, "(no code)")),
        (16, (403, "RequestTimeTooSkewed")),
    ] {
        let mut story = Story::new(&Options::default());
        let request = story.signed(IDENTITY, WALL + minutes * MINUTE);
        let found = refused(&story.cloud.answer(&request, WALL));
        assert_eq!(found, (expected.0, expected.1.into()), "{minutes} minutes");
    }
}

#[test]
fn nobody_is_refused_and_the_root_under_lenient() {
    let mut story = Story::new(&Options::default());
    let found = refused(&story.cloud.answer(&Story::form(IDENTITY), WALL));
    assert_eq!(found, (403, "MissingAuthenticationToken".into()));
    let options = Options {
        lenient: true,
        ..Options::default()
    };
    assert_eq!(
        Story::new(&options).cloud.answer(&Story::form(IDENTITY), WALL).status,
        200
    );
}

#[test]
fn keys_of_a_user_work_until_they_are_made_inactive() {
    let mut story = Story::new(&Options::default());
    story.credentials.service = "iam".into();
    let made = story.signed("Action=CreateUser&UserName=learner&Version=2010-05-08", WALL);
    assert_eq!(story.cloud.answer(&made, WALL).status, 200);
    let made = story.signed("Action=CreateAccessKey&UserName=learner&Version=2010-05-08", WALL);
    let key = story.cloud.answer(&made, WALL);
    let mut learner = Story::new(&Options::default());
    learner.credentials.access_key = crate::element(&key, "AccessKeyId");
    learner.credentials.secret = crate::element(&key, "SecretAccessKey");
    learner.credentials.service = "sts".into();
    let who = learner.signed("Action=GetCallerIdentity&Version=2011-06-15", WALL);
    let found = story.cloud.answer(&who, WALL);
    assert_eq!(crate::element(&found, "Arn"), "arn:aws:iam::123456789012:user/learner");
    let key = learner.credentials.access_key.clone();
    let told = {
        let request = format!("Action=UpdateAccessKey&UserName=learner&AccessKeyId={key}&Status=Inactive");
        let signed = story.signed(&format!("{request}&Version=2010-05-08"), WALL);
        story.cloud.answer(&signed, WALL)
    };
    assert_eq!(told.status, 200);
    assert_eq!(
        refused(&story.cloud.answer(&who, WALL)),
        (403, "InvalidClientTokenId".into())
    );
}
