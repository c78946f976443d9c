//! Uses a member while it builds.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-env=APP_SEPARATOR={}", unixy::SEPARATOR);
}
