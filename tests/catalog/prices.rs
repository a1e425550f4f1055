//! The price list, computed by hand: tiers, licences, what is documented and what is ours.

use std::collections::BTreeSet;
use stratus_engine::catalog::{
    InstanceType, Money, Region,
    images::Platform,
    money::{HOUR, MONTH, price_text},
    prices::{self, GIB, Rate, Source, Unit},
};

#[test]
fn the_price_list_is_whole() {
    let mut keys = BTreeSet::new();
    for rate in prices::ALL {
        assert!(keys.insert(rate.key), "{}", rate.key);
        assert_eq!(prices::find(rate.key), Some(*rate));
        assert_eq!(rate.tiers.first().map(|tier| tier.from), Some(0), "{}", rate.key);
        assert!(rate.tiers.is_sorted_by_key(|tier| tier.from), "{}", rate.key);
        assert!(rate.url.starts_with("https://aws.amazon.com/"), "{}", rate.key);
        assert_eq!(rate.source(Region::US_EAST_1), Source::Documented);
    }
    let elsewhere = Region::find("eu-west-3").unwrap();
    assert_eq!(prices::EBS_GP3_STORAGE.source(elsewhere), Source::Ours);
    assert_eq!(prices::HOSTED_ZONE.source(elsewhere), Source::Documented);
    assert_eq!(prices::find("nothing"), None);
}

