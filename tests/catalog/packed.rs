//! The packed table of instance types is what its source says.

use std::collections::BTreeMap;
use std::fs;
use stratus_engine::catalog::{
    InstanceType, Region,
    money::{parse_picodollars, price_text},
};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/");
/// Columns before the prices.
const FACTS: usize = 19;

/// The CSV: its Regions, and its rows.
fn source() -> (Vec<String>, Vec<Vec<String>>) {
    let text = fs::read_to_string(format!("{FOLDER}ec2_instance_types.csv")).unwrap();
    let mut rows = text
        .lines()
        .map(|line| line.split(',').map(str::to_string).collect::<Vec<_>>());
    let header = rows.next().unwrap();
    let regions = header
        .iter()
        .skip(FACTS)
        .map(|column| column.strip_prefix("linux_usd_hour_").unwrap().to_string());
    (regions.collect(), rows.collect())
}

fn family(row: &[String]) -> &str {
    row[0].split('.').next().unwrap()
}

fn price(text: &str) -> Option<i128> {
    (!text.is_empty()).then(|| parse_picodollars(text).unwrap())
}

/// The price of a vCPU that explains most of a family's prices in this column, the lowest of equals; none where no price is
/// known.
fn per_vcpu(rows: &[&Vec<String>], column: usize) -> Option<i128> {
    let mut votes = BTreeMap::new();
    for row in rows {
        let vcpus: i128 = row[1].parse().unwrap();
        let unit = price(&row[column])
            .filter(|price| price % vcpus == 0)
            .map(|price| price / vcpus);
        *votes.entry(unit).or_insert(0) += i32::from(unit.is_some());
    }
    votes
        .into_iter()
        .rev()
        .max_by_key(|(_, votes)| *votes)
        .and_then(|(unit, _)| unit)
}

fn pack() -> String {
    let (regions, rows) = source();
    let mut text = regions.join(",") + "\n";
    for group in rows.chunk_by(|left, right| family(left) == family(right)) {
        let group: Vec<_> = group.iter().collect();
        let units: Vec<_> = (0..regions.len()).map(|at| per_vcpu(&group, FACTS + at)).collect();
        let shown: Vec<_> = units
            .iter()
            .map(|unit| unit.map_or(String::new(), |unit| price_text(unit, 0)))
            .collect();
        text += &format!("@{}\n", shown.join(","));
        for row in group {
            text += &row[..FACTS].join(",");
            for (at, unit) in units.iter().enumerate() {
                let vcpus: i128 = row[1].parse().unwrap();
                let cell = &row[FACTS + at];
                if price(cell) != unit.map(|unit| unit * vcpus) {
                    text += &format!(",{at}={cell}");
                }
            }
            text.push('\n');
        }
    }
    text
}

#[test]
fn packed_file_is_current() {
    let path = format!("{FOLDER}instance_types.txt");
    let packed = pack();
    if std::env::var("UPDATE_EXPECT").is_ok_and(|value| value == "1") {
        fs::write(&path, &packed).unwrap();
    }
    let hint = "the source has changed: UPDATE_EXPECT=1 cargo test -p stratus-engine --test catalog packed";
    assert!(fs::read_to_string(&path).unwrap() == packed, "{hint}");
}

/// Every cell of the CSV, read straight from it, against what the catalogue answers.
#[test]
fn nothing_is_lost_in_packing() {
    let (regions, rows) = source();
    for (at, row) in rows.iter().enumerate() {
        let kind = InstanceType::from_index(u16::try_from(at).unwrap()).unwrap();
        assert_eq!(InstanceType::find(&row[0]), Some(kind));
        let names = |names: Vec<&str>| names.join("|");
        let flag = |flag: bool| if flag { "1" } else { "0" }.to_string();
        let store = kind.instance_store();
        let disks = store.map_or(Vec::new(), |store| store.disks.clone());
        let disks = disks
            .iter()
            .map(|disks| format!("{}x{}{}", disks.count, disks.size_gb, disks.disk_type));
        let found = [
            kind.name().to_string(),
            kind.vcpus().to_string(),
            kind.cores().to_string(),
            kind.memory_mib().to_string(),
            names(kind.architectures().iter().map(|item| item.name()).collect()),
            kind.hypervisor().to_string(),
            names(kind.virtualization().iter().map(|item| item.name()).collect()),
            names(kind.root_devices().iter().map(|item| item.name()).collect()),
            kind.network_performance().to_string(),
            kind.max_interfaces().to_string(),
            kind.ipv4_per_interface().to_string(),
            flag(kind.ipv6()),
            store.map_or(0, |store| store.total_gb).to_string(),
            disks.collect::<Vec<_>>().join("|"),
            flag(kind.burstable()),
            flag(kind.current_generation()),
            flag(kind.free_tier()),
            flag(kind.hibernation()),
            names(kind.usage_classes().iter().map(|item| item.name()).collect()),
        ];
        assert_eq!(found, row[..FACTS], "{kind}");
        for (region, cell) in regions.iter().zip(&row[FACTS..]) {
            assert_eq!(
                kind.linux_price(Region::find(region).unwrap()),
                price(cell),
                "{kind} in {region}"
            );
        }
    }
    assert_eq!(InstanceType::all().len(), rows.len());
}
