//! `curl` in a guest: whether a server of the Web is reached, and what it answers. What stands behind the address is who took
//! the packet: an instance answers with what its program has to say, S3 as [`crate::web`] has it, the instance metadata service
//! as [`imds`] has it, everybody else with an empty page (ours).
//! Source: <https://curl.se/docs/manpage.html>

use super::container::Network;
use super::packets::{Kept, SYN_MILLIS, Words};
use super::{Done, LOOK, Shell};
use crate::base::ids::InstanceId;
use crate::base::limits::PUT_BYTES;
use crate::catalog::Region;
use crate::network::exchange::Load;
use crate::network::{self, Disposition, Layer, Trace, speaks_http};
use crate::services::ec2::compute::imds;
use crate::services::stratus::traffic::Said;
use crate::web::Address;
use crate::web::storage::{self, Program, Silence};
use crate::world::compute::{Instance, WebAnswer};
use std::fmt::Write as _;
use std::net::IpAddr;

const TCP: u8 = 6;
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

/// Redirections that `-L` follows where nobody says how many.
const REDIRECTS: usize = 50;

/// What came back.
struct Reply {
    status: u16,
    body: String,
    /// Its type; empty where nobody says it.
    content_type: String,
    /// Where it sends whoever asked.
    location: Option<String>,
    /// Further lines of its head.
    more: String,
}

impl Reply {
    /// What a program of a guest answers; without one it is an empty page (ours).
    fn of(answer: Option<&WebAnswer>) -> Reply {
        Reply {
            status: answer.map_or(200, |answer| answer.status),
            body: answer.map(|answer| answer.body.clone()).unwrap_or_default(),
            content_type: String::new(),
            location: None,
            more: String::new(),
        }
    }

    /// Its bytes: of an object no more than curl looks at here.
    fn length(&self) -> u32 {
        u32::try_from(self.head().len() + self.body.len()).unwrap_or(u32::MAX)
    }

    /// Its first lines.
    fn head(&self) -> String {
        let mut out = format!("HTTP/1.1 {}{}\r\n", self.status, reason(self.status));
        if let Some(location) = &self.location {
            let _ = write!(out, "Location: {location}\r\n");
        }
        if !self.content_type.is_empty() {
            let _ = write!(out, "Content-Type: {}\r\n", self.content_type);
        }
        let _ = write!(out, "{}Content-Length: {}\r\n\r\n", self.more, self.body.len());
        out
    }
}

/// Bytes of the head of a request: TLS's own are not counted (ours).
fn head_length(read: &Words<'_>, text: &str) -> usize {
    let name = said(read, "user-agent", &["-A", "--user-agent"]).unwrap_or(USER_AGENT);
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let path = path.split('#').next().unwrap_or_default();
    let line = format!("{} {path} HTTP/1.1\r\nHost: {host}\r\n", method(read));
    // The path begins with a slash, given or not.
    let slash = usize::from(!path.starts_with('/'));
    let own = format!("User-Agent: {name}\r\nAccept: */*\r\n\r\n");
    let more = headers(read)
        .into_iter()
        .filter(|(name, _)| !name.eq_ignore_ascii_case("user-agent"));
    line.len() + slash + own.len() + more.map(|(name, value)| name.len() + value.len() + 4).sum::<usize>()
}

/// What stands behind a status, with a blank before it.
/// Source: <https://www.rfc-editor.org/rfc/rfc9110#section-15>
fn reason(status: u16) -> &'static str {
    match status {
        200 => " OK",
        204 => " No Content",
        301 => " Moved Permanently",
        302 => " Found",
        303 => " See Other",
        304 => " Not Modified",
        307 => " Temporary Redirect",
        308 => " Permanent Redirect",
        400 => " Bad Request",
        401 => " Unauthorized",
        403 => " Forbidden",
        404 => " Not Found",
        405 => " Method Not Allowed",
        412 => " Precondition Failed",
        416 => " Range Not Satisfiable",
        500 => " Internal Server Error",
        501 => " Not Implemented",
        502 => " Bad Gateway",
        503 => " Service Unavailable",
        504 => " Gateway Timeout",
        _ => "",
    }
}

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

