//! The volume types of EBS: what sizes, IOPS and throughput each may have, and what it has when nothing is said.
//! Tables and their checks only; no world.
//!
//! Figures: <https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html>, as they are today: since September 2025 gp3
//! goes to 64 TiB, 80,000 IOPS and 2,000 MiB/s (before: 16 TiB, 16,000 and 1,000).

use crate::base::error::{Error, Result};
use crate::catalog::{Region, Zone};
use crate::world::storage::VolumeShape;

/// What a type allows.
pub(crate) struct VolumeType {
    /// `gp3`, …
    pub name: &'static str,
    /// Smallest and largest size in GiB.
    pub size: (i64, i64),
    /// How IOPS come about.
    pub iops: Iops,
    /// Least and most throughput in MiB/s, where it can be set; the least is included.
    pub throughput: Option<(i64, i64)>,
    /// Quota of a Region: TiB of all volumes of the type.
    /// Source: <https://docs.aws.amazon.com/general/latest/gr/ebs-service.html>
    pub quota_tib: i64,
    /// Quota of a Region: IOPS of all volumes of the type.
    pub quota_iops: Option<i64>,
}

/// How a type's IOPS come about.
pub(crate) enum Iops {
    /// The API shows none.
    None,
    /// 3 a GiB within these bounds; not to be set.
    BySize(i64, i64),
    /// May be set: least (included), most, most a GiB.
    Above(i64, i64, i64),
    /// Must be set: least, most, most a GiB.
    Provisioned(i64, i64, i64),
}

/// All types.
pub(crate) const TYPES: &[VolumeType] = &[
    entry("gp2", (1, 16_384), Iops::BySize(100, 16_000), None, None),
    entry(
        "gp3",
        (1, 65_536),
        Iops::Above(3_000, 80_000, 500),
        Some((125, 2_000)),
        None,
    ),
    entry(
        "io1",
        (4, 16_384),
        Iops::Provisioned(100, 64_000, 50),
        None,
        Some(300_000),
    ),
    VolumeType {
        quota_tib: 20,
        ..entry(
            "io2",
            (4, 65_536),
            Iops::Provisioned(100, 256_000, 1_000),
            None,
            Some(100_000),
        )
    },
    entry("st1", (125, 16_384), Iops::None, None, None),
    entry("sc1", (125, 16_384), Iops::None, None, None),
    entry("standard", (1, 1_024), Iops::None, None, None),
];

const fn entry(
    name: &'static str,
    size: (i64, i64),
    iops: Iops,
    throughput: Option<(i64, i64)>,
    quota_iops: Option<i64>,
) -> VolumeType {
    VolumeType {
        name,
        size,
        iops,
        throughput,
        quota_tib: 50,
        quota_iops,
    }
}

/// How fast a volume is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pace {
    /// MiB/s at most.
    pub throughput: i64,
    /// Requests a second at most.
    pub iops: i64,
    /// Bytes of the largest request that counts as one: a larger one counts as several, small ones that follow each other may be
    /// merged up to this.
    pub request: i64,
}

/// Bytes of the largest request of SSD volumes, and of HDD volumes (of magnetic ones: ours).
/// <https://docs.aws.amazon.com/ebs/latest/userguide/ebs-io-characteristics.html>
const SSD_REQUEST: i64 = 256 << 10;
/// See [`SSD_REQUEST`].
const HDD_REQUEST: i64 = 1 << 20;
/// IOPS that a gp2 volume bursts to.
const GP2_BURST: i64 = 3_000;

/// How fast a volume of this shape is. The types that save up credits (gp2, st1, sc1) have them here whenever they are used: what is
/// spent is not counted; magnetic volumes do the most that AWS says of them (both ours).
pub(crate) fn pace(name: &str, size_gib: i64, iops: Option<i64>, throughput: Option<i64>) -> Pace {
    let own = iops.unwrap_or(0);
    let per_tib = |rate: i64, most: i64| (size_gib.saturating_mul(rate) / 1_024).clamp(1, most);
    let ssd = |throughput: i64, iops: i64| Pace {
        throughput: throughput.max(1),
        iops: iops.max(1),
        request: SSD_REQUEST,
    };
    let hdd = |throughput: i64, iops: i64| Pace {
        throughput,
        iops,
        request: HDD_REQUEST,
    };
    match name {
        "gp3" => ssd(throughput.unwrap_or(125), own),
        "gp2" => ssd(if size_gib <= 170 { 128 } else { 250 }, own.max(GP2_BURST)),
        // 256 KiB each up to 500 MiB/s; above 32,000 IOPS 16 KiB each.
        "io1" if own > 32_000 => ssd(own / 64, own),
        "io1" => ssd((own / 4).min(500), own),
        "io2" => ssd((own / 4).min(4_000), own),
        "st1" => hdd(per_tib(250, 500), 500),
        "sc1" => hdd(per_tib(80, 250), 250),
        _ => hdd(90, 200),
    }
}

