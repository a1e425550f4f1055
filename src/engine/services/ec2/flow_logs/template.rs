//! GetFlowLogsIntegrationTemplate: a CloudFormation template that lets Athena read a flow log's files, put into a bucket.
//! <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetFlowLogsIntegrationTemplate.html>
//!
//! AWS's own template loads partitions with a Lambda function; ours lets Glue project them, and needs no function.

use super::super::common::{find, need, note};
use super::{destinations, fields};
use crate::base::error::{Error, Result};
use crate::base::ids::Kind;
use crate::base::time::Time;
use crate::catalog::Region;
use crate::services::Request;
use crate::world::World;
use crate::world::flow_logs::{FlowLog, LogDestination};
use serde_json::{Value, json};
use stratus_model::{Structure, field};

/// Questions that AWS's template prepares too, by name.
const QUERIES: [(&str, &str); 4] = [
    (
        "VpcFlowLogsRejectedTraffic",
        "SELECT srcaddr, dstaddr, count(*) count, action FROM {table} WHERE action = 'REJECT' GROUP BY srcaddr, dstaddr, action ORDER BY count DESC LIMIT 25",
    ),
    (
        "VpcFlowLogsAcceptedTraffic",
        "SELECT srcaddr, dstaddr, count(*) count, action FROM {table} WHERE action = 'ACCEPT' GROUP BY srcaddr, dstaddr, action ORDER BY count DESC LIMIT 25",
    ),
    (
        "VpcFlowLogsTotalBytesTransferred",
        "SELECT srcaddr, dstaddr, sum(bytes) AS transferred FROM {table} GROUP BY srcaddr, dstaddr ORDER BY transferred DESC LIMIT 50",
    ),
    (
        "VpcFlowLogsSshRdpTraffic",
        "SELECT * FROM {table} WHERE srcport IN (22, 3389) OR dstport IN (22, 3389) LIMIT 50",
    ),
];

pub(super) fn get(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let text = need(params, field::FLOW_LOG_ID)?;
    let log = find::<FlowLog>(world, region, Kind::FlowLog, text)?.clone();
    let LogDestination::Bucket {
        bucket,
        folder,
        options,
    } = &log.destination
    else {
        let why = format!("The flow log {text} does not publish to Amazon S3.");
        return Err(Error::new("InvalidParameter", why).at("FlowLogId"));
    };
    let hive = options.unwrap_or_default().hive;
    let (to, prefix) = place(world, need(params, field::CONFIG_DELIVERY_S3_DESTINATION_ARN)?)?;
    let services = params.structure(field::INTEGRATE_SERVICES);
    let mut resources = serde_json::Map::new();
    let asked = services
        .into_iter()
        .flat_map(|services| services.structures(field::ATHENA_INTEGRATIONS));
    for (number, asked) in asked.enumerate() {
        let results = need(asked, field::INTEGRATION_RESULT_S3_DESTINATION_ARN)?;
        place(world, results)?;
        let athena = Athena {
            log: &log,
            account: world.account(),
            base: base(world, region, bucket, folder, hive),
            hive,
            results,
            span: span(asked, log.created, hive)?,
            suffix: if number == 0 { String::new() } else { number.to_string() },
        };
        resources.extend(athena.resources());
    }
    if resources.is_empty() {
        return Err(Error::missing("IntegrateServices"));
    }
    let template = json!({
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": format!("Lets Amazon Athena read the files of the flow log {}", log.id),
        "Resources": resources,
    });
    let stamp = world.now.iso8601();
    let stamp = stamp.get(..19).unwrap_or_default().replace(':', "-");
    let key = format!("{prefix}VPCFlowLogsIntegrationTemplate_{}_{stamp}.json", log.id);
    let body = serde_json::to_vec_pretty(&template).unwrap_or_default();
    let object = Structure::new()
        .with(field::BUCKET, to.as_str())
        .with(field::KEY, key.as_str())
        .with(field::CONTENT_TYPE, "application/json")
        .with(field::BODY, stratus_model::Value::Blob(body));
    destinations::call(world, request, "PutObject", &object)?;
    note(
        world,
        region,
        log.id,
        format!("a template for Athena put to s3://{to}/{key}"),
    );
    let url = format!("https://{to}.s3.{}.amazonaws.com/{key}", region.name());
    Ok(Structure::new().with(field::RESULT, url))
}

/// The days that partitions are for: from the flow log's first, to today, unless the call says other ones.
fn span(asked: &Structure, created: Time, hive: bool) -> Result<String> {
    let from = asked.timestamp(field::PARTITION_START_DATE);
    let to = asked.timestamp(field::PARTITION_END_DATE);
    if let (Some(from), Some(to)) = (from, to)
        && from > to
    {
        let why = "PartitionStartDate must not be after PartitionEndDate.";
        return Err(Error::new("InvalidParameter", why).at("IntegrateServices"));
    }
    let to = to.map_or_else(|| "NOW".to_owned(), |to| day(to, hive));
    Ok(format!("{},{to}", day(from.unwrap_or(created.0), hive)))
}

/// A day as the folders of the files have it.
fn day(millis: i64, hive: bool) -> String {
    let text = Time(millis).iso8601();
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    let (year, month, day) = (part(0, 4), part(5, 7), part(8, 10));
    match hive {
        true => format!("year={year}/month={month}/day={day}"),
        false => format!("{year}/{month}/{day}"),
    }
}

