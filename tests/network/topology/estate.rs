//! Lines of a topology that say what an account decides for a Region: VPC Block Public Access.

use super::{Fault, Topology};
use stratus_engine::base::ids::*;
use stratus_engine::base::time::Time;
use stratus_engine::world::estate::*;

impl Topology {
    /// `block-public ingress|bidirectional`.
    pub(super) fn block_public(&mut self, words: &[&str]) -> Result<(), Fault> {
        let mode = match words {
            ["ingress"] => BlockMode::Ingress,
            ["bidirectional"] => BlockMode::Bidirectional,
            _ => return Err("block-public ingress|bidirectional".into()),
        };
        let row = PublicBlock {
            id: PublicBlockId(self.number()),
            mode,
            in_force: mode,
            changing: false,
            asked: Time::START,
            updated: Time::START,
        };
        self.world.put(self.region, row);
        Ok(())
    }

    /// `exclude VPC|SUBNET egress|bidirectional [pending]`.
    pub(super) fn exclude(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name, mode, options @ ..] = words else {
            return Err("exclude VPC|SUBNET egress|bidirectional".into());
        };
        let mode = match *mode {
            "egress" => ExclusionMode::Egress,
            "bidirectional" => ExclusionMode::Bidirectional,
            _ => return Err("exclude VPC|SUBNET egress|bidirectional".into()),
        };
        let of = match self.id::<VpcId>(name) {
            Ok(vpc) => Excluded::Vpc(vpc),
            Err(_) => Excluded::Subnet(self.id(name)?),
        };
        let pending = options.contains(&"pending");
        let id = PublicExclusionId(self.number());
        let row = PublicExclusion {
            id,
            born: id.0,
            of,
            mode,
            in_force: (!pending).then_some(mode),
            state: if pending {
                ExclusionState::Creating
            } else {
                ExclusionState::Created
            },
            created: Time::START,
            updated: Time::START,
            deleted: None,
        };
        self.world.put(self.region, row);
        Ok(())
    }
}
