//! `aws …` from its words to what is printed: the global options, then the command, then its own options.

use crate::argparse::{self, Kind, Rule, Takes, Values};
use crate::arguments::{self, Argument};
use crate::configure;
use crate::customised;
use crate::data::{Data, Dict};
use crate::debug::Teller;
use crate::fault::Fault;
use crate::formats::{self, Format};
use crate::jmespath::Expression;
use crate::paging;
use crate::request::Caller;
use crate::run::{Call, Output, Session};
use crate::way::Way;
use crate::{document, help, help_customs, s3, skeleton, unpack, waiting};
use stratus_engine::Error;
use stratus_engine::catalog::Region;
use stratus_model::{Operation, Service, Waiter, cli_name, model};

/// The commands that the AWS CLI 2.9.19 has, in its order: what it lists where one is not known.
const COMMANDS: &str = include_str!("data/commands.txt");

/// The file that stands for standard input.
pub(crate) const STDIN: &str = "/dev/stdin";

/// What every command obeys.
struct Globals {
    region: Region,
    output: Format,
    query: Option<Expression>,
    paginate: bool,
    raw: bool,
    profile: Option<String>,
    unsigned: bool,
    debug: bool,
}

/// Runs the words after `aws`.
pub fn aws(words: &[String], session: &mut Session, call: Call<'_>) -> Output {
    session.remedy.clear();
    match run(words, session, call) {
        Ok(output) => output,
        Err(fault) => {
            session.remedy = fault.remedy;
            Output {
                status: fault.status,
                stdout: fault.stdout,
                stderr: fault.stderr,
            }
        }
    }
}

fn printed(stdout: String) -> Output {
    Output {
        status: 0,
        stdout,
        stderr: String::new(),
    }
}

fn usage<T>(result: Result<T, String>) -> Result<T, Fault> {
    result.map_err(|message| Fault::usage(&message))
}

fn run(words: &[String], session: &mut Session, call: Call<'_>) -> Result<Output, Fault> {
    if words.iter().any(|word| word == "--version") {
        return Ok(printed(format!(
            "aws-cli/2.9.19 Stratus/{}\n",
            env!("CARGO_PKG_VERSION")
        )));
    }
    let first = [
        Rule::option("profile", Takes::One),
        Rule::option("debug", Takes::Flag(Data::Null)),
    ];
    argparse::parse(&first, words).map_err(|message| Fault::profile_usage(&message))?;
    let asked = help::asked(words);
    let words = asked.as_deref().unwrap_or(words);
    let (values, rest) = usage(argparse::parse(&global_rules(words), words))?;
    let globals = globals(&values, session)?;
    let command = values.get("command").map(Data::text).unwrap_or_default();
    let way = Way {
        unsigned: globals.unsigned.then(|| session.seen.clone()),
        debug: globals.debug.then(|| beginning(words, &globals, session)),
    };
    let profile = globals.profile.as_deref().unwrap_or("default");
    let unsigned = globals.unsigned || command == "configure";
    let keyless = configure::can_sign(&session.config, &session.keys, profile).err();
    let keyless = keyless.filter(|_| !unsigned);
    // Words are judged first: only what would be signed wants keys.
    let mut asked = false;
    let mut door = |region, service, operation, params| match &keyless {
        None => call(region, service, operation, params),
        Some(_) => {
            asked = true;
            Err(Error::new("MissingCredentials", "nothing is signed"))
        }
    };
    let (outcome, told) = way.go(&mut door, |call| perform(&command, &rest, globals, session, call));
    let outcome = match keyless {
        Some(fault) if asked => Err(fault),
        _ => outcome,
    };
    match outcome {
        Ok(mut output) => {
            output.stderr.insert_str(0, &told);
            Ok(output)
        }
        Err(mut fault) => {
            fault.stderr.insert_str(0, &told);
            Err(fault)
        }
    }
}

/// What `--debug` says before the first request.
fn beginning(words: &[String], globals: &Globals, session: &Session) -> Teller {
    let mut teller = Teller::new(session.keys.clone(), session.tray.now());
    let words: Vec<String> = words.iter().map(|word| crate::words::quote(word)).collect();
    teller.say(&format!("command: aws {}", words.join(" ")));
    teller.say(&format!(
        "profile {}, Region {}, access key {}",
        globals.profile.as_deref().unwrap_or("default"),
        globals.region.name(),
        session.keys.access_key
    ));
    teller
}

