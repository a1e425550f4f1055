//! An answer as somebody sees it who knows an older model: what that one lacks is left out.

use serde_json::Value as Json;
use stratus_model::{Service, Shape, ShapeId, Structure, Value};

/// The structure without what the tree does not know.
pub fn structure(service: &Service, shape: Option<ShapeId>, answer: &Structure, known: &Json) -> Structure {
    let shapes = service.structure(shape);
    let kept = answer.iter().filter_map(|(name, inner)| {
        let known = known.get(name.text())?;
        let shape = shapes.member(name).map(|member| member.shape);
        Some((name, value(service, shape, inner, known)))
    });
    kept.collect()
}

fn value(service: &Service, shape: Option<ShapeId>, inner: &Value, known: &Json) -> Value {
    match (inner, shape.map(|id| (id, service.shape(id)))) {
        (Value::Structure(inner), Some((id, _))) => Value::Structure(structure(service, Some(id), inner, known)),
        (Value::List(values), Some((_, Shape::List(list)))) => {
            let pruned = values
                .iter()
                .map(|inner| value(service, Some(list.member), inner, known));
            Value::List(pruned.collect())
        }
        (Value::Map(entries), Some((_, Shape::Map(map)))) => {
            let known = known.get("*").unwrap_or(&Json::Null);
            let pruned = entries
                .iter()
                .map(|(key, inner)| (key.clone(), value(service, Some(map.value), inner, known)));
            Value::Map(pruned.collect())
        }
        _ => inner.clone(),
    }
}
