use thiserror::Error;

use crate::ProgramError;

/// Why there is no folder of what a release carries.
#[derive(Debug, Error)]
pub enum AssetsError {
    /// A program that would not run where it is sent to.
    #[error("{0}: {1}")]
    Program(String, ProgramError),
    /// A name that would lead elsewhere, or that nobody could read.
    #[error("`{0}` is no name of a file that a release carries: letters, digits and - _ . + only")]
    Name(String),
    /// Two files of one name.
    #[error("there are two different files of the name {0}: {1}")]
    Twice(String, &'static str),
    /// A member has nothing to be carried.
    #[error("{0} has no program that is built for {1}")]
    NoProgram(String, String),
    /// A member is built of what nobody knows.
    #[error(
        "{0} has no bill of materials: its record has to be there first, `cargo blocks check sbom`"
    )]
    NoBom(String),
    /// A bill of materials is of something else.
    #[error("the bill of materials of {0} cannot be taken: {1}")]
    Bom(String, String),
    /// Folders are not of one release.
    #[error("these folders are not of one release: {0}")]
    Different(String),
    /// A folder is not whole.
    #[error("{0}")]
    Broken(String),
}
