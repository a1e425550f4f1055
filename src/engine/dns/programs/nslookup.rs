//! `nslookup`, as a command: `nslookup [-option …] name [server]`.
//! <https://bind9.readthedocs.io/en/v9.18/manpages.html#nslookup-query-internet-name-servers-interactively>

use super::{Desk, Said, UNREACHED, ask, bare, kinds, no_answer, print, reverse, server, tries, typed};
use crate::dns::message::{INTERNET, Message, Outcome, Question, is_transfer};
use crate::dns::{Answer, Asker, name};
use std::net::IpAddr;

/// What `set` and the options before the name say.
#[derive(Clone, Debug)]
struct Asked {
    name: String,
    kind: Option<String>,
    /// As it was typed.
    shown_kind: String,
    class: u16,
    server: Option<String>,
    recurse: bool,
    debug: bool,
    /// `d2`, of which only `set all` tells.
    traced: bool,
    tcp: bool,
    search: bool,
    domain: String,
    timeout: u32,
    retry: u32,
    port: u16,
    ndots: u32,
}

impl Default for Asked {
    fn default() -> Asked {
        Asked {
            name: String::new(),
            kind: None,
            shown_kind: "A".into(),
            class: INTERNET,
            server: None,
            recurse: true,
            debug: false,
            traced: false,
            tcp: false,
            search: true,
            domain: String::new(),
            timeout: 0,
            retry: 3,
            port: 53,
            ndots: 1,
        }
    }
}

/// Runs it; the exit status.
pub(super) fn run(desk: &mut dyn Desk, arguments: &[String], said: &mut Said) -> i32 {
    let mut settings = Asked::default();
    let mut plain: Vec<&String> = Vec::new();
    for word in arguments {
        match word.strip_prefix('-') {
            Some("version") => {
                said.out(format!("nslookup {}\n", super::VERSION));
                return 0;
            }
            Some(option) if !option.is_empty() => set(desk, &mut settings, option, said),
            _ => plain.push(word),
        }
    }
    let mut questions: Vec<String> = Vec::new();
    let mut interactive = false;
    match plain.as_slice() {
        [] => interactive = true,
        [dash, rest @ ..] if *dash == "-" => {
            interactive = true;
            settings.server = rest.first().map(|server| (*server).clone());
        }
        [name, rest @ ..] => {
            questions.push((*name).clone());
            settings.server = rest.first().map(|server| (*server).clone());
        }
    }
    if interactive {
        // From a pipe: one question a line, `set` and `server` among them.
        let text = String::from_utf8_lossy(&desk.input()).into_owned();
        questions.extend(text.lines().map(str::to_owned));
    }
    let mut status = 0;
    // Without a question it has answered none.
    let mut answered = false;
    for line in questions {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            [] => {}
            ["exit"] => break,
            words if interactive && command(desk, &mut settings, words, said) => {}
            [name, rest @ ..] => {
                let mut asked = settings.clone();
                asked.name = (*name).to_owned();
                if let Some(server) = rest.first().filter(|word| !word.starts_with(['>', '<'])) {
                    asked.server = Some((*server).to_owned());
                }
                answered = true;
                status = match look(desk, &asked, said) {
                    Ok(found) => found,
                    Err(text) => {
                        said.out(text);
                        if !interactive {
                            return 1;
                        }
                        1
                    }
                };
            }
        }
    }
    // It ends with an empty line, however many questions there were.
    said.out("\n");
    if answered { status } else { 1 }
}

/// A command of the interactive program; whether it is one.
fn command(desk: &mut dyn Desk, settings: &mut Asked, words: &[&str], said: &mut Said) -> bool {
    match words {
        ["set", option, ..] => set(desk, settings, option, said),
        ["server" | "lserver", server, ..] => {
            settings.server = Some((*server).to_owned());
            default_server(desk, settings, said);
        }
        [word @ ("help" | "?"), ..] => said.out(format!("The '{word}' command is not yet implemented.\n")),
        [word @ ("ls" | "root" | "finger" | "view"), ..] => {
            said.out(format!("The '{word}' command is not implemented.\n"));
        }
        _ => return false,
    }
    true
}

fn default_server(desk: &mut dyn Desk, settings: &Asked, said: &mut Said) {
    let Ok(from) = desk.asker() else { return };
    let address = match &settings.server {
        Some(text) => server(desk, from, text),
        // Whoever answers for the root says who is asked.
        None => ask(desk, from, None, &Question::of_root())
            .ok()
            .map(|outcome| outcome.server),
    };
    let shown = settings
        .server
        .clone()
        .or_else(|| address.map(|address| address.to_string()));
    if let (Some(shown), Some(address)) = (shown, address) {
        said.out(format!(
            "Default server: {shown}\nAddress: {address}#{}\n",
            settings.port
        ));
    }
}

