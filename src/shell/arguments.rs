//! The options of an operation: those of its input, and those that the AWS CLI adds, renames and takes away.
//! Source: the CLI's reference (<https://docs.aws.amazon.com/cli/latest/reference/>) and the behaviour of version 2.9.19.

use crate::argparse::{Kind, Rule, Takes};
use crate::customised;
use crate::data::Data;
use stratus_model::{Member, Operation, Service, Shape, cli_name};

/// An option and what becomes of its value.
#[derive(Clone, Debug)]
pub struct Argument {
    pub rule: Rule,
    pub part: Part,
}

/// What becomes of a value.
#[derive(Clone, Copy, Debug)]
pub enum Part {
    /// A member of the input.
    Member(&'static Member),
    /// A truth value of the input, as the flag says.
    Flag(&'static Member),
    /// A structure with one truth value: `--ebs-optimized`, `--no-ebs-optimized`, `--ebs-optimized Value=false`.
    Pulled(&'static Member, bool),
    /// One of the three parameters of paging.
    Page(&'static str),
    /// An option of the CLI's own; [`customised`] knows it.
    Custom(&'static str),
    /// Not for the input: `--cli-input-json`, `--generate-cli-skeleton`, an output file.
    Other,
}

/// All options of an operation, in the CLI's order.
pub fn table(service: &'static Service, operation: &'static Operation) -> Vec<Argument> {
    let mut table = Table { arguments: Vec::new() };
    for member in &service.structure(operation.input).members {
        table.member(service, member);
    }
    customised::adjust(service, operation, &mut table);
    // Events of a selection go to a file as a stream does.
    let selects = service.name == "s3" && operation.name == "SelectObjectContent";
    if selects || streaming_output(service, operation).is_some() {
        table.put(Rule::position("outfile", Vec::new()), Part::Other);
    }
    // Where an answer goes to a file, the real command takes no document and prints no skeleton.
    let to_file = table.get("outfile").is_some();
    if !to_file {
        for name in ["cli-input-json", "cli-input-yaml"] {
            table.put(Rule::option(name, Takes::One), Part::Other);
        }
    }
    if let Some(pagination) = &operation.pagination {
        paging(service, operation, pagination.limit, &mut table);
    }
    if !to_file {
        let mut rule = Rule::option("generate-cli-skeleton", Takes::Maybe(Data::from("input")));
        rule.choices = ["input", "output", "yaml-input"].map(str::to_owned).to_vec();
        table.put(rule, Part::Other);
    }
    table.arguments
}

/// The member of the answer that is a stream of bytes, and so goes to a file.
pub fn streaming_output(service: &'static Service, operation: &Operation) -> Option<&'static Member> {
    let output = service.structure(operation.output);
    let member = output.member(output.payload?)?;
    let streams = match service.shape(member.shape) {
        Shape::Blob(shape) => shape.streaming || member.streaming,
        _ => false,
    };
    streams.then_some(member)
}

fn paging(service: &'static Service, operation: &Operation, limit: Option<&'static str>, table: &mut Table) {
    let input = service.structure(operation.input);
    let member = limit.and_then(|limit| input.member_by_text(limit));
    let kind = match member.map(|member| service.shape(member.shape)) {
        Some(Shape::String(_)) => Kind::Text,
        _ => Kind::Int,
    };
    table.page("starting-token", "StartingToken", Kind::Text);
    if member.is_some() {
        table.page("page-size", "PageSize", kind);
    }
    table.page("max-items", "MaxItems", kind);
}

/// Options under construction.
pub struct Table {
    pub arguments: Vec<Argument>,
}

impl Table {
    /// Adds an option, or takes the place of the one of its name.
    pub fn put(&mut self, rule: Rule, part: Part) {
        let argument = Argument { rule, part };
        match self
            .arguments
            .iter()
            .position(|other| other.rule.name == argument.rule.name)
        {
            Some(place) => {
                if let Some(old) = self.arguments.get_mut(place) {
                    *old = argument;
                }
            }
            None => self.arguments.push(argument),
        }
    }

    pub fn get(&mut self, name: &str) -> Option<&mut Argument> {
        self.arguments.iter_mut().find(|argument| argument.rule.name == name)
    }

    pub fn remove(&mut self, name: &str) {
        self.arguments.retain(|argument| argument.rule.name != name);
    }

    /// Gives an option another name; it moves to the end.
    pub fn rename(&mut self, old: &str, new: &str) {
        if let Some(place) = self.arguments.iter().position(|argument| argument.rule.name == old) {
            let mut argument = self.arguments.remove(place);
            argument.rule.name = new.to_owned();
            // Both flags of a truth value share the value's name, whatever they are called themselves.
            if !matches!(argument.part, Part::Flag(_)) {
                argument.rule.dest = new.replace('-', "_");
            }
            self.arguments.push(argument);
        }
    }

    fn page(&mut self, name: &str, parameter: &'static str, kind: Kind) {
        let mut rule = Rule::option(name, Takes::One);
        rule.kind = kind;
        self.put(rule, Part::Page(parameter));
    }

    fn member(&mut self, service: &'static Service, member: &'static Member) {
        let name = cli_name(member.name.text());
        let mut rule = Rule::option(&name, Takes::One);
        rule.required = member.required && !member.idempotency_token;
        match service.shape(member.shape) {
            Shape::Boolean => {
                rule.required = false;
                rule.takes = Takes::Flag(Data::Bool(true));
                let mut negative = rule.clone();
                negative.name = format!("no-{name}");
                negative.takes = Takes::Flag(Data::Bool(false));
                self.put(rule, Part::Flag(member));
                self.put(negative, Part::Flag(member));
                return;
            }
            Shape::List(_) => rule.takes = Takes::Any,
            Shape::Long(_) => rule.kind = Kind::Int,
            Shape::Float(_) | Shape::Double(_) => rule.kind = Kind::Float,
            _ => {}
        }
        self.put(rule, Part::Member(member));
    }
}
