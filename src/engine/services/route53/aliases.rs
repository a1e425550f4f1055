//! Targets of alias records: a record of the same zone, or a name of an AWS service in that service's own hosted zone.
//!
//! <https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html>. A zone id that is in neither is refused
//! as AWS refuses a wrong one; targets in services that Stratus does not have (API Gateway, Elastic Beanstalk) are among them (ours).
//! The zones of VPC interface endpoints are those that DescribeVpcEndpoints shows with their names.

use crate::base::ids::ResourceId;
use crate::catalog::Region;
use crate::dns::name;
use crate::network::fronts;
use crate::services::ec2::links::endpoint_names;
use crate::services::s3::website;
use crate::world::World;
use crate::world::balancing::BalancerKind;
use crate::world::names::{HostedZone, RecordKey, RecordSet};
use crate::world::table::Table;

/// Region; hosted zone of S3's websites; of Application and Classic Load Balancers; of Network Load Balancers.
/// <https://docs.aws.amazon.com/general/latest/gr/s3.html>, <https://docs.aws.amazon.com/general/latest/gr/elb.html>
#[rustfmt::skip]
const ZONES: &[(&str, &str, &str, &str)] = &[
    ("us-east-1", "Z3AQBSTGFYJSTF", "Z35SXDOTRQ7X7K", "Z26RNL4JYFTOTI"),
    ("us-east-2", "Z2O1EMRO9K5GLX", "Z3AADJGX6KTTL2", "ZLMOA37VPKANP"),
    ("us-west-1", "Z2F56UZL2M1ACD", "Z368ELLRRE2KJ0", "Z24FKFUX50B4VW"),
    ("us-west-2", "Z3BJ6K6RIION7M", "Z1H1FL5HABSF5", "Z18D5FSROUN65G"),
    ("af-south-1", "Z83WF9RJE8B12", "Z268VQBMOI5EKX", "Z203XCE67M25HM"),
    ("ap-east-1", "ZNB98KWMFR0R6", "Z3DQVH9N71FHZ0", "Z12Y7K3UBGUAD1"),
    ("ap-east-2", "Z064739330DAH7WJVOO93", "Z02789141MW7T1WBU19PO", "Z09176273OC2HWIAUNYW"),
    ("ap-northeast-1", "Z2M4EHUR26P7ZW", "Z14GRHDCWA56QT", "Z31USIVHYNEOWT"),
    ("ap-northeast-2", "Z3W03O7B5YMIYP", "ZWKZPGTI48KDX", "ZIBE1TIR4HY56"),
    ("ap-northeast-3", "Z2YQB5RD63NC85", "Z5LXEXXYW11ES", "Z1GWIQ4HH19I5X"),
    ("ap-south-1", "Z11RGJOFQNVJUP", "ZP97RAFLXTNZK", "ZVDDRBQ08TROA"),
    ("ap-south-2", "Z02976202B4EZMXIPMXF7", "Z0173938T07WNTVAEPZN", "Z0711778386UTO08407HT"),
    ("ap-southeast-1", "Z3O0J2DXBE1FTB", "Z1LMS91P8CMLE5", "ZKVM4W9LS7TM"),
    ("ap-southeast-2", "Z1WCIGYICN2BYD", "Z1GM3OXH4ZPM65", "ZCT6FZBF4DROD"),
    ("ap-southeast-3", "Z01846753K324LI26A3VV", "Z08888821HLRG5A9ZRTER", "Z01971771FYVNCOVWJU1G"),
    ("ap-southeast-4", "Z0312387243XT5FE14WFO", "Z09517862IB2WZLPXG76F", "Z01156963G8MIIL7X90IV"),
    ("ap-southeast-5", "Z08660063OXLMA7F1FJHU", "Z06010284QMVVW7WO5J", "Z026317210H9ACVTRO6FB"),
    ("ap-southeast-6", "Z05686083R66JX5C163TC", "Z023301818UFJ50CIO0MV", "Z01392953RKV2Q3RBP0KU"),
    ("ap-southeast-7", "Z0031014GXUMRZG6I14G", "Z0390008CMBRTHFGWBCB", "Z054363131YWATEMWRG5L"),
    ("ca-central-1", "Z1QDHH18159H29", "ZQSVJUPU6J1EY", "Z2EPGBW3API2WT"),
    ("ca-west-1", "Z03565811Z33SLEZTHOUL", "Z06473681N0SF6OS049SD", "Z02754302KBB00W2LKWZ9"),
    ("eu-central-1", "Z21DNDUVLTQW6Q", "Z215JYRZR1TBD5", "Z3F0SRJ5LGBH90"),
    ("eu-central-2", "Z030506016YDQGETNASS", "Z06391101F2ZOEP8P5EB3", "Z02239872DOALSIDCX66S"),
    ("eu-north-1", "Z3BAZG2TWCNX0D", "Z23TAZ6LKFMNIO", "Z1UDT6IFJ4EJM"),
    ("eu-south-1", "Z30OZKI7KPW7MI", "Z3ULH7SSC9OV64", "Z23146JA1KNAFP"),
    ("eu-south-2", "Z0081959F7139GRJC19J", "Z0956581394HF5D5LXGAP", "Z1011216NVTVYADP1SSV"),
    ("eu-west-1", "Z1BKCTXD74EZPE", "Z32O12XQLNTSW2", "Z2IFOLAFXWLO4F"),
    ("eu-west-2", "Z3GKZC51ZF0DB4", "ZHURV8PSTC4K8", "ZD4D7Y8KGAS4G"),
    ("eu-west-3", "Z3R1K369G5AVDG", "Z3Q77PNBQS71R4", "Z1CMS0P5QUZ6D5"),
    ("il-central-1", "Z09640613K4A3MN55U7GU", "Z09170902867EHPV2DABU", "Z0313266YDI6ZRHTGQY4"),
    ("me-central-1", "Z06143092I8HRXZRUZROF", "Z08230872XQRWHG2XF6I", "Z00282643NTTLPANJJG2P"),
    ("me-south-1", "Z1MPMWCPA7YB62", "ZS929ML54UICD", "Z3QSRYVP46NYYV"),
    ("mx-central-1", "Z057606446ZNVQJJ8WOP", "Z023552324OKD1BB28BH5", "Z02031231H3ID6HYJ9A7U"),
    ("sa-east-1", "Z7KQH4QJS55SO", "Z2P70J7HTTTPLU", "ZTK26PT1VY4CU"),
];
/// The zone of CloudFront's distributions.
const CLOUD_FRONT: &str = "Z2FDTNDATAQYW2";
/// What the documentation says of them, in whose words the fault is told.
/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html#Route53-Type-AliasTarget-EvaluateTargetHealth>
const NO_HEALTH: &str = "You can't set EvaluateTargetHealth to true when the alias target is a CloudFront distribution";
/// Zones that are no Region's: CloudFront and Global Accelerator.
const GLOBAL: &[(&str, &str)] = &[
    (CLOUD_FRONT, ".cloudfront.net."),
    ("Z2BJ6XQ5FK7U4H", ".awsglobalaccelerator.com."),
];

