//! Where the AWS CLI departs from the API: names of services, options added, renamed and taken away, and what becomes of
//! parameters and answers on the way. Source: <https://docs.aws.amazon.com/cli/latest/reference/ec2/run-instances.html> and
//! its siblings, and the behaviour of version 2.9.19.

use crate::argparse::{Kind, Rule, Takes, Values};
use crate::arguments::{Argument, Part, Table};
use crate::bundling;
use crate::data::{Data, Dict, int, parse_float};
use crate::fault::Fault;
use stratus_model::{Operation, Service, Shape};

/// The API's service of a command word.
pub fn service(word: &str) -> Option<&'static str> {
    match word {
        "s3api" => Some("s3"),
        "s3" => None,
        word => stratus_model::model().service_names().find(|name| *name == word),
    }
}

/// What stands before the operation: `aws ec2`, `aws s3api`, or our own `stratus`.
pub fn program(service: &str) -> String {
    match service {
        "s3" => "aws s3api".into(),
        "stratus" => "stratus".into(),
        other => format!("aws {other}"),
    }
}

/// Operations that the CLI does not have.
pub fn is_removed(service: &str, cli_name: &str) -> bool {
    service == "ec2" && matches!(cli_name, "import-instance" | "import-volume")
}

/// Operations whose flat options `--protocol`, `--port`, `--cidr`, `--source-group` stand for one rule.
pub fn takes_flat_rule(operation: &str) -> bool {
    matches!(
        operation,
        "AuthorizeSecurityGroupIngress"
            | "AuthorizeSecurityGroupEgress"
            | "RevokeSecurityGroupIngress"
            | "RevokeSecurityGroupEgress"
    )
}

/// Parameters that the CLI encodes in base64 itself.
pub fn is_encoded(operation: &str, member: &str) -> bool {
    matches!(operation, "RunInstances" | "CreateLaunchConfiguration") && member == "UserData"
}

/// What of an answer belongs to all pages and is kept beside the pages' items.
pub fn non_aggregate(operation: &str) -> &'static [&'static str] {
    match operation {
        "ListParts" => &["ChecksumAlgorithm", "Initiator", "Owner", "StorageClass"],
        "ListVPCAssociationAuthorizations" => &["HostedZoneId"],
        "GetGroup" => &["Group"],
        "ListBuckets" => &["Owner"],
        "GetNetworkInsightsAccessScopeAnalysisFindings" => &["AnalysisStatus", "NetworkInsightsAccessScopeAnalysisId"],
        "DescribeWarmPool" => &["WarmPoolConfiguration"],
        "GetCostAndUsageComparisons" => &["TotalCostAndUsage"],
        "GetReservationPurchaseRecommendation" => &["Metadata"],
        "GetRightsizingRecommendation" => &["Configuration", "Metadata", "Summary"],
        "DescribeChangeSet" => &[
            "ChangeSetName",
            "ChangeSetId",
            "StackId",
            "StackName",
            "Description",
            "Parameters",
            "CreationTime",
            "ExecutionStatus",
            "Status",
            "StatusReason",
            "NotificationARNs",
            "RollbackConfiguration",
            "Capabilities",
            "Tags",
            "ParentChangeSetId",
            "IncludeNestedStacks",
            "RootChangeSetId",
        ],
        _ => &[],
    }
}

/// Shorthand of old: a list of structures with one member takes the members' bare values.
pub fn takes_bare_items(service: &str, operation: &str, option: &str) -> bool {
    service == "elb"
        && match operation {
            "RemoveTags" => option == "tags",
            "DescribeInstanceHealth" | "DeregisterInstancesFromLoadBalancer" | "RegisterInstancesWithLoadBalancer" => {
                option == "instances"
            }
            _ => false,
        }
}

const MFA_METHODS: [&str; 2] = ["QRCodePNG", "Base32StringSeed"];

