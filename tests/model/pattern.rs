//! The model's regular expressions. A text must match as a whole.

use stratus_model::pattern::matches;

fn check(pattern: &str, matching: &[&str], others: &[&str]) {
    for text in matching {
        assert!(matches(pattern, text), "{pattern} should match {text:?}");
    }
    for text in others {
        assert!(!matches(pattern, text), "{pattern} should not match {text:?}");
    }
}

#[test]
fn sequences_and_alternatives() {
    check("abc", &["abc"], &["", "ab", "abcd", "xabc"]);
    check("a|bc|", &["a", "bc", ""], &["b", "abc"]);
    check("(a|b)c(?:d|e)", &["acd", "bce"], &["ab", "cd"]);
    check(
        "^(i-(\\w{8}|\\w{17})$)|(^mi-\\w{17}$)",
        &["i-12345678", "mi-12345678901234567"],
        &["i-1", "mi-1"],
    );
    check("", &[""], &["a"]);
}

#[test]
fn repetitions() {
    check("a*", &["", "aaa"], &["b", "ab"]);
    check("[0-9]{3}", &["123"], &["12", "1234"]);
    check("[0-9]{2,}", &["12", "12345"], &["1"]);
    check("[0-9]{0,2}x", &["x", "1x", "12x"], &["123x"]);
    check("(ab){2,3}", &["abab", "ababab"], &["ab", "abababab", "aba"]);
    check("(a*)*b", &["b", "aaab"], &["a", "aa"]);
    check("(a|ab)(c|bcd)(d*)", &["abcd", "acdd", "abcdd"], &["abd"]);
    check("a+?b*+", &["a", "aabb"], &["b"]);
    check("([^.]+\\.){2}com", &["a.bc.com"], &["a.com", "a..com"]);
}

#[test]
fn classes() {
    check("[a-c_\\-.]+", &["a-b_c."], &["d", "a b"]);
    check("[^a-c]+", &["xyz"], &["a", "xa"]);
    check("[]a]+", &["]a"], &["b"]);
    check("[a-]+", &["a-"], &["b"]);
    check("[\\w-.]+", &["a-1_."], &["é", "a b"]);
    check("[^\\s]+", &["ab"], &["a b", "\t"]);
    check("\\d\\D\\s\\S", &["1a b"], &["aa b"]);
    check(".+", &["a b"], &["a\nb", ""]);
    check("[\\s\\S]*", &["a\nb", ""], &[]);
}

#[test]
fn characters_by_code() {
    check("[\\x20-\\x7E]+", &["a~ "], &["é", "\t"]);
    check("[\\u00A0-\\u00FF]+", &["é"], &["e", "日"]);
    check("[\\uD800\\uDC00-\\uDBFF\\uDFFF]+", &["😀"], &["a"]);
    check(
        "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*",
        &["Größe 日本 1=2", ""],
        &["a#b", "a\nb"],
    );
    check("\\p{ASCII}+", &["~a\t"], &["é"]);
    check("\\P{L}+", &["12-"], &["a"]);
}

#[test]
fn looking_around() {
    check("^(?!\\s*$).+", &["a", " a"], &["", "   "]);
    check("^(?=.{3,5}$)[a-z]+", &["abc", "abcde"], &["ab", "abcdef"]);
    check(
        "[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]",
        &["a-b", "my-alias-1"],
        &["a--b", "ab", "a-"],
    );
    check("[a-z.]*(?<!\\.)", &["a.b", ""], &["a."]);
    check("(?<=a)b|ab", &["ab"], &["b"]);
    check(
        "arn:\\b(aws|aws-cn)\\b:x",
        &["arn:aws:x", "arn:aws-cn:x"],
        &["arn:awsx:x"],
    );
}

#[test]
fn what_is_not_understood_lets_everything_through() {
    for pattern in [
        "(a)\\1",
        "(?i)a",
        "\\p{Cherokee}",
        "a(",
        "a)",
        "[a",
        "*a",
        "a{b}",
        "\\",
        "(?<name>a)",
    ] {
        assert!(matches(pattern, "anything"), "{pattern}");
    }
    assert!(matches(&"(".repeat(10_000), "anything"));
}

/// Patterns that make backtracking matchers take years.
#[test]
fn nothing_takes_exponential_time() {
    let text = "a".repeat(5000) + "!";
    check("(a+)+", &[], &[&text]);
    check("(a|a)*", &[], &[&text]);
    check("(.*)(.*)(.*)x", &[], &[&text]);
    // Out of steps: let through.
    assert!(matches("(a(?!.*x))*b", &"a".repeat(20_000)));
}
