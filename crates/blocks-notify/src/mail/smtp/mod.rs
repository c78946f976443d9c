//! How a mail gets to a server.

mod error;
mod settings;
mod transaction;

use lettre::transport::smtp::authentication::Mechanism;
use lettre::transport::smtp::client::SmtpConnection;
use lettre::transport::smtp::extension::ClientId;

pub use error::SmtpError;
pub use settings::{Security, SmtpSettings};

use crate::spool::{Answer, Courier, Unreachable};
use crate::{Outgoing, Via, plain};
use transaction::Transaction;

/// The longest that is told of what a server says, in characters.
const SAID: usize = 300;

/// How many connections may end where they should not: each may have taken as long as a step may take.
const MOST_LOST: usize = 3;

/// A way to a server. Nothing is connected before the first message, and one connection takes all of them.
pub struct Smtp {
    settings: SmtpSettings,
    connection: Option<SmtpConnection>,
    /// How many connections ended where they should not.
    lost: usize,
}

impl Smtp {
    /// The way that settings say; an error where they would send without encryption to another machine.
    pub fn new(settings: SmtpSettings) -> Result<Self, SmtpError> {
        settings.check()?;
        Ok(Self { settings, connection: None, lost: 0 })
    }

    fn connected(&mut self) -> Result<SmtpConnection, SmtpError> {
        if let Some(connection) = self.connection.take() {
            return Ok(connection);
        }
        if self.lost >= MOST_LOST {
            return Err(SmtpError::Lost);
        }
        self.connect()
    }

    fn connect(&self) -> Result<SmtpConnection, SmtpError> {
        let SmtpSettings { security, login, timeout, .. } = &self.settings;
        let at = |step| move |error| SmtpError::Step { step, reason: self.said(&error) };
        let tls = self.settings.tls()?;
        let hello = ClientId::default();
        let wrapped = if *security == Security::Tls { tls.as_ref() } else { None };
        let server = (&*self.settings.host, self.settings.port());
        let mut connection = SmtpConnection::connect(server, Some(*timeout), &hello, wrapped, None)
            .map_err(at("connecting"))?;
        if let (Security::StartTls, Some(tls)) = (security, &tls) {
            if !connection.can_starttls() {
                connection.abort();
                return Err(SmtpError::NoStartTls);
            }
            connection.starttls(tls, &hello).map_err(at("STARTTLS"))?;
        }
        if let (Some(login), true) = (login, *security != Security::None) {
            let all = [Mechanism::Plain, Mechanism::Login];
            let answer = connection.auth(&all, &login.credentials()).map_err(at("logging in"));
            if !matches!(&answer, Ok(it) if it.has_code(235)) {
                connection.abort();
                // Another yes is the answer to something else.
                answer?;
                return Err(SmtpError::Answer { step: "logging in" });
            }
        }
        Ok(connection)
    }

    /// What went wrong, without what we said to be let in, and harmless in one line.
    fn said(&self, error: &lettre::transport::smtp::Error) -> String {
        // The same words may be there again as the source of what they are the source of.
        let text = error.to_string();
        let text =
            self.settings.login.as_ref().map_or_else(|| text.clone(), |it| it.removed_from(&text));
        plain::line(&text, SAID)
    }
}

impl Courier for Smtp {
    fn send(&mut self, message: &Outgoing) -> Result<Vec<(String, Answer)>, Unreachable> {
        let Via::Mail { from, raw } = &message.via else {
            return Err(Unreachable("it is no mail".to_owned()));
        };
        let mut connection = self.connected().map_err(|error| Unreachable(error.to_string()))?;
        let said = |error: &_| self.said(error);
        let mut transaction = Transaction {
            connection: &mut connection,
            said: &said,
            is_lost: false,
            is_refused: false,
        };
        let answers = transaction.send(message, from, raw);
        if transaction.is_over() {
            self.connection = Some(connection);
        } else {
            self.lost += 1;
        }
        Ok(answers)
    }
}

impl Drop for Smtp {
    fn drop(&mut self) {
        if let Some(connection) = &mut self.connection {
            connection.abort();
        }
    }
}
