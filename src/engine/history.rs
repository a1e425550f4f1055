//! The history: a tree of states. Every writing call adds a node; undo and redo move along it; a call made in the past
//! begins a branch, and the old future stays. Past worlds share structure with the present one.

use crate::base::error::Error;
use crate::base::ids::ResourceId;
use crate::base::text::number;
use crate::base::time::Time;
use crate::catalog::Region;
use crate::world::World;
use std::rc::Rc;
use stratus_model::{Name, Operation, Service, Structure, Value, sort};

/// Number of a node; 0 is the root, before any call.
pub type NodeId = usize;

/// A call as it stands in the log.
#[derive(Clone, Debug)]
pub struct Call {
    /// ARN of who made it.
    pub principal: String,
    /// Which Region was asked.
    pub region: Region,
    /// The service.
    pub service: &'static Service,
    /// The operation.
    pub operation: &'static Operation,
    /// Its parameters.
    pub params: Structure,
    /// The access key that it was signed with; empty where none was used.
    pub access_key: String,
}

/// One state of the tree.
#[derive(Clone, Debug)]
pub struct Node {
    /// The state it came from.
    pub parent: NodeId,
    /// How many calls lie between the root and it.
    pub depth: usize,
    /// The call that made it; `None` for the root.
    pub call: Option<Rc<Call>>,
    /// When the call was made.
    pub time: Time,
    /// Ids that first appeared in its answer: path in the answer, id. What back-references point at.
    pub made: Rc<[(String, String)]>,
    /// The world just before the call: where undo returns to.
    pub before: Rc<World>,
    /// The world just after.
    pub after: Rc<World>,
    /// The world when it was last left by undo or a jump, with the time that had passed: where redo returns to. Apart, as
    /// most states never are left.
    pub left: Option<Rc<World>>,
    /// States that came from it, oldest first.
    pub children: Vec<NodeId>,
    /// The child that redo goes to.
    pub redo: Option<NodeId>,
}

/// A line of the timeline: every call of this session, reads and failures too.
#[derive(Clone, Debug)]
pub struct Line {
    /// When.
    pub time: Time,
    /// What.
    pub call: Rc<Call>,
    /// The node it made; `None` for reads and failures.
    pub node: Option<NodeId>,
    /// Why it failed.
    pub error: Option<Error>,
}

/// The tree, where we stand in it, and the session's lines.
#[derive(Clone, Debug)]
pub struct History {
    nodes: Vec<Node>,
    current: NodeId,
    lines: Vec<Line>,
    /// Only the log is kept: no past worlds, and no lines.
    log_only: bool,
}

/// Most lines that a session keeps; the oldest go first.
const SESSION_LINES: usize = 20_000;

impl History {
    /// A history that begins with this world.
    pub fn new(world: World) -> History {
        let world = Rc::new(world);
        let root = Node {
            parent: 0,
            depth: 0,
            call: None,
            time: world.now,
            made: Rc::from([]),
            before: world.clone(),
            after: world,
            left: None,
            children: Vec::new(),
            redo: None,
        };
        History {
            nodes: vec![root],
            current: 0,
            lines: Vec::new(),
            log_only: false,
        }
    }

