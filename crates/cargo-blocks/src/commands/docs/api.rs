//! `cargo blocks docs api`: a site of API documentation.

use std::{
    collections::BTreeMap,
    env, fs, io,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use blocks_config::Date;
use blocks_engine::{Cancel, Commit, Pages, Workspace};
use blocks_gates::recorded_documentation;
use blocks_site::{Added, Addition, Folder, Metadata, Policy, SiteError, changes_of};
use blocks_views::{CrateName, Documented, SiteVersion, VersionName};
use clap::Args;
use serde_json::json;

use crate::{
    cli::{PlaceArgs, RecordArgs},
    context::{self, Reading},
    display::Display,
    exit::{PASS, Usage},
    output::{say, tell},
    report::About,
};

/// Where the site is made where nobody names a place, in the folder of Blocks' own files.
const PLACE: &str = "api-docs";

const CHANGELOG: &str = "CHANGELOG.md";

const SECONDS_PER_DAY: u64 = 86_400;

/// Says when sources were made: <https://reproducible-builds.org/specs/source-date-epoch/>.
const EPOCH: &str = "SOURCE_DATE_EPOCH";

#[derive(Debug, Args)]
pub(crate) struct ApiArgs {
    /// Makes a site of this version alone, instead of in target/blocks/api-docs.
    #[arg(long, value_name = "DIR", conflicts_with = "into")]
    output: Option<PathBuf>,

    /// Adds the version to the site that is there, or begins one. Other versions stay as they are.
    #[arg(long, value_name = "DIR")]
    into: Option<PathBuf>,

    #[command(flatten)]
    which: WhichArgs,

    /// Replaces a version that is there with other contents; with --output, also a site that has other versions.
    #[arg(long)]
    replace: bool,

    /// What the workspace is called, instead of what the site, its first package or its folder is.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    /// The commit that is documented, instead of what git says where no file differs from it.
    #[arg(long, value_name = "REV")]
    revision: Option<String>,

    /// The day of that commit, instead of what git or the variable `SOURCE_DATE_EPOCH` says.
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<Date>,

    #[command(flatten)]
    made: MadeArgs,

    #[command(flatten)]
    records: RecordArgs,

    /// Prints JSON.
    #[arg(long)]
    json: bool,
}

/// What the documentation is of.
#[derive(Debug, Args)]
#[group(multiple = false)]
struct WhichArgs {
    /// Documents a state that is no release, in the folder `dev`. So it is, too, where nothing is said.
    #[arg(long)]
    dev: bool,

    /// Documents this version, which a member has to have.
    #[arg(long, value_name = "VERSION")]
    version: Option<String>,

    /// Documents the newest version that a member has.
    #[arg(long)]
    release: bool,

    /// Documents nothing, and takes all versions of this site, which was made elsewhere, as by Nix.
    #[arg(long, value_name = "DIR")]
    from: Option<PathBuf>,
}

/// What was made already, where there is no cargo.
#[derive(Debug, Args)]
struct MadeArgs {
    /// The pages that rustdoc made of all members.
    #[arg(long, value_name = "DIR", hide = true, requires = "metadata")]
    pages: Option<PathBuf>,

    /// What `cargo metadata --no-deps` printed.
    #[arg(long, value_name = "FILE", hide = true, requires = "pages")]
    metadata: Option<PathBuf>,

    /// A member, where that names more; may be given more than once.
    #[arg(long, value_name = "NAME", hide = true, requires = "metadata")]
    member: Vec<String>,

    /// The changelog.
    #[arg(long, value_name = "FILE", hide = true, requires = "metadata")]
    changelog: Option<PathBuf>,
}

/// Makes the site, or adds to it.
pub(crate) fn run(place: &PlaceArgs, args: &ApiArgs) -> Result<u8> {
    if let Some(from) = &args.which.from {
        return take(args, from);
    }
    let (site, done) = match (&args.made.pages, &args.made.metadata) {
        (Some(pages), Some(metadata)) => {
            let mut metadata = read_metadata(metadata)?;
            metadata.keep(&args.made.member);
            let about = Made {
                pages,
                metadata: &metadata,
                name: args.name.clone().unwrap_or_else(|| "workspace".to_owned()),
                changelog: args.made.changelog.clone(),
                commit: None,
            };
            let site = site_of(args, None)?;
            let folder = Folder::open(&site).map_err(told)?;
            put(place, args, (site, folder), &about)?
        }
        _ => document(place, args)?,
    };
    show(args, &site, &[done])
}

/// Documents the workspace, and adds what comes of it.
fn document(place: &PlaceArgs, args: &ApiArgs) -> Result<(PathBuf, (VersionName, Added))> {
    let workspace = context::workspace(place)?;
    let config = context::config(place, Some(&workspace))?.config;
    let metadata = Metadata::read(&workspace.metadata()?)?;
    // What is wrong with it is told before anything is documented.
    let version = version_of(&args.which, &metadata)?;
    let site = site_of(args, Some(&workspace))?;
    let folder = Folder::open(&site).map_err(told)?;
    folder.check(&version, policy(args)).map_err(told)?;
    let commit = Commit::of_unchanged(&workspace, &context::own_and(&config, &workspace, &site))?;
    let crates = metadata.crates();
    let crates: Vec<_> = crates.iter().map(CrateName::as_str).collect();
    let display = Display::new();
    let pages =
        Pages::make(&workspace, &crates, &Cancel::default(), &|event| display.show(&event))?;
    display.clear();
    let about = Made {
        pages: &pages.folder,
        metadata: &metadata,
        name: args.name.clone().unwrap_or_else(|| About::name_of(&workspace)),
        changelog: Some(workspace.root.join(CHANGELOG)),
        commit,
    };
    put(place, args, (site, folder), &about)
}

/// What was documented.
struct Made<'a> {
    pages: &'a Path,
    metadata: &'a Metadata,
    /// What the workspace is called where nobody said so and the site has no name yet.
    name: String,
    changelog: Option<PathBuf>,
    /// The commit that it is of.
    commit: Option<Commit>,
}

