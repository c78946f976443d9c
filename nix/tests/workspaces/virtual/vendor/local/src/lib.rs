//! A package of the workspace's folder that is no member.

/// One.
pub const ONE: usize = 1;
