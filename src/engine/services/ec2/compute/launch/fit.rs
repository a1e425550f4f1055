//! Whether an image, a type and a zone go together: architecture, virtualization, root device, drivers, tenancy.

use super::super::types;
use super::devices::Devices;
use crate::base::error::{Error, Result};
use crate::catalog::instance_types::{Architecture, EnaSupport, Hypervisor, RootDevice, Virtualization};
use crate::catalog::{InstanceType, Zone, dedicated_hosts};
use crate::services::ec2::common::refuse_wavelength;
use crate::services::ec2::storage::volumes::types as volume_types;
use crate::world::compute::{Image, Machine, Tenancy};
use stratus_model::Structure;
use stratus_model::field;

/// The type that a call names. Without one it is `m1.small`, as ever.
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html>
///
/// # Errors
/// `InvalidParameterValue`.
pub(in crate::services::ec2::compute) fn read_type(params: &Structure) -> Result<InstanceType> {
    named_type(params.text(field::INSTANCE_TYPE).unwrap_or("m1.small"))
}

/// The type of this name.
///
/// # Errors
/// `InvalidParameterValue`.
pub(in crate::services::ec2::compute) fn named_type(name: &str) -> Result<InstanceType> {
    InstanceType::find(name).ok_or_else(|| {
        Error::new(
            "InvalidParameterValue",
            format!("Invalid value '{name}' for InstanceType."),
        )
        .at("InstanceType")
        .remedy("DescribeInstanceTypes lists the types there are.")
    })
}

/// Whether a machine made like this runs on a type.
///
/// # Errors
/// `InvalidParameterValue` (architecture), `InvalidParameterCombination` (virtualization, ENA), `UnsupportedOperation`
/// (an instance-store root where there is no instance store).
pub(in crate::services::ec2::compute) fn machine(image: &str, machine: &Machine, kind: InstanceType) -> Result<()> {
    let name = kind.name();
    let runs = Architecture::find(&machine.architecture).is_some_and(|wanted| kind.architectures().contains(&wanted));
    if !runs {
        let all: Vec<&str> = kind.architectures().iter().map(|one| one.name()).collect();
        let text = format!(
            "The architecture '{}' of the specified instance type does not match the architecture '{}' of the specified AMI. Specify an instance type and an AMI that have matching architectures, and try again. You can use 'describe-instance-types' or 'describe-images' to discover the architecture of the instance type or AMI.",
            all.join(","),
            machine.architecture
        );
        return Err(Error::new("InvalidParameterValue", text).at("InstanceType"));
    }
    virtualization(machine, kind)?;
    let store = machine.root_device_type == "instance-store";
    if store && !kind.root_devices().contains(&RootDevice::InstanceStore) {
        let text = format!(
            "AMI '{image}' with an instance-store root device is not supported for the instance type '{name}'."
        );
        return Err(Error::new("UnsupportedOperation", text).at("InstanceType"));
    }
    if kind.ena_support() == EnaSupport::Required && !machine.ena {
        let text = format!(
            "Enhanced networking with the Elastic Network Adapter (ENA) is required for the '{name}' instance type. Ensure that you are using an AMI that is enabled for ENA."
        );
        return Err(Error::combination(text).at("InstanceType"));
    }
    Ok(())
}

fn virtualization(machine: &Machine, kind: InstanceType) -> Result<()> {
    let name = kind.name();
    let hvm = machine.virtualization == "hvm";
    let wanted = if hvm {
        Virtualization::Hvm
    } else {
        Virtualization::Paravirtual
    };
    if kind.virtualization().contains(&wanted) {
        return Ok(());
    }
    let text = if hvm {
        "Non-Windows instances with a virtualization type of 'hvm' are currently not supported for this instance type."
            .to_owned()
    } else {
        format!(
            "Virtualization type 'hvm' is required for instances of type '{name}'. Ensure that you are using an AMI with virtualization type 'hvm'."
        )
    };
    Err(Error::combination(text).at("InstanceType"))
}

/// Whether a zone has the type.
///
/// # Errors
/// `Unsupported`.
pub(in crate::services::ec2::compute) fn zone(kind: InstanceType, zone: Zone) -> Result<()> {
    if types::offered(kind, zone) {
        return Ok(());
    }
    let others: Vec<String> = zone
        .region
        .zones()
        .filter(|other| types::offered(kind, *other))
        .map(Zone::name)
        .collect();
    let text = format!(
        "Your requested instance type ({}) is not supported in your requested Availability Zone ({}). Please retry your request by not specifying an Availability Zone or choosing {}.",
        kind.name(),
        zone.name(),
        others.join(", ")
    );
    Err(Error::new("Unsupported", text).at("Placement.AvailabilityZone"))
}