/// Adds, renames and takes away.
pub fn adjust(service: &'static Service, operation: &'static Operation, table: &mut Table) {
    match (service.name, operation.name) {
        ("ec2", "RunInstances") => run_instances(table),
        ("ec2", name) if takes_flat_rule(name) => {
            for name in ["protocol", "port", "cidr", "source-group", "group-owner"] {
                custom(table, name, Takes::One, Kind::Text);
            }
        }
        ("ec2", "BundleInstance") => {
            if let Some(argument) = table.get("storage") {
                argument.rule.required = false;
            }
            for (name, _) in bundling::OPTIONS {
                custom(table, name, Takes::One, Kind::Text);
            }
        }
        ("ec2", "GetPasswordData") => {
            table.put(Rule::option("priv-launch-key", Takes::One), Part::Other);
        }
        ("ec2", "CreateImage") => table.rename("no-no-reboot", "reboot"),
        ("sns", "Subscribe") => table.rename("endpoint", "notification-endpoint"),
        ("route53", "DeleteTrafficPolicy" | "GetTrafficPolicy" | "UpdateTrafficPolicyComment") => {
            table.rename("version", "traffic-policy-version");
        }
        ("iam", "CreateVirtualMFADevice") => {
            for name in ["outfile", "bootstrap-method"] {
                let mut rule = Rule::option(name, Takes::One);
                rule.required = true;
                if name == "bootstrap-method" {
                    rule.choices = MFA_METHODS.map(str::to_owned).to_vec();
                }
                table.put(rule, Part::Other);
            }
        }
        ("cloudwatch", "PutMetricData") => {
            if let Some(argument) = table.get("metric-data") {
                argument.rule.required = false;
            }
            for name in [
                "metric-name",
                "timestamp",
                "unit",
                "value",
                "dimensions",
                "statistic-values",
                "storage-resolution",
            ] {
                custom(table, name, Takes::One, Kind::Text);
            }
        }
        _ => {}
    }
    if service.name == "ec2" {
        table.rename("no-egress", "ingress");
        table.rename("no-disable-api-termination", "enable-api-termination");
        pull_up(service, table);
    }
}

fn run_instances(table: &mut Table) {
    custom(table, "count", Takes::One, Kind::Text);
    table.remove("min-count");
    table.remove("max-count");
    custom(table, "secondary-private-ip-addresses", Takes::Any, Kind::Text);
    custom(table, "secondary-private-ip-address-count", Takes::One, Kind::Int);
    custom(
        table,
        "associate-public-ip-address",
        Takes::Flag(Data::Bool(true)),
        Kind::Text,
    );
    custom(
        table,
        "no-associate-public-ip-address",
        Takes::Flag(Data::Bool(false)),
        Kind::Text,
    );
}

fn custom(table: &mut Table, name: &'static str, takes: Takes, kind: Kind) {
    let mut rule = Rule::option(name, takes);
    rule.kind = kind;
    table.put(rule, Part::Custom(name));
}

/// EC2's structures with one truth value become a pair of flags.
fn pull_up(service: &'static Service, table: &mut Table) {
    for at in 0..table.arguments.len() {
        let Some(Argument {
            rule,
            part: Part::Member(member),
        }) = table.arguments.get(at).cloned()
        else {
            continue;
        };
        let Shape::Structure(shape) = service.shape(member.shape) else {
            continue;
        };
        let [only] = shape.members.as_slice() else { continue };
        if only.name.text() != "Value" || !matches!(service.shape(only.shape), Shape::Boolean) {
            continue;
        }
        let positive = Rule {
            takes: Takes::Maybe(Data::Null),
            required: false,
            ..rule.clone()
        };
        table.put(positive, Part::Pulled(member, true));
        let negative = Rule::option(&format!("no-{}", rule.name), Takes::Flag(Data::Bool(true)));
        table.put(negative, Part::Pulled(member, false));
    }
}

