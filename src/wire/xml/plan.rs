//! Tags and the order of a structure's members, made once for each structure that is written, so that a large answer costs
//! little more than copying its texts. What is rare (flattened lists, maps, namespaces) has no plan and goes the general way.

use super::Spelling;
use super::write::format;
use std::collections::BTreeMap;
use std::sync::{OnceLock, RwLock};
use stratus_model::{Location, Member, Name, Service, Shape, ShapeId, StructureShape, TimestampFormat};

/// How a structure is written.
pub struct Plan {
    /// Sorted by name: the place among `members`.
    pub by_name: Vec<(Name, u16)>,
    /// In the order of the model; those that stand in elements.
    pub members: Vec<Planned>,
}

/// How a member is written.
pub struct Planned {
    pub member: &'static Member,
    pub tags: Tags,
    pub inner: Inner,
}

/// `<name>` and `</name>`
pub struct Tags {
    pub open: Box<[u8]>,
    pub close: Box<[u8]>,
}

impl Tags {
    fn new(name: &str) -> Self {
        Self {
            open: format!("<{name}>").into_bytes().into(),
            close: format!("</{name}>").into_bytes().into(),
        }
    }
}

/// What stands between the tags.
pub enum Inner {
    Scalar(Option<TimestampFormat>),
    Structure(&'static StructureShape, OnceLock<&'static Plan>),
    List(Box<(Tags, Inner)>),
    /// There is no plan for it.
    Other,
}

impl Plan {
    /// The plan of a structure of the service. Made when it is first asked for; there is one for each structure of the model
    /// at most, for as long as the program runs.
    pub fn of(service: &'static Service, shape: &'static StructureShape) -> &'static Plan {
        static PLANS: RwLock<BTreeMap<usize, &'static Plan>> = RwLock::new(BTreeMap::new());
        let place = std::ptr::from_ref(shape).addr();
        if let Ok(plans) = PLANS.read()
            && let Some(plan) = plans.get(&place)
        {
            return plan;
        }
        // Leaked on purpose: it is as long-lived as the shape.
        let made: &'static Plan = Box::leak(Box::new(Self::make(service, shape)));
        match PLANS.write() {
            Ok(mut plans) => plans.entry(place).or_insert(made),
            Err(_) => made,
        }
    }

    fn make(service: &'static Service, shape: &'static StructureShape) -> Self {
        let in_elements = shape
            .members
            .iter()
            .filter(|member| member.location == Location::Body && !member.xml_attribute);
        let members: Vec<Planned> = in_elements
            .map(|member| Planned {
                member,
                tags: Tags::new(Spelling::PLAIN.member(member)),
                inner: if member.flattened {
                    Inner::Other
                } else {
                    Inner::of(service, member, member.shape)
                },
            })
            .collect();
        let numbered = (0u16..).zip(&members);
        let mut by_name: Vec<(Name, u16)> = numbered.map(|(place, planned)| (planned.member.name, place)).collect();
        by_name.sort();
        Self { by_name, members }
    }
}

impl Inner {
    fn of(service: &'static Service, member: &'static Member, id: ShapeId) -> Self {
        let shape = service.shape(id);
        match shape {
            Shape::Structure(inner) if member.xml_namespace.is_none() && inner.xml_namespace.is_none() => {
                Inner::Structure(inner, OnceLock::new())
            }
            Shape::List(list) if !list.flattened => {
                let item = Tags::new(list.wire_name.unwrap_or("member"));
                match Inner::of(service, member, list.member) {
                    Inner::Other => Inner::Other,
                    inner => Inner::List(Box::new((item, inner))),
                }
            }
            Shape::Structure(_) | Shape::List(_) | Shape::Map(_) => Inner::Other,
            _ => Inner::Scalar(format(member, shape)),
        }
    }
}
