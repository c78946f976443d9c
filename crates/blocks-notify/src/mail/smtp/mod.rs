//! How a mail gets to a server.

mod error;
mod settings;

use lettre::transport::smtp::authentication::Mechanism;
use lettre::transport::smtp::client::SmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;

pub use error::SmtpError;
pub use settings::{Security, SmtpSettings};

use super::compose::envelope;
use crate::spool::{Answer, Courier, Unreachable};
use crate::{Outgoing, Via, plain};

/// The longest that is told of what a server says, in characters.
const SAID: usize = 300;

/// A way to a server. Nothing is connected before the first message, and one connection takes all of them.
pub struct Smtp {
    settings: SmtpSettings,
    connection: Option<SmtpConnection>,
}

impl Smtp {
    /// The way that settings say; an error where they would send without encryption to another machine.
    pub fn new(settings: SmtpSettings) -> Result<Self, SmtpError> {
        settings.check()?;
        Ok(Self { settings, connection: None })
    }

    fn connected(&mut self) -> Result<SmtpConnection, SmtpError> {
        if let Some(connection) = self.connection.take() {
            return Ok(connection);
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
            let refused = connection.auth(&all, &login.credentials()).map_err(at("logging in"));
            if refused.is_err() {
                connection.abort();
            }
            refused?;
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

    fn answer(&self, error: &lettre::transport::smtp::Error) -> Answer {
        let said = self.said(error);
        if error.is_permanent() { Answer::Refused(said) } else { Answer::Later(said) }
    }

    /// Sends a message to all who are still to have it, in one transaction.
    fn transact(
        &mut self,
        connection: &mut SmtpConnection,
        message: &Outgoing,
        from: &str,
        raw: &str,
    ) -> Vec<(String, Answer)> {
        let all =
            |answer: Answer| message.to.iter().map(|it| (it.clone(), answer.clone())).collect();
        let Some(sender) = envelope(from) else {
            return all(Answer::Refused("its sender is no address".to_owned()));
        };
        if let Err(error) = connection.command(Mail::new(Some(sender), Vec::new())) {
            return all(self.answer(&error));
        }
        let mut answers = Vec::new();
        let mut taken = Vec::new();
        for to in &message.to {
            let Some(address) = envelope(to) else {
                answers.push((to.clone(), Answer::Refused("it is no address of mail".to_owned())));
                continue;
            };
            match connection.command(Rcpt::new(address, Vec::new())) {
                Ok(_) => taken.push(to.clone()),
                Err(error) => answers.push((to.clone(), self.answer(&error))),
            }
        }
        if !taken.is_empty() {
            // After the last byte nobody but the server knows whether it has the message: see `Spool::deliver`.
            let data = connection.command(Data).and_then(|_| connection.message(raw.as_bytes()));
            let answer = data.map_or_else(|error| self.answer(&error), |_| Answer::Accepted);
            answers.extend(taken.into_iter().map(|it| (it, answer.clone())));
        }
        answers
    }
}

impl Courier for Smtp {
    fn send(&mut self, message: &Outgoing) -> Result<Vec<(String, Answer)>, Unreachable> {
        let Via::Mail { from, raw } = &message.via else {
            return Err(Unreachable("it is no mail".to_owned()));
        };
        let mut connection = self.connected().map_err(|error| Unreachable(error.to_string()))?;
        let answers = self.transact(&mut connection, message, from, raw);
        let is_clean = answers.iter().all(|(_, it)| *it == Answer::Accepted);
        // A connection on which something else than a yes was said begins anew, or is given up.
        if !connection.has_broken() && (is_clean || connection.command(Rset).is_ok()) {
            self.connection = Some(connection);
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
