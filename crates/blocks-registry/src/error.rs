use blocks_http::NoCertificates;
use thiserror::Error;

/// Why it is not known what a registry has. None of these says that something is not there.
#[derive(Debug, Error)]
pub enum RegistryError {
    /// The machine trusts nobody.
    #[error(transparent)]
    Certificates(#[from] NoCertificates),
    /// It is no address of a sparse index.
    #[error(
        "`{0}` is not the address of a sparse index: it begins with `sparse+`, and ends with `/`"
    )]
    NotSparse(String),
    /// A name that no registry has, and that no address may be made of.
    #[error(
        "`{0}` is no name of a crate: these are up to 64 letters of ASCII, digits, `-` and `_`"
    )]
    Name(String),
    /// It gives no answer.
    #[error("the registry gives no answer for {what} ({tries} tries): {said}")]
    Unreachable {
        /// What was asked for.
        what: String,
        /// What came last.
        said: String,
        /// How often it was asked.
        tries: u32,
    },
    /// It answers with a refusal.
    #[error("the registry refuses {what}: {said}{hint}")]
    Refused {
        /// What was asked for.
        what: String,
        /// The status, and what it says.
        said: String,
        /// What to do.
        hint: &'static str,
    },
    /// Its answer is larger than any that is meant well.
    #[error("the registry's answer for {what} is larger than {limit} bytes")]
    TooLarge {
        /// What was asked for.
        what: String,
        /// How much is read.
        limit: u64,
    },
    /// Its answer is none of the protocol.
    #[error("the registry's answer for {what} cannot be read: {said}")]
    Malformed {
        /// What was asked for.
        what: String,
        /// What is wrong with it.
        said: String,
    },
}
