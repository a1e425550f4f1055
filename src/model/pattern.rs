//! The model's regular expressions: whether a whole text matches one.
//!
//! Ours, because `regex-lite` (20 KB of the page, brotli; this is 8, half of it tables of letters) reads neither `\p{L}`, `\u00FF` nor look-around,
//! which a quarter of the patterns of the services that Stratus has or will have use. Only yes or no is asked, so nothing is
//! captured and greed does not matter: every part of a pattern maps the set of places where it may start to the set of places
//! where it may end. That takes no exponential time, whatever the pattern.
//!
//! What is not understood (back-references, flags) matches everything: a service is rather too lenient than wrong.

use std::collections::BTreeSet;

/// Steps that one match may take; ours. What takes longer counts as matching.
const STEPS: usize = 4_000_000;
/// Groups inside each other.
const DEPTH: usize = 32;
/// More repetitions than this are as many as one likes.
const REPETITIONS: usize = 1 << 17;

/// Whether the whole text matches.
pub fn matches(pattern: &str, text: &str) -> bool {
    let mut parser = Parser {
        rest: pattern.chars().collect(),
        at: 0,
        depth: 0,
    };
    let Some(node) = parser.alternatives().filter(|_| parser.at == parser.rest.len()) else {
        return true;
    };
    let text: Vec<char> = text.chars().collect();
    let mut matcher = Matcher {
        text: &text,
        steps: STEPS,
    };
    let ends = matcher.ends(&node, vec![0]);
    matcher.steps == 0 || ends.last() == Some(&text.len())
}

/// A pattern that has been read, to find where a text matches it. Of all matches at a place the longest counts, as POSIX
/// has it for `grep`.
pub struct Pattern(Node);

impl Pattern {
    /// Reads a pattern; `None` where it is not understood.
    pub fn read(pattern: &str) -> Option<Self> {
        let mut parser = Parser {
            rest: pattern.chars().collect(),
            at: 0,
            depth: 0,
        };
        let node = parser.alternatives()?;
        (parser.at == parser.rest.len()).then_some(Self(node))
    }

    /// Whether the text matches anywhere. What takes longer than a match may counts as none.
    pub fn is_in(&self, text: &[char]) -> bool {
        let mut matcher = Matcher { text, steps: STEPS };
        !matcher.ends(&self.0, (0..=text.len()).collect()).is_empty()
    }

    /// Start and end of the first match that begins at this place or later.
    pub fn find(&self, text: &[char], from: usize) -> Option<(usize, usize)> {
        let mut matcher = Matcher { text, steps: STEPS };
        (from..=text.len()).find_map(|start| {
            let ends = matcher.ends(&self.0, vec![start]);
            ends.last().map(|end| (start, *end))
        })
    }
}

type Set = fn(char) -> bool;

enum Node {
    One(Class),
    All(Vec<Node>),
    Any(Vec<Node>),
    Repeat {
        node: Box<Node>,
        min: usize,
        max: usize,
    },
    Start,
    End,
    WordEdge,
    Look {
        node: Box<Node>,
        behind: bool,
        negated: bool,
    },
}

#[derive(Default)]
struct Class {
    negated: bool,
    /// UTF-32, both ends included.
    ranges: Vec<(u32, u32)>,
    /// Further sets; with `true` everything outside of them.
    sets: Vec<(Set, bool)>,
}

impl Class {
    fn has(&self, c: char) -> bool {
        let inside = self
            .ranges
            .iter()
            .any(|(first, last)| (*first..=*last).contains(&u32::from(c)))
            || self.sets.iter().any(|(set, outside)| set(c) != *outside);
        inside != self.negated
    }
}

struct Matcher<'a> {
    text: &'a [char],
    steps: usize,
}

