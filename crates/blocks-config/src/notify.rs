//! `.github/notify-config.yml`.

use crate::check::{Violation, no_blanks, no_duplicates};
use crate::choice::choices;
use crate::key::{Key, settings};
use crate::{
    BaseUrl, Bounded, BranchName, ConfigError, ConfigFile, HostName, Label, Loaded, MailAddress,
    RepositoryName,
};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// Who hears of a run, and how: `.github/notify-config.yml`.
///
/// Secrets are no part of it: they come from the environment at run time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NotifyConfig {
    /// When and where people are told.
    pub notifications: Notifications,
    /// Where issues are made, and of what.
    pub issues: Issues,
    /// Who has mail, and from where.
    pub email: Email,
    /// What a webhook understands.
    pub webhook: Webhook,
}

settings! {
    /// When and where people are told.
    #[serde(default)]
    pub struct Notifications at "notifications" {
        /// Whether a run that fails is told of.
        on_failure: bool [""],
        /// Whether a run that passes is told of, also where the one before passed.
        on_success: bool [""],
        /// The ways that a message takes. An empty list sends nothing.
        channels: Vec<Channel> [""],
        /// The branches that are told of. An empty list means the repository's default branch.
        branches: Vec<BranchName> [""],
        /// What may have started the run that is told of, in the words of GitHub. Outside of CI nothing is asked of it.
        events: Vec<Event> [""],
    }
}

settings! {
    /// Where issues are made, and of what.
    #[serde(default)]
    pub struct Issues at "issues" {
        /// Where the interface of the server begins, which may be a Forgejo's or Gitea's. With nothing it is
        /// `GITHUB_API_URL` of the environment, or GitHub's.
        api: BaseUrl [""],
        /// The repository of the issues. With nothing it is `GITHUB_REPOSITORY` of the environment.
        repository: RepositoryName [""],
        /// The labels that an issue gets. Issues are found again by the first one; without any, all issues of the
        /// repository are looked through.
        labels: Vec<Label> [""],
        /// When more causes than this are new in one run, they become one issue together.
        digest_above: Bounded<0, 1000> ["causes"],
        /// Whether an issue is closed when its cause is gone.
        close: bool [""],
    }
}

settings! {
    /// Who has mail, and from where.
    #[serde(default)]
    pub struct Email at "email" {
        /// Who has mail in any case.
        to: Vec<MailAddress> [""],
        /// Who has mail of what is theirs: nobody, the owners by the file `CODEOWNERS`, or the authors by the manifests.
        owners: Owners [""],
        /// Whose address the mail is from. With nothing it is the first of `email.to`.
        from: MailAddress [""],
        /// The server that takes the mail, by SMTP.
        server: HostName [""],
        /// The port of the server: mostly 587 for `starttls`, 465 for `tls`, and 25 for `none`.
        port: Bounded<1, 65_535> [""],
        /// How the way to the server is encrypted. With `none` no password is sent.
        encryption: Encryption [""],
    }
}

settings! {
    /// What a webhook understands.
    #[serde(default)]
    pub struct Webhook at "webhook" {
        /// The form of what is sent to the address in `BLOCKS_WEBHOOK_URL`.
        format: WebhookFormat [""],
    }
}

choices! {
    /// A way that a message takes.
    pub enum Channel {
        /// An issue of the repository, on GitHub, Forgejo or Gitea.
        GithubIssues = "github_issues",
        /// A mail.
        Email = "email",
        /// A message to a chat, or to a program.
        Webhook = "webhook",
    }
}

choices! {
    /// What starts a run, in the words of GitHub: `GITHUB_EVENT_NAME`.
    pub enum Event {
        /// Commits came to a branch.
        Push = "push",
        /// It is time.
        Schedule = "schedule",
        /// Somebody asked for it.
        WorkflowDispatch = "workflow_dispatch",
        /// A queue tries what it would merge.
        MergeGroup = "merge_group",
        /// Somebody proposes commits.
        PullRequest = "pull_request",
        /// The same, with the rights of the branch that they are proposed for.
        PullRequestTarget = "pull_request_target",
        /// Another workflow ended.
        WorkflowRun = "workflow_run",
        /// A program asked for it.
        RepositoryDispatch = "repository_dispatch",
        /// A version is published.
        Release = "release",
    }
}

