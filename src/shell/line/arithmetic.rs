//! `$((…))`: whole numbers of 64 bits, with the operators of C. <https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#tag_18_06_04>

use crate::limits::DEPTH;

/// A value, and the variable that the sum sets.
type Sum = Result<(i64, Option<(String, i64)>), String>;

/// What a sum gives. The error is bash's text.
pub(super) fn evaluate(text: &str, look: &mut dyn FnMut(&str) -> Option<String>) -> Sum {
    let (mut text, mut set) = (text.trim(), None);
    // `NAME = …`, `NAME += …` at the front; never `==`.
    let name_end = text
        .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .unwrap_or(text.len());
    let (name, rest) = text.split_at(name_end);
    let rest = rest.trim_start();
    let mut add = None;
    if super::read::is_name(name) {
        let operator = rest.chars().next().filter(|c| "+-*/%".contains(*c));
        let after = operator.map_or(rest, |c| rest.trim_start_matches(c));
        if let Some(right) = after.strip_prefix('=').filter(|right| !right.starts_with('=')) {
            set = Some(name.to_owned());
            add = operator;
            text = right;
        }
    }
    let mut sum = Reader {
        chars: text.chars().collect(),
        at: 0,
        depth: 0,
        look,
    };
    let mut value = sum.choice()?;
    if sum.at < sum.chars.len() {
        return Err("syntax error in expression".into());
    }
    if let (Some(operator), Some(name)) = (add, &set) {
        let before = number(&look(name).unwrap_or_default()).unwrap_or(0);
        value = apply(&operator.to_string(), before, value)?;
    }
    Ok((value, set.map(|name| (name, value))))
}

fn number(text: &str) -> Option<i64> {
    let text = text.trim();
    match text.strip_prefix("0x") {
        Some(digits) => i64::from_str_radix(digits, 16).ok(),
        None if text.is_empty() => Some(0),
        None => text.parse().ok(),
    }
}

/// Operators by how tightly they bind, loosest first.
const LEVELS: [&[&str]; 10] = [
    &["||"],
    &["&&"],
    &["|"],
    &["^"],
    &["&"],
    &["==", "!="],
    &["<=", ">=", "<", ">"],
    &["<<", ">>"],
    &["+", "-"],
    &["*", "/", "%"],
];

fn apply(operator: &str, a: i64, b: i64) -> Result<i64, String> {
    Ok(match operator {
        "||" => i64::from(a != 0 || b != 0),
        "&&" => i64::from(a != 0 && b != 0),
        "|" => a | b,
        "^" => a ^ b,
        "&" => a & b,
        "==" => i64::from(a == b),
        "!=" => i64::from(a != b),
        "<=" => i64::from(a <= b),
        ">=" => i64::from(a >= b),
        "<" => i64::from(a < b),
        ">" => i64::from(a > b),
        "<<" => a.wrapping_shl(b as u32),
        ">>" => a.wrapping_shr(b as u32),
        "+" => a.wrapping_add(b),
        "-" => a.wrapping_sub(b),
        "*" => a.wrapping_mul(b),
        "/" | "%" if b == 0 => return Err("division by 0".into()),
        "/" => a.wrapping_div(b),
        _ => a.wrapping_rem(b),
    })
}

struct Reader<'a> {
    chars: Vec<char>,
    at: usize,
    depth: usize,
    look: &'a mut dyn FnMut(&str) -> Option<String>,
}

impl Reader<'_> {
    fn space(&mut self) {
        while self.chars.get(self.at).is_some_and(|c| c.is_whitespace()) {
            self.at += 1;
        }
    }

    fn skip(&mut self, text: &str) -> bool {
        self.space();
        let found = text
            .chars()
            .enumerate()
            .all(|(place, c)| self.chars.get(self.at + place) == Some(&c));
        if found {
            self.at += text.len();
        }
        found
    }

    /// `a ? b : c`.
    fn choice(&mut self) -> Result<i64, String> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err("expression recursion level exceeded".into());
        }
        let test = self.level(0)?;
        let value = if self.skip("?") {
            let yes = self.choice()?;
            if !self.skip(":") {
                return Err("`:' expected for conditional expression".into());
            }
            let no = self.choice()?;
            if test != 0 { yes } else { no }
        } else {
            test
        };
        self.space();
        self.depth -= 1;
        Ok(value)
    }

    fn level(&mut self, level: usize) -> Result<i64, String> {
        let Some(operators) = LEVELS.get(level) else {
            return self.unary();
        };
        let mut value = self.level(level + 1)?;
        loop {
            self.space();
            let next = self.chars.get(self.at + 1).copied();
            let operator = operators.iter().find(|operator| {
                let sees = operator
                    .chars()
                    .enumerate()
                    .all(|(place, c)| self.chars.get(self.at + place) == Some(&c));
                // `|`, `&`, `<` and `>` alone, not the half of another.
                let half =
                    operator.len() == 1 && "|&<>".contains(**operator) && next.is_some_and(|c| operator.contains(c));
                sees && !half
            });
            let Some(operator) = operator else {
                return Ok(value);
            };
            self.at += operator.len();
            let right = self.level(level + 1)?;
            value = apply(operator, value, right)?;
        }
    }

    fn unary(&mut self) -> Result<i64, String> {
        let mut signs = Vec::new();
        loop {
            self.space();
            match self.chars.get(self.at) {
                Some(&c) if "+-!~".contains(c) => {
                    self.at += 1;
                    signs.push(c);
                }
                _ => break,
            }
        }
        let mut value = self.operand()?;
        for sign in signs.into_iter().rev() {
            value = match sign {
                '-' => value.wrapping_neg(),
                '!' => i64::from(value == 0),
                '~' => !value,
                _ => value,
            };
        }
        Ok(value)
    }

    fn operand(&mut self) -> Result<i64, String> {
        if self.skip("(") {
            let value = self.choice()?;
            return if self.skip(")") {
                Ok(value)
            } else {
                Err("missing `)'".into())
            };
        }
        let rest = self.chars.get(self.at..).unwrap_or_default();
        let word: String = rest
            .iter()
            .take_while(|c| c.is_ascii_alphanumeric() || **c == '_')
            .collect();
        self.at += word.len();
        let value = if super::read::is_name(&word) {
            (self.look)(&word).unwrap_or_default()
        } else {
            word.clone()
        };
        match number(&value) {
            Some(value) if !word.is_empty() => Ok(value),
            _ if word.is_empty() => Err("syntax error: operand expected".into()),
            _ => Err(format!("{value}: value too great for base or not a number")),
        }
    }
}
