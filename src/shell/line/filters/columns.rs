//! `cut`: fields or characters of lines.

use super::{Io, lines, options};

const LONG: &[(&str, char)] = &[
    ("delimiter", 'd'),
    ("fields", 'f'),
    ("characters", 'c'),
    ("bytes", 'b'),
    ("only-delimited", 's'),
    ("output-delimiter", 'o'),
    ("complement", 'x'),
];

/// `cut`.
pub(super) fn cut(arguments: &[String], io: &mut Io<'_>) -> i32 {
    let Some(options) = options(io, arguments, ("sx", "dfcbo"), LONG) else {
        return 1;
    };
    let complain = |io: &mut Io<'_>, why: &str| {
        io.printed
            .err(format!("cut: {why}\nTry 'cut --help' for more information."));
        1
    };
    let by_field = options.value('f');
    let Some(text) = by_field.or(options.value('c')).or(options.value('b')) else {
        return complain(io, "you must specify a list of bytes, characters, or fields");
    };
    let what = if by_field.is_some() { "field" } else { "byte/character" };
    let Some(ranges) = ranges(text) else {
        let from_one = if by_field.is_some() {
            "fields"
        } else {
            "byte/character positions"
        };
        return match text.split([',', '-']).any(|number| number == "0") {
            true => complain(io, &format!("{from_one} are numbered from 1")),
            false => complain(io, &format!("invalid {what} value ‘{text}’")),
        };
    };
    let delimiter = options.value('d').unwrap_or("\t");
    let mut letters = delimiter.chars();
    let (Some(mark), None) = (letters.next(), letters.next()) else {
        return complain(io, "the delimiter must be a single character");
    };
    let joint = options.value('o').map_or_else(|| mark.to_string(), str::to_owned);
    let wanted = |place: usize| ranges.iter().any(|(from, to)| (*from..=*to).contains(&place)) != options.has('x');
    let (bytes, good) = io.all(&options.operands, |name, why| format!("cut: {name}: {why}"));
    for line in lines(&bytes) {
        let kept = if by_field.is_none() {
            line.chars()
                .enumerate()
                .filter(|(place, _)| wanted(place + 1))
                .map(|(_, c)| c)
                .collect()
        } else if !line.contains(mark) {
            if options.has('s') {
                continue;
            }
            line
        } else {
            let fields = line.split(mark).enumerate();
            let kept: Vec<&str> = fields
                .filter(|(place, _)| wanted(place + 1))
                .map(|(_, field)| field)
                .collect();
            kept.join(&joint)
        };
        io.printed.out(format!("{kept}\n"));
    }
    i32::from(!good)
}

/// `1,3-5,7-,-2`.
fn ranges(text: &str) -> Option<Vec<(usize, usize)>> {
    let number = |text: &str| text.parse::<usize>().ok().filter(|number| *number > 0);
    let one = |piece: &str| match piece.split_once('-') {
        None => number(piece).map(|place| (place, place)),
        Some(("", "")) => None,
        Some((from, "")) => Some((number(from)?, usize::MAX)),
        Some(("", to)) => Some((1, number(to)?)),
        Some((from, to)) => Some((number(from)?, number(to)?)).filter(|(from, to)| from <= to),
    };
    text.split(',').map(one).collect()
}
