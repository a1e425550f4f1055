//! The one door. Every change to a world is a call through [`Engine::call`]; nothing else writes.
//!
//! text → `Value` → **call** → check against the model → authorisation → handler on a copy of the world → new world → answer.
//! A call that fails leaves no trace but its line in the session's timeline.

use crate::base::error::{Error, Result};
use crate::base::limits::HISTORY_CALLS;
use crate::base::time::Time;
use crate::catalog::Region;
use crate::clock::{self, Progress};
use crate::dns::message::{Outcome, Question};
use crate::dns::{self, Asker, Caches, Query, Resolution};
#[cfg(not(target_arch = "wasm32"))]
use crate::ground::Ground;
use crate::history::{Call, History, Line, NodeId};
use crate::principal::{self, Credentials, Principal};
use crate::services::route53::checking;
use crate::services::{self, Handler, Request, coral, ec2::defaults, iam};
use crate::world::{Options, World};
use std::net::IpAddr;
use std::rc::Rc;
use stratus_model::{Operation, Problem, ProblemKind, Service, Structure, check, field, model};

/// A world with its history.
#[derive(Clone, Debug)]
pub struct Engine {
    world: World,
    history: History,
    principal: Principal,
    /// The administrator's secret access key: every request of the endpoint asks for it.
    secret: String,
    /// What the resolvers remember: the session's, not the world's.
    caches: Caches,
    /// How often the world has changed, time apart: the session's too.
    changes: u64,
    /// Names need not match their patterns.
    lenient: bool,
    /// What the world can be made from again, where no past worlds are kept: calls change it in place then.
    #[cfg(not(target_arch = "wasm32"))]
    ground: Option<Ground>,
}

/// An advance of the clock under way, so that a long one can run in slices, show progress and be cancelled.
/// Dropping it cancels: nothing has changed until [`Engine::finish_advance`].
#[derive(Clone, Debug)]
pub struct Advance {
    world: World,
    until: Time,
}

impl Advance {
    /// Does at most `budget` events of it.
    pub fn run(&mut self, budget: usize) -> Progress {
        clock::advance(&mut self.world, self.until, budget)
    }
    /// Where it has come to.
    pub fn now(&self) -> Time {
        self.world.now
    }
    /// Where it goes.
    pub fn until(&self) -> Time {
        self.until
    }
}

impl Engine {
    /// A new world.
    pub fn new(options: Options) -> Engine {
        let principal = Principal::administrator(&options);
        let secret = Principal::administrator_secret(&options);
        let world = World::new(options);
        Engine {
            history: History::new(world.clone()),
            world,
            principal,
            secret,
            caches: Caches::default(),
            changes: 0,
            lenient: false,
            #[cfg(not(target_arch = "wasm32"))]
            ground: None,
        }
    }

    /// Accept names outside of the model's patterns, which AWS refuses and other emulators take. A log that was made so may
    /// not replay elsewhere.
    pub fn be_lenient(&mut self, lenient: bool) {
        self.lenient = lenient;
    }

