//! Small forms for one call with its fields, in a dialog or in a panel. What a kind asks and which call it makes stands in
//! [`network`], [`rules`], [`storage`], [`compute`] and [`names`] as plain data; here it is shown, checked by the engine,
//! and made.
//!
//! A form never changes the world but by its one call, and shows the command of that call while one fills it in.

mod builder;
pub mod checks;
mod compute;
mod estate;
mod keeping;
mod kinds;
mod linking;
pub mod names;
mod network;
mod records;
mod rules;
mod storage;
mod watching;

pub use kinds::{FormKind, MoreForm};

use crate::session::action::{Outcome, ToastKind, ToastOffer};
use crate::session::{Action, Ctx, Selection, Toast, use_ctx};
use crate::ui::{CallText, Modal, Source, read_text};
use builder::{Builder, Control, Field, Place, Spec, Typing, Values};
use stratus_engine::base::ids::{Kind, ResourceId};
use stratus_engine::base::time::Span;
use stratus_engine::{Error, World};
use stratus_model::{Structure, Value};
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, SubmitEvent};
use yew::prelude::*;

/// Properties of [`Form`].
#[derive(Properties, PartialEq)]
pub struct FormProps {
    /// What is asked.
    pub kind: FormKind,
    /// In a panel instead of a dialog: it stays, and begins anew when its call is made.
    #[prop_or_default]
    pub inline: bool,
}

fn spec(kind: &FormKind, world: &World, values: &Values) -> Spec {
    network::spec(kind, world, values)
        .or_else(|| rules::spec(kind, world, values))
        .or_else(|| storage::spec(kind, world, values))
        .or_else(|| compute::spec(kind, world, values))
        .or_else(|| names::spec(kind, world, values))
        .or_else(|| more(kind, world, values))
        .unwrap_or_else(Spec::gone)
}

/// One of the rarer ones.
fn more(kind: &FormKind, world: &World, values: &Values) -> Option<Spec> {
    let FormKind::More(_, form) = kind else { return None };
    let place = Place::of(kind, world)?;
    let builder = Builder::new(values);
    match *form {
        MoreForm::FlowLog(_)
        | MoreForm::MirrorTarget(_)
        | MoreForm::MirrorRule(_)
        | MoreForm::MirrorSession(_)
        | MoreForm::InsightsPath
        | MoreForm::AccessScope => watching::spec(*form, &place, builder),
        MoreForm::Peering
        | MoreForm::Endpoint
        | MoreForm::EndpointService
        | MoreForm::AttachVpc(_)
        | MoreForm::AssociateAttachment(_)
        | MoreForm::TransitRoute(_)
        | MoreForm::Propagate(_) => linking::spec(*form, &place, builder),
        MoreForm::Schedule => Some(keeping::schedule(&place, builder)),
        _ => estate::spec(*form, &place, builder),
    }
}

