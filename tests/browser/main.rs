//! The page in a real Chromium, served from a sub-path of a plain static host. Needs `dist/` (`trunk build`), Chromium
//! and chromedriver, and fails where one is missing. `cargo verify` provides them.

mod backups;
mod balancers;
mod blocks;
mod buckets;
mod bytes;
mod cheating;
mod finding;
mod journey;
mod keeping;
mod live;
mod map;
mod names;
mod opening;
mod pages;
mod panels;
mod paths;
mod reach;
mod reading;
mod records;
mod shown;
mod story;
mod strata;
mod terminal;
mod visits;
