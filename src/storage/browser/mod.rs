//! The real browser behind [`crate::backend`] and [`crate::platform`]. The only place of this crate that calls
//! JavaScript; nothing here decides anything about workspaces.

mod bindings;
mod indexeddb;
mod page;

pub use indexeddb::IndexedDb;
pub use page::Page;

use js_sys::{Reflect, global};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::DomException;

use crate::error::StorageError;

/// The name of the database.
pub const DATABASE: &str = "stratus";

/// A property of the global object; `None` where it is missing or asking for it is forbidden.
fn of_global(name: &str) -> Option<JsValue> {
    property(&global(), name)
}

fn property(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &JsValue::from_str(name))
        .ok()
        .filter(|value| !value.is_undefined() && !value.is_null())
}

/// What the browser threw, as one of our errors.
fn error(thrown: &JsValue) -> StorageError {
    let Some(exception) = thrown.dyn_ref::<DomException>() else {
        let detail = property(thrown, "message").and_then(|m| m.as_string());
        return StorageError::Failed {
            detail: detail.unwrap_or_else(|| "unknown error".to_owned()),
        };
    };
    let (name, message) = (exception.name(), exception.message());
    let detail = if message.is_empty() {
        name.clone()
    } else {
        format!("{name}: {message}")
    };
    match name.as_str() {
        "QuotaExceededError" => StorageError::Full { detail },
        "SecurityError" | "NotAllowedError" => StorageError::Denied { detail },
        "VersionError" => StorageError::Newer {
            what: "What this browser keeps".to_owned(),
        },
        _ => StorageError::Failed { detail },
    }
}