impl Pace {
    /// Milliseconds that so many bytes take, in requests of this size; `None`: as large as the kernel makes them of what follows each
    /// other.
    pub fn millis(self, bytes: i64, request: Option<i64>) -> i64 {
        let request = request.unwrap_or(self.request).clamp(1, self.request);
        let requests = bytes / request + i64::from(bytes % request > 0);
        let by_bytes = i128::from(bytes) * 1_000 / i128::from(self.throughput << 20);
        let by_requests = i128::from(requests) * 1_000 / i128::from(self.iops);
        i64::try_from(by_bytes.max(by_requests)).unwrap_or(i64::MAX)
    }
}

/// The type that a volume has when nothing is said.
/// Source: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html>
pub(crate) const DEFAULT: &str = "gp2";

/// The type of this name.
pub(crate) fn find(name: &str) -> Result<&'static VolumeType> {
    TYPES.iter().find(|known| known.name == name).ok_or_else(|| {
        let names: Vec<&str> = TYPES.iter().map(|known| known.name).collect();
        Error::new(
            "UnknownVolumeType",
            format!("Unsupported volume type '{name}' for volume creation."),
        )
        .at("VolumeType")
        .remedy(format!("Use one of {}.", names.join(", ")))
    })
}

/// What is asked of a volume; what is not said follows from the type.
pub(crate) struct Wish<'a> {
    /// Size in GiB.
    pub size_gib: i64,
    /// The type's name.
    pub volume_type: &'a str,
    /// IOPS.
    pub iops: Option<i64>,
    /// MiB/s.
    pub throughput: Option<i64>,
    /// Multi-Attach.
    pub multi_attach: bool,
}

/// Checks a wish against its type and fills in what it leaves open.
pub(crate) fn settle(wish: &Wish<'_>) -> Result<VolumeShape> {
    let kind = find(wish.volume_type)?;
    let (least, most) = kind.size;
    let value = |what: String| Error::new("InvalidParameterValue", what);
    if wish.size_gib < least {
        return Err(value(format!(
            "Volume of {}GiB is too small for volume type {}; minimum is {least}GiB.",
            wish.size_gib, kind.name
        ))
        .at("Size"));
    }
    if wish.size_gib > most {
        return Err(value(format!(
            "Volume of {}GiB is too large for volume type {}; maximum is {most}GiB.",
            wish.size_gib, kind.name
        ))
        .at("Size"));
    }
    let iops = settle_iops(kind, wish)?;
    let throughput = settle_throughput(kind, wish, iops)?;
    if wish.multi_attach && !matches!(kind.name, "io1" | "io2") {
        return Err(Error::combination(format!(
            "The parameter MultiAttachEnabled is not supported for {} volumes.",
            kind.name
        ))
        .at("MultiAttachEnabled")
        .remedy("Use io1 or io2."));
    }
    Ok(VolumeShape {
        size_gib: wish.size_gib,
        volume_type: kind.name.to_owned(),
        iops,
        throughput,
        multi_attach: wish.multi_attach,
    })
}

fn settle_iops(kind: &VolumeType, wish: &Wish<'_>) -> Result<Option<i64>> {
    let refuse = |what: String| Error::new("InvalidParameterValue", what).at("Iops");
    let (least, most, ratio, included) = match kind.iops {
        Iops::None | Iops::BySize(..) if wish.iops.is_some() => {
            return Err(Error::combination(format!(
                "The parameter iops is not supported for {} volumes.",
                kind.name
            ))
            .at("Iops"));
        }
        Iops::None => return Ok(None),
        Iops::BySize(least, most) => return Ok(Some((3 * wish.size_gib).clamp(least, most))),
        Iops::Above(least, most, ratio) => (least, most, ratio, Some(least)),
        Iops::Provisioned(least, most, ratio) => (least, most, ratio, None),
    };
    let Some(iops) = wish.iops.or(included) else {
        return Err(Error::missing("iops")
            .at("Iops")
            .remedy(format!("{} volumes need Iops, from {least} to {most}.", kind.name)));
    };
    if iops < least {
        return Err(refuse(format!("Volume iops of {iops} is too low; minimum is {least}.")));
    }
    if iops > most {
        return Err(refuse(format!("Volume iops of {iops} is too high; maximum is {most}.")));
    }
    // What is included comes with every size.
    if iops > wish.size_gib * ratio && included != Some(iops) {
        let (whole, rest) = decimal(iops, wish.size_gib);
        return Err(refuse(format!(
            "Iops to volume size ratio of {whole}.{rest:06} is too high; maximum is {ratio}"
        )));
    }
    Ok(Some(iops))
}

