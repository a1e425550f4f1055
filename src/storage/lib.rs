//! What the browser keeps: workspaces as checksummed records in IndexedDB, preferences, and which tab may write.
//!
//! The crate stores bytes and does not know what they mean: the page hands over one record a call and a checkpoint now
//! and then, and gets back the newest checkpoint that is intact and the records after it.
//!
//! ```text
//! Store::open().await            every workspace of this origin; Store::in_memory() where nothing may be kept
//!   .workspaces() .create() .rename() .duplicate() .delete() .restore() .purge()
//!   .open_workspace(id).await    → (Session, Opened)
//! Session
//!   .append(entry)               resolves after the transaction's `complete`; order is never changed
//!   .checkpoint(entry, up_to)    the state after record `up_to`; older rows go once an earlier checkpoint is proven
//!   .role() .take_over() .refresh() .on_event(…) .saving() .retry() .flush() .reject(…) .close()
//! Preferences                    theme, Region, tour; apart from the workspaces, and never in the way of anything
//! ```
//!
//! ```
//! # #[cfg(not(target_arch = "wasm32"))]
//! # let hub = std::rc::Rc::new(stratus_storage::Hub::new());
//! # #[cfg(not(target_arch = "wasm32"))]
//! # hub.block_on(async {
//! use stratus_storage::{Entry, NewWorkspace, Store};
//!
//! let store = Store::in_memory();
//! # let store = Store::with(std::rc::Rc::new(stratus_storage::MemoryBackend::new()), hub.clone());
//! let id = store.create(NewWorkspace { name: "Lab".into(), ..Default::default() }).await?.id;
//! let (session, _) = store.open_workspace(&id).await?;
//! session.append(Entry::new("a call")).await?;
//! session.close().await?;
//! let (_, opened) = store.open_workspace(&id).await?;
//! assert_eq!(opened.records, [b"a call"]);
//! # Ok::<(), stratus_storage::StorageError>(())
//! # }).unwrap().unwrap();
//! ```
//!
//! What may never happen here:
//! - a future of [`Session::append`] resolves `Ok` before the record is on disk;
//! - bytes that somebody may want back are destroyed: damaged rows move to a quarantine that only a person empties, deletion
//!   is a tombstone, and an older checkpoint goes only after a newer one has been read back whole;
//! - two tabs write into one workspace: every write names the row it believes to be the head, and fails if another tab
//!   has put a different one there, whatever the locks say;
//! - a stored byte, a message of another tab or an answer of the browser leads to a panic;
//! - anything leaves the page.
//!
//! The parts: [`envelope`] is the bytes of one row; [`backend`] the rows, in IndexedDB or in memory; [`platform`] what
//! a tab offers (clock, locks, channels); `opening` decides from rows what can be opened; [`store`] and [`session`] are
//! what the page uses.

pub mod backend;
#[cfg(target_arch = "wasm32")]
pub mod browser;
pub mod envelope;
mod error;
pub mod limits;
mod memory;
mod opening;
pub mod platform;
mod preferences;
mod queue;
pub mod session;
pub mod store;
mod tabs;
mod workspace;
mod writer;

use std::future::Future;
use std::pin::Pin;

pub use envelope::{BlobId, Entry};
pub use error::StorageError;
pub use memory::{Hub, MemoryBackend};
pub use opening::{Blobs, Damage, Opened, Reject};
pub use preferences::Preferences;
pub use session::{Event, Refreshed, Role, SaveState, Session};
pub use store::{NewWorkspace, SetAside, Store};
pub use workspace::Workspace;

pub use backend::Usage;

/// A future of the page's one thread. It holds no borrow, so it may be given to `wasm_bindgen_futures::spawn_local`.
pub type LocalFuture<T> = Pin<Box<dyn Future<Output = T>>>;
