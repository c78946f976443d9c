//! What is sent, by who understands it.

use serde_json::{Value, json};

use super::generic::generic;
use crate::letter::escaped;
use crate::{Change, Letter, Outgoing, Scene, Via, plain};

/// The most characters of Slack's title, and of a text of it: half of what it takes, since each can become several.
const SLACK_TITLE: usize = 150;
const SLACK_TEXT: usize = 2900;

/// The most characters of a message in Matrix, whose events have at most 65,536 bytes.
const MATRIX_TEXT: usize = 4000;

/// Who understands it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebhookForm {
    /// Slack, and who does the same: `text`, and `blocks`.
    Slack,
    /// Matrix: the content of an event `m.room.message`.
    Matrix,
    /// A program: all there is to tell, by `schemas/notification.schema.json`.
    Generic,
}

/// The message that brings a letter to a program.
pub fn webhook(letter: &Letter, change: &Change, scene: &Scene<'_>, form: WebhookForm) -> Outgoing {
    let body = match form {
        WebhookForm::Slack => slack(letter),
        WebhookForm::Matrix => matrix(letter),
        WebhookForm::Generic => generic(letter, change, scene),
    };
    Outgoing {
        id: format!("{}.webhook", letter.name),
        created: letter.at,
        subject: letter.subject.clone(),
        to: vec!["webhook".to_owned()],
        via: Via::Webhook { body: body.to_string() },
        attempts: 0,
        not_before: 0,
        last_error: None,
    }
}

/// In Slack's texts `&`, `<` and `>` mean something and are written as entities, and nothing else can be a mention or a link
/// where a text is `verbatim`.
fn slack(letter: &Letter) -> Value {
    let title = plain::bounded(&letter.subject, SLACK_TITLE);
    let text = shortened(&letter.text, SLACK_TEXT, slack_escaped);
    json!({
        "text": slack_escaped(&letter.subject),
        "blocks": [
            {"type": "header", "text": {"type": "plain_text", "text": title, "emoji": false}},
            {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": true}},
        ],
    })
}

fn slack_escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn matrix(letter: &Letter) -> Value {
    let text = shortened(&letter.text, MATRIX_TEXT, str::to_owned);
    let html = format!(
        "<strong>{}</strong><pre><code>{}</code></pre>",
        escaped(&letter.subject),
        escaped(&text)
    );
    json!({
        "msgtype": "m.notice",
        "body": text,
        "format": "org.matrix.custom.html",
        "formatted_body": html,
    })
}

/// As many whole lines as fit, as they are written.
fn shortened(text: &str, longest: usize, written: impl Fn(&str) -> String) -> String {
    const MORE: &str = "\u{2026}\n";
    let mut out = String::new();
    let mut count = 0;
    for line in text.split_inclusive('\n') {
        let line = written(line);
        count += line.chars().count();
        if count + MORE.chars().count() > longest {
            return out + MORE;
        }
        out.push_str(&line);
    }
    out
}
