//! Whatever is done to a world, with undo and branches, its file and its link make the same world again.

use crate::schema::against;
use proptest::prelude::*;
use std::collections::BTreeMap;
use stratus_classroom::{File, link};
use stratus_engine::base::time::Time;
use stratus_engine::catalog::Region;
use stratus_engine::principal::Principal;
use stratus_engine::world::digest::digest;
use stratus_engine::{Engine, Options};
use stratus_model::{Structure, Value, json, model};

/// One thing that somebody does.
#[derive(Clone, Debug)]
enum Step {
    /// The call of this number in [`CALLS`], about one of the things that are there.
    Call(usize, usize),
    /// Real time passes, by the ticking clock.
    Wait(i64),
    Undo,
    Redo,
    /// To some state of the history.
    Jump(usize),
    /// A long advance that runs in slices.
    Slices(i64),
}

/// Calls with holes: `<path>` is an id that an earlier answer had there, `%` a number that differs from call to call.
const CALLS: &[(&str, &str, &str)] = &[
    ("ec2", "CreateVpc", r#"{"CidrBlock": "10.%.0.0/16"}"#),
    (
        "ec2",
        "CreateSubnet",
        r#"{"VpcId": "<Vpc.VpcId>", "CidrBlock": "10.0.%.0/24"}"#,
    ),
    (
        "ec2",
        "CreateSecurityGroup",
        r#"{"GroupName": "group-%", "Description": "for <Vpc.VpcId>, $${x} and ${y}"}"#,
    ),
    (
        "ec2",
        "AuthorizeSecurityGroupIngress",
        r#"{"GroupId": "<GroupId>", "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 8%,
            "IpRanges": [{"CidrIp": "203.0.113.%/32"}], "UserIdGroupPairs": [{"GroupId": "<GroupId>"}]}]}"#,
    ),
    ("ec2", "CreateKeyPair", r#"{"KeyName": "key-%", "KeyType": "ed25519"}"#),
    (
        "ec2",
        "RunInstances",
        r#"{"ImageId": "ami-0bf5b424b0fa57898", "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 2,
            "TagSpecifications": [{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": "web-%"}]}]}"#,
    ),
    (
        "ec2",
        "RunInstances",
        r#"{"ImageId": "ami-0bf5b424b0fa57898", "InstanceType": "m5.large", "MinCount": 1, "MaxCount": 1,
            "UserData": "IyEvYmluL2Jhc2gKZG5mIGluc3RhbGwgLXkgbmdpbngK", "SubnetId": "<Subnet.SubnetId>"}"#,
    ),
    (
        "ec2",
        "StopInstances",
        r#"{"InstanceIds": ["<Instances[0].InstanceId>"]}"#,
    ),
    (
        "ec2",
        "StartInstances",
        r#"{"InstanceIds": ["<Instances[0].InstanceId>"]}"#,
    ),
    (
        "ec2",
        "RebootInstances",
        r#"{"InstanceIds": ["<Instances[0].InstanceId>"]}"#,
    ),
    (
        "ec2",
        "TerminateInstances",
        r#"{"InstanceIds": ["<Instances[0].InstanceId>", "<Instances[1].InstanceId>"]}"#,
    ),
    (
        "ec2",
        "CreateTags",
        r#"{"Resources": ["<VolumeId>"], "Tags": [{"Key": "of", "Value": "<Vpc.VpcId>, <GroupId>"}]}"#,
    ),
    (
        "ec2",
        "CreateVolume",
        r#"{"AvailabilityZone": "us-east-1a", "Size": 1%, "VolumeType": "gp3"}"#,
    ),
    (
        "stratus",
        "WriteBlocks",
        r#"{"VolumeId": "<VolumeId>", "Offset": 52428%, "Length": 1048576}"#,
    ),
    ("ec2", "CreateSnapshot", r#"{"VolumeId": "<VolumeId>"}"#),
    ("ec2", "DeleteVolume", r#"{"VolumeId": "<VolumeId>"}"#),
    (
        "ec2",
        "AttachVolume",
        r#"{"VolumeId": "<VolumeId>", "InstanceId": "<Instances[0].InstanceId>", "Device": "/dev/sdf"}"#,
    ),
    ("ec2", "AllocateAddress", r#"{"Domain": "vpc"}"#),
    (
        "ec2",
        "AssociateAddress",
        r#"{"AllocationId": "<AllocationId>", "InstanceId": "<Instances[0].InstanceId>"}"#,
    ),
    ("s3", "CreateBucket", r#"{"Bucket": "bucket-%"}"#),
    (
        "s3",
        "PutObject",
        r#"{"Bucket": "bucket-%", "Key": "key-%", "Body": "aGVsbG8="}"#,
    ),
    (
        "route53",
        "CreateHostedZone",
        r#"{"Name": "example-%.com", "CallerReference": "%"}"#,
    ),
    (
        "route53",
        "ChangeResourceRecordSets",
        r#"{"HostedZoneId": "<HostedZone.Id>", "ChangeBatch": {"Changes": [{"Action": "UPSERT", "ResourceRecordSet":
            {"Name": "www.example-%.com", "Type": "A", "TTL": 300, "ResourceRecords": [{"Value": "<PublicIp>"}]}}]}}"#,
    ),
    ("iam", "CreateUser", r#"{"UserName": "user-%"}"#),
    ("iam", "CreateAccessKey", r#"{"UserName": "user-%"}"#),
    (
        "iam",
        "UpdateAccessKey",
        r#"{"UserName": "user-%", "AccessKeyId": "<AccessKey.AccessKeyId>", "Status": "Inactive"}"#,
    ),
    (
        "iam",
        "CreateRole",
        r#"{"RoleName": "role-%", "AssumeRolePolicyDocument": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"*\"}, \"Action\": \"sts:AssumeRole\"}}"}"#,
    ),
    (
        "sts",
        "AssumeRole",
        r#"{"RoleArn": "arn:aws:iam::123456789012:role/role-%", "RoleSessionName": "<Instances[0].InstanceId>"}"#,
    ),
    (
        "ssm",
        "PutParameter",
        r#"{"Name": "/%", "Value": "<Vpc.VpcId>", "Type": "String", "Overwrite": true}"#,
    ),
    ("stratus", "AdvanceClock", r#"{"Seconds": 9%}"#),
    ("ec2", "DescribeInstances", "{}"),
];

/// A world, and what its answers have said so far.
struct Played {
    engine: Engine,
    ids: BTreeMap<String, Vec<String>>,
    count: usize,
}

impl Played {
    fn new(seed: u64) -> Played {
        let options = Options {
            seed,
            ..Options::default()
        };
        Played {
            engine: Engine::new(options),
            ids: BTreeMap::new(),
            count: 0,
        }
    }

    fn step(&mut self, step: &Step) {
        match step {
            Step::Call(which, pick) => self.call(*which, *pick),
            Step::Wait(by) => {
                let until = Time(self.engine.world().now.0 + by);
                self.engine.tick(until, usize::MAX);
            }
            Step::Undo => {
                self.engine.undo();
            }
            Step::Redo => {
                self.engine.redo();
            }
            Step::Jump(to) => {
                let nodes = self.engine.history().nodes().len();
                self.engine.jump(to % nodes);
            }
            Step::Slices(by) => {
                let until = Time(self.engine.world().now.0 + by);
                let mut advance = self.engine.start_advance(until);
                advance.run(1);
                self.engine.finish_advance(advance).unwrap();
            }
        }
    }

    fn call(&mut self, which: usize, pick: usize) {
        let (service, operation, params) = CALLS[which % CALLS.len()];
        self.count += 1;
        let mut text = params.replace('%', &(self.count % 10).to_string());
        while let Some(at) = text.find('<') {
            let end = at + text[at..].find('>').unwrap();
            let known = self.ids.get(&text[at + 1..end]);
            let id = known.map_or("vol-1234567890abcdef0", |ids| ids[pick % ids.len()].as_str());
            // A zone is answered with its folder and asked for without.
            let id = id.strip_prefix("/hostedzone/").unwrap_or(id).to_owned();
            text.replace_range(at..=end, &id);
        }
        let region = if pick % 11 == 10 { "eu-west-1" } else { "us-east-1" };
        let known = model().service(service).unwrap();
        let shape = known.operation(operation).unwrap().input.unwrap();
        let params = json::from_json(known, shape, &serde_json::from_str(&text).unwrap()).unwrap();
        let Value::Structure(params) = params else {
            panic!("{text}")
        };
        // Refusals are part of life: they must leave no trace.
        let region = Region::find(region).unwrap();
        let caller = self.caller(pick);
        if let Ok(answer) = self.engine.call_as(&caller, region, service, operation, params) {
            self.remember(&answer);
        }
    }

    /// The administrator, sometimes the account's root, sometimes whoever has one of the keys that were made.
    fn caller(&self, pick: usize) -> Principal {
        let root = Principal::root(&self.engine.world().options);
        match pick % 7 {
            5 => root,
            6 => {
                let kind = if pick.is_multiple_of(2) {
                    "AccessKey.AccessKeyId"
                } else {
                    "Credentials.AccessKeyId"
                };
                let keys = self.ids.get(kind);
                let key = keys.and_then(|keys| self.engine.credentials(&keys[pick % keys.len()], None));
                key.map_or(root, |key| key.principal)
            }
            _ => self.engine.principal().clone(),
        }
    }

    fn remember(&mut self, answer: &Structure) {
        let answer = Value::Structure(answer.clone());
        let holes = CALLS.iter().flat_map(|(_, _, params)| params.split('<').skip(1));
        let holes = holes.filter_map(|rest| rest.split_once('>')).map(|(path, _)| path);
        for path in holes.chain(["Credentials.AccessKeyId"]) {
            if let Some(id) = answer.at_path(path).and_then(Value::as_text) {
                self.ids.entry(path.to_owned()).or_default().push(id.to_owned());
            }
        }
    }
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        12 => (any::<usize>(), 0_usize..50).prop_map(|(which, pick)| Step::Call(which, pick)),
        3 => (1_i64..200_000).prop_map(Step::Wait),
        2 => Just(Step::Undo),
        1 => Just(Step::Redo),
        1 => any::<usize>().prop_map(Step::Jump),
        1 => (1_i64..5_000_000).prop_map(Step::Slices),
    ]
}

fn check(seed: u64, steps: &[Step]) -> Result<(), TestCaseError> {
    let mut played = Played::new(seed);
    // One of each to begin with, so that most of the steps find what they are about.
    for (which, (_, operation, _)) in CALLS.iter().enumerate() {
        let makes = ["Create", "Run", "Allocate", "Put"];
        if makes.iter().any(|verb| operation.starts_with(verb)) {
            played.call(which, 0);
        }
    }
    steps.iter().for_each(|step| played.step(step));
    let engine = &played.engine;

    let text = File::of(engine, "played").to_text();
    prop_assert_eq!(against(&text), None, "what is exported is valid");
    let opened = File::from_text(&text).unwrap().open().unwrap();
    prop_assert_eq!(opened.problems, Vec::<String>::new());
    prop_assert!(opened.faithful);
    prop_assert_eq!(opened.engine.digest(), engine.digest());
    prop_assert_eq!(opened.engine.world().now, engine.world().now);
    let (then, now) = (engine.history().nodes(), opened.engine.history().nodes());
    prop_assert_eq!(then.len(), now.len());
    for (number, (then, now)) in then.iter().zip(now).enumerate() {
        prop_assert_eq!(digest(&then.after), digest(&now.after), "state {}", number);
        prop_assert_eq!(digest(&then.before), digest(&now.before), "before call {}", number);
        prop_assert_eq!(&then.made, &now.made);
    }

    let line = File::of_line(engine, "played");
    let hash = link::encode(&line).unwrap();
    let linked = link::decode(&hash).unwrap().open().unwrap();
    prop_assert_eq!(linked.problems, Vec::<String>::new());
    prop_assert_eq!(linked.engine.digest(), engine.digest());
    // Written again, it is the same to the letter.
    let again = File::of_line(&linked.engine, "played");
    prop_assert_eq!(again.to_text(), line.to_text());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_world_comes_back_from_its_file_and_its_link(
        seed in any::<u64>(),
        steps in prop::collection::vec(any_step(), 1..40),
    ) {
        check(seed, &steps)?;
    }
}
