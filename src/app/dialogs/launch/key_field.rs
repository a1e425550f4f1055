//! "Key pair": one that exists, none, or a new one whose private half is handed over once, here, and kept by nobody.

use super::choices::Choices;
use crate::session::action::Outcome;
use crate::session::{Action, ApiCall, use_ctx};
use crate::ui::CallText;
use stratus_engine::Error;
use stratus_engine::catalog::Region;
use stratus_model::{Structure, field, sort};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// The value of the option that makes a new pair.
const NEW: &str = "\u{2795}";

/// Properties of [`KeyField`].
#[derive(Properties, PartialEq)]
pub struct KeyProps {
    /// What is chosen so far.
    pub choices: Choices,
    /// Changes it.
    pub set: Callback<Choices>,
    /// An error that belongs here.
    pub wrong: Option<Error>,
}

/// The field.
#[component]
pub fn KeyField(props: &KeyProps) -> Html {
    let ctx = use_ctx();
    let private = use_state(|| None::<(String, String)>);
    let problem = use_state(|| None::<String>);
    let region = props.choices.region;
    let mut keys: Vec<(u64, String)> = ctx
        .world()
        .ec2(region)
        .into_iter()
        .flat_map(|ec2| ec2.key_pairs.rows())
        .map(|key| (key.born, key.name.clone()))
        .collect();
    sort::sort(&mut keys);
    let (name, call) = new_pair(region, &keys);
    let create = {
        let (ctx, set, choices, private, problem) = (
            ctx.clone(),
            props.set.clone(),
            props.choices.clone(),
            private.clone(),
            problem.clone(),
        );
        let call = call.clone();
        move || {
            let (set, choices, private, problem) = (set.clone(), choices.clone(), private.clone(), problem.clone());
            let name = name.clone();
            let done = Callback::from(move |outcome: Outcome| match outcome {
                Ok(answer) => {
                    let material = answer.text(field::KEY_MATERIAL).unwrap_or_default().to_owned();
                    private.set(Some((name.clone(), material)));
                    set.emit(Choices {
                        key: name.clone(),
                        ..choices.clone()
                    });
                }
                Err(error) => problem.set(Some(error.to_string())),
            });
            ctx.act(Action::Call {
                call: call.clone(),
                done: Some(done),
                quiet: true,
            });
        }
    };
    let onchange = {
        let (choices, set) = (props.choices.clone(), props.set.clone());
        Callback::from(move |event: Event| {
            let value = event
                .target_dyn_into::<HtmlSelectElement>()
                .map(|select| select.value())
                .unwrap_or_default();
            if value == NEW {
                create();
            } else {
                set.emit(Choices {
                    key: value,
                    ..choices.clone()
                });
            }
        })
    };
    let known = keys.iter().any(|(_, name)| *name == props.choices.key);
    html! {
        <div>
            <label class={classes!("field", props.wrong.is_some().then_some("bad"))}>{ "Key pair" }
                <select {onchange}>
                    <option value="" selected={props.choices.key.is_empty()}>{ "None: nobody can log in" }</option>
                    if !known && !props.choices.key.is_empty() { <option value={props.choices.key.clone()} selected={true}>{ &props.choices.key }</option> }
                    { for keys.iter().map(|(_, name)| html! { <option value={name.clone()} selected={*name == props.choices.key}>{ name }</option> }) }
                    <option value={NEW}>{ "Create a new key pair…" }</option>
                </select>
            </label>
            if let Some((name, material)) = &*private {
                <PrivateKey name={name.clone()} material={material.clone()} />
            } else {
                <details class="as-text"><summary>{ "What a new key pair calls" }</summary><CallText {call} /></details>
            }
            if let Some(problem) = problem.as_ref() { <p class="field-error" role="alert">{ problem }</p> }
            if let Some(error) = &props.wrong { <p class="field-error" role="alert">{ format!("{}: {} {}", error.code, error.message, error.remedy) }</p> }
        </div>
    }
}

/// The call that makes a new pair, and its name: the first that is free.
fn new_pair(region: Region, keys: &[(u64, String)]) -> (String, ApiCall) {
    let free = |name: &String| keys.iter().all(|(_, taken)| taken != name);
    let name = std::iter::once("my-key".to_owned())
        .chain((2..).map(|n| format!("my-key-{n}")))
        .find(free)
        .unwrap_or_default();
    let params = Structure::new()
        .with(field::KEY_NAME, name.as_str())
        .with(field::KEY_TYPE, "ed25519");
    (name, ApiCall::ec2(region, "CreateKeyPair", params))
}

#[derive(Properties, PartialEq)]
struct PrivateProps {
    name: String,
    material: String,
}

/// The private half, once.
#[component]
fn PrivateKey(props: &PrivateProps) -> Html {
    let saved = use_state(|| false);
    let download = {
        let (name, material, saved) = (props.name.clone(), props.material.clone(), saved.clone());
        Callback::from(move |_: MouseEvent| {
            crate::ui::download::save(&format!("{name}.pem"), "application/x-pem-file", material.as_bytes());
            saved.set(true);
        })
    };
    html! {
        <div class="private-key">
            <p><b>{ format!("{} was created.", props.name) }</b>{ " Download the private half now: AWS keeps only the public one and never shows this again. This key is for the simulation only; it protects nothing real." }</p>
            <button class="btn" type="button" onclick={download}>{ if *saved { "Downloaded · once more" } else { "Download private key" } }</button>
        </div>
    }
}
