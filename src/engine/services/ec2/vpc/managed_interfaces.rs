//! Network interfaces that a service of AWS makes and manages: the customer sees them and cannot change them.
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/requester-managed-eni.html>

use crate::base::error::{Error, Result};
use crate::base::ids::NetworkInterfaceId;
use crate::catalog::Region;
use crate::world::World;
use crate::world::vpc::NetworkInterface;

/// Who manages the interfaces that services of AWS make (ours: AWS shows an account of its own).
const SERVICE: &str = "amazon-aws";

/// Makes an interface one that a service of AWS manages: without groups, and not for the customer to change.
pub(crate) fn hand_over(world: &mut World, region: Region, eni: NetworkInterfaceId) {
    world.update::<NetworkInterface, _>(region, eni, |row| {
        row.groups.clear();
        row.requester = Some(SERVICE.to_owned());
    });
}

/// The same under another manager's name, with its groups or without any.
pub(crate) fn hand_to(world: &mut World, region: Region, eni: NetworkInterfaceId, manager: &str, groups: bool) {
    world.update::<NetworkInterface, _>(region, eni, |row| {
        row.requester = Some(manager.to_owned());
        if !groups {
            row.groups.clear();
        }
    });
}

/// Refuses what only the service that made an interface may do with it.
pub(crate) fn refuse_managed(interface: &NetworkInterface, code: &'static str) -> Result<()> {
    match interface.requester {
        None => Ok(()),
        Some(_) => {
            let error = Error::new(code, "You do not have permission to access the specified resource.");
            Err(error.remedy(format!(
                "{} is managed by AWS: {}.",
                interface.id, interface.description
            )))
        }
    }
}