/// Whether a launch fits a Wavelength Zone: shared hardware, and gp2 volumes.
/// <https://docs.aws.amazon.com/wavelength/latest/developerguide/wavelength-quotas.html>
///
/// # Errors
/// `UnsupportedOperation`, `VolumeTypeNotAvailableInZone`.
pub(super) fn wavelength(zone: Zone, tenancy: Tenancy, devices: &Devices) -> Result<()> {
    if tenancy != Tenancy::Default {
        refuse_wavelength(zone, "Dedicated hardware").map_err(|error| error.at("Placement.Tenancy"))?;
    }
    for wanted in &devices.volumes {
        let volume_type = wanted.typed.then_some(wanted.ebs.volume_type.as_str());
        volume_types::fits_zone(zone, volume_type.unwrap_or(volume_types::DEFAULT))
            .map_err(|error| error.at("BlockDeviceMappings"))?;
    }
    Ok(())
}

/// Whether a type may have a tenancy.
///
/// # Errors
/// `Unsupported`.
pub(in crate::services::ec2::compute) fn tenancy(kind: InstanceType, tenancy: Tenancy) -> Result<()> {
    // <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-instance.html>: these run on shared hardware only.
    let shared_only =
        matches!(kind.family(), "t1" | "t2") || kind.name().starts_with("m1.") || kind.name().starts_with("c1.");
    match tenancy {
        Tenancy::Dedicated if shared_only => {
            let text = format!(
                "The tenancy 'dedicated' is not supported for the instance type '{}'.",
                kind.name()
            );
            Err(Error::new("Unsupported", text).at("Placement.Tenancy"))
        }
        Tenancy::Host if dedicated_hosts::room(kind.family()) < dedicated_hosts::takes(kind) => {
            let text = format!(
                "The tenancy 'host' is not supported for the instance type '{}'.",
                kind.name()
            );
            Err(Error::new("Unsupported", text).at("Placement.Tenancy"))
        }
        Tenancy::Default | Tenancy::Dedicated | Tenancy::Host => Ok(()),
    }
}

/// Whether an instance can hibernate: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/hibernating-prerequisites.html>.
/// `root` is the root volume's size in GiB and whether it is encrypted.
///
/// # Errors
/// `UnsupportedHibernationConfiguration`.
pub(super) fn hibernation(image: &Image, kind: InstanceType, root: Option<(i64, bool)>) -> Result<()> {
    let refuse = |text: String| Err(Error::new("UnsupportedHibernationConfiguration", text).at("HibernationOptions"));
    let memory = i64::from(kind.memory_mib());
    let most = if image.machine.is_windows() {
        16 << 10
    } else {
        150 << 10
    };
    if !kind.hibernation() {
        return refuse(format!(
            "The instance type '{}' does not support hibernation.",
            kind.name()
        ));
    }
    if image.machine.virtualization != "hvm" {
        return refuse(format!(
            "The image '{}' does not support hibernation: it is not an HVM image.",
            image.id
        ));
    }
    let Some((size_gib, encrypted)) = root else {
        return refuse(format!(
            "The image '{}' has no EBS root volume, which hibernation needs.",
            image.id
        ));
    };
    if !encrypted {
        return refuse("Hibernation needs an encrypted EBS root volume.".into());
    }
    if memory > most {
        return refuse(format!(
            "Hibernation is not supported for more than {} GiB of memory.",
            most >> 10
        ));
    }
    if size_gib << 10 <= memory {
        return refuse(format!(
            "The root volume of {size_gib} GiB has no room for {memory} MiB of memory."
        ));
    }
    Ok(())
}

/// Whether EBS optimization can be had: always on, on request, or not at all.
///
/// # Errors
/// `Unsupported`.
pub(in crate::services::ec2::compute) fn ebs_optimized(kind: InstanceType, wanted: bool) -> Result<()> {
    if wanted && types::ebs_optimized_support(kind) == "unsupported" {
        let text = "EBS-optimized instances are not supported for your requested configuration. Please check the documentation for supported configurations.";
        return Err(Error::new("Unsupported", text).at("EbsOptimized"));
    }
    Ok(())
}

/// Whether the type's host gives its disks over NVMe, all of them, whatever the mapping says.
pub(super) fn nvme(kind: InstanceType) -> bool {
    kind.hypervisor() == Hypervisor::Nitro || kind.family() == "i3"
}
