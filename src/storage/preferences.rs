//! Small settings of the person, not of a workspace: theme, Region, whether the tour is done. Kept in `localStorage`,
//! because they are wanted before the first paint. Nothing here ever fails: where the browser denies storage, settings
//! last as long as the page; a value that cannot be read is no value.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::limits;

type Values = BTreeMap<String, Value>;

/// Where the text of all settings is kept.
trait Place {
    fn load(&self) -> Option<String>;
    fn keep(&self, text: &str) -> bool;
}

/// Settings by name.
pub struct Preferences {
    place: RefCell<Option<Box<dyn Place>>>,
    values: RefCell<Values>,
}

impl Preferences {
    /// The settings of this browser, or settings in memory where it denies storage.
    pub fn open() -> Self {
        #[cfg(target_arch = "wasm32")]
        let place = page::LocalStorage::open().map(|place| Box::new(place) as Box<dyn Place>);
        #[cfg(not(target_arch = "wasm32"))]
        let place = None;
        Self::at(place)
    }

    /// Settings that end with the page.
    pub fn in_memory() -> Self {
        Self::at(None)
    }

    fn at(place: Option<Box<dyn Place>>) -> Self {
        let values = RefCell::new(read(place.as_deref()).unwrap_or_default());
        Self {
            place: RefCell::new(place),
            values,
        }
    }

    /// Whether settings outlive the page.
    pub fn is_lasting(&self) -> bool {
        self.place.borrow().is_some()
    }

    /// The setting, if there is one of this type.
    pub fn get<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        serde_json::from_value(self.values.borrow().get(name)?.clone()).ok()
    }

    /// Changes a setting. Returns whether it will outlive the page.
    pub fn set<T: Serialize>(&self, name: &str, value: T) -> bool {
        match serde_json::to_value(value) {
            Ok(value) => self.change(|values| values.insert(name.to_owned(), value)),
            Err(_) => false,
        }
    }

    /// Forgets a setting. Returns whether that outlives the page.
    pub fn remove(&self, name: &str) -> bool {
        self.change(|values| values.remove(name))
    }

    /// Changes one setting of what is kept now, so that two tabs do not undo each other's changes. The first write that
    /// fails is the last one: from then on the settings in memory are the true ones.
    fn change(&self, change: impl FnOnce(&mut Values) -> Option<Value>) -> bool {
        let mut values = self.values.borrow_mut();
        let mut place = self.place.borrow_mut();
        if let Some(kept) = read(place.as_deref()) {
            *values = kept;
        }
        change(&mut values);
        let text = serde_json::to_string(&*values).unwrap_or_default();
        let fits = !text.is_empty() && text.len() <= limits::PREFERENCES_BYTES;
        let is_kept = fits && place.as_ref().is_some_and(|place| place.keep(&text));
        if !is_kept {
            *place = None;
        }
        is_kept
    }
}

fn read(place: Option<&dyn Place>) -> Option<Values> {
    let text = place?.load()?;
    if text.len() > limits::PREFERENCES_BYTES {
        return None;
    }
    serde_json::from_str(&text).ok()
}

#[cfg(target_arch = "wasm32")]
mod page {
    use super::Place;

    /// The one key in `localStorage`.
    const KEY: &str = "stratus.preferences";

    pub struct LocalStorage(web_sys::Storage);

    impl LocalStorage {
        /// `None` where the browser denies it; merely asking throws in some.
        pub fn open() -> Option<Self> {
            web_sys::window()?.local_storage().ok().flatten().map(Self)
        }
    }

    impl Place for LocalStorage {
        fn load(&self) -> Option<String> {
            self.0.get_item(KEY).ok().flatten()
        }

        fn keep(&self, text: &str) -> bool {
            self.0.set_item(KEY, text).is_ok()
        }
    }
}