/// What the CLI says against a combination of options before it looks at their values.
pub fn check(operation: &Operation, table: &[Argument], values: &Values) -> Result<(), Fault> {
    let given = |name: &str| values.get(name).is_some_and(Data::is_true);
    if operation.name == "RunInstances" && given("network_interfaces") {
        let simple = [
            "secondary_private_ip_addresses",
            "secondary_private_ip_address_count",
            "associate_public_ip_address",
        ];
        if simple.into_iter().any(given) {
            return Err(Fault::parameter(
                "Mixing the --network-interfaces option with the simple, scalar options is not supported.",
            ));
        }
    }
    if takes_flat_rule(operation.name) && given("ip_permissions") {
        let flat = ["protocol", "port", "cidr", "source_group", "group_owner"];
        if let Some(name) = flat.into_iter().find(|name| given(name)) {
            return Err(Fault::parameter(format_args!(
                "The --{name} option is not compatible with the --ip-permissions option "
            )));
        }
    }
    if operation.name == "BundleInstance" && given("storage") {
        let simple = bundling::OPTIONS.map(|(name, _)| name.replace('-', "_"));
        if simple.iter().any(|name| given(name)) {
            return Err(Fault::parameter(
                "Mixing the --storage option with the simple, scalar options is not recommended.",
            ));
        }
    }
    if operation.name == "PutMetricData" {
        put_metric_data_groups(table, values)?;
    }
    for argument in table {
        if let Part::Pulled(_, true) = argument.part
            && values.contains_key(&argument.rule.dest)
            && values.contains_key(&format!("no_{}", argument.rule.dest))
        {
            let name = &argument.rule.name;
            return Err(Fault::parameter(format_args!(
                "Cannot specify both the \"--{name}\" option and the \"--no-{name}\" option."
            )));
        }
    }
    Ok(())
}

fn put_metric_data_groups(table: &[Argument], values: &Values) -> Result<(), Fault> {
    const GROUPS: [&[&str]; 2] = [
        &["metric_data"],
        &[
            "metric_name",
            "timestamp",
            "unit",
            "value",
            "dimensions",
            "statistic_values",
        ],
    ];
    let mut current: Option<&[&str]> = None;
    for argument in table {
        let dest = argument.rule.dest.as_str();
        let Some(group) = GROUPS.into_iter().find(|group| group.contains(&dest)) else {
            continue;
        };
        if !values.contains_key(dest) {
            continue;
        }
        let first = *current.get_or_insert(group);
        if first != group {
            return Err(Fault::parameter(format_args!(
                "The key \"{dest}\" cannot be specified when one of the following keys are also specified: {}",
                first.join(", ")
            )));
        }
    }
    Ok(())
}

/// The first structure of a list, which is made where it is missing.
pub fn first<'a>(params: &'a mut Dict, list: &str, begin: Dict) -> Option<&'a mut Dict> {
    if !params.contains(list) {
        params.set(list, Data::List(vec![Data::Dict(begin)]));
    }
    match params.get_mut(list) {
        Some(Data::List(items)) => match items.first_mut() {
            Some(Data::Dict(dict)) => Some(dict),
            _ => None,
        },
        _ => None,
    }
}

/// Puts the value of an option of the CLI's own where the API has it.
pub fn add(name: &str, value: &Data, params: &mut Dict) -> Result<(), Fault> {
    if matches!(
        name,
        "metric-name" | "timestamp" | "unit" | "value" | "dimensions" | "statistic-values" | "storage-resolution"
    ) {
        return metric(name, &value.text(), params);
    }
    if name == "no-associate-public-ip-address" {
        return Ok(());
    }
    if !value.is_true() && name != "associate-public-ip-address" {
        return Ok(());
    }
    let text = value.text();
    match name {
        "count" => {
            let (low, high) = text.split_once(':').unwrap_or((&text, &text));
            let (Ok(low), Ok(high)) = (int(low), int(high)) else {
                return Err(Fault::parameter(
                    "count parameter should be of form min[:max] (e.g. 1 or 1:10)",
                ));
            };
            params.set("MinCount", Data::Int(low));
            params.set("MaxCount", Data::Int(high));
        }
        "secondary-private-ip-addresses" | "secondary-private-ip-address-count" | "associate-public-ip-address" => {
            interface(name, value, params);
        }
        _ if bundling::OPTIONS.iter().any(|(option, _)| *option == name) => bundling::add(name, value, params),
        _ => flat_rule(name, &text, params)?,
    }
    Ok(())
}

fn interface(name: &str, value: &Data, params: &mut Dict) {
    let begin = Dict::from_iter([("DeviceIndex".to_owned(), Data::Int(0))]);
    let Some(interface) = first(params, "NetworkInterfaces", begin) else {
        return;
    };
    match name {
        "secondary-private-ip-addresses" => {
            let addresses = value.as_list().unwrap_or_default().iter().map(|address| {
                Data::Dict(Dict::from_iter([
                    ("PrivateIpAddress".to_owned(), address.clone()),
                    ("Primary".to_owned(), Data::Bool(false)),
                ]))
            });
            interface.set("PrivateIpAddresses", Data::List(addresses.collect()));
        }
        "secondary-private-ip-address-count" => interface.set("SecondaryPrivateIpAddressCount", value.clone()),
        _ => interface.set("AssociatePublicIpAddress", value.clone()),
    }
}

