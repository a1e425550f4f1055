//! `cp`, `mv`, `rm` and `sync`: what is to be done, file by file, and how each step is told.

use super::files::{self, End, File, Trouble, absolute, no_key, shown, split};
use super::filters::Filters;
use super::{Fault, Work, media, multipart, sync};
use stratus_engine::base::time::Time;
use stratus_model::{Name, Structure, Value, field};

/// What is done with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    Upload,
    Download,
    Copy,
    Delete,
}

impl Deed {
    fn name(self) -> &'static str {
        match self {
            Deed::Upload => "upload",
            Deed::Download => "download",
            Deed::Copy => "copy",
            Deed::Delete => "delete",
        }
    }
}

/// Failures and warnings so far.
#[derive(Default)]
struct Tally {
    failed: usize,
    warned: usize,
}

impl Tally {
    fn status(&self) -> i32 {
        match (self.failed, self.warned) {
            (0, 0) => 0,
            (0, _) => 2,
            _ => 1,
        }
    }
}

/// Runs the command.
pub(super) fn run(work: &mut Work<'_>) -> Result<i32, Fault> {
    let command = work.args.command;
    let mut paths: Vec<String> = work.args.paths.clone();
    let remote: Vec<bool> = paths.iter().map(|path| path.starts_with("s3://")).collect();
    let deed = match (command, remote.as_slice()) {
        ("rm", [true]) => Deed::Delete,
        ("cp" | "mv" | "sync", [false, true]) => Deed::Upload,
        ("cp" | "mv" | "sync", [true, false]) => Deed::Download,
        ("cp" | "mv" | "sync", [true, true]) => Deed::Copy,
        _ => return Err(wrong_paths(command)),
    };
    for path in paths.iter_mut().filter(|path| path.starts_with("s3://")) {
        if split(path).1.is_empty() && !path.ends_with('/') {
            path.push('/');
        }
    }
    let source = paths.first().cloned().unwrap_or_default();
    let destination = paths.get(1).cloned().unwrap_or_else(|| source.clone());
    check(work, deed, &source, &destination)?;
    if source == "-" || destination == "-" {
        if command != "cp" || work.args.has("recursive") {
            return Err(Fault::usage(
                "Streaming currently is only compatible with non-recursive cp commands",
            ));
        }
        return stream(work, deed, &source, &destination);
    }
    let folders = command == "sync" || work.args.has("recursive");
    if deed == Deed::Upload && !work.session.tray.contains_key(&source) && !work.session.tray.is_folder(&source) {
        return Err(Fault::general(format!(
            "The user-provided path {source} does not exist."
        )));
    }
    all(work, deed, &source, &destination, folders)
}

/// `rm --recursive` of a bucket, for `rb --force`.
pub(super) fn empty(work: &mut Work<'_>, path: &str) -> Result<i32, Fault> {
    all(work, Deed::Delete, path, path, true)
}

fn wrong_paths(command: &str) -> Fault {
    let usage = match command {
        "rm" => "<S3Uri>",
        _ => "<LocalPath> <S3Uri> or <S3Uri> <LocalPath> or <S3Uri> <S3Uri>",
    };
    Fault::usage(format!("usage: aws s3 {command} {usage}\nError: Invalid argument type"))
}

/// What the CLI checks before it asks the service anything.
fn check(work: &Work<'_>, deed: Deed, source: &str, destination: &str) -> Result<(), Fault> {
    let base = source.rsplit('/').next().unwrap_or_default();
    let same = source == destination || (destination.ends_with('/') && source == format!("{destination}{base}"));
    if work.args.command == "mv" && deed == Deed::Copy && same {
        return Err(Fault::usage(format!(
            "Cannot mv a file onto itself: '{source}' - '{destination}'"
        )));
    }
    for kind in ["sse-c", "sse-c-copy-source"] {
        let key = format!("{kind}-key");
        let (given, keyed) = (work.args.has(kind), work.args.has(&key));
        if given != keyed {
            let (one, other) = if given {
                (kind, key.as_str())
            } else {
                (key.as_str(), kind)
            };
            return Err(Fault::usage(format!(
                "If --{one} is specified, --{other} must be specified as well."
            )));
        }
    }
    if work.args.has("sse-c-copy-source") && deed != Deed::Copy {
        return Err(Fault::usage(
            "--sse-c-copy-source is only supported for copy operations.",
        ));
    }
    Ok(())
}

