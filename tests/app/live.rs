//! Live traffic without a browser: what has become of each connection, what the last change did to them in one sentence, when
//! time alone may change that, and as which lines they are drawn.

use super::account::Account;
use super::account::REGION;
use serde_json::json;
use stratus_app::panels::live::lines::{SINGLE, lines};
use stratus_app::panels::live::news;
use stratus_app::panels::live::reading::{Live, Place, Row, Stage, Tally, Tracking, read};
use stratus_engine::base::time::{Span, Time};
use stratus_model::field;

impl Account {
    fn live(&self) -> Live {
        read(self.engine.world(), REGION)
    }

    fn news(&self) -> String {
        let news = news::find(self.engine.history(), self.engine.world(), REGION, &self.live());
        news.map(|news| news.said).unwrap_or_default()
    }

    fn now(&self) -> Time {
        self.engine.world().now
    }
}

fn stages(live: &Live) -> Vec<(u64, Stage, Tracking)> {
    let told = |row: &Row| (row.connection.number, row.stage, row.tracking());
    live.rows.iter().map(|row| told(row)).collect()
}

const OWN: &str = "203.0.113.0/24";
const ALL: &str = "0.0.0.0/0";

#[test]
fn a_rule_goes_and_what_is_tracked_lives_on() {
    let mut account = Account::with(1);
    let web = account.web[0].clone();
    account.allow(&[(22, OWN), (80, ALL)]);
    account.open("internet", &web, 22);
    account.open("internet", &web, 22);
    account.open("internet", &web, 80);
    assert_eq!(
        stages(&account.live()),
        [
            (3, Stage::Open, Tracking::Untracked),
            (2, Stage::Open, Tracking::Tracked),
            (1, Stage::Open, Tracking::Tracked),
        ]
    );
    assert_eq!(account.news(), "");
    account.revoke(&[(22, OWN), (80, ALL)]);
    assert_eq!(
        account.news(),
        "You took the rule away: 2 connections live on, tracked; 1 was cut."
    );
    // What needs attention comes first.
    assert_eq!(
        stages(&account.live()),
        [
            (3, Stage::Cut, Tracking::Untracked),
            (2, Stage::LivesOn, Tracking::Tracked),
            (1, Stage::LivesOn, Tracking::Tracked),
        ]
    );
    // A call that changes nothing for them leaves the sentence; undo takes it back, for nothing has happened then.
    account.call(
        "ec2",
        "CreateTags",
        json!({"Resources": [web], "Tags": [{"Key": "Name", "Value": "web"}]}),
    );
    assert!(account.news().starts_with("You took the rule away"));
    account.engine.undo();
    account.engine.undo();
    assert_eq!(account.news(), "");
    assert_eq!(
        account.live().tally,
        Tally {
            open: 3,
            ..Tally::default()
        }
    );
    account.engine.redo();
    account.allow(&[(80, ALL)]);
    assert_eq!(account.news(), "You added a rule: 1 connection goes on again.");
    // Who sends into a cut ends it for good.
    account.revoke(&[(80, ALL)]);
    account.call("stratus", "SendOnConnection", json!({"ConnectionId": "conn-3"}));
    let over = Tally {
        lives_on: 2,
        over: 1,
        ..Tally::default()
    };
    assert_eq!(account.live().tally, over);
}

#[test]
fn time_is_asked_again_only_when_something_may_be_forgotten() {
    let mut account = Account::with(1);
    let web = account.web[0].clone();
    let described = account.call("ec2", "DescribeNetworkInterfaces", json!({}));
    let interface = described.structures(field::NETWORK_INTERFACES).next().unwrap();
    let id = interface.text(field::NETWORK_INTERFACE_ID).unwrap().to_owned();
    let timeout = json!({"NetworkInterfaceId": id, "ConnectionTrackingSpecification": {"TcpEstablishedTimeout": 60}});
    account.call("ec2", "ModifyNetworkInterfaceAttribute", timeout);
    account.allow(&[(22, OWN), (80, ALL)]);
    account.open("internet", &web, 80);
    // Nobody remembers it, so nothing runs out.
    assert_eq!(account.live().next, None);
    account.open("internet", &web, 22);
    let forgotten = account.now() + Span::seconds(60);
    assert_eq!(account.live().next, Some(forgotten));
    account.revoke(&[(22, OWN)]);
    account.engine.tick(forgotten + Span(-1), 1_000);
    assert_eq!(account.live().tally.lives_on, 1);
    assert_eq!(
        account.news(),
        "You took the rule away: 1 connection lives on, tracked."
    );
    account.engine.tick(forgotten, 1_000);
    assert_eq!(account.live().tally.cut, 1);
    assert_eq!(account.news(), "Time passed: 1 connection ended.");
    assert_eq!(account.live().next, None);
}

#[test]
fn an_end_that_is_gone_is_said_to_be() {
    let mut account = Account::with(2);
    let (web, other) = (account.web[0].clone(), account.web[1].clone());
    account.open(&other, &web, 80);
    let live = account.live();
    let row = &live.rows[0];
    assert!(matches!(
        (row.from.place, row.to.place),
        (Some(Place::Instance(_)), Some(Place::Instance(_)))
    ));
    account.call("ec2", "TerminateInstances", json!({"InstanceIds": [web]}));
    account.advance(600);
    let live = account.live();
    assert_eq!((live.rows[0].stage, live.rows[0].to.place), (Stage::Over, None));
    assert!(live.rows[0].to.name.ends_with("(gone)"), "{}", live.rows[0].to.name);
    assert_eq!(lines(&live, account.engine.world(), REGION).1, 1);
}

#[test]
fn parallel_connections_are_one_line_and_many_run_between_subnets() {
    let mut account = Account::with(9);
    account.allow(&[(80, ALL)]);
    let web = account.web.clone();
    for _ in 0..3 {
        account.open("internet", &web[0], 80);
    }
    account.open(&web[1], &web[0], 80);
    account.open(&web[0], &web[1], 80);
    let told = |account: &Account| {
        let (lines, undrawn) = lines(&account.live(), account.engine.world(), REGION);
        (lines, undrawn)
    };
    let (few, undrawn) = told(&account);
    assert_eq!(undrawn, 0);
    let mut counts: Vec<(u64, usize)> = few.iter().map(|line| (line.count, line.lane)).collect();
    counts.sort_unstable();
    // There and back are two lines, beside each other.
    assert_eq!(counts, [(1, 0), (1, 1), (3, 0)]);
    assert!(
        few.iter()
            .any(|line| line.count == 3 && line.says.starts_with("3 connections."))
    );
    for source in &web {
        for destination in &web {
            if source != destination {
                account.open(source, destination, 80);
            }
        }
    }
    assert!(web.len() * (web.len() - 1) > SINGLE);
    let (many, inside) = told(&account);
    let mut counts: Vec<u64> = many.iter().map(|line| line.count).collect();
    counts.sort_unstable();
    // All are in one subnet: what goes on in it is one loop.
    assert_eq!((counts, inside), (vec![3, 74], 0), "{many:?}");
    assert!(many.iter().all(|line| matches!(line.to, Place::Subnet(_))));
}
