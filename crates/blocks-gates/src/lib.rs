//! The verdicts of Blocks: pass, fail, no verdict or not applicable, computed from records.
