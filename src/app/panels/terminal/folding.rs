//! Which part of a long text is on screen before one asks for all of it. What is copied is always the whole text.

/// How a kind of text is folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fold {
    /// Lines shown of its beginning.
    head: usize,
    /// Lines shown of its end.
    tail: usize,
    /// Bytes shown, where its lines are long.
    bytes: usize,
}

/// What a command printed.
pub const OUTPUT: Fold = Fold {
    head: 160,
    tail: 40,
    bytes: 60_000,
};

/// What it complained of: of hundreds of valid choices one sees what they are of, and what was perhaps meant, at the end.
pub const COMPLAINT: Fold = Fold {
    head: 16,
    tail: 8,
    bytes: 20_000,
};

/// So few lines are shown rather than left out: a button takes room too.
const FEW: usize = 10;

impl Fold {
    /// The beginning and the end of a text that is too long, and how many lines are left out between them.
    pub fn ends(self, text: &str) -> Option<(&str, &str, usize)> {
        let lines = text.lines().count();
        let many = lines > self.head + self.tail + FEW;
        if !many && text.len() <= self.bytes {
            return None;
        }
        let place = |count: usize| text.match_indices('\n').nth(count).map_or(text.len(), |(at, _)| at + 1);
        let (mut head, mut tail) = if many {
            (place(self.head - 1), place(lines - self.tail - 1))
        } else {
            (text.len(), text.len())
        };
        if head > self.bytes || text.len() - tail > self.bytes {
            head = (0..=self.bytes.min(head))
                .rev()
                .find(|at| text.is_char_boundary(*at))
                .unwrap_or(0);
            tail = text.len();
        }
        let (first, last) = (text.get(..head)?, text.get(tail..)?);
        let hidden = text.get(head..tail)?.lines().count();
        Some((first, last, hidden))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(count: usize) -> String {
        (0..count).map(|line| format!("{line}\n")).collect()
    }

    #[test]
    fn a_short_text_is_whole() {
        assert_eq!(OUTPUT.ends(&lines(210)), None);
        assert_eq!(COMPLAINT.ends(&lines(34)), None);
        assert_eq!(OUTPUT.ends(""), None);
    }

    #[test]
    fn a_long_one_shows_its_ends() {
        let text = lines(415);
        let (head, tail, hidden) = COMPLAINT.ends(&text).expect("it is long");
        assert!(head.starts_with("0\n") && head.ends_with("15\n"));
        assert!(tail.starts_with("407\n") && tail.ends_with("414\n"));
        assert_eq!(hidden, 415 - 24);
        let text = lines(211);
        let (head, tail, hidden) = OUTPUT.ends(&text).expect("it is long");
        assert_eq!((head.lines().count(), tail.lines().count(), hidden), (160, 40, 11));
    }

    #[test]
    fn a_line_without_an_end_is_cut_between_letters() {
        let text = "é".repeat(50_000);
        let (head, tail, hidden) = OUTPUT.ends(&text).expect("it is long");
        assert!(head.len() <= 60_000 && tail.is_empty() && hidden == 1);
    }
}
