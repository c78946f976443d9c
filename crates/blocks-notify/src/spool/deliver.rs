//! An attempt to send all that waits.

use std::path::Path;

use super::item;
use super::ledger::Sent;
use super::{Answer, Couriers, Spool, SpoolError, Unreachable};
use crate::folder::{remove, replace};
use crate::{FolderError, Outgoing, plain};

/// How long a message waits after its first try, in seconds; after each further one twice as long.
const PAUSE: u64 = 60;

/// How long it waits at most, in seconds.
const LONGEST_PAUSE: u64 = 60 * 60;

/// What came of an attempt to send.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Delivery {
    /// How many messages reached a recipient; one to two recipients counts twice.
    pub sent: usize,
    /// How many messages wait for another run.
    pub waiting: usize,
    /// What was refused for good.
    pub refused: Vec<Refusal>,
    /// Why something waits or was passed over, in words; each once.
    pub problems: Vec<String>,
}

/// A message that a server refused for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The message, in a line.
    pub subject: String,
    /// Who does not get it.
    pub to: String,
    /// What the server says.
    pub reason: String,
}

impl Delivery {
    /// Whether everybody has what was to be sent.
    pub fn is_done(&self) -> bool {
        self.waiting == 0 && self.refused.is_empty() && self.problems.is_empty()
    }

    fn problem(&mut self, what: String) {
        if !self.problems.contains(&what) {
            self.problems.push(what);
        }
    }
}

impl Spool<'_> {
    /// Tries to send all that waits and is due, the oldest first. `now` is in seconds since 1970.
    ///
    /// A server that cannot be reached is asked no more in this run. What is accepted is noted before anything else is done.
    /// Only where a run ends between the server's last word and the end of that note, or that word is lost on its way, is a
    /// message sent that the server has: no protocol of mail can tell. It then has the same name, by which most servers and
    /// programs show it once.
    pub fn deliver(
        &mut self,
        couriers: &mut Couriers<'_>,
        now: u64,
    ) -> Result<Delivery, SpoolError> {
        let mut delivery = Delivery::default();
        let mut unreachable = Vec::new();
        for name in self.names()? {
            let path = self.path("spool", &name);
            let mut message = match item::load(&path) {
                Ok(Some(message)) => message,
                Ok(None) => continue,
                Err(
                    error @ (SpoolError::Damaged { .. }
                    | SpoolError::Folder(FolderError::TooLarge { .. })),
                ) => {
                    delivery.waiting += 1;
                    delivery.problem(error.to_string());
                    continue;
                }
                Err(error) => return Err(error),
            };
            message.to.retain(|to| !self.ledger.has(&message.id, to));
            if message.to.is_empty() {
                remove(&path)?;
                continue;
            }
            let via = message.via.id();
            if message.not_before > now || unreachable.contains(&via) {
                delivery.waiting += 1;
                continue;
            }
            let Some(courier) = couriers.of(&message.via) else {
                delivery.waiting += 1;
                delivery
                    .problem(format!("a message waits for the channel {via}, which is not set up"));
                continue;
            };
            match courier.send(&message) {
                Ok(answers) => self.note(&path, message, &answers, now, &mut delivery)?,
                Err(Unreachable(why)) => {
                    unreachable.push(via);
                    delivery.waiting += 1;
                    delivery.problem(format!("{via}: {why}"));
                    // No pause: it is not this message that the server did not want.
                    message.last_error = Some(why);
                    replace(&path, &item::text(&message))?;
                }
            }
        }
        Ok(delivery)
    }

    fn note(
        &mut self,
        path: &Path,
        mut message: Outgoing,
        answers: &[(String, Answer)],
        now: u64,
        delivery: &mut Delivery,
    ) -> Result<(), SpoolError> {
        let is = |to: &str, accepted: bool| {
            let said = answers.iter().find(|(it, _)| it == to).map(|it| &it.1);
            if accepted {
                matches!(said, Some(Answer::Accepted))
            } else {
                matches!(said, Some(Answer::Refused(_)))
            }
        };
        let sent = message.to.iter().filter(|to| is(to, true));
        let sent: Vec<_> =
            sent.map(|to| Sent { id: message.id.clone(), to: to.clone(), at: now }).collect();
        delivery.sent += sent.len();
        if !sent.is_empty() {
            self.ledger.add(sent)?;
        }
        self.bury(path, &message, answers, delivery)?;
        message.to.retain(|to| !is(to, true) && !is(to, false));
        if message.to.is_empty() {
            return Ok(remove(path)?);
        }
        message.attempts = message.attempts.saturating_add(1);
        message.not_before = now + pause(message.attempts);
        for (to, answer) in answers {
            if let Answer::Later(why) = answer {
                message.last_error = Some(format!("{to}: {why}"));
                delivery.problem(format!("{}: {to}: {why}", message.via.id()));
            }
        }
        delivery.waiting += 1;
        Ok(replace(path, &item::text(&message))?)
    }

    /// Keeps what was refused for good, a file for each recipient.
    fn bury(
        &self,
        path: &Path,
        message: &Outgoing,
        answers: &[(String, Answer)],
        delivery: &mut Delivery,
    ) -> Result<(), SpoolError> {
        for (index, (to, answer)) in answers.iter().enumerate() {
            let Answer::Refused(why) = answer else {
                continue;
            };
            let dead = Outgoing {
                to: vec![to.clone()],
                last_error: Some(why.clone()),
                attempts: message.attempts.saturating_add(1),
                ..message.clone()
            };
            let stem = path.file_stem().unwrap_or_default().to_string_lossy();
            let name = format!("{stem}-{}-{index}.json", dead.attempts);
            replace(&self.path("dead", &name), &item::text(&dead))?;
            delivery.refused.push(Refusal {
                subject: plain::line(&message.subject, 200),
                to: plain::line(to, 100),
                reason: why.clone(),
            });
        }
        Ok(())
    }
}

/// How long a message waits after so many tries, in seconds.
fn pause(attempts: u32) -> u64 {
    let doublings = attempts.saturating_sub(1).min(16);
    (PAUSE << doublings).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::pause;

    #[test]
    fn a_message_waits_twice_as_long_each_time_up_to_an_hour() {
        let pauses = [1, 2, 3, 6, 7, 8, u32::MAX].map(pause);
        assert_eq!(pauses, [60, 120, 240, 1920, 3600, 3600, 3600]);
    }
}
