//! What a learner can choose when launching, with wise defaults, and the calls that the choices make. No markup here.

use crate::session::ApiCall;
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use stratus_engine::World;
use stratus_engine::base::ids::{ImageId, SecurityGroupId, SubnetId, VpcId};
use stratus_engine::catalog::images::{self, Platform};
use stratus_engine::catalog::prices::{InstancePrice, instance_hour};
use stratus_engine::catalog::{Architecture, InstanceType, Region};
use stratus_engine::world::vpc::{SecurityGroup, Subnet};
use stratus_model::{Structure, field, sort};

/// Everything chosen so far.
#[derive(Clone, Debug, PartialEq)]
pub struct Choices {
    /// Where.
    pub region: Region,
    /// The Name tag.
    pub name: String,
    /// `ami-…`.
    pub image: String,
    /// `t3.micro`.
    pub instance_type: String,
    /// Name of a key pair; empty = none.
    pub key: String,
    /// `subnet-…`; empty = EC2 chooses one of the default VPC's.
    pub subnet: String,
    /// Whether it gets a public IPv4 address: as the subnet says, yes, or no.
    pub public: Option<bool>,
    /// `sg-…`, or empty for a new group.
    pub group: String,
    /// Rules of the new group: port and who.
    pub rules: Vec<Rule>,
    /// Size of the root volume in GiB, as typed; empty = the image's.
    pub root_gib: String,
    /// User data, as typed.
    pub user_data: String,
    /// How many.
    pub count: i64,
}

/// A rule that a new group begins with.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// What it is for.
    pub name: &'static str,
    /// The port.
    pub port: u16,
    /// From where.
    pub cidr: &'static str,
    /// Whether it is wanted.
    pub on: bool,
}

/// One image of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct ImageChoice {
    /// `ami-…`.
    pub id: String,
    /// How it is called in the list.
    pub label: String,
    /// The group of the list.
    pub family: &'static str,
    /// `x86_64` and such.
    pub architecture: String,
    /// What billing sees.
    pub platform: Platform,
    /// The user whose key opens it.
    pub login: String,
    /// Size of its root volume; 0 = an instance store.
    pub root_gib: i64,
    /// Type of its root volume.
    pub root_type: String,
    /// Device name of its root volume.
    pub root_device: String,
}

/// Images that can be launched in a Region: the catalogue's current ones, then one's own.
pub fn images_of(world: &World, region: Region) -> Vec<ImageChoice> {
    let now = world.now.0;
    let mut out: Vec<ImageChoice> = images::images(region)
        .filter(|image| image.deprecated_ms > now && image.product_code.is_none())
        .map(|image| {
            let (root_gib, root_type) = image.root_volume().unwrap_or((0, ""));
            ImageChoice {
                id: ImageId(image.id(region)).to_string(),
                label: format!("{} · {}", image.description, image.architecture.name()),
                family: family(image.name),
                architecture: image.architecture.name().to_owned(),
                platform: image.platform,
                login: image.login_user.to_owned(),
                root_gib: i64::from(root_gib),
                root_type: root_type.to_owned(),
                root_device: image.root_device_name.to_owned(),
            }
        })
        .collect();
    let mut own: Vec<_> = world
        .ec2(region)
        .into_iter()
        .flat_map(|ec2| ec2.images.rows())
        .collect();
    sort::by_key(&mut own, |image| image.born);
    out.extend(own.into_iter().map(|image| {
        let root = image.mappings.first().and_then(|mapping| mapping.ebs.as_ref());
        ImageChoice {
            id: image.id.to_string(),
            label: image.name.clone(),
            family: "My AMIs",
            architecture: image.machine.architecture.clone(),
            platform: Platform::find(&image.machine.platform_details).unwrap_or(Platform::Linux),
            login: image.machine.login.clone(),
            root_gib: root.map_or(0, |ebs| ebs.size_gib),
            root_type: root.map_or_else(String::new, |ebs| ebs.volume_type.clone()),
            root_device: image.machine.root_device_name.clone(),
        }
    }));
    out
}

fn family(name: &str) -> &'static str {
    let lower = name.to_ascii_lowercase();
    match () {
        () if lower.starts_with("al2023") => "Amazon Linux 2023",
        () if lower.starts_with("amzn2") => "Amazon Linux 2",
        () if lower.contains("ubuntu") => "Ubuntu",
        () if lower.contains("windows") => "Windows",
        () if lower.contains("debian") => "Debian",
        () if lower.contains("rhel") => "Red Hat",
        () if lower.contains("suse") => "SUSE",
        () if lower.starts_with("amzn-ami") => "Amazon Linux AMI (2014)",
        () => "Community",
    }
}

/// Types that run an image's architecture, in the catalogue's order.
pub fn types_for(architecture: &str) -> Vec<InstanceType> {
    let runs = |known: &Architecture| known.name() == architecture;
    let mut types: Vec<_> = InstanceType::all()
        .filter(|t| t.current_generation() && t.architectures().iter().any(runs))
        .collect();
    sort::by_key(&mut types, |t| (!t.free_tier(), t.family(), t.vcpus(), t.memory_mib()));
    types
}