/// The form.
#[component]
pub fn Form(props: &FormProps) -> Html {
    let ctx = use_ctx();
    let values = use_reducer_eq(Values::default);
    let refused = use_state(|| None::<Error>);
    let region = props.kind.region();
    let asked = (
        ctx.view().world_stamp,
        ctx.moment(Span::seconds(1)),
        props.kind.clone(),
        (*values).clone(),
    );
    let spec = use_memo(asked, |(_, _, kind, values)| {
        spec(kind, &ctx.read(|engine| engine.world_in(region)), values)
    });
    let wrong = match (&spec.call, &*refused) {
        (Err(problem), Some(_)) => Some((Some(problem.field), problem.text.clone())),
        (_, Some(error)) => Some((field_of(&spec.fields, error), words(error))),
        _ => None,
    };
    let set = {
        let (values, refused) = (values.dispatcher(), refused.clone());
        Callback::from(move |(key, value): (&'static str, String)| {
            values.dispatch(Typing::Of(key, value));
            refused.set(None);
        })
    };
    let made = {
        let (ctx, values, inline) = (ctx.clone(), values.dispatcher(), props.inline);
        let (kind, shows, told) = (spec.made, spec.shows.clone(), spec.told.clone());
        Callback::from(move |answer: Structure| {
            if inline {
                values.dispatch(Typing::Anew);
            } else {
                ctx.act(Action::Dialog(None));
            }
            let id = kind.and_then(|kind| find_id(&answer, kind));
            let made = id.map(|id| match id {
                ResourceId::HostedZone(id) => Selection::HostedZone(id.to_string()),
                id => Selection::Resource(region, id),
            });
            if let Some(made) = made.or(shows.clone()) {
                ctx.act(Action::Select(Some(made)));
            }
            let toast = Toast::new(ToastKind::Good, told.clone(), "");
            ctx.act(Action::Toast(toast.offering("Undo", ToastOffer::Undo)));
        })
    };
    let onsubmit = submit(&ctx, &spec, made, refused.clone());
    let general = wrong
        .as_ref()
        .filter(|(field, _)| field.is_none())
        .map(|(_, text)| text.clone());
    let missing = spec.call.as_ref().err().map(|problem| problem.text.clone());
    // A list of its own, told apart by keys: fields come and go, and the one that has the focus keeps it.
    let fields = html! {
        <>
            { for spec.fields.iter().map(|field| {
                let wrong = wrong.as_ref().filter(|(at, _)| *at == Some(field.key)).map(|(_, text)| text.clone());
                html! { <FieldView key={field.key} field={field.clone()} {wrong} set={set.clone()} /> }
            }) }
        </>
    };
    let content = html! {
        <form class={classes!("one-call", props.inline.then_some("inline"))} {onsubmit}>
            <p class="soft">{ spec.about }</p>
            { fields }
            if let Some((page, words)) = spec.source { <Source source={page}>{ words }</Source> }
            if !spec.plan.is_empty() { { plan(&spec.plan) } }
            if let Some(text) = general { <p class="field-error" role="alert">{ text }</p> }
            if let Ok(call) = &spec.call { <CallText call={call.clone()} planned=true /> }
            else if let Some(missing) = missing { <p class="soft still-missing">{ missing }</p> }
            <div class="form-foot">
                if !props.inline { <button type="button" class="btn" onclick={ctx.on(|| Action::Dialog(None))}>{ "Cancel" }</button> }
                <button type="submit" class="btn primary">{ spec.verb }</button>
            </div>
        </form>
    };
    if props.inline {
        return content;
    }
    html! { <Modal title={spec.title.clone()}>{ content }</Modal> }
}

/// What the call would make, line by line.
fn plan(lines: &[String]) -> Html {
    html! {
        <section class="plan">
            <h3>{ "What it would make" }</h3>
            <ul class="mono" tabindex="0" aria-label="What it would make">{ for lines.iter().map(|line| html! { <li>{ line }</li> }) }</ul>
        </section>
    }
}

/// Makes the form's call: `made` hears the answer, `refused` keeps the error.
fn submit(
    ctx: &Ctx,
    spec: &Spec,
    made: Callback<Structure>,
    refused: UseStateHandle<Option<Error>>,
) -> Callback<SubmitEvent> {
    let (ctx, call) = (ctx.clone(), spec.call.clone());
    Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        match &call {
            Ok(call) => {
                let (made, refused) = (made.clone(), refused.clone());
                let done = Callback::from(move |outcome: Outcome| match outcome {
                    Ok(answer) => made.emit(answer),
                    Err(error) => refused.set(Some(error)),
                });
                ctx.act(Action::Call {
                    call: call.clone(),
                    done: Some(done),
                    quiet: true,
                });
            }
            // What cannot even be asked is told beside its field; the engine is not troubled.
            Err(problem) => refused.set(Some(
                Error::new("InvalidParameterValue", problem.text.clone()).at(problem.field),
            )),
        }
    })
}

/// What an error says, with the next step.
fn words(error: &Error) -> String {
    format!("{}: {} {}", error.code, error.message, error.remedy)
        .trim_end()
        .to_owned()
}

/// The field that an error belongs to: one whose parameter is named on the error's path.
fn field_of(fields: &[Field], error: &Error) -> Option<&'static str> {
    let steps: Vec<&str> = error
        .parameter
        .split(['.', '[', ']'])
        .filter(|step| !step.is_empty())
        .collect();
    let named = |field: &&Field| steps.contains(&field.key) || field.also.iter().any(|name| steps.contains(name));
    fields.iter().find(named).map(|field| field.key)
}

