//! What rules traffic: security groups, network ACLs, route tables, prefix lists.

use super::parts::*;
use crate::dialogs::FormKind;
use crate::session::ApiCall;
use crate::ui::{Settled, Source, short_id};
use stratus_engine::base::ids::*;
use stratus_engine::catalog::Region;
use stratus_engine::network::protocol_text;
use stratus_engine::world::compute::InstanceState;
use stratus_engine::world::leading::led_to;
use stratus_engine::world::vpc::*;
use stratus_model::{Structure, field};
use yew::prelude::*;

/// `tcp 443`, `udp 1024–65535`, `icmp`, `all traffic`.
fn traffic(protocol: Option<u8>, ports: Option<(i64, i64)>) -> String {
    let Some(protocol) = protocol else {
        return "all traffic".into();
    };
    let name = protocol_text(protocol);
    match (protocol, ports) {
        (6 | 17, Some((low, high))) if low < 0 || (low, high) == (0, 65_535) => format!("{name} all"),
        (6 | 17, Some((low, high))) if low == high => format!("{name} {low}"),
        (6 | 17, Some((low, high))) => format!("{name} {low}–{high}"),
        (1 | 58, Some((kind, _))) if kind >= 0 => format!("{name} type {kind}"),
        _ => name,
    }
}

/// A security group.
pub fn group(ctx: &Settled, region: Region, id: SecurityGroupId) -> Option<Html> {
    let row = ctx.world().row::<SecurityGroup>(region, id)?;
    let default = ctx
        .world()
        .row::<Vpc>(region, row.vpc)
        .is_some_and(|vpc| vpc.default_group == id);
    let users = ctx.world().referrers(region, id.into());
    let members: Vec<ResourceId> = users
        .iter()
        .filter_map(|user| match user {
            ResourceId::NetworkInterface(id) => {
                let interface = ctx.world().row::<NetworkInterface>(region, *id)?;
                Some(
                    interface
                        .attachment
                        .as_ref()
                        .map_or((*id).into(), |a| a.instance.into()),
                )
            }
            _ => None,
        })
        .collect();
    let delete = ApiCall::ec2(
        region,
        "DeleteSecurityGroup",
        Structure::new().with(field::GROUP_ID, id.to_string()),
    );
    let not = default
        .then_some("every VPC keeps its default group.")
        .or((!users.is_empty()).then_some("something still uses it: see Used by."));
    let what = "Allow rules at the network card. All count together; there is no deny. Answers to what passed one way pass the other way by themselves.";
    Some(html! {
        <>
            { Head { kind: "Security group", layer: "l4", title: name(ctx, region, id.into()), id: Some(id.to_string()), what: text(what) }.view() }
            { group_rules(ctx, region, row, false) }
            { group_rules(ctx, region, row, true) }
            { facts(vec![
                ("Members", links(ctx, region, members, "nobody wears it")),
                ("VPC", link(ctx, region, row.vpc)),
                ("Description", text(row.description.clone())),
            ]) }
            { deeds(ctx, vec![Deed::confirm("Delete group", "Delete the security group?", "Nothing uses it. Its rules go with it.", delete).unless(not)]) }
            { common(ctx, region, id.into()) }
            <Source source="https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html">{ "Rules allow; what none of them allows is dropped." }</Source>
        </>
    })
}