/// What a choice costs an hour.
pub fn price(choice: &Choices, image: Option<&ImageChoice>) -> Option<InstancePrice> {
    let kind = InstanceType::find(&choice.instance_type)?;
    Some(instance_hour(
        kind,
        choice.region,
        image.map_or(Platform::Linux, |image| image.platform),
    ))
}

/// Subnets of a Region, by VPC and zone.
pub fn subnets_of(world: &World, region: Region) -> Vec<Subnet> {
    let mut subnets: Vec<Subnet> = world
        .ec2(region)
        .into_iter()
        .flat_map(|ec2| ec2.subnets.rows())
        .cloned()
        .collect();
    sort::by_key(&mut subnets, |subnet| (subnet.vpc, subnet.zone.index, subnet.born));
    subnets
}

/// The VPC that the chosen subnet, or the default one, belongs to.
pub fn vpc_of(world: &World, choice: &Choices) -> Option<VpcId> {
    let ec2 = world.ec2(choice.region)?;
    match SubnetId::parse(&choice.subnet) {
        Some(subnet) => ec2.subnets.get(&subnet).map(|subnet| subnet.vpc),
        None => ec2.vpcs.rows().find(|vpc| vpc.is_default).map(|vpc| vpc.id),
    }
}

/// Security groups of the VPC that the instance will be in.
pub fn groups_of(world: &World, choice: &Choices) -> Vec<SecurityGroup> {
    let vpc = vpc_of(world, choice);
    let all = world
        .ec2(choice.region)
        .into_iter()
        .flat_map(|ec2| ec2.security_groups.rows());
    let mut groups: Vec<SecurityGroup> = all.filter(|group| Some(group.vpc) == vpc).cloned().collect();
    sort::by_key(&mut groups, |group| group.born);
    groups
}

impl Choices {
    /// The same with this image, where it can be launched; and a type that runs it, where the present one cannot.
    pub fn of_image(self, world: &World, id: Option<ImageId>) -> Choices {
        let wanted = id.map(|id| id.to_string());
        let images = images_of(world, self.region);
        let Some(image) = images.iter().find(|image| Some(&image.id) == wanted.as_ref()) else {
            return self;
        };
        let types = types_for(&image.architecture);
        let runs = types.iter().any(|kind| kind.name() == self.instance_type);
        let first = types.first().filter(|_| !runs).map(|kind| kind.name().to_owned());
        Choices {
            image: image.id.clone(),
            instance_type: first.unwrap_or(self.instance_type),
            ..self
        }
    }

    /// Wise defaults: the newest Amazon Linux on a type of the free tier, a new group that lets SSH in.
    pub fn new(world: &World, region: Region) -> Choices {
        let images = images_of(world, region);
        let image = images
            .iter()
            .find(|image| image.family == "Amazon Linux 2023" && image.architecture == "x86_64")
            .or(images.first());
        let taken = world.ec2(region).map_or(0, |ec2| ec2.instances.len());
        Choices {
            region,
            name: format!("server-{}", taken + 1),
            image: image.map(|image| image.id.clone()).unwrap_or_default(),
            instance_type: "t3.micro".into(),
            key: world
                .ec2(region)
                .and_then(|ec2| ec2.key_pairs.rows().map(|key| (key.born, key.name.clone())).max())
                .map(|(_, name)| name)
                .unwrap_or_default(),
            subnet: String::new(),
            public: None,
            group: String::new(),
            rules: vec![
                Rule {
                    name: "SSH",
                    port: 22,
                    cidr: "203.0.113.25/32",
                    on: true,
                },
                Rule {
                    name: "HTTP",
                    port: 80,
                    cidr: "0.0.0.0/0",
                    on: false,
                },
                Rule {
                    name: "HTTPS",
                    port: 443,
                    cidr: "0.0.0.0/0",
                    on: false,
                },
                Rule {
                    name: "RDP",
                    port: 3389,
                    cidr: "203.0.113.25/32",
                    on: false,
                },
            ],
            root_gib: String::new(),
            user_data: String::new(),
            count: 1,
        }
    }

    /// The calls before the launch: a new group and its rules need the group's id, so they are made one by one.
    pub fn group_call(&self, vpc: Option<VpcId>, name: &str) -> ApiCall {
        let params = Structure::new()
            .with(field::GROUP_NAME, name)
            .with(field::DESCRIPTION, format!("For {}", self.name))
            .with_some(field::VPC_ID, vpc.map(|vpc| vpc.to_string()));
        ApiCall::ec2(self.region, "CreateSecurityGroup", params)
    }

