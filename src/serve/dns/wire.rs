//! Messages as bytes, by hickory-proto (53 packages, of which four were not in the house before: `data-encoding`, `tinyvec` and
//! two that only other targets build). Names and strings are handed over as bytes: the library's texts have escapes of their own.

use hickory_proto::op::{Edns, Message, MessageType, OpCode, Query, ResponseCode};
use hickory_proto::rr::rdata::opt::{ClientSubnet, EdnsCode, EdnsOption};
use hickory_proto::rr::rdata::{CNAME, MX, NS, NULL, PTR, SOA, SRV, TXT};
use hickory_proto::rr::{Name, RData, Record, RecordType};
use std::net::IpAddr;
use stratus_engine::dns::message::{Message as Reply, Question};
use stratus_engine::dns::{Answer, name};

/// Bytes of a datagram where the asker takes no more, and the most that are sent (RFC 9715's advice).
const PLAIN: usize = 512;
/// See [`PLAIN`].
const MOST: u16 = 1_232;

/// Who is asked for an answer: the network that the question is for, if it says so, and the question.
pub type Ask<'a> = dyn FnMut(Option<IpAddr>, &Question) -> Option<Reply> + 'a;

/// The reply to the bytes of a question; `None`: they are no question.
pub fn answer(bytes: &[u8], over_tcp: bool, ask: &mut Ask<'_>) -> Option<Vec<u8>> {
    let Ok(asked) = Message::from_vec(bytes) else {
        return malformed(bytes);
    };
    if asked.metadata.message_type != MessageType::Query {
        return None;
    }
    let mut reply = Message::response(asked.metadata.id, asked.metadata.op_code);
    reply.metadata.recursion_desired = asked.metadata.recursion_desired;
    reply.metadata.checking_disabled = asked.metadata.checking_disabled;
    reply.add_queries(asked.queries.clone());
    let subnet = subnet(&asked);
    let code = fill(&asked, &mut reply, subnet.map(|subnet| subnet.addr()), ask)?;
    reply.metadata.response_code = code;
    let mut room = PLAIN;
    if let Some(theirs) = &asked.edns {
        room = usize::from(theirs.max_payload().clamp(512, MOST));
        let mut edns = Edns::new();
        edns.set_max_payload(MOST).set_version(0);
        if let Some(subnet) = subnet {
            // The answer is for all of the network that was told.
            let (address, prefix) = (subnet.addr(), subnet.source_prefix());
            edns.options_mut()
                .insert(EdnsOption::Subnet(ClientSubnet::new(address, prefix, prefix)));
        }
        reply.set_edns(edns);
        if theirs.version() > 0 {
            reply.metadata.response_code = ResponseCode::BADVERS;
        }
    }
    let whole = reply.to_vec().ok()?;
    if over_tcp || whole.len() <= room {
        return Some(whole);
    }
    let mut cut = reply.truncate();
    cut.answers.clear();
    cut.authorities.clear();
    cut.additionals.clear();
    cut.metadata.truncation = true;
    cut.to_vec().ok()
}

