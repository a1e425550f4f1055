//! An XML document as a tree of elements, read with limits.
//! May never happen: a DTD or an entity of the document's own is taken; a tree deeper or larger than `limits` says.

use crate::limits;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::mem::take;

/// One element.
#[derive(Debug, Default)]
pub struct Element {
    /// Without a prefix.
    pub name: String,
    /// With their prefixes.
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Element>,
    /// The character data directly in it; empty as soon as an element follows, where it is only the layout.
    pub text: String,
}

/// What is wrong with a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// Not well formed, or with what is never taken.
    Syntax,
    /// Deeper or larger than the limits.
    TooLarge,
}

impl Element {
    /// The first child with this name.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    pub fn attribute(&self, name: &str) -> Option<&str> {
        let local = |name: &str| name.rsplit(':').next().unwrap_or_default().to_string();
        let of = |wanted: &dyn Fn(&str) -> bool| self.attributes.iter().find(|(name, _)| wanted(name));
        of(&|it| it == name)
            .or_else(|| of(&|it| !it.starts_with("xmlns") && local(it) == local(name)))
            .map(|(_, value)| value.as_str())
    }
}

/// Reads a document: its root.
///
/// # Errors
/// Says whether it is wrong or too much.
pub fn parse(bytes: &[u8], most_elements: usize) -> Result<Element, Malformed> {
    let text = std::str::from_utf8(bytes).map_err(|_| Malformed::Syntax)?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    let mut count = 0;
    loop {
        match reader.read_event().map_err(|_| Malformed::Syntax)? {
            Event::Start(start) => {
                count += 1;
                if count > most_elements || open.len() == limits::DEPTH {
                    return Err(Malformed::TooLarge);
                }
                open.push(element(&start, root.is_some())?);
            }
            Event::Empty(start) => {
                count += 1;
                if count > most_elements || open.len() == limits::DEPTH {
                    return Err(Malformed::TooLarge);
                }
                close(element(&start, root.is_some())?, &mut open, &mut root);
            }
            Event::End(_) => {
                let element = open.pop().ok_or(Malformed::Syntax)?;
                close(element, &mut open, &mut root);
            }
            Event::Text(text) => append(&text.xml10_content(), &mut open)?,
            Event::CData(text) => append(&text.xml10_content(), &mut open)?,
            Event::GeneralRef(reference) => {
                let text = match reference.resolve_char_ref().map_err(|_| Malformed::Syntax)? {
                    Some(c) => c.to_string(),
                    None => predefined(&reference).ok_or(Malformed::Syntax)?.to_string(),
                };
                append(&text, &mut open)?;
            }
            Event::DocType(_) => return Err(Malformed::Syntax),
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    if open.is_empty() {
        root.ok_or(Malformed::Syntax)
    } else {
        Err(Malformed::Syntax)
    }
}

fn element(start: &BytesStart<'_>, again: bool) -> Result<Element, Malformed> {
    if again {
        return Err(Malformed::Syntax);
    }
    let name: &str = start.local_name().into_inner();
    let mut element = Element {
        name: name.to_string(),
        ..Element::default()
    };
    for attribute in start.attributes() {
        if element.attributes.len() == limits::ATTRIBUTES {
            return Err(Malformed::TooLarge);
        }
        let attribute = attribute.map_err(|_| Malformed::Syntax)?;
        let value = quick_xml::escape::unescape(&attribute.value).map_err(|_| Malformed::Syntax)?;
        let name: &str = attribute.key.into_inner();
        element.attributes.push((name.to_string(), value.into_owned()));
    }
    Ok(element)
}

fn close(mut element: Element, open: &mut [Element], root: &mut Option<Element>) {
    if !element.children.is_empty() {
        take(&mut element.text);
    }
    match open.last_mut() {
        Some(parent) => parent.children.push(element),
        None => *root = Some(element),
    }
}

fn append(text: &str, open: &mut [Element]) -> Result<(), Malformed> {
    match open.last_mut() {
        Some(element) => element.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => return Err(Malformed::Syntax),
    }
    Ok(())
}

fn predefined(name: &str) -> Option<&'static str> {
    Some(match name {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "apos" => "'",
        "quot" => "\"",
        _ => return None,
    })
}
