//! The tree behind every [`Table`](super::table::Table): balanced, persistent, and compiled once, because it does not know what
//! its rows are. Only the table may put a row in or say what it is.
//!
//! Weights are balanced after Hirai and Yamamoto, "Balancing weight-balanced trees" (2011), with their proven parameters.
//! Whatever a clone still shares is copied before it changes.

use std::any::Any;
use std::cmp::Ordering;
use std::rc::Rc;

/// A row with its key, whose type only the table knows.
pub(super) type Entry = Rc<dyn Any>;

/// A side may be so many times heavier than the other.
const BALANCE: usize = 3;
/// The inner branch of the heavier side may be so many times heavier than its outer one for a single rotation to do.
const SINGLE: usize = 2;

/// A sorted set of entries.
#[derive(Clone, Default)]
pub(super) struct Tree(Option<Rc<Node>>);

#[derive(Clone)]
struct Node {
    place: Place,
    entry: Entry,
    /// Entries from here on down.
    size: usize,
    left: Tree,
    right: Tree,
}

/// Where a key sorts ([`crate::base::key::Key::place`]), its higher half first: as one number it would need more room.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place(u64, u64);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

/// A key that is looked for.
#[derive(Clone, Copy)]
pub(super) struct Probe<'a> {
    place: Place,
    /// How the key compares with that of an entry of the same place.
    compare: &'a dyn Fn(&dyn Any) -> Ordering,
}

impl Tree {
    /// Whether both are one and the same tree, as a clone is until one of the two changes.
    pub(super) fn is_same(&self, other: &Tree) -> bool {
        match (&self.0, &other.0) {
            (Some(own), Some(other)) => Rc::ptr_eq(own, other),
            (None, None) => true,
            _ => false,
        }
    }
}

impl Side {
    fn other(self) -> Side {
        match self {
            Side::Left => Side::Right,
            Side::Right => Side::Left,
        }
    }
}

impl<'a> Probe<'a> {
    pub(super) fn new(place: u128, compare: &'a dyn Fn(&dyn Any) -> Ordering) -> Probe<'a> {
        Probe {
            place: Place((place >> 64) as u64, place as u64),
            compare,
        }
    }

    fn against(&self, node: &Node) -> Ordering {
        match self.place.cmp(&node.place) {
            Ordering::Equal => (self.compare)(&*node.entry),
            order => order,
        }
    }
}

impl Tree {
    pub(super) fn size(&self) -> usize {
        self.0.as_ref().map_or(0, |node| node.size)
    }

    /// The weight that is balanced: an empty tree has one.
    fn weight(&self) -> usize {
        self.size() + 1
    }

    pub(super) fn find(&self, probe: Probe) -> Option<&Entry> {
        let mut at = self.0.as_deref();
        while let Some(node) = at {
            at = match probe.against(node) {
                Ordering::Less => node.left.0.as_deref(),
                Ordering::Greater => node.right.0.as_deref(),
                Ordering::Equal => return Some(&node.entry),
            };
        }
        None
    }

    /// Whether another tree has the same top.
    fn is_shared(&self) -> bool {
        self.0.as_ref().is_some_and(|node| Rc::strong_count(node) > 1)
    }

    /// The entry to change in place; the way to it is this tree's own from now on.
    pub(super) fn find_mut(&mut self, probe: Probe) -> Option<&mut Entry> {
        let (mut at, mut found) = (self, false);
        loop {
            // So that a miss copies nothing; what is this tree's own already needs no look ahead.
            if !found && at.is_shared() {
                at.find(probe)?;
                found = true;
            }
            let node = Rc::make_mut(at.0.as_mut()?);
            at = match probe.against(node) {
                Ordering::Less => &mut node.left,
                Ordering::Greater => &mut node.right,
                Ordering::Equal => return Some(&mut node.entry),
            };
        }
    }

    /// How many entries sort before the key; with `through`, the key's own counts too.
    pub(super) fn rank(&self, probe: Probe, through: bool) -> usize {
        let (mut at, mut rank) = (self.0.as_deref(), 0);
        while let Some(node) = at {
            at = match probe.against(node) {
                Ordering::Less => node.left.0.as_deref(),
                Ordering::Greater => {
                    rank += node.left.weight();
                    node.right.0.as_deref()
                }
                Ordering::Equal => return rank + node.left.size() + usize::from(through),
            };
        }
        rank
    }

