//! Requests to an address that only the environment knows: a chat's, or a program's.

mod address;
mod body;
mod courier;
mod generic;
#[cfg(test)]
mod schema_tests;

pub use address::{WebhookUrl, WebhookUrlError};
pub use body::{WebhookForm, webhook};
pub use courier::Webhook;
pub use generic::NOTIFICATION_SCHEMA;
