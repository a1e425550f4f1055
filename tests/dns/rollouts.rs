//! Rolling deployments: the calls of the lesson, what one does with them, and the picture as text. A line of the picture is a
//! minute: what the name servers say, then for each kind of client how many use blue and green, and how many of their requests
//! fail.
//!
//! `UPDATE_EXPECT=1` writes what was found, to be read before it is believed.

use expect_test::{Expect, expect};
use std::fmt::Write;
use stratus_engine::base::time::{Span, Time};
use stratus_engine::catalog::Region;
use stratus_engine::dns::rollout::lesson::{self, Weighted};
use stratus_engine::dns::rollout::{self, EVERY, End, Question, Rollout};
use stratus_engine::dns::{Asker, study};
use stratus_engine::network::{Fix, FixCall, fixes};
use stratus_engine::services::route53::checking::opinions;
use stratus_engine::{Engine, Options};
use stratus_model::{Structure, field};

fn call(engine: &mut Engine, service: &str, operation: &str, params: Structure) {
    engine.call(Region::US_EAST_1, service, operation, params).unwrap();
}

fn advance(engine: &mut Engine, seconds: f64) {
    call(
        engine,
        "stratus",
        "AdvanceClock",
        Structure::new().with(field::SECONDS, seconds),
    );
}

/// The lesson's world, ten minutes old.
fn world() -> (Engine, Weighted) {
    let mut engine = Engine::new(Options::default());
    call(
        &mut engine,
        "stratus",
        "SetTiming",
        Structure::new()
            .with(field::NAME, "route53.in-sync")
            .with(field::MINIMUM_MILLIS, 30_000_i64)
            .with(field::MAXIMUM_MILLIS, 30_000_i64),
    );
    let fix = lesson::setup(engine.world());
    fixes::apply(&mut engine, Region::US_EAST_1, &fix).unwrap();
    advance(&mut engine, 600.0);
    let of = lesson::weighted(engine.world()).remove(0);
    (engine, of)
}

/// `shift 90 10`, `break blue`, `mend blue`, `wait 60`.
fn act(engine: &mut Engine, of: &Weighted, line: &str) {
    let words: Vec<&str> = line.split(' ').collect();
    match words.as_slice() {
        ["shift", weights @ ..] => {
            let weights: Vec<i64> = weights.iter().map(|weight| weight.parse().unwrap()).collect();
            let params = lesson::shift(engine.world(), of, &weights);
            call(engine, "route53", "ChangeResourceRecordSets", params);
        }
        ["break", fleet] | ["mend", fleet] => {
            let found = lesson::fleet(engine.world(), of, fleet).unwrap();
            let params = Structure::new()
                .with(field::INSTANCE_ID, found.instance.to_string())
                .with(field::PROTOCOL, "tcp")
                .with(field::PORT, i64::from(found.port));
            match found.listens {
                true => call(engine, "stratus", "StopListener", params),
                false => call(engine, "stratus", "StartListener", params.with(field::PROGRAM, "nginx")),
            }
        }
        ["wait", seconds] => advance(engine, seconds.parse().unwrap()),
        _ => panic!("{line}"),
    }
}

fn question(of: &Weighted) -> Question {
    Question {
        zone: of.zone,
        name: of.name.clone(),
        record_type: of.record_type.clone(),
        restart: Some(Span::minutes(15)),
    }
}

fn minute(at: Time) -> String {
    let text = at.iso8601();
    text.get(11..19).unwrap_or(&text).to_owned()
}

