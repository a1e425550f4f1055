//! Names of structure members as numbers. A number never changes its meaning: saved worlds and links hold it.

use crate::later;
use std::fmt;
use std::sync::LazyLock;

/// The name of a structure's member. Two members with the same name in different structures have the same `Name`.
/// Constants for all of them are in [`crate::field`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(pub(crate) u16);

/// The names that the first part of the model uses, each on the line of its number.
static FIRST: LazyLock<Table> = LazyLock::new(|| Table::new(include_str!(concat!(env!("OUT_DIR"), "/names.txt"))));
/// The others.
static REST: LazyLock<Table> = LazyLock::new(|| Table::new(later::names()));

struct Table {
    /// By number − 1; empty where the other table has it.
    texts: Vec<&'static str>,
    /// The same with a small first letter, as many wire names are.
    small: Vec<&'static str>,
}

impl Table {
    fn new(text: &'static str) -> Self {
        let texts: Vec<&'static str> = text.split('\n').collect();
        let mut lowered = String::with_capacity(text.len());
        for text in &texts {
            let mut letters = text.chars();
            lowered.extend(letters.next().map(|first| first.to_ascii_lowercase()));
            lowered.push_str(letters.as_str());
            lowered.push('\n');
        }
        // Leaked on purpose: made once, and wire names point into it for as long as the program runs.
        let lowered: &'static str = String::leak(lowered);
        Self {
            small: lowered.lines().collect(),
            texts,
        }
    }

    fn find(&self, text: &str) -> Option<Name> {
        let place = self.texts.iter().position(|name| *name == text)?;
        u16::try_from(place + 1).ok().map(Name)
    }
}

fn text_at(texts: &[&'static str], number: u16) -> Option<&'static str> {
    let text = texts.get(usize::from(number).wrapping_sub(1)).copied()?;
    (!text.is_empty()).then_some(text)
}

impl Name {
    /// The name as the API spells it: `InstanceId`.
    pub fn text(self) -> &'static str {
        text_at(&FIRST.texts, self.0)
            .or_else(|| text_at(&REST.texts, self.0))
            .unwrap_or_default()
    }

    /// The name with a small first letter: `instanceId`.
    pub(crate) fn small(self) -> &'static str {
        text_at(&FIRST.small, self.0)
            .or_else(|| text_at(&REST.small, self.0))
            .unwrap_or_default()
    }

    /// The `Name` that is spelled exactly so, if any service has a member called so. Looks at all names, which takes some
    /// microseconds: where the structure is known, [`crate::StructureShape::member_by_text`] is the better question.
    pub fn find(text: &str) -> Option<Self> {
        if text.is_empty() {
            return None;
        }
        FIRST.find(text).or_else(|| REST.find(text))
    }

    /// The number under which links and saved worlds keep this name.
    pub fn number(self) -> u16 {
        self.0
    }

    /// The name with this number; `None` for a number that is not given out.
    pub fn from_number(number: u16) -> Option<Self> {
        (1..=FIRST.texts.len())
            .contains(&usize::from(number))
            .then_some(Self(number))
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}
