//! `curl` in a guest: whether a server of the Web is reached, and what it answers. What stands behind the address is who took
//! the packet: an instance answers with what its program has to say, S3 as [`crate::web`] has it, the instance metadata service
//! as [`imds`] has it, everybody else with an empty page (ours).
//! Source: <https://curl.se/docs/manpage.html>

use super::packets::{Kept, SYN_MILLIS, Words};
use super::{Done, LOOK, Shell};
use crate::base::ids::InstanceId;
use crate::catalog::Region;
use crate::network::{self, Disposition, Layer, Trace, speaks_http};
use crate::services::ec2::compute::imds;
use crate::web::Address;
use crate::web::storage::{self, Program, Silence};
use crate::world::compute::{Delays, Instance, WebAnswer};
use std::fmt::Write as _;
use std::net::IpAddr;

/// What it tells servers of itself.
const USER_AGENT: &str = "curl/8.5.0";
/// What it says where TLS is spoken to a server that speaks none.
const NO_TLS: &str = "error:0A00010B:SSL routines::wrong version number";

/// Options that take a value.
const VALUED: [&str; 33] = [
    "-o",
    "--output",
    "-w",
    "--write-out",
    "-m",
    "--max-time",
    "--connect-timeout",
    "--retry",
    "--retry-delay",
    "--retry-max-time",
    "--max-redirs",
    "-H",
    "--header",
    "-X",
    "--request",
    "-T",
    "--upload-file",
    "-A",
    "--user-agent",
    "-e",
    "--referer",
    "-b",
    "--cookie",
    "-c",
    "--cookie-jar",
    "-u",
    "--user",
    "-x",
    "--proxy",
    "--noproxy",
    "--cacert",
    "--interface",
    "--resolve",
];

/// What curl says where nobody takes its packet.
const NO_SERVER: &str = "Couldn't connect to server";

/// Those of curl that have something to send.
const DATA: [&str; 7] = [
    "-d",
    "--data",
    "--data-raw",
    "--data-binary",
    "--data-urlencode",
    "-F",
    "--form",
];

/// An address of the Web in its parts.
struct Url<'a> {
    secure: bool,
    host: &'a str,
    port: u16,
}

impl<'a> Url<'a> {
    fn read(text: &'a str) -> Option<Url<'a>> {
        let (secure, rest) = match text.split_once("://") {
            Some(("http", rest)) => (false, rest),
            Some(("https", rest)) => (true, rest),
            Some(_) => return None,
            None => (false, text),
        };
        let authority = rest.split(['/', '?', '#']).next()?;
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !host.contains(':') || host.ends_with(']') => (host, port.parse().ok()?),
            _ => (authority, if secure { 443 } else { 80 }),
        };
        let host = host.trim_start_matches('[').trim_end_matches(']');
        (!host.is_empty()).then_some(Url { secure, host, port })
    }

    /// That no connection came about, and after how many milliseconds.
    fn unreached(&self, millis: i64, said: &str) -> String {
        let Url { host, port, .. } = self;
        format!("Failed to connect to {host} port {port} after {millis} ms: {said}")
    }
}

/// The instance that took a packet, in which Region if not in the sender's, and at which port; `None`: somebody else took it.
fn taker(trace: &Trace) -> Option<(Option<Region>, InstanceId, u16)> {
    let last = trace.forward.last();
    let last = last.filter(|hop| hop.layer == Layer::CustomerInstance)?;
    Some((last.region(), last.instance()?, last.before.destination_port))
}

/// Whether the words of a command name the metadata service by its address.
pub(super) fn asks_metadata(words: &[&str]) -> bool {
    let host = |word: &&str| Url::read(word).and_then(|url| url.host.parse().ok());
    words.iter().filter_map(host).any(network::is_metadata)
}

