use crate::{Outgoing, Via};

/// What a server says to a message for a recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It has it.
    Accepted,
    /// Not now; in words.
    Later(String),
    /// Never; in words.
    Refused(String),
}

/// Why no message can be tried at all: the server cannot be reached, or does not let us in. In words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreachable(pub String);

/// Who takes messages to a server.
pub trait Courier {
    /// Tries to send a message to all of `message.to`. Each of them has an answer; one without is tried again.
    fn send(&mut self, message: &Outgoing) -> Result<Vec<(String, Answer)>, Unreachable>;
}

/// The couriers that there are. What is for another one waits.
#[derive(Default)]
pub struct Couriers<'a> {
    /// Takes mail.
    pub mail: Option<&'a mut dyn Courier>,
    /// Takes requests.
    pub webhook: Option<&'a mut dyn Courier>,
}

impl<'a> Couriers<'a> {
    /// The one for a message.
    pub(super) fn of(&mut self, via: &Via) -> Option<&mut (dyn Courier + 'a)> {
        match via {
            Via::Mail { .. } => self.mail.as_deref_mut(),
            Via::Webhook { .. } => self.webhook.as_deref_mut(),
        }
    }
}