/// A bucket that there is, and the folder in it, which ends in a slash unless it is empty.
fn place(world: &World, arn: &str) -> Result<(String, String)> {
    let path = arn.strip_prefix("arn:aws:s3:::").unwrap_or_default();
    let (bucket, folder) = path.split_once('/').unwrap_or((path, ""));
    if !world.s3.buckets.contains(&bucket.to_owned()) {
        let why = format!("The S3 destination {arn} does not exist.");
        return Err(Error::new("InvalidParameter", why).at("ConfigDeliveryS3DestinationArn"));
    }
    let folder = folder.trim_matches('/');
    let folder = if folder.is_empty() {
        String::new()
    } else {
        format!("{folder}/")
    };
    Ok((bucket.to_owned(), folder))
}

/// What Athena needs to read one flow log.
struct Athena<'a> {
    log: &'a FlowLog,
    account: String,
    /// Where the days' folders are.
    base: String,
    hive: bool,
    /// Where answers go.
    results: &'a str,
    /// The first and the last day.
    span: String,
    /// Behind the names of all that is made for it: nothing for the first of a template.
    suffix: String,
}

impl Athena<'_> {
    /// Its resources by their logical names.
    fn resources(&self) -> Vec<(String, Value)> {
        let suffix = &self.suffix;
        let id = self.log.id.to_string().replace('-', "");
        let (database, table) = (
            format!("vpcflowlogsathenadatabase{id}{suffix}"),
            format!("{id}{suffix}"),
        );
        let workgroup = format!("{id}{suffix}workgroup");
        let output = format!(
            "s3://{}",
            self.results.strip_prefix("arn:aws:s3:::").unwrap_or_default()
        );
        let mut resources = vec![
            (
                format!("GlueDatabase{suffix}"),
                json!({"Type": "AWS::Glue::Database", "Properties": {
                    "CatalogId": self.account, "DatabaseInput": {"Name": database}
                }}),
            ),
            (format!("GlueTable{suffix}"), self.table(&database, &table)),
            (
                format!("AthenaWorkGroup{suffix}"),
                json!({"Type": "AWS::Athena::WorkGroup", "Properties": {
                    "Name": workgroup,
                    "WorkGroupConfiguration": {"ResultConfiguration": {"OutputLocation": output}}
                }}),
            ),
        ];
        for (query, text) in QUERIES {
            let query_of = json!({
                "Type": "AWS::Athena::NamedQuery", "DependsOn": format!("AthenaWorkGroup{suffix}"),
                "Properties": {
                    "Name": query, "Database": database, "WorkGroup": workgroup,
                    "QueryString": text.replace("{table}", &table)
                }
            });
            resources.push((format!("{query}{suffix}"), query_of));
        }
        resources
    }

    fn table(&self, database: &str, table: &str) -> Value {
        let days = match self.hive {
            true => "'year='yyyy'/month='MM'/day='dd",
            false => "yyyy/MM/dd",
        };
        let columns: Vec<Value> = fields::of(self.log)
            .iter()
            .map(|(name, _)| json!({"Name": name.replace('-', "_"), "Type": column_type(name)}))
            .collect();
        json!({"Type": "AWS::Glue::Table", "DependsOn": format!("GlueDatabase{}", self.suffix), "Properties": {
            "CatalogId": self.account, "DatabaseName": database, "TableInput": {
                "Name": table, "TableType": "EXTERNAL_TABLE",
                "PartitionKeys": [{"Name": "date", "Type": "string"}],
                "Parameters": {
                    "skip.header.line.count": "1", "projection.enabled": "true", "projection.date.type": "date",
                    "projection.date.range": self.span, "projection.date.format": days,
                    "storage.location.template": format!("{}/${{date}}/", self.base)
                },
                "StorageDescriptor": {
                    "Location": format!("{}/", self.base), "Columns": columns,
                    "InputFormat": "org.apache.hadoop.mapred.TextInputFormat",
                    "OutputFormat": "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
                    "SerdeInfo": {
                        "SerializationLibrary": "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
                        "Parameters": {"field.delim": " ", "serialization.format": " "}
                    }
                }
            }
        }})
    }
}

/// Where the days' folders of a flow log's files are.
fn base(world: &World, region: Region, bucket: &str, folder: &str, hive: bool) -> String {
    let folder = if folder.is_empty() {
        String::new()
    } else {
        format!("{folder}/")
    };
    let (account, name) = (world.account(), region.name());
    match hive {
        true => {
            format!("s3://{bucket}/{folder}AWSLogs/aws-account-id={account}/aws-service=vpcflowlogs/aws-region={name}")
        }
        false => format!("s3://{bucket}/{folder}AWSLogs/{account}/vpcflowlogs/{name}"),
    }
}

fn column_type(name: &str) -> &'static str {
    match name {
        "version" | "srcport" | "dstport" | "tcp-flags" | "traffic-path" => "int",
        "protocol" | "packets" | "bytes" | "start" | "end" => "bigint",
        name if name.starts_with("packets-lost") => "bigint",
        _ => "string",
    }
}
