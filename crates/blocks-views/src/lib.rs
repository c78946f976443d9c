//! What Blocks shows of records and verdicts: badges and status.
