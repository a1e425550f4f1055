//! Walks the parameters of a logged call together with the model's shapes: finds what should not lie in the open, and what
//! is too large for a record.

use serde_json::Value as Json;
use stratus_model::{Member, Service, Shape, ShapeId};

/// One text or piece of binary data among a call's parameters.
pub(crate) struct Input<'a> {
    /// Where: a JSON pointer without its first slash, `UserData` or `UserData/Value`.
    pub path: String,
    /// The members on the way, outermost first.
    pub members: Vec<&'static Member>,
    /// What the model says of it.
    pub shape: &'static Shape,
    /// As it stands in the log.
    pub text: &'a str,
}

impl Input<'_> {
    /// Whether it is binary data, which the log writes in base64.
    pub fn is_blob(&self) -> bool {
        matches!(self.shape, Shape::Blob(_))
    }

    /// Whether a member on the way has this name.
    pub fn is_in(&self, name: &str) -> bool {
        self.members.iter().any(|member| member.name.text() == name)
    }
}

/// All texts and binary data of parameters, in their order.
pub(crate) fn inputs<'a>(service: &'static Service, shape: Option<ShapeId>, params: &'a Json) -> Vec<Input<'a>> {
    let mut walk = Walk {
        service,
        path: Vec::new(),
        members: Vec::new(),
        found: Vec::new(),
    };
    if let Some(shape) = shape {
        walk.value(shape, params);
    }
    walk.found
}

struct Walk<'a> {
    service: &'static Service,
    path: Vec<String>,
    members: Vec<&'static Member>,
    found: Vec<Input<'a>>,
}

impl<'a> Walk<'a> {
    fn value(&mut self, id: ShapeId, json: &'a Json) {
        match (self.service.shape(id), json) {
            (Shape::Structure(shape), Json::Object(object)) => {
                for (key, value) in object {
                    if let Some(member) = shape.member_by_text(key) {
                        self.members.push(member);
                        self.inside(key, member.shape, value);
                        self.members.pop();
                    }
                }
            }
            (Shape::List(shape), Json::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.inside(&index.to_string(), shape.member, item);
                }
            }
            (Shape::Map(shape), Json::Object(entries)) => {
                for (key, value) in entries {
                    self.inside(key, shape.value, value);
                }
            }
            (shape @ (Shape::String(_) | Shape::Blob(_)), Json::String(text)) => self.found.push(Input {
                path: self.path.join("/"),
                members: self.members.clone(),
                shape,
                text,
            }),
            _ => {}
        }
    }

    fn inside(&mut self, key: &str, shape: ShapeId, json: &'a Json) {
        self.path.push(key.replace('~', "~0").replace('/', "~1"));
        self.value(shape, json);
        self.path.pop();
    }
}

/// An [`Input::path`] as people read it: `UserData.Value`.
pub(crate) fn spelled(path: &str) -> String {
    path.replace('/', ".").replace("~1", "/").replace("~0", "~")
}

/// The value at an [`Input::path`].
pub(crate) fn at<'a>(params: &'a mut Json, path: &str) -> Option<&'a mut Json> {
    params.pointer_mut(&format!("/{path}"))
}
