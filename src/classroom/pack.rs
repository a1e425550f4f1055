//! A file as few bytes: what a link holds before it is compressed. Columns, because what resembles itself compresses best:
//! all operations and parameters, then all times, then all checks.
//!
//! ```text
//! file    = varint parts, [name text] [seed varint] [start signed ms after 2025-03-03T09:00:00Z] [account varint]
//!           count, count × call, count × (signed ms since the call before),
//!           [count × check byte], [place: calls before the last varint, signed ms after the last call]
//!           [digest: 8 bytes] [screen: JSON text in a form]
//!           [callers: count, count × (principal text, key text), calls × varint: 0 = the administrator, n = the nth]
//! call    = varint operation × 4 + turns × 2 + elsewhere, [parent: signed calls ago] [Region text], structure
//! ```
//! Times count from the call before in this list, the first from the start. What stands in brackets is there if its bit of
//! `parts` is set, in this order from bit 0. What may never happen: an old reader takes what it does not know for something else.

use crate::file::File;
use crate::forms::Forms;
use crate::link::LinkError;
use crate::log::{Caller, LoggedCall, Place, Said};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeSet;
use stratus_engine::Options;
use stratus_engine::base::limits::{HISTORY_CALLS, LATEST_TIME};
use stratus_engine::base::time::Time;
use stratus_engine::catalog::Region;
use stratus_model::binary::{Reader, Texts, write_bytes, write_signed, write_structure, write_varint};
use stratus_model::{Value, json as model_json, limits, model, time};

const NAME: u64 = 1;
const SEED: u64 = 1 << 1;
const START: u64 = 1 << 2;
const ACCOUNT: u64 = 1 << 3;
const CHECKS: u64 = 1 << 4;
const PLACE: u64 = 1 << 5;
const DIGEST: u64 = 1 << 6;
const SCREEN: u64 = 1 << 7;
const CALLERS: u64 = 1 << 8;
const KNOWN: u64 = (1 << 9) - 1;

/// Bits of a call's head.
const TURNS: u64 = 2;
const ELSEWHERE: u64 = 1;

/// Bytes of a caller's ARN (AWS: 2,048, of which none that IAM makes has a third) or key: each call that it made holds them.
const CALLER_BYTES: usize = 1_024;
/// Bytes of the digest that a link holds: enough to see a difference.
const DIGEST_BYTES: usize = 8;
/// Values that the calls of one link may have together: bounds what a small link can make of memory.
pub const VALUES: usize = 250_000;

/// Packs a file. Its calls are numbered 1, 2, 3… as [`File::of`] does.
pub fn pack(file: &File) -> Result<Vec<u8>, LinkError> {
    let said: Vec<Said<'_>> = file
        .calls
        .iter()
        .map(|call| call.said().map_err(LinkError::Unwritable))
        .collect::<Result<_, _>>()?;
    let digest = file.digest.as_deref().and_then(first_bytes);
    let mut out = Vec::new();
    write_varint(parts_of(file, &said, digest.is_some()), &mut out);
    write_head(file, &mut out);
    write_varint(said.len() as u64, &mut out);
    let mut region = Region::US_EAST_1;
    for (index, call) in said.iter().enumerate() {
        write_call(index + 1, call, region, &mut out)?;
        region = call.region;
    }
    let mut last = file.options.start;
    for call in &said {
        write_signed(call.time.0.wrapping_sub(last.0), &mut out);
        last = call.time;
    }
    if said.iter().any(|call| call.check.is_some()) {
        out.extend(said.iter().map(|call| call.check.unwrap_or(0)));
    }
    if let Some(place) = file.place {
        let before_last = said.len().checked_sub(place.node);
        let before_last =
            before_last.ok_or_else(|| LinkError::Unwritable("its place is after no call of it".into()))?;
        write_varint(before_last as u64, &mut out);
        write_signed(place.now.0.wrapping_sub(last.0), &mut out);
    }
    if let Some(digest) = digest {
        out.extend(digest);
    }
    if let Some(screen) = &file.screen {
        write_formed(&screen.to_string(), said.len() + 1, &mut out);
    }
    if said.iter().any(|call| call.caller.is_some()) {
        write_callers(&said, &mut out);
    }
    Ok(out)
}