/// The list as a learner reads it, against the figures of AWS's price pages for us-east-1 in March 2025.
#[test]
fn price_list() {
    let text: String = prices::ALL
        .iter()
        .map(|rate| {
            format!(
                "{} {}/{}\n",
                rate.key,
                price_text(rate.first_price(), 2),
                rate.unit.text()
            )
        })
        .collect();
    expect_test::expect![[r#"
        ebs.gp3.storage 0.08/GiB-month
        ebs.gp3.iops 0.005/IOPS-month
        ebs.gp3.throughput 0.04/MiB/s-month
        ebs.gp2.storage 0.10/GiB-month
        ebs.io1.storage 0.125/GiB-month
        ebs.io1.iops 0.065/IOPS-month
        ebs.io2.storage 0.125/GiB-month
        ebs.io2.iops 0.065/IOPS-month
        ebs.st1.storage 0.045/GiB-month
        ebs.sc1.storage 0.015/GiB-month
        ebs.standard.storage 0.05/GiB-month
        ebs.standard.io 0.05/million I/O requests
        ebs.snapshot.standard 0.05/GB-month
        ebs.snapshot.archive 0.0125/GB-month
        ebs.snapshot.retrieval 0.03/GB
        ebs.snapshot.timed-copy 0.02/GB
        ebs.snapshot.fast-restore 0.75/hour
        s3.standard.storage 0.023/GB-month
        s3.intelligent-tiering.storage 0.023/GB-month
        s3.intelligent-tiering.infrequent 0.0125/GB-month
        s3.intelligent-tiering.archive-instant 0.004/GB-month
        s3.intelligent-tiering.archive 0.0036/GB-month
        s3.intelligent-tiering.deep-archive 0.00099/GB-month
        s3.intelligent-tiering.monitoring 0.0025/1,000 object-months
        s3.analytics.monitoring 0.0001/1,000 object-months
        s3.standard-ia.storage 0.0125/GB-month
        s3.one-zone-ia.storage 0.01/GB-month
        s3.glacier-instant.storage 0.004/GB-month
        s3.glacier.storage 0.0036/GB-month
        s3.deep-archive.storage 0.00099/GB-month
        s3.standard.put 0.005/1,000 requests
        s3.standard-ia.put 0.01/1,000 requests
        s3.one-zone-ia.put 0.01/1,000 requests
        s3.glacier-instant.put 0.02/1,000 requests
        s3.glacier.put 0.03/1,000 requests
        s3.deep-archive.put 0.05/1,000 requests
        s3.intelligent-tiering.transition 0.01/1,000 requests
        s3.standard-ia.retrieval 0.01/GB
        s3.one-zone-ia.retrieval 0.01/GB
        s3.glacier-instant.retrieval 0.03/GB
        s3.glacier.retrieval.expedited 0.03/GB
        s3.glacier.retrieval.standard 0.01/GB
        s3.glacier.retrieval.bulk 0.00/GB
        s3.deep-archive.retrieval.standard 0.02/GB
        s3.deep-archive.retrieval.bulk 0.0025/GB
        s3.glacier.restore.expedited 10.00/1,000 requests
        s3.glacier.restore.standard 0.05/1,000 requests
        s3.glacier.restore.bulk 0.00/1,000 requests
        s3.deep-archive.restore.standard 0.10/1,000 requests
        s3.deep-archive.restore.bulk 0.025/1,000 requests
        s3.standard.get 0.0004/1,000 requests
        vpc.public-ipv4 0.005/hour
        vpc.endpoint.hour 0.01/hour
        vpc.transit-gateway.attachment 0.05/hour
        vpc.endpoint.data 0.01/GB
        vpc.endpoint.balancer-data 0.0035/GB
        vpc.transit-gateway.data 0.02/GB
        vpc.nat-gateway.hour 0.045/hour
        vpc.nat-gateway.data 0.045/GB
        vpc.vpn-connection.hour 0.05/hour
        vpc.reachability-analyzer.analysis 0.10/analysis
        vpc.network-access-analyzer.interface 0.002/network interface
        data.out 0.09/GB
        data.between-regions 0.02/GB
        data.between-zones 0.01/GB
        elb.classic.hour 0.025/hour
        elb.classic.data 0.008/GB
        elb.application.hour 0.0225/hour
        elb.network.hour 0.0225/hour
        elb.gateway.hour 0.0125/hour
        elb.application.lcu 0.008/hour
        route53.hosted-zone 0.50/hosted zone
        route53.queries.standard 0.40/million queries
        route53.queries.latency 0.60/million queries
        route53.queries.geo 0.70/million queries
        route53.queries.ip-based 0.80/million queries
        route53.queries.alias 0.00/million queries
        route53.health-check.aws 0.50/health check-month
        route53.health-check.other 0.75/health check-month
        route53.health-check.aws.option 1.00/option-month
        route53.health-check.other.option 2.00/option-month
        cloudwatch.metric 0.30/metric-month
        cloudwatch.alarm 0.10/alarm-month
    "#]]
    .assert_eq(&text);
}

#[test]
fn amounts() {
    let held = |rate: &Rate, quantity, seconds| rate.held(quantity, seconds).display(6);
    assert_eq!(held(&prices::EBS_GP3_STORAGE, 100, MONTH), "8.000000");
    // AWS's example for gp3: 2,000 GB, 10,000 IOPS and 500 MB/s for 12 hours of a 30-day month.
    assert_eq!(held(&prices::EBS_GP3_STORAGE, 2_000, 12 * HOUR), "2.666667");
    assert_eq!(held(&prices::EBS_GP3_IOPS, 10_000, 12 * HOUR), "0.583333");
    assert_eq!(held(&prices::EBS_GP3_THROUGHPUT, 500, 12 * HOUR), "0.250000");
    assert_eq!(held(&prices::EBS_GP3_IOPS, 3_000, MONTH), "0.000000");
    // 32,000 at 0.065, 32,000 at 0.046, 6,000 at 0.032.
    assert_eq!(held(&prices::EBS_IO2_IOPS, 70_000, MONTH), "3744.000000");
    // A snapshot of 16 GiB and one block of 512 KiB.
    assert_eq!(
        held(&prices::SNAPSHOT_STANDARD, 16 * GIB + (512 << 10), MONTH),
        "0.800024"
    );
    assert_eq!(held(&prices::PUBLIC_IPV4, 3, 24 * HOUR), "0.360000");

    // 60 TiB in S3 for half a month is 30 TiB for a month; for a month, 10 TiB of it are in the second tier.
    let tib = GIB << 10;
    assert_eq!(prices::S3_STANDARD.accrued(60 * tib * MONTH / 2).display(2), "706.56");
    assert_eq!(prices::S3_STANDARD.accrued(60 * tib * MONTH).display(2), "1402.88");

    assert_eq!(prices::DATA_OUT.used(100 * GIB), Money::ZERO);
    assert_eq!(prices::DATA_OUT.used(101 * GIB).display(4), "0.0900");
    assert_eq!(prices::DATA_OUT.used(100 * GIB + 10 * tib + GIB).display(4), "921.6850");
    assert_eq!(prices::S3_GET.used(2_500).display(6), "0.001000");
    assert_eq!(prices::HOSTED_ZONE.used(27).display(2), "12.70");
    assert_eq!(prices::DATA_OUT.used(0), Money::ZERO);
    assert_eq!(prices::DATA_OUT.used(-5), Money::ZERO);
    assert!(prices::S3_STANDARD.accrued(i128::MAX).units() > 0);
}

#[test]
fn volumes() {
    for (kind, storage, iops, throughput) in [
        ("gp3", 80, true, true),
        ("gp2", 100, false, false),
        ("io1", 125, true, false),
        ("io2", 125, true, false),
        ("st1", 45, false, false),
        ("sc1", 15, false, false),
        ("standard", 50, false, false),
    ] {
        let rate = prices::volume_storage(kind).unwrap();
        assert_eq!(
            (rate.first_price(), rate.unit),
            (storage * 1_000_000_000, Unit::Month("GiB")),
            "{kind}"
        );
        assert_eq!(prices::volume_iops(kind).is_some(), iops, "{kind}");
        assert_eq!(prices::volume_throughput(kind).is_some(), throughput, "{kind}");
    }
    assert_eq!(prices::volume_storage("gp4"), None);
}

#[test]
fn instances() {
    let show = |name: &str, region: &str, platform| {
        let price = prices::instance_hour(
            InstanceType::find(name).unwrap(),
            Region::find(region).unwrap(),
            platform,
        );
        format!(
            "{} {:?} {}",
            price_text(price.hourly(), 4),
            price.source,
            price.remark.unwrap_or("-")
        )
    };
    assert_eq!(show("t3.micro", "us-east-1", Platform::Linux), "0.0104 Documented -");
    // AWS's list: t3.large Windows 0.1108, t3.2xlarge Windows 0.48, m5.large Windows 0.188.
    assert_eq!(show("t3.large", "us-east-1", Platform::Windows), "0.1108 Documented -");
    assert_eq!(
        show("t3.2xlarge", "us-east-1", Platform::Windows),
        "0.4800 Documented -"
    );
    assert_eq!(
        show("m5.large", "us-east-1", Platform::Windows),
        "0.1880 Ours licence estimated by vCPU or size"
    );
    assert_eq!(
        show("t3.micro", "eu-west-3", Platform::Linux),
        "0.0104 Ours price of us-east-1"
    );
    assert_eq!(
        show("t3.micro", "us-east-1", Platform::RedHat),
        "0.0104 Ours licence not included"
    );
    for kind in InstanceType::all() {
        for region in Region::all() {
            assert!(
                prices::instance_hour(kind, region, Platform::Linux).hourly() > 0,
                "{kind} {region}"
            );
        }
    }
}

/// What leaves a storage class costs, worked by hand from AWS's page: 100 GiB, and 1,000 requests.
#[test]
fn retrievals() {
    let usd = |amount: Money| amount.display(4);
    for (of, bytes, requests) in [
        ("GLACIER/Expedited", "3.0000", "10.0000"),
        ("GLACIER/Standard", "1.0000", "0.0500"),
        ("GLACIER/Bulk", "0.0000", "0.0000"),
        ("DEEP_ARCHIVE/Standard", "2.0000", "0.1000"),
        ("DEEP_ARCHIVE/Bulk", "0.2500", "0.0250"),
    ] {
        assert_eq!(usd(prices::retrieval(of).unwrap().used(100 * GIB)), bytes, "{of}");
        let restore = prices::object_requests(&format!("RESTORE/{of}"));
        assert_eq!(usd(restore.used(1_000)), requests, "{of}");
    }
    // Storage class, retrieval of 100 GiB, 1,000 requests that write, days at least, and what 100 GiB cost for those days.
    for (class, bytes, put, days, least) in [
        ("STANDARD", None, "0.0050", 0, "0.0000"),
        ("INTELLIGENT_TIERING", None, "0.0050", 0, "0.0000"),
        ("STANDARD_IA", Some("1.0000"), "0.0100", 30, "1.2500"),
        ("ONEZONE_IA", Some("1.0000"), "0.0100", 30, "1.0000"),
        ("GLACIER_IR", Some("3.0000"), "0.0200", 90, "1.2000"),
        ("GLACIER", None, "0.0300", 90, "1.0800"),
        ("DEEP_ARCHIVE", None, "0.0500", 180, "0.5940"),
    ] {
        let retrieval = prices::retrieval(class).map(|rate| usd(rate.used(100 * GIB)));
        assert_eq!(retrieval.as_deref(), bytes, "{class}");
        let requests = prices::object_requests(&format!("PUT/{class}"));
        assert_eq!(usd(requests.used(1_000)), put, "{class}");
        assert_eq!(prices::least_days(class), days, "{class}");
        let storage = prices::object_storage(class).unwrap();
        let usage = 100 * GIB * i128::from(days) * 86_400;
        assert_eq!(usd(storage.used(usage)), least, "{class}");
    }
    let intelligent = prices::object_requests("TRANSITION/INTELLIGENT_TIERING");
    assert_eq!(usd(intelligent.used(1_000)), "0.0100");
}
