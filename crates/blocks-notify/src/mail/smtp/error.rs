use std::path::PathBuf;

/// Why no mail can get to a server. No message has a password, or a user, in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SmtpError {
    /// What would be sent could be read by others.
    #[error(
        "{host} is another machine, and without encryption everybody between could read mail and password: use tls or starttls"
    )]
    Plain {
        /// The server.
        host: String,
    },
    /// The server has no STARTTLS, or somebody between removed it.
    #[error("the server offers no STARTTLS, and nothing is sent without it")]
    NoStartTls,
    /// An answer came that is none to what was said.
    #[error("{step} failed: the server's answer is none to it")]
    Answer {
        /// What was done.
        step: &'static str,
    },
    /// Connections ended again and again.
    #[error("the connection to the server was lost again and again")]
    Lost,
    /// A file of certificates cannot be used.
    #[error("cannot use the certificates of {path}: {reason}")]
    Certificates {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The encryption cannot be set up.
    #[error("cannot set up TLS: {0}")]
    Tls(String),
    /// The server said no, or nothing, before there was a message.
    #[error("{step} failed: {reason}")]
    Step {
        /// What was done.
        step: &'static str,
        /// What came back.
        reason: String,
    },
}