    /// Keeps the log of calls from now on, and no past worlds: no undo, redo or jump, and no lines of the session.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn keep_log_only(&mut self) {
        self.history.keep_log_only();
        self.ground = Some(Ground::new(&self.world));
    }

    /// A number that is another whenever the world is, the passing of time apart: as long as neither this nor `now` changes,
    /// a read answers the same.
    pub fn changes(&self) -> u64 {
        self.changes
    }

    /// The world now.
    pub fn world(&self) -> &World {
        &self.world
    }
    /// The tree of states.
    pub fn history(&self) -> &History {
        &self.history
    }
    /// Who the page acts as.
    pub fn principal(&self) -> &Principal {
        &self.principal
    }
    /// The digest of the world now.
    pub fn digest(&self) -> String {
        crate::world::digest::digest(&self.world)
    }

    /// The world as it looks from a Region: with the Region's default VPC, which appears on first use, if it is not there yet.
    pub fn world_in(&self, region: Region) -> World {
        let mut world = self.world.clone();
        defaults::ensure(&mut world, region);
        world
    }

    /// What the world knows of an access key, as of now: the administrator's, those of IAM's users, and temporary ones.
    /// `None` = it is not one of this world's. A key that may not be used is answered too, with the reason in its status.
    pub fn credentials(&self, access_key_id: &str, session_token: Option<&str>) -> Option<Credentials> {
        let administrator = || (self.principal.clone(), self.secret.clone());
        principal::credentials_beside(&self.world, &administrator, access_key_id, session_token)
    }

    /// Makes a call as the administrator.
    pub fn call(&mut self, region: Region, service: &str, operation: &str, params: Structure) -> Result<Structure> {
        let principal = self.principal.clone();
        self.call_as(&principal, region, service, operation, params)
    }

    /// Makes a call as this principal, which the caller has verified.
    pub fn call_as(
        &mut self,
        principal: &Principal,
        region: Region,
        service: &str,
        operation: &str,
        params: Structure,
    ) -> Result<Structure> {
        let (service, operation) = find(service, operation)?;
        let call = Rc::new(Call {
            principal: principal.arn.clone(),
            region,
            service,
            operation,
            params,
            access_key: principal.access_key.clone(),
        });
        let (outcome, node) = self.attempt(principal, &call);
        let error = outcome.as_ref().err().cloned();
        let time = node.map_or(self.world.now, |id| self.history.node(id).time);
        self.history.line(Line {
            time,
            call,
            node,
            error,
        });
        outcome
    }

    /// What a call would answer and make of the world, without making it. For fixes, previews and "what if".
    pub fn try_on(
        &self,
        world: &World,
        region: Region,
        service: &str,
        operation: &str,
        params: &Structure,
    ) -> Result<(Structure, World)> {
        let (service, operation) = find(service, operation)?;
        let caller = Caller {
            principal: &self.principal,
            lenient: self.lenient,
        };
        let (answer, next) = run(caller, world, region, service, operation, params);
        answer.map(|answer| (answer, next.unwrap_or_else(|| world.clone())))
    }

    fn attempt(&mut self, principal: &Principal, call: &Rc<Call>) -> (Result<Structure>, Option<NodeId>) {
        #[cfg(not(target_arch = "wasm32"))]
        if let Some(done) = self.attempt_in_place(principal, call) {
            return done;
        }
        let caller = Caller {
            principal,
            lenient: self.lenient,
        };
        let (answer, next) = run(
            caller,
            &self.world,
            call.region,
            call.service,
            call.operation,
            &call.params,
        );
        let Some(next) = next else { return (answer, None) };
        if self.history.nodes().len() > HISTORY_CALLS {
            let full = Error::new(
                "LimitExceeded",
                format!("This world's history is full: {HISTORY_CALLS} calls."),
            )
            .remedy("Export it, then go on in a duplicate that starts from here.");
            return (Err(full), None);
        }
        let before = std::mem::replace(&mut self.world, next);
        let node = self.made(call, before.now, Some(before), &answer);
        (answer, Some(node))
    }

    /// Takes note of what a call has made of the world.
    fn made(&mut self, call: &Rc<Call>, time: Time, before: Option<World>, answer: &Result<Structure>) -> NodeId {
        self.changes += 1;
        #[cfg(not(target_arch = "wasm32"))]
        if let Some(ground) = &mut self.ground {
            ground.note(time, call, &self.world);
        }
        let nothing = Structure::new();
        let made = answer.as_ref().unwrap_or(&nothing);
        self.history.push(call.clone(), time, before, &self.world, made)
    }

    /// A call that changes the world itself, not a copy; `None` where it had better be made on a copy.
    #[cfg(not(target_arch = "wasm32"))]
    fn attempt_in_place(
        &mut self,
        principal: &Principal,
        call: &Rc<Call>,
    ) -> Option<(Result<Structure>, Option<NodeId>)> {
        let ground = self.ground.as_mut()?;
        let full = self.history.nodes().len() > HISTORY_CALLS;
        // Checkers compare the world with the one before.
        if full || !ground.trusts(call) || !self.world.route53.health_checks.is_empty() {
            return None;
        }
        let caller = Caller {
            principal,
            lenient: self.lenient,
        };
        let write = match admit(caller, call.service, call.operation, &call.params) {
            Ok(Handler::Write(write)) => write,
            Ok(Handler::Read(_)) => return None,
            Err(error) => return Some((Err(error), None)),
        };
        let request = Request {
            principal,
            region: call.region,
            operation: call.operation,
            params: &call.params,
        };
        if let Err(error) = services::permit(&request, call.service.name, &self.world) {
            return Some((Err(error), None));
        }
        let time = self.world.now;
        let (answer, stays) = carry_out(write, &request, call.service, &mut self.world);
        let watched = !self.world.route53.health_checks.is_empty();
        if !stays || watched {
            ground.distrust(call);
            self.world = ground.world_at(time, self.lenient);
            return (!watched).then_some((answer, None));
        }
        honest(caller.lenient, call.service, call.operation, &answer);
        let node = self.made(call, time, None, &answer);
        Some((answer, Some(node)))
    }

    /// Lets time pass without a call: the ticking clock. Not in the log; the next call's time tells.
    pub fn tick(&mut self, until: Time, budget: usize) -> Progress {
        let until = until.max(self.world.now);
        let progress = clock::advance(&mut self.world, until, budget);
        self.changes += u64::from(progress.events > 0);
        progress
    }

    /// Begins an advance that runs in slices.
    pub fn start_advance(&self, until: Time) -> Advance {
        let mut world = self.world.clone();
        // As in any writing call: what happens on the way happens during it.
        world.calls += 1;
        Advance {
            until: until.max(world.now),
            world,
        }
    }

    /// Makes a finished advance the world, as a call `stratus:AdvanceClock`. One that is not finished is run to its end.
    pub fn finish_advance(&mut self, mut advance: Advance) -> Result<Structure> {
        advance.run(usize::MAX);
        let (service, operation) = find("stratus", "AdvanceClock")?;
        let params = Structure::new().with(field::UNTIL, advance.until);
        let region = Region::US_EAST_1;
        let call = Rc::new(Call {
            principal: self.principal.arn.clone(),
            region,
            service,
            operation,
            params,
            access_key: self.principal.access_key.clone(),
        });
        let answer = Ok(Structure::new().with(field::NOW, advance.until));
        let before = std::mem::replace(&mut self.world, advance.world);
        let time = before.now;
        let node = self.made(&call, time, Some(before), &answer);
        self.history.line(Line {
            time,
            call,
            node: Some(node),
            error: None,
        });
        answer
    }

    /// Asks the simulated DNS. Nothing of the world changes; resolvers remember what they heard until it expires, or until
    /// the world goes back in time.
    pub fn resolve(&mut self, query: &Query) -> Result<Resolution> {
        dns::resolve(&self.world, &mut self.caches, query)
    }

    /// [`Engine::resolve`] by the resolver at an address instead of the asker's own; `None`: no resolver is there for this asker.
    pub fn resolve_at(&mut self, query: &Query, server: IpAddr) -> Result<Option<Resolution>> {
        dns::resolve_at(&self.world, &mut self.caches, query, server)
    }

    /// Asks one DNS server, as `dig` does: the asker's own, or the one at an address.
    pub fn ask(&mut self, from: Asker, server: Option<IpAddr>, question: &Question) -> Result<Outcome> {
        dns::message::ask(&self.world, &mut self.caches, from, server, question)
    }

    /// The address of a server's name, as who asks would find it.
    pub fn server_address(&mut self, from: Asker, name: &str) -> Option<IpAddr> {
        dns::message::server_address(&self.world, &mut self.caches, from, name)
    }

    /// What the resolvers remember.
    pub fn caches(&self) -> &Caches {
        &self.caches
    }

    /// Goes to another state: resolvers there have heard nothing.
    fn go(&mut self, world: Option<World>) -> bool {
        let Some(world) = world else { return false };
        self.world = world;
        self.changes += 1;
        self.caches.clear();
        true
    }

    /// Goes back to the moment before the last call. False at the root.
    pub fn undo(&mut self) -> bool {
        let world = self.history.undo(&self.world);
        self.go(world)
    }

    /// Takes the last undo back. False when there is nothing to redo.
    pub fn redo(&mut self) -> bool {
        let world = self.history.redo();
        self.go(world)
    }

    /// Goes to any state of the tree. False for one that does not exist.
    pub fn jump(&mut self, node: NodeId) -> bool {
        let world = self.history.jump(node, &self.world);
        self.go(world)
    }
}