/// The hosted zone id of S3's website endpoint in a Region; `None` where it is not listed.
pub fn website_zone(region: Region) -> Option<&'static str> {
    ZONES
        .iter()
        .find(|(name, ..)| *name == region.name())
        .map(|(_, website, ..)| *website)
}

/// The hosted zone id of the names of a Region's load balancers, of Network Load Balancers or of all others; `None` where it is
/// not listed.
pub(crate) fn balancer_zone(region: Region, network: bool) -> Option<&'static str> {
    let row = ZONES.iter().find(|(name, ..)| *name == region.name());
    row.map(|row| if network { row.3 } else { row.2 })
}

/// The name of S3's website endpoint in a Region.
pub(super) fn website_name(region: Region) -> String {
    format!("{}.", website::endpoint(region))
}

/// The hosted zone id that a name of AWS's lies in, of those that traffic policies lead to.
pub(super) fn zone_of(target: &str) -> Option<&'static str> {
    let regional = ZONES
        .iter()
        .flat_map(|(_, website, balancer, network)| [*website, *balancer, *network]);
    let global = GLOBAL.iter().map(|(id, _)| *id);
    regional.chain(global).find(|id| in_service(id, target))
}

/// Something that an alias record can stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The hosted zone that it lies in.
    pub zone: String,
    /// Its name.
    pub name: String,
    /// What it is, in words.
    pub what: String,
}

/// What an alias of this name (in normal form) and type can stand for: load balancers, the website of the bucket of the same name
/// (a website answers by the name that it is asked for), and other records of the zone. Names of services that one has to know
/// (CloudFront, VPC endpoints) are not among them (ours).
/// <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-alias.html>
pub fn targets(world: &World, zone: &HostedZone, record: &str, record_type: &str) -> Vec<Target> {
    let mut found = Vec::new();
    if matches!(record_type, "A" | "AAAA" | "HTTPS" | "SVCB") {
        for (region, _) in world.regions.iter() {
            found.extend(balancers(world, *region));
        }
        let bucket = name::said(record);
        let row = world.s3.buckets.get(&bucket);
        if let (Some(row), Ok(_)) = (row, website::of(world, &bucket))
            && let Some(id) = website_zone(row.region)
        {
            found.push(Target {
                zone: id.into(),
                name: website::endpoint(row.region),
                what: format!("website of the bucket {bucket}"),
            });
        }
    }
    let mut last = "";
    for set in zone.records.rows() {
        if set.record_type == record_type && set.name != record && set.name != last {
            last = set.name.as_str();
            found.push(Target {
                zone: zone.id.to_string(),
                name: name::said(&set.name),
                what: format!("{record_type} record of this zone"),
            });
        }
    }
    found
}

