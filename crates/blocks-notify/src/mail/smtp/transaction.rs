//! A message to a server, command by command.

use lettre::transport::smtp::client::SmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::response::Response;

use crate::Outgoing;
use crate::mail::compose::envelope;
use crate::spool::Answer;

type Said = Result<Response, lettre::transport::smtp::Error>;

/// Sends a message to all who are still to have it, and keeps what is said.
pub(super) struct Transaction<'a> {
    pub connection: &'a mut SmtpConnection,
    /// Makes an error harmless.
    pub said: &'a dyn Fn(&lettre::transport::smtp::Error) -> String,
    /// Whether an answer came that is none to what was said, or none at all, so that later ones mean nothing.
    pub is_lost: bool,
    /// Whether something was refused, so that the next transaction has to begin anew.
    pub is_refused: bool,
}

impl Transaction<'_> {
    pub fn send(&mut self, message: &Outgoing, from: &str, raw: &str) -> Vec<(String, Answer)> {
        let mut answers = Vec::new();
        let mut taken = Vec::new();
        let Some(sender) = envelope(from) else {
            return all(&message.to, &Answer::Refused("its sender is no address".to_owned()));
        };
        if let Err(answer) = self.ask(&[250], |it| it.command(Mail::new(Some(sender), Vec::new())))
        {
            return all(&message.to, &answer);
        }
        for to in &message.to {
            match self.recipient(to) {
                Ok(()) => taken.push(to.clone()),
                Err(answer) => answers.push((to.clone(), answer)),
            }
        }
        if !taken.is_empty() {
            let answer = self.data(raw).map_or_else(|it| it, |()| Answer::Accepted);
            answers.extend(all(&taken, &answer));
        }
        answers
    }

    /// Whether another transaction can begin on the connection.
    pub fn is_over(&mut self) -> bool {
        if self.is_refused && !self.is_lost {
            let _ = self.ask(&[250], |it| it.command(Rset));
        }
        !self.is_lost
    }

    fn recipient(&mut self, to: &str) -> Result<(), Answer> {
        let address = envelope(to);
        let address =
            address.ok_or_else(|| Answer::Refused("it is no address of mail".to_owned()))?;
        // 251: it will be forwarded.
        self.ask(&[250, 251], |it| it.command(Rcpt::new(address, Vec::new())))
    }

    fn data(&mut self, raw: &str) -> Result<(), Answer> {
        self.ask(&[354], |it| it.command(Data))?;
        // After the last byte nobody but the server knows whether it has the message: see `Spool::deliver`.
        self.ask(&[250], |it| it.message(raw.as_bytes()))
    }

    /// Says something, and wants one of these answers. Another yes is the answer to something else: who can put words between
    /// client and server could have one counted as another.
    fn ask(
        &mut self,
        wanted: &[u16],
        say: impl FnOnce(&mut SmtpConnection) -> Said,
    ) -> Result<(), Answer> {
        if self.is_lost {
            return Err(Answer::Later("the connection ended before".to_owned()));
        }
        match say(self.connection) {
            Ok(response) if wanted.iter().any(|it| response.has_code(*it)) => Ok(()),
            Ok(response) => {
                self.is_lost = true;
                Err(Answer::Later(format!(
                    "the server answers {}, which fits nothing",
                    response.code()
                )))
            }
            Err(error) => {
                self.is_refused = true;
                self.is_lost = error.status().is_none();
                let said = (self.said)(&error);
                Err(if error.is_permanent() { Answer::Refused(said) } else { Answer::Later(said) })
            }
        }
    }
}

/// The same answer for all.
fn all(to: &[String], answer: &Answer) -> Vec<(String, Answer)> {
    to.iter().map(|it| (it.clone(), answer.clone())).collect()
}
