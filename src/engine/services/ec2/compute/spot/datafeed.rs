//! The Spot data feed's subscription: one for an account. The feed's files themselves are not written (ours).
//!
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-data-feeds.html>

use crate::base::error::{Error, Result};
use crate::catalog::Region;
use crate::services::Request;
use crate::services::ec2::common::done;
use crate::world::World;
use stratus_model::{Structure, field};

/// The settings that hold an account's subscription: those of us-east-1, whatever Region is asked.
const HOME: Region = Region::US_EAST_1;

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSpotDatafeedSubscription.html>: replaces one that is there.
pub(in crate::services::ec2::compute) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let bucket = request.params.text(field::BUCKET).unwrap_or_default().to_owned();
    if !world.s3.buckets.contains(&bucket) {
        let text = format!("The specified bucket {bucket} does not exist");
        return Err(Error::new("InaccessibleStorageLocation", text).at("Bucket"));
    }
    let prefix = request.params.text(field::PREFIX).unwrap_or_default().to_owned();
    crate::services::ec2::defaults::ensure(world, HOME);
    if let Some(ec2) = world.regions.get_mut(&HOME) {
        ec2.settings.spot_datafeed = Some((bucket, prefix));
    }
    describe(request, world)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSpotDatafeedSubscription.html>
pub(in crate::services::ec2::compute) fn describe(_request: &Request<'_>, world: &World) -> Result<Structure> {
    let feed = world.ec2(HOME).and_then(|ec2| ec2.settings.spot_datafeed.as_ref());
    let Some((bucket, prefix)) = feed else {
        let text = "Spot datafeed subscription does not exist.";
        return Err(Error::new("InvalidSpotDatafeed.NotFound", text));
    };
    let subscription = Structure::new()
        .with(field::OWNER_ID, world.account())
        .with(field::BUCKET, bucket)
        .with(field::PREFIX, prefix)
        .with(field::STATE, "Active");
    Ok(Structure::new().with(field::SPOT_DATAFEED_SUBSCRIPTION, subscription))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSpotDatafeedSubscription.html>: none is no error.
pub(in crate::services::ec2::compute) fn delete(_request: &Request<'_>, world: &mut World) -> Result<Structure> {
    if let Some(ec2) = world.regions.get_mut(&HOME) {
        ec2.settings.spot_datafeed = None;
    }
    done()
}
