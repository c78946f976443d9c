//! The channels `email` and `webhook`.

use std::env;

use blocks_config::{Channel, Encryption, WebhookFormat};
use blocks_evidence::printable_line;
use blocks_notify::{
    Couriers, Delivery, Folder, Login, Outgoing, Plan, Recipients, Scene, Security, Sender, Smtp,
    SmtpSettings, State, Telling, Told, Via, Webhook, WebhookForm, WebhookUrl, plan, tell as send,
};

use super::owners::recipients;
use super::{ByChannel, Line, Task};

/// What mail needs.
struct Mail {
    sender: Sender,
    recipients: Recipients,
    courier: Smtp,
}

/// What a webhook needs.
struct Hook {
    form: WebhookForm,
    courier: Webhook,
}

/// Tells of a run by the channels of messages. What is known of earlier runs is of both, so that they are told together.
pub(crate) fn tell(task: &Task<'_>, channels: &[Channel]) -> Vec<ByChannel> {
    let mut mailed = ByChannel { channel: Channel::Email.as_str(), ..ByChannel::default() };
    let mut hooked = ByChannel { channel: Channel::Webhook.as_str(), ..ByChannel::default() };
    let mail = ready(channels, Channel::Email, || mail(task), &mut mailed);
    let hook = ready(channels, Channel::Webhook, || hook(task), &mut hooked);
    if let Some(owners) = mail.as_ref().and_then(|it| it.recipients.owners.as_ref()) {
        mailed.notes.extend(owners.problems.iter().map(|it| printable_line(it)));
    }
    if mail.is_some() || hook.is_some() {
        tell_by(task, mail, hook, &mut mailed, &mut hooked);
    }
    let is_asked = |it: &ByChannel| channels.iter().any(|channel| channel.as_str() == it.channel);
    [mailed, hooked].into_iter().filter(is_asked).collect()
}

/// What a channel needs; none where it is not asked for, is not set up at all, or is set up wrongly, both of which are said.
fn ready<T>(
    channels: &[Channel],
    channel: Channel,
    made: impl FnOnce() -> Result<Option<T>, String>,
    told: &mut ByChannel,
) -> Option<T> {
    if !channels.contains(&channel) {
        return None;
    }
    match made() {
        Ok(Some(it)) => Some(it),
        Ok(None) => {
            let how = match channel {
                Channel::Webhook => "BLOCKS_WEBHOOK_URL is not set",
                _ => {
                    "the section `email` of .github/notify-config.yml names neither a server nor anybody"
                }
            };
            told.notes.push(format!("it is not set up: {how}"));
            None
        }
        Err(why) => {
            told.problems.push(why);
            None
        }
    }
}

fn tell_by(
    task: &Task<'_>,
    mut mail: Option<Mail>,
    mut hook: Option<Hook>,
    mailed: &mut ByChannel,
    hooked: &mut ByChannel,
) {
    let notifications = &task.config.notifications;
    let scene = Scene {
        name: &task.run.name,
        repository: task.ci.repository.as_deref().unwrap_or(&task.run.name),
        // What is proposed breaks no branch.
        branch: task.proposal.as_ref().unwrap_or(&task.branch),
        revision: task.run.revision.as_deref(),
        link: task.ci.link.as_deref(),
    };
    let told = Told { on_failure: notifications.on_failure, on_success: notifications.on_success };
    let sender = mail.as_ref().map(|it| (it.sender.clone(), it.recipients.clone()));
    let telling = Telling {
        run: task.run,
        scene,
        told,
        mail: sender.as_ref().map(|(sender, recipients)| (sender, recipients)),
        webhook: hook.as_ref().map(|it| it.form),
        now: task.now,
    };
    let mut couriers = Couriers::default();
    if let Some(it) = &mut mail {
        couriers.mail = Some(&mut it.courier);
    }
    if let Some(it) = &mut hook {
        couriers.webhook = Some(&mut it.courier);
    }
    match told_of(task, &telling, &mut couriers) {
        Ok((plan, delivery)) => {
            add(&delivery, mailed, hooked);
            add_plan(task, &plan, mailed, hooked);
            let new: usize = plan.messages.iter().map(|it| it.to.len()).sum();
            if delivery.sent > new {
                let of = if telling.mail.is_some() { mailed } else { hooked };
                of.notes.push(format!("sent of what waited: {}", messages(delivery.sent - new)));
            }
        }
        // What is known is of both.
        Err(why) => {
            for (channel, is_used) in
                [(mailed, telling.mail.is_some()), (hooked, telling.webhook.is_some())]
            {
                if is_used {
                    channel.problems.push(why.clone());
                }
            }
        }
    }
}

