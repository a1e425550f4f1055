//! What a matrix says, in sentences: what is open to the world first, for that is what one must know.

use crate::map::count;
use crate::ui::thousands;
use std::collections::BTreeSet;
use stratus_engine::base::ids::InstanceId;
use stratus_engine::network::matrix::Matrix;
use stratus_engine::network::outsiders::Outsiders;

/// Whom the row and the column outside stand for, in the middle of a sentence.
fn who(outsiders: Outsiders) -> String {
    match outsiders {
        Outsiders::Anyone => "the Internet".to_owned(),
        block @ Outsiders::Block(_) => block.to_string(),
    }
}

/// The whole in one sentence.
pub(super) fn sentence(matrix: &Matrix, protocol: u8, outsiders: Outsiders, compared: bool) -> String {
    let (all, open) = (matrix.total(), matrix.open());
    let who = who(outsiders);
    let asked = |part: &str| match protocol {
        1 => format!("to ping from {part}{who}"),
        _ => format!("to {part}{who} on this port"),
    };
    let (whole, partly) = (open.reached - open.partly, open.partly);
    let are = |number: usize| if number == 1 { "is" } else { "are" };
    let of = count(open.pairs, "instance", "instances");
    let mut text = match (whole, partly) {
        (0, 0) => format!("Nothing is open {}", asked("")),
        (0, partly) => format!("{partly} of {of} {} open {}", are(partly), asked("a part of ")),
        (whole, 0) => format!("{whole} of {of} {} open {}", are(whole), asked("")),
        (whole, partly) => format!(
            "{whole} of {of} {} open {}, {partly} more to a part of it",
            are(whole),
            asked("")
        ),
    };
    match behind(matrix) {
        0 => {}
        number => text.push_str(&format!(" directly, {number} through a load balancer")),
    }
    text.push_str(&format!(
        "; {} of {} pairs get through.",
        thousands(all.reached as u64),
        thousands(all.pairs as u64)
    ));
    if compared {
        text.push_str(&match (all.gained, all.lost) {
            (0, 0) => " Nothing has changed since then.".to_owned(),
            (gained, lost) => format!(" Since then: {gained} gained, {lost} lost."),
        });
        match matrix.gone() {
            0 => {}
            gone => text.push_str(&format!(
                " {} {} of then no longer there.",
                count(gone, "instance", "instances"),
                are(gone)
            )),
        }
    }
    text
}

/// What the row and the column outside are. `cut`: rules tell more parts of it apart than were asked for.
pub(super) fn meaning(outsiders: Outsiders, cut: bool) -> String {
    let mut text = match outsiders {
        Outsiders::Anyone => "“The Internet” is anyone on it by IPv4: what any part of it reaches counts as reached, and the path that opens is that of one who gets through.".to_owned(),
        Outsiders::Block(block) if block.prefix_len() == block.max_prefix_len() => {
            format!("Outside stands one address, {}.", block.addr())
        }
        Outsiders::Block(block) => {
            format!("Outside stand the addresses of {block}: what any of them reaches counts as reached.")
        }
    };
    if cut {
        text.push_str(" Rules tell more parts of it apart than are asked for here: a cell without a way may have one.");
    }
    text
}

/// How many instances the Internet reaches through load balancers.
fn behind(matrix: &Matrix) -> usize {
    let all: BTreeSet<InstanceId> = matrix.behind.iter().map(|(_, id)| *id).collect();
    all.len()
}
