//! Regions of Markdown files that hold what the program knows, so that nobody repeats it by hand.
//!
//! A region stands between two comments, `<!-- blocks: KIND [ARGUMENT] -->` and `<!-- /blocks -->`, either on lines of
//! their own or within one line. [`KINDS`] has what can stand in one. [`Page::of`] finds the regions of a file, and
//! [`Page::updated`] gives the file as it should be; what is outside of regions stays as it is, byte for byte.
//!
//! Functions from texts and [`Facts`] to texts: whoever calls this has files, cargo and programs.

mod facts;
mod kind;
mod marker;
mod mistake;
mod page;
mod render;
mod text;
mod update;

pub use facts::{Facts, Help, Member, StageRow};
pub use kind::{KINDS, Kind, KindRow};
pub use mistake::{Mistake, Wrong};
pub use page::{Page, Region};
pub use update::{Stale, Updated};

/// The files of a workspace that may have regions, from its root: those that are configured; else the `README.md` of the
/// root and of each member.
pub fn candidates(config: &blocks_config::PipelineConfig, members: &[Member]) -> Vec<String> {
    const README: &str = "README.md";
    if !config.docs.files.is_empty() {
        return config.docs.files.iter().map(|file| file.as_str().to_owned()).collect();
    }
    let folders = members.iter().map(|member| member.folder.as_str()).filter(|it| !it.is_empty());
    let mut files = vec![README.to_owned()];
    files.extend(folders.map(|folder| format!("{folder}/{README}")));
    files
}
