//! Scenarios, files and share links: the log of calls as something to hand to somebody else.
