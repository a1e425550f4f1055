//! Everything in the world, by name, id, address or block, and what one can do with each.

use super::Finder;
use crate::dialogs::FormKind;
use crate::session::action::{Confirm, DnsView, PathQuestion, Shelf, StorageView};
use crate::session::{Action, ApiCall, Ctx, Dialog, Selection};
use std::collections::BTreeMap;
use stratus_engine::base::ids::{InstanceId, ResourceId};
use stratus_engine::catalog::Region;
use stratus_engine::world::Ec2;
use stratus_engine::world::compute::{Instance, InstanceState};
use stratus_model::{Structure, field};

/// Offers all of them.
pub fn offer(ctx: &Ctx, finder: &mut Finder) {
    for (region, ec2) in ctx.world().regions.iter() {
        resources(ctx, finder, *region, ec2);
    }
    for region in Region::all() {
        finder.offer(region.long_name(), &format!("Region {}", region.name()), &|| {
            vec![Action::ShowRegion(region), Action::Select(None)]
        });
    }
    for bucket in ctx.world().s3.buckets.rows() {
        finder.offer(&bucket.name, "bucket", &|| {
            vec![
                Action::ViewStorage(StorageView::Buckets),
                Action::Select(Some(Selection::Bucket(bucket.name.clone()))),
            ]
        });
    }
    for zone in ctx.world().route53.zones.rows().filter(|zone| !zone.deleted) {
        let show = || {
            vec![
                Action::ViewDns(DnsView::Names),
                Action::Select(Some(Selection::HostedZone(zone.id.to_string()))),
            ]
        };
        finder.offer(&zone.name, "hosted zone", &show);
        for record in zone.records.rows().filter(|record| record.name != zone.name) {
            finder.offer(
                &record.name,
                &format!("{} record {}", record.record_type, record.values.join(" ")),
                &show,
            );
        }
    }
}

/// The addresses of each instance, one after the other.
fn addresses(ec2: &Ec2) -> BTreeMap<InstanceId, String> {
    let mut addresses: BTreeMap<InstanceId, String> = BTreeMap::new();
    for interface in ec2.interfaces.rows() {
        if let Some(attachment) = &interface.attachment {
            let words = addresses.entry(attachment.instance).or_default();
            for address in &interface.addresses {
                words.push_str(&format!(" {}", address.private));
                if let Some(public) = &address.public {
                    words.push_str(&format!(" {}", public.address));
                }
            }
        }
    }
    addresses
}

fn resources(ctx: &Ctx, finder: &mut Finder, region: Region, ec2: &Ec2) {
    let addresses = addresses(ec2);
    let mut all: Vec<(ResourceId, String)> = Vec::new();
    for row in ec2.instances.rows() {
        all.push((
            row.id.into(),
            format!(
                "{}{}",
                row.state.name(),
                addresses.get(&row.id).map_or("", String::as_str)
            ),
        ));
    }
    all.extend(ec2.security_groups.rows().map(|row| (row.id.into(), row.name.clone())));
    all.extend(ec2.vpcs.rows().map(|row| {
        (
            row.id.into(),
            row.cidrs.first().map(|(_, cidr)| cidr.to_string()).unwrap_or_default(),
        )
    }));
    all.extend(
        ec2.subnets
            .rows()
            .map(|row| (row.id.into(), format!("{} {}", row.cidr, row.zone.name()))),
    );
    all.extend(ec2.route_tables.rows().map(|row| (row.id.into(), String::new())));
    all.extend(ec2.internet_gateways.rows().map(|row| (row.id.into(), String::new())));
    all.extend(ec2.network_acls.rows().map(|row| (row.id.into(), String::new())));
    all.extend(ec2.interfaces.rows().map(|row| {
        (
            row.id.into(),
            row.primary().map(|a| a.private.to_string()).unwrap_or_default(),
        )
    }));
    all.extend(ec2.addresses.rows().map(|row| (row.id.into(), row.address.to_string())));
    all.extend(
        ec2.volumes
            .rows()
            .map(|row| (row.id.into(), format!("{} GiB {}", row.size_gib, row.volume_type))),
    );
    all.extend(ec2.snapshots.rows().map(|row| (row.id.into(), row.description.clone())));
    all.extend(ec2.images.rows().map(|row| (row.id.into(), row.name.clone())));
    all.extend(ec2.key_pairs.rows().map(|row| (row.id.into(), row.name.clone())));
    all.extend(ec2.prefix_lists.rows().map(|row| (row.id.into(), row.name.clone())));
    for (_, things) in Shelf::ALL.into_iter().flat_map(|shelf| shelf.things(ec2)) {
        all.extend(things);
    }
    for (id, more) in all {
        let (label, text) = (ctx.world().label(region, id), id.to_string());
        let title = if label == text {
            text
        } else {
            format!("{label} · {text}")
        };
        let kind = format!("{} {more}", id.kind().words());
        finder.offer(&title, kind.trim_end(), &|| {
            vec![
                Action::ShowRegion(region),
                Action::Select(Some(Selection::Resource(region, id))),
            ]
        });
        if !finder.is_idle() {
            deeds(ctx, finder, region, ec2, id, &label);
        }
    }
}