/// The load balancers of a Region whose names lie in a hosted zone that is listed here.
fn balancers(world: &World, region: Region) -> Vec<Target> {
    let Some(ec2) = world.ec2(region) else {
        return Vec::new();
    };
    let target = |id: ResourceId, called: &str, kind: &str, network: bool| {
        Some(Target {
            zone: balancer_zone(region, network)?.into(),
            name: fronts::dns_name(world, region, id)?,
            what: format!("{kind} {called} in {}", region.name()),
        })
    };
    let rows = ec2.balancing.balancers.rows();
    let newer = rows.filter_map(|row| match row.kind {
        BalancerKind::Application => target(row.id.into(), &row.name, "Application Load Balancer", false),
        BalancerKind::Network => target(row.id.into(), &row.name, "Network Load Balancer", true),
        BalancerKind::Gateway => None,
    });
    let rows = ec2.balancing.classic.rows();
    let classic = rows.filter_map(|row| target(row.id.into(), &row.name, "Classic Load Balancer", false));
    newer.chain(classic).collect()
}

/// What is wrong with the target of a set that would stand in a zone with these records.
pub(super) fn faults(zone: &HostedZone, records: &Table<RecordKey, RecordSet>, set: &RecordSet) -> Vec<String> {
    let Some(alias) = &set.alias else {
        return Vec::new();
    };
    let (target, record_type) = (alias.target.as_str(), set.record_type.as_str());
    let own = zone.id.to_string() == alias.zone;
    let (lies, found) = if own {
        let lies = name::within(target, &zone.name);
        let itself = target == set.name;
        let there = of(records, target, record_type).next().is_some();
        (lies, lies && there && !itself)
    } else {
        let lies = in_service(&alias.zone, target);
        (lies, lies && matches!(record_type, "A" | "AAAA" | "HTTPS" | "SVCB"))
    };
    let tried = format!(
        "Tried to create an alias that targets {target}, type {record_type} in zone {}",
        alias.zone
    );
    let mut faults = Vec::new();
    if !lies {
        faults.push(format!(
            "{tried}, but the alias target name does not lie within the target zone"
        ));
    }
    if !found {
        faults.push(format!("{tried}, but that target was not found"));
    }
    if alias.evaluate_health && alias.zone == CLOUD_FRONT {
        faults.push(format!("{tried}, but {NO_HEALTH}"));
    }
    faults
}

/// The record sets of a name and a type.
pub(super) fn of<'t>(
    records: &'t Table<RecordKey, RecordSet>,
    name: &str,
    record_type: &str,
) -> impl Iterator<Item = &'t RecordSet> + use<'t> {
    let first = (name::reversed(name), record_type.to_owned(), String::new());
    let (wanted, kind) = (first.0.clone(), first.1.clone());
    records
        .range(first..)
        .take_while(move |((name, record_type, _), _)| *name == wanted && *record_type == kind)
        .map(|(_, set)| set)
}

/// Whether a name lies in the hosted zone of a service.
fn in_service(zone: &str, target: &str) -> bool {
    let regional = ZONES.iter().any(|(region, website, balancer, network)| {
        if *website == zone {
            return target == format!("s3-website-{region}.amazonaws.com.")
                || target == format!("s3-website.{region}.amazonaws.com.");
        }
        (*balancer == zone && target.ends_with(&format!(".{region}.elb.amazonaws.com.")))
            || (!network.is_empty() && *network == zone && target.ends_with(&format!(".elb.{region}.amazonaws.com.")))
    });
    regional
        || endpoint_names::zone_of(target).is_some_and(|own| own == zone)
        || GLOBAL
            .iter()
            .any(|(id, suffix)| *id == zone && target.ends_with(suffix))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_region_has_zones_of_its_own() {
        let listed: Vec<&str> = ZONES.iter().map(|row| row.0).collect();
        let regions: Vec<&str> = Region::all().map(Region::name).collect();
        assert_eq!(listed, regions);
        let ids: BTreeSet<&str> = ZONES.iter().flat_map(|row| [row.1, row.2, row.3]).collect();
        assert_eq!(ids.len(), 3 * ZONES.len());
    }
}