/// How many milliseconds it was told to wait, where that is a number of seconds and not above `most` of them.
fn patience(read: &Words<'_>, names: &[&str], most: f64) -> Option<i64> {
    let seconds: f64 = read.value(names)?.parse().ok()?;
    let taken = (0.001..=most).contains(&seconds);
    taken.then_some((seconds * 1_000.0) as i64 + 1)
}

/// A header of a request, by its own option or by `-H`.
fn said<'a>(read: &Words<'a>, name: &str, own: &[&str]) -> Option<&'a str> {
    let by_name = read.options.iter().rev().find_map(|(option, text)| {
        let (of, value) = text.split_once(':').filter(|_| ["-H", "--header"].contains(option))?;
        of.trim().eq_ignore_ascii_case(name).then(|| value.trim())
    });
    by_name.or_else(|| read.value(own))
}

/// The headers that are sent by `-H`, and the type of what `-d` sends.
fn headers<'a>(read: &Words<'a>) -> Vec<(&'a str, &'a str)> {
    let given = read
        .options
        .iter()
        .filter(|(name, _)| ["-H", "--header"].contains(name));
    let given = given.filter_map(|(_, text)| text.split_once(':'));
    let mut all: Vec<(&str, &str)> = given.map(|(name, value)| (name.trim(), value.trim())).collect();
    let is_told = all.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    if read.value(&DATA).is_some() && !is_told {
        all.push(("Content-Type", "application/x-www-form-urlencoded"));
    }
    // A name without a value takes the header away.
    all.retain(|(_, value)| !value.is_empty());
    all
}

