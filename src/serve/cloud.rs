//! One world behind the endpoint: a request and a moment in, a response out. No socket and no clock here, so that tests can
//! say what time it is.
//!
//! request → which operation → who signed → which parameters → time passes → the engine → the answer. Whatever is refused on
//! the way is answered in the words of the protocol that the request speaks.

use crate::ages::Ages;
use crate::answers::{Answers, Asked};
use crate::arguments::Options;
use crate::browser;
use crate::control;
use crate::pace::{self, Meeting, Pace};
use crate::reply::Reply;
use crate::upload;
use crate::visit;
use crate::website;
use sha2::{Digest, Sha256};
use std::net::IpAddr;
use stratus_engine::base::time::Time;
use stratus_engine::base::uuid;
use stratus_engine::catalog::Region;
use stratus_engine::dns::Asker;
use stratus_engine::dns::message::{Outcome, Question};
use stratus_engine::principal::{Credentials, KeyStatus, Principal};
use stratus_engine::services::s3;
use stratus_engine::{Engine, Error};
use stratus_model::{Structure, field};
use stratus_wire::sigv4::{self, Kind, Refused, Secret, Signer};
use stratus_wire::{self as wire, Codec, Refusal, Request, Response, Routed, Speech};

/// A world, how its time passes, and who may speak to it.
#[derive(Debug)]
pub struct Cloud {
    engine: Engine,
    options: Options,
    met: Meeting,
    /// By which presigned links end.
    ages: Ages,
    /// Requests so far: request ids are made of it.
    requests: u64,
    answers: Answers,
}

impl Cloud {
    /// A new world. `wall`: the machine's clock in milliseconds since 1970.
    pub fn new(options: &Options, wall: i64) -> Cloud {
        let mut world = options.world.clone();
        if options.pace == Pace::Real {
            world.start = Time(wall);
        }
        let mut engine = Engine::new(world);
        engine.be_lenient(options.lenient);
        engine.keep_log_only();
        let met = Meeting {
            wall,
            world: engine.world().now,
        };
        Cloud {
            met,
            ages: Ages::new(options.pace, met),
            engine,
            options: options.clone(),
            requests: 0,
            answers: Answers::default(),
        }
    }

    /// The world and its history.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// The administrator's access key and secret.
    pub fn administrator(&self) -> (String, String) {
        let options = &self.engine.world().options;
        let principal = Principal::administrator(options);
        (principal.access_key, Principal::administrator_secret(options))
    }

    /// A world as at the start. `wall`: as for [`Cloud::new`].
    pub fn reset(&mut self, wall: i64) {
        *self = Cloud::new(&self.options, wall);
    }

    /// Advances the clock, as a call of the administrator's. What it leapt is noted with the answer ([`Cloud::reply`]).
    ///
    /// # Errors
    /// As `stratus:AdvanceClock`.
    pub(crate) fn advance(&mut self, params: Structure, wall: i64) -> Result<(), Error> {
        self.note(wall);
        let done = self.engine.call(Region::US_EAST_1, "stratus", "AdvanceClock", params);
        self.meet(wall);
        done.map(|_| ())
    }

    /// Asks the simulated DNS for who asks at the DNS port, or for somebody in the network that a question tells.
    ///
    /// # Errors
    /// As `dns::message::ask`.
    pub(crate) fn ask(&mut self, network: Option<IpAddr>, question: &Question, wall: i64) -> Result<Outcome, Error> {
        pace::pass(&mut self.engine, self.options.pace, self.met, wall);
        let usual = Asker::read(&self.options.dns_from);
        let from = network.map(Asker::Address).or(usual);
        let from = from.unwrap_or(Asker::Region(Region::US_EAST_1));
        self.engine.ask(from, None, question)
    }

    /// Where the two clocks stand.
    fn clocks(&self, wall: i64) -> Meeting {
        let now = self.engine.world().now;
        Meeting {
            wall,
            world: pace::reached(now, self.options.pace, self.met, wall),
        }
    }

    fn note(&mut self, wall: i64) {
        let now = self.clocks(wall);
        self.ages.note(now);
    }

    fn meet(&mut self, wall: i64) {
        self.met = Meeting {
            wall,
            world: self.engine.world().now,
        };
    }

    /// Answers a request that came at this moment.
    pub fn answer(&mut self, request: &Request, wall: i64) -> Response {
        self.reply(request, wall).into()
    }

