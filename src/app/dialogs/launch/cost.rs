//! What a launch costs in all: the machine, its root volume and its public address, as the bill will count them.

use super::choices::{Choices, ImageChoice, price};
use crate::ui::money_text;
use stratus_engine::World;
use stratus_engine::base::ids::SubnetId;
use stratus_engine::catalog::money::{HOUR, Money, price_text};
use stratus_engine::catalog::prices::{PUBLIC_IPV4, volume_storage};

/// The price of the launch in words: what the machines cost an hour, and what thirty days of all of it come to. The same
/// thirty days as the Bill panel's.
pub fn words(world: &World, choices: &Choices, image: Option<&ImageChoice>) -> String {
    let Some(price) = price(choices, image) else {
        return "No price is known for this type".into();
    };
    let count = i128::from(choices.count.max(0));
    let hourly = price.hourly().saturating_mul(count);
    let mut sum = Money::hourly(hourly, HOUR).every_hour_of_a_month();
    let mut with = Vec::new();
    if let Some((gib, volume_type)) = root(choices, image) {
        let disk =
            volume_storage(volume_type).map_or(Money::ZERO, |rate| rate.month(i128::from(gib).saturating_mul(count)));
        sum += disk;
        with.push(format!("{} of {volume_type} disk", money_text(disk)));
    }
    if is_public(world, choices) {
        let address = PUBLIC_IPV4.month(count);
        sum += address;
        with.push(format!("{} of public address", money_text(address)));
    }
    let with = match with.as_slice() {
        [] => String::new(),
        parts => format!(", with {}", parts.join(" and ")),
    };
    let remark = price.remark.map(|remark| format!(" ({remark})")).unwrap_or_default();
    let (hour, month) = (price_text(hourly, 4), money_text(sum));
    format!("${hour} an hour{remark}; {month} in 30 days{with}")
}

/// The root volume's size in GiB and type; `None` where the image's root is an instance store.
fn root<'a>(choices: &Choices, image: Option<&'a ImageChoice>) -> Option<(i64, &'a str)> {
    let image = image.filter(|image| image.root_gib > 0)?;
    let typed = choices.root_gib.trim().parse().ok().filter(|gib: &i64| *gib > 0);
    Some((typed.unwrap_or(image.root_gib), image.root_type.as_str()))
}

/// Whether the instances get a public IPv4 address, by what was chosen or by what their subnet says.
fn is_public(world: &World, choices: &Choices) -> bool {
    let Some(ec2) = world.ec2(choices.region) else {
        return false;
    };
    choices
        .public
        .unwrap_or_else(|| match SubnetId::parse(&choices.subnet) {
            Some(id) => ec2.subnets.get(&id).is_some_and(|subnet| subnet.map_public_ip),
            None => ec2
                .subnets
                .rows()
                .any(|subnet| subnet.default_for_zone && subnet.map_public_ip),
        })
}