fn all(work: &mut Work<'_>, deed: Deed, source: &str, destination: &str, folders: bool) -> Result<i32, Fault> {
    let filters = Filters::new(&work.args.filters, source, destination, folders);
    let (from, to) = (
        files::end(source, folders, work),
        files::end(destination, folders, work),
    );
    let mut tally = Tally::default();
    let mut warnings = Vec::new();
    let found = listed(work, deed, &from, &to, folders, &filters, &mut warnings);
    for warning in warnings {
        say(work, &warning);
        tally.warned += 1;
    }
    match found {
        Ok(found) => {
            for file in found {
                one(work, deed, &file, &mut tally);
            }
        }
        Err(Trouble::Fatal(text)) => {
            say(work, &format!("fatal error: {text}"));
            tally.failed += 1;
        }
    }
    Ok(tally.status())
}

fn listed(
    work: &mut Work<'_>,
    deed: Deed,
    from: &End,
    to: &End,
    folders: bool,
    filters: &Filters,
    warnings: &mut Vec<String>,
) -> Result<Vec<File>, Trouble> {
    let mut found = files::find(work, from, to, folders, deed == Deed::Delete, warnings)?;
    found.retain(|file| filters.take(file));
    if work.args.command != "sync" {
        return Ok(found);
    }
    // A destination in the tray that does not exist yet is made: an empty list.
    let mut there = files::find(work, to, from, true, false, warnings)?;
    there.retain(|file| filters.take(file));
    Ok(sync::compare(work, found, there, deed == Deed::Download))
}

/// Tells an error or a warning, unless nothing is to be said.
fn say(work: &mut Work<'_>, text: &str) {
    if !work.args.has("quiet") {
        work.printed.err(text);
    }
}

fn one(work: &mut Work<'_>, deed: Deed, file: &File, tally: &mut Tally) {
    let deed = if file.deleted { Deed::Delete } else { deed };
    if let Some(warning) = skipped(work, deed, file) {
        if let Some(text) = warning {
            say(work, &text);
            tally.warned += 1;
        }
        return;
    }
    let remote = |path: &str| format!("s3://{path}");
    let place = match deed {
        Deed::Upload => format!("{} to {}", shown(&file.source), remote(&file.destination)),
        Deed::Download => format!("{} to {}", remote(&file.source), shown(&file.destination)),
        Deed::Copy => format!("{} to {}", remote(&file.source), remote(&file.destination)),
        Deed::Delete if file.remote => remote(&file.source),
        Deed::Delete => shown(&file.source),
    };
    let moves = work.args.command == "mv";
    let name = if moves { "move" } else { deed.name() };
    if work.args.has("dryrun") {
        if !work.args.has("quiet") {
            work.printed.out(format!("(dryrun) {name}: {place}\n"));
        }
        return;
    }
    let mut outcome = match deed {
        Deed::Upload => upload(work, file),
        Deed::Download => download(work, file),
        Deed::Copy => copy(work, file),
        Deed::Delete => delete(work, file),
    };
    if moves && outcome.is_ok() {
        outcome = delete(work, file);
    }
    match outcome {
        Ok(()) if work.args.has("quiet") || work.args.has("only-show-errors") => {}
        Ok(()) => work.printed.out(format!("{name}: {place}\n")),
        Err(why) => {
            say(work, &format!("{name} failed: {place} {why}"));
            tally.failed += 1;
        }
    }
}

/// Whether a file is left out, and what is said of it.
fn skipped(work: &Work<'_>, deed: Deed, file: &File) -> Option<Option<String>> {
    let class = file.known.text(field::STORAGE_CLASS).unwrap_or_default();
    let restored = file
        .known
        .text(field::RESTORE)
        .is_some_and(|text| text.contains("ongoing-request=\"false\""));
    let frozen = matches!(class, "GLACIER" | "DEEP_ARCHIVE") && !restored && !work.args.has("force-glacier-transfer");
    if frozen && matches!(deed, Deed::Copy | Deed::Download) {
        let name = deed.name();
        let text = format!(
            "warning: Skipping file s3://{}. Object is of storage class GLACIER. Unable to perform {name} operations on \
             GLACIER objects. You must restore the object to be able to perform the operation. See aws s3 {name} help for \
             additional parameter options to ignore or force these transfers.",
            file.source
        );
        return Some((!work.args.has("ignore-glacier-warnings")).then_some(text));
    }
    if deed == Deed::Download && escapes(&file.key) {
        return Some(Some(format!(
            "warning: Skipping file {}. File references a parent directory.",
            file.key
        )));
    }
    None
}

