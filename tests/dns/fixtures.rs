//! Small worlds and questions to them: every `*.dns` of this folder. A fixture is a story (`tests/engine/README.md`) in which
//! these lines stand for calls:
//!
//! | line | meaning |
//! |---|---|
//! | `zone example.com` | makes a public zone; `$zone` is its id |
//! | `private corp.test` | makes a zone that is private to the default VPC of us-east-1 (`$vpc`); `$zone` is its id |
//! | `\| www 60 IN A 192.0.2.1` | a line of a zone file: lines that follow each other are imported, and in sync |
//! | `% $web dig …` | as in a story; lines with `\|` right below it are the guest's screen |
//! | `set www A 60 blue "Weight":10 = 192.0.2.1` | a record set with its identifier and what the API says of it |
//! | `alias www A target evaluate` | an alias within the zone; `blue "Weight":10` may follow |
//! | `server web` | an instance in us-east-1 that answers HTTP to everybody; `$web`, its group `$web-group`, its address `$web-address` |
//! | `page web 80 5118 well` | what `$web` answers on port 80: a text after so many other bytes |
//! | `check a "Type":"HTTP",…` | a health check; `$a` is its id |
//!
//! Expectations come from RFC 1034, 1035, 2181, 2308, 4592 and AWS's documentation, as the fixtures say.

use crate::runner;
use std::fs;
use std::path::{Path, PathBuf};

const SOURCE: &str = "{\"CidrIp\":\"0.0.0.0/0\"}";

/// The fixtures of a text: title and lines.
fn parts(text: &str) -> Vec<(&str, Vec<&str>)> {
    let mut parts: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix("== "), parts.last_mut()) {
            (Some(title), _) => parts.push((title, Vec::new())),
            (None, Some((_, lines))) => lines.push(line),
            (None, None) => {}
        }
    }
    parts
}

/// A fixture as a story.
fn expanded(lines: &[&str]) -> String {
    let mut out = vec![
        r#"> stratus SetTiming {"Name":"route53.in-sync","MinimumMillis":30000,"MaximumMillis":30000}"#.to_owned(),
    ];
    let (mut file, mut sets): (Vec<&str>, Vec<String>) = (Vec::new(), Vec::new());
    let (mut zone, mut references, mut on_screen) = (String::new(), 0, false);
    for line in lines.iter().copied().chain([""]) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        if word != "|" && !file.is_empty() {
            let text = plain(&serde_json::Value::from(file.join("\n") + "\n").to_string());
            out.push(format!(
                "> stratus ImportZone {{\"HostedZoneId\":\"$zone\",\"ZoneFile\":{text}}}"
            ));
            out.push("advance 30".into());
            file.clear();
        }
        if !matches!(word, "set" | "alias") && !sets.is_empty() {
            let changes = sets.join(",");
            out.push(format!(
                "> route53 ChangeResourceRecordSets {{\"HostedZoneId\":\"$zone\",\"ChangeBatch\":{{\"Changes\":[{changes}]}}}}"
            ));
            out.push("advance 30".into());
            sets.clear();
        }
        references += 1;
        on_screen = word == "%" || (on_screen && word == "|");
        match word {
            "|" if on_screen => out.push(line.to_owned()),
            "|" => file.push(rest),
            "zone" => {
                zone = rest.to_owned();
                out.push(format!(
                    "> route53 CreateHostedZone {{\"Name\":\"{rest}\",\"CallerReference\":\"{references}\"}}"
                ));
                out.push("save zone = HostedZone.Id".into());
            }
            "private" => {
                zone = rest.to_owned();
                out.push(r#"> ec2 DescribeVpcs {}"#.into());
                out.push("save vpc = Vpcs[0].VpcId".into());
                out.push(format!(
                    "> route53 CreateHostedZone {{\"Name\":\"{rest}\",\"CallerReference\":\"{references}\",\
                     \"VPC\":{{\"VPCRegion\":\"us-east-1\",\"VPCId\":\"$vpc\"}}}}"
                ));
                out.push("save zone = HostedZone.Id".into());
            }
            "set" => sets.push(set(rest, &zone)),
            "alias" => sets.push(alias(rest, &zone)),
            "server" => out.extend(server(rest)),
            "page" => {
                let mut words = rest.splitn(4, ' ');
                let mut word = || words.next().unwrap_or_default();
                let (server, port, before, text) = (word(), word(), word(), word());
                let body = "-".repeat(before.parse().expect("a number of bytes")) + text;
                out.push(format!(
                    "> stratus PutWebAnswer {{\"InstanceId\":\"${server}\",\"Port\":{port},\"Status\":200,\"Body\":\"{body}\"}}"
                ));
            }
            "check" => {
                let (name, config) = rest.split_once(' ').unwrap_or((rest, ""));
                out.push(format!(
                    "> route53 CreateHealthCheck {{\"CallerReference\":\"{name}\",\"HealthCheckConfig\":{{{config}}}}}"
                ));
                out.push(format!("save {name} = HealthCheck.Id"));
            }
            ">" => out.push(plain(line)),
            _ => out.push(line.to_owned()),
        }
    }
    out.join("\n") + "\n"
}