/// The rules of one direction, with what one can do about each.
fn group_rules(ctx: &Settled, region: Region, row: &SecurityGroup, egress: bool) -> Html {
    let (title, peer_head, operation, empty) = if egress {
        (
            "Out",
            "To",
            "RevokeSecurityGroupEgress",
            "Nothing may go out, except answers.",
        )
    } else {
        (
            "In",
            "From",
            "RevokeSecurityGroupIngress",
            "Nothing may come in, except answers.",
        )
    };
    let rules: Vec<&GroupRule> = row.rules.iter().filter(|rule| rule.egress == egress).collect();
    let entries = rules.iter().map(|rule| {
        let ports = (i64::from(rule.ports.0), i64::from(rule.ports.1));
        let revoke = Structure::new()
            .with(field::GROUP_ID, row.id.to_string())
            .with(field::SECURITY_GROUP_RULE_IDS, vec![rule.id.to_string()]);
        let named = match rule.peer {
            Peer::Cidr(_) => html! {},
            Peer::Group(group) => html! { <p>{ "The private addresses of the members of " }{ link(ctx, region, group) }{ "." }</p> },
            Peer::PeerGroup(group, _, peering) => html! { <p>{ "The private addresses of the members of " }{ link(ctx, region, group) }{ ", across " }{ link(ctx, region, peering) }{ "." }</p> },
            Peer::HubGroup(group, ..) => html! { <p>{ "The private addresses of the members of " }{ link(ctx, region, group) }{ ", behind a transit gateway." }</p> },
            Peer::PrefixList(list) => html! { <p>{ "The blocks of the prefix list " }{ link(ctx, region, list) }{ "." }</p> },
        };
        let detail = html! {
            <>
                <p class="mono soft">{ rule.id.to_string() }</p>
                if let Some(description) = &rule.description { <p>{ description }</p> }
                { named }
                { deeds(ctx, vec![Deed::call(format!("Revoke {}", short_id(&rule.id.to_string())), ApiCall::ec2(region, operation, revoke)).class("danger")]) }
            </>
        };
        Entry {
            key: rule.id.to_string(),
            columns: vec![mono(traffic(rule.protocol, Some(ports))), mono(peer_text(ctx, region, rule.peer))],
            detail: Some(detail),
            class: "",
        }
    });
    let add = if egress {
        "Add outbound rule"
    } else {
        "Add inbound rule"
    };
    section(
        title,
        html! {
            <>
                if rules.is_empty() { <p class="soft">{ empty }</p> } else { { ledger("two", &["Traffic", peer_head], entries.collect()) } }
                { deeds(ctx, vec![Deed::form(add, FormKind::AddRule(region, row.id, egress))]) }
            </>
        },
    )
}

fn peer_text(ctx: &Settled, region: Region, peer: Peer) -> String {
    match peer {
        Peer::Cidr(block) if block.prefix_len() == 0 => format!("{block} (anywhere)"),
        Peer::Cidr(block) => block.to_string(),
        Peer::Group(group) | Peer::PeerGroup(group, ..) | Peer::HubGroup(group, ..) => name(ctx, region, group.into()),
        Peer::PrefixList(list) => name(ctx, region, list.into()),
    }
}

/// The group that a rule belongs to.
pub fn group_of_rule(ctx: &Settled, region: Region, id: SecurityGroupRuleId) -> Option<Html> {
    let mut groups = ctx.world().ec2(region)?.security_groups.rows();
    let row = groups.find(|group| group.rules.iter().any(|rule| rule.id == id))?;
    group(ctx, region, row.id)
}

/// A network ACL.
pub fn acl(ctx: &Settled, region: Region, id: NetworkAclId) -> Option<Html> {
    let row = ctx.world().row::<NetworkAcl>(region, id)?;
    let subnets: Vec<SubnetId> = ctx
        .world()
        .ec2(region)?
        .subnets
        .rows()
        .filter(|subnet| subnet.acl.1 == id)
        .map(|subnet| subnet.id)
        .collect();
    let delete = ApiCall::ec2(
        region,
        "DeleteNetworkAcl",
        Structure::new().with(field::NETWORK_ACL_ID, id.to_string()),
    );
    let not = row
        .is_default
        .then_some("every VPC keeps its default ACL.")
        .or((!subnets.is_empty()).then_some("subnets still stand behind it."));
    let what = "Numbered rules at the edge of subnets. The lowest number that matches decides; each direction is judged by itself, answers too.";
    Some(html! {
        <>
            { Head { kind: "Network ACL", layer: "l5", title: title(ctx, region, id.into(), row.is_default, "default ACL"), id: Some(id.to_string()), what: text(what) }.view() }
            { acl_entries(ctx, region, row, false) }
            { acl_entries(ctx, region, row, true) }
            { facts(vec![("Subnets", links(ctx, region, subnets, "none stands behind it")), ("VPC", link(ctx, region, row.vpc))]) }
            { deeds(ctx, vec![Deed::confirm("Delete ACL", "Delete the network ACL?", "No subnet stands behind it. Its entries go with it.", delete).unless(not)]) }
            { common(ctx, region, id.into()) }
            <Source source="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html">{ "First match decides; * denies the rest. Within one subnet no ACL is asked." }</Source>
        </>
    })
}

