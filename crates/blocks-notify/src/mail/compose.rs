//! A letter as a message of mail (RFC 5322, in parts by RFC 2046).

use std::time::{Duration, SystemTime};

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};

use super::author;
use crate::{Letter, Outgoing, Via, plain};

/// The most bytes of a message. What a letter shows is bounded, so that none comes near it.
const MOST_BYTES: usize = 1 << 20;

/// Who a mail is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender(Mailbox);

/// Why a letter cannot be a mail.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// The sender is no address.
    #[error("{0} is no address that a mail can be from, as in: Checks <checks@example.org>")]
    Sender(String),
    /// Nobody is to be told.
    #[error("nobody would get it: name recipients, or owners and authors with addresses")]
    Nobody,
    /// A recipient is no address.
    #[error("{0} is no address of mail")]
    Recipient(String),
    /// It could not be put together.
    #[error("the mail cannot be put together: {0}")]
    Form(String),
}

impl Sender {
    /// The sender of `Checks <checks@example.org>`, or of an address alone.
    pub fn parse(text: &str) -> Result<Self, MailError> {
        let address = author::address(text);
        let name = text.rsplit_once('<').map(|(before, _)| before.trim().trim_matches('"').trim());
        let name = name.map(|it| plain::line(it, 80)).filter(|it| !it.is_empty());
        let wrong = || MailError::Sender(plain::line(text, 80));
        address.map(|it| Self(Mailbox::new(name, it))).ok_or_else(wrong)
    }

    /// The name of a message, by that of its letter.
    fn id(&self, name: &str) -> String {
        format!("{name}@{}", self.0.email.domain())
    }
}

/// The message that brings a letter to people. The same letter gives the same bytes.
///
/// `list` is what mail programs sort by: the name of the repository.
pub fn mail(
    letter: &Letter,
    from: &Sender,
    to: &[String],
    list: &str,
) -> Result<Outgoing, MailError> {
    if to.is_empty() {
        return Err(MailError::Nobody);
    }
    let id = from.id(&letter.name);
    let date = SystemTime::UNIX_EPOCH + Duration::from_secs(letter.at);
    let mut message = Message::builder()
        .from(from.0.clone())
        .subject(letter.subject.clone())
        .date(date)
        .message_id(Some(format!("<{id}>")))
        // No answer of a machine to this, by RFC 3834.
        .raw_header(own("Auto-Submitted", "auto-generated"))
        .raw_header(own("List-Id", &list_id(list, from.0.email.domain())));
    for address in to {
        let wrong = || MailError::Recipient(plain::line(address, 80));
        message = message.to(Mailbox::new(None, author::parse(address).ok_or_else(wrong)?));
    }
    if let Some(answers) = &letter.answers {
        let answers = format!("<{}>", from.id(answers));
        message = message.in_reply_to(answers.clone()).references(answers);
    }
    let whole = message.multipart(parts(letter)).map_err(|it| MailError::Form(it.to_string()))?;
    Ok(Outgoing {
        id,
        created: letter.at,
        subject: letter.subject.clone(),
        to: to.to_vec(),
        via: Via::Mail { from: from.0.email.to_string(), raw: text(whole.formatted())? },
        attempts: 0,
        not_before: 0,
        last_error: None,
    })
}

/// The text and, for who shows it, the HTML.
fn parts(letter: &Letter) -> MultiPart {
    let part = |kind, text: &str| SinglePart::builder().header(kind).body(text.to_owned());
    // No line of a body that is encoded can have `=_` in it, and no other one begins with two hyphens and this.
    MultiPart::alternative()
        .boundary(format!("=_{}", letter.name))
        .singlepart(part(ContentType::TEXT_PLAIN, &letter.text))
        .singlepart(part(ContentType::TEXT_HTML, &letter.html))
}

fn text(bytes: Vec<u8>) -> Result<String, MailError> {
    if bytes.len() > MOST_BYTES || !bytes.is_ascii() {
        return Err(MailError::Form(
            "it is too large, or has bytes that no server need take".to_owned(),
        ));
    }
    String::from_utf8(bytes).map_err(|it| MailError::Form(it.to_string()))
}

fn own(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// `<shop.blocks.example.org>` (RFC 2919)
fn list_id(name: &str, domain: &str) -> String {
    let letter = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let name: String = name.chars().take(60).map(letter).collect();
    let name = name.trim_matches('-');
    format!("<{}.blocks.{domain}>", if name.is_empty() { "workspace" } else { name })
}

/// An address of an envelope, which was looked at before it came into the spool.
pub(super) fn envelope(address: &str) -> Option<Address> {
    author::parse(address)
}
