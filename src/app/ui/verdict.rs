//! The answer first: a sign and a colour, a sentence, and what is to be said of it.

use yew::prelude::*;

/// How something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// As it should.
    Good,
    /// Not as it should.
    Bad,
    /// It is not over yet.
    Open,
    /// There is nothing to say of it.
    Unknown,
}

impl Standing {
    /// Good or bad.
    pub fn of(good: bool) -> Standing {
        if good { Standing::Good } else { Standing::Bad }
    }

    /// The class of the verdict, that of its sign, and the sign.
    fn look(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Standing::Good => ("good", "mark-allow", "✓"),
            Standing::Bad => ("bad", "mark-deny", "✕"),
            Standing::Open => ("unknown", "mark-unseen", "…"),
            Standing::Unknown => ("unknown", "mark-unseen", "?"),
        }
    }
}

/// A verdict: its sentence as a heading, and what stands beneath.
pub fn verdict(standing: Standing, title: Html, more: Html) -> Html {
    let (class, mark, sign) = standing.look();
    html! {
        <div class={classes!("verdict", class)}>
            <span class={mark} aria-hidden="true">{ sign }</span>
            <div><h3>{ title }</h3>{ more }</div>
        </div>
    }
}