    /// Puts an entry, replacing that of the same key; whether there was none.
    pub(super) fn insert(&mut self, probe: Probe, entry: Entry) -> bool {
        let Some(node) = self.0.as_mut().map(Rc::make_mut) else {
            self.0 = Some(Rc::new(Node {
                place: probe.place,
                entry,
                size: 1,
                left: Tree(None),
                right: Tree(None),
            }));
            return true;
        };
        let grown = match probe.against(node) {
            Ordering::Less => node.left.insert(probe, entry).then_some(Side::Left),
            Ordering::Greater => node.right.insert(probe, entry).then_some(Side::Right),
            Ordering::Equal => {
                node.entry = entry;
                None
            }
        };
        // Most of what is put takes the place of what was there: then nothing has grown, all the way up.
        let Some(side) = grown else { return false };
        node.size += 1;
        let (heavy, light) = (node.branch(side).weight(), node.branch(side.other()).weight());
        if heavy > BALANCE * light {
            node.raise(side);
        }
        true
    }

    /// Takes an entry away; whether there was one.
    pub(super) fn remove(&mut self, probe: Probe) -> bool {
        // So that a miss copies nothing.
        let found = self.find(probe).is_some();
        if found {
            self.cut(probe);
        }
        found
    }

    fn cut(&mut self, probe: Probe) {
        let Some(node) = self.0.as_mut().map(Rc::make_mut) else {
            return;
        };
        match probe.against(node) {
            Ordering::Less => node.left.cut(probe),
            Ordering::Greater => node.right.cut(probe),
            Ordering::Equal => {
                // The nearest entry of the heavier side takes the place.
                let side = if node.left.size() > node.right.size() {
                    Side::Left
                } else {
                    Side::Right
                };
                let Some((place, entry)) = node.branch_mut(side).pull(side.other()) else {
                    // Neither side has any.
                    self.0 = None;
                    return;
                };
                (node.place, node.entry) = (place, entry);
            }
        }
        node.settle();
    }

    /// Takes the outermost entry of a side away.
    fn pull(&mut self, side: Side) -> Option<(Place, Entry)> {
        let node = Rc::make_mut(self.0.as_mut()?);
        if let Some(pulled) = node.branch_mut(side).pull(side) {
            node.settle();
            return Some(pulled);
        }
        let pulled = (node.place, node.entry.clone());
        *self = std::mem::take(node.branch_mut(side.other()));
        Some(pulled)
    }

    /// The entries from one rank up to before another, in both directions.
    pub(super) fn iter(&self, from: usize, to: usize) -> Iter<'_> {
        Iter {
            tree: self,
            from,
            to: to.min(self.size()),
            ahead: Vec::new(),
            behind: Vec::new(),
        }
    }

    /// The outermost entry of the smallest keys.
    pub(super) fn first(&self) -> Option<&Entry> {
        let mut node = self.0.as_deref()?;
        while let Some(left) = node.left.0.as_deref() {
            node = left;
        }
        Some(&node.entry)
    }
}

impl Node {
    fn branch(&self, side: Side) -> &Tree {
        match side {
            Side::Left => &self.left,
            Side::Right => &self.right,
        }
    }

    fn branch_mut(&mut self, side: Side) -> &mut Tree {
        match side {
            Side::Left => &mut self.left,
            Side::Right => &mut self.right,
        }
    }

    fn count(&mut self) {
        self.size = self.left.size() + self.right.size() + 1;
    }

    /// Counts anew and balances after a branch has gained or lost an entry.
    fn settle(&mut self) {
        self.count();
        let (left, right) = (self.left.weight(), self.right.weight());
        if right > BALANCE * left {
            self.raise(Side::Right);
        } else if left > BALANCE * right {
            self.raise(Side::Left);
        }
    }

    /// Lightens the heavier side.
    fn raise(&mut self, side: Side) {
        let inner = side.other();
        if let Some(heavy) = self.branch_mut(side).0.as_mut()
            && heavy.branch(inner).weight() >= SINGLE * heavy.branch(side).weight()
        {
            Rc::make_mut(heavy).rotate(inner);
        }
        self.rotate(side);
    }

    /// The branch of a side becomes the top, and what was the top its branch on the other side.
    fn rotate(&mut self, side: Side) {
        let Some(mut branch) = self.branch_mut(side).0.take() else {
            return;
        };
        let top = Rc::make_mut(&mut branch);
        *self.branch_mut(side) = std::mem::take(top.branch_mut(side.other()));
        self.count();
        std::mem::swap(self, top);
        *self.branch_mut(side.other()) = Tree(Some(branch));
        self.count();
    }
}

