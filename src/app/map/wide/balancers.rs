//! Load balancers on the map: a card on the edge of their VPC's zones with what it listens for and to whom it sends, a sign in
//! each subnet where it has a node, and lines from the card to its nodes and targets, in the colour of the targets' health.
//! Read off the world once a change, as all of the picture; the lines are measured when that or the map's size has changed.

use super::super::picture::{VpcBox, name_of};
use super::super::{is_selected, select};
use crate::ui::size::use_resized;
use crate::ui::{Glyph, Icon, Settled};
use std::collections::BTreeMap;
use std::rc::Rc;
use stratus_engine::World;
use stratus_engine::base::ids::*;
use stratus_engine::catalog::Region;
use stratus_engine::world::Ec2;
use stratus_engine::world::balancing::*;
use web_sys::Element;
use yew::prelude::*;

/// Targets of a group that its card lists; the inspector has all.
const LISTED: usize = 12;
/// Lines up to which all are drawn; of more, only those of the chosen load balancer.
const DRAWN: usize = 40;

/// A load balancer.
#[derive(Clone, Debug, PartialEq)]
pub struct BalancerBox {
    /// What it is.
    pub id: ResourceId,
    /// Its kind in words.
    pub word: &'static str,
    /// Its name.
    pub name: String,
    /// Whether clients outside of the VPC find it, in words.
    pub scheme: &'static str,
    /// It is not being set up any more.
    pub active: bool,
    /// Its nodes.
    pub nodes: Vec<NodeBox>,
    /// Target groups, each once, with the listeners that send to it: `HTTP 80`.
    pub groups: Vec<GroupBox>,
    /// Listeners that send to nobody: what they do instead.
    pub others: Vec<String>,
}

/// A node of a load balancer.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeBox {
    /// Its interface.
    pub id: NetworkInterfaceId,
    /// Where it is.
    pub subnet: SubnetId,
    /// The load balancer's name.
    pub of: String,
    /// Its addresses in words.
    pub address: String,
}

/// Targets that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupBox {
    /// The target group, or the Classic Load Balancer itself.
    pub id: ResourceId,
    /// Its name.
    pub name: String,
    /// What comes to it: `HTTP 80, HTTPS 443`.
    pub by: String,
    /// They.
    pub targets: Vec<TargetBox>,
}

/// A target.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetBox {
    /// What it is, where it is a thing.
    pub id: Option<ResourceId>,
    /// What it is called, with its port.
    pub text: String,
    /// Where it stands.
    pub state: &'static str,
}

/// The state of a target as the API writes it.
pub fn state_word(state: TargetState) -> &'static str {
    match state {
        TargetState::Initial => "initial",
        TargetState::Healthy => "healthy",
        TargetState::Unhealthy => "unhealthy",
        TargetState::Draining => "draining",
    }
}

/// The sign of a state, beside its word.
fn sign(state: &str) -> &'static str {
    match state {
        "healthy" => "✓",
        "unhealthy" => "✕",
        _ => "…",
    }
}

/// The kind of a load balancer in words.
pub fn kind_words(kind: BalancerKind) -> &'static str {
    match kind {
        BalancerKind::Application => "Application Load Balancer",
        BalancerKind::Network => "Network Load Balancer",
        BalancerKind::Gateway => "Gateway Load Balancer",
    }
}

/// Whom a load balancer is for.
fn scheme(internal: bool, kind: Option<BalancerKind>) -> &'static str {
    match (kind, internal) {
        (Some(BalancerKind::Gateway), _) => "before appliances",
        (_, true) => "internal",
        (_, false) => "faces the Internet",
    }
}

