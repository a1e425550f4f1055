//! Patterns of names: `*`, `?`, `[a-z]`, `[!a-z]`. For file names, `${NAME%pattern}` and the filters of `aws s3`.

enum Piece {
    Char(char),
    One,
    Many,
    Class { negated: bool, ranges: Vec<(char, char)> },
}

/// A pattern that has been read.
pub(crate) struct Glob {
    pieces: Vec<Piece>,
    /// Whether `*` and `?` stand for `/` too.
    slashes: bool,
}

impl Glob {
    /// As the shell reads it: a backslash takes the meaning of what follows; `*` and `?` stop at `/`.
    pub fn of_names(pattern: &str) -> Glob {
        Glob::read(pattern, true, false)
    }
    /// As the shell reads it in `${NAME%pattern}`.
    pub fn of_text(pattern: &str) -> Glob {
        Glob::read(pattern, true, true)
    }
    /// As Python's `fnmatch` reads it, which the AWS CLI's `--exclude` and `--include` use: no backslashes, `*` takes `/` too.
    pub fn of_filter(pattern: &str) -> Glob {
        Glob::read(pattern, false, true)
    }

    fn read(pattern: &str, escapes: bool, slashes: bool) -> Glob {
        let chars: Vec<char> = pattern.chars().collect();
        let mut pieces = Vec::new();
        let mut at = 0;
        while let Some(&c) = chars.get(at) {
            at += 1;
            pieces.push(match c {
                '*' => Piece::Many,
                '?' => Piece::One,
                '\\' if escapes && at < chars.len() => {
                    at += 1;
                    Piece::Char(chars.get(at - 1).copied().unwrap_or('\\'))
                }
                '[' => match class(&chars, at) {
                    Some((piece, next)) => {
                        at = next;
                        piece
                    }
                    None => Piece::Char('['),
                },
                c => Piece::Char(c),
            });
        }
        Glob { pieces, slashes }
    }

    /// Whether the whole text matches. At most length × length steps.
    pub fn matches(&self, text: &str) -> bool {
        let text: Vec<char> = text.chars().collect();
        let (mut at, mut piece) = (0, 0);
        let mut star: Option<(usize, usize)> = None;
        loop {
            match (self.pieces.get(piece), text.get(at)) {
                (None, None) => return true,
                (Some(Piece::Many), _) => {
                    star = Some((piece, at));
                    piece += 1;
                    continue;
                }
                (Some(known), Some(c)) if self.takes(known, *c) => {
                    piece += 1;
                    at += 1;
                    continue;
                }
                _ => {}
            }
            // Back to the last star, which takes one more.
            match star {
                Some((place, taken)) if text.get(taken).is_some_and(|c| self.slashes || *c != '/') => {
                    star = Some((place, taken + 1));
                    piece = place + 1;
                    at = taken + 1;
                }
                _ => return false,
            }
        }
    }

    fn takes(&self, piece: &Piece, c: char) -> bool {
        match piece {
            Piece::Char(known) => *known == c,
            Piece::One => self.slashes || c != '/',
            Piece::Many => false,
            Piece::Class { negated, ranges } => {
                let inside = ranges.iter().any(|(first, last)| (*first..=*last).contains(&c));
                inside != *negated && (self.slashes || c != '/')
            }
        }
    }
}

fn class(chars: &[char], start: usize) -> Option<(Piece, usize)> {
    let negated = matches!(chars.get(start), Some('!' | '^'));
    let first = start + usize::from(negated);
    // A bracket at once is a character of the class.
    let length = chars.get(first + 1..)?.iter().position(|c| *c == ']')? + 1;
    let inside = chars.get(first..first + length)?;
    let mut ranges = Vec::new();
    let mut at = 0;
    while let Some(&c) = inside.get(at) {
        match (inside.get(at + 1), inside.get(at + 2)) {
            (Some('-'), Some(&last)) => {
                ranges.push((c, last));
                at += 3;
            }
            _ => {
                ranges.push((c, c));
                at += 1;
            }
        }
    }
    Some((Piece::Class { negated, ranges }, first + length + 1))
}
