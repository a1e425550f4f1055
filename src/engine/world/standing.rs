//! Rows put, changed and taken, with the indexes that follow from them: those that a row's declaration in
//! [references](super::references) names. Nothing else may write a table of [`Ec2`] that has such rows.

use super::Ec2;
use super::references::Row;
use crate::base::ids::ResourceId;

/// What of a row stands in indexes.
struct Standing<R: Row> {
    /// As the row has them.
    references: Vec<ResourceId>,
    indexed: R::Indexed,
}

impl<R: Row> Standing<R> {
    fn of(row: &R) -> Standing<R> {
        let mut references = Vec::with_capacity(8);
        row.references(&mut references);
        Standing {
            references,
            indexed: row.indexed(),
        }
    }
}

/// Makes the indexes true for a row that stood there so, or was not there, and now stands so, or is gone.
fn restand<R: Row>(ec2: &mut Ec2, id: R::Id, before: Option<Standing<R>>, after: Option<Standing<R>>) {
    let split = |standing: Option<Standing<R>>| match standing {
        Some(standing) => (standing.references, Some(standing.indexed)),
        None => (Vec::new(), None),
    };
    let ((from, before), (to, after)) = (split(before), split(after));
    // Most changes leave them as they were.
    if from != to {
        refer(ec2, id.into(), &sorted(from), &sorted(to));
    }
    if before == after {
        return;
    }
    if let Some(before) = before {
        R::index(&before, id, ec2, false);
    }
    if let Some(after) = after {
        R::index(&after, id, ec2, true);
    }
}

/// Each once, in order.
fn sorted(mut references: Vec<ResourceId>) -> Vec<ResourceId> {
    references.sort_unstable();
    references.dedup();
    references
}

/// Makes the index of referrers true for what referred to these, and now refers to those.
fn refer(ec2: &mut Ec2, own: ResourceId, before: &[ResourceId], after: &[ResourceId]) {
    for gone in before.iter().filter(|target| after.binary_search(target).is_err()) {
        ec2.referrers.remove(&(*gone, own));
    }
    for target in after.iter().filter(|target| before.binary_search(target).is_err()) {
        ec2.referrers.insert((*target, own), ());
    }
}

pub(super) fn put<R: Row>(ec2: &mut Ec2, row: R) {
    let id = row.id();
    let before = R::table(ec2).get(&id).map(Standing::of);
    restand(ec2, id, before, Some(Standing::of(&row)));
    R::table_mut(ec2).insert(id, row);
}

/// Changes a row where it stands: it is copied only where a past world has it too, so once a call, however often it changes.
pub(super) fn update<R: Row, T>(ec2: &mut Ec2, id: R::Id, change: impl FnOnce(&mut R) -> T) -> Option<T> {
    let row = R::table_mut(ec2).get_mut(&id)?;
    let before = Standing::of(row);
    let out = change(row);
    let after = Standing::of(row);
    restand(ec2, id, Some(before), Some(after));
    Some(out)
}

pub(super) fn take<R: Row>(ec2: &mut Ec2, id: R::Id) -> Option<R> {
    let row = R::table(ec2).get(&id)?.clone();
    let own: ResourceId = id.into();
    restand(ec2, id, Some(Standing::of(&row)), None);
    R::table_mut(ec2).remove(&id);
    ec2.tags.remove(&own);
    Some(row)
}
