//! The page: shell, map, inspector, panels and dialogs over one engine handle.
pub fn start() {}
