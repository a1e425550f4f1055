//! A table is a sorted map whose clones are worlds of their own: whatever is put, changed and taken away, it holds what the
//! standard library's map holds, in the same order from both ends, and a change to a clone never shows in the original.

use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Bound;
use stratus_engine::base::ids::*;
use stratus_engine::base::key::Key;
use stratus_engine::base::time::Time;
use stratus_engine::catalog::Region;
use stratus_engine::catalog::quotas::QuotaFamily;
use stratus_engine::world::table::Table;
use stratus_engine::world::usage::{Group, Measure, Subject};

/// What is done to a table.
#[derive(Clone, Debug)]
enum Act<K> {
    Insert(K, u32),
    Remove(K),
    Change(K, u32),
    /// Keeps a clone, which must stay what it is.
    Keep,
}

fn acts<K: Clone + Debug + 'static>(key: impl Strategy<Value = K> + Clone + 'static) -> BoxedStrategy<Vec<Act<K>>> {
    let act = prop_oneof![
        5 => (key.clone(), any::<u32>()).prop_map(|(key, row)| Act::Insert(key, row)),
        3 => key.clone().prop_map(Act::Remove),
        2 => (key, any::<u32>()).prop_map(|(key, row)| Act::Change(key, row)),
        1 => Just(Act::Keep),
    ];
    proptest::collection::vec(act, 0..120).boxed()
}

/// Rows that are worth sharing: whether a change copied them shows in their bytes.
type Row = (u32, String);

fn row(number: u32) -> Row {
    (number, format!("row {number}"))
}

fn holds<K: Key + Debug>(acts: Vec<Act<K>>) -> Result<(), TestCaseError> {
    let (mut table, mut map) = (Table::<K, Row>::default(), BTreeMap::<K, Row>::new());
    let mut kept = Vec::new();
    for act in &acts {
        match act {
            Act::Insert(key, number) => {
                table.insert(key.clone(), row(*number));
                map.insert(key.clone(), row(*number));
            }
            Act::Remove(key) => prop_assert_eq!(table.remove(key), map.remove(key).is_some()),
            Act::Change(key, number) => {
                let (one, other) = (table.get_mut(key), map.get_mut(key));
                prop_assert_eq!(one.is_some(), other.is_some());
                for row in one.into_iter().chain(other) {
                    row.0 = row.0.wrapping_add(*number);
                    row.1.push('!');
                }
            }
            Act::Keep => kept.push((table.clone(), map.clone())),
        }
    }
    let keys: Vec<&K> = acts
        .iter()
        .filter_map(|act| match act {
            Act::Insert(key, _) | Act::Remove(key) | Act::Change(key, _) => Some(key),
            Act::Keep => None,
        })
        .collect();
    kept.push((table, map));
    for (table, map) in &kept {
        same(table, map, &keys)?;
    }
    Ok(())
}

/// Whether a table and a map hold the same, however one asks.
fn same<K: Key + Debug>(table: &Table<K, Row>, map: &BTreeMap<K, Row>, keys: &[&K]) -> Result<(), TestCaseError> {
    prop_assert_eq!(table.len(), map.len());
    prop_assert_eq!(table.is_empty(), map.is_empty());
    prop_assert_eq!(table.first(), map.first_key_value());
    prop_assert!(table.iter().eq(map));
    prop_assert!(table.iter().rev().eq(map.iter().rev()));
    prop_assert!(table.rows().eq(map.values()));
    let (mut one, mut other) = (table.iter(), map.iter());
    for turn in 0..=map.len() {
        // From both ends by turns, past the meeting.
        let (one, other) = match turn % 3 {
            0 => (one.next(), other.next()),
            _ => (one.next_back(), other.next_back()),
        };
        prop_assert_eq!(one, other);
    }
    for (place, key) in keys.iter().enumerate().take(40) {
        prop_assert_eq!(table.get(key), map.get(key));
        prop_assert_eq!(table.contains(key), map.contains_key(key));
        let end = keys[(place * 7) % keys.len()];
        let ranges = [
            (Bound::Included(*key), Bound::Unbounded),
            (Bound::Excluded(*key), Bound::Unbounded),
            (Bound::Unbounded, Bound::Included(*key)),
            (Bound::Unbounded, Bound::Excluded(*key)),
            (Bound::Included(*key), Bound::Included(end)),
            (Bound::Excluded(*key), Bound::Included(end)),
            (Bound::Included(*key), Bound::Excluded(end)),
        ];
        for (from, to) in ranges {
            let backwards = matches!((from, to), (Bound::Included(a) | Bound::Excluded(a), Bound::Included(b) | Bound::Excluded(b)) if a > b);
            let range = (from.cloned(), to.cloned());
            if backwards {
                // The map would panic.
                prop_assert_eq!(table.range(range).next(), None);
                continue;
            }
            prop_assert!(table.range(range.clone()).eq(map.range(range.clone())));
            prop_assert!(table.range(range.clone()).rev().eq(map.range(range).rev()));
        }
    }
    Ok(())
}

