//! One sentence first: who blocks what and why; then the code in small type.

use crate::inspector::apply_fix;
use crate::session::traced::Traced;
use crate::session::use_ctx;
use std::rc::Rc;
use stratus_engine::network::{Disposition, Layer, Verdict};
use yew::prelude::*;

/// Properties of [`VerdictLine`].
#[derive(Properties, PartialEq)]
pub struct VerdictProps {
    /// The answer.
    pub traced: Rc<Traced>,
    /// Shows the step that decided.
    pub on_why: Callback<()>,
}

/// The verdict.
#[component]
pub fn VerdictLine(props: &VerdictProps) -> Html {
    let ctx = use_ctx();
    let traced = &props.traced;
    let trace = &traced.trace;
    let (class, mark, sign) = match trace.disposition {
        _ if trace.reachable => ("good", "mark-allow", "✓"),
        Disposition::Unknown => ("unknown", "mark-unseen", "?"),
        _ => ("bad", "mark-deny", "✕"),
    };
    let more = trace.explanations.len().saturating_sub(1);
    html! {
        <div class={classes!("verdict", class)} role="status">
            <span class={mark} aria-hidden="true">{ sign }</span>
            <div>
                <h1>{ title(traced) }</h1>
                if let Some(first) = trace.explanations.first() {
                    <p>{ &first.detail }{ " " }<code>{ first.code }</code>
                        if trace.is_alone() && !traced.is_cheat() { { " · nothing else stands in the way." } }
                    </p>
                    if more > 0 {
                        <details class="more-blockers"><summary>{ format!("{more} more {} would stop it after that", if more == 1 { "thing" } else { "things" }) }</summary>
                            <ul>{ for trace.explanations.iter().skip(1).map(|other| html! { <li>{ &other.detail }{ " " }<code>{ other.code }</code></li> }) }</ul>
                        </details>
                    }
                } else {
                    <p>{ "The request arrives, and the answer comes back: every layer on both ways lets it pass." }</p>
                }
                // Where the inspector is not beside the picture, the cure stands here too.
                if !trace.reachable {
                    <div class="row cure">
                        if let Some(fix) = trace.fixes.first() {
                            <button class="btn primary" onclick={apply_fix(&ctx, fix, traced.region)}>{ "Mend it: " }{ &fix.why }</button>
                        }
                        <button class="btn" onclick={props.on_why.reform(|_: MouseEvent| ())}>{ "Show why" }</button>
                    </div>
                }
            </div>
        </div>
    }
}

/// The sentence's beginning, in plain words.
pub(super) fn title(traced: &Traced) -> String {
    let trace = &traced.trace;
    let deciding = traced.hop(traced.deciding());
    let layer = deciding
        .filter(|hop| hop.verdict == Verdict::Deny)
        .map(|hop| match hop.layer {
            Layer::CustomerInstance => "the guest itself",
            Layer::Hypervisor => "the hypervisor",
            Layer::VirtualInterface => "the virtual interface",
            Layer::SecurityGroup => "a security group",
            Layer::Firewall if hop.component().kind.contains("NetworkAcl") => "a network ACL",
            Layer::Firewall => "the host's firewall",
            Layer::PhysicalInterface => "the physical host",
            Layer::Network if hop.component().kind.contains("NatGateway") => "the NAT gateway",
            Layer::Network if hop.component().kind.contains("EgressOnly") => "the egress-only gateway",
            Layer::Network if hop.component().kind.contains("InternetGateway") => "the internet gateway",
            Layer::Network if hop.component().kind.contains("VPNGateway") => "the VPN gateway",
            Layer::Network if hop.component().kind.contains("RouteTable") => "the route table",
            Layer::Network => "the network",
        });
    let side = deciding.map_or("", |hop| match hop.layer {
        Layer::Network => "",
        _ if hop.via.is_some() => ", on the way",
        _ if hop.at_source => ", on the sender's side",
        _ if traced.listens() => ", on the listener's side",
        _ => ", on the receiver's side",
    });
    match trace.disposition {
        _ if trace.reachable => "It gets through, both ways".into(),
        Disposition::Delivered => "Delivered".into(),
        Disposition::Denied => format!("Blocked by {}{side}", layer.unwrap_or("a rule")),
        Disposition::NoRoute => "No route leads there".into(),
        Disposition::BlackHole => "The route leads into a black hole".into(),
        Disposition::NotListening => "It arrives, but nothing listens on that port".into(),
        Disposition::ReplyLost => format!(
            "It arrives, but the answer is lost: stopped by {}",
            layer.unwrap_or("a rule on the way back")
        ),
        Disposition::BadState if layer == Some("the physical host") => "A physical host has failed".into(),
        Disposition::BadState => "One end is not running".into(),
        Disposition::Unknown => "There is nothing there to reach".into(),
    }
}
