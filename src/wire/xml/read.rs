//! From a tree of elements to values.

use super::Spelling;
use super::tree::Element;
use crate::scalar;
use std::collections::BTreeMap;
use stratus_model::{ListShape, Location, MapShape, Member, Service, Shape, ShapeId, Structure, StructureShape, Value};

/// Something that is not as the model says; the name of the element.
#[derive(Clone, Debug, PartialEq)]
pub enum Wrong {
    /// An element that the structure does not have, or has once.
    Unexpected(String),
    /// A text that is no value of the kind.
    Value { name: String, text: String },
}

/// Reads elements as a service's shapes.
pub struct Reader {
    pub service: &'static Service,
    pub spelling: Spelling,
    /// Unknown elements are passed over: a client's way. A server refuses them.
    pub lenient: bool,
}

impl Reader {
    /// The members that stand in the element.
    pub fn structure(&self, shape: &'static StructureShape, element: &Element) -> Result<Structure, Wrong> {
        let mut structure = Structure::new();
        for child in &element.children {
            let Some((member, single)) = self.find(shape, &child.name) else {
                if self.lenient {
                    continue;
                }
                return Err(Wrong::Unexpected(child.name.clone()));
            };
            match single {
                Single::Item(list) => {
                    let value = self.value(list.member, member, child)?;
                    match structure.get_mut(member.name) {
                        Some(Value::List(values)) => values.push(value),
                        _ => {
                            structure.set(member.name, Value::List(vec![value]));
                        }
                    }
                }
                Single::Entry(map) => {
                    let (key, value) = self.entry(map, member, child)?;
                    match structure.get_mut(member.name) {
                        Some(Value::Map(entries)) => drop(entries.insert(key, value)),
                        _ => {
                            structure.set(member.name, Value::Map(BTreeMap::from([(key, value)])));
                        }
                    }
                }
                Single::Whole => {
                    if structure.contains(member.name) {
                        return Err(Wrong::Unexpected(child.name.clone()));
                    }
                    let value = self.value(member.shape, member, child)?;
                    structure.set(member.name, value);
                }
            }
        }
        for member in shape.members.iter().filter(|member| member.xml_attribute) {
            let name = member.wire_name.unwrap_or(member.name.text());
            if let Some(text) = element.attribute(name) {
                structure.set(member.name, self.scalar(member.shape, name, text)?);
            }
        }
        Ok(structure)
    }

    /// The member that an element with this name belongs to.
    fn find(&self, shape: &'static StructureShape, name: &str) -> Option<(&'static Member, Single)> {
        let in_body = |member: &&Member| member.location == Location::Body && !member.xml_attribute;
        shape.members.iter().filter(in_body).find_map(|member| {
            let (spelled, single) = match self.service.shape(member.shape) {
                Shape::List(list) if list.flattened || member.flattened => {
                    (self.spelling.flattened(member, list), Single::Item(list))
                }
                Shape::Map(map) if map.flattened || member.flattened => {
                    (self.spelling.member(member), Single::Entry(map))
                }
                _ => (self.spelling.member(member), Single::Whole),
            };
            (spelled == name).then_some((member, single))
        })
    }

    /// One element as one value.
    pub fn value(&self, id: ShapeId, member: &'static Member, element: &Element) -> Result<Value, Wrong> {
        match self.service.shape(id) {
            Shape::Structure(shape) => self.structure(shape, element).map(Value::Structure),
            Shape::List(list) => {
                let item = list.wire_name.unwrap_or("member");
                let mut values = Vec::with_capacity(element.children.len());
                for child in &element.children {
                    if child.name == item {
                        values.push(self.value(list.member, member, child)?);
                    } else if !self.lenient {
                        return Err(Wrong::Unexpected(child.name.clone()));
                    }
                }
                Ok(Value::List(values))
            }
            Shape::Map(map) => {
                let entries = element.children.iter().map(|child| self.entry(map, member, child));
                entries.collect::<Result<BTreeMap<_, _>, _>>().map(Value::Map)
            }
            _ if element.children.is_empty() => self.scalar(id, &element.name, &element.text),
            _ => Err(Wrong::Unexpected(element.name.clone())),
        }
    }

    fn entry(
        &self,
        map: &'static MapShape,
        member: &'static Member,
        element: &Element,
    ) -> Result<(String, Value), Wrong> {
        let (key_name, value_name) = self.spelling.entry(member, map);
        let missing = || Wrong::Unexpected(element.name.clone());
        let key = element.child(key_name).ok_or_else(missing)?;
        let value = element.child(value_name).ok_or_else(missing)?;
        Ok((key.text.clone(), self.value(map.value, member, value)?))
    }

    fn scalar(&self, id: ShapeId, name: &str, text: &str) -> Result<Value, Wrong> {
        scalar::read(self.service.shape(id), text).ok_or_else(|| Wrong::Value {
            name: name.to_string(),
            text: text.chars().take(stratus_model::limits::SHOWN_CHARACTERS).collect(),
        })
    }
}

/// What one element is of its member.
enum Single {
    Whole,
    /// An item of a flattened list.
    Item(&'static ListShape),
    /// An entry of a flattened map.
    Entry(&'static MapShape),
}