fn find(service: &str, operation: &str) -> Result<(&'static Service, &'static Operation)> {
    let known = model().service(service).ok_or_else(|| {
        let names: Vec<&str> = model().services().map(|s| s.name).collect();
        Error::new(
            "UnknownService",
            format!("There is no service '{service}' here. Known: {}", names.join(", ")),
        )
        .with_status(404)
    })?;
    let operation = known.operation(operation).ok_or_else(|| {
        Error::new(
            "InvalidAction",
            format!("The action {operation} is not valid for {service}."),
        )
        .remedy("Check the spelling; Stratus has the operations that its help lists.")
    })?;
    Ok((known, operation))
}

/// Who calls, and how strictly names are judged.
#[derive(Clone, Copy)]
pub(crate) struct Caller<'a> {
    pub principal: &'a Principal,
    pub lenient: bool,
}

/// One call on a world: the answer, and the next world if it was a write that did something.
pub(crate) fn run(
    caller: Caller<'_>,
    world: &World,
    region: Region,
    service: &'static Service,
    operation: &'static Operation,
    params: &Structure,
) -> (Result<Structure>, Option<World>) {
    let principal = caller.principal;
    let handler = match admit(caller, service, operation, params) {
        Ok(handler) => handler,
        Err(error) => return (Err(error), None),
    };
    let request = Request {
        principal,
        region,
        operation,
        params,
    };
    if let Err(error) = services::permit(&request, service.name, world) {
        return (Err(error), None);
    }
    let mut next = world.clone();
    let (answer, next) = match handler {
        Handler::Read(read) => {
            prepare(service, region, &mut next);
            (read(&request, &next), None)
        }
        Handler::Write(write) => {
            let (answer, stays) = carry_out(write, &request, service, &mut next);
            if stays && !next.route53.health_checks.is_empty() {
                checking::watch(&checking::Before::of(world), &mut next);
                let now = next.now;
                clock::advance(&mut next, now, usize::MAX);
            }
            (answer, stays.then_some(next))
        }
    };
    honest(caller.lenient, service, operation, &answer);
    if services::ec2::common::is_dry_run(service, params) {
        return (answer.and_then(|_| Err(Error::dry_run())), None);
    }
    (answer, next)
}

