//! What a launch says of its instances besides where they go and which disks they have.

use super::fit;
use crate::base::error::{Error, Result};
use crate::base::limits::USER_DATA_BYTES;
use crate::catalog::{InstanceType, Region};
use crate::keys::KeyType;
use crate::services::ec2::compute::{credits, key_pairs, metadata_defaults, profiles, types};
use crate::world::World;
use crate::world::compute::{Image, MetadataOptions, NameOptions, Tenancy};
use crate::world::launching::InstanceMore;
use crate::world::vpc::{Subnet, Vpc};
use base64::Engine as _;
use std::rc::Rc;
use stratus_model::{Structure, field};

/// The options of a launch.
#[derive(Clone, Debug)]
pub(in crate::services::ec2::compute) struct Options {
    pub instance_type: InstanceType,
    /// Name and public half of the key pair.
    pub key: Option<(String, String)>,
    pub user_data: Option<Rc<[u8]>>,
    pub tenancy: Tenancy,
    pub shutdown_terminates: bool,
    pub disable_api_termination: bool,
    pub disable_api_stop: bool,
    pub ebs_optimized: bool,
    pub monitoring: bool,
    pub hibernation: bool,
    pub metadata: MetadataOptions,
    pub cpu_credits: Option<String>,
    pub instance_profile: Option<String>,
    pub kernel: Option<String>,
    pub cpu: (i64, i64),
    pub names: NameOptions,
    pub auto_recovery: bool,
    pub more: InstanceMore,
}

/// Reads the options.
///
/// # Errors
/// The launch errors of <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html> that belong to them.
pub(super) fn read(
    world: &World,
    region: Region,
    params: &Structure,
    image: &Image,
    kind: InstanceType,
    subnet: Option<&Subnet>,
    vpc: Option<&Vpc>,
) -> Result<Options> {
    let flag = |name| params.boolean(name) == Some(true);
    let ebs_optimized = flag(field::EBS_OPTIMIZED);
    fit::ebs_optimized(kind, ebs_optimized)?;
    let tenancy = tenancy(params, kind, vpc)?;
    Ok(Options {
        instance_type: kind,
        key: key(world, region, params, image)?,
        user_data: params
            .text(field::USER_DATA)
            .map(decode_user_data)
            .transpose()?
            .filter(|data| !data.is_empty()),
        tenancy,
        shutdown_terminates: shutdown_terminates(params, image)?,
        disable_api_termination: flag(field::DISABLE_API_TERMINATION),
        disable_api_stop: flag(field::DISABLE_API_STOP),
        ebs_optimized,
        monitoring: params
            .structure(field::MONITORING)
            .and_then(|m| m.boolean(field::ENABLED))
            == Some(true),
        hibernation: params
            .structure(field::HIBERNATION_OPTIONS)
            .and_then(|h| h.boolean(field::CONFIGURED))
            == Some(true),
        metadata: metadata(world, region, params, image)?,
        cpu_credits: cpu_credits(world, region, params, kind)?,
        instance_profile: params
            .structure(field::IAM_INSTANCE_PROFILE)
            .map(|spec| profiles::instance_profile(world, spec))
            .transpose()?
            .flatten(),
        kernel: kernel(params, image)?,
        cpu: cpu(params.structure(field::CPU_OPTIONS), kind)?,
        names: names(params, subnet),
        auto_recovery: params
            .structure(field::MAINTENANCE_OPTIONS)
            .and_then(|m| m.text(field::AUTO_RECOVERY))
            != Some("disabled"),
        more: more(params, kind)?,
    })
}

