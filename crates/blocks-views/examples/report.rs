//! Writes pages of large and of hostile runs into a folder, and says how large they are and how long that took:
//! `cargo run --release -p blocks-views --example report -- FOLDER`.

#[path = "../tests/views/big_run.rs"]
mod big_run;
#[path = "../tests/views/hostile_run.rs"]
mod hostile_run;

use std::path::Path;
use std::time::Instant;
use std::{fs, io};

use blocks_views::{Report, report_html, report_json};

fn main() -> io::Result<()> {
    let folder = std::env::args_os().nth(1).ok_or_else(|| io::Error::other("which folder?"))?;
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;
    write(folder, "large", &big_run::Run::new().report())?;
    write(folder, "hostile", &hostile_run::Run::new().report())
}

fn write(folder: &Path, name: &str, report: &Report<'_>) -> io::Result<()> {
    let begin = Instant::now();
    let page = report_html(report);
    let taken = begin.elapsed();
    println!("{name}: {} bytes of HTML in {taken:?}", page.len());
    fs::write(folder.join(name).with_extension("html"), page)?;
    let begin = Instant::now();
    let json = report_json(report);
    let taken = begin.elapsed();
    println!("{name}: {} bytes of JSON in {taken:?}", json.len());
    fs::write(folder.join(name).with_extension("json"), json)
}
