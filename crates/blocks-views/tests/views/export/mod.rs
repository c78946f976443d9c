//! The forms that other programs read, each read back.

mod annotations;
mod cobertura;
mod ctrf;
mod sarif;
