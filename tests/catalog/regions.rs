//! Regions and zones: names, ids, letters.

use std::collections::BTreeSet;
use stratus_engine::catalog::{Region, Zone, regions::OptIn};

fn zone_list(region: &str) -> String {
    let region = Region::find(region).unwrap();
    region
        .zones()
        .map(|zone| format!("{}={}", zone.name(), zone.id()))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Stored worlds hold positions: a Region may be added at the end, never moved.
#[test]
fn positions_are_fixed() {
    let codes: Vec<_> = Region::all().map(Region::name).collect();
    let expected = "us-east-1 us-east-2 us-west-1 us-west-2 af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 \
        ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 \
        ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 \
        eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1";
    assert!(codes.join(" ").starts_with(expected), "{codes:?}");
}

#[test]
fn seventeen_regions_need_no_opt_in() {
    let enabled = Region::all().filter(|region| region.opt_in() == OptIn::NotRequired);
    assert_eq!(enabled.count(), 17);
    for (code, opt_in) in [
        ("eu-west-3", OptIn::NotRequired),
        ("eu-south-1", OptIn::Required),
        ("ap-northeast-3", OptIn::NotRequired),
    ] {
        assert_eq!(Region::find(code).unwrap().opt_in(), opt_in, "{code}");
    }
}

#[test]
fn zones() {
    assert_eq!(
        zone_list("us-east-1"),
        "us-east-1a=use1-az1 us-east-1b=use1-az2 us-east-1c=use1-az3 us-east-1d=use1-az4 us-east-1e=use1-az5 us-east-1f=use1-az6"
    );
    // AWS's own mapping, the same for every account.
    assert_eq!(
        zone_list("eu-west-2"),
        "eu-west-2a=euw2-az2 eu-west-2b=euw2-az3 eu-west-2c=euw2-az1"
    );
    assert_eq!(
        zone_list("ca-central-1"),
        "ca-central-1a=cac1-az1 ca-central-1b=cac1-az2 ca-central-1d=cac1-az4"
    );
    assert_eq!(
        zone_list("ap-northeast-1"),
        "ap-northeast-1a=apne1-az1 ap-northeast-1c=apne1-az2 ap-northeast-1d=apne1-az4"
    );

    let zone = Zone::find("use2-az3").unwrap();
    assert_eq!((zone.name().as_str(), zone.index), ("us-east-2c", 2));
    assert_eq!(Zone::find("us-east-2c"), Some(zone));
    assert_eq!(zone.group_name(), "us-east-2-zg-1");
    assert_eq!(zone.group_long_name(), "US East (Ohio) 1");
    assert_eq!(zone.network_border_group(), "us-east-2");
    for text in [
        "",
        "us-east-1",
        "us-east-1g",
        "us-east-1aa",
        "use1-az7",
        "use1-az",
        "USE1-AZ1",
        "ap-northeast-1b",
        "us-east-1é",
    ] {
        assert_eq!(Zone::find(text), None, "{text}");
    }
}

#[test]
fn names_and_ids_are_unique_and_found_again() {
    let (mut names, mut count) = (BTreeSet::new(), 0);
    for region in Region::all() {
        assert_eq!(Region::find(region.name()), Some(region));
        assert_eq!(Region::from_index(region.index()), Some(region));
        assert!(region.zones().len() >= 2, "{region}");
        let location = region.location();
        assert!(
            location.longitude.abs() <= 180.0 && location.latitude.abs() <= 60.0,
            "{region}"
        );
        for zone in region.zones() {
            assert_eq!(Zone::find(&zone.name()), Some(zone));
            assert_eq!(Zone::find(&zone.id()), Some(zone));
            count += 2;
            names.insert(zone.name());
            names.insert(zone.id());
        }
    }
    assert_eq!(names.len(), count);
    assert_eq!(Region::from_index(34), None);
    assert_eq!(Region::find("us-gov-west-1"), None);
}

#[test]
fn serialised_by_name_or_by_number() {
    let zone = Zone::find("eu-west-1b").unwrap();
    let json = serde_json::to_string(&zone).unwrap();
    assert_eq!(json, r#"{"region":"eu-west-1","index":1}"#);
    assert_eq!(serde_json::from_str::<Zone>(&json).unwrap(), zone);
    let bytes = postcard::to_allocvec(&zone).unwrap();
    assert_eq!(bytes, [26, 1]);
    assert_eq!(postcard::from_bytes::<Zone>(&bytes).unwrap(), zone);
    assert!(postcard::from_bytes::<Zone>(&[26, 3]).is_err());
    assert!(postcard::from_bytes::<Region>(&[200]).is_err());
    assert!(serde_json::from_str::<Region>("\"nowhere\"").is_err());
}
