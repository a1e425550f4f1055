//! A form as data, built anew at every keystroke from what has been typed so far: a field that is asked for answers with
//! its present value, so that what is asked next, and the call, can depend on it.

use super::FormKind;
use crate::map::picture::name_of;
use crate::session::{ApiCall, Selection};
use std::collections::BTreeMap;
use std::rc::Rc;
use stratus_engine::World;
use stratus_engine::base::ids::{Kind, ResourceId, VpcId};
use stratus_engine::catalog::Region;
use stratus_engine::world::Ec2;
use stratus_engine::world::compute::{Instance, InstanceState};
use stratus_engine::world::vpc::{NetworkInterface, Subnet, Vpc};
use stratus_model::Structure;
use yew::Reducible;

/// What can be chosen from: values and their labels.
pub type Options = Vec<(String, String)>;

/// Where a form's call is made, and what is there.
pub struct Place<'w> {
    /// The world, with the Region's default VPC in it.
    pub world: &'w World,
    /// The Region.
    pub region: Region,
    /// What is in it.
    pub ec2: &'w Ec2,
}

impl<'w> Place<'w> {
    /// Of a form; `None` for a Region in which there is nothing.
    pub fn of(kind: &FormKind, world: &'w World) -> Option<Place<'w>> {
        let region = kind.region();
        let ec2 = world.ec2(region)?;
        Some(Place { world, region, ec2 })
    }
    /// How a resource is called.
    pub fn name(&self, id: impl Into<ResourceId>) -> String {
        name_of(self.world, self.region, id)
    }
    /// An EC2 call.
    pub fn call(&self, operation: &'static str, params: Structure) -> ApiCall {
        ApiCall::ec2(self.region, operation, params)
    }
    /// Instances that are not going, to choose from.
    pub fn instances(&self, keep: &dyn Fn(&Instance) -> bool) -> Options {
        let going = |state| matches!(state, InstanceState::Terminated | InstanceState::ShuttingDown);
        let rows = self.ec2.instances.rows().filter(|i| !going(i.state) && keep(i));
        let option = |i: &Instance| {
            let label = format!("{} · {} · {}", self.name(i.id), i.state.name(), i.zone.name());
            (i.born, i.id.to_string(), label)
        };
        eldest_first(rows.map(option).collect())
    }
    /// VPCs to choose from.
    pub fn vpcs(&self) -> Options {
        let blocks = |row: &Vpc| {
            row.cidrs
                .first()
                .map(|(_, block)| block.to_string())
                .unwrap_or_default()
        };
        let rows = self.ec2.vpcs.rows();
        eldest_first(
            rows.map(|row| {
                (
                    row.born,
                    row.id.to_string(),
                    format!("{} · {}", self.name(row.id), blocks(row)),
                )
            })
            .collect(),
        )
    }
    /// Subnets to choose from: of one VPC, or of all.
    pub fn subnets(&self, vpc: Option<VpcId>) -> Options {
        let rows = self
            .ec2
            .subnets
            .rows()
            .filter(|row| vpc.is_none_or(|vpc| row.vpc == vpc));
        let option = |row: &Subnet| {
            (
                row.born,
                row.id.to_string(),
                format!("{} · {} · {}", self.name(row.id), row.cidr, row.zone.name()),
            )
        };
        eldest_first(rows.map(option).collect())
    }
    /// Interfaces to choose from, by their instances.
    pub fn interfaces(&self) -> Options {
        let option = |row: &NetworkInterface| {
            let who = row.attachment.as_ref().map_or_else(
                || self.name(row.id),
                |at| format!("{} eth{}", self.name(at.instance), at.device_index),
            );
            let address = row.primary().map(|one| one.private.to_string()).unwrap_or_default();
            (row.born, row.id.to_string(), format!("{who} · {address}"))
        };
        eldest_first(self.ec2.interfaces.rows().map(option).collect())
    }
}

/// Values and labels in the order in which they were born.
pub fn eldest_first(mut rows: Vec<(u64, String, String)>) -> Options {
    stratus_model::sort::by_key(&mut rows, |row| row.0);
    rows.into_iter().map(|(_, value, label)| (value, label)).collect()
}

/// A table of values and labels, to choose from.
pub fn options(table: &[(&str, &str)]) -> Options {
    let owned = |(value, label): &(&str, &str)| ((*value).to_owned(), (*label).to_owned());
    table.iter().map(owned).collect()
}

/// What has been typed, by field.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values(BTreeMap<&'static str, String>);

/// What happens to what has been typed.
pub enum Typing {
    /// A field has another value.
    Of(&'static str, String),
    /// All begins anew.
    Anew,
}

impl Reducible for Values {
    type Action = Typing;