/// Whether a key leads out of the folder it is written to.
fn escapes(key: &str) -> bool {
    let mut depth = 0_i64;
    for part in key.split('/') {
        match part {
            "" | "." => {}
            ".." => depth -= 1,
            _ => depth += 1,
        }
        if depth < 0 {
            return true;
        }
    }
    false
}

/// Options and the parameters that they are.
const GENERAL: &[(&str, Name)] = &[
    ("acl", field::ACL),
    ("storage-class", field::STORAGE_CLASS),
    ("website-redirect", field::WEBSITE_REDIRECT_LOCATION),
    ("content-type", field::CONTENT_TYPE),
    ("cache-control", field::CACHE_CONTROL),
    ("content-disposition", field::CONTENT_DISPOSITION),
    ("content-encoding", field::CONTENT_ENCODING),
    ("content-language", field::CONTENT_LANGUAGE),
    ("sse", field::SERVER_SIDE_ENCRYPTION),
    ("sse-kms-key-id", field::SSEKMS_KEY_ID),
    ("sse-c", field::SSE_CUSTOMER_ALGORITHM),
    ("sse-c-key", field::SSE_CUSTOMER_KEY),
    ("request-payer", field::REQUEST_PAYER),
];

/// The parameters of an object that is written: what the options say of it.
fn object_params(work: &Work<'_>, path: &str) -> Result<Structure, String> {
    let (bucket, key) = split(path);
    let mut params = Structure::new().with(field::BUCKET, bucket).with(field::KEY, key);
    for (option, name) in GENERAL {
        if let Some(value) = work.args.value(option).filter(|value| !value.is_empty()) {
            params.set(*name, value);
        }
    }
    if let Some(text) = work.args.value("expires") {
        let at = stratus_model::time::parse(text).ok_or_else(|| {
            format!("Parameter validation failed:\nInvalid type for parameter Expires, value: {text}, type: <class 'str'>, valid types: <class 'datetime.datetime'>, timestamp-string")
        })?;
        params.set(field::EXPIRES, Value::Timestamp(at));
    }
    for grant in &work.args.grants {
        let (permission, who) = grant
            .split_once('=')
            .ok_or("grants should be of the form permission=principal")?;
        let name = match permission {
            "read" => field::GRANT_READ,
            "full" => field::GRANT_FULL_CONTROL,
            "readacl" => field::GRANT_READ_ACP,
            "writeacl" => field::GRANT_WRITE_ACP,
            _ => return Err("permission must be one of: read|readacl|writeacl|full".into()),
        };
        params.set(name, who);
    }
    if !work.args.metadata.is_empty() {
        let entries = work
            .args
            .metadata
            .iter()
            .map(|(key, value)| (key.clone(), Value::from(value)));
        params.set(field::METADATA, Value::Map(entries.collect()));
    }
    Ok(params)
}

fn upload(work: &mut Work<'_>, file: &File) -> Result<(), String> {
    let mut params = object_params(work, &file.destination)?;
    // A folder has no name to be called by in a bucket. The client looks at that before it opens anything.
    if params.text(field::KEY).is_none_or(str::is_empty) {
        return Err(no_key());
    }
    let Some(bytes) = work.session.tray.get(&file.source).cloned() else {
        let folder = absolute(&file.source);
        return Err(format!(
            "[Errno 21] Is a directory: '{}/'",
            folder.trim_end_matches('/')
        ));
    };
    let guesses = !work.args.has("no-guess-mime-type") && !work.args.has("content-type");
    if let Some(kind) = media::guess(&file.source).filter(|_| guesses) {
        params.set(field::CONTENT_TYPE, kind);
    }
    multipart::put(work, params, bytes)
}

