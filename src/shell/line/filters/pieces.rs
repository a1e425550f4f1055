//! `cat`, `head`, `tail`, `tee`, `wc`: parts of what is read, byte for byte.

use super::{Io, Options, options};

/// `cat`, with `-n`.
pub(super) fn cat(arguments: &[String], io: &mut Io<'_>) -> i32 {
    let Some(options) = options(io, arguments, ("nAbeEstTuv", ""), &[("number", 'n')]) else {
        return 1;
    };
    let program = io.name;
    let (bytes, good) = io.all(&options.operands, |name, why| format!("{program}: {name}: {why}"));
    if options.has('n') {
        for (place, line) in pieces(&bytes).into_iter().enumerate() {
            io.printed.out(format!("{:6}\t", place + 1));
            io.printed.out(line);
        }
    } else {
        io.printed.out(bytes);
    }
    i32::from(!good)
}

/// Lines with their ends.
fn pieces(bytes: &[u8]) -> Vec<&[u8]> {
    bytes.split_inclusive(|byte| *byte == b'\n').collect()
}

/// `-5` is `-n 5`, as it always was.
fn with_number(arguments: &[String]) -> Vec<String> {
    let old = |word: &str| {
        word.strip_prefix('-')
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
    };
    match arguments.split_first() {
        Some((first, rest)) if old(first) => {
            let number = first.trim_start_matches('-');
            [format!("-n{number}")]
                .into_iter()
                .chain(rest.iter().cloned())
                .collect()
        }
        _ => arguments.to_vec(),
    }
}

const LONG: &[(&str, char)] = &[
    ("lines", 'n'),
    ("bytes", 'c'),
    ("quiet", 'q'),
    ("silent", 'q'),
    ("verbose", 'v'),
];

/// The count that is asked for: its sign (`+`, `-` or none), its number, and whether bytes are meant.
fn asked(options: &Options, io: &mut Io<'_>) -> Option<(char, usize, bool)> {
    let last = options.given.iter().rev().find(|(option, _)| "nc".contains(*option));
    let (text, bytes) = last.map_or(("10", false), |(option, text)| (text.as_str(), *option == 'c'));
    let sign = text.chars().next().filter(|c| "+-".contains(*c)).unwrap_or(' ');
    let digits = text.trim_start_matches(['+', '-']);
    let (digits, unit) = match digits.strip_suffix(['k', 'K']) {
        Some(digits) => (digits, 1024),
        None => (digits, 1),
    };
    match digits.parse::<usize>() {
        Ok(number) => Some((sign, number.saturating_mul(unit), bytes)),
        Err(_) => {
            let what = if bytes { "bytes" } else { "lines" };
            io.printed
                .err(format!("{}: invalid number of {what}: ‘{text}’", io.name));
            None
        }
    }
}

fn each(arguments: &[String], io: &mut Io<'_>, cut: fn(&[u8], char, usize, bool) -> (usize, usize)) -> i32 {
    let Some(options) = options(io, &with_number(arguments), ("qvfF", "nc"), LONG) else {
        return 1;
    };
    let Some((sign, number, bytes)) = asked(&options, io) else {
        return 1;
    };
    let mut names = options.operands.clone();
    if names.is_empty() {
        names.push("-".into());
    }
    let titles = (names.len() > 1 || options.has('v')) && !options.has('q');
    let (mut status, mut first) = (0, true);
    for name in &names {
        match io.open(name) {
            Ok(all) => {
                if titles {
                    let shown = if name == "-" { "standard input" } else { name.as_str() };
                    io.printed
                        .out(format!("{}==> {shown} <==\n", if first { "" } else { "\n" }));
                }
                first = false;
                let (from, to) = cut(&all, sign, number, bytes);
                io.printed.out(all.get(from..to).unwrap_or_default());
            }
            Err(why) => {
                let program = io.name;
                io.printed.err(match why {
                    "Is a directory" => format!("{program}: error reading '{name}': {why}"),
                    why => format!("{program}: cannot open '{name}' for reading: {why}"),
                });
                status = 1;
            }
        }
    }
    status
}

