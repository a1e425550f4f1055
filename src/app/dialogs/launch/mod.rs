//! The launch wizard: choices in AWS's order, wise defaults, a review with price and command, errors beside their field.

mod choices;
mod cost;
mod key_field;

use crate::session::action::{Outcome, ToastKind};
use crate::session::{Action, ApiCall, Ctx, Panel, Selection, Toast, use_ctx};
use crate::ui::{CallText, Modal, Typed, text_of};
use choices::{Choices, ImageChoice, field_of, groups_of, images_of, subnets_of, types_for};
use key_field::KeyField;
use std::rc::Rc;
use stratus_engine::Error;
use stratus_engine::base::ids::{ImageId, InstanceId, ResourceId};
use stratus_engine::catalog::money::price_text;
use stratus_engine::catalog::{InstanceType, Region};
use stratus_model::{Structure, field};
use yew::prelude::*;

/// The wizard.
#[component]
pub fn Launch() -> Html {
    let ctx = use_ctx();
    let choices = use_state(|| Choices::new(ctx.world(), ctx.region()).of_image(ctx.world(), selected_image(&ctx)));
    let error = use_state(|| None::<Error>);
    let images = use_memo((choices.region, ctx.view().stamp), |(region, _)| {
        images_of(ctx.world(), *region)
    });
    let image = images.iter().find(|image| image.id == choices.image).cloned();
    let set = {
        let choices = choices.clone();
        Callback::from(move |changed: Choices| choices.set(changed))
    };
    let launch = {
        let (ctx, choices, image, error) = (ctx.clone(), (*choices).clone(), image.clone(), error.clone());
        Callback::from(move |_: MouseEvent| {
            let error = error.clone();
            start(
                &ctx,
                &choices,
                image.clone(),
                Callback::from(move |problem| error.set(Some(problem))),
            );
        })
    };
    let wrong = error.as_ref().map(|error| (field_of(error), error.clone()));
    let foot = html! {
        <>
            if let Some((field, problem)) = wrong.as_ref().filter(|(field, _)| field.is_empty()) {
                <p class="field-error grow" role="alert">{ format!("{field}{}: {} {}", problem.code, problem.message, problem.remedy) }</p>
            }
            <span class="soft grow">{ cost::words(&ctx.read(|engine| engine.world_in(choices.region)), &choices, image.as_ref()) }</span>
            <button class="btn" onclick={ctx.on(|| Action::Dialog(None))}>{ "Cancel" }</button>
            <button class="btn primary" onclick={launch}>{ "Launch instance" }</button>
        </>
    };
    html! {
        <Modal title="Launch instance" class="wide" foot={Some(foot)}>
            <div class="wizard">
                <Form choices={(*choices).clone()} images={(*images).clone()} wrong={wrong.clone()} {set} />
                <Review choices={(*choices).clone()} {image} />
            </div>
        </Modal>
    }
}

/// The image that is selected: the wizard begins with it.
fn selected_image(ctx: &Ctx) -> Option<ImageId> {
    match ctx.screen().selection {
        Some(Selection::Resource(_, ResourceId::Image(id))) => Some(id),
        _ => None,
    }
}

/// Makes the calls: a new group and its rules first where one is wanted, then the launch.
fn start(ctx: &Ctx, choices: &Choices, image: Option<ImageChoice>, failed: Callback<Error>) {
    match choices.existing_group() {
        Some(group) => run(ctx, choices, &group.to_string(), image, failed),
        None => {
            let groups = groups_of(ctx.world(), choices);
            let call = choices.group_call(choices::vpc_of(ctx.world(), choices), &choices.group_name(&groups));
            if let Some(error) = refusal(ctx, choices, image.as_ref(), &call) {
                return failed.emit(error);
            }
            let (again, choices) = (ctx.clone(), choices.clone());
            let done = Callback::from(move |outcome: Outcome| match outcome {
                Ok(answer) => {
                    let group = answer.text(field::GROUP_ID).unwrap_or_default().to_owned();
                    for rule in choices.rules.iter().filter(|rule| rule.on) {
                        again.act(Action::Call {
                            call: choices.rule_call(&group, rule),
                            done: None,
                            quiet: false,
                        });
                    }
                    run(&again, &choices, &group, image.clone(), failed.clone());
                }
                Err(error) => failed.emit(error),
            });
            ctx.act(Action::Call {
                call,
                done: Some(done),
                quiet: true,
            });
        }
    }
}

