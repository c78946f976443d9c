//! A library that may be there.
