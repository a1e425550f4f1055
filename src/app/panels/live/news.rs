//! What the last change did to the connections, in one sentence: which live on, which were cut, which go on again. The
//! worlds before and after each call are compared, so that it is told whatever was on screen when the call was made.

use super::reading::{self, Live, Row};
use crate::ui::thousands;
use stratus_engine::World;
use stratus_engine::base::time::Time;
use stratus_engine::catalog::Region;
use stratus_engine::history::{History, NodeId};
use stratus_engine::network::{self, ConnectionFate, ConnectionState};
use stratus_model::{field, sort};

/// Calls back to which a change is looked for.
const CALLS: usize = 12;
/// Calls back to which closed connections are told of.
const CLOSED: usize = 20;
/// Connections that are judged for it at most, over all moments.
const JUDGED: usize = 4_000;

/// What changed, and by what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// The call that did it; `None`: time.
    pub call: Option<NodeId>,
    /// The sentence.
    pub said: String,
    /// Numbers of the connections that live on, tracked.
    pub outlived: Vec<u64>,
    /// Numbers of those that were cut.
    pub cut: Vec<u64>,
    /// Numbers of those that go on again.
    pub mended: Vec<u64>,
}

/// The last change that told connections apart, among the last calls on the way to the present state. `live`: how they are
/// now.
pub fn find(history: &History, now: &World, region: Region, live: &Live) -> Option<News> {
    let mut later: Vec<ConnectionState> = live.rows.iter().map(|row| row.state.clone()).collect();
    sort::by_key(&mut later, |state| state.number);
    let mut moment = now.now;
    let mut judged = 0;
    for id in history.path(history.current()).iter().rev().take(CALLS) {
        if later.is_empty() || judged > JUDGED {
            return None;
        }
        let node = history.node(*id);
        // After the call, time may have gone on; without it nothing happens.
        let after = if node.after.now == moment {
            later
        } else {
            let after = network::connections(&node.after, region);
            if let Some(news) = difference("", &after, &later) {
                return Some(news);
            }
            after
        };
        let before = network::connections(&node.before, region);
        let operation = node.call.as_ref().map_or("", |call| call.operation.name);
        if let Some(news) = difference(operation, &before, &after) {
            return Some(News {
                call: Some(*id),
                ..news
            });
        }
        judged += before.len() + after.len();
        (later, moment) = (before, node.before.now);
    }
    None
}

/// Connections that were closed by the last calls, as they were then, newest first: when, by which call.
pub fn closed(history: &History, region: Region) -> Vec<(Time, NodeId, Row)> {
    let path = history.path(history.current());
    let calls = path.iter().rev().take(CLOSED).filter_map(|id| {
        let node = history.node(*id);
        let call = node.call.as_ref().filter(|call| call.region == region)?;
        let name = call.params.text(field::CONNECTION_ID);
        let name = name.filter(|_| call.operation.name == "CloseConnection")?;
        let number = name.strip_prefix("conn-")?.parse().ok()?;
        Some((node.time, *id, reading::one(&node.before, region, number)?))
    });
    calls.collect()
}

/// What has become of the connections that were there before and after a call; `None`: the same. No operation: time passed.
pub fn difference(operation: &str, before: &[ConnectionState], after: &[ConnectionState]) -> Option<News> {
    let (mut outlived, mut cut, mut mended) = (Vec::new(), Vec::new(), Vec::new());
    let mut counts = [0; 3];
    for now in after {
        let Ok(place) = before.binary_search_by_key(&now.number, |state| state.number) else {
            continue;
        };
        let Some(then) = before.get(place) else { continue };
        use ConnectionFate::{Allowed, Dropped, Tracked};
        match (then.fate, now.fate) {
            (Allowed, Tracked) => {
                outlived.push(now.number);
                counts[0] += now.count;
            }
            (Allowed | Tracked, Dropped) => {
                cut.push(now.number);
                counts[1] += now.count;
            }
            (Dropped, Allowed | Tracked) => {
                mended.push(now.number);
                counts[2] += now.count;
            }
            _ => {}
        }
    }
    if outlived.is_empty() && cut.is_empty() && mended.is_empty() {
        return None;
    }
    Some(News {
        call: None,
        said: sentence(operation, counts),
        outlived,
        cut,
        mended,
    })
}

/// `counts`: how many live on, were cut, go on again.
fn sentence(operation: &str, counts: [u64; 3]) -> String {
    let [outlived, cut, mended] = counts;
    let mut parts: Vec<String> = Vec::new();
    let connections = |number: u64, parts: &[String]| match (number, parts.is_empty()) {
        (1, true) => "1 connection".to_owned(),
        (_, true) => format!("{} connections", thousands(number)),
        _ => thousands(number),
    };
    if outlived > 0 {
        let verb = if outlived == 1 { "lives" } else { "live" };
        parts.push(format!("{} {verb} on, tracked", connections(outlived, &parts)));
    }
    if cut > 0 {
        let verb = match (operation, cut) {
            ("" | "AdvanceClock", _) => "ended",
            (_, 1) => "was cut",
            _ => "were cut",
        };
        parts.push(format!("{} {verb}", connections(cut, &parts)));
    }
    if mended > 0 {
        let verb = if mended == 1 { "goes" } else { "go" };
        parts.push(format!("{} {verb} on again", connections(mended, &parts)));
    }
    format!("{}: {}.", deed(operation), parts.join("; "))
}

/// What a call did, in the learner's words.
fn deed(operation: &str) -> String {
    let words = match operation {
        "" | "AdvanceClock" => "Time passed",
        "RevokeSecurityGroupIngress" | "RevokeSecurityGroupEgress" => "You took the rule away",
        "AuthorizeSecurityGroupIngress" | "AuthorizeSecurityGroupEgress" => "You added a rule",
        "ModifySecurityGroupRules" => "You changed the rule",
        "CreateNetworkAclEntry" => "You added an entry to the network ACL",
        "ReplaceNetworkAclEntry" => "You changed the network ACL's entry",
        "DeleteNetworkAclEntry" => "You took the network ACL's entry away",
        "ReplaceNetworkAclAssociation" => "You gave the subnet another network ACL",
        "DeleteRoute" => "You took the route away",
        "CreateRoute" | "ReplaceRoute" => "You changed the routes",
        "ModifyNetworkInterfaceAttribute" | "ModifyInstanceAttribute" => "You changed the interface",
        "DetachInternetGateway" => "You took the internet gateway away",
        "StopInstances" => "You stopped an instance",
        "TerminateInstances" => "You terminated an instance",
        "RebootInstances" => "You rebooted an instance",
        "AssociateAddress" | "DisassociateAddress" => "You moved an address",
        "SendOnConnection" => "You sent a packet",
        "StopListener" => "You stopped the program",
        other => return format!("After {other}"),
    };
    words.to_owned()
}
