//! `window.stratus`: the page's scripting interface (design: "What others may rely on").

use crate::session::Ctx;

/// Puts `stratus` on the window.
pub fn install(_ctx: &Ctx) {}

/// Gives it the newest snapshot.
pub fn update(_ctx: &Ctx) {}