impl Matcher<'_> {
    /// Where the node may end if it starts at one of the places. Sorted, as `starts` is; empty once the steps are used up.
    fn ends(&mut self, node: &Node, starts: Vec<usize>) -> Vec<usize> {
        self.steps = self.steps.saturating_sub(1 + starts.len());
        if self.steps == 0 || starts.is_empty() {
            return Vec::new();
        }
        let length = self.text.len();
        match node {
            Node::One(class) => starts
                .into_iter()
                .filter(|at| self.one(class, *at))
                .map(|at| at + 1)
                .collect(),
            Node::All(nodes) => nodes.iter().fold(starts, |places, node| self.ends(node, places)),
            Node::Any(nodes) => {
                let mut all = Vec::new();
                for node in nodes {
                    let ends = self.ends(node, starts.clone());
                    all = union(all, &ends);
                }
                all
            }
            Node::Repeat { node, min, max } => match node.as_ref() {
                Node::One(class) => self.run(class, &starts, *min, *max),
                node => self.repeat(node, starts, *min, *max),
            },
            Node::Start => starts.into_iter().filter(|at| *at == 0).collect(),
            Node::End => starts.into_iter().filter(|at| *at == length).collect(),
            Node::WordEdge => starts
                .into_iter()
                .filter(|at| self.word(at.wrapping_sub(1)) != self.word(*at))
                .collect(),
            Node::Look {
                node,
                behind: false,
                negated,
            } => starts
                .into_iter()
                .filter(|at| self.ends(node, vec![*at]).is_empty() == *negated)
                .collect(),
            Node::Look {
                node,
                behind: true,
                negated,
            } => {
                let ends = self.ends(node, (0..=length).collect());
                starts
                    .into_iter()
                    .filter(|at| ends.binary_search(at).is_err() == *negated)
                    .collect()
            }
        }
    }

    fn one(&self, class: &Class, at: usize) -> bool {
        self.text.get(at).is_some_and(|c| class.has(*c))
    }

    fn word(&self, at: usize) -> bool {
        self.text.get(at).is_some_and(|c| is_word(*c))
    }

    /// A character class repeated, in one go over the text: from each start to the end of the run of such characters.
    fn run(&mut self, class: &Class, starts: &[usize], min: usize, max: usize) -> Vec<usize> {
        let (mut ends, mut run_end, mut next) = (Vec::new(), 0, 0);
        let from = starts.first().copied().unwrap_or_default();
        for start in starts {
            run_end = run_end.max(*start);
            while self.one(class, run_end) {
                run_end += 1;
            }
            let last = run_end.min(start.saturating_add(max));
            let first = start.saturating_add(min).max(next);
            ends.extend(first..=last);
            next = next.max(last + 1);
        }
        self.steps = self.steps.saturating_sub(run_end - from);
        ends
    }

    fn repeat(&mut self, node: &Node, starts: Vec<usize>, min: usize, max: usize) -> Vec<usize> {
        let mut places = starts;
        for _ in 0..min {
            places = self.ends(node, places);
            if places.is_empty() {
                return places;
            }
        }
        let mut reached = BTreeSet::new();
        places.retain(|at| reached.insert(*at));
        for _ in min..max {
            places = self.ends(node, places);
            places.retain(|at| reached.insert(*at));
            if places.is_empty() {
                break;
            }
        }
        reached.into_iter().collect()
    }
}

/// Of two sorted lists one, each place once.
fn union(one: Vec<usize>, other: &[usize]) -> Vec<usize> {
    if one.is_empty() || other.is_empty() {
        return if one.is_empty() { other.to_vec() } else { one };
    }
    let mut all = Vec::with_capacity(one.len() + other.len());
    let (mut one, mut other) = (one.into_iter().peekable(), other.iter().copied().peekable());
    while let Some(next) = one.peek().into_iter().chain(other.peek()).min().copied() {
        one.next_if_eq(&next);
        other.next_if_eq(&next);
        all.push(next);
    }
    all
}

struct Parser {
    rest: Vec<char>,
    at: usize,
    depth: usize,
}