/// Gives each VPC of a Region its load balancers, and each subnet their nodes.
#[inline(never)]
pub fn hang(world: &World, region: Region, ec2: &Ec2, vpcs: &mut [(u64, VpcBox)]) {
    let reader = Reader { world, region, ec2 };
    let mut all: BTreeMap<VpcId, Vec<(u64, Rc<BalancerBox>)>> = BTreeMap::new();
    for row in ec2.balancing.balancers.rows() {
        let shown = Rc::new(reader.newer(row));
        all.entry(row.vpc).or_default().push((row.born, shown));
    }
    for row in ec2.balancing.classic.rows() {
        let shown = Rc::new(reader.classic(row));
        all.entry(row.vpc).or_default().push((row.born, shown));
    }
    for (_, vpc) in vpcs {
        let mut own = all.remove(&vpc.id).unwrap_or_default();
        stratus_model::sort::by_key(&mut own, |(born, _)| *born);
        vpc.balancers = own.into_iter().map(|(_, one)| one).collect();
        for subnet in vpc.zones.iter_mut().flat_map(|zone| &mut zone.subnets) {
            // A node is nobody's free interface.
            subnet
                .interfaces
                .retain(|(id, ..)| !ec2.balancing.by_interface.contains(id));
            let nodes = vpc.balancers.iter().flat_map(|one| &one.nodes);
            subnet.nodes = nodes.filter(|node| node.subnet == subnet.id).cloned().collect();
        }
    }
}

struct Reader<'w> {
    world: &'w World,
    region: Region,
    ec2: &'w Ec2,
}

impl Reader<'_> {
    fn nodes(&self, of: &str, places: &[BalancerPlace]) -> Vec<NodeBox> {
        let found = places.iter().filter_map(|place| {
            let own = self.ec2.interfaces.get(&place.interface)?.primary()?;
            let address = match own.public {
                Some(public) => format!("{} · {}", own.private, public.address),
                None => own.private.to_string(),
            };
            Some(NodeBox {
                id: place.interface,
                subnet: place.subnet,
                of: of.to_owned(),
                address,
            })
        });
        found.collect()
    }

    fn targets(&self, targets: &[Target], port: u16) -> Vec<TargetBox> {
        let shown = targets.iter().map(|target| {
            let (id, name) = match target.point {
                TargetPoint::Instance(id) => (Some(id.into()), name_of(self.world, self.region, id)),
                TargetPoint::Alb(id) => (Some(id.into()), name_of(self.world, self.region, id)),
                TargetPoint::Ip(address) => (None, address.to_string()),
            };
            let port = if target.port == 0 { port } else { target.port };
            TargetBox {
                id,
                text: format!("{name}:{port}"),
                state: state_word(target.state),
            }
        });
        shown.collect()
    }

    fn newer(&self, row: &LoadBalancer) -> BalancerBox {
        let mut listeners: Vec<&Listener> = self.ec2.balancing.listeners.rows().collect();
        listeners.retain(|own| own.balancer == row.id);
        stratus_model::sort::by_key(&mut listeners, |own| (own.port, own.born));
        let mut by: BTreeMap<TargetGroupId, Vec<String>> = BTreeMap::new();
        let mut others = Vec::new();
        for listener in listeners {
            let says = match listener.protocol.is_empty() {
                true => "every packet".to_owned(),
                false => format!("{} {}", listener.protocol, listener.port),
            };
            let rules = self
                .ec2
                .balancing
                .rules
                .rows()
                .filter(|rule| rule.listener == listener.id);
            for rule in rules {
                match &rule.action {
                    RuleAction::Forward { groups, .. } => {
                        for (group, _) in groups {
                            let own = by.entry(*group).or_default();
                            if !own.contains(&says) {
                                own.push(says.clone());
                            }
                        }
                    }
                    RuleAction::Redirect { to, .. } => others.push(format!("{says} is sent on to {}:{}", to[0], to[1])),
                    RuleAction::Fixed { status, .. } => others.push(format!("{says} is answered with {status}")),
                }
            }
        }
        let groups = by.into_iter().filter_map(|(id, by)| {
            let group = self.ec2.balancing.groups.get(&id)?;
            Some(GroupBox {
                id: id.into(),
                name: group.name.clone(),
                by: by.join(", "),
                targets: self.targets(&group.targets, group.port),
            })
        });
        BalancerBox {
            id: row.id.into(),
            word: kind_words(row.kind),
            name: row.name.clone(),
            scheme: scheme(row.internal, Some(row.kind)),
            active: row.active,
            nodes: self.nodes(&row.name, &row.places),
            groups: groups.collect(),
            others,
        }
    }

    fn classic(&self, row: &ClassicBalancer) -> BalancerBox {
        let by = row.listeners.iter().map(|own| format!("{} {}", own.protocol, own.port));
        let by: Vec<String> = by.collect();
        let port = row.listeners.first().map_or(0, |own| own.instance_port);
        BalancerBox {
            id: row.id.into(),
            word: "Classic Load Balancer",
            name: row.name.clone(),
            scheme: scheme(row.internal, None),
            active: true,
            nodes: self.nodes(&row.name, &row.places),
            groups: vec![GroupBox {
                id: row.id.into(),
                name: "its instances".into(),
                by: by.join(", "),
                targets: self.targets(&row.targets, port),
            }],
            others: Vec::new(),
        }
    }
}

