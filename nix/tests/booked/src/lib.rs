//! Code that a chapter shows.
