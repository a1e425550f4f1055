//! The catalogue's promises: tables that are whole, facts that are AWS's, numbers and ids that never move.
#![allow(clippy::unwrap_used)]

mod images;
mod instance_types;
mod money;
mod packed;
mod prices;
mod regions;
