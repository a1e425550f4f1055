//! Between JavaScript's values and the model's, guided by the shape: blobs are `Uint8Array` (a string is taken as its
//! UTF-8 bytes), times ISO 8601 strings, integers above 2^53 BigInt. Never panics on what a script hands over.

use js_sys::{Array, BigInt, Date, Object, Reflect, Uint8Array};
use std::collections::BTreeMap;
use stratus_model::{Service, Shape, ShapeId, Structure, Value, time};
use wasm_bindgen::{JsCast, JsValue};

/// The deepest nesting that a script may hand over.
const DEPTH: usize = 64;
/// 2^53: the largest integer up to which a JavaScript number is exact.
const EXACT: i64 = 1 << 53;

/// A script's value as parameters. The error names the place.
pub fn to_structure(service: &Service, shape: ShapeId, js: &JsValue) -> Result<Structure, String> {
    if js.is_undefined() || js.is_null() {
        return Ok(Structure::new());
    }
    match to_value(service, shape, js, "parameters", 0)? {
        Value::Structure(structure) => Ok(structure),
        _ => Err("parameters: expected an object".into()),
    }
}

fn to_value(service: &Service, shape: ShapeId, js: &JsValue, path: &str, depth: usize) -> Result<Value, String> {
    if depth > DEPTH {
        return Err(format!("{path}: too deep"));
    }
    let wrong = |expected: &str| format!("{path}: expected {expected}");
    match service.shape(shape) {
        Shape::Structure(known) => {
            let object = js
                .dyn_ref::<Object>()
                .filter(|_| !Array::is_array(js))
                .ok_or_else(|| wrong("an object"))?;
            let mut out = Structure::new();
            for key in Object::keys(object).iter().filter_map(|key| key.as_string()) {
                let value = Reflect::get(object, &JsValue::from_str(&key)).map_err(|_| wrong("a readable object"))?;
                if value.is_undefined() {
                    continue;
                }
                let member = known.member_by_text(&key).ok_or_else(|| {
                    let names: Vec<&str> = known.members.iter().map(|member| member.name.text()).collect();
                    format!("{path}: there is no parameter '{key}'. Known: {}", names.join(", "))
                })?;
                out.set(
                    member.name,
                    to_value(service, member.shape, &value, &format!("{path}.{key}"), depth + 1)?,
                );
            }
            Ok(out.into())
        }
        Shape::List(list) => {
            let array = js.dyn_ref::<Array>().ok_or_else(|| wrong("an array"))?;
            let items = array
                .iter()
                .enumerate()
                .map(|(at, item)| to_value(service, list.member, &item, &format!("{path}[{at}]"), depth + 1));
            Ok(Value::List(items.collect::<Result<_, _>>()?))
        }
        Shape::Map(map) => {
            let object = js.dyn_ref::<Object>().ok_or_else(|| wrong("an object"))?;
            let mut out = BTreeMap::new();
            for key in Object::keys(object).iter().filter_map(|key| key.as_string()) {
                let value = Reflect::get(object, &JsValue::from_str(&key)).map_err(|_| wrong("a readable object"))?;
                let value = to_value(service, map.value, &value, &format!("{path}.{key}"), depth + 1)?;
                out.insert(key, value);
            }
            Ok(Value::Map(out))
        }
        Shape::String(_) => js.as_string().map(Value::String).ok_or_else(|| wrong("a string")),
        Shape::Boolean => js.as_bool().map(Value::Bool).ok_or_else(|| wrong("true or false")),
        Shape::Integer(_) | Shape::Long(_) => integer(js).map(Value::Integer).ok_or_else(|| wrong("a whole number")),
        Shape::Float(_) | Shape::Double(_) => js.as_f64().map(Value::Double).ok_or_else(|| wrong("a number")),
        Shape::Timestamp(_) => moment(js)
            .map(Value::Timestamp)
            .ok_or_else(|| wrong("a time such as '2025-03-03T09:00:00Z'")),
        Shape::Blob(_) => match (js.dyn_ref::<Uint8Array>(), js.as_string()) {
            (Some(bytes), _) => Ok(Value::Blob(bytes.to_vec())),
            (None, Some(text)) => Ok(Value::Blob(text.into_bytes())),
            _ => Err(wrong("a Uint8Array or a string")),
        },
    }
}

fn integer(js: &JsValue) -> Option<i64> {
    if let Some(number) = js.as_f64() {
        return (number.fract() == 0.0 && number.abs() <= EXACT as f64).then_some(number as i64);
    }
    let big = js.dyn_ref::<BigInt>()?;
    big.to_string(10).ok()?.as_string()?.parse().ok()
}

fn moment(js: &JsValue) -> Option<i64> {
    match js.dyn_ref::<Date>() {
        Some(date) => Some(date.get_time()).filter(|ms| ms.is_finite()).map(|ms| ms as i64),
        None => time::parse(&js.as_string()?),
    }
}

/// An answer as a script reads it.
pub fn from_value(value: &Value) -> JsValue {
    match value {
        Value::Bool(flag) => JsValue::from_bool(*flag),
        Value::Integer(number) if number.abs() <= EXACT => JsValue::from_f64(*number as f64),
        Value::Integer(number) => BigInt::from(*number).into(),
        Value::Double(number) => JsValue::from_f64(*number),
        Value::String(text) => JsValue::from_str(text),
        Value::Blob(bytes) => Uint8Array::from(bytes.as_slice()).into(),
        Value::Timestamp(at) => JsValue::from_str(&time::iso8601(*at)),
        Value::List(items) => items.iter().map(from_value).collect::<Array>().into(),
        Value::Map(entries) => object(entries.iter().map(|(key, value)| (key.as_str(), from_value(value)))),
        Value::Structure(structure) => object(structure.iter().map(|(name, value)| (name.text(), from_value(value)))),
    }
}

/// A plain object of these members.
pub fn object<'a>(members: impl Iterator<Item = (&'a str, JsValue)>) -> JsValue {
    let object = Object::new();
    for (key, value) in members {
        // Setting a member of a fresh plain object cannot fail.
        let _ = Reflect::set(&object, &JsValue::from_str(key), &value);
    }
    object.into()
}
