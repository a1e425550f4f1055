//! Where records go: reading what a call says of it, and whether it is there.
//! <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html>

use super::super::common::{need, refuse_unsimulated};
use crate::base::error::{Error, Result};
use crate::catalog::Region;
use crate::services::{Handler, Request, s3};
use crate::world::World;
use crate::world::flow_logs::{FileOptions, LogDestination};
use stratus_model::{Structure, field, model};

/// What a call says of its destination.
pub(super) struct Asked {
    /// Where to.
    pub destination: LogDestination,
    /// Why there is no such place, in AWS's words.
    pub missing: Option<String>,
}

fn refuse<T>(why: impl Into<String>, at: &str) -> Result<T> {
    Err(Error::new("InvalidParameter", why).at(at))
}

/// Reads the destination of a call.
pub(super) fn read(world: &World, region: Region, params: &Structure) -> Result<Asked> {
    let kind = params.text(field::LOG_DESTINATION_TYPE).unwrap_or("cloud-watch-logs");
    if kind != "cloud-watch-logs" && params.contains(field::LOG_GROUP_NAME) {
        let why = "LogDestination type must be cloud-watch-logs if LogGroupName is provided.";
        return refuse(why, "LogDestinationType");
    }
    if kind != "s3" && params.contains(field::DESTINATION_OPTIONS) {
        let why = format!("DestinationOptions is not applicable for {kind} delivery");
        return refuse(why, "DestinationOptions");
    }
    match kind {
        "s3" => bucket(world, params),
        // There is no Firehose here, so there is no delivery stream.
        "kinesis-data-firehose" => {
            let arn = need(params, field::LOG_DESTINATION)?;
            Ok(Asked {
                destination: LogDestination::Group(String::new(), true),
                missing: Some(format!("LogDestination: {arn} does not exist.")),
            })
        }
        _ => group(world, region, params),
    }
}

fn group(world: &World, region: Region, params: &Structure) -> Result<Asked> {
    let named = match (params.text(field::LOG_GROUP_NAME), params.text(field::LOG_DESTINATION)) {
        (Some(_), Some(_)) => {
            let why = "Please only provide LogGroupName or only provide LogDestination.";
            return refuse(why, "LogDestination");
        }
        (Some(name), None) => (name.to_owned(), false),
        (None, Some(arn)) => {
            let own = format!("arn:aws:logs:{}:{}:log-group:", region.name(), world.account());
            let name = arn
                .strip_prefix(&own)
                .map(|rest| rest.strip_suffix(":*").unwrap_or(rest));
            match name {
                Some(name) => (name.to_owned(), true),
                None => return refuse(format!("LogDestination: {arn} is not valid."), "LogDestination"),
            }
        }
        (None, None) => {
            let why = "LogDestination can't be empty if LogGroupName is not provided.";
            return refuse(why, "LogDestination");
        }
    };
    // <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html>
    let letter = |c: char| c.is_ascii_alphanumeric() || "_-/.#".contains(c);
    if named.0.is_empty() || named.0.chars().count() > 512 || !named.0.chars().all(letter) {
        return refuse(format!("LogDestination: {} is not valid.", named.0), "LogGroupName");
    }
    if !params.contains(field::DELIVER_LOGS_PERMISSION_ARN) {
        let why = "DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs.";
        return refuse(why, "DeliverLogsPermissionArn");
    }
    Ok(Asked {
        destination: LogDestination::Group(named.0, named.1),
        missing: None,
    })
}

