//! The aws command: text to a checked call, the answer to text, and any call back to the command that makes it.