/// See [`Tree::iter`].
pub(super) struct Iter<'a> {
    tree: &'a Tree,
    from: usize,
    to: usize,
    /// Nodes whose entries are still to come, the next one last; empty before the first step in that direction.
    ahead: Vec<&'a Node>,
    behind: Vec<&'a Node>,
}

/// The nodes whose entries follow from a rank on, away from a side, without what hangs on them; the nearest one last.
fn way(tree: &Tree, rank: usize, side: Side) -> Vec<&Node> {
    // A weight-balanced tree is at most 2.41 log2 n high.
    let mut way = Vec::with_capacity((usize::BITS - tree.size().leading_zeros()) as usize + 4);
    let (mut at, mut rank) = (tree.0.as_deref(), rank);
    while let Some(node) = at {
        let before = node.left.size();
        if (side == Side::Left) == (rank <= before) || rank == before {
            way.push(node);
        }
        if rank == before {
            break;
        }
        at = if rank < before {
            node.left.0.as_deref()
        } else {
            rank -= before + 1;
            node.right.0.as_deref()
        };
    }
    way
}

/// Takes the nearest node and makes its neighbour the nearest.
fn step<'a>(way: &mut Vec<&'a Node>, side: Side) -> Option<&'a Entry> {
    let node = way.pop()?;
    let mut at = node.branch(side.other()).0.as_deref();
    while let Some(next) = at {
        way.push(next);
        at = next.branch(side).0.as_deref();
    }
    Some(&node.entry)
}

impl<'a> Iterator for Iter<'a> {
    type Item = &'a Entry;

    fn next(&mut self) -> Option<&'a Entry> {
        if self.from >= self.to {
            return None;
        }
        if self.ahead.is_empty() {
            self.ahead = way(self.tree, self.from, Side::Left);
        }
        self.from += 1;
        step(&mut self.ahead, Side::Left)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.to.saturating_sub(self.from);
        (left, Some(left))
    }
}

impl<'a> DoubleEndedIterator for Iter<'a> {
    fn next_back(&mut self) -> Option<&'a Entry> {
        if self.from >= self.to {
            return None;
        }
        self.to -= 1;
        if self.behind.is_empty() {
            self.behind = way(self.tree, self.to, Side::Right);
        }
        step(&mut self.behind, Side::Right)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(entry: &dyn Any) -> u128 {
        entry.downcast_ref::<u128>().copied().unwrap_or_default()
    }

    /// Checks sizes, order and balance; answers the height.
    fn height(tree: &Tree) -> usize {
        let Some(node) = &tree.0 else { return 0 };
        let (left, right) = (&node.left, &node.right);
        assert_eq!(node.size, left.size() + right.size() + 1);
        assert!(left.weight() <= BALANCE * right.weight() && right.weight() <= BALANCE * left.weight());
        1 + height(left).max(height(right))
    }

    fn change(tree: &mut Tree, key: u128, put: bool) {
        let compare = |other: &dyn Any| key.cmp(&number(other));
        // Some keys share their place with others, as long texts do.
        let probe = Probe::new(key >> 2, &compare);
        if put {
            tree.insert(probe, Rc::new(key));
        } else {
            tree.remove(probe);
        }
    }

    #[test]
    fn it_stays_balanced_whatever_comes_and_goes() {
        let mut up = Tree::default();
        let mut down = Tree::default();
        for key in 0..4_096 {
            change(&mut up, key, true);
            change(&mut down, 4_096 - key, true);
        }
        for tree in [&up, &down] {
            assert_eq!(tree.size(), 4_096);
            // Perfect would be 13.
            assert!(height(tree) <= 16, "{}", height(tree));
        }
        let mut state = 1_u128;
        let mut tree = Tree::default();
        for turn in 0..20_000 {
            state = state * 6_364_136_223_846_793_005 % (1 << 61) + 1;
            change(&mut tree, (state >> 20) % 2_000, turn % 5 < 3);
            if turn % 500 == 0 {
                height(&tree);
            }
        }
        // Down to nothing, from one end.
        for key in 0..2_000 {
            change(&mut tree, key, false);
            height(&tree);
        }
        assert_eq!(tree.size(), 0);
    }
}
