//! "Open an address": the name is asked of the chosen resolver, a packet goes to the address that came, and what stands there
//! answers, S3 after the policies that it asks; each step with its why. It changes nothing that is saved; once asked, way and
//! answer follow the world.

use super::{resolver, way};
use crate::panels::storage::buckets::access::heard_list;
use crate::session::action::{Internal, PathQuestion};
use crate::session::{Action, Ctx, State, use_ctx};
use crate::ui::{Source, Standing, Typed, capital, text_of, verdict};
use std::cell::RefCell;
use std::net::IpAddr;
use std::rc::Rc;
use stratus_engine::base::time::Span;
use stratus_engine::dns::{Asker, Query, Resolution};
use stratus_engine::network::{Endpoint, Hop, INTERNET, Trace, Verdict};
use stratus_engine::services::s3::decide::Says;
use stratus_engine::web::{self, Address, Journey, Page};
use web_sys::SubmitEvent;
use yew::prelude::*;

/// Properties of [`Visit`].
#[derive(Properties, PartialEq)]
pub struct VisitProps {
    /// The address that stands there at first.
    pub address: String,
}

/// What was asked, and what the resolver said.
#[derive(Clone, PartialEq)]
struct Asked {
    address: Address,
    from: String,
    resolved: Result<Resolution, String>,
}

/// The form, and the steps of the visit.
#[component]
pub fn Visit(props: &VisitProps) -> Html {
    let ctx = use_ctx();
    let typed = use_state(|| props.address.clone());
    let from = use_state(|| "internet".to_owned());
    let asked = use_state(|| None::<Result<Asked, String>>);
    let on = |field: &UseStateHandle<String>| {
        let field = field.setter();
        Callback::from(move |event: Event| field.set(text_of(&event)))
    };
    let go = {
        let (ctx, from, asked) = (ctx.clone(), from.clone(), asked.setter());
        Callback::from(move |text: String| match Address::read(&text) {
            Err(why) => asked.set(Some(Err(why))),
            Ok(address) => resolve(&ctx, address, &from, &asked),
        })
    };
    let onsubmit = {
        let (go, typed) = (go.clone(), typed.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            go.emit((*typed).clone());
        })
    };
    let follow = {
        let typed = typed.setter();
        Callback::from(move |text: String| {
            typed.set(text.clone());
            go.emit(text);
        })
    };
    html! {
        <section class="visit stack" aria-label="Open an address">
            <form class="take" {onsubmit}>
                <label class="field">{ "Address" }<Typed value={(*typed).clone()} onchange={on(&typed)} inputmode={Some(AttrValue::Static("url"))} /></label>
                <label class="field">{ "Opened by" }<select onchange={on(&from)}>{ for resolver::askers(&ctx).into_iter().map(|(value, words)| html! { <option selected={*from == value} value={value.clone()}>{ words }</option> }) }</select></label>
                <button class="btn primary" type="submit">{ "Open" }</button>
            </form>
            <div aria-live="polite">{ match &*asked {
                None => html! { <p class="soft">{ "First the resolver is asked for the name, then a packet goes to the address, then what stands there answers." }</p> },
                Some(Err(why)) => html! { <p class="field-error" role="alert">{ why }</p> },
                Some(Ok(asked)) => html! { <Steps asked={asked.clone()} {follow} /> },
            } }</div>
        </section>
    }
}

/// The resolvers' memory is the session's, so the session asks.
fn resolve(ctx: &Ctx, address: Address, from: &str, asked: &UseStateSetter<Option<Result<Asked, String>>>) {
    let Some(asker) = Asker::read(from) else { return };
    let query = Query {
        name: address.host.clone(),
        record_type: "A".to_owned(),
        from: asker,
    };
    let (waiting, from, asked) = (RefCell::new(Some((query, address))), from.to_owned(), asked.clone());
    let task = move |state: &mut State| {
        let Some((query, address)) = waiting.borrow_mut().take() else {
            return;
        };
        let resolved = match query.name.parse::<IpAddr>() {
            Ok(_) => Err("That is an address already: no name is asked for. Use the Path panel for it.".to_owned()),
            Err(_) => state.engine.borrow_mut().resolve(&query).map_err(|error| error.message),
        };
        asked.set(Some(Ok(Asked {
            address,
            from: from.clone(),
            resolved,
        })));
    };
    ctx.act(Action::Internal(Internal::Apply(Rc::new(task))));
}

