//! How the endpoint gets memory: from mimalloc, told once how long to keep what is free. It lives beside the command line,
//! since only a whole program chooses its allocator. The crate asks for every piece with an alignment, though nearly all want
//! no other than a word's, which mimalloc gives by itself with less than half of the instructions: a RunInstances has four
//! hundred pieces. So those go to the plain functions, and the rest to the crate.
#![allow(
    unsafe_code,
    reason = "an allocator hands out bare memory, and the crate offers the option to programs that link its library themselves only"
)]

use mimalloc::MiMalloc;
use std::alloc::{GlobalAlloc, Layout};
use std::ffi::{c_int, c_long, c_void};

/// See above.
pub struct Allocator;

/// `mi_option_purge_delay`, by its place in `mimalloc.h` of version 2.
const PURGE_DELAY: c_int = 15;
/// Milliseconds for which freed pages stay with the program. Ours: with mimalloc's own 10, pages that the next call wants
/// again go back to the kernel meanwhile; fetching them anew made a RunInstances cost 114 to 175 microseconds in place of 86.
const KEPT: c_long = 1_000;

// SAFETY: the declarations are those of `mimalloc.h`. Of `mi_option_set` any two numbers are allowed, and an option that is not
// there is ignored; it wants a program of one thread, which one is that has just begun.
unsafe extern "C" {
    safe fn mi_option_set(option: c_int, value: c_long);
    safe fn mi_malloc(size: usize) -> *mut c_void;
    safe fn mi_zalloc(size: usize) -> *mut c_void;
    fn mi_realloc(piece: *mut c_void, size: usize) -> *mut c_void;
}

/// Has freed memory stay for a while. To be called before there is a second thread.
pub fn keep_freed() {
    mi_option_set(PURGE_DELAY, KEPT);
}

/// Whether `mi_malloc` aligns a piece as it must be: it does to a word, whatever the size.
fn is_usual(layout: Layout) -> bool {
    layout.align() <= align_of::<usize>()
}

// SAFETY: every piece comes from mimalloc, whichever function gave it, and `mi_free` and `mi_realloc` take all of them. What
// `is_usual` says of a piece is the same whenever it is asked, as its alignment never changes.
unsafe impl GlobalAlloc for Allocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        match is_usual(layout) {
            true => mi_malloc(layout.size()).cast(),
            // SAFETY: as the caller's.
            false => unsafe { MiMalloc.alloc(layout) },
        }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        match is_usual(layout) {
            true => mi_zalloc(layout.size()).cast(),
            // SAFETY: as the caller's.
            false => unsafe { MiMalloc.alloc_zeroed(layout) },
        }
    }

    unsafe fn dealloc(&self, piece: *mut u8, layout: Layout) {
        // SAFETY: as the caller's.
        unsafe { MiMalloc.dealloc(piece, layout) }
    }

    unsafe fn realloc(&self, piece: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        match is_usual(layout) {
            // SAFETY: the piece is one of mimalloc's.
            true => unsafe { mi_realloc(piece.cast(), size).cast() },
            // SAFETY: as the caller's.
            false => unsafe { MiMalloc.realloc(piece, layout, size) },
        }
    }
}
