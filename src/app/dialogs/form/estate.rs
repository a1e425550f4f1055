//! Forms of what is rented, placed, excluded or handed over: Dedicated Hosts, placement groups, VPC Block Public Access,
//! transfers of addresses.

use super::builder::{Builder, Place, Spec, eldest_first, named, options, some};
use super::kinds::MoreForm;
use stratus_engine::base::ids::*;
use stratus_engine::catalog::{InstanceType, dedicated_hosts};
use stratus_model::{Structure, field};

/// The form of a kind of this file.
pub fn spec(form: MoreForm, place: &Place<'_>, b: Builder<'_>) -> Option<Spec> {
    match form {
        MoreForm::AllocateHost => Some(allocate_host(place, b)),
        MoreForm::ReserveHost(id) => reserve_host(place, b, id),
        MoreForm::PlacementGroup => Some(placement_group(place, b)),
        MoreForm::ChangePlacement(id) => change_placement(place, b, id),
        MoreForm::Exclusion => Some(exclusion(place, b)),
        MoreForm::Transfer(id) => transfer(place, b, id),
        _ => None,
    }
}

fn allocate_host(place: &Place<'_>, mut b: Builder<'_>) -> Spec {
    let mut families: Vec<&str> = InstanceType::all()
        .map(InstanceType::family)
        .filter(|family| dedicated_hosts::shape(family).is_some())
        .collect();
    stratus_model::sort::sort(&mut families);
    families.dedup();
    let families = families
        .into_iter()
        .map(|family| (family.to_owned(), family.to_owned()))
        .collect();
    let name = b.text("Name", "Name", "");
    let family = b.choose("InstanceFamily", "Family", "m5", families);
    b.also(&["InstanceType"]);
    let zones = place.region.zones().map(|zone| (zone.name(), zone.name()));
    let zone = b.choose("AvailabilityZone", "Availability Zone", "", zones.collect());
    let auto = b.choose(
        "AutoPlacement",
        "Auto-placement",
        "on",
        options(&[
            ("on", "on: launches that name no host may land on it"),
            ("off", "off: only launches that name it"),
        ]),
    );
    // A family whose hosts take one type at a time is asked for by that type.
    let several = dedicated_hosts::takes_several_types(&family);
    let kind = InstanceType::all()
        .find(|kind| kind.family() == family)
        .map(|kind| kind.name().to_owned());
    let params = Structure::new()
        .with_some(field::INSTANCE_FAMILY, several.then_some(family))
        .with_some(field::INSTANCE_TYPE, kind.filter(|_| !several))
        .with(field::AVAILABILITY_ZONE, zone)
        .with(field::AUTO_PLACEMENT, auto)
        .with(field::QUANTITY, 1_i64);
    let call = place.call("AllocateHosts", named(params, "dedicated-host", &name));
    let about = "Rents a whole machine of a family by the hour, whether anything runs on it or not.";
    b.finish("Allocate Dedicated Host", about, "Allocate host", call)
        .making(Kind::Host, "The host is yours")
}

fn reserve_host(place: &Place<'_>, mut b: Builder<'_>, id: HostId) -> Option<Spec> {
    let row = place.ec2.hosts.get(&id)?;
    let years = b.choose("OfferingId", "Term", "1", options(&[("1", "1 year"), ("3", "3 years")]));
    let payment = b.choose(
        "PaymentOption",
        "Payment",
        "NoUpfront",
        options(&[
            ("NoUpfront", "by the hour"),
            ("PartialUpfront", "half at once"),
            ("AllUpfront", "all at once"),
        ]),
    );
    let offering = dedicated_hosts::offering_id(&row.family, years.parse().unwrap_or(1), &payment, place.region);
    let params = Structure::new()
        .with(field::HOST_ID_SET, vec![id.to_string()])
        .with(field::OFFERING_ID, offering);
    let call = place.call("PurchaseHostReservation", params);
    let about = "Pays for the host for a term, for less than by the hour. It cannot be cancelled (but undone here).";
    Some(
        b.finish("Buy a reservation", about, "Buy", call)
            .making(Kind::HostReservation, "The reservation is bought"),
    )
}