/// Properties of [`Steps`].
#[derive(Properties, PartialEq)]
struct StepsProps {
    asked: Asked,
    follow: Callback<String>,
}

/// Name, way, answer.
#[component]
fn Steps(props: &StepsProps) -> Html {
    let ctx = use_ctx();
    let asked = &props.asked;
    let at = asked.resolved.as_ref().ok().and_then(Resolution::address);
    // Each is a traced path: not more than once a second of the page's.
    let when = (
        ctx.view().world_stamp,
        ctx.moment(Span::seconds(1)),
        ctx.region(),
        asked.address.clone(),
        asked.from.clone(),
        at,
    );
    let journey = use_memo(when, |(_, _, region, address, from, at)| {
        let (asker, at) = (Asker::read(from)?, (*at)?);
        Some(web::open(ctx.world(), *region, asker, address, at))
    });
    let resolution = match &asked.resolved {
        Ok(resolution) => resolution,
        Err(why) => return verdict(Standing::Bad, html! { "No address" }, html! { <p>{ why }</p> }),
    };
    html! {
        <ol class="ladder visit-steps" aria-label="Steps of the visit">
            <li>{ name_step(asked, resolution, at) }</li>
            if let (Some(journey), Some(at)) = (journey.as_ref(), at) {
                <li>{ way_step(&ctx, asked, journey, at) }</li>
                if !journey.heard.is_empty() { <li>{ policy_step(&ctx, journey) }</li> }
                if journey.trace.as_ref().is_none_or(|trace| trace.reachable) { <li>{ answer_step(asked, journey, &props.follow) }</li> }
            }
        </ol>
    }
}

/// What the resolver said, with its whole way behind "why?".
fn name_step(asked: &Asked, resolution: &Resolution, at: Option<IpAddr>) -> Html {
    let host = &asked.address.host;
    let title = match at {
        Some(at) => format!("DNS: {host} is {at}"),
        None => format!("DNS: no address for {host} ({})", resolution.rcode),
    };
    let from = if resolution.cached {
        "from the resolver's memory"
    } else {
        "asked for afresh"
    };
    let why = resolution.steps.last().map(|step| step.why.clone()).unwrap_or_default();
    let more = html! {
        <>
            <p class="soft">{ format!("{}, {} ms. {why}", capital(from), resolution.millis) }</p>
            <details><summary>{ "Why? Every question of the way" }</summary>{ way::picture(resolution) }{ resolver::ladder(resolution) }</details>
        </>
    };
    verdict(Standing::of(at.is_some()), html! { { title } }, more)
}