/// What the API has and Stratus has not, and what names things that this account cannot have.
///
/// # Errors
/// What AWS answers to an account without the thing, or `UnsupportedOperation`.
pub(super) fn refuse_unknown(params: &Structure) -> Result<()> {
    for (given, name) in [
        (
            !params.list(field::ELASTIC_GPU_SPECIFICATION).is_empty(),
            field::ELASTIC_GPU_SPECIFICATION,
        ),
        (
            !params.list(field::ELASTIC_INFERENCE_ACCELERATORS).is_empty(),
            field::ELASTIC_INFERENCE_ACCELERATORS,
        ),
        (
            !params.list(field::LICENSE_SPECIFICATIONS).is_empty(),
            field::LICENSE_SPECIFICATIONS,
        ),
        (
            !params.list(field::SECONDARY_INTERFACES).is_empty(),
            field::SECONDARY_INTERFACES,
        ),
        (params.contains(field::OPERATOR), field::OPERATOR),
        (
            params
                .structure(field::PLACEMENT)
                .is_some_and(|placement| placement.contains(field::SPREAD_DOMAIN)),
            field::SPREAD_DOMAIN,
        ),
        (
            params
                .structure(field::ENCLAVE_OPTIONS)
                .and_then(|options| options.boolean(field::ENABLED))
                == Some(true),
            field::ENCLAVE_OPTIONS,
        ),
        (
            params
                .structure(field::CAPACITY_RESERVATION_SPECIFICATION)
                .is_some_and(|s| s.contains(field::CAPACITY_RESERVATION_TARGET)),
            field::CAPACITY_RESERVATION_SPECIFICATION,
        ),
    ] {
        if given {
            let text = format!("{} is not simulated.", name.text());
            return Err(Error::new("UnsupportedOperation", text).at(name.text()));
        }
    }
    Ok(())
}

/// `MinCount` and `MaxCount`.
///
/// # Errors
/// `InvalidParameterValue`.
pub(super) fn counts(params: &Structure) -> Result<(i64, i64)> {
    let least = params.integer(field::MIN_COUNT).unwrap_or(1);
    let most = params.integer(field::MAX_COUNT).unwrap_or(1);
    let refuse = |text: &str, at| Err(Error::new("InvalidParameterValue", text).at(at));
    if least < 1 {
        return refuse("Minimum instance count must be greater than zero", "MinCount");
    }
    if most < 1 {
        return refuse("Maximum instance count must be greater than zero", "MaxCount");
    }
    if most < least {
        return refuse(
            "Maximum instance count must not be smaller than minimum instance count",
            "MaxCount",
        );
    }
    Ok((least, most))
}

fn key(world: &World, region: Region, params: &Structure, image: &Image) -> Result<Option<(String, String)>> {
    let Some(name) = params.text(field::KEY_NAME).filter(|name| !name.is_empty()) else {
        return Ok(None);
    };
    let pair = key_pairs::by_name(world, region, name)?;
    if image.machine.is_windows() && pair.key_type == KeyType::Ed25519.name() {
        let text = "ED25519 key pairs are not supported with Windows AMIs";
        return Err(Error::combination(text)
            .at("KeyName")
            .remedy("Use an RSA key pair: it also opens the administrator's password."));
    }
    Ok(Some((pair.name.clone(), pair.public_openssh.clone())))
}

/// User data comes in base64 and may have 16 KB once decoded.
///
/// # Errors
/// `InvalidUserData.Malformed`, `InvalidParameterValue`.
pub(in crate::services::ec2::compute) fn decode_user_data(text: &str) -> Result<Rc<[u8]>> {
    let plain: String = text.split_whitespace().collect();
    let bytes = base64::engine::general_purpose::STANDARD.decode(plain).map_err(|_| {
        Error::new("InvalidUserData.Malformed", "Invalid BASE64 encoding of user data.")
            .at("UserData")
            .remedy("The API takes base64; the CLI's --user-data encodes text itself.")
    })?;
    limit_user_data(&bytes)?;
    Ok(Rc::from(bytes))
}

/// # Errors
/// `InvalidParameterValue` for more than 16 KB.
pub(in crate::services::ec2::compute) fn limit_user_data(bytes: &[u8]) -> Result<()> {
    if bytes.len() > USER_DATA_BYTES {
        let text = format!("User data is limited to {USER_DATA_BYTES} bytes");
        return Err(Error::new("InvalidParameterValue", text).at("UserData"));
    }
    Ok(())
}

fn tenancy(params: &Structure, kind: InstanceType, vpc: Option<&Vpc>) -> Result<Tenancy> {
    let placement = params.structure(field::PLACEMENT);
    let said = |name| placement.and_then(|placement| placement.text(name)).unwrap_or_default();
    let asked = match said(field::TENANCY) {
        "dedicated" => Tenancy::Dedicated,
        "host" => Tenancy::Host,
        // Who names a host means it.
        _ if !said(field::HOST_ID).is_empty() => Tenancy::Host,
        _ => Tenancy::Default,
    };
    // A dedicated VPC leaves no choice but a Dedicated Host.
    let tenancy = match (asked, vpc.map(|vpc| vpc.tenancy)) {
        (Tenancy::Default, Some(Tenancy::Dedicated)) => Tenancy::Dedicated,
        _ => asked,
    };
    fit::tenancy(kind, tenancy)?;
    Ok(tenancy)
}

