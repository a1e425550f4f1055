//! Where the AWS CLI departs from the API's names: `--count`, the flat rule of a security group, service names.
//! Source: <https://docs.aws.amazon.com/cli/latest/reference/ec2/run-instances.html> and its siblings.

/// The API's service of a command word, and whether it is a program of ours instead of `aws`.
pub fn service(word: &str) -> Option<&'static str> {
    match word {
        "ec2" => Some("ec2"),
        "s3api" => Some("s3"),
        "route53" => Some("route53"),
        "sts" => Some("sts"),
        "stratus" => Some("stratus"),
        _ => None,
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

/// Parameters that the CLI takes as a file's path rather than as bytes.
pub fn is_file(operation: &str, member: &str) -> bool {
    operation == "PutObject" && member == "Body"
}

/// Parameters that the CLI encodes in base64 itself.
pub fn is_encoded(operation: &str, member: &str) -> bool {
    operation == "RunInstances" && member == "UserData"
}
