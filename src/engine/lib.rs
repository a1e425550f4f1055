//! The cloud itself: a deterministic fold over calls. No browser, clock, entropy or machine is known here.
pub mod catalog;
