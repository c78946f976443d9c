//! The channel `github_issues`.

use std::env;

use blocks_config::{BaseUrl, Channel, RepositoryName};
use blocks_evidence::printable_line;
use blocks_notify::issues::{
    Action, At, Client, Done, IssuesError, Note, Patience, Plan, Settings, Token,
};

use super::{ByChannel, Line, Task};

/// The variables that may hold the token, the first that does.
const TOKENS: [&str; 2] = ["BLOCKS_GITHUB_TOKEN", "GITHUB_TOKEN"];

/// Tells of a run by issues.
pub(crate) fn tell(task: &Task<'_>) -> ByChannel {
    let mut told = ByChannel { channel: Channel::GithubIssues.as_str(), ..ByChannel::default() };
    if task.proposal.is_some() {
        let why = "no issue is made of what is proposed: the checks of the proposal show it";
        told.notes.push(why.to_owned());
        return told;
    }
    let settings = match settings(task) {
        Ok(settings) => settings,
        Err(why) => {
            told.problems.push(why);
            return told;
        }
    };
    let at =
        At { branch: task.branch.clone(), branches: task.branches.clone(), id: task.id.clone() };
    let done =
        if task.sends { send(task, settings, &at) } else { plan(task, settings, &at, &mut told) };
    match done {
        Ok(done) => add(&mut told, done),
        Err(error) => told.problems.push(error.to_string()),
    }
    told
}

fn token() -> Option<Token> {
    TOKENS.iter().find_map(|name| Token::new(&env::var(name).ok()?))
}

fn send(task: &Task<'_>, settings: Settings, at: &At) -> Result<Done, IssuesError> {
    let token = token().ok_or(IssuesError::NoToken)?;
    Ok(Client::new(settings, Some(token), Patience::default())?.tell(task.run, at))
}

/// What would be done. Without a repository, and without a token to read its issues by, as if there were none.
fn plan(
    task: &Task<'_>,
    settings: Settings,
    at: &At,
    told: &mut ByChannel,
) -> Result<Done, IssuesError> {
    let token = token();
    let plan = if token.is_none() || settings.repository.is_empty() {
        let why = "the issues that are there are not known without a repository and a token: this is as if there were none";
        told.notes.push(why.to_owned());
        Plan::of(&[], task.run, at, &settings)
    } else {
        Client::new(settings, token, Patience::default())?.plan(task.run, at)?
    };
    let line = |action: &Action| match action {
        Action::Create { title, .. } => (("would be opened"), None, title.clone()),
        Action::Edit(edit, _) => (would(edit.step.words()), Some(edit.number), edit.title.clone()),
    };
    told.lines = plan
        .actions
        .iter()
        .map(line)
        .map(|(step, number, title)| of(step, number, &title))
        .collect();
    Ok(Done { notes: plan.notes.iter().map(Note::words).collect(), ..Done::default() })
}

fn would(step: &str) -> &'static str {
    match step {
        "updated" => "would be updated",
        "reopened" => "would be reopened",
        "closed" => "would be closed",
        _ => "would be closed as the same",
    }
}

fn add(told: &mut ByChannel, done: Done) {
    told.lines.extend(done.lines.iter().map(|it| of(it.step, it.number, &it.title)));
    told.notes.extend(done.notes.iter().map(|it| printable_line(it)));
    for error in done.errors {
        let why = error.to_string();
        if !told.problems.contains(&why) {
            told.problems.push(why);
        }
    }
}

fn of(step: &str, number: Option<u64>, title: &str) -> Line {
    let to = number.map_or_else(|| "new".to_owned(), |number| format!("#{number}"));
    Line { step: step.to_owned(), to, title: printable_line(title) }
}

/// What the configuration says, and the environment where it says nothing.
fn settings(task: &Task<'_>) -> Result<Settings, String> {
    let config = &task.config.issues;
    let mut api = config.api.clone();
    if let (None, Some(text)) = (api.get(), &task.ci.api) {
        api = BaseUrl::new(text.clone()).map_err(|why| format!("GITHUB_API_URL: {why}"))?;
    }
    let mut repository = config.repository.clone();
    if let (None, Some(text)) = (repository.get(), &task.ci.repository) {
        repository =
            RepositoryName::new(text.clone()).map_err(|why| format!("GITHUB_REPOSITORY: {why}"))?;
    }
    if repository.get().is_none() && task.sends {
        return Err(
            "nobody says whose issues these are: name the repository in issues.repository of \
                    .github/notify-config.yml, or in GITHUB_REPOSITORY"
                .to_owned(),
        );
    }
    Ok(Settings {
        api,
        repository: repository.get().unwrap_or_default().to_owned(),
        labels: config.labels.iter().filter_map(|it| it.get()).map(str::to_owned).collect(),
        digest_above: usize::try_from(config.digest_above.get()).unwrap_or(usize::MAX),
        close: config.close,
        on_failure: task.config.notifications.on_failure,
    })
}