choices! {
    /// Whose a file or a member is.
    pub enum Owners {
        /// Nobody's.
        None = "none",
        /// Those that `CODEOWNERS` names.
        Codeowners = "codeowners",
        /// Those that the manifest names.
        Authors = "authors",
    }
}

choices! {
    /// How the way to a server of mail is encrypted.
    pub enum Encryption {
        /// From the command `STARTTLS` on, or not at all.
        Starttls = "starttls",
        /// From the beginning.
        Tls = "tls",
        /// It is not.
        None = "none",
    }
}

choices! {
    /// The form of a webhook's message.
    pub enum WebhookFormat {
        /// As Slack takes it, and who does the same.
        Slack = "slack",
        /// As Matrix takes an event of a room.
        Matrix = "matrix",
        /// JSON with all there is to tell.
        Generic = "generic",
    }
}

impl Default for Notifications {
    fn default() -> Self {
        Self {
            on_failure: true,
            on_success: false,
            channels: vec![Channel::GithubIssues, Channel::Email],
            branches: Vec::new(),
            events: vec![Event::Push, Event::Schedule, Event::WorkflowDispatch],
        }
    }
}

impl Default for Issues {
    fn default() -> Self {
        Self {
            api: BaseUrl::default(),
            repository: RepositoryName::default(),
            labels: Label::new("blocks").into_iter().collect(),
            digest_above: Bounded::of::<5>(),
            close: true,
        }
    }
}

impl Default for Email {
    fn default() -> Self {
        Self {
            to: Vec::new(),
            owners: Owners::None,
            from: MailAddress::default(),
            server: HostName::default(),
            port: Bounded::of::<587>(),
            encryption: Encryption::Starttls,
        }
    }
}

impl Default for Webhook {
    fn default() -> Self {
        Self { format: WebhookFormat::Generic }
    }
}

impl NotifyConfig {
    /// Reads the text of a file; `origin` is its name in messages.
    pub fn parse(text: &str, origin: &str) -> Result<Self, ConfigError> {
        Loaded::parse(text, origin).map(|loaded| loaded.config)
    }

    /// Reads a file; one that does not exist means the defaults.
    pub fn load(path: &std::path::Path) -> Result<Self, ConfigError> {
        Loaded::load(path).map(|loaded| loaded.config)
    }
}

impl ConfigFile for NotifyConfig {
    const FILE: &'static str = ".github/notify-config.yml";

    fn keys() -> &'static [Key] {
        static KEYS: LazyLock<Vec<Key>> = LazyLock::new(|| {
            [Notifications::KEYS, Issues::KEYS, Email::KEYS, Webhook::KEYS].concat()
        });
        &KEYS
    }

    fn show(&self, path: &str) -> Option<String> {
        let (section, key) = path.split_once('.')?;
        match section {
            "notifications" => self.notifications.show(key),
            "issues" => self.issues.show(key),
            "email" => self.email.show(key),
            "webhook" => self.webhook.show(key),
            _ => None,
        }
    }

    fn check(&self) -> Option<Violation> {
        let Notifications { channels, branches, events, .. } = &self.notifications;
        let texts = [
            named("notifications.branches", branches, BranchName::get),
            named("issues.labels", &self.issues.labels, Label::get),
            named("email.to", &self.email.to, MailAddress::get),
        ];
        let words = [
            named("notifications.channels", channels, |it| Some(it.as_str())),
            named("notifications.events", events, |it| Some(it.as_str())),
        ];
        no_blanks(texts.iter().flatten().cloned())
            .or_else(|| words.into_iter().chain(texts).find_map(no_duplicates))
    }
}

/// The elements of a list with their places.
fn named<'a, T>(
    key: &str,
    list: &'a [T],
    text: impl Fn(&'a T) -> Option<&'a str>,
) -> Vec<(String, &'a str)> {
    let all = list.iter().enumerate();
    all.map(|(at, it)| (format!("{key}[{at}]"), text(it).unwrap_or_default())).collect()
}