/// The cards of a VPC's load balancers, and their lines.
#[inline(never)]
pub fn view(ctx: &Settled, title: &str, all: &[Rc<BalancerBox>]) -> Html {
    html! {
        <div class="balancers" role="group" aria-label={format!("Load balancers of {title}")}>
            { for all.iter().map(|one| card(ctx, one)) }
            <Edges settled={ctx.clone()} all={all.to_vec()} />
        </div>
    }
}

fn card(ctx: &Settled, one: &BalancerBox) -> Html {
    let selected = is_selected(ctx, one.id);
    html! {
        <section class={classes!("balancer", selected.then_some("selected"))} key={one.id.to_string()} aria-label={format!("{} {}", one.word, one.name)} data-at={one.id.to_string()}>
            <header>
                <button class="title" onclick={select(ctx, one.id)} aria-pressed={selected.to_string()} title={format!("{}: takes what comes to its nodes and sends it to its targets", one.word)}>
                    <b>{ &one.name }</b><span class="tag">{ one.word }</span><span class="soft">{ one.scheme }</span>
                </button>
                if !one.active { <span class="state pending">{ "provisioning" }</span> }
            </header>
            { for one.groups.iter().map(|group| html! {
                <div class="group" key={group.id.to_string()}>
                    <p><code>{ &group.by }</code>{ " → " }<button class="link" onclick={select(ctx, group.id)}>{ &group.name }</button></p>
                    <ul>
                        { for group.targets.iter().take(LISTED).map(|target| html! { <li>{ target_sign(ctx, one, target) }</li> }) }
                    </ul>
                    if group.targets.is_empty() { <p class="nothing">{ "No targets: nothing gets through." }</p> }
                    if group.targets.len() > LISTED { <button class="link" onclick={select(ctx, group.id)}>{ format!("and {} more", group.targets.len() - LISTED) }</button> }
                </div>
            }) }
            { for one.others.iter().map(|text| html! { <p class="soft">{ text }</p> }) }
            if one.groups.is_empty() && one.others.is_empty() { <p class="nothing">{ "No listener yet: it takes nothing." }</p> }
        </section>
    }
}

fn target_sign(ctx: &Settled, of: &BalancerBox, target: &TargetBox) -> Html {
    let inner = html! { <><span class="sign" aria-hidden="true">{ sign(target.state) }</span>{ &target.text }{ " " }<span class="soft">{ target.state }</span></> };
    match target.id {
        Some(id) => html! {
            <button class={classes!("mini", "target", target.state)} onclick={select(ctx, id)} aria-pressed={is_selected(ctx, id).to_string()} aria-label={format!("{} {}, target of {}", target.text, target.state, of.name)} title="Go along to it">{ inner }</button>
        },
        None => html! { <span class={classes!("mini", "target", target.state)}>{ inner }</span> },
    }
}