impl Shell<'_> {
    pub(super) fn curl(&mut self, words: &[&str]) -> Done {
        let valued = [&VALUED[..], &DATA].concat();
        let read = Words::read(words, &valued);
        let Some(text) = read.plain.first().copied() else {
            return self.misuse("curl: try 'curl --help' or 'curl --manual' for more information\n", 2);
        };
        let follows = read.has('L', "--location");
        let most = read.value(&["--max-redirs"]).and_then(|text| text.parse().ok());
        let most = most.unwrap_or(REDIRECTS).min(REDIRECTS);
        let (mut text, mut heads, mut hops) = (text.to_owned(), String::new(), 0);
        loop {
            let reply = match self.exchange(&read, &text) {
                Ok(reply) => reply,
                Err(done) => return done,
            };
            let leads = reply
                .location
                .as_ref()
                .filter(|_| follows && (300..400).contains(&reply.status));
            let next = leads.and_then(|place| Some(Address::read(&text).ok()?.follow(place)));
            match next {
                None => return self.answered(&read, &heads, &reply),
                Some(_) if hops >= most => {
                    let why = format!("Maximum ({most}) redirects followed");
                    return self.curl_fails(is_quiet(&read), 47, &why);
                }
                Some(next) => {
                    heads.push_str(&reply.head());
                    text = next;
                    hops += 1;
                }
            }
        }
    }

    /// One request and its answer; or what curl says where none comes.
    fn exchange(&mut self, read: &Words<'_>, text: &str) -> std::result::Result<Reply, Done> {
        let quiet = is_quiet(read);
        let Some(url) = Url::read(text) else {
            return Err(self.curl_fails(quiet, 3, "URL using bad/illegal format or missing URL"));
        };
        let (host, port) = (url.host, url.port);
        let Some(address) = self.address_of(host) else {
            return Err(self.curl_fails(quiet, 6, &format!("Could not resolve host: {host}")));
        };
        // In a container that is the container.
        if address.is_loopback() && self.container == Some(Network::Bridge) {
            return Err(self.curl_fails(quiet, 7, &url.unreached(0, NO_SERVER)));
        }
        let named = read.value(&["--interface"]);
        let Some(source) = self.source(named) else {
            let why = format!("Couldn't bind to '{}'", named.unwrap_or_default());
            return Err(self.curl_fails(quiet, 45, &why));
        };
        let trace = self.sends(source, address, TCP, port);
        if trace.disposition != Disposition::Delivered {
            self.transmits(source, address, (TCP, port), Said::Greets);
            return Err(self.no_connection(read, &url, address, &trace));
        }
        self.took += i64::from(self.round_trip(&trace) / 1_000);
        let sent = match self.sent(read) {
            Ok(sent) => sent,
            Err(()) => {
                let why = "Failed to open/read local data from file/application";
                return Err(self.curl_fails(quiet, 26, why));
            }
        };
        let asked = head_length(read, text) + sent.as_ref().map_or(0, Vec::len);
        let reply = self.reply(read, &url, text, (address, &trace), sent);
        let load = Load {
            request: u32::try_from(asked).unwrap_or(u32::MAX),
            answer: reply.as_ref().map_or(0, Reply::length),
        };
        self.transmits(source, address, (TCP, port), Said::Asks(load));
        reply
    }

    /// What comes back where a packet got there; or what curl says of that.
    fn reply(
        &mut self,
        read: &Words<'_>,
        url: &Url<'_>,
        text: &str,
        (address, trace): (IpAddr, &Trace),
        sent: Option<Vec<u8>>,
    ) -> std::result::Result<Reply, Done> {
        let quiet = is_quiet(read);
        if network::is_metadata(address) {
            if method(read) == "PUT" && self.loses_tokens() {
                return Err(self.no_answer(read));
            }
            return Ok(self.curl_metadata(read, text));
        }
        if let Some(done) = self.curl_storage(read, url, text, (address, trace), sent) {
            return done;
        }
        let found = taker(trace).and_then(|(region, id, port)| {
            let row = self.world.row::<Instance>(region.unwrap_or(self.region), id)?;
            Some((row, port))
        });
        let Some((row, port)) = found else {
            return Ok(Reply::of(None));
        };
        let program = row.guest.serves(port);
        if !program.is_some_and(|program| speaks_http(&program.program)) {
            return Err(match url.secure {
                true => self.curl_fails(quiet, 35, NO_TLS),
                false => self.curl_fails(quiet, 1, "Received HTTP/0.9 when not allowed"),
            });
        }
        Ok(Reply::of(row.guest.web.get(&port)))
    }

    /// It is connected, and no answer comes: as long as it was told to wait, or until somebody stops it at the keyboard.
    fn no_answer(&mut self, read: &Words<'_>) -> Done {
        let Some(millis) = patience(read, &["-m", "--max-time"], 86_400.0) else {
            self.took += SYN_MILLIS;
            return self.misuse("^C\n", 130);
        };
        self.took += millis;
        let why = format!("Operation timed out after {millis} milliseconds with 0 bytes received");
        self.curl_fails(is_quiet(read), 28, &why)
    }

    /// What becomes of a packet that does not get there.
    fn no_connection(&mut self, read: &Words<'_>, url: &Url<'_>, address: IpAddr, trace: &Trace) -> Done {
        let quiet = is_quiet(read);
        if matches!(self.kept(trace, address), Some(Kept::Blackhole | Kept::Unreachable)) {
            return self.curl_fails(quiet, 7, &url.unreached(0, NO_SERVER));
        }
        if trace.disposition == Disposition::NotListening {
            return self.curl_fails(quiet, 7, &url.unreached(1, NO_SERVER));
        }
        let waits = patience(read, &["--connect-timeout", "-m", "--max-time"], 134.0);
        let millis = waits.unwrap_or(SYN_MILLIS);
        self.took += millis;
        let said = if waits.is_some() {
            "Timeout was reached"
        } else {
            NO_SERVER
        };
        self.curl_fails(quiet, 28, &url.unreached(millis, said))
    }

    /// What the instance metadata service answers.
    fn curl_metadata(&mut self, read: &Words<'_>, text: &str) -> Reply {
        let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
        let asked = imds::Asked {
            method: method(read),
            path: rest.split_once('/').map_or("", |(_, path)| path),
            token: said(read, imds::TOKEN, &[]),
            ttl: said(read, imds::TTL, &[]),
            forwarded: said(read, imds::FORWARDED, &[]).is_some(),
        };
        let answer = imds::answer(self.world, self.region, self.id, &asked);
        let mut more = "Server: EC2ws\r\n".to_owned();
        if let Some(seconds) = answer.ttl {
            let _ = write!(more, "X-Aws-Ec2-Metadata-Token-Ttl-Seconds: {seconds}\r\n");
        }
        Reply {
            status: answer.status,
            body: answer.body,
            content_type: answer.content_type.to_owned(),
            location: None,
            more,
        }
    }

    /// What S3 answers, where the packet has come there.
    fn curl_storage(
        &mut self,
        read: &Words<'_>,
        url: &Url<'_>,
        text: &str,
        (at, trace): (IpAddr, &Trace),
        sent: Option<Vec<u8>>,
    ) -> Option<std::result::Result<Reply, Done>> {
        let asked = Address::read(text).ok()?;
        let quiet = is_quiet(read);
        let program = Program {
            name: said(read, "user-agent", &["-A", "--user-agent"]).unwrap_or(USER_AGENT),
            referer: said(read, "referer", &["-e", "--referer"]),
            method: method(read),
            headers: headers(read),
            shown: LOOK,
        };
        let put = sent.filter(|_| program.method == "PUT");
        let put = put.and_then(|bytes| storage::put(self.world, self.region, &asked, (at, trace), &program, bytes));
        let (_, answer) = match put {
            Some(said) => said,
            None => storage::answer(self.world, self.region, &asked, at, trace, &program)?,
        };
        Some(match answer {
            Ok(page) => Ok(Reply {
                status: page.status,
                body: page.body,
                content_type: page.content_type,
                location: page.location,
                more: String::new(),
            }),
            Err(Silence::Closed(_)) => Err(self.curl_fails(quiet, 7, &url.unreached(1, NO_SERVER))),
            Err(Silence::Certificate(_)) => {
                let host = url.host;
                let why = format!("SSL: no alternative certificate subject name matches target host name '{host}'");
                Err(self.curl_fails(quiet, 60, &why))
            }
            Err(Silence::Unfit(_)) if url.secure => Err(self.curl_fails(quiet, 35, NO_TLS)),
            Err(Silence::Unfit(_)) => Err(self.curl_fails(quiet, 52, "Empty reply from server")),
        })
    }

    /// The bytes that are sent: those of a file, or what `-d` says. `Ok(None)`: none, or in a form that is not simulated.
    fn sent(&mut self, read: &Words<'_>) -> std::result::Result<Option<Vec<u8>>, ()> {
        let mut file = |path: &str| self.read(&self.absolute(path), PUT_BYTES + 1).map_err(|_| ());
        if let Some(path) = read.value(&["-T", "--upload-file"]) {
            return file(path).map(Some);
        }
        let mut all: Vec<Vec<u8>> = Vec::new();
        for (name, text) in read.options.iter().filter(|(name, _)| DATA.contains(name)) {
            all.push(match (*name, text.strip_prefix('@')) {
                ("-d" | "--data", Some(path)) => {
                    let bytes = file(path)?.into_iter();
                    bytes.filter(|byte| !matches!(byte, b'\r' | b'\n' | 0)).collect()
                }
                ("--data-binary", Some(path)) => file(path)?,
                ("-d" | "--data" | "--data-binary" | "--data-raw", _) => text.as_bytes().to_vec(),
                _ => return Ok(None),
            });
        }
        Ok((!all.is_empty()).then(|| all.join(&b'&')))
    }

    /// Shows an answer as the options want it. `heads`: those of the answers that led to it.
    fn answered(&mut self, read: &Words<'_>, heads: &str, reply: &Reply) -> Done {
        let (status, body) = (reply.status, &reply.body);
        if status >= 400 && read.has('f', "--fail") {
            return self.curl_fails(false, 22, &format!("The requested URL returned error: {status}"));
        }
        let mut out = String::new();
        let head = read.has('I', "--head");
        if head || read.has('i', "--include") {
            out.push_str(heads);
            out.push_str(&reply.head());
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