fn shutdown_terminates(params: &Structure, image: &Image) -> Result<bool> {
    let store = image.machine.root_device_type == "instance-store";
    match params.text(field::INSTANCE_INITIATED_SHUTDOWN_BEHAVIOR) {
        Some(_) if store => {
            let text = "The attribute instanceInitiatedShutdownBehavior can only be used for elastic images.";
            Err(Error::combination(text).at("InstanceInitiatedShutdownBehavior"))
        }
        Some(behavior) => Ok(behavior == "terminate"),
        None => Ok(store),
    }
}

/// How a type's bandwidth is shared out between its network and its volumes; `None` = as the type has it.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configure-bandwidth-weighting.html>
///
/// # Errors
/// `Unsupported` for a type that shares it out in one way only.
pub(in crate::services::ec2::compute) fn bandwidth(
    options: Option<&Structure>,
    kind: InstanceType,
) -> Result<Option<String>> {
    let Some(wanted) = options.and_then(|options| options.text(field::BANDWIDTH_WEIGHTING)) else {
        return Ok(None);
    };
    if wanted != "default" && types::bandwidth_weightings(kind).is_empty() {
        let text = format!(
            "The instance type '{}' does not support bandwidth weighting.",
            kind.name()
        );
        return Err(Error::new("Unsupported", text).at("BandwidthWeighting"));
    }
    Ok(Some(wanted).filter(|wanted| *wanted != "default").map(str::to_owned))
}

/// What few launches ask for.
fn more(params: &Structure, kind: InstanceType) -> Result<InstanceMore> {
    let migration = params
        .structure(field::MAINTENANCE_OPTIONS)
        .and_then(|options| options.text(field::REBOOT_MIGRATION));
    let preference = params
        .structure(field::CAPACITY_RESERVATION_SPECIFICATION)
        .and_then(|reservation| reservation.text(field::CAPACITY_RESERVATION_PREFERENCE));
    let affinity = params
        .structure(field::PLACEMENT)
        .and_then(|placement| placement.text(field::AFFINITY));
    Ok(InstanceMore {
        bandwidth: bandwidth(params.structure(field::NETWORK_PERFORMANCE_OPTIONS), kind)?,
        host_affinity: affinity == Some("host"),
        stays_at_reboot: migration == Some("disabled"),
        reservation_preference: preference.filter(|text| *text != "open").map(str::to_owned),
        ramdisk: params
            .text(field::RAMDISK_ID)
            .filter(|text| !text.is_empty())
            .map(str::to_owned),
        ..InstanceMore::default()
    })
}

/// Images that ask for IMDSv2 require tokens and let them travel two hops; what the account prefers wins over that, and
/// the request over both.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-options-order-of-precedence.html>
fn metadata(world: &World, region: Region, params: &Structure, image: &Image) -> Result<MetadataOptions> {
    let mut options = MetadataOptions {
        tokens_required: image.imds_v2,
        hop_limit: if image.imds_v2 { 2 } else { 1 },
        enabled: true,
        tags: false,
        ipv6: false,
    };
    metadata_defaults::apply(world, region, &mut options);
    if let Some(wanted) = params.structure(field::METADATA_OPTIONS) {
        change_metadata(&mut options, wanted)?;
    }
    metadata_defaults::enforce(world, region, &options)?;
    Ok(options)
}

/// Applies what a call says of metadata options.
///
/// # Errors
/// `InvalidParameterValue`.
pub(in crate::services::ec2::compute) fn change_metadata(
    options: &mut MetadataOptions,
    wanted: &Structure,
) -> Result<()> {
    let on = |name| wanted.text(name).map(|state| state == "enabled");
    if let Some(tokens) = wanted.text(field::HTTP_TOKENS) {
        options.tokens_required = tokens == "required";
    }
    if let Some(limit) = wanted.integer(field::HTTP_PUT_RESPONSE_HOP_LIMIT) {
        if !(1..=64).contains(&limit) {
            return Err(Error::invalid(
                "HttpPutResponseHopLimit",
                format!("{limit}. Expecting a value from 1 to 64"),
            ));
        }
        options.hop_limit = limit;
    }
    options.enabled = on(field::HTTP_ENDPOINT).unwrap_or(options.enabled);
    options.ipv6 = on(field::HTTP_PROTOCOL_IPV6).unwrap_or(options.ipv6);
    options.tags = on(field::INSTANCE_METADATA_TAGS).unwrap_or(options.tags);
    Ok(())
}