fn download(work: &mut Work<'_>, file: &File) -> Result<(), String> {
    let bytes = multipart::get(work, &file.source, file.size)?;
    let why = |why: &str| {
        let number = if why == "Is a directory" { 21 } else { 28 };
        format!("[Errno {number}] {why}: '{}'", absolute(&file.destination))
    };
    work.session.tray.write(&file.destination, bytes).map_err(why)?;
    work.session.tray.touch(&file.destination, Time(file.modified * 1000));
    Ok(())
}

fn copy(work: &mut Work<'_>, file: &File) -> Result<(), String> {
    let mut params = object_params(work, &file.destination)?;
    if !work.args.metadata.is_empty() {
        params.set(field::METADATA_DIRECTIVE, "REPLACE");
    }
    let (algorithm, key) = (
        work.args.value("sse-c-copy-source"),
        work.args.value("sse-c-copy-source-key"),
    );
    if let (Some(algorithm), Some(key)) = (algorithm, key) {
        params.set(field::COPY_SOURCE_SSE_CUSTOMER_ALGORITHM, algorithm);
        params.set(field::COPY_SOURCE_SSE_CUSTOMER_KEY, key);
    }
    if let Some(directive) = work.args.value("metadata-directive") {
        params.set(field::METADATA_DIRECTIVE, directive);
        return multipart::copy(work, params, file);
    }
    let properties = work.args.value("copy-props").unwrap_or("default").to_owned();
    if properties == "none" {
        params.set(field::METADATA_DIRECTIVE, "REPLACE");
    } else {
        let explicit = multipart::DESCRIBING.iter().any(|name| params.contains(*name));
        if explicit {
            params.set(field::METADATA_DIRECTIVE, "REPLACE");
        }
        if explicit || multipart::is_large(file.size) {
            multipart::describe(work, &mut params, file)?;
        }
    }
    if properties != "default" {
        params.set(field::TAGGING_DIRECTIVE, "REPLACE");
    }
    multipart::copy(work, params, file)
}

fn delete(work: &mut Work<'_>, file: &File) -> Result<(), String> {
    if !file.remote {
        return match work.session.tray.remove(&file.source) {
            true => Ok(()),
            false => Err(format!(
                "[Errno 2] No such file or directory: '{}'",
                absolute(&file.source)
            )),
        };
    }
    let (bucket, key) = split(&file.source);
    let params = files::head_params(work, &bucket, &key);
    work.call("DeleteObject", params)
        .map(|_| ())
        .map_err(|refused| refused.text())
}

/// `cp - s3://…` and `cp s3://… -`.
fn stream(work: &mut Work<'_>, deed: Deed, source: &str, destination: &str) -> Result<i32, Fault> {
    let local = |place: &str| if place == "-" { "-".to_owned() } else { place.to_owned() };
    let target = match deed {
        Deed::Upload if destination.ends_with('/') => format!("{destination}-"),
        _ => destination.to_owned(),
    };
    let place = format!("{} to {}", local(source), local(&target));
    if work.args.has("dryrun") {
        work.printed.out(format!("(dryrun) {}: {place}\n", deed.name()));
        return Ok(0);
    }
    let outcome = match deed {
        Deed::Upload => {
            let bytes = std::mem::take(&mut work.input);
            let path = target.strip_prefix("s3://").unwrap_or(&target).to_owned();
            object_params(work, &path).and_then(|params| multipart::put(work, params, bytes))
        }
        _ => {
            let path = source.strip_prefix("s3://").unwrap_or(source).to_owned();
            let (bucket, key) = split(&path);
            let params = files::head_params(work, &bucket, &key);
            let size = work.call("HeadObject", params).map_err(|refused| refused.text());
            size.and_then(|answer| {
                let size = answer.integer(field::CONTENT_LENGTH).unwrap_or_default();
                let bytes = multipart::get(work, &path, size)?;
                work.printed.out(bytes);
                Ok(())
            })
        }
    };
    match outcome {
        Ok(()) => Ok(0),
        Err(why) => {
            say(work, &format!("{} failed: {place} {why}", deed.name()));
            Ok(1)
        }
    }
}