fn placement_group(place: &Place<'_>, mut b: Builder<'_>) -> Spec {
    let name = b.text("GroupName", "Name", "");
    b.need("A placement group needs a name.");
    let strategy = b.choose(
        "Strategy",
        "Strategy",
        "spread",
        options(&[
            ("spread", "spread: each on a rack of its own"),
            ("cluster", "cluster: close together"),
            ("partition", "partition: parts that share no rack"),
        ]),
    );
    let partitions = match strategy.as_str() {
        "partition" => b.number("PartitionCount", "Partitions", "3"),
        _ => None,
    };
    let params = Structure::new()
        .with(field::GROUP_NAME, name)
        .with(field::STRATEGY, strategy)
        .with_some(field::PARTITION_COUNT, partitions);
    let call = place.call("CreatePlacementGroup", params);
    let about = "How the hosts of its instances should lie to each other. Name it at a launch, or change the placement of a stopped instance.";
    b.finish("Create placement group", about, "Create group", call)
        .making(Kind::PlacementGroup, "The group is there")
}

fn change_placement(place: &Place<'_>, mut b: Builder<'_>, id: InstanceId) -> Option<Spec> {
    let row = place.ec2.instances.get(&id)?;
    let groups = place.ec2.placement_groups.rows().map(|row| {
        (
            row.born,
            row.name.clone(),
            format!("{} · {}", row.name, row.strategy.name()),
        )
    });
    let mut choices = options(&[("", "none")]);
    choices.extend(eldest_first(groups.collect()));
    let before = row.placement_group.clone().unwrap_or_default();
    let group = b.choose("GroupName", "Placement group", before.clone(), choices);
    let now = row.tenancy.name();
    let tenancy = b.choose(
        "Tenancy",
        "Tenancy",
        now,
        options(&[
            ("default", "default: a host that others share"),
            ("dedicated", "dedicated: a host of your account's"),
            ("host", "host: a Dedicated Host"),
        ]),
    );
    let host = match tenancy.as_str() {
        "host" => {
            let hosts = place
                .ec2
                .hosts
                .rows()
                .filter(|host| host.rented.is_some() && host.zone == row.zone);
            let mut hosts: Vec<_> = hosts.map(|host| (host.id.to_string(), place.name(host.id))).collect();
            hosts.insert(0, (String::new(), "one with auto-placement".to_owned()));
            b.choose("HostId", "Host", "", hosts)
        }
        _ => String::new(),
    };
    let params = Structure::new()
        .with(field::INSTANCE_ID, id.to_string())
        .with_some(field::GROUP_NAME, (group != before).then_some(group))
        .with_some(field::TENANCY, (tenancy != now).then_some(tenancy))
        .with_some(field::HOST_ID, some(&host));
    let call = place.call("ModifyInstancePlacement", params);
    let about = "Where the next start puts it. The instance must be stopped.";
    Some(
        b.finish(format!("Change placement of {}", place.name(id)), about, "Change", call)
            .telling("The next start places it so"),
    )
}

fn exclusion(place: &Place<'_>, mut b: Builder<'_>) -> Spec {
    let mut all = place.vpcs();
    all.extend(place.subnets(None));
    let of = b.choose("VpcId", "VPC or subnet", "", all);
    b.also(&["SubnetId"]);
    let mode = b.choose(
        "InternetGatewayExclusionMode",
        "Let pass",
        "allow-bidirectional",
        options(&[
            ("allow-bidirectional", "everything"),
            ("allow-egress", "what begins inside"),
        ]),
    );
    let name = match of.starts_with("vpc-") {
        true => field::VPC_ID,
        false => field::SUBNET_ID,
    };
    let params = Structure::new()
        .with(name, of)
        .with(field::INTERNET_GATEWAY_EXCLUSION_MODE, mode);
    let call = place.call("CreateVpcBlockPublicAccessExclusion", params);
    let about = "What VPC Block Public Access leaves alone.";
    b.finish("Exclude a VPC or subnet", about, "Exclude", call)
        .making(Kind::PublicExclusion, "The exclusion is being made")
}

fn transfer(place: &Place<'_>, mut b: Builder<'_>, id: AllocationId) -> Option<Spec> {
    let row = place.ec2.addresses.get(&id)?;
    let account = b.text("TransferAccountId", "Account", "444455556666");
    b.hint("Twelve digits. It has seven days to take the address.");
    b.need("Which account?");
    let params = Structure::new()
        .with(field::ALLOCATION_ID, id.to_string())
        .with(field::TRANSFER_ACCOUNT_ID, account);
    let call = place.call("EnableAddressTransfer", params);
    let about = "Offers the address to another account. It must stand before nothing when it is taken.";
    Some(
        b.finish(format!("Offer {}", row.address), about, "Offer", call)
            .telling("The address is offered"),
    )
}