fn flat_rule(name: &str, text: &str, params: &mut Dict) -> Result<(), Fault> {
    let port = || Fault::parameter("port parameter should be of the form <from[-to]> (e.g. 22 or 22-25)");
    match name {
        "protocol" => match int(text) {
            Ok(number) if number != -1 && !(0..=255).contains(&number) => {
                return Err(Fault::parameter(
                    "protocol numbers must be in the range 0-255 or -1 to specify all protocols",
                ));
            }
            Err(_) if !matches!(text, "tcp" | "udp" | "icmp" | "all") => {
                return Err(Fault::parameter(
                    "protocol parameter should be one of: tcp|udp|icmp|all or any valid protocol number.",
                ));
            }
            _ => {}
        },
        "port" => {
            let (from, to) = match text {
                "-1" | "all" => ("-1", "-1"),
                text => text.split_once('-').unwrap_or((text, text)),
            };
            let (Ok(from), Ok(to)) = (int(from), int(to)) else {
                return Err(port());
            };
            if let Some(rule) = first(params, "IpPermissions", Dict::new()) {
                rule.set("FromPort", Data::Int(from));
                rule.set("ToPort", Data::Int(to));
            }
            return Ok(());
        }
        _ => {}
    }
    let Some(rule) = first(params, "IpPermissions", Dict::new()) else {
        return Ok(());
    };
    match name {
        "protocol" => rule.set("IpProtocol", Data::from(if text == "all" { "-1" } else { text })),
        "cidr" => {
            let range = Dict::from_iter([("CidrIp".to_owned(), Data::from(text))]);
            rule.set("IpRanges", Data::List(vec![Data::Dict(range)]));
        }
        "source-group" | "group-owner" => {
            let key = match name {
                "group-owner" => "UserId",
                _ if text.starts_with("sg-") => "GroupId",
                _ => "GroupName",
            };
            if let Some(pair) = first(rule, "UserIdGroupPairs", Dict::new()) {
                pair.set(key, Data::from(text));
            }
        }
        _ => {}
    }
    Ok(())
}

fn metric(name: &str, text: &str, params: &mut Dict) -> Result<(), Fault> {
    let number = |text: &str| {
        parse_float(text)
            .map(Data::Float)
            .map_err(|_| Fault::other("[<class 'decimal.ConversionSyntax'>]"))
    };
    let pairs = || -> Result<Vec<(String, String)>, Fault> {
        text.split(',')
            .map(|pair| match pair.split('=').collect::<Vec<_>>().as_slice() {
                [key, value] => Ok(((*key).to_owned(), (*value).to_owned())),
                parts if parts.len() < 2 => Err(Fault::other("not enough values to unpack (expected 2, got 1)")),
                _ => Err(Fault::other("too many values to unpack (expected 2)")),
            })
            .collect()
    };
    let value = match name {
        "value" => number(text)?,
        "storage-resolution" => Data::Int(int(text).map_err(Fault::other)?),
        "dimensions" => Data::List(
            pairs()?
                .into_iter()
                .map(|(key, value)| {
                    Data::Dict(Dict::from_iter([
                        ("Name".to_owned(), Data::Text(key)),
                        ("Value".to_owned(), Data::Text(value)),
                    ]))
                })
                .collect(),
        ),
        "statistic-values" => {
            let mut statistics = Dict::new();
            for (key, value) in pairs()? {
                statistics.set(&key, number(&value)?);
            }
            Data::Dict(statistics)
        }
        _ => Data::from(text),
    };
    let member = match name {
        "metric-name" => "MetricName",
        "timestamp" => "Timestamp",
        "unit" => "Unit",
        "value" => "Value",
        "dimensions" => "Dimensions",
        "statistic-values" => "StatisticValues",
        _ => "StorageResolution",
    };
    if let Some(datum) = first(params, "MetricData", Dict::new()) {
        datum.set(member, value);
    }
    Ok(())
}
