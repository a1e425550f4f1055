//! The aws command: text to a checked call, the answer to text, and any call back to the command that makes it.

use stratus_engine::catalog::Region;
use stratus_model::{Structure, cli_name};

/// The `aws` command that makes this call.
pub fn command(region: Region, service: &str, operation: &str, _params: &Structure) -> String {
    format!("aws {service} {} --region {}", cli_name(operation), region.name())
}