/// The method of a request: that of `-X`, or what the other options imply.
fn method<'a>(read: &Words<'a>) -> &'a str {
    match read.value(&["-X", "--request"]) {
        Some(method) => method,
        None if read.has('I', "--head") => "HEAD",
        None if read.value(&["-T", "--upload-file"]).is_some() => "PUT",
        None if read.value(&DATA).is_some() && !read.has('G', "--get") => "POST",
        None => "GET",
    }
}

/// Whether nothing is said of failures.
fn is_quiet(read: &Words<'_>) -> bool {
    read.has('s', "--silent") && !read.has('S', "--show-error")
}

/// A header of a request, by its own option or by `-H`.
fn said<'a>(read: &Words<'a>, name: &str, own: &[&str]) -> Option<&'a str> {
    let by_name = read.options.iter().rev().find_map(|(option, text)| {
        let (of, value) = text.split_once(':').filter(|_| ["-H", "--header"].contains(option))?;
        of.trim().eq_ignore_ascii_case(name).then(|| value.trim())
    });
    by_name.or_else(|| read.value(own))
}

impl Shell<'_> {
    pub(super) fn curl(&mut self, words: &[&str]) -> Done {
        let valued = [&VALUED[..], &DATA].concat();
        let read = Words::read(words, &valued);
        let Some(text) = read.plain.first().copied() else {
            return self.misuse("curl: try 'curl --help' or 'curl --manual' for more information\n", 2);
        };
        let quiet = is_quiet(&read);
        let Some(url) = Url::read(text) else {
            return self.curl_fails(quiet, 3, "URL using bad/illegal format or missing URL");
        };
        let (host, port) = (url.host, url.port);
        let Some(address) = self.address_of(host) else {
            return self.curl_fails(quiet, 6, &format!("Could not resolve host: {host}"));
        };
        let trace = self.sends(address, 6, port);
        let patience = ["--connect-timeout", "-m", "--max-time"];
        let patience = read.value(&patience).and_then(|text| text.parse::<f64>().ok());
        let at_once = matches!(self.kept(&trace, address), Some(Kept::Blackhole | Kept::Unreachable));
        match trace.disposition {
            Disposition::Delivered => {}
            _ if at_once => return self.curl_fails(quiet, 7, &url.unreached(0, NO_SERVER)),
            Disposition::NotListening => return self.curl_fails(quiet, 7, &url.unreached(1, NO_SERVER)),
            _ => {
                let waits = patience.filter(|seconds| (0.001..=134.0).contains(seconds));
                let millis = waits.map_or(SYN_MILLIS, |seconds| (seconds * 1_000.0) as i64 + 1);
                self.took += millis;
                let said = if waits.is_some() {
                    "Timeout was reached"
                } else {
                    NO_SERVER
                };
                return self.curl_fails(quiet, 28, &url.unreached(millis, said));
            }
        }
        self.took += i64::from(self.round_trip(&trace) / 1_000);
        if network::is_metadata(address) {
            return self.curl_metadata(&read, text);
        }
        if let Some(done) = self.curl_storage(&read, &url, text, address, &trace) {
            return done;
        }
        let found = taker(&trace).and_then(|(region, id, port)| {
            let row = self.world.row::<Instance>(region.unwrap_or(self.region), id)?;
            Some((row, port))
        });
        let answer = match found {
            Some((row, port)) => {
                let program = row.guest.serves(port);
                if !program.is_some_and(|program| speaks_http(&program.program)) {
                    let why = match url.secure {
                        true => NO_TLS,
                        false => "Received HTTP/0.9 when not allowed",
                    };
                    return self.curl_fails(quiet, if url.secure { 35 } else { 1 }, why);
                }
                row.guest.web.get(&port).cloned()
            }
            None => None,
        };
        self.answered(&read, answer)
    }

    /// What the instance metadata service answers.
    fn curl_metadata(&mut self, read: &Words<'_>, text: &str) -> Done {
        let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
        let asked = imds::Asked {
            method: method(read),
            path: rest.split_once('/').map_or("", |(_, path)| path),
            token: said(read, imds::TOKEN, &[]),
            ttl: said(read, imds::TTL, &[]),
            forwarded: said(read, imds::FORWARDED, &[]).is_some(),
        };
        let answer = imds::answer(self.world, self.region, self.id, &asked);
        let mut head = format!("Content-Type: {}\r\nServer: EC2ws\r\n", answer.content_type);
        if let Some(seconds) = answer.ttl {
            let _ = write!(head, "X-Aws-Ec2-Metadata-Token-Ttl-Seconds: {seconds}\r\n");
        }
        self.shows(read, answer.status, &answer.body, &head)
    }

    /// What S3 answers, where the packet has come there.
    fn curl_storage(&mut self, read: &Words<'_>, url: &Url<'_>, text: &str, at: IpAddr, trace: &Trace) -> Option<Done> {
        let asked = Address::read(text).ok()?;
        let program = Program {
            name: said(read, "user-agent", &["-A", "--user-agent"]).unwrap_or(USER_AGENT),
            referer: said(read, "referer", &["-e", "--referer"]),
            method: method(read),
            shown: LOOK,
        };
        let (_, answer) = storage::answer(self.world, self.region, &asked, at, trace, &program)?;
        let quiet = is_quiet(read);
        Some(match answer {
            Ok(page) => {
                let answer = WebAnswer {
                    status: page.status,
                    body: page.body,
                    delays: Delays::default(),
                };
                self.answered(read, Some(answer))
            }
            Err(Silence::Closed(_)) => self.curl_fails(quiet, 7, &url.unreached(1, NO_SERVER)),
            Err(Silence::Certificate(_)) => {
                let host = url.host;
                let why = format!("SSL: no alternative certificate subject name matches target host name '{host}'");
                self.curl_fails(quiet, 60, &why)
            }
            Err(Silence::Unfit(_)) if url.secure => self.curl_fails(quiet, 35, NO_TLS),
            Err(Silence::Unfit(_)) => self.curl_fails(quiet, 52, "Empty reply from server"),
        })
    }

    /// Shows an answer as the options want it.
    fn answered(&mut self, read: &Words<'_>, answer: Option<WebAnswer>) -> Done {
        let (status, body) = answer.map_or((200, String::new()), |answer| (answer.status, answer.body));
        self.shows(read, status, &body, "")
    }

    /// The same, with lines of its head besides the length of its body.
    fn shows(&mut self, read: &Words<'_>, status: u16, body: &str, lines: &str) -> Done {
        if status >= 400 && read.has('f', "--fail") {
            return self.curl_fails(false, 22, &format!("The requested URL returned error: {status}"));
        }
        let mut out = String::new();
        let head = read.has('I', "--head");
        if head || read.has('i', "--include") {
            let _ = write!(
                out,
                "HTTP/1.1 {status}\r\n{lines}Content-Length: {}\r\n\r\n",
                body.len()
            );
        }
        if !head {
            match read.value(&["-o", "--output"]) {
                Some("/dev/null") => {}
                Some(path) => {
                    let path = self.absolute(path);
                    if let Err(why) = self.write(&path, body.as_bytes(), false) {
                        return self.fails("curl: (23) Failure writing output", &path, &why);
                    }
                }
                None => out.push_str(body),
            }
        }
        if let Some(format) = read.value(&["-w", "--write-out"]) {
            let said = format.replace("%{http_code}", &status.to_string());
            out.push_str(
                &said
                    .replace("%{response_code}", &status.to_string())
                    .replace("\\n", "\n"),
            );
        }
        Done::well(out)
    }

    fn curl_fails(&mut self, quiet: bool, status: i64, why: &str) -> Done {
        let line = if quiet {
            String::new()
        } else {
            format!("curl: ({status}) {why}\n")
        };
        self.misuse(&line, status)
    }
}
