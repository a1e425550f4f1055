//! What stands for something else in a story's lines: `$name` for a value that was saved, or for an image.

use std::collections::BTreeMap;
use stratus_engine::catalog::{Region, images};

/// Short names of catalogue images, whose ids differ from Region to Region.
const IMAGES: &[(&str, &str)] = &[
    ("al2023", "al2023-ami-2023.6.20250218.2-kernel-6.1-x86_64"),
    ("al2023-arm", "al2023-ami-2023.6.20250218.2-kernel-6.1-arm64"),
    ("al2", "amzn2-ami-kernel-5.10-hvm-2.0.20250220.0-x86_64-gp2"),
    (
        "ubuntu",
        "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20250225",
    ),
    (
        "ubuntu-arm",
        "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-arm64-server-20250225",
    ),
    ("debian", "debian-12-amd64-20250210-2019"),
    ("rhel", "RHEL-9.5.0_HVM-20250128-x86_64-0-Hourly2-GP3"),
    ("suse", "suse-sles-15-sp6-v20250210-hvm-ssd-x86_64"),
    ("windows", "Windows_Server-2022-English-Full-Base-2025.02.13"),
    ("pv", "amzn-ami-pv-2014.09.2.x86_64-ebs"),
    ("instance-store", "amzn-ami-hvm-2014.09.2.x86_64-s3"),
];

/// The text with each `$name` replaced by what was saved under it; an error names what was not.
pub fn filled(text: &str, names: &BTreeMap<String, String>, region: Region) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('$') {
        out.push_str(before);
        // An amount of money, a field of a flow log's format, a variable or a command of a guest's shell.
        if after.starts_with(|c: char| c.is_ascii_digit() || c == '{' || c == '(') {
            out.push('$');
            rest = after;
            continue;
        }
        let end = after
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_')
            .unwrap_or(after.len());
        let written = after.get(..end).unwrap_or_default();
        let known = |name: &str| names.get(name).cloned().or_else(|| image(name, region));
        // `$eni-all` is `$eni` and `-all` where nothing was saved under the whole name.
        let mut name = written;
        let value = loop {
            if let Some(value) = known(name) {
                break value;
            }
            match name.rfind(['-', '_']) {
                Some(place) => name = name.get(..place).unwrap_or_default(),
                None => return Err(format!("nothing was saved as ${written}")),
            }
        };
        out.push_str(&value);
        rest = after.get(name.len()..).unwrap_or_default();
    }
    out.push_str(rest);
    Ok(out)
}

/// The id of an image that has a name of its own in stories.
fn image(name: &str, region: Region) -> Option<String> {
    let (_, full) = IMAGES.iter().find(|(short, _)| *short == name)?;
    Some(format!("ami-{:017x}", images::find_by_name(region, full)?.id(region)))
}
