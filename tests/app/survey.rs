//! "All ports" without a browser: what is open to the world, the worst first, in which words; and who reaches whom in groups.

use super::account::{Account, REGION};
use serde_json::json;
use stratus_app::panels::survey::reading::{Addresses, By, Grouped, Surveyed, read};
use stratus_app::panels::survey::words::{self, Danger};
use stratus_app::ui::traffic;
use stratus_engine::network::matrix::Grouping;

fn surveyed(account: &Account) -> Surveyed {
    read(account.engine.world(), REGION, 0)
}

/// Each row in one line: how bad, from where, what gets in, what nothing listens on.
fn told(surveyed: &Surveyed) -> Vec<String> {
    let line = |row: &stratus_app::panels::survey::reading::Open| {
        let delivered = traffic::words(&row.found.delivered);
        let unheard = words::unheard(&row.found);
        format!(
            "{:?}, {}: {delivered} | {unheard}",
            row.danger,
            words::origin(&row.from)
        )
    };
    surveyed.open.iter().map(line).collect()
}

#[test]
fn what_is_open_to_the_world_is_listed_the_worst_first() {
    let mut account = Account::with(1);
    assert_eq!(told(&surveyed(&account)), [""; 0]);
    account.allow(&[(80, "0.0.0.0/0"), (443, "0.0.0.0/0")]);
    assert_eq!(
        told(&surveyed(&account)),
        ["Meant, anyone on the Internet: tcp 80 (HTTP) | open, but nothing listens: tcp 443 (HTTPS)"]
    );
    // What a part of the Internet may reach is told beside what all may.
    account.allow(&[(22, "198.51.100.0/24"), (6000, "203.0.113.0/24")]);
    assert_eq!(
        told(&surveyed(&account)),
        [
            "Meant, anyone on the Internet: tcp 80 (HTTP) | open, but nothing listens: tcp 443 (HTTPS)",
            "Risky, 198.51.100.0/24: tcp 22 (SSH) | ",
            "Other, 203.0.113.0/24:  | open, but nothing listens: tcp 6000",
        ]
    );
    account.allow(&[(22, "0.0.0.0/0")]);
    let found = surveyed(&account);
    assert_eq!(found.open.first().map(|row| row.danger), Some(Danger::Risky));
    assert_eq!(found.open_count(), (1, 0));
    // SSH stands for the row: its path is asked on the worst port.
    assert_eq!(words::riskiest(&found.open[0].found), Some(22));
    assert_eq!(words::probe(&found.open[0].found), Some(("tcp", 22)));
}

#[test]
fn who_reaches_whom_is_told_by_sender_and_by_receiver() {
    let mut account = Account::with(3);
    let before = surveyed(&account);
    // Members of the default group reach each other by everything; SSH and nginx listen.
    assert_eq!(before.pairs, (6, 6));
    let all = json!({"GroupId": account.group, "IpPermissions": [{"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": account.group}]}]});
    account.call("ec2", "RevokeSecurityGroupIngress", all);
    let shut = surveyed(&account);
    assert_eq!(shut.pairs, (0, 6));
    account.allow(&[(80, "172.31.0.0/16")]);
    let found = surveyed(&account);
    assert_eq!(found.pairs, (6, 6));
    let grouped = Grouped::new(account.engine.world(), &found, &Grouping::Vpc, Addresses::Primary);
    let listed: Vec<usize> = grouped.listed(By::Sender).collect();
    assert_eq!(listed, [1]);
    let lines = grouped.lines(&found.survey, By::Sender, 1);
    let inside = lines.iter().find(|line| line.others[0].group == 1).unwrap();
    assert_eq!((inside.others[0].pairs, inside.others[0].of), (6, 6));
    assert_eq!(traffic::words(&inside.found.delivered), "tcp 80 (HTTP)");
    assert_ne!(inside.example.0, inside.example.1);
    // All of them go out to the Internet; the other way round, they are who reaches it.
    let outside = grouped.lines(&found.survey, By::Receiver, 0);
    assert_eq!(outside.len(), 1);
    assert_eq!((outside[0].others[0].group, outside[0].others[0].pairs), (1, 3));
    // By instance, each pair by itself.
    let each = Grouped::new(account.engine.world(), &found, &Grouping::Instance, Addresses::Primary);
    let lines = each.lines(&found.survey, By::Receiver, 2);
    let web = lines
        .iter()
        .find(|line| traffic::words(&line.found.delivered) == "tcp 80 (HTTP)");
    let senders: Vec<usize> = web.unwrap().others.iter().map(|other| other.group).collect();
    assert_eq!(senders, [1, 3]);
}

#[test]
fn where_one_may_go_is_told_by_the_blocks_that_rules_name() {
    let mut account = Account::with(1);
    let everything = json!({"GroupId": account.group, "IpPermissions": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]});
    account.call("ec2", "RevokeSecurityGroupEgress", everything);
    let ports = |port: u16, block: &str| json!({"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "IpRanges": [{"CidrIp": block}]});
    let some =
        json!({"GroupId": account.group, "IpPermissions": [ports(443, "0.0.0.0/0"), ports(25, "198.51.100.0/24")]});
    account.call("ec2", "AuthorizeSecurityGroupEgress", some);
    let found = surveyed(&account);
    let grouped = Grouped::new(account.engine.world(), &found, &Grouping::Vpc, Addresses::Primary);
    let told = |by: By, own: usize| -> Vec<String> {
        let lines = grouped.lines(&found.survey, by, own);
        let line = |line: &stratus_app::panels::survey::reading::Line| {
            let part = line.others[0].part.as_ref().map(words::origin).unwrap_or_default();
            format!("{part}: {}", traffic::words(&line.found.delivered))
        };
        let mut told: Vec<String> = lines.iter().map(line).collect();
        told.sort();
        told
    };
    let expected = [
        "198.51.100.0/24: tcp 25 (SMTP)",
        "anyone on the Internet: tcp 443 (HTTPS)",
    ];
    assert_eq!(told(By::Sender, 1), expected);
    assert_eq!(told(By::Receiver, 0), expected);
    // Who asks for the path asks for an address of the block.
    let lines = grouped.lines(&found.survey, By::Sender, 1);
    let smtp = lines
        .iter()
        .find(|line| traffic::words(&line.found.delivered) == "tcp 25 (SMTP)");
    let address = stratus_engine::network::Endpoint::Address("198.51.100.0".parse().unwrap());
    assert_eq!(smtp.unwrap().example.1, address);
}