/// The nodes of load balancers in a subnet.
#[inline(never)]
pub fn nodes(ctx: &Settled, nodes: &[NodeBox]) -> Html {
    html! {
        <div class="leftovers">
            { for nodes.iter().map(|node| html! {
                <button class="mini net node" key={node.id.to_string()} data-node={node.id.to_string()} onclick={select(ctx, node.id)} aria-pressed={is_selected(ctx, node.id).to_string()} aria-label={format!("{} {}, node of a load balancer", node.of, node.address)} title={format!("A node of the load balancer {}: what is sent to this address it takes", node.of)}><Icon glyph={Glyph::Gateway} />{ &node.of }{ " " }<code>{ &node.address }</code></button>
            }) }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct EdgesProps {
    settled: Settled,
    all: Vec<Rc<BalancerBox>>,
}

/// A line: whose, its class, where it runs.
type Edge = (ResourceId, &'static str, String);

/// The lines from the cards. They show what the lists beside them say, so no screen reader needs them.
#[component]
fn Edges(props: &EdgesProps) -> Html {
    let drawn = use_state_eq(Vec::<Edge>::new);
    let place = use_node_ref();
    let resized = {
        let place = place.clone();
        use_resized(move || frame(&place))
    };
    {
        let (drawn, place) = (drawn.clone(), place.clone());
        // The whole context: whatever moves anything on the map moves the lines.
        let asked = (props.all.clone(), props.settled.clone(), resized);
        use_effect_with(asked, move |(all, ..)| {
            let all = all.clone();
            let timer = gloo::timers::callback::Timeout::new(0, move || {
                if let Some(frame) = frame(&place) {
                    drawn.set(edges(&frame, &all));
                }
            });
            move || drop(timer)
        });
    }
    let many = drawn.len() > DRAWN;
    let shown = drawn
        .iter()
        .filter(|(of, ..)| !many || is_selected(&props.settled, *of));
    html! {
        <svg class="balancer-edges" ref={place} aria-hidden="true">
            { for shown.map(|(of, class, way)| html! { <path class={classes!(*class, is_selected(&props.settled, *of).then_some("chosen"))} d={way.clone()} /> }) }
        </svg>
    }
}

/// The VPC's frame, over which the lines are drawn.
fn frame(place: &NodeRef) -> Option<Element> {
    place.cast::<Element>()?.closest(".vpc").ok().flatten()
}

fn edges(frame: &Element, all: &[Rc<BalancerBox>]) -> Vec<Edge> {
    let mut edges = Vec::new();
    let find = |selector: String| frame.query_selector(&selector).ok().flatten();
    for one in all {
        let Some(card) = find(format!(".balancer[data-at='{}']", one.id)) else {
            continue;
        };
        let ends = one
            .nodes
            .iter()
            .map(|node| ("node", format!("[data-node='{}']", node.id)));
        let targets = one.groups.iter().flat_map(|group| &group.targets);
        let targets = targets.filter_map(|target| Some((target.state, format!("[data-at='{}']", target.id?))));
        let ends: Vec<(&'static str, Element)> = ends
            .chain(targets)
            .filter_map(|(class, at)| Some((class, find(at)?)))
            .collect();
        // From left to right as they end, so that lines of one card do not cross.
        let mut ends: Vec<(f64, &'static str, Element)> = ends
            .into_iter()
            .map(|(class, end)| (end.get_bounding_client_rect().right(), class, end))
            .collect();
        ends.sort_by(|one, other| one.0.total_cmp(&other.0));
        let number = ends.len();
        for (at, (_, class, end)) in ends.iter().enumerate() {
            edges.push((one.id, *class, way(frame, &card, end, (at + 1, number + 1))));
        }
    }
    edges
}

/// From the lower edge of a card, the so-manieth of so many places there, to the upper edge of something below it; beside it,
/// from side to side.
fn way(frame: &Element, card: &Element, end: &Element, (at, of): (usize, usize)) -> String {
    let origin = frame.get_bounding_client_rect();
    // Positions are counted from inside its border.
    let border = (f64::from(frame.client_left()), f64::from(frame.client_top()));
    let (from, to) = (card.get_bounding_client_rect(), end.get_bounding_client_rect());
    let (left, top) = (origin.left() + border.0, origin.top() + border.1);
    let x = from.left() - left + from.width() * at as f64 / of as f64;
    let y = from.bottom() - top;
    // To the right part of what is wide, where nothing stands that one reads.
    let (to_x, to_y) = (to.left() - left + to.width() * 0.8, to.top() - top);
    let middle = (y + to_y) / 2.0;
    format!("M{x:.1} {y:.1}C{x:.1} {middle:.1} {to_x:.1} {middle:.1} {to_x:.1} {to_y:.1}")
}

/// A load balancer in sentences, for the map as a file.
pub fn spoken(one: &BalancerBox) -> String {
    let targets = one.groups.iter().flat_map(|group| {
        let sent = group
            .targets
            .iter()
            .map(move |target| format!("{} ({})", target.text, target.state));
        let sent: Vec<String> = sent.collect();
        (!sent.is_empty()).then(|| format!("{} to {}", group.by, sent.join(", ")))
    });
    let targets: Vec<String> = targets.collect();
    let sends = match targets.is_empty() {
        true => "sends to nobody".to_owned(),
        false => format!("sends {}", targets.join("; ")),
    };
    format!("{} {}, {}, {sends}.", one.word, one.name, one.scheme)
}
