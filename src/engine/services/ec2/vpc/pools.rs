//! Where Amazon's addresses come from: public IPv4, IPv6 blocks, the blocks of AWS's own prefix lists, DNS names.
//!
//! The IPv4 pools are blocks that Amazon publishes for EC2 in each Region (<https://ip-ranges.amazonaws.com/ip-ranges.json>),
//! one or two of many; where none is known to us another Amazon block stands in (*ours*). No address of a documentation range is
//! ever drawn, so that 203.0.113.25 is always somebody else.

use crate::base::random::{Stream, fixed};
use crate::base::text;
use crate::catalog::{Region, Zone};
use crate::world::World;
use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use rand_chacha::rand_core::RngCore;
use std::net::{Ipv4Addr, Ipv6Addr};

/// Region → first address and length of its public pool, then the 32 bits with which its IPv6 blocks begin.
#[rustfmt::skip]
const POOLS: &[(&str, [u8; 4], u8, u32)] = &[
    ("us-east-1", [3, 80, 0, 0], 12, 0x2600_1f18), ("us-east-2", [3, 128, 0, 0], 13, 0x2600_1f16),
    ("us-west-1", [54, 176, 0, 0], 15, 0x2600_1f1c), ("us-west-2", [35, 160, 0, 0], 13, 0x2600_1f14),
    ("af-south-1", [13, 244, 0, 0], 15, 0x2406_da11), ("ap-east-1", [18, 162, 0, 0], 16, 0x2406_da1e),
    ("ap-east-2", [43, 212, 0, 0], 16, 0x2406_da1d), ("ap-northeast-1", [13, 112, 0, 0], 14, 0x2406_da14),
    ("ap-northeast-2", [3, 34, 0, 0], 15, 0x2406_da12), ("ap-northeast-3", [13, 208, 0, 0], 16, 0x2406_da16),
    ("ap-south-1", [13, 232, 0, 0], 14, 0x2406_da1a), ("ap-south-2", [18, 60, 0, 0], 15, 0x2406_da1b),
    ("ap-southeast-1", [13, 212, 0, 0], 15, 0x2406_da18), ("ap-southeast-2", [3, 104, 0, 0], 14, 0x2406_da1c),
    ("ap-southeast-3", [108, 136, 0, 0], 15, 0x2406_da19), ("ap-southeast-4", [16, 26, 0, 0], 16, 0x2406_da13),
    ("ap-southeast-5", [43, 216, 0, 0], 15, 0x2406_da17), ("ap-southeast-6", [16, 79, 0, 0], 16, 0x2406_da10),
    ("ap-southeast-7", [43, 208, 0, 0], 15, 0x2406_da0f), ("ca-central-1", [3, 96, 0, 0], 15, 0x2600_1f11),
    ("ca-west-1", [40, 176, 0, 0], 15, 0x2600_1f1a), ("eu-central-1", [3, 120, 0, 0], 14, 0x2a05_d014),
    ("eu-central-2", [16, 62, 0, 0], 15, 0x2a05_d019), ("eu-north-1", [13, 48, 0, 0], 15, 0x2a05_d016),
    ("eu-south-1", [15, 160, 0, 0], 16, 0x2a05_d01a), ("eu-south-2", [18, 100, 0, 0], 15, 0x2a05_d011),
    ("eu-west-1", [34, 240, 0, 0], 13, 0x2a05_d018), ("eu-west-2", [3, 8, 0, 0], 14, 0x2a05_d01c),
    ("eu-west-3", [13, 36, 0, 0], 14, 0x2a05_d012), ("il-central-1", [51, 16, 0, 0], 15, 0x2a05_d025),
    ("me-central-1", [3, 28, 0, 0], 15, 0x2406_da0e), ("me-south-1", [15, 184, 0, 0], 16, 0x2a05_d01e),
    ("mx-central-1", [78, 12, 0, 0], 15, 0x2600_1f12), ("sa-east-1", [18, 228, 0, 0], 16, 0x2600_1f1e),
];

fn pool(region: Region) -> (Ipv4Net, u32) {
    let (_, first, length, six) = POOLS
        .iter()
        .find(|(name, ..)| *name == region.name())
        .copied()
        .unwrap_or(("", [3, 80, 0, 0], 12, 0x2600_1f18));
    (Ipv4Net::new(Ipv4Addr::from(first), length).unwrap_or_default(), six)
}

/// Draws a public address of the Region that nobody in this world holds.
pub(crate) fn draw_public_address(world: &mut World, region: Region) -> Ipv4Addr {
    draw_of(world, region, pool(region).0)
}

/// Draws an address for what is in a zone: in a Wavelength Zone one of the carrier's, else a public one of the Region.
pub(crate) fn draw_address(world: &mut World, zone: Zone) -> Ipv4Addr {
    let net = zone.carrier_block().unwrap_or_else(|| pool(zone.region).0);
    draw_of(world, zone.region, net)
}

/// Draws until a block is looked through.
const DRAWS: usize = 4_096;

fn draw_of(world: &mut World, region: Region, net: Ipv4Net) -> Ipv4Addr {
    let first = u32::from(net.network());
    let size = 1_u64 << (32 - net.prefix_len());
    let at = |offset: u64| Ipv4Addr::from(first | u32::try_from(offset).unwrap_or(0));
    let is_free =
        |world: &World, address: Ipv4Addr| !is_held(world, region, address) && !matches!(address.octets()[3], 0 | 255);
    for _ in 0..DRAWS {
        let address = at(world.random.next_u64(Stream::PublicAddress) % size);
        if is_free(world, address) {
            return address;
        }
    }
    // A small block that is nearly used up is looked through; one that is, borrows of the Region's.
    let left = (0..size).map(at).find(|address| is_free(world, *address));
    left.unwrap_or_else(|| draw_of(world, region, pool(region).0))
}