fn told_of(
    task: &Task<'_>,
    telling: &Telling<'_>,
    couriers: &mut Couriers<'_>,
) -> Result<(Plan, Delivery), String> {
    if task.sends {
        let folder = Folder::open(&task.state).map_err(|error| error.to_string())?;
        return send(&folder, telling, couriers).map_err(|error| error.to_string());
    }
    // A dry run makes no folder.
    let mut state = State::default();
    if task.state.is_dir() {
        let folder = Folder::open(&task.state).map_err(|error| error.to_string())?;
        state = State::load(&folder).map_err(|error| error.to_string())?;
    }
    Ok((plan(&mut state, telling), Delivery::default()))
}

/// What was put on its way. Where somebody was not reached, it is there and waits, or was refused.
fn add_plan(task: &Task<'_>, plan: &Plan, mailed: &mut ByChannel, hooked: &mut ByChannel) {
    for message in &plan.messages {
        let told = by(&message.via, mailed, hooked);
        let step = match (task.sends, told.problems.is_empty()) {
            (false, _) => "would be told",
            (true, true) => "told",
            (true, false) => "not told",
        };
        let title = printable_line(&message.subject);
        told.lines.push(Line { step: step.to_owned(), to: to(message), title });
    }
    mailed.notes.extend(plan.missed.iter().map(|it| printable_line(&it.to_string())));
    mailed.problems.extend(plan.problems.iter().map(|it| printable_line(it)));
}

/// Who has it. How many people have mail is enough for a log that all the world may read.
fn to(message: &Outgoing) -> String {
    match (&message.via, message.to.len()) {
        (Via::Webhook { .. }, _) => "webhook".to_owned(),
        (Via::Mail { .. }, 1) => "1 address".to_owned(),
        (Via::Mail { .. }, many) => format!("{many} addresses"),
    }
}

fn by<'a>(via: &Via, mailed: &'a mut ByChannel, hooked: &'a mut ByChannel) -> &'a mut ByChannel {
    match via {
        Via::Mail { .. } => mailed,
        Via::Webhook { .. } => hooked,
    }
}

/// What became of all that waited.
fn add(delivery: &Delivery, mailed: &mut ByChannel, hooked: &mut ByChannel) {
    for problem in &delivery.problems {
        let of = if problem.starts_with("webhook: ") { &mut *hooked } else { &mut *mailed };
        of.problems.push(printable_line(problem));
    }
    for refusal in &delivery.refused {
        let of = if refusal.to == "webhook" { &mut *hooked } else { &mut *mailed };
        of.problems
            .push(format!("{} does not get `{}`: {}", refusal.to, refusal.subject, refusal.reason));
    }
    if delivery.waiting > 0 {
        let of =
            if mailed.problems.is_empty() && !hooked.problems.is_empty() { hooked } else { mailed };
        of.notes.push(format!("{} waits to be sent by another run", messages(delivery.waiting)));
    }
}

fn messages(count: usize) -> String {
    if count == 1 { "one message".to_owned() } else { format!("{count} messages") }
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok()
}

/// What mail needs; none where nobody set it up.
fn mail(task: &Task<'_>) -> Result<Option<Mail>, String> {
    let email = &task.config.email;
    let is_nobody = email.to.is_empty() && email.owners == blocks_config::Owners::None;
    let Some(server) = email.server.get() else {
        if is_nobody {
            return Ok(None);
        }
        return Err("nobody says by which server mail goes: name it in email.server".to_owned());
    };
    if is_nobody {
        return Err("nobody has mail: name people in email.to, or say in email.owners whose it is"
            .to_owned());
    }
    let from = email.from.get().or_else(|| email.to.first().and_then(|it| it.get()));
    let Some(from) = from else {
        return Err("nobody says whose address mail is from: name it in email.from".to_owned());
    };
    let settings = SmtpSettings {
        host: server.to_owned(),
        port: u16::try_from(email.port.get()).ok(),
        security: match email.encryption {
            Encryption::Starttls => Security::StartTls,
            Encryption::Tls => Security::Tls,
            Encryption::None => Security::None,
        },
        login: Login::from_environment(variable).map_err(|error| error.to_string())?,
        certificates: env::var_os(SmtpSettings::CERTIFICATES)
            .filter(|it| !it.is_empty())
            .map(Into::into),
        timeout: SmtpSettings::TIMEOUT,
    };
    Ok(Some(Mail {
        sender: Sender::parse(from).map_err(|error| error.to_string())?,
        recipients: recipients(task)?,
        courier: Smtp::new(settings).map_err(|error| error.to_string())?,
    }))
}

/// What a webhook needs; none where nobody set it up.
fn hook(task: &Task<'_>) -> Result<Option<Hook>, String> {
    let url = WebhookUrl::from_environment(variable).map_err(|error| error.to_string())?;
    let form = match task.config.webhook.format {
        WebhookFormat::Slack => WebhookForm::Slack,
        WebhookFormat::Matrix => WebhookForm::Matrix,
        WebhookFormat::Generic => WebhookForm::Generic,
    };
    Ok(url.map(|url| Hook { form, courier: Webhook::new(url) }))
}