    /// [`Cloud::answer`], its body in pieces that need no copying.
    pub(crate) fn reply(&mut self, request: &Request, wall: i64) -> Reply {
        let reply = self.replied(request, wall);
        self.note(wall);
        reply
    }

    fn replied(&mut self, request: &Request, wall: i64) -> Reply {
        if request.path.starts_with(control::PREFIX) {
            return control::answer(self, request, wall).into();
        }
        self.requests += 1;
        if let Some(bucket) = wire::website(request) {
            let request_id = self.request_id_of_s3();
            return website::answer(self, &bucket, request, wall, &request_id);
        }
        let routed = match wire::route(request) {
            Ok(routed) => routed,
            Err(Refusal { speech, .. }) if speech.is_s3() && wire::post::is_form(request) => {
                return self.posted(&speech, request, wall).into();
            }
            Err(Refusal { speech, .. }) if request.method == "OPTIONS" && speech.is_s3() => {
                return self.preflight(&speech, request).into();
            }
            Err(Refusal { speech, error }) => {
                return wire::encode_error(&speech, &error, &self.request_id(&speech)).into();
            }
        };
        let request_id = self.request_id(&routed.speech);
        let mut reply = match self.carry_out(&routed, request, wall, &request_id) {
            Ok(reply) => reply,
            Err(error) => wire::encode_error(&routed.speech, &error, &request_id).into(),
        };
        browser::amend(self.engine.world(), routed.bucket(), request, &mut reply.headers);
        reply
    }

    /// A read of an object that nobody signs.
    ///
    /// # Errors
    /// As GetObject; `AccessDenied` where not everybody may read it.
    pub(crate) fn read_openly(&mut self, request: &Request, wall: i64, request_id: &str) -> Result<Reply, wire::Error> {
        let routed = wire::route(request).map_err(|refusal| refusal.error)?;
        let input = wire::decode(&routed, request)?;
        let visit = visit::of_website(request);
        // The root is nobody either, where unsigned requests are its own.
        if !s3::public::may_call(self.engine.world(), routed.operation.name, &input, &visit) {
            return Err(wire::Error::new("AccessDenied", 403, "Access Denied"));
        }
        let mut reply = self.carry_out(&routed, request, wall, request_id)?;
        browser::amend(self.engine.world(), routed.bucket(), request, &mut reply.headers);
        Ok(reply)
    }

    /// What S3 answers a browser that sent a form.
    fn posted(&mut self, speech: &Speech, request: &Request, wall: i64) -> Response {
        let request_id = self.request_id(speech);
        let (bucket, _) = wire::bucket(request).unwrap_or_default();
        let answer = self.upload(&bucket, request, wall, &request_id);
        let mut answer = answer.unwrap_or_else(|error| wire::encode_error(speech, &error, &request_id));
        browser::amend(self.engine.world(), Some(&bucket), request, &mut answer.headers);
        answer
    }

    /// What S3 answers a browser that asks whether it may ask.
    fn preflight(&self, speech: &Speech, request: &Request) -> Response {
        let request_id = self.request_id(speech);
        let (bucket, is_object) = wire::bucket(request).unwrap_or_default();
        match browser::preflight(self.engine.world(), &bucket, is_object, request) {
            Ok(mut headers) => {
                wire::identify(speech, &request_id, &mut headers);
                Response {
                    status: 200,
                    headers,
                    body: Vec::new(),
                }
            }
            Err(error) => wire::encode_error(speech, &error, &request_id),
        }
    }

