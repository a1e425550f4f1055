//! The picture in a sentence or two: whether everybody has moved, and whom it hurt.

use crate::inspector::span_text;
use crate::ui::{Standing, time_of_day, verdict};
use stratus_engine::base::time::{Span, Time};
use stratus_engine::dns::rollout::{End, Rollout, What};
use yew::prelude::*;

/// What stands above the picture.
pub fn above(picture: &Rollout) -> Html {
    let (standing, title, more) = moved(picture);
    let lines = std::iter::once(more).chain(hurt(picture));
    verdict(
        standing,
        html! { { title } },
        html! { { for lines.map(|line| html! { <p>{ line }</p> }) } },
    )
}

fn moved(picture: &Rollout) -> (Standing, String, String) {
    let alive: Vec<&str> = picture
        .records
        .iter()
        .zip(picture.said.last().into_iter().flatten())
        .filter(|(_, chance)| **chance > 0.0)
        .map(|(record, _)| record.as_str())
        .collect();
    let to = alive.join(" and ");
    match picture.end {
        End::Open if alive.len() > 1 => (
            Standing::Open,
            format!("{to} both answer"),
            "Nobody has to move yet: every record still gets its part of the answers.".to_owned(),
        ),
        End::Open => (
            Standing::Good,
            format!("Everybody uses {to}"),
            "Move some weight to see who follows, and when.".to_owned(),
        ),
        End::Moved(at) if at > picture.now => (
            Standing::Open,
            format!("The last client moves to {to} at {}", time_of_day(at)),
            format!("In {}.{}", span_text(Span(at.0 - picture.now.0)), since(picture, at)),
        ),
        End::Moved(at) => (
            Standing::Good,
            format!("All clients use {to} since {}", time_of_day(at)),
            since(picture, at).trim_start().to_owned(),
        ),
        End::Stuck => (
            Standing::Bad,
            format!("Some clients never move to {to}"),
            format!("Those who {} hold on for longer than one can see here.", who(picture)),
        ),
    }
}

/// How long after the name servers' last change that is, and who is last.
fn since(picture: &Rollout, at: Time) -> String {
    let change = picture
        .marks
        .iter()
        .rfind(|mark| matches!(mark.what, What::Served | What::Health) && mark.at <= at);
    let Some(change) = change else {
        return String::new();
    };
    format!(
        " That is {} after the name servers changed their answer; last are those who {}.",
        span_text(Span(at.0 - change.at.0)),
        who(picture)
    )
}

/// Who moves last.
fn who(picture: &Rollout) -> &'static str {
    let last = picture
        .crowds
        .iter()
        .max_by_key(|crowd| crowd.moved.map_or(i64::MAX, |at| at.0));
    last.map_or("", |crowd| crowd.kind.words())
}

/// Whom failures hurt, a line for each kind of client.
fn hurt(picture: &Rollout) -> Vec<String> {
    let line = |crowd: &stratus_engine::dns::rollout::Crowd| {
        let hurt = crowd.hurt?;
        let until = match hurt.over {
            Some(at) if at > picture.now => format!("over at {}", time_of_day(at)),
            Some(at) => format!("over since {}", time_of_day(at)),
            None => "with no end in sight".into(),
        };
        Some(format!(
            "✕ {} of {} who {} get failures, the unluckiest for {}; {until}.",
            hurt.clients,
            crowd.clients,
            crowd.kind.words(),
            span_text(hurt.longest)
        ))
    };
    picture.crowds.iter().filter_map(line).collect()
}