fn told(picture: &Rollout) -> String {
    let mut text = String::new();
    for mark in &picture.marks {
        writeln!(text, "{} {:?} {}", minute(mark.at), mark.what, mark.text).unwrap();
    }
    let every = usize::try_from(60_000 / EVERY.0).unwrap();
    for step in (0..picture.steps()).step_by(every) {
        let said: Vec<String> = picture.said[step]
            .iter()
            .take(picture.records.len())
            .map(|chance| format!("{:.0}", chance * 100.0))
            .collect();
        write!(text, "{} {}", minute(picture.at(step)), said.join("/")).unwrap();
        for crowd in &picture.crowds {
            let served: Vec<String> = crowd.served[step]
                .iter()
                .take(picture.records.len())
                .map(u32::to_string)
                .collect();
            let failed: u32 = crowd.failed[step].iter().sum();
            write!(text, " | {}", served.join(" ")).unwrap();
            if failed > 0 {
                write!(text, " ✕{failed}").unwrap();
            }
        }
        text.push('\n');
    }
    let end = match picture.end {
        End::Open => "nobody has to move".to_owned(),
        End::Moved(at) => format!("moved at {}", minute(at)),
        End::Stuck => "some never move".into(),
    };
    writeln!(text, "{end}").unwrap();
    for crowd in &picture.crowds {
        if let Some(hurt) = crowd.hurt {
            writeln!(
                text,
                "{:?}: {} hurt, the longest for {} s",
                crowd.kind,
                hurt.clients,
                hurt.longest.0 / 1000
            )
            .unwrap();
        }
    }
    text
}

fn check(lines: &[&str], expected: &Expect) {
    let (mut engine, of) = world();
    for line in lines {
        act(&mut engine, &of, line);
    }
    let digest = engine.digest();
    let picture = rollout::picture(&engine, &question(&of)).unwrap();
    expected.assert_eq(&told(&picture));
    assert_eq!(engine.digest(), digest, "asking changes nothing");
    assert_eq!(
        rollout::picture(&engine, &question(&of)).unwrap(),
        picture,
        "the same question has the same answer"
    );
}

