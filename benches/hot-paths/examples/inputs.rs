//! Writes the inputs of `benches/peers/run` into a folder: `inputs FOLDER`.

use blocks_hot_paths::{Code, Records, badge_lines, badges, junit};
use std::{env, error::Error, fs, path::PathBuf};

const CODE: Code = Code { files: 1_000, lines: 1_000 };

fn main() -> Result<(), Box<dyn Error>> {
    let folder = env::args_os().nth(1).map(PathBuf::from).ok_or("say which folder")?;
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("junit.xml"), junit(100_000))?;
    fs::write(folder.join("coverage.json"), CODE.llvm_cov())?;
    fs::write(folder.join("lcov.info"), CODE.lcov())?;
    fs::write(folder.join("badges.tsv"), badge_lines(&badges(20_000)))?;
    Records::write(folder.join("records"), 500)?;
    Ok(())
}
