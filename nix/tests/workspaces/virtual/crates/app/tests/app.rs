//! The program itself.

use std::process::Command;

#[test]
fn it_runs() {
    let output = Command::new(env!("CARGO_BIN_EXE_app")).arg("x/y").output();
    assert_eq!(output.expect("the program").stdout, b"x/\n");
    assert_eq!(testkit::day_again(), "monday");
}