/// Every method answers `None` where the pattern is not understood.
impl Parser {
    fn peek(&self) -> Option<char> {
        self.rest.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += 1;
        Some(c)
    }

    fn skip(&mut self, text: &str) -> bool {
        let found = text
            .chars()
            .enumerate()
            .all(|(at, c)| self.rest.get(self.at + at) == Some(&c));
        if found {
            self.at += text.chars().count();
        }
        found
    }

    fn alternatives(&mut self) -> Option<Node> {
        let mut alternatives = vec![self.sequence()?];
        while self.skip("|") {
            alternatives.push(self.sequence()?);
        }
        if alternatives.len() == 1 {
            alternatives.pop()
        } else {
            Some(Node::Any(alternatives))
        }
    }

    fn sequence(&mut self) -> Option<Node> {
        let mut nodes = Vec::new();
        while self.peek().is_some_and(|c| c != '|' && c != ')') {
            let node = self.atom()?;
            nodes.push(self.repeated(node)?);
        }
        Some(Node::All(nodes))
    }

    fn atom(&mut self) -> Option<Node> {
        Some(match self.next()? {
            '(' => return self.group(),
            '[' => Node::One(self.class()?),
            '^' => Node::Start,
            '$' => Node::End,
            '.' => Node::One(Class {
                negated: true,
                ranges: vec![(10, 10), (13, 13)],
                sets: Vec::new(),
            }),
            '\\' if self.skip("b") => Node::WordEdge,
            '\\' => {
                let mut class = Class::default();
                if let Some(code) = self.escape(&mut class)? {
                    class.ranges.push((code, code));
                }
                Node::One(class)
            }
            '*' | '+' | '?' => return None,
            c => Node::One(Class {
                ranges: vec![(u32::from(c), u32::from(c))],
                ..Class::default()
            }),
        })
    }

    fn group(&mut self) -> Option<Node> {
        self.depth += 1;
        if self.depth > DEPTH {
            return None;
        }
        let looks = [
            ("?=", false, false),
            ("?!", false, true),
            ("?<=", true, false),
            ("?<!", true, true),
        ];
        let look = looks.into_iter().find(|(mark, ..)| self.skip(mark));
        if look.is_none() && !self.skip("?:") && self.peek() == Some('?') {
            return None;
        }
        let node = self.alternatives()?;
        self.depth -= 1;
        if !self.skip(")") {
            return None;
        }
        Some(match look {
            Some((_, behind, negated)) => Node::Look {
                node: Box::new(node),
                behind,
                negated,
            },
            None => node,
        })
    }

    fn repeated(&mut self, mut node: Node) -> Option<Node> {
        loop {
            let (min, max) = match self.peek() {
                Some('*') => (0, REPETITIONS),
                Some('+') => (1, REPETITIONS),
                Some('?') => (0, 1),
                Some('{') => {
                    self.at += 1;
                    let min = self.decimal()?;
                    let max = if self.skip(",") {
                        self.decimal().unwrap_or(REPETITIONS)
                    } else {
                        min
                    };
                    (min.min(REPETITIONS), max.min(REPETITIONS))
                }
                _ => return Some(node),
            };
            // For braces, the closing one is what remains to be read.
            self.at += 1;
            if self.rest.get(self.at - 1).is_none_or(|c| !"*+?}".contains(*c)) {
                return None;
            }
            // Lazy and possessive repetitions differ from greedy ones in what they capture only.
            if !self.skip("?") {
                self.skip("+");
            }
            node = Node::Repeat {
                node: Box::new(node),
                min,
                max,
            };
        }
    }

    fn decimal(&mut self) -> Option<usize> {
        let start = self.at;
        while self.peek().is_some_and(|c| c.is_ascii_digit()) {
            self.at += 1;
        }
        self.rest.get(start..self.at)?.iter().collect::<String>().parse().ok()
    }