/// `set all`.
fn all(desk: &mut dyn Desk, asked: &Asked, said: &mut Said) {
    default_server(desk, asked, said);
    let no = |is: bool, word: &str| if is { word.to_owned() } else { format!("no{word}") };
    said.out(format!(
        "\nSet options:\n  {}\t\t\t{}\t\t{}\n  {}\t\t{}\n  timeout = {}\t\tretry = {}\tport = {}\tndots = {}\n  \
         querytype = {:<8}\tclass = {}\n  srchlist = {}\n",
        no(asked.tcp, "vc"),
        no(asked.debug, "debug"),
        no(asked.traced, "d2"),
        no(asked.search, "search"),
        no(asked.recurse, "recurse"),
        asked.timeout,
        asked.retry,
        asked.port,
        asked.ndots,
        asked.shown_kind,
        kinds::class_name(asked.class),
        asked.domain,
    ));
}

/// An option; what is wrong with it is said.
fn set(desk: &mut dyn Desk, asked: &mut Asked, option: &str, said: &mut Said) {
    let (word, value) = option.split_once('=').unwrap_or((option, ""));
    let mut number = |label: &str, into: &mut u32| match value.parse() {
        Ok(number) => *into = number,
        Err(_) => said.out(format!("invalid {label} '{value}': not a valid number\n")),
    };
    match word {
        "all" => all(desk, asked, said),
        "type" | "ty" | "querytype" | "query" | "q" | "qu" => match kinds::kind(value) {
            Some(kind) => {
                asked.kind = Some(kind);
                asked.shown_kind = value.to_owned();
            }
            None => said.out(format!("unknown query type: {value}\n")),
        },
        "class" | "cl" => match kinds::class(value) {
            Some(class) => asked.class = class,
            None => said.out(format!("unknown query class: {value}\n")),
        },
        "norecurse" | "norec" => asked.recurse = false,
        "recurse" | "rec" => asked.recurse = true,
        "debug" | "deb" => asked.debug = true,
        "nodebug" | "nodeb" => asked.debug = false,
        "vc" => asked.tcp = true,
        "novc" => asked.tcp = false,
        "search" | "sea" => asked.search = true,
        "nosearch" | "nosea" => asked.search = false,
        "domain" | "do" => (asked.domain, asked.search) = (value.to_owned(), true),
        "timeout" | "t" => number("timeout", &mut asked.timeout),
        "retry" | "ret" => number("tries", &mut asked.retry),
        "ndots" => number("ndots", &mut asked.ndots),
        "port" | "po" => {
            let mut port = u32::from(asked.port);
            number("port", &mut port);
            asked.port = u16::try_from(port).unwrap_or(asked.port);
        }
        // The real one tells of its own memory, at addresses that are others each time.
        "d2" => {
            asked.traced = true;
            said.err("nslookup: what d2 prints of the program itself is not simulated");
        }
        "nod2" => asked.traced = false,
        "fail" | "nofail" | "defname" | "def" | "nodefname" | "nodef" | "sil" => {}
        _ => said.out(format!("*** Invalid option: {option}\n")),
    }
}

/// The name that is asked for: with the domain behind it, if it has fewer dots than a name is to have.
fn full(asked: &Asked) -> String {
    let dots = asked.name.matches('.').count();
    let short = u32::try_from(dots).is_ok_and(|dots| dots < asked.ndots);
    match short && asked.search && !asked.domain.is_empty() {
        true => format!("{}.{}", asked.name, asked.domain),
        false => asked.name.clone(),
    }
}

fn look(desk: &mut dyn Desk, asked: &Asked, said: &mut Said) -> Result<i32, String> {
    let from = desk.asker().map_err(|text| format!("nslookup: {text}\n"))?;
    let at = match &asked.server {
        None => None,
        Some(text) => {
            let not_found = || format!("nslookup: couldn't get address for '{text}': not found\n");
            Some(server(desk, from, text).ok_or_else(not_found)?)
        }
    };
    let address = asked.name.parse::<IpAddr>().ok();
    let text = address.map_or_else(|| typed(&full(asked)), reverse);
    let mut current = name::normal(&text).map_err(|_| format!("nslookup: '{}' is not a legal name\n", asked.name))?;
    let kinds = match (address, asked.kind.as_deref()) {
        (Some(_), None) => vec!["PTR"],
        (None, None) => vec!["A", "AAAA"],
        (_, Some(kind)) => vec![kind],
    };
    let headless = address.is_some() && asked.kind.is_none();
    let (mut headed, mut any) = (false, false);
    let mut authority = Vec::new();
    for kind in &kinds {
        let question = Question {
            name: current.clone(),
            record_type: (*kind).to_owned(),
            class: asked.class,
            recurse: asked.recurse && !is_transfer(kind),
        };
        let outcome = answered(desk, (from, at), asked, &question)?;
        let Some(message) = outcome.message else {
            said.out(silence(asked, outcome.server));
            return Ok(1);
        };
        if !headed && !headless {
            let shown = asked.server.clone().unwrap_or_else(|| outcome.server.to_string());
            said.out(format!("Server:\t\t{shown}\nAddress:\t{}#53\n\n", outcome.server));
        }
        if asked.debug {
            said.out(debugged(&question, &message));
        }
        if message.rcode != "NOERROR" {
            said.out(format!("** server can't find {}: {}\n", bare(&current), message.rcode));
            if *kind == "AXFR" {
                said.out("; Transfer failed.\n");
            }
            return Ok(1);
        }
        if !headed && !message.authoritative && !headless {
            said.out("Non-authoritative answer:\n");
        }
        headed = true;
        any |= shown(&message, said);
        authority = message.authority.clone();
        if let Some(last) = message.answer.iter().rfind(|answer| answer.record_type == "CNAME") {
            current = last.value.clone();
        }
    }
    if !any {
        said.out(format!("*** Can't find {}: No answer\n", asked.name));
    }
    // Addresses are all that most people want to know.
    if !kinds.iter().all(|kind| matches!(*kind, "A" | "AAAA")) {
        said.out("\nAuthoritative answers can be found from:\n");
        for answer in &authority {
            said.out(line(answer));
        }
    }
    Ok(0)
}

