//! The tree that every call's parameters and every answer are. Plain data: it knows no shape; `check` compares the two.

use crate::Name;
use std::collections::BTreeMap;
use std::fmt;

/// One parameter, or a part of one.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Bool(bool),
    /// For the model's `integer` and `long`.
    Integer(i64),
    /// For the model's `float` and `double`. Never NaN or infinite in a checked call.
    Double(f64),
    String(String),
    Blob(Vec<u8>),
    /// Milliseconds since 1970-01-01T00:00:00Z.
    Timestamp(i64),
    List(Vec<Value>),
    Map(BTreeMap<String, Value>),
    Structure(Structure),
}

/// Named parts, kept in the order of their names' numbers. A name occurs once.
#[derive(Clone, Default, PartialEq)]
pub struct Structure(Vec<(Name, Value)>);

impl Structure {
    pub fn new() -> Self {
        Self::default()
    }

    /// With room for so many parts: what has dozens is built without moving them about.
    pub fn with_capacity(parts: usize) -> Self {
        Self(Vec::with_capacity(parts))
    }

    fn place(&self, name: Name) -> Result<usize, usize> {
        // What is read from a form, and much of what is answered, comes in the order of the numbers.
        if self.0.last().is_none_or(|(last, _)| *last < name) {
            return Err(self.0.len());
        }
        self.0.binary_search_by_key(&name, |(name, _)| *name)
    }

    pub fn get(&self, name: Name) -> Option<&Value> {
        self.0.get(self.place(name).ok()?).map(|(_, value)| value)
    }

    pub fn get_mut(&mut self, name: Name) -> Option<&mut Value> {
        let place = self.place(name).ok()?;
        self.0.get_mut(place).map(|(_, value)| value)
    }

    /// Puts a value in the place of the one that was there.
    pub fn set(&mut self, name: Name, value: impl Into<Value>) -> &mut Self {
        let value = value.into();
        match self.place(name) {
            Ok(place) => {
                if let Some(entry) = self.0.get_mut(place) {
                    entry.1 = value;
                }
            }
            Err(place) => self.0.insert(place, (name, value)),
        }
        self
    }

    /// [`Structure::set`] for building in one expression.
    #[must_use]
    pub fn with(mut self, name: Name, value: impl Into<Value>) -> Self {
        self.set(name, value);
        self
    }

    /// [`Structure::with`] if there is a value; otherwise the name stays absent.
    #[must_use]
    pub fn with_some(self, name: Name, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    pub fn remove(&mut self, name: Name) -> Option<Value> {
        self.place(name).ok().map(|place| self.0.remove(place).1)
    }

    pub fn contains(&self, name: Name) -> bool {
        self.place(name).is_ok()
    }

    /// In the order of the names' numbers.
    pub fn iter(&self) -> impl Iterator<Item = (Name, &Value)> {
        self.0.iter().map(|(name, value)| (*name, value))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The readers below answer `None` (or nothing) both for an absent name and for a value of another kind: in a checked
    /// structure the second does not occur.
    pub fn text(&self, name: Name) -> Option<&str> {
        self.get(name)?.as_text()
    }

    pub fn integer(&self, name: Name) -> Option<i64> {
        self.get(name)?.as_integer()
    }

    /// An integer reads as the same number.
    pub fn double(&self, name: Name) -> Option<f64> {
        self.get(name)?.as_double()
    }

    pub fn boolean(&self, name: Name) -> Option<bool> {
        self.get(name)?.as_bool()
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub fn timestamp(&self, name: Name) -> Option<i64> {
        self.get(name)?.as_timestamp()
    }

    pub fn blob(&self, name: Name) -> Option<&[u8]> {
        self.get(name)?.as_blob()
    }

    /// Empty if the name is absent.
    pub fn list(&self, name: Name) -> &[Value] {
        self.get(name).and_then(Value::as_list).unwrap_or_default()
    }

    /// The strings of a list.
    pub fn texts(&self, name: Name) -> impl Iterator<Item = &str> {
        self.list(name).iter().filter_map(Value::as_text)
    }

    pub fn structure(&self, name: Name) -> Option<&Structure> {
        self.get(name)?.as_structure()
    }

    /// The structures of a list.
    pub fn structures(&self, name: Name) -> impl Iterator<Item = &Structure> {
        self.list(name).iter().filter_map(Value::as_structure)
    }

    pub fn map(&self, name: Name) -> Option<&BTreeMap<String, Value>> {
        self.get(name)?.as_map()
    }
}

impl fmt::Debug for Structure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl FromIterator<(Name, Value)> for Structure {
    /// Of two values with one name the later stays.
    fn from_iter<I: IntoIterator<Item = (Name, Value)>>(entries: I) -> Self {
        let mut structure = Self::new();
        for (name, value) in entries {
            structure.set(name, value);
        }
        structure
    }
}

impl IntoIterator for Structure {
    type Item = (Name, Value);
    type IntoIter = std::vec::IntoIter<(Name, Value)>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Value {
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Value::Bool(value) => Some(*value),
            _ => None,
        }
    }

    pub fn as_integer(&self) -> Option<i64> {
        match self {
            Value::Integer(value) => Some(*value),
            _ => None,
        }
    }

    /// An integer reads as the same number.
    pub fn as_double(&self) -> Option<f64> {
        match self {
            Value::Double(value) => Some(*value),
            Value::Integer(value) => Some(*value as f64),
            _ => None,
        }
    }

    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::String(value) => Some(value),
            _ => None,
        }
    }

