//! The context as components take it that have nothing to do with the ticking clock: thousands of chips must not be
//! drawn anew ten times a second only because time passes.

use crate::session::Ctx;
use std::ops::Deref;
use yew::html::ImplicitClone;

/// A context that equals another as long as nothing but time has passed between them. Handed down as a property; a
/// component that takes it may not also call `use_ctx`, which would wake it at every tick.
#[derive(Clone)]
pub struct Settled(Ctx);

impl Settled {
    /// Of the context of now.
    pub fn new(ctx: &Ctx) -> Settled {
        Settled(ctx.clone())
    }
}

impl PartialEq for Settled {
    fn eq(&self, other: &Settled) -> bool {
        self.0.view().stamp == other.0.view().stamp
    }
}

impl Deref for Settled {
    type Target = Ctx;
    fn deref(&self) -> &Ctx {
        &self.0
    }
}

impl ImplicitClone for Settled {}
