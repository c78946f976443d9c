//! The table of stages that both engines of Blocks run.