/// T2 is `standard` unless told otherwise, later burstable types `unlimited`.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-performance-instances.html>
fn cpu_credits(world: &World, region: Region, params: &Structure, kind: InstanceType) -> Result<Option<String>> {
    let asked = params
        .structure(field::CREDIT_SPECIFICATION)
        .and_then(|credits| credits.text(field::CPU_CREDITS));
    match asked {
        Some(_) if !kind.burstable() || kind.family() == "t1" => {
            let text = format!(
                "The credit specification is not supported for the instance type '{}'",
                kind.name()
            );
            Err(Error::new("Unsupported", text).at("CreditSpecification"))
        }
        Some(credits @ ("standard" | "unlimited")) => Ok(Some(credits.to_owned())),
        Some(other) => Err(Error::invalid(
            "CpuCredits",
            format!("'{other}'. Expecting standard or unlimited"),
        )),
        None => Ok(credits::default_of(world, region, kind)),
    }
}

fn kernel(params: &Structure, image: &Image) -> Result<Option<String>> {
    match params.text(field::KERNEL_ID).filter(|id| !id.is_empty()) {
        Some(_) if image.machine.virtualization == "hvm" => {
            Err(Error::combination("A kernel cannot be specified for an HVM image.").at("KernelId"))
        }
        Some(id) if id.starts_with("aki-") => Ok(Some(id.to_owned())),
        Some(id) => Err(Error::new(
            "InvalidAMIID.Malformed",
            format!("Invalid id: \"{id}\" (expecting \"aki-...\")"),
        )
        .at("KernelId")),
        None => Ok(image.kernel.clone()),
    }
}

/// Cores and threads of each, as they are asked for: both or neither.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-specify-cpu-options.html>
///
/// # Errors
/// `InvalidParameterValue`; `InvalidParameterCombination` for one of the two; `UnsupportedOperation` for what is not simulated.
pub(in crate::services::ec2::compute) fn cpu(options: Option<&Structure>, kind: InstanceType) -> Result<(i64, i64)> {
    let (cores, threads) = (i64::from(kind.cores()), i64::from(kind.threads_per_core()));
    let Some(options) = options else {
        return Ok((cores, threads));
    };
    for name in [field::AMD_SEV_SNP, field::NESTED_VIRTUALIZATION] {
        if options.text(name) == Some("enabled") {
            let text = format!("{} is not simulated.", name.text());
            return Err(Error::new("UnsupportedOperation", text).at(name.text()));
        }
    }
    let asked = match (
        options.integer(field::CORE_COUNT),
        options.integer(field::THREADS_PER_CORE),
    ) {
        (None, None) => return Ok((cores, threads)),
        (Some(cores), Some(threads)) => (cores, threads),
        _ => {
            let text = "CpuOptions must have both CoreCount and ThreadsPerCore.";
            return Err(Error::combination(text).at("CpuOptions"));
        }
    };
    let valid = types::valid_cores(kind);
    if !valid.contains(&asked.0) || !(1..=threads).contains(&asked.1) {
        let text = format!(
            "The instance type '{}' has {cores} cores of {threads} threads; {} cores of {} threads cannot be had.",
            kind.name(),
            asked.0,
            asked.1
        );
        let counts: Vec<String> = valid.iter().map(ToString::to_string).collect();
        let remedy = format!("Core counts that can be had: {}.", counts.join(", "));
        return Err(Error::new("InvalidParameterValue", text)
            .at("CpuOptions")
            .remedy(remedy));
    }
    Ok(asked)
}

fn names(params: &Structure, subnet: Option<&Subnet>) -> NameOptions {
    let wanted = params.structure(field::PRIVATE_DNS_NAME_OPTIONS);
    let flag = |name| wanted.and_then(|options| options.boolean(name));
    let resource_names = subnet.map(|subnet| subnet.resource_names).unwrap_or_default();
    NameOptions {
        hostname_type: wanted
            .and_then(|options| options.text(field::HOSTNAME_TYPE))
            .or(subnet.map(|subnet| subnet.hostname_type.as_str()))
            .unwrap_or("ip-name")
            .to_owned(),
        a_record: flag(field::ENABLE_RESOURCE_NAME_DNS_A_RECORD).unwrap_or(resource_names.0),
        aaaa_record: flag(field::ENABLE_RESOURCE_NAME_DNS_AAAA_RECORD).unwrap_or(resource_names.1),
    }
}
