//! Goes one of the hot paths, as the peers in `benches/peers` do, and prints what it came to: `hot-path junit FILE`.

use blocks_evidence::{Lines, read_junit, read_lcov, read_llvm_cov};
use blocks_hot_paths::{Records, read_badges};
use blocks_views::Badge;
use std::{env, error::Error, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let said = match words.as_slice() {
        ["junit", file] => junit(file)?,
        ["llvm-cov", file] => lines(read_llvm_cov(&fs::read(file)?)?.lines()),
        ["lcov", file] => lines(read_lcov(&fs::read(file)?)?.coverage().lines()),
        ["badges", file, out] => draw(file, out)?,
        ["report", folder, out] => report(folder, Path::new(out))?,
        _ => {
            return Err(
                "say what to do: junit, llvm-cov, lcov, badges or report, and with which file"
                    .into(),
            );
        }
    };
    println!("{said}");
    Ok(())
}

fn junit(file: &str) -> Result<String, Box<dyn Error>> {
    let run = read_junit(&fs::read(file)?)?;
    let seconds: f64 = run.tests.iter().filter_map(|test| test.seconds).sum();
    let totals = run.totals;
    let tests = run.tests.len();
    Ok(format!(
        "{tests} tests, {} failed, {} skipped, {seconds:.0} s",
        totals.failed, totals.skipped
    ))
}

fn lines(lines: Lines) -> String {
    format!("{} of {} lines", lines.covered, lines.count)
}

fn draw(file: &str, out: &str) -> Result<String, Box<dyn Error>> {
    let badges = read_badges(&fs::read_to_string(file)?).ok_or("no list of badges")?;
    let images: Vec<String> = badges.iter().map(Badge::svg).collect();
    fs::write(out, images.join("\n"))?;
    Ok(format!("{} badges", images.len()))
}

fn report(folder: &str, out: &Path) -> Result<String, Box<dyn Error>> {
    let count = fs::read_dir(Path::new(folder).join("test"))?.count();
    let report = Records::named(folder.into(), count)?.report();
    fs::create_dir_all(out)?;
    fs::write(out.join("status.json"), &report.status)?;
    fs::write(out.join("junit.xml"), &report.junit)?;
    fs::write(out.join("table.txt"), &report.table)?;
    Ok(format!("{count} records, {} tests", report.junit.matches("<testcase ").count()))
}
