//! Verdicts from records as the engines leave them, whole and damaged.

mod answers;
mod codes;
mod damage;
mod evidence;
mod fixture;
mod hostile;
mod identity;
