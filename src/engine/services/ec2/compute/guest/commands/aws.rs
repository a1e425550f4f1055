//! `aws s3 ls` and `aws s3 cp` in a guest: requests to S3 that the role of its instance profile signs, by the name, the way and
//! the policies that any request of the guest meets. Only what reads; everything else is for the page's own terminal (ours).
//!
//! The CLI asks the instance metadata for keys and the Region, and names buckets below the Region's endpoint.
//! Sources: <https://docs.aws.amazon.com/cli/latest/reference/s3/ls.html>,
//! <https://docs.aws.amazon.com/cli/latest/reference/s3/cp.html>,
//! <https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-returncodes.html>

use super::packets::{SYN_MILLIS, Words};
use super::{Done, FAILED, Shell};
use crate::base::error::Error;
use crate::network::exchange::Load;
use crate::network::{Disposition, Endpoint, METADATA};
use crate::services::ec2::compute::imds;
use crate::services::s3::public::{Signer, Visit};
use crate::services::s3::requests;
use crate::services::stratus::traffic::Said;
use crate::services::sts;
use crate::web::storage;
use std::fmt::Write as _;
use stratus_model::{Structure, field, time};

/// Options that take a value.
const VALUED: [&str; 4] = ["--region", "--output", "--profile", "--color"];
/// Options that take none.
const FLAGS: [&str; 2] = ["--recursive", "--no-sign-request"];
const TCP: u8 = 6;
/// The ports of HTTP and TLS.
const HTTP: u16 = 80;
const TLS: u16 = 443;
/// Statuses of the CLI: its words are not understood, there are no keys, the service refused, something else went wrong.
const MISUSED: i64 = 252;
const NO_KEYS: i64 = 253;
const REFUSED: i64 = 254;
const BROKEN: i64 = 255;

/// Errors of S3 that mean a bucket of another Region.
const ELSEWHERE: [&str; 2] = ["PermanentRedirect", "IllegalLocationConstraintException"];

/// Bytes of the head of a signed request, of that of an answer, and of each entry of a list (ours).
const HEAD: u32 = 600;

/// Bytes of an answer.
fn answered(answer: &Structure) -> u32 {
    let body = u32::try_from(answer.blob(field::BODY).unwrap_or_default().len()).unwrap_or(u32::MAX);
    let entries = answer.structures(field::CONTENTS).count() + answer.structures(field::COMMON_PREFIXES).count();
    let entries = u32::try_from(entries).unwrap_or(u32::MAX);
    HEAD.saturating_add(body).saturating_add(entries.saturating_mul(HEAD))
}

/// Why nothing came of a request.
enum Trouble {
    /// What the CLI says.
    Said(String),
    /// S3's error.
    Refused(Error),
}

/// What S3 is asked, and by whom.
struct Asked<'a> {
    operation: &'a str,
    params: Structure,
    signer: Option<Signer>,
    region: &'a str,
}

