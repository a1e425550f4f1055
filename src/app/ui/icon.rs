//! Icons: 20×20 strokes in the text's colour, always beside a word or with a label on the button.

use yew::prelude::*;

macro_rules! glyphs {
    ($($name:ident $path:literal,)*) => {
        /// Which icon.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Glyph { $(#[allow(missing_docs)] $name,)* }
        impl Glyph {
            fn path(self) -> &'static str { match self { $(Glyph::$name => $path,)* } }
        }
    };
}

glyphs! {
    Map "M2 5l5-2 6 2 5-2v12l-5 2-6-2-5 2zM7 3v12M13 5v12",
    Path "M3 5h14M3 10h14M3 15h14",
    Storage "M4 5c0-1.4 2.7-2.5 6-2.5s6 1.1 6 2.5-2.7 2.5-6 2.5S4 6.4 4 5v10c0 1.4 2.7 2.5 6 2.5s6-1.1 6-2.5V5M4 10c0 1.4 2.7 2.5 6 2.5s6-1.1 6-2.5",
    Dns "M10 3a7 7 0 1 0 0 14a7 7 0 1 0 0-14M3 10h14M10 3c3 3 3 11 0 14M10 3c-3 3-3 11 0 14",
    Timeline "M3 10h14M6 6v8M11 7v6M15 5v10",
    Bill "M4 3h12v14l-3-2-3 2-3-2-3 2zM7 8h6M7 11h4",
    Terminal "M2.5 6a2 2 0 0 1 2-2h11a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-11a2 2 0 0 1-2-2zM6 8l2.5 2L6 12M10.5 12H14",
    Learn "M2 8l8-4 8 4-8 4zM6 10v4c2 2 6 2 8 0v-4",
    Copy "M7 7h9v10H7zM4 13V3h9",
    Close "M5 5l10 10M15 5L5 15",
    Undo "M4 8h8a4 4 0 0 1 0 8H8M4 8l4-4M4 8l4 4",
    Redo "M16 8H8a4 4 0 0 0 0 8h4M16 8l-4-4M16 8l-4 4",
    Search "M9 3.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M13 13l4 4",
    Play "M6 4l10 6-10 6z",
    Pause "M7 4v12M13 4v12",
    Step "M5 4l8 6-8 6zM15 4v12",
    Plus "M10 4v12M4 10h12",
    Check "M4 10.5l4 4 8-9",
    Question "M7 7.5a3 3 0 1 1 4.2 2.7c-.8.4-1.2 1-1.2 2M10 15.2v.1",
    Link "M8.5 11.5a3 3 0 0 0 4.2 0l3-3a3 3 0 0 0-4.2-4.2l-1 1M11.5 8.5a3 3 0 0 0-4.2 0l-3 3a3 3 0 0 0 4.2 4.2l1-1",
    Download "M10 3v10M6 9l4 4 4-4M4 17h12",
    Sun "M10 6.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7M10 2v2M10 16v2M2 10h2M16 10h2M4.3 4.3l1.4 1.4M14.3 14.3l1.4 1.4M4.3 15.7l1.4-1.4M14.3 5.7l1.4-1.4",
    Moon "M16 12a6.5 6.5 0 0 1-8.5-8.5A6.5 6.5 0 1 0 16 12z",
    More "M5 10h.01M10 10h.01M15 10h.01",
    Globe "M10 3a7 7 0 1 0 0 14a7 7 0 1 0 0-14M3 10h14M10 3c3 3.5 3 10.5 0 14M10 3c-3 3.5-3 10.5 0 14",
    Gateway "M10 3l6.5 3.5v7L10 17l-6.5-3.5v-7zM10 6.5v7M7.5 9L10 6.5 12.5 9M7.5 11.5L10 14l2.5-2.5",
    Lock "M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9",
    Shield "M10 2.5l6 2v5c0 4-2.5 6.5-6 8-3.5-1.5-6-4-6-8v-5z",
    Instance "M4 5h12v10H4zM7 8h6v4H7zM7 2v3M13 2v3M7 15v3M13 15v3",
}

/// Properties of [`Icon`].
#[derive(Properties, PartialEq)]
pub struct IconProps {
    /// Which.
    pub glyph: Glyph,
}

/// An icon. Hidden from screen readers: the word beside it, or the button's label, speaks.
#[component]
pub fn Icon(props: &IconProps) -> Html {
    html! { <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false"><path d={props.glyph.path()} /></svg> }
}
