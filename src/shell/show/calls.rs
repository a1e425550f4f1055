//! Calls as lines of text: `us-east-1 ec2 RunInstances {…}`, parameters as JSON in the API's spelling. For tests that make
//! the same calls by other tools.

use super::ShownCall;
use stratus_engine::catalog::Region;
use stratus_model::{Structure, Value, json, model};

/// A call that was read.
#[derive(Clone, Debug)]
pub struct Read {
    /// Which Region is asked.
    pub region: Region,
    /// The service.
    pub service: &'static str,
    /// The operation.
    pub operation: &'static str,
    /// Its parameters.
    pub params: Structure,
}

impl Read {
    /// The call, to be shown.
    pub fn call(&self) -> ShownCall<'_> {
        ShownCall {
            region: self.region,
            service: self.service,
            operation: self.operation,
            params: &self.params,
        }
    }
}

/// Reads a line: Region, service, operation, parameters.
///
/// # Errors
/// What the line lacks, or what of it is unknown, in a sentence.
pub fn read(line: &str) -> Result<Read, String> {
    let mut words = line.splitn(4, ' ');
    let mut word = |what: &str| words.next().ok_or_else(|| format!("there is no {what} in: {line}"));
    let (region, service, operation) = (word("Region")?, word("service")?, word("operation")?);
    let text = words.next().unwrap_or("{}");
    let region = Region::find(region).ok_or_else(|| format!("there is no Region {region}"))?;
    let service = model()
        .service(service)
        .ok_or_else(|| format!("there is no service {service}"))?;
    let operation = service
        .operation(operation)
        .ok_or_else(|| format!("{} has no operation {operation}", service.name))?;
    let given: serde_json::Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let params = match operation.input {
        None => Structure::new(),
        Some(shape) => match json::from_json(service, shape, &given).map_err(|problem| problem.to_string())? {
            Value::Structure(params) => params,
            _ => return Err("the parameters are no object".into()),
        },
    };
    Ok(Read {
        region,
        service: service.name,
        operation: operation.name,
        params,
    })
}
