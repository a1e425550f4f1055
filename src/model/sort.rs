//! Sorting that is compiled once: each type and comparison given to the standard library's sort costs 5 KB of the page
//! (nearly a hundred of them were 507 of its 4,018 KB), each given to this one about 300 bytes. Equal items keep their
//! order. Where a sort is a hot spot, measure, and take the standard library's.

use std::cmp::Ordering;

/// So few items are sorted without allocating.
const FEW: usize = 12;

/// Items whose type only the caller knows.
trait Items {
    fn compare(&mut self, one: usize, other: usize) -> Ordering;
    fn swap(&mut self, one: usize, other: usize);
}

struct Sorting<'a, T, F> {
    items: &'a mut [T],
    compare: F,
}

impl<T, F: FnMut(&T, &T) -> Ordering> Items for Sorting<'_, T, F> {
    fn compare(&mut self, one: usize, other: usize) -> Ordering {
        match (self.items.get(one), self.items.get(other)) {
            (Some(one), Some(other)) => (self.compare)(one, other),
            _ => Ordering::Equal,
        }
    }
    fn swap(&mut self, one: usize, other: usize) {
        self.items.swap(one, other);
    }
}

/// Sorts by the items' own order.
pub fn sort<T: Ord>(items: &mut [T]) {
    by(items, T::cmp);
}

/// Sorts by what `key` says of each.
pub fn by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    by(items, |one, other| key(one).cmp(&key(other)));
}

/// Sorts by a comparison.
pub fn by<T>(items: &mut [T], compare: impl FnMut(&T, &T) -> Ordering) {
    let count = items.len();
    arrange(&mut Sorting { items, compare }, count);
}

fn arrange(items: &mut dyn Items, count: usize) {
    if count <= FEW {
        for end in 1..count {
            let mut at = end;
            while at > 0 && items.compare(at - 1, at) == Ordering::Greater {
                items.swap(at - 1, at);
                at -= 1;
            }
        }
        return;
    }
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|one, other| items.compare(*one, *other));
    // `order` says where each place's item comes from; the places form rings, along which items are handed on.
    for start in 0..count {
        let mut at = start;
        while let Some(from) = order.get_mut(at).map(|from| std::mem::replace(from, at)) {
            if from == start {
                break;
            }
            items.swap(at, from);
            at = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_sorts_as_the_standard_library_does_and_keeps_equals_in_order() {
        let mut state = 7_u64;
        for count in (0..40).chain([100, 1_000, 5_000]) {
            for spread in [1, 3, 1 << 40] {
                let items: Vec<(u64, usize)> = (0..count)
                    .map(|number| {
                        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                        ((state >> 20) % spread, number)
                    })
                    .collect();
                let (mut ours, mut theirs) = (items.clone(), items);
                by_key(&mut ours, |item| item.0);
                theirs.sort_by_key(|item| item.0);
                assert_eq!(ours, theirs);
                // And what is sorted already, backwards, and turned by one.
                sort(&mut ours);
                assert_eq!(ours, theirs);
                by(&mut ours, |one, other| other.cmp(one));
                theirs.reverse();
                assert_eq!(ours, theirs);
                ours.rotate_right(count.min(1));
                by(&mut ours, |one, other| other.cmp(one));
                assert_eq!(ours, theirs);
            }
        }
    }
}
