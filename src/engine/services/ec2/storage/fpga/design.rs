//! A design checkpoint as it is handed in: a tarball with a manifest and the checkpoint that it names.
//!
//! What is checked, and the codes of what is wrong with it, are AWS's
//! (<https://github.com/aws/aws-fpga/blob/master/hdk/docs/create_fpga_image_error_codes.md>); the checkpoint itself, which is
//! encrypted, is taken as it comes.

use crate::world::fpga::FpgaDesign;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::str::from_utf8;

/// Bytes of a block of a tarball.
const BLOCK: usize = 512;
/// What a manifest's name ends in.
const MANIFEST: &str = "manifest.txt";

/// Reads a tarball; the error is the message that the image's state shows.
pub(super) fn read(tarball: Option<&[u8]>) -> Result<FpgaDesign, String> {
    let Some(bytes) = tarball else {
        return Err(
            "INACCESSIBLE_INPUT: Error accessing resource in S3. Check permissions, naming, and ensure the bucket is within the same region as the API endpoint."
                .into(),
        );
    };
    if bytes.is_empty() {
        return Err("INPUT_SIZE_ILLEGAL: Input file size is not valid.".into());
    }
    let files = unpacked(bytes).ok_or("CORRUPT_ARCHIVE: Failed to parse the input tarball archive.")?;
    let manifest = files.iter().find(|(name, _)| name.ends_with(MANIFEST));
    let (_, text) = manifest.ok_or("MANIFEST_NOT_FOUND: No manifest file was found.")?;
    let facts = facts(text).ok_or("MANIFEST_PARSE_FAILED: Parsing the manifest file failed.")?;
    let fact = |name: &str| facts.get(name).copied().filter(|value| !value.is_empty());
    let shell = fact("shell_version")
        .filter(|shell| number(shell, u32::MAX).is_some())
        .ok_or("SHELL_VERSION_INVALID: The Shell Version provided is invalid.")?;
    let id = |name: &str| {
        let value = fact(name).and_then(|value| number(value, u16::MAX.into()));
        value
            .and_then(|value| u16::try_from(value).ok())
            .filter(|value| *value > 0)
    };
    let pci = [
        "pci_vendor_id",
        "pci_device_id",
        "pci_subsystem_id",
        "pci_subsystem_vendor_id",
    ]
    .map(id);
    let [Some(vendor), Some(device), Some(subsystem), Some(subsystem_vendor)] = pci else {
        return Err("PCIID_SYNTAX_INVALID: PCI ID is not provided, wrongly formatted, or value is out of range valid range 1-65535 or 0x0001-0xFFFF.".into());
    };
    let named = fact("dcp_file_name").unwrap_or_default();
    let is_named = |name: &str| !named.is_empty() && name.rsplit('/').next() == named.rsplit('/').next();
    let checkpoint = files.iter().find(|(name, _)| is_named(name));
    let (_, checkpoint) = checkpoint.ok_or("DCP_NOT_FOUND: No DCP file was found with the supplied filename.")?;
    let digest: String = Sha256::digest(checkpoint)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    if !fact("dcp_hash").is_some_and(|hash| hash.eq_ignore_ascii_case(&digest)) {
        return Err("DCP_INTEGRITY_UNVERIFIED: The DCP integrity SHA-256 hash does not match the provided DCP.".into());
    }
    Ok(FpgaDesign {
        shell: shell.to_ascii_lowercase(),
        pci: [vendor, device, subsystem, subsystem_vendor],
    })
}

/// The files of a tarball by their names; `None`: it is none.
fn unpacked(bytes: &[u8]) -> Option<Vec<(&str, &[u8])>> {
    let (mut files, mut rest) = (Vec::new(), bytes);
    while let Some((head, after)) = rest.split_at_checked(BLOCK) {
        if head.iter().all(|byte| *byte == 0) {
            break;
        }
        let text = |from: usize, to: usize| {
            let field = head.get(from..to)?;
            let end = field.iter().position(|byte| *byte == 0).unwrap_or(field.len());
            from_utf8(field.get(..end)?).ok()
        };
        if !head.get(257..)?.starts_with(b"ustar") {
            return None;
        }
        let size = usize::from_str_radix(text(124, 136)?.trim(), 8).ok()?;
        files.push((text(0, 100)?, after.get(..size)?));
        rest = after.get(size.checked_next_multiple_of(BLOCK)?..).unwrap_or_default();
    }
    (!files.is_empty()).then_some(files)
}

/// `key=value`, a line each.
fn facts(manifest: &[u8]) -> Option<BTreeMap<&str, &str>> {
    let lines = from_utf8(manifest).ok()?.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| line.split_once('=').map(|(key, value)| (key.trim(), value.trim())))
        .collect()
}

/// A number as manifests have it: `0x04261818`, or decimal.
fn number(text: &str, most: u32) -> Option<u32> {
    let value = match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => text.parse().ok()?,
    };
    (value <= most).then_some(value)
}