#[test]
fn clients_follow_as_their_caches_let_them() {
    check(
        &["shift 0 100"],
        &expect![[r#"
            09:10:00 Asked Asked for: blue 0, green 100
            09:10:30 Served In sync: blue weight 0, green weight 100
            09:05:00 100/0 | 36 0 | 12 0 | 12 0
            09:06:00 100/0 | 36 0 | 12 0 | 12 0
            09:07:00 100/0 | 36 0 | 12 0 | 12 0
            09:08:00 100/0 | 36 0 | 12 0 | 12 0
            09:09:00 100/0 | 36 0 | 12 0 | 12 0
            09:10:00 100/0 | 36 0 | 12 0 | 12 0
            09:11:00 0/100 | 13 23 | 9 3 | 12 0
            09:12:00 0/100 | 0 36 | 4 8 | 12 0
            09:13:00 0/100 | 0 36 | 0 12 | 11 1
            09:14:00 0/100 | 0 36 | 0 12 | 11 1
            09:15:00 0/100 | 0 36 | 0 12 | 11 1
            09:16:00 0/100 | 0 36 | 0 12 | 10 2
            09:17:00 0/100 | 0 36 | 0 12 | 8 4
            09:18:00 0/100 | 0 36 | 0 12 | 7 5
            09:19:00 0/100 | 0 36 | 0 12 | 6 6
            09:20:00 0/100 | 0 36 | 0 12 | 5 7
            09:21:00 0/100 | 0 36 | 0 12 | 4 8
            09:22:00 0/100 | 0 36 | 0 12 | 2 10
            09:23:00 0/100 | 0 36 | 0 12 | 2 10
            09:24:00 0/100 | 0 36 | 0 12 | 1 11
            09:25:00 0/100 | 0 36 | 0 12 | 0 12
            09:26:00 0/100 | 0 36 | 0 12 | 0 12
            moved at 09:24:10
        "#]],
    );
}

#[test]
fn what_was_looked_ahead_is_what_comes() {
    let (mut engine, of) = world();
    act(&mut engine, &of, "shift 50 50");
    let before = rollout::picture(&engine, &question(&of)).unwrap();
    act(&mut engine, &of, "wait 300");
    let after = rollout::picture(&engine, &question(&of)).unwrap();
    // From the same beginning on, minute by minute, the past is what the future was.
    let shift = usize::try_from((after.begins.0 - before.begins.0) / EVERY.0).unwrap();
    for (crowd, was) in after.crowds.iter().zip(&before.crowds) {
        let common = was.served.len() - shift;
        assert_eq!(
            crowd.served[..common.min(crowd.served.len())],
            was.served[shift..][..common.min(crowd.served.len())]
        );
    }
}

#[test]
fn a_broken_fleet_fails_over_and_hurts_whom_caches_hold() {
    check(
        &["break blue", "wait 120"],
        &expect![[r#"
            09:10:00 Endpoint blue does not answer any more at 3.93.44.51: Connection refused
            09:10:28 Health blue is unhealthy: 2 of 16 checkers say healthy, and more than 18 % must.
            09:07:00 100/0 | 36 0 | 12 0 | 12 0
            09:08:00 100/0 | 36 0 | 12 0 | 12 0
            09:09:00 100/0 | 36 0 | 12 0 | 12 0
            09:10:00 100/0 | 36 0 ✕36 | 12 0 ✕12 | 12 0 ✕12
            09:11:00 0/100 | 13 23 ✕13 | 9 3 ✕9 | 12 0 ✕12
            09:12:00 0/100 | 0 36 | 4 8 ✕4 | 12 0 ✕12
            09:13:00 0/100 | 0 36 | 0 12 | 11 1 ✕11
            09:14:00 0/100 | 0 36 | 0 12 | 11 1 ✕11
            09:15:00 0/100 | 0 36 | 0 12 | 11 1 ✕11
            09:16:00 0/100 | 0 36 | 0 12 | 10 2 ✕10
            09:17:00 0/100 | 0 36 | 0 12 | 8 4 ✕8
            09:18:00 0/100 | 0 36 | 0 12 | 7 5 ✕7
            09:19:00 0/100 | 0 36 | 0 12 | 6 6 ✕6
            09:20:00 0/100 | 0 36 | 0 12 | 5 7 ✕5
            09:21:00 0/100 | 0 36 | 0 12 | 4 8 ✕4
            09:22:00 0/100 | 0 36 | 0 12 | 2 10 ✕2
            09:23:00 0/100 | 0 36 | 0 12 | 2 10 ✕2
            09:24:00 0/100 | 0 36 | 0 12 | 1 11 ✕1
            09:25:00 0/100 | 0 36 | 0 12 | 0 12
            09:26:00 0/100 | 0 36 | 0 12 | 0 12
            moved at 09:24:10
            Honest: 36 hurt, the longest for 85 s
            Twice: 12 hurt, the longest for 140 s
            Forever: 12 hurt, the longest for 850 s
        "#]],
    );
}

#[test]
fn ten_thousand_questions_follow_the_weights() {
    let (mut engine, of) = world();
    act(&mut engine, &of, "shift 70 30");
    act(&mut engine, &of, "wait 60");
    let from = Asker::read("berlin").unwrap();
    let shares = study::shares(engine.world(), from, &of.name, "A").unwrap().unwrap();
    let counts: Vec<(f64, u32)> = shares
        .rows
        .iter()
        .map(|row| (row.expected.round(), row.observed))
        .collect();
    assert_eq!(
        counts.iter().map(|(expected, _)| *expected).collect::<Vec<_>>(),
        [7000.0, 3000.0]
    );
    assert_eq!(
        counts.iter().map(|(_, observed)| observed).sum::<u32>(),
        study::QUESTIONS
    );
    let fit = shares.fit.unwrap();
    assert!(fit.is_usual(), "{fit:?}");
    assert!(fit.words().contains("in nineteen of twenty tries"), "{}", fit.words());
}

#[test]
fn every_checker_names_the_step_that_decides() {
    let (mut engine, of) = world();
    let seen = |engine: &Engine| {
        let row = engine
            .world()
            .route53
            .health_checks
            .rows()
            .min_by_key(|row| row.born)
            .unwrap();
        opinions(engine.world(), row)
    };
    let open = seen(&engine);
    assert_eq!(open.len(), 16);
    let group = open[0].component.clone();
    assert!(group.starts_with("sg-"), "{group}");
    assert!(open.iter().all(|one| one.good && one.healthy && one.component == group));
    // The rule goes: the same group decides, the other way.
    let rule = "{\"IpProtocol\":\"tcp\",\"FromPort\":80,\"ToPort\":80,\"IpRanges\":[{\"CidrIp\":\"0.0.0.0/0\"}]}";
    let params = format!("{{\"GroupId\":\"{group}\",\"IpPermissions\":[{rule}]}}");
    made(&mut engine, "ec2", "RevokeSecurityGroupIngress", params.clone());
    let closed = seen(&engine);
    assert!(
        closed
            .iter()
            .all(|one| !one.good && one.healthy && one.component == group),
        "{closed:?}"
    );
    assert!(closed[0].sees.starts_with("Failure: Connection timed out."));
    // Three probes later the votes have followed.
    act(&mut engine, &of, "wait 40");
    assert!(seen(&engine).iter().all(|one| !one.healthy));
    made(&mut engine, "ec2", "AuthorizeSecurityGroupIngress", params);
    act(&mut engine, &of, "wait 40");
    let instance = lesson::fleet(engine.world(), &of, "blue").unwrap().instance;
    let answer = format!("{{\"InstanceId\":\"{instance}\",\"Port\":80,\"Status\":503}}");
    made(&mut engine, "stratus", "PutWebAnswer", answer);
    let broken = seen(&engine);
    assert!(broken.iter().all(|one| !one.good && one.healthy));
    assert_eq!(
        broken[0].decides,
        "The way is open, both ways: what the program there answers decides."
    );
}

/// A call with its parameters as JSON.
fn made(engine: &mut Engine, service: &'static str, operation: &'static str, params: String) {
    let call = FixCall {
        region: None,
        service,
        operation,
        params,
    };
    let fix = Fix {
        commands: Vec::new(),
        why: String::new(),
        changes: 1,
        calls: vec![call],
    };
    fixes::apply(engine, Region::US_EAST_1, &fix).unwrap();
}

#[test]
fn the_map_follows_distance_between_the_places_too() {
    let mut engine = Engine::new(Options::default());
    let records = ["eu-west-1", "us-west-2"].map(|region| {
        format!(
            "{{\"Action\":\"CREATE\",\"ResourceRecordSet\":{{\"Name\":\"www.example.com\",\"Type\":\"A\",\"TTL\":60,\"SetIdentifier\":\"{region}\",\
             \"Region\":\"{region}\",\"ResourceRecords\":[{{\"Value\":\"192.0.2.1\"}}]}}}}"
        )
    });
    let zone = Structure::new()
        .with(field::NAME, "example.com")
        .with(field::CALLER_REFERENCE, "1");
    call(&mut engine, "route53", "CreateHostedZone", zone);
    let id = engine.world().route53.zones.rows().next().unwrap().id;
    let params = format!(
        "{{\"HostedZoneId\":\"{id}\",\"ChangeBatch\":{{\"Changes\":[{}]}}}}",
        records.join(",")
    );
    made(&mut engine, "route53", "ChangeResourceRecordSets", params);
    advance(&mut engine, 120.0);
    // The Sahara, Alaska.
    let land = [(230, 130), (640, -1500)];
    let from = Asker::read("internet").unwrap();
    let atlas = study::atlas(engine.world(), from, "www.example.com", "A", &land)
        .unwrap()
        .unwrap();
    let name = |record: Option<usize>| record.map(|record| atlas.records[record].as_str());
    assert_eq!(
        atlas.land.iter().map(|record| name(*record)).collect::<Vec<_>>(),
        [Some("eu-west-1"), Some("us-west-2")]
    );
    for (place, wanted) in [
        ("berlin", "eu-west-1"),
        ("us-west-1", "us-west-2"),
        ("lagos", "eu-west-1"),
    ] {
        let mark = atlas.marks.iter().find(|mark| mark.spot.name == place).unwrap();
        assert_eq!(name(mark.record), Some(wanted), "{place}");
    }
    assert_eq!(atlas.policy, "latency");
}

#[test]
fn who_holds_an_address_that_no_record_has_any_more_fails_with_it() {
    let (mut engine, of) = world();
    let value = |engine: &Engine, fleet: &str| {
        let zone = engine.world().route53.zones.get(&of.zone).unwrap();
        let set = zone
            .records
            .rows()
            .find(|set| set.identifier.as_deref() == Some(fleet))
            .unwrap();
        set.values[0].clone()
    };
    let (old, new) = (value(&engine, "blue"), value(&engine, "green"));
    assert_ne!(old, new);
    let set = format!(
        "{{\"Name\":\"{}\",\"Type\":\"A\",\"TTL\":60,\"SetIdentifier\":\"blue\",\"Weight\":100,\
         \"ResourceRecords\":[{{\"Value\":\"{new}\"}}]}}",
        of.name
    );
    let params = format!(
        "{{\"HostedZoneId\":\"{}\",\"ChangeBatch\":{{\"Changes\":[{{\"Action\":\"UPSERT\",\"ResourceRecordSet\":{set}}}]}}}}",
        of.zone
    );
    // The old machine goes a minute after the name servers have stopped giving its address.
    let machine = lesson::fleet(engine.world(), &of, "blue").unwrap().instance;
    made(&mut engine, "route53", "ChangeResourceRecordSets", params);
    act(&mut engine, &of, "wait 90");
    let stop = format!("{{\"InstanceId\":\"{machine}\",\"Protocol\":\"tcp\",\"Port\":80}}");
    made(&mut engine, "stratus", "StopListener", stop);
    act(&mut engine, &of, "wait 60");
    let picture = rollout::picture(&engine, &question(&of)).unwrap();
    let hurt: Vec<u32> = picture
        .crowds
        .iter()
        .map(|crowd| crowd.hurt.map_or(0, |hurt| hurt.clients))
        .collect();
    // Who asks once, until they restart, has it still: most of the twelve.
    assert!(hurt[2] >= 6, "{hurt:?}");
    assert!(hurt[0] < 36, "{hurt:?}");
}

#[test]
fn what_is_delegated_away_has_no_shares_and_a_place_may_be_told_by_coordinates() {
    let mut engine = Engine::new(Options::default());
    let zone = Structure::new()
        .with(field::NAME, "example.com")
        .with(field::CALLER_REFERENCE, "1");
    call(&mut engine, "route53", "CreateHostedZone", zone);
    let id = engine.world().route53.zones.rows().next().unwrap().id;
    let make = |engine: &mut Engine, set: &str| {
        let params = format!(
            "{{\"HostedZoneId\":\"{id}\",\"ChangeBatch\":{{\"Changes\":[{{\"Action\":\"CREATE\",\"ResourceRecordSet\":{set}}}]}}}}"
        );
        made(engine, "route53", "ChangeResourceRecordSets", params);
        advance(engine, 120.0);
    };
    let weighted = "{\"Name\":\"www.sub.example.com\",\"Type\":\"A\",\"TTL\":60,\"SetIdentifier\":\"one\",\"Weight\":1,\
                    \"ResourceRecords\":[{\"Value\":\"192.0.2.1\"}]}";
    make(&mut engine, weighted);
    let from = Asker::read("internet").unwrap();
    let shares = |engine: &Engine| study::shares(engine.world(), from, "www.sub.example.com", "A").unwrap();
    assert!(shares(&engine).is_some());
    let cut = "{\"Name\":\"sub.example.com\",\"Type\":\"NS\",\"TTL\":60,\"ResourceRecords\":[{\"Value\":\"ns.example.net\"}]}";
    make(&mut engine, cut);
    assert_eq!(shares(&engine), None);

    let near = "{\"Name\":\"near.example.com\",\"Type\":\"A\",\"TTL\":60,\"SetIdentifier\":\"zurich\",\
                \"GeoProximityLocation\":{\"Coordinates\":{\"Latitude\":\"47.30\",\"Longitude\":\"8.50\"}},\
                \"ResourceRecords\":[{\"Value\":\"192.0.2.1\"}]}";
    make(&mut engine, near);
    let atlas = study::atlas(engine.world(), from, "near.example.com", "A", &[])
        .unwrap()
        .unwrap();
    assert_eq!(atlas.stands, [Some((473, 85))]);
}
