//! What a call costs in a small and in a large world, what going back costs, and what the past weighs:
//! `cargo bench -p stratus-engine --bench history`. Prints numbers of the budget table, and what they are made of.

mod measure;

#[path = "../engine/runner/mod.rs"]
#[allow(dead_code, reason = "only its reader of parameters is wanted here")]
mod runner;

use peak_alloc::PeakAlloc;
use std::cell::Cell;
use stratus_engine::base::ids::ImageId;
use stratus_engine::base::time::Span;
use stratus_engine::catalog::{Region, images};
use stratus_engine::{Engine, Options};

/// Counts what is allocated.
#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const REGION: Region = Region::US_EAST_1;
const IMAGE: &str = "al2023-ami-2023.6.20250218.2-kernel-6.1-x86_64";
/// States that the history is measured with.
const STATES: usize = 10_000;
/// Calls of one kind in a row, whose mean is one sample; they are undone before the next sample.
const RUNS: u32 = 10;

/// The calls whose mean is "a call that writes": `{instance}` and `{group}` are ones that exist, `{number}` is a new one.
#[rustfmt::skip]
const MIX: [(&str, &str); 6] = [
    ("CreateTags", r#"{"Resources":["{instance}"],"Tags":[{"Key":"Owner","Value":"team-{number}"}]}"#),
    ("AuthorizeSecurityGroupIngress", r#"{"GroupId":"{group}","IpPermissions":[{"IpProtocol":"tcp","FromPort":{number},"ToPort":{number},"IpRanges":[{"CidrIp":"10.0.0.0/8"}]}]}"#),
    ("ModifyInstanceAttribute", r#"{"InstanceId":"{instance}","DisableApiTermination":{"Value":true}}"#),
    ("CreateSecurityGroup", r#"{"GroupName":"new-{number}","Description":"another"}"#),
    ("CreateVolume", r#"{"AvailabilityZone":"us-east-1a","Size":1,"VolumeType":"gp2"}"#),
    ("RunInstances", r#"{"ImageId":"{image}","InstanceType":"t3.micro","MinCount":1,"MaxCount":1}"#),
];

fn call(engine: &mut Engine, operation: &str, params: &str) {
    let params = runner::read("ec2", operation, params).expect(operation);
    engine.call(REGION, "ec2", operation, params).expect(operation);
}

/// A world with so many resources (what a Region has from the start apart): of ten, an instance with its interface and
/// root volume, a security group, and six volumes. Eight calls make them.
fn grown(resources: usize, image: &str) -> Engine {
    let mut engine = Engine::new(Options::default());
    for number in 0..resources / 10 {
        let launch = format!(
            r#"{{"ImageId":"{image}","InstanceType":"t3.micro","MinCount":1,"MaxCount":1,"TagSpecifications":
                [{{"ResourceType":"instance","Tags":[{{"Key":"Name","Value":"web-{number}"}}]}}]}}"#
        );
        call(&mut engine, "RunInstances", &launch);
        let group = format!(r#"{{"GroupName":"web-{number}","Description":"one of many"}}"#);
        call(&mut engine, "CreateSecurityGroup", &group);
        for _ in 0..6 {
            let volume = r#"{"AvailabilityZone":"us-east-1a","Size":1,"VolumeType":"gp2"}"#;
            call(&mut engine, "CreateVolume", volume);
        }
        let later = engine.world().now + Span::seconds(1);
        engine.tick(later, usize::MAX);
    }
    let later = engine.world().now + Span::minutes(10);
    engine.tick(later, usize::MAX);
    engine
}

/// A text of [`MIX`] with its places filled in.
fn filled(engine: &Engine, params: &str, number: usize, image: &str) -> String {
    let ec2 = engine.world().ec2(REGION).expect("it is in use");
    let instance = ec2.instances.iter().nth(number % ec2.instances.len());
    let group = ec2.security_groups.iter().nth(number % ec2.security_groups.len());
    params
        .replace("{instance}", &instance.expect("there are some").0.to_string())
        .replace("{group}", &group.expect("there are some").0.to_string())
        .replace("{number}", &number.to_string())
        .replace("{image}", image)
}

/// Microseconds of a call, on average over [`MIX`].
fn writing(engine: &mut Engine, name: &str, image: &str) {
    let mut sum = 0.0;
    for (operation, template) in MIX {
        let calls: Vec<_> = (1..=RUNS as usize)
            .map(|number| runner::read("ec2", operation, &filled(engine, template, 20_000 + number * 97, image)))
            .map(|params| params.expect(operation))
            .collect();
        // What one weighs in the history, where it stays after it is undone.
        let before = MEMORY.current_usage();
        for params in &calls {
            let answer = engine.call(REGION, "ec2", operation, params.clone());
            assert!(answer.is_ok(), "{operation}: {answer:?}");
        }
        let bytes = MEMORY.current_usage().saturating_sub(before) / calls.len();
        for _ in &calls {
            assert!(engine.undo());
        }
        let (next, engine) = (Cell::new(0), std::cell::RefCell::new(&mut *engine));
        let seconds = measure::seconds_between(
            RUNS,
            || {
                let params = calls[next.get()].clone();
                next.set(next.get() + 1);
                let answer = engine.borrow_mut().call(REGION, "ec2", operation, params);
                assert!(answer.is_ok(), "{operation}: {answer:?}");
            },
            || {
                while next.get() > 0 {
                    assert!(engine.borrow_mut().undo());
                    next.set(next.get() - 1);
                }
            },
        );
        println!("  {operation} {:.1} µs, {bytes} bytes", seconds * 1e6);
        sum += seconds;
    }
    measure::print(name, sum / MIX.len() as f64 * 1e6);
}

/// Makes the history as long as it is to be, by calls that make no resource.
fn lengthen(engine: &mut Engine, image: &str) {
    let mut number = 0;
    while engine.history().nodes().len() <= STATES {
        let (operation, template) = MIX[number % 2];
        let params = filled(engine, template, 1 + number % 60_000, image);
        call(engine, operation, &params);
        number += 1;
    }
}

fn main() {
    let image = images::find_by_name(REGION, IMAGE).expect("it is in the catalogue");
    let image = ImageId(image.id(REGION)).to_string();
    let mut small = grown(100, &image);
    writing(&mut small, "call-write-100", &image);

    let before = MEMORY.current_usage();
    let mut engine = grown(10_000, &image);
    println!(
        "  {} calls, {:.1} MB",
        engine.history().nodes().len() - 1,
        megabytes(before)
    );
    lengthen(&mut engine, &image);
    measure::print("memory-10000", megabytes(before));
    writing(&mut engine, "call-write-10000", &image);

    let engine = std::cell::RefCell::new(engine);
    let seconds = measure::seconds_between(
        100,
        || assert!(engine.borrow_mut().undo()),
        || while engine.borrow_mut().redo() {},
    );
    measure::print("undo-10000", seconds * 1e3);
    let mut engine = engine.into_inner();
    let mut number = 0;
    measure::milliseconds("scrub-10000", 100, || {
        number = (number + 7_919) % STATES;
        assert!(engine.jump(number));
    });
}

/// Millions of bytes that have come since.
fn megabytes(before: usize) -> f64 {
    MEMORY.current_usage().saturating_sub(before) as f64 / 1e6
}