/// Where the site is.
fn site_of(args: &ApiArgs, workspace: Option<&Workspace>) -> Result<PathBuf> {
    let own = workspace.map(|it| it.blocks().join(PLACE));
    let named = args.into.clone().or_else(|| args.output.clone());
    let missing =
        || Usage("say with --output where the site goes: there is no workspace".to_owned());
    Ok(named.or(own).ok_or_else(missing)?)
}

fn put(
    place: &PlaceArgs,
    args: &ApiArgs,
    (site, mut folder): (PathBuf, Folder),
    made: &Made<'_>,
) -> Result<(PathBuf, (VersionName, Added))> {
    let version = version_of(&args.which, made.metadata)?;
    let counts = counts(place, args);
    let (revision, date) = origin(args, made.commit.as_ref())?;
    let changelog = made.changelog.as_deref().map(read_text).transpose()?.flatten();
    let changes = changelog.and_then(|text| changes_of(&text, &version));
    let new = SiteVersion {
        kind: version.kind(),
        version: version.clone(),
        date,
        revision,
        digest: String::new(),
        members: made.metadata.members(made.pages, &counts),
    };
    let known = folder.site().map(|it| it.name.clone()).filter(|_| args.name.is_none());
    let name = known.unwrap_or_else(|| made.name.clone());
    let addition = Addition { version: new, pages: made.pages, changes: changes.as_deref() };
    let done = folder.add(&name, addition, policy(args)).map_err(told)?;
    Ok((site, (version, done)))
}

/// Takes the versions of another site.
fn take(args: &ApiArgs, from: &Path) -> Result<u8> {
    let site = site_of(args, None)?;
    let mut folder = Folder::open(&site).map_err(told)?;
    let known = folder.site().map(|it| it.name.clone());
    let name = args.name.clone().or(known);
    let done = folder.add_all(from, name.as_deref(), policy(args)).map_err(told)?;
    show(args, &site, &done)
}

