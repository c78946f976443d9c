//! Tells people of what failed, each once: [`blocks_failures::Run`] is what there is to tell.
//!
//! What is known of a branch from its last run ([`State`]) and a new run make a [`Change`], or none. A change becomes a
//! [`Letter`], a letter a message for each channel, and a message lies in the [`Spool`] before anything tries to send it.
//! All of it is kept in one [`Folder`].

mod folder;
pub mod issues;
mod letter;
mod mail;
mod plain;
mod spool;
mod state;
mod tell;
mod webhook;

pub use blocks_http::NoCertificates;
pub use folder::{Folder, FolderError};
pub use letter::{Letter, Scene};
pub use mail::{
    CODEOWNERS, CODEOWNERS_LIMIT, Chosen, CodeOwners, CodeOwnersError, Login, LoginError,
    MOST_RECIPIENTS, MailError, Missed, Owner, Recipients, Security, Sender, Smtp, SmtpError,
    SmtpSettings, mail,
};
pub use spool::{
    Answer, Courier, Couriers, Delivery, ITEM_LIMIT, LEDGER_LIMIT, Refusal, Spool, SpoolError,
    Unreachable,
};
pub use state::{
    Branch, Change, Day, Fault, Known, MOST, Outgoing, STATE_LIMIT, State, StateError, Told, Via,
    What,
};
pub use tell::{Plan, TellError, Telling, plan, tell};
pub use webhook::{
    NOTIFICATION_SCHEMA, Webhook, WebhookForm, WebhookUrl, WebhookUrlError, webhook,
};