/// Texts that differ early, late, beyond the sixteenth byte, and in length only.
fn text() -> BoxedStrategy<String> {
    let end = prop_oneof![
        "[ab]{0,2}",
        "\u{0}{0,2}",
        Just("ü".to_owned()),
        Just("\u{10FFFF}".to_owned())
    ];
    (
        prop_oneof![
            Just(""),
            Just("a"),
            Just("fifteen letters"),
            Just("a beginning that many have")
        ],
        end,
    )
        .prop_map(|(start, end)| format!("{start}{end}"))
        .boxed()
}

/// Numbers at the edges and near each other.
fn number() -> BoxedStrategy<u64> {
    prop_oneof![
        0..40_u64,
        (0..4_u64).prop_map(|few| u64::MAX - few),
        (0..4_u64).prop_map(|few| (1 << 63) - 2 + few),
        any::<u64>()
    ]
    .boxed()
}

fn resource() -> BoxedStrategy<ResourceId> {
    (0..4, number())
        .prop_map(|(kind, number)| match kind {
            0 => ResourceId::Instance(InstanceId(number)),
            1 => ResourceId::Volume(VolumeId(number)),
            2 => ResourceId::Vpc(VpcId(number)),
            _ => ResourceId::Change(ChangeId(number)),
        })
        .boxed()
}

fn region() -> BoxedStrategy<Region> {
    proptest::sample::select(Region::all().collect::<Vec<_>>()).boxed()
}

fn measure() -> BoxedStrategy<Measure> {
    proptest::sample::select(vec![
        Measure::Instance,
        Measure::VolumeIops,
        Measure::Requests,
        Measure::HostedZone,
    ])
    .boxed()
}

fn subject() -> BoxedStrategy<Subject> {
    prop_oneof![resource().prop_map(Subject::Resource), text().prop_map(Subject::Named)].boxed()
}

fn group() -> BoxedStrategy<Group> {
    (measure(), region(), text(), -2..2_i64)
        .prop_map(|(measure, region, rate, quantity)| Group {
            measure,
            region,
            rate,
            quantity,
        })
        .boxed()
}

fn signed() -> BoxedStrategy<i64> {
    prop_oneof![-20..20_i64, Just(i64::MIN), Just(i64::MAX)].boxed()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn numbers(acts in acts(number())) { holds(acts)?; }
    #[test]
    fn signed_numbers(acts in acts(signed())) { holds(acts)?; }
    #[test]
    fn texts(acts in acts(text())) { holds(acts)?; }
    #[test]
    fn addresses(acts in acts((number().prop_map(VpcId), any::<u8>().prop_map(|last| Ipv4Addr::new(10, 0, 0, last))))) { holds(acts)?; }
    #[test]
    fn long_addresses(acts in acts(number().prop_map(|low| Ipv6Addr::from_bits(u128::from(low) * 3)))) { holds(acts)?; }
    #[test]
    fn pending_work(acts in acts((signed().prop_map(Time), number()))) { holds(acts)?; }
    #[test]
    fn resources(acts in acts(resource())) { holds(acts)?; }
    /// More bits than a place has.
    #[test]
    fn references(acts in acts((resource(), resource()))) { holds(acts)?; }
    #[test]
    fn record_sets(acts in acts((text(), text(), text()))) { holds(acts)?; }
    #[test]
    fn zones_by_name(acts in acts((text(), number()))) { holds(acts)?; }
    #[test]
    fn meters(acts in acts((subject(), measure()))) { holds(acts)?; }
    #[test]
    fn groups(acts in acts((signed(), group()))) { holds(acts)?; }
    #[test]
    fn regions(acts in acts(region())) { holds(acts)?; }
    #[test]
    fn quotas(acts in acts(proptest::sample::select(QuotaFamily::ALL.to_vec()))) { holds(acts)?; }
}

/// As it is saved: a map in the order of the keys.
#[test]
fn a_table_is_written_as_a_map() {
    let rows = [(3_u64, "three"), (1, "one"), (u64::MAX, "many")];
    let (mut table, mut map) = (Table::default(), BTreeMap::new());
    for (key, row) in rows {
        table.insert(key, row.to_owned());
        map.insert(key, row.to_owned());
    }
    let bytes = postcard::to_allocvec(&map).expect("it can be written");
    assert_eq!(postcard::to_allocvec(&table).expect("it can be written"), bytes);
    assert_eq!(serde_json::to_string(&table).ok(), serde_json::to_string(&map).ok());
    assert_eq!(format!("{table:?}"), format!("{map:?}"));
}
