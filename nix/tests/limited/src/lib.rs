//! A library of one member, and a limit of a benchmark of another.
