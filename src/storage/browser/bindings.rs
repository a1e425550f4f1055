//! What `web-sys` offers only behind its unstable switch, bound by hand: durability of transactions
//! (<https://w3c.github.io/IndexedDB/#transaction-durability-hint>) and locks (<https://w3c.github.io/web-locks/>).
//! Declarations only.

use js_sys::{Function, Object, Promise};
use wasm_bindgen::prelude::*;
use web_sys::{IdbDatabase, IdbTransaction};

#[wasm_bindgen]
extern "C" {
    /// A database whose transactions can be asked to be durable.
    #[wasm_bindgen(extends = IdbDatabase, typescript_type = "IDBDatabase")]
    pub type DurableDatabase;

    /// `options`: `{durability: "strict"}`. Browsers that do not know it ignore it.
    #[wasm_bindgen(method, catch, js_name = transaction)]
    pub fn begin(
        this: &DurableDatabase,
        stores: &JsValue,
        mode: &str,
        options: &Object,
    ) -> Result<IdbTransaction, JsValue>;

    /// `navigator.locks`.
    #[wasm_bindgen(typescript_type = "LockManager")]
    pub type LockManager;

    /// `options`: `{ifAvailable: true}`, `{steal: true}` or `{}`.
    #[wasm_bindgen(method, catch)]
    pub fn request(this: &LockManager, name: &str, options: &Object, callback: &Function) -> Result<Promise, JsValue>;
}