fn answered(
    desk: &mut dyn Desk,
    way: (Asker, Option<IpAddr>),
    asked: &Asked,
    question: &Question,
) -> Result<Outcome, String> {
    let mut outcome = ask(desk, way.0, way.1, question).map_err(|text| format!("nslookup: {text}\n"))?;
    if asked.port != 53 {
        // Nobody listens on another port.
        outcome.message = None;
    }
    Ok(outcome)
}

/// Nobody answered.
fn silence(asked: &Asked, server: IpAddr) -> String {
    let tries = match asked.port {
        53 => 1,
        _ => tries(asked.retry),
    };
    format!("{}{UNREACHED}", no_answer(server, asked.port).repeat(tries))
}

/// `set debug`: the message as it came.
fn debugged(question: &Question, message: &Message) -> String {
    let rule = "------------\n";
    let mut text = format!(
        "{rule}    QUESTIONS:\n\t{}, type = {}, class = {}\n",
        bare(&question.name),
        question.record_type,
        kinds::class_name(question.class)
    );
    for (title, records) in [
        ("ANSWERS", &message.answer),
        ("AUTHORITY RECORDS", &message.authority),
        ("ADDITIONAL RECORDS", &message.additional),
    ] {
        text.push_str(&format!("    {title}:\n"));
        for record in records {
            let value = print::value(record);
            let told = match record.record_type.as_str() {
                "A" => format!("\tinternet address = {value}\n"),
                "AAAA" => format!("\thas AAAA address {value}\n"),
                // The rest is as in an answer, below the name.
                _ => {
                    let name = bare(&record.name);
                    let told = line(record);
                    let behind = told.get(name.len()..).unwrap_or_default();
                    behind.strip_prefix('\n').unwrap_or(behind).to_owned()
                }
            };
            text.push_str(&format!(
                "    ->  {}\n{told}\tttl = {}\n",
                bare(&record.name),
                record.ttl
            ));
        }
    }
    text.push_str(rule);
    text
}

/// The answers; whether there was any.
fn shown(message: &Message, said: &mut Said) -> bool {
    for answer in &message.answer {
        said.out(line(answer));
    }
    message.answer.iter().any(|answer| answer.record_type != "CNAME")
}

fn line(answer: &Answer) -> String {
    let (name, value) = (bare(&answer.name), print::value(answer));
    match answer.record_type.as_str() {
        "A" | "AAAA" => format!("Name:\t{name}\nAddress: {value}\n"),
        "CNAME" => format!("{name}\tcanonical name = {value}\n"),
        "PTR" => format!("{name}\tname = {value}\n"),
        "MX" => format!("{name}\tmail exchanger = {value}\n"),
        "NS" => format!("{name}\tnameserver = {value}\n"),
        "TXT" => format!("{name}\ttext = {value}\n"),
        "SRV" => format!("{name}\tservice = {value}\n"),
        "SOA" => soa(&name, &value),
        "NAPTR" => format!("{name}\tnaptr = {value}\n"),
        kind => format!("{name}\trdata_{} = {value}\n", kinds::number(kind)),
    }
}

fn soa(name: &str, value: &str) -> String {
    let fields: Vec<&str> = value.split(' ').collect();
    let [server, mailbox, serial, refresh, retry, expire, minimum] = fields.as_slice() else {
        return format!("{name}\tsoa = {value}\n");
    };
    let (server, mailbox) = (server.trim_end_matches('.'), mailbox.trim_end_matches('.'));
    format!(
        "{name}\n\torigin = {server}\n\tmail addr = {mailbox}\n\tserial = {serial}\n\trefresh = {refresh}\n\tretry = {retry}\n\texpire = {expire}\n\tminimum = {minimum}\n"
    )
}