/// The first id of a kind in an answer.
fn find_id(answer: &Structure, kind: Kind) -> Option<ResourceId> {
    fn look(value: &Value, kind: Kind) -> Option<ResourceId> {
        match value {
            // Route 53 writes a path before its ids: /hostedzone/Z….
            Value::String(text) => ResourceId::parse(text.rsplit('/').next()?).filter(|id| id.kind() == kind),
            Value::List(items) => items.iter().find_map(|item| look(item, kind)),
            Value::Structure(inner) => inner.iter().find_map(|(_, item)| look(item, kind)),
            _ => None,
        }
    }
    answer.iter().find_map(|(_, value)| look(value, kind))
}

#[derive(Properties, PartialEq)]
struct FieldProps {
    field: Field,
    wrong: Option<String>,
    set: Callback<(&'static str, String)>,
}

/// A labelled field with its hint and what is wrong with it.
#[component]
fn FieldView(props: &FieldProps) -> Html {
    let ctx = use_ctx();
    let field = &props.field;
    let key = field.key;
    let oninput = props.set.reform(move |event: InputEvent| {
        let input = event.target_dyn_into::<HtmlInputElement>().map(|input| input.value());
        let area = || event.target_dyn_into::<HtmlTextAreaElement>().map(|area| area.value());
        (key, input.or_else(area).unwrap_or_default())
    });
    let onchange = props.set.reform(move |event: Event| {
        let select = event
            .target_dyn_into::<HtmlSelectElement>()
            .map(|select| select.value());
        (key, select.unwrap_or_default())
    });
    let oncheck = props.set.reform(move |event: Event| {
        let on = event
            .target_dyn_into::<HtmlInputElement>()
            .is_some_and(|input| input.checked());
        (key, on.to_string())
    });
    let bad = props.wrong.is_some();
    let list = format!("form-list-{key}");
    let off = field.off;
    let control = match &field.control {
        Control::Check => {
            return html! {
                <div><label class="check"><input type="checkbox" checked={field.value == "true"} disabled={off} onchange={oncheck} />{ field.label }</label>{ hint(field) }</div>
            };
        }
        Control::Text(suggestions) if suggestions.is_empty() => {
            html! { <input type="text" value={field.value.clone()} disabled={off} {oninput} aria-invalid={bad.to_string()} autocomplete="off" /> }
        }
        Control::Text(suggestions) => html! {
            <>
                <input type="text" value={field.value.clone()} disabled={off} {oninput} list={list.clone()} aria-invalid={bad.to_string()} autocomplete="off" />
                <datalist id={list}>{ for suggestions.iter().map(|(value, label)| html! { <option value={value.clone()} label={label.clone()}>{ label }</option> }) }</datalist>
            </>
        },
        Control::Number => {
            html! { <input type="text" inputmode="numeric" value={field.value.clone()} disabled={off} {oninput} aria-invalid={bad.to_string()} autocomplete="off" /> }
        }
        Control::Area => {
            html! { <textarea rows="5" class="mono" value={field.value.clone()} disabled={off} {oninput} aria-invalid={bad.to_string()} /> }
        }
        Control::Document(_) => {
            html! { <textarea rows="7" class="mono" value={field.value.clone()} disabled={off} {oninput} aria-invalid={bad.to_string()} spellcheck="false" /> }
        }
        Control::Select(options) => html! {
            <select disabled={off} {onchange} aria-invalid={bad.to_string()}>
                { for options.iter().map(|(value, label)| html! { <option value={value.clone()} selected={*value == field.value}>{ label }</option> }) }
            </select>
        },
    };
    html! {
        <div>
            <label class={classes!("field", bad.then_some("bad"))}>{ field.label }{ control }</label>
            if let Control::Document(accept) = field.control {
                <label class="btn file">{ "Read a file" }<input type="file" {accept} class="visually-hidden" onchange={read_file(&ctx, key, &props.set)} /></label>
            }
            { hint(field) }
            if let Some(text) = &props.wrong { <p class="field-error" role="alert">{ text }</p> }
        </div>
    }
}

/// Puts the text of the file that was picked into a field.
fn read_file(ctx: &Ctx, key: &'static str, set: &Callback<(&'static str, String)>) -> Callback<Event> {
    read_text(ctx, set.reform(move |text| (key, text)))
}

fn hint(field: &Field) -> Html {
    if field.hint.is_empty() {
        return Html::default();
    }
    html! { <p class="hint">{ &field.hint }</p> }
}
