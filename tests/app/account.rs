//! An account with web servers, as several tests have it.

use serde_json::{Value as Json, json};
use stratus_engine::catalog::Region;
use stratus_engine::{Engine, Options};
use stratus_model::{Structure, Value, field, json as model_json, model};

/// Where all of it is.
pub const REGION: Region = Region::US_EAST_1;

/// An account with web servers.
pub struct Account {
    /// Its world.
    pub engine: Engine,
    /// The servers' ids.
    pub web: Vec<String>,
    /// Their security group's id.
    pub group: String,
}

impl Account {
    /// With so many instances that run a web server beside SSH.
    pub fn with(count: usize) -> Account {
        let mut account = Account {
            engine: Engine::new(Options::default()),
            web: Vec::new(),
            group: String::new(),
        };
        let images = account.call(
            "ec2",
            "DescribeImages",
            json!({"Owners": ["099720109477"], "Filters": [{"Name": "architecture", "Values": ["x86_64"]}]}),
        );
        let image = images.structures(field::IMAGES).next().unwrap();
        let image = image.text(field::IMAGE_ID).unwrap().to_owned();
        let launched = account.call(
            "ec2",
            "RunInstances",
            json!({"ImageId": image, "MinCount": count, "MaxCount": count, "InstanceType": "t3.micro"}),
        );
        for instance in launched.structures(field::INSTANCES) {
            account.web.push(instance.text(field::INSTANCE_ID).unwrap().to_owned());
            let group = instance.structures(field::SECURITY_GROUPS).next().unwrap();
            account.group = group.text(field::GROUP_ID).unwrap().to_owned();
        }
        account.advance(300);
        for id in account.web.clone() {
            let program = json!({"InstanceId": id, "Protocol": "tcp", "Port": 80, "Program": "nginx"});
            account.call("stratus", "StartListener", program);
        }
        account
    }

    /// Makes a call that succeeds; its answer.
    pub fn call(&mut self, service: &str, operation: &str, params: Json) -> Structure {
        let known = model().service(service).unwrap();
        let shape = known.operation(operation).unwrap().input.unwrap();
        let Value::Structure(params) = model_json::from_json(known, shape, &params).unwrap() else {
            panic!("not an object")
        };
        self.engine.call(REGION, service, operation, params).unwrap()
    }

    /// Lets so much time pass.
    pub fn advance(&mut self, seconds: i64) {
        self.call("stratus", "AdvanceClock", json!({"Seconds": seconds}));
    }

    /// Rules by port and block.
    fn rules(&self, rules: &[(u16, &str)]) -> Json {
        let permissions: Vec<Json> = rules
            .iter()
            .map(|(port, block)| json!({"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "IpRanges": [{"CidrIp": block}]}))
            .collect();
        json!({"GroupId": self.group, "IpPermissions": permissions})
    }

    /// Lets these ports in from these blocks.
    pub fn allow(&mut self, rules: &[(u16, &str)]) {
        let rules = self.rules(rules);
        self.call("ec2", "AuthorizeSecurityGroupIngress", rules);
    }

    /// Takes such rules away.
    pub fn revoke(&mut self, rules: &[(u16, &str)]) {
        let rules = self.rules(rules);
        self.call("ec2", "RevokeSecurityGroupIngress", rules);
    }

    /// Opens a connection by TCP.
    pub fn open(&mut self, source: &str, destination: &str, port: u16) {
        let params = json!({"Source": source, "Destination": destination, "Protocol": "tcp", "Port": port});
        let answer = self.call("stratus", "OpenConnection", params);
        assert_eq!(answer.text(field::STATE), Some("established"));
    }
}
