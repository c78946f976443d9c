//! Mail: to whom, what it looks like, and how it gets to a server.

mod author;
mod codeowners;
mod compose;
mod login;
mod pattern;
mod recipients;
mod smtp;

pub use codeowners::{CODEOWNERS, CODEOWNERS_LIMIT, CodeOwners, CodeOwnersError, Owner};
pub use compose::{MailError, Sender, mail};
pub use login::{Login, LoginError};
pub use recipients::{Chosen, MOST_RECIPIENTS, Missed, Recipients};
pub use smtp::{Security, Smtp, SmtpError, SmtpSettings};
