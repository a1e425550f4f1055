//! `$((1 + 2 * A))`: whole numbers of 64 bits with `+ - * / %` and parentheses. A name is a variable; one without a number is 0.
//! Source: <https://www.gnu.org/software/bash/manual/bash.html#Shell-Arithmetic>

use crate::base::limits::GUEST_PARENTHESES;
use std::collections::BTreeMap;

/// What an expression comes to.
///
/// # Errors
/// Why it comes to nothing, in the shell's words.
pub(super) fn value(text: &str, variables: &BTreeMap<String, String>) -> Result<i64, &'static str> {
    let mut reader = Reader {
        rest: text.trim_start(),
        variables,
        depth: 0,
    };
    if reader.rest.is_empty() {
        return Ok(0);
    }
    let value = reader.sum()?;
    match reader.rest {
        "" => Ok(value),
        _ => Err(SYNTAX),
    }
}

const SYNTAX: &str = "syntax error in expression (guests know + - * / % and parentheses: ours)";

struct Reader<'a> {
    rest: &'a str,
    variables: &'a BTreeMap<String, String>,
    depth: usize,
}

impl<'a> Reader<'a> {
    /// Takes the next sign, if it is one of these.
    fn sign(&mut self, signs: &[char]) -> Option<char> {
        let sign = self.rest.chars().next().filter(|sign| signs.contains(sign))?;
        self.rest = self.rest.get(1..).unwrap_or_default().trim_start();
        Some(sign)
    }

    fn sum(&mut self) -> Result<i64, &'static str> {
        let mut value = self.product()?;
        while let Some(sign) = self.sign(&['+', '-']) {
            let other = self.product()?;
            value = match sign {
                '+' => value.wrapping_add(other),
                _ => value.wrapping_sub(other),
            };
        }
        Ok(value)
    }

    fn product(&mut self) -> Result<i64, &'static str> {
        let mut value = self.one()?;
        while let Some(sign) = self.sign(&['*', '/', '%']) {
            let other = self.one()?;
            value = match sign {
                '*' => value.wrapping_mul(other),
                _ if other == 0 => return Err("division by 0"),
                '/' => value.wrapping_div(other),
                _ => value.wrapping_rem(other),
            };
        }
        Ok(value)
    }

    fn one(&mut self) -> Result<i64, &'static str> {
        let mut minus = false;
        while let Some(sign) = self.sign(&['+', '-']) {
            minus ^= sign == '-';
        }
        let value = match self.sign(&['(']) {
            Some(_) => self.within()?,
            None => self.operand()?,
        };
        Ok(if minus { value.wrapping_neg() } else { value })
    }

    fn within(&mut self) -> Result<i64, &'static str> {
        self.depth += 1;
        if self.depth > GUEST_PARENTHESES {
            return Err("parentheses stand too deep within parentheses (ours)");
        }
        let value = self.sum()?;
        self.depth -= 1;
        self.sign(&[')']).map(|_| value).ok_or(SYNTAX)
    }

    fn operand(&mut self) -> Result<i64, &'static str> {
        let rest = self.rest.strip_prefix('$').unwrap_or(self.rest);
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let (word, rest) = rest.split_at(end.unwrap_or(rest.len()));
        self.rest = rest.trim_start();
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            return word.parse().map_err(|_| SYNTAX);
        }
        let set = self.variables.get(word).map(|value| value.trim());
        match set.filter(|value| !value.is_empty()) {
            _ if word.is_empty() => Err(SYNTAX),
            Some(value) => value.parse().map_err(|_| SYNTAX),
            None => Ok(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions() {
        let variables = BTreeMap::from([("A".to_owned(), "7".to_owned()), ("B".to_owned(), "x".to_owned())]);
        let shown = |text: &str| value(text, &variables);
        assert_eq!(shown("1 + 2 * A"), Ok(15));
        assert_eq!(shown("-(A - 10) % 2 + $A / 2"), Ok(4));
        assert_eq!(shown(" "), Ok(0));
        assert_eq!(shown("none"), Ok(0));
        assert_eq!(shown("1 / 0"), Err("division by 0"));
        for wrong in ["1 +", "(1", "B", "1 2", "1 << 3", "ä"] {
            assert_eq!(shown(wrong), Err(SYNTAX), "{wrong}");
        }
        assert!(shown(&"(".repeat(10_000)).is_err());
    }
}