impl Shell<'_> {
    pub(super) fn aws(&mut self, words: &[&str]) -> Done {
        let read = Words::read(words, &VALUED);
        let (command, rest) = match read.plain.split_first() {
            Some((&"s3", rest)) => rest.split_first().unzip(),
            _ => (None, None),
        };
        let known = |name: &str| VALUED.contains(&name) || FLAGS.contains(&name);
        let unknown: Vec<&str> = read
            .options
            .iter()
            .map(|(name, _)| *name)
            .filter(|name| !known(name))
            .collect();
        if !unknown.is_empty() {
            let why = format!(
                "\nUnknown options: {}; guests know {} (ours)\n",
                unknown.join(", "),
                FLAGS.join(", ")
            );
            return self.misuse(&why, MISUSED);
        }
        let source = rest.and_then(|rest| rest.first()?.strip_prefix("s3://"));
        let source = source.filter(|place| !place.is_empty() && !place.starts_with('/'));
        match (command, source, rest.unwrap_or_default().get(1)) {
            (Some(&"ls"), Some(place), None) => self.aws_ls(&read, place),
            (Some(&"cp"), Some(place), Some(to)) if !to.starts_with("s3://") => self.aws_cp(&read, place, to),
            _ => {
                let why = "aws: guests know 'aws s3 ls s3://BUCKET/PREFIX' and 'aws s3 cp s3://BUCKET/KEY FILE'; the terminal of the page knows all (ours)\n";
                self.misuse(why, MISUSED)
            }
        }
    }

    /// The role that signs; `Ok(None)`: nobody shall.
    fn signer(&mut self, read: &Words<'_>) -> Result<Option<Signer>, ()> {
        if read.options.iter().any(|(name, _)| *name == "--no-sign-request") {
            return Ok(None);
        }
        if self
            .sends(Endpoint::Instance(self.id), METADATA.into(), TCP, HTTP)
            .disposition
            != Disposition::Delivered
        {
            return Err(());
        }
        // Without a token it asks by version 1, where that is answered.
        if self.loses_tokens() && self.row().is_some_and(|row| row.metadata.tokens_required) {
            return Err(());
        }
        let answers = self.row().filter(|row| row.metadata.enabled);
        let role = answers.and_then(|row| imds::role_of(self.world, row)).ok_or(())?;
        let (session, user_id) = sts::session_of_instance(self.world, role, self.id);
        Ok(Some(Signer {
            role: role.arn(self.world.options.account),
            user_id,
            session,
        }))
    }

    /// Asks S3 at the endpoint of a Region, and once more where that sends the CLI to another.
    fn ask_storage(&mut self, asked: &Asked<'_>) -> Result<Structure, Trouble> {
        match self.ask_at(asked, asked.region) {
            Err(Trouble::Refused(error)) if ELSEWHERE.contains(&error.code) => {
                let bucket = asked.params.text(field::BUCKET).unwrap_or_default();
                match requests::region_of(self.world, bucket) {
                    Some(region) => self.ask_at(asked, region.name()),
                    None => Err(Trouble::Refused(error)),
                }
            }
            answer => answer,
        }
    }

    fn ask_at(&mut self, asked: &Asked<'_>, region: &str) -> Result<Structure, Trouble> {
        let bucket = asked.params.text(field::BUCKET).unwrap_or_default();
        let end = format!("s3.{region}.amazonaws.com");
        // S3's certificate is for one name below its own: buckets with dots stand in the path.
        let (host, path) = match bucket.contains('.') {
            true => (end, format!("{bucket}/")),
            false => (format!("{bucket}.{end}"), String::new()),
        };
        let url = format!(
            "https://{host}/{path}{}",
            asked.params.text(field::KEY).unwrap_or_default()
        );
        let lost = |what: &str| Trouble::Said(format!("{what} endpoint URL: \"{url}\""));
        let at = self.address_of(&host).ok_or_else(|| lost("Could not connect to the"))?;
        let trace = self.sends(Endpoint::Instance(self.id), at, TCP, TLS);
        let own = Endpoint::Instance(self.id);
        if trace.disposition != Disposition::Delivered {
            self.transmits(own, at, (TCP, TLS), Said::Greets);
        }
        match trace.disposition {
            Disposition::Delivered => {}
            Disposition::NotListening => return Err(lost("Could not connect to the")),
            _ => {
                self.took += SYN_MILLIS;
                return Err(lost("Connect timeout on"));
            }
        }
        self.took += i64::from(self.round_trip(&trace) / 1_000);
        let visit = Visit {
            user_agent: Some("aws-cli/2.24.0".to_owned()),
            secure: true,
            signer: asked.signer.clone(),
            ..Visit::default()
        };
        let met = storage::met(self.world, self.region, at, &trace, visit);
        let (region, visit) = met.ok_or_else(|| lost("Could not connect to the"))?;
        let answer = requests::read(self.world, region, asked.operation, &asked.params, &visit);
        let load = Load {
            request: HEAD,
            answer: answer.result.as_ref().map_or(HEAD, answered),
        };
        self.transmits(own, at, (TCP, TLS), Said::Asks(load));
        answer.result.map_err(Trouble::Refused)
    }

    fn aws_ls(&mut self, read: &Words<'_>, place: &str) -> Done {
        let Ok(signer) = self.signer(read) else {
            let why = "\nUnable to locate credentials. You can configure credentials by running \"aws configure\".\n";
            return self.misuse(why, NO_KEYS);
        };
        let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
        let recursive = read.options.iter().any(|(name, _)| *name == "--recursive");
        let asked = Asked {
            operation: "ListObjectsV2",
            params: Structure::new()
                .with(field::BUCKET, bucket)
                .with(field::PREFIX, prefix)
                .with_some(field::DELIMITER, (!recursive).then_some("/")),
            signer,
            region: read.value(&["--region"]).unwrap_or(self.region.name()),
        };
        let found = match self.ask_storage(&asked) {
            Ok(found) => found,
            Err(Trouble::Said(why)) => return self.misuse(&format!("\n{why}\n"), BROKEN),
            Err(Trouble::Refused(error)) => {
                let (code, why) = (error.code, &error.message);
                let line = format!("\nAn error occurred ({code}) when calling the ListObjectsV2 operation: {why}\n");
                return self.misuse(&line, REFUSED);
            }
        };
        let mut out = String::new();
        let short = |key: &str| match recursive {
            true => key.to_owned(),
            false => key.trim_end_matches('/').rsplit('/').next().unwrap_or(key).to_owned(),
        };
        for common in found.structures(field::COMMON_PREFIXES) {
            let name = short(common.text(field::PREFIX).unwrap_or_default());
            let _ = writeln!(out, "{:>30} {name}/", "PRE");
        }
        for object in found.structures(field::CONTENTS) {
            let at = time::iso8601(object.timestamp(field::LAST_MODIFIED).unwrap_or_default());
            let at = at.get(..19).unwrap_or_default().replace('T', " ");
            let size = object.integer(field::SIZE).unwrap_or_default();
            let _ = writeln!(
                out,
                "{at} {size:>10} {}",
                short(object.text(field::KEY).unwrap_or_default())
            );
        }
        Done {
            status: if out.is_empty() { FAILED } else { 0 },
            output: out.into_bytes(),
        }
    }

    /// The CLI looks at an object before it gets it: a refusal has no text then, only its status.
    fn aws_cp(&mut self, read: &Words<'_>, place: &str, to: &str) -> Done {
        let Ok(signer) = self.signer(read) else {
            return self.misuse("fatal error: Unable to locate credentials\n", FAILED);
        };
        let (bucket, key) = place.split_once('/').unwrap_or((place, ""));
        if key.is_empty() {
            let why = "fatal error: Parameter validation failed:\nInvalid length for parameter Key, value: 0, valid min length: 1\n";
            return self.misuse(why, FAILED);
        }
        let mut asked = Asked {
            operation: "HeadObject",
            params: Structure::new().with(field::BUCKET, bucket).with(field::KEY, key),
            signer,
            region: read.value(&["--region"]).unwrap_or(self.region.name()),
        };
        let looked = self.ask_storage(&asked);
        let seen = looked.is_ok();
        asked.operation = "GetObject";
        let got = looked.and_then(|_| self.ask_storage(&asked));
        let found = match got {
            Ok(found) => found,
            Err(Trouble::Said(why)) => return self.misuse(&format!("fatal error: {why}\n"), FAILED),
            Err(Trouble::Refused(error)) if seen => {
                let (code, why) = (error.code, error.message);
                let line = format!(
                    "download failed: s3://{place} to {to} An error occurred ({code}) when calling the GetObject operation: {why}\n"
                );
                return self.misuse(&line, FAILED);
            }
            Err(Trouble::Refused(error)) => {
                let status = error.status;
                let why = match status {
                    403 => "Forbidden".to_owned(),
                    404 => format!("Key \"{key}\" does not exist"),
                    _ => error.message,
                };
                let line =
                    format!("fatal error: An error occurred ({status}) when calling the HeadObject operation: {why}\n");
                return self.misuse(&line, FAILED);
            }
        };
        let body = found.blob(field::BODY).unwrap_or_default();
        if to == "-" {
            return Done::well(body);
        }
        let name = key.rsplit('/').next().unwrap_or(key);
        let folder = to == "." || to.ends_with('/');
        let path = if folder {
            format!("{}/{name}", to.trim_end_matches('/'))
        } else {
            to.to_owned()
        };
        let path = self.absolute(&path);
        match self.write(&path, body, false) {
            Ok(()) => Done::well(format!("download: s3://{place} to {to}\n")),
            Err(why) => self.fails("download failed", &path, &why),
        }
    }
}