/// The dollar of a zone file's directives is none of a story's.
fn plain(json: &str) -> String {
    let directives = ["ORIGIN", "TTL", "INCLUDE", "GENERATE"];
    directives.iter().fold(json.to_owned(), |json, word| {
        json.replace(&format!("${word}"), &format!("\\u0024{word}"))
    })
}

fn owner(name: &str, zone: &str) -> String {
    match name {
        "@" => zone.to_owned(),
        name => format!("{name}.{zone}"),
    }
}

fn change(record: &str) -> String {
    format!("{{\"Action\":\"CREATE\",\"ResourceRecordSet\":{{{record}}}}}")
}

/// `name type ttl [identifier fragment] = value, value`.
fn set(rest: &str, zone: &str) -> String {
    let (head, values) = rest.split_once(" = ").expect("a set has values");
    let mut words = head.splitn(5, ' ');
    let mut word = || words.next().unwrap_or_default();
    let (name, kind, ttl, identifier, fragment) = (word(), word(), word(), word(), word());
    let values = values
        .split(", ")
        .map(|value| format!("{{\"Value\":{}}}", serde_json::Value::from(value)));
    let values: Vec<String> = values.collect();
    let mut record = format!(
        "\"Name\":\"{}\",\"Type\":\"{kind}\",\"TTL\":{ttl},\"ResourceRecords\":[{}]",
        owner(name, zone),
        values.join(",")
    );
    if !identifier.is_empty() {
        record.push_str(&format!(",\"SetIdentifier\":\"{identifier}\",{fragment}"));
    }
    change(&record)
}

/// `name type target true|false [identifier fragment]`.
fn alias(rest: &str, zone: &str) -> String {
    let mut words = rest.splitn(6, ' ');
    let mut word = || words.next().unwrap_or_default();
    let (name, kind, target, evaluate, identifier, fragment) = (word(), word(), word(), word(), word(), word());
    let mut record = format!(
        "\"Name\":\"{}\",\"Type\":\"{kind}\",\"AliasTarget\":{{\"HostedZoneId\":\"$zone\",\"DNSName\":\"{}\",\
         \"EvaluateTargetHealth\":{evaluate}}}",
        owner(name, zone),
        owner(target, zone)
    );
    if !identifier.is_empty() {
        record.push_str(&format!(",\"SetIdentifier\":\"{identifier}\",{fragment}"));
    }
    change(&record)
}

fn server(name: &str) -> Vec<String> {
    vec![
        format!(r#"> ec2 CreateSecurityGroup {{"GroupName":"{name}","Description":"{name}"}}"#),
        format!("save {name}-group = GroupId"),
        format!(
            r#"> ec2 AuthorizeSecurityGroupIngress {{"GroupId":"${name}-group","IpPermissions":[{{"IpProtocol":"tcp","FromPort":80,"ToPort":80,"IpRanges":[{SOURCE}]}}]}}"#
        ),
        format!(
            r#"> ec2 RunInstances {{"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1,"SecurityGroupIds":["${name}-group"]}}"#
        ),
        format!("save {name} = Instances[0].InstanceId"),
        "advance 180".into(),
        format!(r#"> ec2 DescribeInstances {{"InstanceIds":["${name}"]}}"#),
        format!("save {name}-address = Reservations[0].Instances[0].PublicIpAddress"),
        format!(r#"> stratus StartListener {{"InstanceId":"${name}","Protocol":"tcp","Port":80,"Program":"nginx"}}"#),
    ]
}

/// Runs all of them.
pub fn run() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/dns");
    let only = std::env::var("STORY").unwrap_or_default();
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "dns"));
    paths.sort();
    let (mut faults, mut ran) = (Vec::new(), 0);
    for path in &paths {
        let text = fs::read_to_string(path).unwrap();
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for (title, lines) in parts(&text) {
            if !format!("{file} {title}").contains(&only) {
                continue;
            }
            ran += 1;
            let story = expanded(&lines);
            let outcome = runner::run(&story, 0);
            for failure in &outcome.failures {
                faults.push(format!("{file}: {title}: {failure}"));
            }
        }
    }
    assert!(
        faults.is_empty(),
        "{} faults in {ran}:\n\n{}\n",
        faults.len(),
        faults.join("\n")
    );
    assert!(
        !only.is_empty() || ran >= 150,
        "the promise is 150 fixtures, and these are {ran}"
    );
}