/// What can be done with a resource, as sentences that begin with the verb: "Stop web-1".
fn deeds(ctx: &Ctx, finder: &mut Finder, region: Region, ec2: &Ec2, id: ResourceId, label: &str) {
    if let Some(row) = as_instance(ec2, id) {
        return instance_deeds(ctx, finder, region, row, label);
    }
    let forms: Vec<(&str, FormKind)> = match id {
        ResourceId::SecurityGroup(id) => vec![
            ("Add inbound rule to", FormKind::AddRule(region, id, false)),
            ("Add outbound rule to", FormKind::AddRule(region, id, true)),
        ],
        ResourceId::NetworkAcl(id) => vec![
            ("Add inbound entry to", FormKind::AddAclEntry(region, id, false)),
            ("Add outbound entry to", FormKind::AddAclEntry(region, id, true)),
        ],
        ResourceId::RouteTable(id) => vec![
            ("Add route to", FormKind::AddRoute(region, id)),
            ("Associate a subnet with", FormKind::ChooseSubnet(region, id)),
        ],
        ResourceId::Vpc(id) => vec![
            ("Create subnet in", FormKind::CreateSubnet(region, id)),
            ("Create security group in", FormKind::CreateGroup(region, id)),
            ("Create route table in", FormKind::CreateRouteTable(region, id)),
            ("Create network ACL in", FormKind::CreateAcl(region, id)),
        ],
        ResourceId::Subnet(id) => vec![
            ("Create interface in", FormKind::CreateInterface(region, id)),
            ("Choose route table of", FormKind::ChooseTable(region, id)),
            ("Choose network ACL of", FormKind::ChooseAcl(region, id)),
        ],
        ResourceId::Volume(id) => vec![
            ("Create snapshot of", FormKind::CreateSnapshot(region, Some(id))),
            ("Attach", FormKind::AttachVolume(region, id)),
            ("Modify", FormKind::ModifyVolume(region, id)),
        ],
        ResourceId::Snapshot(id) => vec![
            ("Create volume of", FormKind::CreateVolume(region, Some(id))),
            ("Copy", FormKind::CopySnapshot(region, id)),
            ("Register an AMI of", FormKind::RegisterImage(region, id)),
        ],
        ResourceId::Image(id) => vec![("Copy", FormKind::CopyImage(region, id))],
        ResourceId::Address(id) => vec![("Associate", FormKind::AssociateAddress(region, id))],
        ResourceId::NetworkInterface(id) => vec![
            ("Attach", FormKind::AttachInterface(region, id)),
            ("Choose security groups of", FormKind::ChooseGroups(region, id)),
        ],
        ResourceId::InternetGateway(id) => vec![("Attach to a VPC", FormKind::AttachGateway(region, id))],
        _ => Vec::new(),
    };
    for (verb, kind) in forms {
        finder.offer(
            &format!("{verb} {label}"),
            &format!("action on a {}", id.kind().words()),
            &|| {
                vec![
                    Action::ShowRegion(region),
                    Action::Dialog(Some(Dialog::Form(kind.clone()))),
                ]
            },
        );
    }
}

fn as_instance(ec2: &Ec2, id: ResourceId) -> Option<&Instance> {
    match id {
        ResourceId::Instance(id) => ec2.instances.get(&id),
        _ => None,
    }
}

fn instance_deeds(ctx: &Ctx, finder: &mut Finder, region: Region, row: &Instance, label: &str) {
    use InstanceState::*;
    if matches!(row.state, Terminated | ShuttingDown) {
        return;
    }
    const KIND: &str = "action on an instance";
    let select = Action::Select(Some(Selection::Resource(region, row.id.into())));
    let call = |operation| {
        ApiCall::ec2(
            region,
            operation,
            Structure::new().with(field::INSTANCE_IDS, vec![row.id.to_string()]),
        )
    };
    let calls: &[(&str, &'static str)] = match row.state {
        Running => &[("Stop", "StopInstances"), ("Reboot", "RebootInstances")],
        Stopped => &[("Start", "StartInstances")],
        _ => &[],
    };
    for (verb, operation) in calls.iter().copied() {
        finder.offer(&format!("{verb} {label}"), KIND, &|| {
            vec![
                select.clone(),
                Action::Call {
                    call: call(operation),
                    done: None,
                    quiet: false,
                },
            ]
        });
    }
    finder.offer(&format!("Terminate {label}"), KIND, &|| {
        let confirm = Confirm {
            title: format!("Terminate {label}?"),
            text: "The machine is gone for good, with its private address and the volumes that go with it.".into(),
            verb: "Terminate".into(),
            call: call("TerminateInstances"),
        };
        vec![select.clone(), Action::Dialog(Some(Dialog::Confirm(Box::new(confirm))))]
    });
    finder.offer(&format!("Trace the path to {label}"), KIND, &|| {
        let question = PathQuestion {
            source: "internet".into(),
            destination: row.id.to_string(),
            asked: ctx.screen().path.asked + 1,
            ..PathQuestion::default()
        };
        vec![
            Action::ShowRegion(region),
            Action::AskPath(question),
            Action::Select(None),
        ]
    });
    let forms = [
        ("Change the type of", FormKind::ChangeType(region, row.id)),
        ("Create image of", FormKind::CreateImage(region, row.id)),
        ("Start a program in", FormKind::StartListener(region, row.id)),
    ];
    for (verb, kind) in forms {
        finder.offer(&format!("{verb} {label}"), KIND, &|| {
            vec![select.clone(), Action::Dialog(Some(Dialog::Form(kind.clone())))]
        });
    }
}
