//! The build script is not where cargo looks for one.

fn main() {
    println!("cargo::rerun-if-changed=words.txt");
    println!(
        "cargo::rustc-env=WORDS={}",
        include_str!("../words.txt").trim()
    );
}
