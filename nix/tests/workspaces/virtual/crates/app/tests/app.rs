//! The program itself.

use std::process::Command;

#[test]
fn it_runs() {
    let output = Command::new(env!("CARGO_BIN_EXE_app")).arg("x/y").output();
    assert_eq!(output.expect("the program").stdout, b"x/\n");
    assert_eq!(testkit::day_again(), "monday");
}

/// A file in the folder of another member, whose library is all else that is needed of it.
#[test]
fn another_member_has_a_file_for_tests() {
    assert_eq!(include_str!("../../testkit/days.txt"), "monday\n");
}
