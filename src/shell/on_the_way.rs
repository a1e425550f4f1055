//! What the AWS CLI does to parameters after they are read and before they are validated, and to answers before anything
//! looks at them: defaults, encodings, prefixes of ids, policies that are shown as what they say.

use crate::customised::{first, is_encoded};
use crate::data::{Data, Dict};
use crate::fault::Fault;
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use stratus_engine::base::sigv4;

/// What becomes of the parameters on their way to the service, before they are validated.
pub fn before(service: &str, operation: &str, params: &mut Dict) -> Result<(), Fault> {
    match (service, operation) {
        ("ec2", "RunInstances") => {
            for name in ["MaxCount", "MinCount"] {
                if !params.contains(name) {
                    params.set(name, Data::Int(1));
                }
            }
            into_interface(params);
        }
        ("ec2", "CreateNetworkAclEntry" | "ReplaceNetworkAclEntry") => {
            let number = match params.get("Protocol").and_then(Data::as_text) {
                Some("tcp") => "6",
                Some("udp") => "17",
                Some("icmp") => "1",
                Some("all") => "-1",
                _ => return Ok(()),
            };
            params.set("Protocol", Data::from(number));
        }
        ("route53", _) => {
            for name in ["HostedZoneId", "Id", "DelegationSetId"] {
                if let Some(Data::Text(text)) = params.get_mut(name)
                    && let Some((_, id)) = text.rsplit_once('/')
                {
                    *text = id.to_owned();
                }
            }
        }
        ("s3", _) => {
            if let Some(Data::Text(bucket)) = params.get("Bucket") {
                valid_bucket(bucket)?;
            }
            if matches!(operation, "CopyObject" | "PutObject" | "CreateMultipartUpload")
                && let Some(Data::Dict(metadata)) = params.get("Metadata")
            {
                ascii_metadata(metadata)?;
            }
            if matches!(operation, "CopyObject" | "UploadPartCopy")
                && let Some(Data::Text(source)) = params.get("CopySource")
            {
                let source = copy_source(source);
                params.set("CopySource", Data::Text(source));
            }
        }
        _ => {}
    }
    if is_encoded(operation, "UserData") {
        let encoded = match params.get("UserData") {
            Some(Data::Text(text)) => Some(BASE64.encode(text)),
            Some(Data::Bytes(bytes)) => Some(BASE64.encode(bytes)),
            _ => None,
        };
        if let Some(encoded) = encoded {
            params.set("UserData", Data::Text(encoded));
        }
    }
    Ok(())
}

/// Where an interface is described, what belongs to it may stand nowhere else.
fn into_interface(params: &mut Dict) {
    let simple = [
        "PrivateIpAddresses",
        "SecondaryPrivateIpAddressCount",
        "AssociatePublicIpAddress",
    ];
    let Some(Data::List(items)) = params.get("NetworkInterfaces") else {
        return;
    };
    let Some(Data::Dict(interface)) = items.first() else {
        return;
    };
    if !simple.into_iter().any(|name| interface.contains(name)) {
        return;
    }
    for (from, to) in [
        ("SubnetId", "SubnetId"),
        ("SecurityGroupIds", "Groups"),
        ("PrivateIpAddress", "PrivateIpAddresses"),
        ("Ipv6AddressCount", "Ipv6AddressCount"),
        ("Ipv6Addresses", "Ipv6Addresses"),
    ] {
        let Some(value) = params.remove(from) else { continue };
        let value = match from {
            "PrivateIpAddress" => Data::List(vec![Data::Dict(Dict::from_iter([
                ("PrivateIpAddress".to_owned(), value),
                ("Primary".to_owned(), Data::Bool(true)),
            ]))]),
            _ => value,
        };
        if let Some(interface) = first(params, "NetworkInterfaces", Dict::new()) {
            interface.set(to, value);
        }
    }
}

