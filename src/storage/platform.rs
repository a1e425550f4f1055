//! What a store needs of the tab that it lives in: a wall clock, fresh names, tasks, locks and channels between tabs.
//! The only door of this crate to time and randomness; neither reaches a world.

use std::rc::Rc;

use crate::LocalFuture;

/// How a lock is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// `None` at once if another tab has it.
    IfFree,
    /// When its present holder and those who asked earlier have let go.
    Wait,
    /// Now; its present holder is told.
    Steal,
}

/// Something that is let go when it is dropped: a lock, a place on a channel.
pub struct Hold(Option<Box<dyn FnOnce()>>);

impl Hold {
    /// A hold whose end runs `release`.
    pub fn new(release: impl FnOnce() + 'static) -> Self {
        Self(Some(Box::new(release)))
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        if let Some(release) = self.0.take() {
            release();
        }
    }
}

/// A place on a channel; leaves it when dropped.
pub struct Channel {
    /// Says something to everybody else on the channel.
    pub say: Rc<dyn Fn(&str)>,
    /// The place itself.
    pub hold: Hold,
}

/// One tab.
pub trait Platform {
    /// Wall time in milliseconds since 1970.
    fn now(&self) -> i64;

    /// 32 lower-case hexadecimal digits that nobody else has.
    fn token(&self) -> String;

    /// Runs a task to its end, whatever becomes of its maker.
    fn spawn(&self, task: LocalFuture<()>);

    /// Asks for the lock of this name. `lost` runs if it is stolen later. Where there are no locks, everybody is given one
    /// at once and nobody who waits is: the stored head alone then decides who writes.
    fn lock(&self, name: &str, ask: Ask, lost: Box<dyn FnOnce()>) -> LocalFuture<Option<Hold>>;

    /// Joins a channel between the tabs of this origin; one's own words are not heard. `None` where there is no such thing.
    fn channel(&self, name: &str, hear: Rc<dyn Fn(&str)>) -> Option<Channel>;
}
