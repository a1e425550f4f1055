//! Small parts that the whole page shares: one look for one thing. Their classes are in `static/style/parts.css`.

pub mod command;
pub mod download;
pub mod export;
pub mod icon;
pub mod modal;
pub mod reading;
pub mod same;
pub mod settled;
pub mod sheet;
pub mod size;
pub mod tabs;
pub mod text;
pub mod traffic;
pub mod typed;
pub mod verdict;
pub mod what_if;

pub use command::{CallButton, CallText, CommandLine};
pub use icon::{Glyph, Icon};
pub use modal::Modal;
pub use reading::read_text;
pub use same::Same;
pub use settled::Settled;
pub use tabs::{tabs, tabs_to};
pub use text::{bytes_text, capital, clock_text, day_text, money_text, rate_text, short_id, thousands, time_of_day};
pub use typed::{Typed, text_of};
pub use verdict::{Standing, verdict};
pub use what_if::Planned;

use yew::prelude::*;

/// Whether a media query holds now.
pub fn media(query: &str) -> bool {
    web_sys::window()
        .and_then(|window| window.match_media(query).ok().flatten())
        .is_some_and(|query| query.matches())
}

/// Whether the page is one column (the width at which `frame.css` stacks it).
pub fn is_stacked() -> bool {
    media("(max-width: 820px)")
}

/// Scrolls the inspector into sight where the page is one column.
pub fn show_inspector() {
    if !is_stacked() {
        return;
    }
    // After it has been drawn for what is selected now.
    gloo::timers::callback::Timeout::new(50, || {
        if let Ok(Some(inspector)) = gloo::utils::document().query_selector(".inspector") {
            inspector.scroll_into_view();
        }
    })
    .forget();
}

/// Marks where a statement comes from: AWS's documentation, or a choice of ours.
#[derive(Properties, PartialEq)]
pub struct SourceProps {
    /// A page of AWS's documentation, or `ours`.
    pub source: AttrValue,
    /// The statement, in our words.
    #[prop_or_default]
    pub children: Html,
}

/// "documented" with a link, or "ours": every statement about behaviour wears one of the two.
#[component]
pub fn Source(props: &SourceProps) -> Html {
    let documented = props.source.starts_with("https://");
    let explanation = if documented {
        "AWS documents this"
    } else {
        "AWS publishes nothing here: a choice of this simulation"
    };
    html! {
        <p class="source">
            <span class={classes!("tag", (!documented).then_some("ours"))} title={explanation}>
                { if documented { "documented" } else { "ours" } }
            </span>
            { " " }{ props.children.clone() }
            if documented {
                { " " }<a href={props.source.clone()} target="_blank" rel="noopener noreferrer">{ page_name(&props.source) }</a>
            }
        </p>
    }
}

/// What a documentation link is called: the guide and the page, from its address.
fn page_name(url: &str) -> String {
    let page = url.rsplit('/').next().unwrap_or_default();
    let page = page
        .split(['#', '?'])
        .next()
        .unwrap_or_default()
        .trim_end_matches(".html");
    let guide = match url {
        _ if url.contains("/vpc/") => "VPC guide",
        _ if url.contains("/ebs/") => "EBS guide",
        _ if url.contains("APIReference") => "API reference",
        _ if url.contains("/Route53/") => "Route 53 guide",
        _ if url.contains("/AmazonS3/") => "S3 guide",
        _ if url.contains("/IAM/") => "IAM guide",
        _ if url.contains("/elasticloadbalancing/") => "load balancing guide",
        _ if url.contains("/pricing") => "AWS pricing",
        _ => "EC2 guide",
    };
    if page.is_empty() {
        guide.to_owned()
    } else {
        format!("{guide}: {}", words_of(page))
    }
}

/// The words that the name of a page's file is made of: `UsingBucket`, `vpc-endpoints` and `VPC_Subnets` are written so.
fn words_of(page: &str) -> String {
    let mut words = String::with_capacity(page.len() + 4);
    let mut last_small = false;
    for letter in page.chars() {
        if last_small && letter.is_ascii_uppercase() {
            words.push(' ');
        }
        last_small = letter.is_ascii_lowercase();
        words.push(if matches!(letter, '-' | '_') { ' ' } else { letter });
    }
    words
}

/// What stands where there is nothing yet: says what to do next.
#[derive(Properties, PartialEq)]
pub struct EmptyProps {
    /// What is missing, as a title.
    pub title: AttrValue,
    /// The next step: text and buttons.
    pub children: Html,
}

/// An empty state.
#[component]
pub fn Empty(props: &EmptyProps) -> Html {
    html! { <div class="empty"><h2>{ &props.title }</h2>{ props.children.clone() }</div> }
}
