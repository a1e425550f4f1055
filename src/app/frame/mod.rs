//! The frame round everything: top bar with clock, money and the way back; the navigation; the inspector's place; messages.

pub mod clock_bar;
pub mod focus;
pub mod keys;
pub mod nav;
pub mod toasts;
pub mod top_bar;
pub mod tour;

pub use nav::Nav;
pub use toasts::Toasts;
pub use top_bar::TopBar;
pub use tour::Tour;
