//! What the browser keeps: workspaces as checksummed records in IndexedDB, preferences, and which tab may write.
