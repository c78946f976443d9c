//! The hot paths by other crates, with what `hot-path` prints: `peers junit-parser FILE`.

use std::{env, error::Error, fs, io::Cursor};

type Said = Result<String, Box<dyn Error>>;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let said = match words.as_slice() {
        ["junit-parser", file] => junit_parser(file)?,
        ["lcov", file] => lcov(file)?,
        ["shields", file, out] => badges(file, out, shields)?,
        ["badge-maker", file, out] => badges(file, out, badge_maker)?,
        _ => return Err("say which crate, and which file".into()),
    };
    println!("{said}");
    Ok(())
}

fn junit_parser(file: &str) -> Said {
    let file = junit_parser::from_reader(Cursor::new(fs::read(file)?))?;
    let cases = || file.suites.iter().flat_map(|suite| &suite.cases);
    let tests = cases().count();
    let failed = cases().filter(|case| case.status.is_failure()).count();
    let skipped = cases().filter(|case| case.status.is_skipped()).count();
    let seconds: f64 = cases().map(|case| case.time).sum();
    Ok(format!("{tests} tests, {failed} failed, {skipped} skipped, {seconds:.0} s"))
}

fn lcov(file: &str) -> Said {
    let report = lcov::Report::from_reader(lcov::Reader::open_file(file)?)?;
    let lines = || report.sections.values().flat_map(|section| section.lines.values());
    let covered = lines().filter(|line| line.count > 0).count();
    Ok(format!("{covered} of {} lines", lines().count()))
}

fn shields(label: &str, message: &str, color: &str) -> String {
    shields::builder::Badge::flat().label(label).message(message).message_color(color).build()
}

fn badge_maker(label: &str, message: &str, color: &str) -> String {
    let mut badge = badge_maker::BadgeBuilder::new();
    let badge = badge.label(label).message(message).color_parse(color).build();
    badge.map_or_else(|error| error.to_string(), |badge| badge.svg())
}

fn badges(file: &str, out: &str, draw: fn(&str, &str, &str) -> String) -> Said {
    let text = fs::read_to_string(file)?;
    let mut images = Vec::new();
    for line in text.lines() {
        let (label, rest) = line.split_once('\t').ok_or("no list of badges")?;
        let (message, color) = rest.split_once('\t').ok_or("no list of badges")?;
        images.push(draw(label, message, color));
    }
    fs::write(out, images.join("\n"))?;
    Ok(format!("{} badges", images.len()))
}
