//! `sync`: which files of two lists, both in the order of their keys, are to be moved or deleted.

use super::Work;
use super::files::File;
use std::cmp::Ordering;

/// What a sync does, in the order of the keys.
pub(super) fn compare(work: &Work<'_>, source: Vec<File>, destination: Vec<File>, download: bool) -> Vec<File> {
    let (by_size, exact, delete) = (
        work.args.has("size-only"),
        work.args.has("exact-timestamps"),
        work.args.has("delete"),
    );
    // The last strategy that is asked for decides, and size-only is asked first.
    let differs = |here: &File, there: &File| {
        let time = there.modified - here.modified;
        let same_time = match download {
            true if exact => time == 0,
            true => time <= 0,
            false => time >= 0,
        };
        here.size != there.size || !(same_time || by_size && !exact)
    };
    let mut todo = Vec::new();
    let (mut source, mut destination) = (source.into_iter().peekable(), destination.into_iter().peekable());
    loop {
        let order = match (source.peek(), destination.peek()) {
            (None, None) => return todo,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(here), Some(there)) => here.key.cmp(&there.key),
        };
        match order {
            Ordering::Less => todo.extend(source.next()),
            Ordering::Greater => {
                let gone = destination.next().filter(|_| delete);
                todo.extend(gone.map(|file| File { deleted: true, ..file }));
            }
            Ordering::Equal => {
                if let (Some(here), Some(there)) = (source.next(), destination.next())
                    && differs(&here, &there)
                {
                    todo.push(here);
                }
            }
        }
    }
}
