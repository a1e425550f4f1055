//! `sort` and `uniq`, in the order of bytes (the C locale).

use super::{Io, Options, lines, options};
use std::cmp::Ordering;

/// A sort key: fields and characters from one, and how it compares.
#[derive(Clone, Default)]
struct Key {
    from: (usize, usize),
    /// `None`: to the end of the line.
    to: Option<(usize, usize)>,
    how: How,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct How {
    numeric: bool,
    reverse: bool,
    fold: bool,
    blanks: bool,
}

fn how(letters: &str) -> How {
    How {
        numeric: letters.contains(['n', 'g', 'h']),
        reverse: letters.contains('r'),
        fold: letters.contains('f'),
        blanks: letters.contains('b'),
    }
}

const LONG: &[(&str, char)] = &[
    ("reverse", 'r'),
    ("numeric-sort", 'n'),
    ("unique", 'u'),
    ("key", 'k'),
    ("field-separator", 't'),
    ("ignore-case", 'f'),
    ("stable", 's'),
    ("output", 'o'),
];

/// `sort`.
pub(super) fn sort(arguments: &[String], io: &mut Io<'_>) -> i32 {
    let Some(options) = options(io, arguments, ("rnughfbsV", "kto"), LONG) else {
        return 2;
    };
    let keys = match keys(&options) {
        Ok(keys) => keys,
        Err(why) => {
            io.printed.err(why);
            return 2;
        }
    };
    let separator = options
        .value('t')
        .and_then(|text| if text == "\\t" { Some('\t') } else { text.chars().next() });
    let (bytes, good) = io.all(&options.operands, |name, why| {
        format!("sort: cannot read: {name}: {why}")
    });
    if !good {
        return 2;
    }
    let mut lines = lines(&bytes);
    let by_keys = |a: &String, b: &String| {
        let order = keys.iter().map(|key| compare(key, a, b, separator));
        order.fold(Ordering::Equal, Ordering::then)
    };
    let whole_reverse = options.has('r');
    lines.sort_by(|a, b| {
        let last = if options.has('s') || options.has('u') {
            Ordering::Equal
        } else {
            a.cmp(b)
        };
        by_keys(a, b).then(if whole_reverse { last.reverse() } else { last })
    });
    if options.has('u') {
        lines.dedup_by(|a, b| by_keys(a, b) == Ordering::Equal);
    }
    let text: String = lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
    match options.value('o') {
        Some(name) => {
            if let Err(why) = io.tray.write(name, text.into_bytes()) {
                io.printed.err(format!("sort: open failed: {name}: {why}"));
                return 2;
            }
        }
        None => io.printed.out(text),
    }
    0
}

fn keys(options: &Options) -> Result<Vec<Key>, String> {
    let letters: String = options
        .given
        .iter()
        .map(|(option, _)| *option)
        .filter(|option| "rnghfb".contains(*option))
        .collect();
    let whole = how(&letters);
    let mut keys = Vec::new();
    for (_, text) in options.given.iter().filter(|(option, _)| *option == 'k') {
        let mut key = read_key(text)
            .ok_or_else(|| format!("sort: invalid number at field start: invalid count at start of '{text}'"))?;
        if key.how == How::default() {
            key.how = whole;
        }
        keys.push(key);
    }
    if keys.is_empty() {
        keys.push(Key {
            from: (1, 1),
            to: None,
            how: whole,
        });
    }
    Ok(keys)
}

fn read_key(text: &str) -> Option<Key> {
    let (from, to) = text.split_once(',').map_or((text, None), |(from, to)| (from, Some(to)));
    let place = |text: &str| {
        let letters: String = text.chars().filter(char::is_ascii_alphabetic).collect();
        let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let (field, character) = digits
            .split_once('.')
            .map_or((digits, None), |(field, c)| (field, Some(c)));
        let character = character.map_or(Some(None), |text| text.parse::<usize>().ok().map(Some))?;
        Some((
            field.parse::<usize>().ok().filter(|field| *field > 0)?,
            character,
            letters,
        ))
    };
    let (field, character, mut letters) = place(from)?;
    let to = match to {
        None => None,
        Some(to) => {
            let (field, character, more) = place(to)?;
            letters.push_str(&more);
            Some((field, character.unwrap_or(0)))
        }
    };
    Some(Key {
        from: (field, character.unwrap_or(1).max(1)),
        to,
        how: how(&letters),
    })
}

/// Where each field of a line begins and ends, in bytes. Without a separator, blanks before a field belong to it.
fn fields(line: &str, separator: Option<char>) -> Vec<(usize, usize)> {
    let mut fields = Vec::new();
    let mut start = 0;
    match separator {
        Some(separator) => {
            for (at, c) in line.char_indices().filter(|(_, c)| *c == separator) {
                fields.push((start, at));
                start = at + c.len_utf8();
            }
        }
        None => {
            let mut inside = false;
            for (at, c) in line.char_indices() {
                let blank = c == ' ' || c == '\t';
                if blank && inside {
                    fields.push((start, at));
                    start = at;
                }
                inside = !blank;
            }
        }
    }
    fields.push((start, line.len()));
    fields
}

fn part<'a>(line: &'a str, key: &Key, separator: Option<char>) -> &'a str {
    if key.from == (1, 1) && key.to.is_none() {
        return line;
    }
    let fields = fields(line, separator);
    let Some((start, _)) = fields.get(key.from.0 - 1) else {
        return "";
    };
    let skip = |from: usize, count: usize| {
        let rest = line.get(from..).unwrap_or_default();
        rest.char_indices().nth(count).map_or(line.len(), |(at, _)| from + at)
    };
    let start = skip(*start, key.from.1 - 1);
    let end = match key.to {
        None => line.len(),
        Some((field, 0)) => fields.get(field - 1).map_or(line.len(), |(_, end)| *end),
        Some((field, character)) => fields
            .get(field - 1)
            .map_or(line.len(), |(from, _)| skip(*from, character)),
    };
    line.get(start..end.max(start)).unwrap_or_default()
}

