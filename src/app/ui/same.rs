//! What is shared and compared by being the same, where to compare what it holds would cost more than to draw it anew.

use std::ops::Deref;
use std::rc::Rc;

/// What is shared and equals only itself: read anew, it is another. A component that takes it is drawn anew then.
#[derive(Debug)]
pub struct Same<T> {
    shared: Rc<T>,
}

impl<T> Same<T> {
    /// Something new.
    pub fn new(value: T) -> Same<T> {
        Same { shared: Rc::new(value) }
    }
}

impl<T> Clone for Same<T> {
    fn clone(&self) -> Same<T> {
        Same {
            shared: Rc::clone(&self.shared),
        }
    }
}

impl<T> PartialEq for Same<T> {
    fn eq(&self, other: &Same<T>) -> bool {
        Rc::ptr_eq(&self.shared, &other.shared)
    }
}

impl<T> Deref for Same<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.shared
    }
}
