//! What Blocks shows of records and verdicts: badges and status.

mod badge;
mod color;
mod json;
mod label;
mod text_width;
mod xml;

pub use badge::Badge;
pub use color::Color;