fn settle_throughput(kind: &VolumeType, wish: &Wish<'_>, iops: Option<i64>) -> Result<Option<i64>> {
    let refuse = |what: String| Error::new("InvalidParameterValue", what).at("Throughput");
    let Some((least, most)) = kind.throughput else {
        return match wish.throughput {
            Some(_) => Err(Error::combination(format!(
                "The parameter throughput is not supported for {} volumes.",
                kind.name
            ))
            .at("Throughput")),
            None => Ok(None),
        };
    };
    let throughput = wish.throughput.unwrap_or(least);
    if throughput < least {
        return Err(refuse(format!(
            "Volume throughput of {throughput} is too low; minimum is {least}."
        )));
    }
    if throughput > most {
        return Err(refuse(format!(
            "Volume throughput of {throughput} is too high; maximum is {most}."
        )));
    }
    // A quarter of a MiB/s for each of the IOPS.
    if let Some(iops) = iops
        && throughput * 4 > iops
    {
        let (whole, rest) = decimal(throughput, iops);
        return Err(refuse(format!(
            "Throughput (MiBps) to iops ratio of {whole}.{rest:06} is too high; maximum is 0.250000 MiBps per iops"
        )));
    }
    Ok(Some(throughput))
}

/// A quotient with six decimals, rounded down.
fn decimal(numerator: i64, denominator: i64) -> (i64, i64) {
    let denominator = denominator.max(1);
    (
        numerator / denominator,
        numerator % denominator * 1_000_000 / denominator,
    )
}

/// Regions with Multi-Attach for io1; for io2 it is wherever io2 is.
/// Source: <https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volumes-multi.html>
const SHARED_IO1: [&str; 3] = ["us-east-1", "us-west-2", "ap-northeast-2"];

/// Whether a Region has Multi-Attach for what is to be made (the error's words are ours).
///
/// # Errors
/// `InvalidParameterCombination`.
pub(crate) fn shared_in(region: Region, shape: &VolumeShape) -> Result<()> {
    if !shape.multi_attach || shape.volume_type != "io1" || SHARED_IO1.contains(&region.name()) {
        return Ok(());
    }
    let text = format!("Multi-Attach is not supported for io1 volumes in {}.", region.name());
    Err(Error::combination(text).remedy("Take io2, which has it in every Region."))
}

/// Whether a zone has the type: a Wavelength Zone has gp2 only. The snapshots of its volumes are the Region's.
/// <https://docs.aws.amazon.com/wavelength/latest/developerguide/wavelength-quotas.html>
///
/// # Errors
/// `VolumeTypeNotAvailableInZone`.
pub(crate) fn fits_zone(zone: Zone, volume_type: &str) -> Result<()> {
    if !zone.is_wavelength() || volume_type == "gp2" {
        return Ok(());
    }
    let why = format!("The zone {} does not support {volume_type} volumes.", zone.name());
    let error = Error::new("VolumeTypeNotAvailableInZone", why).at("VolumeType");
    Err(error.remedy("A Wavelength Zone has gp2 volumes only: name that type."))
}

/// The remedy where [`boots`] says no.
pub(crate) const BOOTABLE: &str = "A root volume must be SSD or magnetic: gp3, gp2, io2, io1 or standard.";

/// Whether a machine can boot from a volume of this type: the two of hard disks cannot.
/// Source: <https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html>
pub(crate) fn boots(name: &str) -> bool {
    !matches!(name, "st1" | "sc1")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Examples of <https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html> and the pages behind it.
    #[test]
    fn each_type_has_its_throughput() {
        let mib = |name: &str, size: i64, iops: Option<i64>| pace(name, size, iops, None).throughput;
        assert_eq!(mib("gp3", 10, Some(3_000)), 125);
        assert_eq!(pace("gp3", 100, Some(8_000), Some(2_000)).throughput, 2_000);
        assert_eq!([mib("gp2", 170, Some(510)), mib("gp2", 171, Some(513))], [128, 250]);
        assert_eq!(
            [mib("io1", 100, Some(2_000)), mib("io1", 1_000, Some(32_000))],
            [500, 500]
        );
        assert_eq!(
            [mib("io1", 1_000, Some(48_000)), mib("io1", 2_000, Some(64_000))],
            [750, 1_000]
        );
        assert_eq!(
            [mib("io2", 100, Some(4_000)), mib("io2", 1_000, Some(256_000))],
            [1_000, 4_000]
        );
        assert_eq!([mib("st1", 1_024, None), mib("st1", 16_384, None)], [250, 500]);
        assert_eq!([mib("sc1", 1_024, None), mib("sc1", 16_384, None)], [80, 250]);
    }

    #[test]
    fn small_requests_are_held_up_by_iops_and_large_ones_by_bytes() {
        let gp3 = pace("gp3", 10, Some(3_000), Some(125));
        assert_eq!(gp3.millis(4_096 * 30_000, Some(4_096)), 10_000);
        assert_eq!(gp3.millis(125 << 20, Some(4 << 20)), 1_000);
        assert_eq!(gp3.millis(125 << 20, None), 1_000);
        // A request of 1 MiB counts as four.
        let io1 = pace("io1", 10, Some(100), None);
        assert_eq!((io1.throughput, io1.millis(100 << 20, Some(1 << 20))), (25, 4_000));
    }
}