fn perform(
    command: &str,
    rest: &[String],
    globals: Globals,
    session: &mut Session,
    call: Call<'_>,
) -> Result<Output, Fault> {
    if let Some(text) = help_customs::of(command, rest) {
        return Ok(printed(text));
    }
    match command {
        "help" => Ok(printed(help::of_all(rest)?)),
        "configure" => {
            let profile = globals.profile.as_deref();
            let region = session.region.name();
            let input = session.tray.get(STDIN).cloned();
            let (config, keys) = (&mut session.config, &session.keys);
            let (status, stdout) = configure::run(rest, config, keys, profile, region, input.as_deref())?;
            Ok(Output {
                status,
                ..printed(stdout)
            })
        }
        "s3" => {
            let mut words = rest.to_vec();
            // Only an address that is signed needs to know.
            if globals.unsigned {
                words.push("--no-sign-request".to_owned());
            }
            words.extend(globals.profile.iter().map(|profile| format!("--profile={profile}")));
            // The commands of their own know the Region from the session.
            let own = std::mem::replace(&mut session.region, globals.region);
            let output = s3::run(&words, session, call);
            session.region = own;
            Ok(output)
        }
        word => match customised::service(word).and_then(|name| model().service(name)) {
            Some(service) => Ready {
                word,
                service,
                globals,
                session,
                call,
            }
            .command(rest),
            None => {
                let names: Vec<&str> = model()
                    .service_names()
                    .map(|name| if name == "s3" { "s3api" } else { name })
                    .collect();
                Err(Fault::parameter(format_args!(
                    "aws {word} is not a part of Stratus. There are: {}, s3 and configure.",
                    names.join(", ")
                )))
            }
        },
    }
}

fn global_rules(words: &[String]) -> Vec<Rule> {
    let on = || Takes::Flag(Data::Bool(true));
    let off = |name: &str, dest: &str| Rule {
        dest: dest.to_owned(),
        ..Rule::option(name, Takes::Flag(Data::Bool(false)))
    };
    let choice = |name: &str, choices: &[&str]| Rule {
        choices: choices.iter().map(|choice| (*choice).to_owned()).collect(),
        ..Rule::option(name, Takes::One)
    };
    let mut commands: Vec<String> = COMMANDS.lines().chain(["help"]).map(str::to_owned).collect();
    // Ours, which AWS does not list.
    if words.iter().any(|word| word == "stratus") {
        commands.push("stratus".into());
    }
    vec![
        Rule::option("debug", on()),
        Rule::option("endpoint-url", Takes::One),
        off("no-verify-ssl", "verify_ssl"),
        off("no-paginate", "paginate"),
        choice("output", &Format::NAMES),
        Rule::option("query", Takes::One),
        Rule::option("profile", Takes::One),
        Rule::option("region", Takes::One),
        Rule::option("version", on()),
        choice("color", &["on", "off", "auto"]),
        off("no-sign-request", "sign_request"),
        Rule::option("ca-bundle", Takes::One),
        Rule::option("cli-read-timeout", Takes::One),
        Rule::option("cli-connect-timeout", Takes::One),
        choice("cli-binary-format", &["base64", "raw-in-base64-out"]),
        Rule::option("no-cli-pager", on()),
        Rule::option("cli-auto-prompt", on()),
        Rule::option("no-cli-auto-prompt", on()),
        Rule::position("command", commands),
    ]
}

