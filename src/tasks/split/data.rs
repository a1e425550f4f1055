//! The data of a module that is cut in two: takes what only later functions use out of the first part, leaving zeros.

use std::collections::BTreeSet;

use walrus::ir::Value;
use walrus::{ConstExpr, DataKind, FunctionId, Module};

use super::uses::Uses;
use crate::failure::{Outcome, failed};

/// A place in memory, and what stands there.
pub type Block = (u32, Vec<u8>);

/// Takes the data that only later functions use out of the module, and leaves zeros.
pub fn take(module: &mut Module, is_later: &dyn Fn(FunctionId) -> bool, uses: &Uses) -> Outcome<Vec<Block>> {
    let named = |later: bool| {
        let of = module
            .funcs
            .iter()
            .filter(move |function| is_later(function.id()) == later);
        of.filter_map(|function| function.name.as_deref())
            .collect::<BTreeSet<&str>>()
    };
    // A name that both have says nothing.
    let names: BTreeSet<&str> = named(true).difference(&named(false)).copied().collect();
    let ranges = uses.only_of(&names);
    let mut taken = Vec::new();
    for id in module.data.iter().map(walrus::Data::id).collect::<Vec<_>>() {
        let data = module.data.get_mut(id);
        let DataKind::Active {
            offset: ConstExpr::Value(Value::I32(offset)),
            ..
        } = data.kind
        else {
            return failed("data in a segment whose place is not known");
        };
        let start = u64::from(offset.cast_unsigned());
        for range in &ranges {
            let inside = range.start.checked_sub(start).zip(range.end.checked_sub(start));
            let Some((from, to)) = inside else { continue };
            if let Some(bytes) = data.value.get_mut(from as usize..to as usize) {
                taken.push((range.start as u32, bytes.to_vec()));
                bytes.fill(0);
            }
        }
    }
    // What is zero anyway needs no segment.
    taken.retain(|(_, bytes)| bytes.iter().any(|byte| *byte != 0));
    leave_zeros_out(module);
    Ok(taken)
}

/// Cuts segments where they are zero for long: memory is zero from the start.
fn leave_zeros_out(module: &mut Module) {
    for id in module.data.iter().map(walrus::Data::id).collect::<Vec<_>>() {
        let data = module.data.get_mut(id);
        let DataKind::Active {
            memory,
            offset: ConstExpr::Value(Value::I32(offset)),
        } = data.kind
        else {
            continue;
        };
        let value = std::mem::take(&mut data.value);
        let mut pieces = pieces(&value);
        let (start, end) = pieces.next().unwrap_or_default();
        data.value = value.get(start..end).unwrap_or_default().to_vec();
        data.kind = DataKind::Active {
            memory,
            offset: ConstExpr::Value(Value::I32(offset + start as i32)),
        };
        for (start, end) in pieces {
            let bytes = value.get(start..end).unwrap_or_default().to_vec();
            add(module, memory, offset.cast_unsigned() + start as u32, bytes);
        }
    }
}

/// Start and end of what lies between long runs of zeros.
fn pieces(bytes: &[u8]) -> impl Iterator<Item = (usize, usize)> {
    // A segment costs some ten bytes, which brotli cannot shorten; zeros cost it nothing, but memory while it unpacks.
    const LONG: usize = 1024;
    let mut at = 0;
    std::iter::from_fn(move || {
        at += bytes.get(at..)?.iter().take_while(|byte| **byte == 0).count();
        let (start, mut end, mut zeros) = (at, at, 0);
        while zeros < LONG {
            match bytes.get(at) {
                Some(0) => zeros += 1,
                Some(_) => {
                    zeros = 0;
                    end = at + 1;
                }
                None => break,
            }
            at += 1;
        }
        (end > start).then_some((start, end))
    })
}

/// Adds bytes at a place in memory.
pub fn add(module: &mut Module, memory: walrus::MemoryId, at: u32, bytes: Vec<u8>) {
    let offset = ConstExpr::Value(Value::I32(at.cast_signed()));
    let id = module.data.add(DataKind::Active { memory, offset }, bytes);
    module.memories.get_mut(memory).data_segments.insert(id);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_runs_of_zeros_are_left_out_of_segments() {
        let bytes = [
            vec![0; 70],
            vec![1; 3],
            vec![0; 10],
            vec![2; 3],
            vec![0; 1024],
            vec![3],
            vec![0; 5],
        ]
        .concat();
        assert_eq!(pieces(&bytes).collect::<Vec<_>>(), [(70, 86), (1110, 1111)]);
        assert_eq!(pieces(&[0; 9]).count() + pieces(&[]).count(), 0);
    }
}
