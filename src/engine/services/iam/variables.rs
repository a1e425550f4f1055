//! Texts of policies: `${…}` stands for the value of a condition key, `*` and `?` for any letters. What comes from the request
//! is never a wildcard.
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>

use super::conditions::Context;

/// What becomes of a text once its variables are replaced.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Text {
    /// Itself.
    Plain,
    /// A pattern for [`crate::services::ec2::common::wildcard`], in which `\` takes the next letter as it is.
    Pattern,
}

/// A text with its variables replaced by what the request has; `None` where it has no such value, or several: nothing fits
/// then. Without a context variables are letters like others.
pub(super) fn expand(text: &str, context: Option<&Context>, as_what: Text) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let literal = |value: &str, out: &mut String| {
        for letter in value.chars() {
            if as_what == Text::Pattern && matches!(letter, '*' | '?' | '\\') {
                out.push('\\');
            }
            out.push(letter);
        }
    };
    let own = |part: &str, out: &mut String| match as_what {
        Text::Plain => out.push_str(part),
        Text::Pattern => out.push_str(&part.replace('\\', "\\\\")),
    };
    let mut rest = text;
    while let Some(context) = context
        && let Some((before, inside)) = rest.split_once("${")
        && let Some((name, after)) = inside.split_once('}')
    {
        own(before, &mut out);
        match name {
            "*" | "?" | "$" => literal(name, &mut out),
            _ => literal(&value(name, context)?, &mut out),
        }
        rest = after;
    }
    own(rest, &mut out);
    Some(out)
}

/// [`expand`] as a pattern.
pub(super) fn pattern(text: &str, context: Option<&Context>) -> Option<String> {
    expand(text, context, Text::Pattern)
}

/// The value of `aws:username`, or of `aws:PrincipalTag/team, 'everybody'` with what it is where there is none.
fn value(variable: &str, context: &Context) -> Option<String> {
    let (key, default) = match variable.split_once(',') {
        Some((key, default)) => (key, Some(default.trim())),
        None => (variable, None),
    };
    match context.get(key.trim()) {
        [one] => Some(one.clone()),
        [] => default?.strip_prefix('\'')?.strip_suffix('\'').map(str::to_owned),
        _ => None,
    }
}