    /// One wanted rule of the new group.
    pub fn rule_call(&self, group: &str, rule: &Rule) -> ApiCall {
        let permission = Structure::new()
            .with(field::IP_PROTOCOL, "tcp")
            .with(field::FROM_PORT, i64::from(rule.port))
            .with(field::TO_PORT, i64::from(rule.port))
            .with(field::IP_RANGES, vec![Structure::new().with(field::CIDR_IP, rule.cidr)]);
        let params = Structure::new()
            .with(field::GROUP_ID, group)
            .with(field::IP_PERMISSIONS, vec![permission]);
        ApiCall::ec2(self.region, "AuthorizeSecurityGroupIngress", params)
    }

    /// The launch itself, into this group.
    pub fn launch_call(&self, group: &str, image: Option<&ImageChoice>) -> ApiCall {
        let mut params = Structure::new()
            .with(field::IMAGE_ID, self.image.as_str())
            .with(field::INSTANCE_TYPE, self.instance_type.as_str())
            .with(field::MIN_COUNT, self.count)
            .with(field::MAX_COUNT, self.count);
        if !self.key.is_empty() {
            params.set(field::KEY_NAME, self.key.as_str());
        }
        match self.public {
            // Whether an address is given is a property of the interface, which then carries subnet and groups too.
            Some(public) => {
                let interface = Structure::new()
                    .with(field::DEVICE_INDEX, 0_i64)
                    .with(field::ASSOCIATE_PUBLIC_IP_ADDRESS, public)
                    .with(field::GROUPS, vec![group])
                    .with_some(
                        field::SUBNET_ID,
                        Some(self.subnet.as_str()).filter(|subnet| !subnet.is_empty()),
                    );
                params.set(field::NETWORK_INTERFACES, vec![interface]);
            }
            None => {
                params.set(field::SECURITY_GROUP_IDS, vec![group]);
                if !self.subnet.is_empty() {
                    params.set(field::SUBNET_ID, self.subnet.as_str());
                }
            }
        }
        if let (Ok(gib), Some(image)) = (self.root_gib.trim().parse::<i64>(), image) {
            let ebs = Structure::new().with(field::VOLUME_SIZE, gib);
            let mapping = Structure::new()
                .with(field::DEVICE_NAME, image.root_device.as_str())
                .with(field::EBS, ebs);
            params.set(field::BLOCK_DEVICE_MAPPINGS, vec![mapping]);
        }
        if !self.user_data.trim().is_empty() {
            params.set(field::USER_DATA, BASE64.encode(&self.user_data));
        }
        if !self.name.trim().is_empty() {
            let tag = Structure::new()
                .with(field::KEY, "Name")
                .with(field::VALUE, self.name.trim());
            let tags = Structure::new()
                .with(field::RESOURCE_TYPE, "instance")
                .with(field::TAGS, vec![tag]);
            params.set(field::TAG_SPECIFICATIONS, vec![tags]);
        }
        ApiCall::ec2(self.region, "RunInstances", params)
    }

    /// A name for the new group that is not taken in its VPC.
    pub fn group_name(&self, taken: &[SecurityGroup]) -> String {
        let base: String = self
            .name
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
            .collect();
        let base = if base.is_empty() { "launch".to_owned() } else { base };
        let free = |name: &String| taken.iter().all(|group| group.name != *name);
        let first = format!("{base}-sg");
        if free(&first) {
            first
        } else {
            (2..).map(|n| format!("{base}-sg-{n}")).find(free).unwrap_or(first)
        }
    }

    /// The chosen group, where one that exists was chosen.
    pub fn existing_group(&self) -> Option<SecurityGroupId> {
        SecurityGroupId::parse(&self.group)
    }
}

/// Which field an error belongs to, by its parameter or, where AWS names none, by its code.
pub fn field_of(error: &stratus_engine::Error) -> &'static str {
    let parameter = error.parameter.as_str();
    let code = error.code;
    let is = |names: &[&str]| {
        names
            .iter()
            .any(|name| parameter.starts_with(name) || code.contains(name))
    };
    match () {
        () if is(&["ImageId", "AMIID"]) => "AMI",
        () if is(&["BlockDevice", "VolumeSize", "InvalidBlockDevice"]) => "Root volume",
        () if is(&["UserData"]) => "User data",
        () if is(&["KeyName", "KeyPair"]) => "Key pair",
        () if is(&[
            "SecurityGroup",
            "InvalidGroup",
            "GroupName",
            "InvalidPermission",
            "RulesPerSecurityGroup",
        ]) =>
        {
            "Security group"
        }
        () if is(&["Subnet", "NetworkInterface", "FreeAddresses", "VPCIdNotSpecified"]) => "Subnet",
        () if is(&[
            "InstanceType",
            "VcpuLimit",
            "Unsupported",
            "InsufficientInstanceCapacity",
            "InvalidParameterCombination",
        ]) =>
        {
            "Instance type"
        }
        () if is(&["MinCount", "MaxCount", "InstanceLimit"]) => "Count",
        () if is(&["Tag"]) => "Name",
        () => "",
    }
}