fn compare(key: &Key, a: &str, b: &str, separator: Option<char>) -> Ordering {
    let (mut a, mut b) = (part(a, key, separator), part(b, key, separator));
    if key.how.blanks {
        (a, b) = (a.trim_start_matches([' ', '\t']), b.trim_start_matches([' ', '\t']));
    }
    let order = if key.how.numeric {
        number(a).total_cmp(&number(b))
    } else if key.how.fold {
        a.to_uppercase().cmp(&b.to_uppercase())
    } else {
        a.cmp(b)
    };
    if key.how.reverse { order.reverse() } else { order }
}

/// The number at the front of a text; 0 without one.
fn number(text: &str) -> f64 {
    let text = text.trim_start();
    let mut seen_point = false;
    let length = text
        .char_indices()
        .take_while(|(at, c)| {
            let point = *c == '.' && !seen_point;
            seen_point |= point;
            c.is_ascii_digit() || point || (*at == 0 && *c == '-')
        })
        .count();
    // −0 and 0 are the same here.
    text.get(..length)
        .and_then(|digits| digits.parse::<f64>().ok())
        .unwrap_or(0.0)
        + 0.0
}

/// `uniq`, with `-c`, `-d`, `-u`, `-i`.
pub(super) fn unique(arguments: &[String], io: &mut Io<'_>) -> i32 {
    let long = [("count", 'c'), ("repeated", 'd'), ("unique", 'u'), ("ignore-case", 'i')];
    let Some(options) = options(io, arguments, ("cdui", ""), &long) else {
        return 1;
    };
    let source: Vec<String> = options.operands.iter().take(1).cloned().collect();
    let (bytes, good) = io.all(&source, |name, why| format!("uniq: {name}: {why}"));
    if !good {
        return 1;
    }
    let mut groups: Vec<(String, usize)> = Vec::new();
    for line in lines(&bytes) {
        let same = |last: &str| {
            if options.has('i') {
                last.to_lowercase() == line.to_lowercase()
            } else {
                last == line
            }
        };
        match groups.last_mut() {
            Some((last, count)) if same(last) => *count += 1,
            _ => groups.push((line, 1)),
        }
    }
    for (line, count) in groups {
        let wanted = match (options.has('d'), options.has('u')) {
            (true, false) => count > 1,
            (false, true) => count == 1,
            (true, true) => false,
            (false, false) => true,
        };
        if wanted && options.has('c') {
            io.printed.out(format!("{count:7} {line}\n"));
        } else if wanted {
            io.printed.out(format!("{line}\n"));
        }
    }
    0
}