/// Where the line after so many lines begins.
fn after_lines(bytes: &[u8], count: usize) -> usize {
    pieces(bytes).into_iter().take(count).map(<[u8]>::len).sum()
}

/// `head`: the first ten lines; with a negative number all but so many.
pub(super) fn head(arguments: &[String], io: &mut Io<'_>) -> i32 {
    each(arguments, io, |all, sign, number, bytes| {
        let total = if bytes { all.len() } else { pieces(all).len() };
        let count = if sign == '-' {
            total.saturating_sub(number)
        } else {
            number.min(total)
        };
        (0, if bytes { count } else { after_lines(all, count) })
    })
}

/// `tail`: the last ten lines; with `+` from a line on.
pub(super) fn tail(arguments: &[String], io: &mut Io<'_>) -> i32 {
    each(arguments, io, |all, sign, number, bytes| {
        let total = if bytes { all.len() } else { pieces(all).len() };
        let skip = if sign == '+' {
            number.saturating_sub(1).min(total)
        } else {
            total.saturating_sub(number)
        };
        (if bytes { skip } else { after_lines(all, skip) }, all.len())
    })
}

/// `tee`, with `-a`.
pub(super) fn tee(arguments: &[String], io: &mut Io<'_>) -> i32 {
    let Some(options) = options(io, arguments, ("ai", ""), &[("append", 'a')]) else {
        return 1;
    };
    let bytes = io.input.rest();
    let mut status = 0;
    for name in options.operands.iter().filter(|name| *name != "/dev/null") {
        let written = if options.has('a') {
            io.tray.append(name, &bytes)
        } else {
            io.tray.write(name, bytes.clone())
        };
        if let Err(why) = written {
            io.printed.err(format!("tee: {name}: {why}"));
            status = 1;
        }
    }
    io.printed.out(bytes);
    status
}

/// `wc`: columns as wide as GNU's.
pub(super) fn count(arguments: &[String], io: &mut Io<'_>) -> i32 {
    let long = [("lines", 'l'), ("words", 'w'), ("bytes", 'c'), ("chars", 'm')];
    let Some(options) = options(io, arguments, ("lwcm", ""), &long) else {
        return 1;
    };
    let asked: Vec<char> = "lwmc".chars().filter(|option| options.has(*option)).collect();
    let columns = if asked.is_empty() { vec!['l', 'w', 'c'] } else { asked };
    let mut rows: Vec<(Vec<usize>, Option<String>)> = Vec::new();
    let mut faults = Vec::new();
    let mut size = 0;
    let from_input = options.operands.is_empty();
    let names = if from_input {
        vec!["-".to_owned()]
    } else {
        options.operands
    };
    for name in &names {
        match io.open(name) {
            Ok(bytes) => {
                size += bytes.len();
                rows.push((counts(&bytes, &columns), (!from_input).then(|| name.clone())));
            }
            Err(why) => faults.push(io.about(name, why)),
        }
    }
    if names.len() > 1 {
        let sums = (0..columns.len())
            .map(|place| rows.iter().filter_map(|(row, _)| row.get(place)).sum())
            .collect();
        rows.push((sums, Some("total".into())));
    }
    let width = match (from_input, columns.len(), names.len()) {
        (_, 1, 1) => 1,
        (true, ..) if !io.input.is_file() => 7,
        _ => size.to_string().len(),
    };
    for fault in &faults {
        io.printed.err(fault);
    }
    for (row, name) in rows {
        let numbers: Vec<String> = row.iter().map(|number| format!("{number:width$}")).collect();
        let name = name.map(|name| format!(" {name}")).unwrap_or_default();
        io.printed.out(format!("{}{name}\n", numbers.join(" ")));
    }
    i32::from(!faults.is_empty())
}

fn counts(bytes: &[u8], columns: &[char]) -> Vec<usize> {
    let text = String::from_utf8_lossy(bytes);
    let one = |column: &char| match column {
        'l' => bytes.iter().filter(|byte| **byte == b'\n').count(),
        'w' => text.split_whitespace().count(),
        'm' => text.chars().count(),
        _ => bytes.len(),
    };
    columns.iter().map(one).collect()
}
