//! The credentials of an instance's role: EC2 assumes it for whoever asks in the guest, and gives out the same ones until their
//! last minutes. <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html>

use super::assume::{assumed, session_of};
use super::sessions::{Grant, give};
use super::trust::{self, Asker};
use crate::base::ids::InstanceId;
use crate::base::time::Span;
use crate::catalog::Region;
use crate::services::iam::conditions::Context;
use crate::world::World;
use crate::world::identity::{Role, Session, SessionKind};

/// Who assumes the role.
const EC2: &str = "ec2.amazonaws.com";
/// Seconds that credentials last (ours: AWS says only that there are new ones in time).
const SECONDS: i64 = 6 * 3_600;
/// New ones are there so long before the old ones expire, at least (AWS).
const BEFORE: Span = Span::minutes(5);

/// Whether a role's trust policy lets EC2 assume it.
pub(crate) fn lets_ec2(role: &Role) -> bool {
    trust::allows(&role.trust, "sts:AssumeRole", &Asker::Service(EC2), &Context::default())
}

/// The ARN and the unique id of the session that an instance has of its role: it is called after the instance.
pub(crate) fn session_of_instance(world: &World, role: &Role, id: InstanceId) -> (String, String) {
    session_of(world, role, &id.to_string())
}

/// The credentials of an instance's role, by the id of their access key: those that were given out last, or new ones.
pub(crate) fn credentials(world: &mut World, region: Region, role: &Role, id: InstanceId) -> (String, Session) {
    let (arn, user_id) = session_of_instance(world, role, id);
    let enough = world.now + BEFORE;
    let lasting = |(_, session): &(&String, &Session)| {
        // Of a role that was made anew there are other ones, though it is called the same.
        let same = session.arn == arn && session.user_id == user_id;
        session.kind == SessionKind::Instance && same && session.expires > enough
    };
    let all = world.sts.sessions.iter().filter(lasting);
    if let Some((id, session)) = all.max_by_key(|(_, session)| session.expires) {
        return (id.clone(), session.clone());
    }
    assumed(region, world, &role.name);
    let grant = Grant {
        arn,
        user_id,
        duration: SECONDS,
        ..Grant::default()
    };
    give(world, SessionKind::Instance, grant, 0)
}