fn parts_of(file: &File, said: &[Said<'_>], digest: bool) -> u64 {
    let usual = Options::default();
    let part = |bit: u64, there: bool| if there { bit } else { 0 };
    part(NAME, !file.name.is_empty())
        | part(SEED, file.options.seed != usual.seed)
        | part(START, file.options.start != Time::START)
        | part(ACCOUNT, file.options.account != usual.account)
        | part(CHECKS, said.iter().any(|call| call.check.is_some()))
        | part(PLACE, file.place.is_some())
        | part(DIGEST, digest)
        | part(SCREEN, file.screen.is_some())
        | part(CALLERS, said.iter().any(|call| call.caller.is_some()))
}

fn write_head(file: &File, out: &mut Vec<u8>) {
    let usual = Options::default();
    if !file.name.is_empty() {
        write_bytes(file.name.as_bytes(), out);
    }
    if file.options.seed != usual.seed {
        write_varint(file.options.seed, out);
    }
    if file.options.start != Time::START {
        write_signed(file.options.start.0.wrapping_sub(Time::START.0), out);
    }
    if file.options.account != usual.account {
        write_varint(file.options.account, out);
    }
}

fn write_call(number: usize, call: &Said<'_>, region: Region, out: &mut Vec<u8>) -> Result<(), LinkError> {
    if call.number != number {
        return Err(LinkError::Unwritable(format!(
            "call {number} has the number {}",
            call.number
        )));
    }
    let (_, operation) = call.operation().map_err(LinkError::Unwritable)?;
    let params = call.value().map_err(LinkError::Unwritable)?;
    let turns = call.parent + 1 != number;
    let elsewhere = call.region != region;
    let flags = if turns { TURNS } else { 0 } | if elsewhere { ELSEWHERE } else { 0 };
    write_varint(u64::from(operation.number) << 2 | flags, out);
    if turns {
        write_signed((number as i64).wrapping_sub(call.parent as i64), out);
    }
    if elsewhere {
        write_bytes(call.region.name().as_bytes(), out);
    }
    write_structure(&params, &mut Forms::new(number), out);
    Ok(())
}

/// A form or the text: with a byte in front that tells them apart.
fn write_formed(text: &str, call: usize, out: &mut Vec<u8>) {
    let mut formed = Vec::new();
    if Forms::new(call).write(text, &mut formed) {
        out.push(1);
        out.extend(formed);
    } else {
        out.push(0);
        write_bytes(text.as_bytes(), out);
    }
}

/// Who made the calls, each of them once, by ARN and key.
fn write_callers(said: &[Said<'_>], out: &mut Vec<u8>) {
    let callers: BTreeSet<Caller<'_>> = said.iter().filter_map(|call| call.caller).collect();
    let callers: Vec<Caller<'_>> = callers.into_iter().collect();
    write_varint(callers.len() as u64, out);
    for caller in &callers {
        write_formed(caller.principal, said.len() + 1, out);
        write_formed(caller.key, said.len() + 1, out);
    }
    for call in said {
        let place = call.caller.and_then(|caller| callers.binary_search(&caller).ok());
        write_varint(place.map_or(0, |place| place as u64 + 1), out);
    }
}

/// The first bytes of a digest in hexadecimal; `None` if it is not one.
fn first_bytes(digest: &str) -> Option<[u8; DIGEST_BYTES]> {
    let mut bytes = [0; DIGEST_BYTES];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(digest.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(bytes)
}

/// Unpacks a file.
pub fn unpack(bytes: &[u8]) -> Result<File, LinkError> {
    let mut reader = Reader::new(bytes, VALUES);
    let parts = reader.varint()?;
    if parts & !KNOWN != 0 {
        return Err(LinkError::Newer(format!("parts {:#x}", parts & !KNOWN)));
    }
    let has = |part: u64| parts & part != 0;
    let name = if has(NAME) {
        reader.text()?.to_owned()
    } else {
        String::new()
    };
    let options = read_options(&mut reader, parts)?;
    let count = reader.count()?;
    if count > HISTORY_CALLS {
        return Err(LinkError::Broken(format!(
            "it has {count} calls; a history holds {HISTORY_CALLS}"
        )));
    }
    let mut calls = Vec::new();
    let mut region = Region::US_EAST_1;
    let mut forms = Forms::new(0);
    for number in 1..=count {
        forms.call = number;
        calls.push(read_call(&mut reader, &mut forms, &mut region)?);
    }
    forms.call = count + 1;
    let mut last = options.start;
    for call in &mut calls {
        last = later(last, reader.signed()?)?;
        call.insert("time".into(), json!(time::iso8601(last.0)));
    }
    if has(CHECKS) {
        for (call, check) in calls.iter_mut().zip(reader.bytes(count)?) {
            if *check != 0 {
                call.insert("check".into(), json!(check));
            }
        }
    }
    let place = if has(PLACE) {
        Some(read_place(&mut reader, count, last)?)
    } else {
        None
    };
    let digest = if has(DIGEST) {
        let bytes = reader.bytes(DIGEST_BYTES)?;
        Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    } else {
        None
    };
    let screen = if has(SCREEN) {
        Some(read_screen(&mut reader, &mut forms)?)
    } else {
        None
    };
    if has(CALLERS) {
        read_callers(&mut reader, &mut forms, &mut calls)?;
    }
    if !reader.is_empty() {
        return Err(LinkError::Broken(format!("{} bytes are left over", reader.left())));
    }
    Ok(File {
        name,
        options,
        calls: calls.into_iter().map(LoggedCall).collect(),
        place,
        digest,
        screen,
    })
}

fn read_options(reader: &mut Reader<'_>, parts: u64) -> Result<Options, LinkError> {
    let mut options = Options::default();
    if parts & SEED != 0 {
        options.seed = reader.varint()?;
    }
    if parts & START != 0 {
        options.start = later(Time::START, reader.signed()?)?;
    }
    if parts & ACCOUNT != 0 {
        options.account = reader.varint()?;
        if options.account > 999_999_999_999 {
            return Err(LinkError::Broken("its account has more than twelve digits".into()));
        }
    }
    Ok(options)
}

fn later(from: Time, by: i64) -> Result<Time, LinkError> {
    let at = from.0.checked_add(by).filter(|at| (0..=LATEST_TIME).contains(at));
    at.map(Time)
        .ok_or_else(|| LinkError::Broken("one of its moments is before 1970 or after the end of the clock".into()))
}

fn read_call(reader: &mut Reader<'_>, forms: &mut Forms, region: &mut Region) -> Result<Map<String, Json>, LinkError> {
    let number = forms.call;
    let head = reader.varint()?;
    let operation = u16::try_from(head >> 2)
        .ok()
        .and_then(|number| model().operation_by_number(number));
    let operation = operation.ok_or_else(|| LinkError::Newer(format!("operation {}", head >> 2)))?;
    let broken = |what: &str| LinkError::Broken(format!("call {number} {what}"));
    let ago = if head & TURNS != 0 { reader.signed()? } else { 1 };
    let parent = (number as i64)
        .checked_sub(ago)
        .and_then(|parent| usize::try_from(parent).ok());
    let parent = parent
        .filter(|parent| *parent < number)
        .ok_or_else(|| broken("follows none before it"))?;
    if head & ELSEWHERE != 0 {
        let name = reader.text()?;
        *region = Region::find(name).ok_or_else(|| LinkError::Newer(format!("the Region '{name}'")))?;
    }
    let params = reader.structure(forms)?;
    let service = model()
        .service(operation.service)
        .ok_or_else(|| broken("has no service"))?;
    let params = match operation.input {
        Some(shape) => model_json::to_json(service, shape, &Value::Structure(params)),
        None => json!({}),
    };
    let mut call = Map::new();
    call.insert("n".into(), json!(number));
    call.insert("parent".into(), json!(parent));
    call.insert("time".into(), Json::Null);
    call.insert("region".into(), json!(region.name()));
    call.insert("service".into(), json!(operation.service));
    call.insert("operation".into(), json!(operation.name));
    call.insert("params".into(), params);
    Ok(call)
}

fn read_place(reader: &mut Reader<'_>, count: usize, last: Time) -> Result<Place, LinkError> {
    let before_last = reader.varint()?;
    let node = usize::try_from(before_last)
        .ok()
        .and_then(|before| count.checked_sub(before));
    Ok(Place {
        node: node.ok_or_else(|| LinkError::Broken("its place is before its beginning".into()))?,
        now: later(last, reader.signed()?)?,
    })
}

fn read_formed(reader: &mut Reader<'_>, forms: &mut Forms) -> Result<String, LinkError> {
    Ok(match reader.byte()? {
        0 => reader.text()?.to_owned(),
        _ => forms.read(reader)?,
    })
}

fn read_callers(reader: &mut Reader<'_>, forms: &mut Forms, calls: &mut [Map<String, Json>]) -> Result<(), LinkError> {
    let mut callers = Vec::new();
    for _ in 0..reader.count()? {
        let caller = (read_formed(reader, forms)?, read_formed(reader, forms)?);
        if caller.0.len().max(caller.1.len()) > CALLER_BYTES {
            return Err(LinkError::Broken("one of its callers has too long a name".into()));
        }
        callers.push(caller);
    }
    for call in calls {
        let Some(place) = reader.varint()?.checked_sub(1) else {
            continue;
        };
        let caller = usize::try_from(place).ok().and_then(|place| callers.get(place));
        let (principal, key) = caller.ok_or_else(|| LinkError::Broken("a call of it is of nobody".into()))?;
        call.insert("principal".into(), json!(principal));
        if !key.is_empty() {
            call.insert("key".into(), json!(key));
        }
    }
    Ok(())
}

fn read_screen(reader: &mut Reader<'_>, forms: &mut Forms) -> Result<Json, LinkError> {
    let text = read_formed(reader, forms)?;
    if text.len() > limits::STRING_BYTES {
        return Err(LinkError::Broken("its screen is too large".into()));
    }
    serde_json::from_str(&text).map_err(|_| LinkError::Broken("its screen is not one".into()))
}
