//! A library of one member, and a configuration that speaks of another.