    fn carry_out(
        &mut self,
        routed: &Routed,
        request: &Request,
        wall: i64,
        request_id: &str,
    ) -> Result<Reply, wire::Error> {
        let (principal, own) = self.caller(routed, request, wall)?;
        let input = wire::decode(routed, request)?;
        if own.is_some() && s3::public::wants_version_4(self.engine.world(), routed.operation.name, &input) {
            let text =
                "Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.";
            let error = wire::Error::new("InvalidArgument", 400, text).with("ArgumentName", "Authorization");
            return Err(error.with("ArgumentValue", "null"));
        }
        let region = own.map_or_else(|| region(routed), Ok)?;
        pace::pass(&mut self.engine, self.options.pace, self.met, wall);
        if routed.operation.name == "GetPasswordData"
            && let Some(instance) = input.text(field::INSTANCE_ID)
        {
            pace::await_password(&mut self.engine, self.options.pace, region, instance);
        }
        // Only what a read asks is looked up and kept: a write may have an object's bytes in it.
        let asked = routed.operation.read_only;
        let asked = asked.then(|| Asked::new(routed, &principal, region, input.clone()));
        if let Some(asked) = &asked
            && let Some(reply) = self.answers.find(&self.engine, asked, request_id)
        {
            return Ok(reply);
        }
        let (service, operation) = (routed.service.name, routed.operation.name);
        if service == "s3"
            && own.is_none()
            && !self.options.lenient
            && let Some(error) = s3::requests::redirect(self.engine.world(), operation, &input, region)
        {
            return Err(Cloud::refusal(error));
        }
        let restored = (operation == "RestoreObject").then(|| input.clone());
        let outcome = self.engine.call_as(&principal, region, service, operation, input);
        if service == "stratus" {
            self.meet(wall);
        }
        let mut response = wire::encode_answer(routed, &outcome.map_err(Cloud::refusal)?, request_id);
        // RestoreObject says whether the copy is on its way, or there already.
        if restored.is_some_and(|input| s3::is_being_restored(self.engine.world(), &input)) {
            response.status = 202;
        }
        Ok(match asked {
            Some(asked) => self.answers.keep(&self.engine, asked, request_id, response),
            None => response.into(),
        })
    }

    /// The Region of a request whose signature names none: its bucket's, or that of the endpoint for all.
    fn own_region(&self, routed: &Routed) -> Result<Region, wire::Error> {
        let bucket = routed.bucket().map(str::to_owned);
        let row = bucket.and_then(|name| self.engine.world().s3.buckets.get(&name));
        row.map_or_else(|| region(routed), |row| Ok(row.region))
    }

    /// Who makes the request, and its Region where no signature says it.
    fn caller(
        &mut self,
        routed: &Routed,
        request: &Request,
        wall: i64,
    ) -> Result<(Principal, Option<Region>), wire::Error> {
        let mut found: Option<Credentials> = None;
        let now = self.clocks(wall);
        let engine = &self.engine;
        let signer = sigv4::verify(&routed.speech, request, self.ages.at(now), &mut |key, token| {
            secret(engine, key, token, &mut found)
        });
        self.judge(routed, request, signer, found)
    }

    /// [`Cloud::caller`], once it is known who signed.
    fn judge(
        &self,
        routed: &Routed,
        request: &Request,
        signer: Result<Signer, Refused>,
        found: Option<Credentials>,
    ) -> Result<(Principal, Option<Region>), wire::Error> {
        match (signer, found) {
            (Ok(signer), Some(known)) => match known.status {
                KeyStatus::Active if signer.old => {
                    let region = self.own_region(routed)?;
                    match sigv4::old_is_in(region.name()) {
                        true => Ok((known.principal, Some(region))),
                        false => Err(sigv4::unsupported(&routed.speech).error),
                    }
                }
                KeyStatus::Active => Ok((known.principal, None)),
                KeyStatus::Expired(_) => Err(expired(routed)),
                KeyStatus::Inactive | KeyStatus::WrongToken => {
                    Err(inactive(routed, &signer.access_key, signer.token.is_some()))
                }
            },
            (Err(refused), _) if self.may_pass(routed, &refused) => Ok((Principal::root(&self.options.world), None)),
            (Err(refused), _) if refused.kind == Kind::Unsigned && self.is_open(routed, request)? => {
                Ok((Principal::anonymous(), Some(self.own_region(routed)?)))
            }
            (Err(refused), _) => Err(refused.error),
            (Ok(signer), None) => Err(inactive(routed, &signer.access_key, signer.token.is_some())),
        }
    }

    /// Carries out an upload by a form.
    fn upload(
        &mut self,
        bucket: &str,
        request: &Request,
        wall: i64,
        request_id: &str,
    ) -> Result<Response, wire::Error> {
        let form = wire::post::read(request)?;
        let put = form.put(bucket)?;
        let routed = wire::route(&put).map_err(|refusal| refusal.error)?;
        let mut found: Option<Credentials> = None;
        let signer = sigv4::verify_form(&routed.speech, &form, &mut |key, token| {
            secret(&self.engine, key, token, &mut found)
        });
        let (principal, _) = self.judge(&routed, &put, signer, found)?;
        let now = self.clocks(wall);
        form.check(bucket, sigv4::form_sent(&form, &mut self.ages.at(now)))?;
        let region = self.own_region(&routed)?;
        let input = wire::decode(&routed, &put)?;
        pace::pass(&mut self.engine, self.options.pace, self.met, wall);
        let outcome = self
            .engine
            .call_as(&principal, region, "s3", routed.operation.name, input);
        let answer = wire::encode_answer(&routed, &outcome.map_err(Cloud::refusal)?, request_id);
        Ok(upload::answer(&form, bucket, request, answer))
    }