fn acl_entries(ctx: &Settled, region: Region, row: &NetworkAcl, egress: bool) -> Html {
    let mut entries: Vec<Entry> = row
        .entries
        .iter()
        .filter(|entry| entry.egress == egress)
        .map(|entry| {
            let delete = Structure::new()
                .with(field::NETWORK_ACL_ID, row.id.to_string())
                .with(field::RULE_NUMBER, i64::from(entry.number))
                .with(field::EGRESS, egress);
            let ports = match entry.icmp {
                Some((kind, code)) => Some((i64::from(kind), i64::from(code))),
                None => Some((i64::from(entry.ports.0), i64::from(entry.ports.1))),
            };
            let way = if egress { "out" } else { "in" };
            let delete = ApiCall::ec2(region, "DeleteNetworkAclEntry", delete);
            Entry {
                key: entry.number.to_string(),
                columns: vec![
                    mono(entry.number.to_string()),
                    mono(traffic(entry.protocol, ports)),
                    mono(entry.cidr.to_string()),
                    verdict(entry.allow),
                ],
                detail: Some(deeds(
                    ctx,
                    vec![Deed::call(format!("Delete entry {} ({way})", entry.number), delete).class("danger")],
                )),
                class: if entry.allow { "" } else { "deny" },
            }
        })
        .collect();
    entries.push(Entry {
        key: "*".into(),
        columns: vec![mono("*"), mono("all traffic"), mono("0.0.0.0/0"), verdict(false)],
        detail: None,
        class: "deny",
    });
    let (title, head, add) = if egress {
        ("Out", "To", "Add outbound entry")
    } else {
        ("In", "From", "Add inbound entry")
    };
    section(
        title,
        html! {
            <>
                { ledger("four", &["#", "Traffic", head, ""], entries) }
                { deeds(ctx, vec![Deed::form(add, FormKind::AddAclEntry(region, row.id, egress))]) }
            </>
        },
    )
}

fn verdict(allow: bool) -> Html {
    html! { <span class={if allow { "allow-word" } else { "deny-word" }}>{ if allow { "✓ allow" } else { "✕ deny" } }</span> }
}

/// The name, else a word for what is the default of its kind, else the id, short.
fn title(ctx: &Settled, region: Region, id: ResourceId, default: bool, word: &str) -> String {
    if default && ctx.world().label(region, id) == id.to_string() {
        word.to_owned()
    } else {
        name(ctx, region, id)
    }
}

/// A route table.
pub fn route_table(ctx: &Settled, region: Region, id: RouteTableId) -> Option<Html> {
    let row = ctx.world().row::<RouteTable>(region, id)?;
    let vpc = ctx.world().row::<Vpc>(region, row.vpc)?;
    let ec2 = ctx.world().ec2(region)?;
    let main = row.main.is_some();
    let implicit: Vec<SubnetId> = ec2
        .subnets
        .rows()
        .filter(|subnet| main && subnet.vpc == row.vpc && !ec2.table_of_subnet.contains(&subnet.id))
        .map(|subnet| subnet.id)
        .collect();
    let delete = ApiCall::ec2(
        region,
        "DeleteRouteTable",
        Structure::new().with(field::ROUTE_TABLE_ID, id.to_string()),
    );
    let not = main
        .then_some("the VPC's main table cannot be deleted.")
        .or((!row.subnets.is_empty()).then_some("subnets are still associated with it."));
    let mut facts_here = vec![("VPC", link(ctx, region, row.vpc))];
    if main {
        facts_here.push(("Main table", text("routes every subnet that has chosen no other")));
        facts_here.push(("Subnets so", links(ctx, region, implicit, "none")));
    }
    let what =
        "Where packets go that leave its subnets. Of the routes that match, the one with the longest prefix wins.";
    Some(html! {
        <>
            { Head { kind: "Route table", layer: "", title: title(ctx, region, id.into(), main, "main route table"), id: Some(id.to_string()), what: text(what) }.view() }
            { section("Routes", html! { <>
                { ledger("two", &["Destination", "Target"], routes(ctx, region, row, vpc)) }
                { deeds(ctx, vec![Deed::form("Add route", FormKind::AddRoute(region, id))]) }
            </> }) }
            { associations(ctx, region, row) }
            { facts(facts_here) }
            { deeds(ctx, vec![Deed::confirm("Delete table", "Delete the route table?", "No subnet is associated with it. Its routes go with it.", delete).unless(not)]) }
            { common(ctx, region, id.into()) }
            <Source source="https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html">{ "Each subnet is routed by one table; the most specific route decides." }</Source>
        </>
    })
}

