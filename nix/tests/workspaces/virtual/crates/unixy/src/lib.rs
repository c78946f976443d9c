//! What only Unix has.

/// The separator of paths.
pub const SEPARATOR: char = '/';