fn valid_bucket(bucket: &str) -> Result<(), Fault> {
    const NAME: &str = r"^[a-zA-Z0-9.\-_]{1,255}$";
    const ARN: &str = r"^arn:(aws).*:(s3|s3-object-lambda):[a-z\-0-9]*:[0-9]{12}:accesspoint[/:][a-zA-Z0-9\-.]{1,63}$|^arn:(aws).*:s3-outposts:[a-z\-0-9]+:[0-9]{12}:outpost[/:][a-zA-Z0-9\-]{1,63}[/:]accesspoint[/:][a-zA-Z0-9\-]{1,63}$";
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
    let is_name = (1..=255).contains(&bucket.len()) && bucket.bytes().all(plain);
    // An ARN's finer points are the service's: it has no access points.
    if is_name || (bucket.starts_with("arn:aws") && bucket.contains("accesspoint")) {
        return Ok(());
    }
    Err(Fault::parameter(format_args!(
        "Parameter validation failed:\nInvalid bucket name \"{bucket}\": Bucket name must match the regex \"{NAME}\" or be an ARN matching the regex \"{ARN}\""
    )))
}

fn ascii_metadata(metadata: &Dict) -> Result<(), Fault> {
    for (key, value) in metadata.iter() {
        let Data::Text(text) = value else {
            let kind = value.type_name().rsplit('.').next().unwrap_or_default();
            return Err(Fault::other(format_args!("'{kind}' object has no attribute 'encode'")));
        };
        if !key.is_ascii() || !text.is_ascii() {
            return Err(Fault::parameter(format_args!(
                "Parameter validation failed:\nNon ascii characters found in S3 metadata for key \"{key}\", value: \"{text}\".  \nS3 metadata can only contain ASCII characters. "
            )));
        }
    }
    Ok(())
}

/// The source of a copy as the header has it: percent-encoded, but for slashes and what follows `?versionId=`.
fn copy_source(source: &str) -> String {
    let (path, version) = match source.split_once("?versionId=") {
        Some((path, version)) => (path, format!("?versionId={version}")),
        None => (source, String::new()),
    };
    sigv4::encode(path, "/") + &version
}

/// What becomes of an answer before anything else looks at it.
pub fn after(service: &str, operation: &str, answer: &mut Dict) {
    match (service, operation) {
        ("iam", _) => answer.iter_mut().for_each(|(name, value)| policies(name, value)),
        ("ec2", "GetConsoleOutput") => {
            if let Some(Data::Text(text)) = answer.get_mut("Output")
                && let Ok(bytes) = BASE64.decode(text.as_bytes())
            {
                *text = String::from_utf8_lossy(&bytes).into_owned();
            }
        }
        ("cloudformation", "GetTemplate") => {
            if let Some(Data::Text(text)) = answer.get("TemplateBody")
                && let Ok(template) = crate::reading::json(text)
            {
                answer.set("TemplateBody", template);
            }
        }
        ("s3", "GetBucketLocation") => {
            let place = answer
                .get("LocationConstraint")
                .and_then(Data::as_text)
                .unwrap_or_default();
            let place = if place.is_empty() {
                Data::Null
            } else {
                Data::from(place)
            };
            answer.set("LocationConstraint", place);
        }
        _ => {}
    }
}

/// IAM's policies come as URL-encoded JSON and are shown as what they say.
fn policies(name: &str, value: &mut Data) {
    match value {
        Data::Text(text) if matches!(name, "PolicyDocument" | "AssumeRolePolicyDocument" | "Document") => {
            if let Ok(policy) = crate::reading::json(&percent_decoded(text)) {
                *value = policy;
            }
        }
        Data::List(items) => items.iter_mut().for_each(|item| policies("", item)),
        Data::Dict(dict) => dict.iter_mut().for_each(|(name, value)| policies(name, value)),
        _ => {}
    }
}

/// Percent escapes undone; what is none stays.
fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let code = (*byte == b'%')
            .then(|| {
                text.get(at + 1..at + 3)
                    .and_then(|hex| u8::from_str_radix(hex, 16).ok())
            })
            .flatten();
        match code {
            Some(code) => {
                out.push(code);
                at += 3;
            }
            None => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
