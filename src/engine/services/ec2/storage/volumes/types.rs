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
