//! Temporary credentials: giving them out. They expire on virtual time, and say in their token what they are for.

use super::packed;
use crate::base::limits::SESSIONS;
use crate::base::random::Stream;
use crate::base::time::{Span, Time};
use crate::principal::secret;
use crate::services::Request;
use crate::services::iam::common::{access_key, seconds};
use crate::world::World;
use crate::world::identity::{Session, SessionKind};
use base64::prelude::{BASE64_STANDARD_NO_PAD, Engine as _};
use rand_chacha::rand_core::RngCore;
use std::collections::BTreeMap;
use stratus_model::{Structure, field};

/// What every token begins with, before base64.
const SAYS: &str = "stratus-simulation-only/";
/// Random bytes of a token.
const TOKEN_BYTES: usize = 180;

/// Whom a session makes its holder, and what it may.
#[derive(Default)]
pub(super) struct Grant {
    /// The ARN.
    pub(super) arn: String,
    /// The unique id.
    pub(super) user_id: String,
    /// Seconds.
    pub(super) duration: i64,
    /// Session policies.
    pub(super) policies: Vec<String>,
    /// Session tags; `true` = transitive.
    pub(super) tags: BTreeMap<String, (String, bool)>,
    /// Who stands behind it.
    pub(super) source_identity: Option<String>,
    /// Whether MFA was used.
    pub(super) mfa: bool,
}

/// The session that a call was signed with.
pub(super) fn of_caller<'w>(request: &Request<'_>, world: &'w World) -> Option<&'w Session> {
    world.sts.sessions.get(&request.principal.access_key)
}

/// Gives out credentials; the answer with them.
pub(super) fn issue(request: &Request<'_>, world: &mut World, kind: SessionKind, grant: Grant) -> Structure {
    let used = packed(&grant);
    let source_identity = grant.source_identity.clone();
    let smallest = request.params.integer(field::MINIMUM_SESSION_TOKEN_SIZE).unwrap_or(0);
    let (id, session) = give(world, kind, grant, smallest);
    let credentials = Structure::new()
        .with(field::ACCESS_KEY_ID, id)
        .with(field::SECRET_ACCESS_KEY, session.secret)
        .with(field::SESSION_TOKEN, session.token)
        .with(field::EXPIRATION, session.expires);
    let answer = Structure::new()
        .with(field::CREDENTIALS, credentials)
        .with_some(field::SOURCE_IDENTITY, source_identity);
    // AssumeRoot and GetSessionToken take neither policies nor tags, and their answers have no such member.
    match kind {
        SessionKind::Role | SessionKind::Federated => answer.with_some(field::PACKED_POLICY_SIZE, used),
        SessionKind::User | SessionKind::Root | SessionKind::Instance => answer,
    }
}

/// Makes a session, and the id of its access key. Its token has at least so many characters.
pub(super) fn give(world: &mut World, kind: SessionKind, grant: Grant, smallest: i64) -> (String, Session) {
    let mut rng = world.random.next(Stream::Sessions);
    let id = access_key(&mut rng, "ASIA", world.options.account);
    let secret = secret(&mut rng);
    // Four letters are three bytes.
    let smallest = usize::try_from(smallest).unwrap_or(0).div_ceil(4) * 3;
    let mut bytes = vec![0; TOKEN_BYTES.max(smallest.saturating_sub(SAYS.len()))];
    rng.fill_bytes(&mut bytes);
    let session = Session {
        arn: grant.arn,
        user_id: grant.user_id,
        secret,
        token: BASE64_STANDARD_NO_PAD.encode([SAYS.as_bytes(), &bytes].concat()),
        issued: world.now,
        expires: seconds(world.now + Span::seconds(grant.duration)),
        kind,
        policies: grant.policies,
        tags: grant.tags,
        source_identity: grant.source_identity,
        mfa: grant.mfa,
    };
    make_room(world);
    world.sts.sessions.insert(id.clone(), session.clone());
    (id, session)
}

/// Those that expired first go first, once there are too many.
fn make_room(world: &mut World) {
    if world.sts.sessions.len() < SESSIONS {
        return;
    }
    let mut ends: Vec<(Time, String)> = world
        .sts
        .sessions
        .iter()
        .map(|(id, session)| (session.expires, id.clone()))
        .collect();
    stratus_model::sort::sort(&mut ends);
    for (_, id) in ends.into_iter().take(SESSIONS / 10) {
        world.sts.sessions.remove(&id);
    }
}