fn globals(values: &Values, session: &Session) -> Result<Globals, Fault> {
    let text = |name: &str| values.get(name).map(Data::text);
    let query = match text("query") {
        Some(text) => Some(
            Expression::parse(&text)
                .map_err(|error| Fault::parameter(format_args!("Bad value for --query {text}: {error}")))?,
        ),
        None => None,
    };
    if let Some(url) = text("endpoint_url")
        && url.split_once(':').is_none_or(|(scheme, _)| scheme.is_empty())
    {
        return Err(Fault::parameter(format_args!(
            "Bad value for --endpoint-url \"{url}\": scheme is missing.  Must be of the form http://<hostname>/ or https://<hostname>/"
        )));
    }
    let prompts = values.contains_key("cli_auto_prompt");
    if prompts && values.contains_key("no_cli_auto_prompt") {
        return Err(Fault::parameter(
            "Both --cli-auto-prompt and --no-cli-auto-prompt cannot be specified at the same time.",
        ));
    }
    if prompts {
        return Err(Fault::parameter(
            "--cli-auto-prompt is not a part of Stratus: the terminal completes with Tab instead.",
        ));
    }
    for name in ["read_timeout", "connect_timeout"] {
        if let Some(text) = text(&format!("cli_{name}")) {
            crate::data::int(&text).map_err(Fault::other)?;
        }
    }
    let profile = text("profile");
    let own = profile.as_deref().unwrap_or("default");
    let is_configure = text("command").as_deref() == Some("configure");
    if !is_configure {
        session.config.known(own)?;
    }
    let region = match text("region").or_else(|| session.config.get(own, "region").map(str::to_owned)) {
        Some(name) => match Region::find(&name) {
            Some(region) => region,
            None if is_configure => session.region,
            None => {
                let service = text("command").unwrap_or_default();
                return Err(Fault::other(format_args!(
                    "Could not connect to the endpoint URL: \"https://{service}.{name}.amazonaws.com/\""
                )));
            }
        },
        None => session.region,
    };
    let output = match text("output").or_else(|| session.config.get(own, "output").map(str::to_owned)) {
        Some(name) => Format::find(&name).ok_or_else(|| Fault::other(format_args!("Unknown output type: {name}")))?,
        None => Format::Json,
    };
    let binary = text("cli_binary_format").or_else(|| session.config.get(own, "cli_binary_format").map(str::to_owned));
    Ok(Globals {
        region,
        output,
        query,
        paginate: !values.contains_key("paginate"),
        raw: binary.as_deref() == Some("raw-in-base64-out"),
        profile,
        unsigned: values.contains_key("sign_request"),
        debug: values.contains_key("debug"),
    })
}

/// A command of a service, with everything that it needs.
struct Ready<'a> {
    /// The service as the command line calls it.
    word: &'a str,
    service: &'static Service,
    globals: Globals,
    session: &'a mut Session,
    call: Call<'a>,
}