    fn reduce(mut self: Rc<Self>, typing: Typing) -> Rc<Values> {
        match typing {
            Typing::Of(key, value) => {
                Rc::make_mut(&mut self).0.insert(key, value);
                self
            }
            Typing::Anew => Rc::default(),
        }
    }
}

/// How a field is filled in.
#[derive(Clone, Debug, PartialEq)]
pub enum Control {
    /// Text, with values to choose from and what they mean.
    Text(Options),
    /// A whole number.
    Number,
    /// Several lines.
    Area,
    /// The text of a file, pasted or read from one of these types (as HTML's `accept` has them).
    Document(&'static str),
    /// One of these: value and label.
    Select(Options),
    /// Yes or no.
    Check,
}

/// One field.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The parameter that it fills: an error that names it is shown here.
    pub key: &'static str,
    /// Further parameters whose errors belong here.
    pub also: &'static [&'static str],
    /// Its label.
    pub label: &'static str,
    /// Its present value.
    pub value: String,
    /// One short sentence, or empty.
    pub hint: String,
    /// How it is filled in.
    pub control: Control,
    /// Whether it cannot be filled in at present.
    pub off: bool,
}

/// Why the call cannot be made as things stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// The field.
    pub field: &'static str,
    /// In words.
    pub text: String,
}

/// A whole form.
pub struct Spec {
    /// Its title.
    pub title: String,
    /// What it is for, in one or two plain sentences.
    pub about: &'static str,
    /// The word on its button.
    pub verb: &'static str,
    /// Its fields.
    pub fields: Vec<Field>,
    /// The call, or what is missing for it.
    pub call: Result<ApiCall, Problem>,
    /// The kind of what the call makes: it is selected afterwards.
    pub made: Option<Kind>,
    /// What is selected afterwards, where that is known before.
    pub shows: Option<Selection>,
    /// What is said when it worked.
    pub told: String,
    /// What the call would make, line by line, where the fields alone do not tell.
    pub plan: Vec<String>,
    /// What AWS documents of it: the page, and the statement in our words.
    pub source: Option<(&'static str, &'static str)>,
}

impl Spec {
    /// Of a form whose subject does not exist any more.
    pub fn gone() -> Spec {
        Spec {
            title: "It is gone".into(),
            about: "What this was about does not exist any more.",
            verb: "Close",
            fields: Vec::new(),
            call: Err(Problem {
                field: "",
                text: String::new(),
            }),
            made: None,
            shows: None,
            told: String::new(),
            plan: Vec::new(),
            source: None,
        }
    }
}

/// Asks for fields, one after the other.
pub struct Builder<'v> {
    values: &'v Values,
    fields: Vec<Field>,
    problem: Option<Problem>,
}

