//! Stories of the engine: every `*.story` below this folder, whatever subject's folder it lies in.
//!
//! `STORY=text cargo test -p stratus-engine --test engine` runs those whose path contains the text;
//! `UPDATE_EXPECT=1` writes what was found into the stories, to be read before it is believed.

#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

mod conditions;
mod folder;
mod runner;

#[test]
fn stories() {
    folder::stories("engine");
}

/// Disks, snapshots, images and buckets: what is promised of them stands in at least 120 stories.
#[test]
fn storage_has_its_stories() {
    let found = folder::count("engine/storage") + folder::count("engine/objects");
    assert!(found >= 120, "the promise is 120 stories, and these are {found}");
}

#[test]
fn what_has_ended_makes_room_for_new_connections() {
    let open = "> stratus OpenConnection {\"Source\":\"internet\",\"Destination\":\"$web\",\"Protocol\":\"tcp\",\"Port\":22}\n";
    let begin = r#"> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
save sg = Instances[0].SecurityGroups[0].GroupId
advance 120
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIp":"203.0.113.0/24"}
"#;
    let refused = "! LimitExceeded: 1000 connections are open already\n";
    let ended = "> ec2 RebootInstances {\"InstanceIds\":[\"$web\"]}\nadvance 120\n";
    let after = r#"= ConnectionId: conn-1001
> stratus DescribeConnections {"ConnectionId":"conn-1"}
! InvalidConnectionID.NotFound
> stratus DescribeConnections {"ConnectionId":"conn-2"}
= Connections[0].State: dropped
"#;
    let story = [begin, &open.repeat(1_001), refused, ended, open, after].concat();
    let outcome = runner::run(&story, 0);
    assert!(outcome.failures.is_empty(), "{}", outcome.failures.join("\n"));
}