/// FORMERR for what has a header at least, and is no answer.
fn malformed(bytes: &[u8]) -> Option<Vec<u8>> {
    let (id, flags) = (bytes.get(..2)?, *bytes.get(2)?);
    bytes.get(11)?;
    if flags & 0x80 != 0 {
        return None;
    }
    let mut reply = id.to_vec();
    // An answer, their opcode and RD; FORMERR; no records.
    reply.extend([flags & 0x79 | 0x80, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
    Some(reply)
}

fn subnet(asked: &Message) -> Option<ClientSubnet> {
    let options = asked.edns.as_ref()?.options();
    match options.get(EdnsCode::Subnet) {
        // A prefix of 0 says that the asker's network is nobody's business.
        Some(EdnsOption::Subnet(subnet)) if subnet.source_prefix() > 0 => Some(*subnet),
        _ => None,
    }
}

/// Asks, and puts the records into the reply; `None`: nothing is to be sent at all.
fn fill(asked: &Message, reply: &mut Message, from: Option<IpAddr>, ask: &mut Ask<'_>) -> Option<ResponseCode> {
    if asked.metadata.op_code != OpCode::Query {
        return Some(ResponseCode::NotImp);
    }
    let [query] = asked.queries.as_slice() else {
        return Some(ResponseCode::FormErr);
    };
    let question = Question {
        name: normal(query.name()),
        record_type: query.query_type().to_string(),
        class: query.query_class().into(),
        recurse: asked.metadata.recursion_desired,
    };
    let told = ask(from, &question)?;
    reply.metadata.authoritative = told.authoritative;
    reply.metadata.recursion_available = told.recursive;
    reply.add_answers(told.answer.iter().filter_map(|answer| record(answer, query)));
    reply.add_authorities(told.authority.iter().filter_map(|answer| record(answer, query)));
    reply.add_additionals(told.additional.iter().filter_map(|answer| record(answer, query)));
    Some(match told.rcode {
        "NOERROR" => ResponseCode::NoError,
        "NXDOMAIN" => ResponseCode::NXDomain,
        "REFUSED" => ResponseCode::Refused,
        _ => ResponseCode::ServFail,
    })
}

/// A name in the form that the engine has.
fn normal(asked: &Name) -> String {
    let mut text = String::new();
    for label in asked.iter() {
        for byte in label {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => text.push(char::from(*byte)),
                other => text.push_str(&format!("\\{other:03o}")),
            }
        }
        text.push('.');
    }
    if text.is_empty() { name::ROOT.into() } else { text }
}

/// The bytes of a text with octal escapes, and `\"` for a quotation mark.
fn bytes(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.bytes().peekable();
    while let Some(byte) = rest.next() {
        if byte != b'\\' {
            out.push(byte);
            continue;
        }
        let mut digits = String::new();
        while digits.len() < 3 {
            match rest.next_if(|byte| (b'0'..=b'7').contains(byte)) {
                Some(digit) => digits.push(char::from(digit)),
                None => break,
            }
        }
        match u8::from_str_radix(&digits, 8) {
            Ok(byte) => out.push(byte),
            Err(_) => out.extend(rest.next()),
        }
    }
    out
}

fn named(text: &str) -> Option<Name> {
    let normal = name::normal(text).ok()?;
    let labels: Vec<Vec<u8>> = name::labels(&normal).map(bytes).collect();
    Name::from_labels(labels.iter().map(Vec::as_slice)).ok()
}

/// A record. One that says the very name of the question writes it as it was asked.
fn record(answer: &Answer, query: &Query) -> Option<Record> {
    let owner = match normal(query.name()).eq_ignore_ascii_case(&answer.name) {
        true => query.name().clone(),
        false => named(&answer.name)?,
    };
    let ttl = u32::try_from(answer.ttl).unwrap_or(0);
    let data = data(&answer.record_type, &answer.value)?;
    Some(Record::from_rdata(owner, ttl, data))
}

/// A value in the engine's form as data.
fn data(record_type: &str, value: &str) -> Option<RData> {
    let fields: Vec<&str> = value.split_ascii_whitespace().collect();
    let number = |at: usize| fields.get(at).and_then(|text| text.parse::<u16>().ok());
    let long = |at: usize| fields.get(at).and_then(|text| text.parse::<u32>().ok());
    let name = |at: usize| fields.get(at).and_then(|text| named(text));
    Some(match record_type {
        "A" => RData::A(value.parse::<std::net::Ipv4Addr>().ok()?.into()),
        "AAAA" => RData::AAAA(value.parse::<std::net::Ipv6Addr>().ok()?.into()),
        "CNAME" => RData::CNAME(CNAME(name(0)?)),
        "NS" => RData::NS(NS(name(0)?)),
        "PTR" => RData::PTR(PTR(name(0)?)),
        "MX" => RData::MX(MX::new(number(0)?, name(1)?)),
        "SRV" => RData::SRV(SRV::new(number(0)?, number(1)?, number(2)?, name(3)?)),
        "SOA" => {
            let signed = |at: usize| long(at).and_then(|number| i32::try_from(number).ok());
            RData::SOA(SOA::new(
                name(0)?,
                name(1)?,
                long(2)?,
                signed(3)?,
                signed(4)?,
                signed(5)?,
                long(6)?,
            ))
        }
        "TXT" => RData::TXT(txt(value)),
        "SPF" => {
            let strings = strings(value);
            let raw = strings.iter().flat_map(|string| {
                let length = u8::try_from(string.len()).unwrap_or(255);
                std::iter::once(length).chain(string.iter().copied().take(usize::from(length)))
            });
            raw_data(99, raw.collect())
        }
        "DS" => {
            let mut raw = number(0)?.to_be_bytes().to_vec();
            raw.extend([u8::try_from(number(1)?).ok()?, u8::try_from(number(2)?).ok()?]);
            raw.extend(hexadecimal(&fields.get(3..)?.concat())?);
            raw_data(43, raw)
        }
        "CAA" => {
            let mut raw = vec![u8::try_from(number(0)?).ok()?];
            let tag = fields.get(1)?;
            raw.push(u8::try_from(tag.len()).ok()?);
            raw.extend(tag.bytes());
            raw.extend(strings(value).first()?);
            raw_data(257, raw)
        }
        "NAPTR" => {
            let texts = strings(value);
            let mut raw = [number(0)?.to_be_bytes(), number(1)?.to_be_bytes()].concat();
            for text in texts.get(..3)? {
                raw.push(u8::try_from(text.len()).ok()?);
                raw.extend(text);
            }
            let replacement = match fields.last()? {
                &"." => Name::root(),
                text => named(text)?,
            };
            for label in replacement.iter() {
                raw.push(u8::try_from(label.len()).ok()?);
                raw.extend(label);
            }
            raw.push(0);
            raw_data(35, raw)
        }
        other => RData::try_from_str(other.parse::<RecordType>().ok()?, value).ok()?,
    })
}

fn raw_data(code: u16, bytes: Vec<u8>) -> RData {
    RData::Unknown {
        code: RecordType::from(code),
        rdata: NULL::with(bytes),
    }
}

fn txt(value: &str) -> TXT {
    let strings = strings(value);
    TXT::from_bytes(strings.iter().map(Vec::as_slice).collect())
}

/// The strings in quotation marks of a value.
fn strings(value: &str) -> Vec<Vec<u8>> {
    let mut out = Vec::new();
    let mut inside: Option<String> = None;
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match (&mut inside, c) {
            (None, '"') => inside = Some(String::new()),
            (None, _) => {}
            (Some(_), '"') => out.push(bytes(&inside.take().unwrap_or_default())),
            (Some(text), '\\') => {
                text.push('\\');
                text.extend(chars.next());
            }
            (Some(text), c) => text.push(c),
        }
    }
    out
}