impl Ready<'_> {
    fn command(self, words: &[String]) -> Result<Output, Fault> {
        let service = self.service;
        let mut choices: Vec<String> = service
            .operations()
            .iter()
            .map(|operation| cli_name(operation.name))
            .filter(|name| !customised::is_removed(service.name, name))
            .collect();
        if !service.waiters().is_empty() {
            choices.push("wait".into());
        }
        choices.push("help".into());
        let (values, rest) = usage(argparse::parse(&[Rule::position("operation", choices)], words))?;
        match values.get("operation").map(Data::text).as_deref() {
            Some("help") => Ok(printed(help::service(self.word, service))),
            Some("wait") => self.wait(&rest),
            name => match name.and_then(|name| service.operation_by_cli_name(name)) {
                Some(operation) => self.operation(operation, None, &rest),
                None => Err(Fault::usage("the following arguments are required: operation")),
            },
        }
    }

    fn wait(self, words: &[String]) -> Result<Output, Fault> {
        let service = self.service;
        if matches!(words, [word] if word == "help") {
            return Ok(printed(help::waiters(self.word, service)));
        }
        let choices = service.waiters().iter().map(|waiter| cli_name(waiter.name)).collect();
        let rule = Rule {
            required: false,
            takes: Takes::Maybe(Data::Null),
            ..Rule::position("subcommand", choices)
        };
        let (values, rest) = usage(argparse::parse(&[rule], words))?;
        let name = values.get("subcommand").map(Data::text);
        let waiter = service
            .waiters()
            .iter()
            .find(|waiter| Some(cli_name(waiter.name)) == name);
        match waiter.and_then(|waiter| Some((waiter, service.operation(waiter.operation)?))) {
            Some((waiter, operation)) => self.operation(operation, Some(waiter), &rest),
            None => Err(Fault::parameter(format_args!(
                "usage: aws [options] {} wait <subcommand> [parameters]\naws: error: too few arguments",
                self.word
            ))),
        }
    }

    fn operation(
        mut self,
        operation: &'static Operation,
        waiter: Option<&'static Waiter>,
        words: &[String],
    ) -> Result<Output, Fault> {
        let service = self.service;
        if matches!(words, [word] if word == "help") {
            return Ok(printed(help::operation(self.word, service, operation, waiter)));
        }
        let mut table = arguments::table(service, operation);
        relax(&mut table, words);
        let values = parse(&table, words)?;
        customised::check(operation, &table, &values)?;
        if waiter.is_none() {
            self.look_at_paging(operation, &mut table, &values)?;
        }
        let mut params = unpack::params(service, operation, &table, &values, &self.session.tray)?;
        if waiter.is_none() {
            self.page_size(operation, &mut params);
        }
        document::add(&values, &self.session.tray, &mut params)?;
        let paginate = self.globals.paginate;
        let (output, query) = (self.globals.output, self.globals.query.take());
        let (stream, key, secret) = self.files(operation, &values)?;
        let mut caller = Caller {
            service,
            operation,
            region: self.globals.region,
            raw: self.globals.raw,
            call: self.call,
            tray: &mut self.session.tray,
            tokens: &mut self.session.tokens,
            stream,
            key,
            secret,
        };
        match values.get("generate_cli_skeleton").and_then(Data::as_text) {
            Some("input") => {
                let skeleton = skeleton::input(service, operation.input);
                return Ok(printed(format!("{}\n", skeleton.indented(true))));
            }
            Some("yaml-input") => return Ok(printed(skeleton::yaml_input(service, operation.input))),
            Some(_) => {
                caller.prepared(params)?;
                let answer = skeleton::output(service, operation.output);
                // The CLI validates its own sample, too.
                crate::validate::validate(service, operation.output, &answer)?;
                return print(output, query.as_ref(), operation, answer);
            }
            None => {}
        }
        if let Some(waiter) = waiter {
            waiting::wait(waiter, &params, &mut caller)?;
            return Ok(Output::default());
        }
        if let Some(pagination) = operation.pagination.as_ref().filter(|_| paginate) {
            let pages = paging::fetch(operation, pagination, params, &mut caller);
            let pages = pages.map_err(|refusal| refusal.fault(operation.name))?;
            return print_pages(output, query.as_ref(), operation, &pages);
        }
        let answer = caller
            .request(params)
            .map_err(|refusal| refusal.fault(operation.name))?;
        print(output, query.as_ref(), operation, answer)
    }

    /// A parameter of the API's own paging turns the CLI's off, and gives back the option that `--max-items` stood before.
    fn look_at_paging(
        &mut self,
        operation: &'static Operation,
        table: &mut [Argument],
        values: &Values,
    ) -> Result<(), Fault> {
        let Some(pagination) = &operation.pagination else {
            return Ok(());
        };
        let names = pagination.input_tokens.iter().chain(pagination.limit.iter());
        for name in names.map(|name| cli_name(name).replace('-', "_")) {
            if !matches!(name.as_str(), "start_token" | "max_items") && values.contains_key(&name) {
                self.globals.paginate = false;
            }
        }
        if self.globals.paginate {
            return Ok(());
        }
        let input = self.service.structure(operation.input);
        let mut used = Vec::new();
        for name in ["starting-token", "page-size", "max-items"] {
            let Some(argument) = table.iter_mut().find(|argument| argument.rule.name == name) else {
                continue;
            };
            match input.member_by_cli_name(name) {
                Some(member) => argument.part = arguments::Part::Member(member),
                None if values.get(&argument.rule.dest).is_some_and(Data::is_true) => used.push(format!("--{name}")),
                None => {}
            }
        }
        if used.is_empty() {
            return Ok(());
        }
        Err(Fault::parameter(format_args!(
            "Cannot specify --no-paginate along with pagination arguments: {}",
            used.join(", ")
        )))
    }

    /// Volumes and snapshots come a thousand at a time unless one asks for some of them.
    fn page_size(&self, operation: &Operation, params: &mut Dict) {
        let more: &[&str] = match (self.service.name, operation.name) {
            ("ec2", "DescribeVolumes") => &[],
            ("ec2", "DescribeSnapshots") => &["OwnerIds", "RestorableByUserIds"],
            _ => return,
        };
        let plain = ["NextToken", "DryRun", "PaginationConfig"];
        if !self.globals.paginate || params.keys().any(|key| !plain.contains(&key) && !more.contains(&key)) {
            return;
        }
        let mut config = params
            .get("PaginationConfig")
            .and_then(Data::as_dict)
            .cloned()
            .unwrap_or_default();
        if !config.contains("PageSize") {
            config.set("PageSize", Data::Int(1000));
            params.set("PaginationConfig", Data::Dict(config));
        }
    }

    /// Files that an answer goes to, or that open it.
    #[allow(clippy::type_complexity)]
    fn files(
        &self,
        operation: &'static Operation,
        values: &Values,
    ) -> Result<(Option<(&'static str, String)>, Option<String>, Option<(String, String)>), Fault> {
        let text = |name: &str| values.get(name).map(Data::text);
        let stream = arguments::streaming_output(self.service, operation)
            .and_then(|member| Some((member.name.text(), text("outfile")?)));
        let key = match text("priv_launch_key") {
            None => None,
            Some(path) => match self.session.tray.get(&path) {
                Some(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
                None => {
                    return Err(Fault::other(
                        "priv-launch-key should be a path to the local SSH private key file used to launch the instance.",
                    ));
                }
            },
        };
        let secret = match operation.name {
            "CreateVirtualMFADevice" => text("bootstrap_method").zip(text("outfile")),
            _ => None,
        };
        Ok((stream, key, secret))
    }
}

/// A document or a skeleton in place of options: none is required then.
fn relax(table: &mut [Argument], words: &[String]) {
    let at = |name: &str| {
        let known = table.iter().any(|argument| argument.rule.name == name);
        let is_it = |word: &String| word.strip_prefix("--") == Some(name);
        known.then(|| words.iter().position(is_it)).flatten()
    };
    let skeleton =
        at("generate-cli-skeleton").is_some_and(|at| words.get(at + 1).map(String::as_str) != Some("output"));
    if at("cli-input-json").is_some() || at("cli-input-yaml").is_some() || skeleton {
        for argument in table {
            argument.rule.required = false;
        }
    }
}

fn parse(table: &[Argument], words: &[String]) -> Result<Values, Fault> {
    let mut rules: Vec<Rule> = table.iter().map(|argument| argument.rule.clone()).collect();
    rules.push(Rule {
        required: false,
        kind: Kind::Text,
        takes: Takes::Maybe(Data::Null),
        ..Rule::position("help", Vec::new())
    });
    let (values, mut rest) = usage(argparse::parse(&rules, words))?;
    rest.extend(values.get("help").map(Data::text));
    if rest.is_empty() {
        Ok(values)
    } else {
        Err(Fault::unknown(&rest))
    }
}

fn searched(query: Option<&Expression>, answer: Dict) -> Result<Data, Fault> {
    let answer = Data::Dict(answer);
    match query {
        Some(query) => query.search(&answer).map_err(Fault::other),
        None => Ok(answer),
    }
}

fn print(format: Format, query: Option<&Expression>, operation: &Operation, answer: Dict) -> Result<Output, Fault> {
    let data = searched(query, answer)?;
    formats::print(format, operation.name, &data)
        .map(printed)
        .map_err(Fault::other)
}

fn print_pages(
    format: Format,
    query: Option<&Expression>,
    operation: &Operation,
    pages: &paging::Pages,
) -> Result<Output, Fault> {
    let mut out = String::new();
    match format {
        Format::YamlStream => {
            for page in &pages.pages {
                let data = searched(query, page.clone())?;
                out.push_str(&formats::yaml(&Data::List(vec![data])));
            }
        }
        Format::Text => {
            for (at, page) in pages.pages.iter().enumerate() {
                let mut current = if at == 0 { pages.beside.clone() } else { Dict::new() };
                for result in &pages.results {
                    let found = result.search(&Data::Dict(page.clone())).map_err(Fault::other)?;
                    paging::set(&mut current, &result.text, found);
                }
                out.push_str(&formats::text(&searched(query, current)?));
            }
            if let Some(token) = &pages.resume {
                let token = Data::Dict(Dict::from_iter([("NextToken".to_owned(), Data::from(token.as_str()))]));
                let last = Dict::from_iter([("NextToken".to_owned(), token)]);
                out.push_str(&formats::text(&searched(query, last)?));
            }
        }
        _ => return print(format, query, operation, pages.merged()?),
    }
    Ok(printed(out))
}