/// What is there once a service is used.
fn prepare(service: &'static Service, region: Region, world: &mut World) {
    if matches!(service.name, "ec2" | "elb" | "elbv2") {
        defaults::ensure(world, region);
    }
    if iam::concerns(service.name) {
        iam::ensure(world);
    }
}

/// Carries out a write; whether what it has done to the world stays: otherwise the world is not to be used any more.
fn carry_out(
    write: fn(&Request<'_>, &mut World) -> Result<Structure>,
    request: &Request<'_>,
    service: &'static Service,
    world: &mut World,
) -> (Result<Structure>, bool) {
    prepare(service, request.region, world);
    world.calls += 1;
    let answer = write(request, world);
    let stays = answer.as_ref().map_or_else(|error| error.partial, |_| true);
    if stays {
        iam::used(world, request.principal, request.region, service.name);
        // Time alone changes no target's health, and an advance may be cut into slices.
        if (service.name, request.operation.name) != ("stratus", "AdvanceClock") {
            services::elbv2::health::wake(world);
        }
        // What takes no time is done with the call: a replay lets time pass up to the next one, and must find the same.
        let now = world.now;
        clock::advance(world, now, usize::MAX);
    }
    (answer, stays)
}

/// An answer that breaks the model fails in debug builds. Names that were taken leniently are answered as they were given.
fn honest(lenient: bool, service: &'static Service, operation: &'static Operation, answer: &Result<Structure>) {
    if let Ok(answer) = answer {
        let breaks = |problem: &Problem| !(lenient && is_of_a_name(problem));
        debug_assert!(
            check::output(service, operation, answer).map_or_else(|all| !all.iter().any(breaks), |()| true)
                || iam::is_root(operation, answer),
            "{}:{} answers outside its model: {:?}",
            service.name,
            operation.name,
            check::output(service, operation, answer)
        );
    }
}

/// Whether a call may be tried at all, and what carries it out.
fn admit(
    caller: Caller<'_>,
    service: &'static Service,
    operation: &'static Operation,
    params: &Structure,
) -> Result<Handler> {
    let handler = services::handler(service.name, operation.name).ok_or_else(|| {
        Error::new(
            "NotImplemented",
            format!("{}:{} is not simulated yet.", service.name, operation.name),
        )
        .with_status(501)
    })?;
    if let Err(problems) = check::input(service, operation, params)
        && let Some(problem) = problems.iter().find(|problem| {
            let passes = caller.lenient && is_of_a_name(problem);
            !passes && !is_known(service.name, operation.name, problem)
        })
    {
        let speaks = coral::speaks(service.name);
        return Err(match speaks {
            true => coral::refuse(service.name, params, &problems),
            false => refuse(service.name, operation.name, problem),
        });
    }
    if service.name == "ec2" {
        services::ec2::common::check_ids(params)?;
    }
    Ok(handler)
}

/// A value that only the model's pattern does not like.
fn is_of_a_name(problem: &Problem) -> bool {
    matches!(problem.kind, ProblemKind::Pattern { .. })
}

/// A value that the model does not know, and its service does.
fn is_known(service: &str, operation: &str, problem: &Problem) -> bool {
    service == "ec2" && services::ec2::refusals::is_known(operation, problem)
}

/// A fault that the model found, in the words and codes of the service.
fn refuse(service: &str, operation: &str, problem: &Problem) -> Error {
    if service == "ec2" {
        return services::ec2::refusals::refuse(operation, problem);
    }
    let code = match (service, &problem.kind) {
        ("stratus", ProblemKind::Missing) => "MissingParameter",
        ("stratus", ProblemKind::Unknown { .. }) => "UnknownParameter",
        ("stratus", _) => "InvalidParameterValue",
        // What comes as a body is a document of its own.
        ("s3", ProblemKind::TooLong { unit: "bytes", .. }) if problem.path == "Body" => "EntityTooLarge",
        ("s3", _) if problem.path.contains(['.', '[']) => "MalformedXML",
        ("s3", ProblemKind::NotInEnum { .. }) if problem.path == "StorageClass" => "InvalidStorageClass",
        ("s3", _) => "InvalidArgument",
        ("route53", _) => "InvalidInput",
        _ => "ValidationError",
    };
    if let ("s3", Some((name, text))) = (service, s3_argument(problem)) {
        return Error::new(code, text)
            .at(problem.path.clone())
            .remedy(problem.to_string())
            .detail("ArgumentName", name)
            .detail("ArgumentValue", problem.value.trim_matches('"'));
    }
    let text = match code {
        "EntityTooLarge" => "Your proposed upload exceeds the maximum allowed size",
        "InvalidStorageClass" => "The storage class you specified is not valid",
        "InvalidArgument" if problem.path == "CopySource" => {
            "Copy Source must mention the source bucket and key: sourcebucket/sourcekey"
        }
        "MalformedXML" => "The XML you provided was not well-formed or did not validate against our published schema",
        _ => return Error::new(code, problem.to_string()).at(problem.path.clone()),
    };
    Error::new(code, text)
        .at(problem.path.clone())
        .remedy(problem.to_string())
}

/// What S3 calls a parameter whose value it does not take, and what it says of it.
fn s3_argument(problem: &Problem) -> Option<(&'static str, &'static str)> {
    const RANGE: &str = "Provided max-keys not an integer or within integer range";
    match problem.kind {
        ProblemKind::NotInEnum { .. } => {}
        ProblemKind::TooLarge { .. } if problem.path == "MaxKeys" => return Some(("max-keys", RANGE)),
        _ => return None,
    }
    Some(match problem.path.as_str() {
        "ACL" => ("x-amz-acl", ""),
        "EncodingType" => ("encoding-type", "Invalid Encoding Method specified in Request"),
        "MetadataDirective" => ("x-amz-metadata-directive", "Unknown metadata directive."),
        "ServerSideEncryption" => (
            "x-amz-server-side-encryption",
            "The encryption method specified is not supported",
        ),
        "TaggingDirective" => ("x-amz-tagging-directive", "Unknown tagging directive."),
        _ => return None,
    })
}