    /// Keeps the calls from now on, and neither past worlds nor what calls made nor the session's lines: there is no undo then, no redo and no
    /// jump. For an endpoint that nobody looks into: past worlds are most of its memory.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn keep_log_only(&mut self) {
        self.log_only = true;
    }

    /// The calls on the way to `id` that name something of `wanted` or made it, eldest first: what has happened to it.
    pub fn concerning(&self, id: NodeId, wanted: &dyn Fn(&str) -> bool) -> Vec<NodeId> {
        let names = |id: &NodeId| {
            let node = self.node(*id);
            let mut found = node.made.iter().any(|(_, made)| wanted(made));
            if let Some(call) = &node.call {
                members(&call.params, &mut Vec::new(), &mut |_, text| found |= wanted(text));
            }
            found
        };
        self.path(id).into_iter().filter(names).collect()
    }

    /// A node; the root for a number that does not exist.
    pub fn node(&self, id: NodeId) -> &Node {
        self.nodes.get(id).unwrap_or(&self.nodes[0])
    }
    /// All nodes: the number is the index, a parent always comes before its children.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }
    /// Where we stand.
    pub fn current(&self) -> NodeId {
        self.current
    }
    /// Lines of this session, oldest first.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }
    /// Nodes from the root's first child to `id`.
    pub fn path(&self, id: NodeId) -> Vec<NodeId> {
        let mut path = Vec::new();
        let mut at = id;
        while at != 0 && at < self.nodes.len() {
            path.push(at);
            at = self.nodes[at].parent;
        }
        path.reverse();
        path
    }

    /// Adds the state that a call made at a time. `before`: the world before it; nobody asks for it where only the log is kept.
    pub(crate) fn push(
        &mut self,
        call: Rc<Call>,
        time: Time,
        before: Option<World>,
        after: &World,
        answer: &Structure,
    ) -> NodeId {
        let id = self.nodes.len();
        let parent = self.current;
        // Who keeps the log alone shows no history, and its world can be made again with all that calls answered.
        let made = if self.log_only {
            Rc::from([])
        } else {
            self.new_ids(parent, &call.params, answer)
        };
        let depth = self.nodes[parent].depth + 1;
        let (before, after) = match before.filter(|_| !self.log_only) {
            Some(before) => (Rc::new(before), Rc::new(after.clone())),
            // What the root has is there anyway.
            None => (self.nodes[0].before.clone(), self.nodes[0].after.clone()),
        };
        self.nodes.push(Node {
            parent,
            depth,
            call: Some(call),
            time,
            made,
            before,
            after,
            left: None,
            children: Vec::new(),
            redo: None,
        });
        self.nodes[parent].children.push(id);
        self.nodes[parent].redo = Some(id);
        self.current = id;
        id
    }

    /// Notes a line of the timeline.
    pub(crate) fn line(&mut self, line: Line) {
        if self.log_only {
            return;
        }
        if self.lines.len() >= SESSION_LINES {
            // Many at once: all that stay have to move up.
            self.lines.drain(..SESSION_LINES / 10);
        }
        self.lines.push(line);
    }

    /// Steps back before the current call; the world to show. `now` is the world as it is left.
    pub(crate) fn undo(&mut self, now: &World) -> Option<World> {
        if self.current == 0 || self.log_only {
            return None;
        }
        let node = &mut self.nodes[self.current];
        node.left = Some(Rc::new(now.clone()));
        let (before, parent, id) = (World::clone(&node.before), node.parent, self.current);
        self.nodes[parent].redo = Some(id);
        self.current = parent;
        Some(before)
    }

    /// Steps forward again, to the moment that was left.
    pub(crate) fn redo(&mut self) -> Option<World> {
        let next = self.nodes[self.current].redo.filter(|_| !self.log_only)?;
        self.current = next;
        let node = &self.nodes[next];
        Some(World::clone(node.left.as_ref().unwrap_or(&node.after)))
    }

    /// Goes to any state: the world just after its call.
    pub(crate) fn jump(&mut self, id: NodeId, now: &World) -> Option<World> {
        let target = World::clone(&self.nodes.get(id).filter(|_| !self.log_only)?.after);
        self.nodes[self.current].left = Some(Rc::new(now.clone()));
        self.current = id;
        let path = self.path(id);
        let mut parent = 0;
        for step in path {
            self.nodes[parent].redo = Some(step);
            parent = step;
        }
        Some(target)
    }

    fn new_ids(&self, parent: NodeId, params: &Structure, answer: &Structure) -> Rc<[(String, String)]> {
        let mut found: Vec<(Box<[Step]>, &str)> = Vec::new();
        let mut marks = Marks::default();
        members(answer, &mut Vec::new(), &mut |path, id| {
            if looks_made(id) {
                marks.put(id);
                found.push((path.into(), id));
            }
        });
        if found.is_empty() {
            return Rc::from([]);
        }
        // What the call was told, an AMI or a default subnet, it did not make. What an earlier call already made is a
        // reference, not a birth: the last few calls answer nearly all of it cheaply; a duplicate further back does no
        // harm, as the encoder takes the earliest.
        sort::by(&mut found, |one, other| one.1.cmp(other.1));
        let mut born = vec![true; found.len()];
        let mut known = |text: &str| {
            if !marks.may_have(text) {
                return;
            }
            let from = found.partition_point(|(_, id)| *id < text);
            let same = found.iter().skip(from).take_while(|(_, id)| *id == text).count();
            born.iter_mut().skip(from).take(same).for_each(|born| *born = false);
        };
        members(params, &mut Vec::new(), &mut |_, text| known(text));
        for node in self.path_back(parent, 8) {
            node.made.iter().for_each(|(_, id)| known(id));
        }
        let mut found: Vec<(String, String)> = found
            .into_iter()
            .zip(born)
            .filter(|(_, born)| *born)
            .map(|((path, id), _)| (written(&path), id.to_owned()))
            .collect();
        sort::sort(&mut found);
        found.dedup_by(|a, b| a.1 == b.1);
        Rc::from(found)
    }

    fn path_back(&self, from: NodeId, most: usize) -> impl Iterator<Item = &Node> + '_ {
        let mut at = from;
        std::iter::from_fn(move || {
            let node = (at != 0).then(|| &self.nodes[at])?;
            at = node.parent;
            Some(node)
        })
        .take(most)
    }
}