fn hexadecimal(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes().chunks(2);
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    digits.map(byte).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use hickory_proto::op::Query;
    use hickory_proto::rr::DNSClass;

    fn record(value: &str) -> Answer {
        Answer {
            name: "www.example.com.".into(),
            record_type: "TXT".into(),
            ttl: 60,
            value: value.into(),
        }
    }

    fn reply(answer: Vec<Answer>) -> Reply {
        Reply {
            rcode: "NOERROR",
            authoritative: false,
            recursive: true,
            answer,
            authority: Vec::new(),
            additional: Vec::new(),
        }
    }

    fn question(class: DNSClass) -> Vec<u8> {
        let mut asked = Message::query();
        asked.metadata.recursion_desired = true;
        let mut query = Query::query(named("www.example.com.").unwrap(), RecordType::TXT);
        query.set_query_class(class);
        asked.add_query(query);
        asked.to_vec().unwrap()
    }

    #[test]
    fn what_is_no_question_is_answered_or_not_as_the_standard_says() {
        let ask: &mut Ask<'_> = &mut |_, _| panic!("nothing may be asked");
        assert_eq!(answer(&[], false, ask), None);
        assert_eq!(answer(&[0; 11], false, ask), None);
        // A header that promises a question which is not there: FORMERR (RFC 1035 §4.1.1).
        let broken = [7, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0];
        let told = answer(&broken, false, ask).unwrap();
        assert_eq!((&told[..2], told[2] & 0x80, told[3] & 15), (&[7, 7][..], 0x80, 1));
        // An answer is never answered: two servers would talk for ever.
        let mut answered = broken;
        answered[2] |= 0x80;
        assert_eq!(answer(&answered, false, ask), None);
        // Classes are the engine's to judge.
        let ask: &mut Ask<'_> = &mut |_, question| {
            let (rcode, recursive) = if question.class == 3 {
                ("REFUSED", false)
            } else {
                ("NOERROR", true)
            };
            Some(Reply {
                rcode,
                recursive,
                ..reply(Vec::new())
            })
        };
        let told = Message::from_vec(&answer(&question(DNSClass::CH), false, ask).unwrap()).unwrap();
        assert_eq!(told.metadata.response_code, ResponseCode::Refused);
    }

    #[test]
    fn what_does_not_fit_into_a_datagram_is_cut() {
        let long = format!("\"{}\"", "x".repeat(200));
        let ask: &mut Ask<'_> = &mut |_, _| Some(reply(vec![record(&long), record(&long), record(&long)]));
        let told = Message::from_vec(&answer(&question(DNSClass::IN), false, ask).unwrap()).unwrap();
        assert!(told.metadata.truncation && told.answers.is_empty());
        let told = Message::from_vec(&answer(&question(DNSClass::IN), true, ask).unwrap()).unwrap();
        assert!(!told.metadata.truncation && told.answers.len() == 3);
    }

    #[test]
    fn every_type_has_its_bytes() {
        for (record_type, value) in [
            ("A", "192.0.2.1"),
            ("AAAA", "2001:db8::1"),
            ("CNAME", "a.example.com."),
            ("MX", "10 mail.example.com."),
            ("NS", "ns1.example.com."),
            ("PTR", "host.example.com."),
            ("SOA", "ns. mail. 1 2 3 4 5"),
            ("SRV", "1 2 3 sip.example.com."),
            ("TXT", "\"a\\\"b\" \"\\342\""),
            ("SPF", "\"v=spf1 -all\""),
            ("CAA", "0 issue \"ca.example.net\""),
            (
                "DS",
                "1 8 2 49FD46E6C4B45C55D4AC69CBD3CD34AC1AFE51DE49FD46E6C4B45C55D4AC69CB",
            ),
            ("NAPTR", "100 10 \"U\" \"E2U+sip\" \"!^.*$!sip:a@b!\" ."),
            ("SSHFP", "1 1 123456789abcdef67890123456789abcdef67890"),
            (
                "TLSA",
                "3 1 1 49FD46E6C4B45C55D4AC69CBD3CD34AC1AFE51DE49FD46E6C4B45C55D4AC69CB",
            ),
            ("HTTPS", "1 ."),
            ("SVCB", "1 svc.example.com."),
        ] {
            let data = data(record_type, value);
            assert!(data.is_some(), "{record_type} {value}");
        }
        assert_eq!(data("A", "nonsense"), None);
        assert_eq!(bytes("a\\\"b\\342\\\\"), b"a\"b\xe2\\");
    }
}
