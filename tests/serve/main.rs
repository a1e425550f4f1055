//! `cargo serve`, held to its word without AWS's tools: what a request is answered, by the moment at which it comes.
