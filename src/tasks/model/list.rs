//! Reads `operations.txt`: which operations of which service Stratus has. Its head describes the format.

use std::collections::BTreeSet;

/// What is wanted of one service.
#[derive(Debug, Default, PartialEq)]
pub struct Wanted {
    /// botocore's folder name, which is also the AWS CLI's.
    pub service: String,
    pub all: bool,
    pub operations: Vec<WantedOperation>,
    /// Enumerations that AWS extends faster than the model is renewed.
    pub open: BTreeSet<String>,
}

#[derive(Debug, PartialEq)]
pub struct WantedOperation {
    pub name: String,
    /// What the file says, where the guess by the first word of the name would be wrong.
    pub read_only: Option<bool>,
    /// A page does not start with it.
    pub later: bool,
}

/// # Errors
/// Names the line that is not understood.
pub fn parse(text: &str) -> Result<Vec<Wanted>, String> {
    let mut services: Vec<Wanted> = Vec::new();
    for line in text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let words: Vec<&str> = line.split_whitespace().collect();
        if let ["service", name] = words.as_slice() {
            services.push(Wanted {
                service: name.to_string(),
                ..Wanted::default()
            });
            continue;
        }
        let service = services
            .last_mut()
            .ok_or_else(|| format!("operations.txt: no service before: {line}"))?;
        match words.as_slice() {
            ["all"] => service.all = true,
            ["open", shape] => {
                service.open.insert(shape.to_string());
            }
            [name, flags @ ..] if flags.iter().all(|flag| ["read", "write", "later"].contains(flag)) => {
                let has = |flag| flags.contains(&flag);
                service.operations.push(WantedOperation {
                    name: name.to_string(),
                    read_only: (has("read") || has("write")).then(|| has("read")),
                    later: has("later"),
                });
            }
            _ => return Err(format!("operations.txt: not understood: {line}")),
        }
    }
    Ok(services)
}

/// Whether an operation leaves everything as it is, judged by the first word of its name.
pub fn looks_read_only(name: &str) -> bool {
    const READING: [&str; 17] = [
        "BatchGet", "Check", "Decode", "Describe", "Detect", "Estimate", "Filter", "Get", "Head", "List", "Lookup",
        "Preview", "Query", "Scan", "Search", "Simulate", "Test",
    ];
    READING.iter().any(|verb| {
        name.strip_prefix(verb)
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))
    })
}
