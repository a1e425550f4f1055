//! POSIX's regular expressions, basic and extended, in the spelling of the model's matcher.
//!
//! The matcher is `stratus_model::pattern`, which the page has anyway (0 bytes more, where `regex-lite` costs 20 to 26 KB
//! brotli), takes no exponential time, and gives the longest match at a place, as POSIX wants and `regex-lite` does not.
//! Back-references are refused.

use stratus_model::pattern::Pattern;

/// How a pattern is to be read.
#[derive(Clone, Copy, Default)]
pub(in crate::line) struct Style {
    pub extended: bool,
    pub fixed: bool,
    pub ignore_case: bool,
    pub words: bool,
    pub lines: bool,
}

/// Reads patterns, any of which may match. The error is grep's text.
pub(in crate::line) fn read(patterns: &[String], style: Style) -> Result<Pattern, String> {
    let mut alternatives = Vec::new();
    for pattern in patterns.iter().flat_map(|pattern| pattern.split('\n')) {
        alternatives.push(translate(pattern, style)?);
    }
    let mut joined = format!("(?:{})", alternatives.join("|"));
    if style.words {
        joined = format!("(?<!\\w){joined}(?!\\w)");
    }
    if style.lines {
        joined = format!("^{joined}$");
    }
    Pattern::read(&joined).ok_or_else(|| "Invalid regular expression".to_owned())
}

/// A text as the pattern is to see it.
pub(in crate::line) fn seen(text: &str, style: Style) -> Vec<char> {
    if style.ignore_case {
        text.chars().map(small).collect()
    } else {
        text.chars().collect()
    }
}

