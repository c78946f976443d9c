use ureq::Agent;

use super::WebhookUrl;
use crate::spool::{Answer, Courier, Unreachable};
use crate::{Outgoing, Via, plain};
use blocks_http::agent;

/// The most bytes that are read of an answer.
const ANSWER: u64 = 64 << 10;

/// The longest that is told of what a server says, in characters.
const SAID: usize = 300;

/// Takes messages to an address.
pub struct Webhook {
    url: WebhookUrl,
    agent: Option<Agent>,
}

impl Webhook {
    /// To this address. Nothing is connected before the first message.
    pub fn new(url: WebhookUrl) -> Self {
        Self { url, agent: None }
    }

    fn agent(&mut self) -> Result<Agent, Unreachable> {
        if let Some(agent) = &self.agent {
            return Ok(agent.clone());
        }
        let made = agent(self.url.whole()).map_err(|error| Unreachable(error.to_string()))?;
        Ok(self.agent.insert(made).clone())
    }

    /// Harmless in one line, and without the address.
    fn said(&self, text: &str) -> String {
        plain::line(&self.url.removed_from(text), SAID)
    }
}

impl Courier for Webhook {
    fn send(&mut self, message: &Outgoing) -> Result<Vec<(String, Answer)>, Unreachable> {
        let Via::Webhook { body } = &message.via else {
            return Err(Unreachable("it is no request".to_owned()));
        };
        let request =
            self.agent()?.post(self.url.whole()).header("Content-Type", "application/json");
        let unreachable = |error: ureq::Error| {
            Unreachable(format!(
                "{} cannot be reached: {}",
                self.url,
                self.said(&error.to_string())
            ))
        };
        let mut response = request.send(body.as_bytes()).map_err(unreachable)?;
        let status = response.status();
        let said = response.body_mut().with_config().limit(ANSWER).read_to_string();
        let said = self.said(&said.unwrap_or_default());
        let why = format!("{} answers {}: {said}", self.url, status.as_u16());
        let answer = match status.as_u16() {
            200..300 => Answer::Accepted,
            // Not now (408, 425, 429), or not us (401, 403): another time, or another address, may be let in.
            401 | 403 | 408 | 425 | 429 | 500.. => return Err(Unreachable(why)),
            // A redirection would carry what is told, and the address, to somebody else.
            _ => Answer::Refused(why),
        };
        Ok(message.to.iter().map(|it| (it.clone(), answer.clone())).collect())
    }
}
