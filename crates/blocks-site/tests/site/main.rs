//! Sites in folders: versions are added, replaced, taken over, and what is not ours stays.

mod fixture;
mod folder;
mod killed;
