//! `base64` and `tr`.

use super::{Io, options};
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};

/// `base64`, with `-d` and `-w`.
pub(super) fn base64(arguments: &[String], io: &mut Io<'_>) -> i32 {
    let long = [("decode", 'd'), ("wrap", 'w'), ("ignore-garbage", 'i')];
    let Some(options) = options(io, arguments, ("di", "w"), &long) else {
        return 1;
    };
    let source: Vec<String> = options.operands.iter().take(1).cloned().collect();
    let (bytes, good) = io.all(&source, |name, why| format!("base64: {name}: {why}"));
    if !good {
        return 1;
    }
    if options.has('d') {
        let wanted = |byte: &u8| {
            let known = byte.is_ascii_alphanumeric() || b"+/=".contains(byte);
            if options.has('i') {
                known
            } else {
                !byte.is_ascii_whitespace()
            }
        };
        let text: Vec<u8> = bytes.into_iter().filter(wanted).collect();
        return match BASE64.decode(text) {
            Ok(bytes) => {
                io.printed.out(bytes);
                0
            }
            Err(_) => {
                io.printed.err("base64: invalid input");
                1
            }
        };
    }
    let width = match options.value('w').unwrap_or("76").parse::<usize>() {
        Ok(width) => width,
        Err(_) => {
            io.printed.err(format!(
                "base64: invalid wrap size: ‘{}’",
                options.value('w').unwrap_or_default()
            ));
            return 1;
        }
    };
    let text = BASE64.encode(bytes);
    if width == 0 {
        io.printed.out(text);
        return 0;
    }
    for line in text.as_bytes().chunks(width) {
        io.printed.out(line);
        io.printed.out("\n");
    }
    0
}

/// `tr`, with `-d`, `-s`, `-c`.
pub(super) fn translate(arguments: &[String], io: &mut Io<'_>) -> i32 {
    let long = [("delete", 'd'), ("squeeze-repeats", 's'), ("complement", 'c')];
    let Some(options) = options(io, arguments, ("dscC", ""), &long) else {
        return 1;
    };
    let delete = options.has('d');
    let (first, second) = match options.operands.as_slice() {
        [first] if delete || options.has('s') => (first, None),
        [first, second] if !delete || options.has('s') => (first, Some(second)),
        [] => return complain(io, "missing operand"),
        [first] => {
            return complain(
                io,
                &format!("missing operand after ‘{first}’\nTwo strings must be given when translating."),
            );
        }
        [_, second] => {
            return complain(
                io,
                &format!(
                    "extra operand ‘{second}’\nOnly one string may be given when deleting without squeezing repeats."
                ),
            );
        }
        [_, _, third, ..] => return complain(io, &format!("extra operand ‘{third}’")),
    };
    let from = set(first);
    let to = second.map(|text| set(text)).unwrap_or_default();
    let complement = options.has('c') || options.has('C');
    let inside = |c: char| from.contains(&c) != complement;
    let squeezed = if second.is_some() { &to } else { &from };
    let bytes = io.input.rest();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let mut out = String::with_capacity(text.len());
    let mut last = None;
    for c in text.chars() {
        let c = match (inside(c), delete) {
            (true, true) => continue,
            (true, false) if second.is_some() => {
                let place = if complement {
                    usize::MAX
                } else {
                    from.iter().rposition(|known| *known == c).unwrap_or(0)
                };
                to.get(place).or(to.last()).copied().unwrap_or(c)
            }
            _ => c,
        };
        let repeats = options.has('s') && last == Some(c);
        if repeats && (squeezed.contains(&c) != (complement && second.is_none())) {
            continue;
        }
        last = Some(c);
        out.push(c);
    }
    io.printed.out(out);
    0
}

fn complain(io: &mut Io<'_>, why: &str) -> i32 {
    io.printed
        .err(format!("tr: {why}\nTry 'tr --help' for more information."));
    1
}

/// The characters of a set: `a-z`, `[:upper:]`, `\n`.
fn set(text: &str) -> Vec<char> {
    let mut chars = text.chars().peekable();
    let mut set: Vec<char> = Vec::new();
    let mut range = false;
    while let Some(c) = chars.next() {
        let rest: String = chars.clone().take(10).collect();
        if c == '['
            && let Some((name, _)) = rest.strip_prefix(':').and_then(|rest| rest.split_once(":]"))
            && let Some(known) = class(name)
        {
            set.extend((0_u8..128).map(char::from).filter(known));
            for _ in 0..name.len() + 3 {
                chars.next();
            }
            continue;
        }
        let c = match (c, chars.peek()) {
            ('\\', Some(_)) => match chars.next() {
                Some('n') => '\n',
                Some('t') => '\t',
                Some('r') => '\r',
                Some('0') => '\0',
                Some(c) => c,
                None => '\\',
            },
            ('-', Some(_)) if !set.is_empty() && !range => {
                range = true;
                continue;
            }
            (c, _) => c,
        };
        match set.last().copied() {
            Some(first) if range => set.extend((first..=c).skip(1).take(1024)),
            _ => set.push(c),
        }
        range = false;
    }
    set
}

fn class(name: &str) -> Option<fn(&char) -> bool> {
    Some(match name {
        "upper" => char::is_ascii_uppercase,
        "lower" => char::is_ascii_lowercase,
        "alpha" => char::is_ascii_alphabetic,
        "digit" => char::is_ascii_digit,
        "alnum" => char::is_ascii_alphanumeric,
        "space" => char::is_ascii_whitespace,
        "blank" => |c| matches!(c, ' ' | '\t'),
        "punct" => char::is_ascii_punctuation,
        "cntrl" => char::is_ascii_control,
        "print" => |c| c.is_ascii_graphic() || *c == ' ',
        "xdigit" => char::is_ascii_hexdigit,
        _ => return None,
    })
}
