//! A picture that stands alone: SVG text with its own colours, a title and a description. Text from outside (names, rules)
//! is escaped here and nowhere else; nothing in it loads anything.

use std::fmt::Write;

/// Width in CSS pixels; the height follows from the content.
pub const WIDTH: usize = 1200;
/// Colours: those of `tokens.css` in its light theme.
pub const INK: &str = "#1c2430";
/// Of what matters less.
pub const SOFT: &str = "#566070";
/// Behind everything.
pub const PAPER: &str = "#f6f4ef";
/// Behind words.
pub const PANEL: &str = "#fffdf9";
/// What passes.
pub const ALLOW: &str = "#17784d";
/// What is stopped.
pub const DENY: &str = "#c2322a";
/// The network between hosts.
pub const NET: &str = "#8d9bb1";
/// Height of a slab.
pub const SLAB: usize = 46;

/// A drawing, and how high it is.
pub struct Drawing {
    /// The SVG document.
    pub svg: String,
    /// Its height in CSS pixels.
    pub height: usize,
}

/// What has been drawn.
#[derive(Default)]
pub struct Sheet {
    body: String,
}

impl Sheet {
    /// A frame of any height: a border in this colour, dashed or not, and what is inside lightened by it.
    pub fn frame(&mut self, place: (usize, usize), size: (usize, usize), colour: &str, dashed: bool) {
        let ((x, y), (width, height)) = (place, size);
        let dash = if dashed { " stroke-dasharray=\"6 4\"" } else { "" };
        let _ = writeln!(
            self.body,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"10\" fill=\"{PANEL}\" stroke=\"{colour}\"{dash}/>"
        );
    }

    /// A small disc.
    pub fn dot(&mut self, x: usize, y: usize, colour: &str) {
        let _ = writeln!(self.body, "<circle cx=\"{x}\" cy=\"{y}\" r=\"5\" fill=\"{colour}\"/>");
    }

    /// The document: `below` (elements of SVG that are drawn before everything else) and what has been drawn, with a
    /// title and a description for those who do not see it.
    pub fn finish(self, height: usize, title: &str, told: &str, below: &str) -> Drawing {
        let (title, told) = (escaped(title), escaped(told));
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"title desc\" font-family=\"system-ui, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif\">\n<title id=\"title\">{title}</title>\n<desc id=\"desc\">{told}</desc>\n<rect width=\"{WIDTH}\" height=\"{height}\" fill=\"{PAPER}\"/>\n{below}{}</svg>\n",
            self.body
        );
        Drawing { svg, height }
    }

    /// Words, from their left end on the line.
    pub fn text(&mut self, x: usize, y: usize, size: usize, colour: &str, weight: usize, words: &str) {
        // Writing into a String cannot fail, here and below.
        let _ = writeln!(
            self.body,
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" font-weight=\"{weight}\" fill=\"{colour}\">{}</text>",
            escaped(words)
        );
    }

    /// A layer or a station: its colour, lightened, upon the panel's.
    pub fn slab(&mut self, x: usize, y: usize, width: usize, colour: &str, corner: usize) {
        let frame = format!("x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{SLAB}\" rx=\"{corner}\"");
        let _ = writeln!(
            self.body,
            "<rect {frame} fill=\"{PANEL}\"/><rect {frame} fill=\"{colour}\" fill-opacity=\"0.25\" stroke=\"{colour}\"/>"
        );
    }

    /// From the wire to a layer that the packet came to, and to an end outside.
    pub fn tick(&mut self, lane: usize, edge: usize, y: usize) {
        let _ = writeln!(
            self.body,
            "<path d=\"M{lane} {y}H{edge}\" stroke=\"{ALLOW}\" stroke-width=\"2\"/>"
        );
    }

    /// The verdict: sign and colour; a ring where the packet was not seen.
    pub fn mark(&mut self, x: usize, y: usize, passed: Option<bool>) {
        let (fill, sign) = match passed {
            Some(false) => (DENY, "✕"),
            Some(true) => (ALLOW, "✓"),
            None => (SOFT, "?"),
        };
        let _ = writeln!(
            self.body,
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"10\" fill=\"{fill}\"/><text x=\"{x}\" y=\"{}\" font-size=\"12\" text-anchor=\"middle\" fill=\"{PANEL}\">{sign}</text>",
            y + 4
        );
    }
}

/// As XML's character data; characters that XML 1.0 cannot hold are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(letter),
            '\u{fffe}' | '\u{ffff}' => {}
            _ if letter.is_control() => {}
            _ => out.push(letter),
        }
    }
    out
}

/// At most so many characters, with an ellipsis where some are missing.
pub fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut out: String = text.chars().take(most.saturating_sub(1)).collect();
    out.push('…');
    out
}

/// Lines of about so many characters, broken between words.
pub fn wrapped(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
