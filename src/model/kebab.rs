//! How the AWS CLI spells the API's names. Standard library only: the build script compiles this file as well.

/// The AWS CLI's spelling of an operation's or a member's name: `DescribeDBInstances` → `describe-db-instances`,
/// `VpcId` → `vpc-id`, `Ipv6CidrBlock` → `ipv6-cidr-block`. Same result as botocore's `xform_name`, its table of brand
/// names apart.
pub fn cli_name(name: &str) -> String {
    if name.contains('-') {
        return name.to_string();
    }
    let mut text: Vec<char> = name.chars().collect();
    // A plural abbreviation at the end is one word: TargetGroupARNs → target-group-arns.
    if text.last() == Some(&'s') {
        let capitals = text.iter().rev().skip(1).take_while(|c| c.is_ascii_uppercase()).count();
        if capitals >= 2 {
            let start = text.len() - 1 - capitals;
            for c in text.iter_mut().skip(start) {
                *c = c.to_ascii_lowercase();
            }
            text.insert(start, '-');
        }
    }
    between_small_and_capital(&before_capitalised_words(&text)).to_ascii_lowercase()
}

/// Cuts before every capital that small letters follow, the first letter apart.
fn before_capitalised_words(text: &[char]) -> Vec<char> {
    let small = |at: usize| text.get(at).is_some_and(char::is_ascii_lowercase);
    let mut cut = Vec::with_capacity(text.len() + 8);
    let mut at = 0;
    while let Some(&c) = text.get(at) {
        cut.push(c);
        at += 1;
        if text.get(at).is_some_and(char::is_ascii_uppercase) && small(at + 1) {
            cut.push('-');
            cut.extend(text.get(at));
            at += 1;
            while let Some(&c) = text.get(at).filter(|c| c.is_ascii_lowercase()) {
                cut.push(c);
                at += 1;
            }
        }
    }
    cut
}

/// Cuts where a small letter or a digit meets a capital.
fn between_small_and_capital(text: &[char]) -> String {
    let mut cut = String::with_capacity(text.len() + 8);
    let mut previous = '-';
    for &c in text {
        if c.is_ascii_uppercase() && (previous.is_ascii_lowercase() || previous.is_ascii_digit()) {
            cut.push('-');
        }
        cut.push(c);
        previous = c;
    }
    cut
}
