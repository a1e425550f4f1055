//! A real Chromium, driven: what the browser tests, the pictures and the first-load measurement stand on. It looks at
//! the page as its users do, by role and accessible name; it knows nothing of the app's code and reaches no other host.

mod accessibility;
mod block_frames;
pub mod browser;
pub mod commands;
mod first_load;
mod lighthouse;
pub mod locator;
pub mod map_frames;
pub mod page;
pub mod stage;
mod trouble;
mod webdriver;

pub use browser::{Browser, Profile};
pub use locator::{Find, Locator};
pub use page::{Emulation, Page};
pub use stage::{Stage, stage};
pub use trouble::{Outcome, Trouble, check, trouble};
