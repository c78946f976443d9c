//! What records and verdicts say, in the forms that other programs read.

mod annotations;
mod cobertura;
mod ctrf;
mod fingerprint;
mod place;
mod sarif;
mod text;
mod uri;

pub use annotations::annotations;
pub use cobertura::cobertura;
pub use ctrf::ctrf;
pub use sarif::sarif;