/// Why the whole would fail, tried on a copy: a launch that is refused leaves no group behind.
fn refusal(ctx: &Ctx, choices: &Choices, image: Option<&ImageChoice>, create: &ApiCall) -> Option<Error> {
    let attempt = |engine: &stratus_engine::Engine| {
        let world = engine.world_in(choices.region);
        let (made, world) = engine.try_on(&world, create.region, create.service, create.operation, &create.params)?;
        let launch = choices.launch_call(made.text(field::GROUP_ID).unwrap_or_default(), image);
        engine.try_on(&world, launch.region, launch.service, launch.operation, &launch.params)
    };
    ctx.read(attempt).err()
}

fn run(ctx: &Ctx, choices: &Choices, group: &str, image: Option<ImageChoice>, failed: Callback<Error>) {
    let region = choices.region;
    let (again, name) = (ctx.clone(), choices.name.clone());
    let done = Callback::from(move |outcome: Outcome| match outcome {
        Ok(answer) => {
            let first = answer
                .structures(field::INSTANCES)
                .next()
                .and_then(|i| InstanceId::parse(i.text(field::INSTANCE_ID)?));
            again.act(Action::Dialog(None));
            again.act(Action::ShowRegion(region));
            again.act(Action::Open(Panel::Map));
            again.act(Action::Select(first.map(|id| Selection::Resource(region, id.into()))));
            let toast = Toast::new(
                ToastKind::Good,
                format!("{name} is launching"),
                "In less than a virtual minute it runs.",
            );
            again.act(Action::Toast(
                toast.offering("Undo", crate::session::action::ToastOffer::Undo),
            ));
        }
        Err(error) => failed.emit(error),
    });
    ctx.act(Action::Call {
        call: choices.launch_call(group, image.as_ref()),
        done: Some(done),
        quiet: true,
    });
}

