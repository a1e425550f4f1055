//! What AWS offers before anybody has made anything: Regions and zones, instance types, images, quotas and prices.
//!
//! Tables only: the same for every world, never changed by a call. Numbers that are stored (a Region's, an instance
//! type's) are positions in tables that only ever grow at the end. Nothing here may read the world, draw a random
//! number, or fail on data that came from outside; whatever is not published by AWS says so (*ours*).

pub mod dedicated_hosts;
mod image_table;
pub mod images;
pub mod instance_types;
pub mod money;
pub mod prices;
pub mod quotas;
pub mod regions;
pub mod wavelength;

pub use images::CatalogImage;
pub use instance_types::{Architecture, InstanceType};
pub use money::Money;
pub use regions::{Region, Zone};
