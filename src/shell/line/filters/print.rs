//! `echo`, `printf`, `seq`, `true`, `false`.

use super::Io;
use crate::limits::WORD_BYTES;

/// `true`.
pub(super) fn yes(_: &[String], _: &mut Io<'_>) -> i32 {
    0
}

/// `false`.
pub(super) fn no(_: &[String], _: &mut Io<'_>) -> i32 {
    1
}

/// `echo`, with `-n`, `-e`, `-E`.
pub(super) fn echo(arguments: &[String], io: &mut Io<'_>) -> i32 {
    let is_option = |word: &&String| {
        word.strip_prefix('-')
            .is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| "neE".contains(c)))
    };
    let flags: String = arguments.iter().take_while(is_option).map(String::as_str).collect();
    let words = arguments.iter().skip_while(is_option).map(String::as_str);
    let mut text = words.collect::<Vec<_>>().join(" ");
    let mut ends = !flags.contains('n');
    let speaks = flags
        .rfind('e')
        .is_some_and(|e| flags.rfind('E').is_none_or(|other| other < e));
    if speaks {
        let (said, stopped) = escapes(&text, true);
        text = said;
        ends &= !stopped;
    }
    if ends {
        text.push('\n');
    }
    io.printed.out(text);
    0
}

/// Backslashes as `echo -e` and `printf` read them; the flag says that `\c` ended it.
fn escapes(text: &str, zero: bool) -> (String, bool) {
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        let code = |chars: &mut std::iter::Peekable<std::str::Chars<'_>>, digits: usize, radix: u32| {
            let mut value = 0;
            for _ in 0..digits {
                let Some(digit) = chars.peek().and_then(|c| c.to_digit(radix)) else {
                    break;
                };
                value = value * radix + digit;
                chars.next();
            }
            char::from_u32(value)
        };
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some('a' | 'b' | 'f' | 'v') => {}
            Some('e') => out.push('\u{1b}'),
            Some('c') => return (out, true),
            Some('x') => out.extend(code(&mut chars, 2, 16)),
            Some('u') => out.extend(code(&mut chars, 4, 16)),
            Some('0') if zero => out.extend(code(&mut chars, 3, 8)),
            Some(c @ ('\\' | '"' | '\'')) => out.push(c),
            Some(c) => out.extend(['\\', c]),
            None => out.push('\\'),
        }
    }
    (out, false)
}

/// `printf`: the format again until all arguments are used.
pub(super) fn printf(arguments: &[String], io: &mut Io<'_>) -> i32 {
    let Some((format, mut values)) = arguments.split_first() else {
        io.printed.err("printf: usage: printf [-v var] format [arguments]");
        return 2;
    };
    let (format, stopped) = escapes(format, true);
    let format: Vec<char> = format.chars().collect();
    let (mut out, mut status) = (String::new(), 0);
    loop {
        let before = values.len();
        if let Err(why) = once(&format, &mut values, &mut out) {
            io.printed.err(format!("bash: printf: {why}"));
            status = 1;
        }
        if stopped || values.is_empty() || values.len() == before || out.len() > WORD_BYTES {
            break;
        }
    }
    io.printed.out(out);
    status
}

fn once(format: &[char], values: &mut &[String], out: &mut String) -> Result<(), String> {
    let mut at = 0;
    let mut fault = Ok(());
    while let Some(&c) = format.get(at) {
        at += 1;
        if c != '%' {
            out.push(c);
            continue;
        }
        let start = at;
        while format.get(at).is_some_and(|c| "-+ 0#".contains(*c)) {
            at += 1;
        }
        let flags: String = format.get(start..at).unwrap_or_default().iter().collect();
        let mut take = || {
            let first = values.first().cloned();
            *values = values.get(1..).unwrap_or_default();
            first.unwrap_or_default()
        };
        let mut measure = |at: &mut usize| {
            if format.get(*at) == Some(&'*') {
                *at += 1;
                return take().parse::<usize>().ok();
            }
            let digits: String = format
                .get(*at..)
                .unwrap_or_default()
                .iter()
                .take_while(|c| c.is_ascii_digit())
                .collect();
            *at += digits.len();
            digits.parse::<usize>().ok()
        };
        let width = measure(&mut at).unwrap_or(0).min(10_000);
        let precision = if format.get(at) == Some(&'.') {
            at += 1;
            Some(measure(&mut at).unwrap_or(0).min(10_000))
        } else {
            None
        };
        let Some(&kind) = format.get(at) else {
            return Err("`%': missing format character".into());
        };
        at += 1;
        if kind == '%' {
            out.push('%');
            continue;
        }
        if !"sbcqdiuxXof".contains(kind) && !"eEgG".contains(kind) {
            return Err(format!("`{kind}': invalid format character"));
        }
        match convert(kind, &take(), &flags, precision) {
            Ok(text) => pad(&text, kind, &flags, width, out),
            Err((text, why)) => {
                pad(&text, kind, &flags, width, out);
                fault = Err(why);
            }
        }
    }
    fault
}

