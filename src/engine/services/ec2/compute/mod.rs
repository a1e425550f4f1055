//! EC2's compute: this file only routes.

mod attributes;
pub(in crate::services) mod capacity;
mod credits;
pub(crate) mod dedicated;
mod describe;
mod diagnosis;
pub(in crate::services) mod events;
mod filters;
pub(in crate::services) mod guest;
mod hosts;
mod id_formats;
mod image_metadata;
mod imds;
mod instance_filters;
mod instance_options;
mod key_pairs;
pub(crate) mod launch;
pub(crate) mod lifecycle;
mod metadata_defaults;
mod more;
mod output;
mod placement;
pub(crate) mod profiles;
pub(crate) mod quotas;
pub(super) mod regions;
mod requirements;
pub(crate) mod reserved;
mod serial_console;
mod spot;
mod status;
mod templates;
pub(in crate::services) mod transitions;
pub(in crate::services::ec2) mod types;

use crate::base::ids::ResourceId;
use crate::clock::Pending;
use crate::services::Handler;
use crate::world::World;

/// The handler of an operation that the first scenario calls.
pub(super) fn first(operation: &str) -> Option<Handler> {
    match operation {
        "RunInstances" => Some(Handler::Write(launch::run_instances)),
        "CreateKeyPair" => Some(Handler::Write(key_pairs::create_key_pair)),
        _ => None,
    }
}

/// The handler of another operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "StartInstances" => Handler::Write(lifecycle::start_instances),
        "StopInstances" => Handler::Write(lifecycle::stop_instances),
        "RebootInstances" => Handler::Write(lifecycle::reboot_instances),
        "TerminateInstances" => Handler::Write(lifecycle::terminate_instances),
        "DescribeInstances" => Handler::Read(describe::describe_instances),
        "DescribeInstanceStatus" => Handler::Read(status::describe_instance_status),
        "DescribeInstanceAttribute" => Handler::Read(attributes::describe_instance_attribute),
        "ModifyInstanceAttribute" => Handler::Write(attributes::modify_instance_attribute),
        "ResetInstanceAttribute" => Handler::Write(attributes::reset_instance_attribute),
        "ModifyInstanceMetadataOptions" => Handler::Write(attributes::modify_instance_metadata_options),
        "MonitorInstances" => Handler::Write(attributes::monitor_instances),
        "UnmonitorInstances" => Handler::Write(attributes::unmonitor_instances),
        "GetSerialConsoleAccessStatus" => Handler::Read(serial_console::get),
        "EnableSerialConsoleAccess" => Handler::Write(serial_console::enable),
        "DisableSerialConsoleAccess" => Handler::Write(serial_console::disable),
        "GetConsoleOutput" => Handler::Read(output::get_console_output),
        "GetPasswordData" => Handler::Read(output::get_password_data),
        "DescribeInstanceTypes" => Handler::Read(types::describe_instance_types),
        "DescribeInstanceTypeOfferings" => Handler::Read(types::describe_instance_type_offerings),
        "DescribeRegions" => Handler::Read(regions::describe_regions),
        "DescribeAvailabilityZones" => Handler::Read(regions::describe_availability_zones),
        "DescribeAccountAttributes" => Handler::Read(regions::describe_account_attributes),
        "ImportKeyPair" => Handler::Write(key_pairs::import_key_pair),
        "DescribeKeyPairs" => Handler::Read(key_pairs::describe_key_pairs),
        "DeleteKeyPair" => Handler::Write(key_pairs::delete_key_pair),
        _ => return None,
    })
}

pub(super) use more::handler as rarer;

/// Pending work of these resources.
pub(super) fn due(world: &mut World, pending: &Pending) {
    match pending.resource {
        ResourceId::Instance(id) => transitions::due(world, pending, id),
        ResourceId::SpotRequest(id) => spot::due(world, pending, id),
        ResourceId::EventWindow(_) => events::due_window(world, pending),
        ResourceId::Host(_) | ResourceId::HostReservation(_) => dedicated::due(world, pending),
        _ => {}
    }
}
