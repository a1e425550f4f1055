//! `{a,b}` and `{1..3}` in a word: it becomes several words, before anything else is looked at, as in bash.
//! <https://www.gnu.org/software/bash/manual/html_node/Brace-Expansion.html>

use super::syntax::{Part, Word};
use crate::limits::{DEPTH, WORDS};

/// A word's smallest pieces: an unquoted character, or a part that braces do not look into.
#[derive(Clone, Debug, PartialEq)]
enum Piece {
    Char(char),
    Part(Part),
}

/// The words that a word stands for; `None` where they would be too many.
pub(super) fn expand(word: &Word) -> Option<Vec<Word>> {
    let has = |part: &Part| matches!(part, Part::Text { text, quoted: false } if text.contains('{'));
    if !word.iter().any(has) {
        return Some(vec![word.clone()]);
    }
    let mut pieces = Vec::new();
    for part in word {
        match part {
            Part::Text { text, quoted: false } => pieces.extend(text.chars().map(Piece::Char)),
            part => pieces.push(Piece::Part(part.clone())),
        }
    }
    let mut words = Vec::new();
    open(&pieces, &mut words, 0)?;
    Some(words.iter().map(|pieces| joined(pieces)).collect())
}

fn joined(pieces: &[Piece]) -> Word {
    let mut word = Word::new();
    for piece in pieces {
        match (piece, word.last_mut()) {
            (Piece::Char(c), Some(Part::Text { text, quoted: false })) => text.push(*c),
            (Piece::Char(c), _) => word.push(Part::Text {
                text: c.to_string(),
                quoted: false,
            }),
            (Piece::Part(part), _) => word.push(part.clone()),
        }
    }
    word
}

fn open(pieces: &[Piece], words: &mut Vec<Vec<Piece>>, depth: usize) -> Option<()> {
    if depth > DEPTH || words.len() > WORDS {
        return None;
    }
    let found = (0..pieces.len()).find_map(|start| {
        (pieces.get(start) == Some(&Piece::Char('{')))
            .then(|| choices(pieces.get(start + 1..)?))
            .flatten()
            .map(|(choices, length)| (start, choices, start + 1 + length))
    });
    let Some((start, choices, end)) = found else {
        words.push(pieces.to_vec());
        return Some(());
    };
    let (before, after) = (pieces.get(..start)?, pieces.get(end..)?);
    for choice in choices {
        let mut inner = Vec::new();
        open(&choice, &mut inner, depth + 1)?;
        for middle in inner {
            let mut rest = Vec::new();
            open(after, &mut rest, depth + 1)?;
            for tail in rest {
                words.push([before, &middle, &tail].concat());
                if words.len() > WORDS {
                    return None;
                }
            }
        }
    }
    Some(())
}

/// What stands between the commas up to the brace that closes, and how many pieces that took, the brace included. `None`
/// where it is no choice, so that the brace stands for itself.
fn choices(pieces: &[Piece]) -> Option<(Vec<Vec<Piece>>, usize)> {
    let mut all = vec![Vec::new()];
    let mut inside = 0_usize;
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Char('}') if inside == 0 => {
                if let [only] = all.as_slice() {
                    all = sequence(only)?;
                }
                return Some((all, at + 1));
            }
            Piece::Char(',') if inside == 0 => {
                all.push(Vec::new());
                continue;
            }
            Piece::Char('{') => inside += 1,
            Piece::Char('}') => inside -= 1,
            _ => {}
        }
        all.last_mut()?.push(piece.clone());
    }
    None
}

/// `1..3`, `a..e`, with a step `1..9..2`.
fn sequence(pieces: &[Piece]) -> Option<Vec<Vec<Piece>>> {
    let text: Option<String> = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Char(c) => Some(*c),
            Piece::Part(_) => None,
        })
        .collect();
    let text = text?;
    let mut ends = text.split("..");
    let (from, to, step) = (ends.next()?, ends.next()?, ends.next());
    if ends.next().is_some() {
        return None;
    }
    let step = step
        .map_or(Some(1), |step| step.parse::<i64>().ok())?
        .unsigned_abs()
        .max(1);
    let letter = |text: &str| {
        let mut letters = text.chars();
        letters
            .next()
            .filter(|c| c.is_ascii_alphabetic() && letters.next().is_none())
    };
    let (first, last, of_letters) = match (letter(from), letter(to)) {
        (Some(from), Some(to)) => (i64::from(u32::from(from)), i64::from(u32::from(to)), true),
        _ => (from.parse::<i64>().ok()?, to.parse::<i64>().ok()?, false),
    };
    let count = usize::try_from(first.abs_diff(last) / step)
        .ok()
        .filter(|count| *count < WORDS)?;
    let padded = |text: &str| text.trim_start_matches('-').starts_with('0') && text.trim_start_matches('-').len() > 1;
    let width = if padded(from) || padded(to) {
        from.len().max(to.len())
    } else {
        0
    };
    let value = |place: usize| {
        let way = i64::try_from(step * place as u64).unwrap_or_default();
        let number = if first <= last { first + way } else { first - way };
        match u32::try_from(number)
            .ok()
            .and_then(char::from_u32)
            .filter(|_| of_letters)
        {
            Some(letter) => letter.to_string(),
            None => format!("{number:0width$}"),
        }
    };
    let values = (0..=count).map(value);
    Some(values.map(|text| text.chars().map(Piece::Char).collect()).collect())
}