fn convert(kind: char, value: &str, flags: &str, precision: Option<usize>) -> Result<String, (String, String)> {
    let cut = |text: String| precision.map_or(text.clone(), |length| text.chars().take(length).collect());
    let whole = || {
        let text = value.trim();
        let number = match (text.strip_prefix("0x"), text.strip_prefix('\'')) {
            (Some(digits), _) => i64::from_str_radix(digits, 16).ok(),
            (_, Some(rest)) => rest.chars().next().map(|c| i64::from(u32::from(c))),
            _ if text.is_empty() => Some(0),
            _ => text.parse().ok(),
        };
        number.ok_or_else(|| ("0".to_owned(), format!("{value}: invalid number")))
    };
    Ok(match kind {
        's' => cut(value.to_owned()),
        'b' => cut(escapes(value, true).0),
        'q' => crate::words::quote(value),
        'c' => value.chars().take(1).collect(),
        'x' => format!("{:x}", whole()?),
        'X' => format!("{:X}", whole()?),
        'o' => format!("{:o}", whole()?),
        'd' | 'i' | 'u' => {
            let number = whole()?;
            let sign = if flags.contains('+') && number >= 0 { "+" } else { "" };
            format!("{sign}{number}")
        }
        _ => {
            let text = value.trim();
            let number = if text.is_empty() {
                Some(0.0)
            } else {
                text.parse::<f64>().ok().filter(|n| n.is_finite())
            };
            match number {
                Some(number) => format!("{number:.*}", precision.unwrap_or(6)),
                None => {
                    return Err((
                        format!("{:.*}", precision.unwrap_or(6), 0.0),
                        format!("{value}: invalid number"),
                    ));
                }
            }
        }
    })
}

fn pad(text: &str, kind: char, flags: &str, width: usize, out: &mut String) {
    let missing = width.saturating_sub(text.chars().count());
    if flags.contains('-') {
        out.push_str(text);
        out.extend(std::iter::repeat_n(' ', missing));
    } else if flags.contains('0') && !"sbcq".contains(kind) {
        let (sign, digits) = text.split_at(usize::from(text.starts_with(['-', '+'])));
        out.push_str(sign);
        out.extend(std::iter::repeat_n('0', missing));
        out.push_str(digits);
    } else {
        out.extend(std::iter::repeat_n(' ', missing));
        out.push_str(text);
    }
}

/// Most numbers that `seq` prints.
const NUMBERS: usize = 100_000;

/// `seq LAST`, `seq FIRST LAST`, `seq FIRST STEP LAST`.
pub(super) fn seq(arguments: &[String], io: &mut Io<'_>) -> i32 {
    let mut numbers = Vec::new();
    for word in arguments {
        match word.parse::<i64>() {
            Ok(number) => numbers.push(number),
            Err(_) => {
                io.printed.err(format!(
                    "seq: invalid floating point argument: ‘{word}’\nTry 'seq --help' for more information."
                ));
                return 1;
            }
        }
    }
    let (first, step, last) = match numbers.as_slice() {
        [last] => (1, 1, *last),
        [first, last] => (*first, 1, *last),
        [first, step, last] => (*first, *step, *last),
        [] => {
            io.printed
                .err("seq: missing operand\nTry 'seq --help' for more information.");
            return 1;
        }
        [_, _, _, extra, ..] => {
            io.printed.err(format!(
                "seq: extra operand ‘{extra}’\nTry 'seq --help' for more information."
            ));
            return 1;
        }
    };
    if step == 0 {
        io.printed
            .err("seq: invalid Zero increment value: ‘0’\nTry 'seq --help' for more information.");
        return 1;
    }
    let mut at = first;
    for _ in 0..NUMBERS {
        if (step > 0 && at > last) || (step < 0 && at < last) {
            break;
        }
        io.printed.out(format!("{at}\n"));
        match at.checked_add(step) {
            Some(next) => at = next,
            None => break,
        }
    }
    0
}