/// Whether somebody in this world holds a public address.
pub(super) fn is_held(world: &World, region: Region, address: Ipv4Addr) -> bool {
    world.ec2(region).is_some_and(|ec2| {
        ec2.estate.is_elsewhere(address)
            || ec2.by_public_address.contains(&address)
            || ec2.addresses.rows().any(|elastic| elastic.address == address)
    })
}

/// Draws an Amazon-provided IPv6 block of 56 bits that no VPC of the Region has.
pub(crate) fn draw_ipv6_block(world: &mut World, region: Region) -> Ipv6Net {
    let (_, start) = pool(region);
    loop {
        // 24 bits between the Region's 32 and the block's 56.
        let middle = world.random.next_u64(Stream::PublicAddress) & 0x00ff_ffff;
        let address = Ipv6Addr::from((u128::from(start) << 96) | (u128::from(middle) << 72));
        let net = Ipv6Net::new(address, 56).unwrap_or_default();
        let taken = world.ec2(region).is_some_and(|ec2| {
            ec2.vpcs
                .rows()
                .any(|vpc| vpc.ipv6_cidrs.iter().any(|(_, has)| *has == net))
        });
        if !taken {
            return net;
        }
    }
}

/// AWS's own prefix lists of a Region: name and blocks. The blocks of us-east-1, us-west-2 and eu-west-1 are AWS's (some of
/// them); elsewhere blocks of the same Amazon ranges stand in (*ours*).
pub(crate) fn aws_prefix_lists(region: Region) -> [(String, Vec<IpNet>); 2] {
    let (s3, dynamodb): (&[&str], &[&str]) = match region.name() {
        "us-east-1" => (
            &[
                "3.5.0.0/19",
                "18.34.0.0/19",
                "18.34.232.0/21",
                "52.216.0.0/15",
                "54.231.0.0/16",
            ],
            &["3.218.180.0/23", "3.218.182.0/24", "52.94.0.0/22", "52.119.224.0/20"],
        ),
        "us-west-2" => (
            &[
                "3.5.76.0/22",
                "3.5.80.0/21",
                "18.34.244.0/22",
                "52.92.128.0/17",
                "52.218.128.0/17",
            ],
            &["52.94.10.0/24", "52.94.12.0/24", "52.119.252.0/22"],
        ),
        "eu-west-1" => (
            &["3.5.64.0/21", "18.34.240.0/22", "52.92.0.0/17", "52.218.0.0/17"],
            &["52.94.24.0/23", "52.94.26.0/24", "52.119.240.0/21"],
        ),
        _ => (&[], &[]),
    };
    let own = |known: &[&str], stand_ins: [(Ipv4Addr, u8); 2]| -> Vec<IpNet> {
        if known.is_empty() {
            stand_ins
                .iter()
                .filter_map(|(address, length)| Ipv4Net::new(*address, *length).ok())
                .map(IpNet::V4)
                .collect()
        } else {
            known.iter().filter_map(|text| text.parse().ok()).collect()
        }
    };
    let index = region.index();
    let s3 = own(
        s3,
        [
            (Ipv4Addr::new(3, 5, 128 + (index & 31) * 4, 0), 22),
            (Ipv4Addr::new(52, 219, (index & 63) * 4, 0), 22),
        ],
    );
    let dynamodb = own(
        dynamodb,
        [
            (Ipv4Addr::new(52, 94, 64 + (index & 63), 0), 24),
            (Ipv4Addr::new(52, 119, 128 + (index & 63), 0), 24),
        ],
    );
    [
        (format!("com.amazonaws.{}.dynamodb", region.name()), dynamodb),
        (format!("com.amazonaws.{}.s3", region.name()), s3),
    ]
}

/// The id of one of AWS's own prefix lists: the same for every account and seed, as AWS's are.
pub(crate) fn aws_prefix_list_number(region: Region, place: u64) -> u64 {
    fixed(0, u64::from(u32::MAX) - 1, u64::from(region.index()) * 16 + place).next_u64()
}

/// The name that resolves to a private address inside the VPC: `ip-10-0-0-5.ec2.internal`.
/// <https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html>
pub fn private_dns_name(region: Region, address: Ipv4Addr) -> String {
    let mut name = String::with_capacity(48);
    name.push_str("ip-");
    text::octets(address, '-', &mut name);
    name.push('.');
    match region {
        Region::US_EAST_1 => name.push_str("ec2.internal"),
        _ => name.push_str(&internal_domain(region)),
    }
    name
}

/// The domain of private names: `ec2.internal` in us-east-1, elsewhere `eu-west-1.compute.internal`.
pub fn internal_domain(region: Region) -> String {
    if region == Region::US_EAST_1 {
        "ec2.internal".into()
    } else {
        format!("{}.compute.internal", region.name())
    }
}

/// The name that resolves to a public address: `ec2-3-80-1-2.compute-1.amazonaws.com`.
pub fn public_dns_name(region: Region, address: Ipv4Addr) -> String {
    let mut name = String::with_capacity(64);
    name.push_str("ec2-");
    text::octets(address, '-', &mut name);
    match region {
        Region::US_EAST_1 => name.push_str(".compute-1"),
        _ => {
            name.push('.');
            name.push_str(region.name());
            name.push_str(".compute");
        }
    }
    name.push_str(".amazonaws.com");
    name
}
