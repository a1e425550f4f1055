//! The map as a picture that stands alone: the VPCs that are shown, their zones, subnets and instances, and their doors.

use super::super::count;
use super::super::picture::{InstanceBox, Picture, SubnetBox, VpcBox, ZoneBox};
use super::balancers::spoken as spoken_balancer;
use crate::ui::sheet::*;
use std::rc::Rc;
use stratus_engine::base::ids::VpcId;
use stratus_engine::catalog::Region;
use stratus_engine::world::compute::InstanceState;

/// Left and right edge of what is drawn.
const LEFT: usize = 40;
const ROOM: usize = WIDTH - 2 * LEFT;
/// Between two things.
const GAP: usize = 14;
/// A line of an instance.
const LINE: usize = 20;
/// Instances of a subnet that are drawn one by one.
const LISTED: usize = 24;

/// Draws the VPCs of a picture: all of them, or one.
pub fn draw(picture: &Picture, region: Region, only: Option<VpcId>) -> Drawing {
    let mut sheet = Sheet::default();
    let shown = picture.vpcs.iter().filter(|vpc| only.is_none_or(|id| id == vpc.id));
    let title = format!("{} ({})", region.long_name(), region.name());
    sheet.text(LEFT, 44, 20, INK, 600, &title);
    let mut told = Vec::new();
    let mut y = 70;
    if !picture.classic.is_empty() && only.is_none() {
        let number = count(picture.classic.len(), "instance", "instances");
        told.push(format!("EC2-Classic, one network of all customers: {number}."));
        y = classic(&mut sheet, &picture.classic, y) + GAP;
    }
    for vpc in shown {
        told.push(spoken(vpc));
        y = network(&mut sheet, vpc, y) + GAP;
    }
    sheet.finish(y + GAP, &title, &told.join("\n"), "")
}

/// A VPC in one sentence for each of its subnets.
fn spoken(vpc: &VpcBox) -> String {
    let gateway = match &vpc.gateway {
        Some((_, name)) => format!("with the internet gateway {name}"),
        None => "without an internet gateway".to_owned(),
    };
    let mut told = vec![format!("VPC {}, {}, {gateway}.", vpc.title, vpc.blocks)];
    for zone in &vpc.zones {
        for subnet in &zone.subnets {
            told.push(format!(
                "In {}: subnet {}, {}, {}: {}.",
                zone.zone.name(),
                subnet.title,
                subnet.block,
                subnet.exposure.words(),
                count(subnet.instances.len(), "instance", "instances")
            ));
        }
    }
    told.extend(
        vpc.doors
            .iter()
            .map(|door| format!("{} {}{}.", door.word, door.text, door.leads(", to "))),
    );
    told.extend(vpc.balancers.iter().map(|one| spoken_balancer(one)));
    told.join(" ")
}

/// Draws a VPC; where it ends.
fn network(sheet: &mut Sheet, vpc: &VpcBox, top: usize) -> usize {
    let columns = vpc.zones.len().max(1);
    let width = (ROOM - GAP * (columns + 1)) / columns;
    let zones = vpc.zones.iter().map(zone_height).max().unwrap_or(0);
    let doors = usize::from(vpc.gateway.is_some()) + vpc.doors.len() + vpc.balancers.len();
    let height = 44 + doors * LINE + zones + GAP;
    sheet.frame((LEFT, top), (ROOM, height), NET, vpc.gateway.is_none());
    let head = format!("{} · VPC {}", vpc.title, vpc.blocks);
    sheet.text(LEFT + GAP, top + 26, 15, INK, 600, &cut(&head, 110));
    let mut y = top + 46;
    if let Some((_, name)) = &vpc.gateway {
        sheet.text(
            LEFT + GAP,
            y,
            12,
            SOFT,
            400,
            &cut(&format!("Internet gateway {name} → the Internet"), 150),
        );
        y += LINE;
    }
    for door in &vpc.doors {
        let line = format!("{} {}{}", door.word, door.text, door.leads(" → "));
        sheet.text(LEFT + GAP, y, 12, SOFT, 400, &cut(&line, 150));
        y += LINE;
    }
    for one in &vpc.balancers {
        sheet.text(LEFT + GAP, y, 12, INK, 400, &cut(&spoken_balancer(one), 150));
        y += LINE;
    }
    for (at, zone) in vpc.zones.iter().enumerate() {
        let left = LEFT + GAP + at * (width + GAP);
        sheet.text(left, y + 4, 12, SOFT, 600, &zone.zone.name());
        let mut below = y + 14;
        for subnet in &zone.subnets {
            below = part(sheet, subnet, (left, below), width) + GAP;
        }
    }
    top + height
}

fn zone_height(zone: &ZoneBox) -> usize {
    let subnets: usize = zone.subnets.iter().map(|subnet| subnet_height(subnet) + GAP).sum();
    subnets + 14
}

fn subnet_height(subnet: &SubnetBox) -> usize {
    58 + lines_of(&subnet.instances) * LINE
}

/// Lines that a list of instances takes: so many are listed, and one line says how many more there are.
fn lines_of(instances: &[Rc<InstanceBox>]) -> usize {
    instances.len().min(LISTED) + usize::from(instances.len() > LISTED)
}

/// Draws a subnet; where it ends.
fn part(sheet: &mut Sheet, subnet: &SubnetBox, (left, top): (usize, usize), width: usize) -> usize {
    let height = subnet_height(subnet);
    let colour = if subnet.exposure.is_public() { ALLOW } else { NET };
    let letters = width / 8;
    sheet.frame((left, top), (width, height), colour, false);
    let head = format!("{} · {}", subnet.title, subnet.block);
    sheet.text(left + 12, top + 22, 13, INK, 600, &cut(&head, letters));
    sheet.text(
        left + 12,
        top + 38,
        11,
        SOFT,
        400,
        &cut(subnet.exposure.words(), letters + letters / 6),
    );
    machines(sheet, &subnet.instances, (left, top + 58), letters);
    top + height
}

/// Draws EC2-Classic, which has neither zones nor subnets; where it ends.
fn classic(sheet: &mut Sheet, instances: &[Rc<InstanceBox>], top: usize) -> usize {
    let height = 54 + lines_of(instances) * LINE;
    sheet.frame((LEFT, top), (ROOM, height), NET, false);
    let head = "EC2-Classic · one network of all customers, 10.0.0.0/8";
    sheet.text(LEFT + GAP, top + 26, 15, INK, 600, head);
    machines(sheet, instances, (LEFT, top + 52), 140);
    top + height
}

/// Draws instances one beneath the other, in lines of so many letters.
fn machines(sheet: &mut Sheet, instances: &[Rc<InstanceBox>], (left, top): (usize, usize), letters: usize) {
    let mut y = top;
    for instance in instances.iter().take(LISTED) {
        sheet.dot(left + 18, y - 4, state_colour(instance));
        let address = instance.private.as_deref().unwrap_or("no address");
        let public = instance
            .public
            .as_ref()
            .map_or(String::new(), |(address, _)| format!(" ⇄ {address}"));
        let line = format!("{} · {} · {address}{public}", instance.name, instance.state.name());
        sheet.text(left + 30, y, 12, INK, 400, &cut(&line, letters));
        y += LINE;
    }
    if instances.len() > LISTED {
        let more = format!("and {} more", instances.len() - LISTED);
        sheet.text(left + 30, y, 12, SOFT, 400, &more);
    }
}

fn state_colour(instance: &InstanceBox) -> &'static str {
    match instance.state {
        InstanceState::Running if instance.impaired => DENY,
        InstanceState::Running => ALLOW,
        _ => SOFT,
    }
}