fn policy(args: &ApiArgs) -> Policy {
    Policy { replace: args.replace, anew: args.into.is_none() }
}

/// What is refused is for the user to mend.
fn told(error: SiteError) -> anyhow::Error {
    if error.is_usage() { Usage(error.to_string()).into() } else { error.into() }
}

/// What the version is called.
fn version_of(which: &WhichArgs, metadata: &Metadata) -> Result<VersionName> {
    let there = metadata.versions();
    if let Some(asked) = &which.version {
        if !there.contains(&asked.as_str()) {
            let there = there.join(", ");
            let why = format!("no member has version `{asked}`; there are: {there}");
            return Err(Usage(why).into());
        }
        return Ok(VersionName::try_from(asked.clone()).map_err(Usage)?);
    }
    if !which.release {
        return Ok(VersionName::DEV);
    }
    let names = there.iter().filter_map(|it| VersionName::try_from((*it).to_owned()).ok());
    let newest = names.max_by(VersionName::cmp_precedence);
    Ok(newest.ok_or_else(|| Usage("no member has a version".to_owned()))?)
}

/// The commit and its day.
fn origin(args: &ApiArgs, commit: Option<&Commit>) -> Result<(Option<String>, Option<String>)> {
    let revision = args.revision.clone().or_else(|| commit.map(|it| it.revision.clone()));
    let of_commit = || commit.and_then(|it| it.date.split('T').next().map(str::to_owned));
    let date = match args.date {
        Some(date) => Some(date.to_string()),
        None => epoch()?.map(|it| it.to_string()).or_else(of_commit),
    };
    Ok((revision, date))
}

/// The day that the environment names.
fn epoch() -> Result<Option<Date>> {
    let Some(text) = env::var_os(EPOCH) else { return Ok(None) };
    let seconds = text.to_str().and_then(|it| it.parse::<u64>().ok());
    let day = seconds.and_then(|it| Date::from_unix_days(it / SECONDS_PER_DAY));
    let wrong = || Usage(format!("{EPOCH} is no number of seconds since 1970"));
    Ok(Some(day.ok_or_else(wrong)?))
}

/// How much of each member is documented, where a record counts it. That none does is no fault.
fn counts(place: &PlaceArgs, args: &ApiArgs) -> BTreeMap<String, Documented> {
    // Without a workspace there are only the records that somebody names.
    if args.made.pages.is_some() && args.records.expect.is_none() {
        return BTreeMap::new();
    }
    let reading = match Reading::new(place, &args.records) {
        Ok(reading) => reading,
        Err(error) => {
            tell(&format!("how much is documented is not known: {error:#}"));
            return BTreeMap::new();
        }
    };
    let found = recorded_documentation(reading.given()).into_iter();
    let counted = |documented, items| Documented { documented, items };
    found.map(|(name, it)| (name, counted(it.documented, it.items))).collect()
}

fn read_metadata(file: &Path) -> Result<Metadata> {
    let text = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(Metadata::read(&text)?)
}

/// A file's text; none where there is no file.
fn read_text(file: &Path) -> Result<Option<String>> {
    match fs::read(file) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", file.display())),
    }
}

fn show(args: &ApiArgs, site: &Path, done: &[(VersionName, Added)]) -> Result<u8> {
    let word = |added: Added| match added {
        Added::New => "added",
        Added::Replaced => "replaced",
        Added::Same => "there already, as it is",
    };
    if args.json {
        let versions: Vec<_> = done
            .iter()
            .map(|(version, added)| json!({ "version": version, "was": word(*added) }))
            .collect();
        let page = site.join("index.html");
        say(&format!("{:#}\n", json!({ "page": page, "versions": versions })))?;
        return Ok(PASS);
    }
    for (version, added) in done {
        say(&format!("{}: {version}: {}\n", site.join("index.html").display(), word(*added)))?;
    }
    Ok(PASS)
}