    /// What stands between square brackets.
    fn class(&mut self) -> Option<Class> {
        let mut class = Class {
            negated: self.skip("^"),
            ..Class::default()
        };
        let mut first = true;
        loop {
            let c = self.next()?;
            if c == ']' && !first {
                return Some(class);
            }
            first = false;
            let start = if c == '\\' {
                self.escape(&mut class)?
            } else {
                Some(u32::from(c))
            };
            let Some(start) = start else {
                continue;
            };
            let is_range = self.peek() == Some('-') && self.rest.get(self.at + 1).is_some_and(|c| *c != ']');
            if !is_range {
                class.ranges.push((start, start));
                continue;
            }
            self.at += 1;
            let end = match self.next()? {
                '\\' => self.escape(&mut class)?,
                c => Some(u32::from(c)),
            };
            match end {
                Some(end) => class.ranges.push((start, end)),
                // A set cannot end a range: the hyphen is one.
                None => class.ranges.extend([(start, start), (u32::from('-'), u32::from('-'))]),
            }
        }
    }

    /// What follows a backslash: a character, or `Some(None)` after adding a set to the class.
    fn escape(&mut self, class: &mut Class) -> Option<Option<u32>> {
        let c = self.next()?;
        let set: Set = match c.to_ascii_lowercase() {
            'd' => |c| c.is_ascii_digit(),
            'w' => is_word,
            's' => |c| c.is_ascii_whitespace() || c == '\u{b}',
            'p' => self.property()?,
            _ => {
                return Some(Some(match c {
                    'n' => 10,
                    'r' => 13,
                    't' => 9,
                    'f' => 12,
                    'v' => 11,
                    'u' => self.code_unit()?,
                    'x' => self.hexadecimal(2)?,
                    c if c.is_ascii_alphanumeric() => return None,
                    c => u32::from(c),
                }));
            }
        };
        class.sets.push((set, c.is_ascii_uppercase()));
        Some(None)
    }

    fn hexadecimal(&mut self, digits: usize) -> Option<u32> {
        let text: String = self.rest.get(self.at..self.at + digits)?.iter().collect();
        self.at += digits;
        u32::from_str_radix(&text, 16).ok()
    }

    /// `\uD800\uDC00` is one character.
    fn code_unit(&mut self) -> Option<u32> {
        let unit = self.hexadecimal(4)?;
        if (0xD800..0xDC00).contains(&unit) {
            let before = self.at;
            if self.skip("\\u") {
                match self.hexadecimal(4) {
                    Some(low) if (0xDC00..0xE000).contains(&low) => {
                        return Some(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
                    }
                    _ => self.at = before,
                }
            }
        }
        Some(unit)
    }

    fn property(&mut self) -> Option<Set> {
        let name: String = if self.skip("{") {
            let length = self.rest.get(self.at..)?.iter().position(|c| *c == '}')?;
            let name = self.rest.get(self.at..self.at + length)?.iter().collect();
            self.at += length + 1;
            name
        } else {
            self.next()?.into()
        };
        Some(match name.as_str() {
            "L" | "IsL" | "Alpha" | "IsAlphabetic" => char::is_alphabetic,
            "Upper" => |c| c.is_ascii_uppercase(),
            "Lower" => |c| c.is_ascii_lowercase(),
            "N" | "Nd" | "IsN" => char::is_numeric,
            "Z" | "Zs" | "IsZ" => |c| c.is_whitespace() && !c.is_control(),
            "Alnum" => |c| c.is_ascii_alphanumeric(),
            "Digit" => |c| c.is_ascii_digit(),
            "Space" => |c| c.is_ascii_whitespace() || c == '\u{b}',
            "Graph" => |c| c.is_ascii_graphic(),
            "Punct" => |c| c.is_ascii_punctuation(),
            "Print" => |c| c.is_ascii_graphic() || c == ' ',
            "ASCII" => |c| c.is_ascii(),
            _ => return None,
        })
    }
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}
