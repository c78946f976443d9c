//! The record that a stage leaves: its layout, its digests, its reader and writer.