    pub fn as_blob(&self) -> Option<&[u8]> {
        match self {
            Value::Blob(value) => Some(value),
            _ => None,
        }
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub fn as_timestamp(&self) -> Option<i64> {
        match self {
            Value::Timestamp(value) => Some(*value),
            _ => None,
        }
    }

    pub fn as_list(&self) -> Option<&[Value]> {
        match self {
            Value::List(values) => Some(values),
            _ => None,
        }
    }

    pub fn as_map(&self) -> Option<&BTreeMap<String, Value>> {
        match self {
            Value::Map(values) => Some(values),
            _ => None,
        }
    }

    pub fn as_structure(&self) -> Option<&Structure> {
        match self {
            Value::Structure(structure) => Some(structure),
            _ => None,
        }
    }

    /// The part at a path such as `Instances[0].InstanceId`; a map's key stands where a member's name would. The empty
    /// path is the value itself.
    pub fn at_path(&self, path: &str) -> Option<&Value> {
        let mut value = self;
        for step in path.split('.').filter(|step| !step.is_empty()) {
            let (name, indexes) = step.split_once('[').unwrap_or((step, ""));
            if !name.is_empty() {
                value = match value {
                    Value::Structure(structure) => structure.iter().find(|(member, _)| member.text() == name)?.1,
                    Value::Map(entries) => entries.get(name)?,
                    _ => return None,
                };
            }
            for index in indexes.split('[').filter(|index| !index.is_empty()) {
                value = value.as_list()?.get(index.strip_suffix(']')?.parse::<usize>().ok()?)?;
            }
        }
        Some(value)
    }
}

macro_rules! value_from {
    ($($from:ty => $make:expr),* $(,)?) => {
        $(impl From<$from> for Value {
            fn from(value: $from) -> Self {
                #[allow(clippy::redundant_closure_call, reason = "the macro's argument is a closure")]
                ($make)(value)
            }
        })*
    };
}

value_from! {
    bool => Value::Bool,
    i64 => Value::Integer,
    i32 => |value| Value::Integer(i64::from(value)),
    u32 => |value| Value::Integer(i64::from(value)),
    u16 => |value| Value::Integer(i64::from(value)),
    f64 => Value::Double,
    &str => |value: &str| Value::String(value.to_string()),
    &String => |value: &String| Value::String(value.clone()),
    String => Value::String,
    Structure => Value::Structure,
    BTreeMap<String, Value> => Value::Map,
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    /// A list. Bytes are not one: they are `Value::Blob`.
    fn from(values: Vec<T>) -> Self {
        Value::List(values.into_iter().map(Into::into).collect())
    }
}