/// Whether a text of an answer is something the world drew: an id, a hosted zone, an address.
pub fn looks_made(text: &str) -> bool {
    let bytes = text.as_bytes();
    // A hundred texts of an answer are asked about, and ten of them are: the first letter and the length tell most apart.
    match bytes.first() {
        Some(b'0'..=b'9') => bytes.len() <= 15 && text.parse::<std::net::Ipv4Addr>().is_ok(),
        Some(b'/') => text.strip_prefix("/hostedzone/").is_some_and(|id| id.starts_with('Z')),
        Some(b'A'..=b'Z') => {
            let is_code = bytes.len() >= 14 && bytes.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
            is_code && (bytes.first() == Some(&b'Z') || is_iam_id(text) || ResourceId::parse(text).is_some())
        }
        Some(b'a'..=b'z') => bytes.len() > 18 && ResourceId::parse(text).is_some(),
        _ => false,
    }
}

/// Which texts a few may be, by a bit of each: most of those that are asked about are none of them.
#[derive(Default)]
struct Marks([u64; 4]);

impl Marks {
    fn place(text: &str) -> (usize, u64) {
        // The last letters of an id are its most telling.
        let last = text.bytes().rev().take(4);
        let mixed = last.fold(0_u32, |all, byte| all.wrapping_mul(31).wrapping_add(byte.into()));
        ((mixed >> 6 & 3) as usize, 1 << (mixed & 63))
    }

    fn put(&mut self, text: &str) {
        let (word, bit) = Marks::place(text);
        if let Some(word) = self.0.get_mut(word) {
            *word |= bit;
        }
    }

    fn may_have(&self, text: &str) -> bool {
        let (word, bit) = Marks::place(text);
        self.0.get(word).is_some_and(|word| word & bit != 0)
    }
}

/// Whether a text is a unique id or an access key of IAM: `AIDA…`, `AKIA…`.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes>
fn is_iam_id(text: &str) -> bool {
    const PREFIXES: [&str; 11] = [
        "ACCA", "AGPA", "AIDA", "AIPA", "AKIA", "ANPA", "ANVA", "APKA", "AROA", "ASCA", "ASIA",
    ];
    matches!(text.len(), 20 | 21)
        && text.get(..4).is_some_and(|prefix| PREFIXES.contains(&prefix))
        && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

/// A step of the way from an answer to a text in it.
#[derive(Clone, Copy)]
enum Step {
    Member(Name),
    Item(usize),
}

/// The way in words: `Instances[0].InstanceId`.
fn written(path: &[Step]) -> String {
    let mut text = String::with_capacity(64);
    for step in path {
        match step {
            Step::Member(name) => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(name.text());
            }
            Step::Item(index) => {
                text.push('[');
                number(*index as u64, &mut text);
                text.push(']');
            }
        }
    }
    text
}

/// Tells every text below a structure, with the way that leads there.
fn members<'a>(structure: &'a Structure, path: &mut Vec<Step>, tell: &mut dyn FnMut(&[Step], &'a str)) {
    for (name, item) in structure.iter() {
        path.push(Step::Member(name));
        texts(item, path, tell);
        path.pop();
    }
}

/// The same below any value; what is in a map has no way.
fn texts<'a>(value: &'a Value, path: &mut Vec<Step>, tell: &mut dyn FnMut(&[Step], &'a str)) {
    match value {
        Value::String(text) => tell(path, text),
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                path.push(Step::Item(index));
                texts(item, path, tell);
                path.pop();
            }
        }
        Value::Structure(structure) => members(structure, path, tell),
        _ => {}
    }
}