fn bucket(world: &World, params: &Structure) -> Result<Asked> {
    if params.contains(field::DELIVER_LOGS_PERMISSION_ARN) {
        let why = "DeliverLogsPermissionArn is not applicable for s3 delivery";
        return refuse(why, "DeliverLogsPermissionArn");
    }
    let Some(arn) = params.text(field::LOG_DESTINATION) else {
        return refuse(
            "LogDestination can't be empty if LogDestinationType is s3.",
            "LogDestination",
        );
    };
    let Some(path) = arn.strip_prefix("arn:aws:s3:::").filter(|path| !path.is_empty()) else {
        return refuse(format!("LogDestination: {arn} is not valid."), "LogDestination");
    };
    let (bucket, folder) = path.split_once('/').unwrap_or((path, ""));
    let folder = folder.trim_matches('/');
    if folder.split('/').any(|part| part == "AWSLogs") {
        let why = "LogDestination: AWSLogs is a reserved term and cannot be the name of a subfolder.";
        return refuse(why, "LogDestination");
    }
    let options = params.structure(field::DESTINATION_OPTIONS);
    if options.and_then(|options| options.text(field::FILE_FORMAT)) == Some("parquet") {
        refuse_unsimulated(params, &[field::DESTINATION_OPTIONS]).map_err(|error| {
            error.remedy("Stratus writes files of plain text: leave FileFormat out, or say plain-text.")
        })?;
    }
    let flag = |name| options.and_then(|options| options.boolean(name)).unwrap_or(false);
    let there = world.s3.buckets.contains(&bucket.to_owned());
    Ok(Asked {
        destination: LogDestination::Bucket {
            bucket: bucket.to_owned(),
            folder: folder.to_owned(),
            options: options.map(|_| FileOptions {
                hive: flag(field::HIVE_COMPATIBLE_PARTITIONS),
                per_hour: flag(field::PER_HOUR_PARTITION),
            }),
        },
        missing: (!there).then(|| format!("LogDestination: {bucket} does not exist.")),
    })
}

/// Lets the delivery service write to a bucket: AWS adds to the bucket's policy what it needs, where that is not there yet.
/// <https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html>
pub(super) fn grant(world: &mut World, request: &Request<'_>, destination: &LogDestination) -> Result<()> {
    let LogDestination::Bucket { bucket, folder, .. } = destination else {
        return Ok(());
    };
    let named = Structure::new().with(field::BUCKET, bucket.as_str());
    let there = call(world, request, "GetBucketPolicy", &named).ok();
    let there = there.and_then(|answer| answer.text(field::POLICY).map(str::to_owned));
    if there
        .as_ref()
        .is_some_and(|text| text.contains("delivery.logs.amazonaws.com"))
    {
        return Ok(());
    }
    let own = statements(world, request.region, bucket, folder);
    let Some(policy) = s3::extended_policy(there.as_deref(), "AWSLogDeliveryWrite20150319", own) else {
        return Ok(());
    };
    let params = named.with(field::POLICY, policy);
    call(world, request, "PutBucketPolicy", &params).map(|_| ())
}

fn statements(world: &World, region: Region, bucket: &str, folder: &str) -> Vec<serde_json::Value> {
    let account = world.account();
    let folder = if folder.is_empty() {
        String::new()
    } else {
        format!("{folder}/")
    };
    let source = format!("arn:aws:logs:{}:{account}:*", region.name());
    let who = serde_json::json!({"Service": "delivery.logs.amazonaws.com"});
    let write = serde_json::json!({
        "Sid": "AWSLogDeliveryWrite", "Effect": "Allow", "Principal": who, "Action": "s3:PutObject",
        "Resource": format!("arn:aws:s3:::{bucket}/{folder}AWSLogs/{account}/*"),
        "Condition": {
            "StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceAccount": account},
            "ArnLike": {"aws:SourceArn": source}
        }
    });
    let look = serde_json::json!({
        "Sid": "AWSLogDeliveryAclCheck", "Effect": "Allow", "Principal": who, "Action": "s3:GetBucketAcl",
        "Resource": format!("arn:aws:s3:::{bucket}"),
        "Condition": {"StringEquals": {"aws:SourceAccount": account}, "ArnLike": {"aws:SourceArn": source}}
    });
    vec![write, look]
}

/// Calls an operation of S3 for whoever calls now.
pub(super) fn call(world: &mut World, request: &Request<'_>, operation: &str, params: &Structure) -> Result<Structure> {
    let missing = || Error::new("InternalError", format!("there is no {operation}"));
    let operation = model()
        .service("s3")
        .and_then(|s3| s3.operation(operation))
        .ok_or_else(missing)?;
    let request = Request {
        principal: request.principal,
        region: request.region,
        operation,
        params,
    };
    match crate::services::handler("s3", operation.name).ok_or_else(missing)? {
        Handler::Read(read) => read(&request, world),
        Handler::Write(write) => write(&request, world),
    }
}
