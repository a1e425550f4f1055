//! The network held to its promises: path fixtures, properties of every trace, and fixes that work.

#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]
#![allow(clippy::needless_update, reason = "rows grow, and then the update is needed")]

mod calls;
mod closing;
mod codes;
mod fronts;
mod insights;
mod matrix;
mod opening;
mod outside;
mod pairs;
mod paths;
mod probes;
mod properties;
mod random_balancers;
mod random_carriers;
mod random_links;
mod random_rules;
mod regions;
mod rows;
mod scopes;
mod survey;
mod topology;
mod what_if;