    /// Whether a bucket lets everybody do this, or is not there for anybody.
    fn is_open(&self, routed: &Routed, request: &Request) -> Result<bool, wire::Error> {
        if !routed.speech.is_s3() {
            return Ok(false);
        }
        let input = wire::decode(routed, request)?;
        let open = s3::public::may_call(self.engine.world(), routed.operation.name, &input, &visit::of(request));
        let own = [
            field::RESPONSE_CACHE_CONTROL,
            field::RESPONSE_CONTENT_DISPOSITION,
            field::RESPONSE_CONTENT_ENCODING,
            field::RESPONSE_CONTENT_LANGUAGE,
            field::RESPONSE_CONTENT_TYPE,
            field::RESPONSE_EXPIRES,
        ];
        if open && own.iter().any(|name| input.contains(*name)) {
            let text = "Request specific response headers cannot be used for anonymous GET requests.";
            return Err(wire::Error::new("InvalidRequest", 400, text));
        }
        Ok(open)
    }

    /// Whether a request that nobody known has signed is taken all the same: as the root's, where that was asked for, and
    /// where the operation is there for those who have no keys yet.
    fn may_pass(&self, routed: &Routed, refused: &Refused) -> bool {
        match refused.kind {
            Kind::Unsigned => self.options.lenient || routed.operation.is_anonymous,
            Kind::UnknownKey => self.options.lenient,
            _ => false,
        }
    }

    /// The engine's refusal on the wire.
    pub(crate) fn refusal(error: Error) -> wire::Error {
        let mut told = wire::Error::new(error.code, error.status, error.message);
        told.details = error
            .details
            .into_iter()
            .map(|(name, value)| (name.into(), value))
            .collect();
        told
    }

    /// Sixteen bytes that follow from the seed and the number of the request.
    fn bytes_of_request(&self) -> [u8; 16] {
        let mut hash = Sha256::new();
        hash.update(self.options.world.seed.to_le_bytes());
        hash.update(self.requests.to_le_bytes());
        uuid::of_hash(&hash.finalize())
    }

    fn request_id_of_s3(&self) -> String {
        let digits = sigv4::hex(&self.bytes_of_request()).to_ascii_uppercase();
        digits.get(..16).unwrap_or_default().to_owned()
    }

    /// A UUID, or S3's sixteen letters and digits, that no other request of this world had.
    fn request_id(&self, speech: &Speech) -> String {
        if speech.is_s3() {
            return self.request_id_of_s3();
        }
        uuid::text(uuid::of_version(4, self.bytes_of_request()))
    }
}

/// The secret of a key that may sign with this token; `found`: all that is known of it.
fn secret(engine: &Engine, key: &str, token: Option<&str>, found: &mut Option<Credentials>) -> Option<Secret> {
    let known = found.insert(engine.credentials(key, token)?);
    (known.status != KeyStatus::WrongToken).then(|| Secret(known.secret.clone()))
}

/// A temporary key whose time is over.
fn expired(routed: &Routed) -> wire::Error {
    let text = "The security token included in the request is expired";
    match routed.speech.codec {
        _ if routed.speech.is_s3() => wire::Error::new("ExpiredToken", 400, "The provided token has expired."),
        Codec::Ec2Query => wire::Error::new("RequestExpired", 400, "Request has expired."),
        Codec::Query | Codec::RestXml => wire::Error::new("ExpiredToken", 403, text),
        Codec::RestJson | Codec::Json10 | Codec::Json11 | Codec::Cbor => {
            wire::Error::new("ExpiredTokenException", 400, text)
        }
    }
}

/// A key that may not be used: AWS answers as to one that nobody has.
fn inactive(routed: &Routed, key: &str, token: bool) -> wire::Error {
    sigv4::unknown_key(&routed.speech, key, token).error
}

/// The Region of the signature's scope. Services that are one for all Regions are signed for us-east-1.
fn region(routed: &Routed) -> Result<Region, wire::Error> {
    match routed.region.as_deref() {
        None | Some("aws-global") => Ok(Region::US_EAST_1),
        Some(name) => Region::find(name).ok_or_else(|| {
            let text = format!("Credential should be scoped to a valid region. '{name}' is none that Stratus has.");
            wire::Error::new("SignatureDoesNotMatch", 403, text)
        }),
    }
}