fn routes(ctx: &Settled, region: Region, row: &RouteTable, vpc: &Vpc) -> Vec<Entry> {
    let local = vpc
        .cidrs
        .iter()
        .map(|(_, block)| block.to_string())
        .chain(vpc.ipv6_cidrs.iter().map(|(_, block)| block.to_string()));
    let mut entries: Vec<Entry> = local
        .map(|block| Entry {
            key: block.clone(),
            columns: vec![mono(block), text("local: within the VPC")],
            detail: None,
            class: "",
        })
        .collect();
    entries.extend(row.routes.iter().map(|route| {
        let params = Structure::new().with(field::ROUTE_TABLE_ID, row.id.to_string());
        let (shown, params) = match route.destination {
            RouteDestination::Cidr(block) => {
                let name = if block.addr().is_ipv4() { field::DESTINATION_CIDR_BLOCK } else { field::DESTINATION_IPV6_CIDR_BLOCK };
                (block.to_string(), params.with(name, block.to_string()))
            }
            RouteDestination::PrefixList(list) => {
                (name(ctx, region, list.into()), params.with(field::DESTINATION_PREFIX_LIST_ID, list.to_string()))
            }
        };
        let (target, dead) = target(ctx, region, row.vpc, route.target);
        let delete = ApiCall::ec2(region, "DeleteRoute", params);
        Entry {
            key: shown.clone(),
            columns: vec![mono(shown.clone()), target],
            detail: Some(html! {
                <>
                    if dead { <p>{ "A black hole: what it leads to is gone, or not attached to this VPC. Packets that take it are lost." }</p> }
                    { deeds(ctx, vec![Deed::call(format!("Delete route {shown}"), delete).class("danger")]) }
                </>
            }),
            class: if dead { "deny" } else { "" },
        }
    }));
    entries
}

/// Where a route leads, and whether that is a black hole.
fn target(ctx: &Settled, region: Region, vpc: VpcId, target: RouteTarget) -> (Html, bool) {
    let world = ctx.world();
    let (label, dead) = match target {
        RouteTarget::Local => return (text("local"), false),
        RouteTarget::Interface(id, _) => {
            let holder = world
                .row::<NetworkInterface>(region, id)
                .and_then(|i| i.attachment.as_ref());
            let instance =
                holder.and_then(|a| world.row::<stratus_engine::world::compute::Instance>(region, a.instance));
            let alive = instance.is_some_and(|i| i.state == InstanceState::Running);
            let label = instance.map_or_else(|| link(ctx, region, id), |i| link(ctx, region, i.id));
            (label, !alive)
        }
        other => match world.ec2(region).and_then(|ec2| led_to(ec2, vpc, other)) {
            Some((id, there)) => (link(ctx, region, id), !there),
            None => return (text(""), true),
        },
    };
    let html = html! { <>{ label }if dead { <span class="deny-word">{ " ✕ black hole" }</span> }</> };
    (html, dead)
}

/// Subnets that chose this table, each with the call that takes it back.
fn associations(ctx: &Settled, region: Region, row: &RouteTable) -> Html {
    let items = row.subnets.iter().map(|(association, subnet)| {
        let params = Structure::new().with(field::ASSOCIATION_ID, association.to_string());
        let call = ApiCall::ec2(region, "DisassociateRouteTable", params);
        html! { <li key={association.to_string()}>{ link(ctx, region, *subnet) }{ deeds(ctx, vec![Deed::call(format!("Take {} off", name(ctx, region, (*subnet).into())), call).class("small")]) }</li> }
    });
    section(
        "Subnets that chose it",
        html! {
            <>
                if row.subnets.is_empty() { <p class="soft">{ "None by name." }</p> } else { <ul class="plain-list">{ for items }</ul> }
                { deeds(ctx, vec![Deed::form("Associate a subnet", FormKind::ChooseSubnet(region, row.id))]) }
            </>
        },
    )
}

/// A prefix list.
pub fn prefix_list(ctx: &Settled, region: Region, id: PrefixListId) -> Option<Html> {
    let row = ctx.world().row::<PrefixList>(region, id)?;
    let what = if row.aws_managed {
        "A named set of address blocks that AWS keeps up to date, for rules and routes."
    } else {
        "A named set of address blocks: rules and routes that refer to it follow when it changes."
    };
    let entries = row.entries.iter().map(|(block, note)| Entry {
        key: block.to_string(),
        columns: vec![mono(block.to_string()), text(note.clone())],
        detail: None,
        class: "",
    });
    Some(html! {
        <>
            { Head { kind: "Prefix list", layer: "", title: row.name.clone(), id: Some(id.to_string()), what: text(what) }.view() }
            { section("Blocks", ledger("two", &["Block", "Description"], entries.collect())) }
            { facts(vec![("Owner", text(if row.aws_managed { "AWS" } else { "you" })), ("Version", text(row.version.to_string()))]) }
            { common(ctx, region, id.into()) }
            <Source source="https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html">{ "A list counts as many rules as it may have entries." }</Source>
        </>
    })
}
