//! From a run to what has been sent of it.

use blocks_failures::Run;

use crate::{
    Change, Couriers, Delivery, Folder, Letter, Missed, Outgoing, Recipients, Scene, Sender, Spool,
    SpoolError, State, StateError, Told, WebhookForm, mail, webhook,
};

/// What is to be told, of what, and to whom.
#[derive(Debug, Clone, Copy)]
pub struct Telling<'a> {
    /// The run.
    pub run: &'a Run,
    /// Where it was.
    pub scene: Scene<'a>,
    /// When people are told.
    pub told: Told,
    /// Who a mail is from, and to whom; none where no mail is sent.
    pub mail: Option<(&'a Sender, &'a Recipients)>,
    /// Who understands what is sent to an address; none where nothing is.
    pub webhook: Option<WebhookForm>,
    /// When this is, in seconds since 1970.
    pub now: u64,
}

/// What is told of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// What the run changes; none where people know all of it.
    pub change: Option<Change>,
    /// What they are told of it.
    pub letter: Option<Letter>,
    /// The messages that bring it to them.
    pub messages: Vec<Outgoing>,
    /// Who ought to be told, and cannot be.
    pub missed: Vec<Missed>,
    /// Why a channel has no message, in words.
    pub problems: Vec<String>,
}

/// Why a run could not be told of.
#[derive(Debug, thiserror::Error)]
pub enum TellError {
    /// What is known could not be read or kept.
    #[error(transparent)]
    State(#[from] StateError),
    /// What is to be sent could not be read or kept.
    #[error(transparent)]
    Spool(#[from] SpoolError),
}

/// What there is to tell of a run. Sends and keeps nothing: the state is then as it would be after it.
///
/// Where nothing can be told of a change by any channel, the state stays as it was, so that the next run has it again.
pub fn plan(state: &mut State, telling: &Telling<'_>) -> Plan {
    let Telling { run, scene, told, now, .. } = *telling;
    let before = state.clone();
    let Some(change) = state.step(scene.branch, run, told, now) else {
        return Plan::default();
    };
    let letter = Letter::of(&change, run, &scene);
    let mut plan = Plan::default();
    plan.add_mail(&letter, &change, telling);
    if let Some(form) = telling.webhook {
        plan.messages.push(webhook(&letter, &change, &scene, form));
    }
    if plan.messages.is_empty() && !plan.problems.is_empty() {
        *state = before;
    } else {
        state.begin_thread(scene.branch, &letter.name);
        plan.messages.iter().cloned().for_each(|it| state.post(it));
    }
    Plan { change: Some(change), letter: Some(letter), ..plan }
}

/// Tells of a run, and sends what waits from before. What could not be sent stays, and is in the [`Delivery`].
///
/// A run that ends anywhere in this leaves all for the next one, which does what this one did not come to.
pub fn tell(
    folder: &Folder,
    telling: &Telling<'_>,
    couriers: &mut Couriers<'_>,
) -> Result<(Plan, Delivery), TellError> {
    let mut state = State::load(folder)?;
    let mut spool = Spool::open(folder)?;
    // What an earlier run did not come to: before there is more, so that it never grows.
    empty(&mut state, &spool, folder)?;
    let plan = plan(&mut state, telling);
    state.save(folder)?;
    empty(&mut state, &spool, folder)?;
    let delivery = spool.deliver(couriers, telling.now)?;
    Ok((plan, delivery))
}

/// Puts what is to be sent into the spool.
fn empty(state: &mut State, spool: &Spool<'_>, folder: &Folder) -> Result<(), TellError> {
    if state.outbox().is_empty() {
        return Ok(());
    }
    for message in state.outbox() {
        spool.add(message)?;
    }
    state.clear_outbox();
    Ok(state.save(folder)?)
}

impl Plan {
    fn add_mail(&mut self, letter: &Letter, change: &Change, telling: &Telling<'_>) {
        let Some((from, recipients)) = telling.mail else {
            return;
        };
        let chosen = recipients.of(change);
        self.missed = chosen.missed;
        match mail(letter, from, &chosen.to, telling.scene.repository) {
            Ok(message) => self.messages.push(message),
            Err(error) => self.problems.push(format!("mail: {error}")),
        }
    }
}
