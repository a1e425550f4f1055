//! The API as data: operations, shapes, wire names, constraints, and the Value tree that is checked against them.