/// The packet's way, step by step behind "why?".
fn way_step(ctx: &Ctx, asked: &Asked, journey: &Journey, at: IpAddr) -> Html {
    let port = asked.address.port;
    let Some(trace) = &journey.trace else {
        let more = html! { <Source source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html">{ "S3 stands on the Internet, the same addresses for every bucket of a Region. From outside no network of yours lies between." }</Source> };
        return verdict(
            Standing::Good,
            html! { { format!("Way: tcp {port} to {at}, which is S3") } },
            more,
        );
    };
    let door = web::through(ctx.world(), journey.region, trace)
        .map(|id| format!(" through {id}"))
        .unwrap_or_default();
    let title = match trace.reachable {
        true => format!(
            "Way: tcp {port} to {at}{door} and back, {} steps",
            trace.forward.len() + trace.back.len()
        ),
        false => format!("Way: tcp {port} to {at} does not get through"),
    };
    let source = match journey.flow.source {
        Endpoint::Instance(id) => id.to_string(),
        _ => "internet".to_owned(),
    };
    let question = PathQuestion {
        source,
        destination: at.to_string(),
        protocol: "tcp".to_owned(),
        port: port.to_string(),
        asked: 1,
        ..PathQuestion::default()
    };
    let more = html! {
        <>
            if let Some(first) = trace.explanations.first() { <p>{ &first.detail }{ " " }<code>{ first.code }</code></p> }
            <details><summary>{ "Why? Every step of the packet" }</summary>{ hops(trace) }</details>
            <div class="row"><button class="btn" onclick={ctx.on(move || Action::AskPath(question.clone()))}>{ "Show the path" }</button></div>
        </>
    };
    verdict(Standing::of(trace.reachable), html! { { title } }, more)
}

/// Which policies S3 asks about the request, and which decides.
fn policy_step(ctx: &Ctx, journey: &Journey) -> Html {
    let through = journey
        .trace
        .as_ref()
        .and_then(|trace| web::through(ctx.world(), journey.region, trace));
    let deciding = journey.heard.iter().find(|one| one.decides);
    let stops = deciding.is_some_and(|one| one.says == Says::Denies);
    let title = match deciding {
        Some(one) if stops => format!("Policies: {} keeps the request out", one.what),
        Some(one) => format!("Policies: {} lets the request in", one.what),
        None => "Policies: the endpoint's lets the request pass".to_owned(),
    };
    let public = |address: IpAddr| format!("S3 sees the public address {address}, and no VPC.");
    let seen = match (&journey.trace, journey.flow.source) {
        (Some(trace), _) => trace.forward.last().map(|last| match through {
            Some(id) => format!(
                "S3 sees that it comes through {id}, from a private address ({}). It sees no public one, so the request has no aws:SourceIp: IpAddress does not hold, NotIpAddress does.",
                last.before.source_address
            ),
            None => public(last.after.source_address),
        }),
        (None, Endpoint::Address(address)) => Some(public(address)),
        (None, _) => Some(public(INTERNET.into())),
    };
    let more = html! {
        <>
            if let Some(seen) = seen { <p class="soft">{ seen }</p> }
            <details open={stops}><summary>{ "Why? Who was heard, in order" }</summary>{ heard_list(&journey.heard) }</details>
            if through.is_some() { <Source source="https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html">{ "A VPC endpoint's policy comes first and gives nobody anything: it only says what may pass. Then the bucket's own decides." }</Source> }
        </>
    };
    verdict(Standing::of(!stops), html! { { title } }, more)
}

fn hops(trace: &Trace) -> Html {
    let line = |(at, hop): (usize, &Hop)| {
        let (mark, sign) = match hop.verdict {
            Verdict::Allow => ("mark-allow", "✓"),
            Verdict::Deny => ("mark-deny", "✕"),
            Verdict::Forward => ("mark-unseen", "→"),
        };
        html! { <li key={at.to_string()}><span class={mark} aria-hidden="true">{ sign }</span>{ " " }{ hop.text() }</li> }
    };
    html! { <ol class="plain-list visit-hops">{ for trace.forward.iter().chain(&trace.back).enumerate().map(line) }</ol> }
}

/// What came back.
fn answer_step(asked: &Asked, journey: &Journey, follow: &Callback<String>) -> Html {
    match &journey.answer {
        Err(why) => verdict(Standing::Bad, html! { "No answer in HTTP" }, html! { <p>{ why }</p> }),
        Ok(page) => {
            let good = page.status < 400;
            let title = format!("Answer: {} {} from {}", page.status, phrase(page.status), page.by);
            verdict(Standing::of(good), html! { { title } }, shown(asked, page, follow))
        }
    }
}

fn shown(asked: &Asked, page: &Page, follow: &Callback<String>) -> Html {
    let location = page.location.as_ref().map(|location| {
        let to = asked.address.follow(location);
        let onclick = {
            let (follow, to) = (follow.clone(), to.clone());
            Callback::from(move |_: MouseEvent| follow.emit(to.clone()))
        };
        html! { <p>{ "It sends the browser to " }<code>{ &to }</code>{ " " }<button class="btn" {onclick}>{ "Follow" }</button></p> }
    });
    html! {
        <>
            { location.unwrap_or_default() }
            if let Some(key) = &page.key { <p class="soft">{ if page.status < 400 { format!("{key}, {}", page.content_type) } else { format!("with the error document {key}") } }</p> }
            if !page.body.is_empty() { <pre class="output" tabindex="0">{ &page.body }</pre> }
            <Source source={page.source}>{ format!("Why? {}", page.why) }</Source>
        </>
    }
}

/// The words of a status.
fn phrase(status: u16) -> &'static str {
    match status {
        200 => "OK",
        301 => "Moved Permanently",
        302 => "Found",
        307 => "Temporary Redirect",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        _ => "",
    }
}
