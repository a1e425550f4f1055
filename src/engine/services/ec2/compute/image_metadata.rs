//! What instances were launched from: DescribeInstanceImageMetadata and ConfirmProductInstance.

use super::attributes::instance;
use super::describe;
use super::filters::{self, PathFilter};
use super::lifecycle::state;
use crate::base::error::{Error, Result};
use crate::services::Request;
use crate::services::ec2::common::{Filters, page, tag_list};
use crate::services::ec2::storage::images;
use crate::world::World;
use crate::world::compute::Instance;
use stratus_model::{Structure, field};

const FILTERS: &[PathFilter] = &[
    ("availability-zone", &[field::AVAILABILITY_ZONE]),
    ("image-allowed", &[field::IMAGE_METADATA, field::IMAGE_ALLOWED]),
    ("instance-id", &[field::INSTANCE_ID]),
    ("instance-state-name", &[field::STATE, field::NAME]),
    ("instance-type", &[field::INSTANCE_TYPE]),
    ("launch-time", &[field::LAUNCH_TIME]),
    ("owner-alias", &[field::IMAGE_METADATA, field::IMAGE_OWNER_ALIAS]),
    ("owner-id", &[field::OWNER_ID]),
    ("zone-id", &[field::ZONE_ID]),
];

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceImageMetadata.html>. Sorted by launch. Of an image
/// that has been deregistered only the id is left.
pub(super) fn describe_images(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let filters = Filters::read(params)?;
    filters::check(&filters, FILTERS, &[])?;
    let mut found = Vec::new();
    for row in describe::rows(request, world)? {
        let described = show(request, world, row);
        if filters::pass(&filters, &described, world.tags(region, row.id.into()), FILTERS)? {
            found.push(described);
        }
    }
    let (found, next) = page(found, params, 5)?;
    Ok(Structure::new()
        .with(field::INSTANCE_IMAGE_METADATA, found)
        .with_some(field::NEXT_TOKEN, next))
}

fn show(request: &Request<'_>, world: &World, row: &Instance) -> Structure {
    let region = request.region;
    let base = Structure::new().with(field::IMAGE_ID, row.image);
    let image = match images::by_id(world, region, &row.image.to_string()) {
        Ok(image) => base
            .with(field::NAME, &image.name)
            .with(field::OWNER_ID, &image.owner)
            .with(field::STATE, &image.state)
            .with_some(field::IMAGE_OWNER_ALIAS, image.owner_alias.as_ref())
            .with(field::CREATION_DATE, image.created.iso8601())
            .with_some(field::DEPRECATION_TIME, image.deprecated.map(|at| at.iso8601()))
            .with(field::IMAGE_ALLOWED, images::allowed::may_use(world, region, &image))
            .with(field::IS_PUBLIC, image.public)
            .with_some(field::IMAGE_WATERMARKS, images::watermarks::shown(&image)),
        Err(_) => base,
    };
    let tags = tag_list(world, region, row.id);
    Structure::new()
        .with(field::INSTANCE_ID, row.id)
        .with(field::INSTANCE_TYPE, row.instance_type.name())
        .with(field::LAUNCH_TIME, row.launched)
        .with(field::AVAILABILITY_ZONE, row.zone.name())
        .with(field::ZONE_ID, row.zone.id())
        .with(field::STATE, state(row.state))
        .with(field::OWNER_ID, world.account())
        .with(field::TAGS, tags)
        .with(field::IMAGE_METADATA, image)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ConfirmProductInstance.html>: for the seller of a product. This
/// account sells none, so that no code is its own.
pub(super) fn confirm_product(request: &Request<'_>, world: &World) -> Result<Structure> {
    instance(request, world)?;
    let code = request.params.text(field::PRODUCT_CODE).unwrap_or_default();
    if code.is_empty() {
        return Err(Error::missing("ProductCode"));
    }
    Ok(Structure::new().with(field::RETURN, false))
}
