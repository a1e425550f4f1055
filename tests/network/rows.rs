//! Rows for topologies, each a changed copy of a row that calls have made: so a row that gets a new field needs nothing here.

use std::rc::Rc;
use stratus_engine::Engine;
use stratus_engine::base::ids::*;
use stratus_engine::base::time::Time;
use stratus_engine::catalog::{InstanceType, Region, images};
use stratus_engine::world::compute::*;
use stratus_engine::world::references::Row;
use stratus_engine::world::storage::Volume;
use stratus_engine::world::vpc::*;
use stratus_engine::world::{Options, World};
use stratus_model::{Structure, field};

pub const REGION: Region = Region::US_EAST_1;

thread_local! {
    /// A world that has a row of every kind.
    static PATTERNS: World = patterns();
}

fn patterns() -> World {
    let mut engine = Engine::new(Options::default());
    launch(&mut engine, REGION);
    engine.call(REGION, "ec2", "AllocateAddress", Structure::new()).unwrap();
    wait(&mut engine);
    engine.world().clone()
}

/// Launches an instance into the default VPC of a Region.
pub fn launch(engine: &mut Engine, region: Region) {
    let image = images::find_by_name(region, "al2023-ami-2023.6.20250218.2-kernel-6.1-x86_64").unwrap();
    let launch = Structure::new()
        .with(field::IMAGE_ID, format!("ami-{:017x}", image.id(region)))
        .with(field::INSTANCE_TYPE, "t3.micro")
        .with(field::MIN_COUNT, 1)
        .with(field::MAX_COUNT, 1);
    engine.call(region, "ec2", "RunInstances", launch).unwrap();
}

/// Lets ten minutes pass.
pub fn wait(engine: &mut Engine) {
    let wait = Structure::new().with(field::SECONDS, 600.0);
    engine.call(REGION, "stratus", "AdvanceClock", wait).unwrap();
}

/// A row of this kind as calls make it.
pub fn pattern<R: Row>() -> R {
    PATTERNS.with(|world| R::table(world.ec2(REGION).unwrap()).rows().next().cloned().unwrap())
}

pub fn new_group(id: SecurityGroupId, vpc: VpcId, name: &str) -> SecurityGroup {
    let description = String::new();
    SecurityGroup {
        id,
        born: id.0,
        vpc,
        name: name.into(),
        description,
        rules: Vec::new(),
        ..pattern()
    }
}

pub fn new_instance(id: InstanceId, subnet: &Subnet, options: &[&str]) -> Result<Instance, String> {
    let failing = |word: &str| options.contains(&word).then_some(Time::START);
    let base: Instance = pattern();
    let instance_type = InstanceType::find(if options.contains(&"xen") {
        "t2.micro"
    } else {
        "t3.micro"
    });
    let platform = if options.contains(&"windows") { "windows" } else { "" };
    Ok(Instance {
        id,
        born: id.0,
        instance_type: instance_type.ok_or("no such type")?,
        subnet: subnet.id,
        vpc: subnet.vpc,
        machine: Rc::new(Machine {
            platform: platform.into(),
            ..Machine::clone(&base.machine)
        }),
        state: InstanceState::Running,
        state_since: Time::START,
        block_devices: base
            .block_devices
            .iter()
            .map(|line| AttachedVolume {
                volume: VolumeId(id.0),
                ..line.clone()
            })
            .collect(),
        metadata: MetadataOptions {
            enabled: !options.contains(&"imds-off"),
            ipv6: false,
            ..base.metadata
        },
        checks: StatusChecks {
            system_impaired: failing("system-impaired"),
            instance_impaired: failing("impaired"),
            ..base.checks
        },
        guest: Guest {
            boots: options.contains(&"booting").then_some(Time::START),
            firewall: Vec::new(),
            ..base.guest
        },
        ..base
    })
}

/// The root volume of an instance that [`new_instance`] has made: without one it could not be started.
pub fn new_root(instance: InstanceId) -> Volume {
    let mut volume: Volume = pattern();
    (volume.id, volume.born) = (VolumeId(instance.0), instance.0);
    for line in &mut volume.attachments {
        line.instance = instance;
    }
    volume
}

pub fn state_of(options: &[&str]) -> InstanceState {
    let states = [
        InstanceState::Pending,
        InstanceState::ShuttingDown,
        InstanceState::Terminated,
        InstanceState::Stopping,
        InstanceState::Stopped,
    ];
    let named = states.into_iter().find(|state| options.contains(&state.name()));
    named.unwrap_or(InstanceState::Running)
}