fn small(c: char) -> char {
    let mut small = c.to_lowercase();
    match (small.next(), small.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

struct Translator {
    chars: Vec<char>,
    at: usize,
    out: String,
    open: usize,
    /// Nothing stands here yet that could be repeated.
    fresh: bool,
    style: Style,
}

fn translate(pattern: &str, style: Style) -> Result<String, String> {
    let mut translator = Translator {
        chars: pattern.chars().collect(),
        at: 0,
        out: String::new(),
        open: 0,
        fresh: true,
        style,
    };
    while let Some(&c) = translator.chars.get(translator.at) {
        translator.at += 1;
        if style.fixed {
            translator.literal(c)
        } else {
            translator.one(c)?
        }
    }
    if translator.open > 0 {
        return Err("Unmatched ( or \\(".into());
    }
    Ok(translator.out)
}

impl Translator {
    fn literal(&mut self, c: char) {
        let c = if self.style.ignore_case { small(c) } else { c };
        if !(c.is_alphanumeric() || c == '_' || c.is_whitespace() || !c.is_ascii()) {
            self.out.push('\\');
        }
        self.out.push(c);
        self.fresh = false;
    }

    fn one(&mut self, c: char) -> Result<(), String> {
        let next = self.chars.get(self.at).copied();
        match (c, next) {
            ('[', _) => return self.bracket(),
            ('.', _) => {
                self.out.push('.');
                self.fresh = false;
            }
            ('*', _) => self.operator('*')?,
            ('^', _) if self.fresh || self.style.extended => self.out.push('^'),
            ('$', _) if self.style.extended || self.ends_here() => self.out.push('$'),
            ('\\', None) => return Err("Trailing backslash".into()),
            ('\\', Some(next)) => {
                self.at += 1;
                match next {
                    'w' | 'W' | 's' | 'S' => {
                        self.out.extend(['\\', next]);
                        self.fresh = false;
                    }
                    'b' | '<' | '>' => self.out.push_str("\\b"),
                    '1'..='9' => return Err("back-references are not here".into()),
                    'd' | 'D' => {
                        // Perl's, which many type all the same.
                        self.out.extend(['\\', next]);
                        self.fresh = false;
                    }
                    c if !self.style.extended && "(){}|+?".contains(c) => self.operator(c)?,
                    c => self.literal(c),
                }
            }
            (c, _) if self.style.extended && "(){}|+?".contains(c) => self.operator(c)?,
            (c, _) => self.literal(c),
        }
        Ok(())
    }

    /// Whether a `$` of a basic expression stands at an end.
    fn ends_here(&self) -> bool {
        let rest = self.chars.get(self.at..).unwrap_or_default();
        matches!(rest, [] | ['\\', ')' | '|', ..])
    }

    fn operator(&mut self, c: char) -> Result<(), String> {
        match c {
            '(' => {
                self.open += 1;
                self.out.push_str("(?:");
                self.fresh = true;
            }
            ')' if self.open == 0 && self.style.extended => return Err("Unmatched ) or \\)".into()),
            ')' if self.open == 0 => return Err("Unmatched ( or \\(".into()),
            ')' => {
                self.open -= 1;
                self.out.push(')');
                self.fresh = false;
            }
            '|' => {
                self.out.push('|');
                self.fresh = true;
            }
            '{' => return self.count(),
            // What repeats nothing is a character.
            c if self.fresh || c == '}' => self.literal(c),
            c => self.out.push(c),
        }
        Ok(())
    }

    /// `{2,5}`.
    fn count(&mut self) -> Result<(), String> {
        let rest: String = self.chars.get(self.at..).unwrap_or_default().iter().collect();
        let end = if self.style.extended { "}" } else { "\\}" };
        let Some((inside, _)) = rest.split_once(end).filter(|(inside, _)| {
            !self.fresh && !inside.is_empty() && inside.chars().all(|c| c.is_ascii_digit() || c == ',')
        }) else {
            self.literal('{');
            return Ok(());
        };
        self.at += inside.chars().count() + end.len();
        let (min, max) = inside
            .split_once(',')
            .map_or((inside, Some(inside)), |(min, max)| (min, Some(max)));
        let min = if min.is_empty() { "0" } else { min };
        let number = |text: &str| text.parse::<usize>().ok().filter(|number| *number <= 32_767);
        let too_big = || "Regular expression too big".to_owned();
        let low = number(min).ok_or_else(too_big)?;
        if let Some(max) = max.filter(|max| !max.is_empty())
            && number(max).ok_or_else(too_big)? < low
        {
            return Err("Invalid content of \\{\\}".into());
        }
        let written = if inside.contains(',') {
            format!("{{{min},{}}}", max.unwrap_or_default())
        } else {
            format!("{{{min}}}")
        };
        self.out.push_str(&written);
        Ok(())
    }

    fn bracket(&mut self) -> Result<(), String> {
        let unmatched = || "Unmatched [, [^, [:, [., or [=".to_owned();
        if self.at >= self.chars.len() {
            return Err("Invalid regular expression".into());
        }
        self.out.push('[');
        if self.chars.get(self.at) == Some(&'^') {
            self.at += 1;
            self.out.push('^');
        }
        let start = self.at;
        loop {
            let c = self.chars.get(self.at).copied().ok_or_else(unmatched)?;
            self.at += 1;
            match c {
                ']' if self.at > start + 1 => break,
                '[' if self.chars.get(self.at) == Some(&':') => {
                    let rest: String = self.chars.get(self.at + 1..).unwrap_or_default().iter().collect();
                    let (name, _) = rest.split_once(":]").ok_or_else(unmatched)?;
                    self.at += name.chars().count() + 3;
                    self.out.push_str(self.class(name)?);
                }
                '-' => self.out.push('-'),
                c => {
                    if "\\[]^".contains(c) {
                        self.out.push('\\');
                    }
                    self.out.push(if self.style.ignore_case { small(c) } else { c });
                }
            }
        }
        self.out.push(']');
        self.fresh = false;
        Ok(())
    }

    fn class(&self, name: &str) -> Result<&'static str, String> {
        Ok(match name {
            "alpha" => "\\p{L}",
            "digit" => "0-9",
            "alnum" => "\\p{L}0-9",
            "upper" | "lower" if self.style.ignore_case => "\\p{L}",
            "upper" => "\\p{Upper}",
            "lower" => "\\p{Lower}",
            "space" => "\\s",
            "blank" => " \\t",
            "punct" => "\\p{Punct}",
            "xdigit" => "0-9A-Fa-f",
            "print" => "\\p{Print}",
            "graph" => "\\p{Graph}",
            _ => return Err("Invalid character class name".into()),
        })
    }
}