impl<'v> Builder<'v> {
    /// For what has been typed so far.
    pub fn new(values: &'v Values) -> Builder<'v> {
        Builder {
            values,
            fields: Vec::new(),
            problem: None,
        }
    }

    fn ask(&mut self, key: &'static str, label: &'static str, default: impl Into<String>, control: Control) -> String {
        let mut value = self.values.0.get(key).cloned().unwrap_or_else(|| default.into());
        // A choice that is not offered any more falls back to the first that is.
        if let Control::Select(options) = &control
            && !options.iter().any(|(known, _)| *known == value)
        {
            value = options.first().map(|(first, _)| first.clone()).unwrap_or_default();
        }
        self.fields.push(Field {
            key,
            also: &[],
            label,
            value: value.clone(),
            hint: String::new(),
            control,
            off: false,
        });
        value.trim().to_owned()
    }

    /// A text.
    pub fn text(&mut self, key: &'static str, label: &'static str, default: impl Into<String>) -> String {
        self.ask(key, label, default, Control::Text(Vec::new()))
    }
    /// A text with suggestions.
    pub fn suggest(
        &mut self,
        key: &'static str,
        label: &'static str,
        default: impl Into<String>,
        suggestions: Options,
    ) -> String {
        self.ask(key, label, default, Control::Text(suggestions))
    }
    /// Several lines; kept as typed.
    pub fn area(&mut self, key: &'static str, label: &'static str, default: impl Into<String>) -> String {
        self.ask(key, label, default, Control::Area);
        self.fields.last().map(|field| field.value.clone()).unwrap_or_default()
    }
    /// The text of a file; kept as it is.
    pub fn document(&mut self, key: &'static str, label: &'static str, accept: &'static str) -> String {
        self.ask(key, label, "", Control::Document(accept));
        self.fields.last().map(|field| field.value.clone()).unwrap_or_default()
    }
    /// One of these.
    pub fn choose(
        &mut self,
        key: &'static str,
        label: &'static str,
        default: impl Into<String>,
        options: Options,
    ) -> String {
        self.ask(key, label, default, Control::Select(options))
    }
    /// Yes or no.
    pub fn check(&mut self, key: &'static str, label: &'static str, default: bool) -> bool {
        self.ask(key, label, default.to_string(), Control::Check) == "true"
    }
    /// A whole number, or nothing; anything else is a problem.
    pub fn number(&mut self, key: &'static str, label: &'static str, default: impl Into<String>) -> Option<i64> {
        let typed = self.ask(key, label, default, Control::Number);
        if typed.is_empty() {
            return None;
        }
        let number = typed.parse::<i64>().ok();
        if number.is_none() {
            self.refuse(key, format!("{label}: '{typed}' is not a whole number."));
        }
        number
    }

    /// A hint under the last field.
    pub fn hint(&mut self, hint: impl Into<String>) {
        if let Some(field) = self.fields.last_mut() {
            field.hint = hint.into();
        }
    }
    /// Further parameters whose errors belong to the last field.
    pub fn also(&mut self, names: &'static [&'static str]) {
        if let Some(field) = self.fields.last_mut() {
            field.also = names;
        }
    }
    /// The last field cannot be filled in while this holds.
    pub fn off_when(&mut self, off: bool) {
        if let Some(field) = self.fields.last_mut() {
            field.off = off;
        }
    }
    /// The last field must not be empty: `missing` says what is asked for.
    pub fn need(&mut self, missing: &str) {
        if let Some(field) = self.fields.last()
            && field.value.trim().is_empty()
        {
            self.refuse(field.key, missing.to_owned());
        }
    }
    /// The call cannot be made, and why. The first reason stays.
    pub fn refuse(&mut self, field: &'static str, text: String) {
        self.problem.get_or_insert(Problem { field, text });
    }

    /// The form.
    pub fn finish(self, title: impl Into<String>, about: &'static str, verb: &'static str, call: ApiCall) -> Spec {
        Spec {
            title: title.into(),
            about,
            verb,
            fields: self.fields,
            call: match self.problem {
                Some(problem) => Err(problem),
                None => Ok(call),
            },
            made: None,
            shows: None,
            told: "Done".into(),
            plan: Vec::new(),
            source: None,
        }
    }
}

impl Spec {
    /// The kind of what the call makes, and what is said then.
    pub fn making(mut self, kind: Kind, told: impl Into<String>) -> Spec {
        self.made = Some(kind);
        self.told = told.into();
        self
    }
    /// What is selected afterwards.
    pub fn showing(mut self, selection: Selection) -> Spec {
        self.shows = Some(selection);
        self
    }
    /// What the call would make.
    pub fn foretelling(mut self, plan: Vec<String>) -> Spec {
        self.plan = plan;
        self
    }
    /// What AWS documents of it: the page, and the statement in our words.
    pub fn documented(mut self, page: &'static str, words: &'static str) -> Spec {
        self.source = Some((page, words));
        self
    }
    /// What is said when it worked.
    pub fn telling(mut self, told: impl Into<String>) -> Spec {
        self.told = told.into();
        self
    }
}

/// TagSpecifications with a Name, where one was given.
pub fn named(params: Structure, resource_type: &str, name: &str) -> Structure {
    use stratus_model::field;
    if name.is_empty() {
        return params;
    }
    let tag = Structure::new().with(field::KEY, "Name").with(field::VALUE, name);
    let tags = Structure::new()
        .with(field::RESOURCE_TYPE, resource_type)
        .with(field::TAGS, vec![tag]);
    params.with(field::TAG_SPECIFICATIONS, vec![tags])
}

/// A text parameter, where it is not empty.
pub fn some(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}