#[derive(Properties, PartialEq)]
struct FormProps {
    choices: Choices,
    images: Vec<ImageChoice>,
    wrong: Option<(&'static str, Error)>,
    set: Callback<Choices>,
}

#[component]
fn Form(props: &FormProps) -> Html {
    let ctx = use_ctx();
    let world = ctx.read(|engine| Rc::new(engine.world_in(props.choices.region)));
    let choices = &props.choices;
    let on = |change: fn(&mut Choices, String)| {
        let (choices, set) = (choices.clone(), props.set.clone());
        Callback::from(move |event: Event| {
            let mut changed = choices.clone();
            change(&mut changed, text_of(&event));
            set.emit(changed);
        })
    };
    let on_region = {
        let (ctx, choices, set) = (ctx.clone(), choices.clone(), props.set.clone());
        Callback::from(move |event: Event| {
            if let Some(region) = Region::find(&text_of(&event)) {
                let fresh = Choices::new(&ctx.read(|engine| engine.world_in(region)), region);
                set.emit(Choices {
                    name: choices.name.clone(),
                    user_data: choices.user_data.clone(),
                    ..fresh
                });
            }
        })
    };
    let architecture = props
        .images
        .iter()
        .find(|image| image.id == choices.image)
        .map_or("x86_64".to_owned(), |image| image.architecture.clone());
    let on_image = {
        let (images, choices, set) = (props.images.clone(), choices.clone(), props.set.clone());
        Callback::from(move |event: Event| {
            let mut changed = Choices {
                image: text_of(&event),
                ..choices.clone()
            };
            let architecture = images
                .iter()
                .find(|image| image.id == changed.image)
                .map_or("", |image| image.architecture.as_str());
            let types = types_for(architecture);
            // A type that cannot run the image would only fail: take the smallest that can.
            if !types.iter().any(|t| t.name() == changed.instance_type) {
                changed.instance_type = types
                    .iter()
                    .find(|t| t.burstable() && t.size() == "micro")
                    .or(types.first())
                    .map(|t| t.name().to_owned())
                    .unwrap_or_default();
            }
            set.emit(changed);
        })
    };
    let mut families: Vec<&'static str> = props.images.iter().map(|image| image.family).collect();
    families.dedup();
    let image_options = families.iter().map(|family| html! {
        <optgroup label={*family}>
            { for props.images.iter().filter(|image| image.family == *family).map(|image| html! { <option value={image.id.clone()} selected={image.id == choices.image}>{ &image.label }</option> }) }
        </optgroup>
    });
    let subnets = subnets_of(&world, choices.region);
    let groups = groups_of(&world, choices);
    html! {
        <div class="stack">
            <div class="pair">
                { labelled("Region", props, html! { <select onchange={on_region}>{ for Region::all().map(|region| html! { <option value={region.name()} selected={region == choices.region}>{ format!("{} · {}", region.long_name(), region.name()) }</option> }) }</select> }) }
                { labelled("Name", props, html! { <Typed value={choices.name.clone()} onchange={on(|c, v| c.name = v)} /> }) }
            </div>
            { labelled("AMI", props, html! { <select onchange={on_image}>{ for image_options }</select> }) }
            { labelled("Instance type", props, html! { <select onchange={on(|c, v| c.instance_type = v)}>{ for types_for(&architecture).into_iter().map(|t| type_option(t, choices)) }</select> }) }
            <KeyField choices={choices.clone()} set={props.set.clone()} wrong={wrong_for("Key pair", props)} />
            <div class="pair">
                { labelled("Subnet", props, html! {
                    <select onchange={on(|c, v| { c.subnet = v; c.group = String::new(); })}>
                        <option value="" selected={choices.subnet.is_empty()}>{ "Default VPC, any zone" }</option>
                        { for subnets.iter().map(|subnet| {
                            let id = subnet.id.to_string();
                            let label = world.label(choices.region, subnet.id.into());
                            let name = if label == id { crate::ui::short_id(&id) } else { label };
                            let kind = if subnet.default_for_zone { " · default" } else { "" };
                            html! { <option value={id.clone()} selected={id == choices.subnet}>{ format!("{} · {name} · {}{kind}", subnet.zone.name(), subnet.cidr) }</option> }
                        }) }
                    </select>
                }) }
                { labelled("Public IPv4 address", props, html! {
                    <select onchange={on(|c, v| c.public = match v.as_str() { "yes" => Some(true), "no" => Some(false), _ => None })}>
                        <option value="" selected={choices.public.is_none()}>{ "As the subnet says" }</option>
                        <option value="yes" selected={choices.public == Some(true)}>{ "Yes" }</option>
                        <option value="no" selected={choices.public == Some(false)}>{ "No" }</option>
                    </select>
                }) }
            </div>
            { labelled("Security group", props, html! {
                <select onchange={on(|c, v| c.group = v)}>
                    <option value="" selected={choices.group.is_empty()}>{ "A new group, with the rules below" }</option>
                    { for groups.iter().map(|group| { let id = group.id.to_string(); html! { <option value={id.clone()} selected={id == choices.group}>{ format!("{} · {}", group.name, crate::ui::short_id(&id)) }</option> } }) }
                </select>
            }) }
            if choices.group.is_empty() { <NewRules choices={choices.clone()} set={props.set.clone()} /> }
            <div class="pair">
                { labelled("Root volume", props, html! { <Typed inputmode="numeric" value={choices.root_gib.clone()} placeholder={root_hint(props)} onchange={on(|c, v| c.root_gib = v)} /> }) }
                { labelled("Count", props, html! { <Typed range={(1, 100)} value={choices.count.to_string()} onchange={on(|c, v| c.count = v.parse().unwrap_or(1))} /> }) }
            </div>
            { labelled("User data", props, html! { <Typed rows={3} value={choices.user_data.clone()} placeholder={"#!/bin/bash\ndnf install -y nginx && systemctl enable --now nginx"} onchange={on(|c, v| c.user_data = v)} /> }) }
        </div>
    }
}

fn root_hint(props: &FormProps) -> String {
    let size = props
        .images
        .iter()
        .find(|image| image.id == props.choices.image)
        .map_or(8, |image| image.root_gib);
    format!("{size} GiB, as the image says")
}

fn wrong_for(name: &str, props: &FormProps) -> Option<Error> {
    props
        .wrong
        .as_ref()
        .filter(|(field, _)| *field == name)
        .map(|(_, error)| error.clone())
}

fn labelled(name: &'static str, props: &FormProps, control: Html) -> Html {
    let wrong = wrong_for(name, props);
    html! {
        <div>
            <label class={classes!("field", wrong.is_some().then_some("bad"))}>{ name }{ control }</label>
            if let Some(error) = wrong { <p class="field-error" role="alert">{ format!("{}: {} {}", error.code, error.message, error.remedy) }</p> }
        </div>
    }
}

fn type_option(kind: InstanceType, choices: &Choices) -> Html {
    let memory = f64::from(kind.memory_mib()) / 1024.0;
    let price = kind
        .linux_price(choices.region)
        .or_else(|| kind.linux_price(Region::US_EAST_1))
        .map_or("price unknown".to_owned(), |p| format!("${}/h", price_text(p, 4)));
    let free = if kind.free_tier() { " · free tier" } else { "" };
    html! {
        <option value={kind.name()} selected={kind.name() == choices.instance_type}>{ format!("{} · {} vCPU · {memory} GiB · {price}{free}", kind.name(), kind.vcpus()) }</option>
    }
}

#[derive(Properties, PartialEq)]
struct RulesProps {
    choices: Choices,
    set: Callback<Choices>,
}

/// The rules that a new group begins with.
#[component]
fn NewRules(props: &RulesProps) -> Html {
    html! {
        <fieldset class="new-rules">
            <legend>{ "Let in" }</legend>
            { for props.choices.rules.iter().enumerate().map(|(at, rule)| {
                let (choices, set) = (props.choices.clone(), props.set.clone());
                let onchange = Callback::from(move |_: Event| {
                    let mut changed = choices.clone();
                    if let Some(rule) = changed.rules.get_mut(at) {
                        rule.on = !rule.on;
                    }
                    set.emit(changed);
                });
                let from = if rule.cidr == "0.0.0.0/0" { "anywhere" } else { "your address only" };
                html! { <label class="check"><input type="checkbox" checked={rule.on} {onchange} />{ format!("{} ({}) from {from}", rule.name, rule.port) }</label> }
            }) }
        </fieldset>
    }
}

#[derive(Properties, PartialEq)]
struct ReviewProps {
    choices: Choices,
    image: Option<ImageChoice>,
}

/// What will be done, as commands.
#[component]
fn Review(props: &ReviewProps) -> Html {
    let ctx = use_ctx();
    let choices = &props.choices;
    let world = ctx.read(|engine| engine.world_in(choices.region));
    let calls = preview(&world, choices, props.image.as_ref());
    let login = props.image.as_ref().map_or("ec2-user", |image| image.login.as_str());
    html! {
        <aside class="review" aria-label="Review">
            <h3>{ "What this does" }</h3>
            <ol>{ for calls.iter().enumerate().map(|(at, call)| html! { <li><CallText call={call.clone()} choice={at == 0} /></li> }) }</ol>
            <p class="soft">{ format!("You will log in as {login}{}.", if choices.key.is_empty() { ", but without a key pair nobody can" } else { "" }) }</p>
            <p class="soft">{ "EC2 bills an instance by the second while it runs, 60 seconds at least. Prices are list prices of March 2025." }</p>
        </aside>
    }
}

/// The calls that a press on the button makes. A new group's id is not known before: it is tried on a copy.
fn preview(world: &stratus_engine::World, choices: &Choices, image: Option<&ImageChoice>) -> Vec<ApiCall> {
    if let Some(group) = choices.existing_group() {
        return vec![choices.launch_call(&group.to_string(), image)];
    }
    let groups = groups_of(world, choices);
    let create = choices.group_call(choices::vpc_of(world, choices), &choices.group_name(&groups));
    let engine = stratus_engine::Engine::new(world.options.clone());
    let made: Option<Structure> = engine
        .try_on(world, choices.region, "ec2", "CreateSecurityGroup", &create.params)
        .ok()
        .map(|(answer, _)| answer);
    let group = made
        .and_then(|answer| answer.text(field::GROUP_ID).map(str::to_owned))
        .unwrap_or_else(|| "sg-new".into());
    let mut calls = vec![create];
    calls.extend(
        choices
            .rules
            .iter()
            .filter(|rule| rule.on)
            .map(|rule| choices.rule_call(&group, rule)),
    );
    calls.push(choices.launch_call(&group, image));
    calls
}
