//! The same library, edited.
