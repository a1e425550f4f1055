//! What every account has from the beginning: one administrator with an access key, who may do everything.
//!
//! It follows from the world's options alone and may draw nothing, so that it is the same whatever was called before; and a
//! world that never touches IAM does not hold it.

use crate::base::time::Time;
use crate::catalog::Region;
use crate::principal::{ADMINISTRATOR, Principal};
use crate::world::World;
use crate::world::identity::{AccessKey, Holder, Permissions, Tags, User};

/// The policy that the administrator has.
pub(super) const ADMINISTRATOR_ACCESS: &str = "arn:aws:iam::aws:policy/AdministratorAccess";

/// Whether a service's calls read or write what is made here.
pub(crate) fn concerns(service: &str) -> bool {
    matches!(service, "iam" | "sts")
}

/// Makes it if it is not there yet.
pub(crate) fn ensure(world: &mut World) {
    if world.iam.made {
        return;
    }
    let known = Principal::administrator(&world.options);
    let created = world.options.start;
    let name = ADMINISTRATOR.to_owned();
    let key = AccessKey {
        id: known.access_key.clone(),
        user: name.clone(),
        secret: Principal::administrator_secret(&world.options),
        active: true,
        created,
        last_used: None,
    };
    let user = User {
        access_keys: vec![known.access_key],
        permissions: Permissions {
            attached: vec![ADMINISTRATOR_ACCESS.to_owned()],
            ..Permissions::default()
        },
        ..new_user(&name, "/", known.user_id, created)
    };
    let iam = &mut world.iam;
    iam.made = true;
    let attachment = (ADMINISTRATOR_ACCESS.to_owned(), Holder::User.number(), name.clone());
    iam.attachments.insert(attachment, ());
    iam.access_keys.insert(key.id.clone(), key);
    iam.users.insert(name, user);
}

/// A user that has nothing yet.
pub(super) fn new_user(name: &str, path: &str, id: String, created: Time) -> User {
    User {
        name: name.to_owned(),
        path: path.to_owned(),
        id,
        created,
        tags: Tags::new(),
        permissions: Permissions::default(),
        groups: Vec::new(),
        access_keys: Vec::new(),
        certificates: Vec::new(),
        ssh_keys: Vec::new(),
        service_credentials: Vec::new(),
        login: None,
        mfa: Vec::new(),
    }
}

/// Notes that a call with a user's access key wrote something. In a world that never touched IAM nobody could ask.
pub(crate) fn used(world: &mut World, principal: &Principal, region: Region, service: &str) {
    // Our own service is no AWS service that a key is used for: the clock's advance does not always come this way.
    if service != "stratus"
        && world.iam.made
        && let Some(key) = world.iam.access_keys.get_mut(&principal.access_key)
    {
        key.last_used = Some((world.now, region, service.to_owned()));
    }
}
