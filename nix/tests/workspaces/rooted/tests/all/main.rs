//! Reads what lies beside the sources.

#[test]
fn the_program_says_the_words() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_say")).output();
    let said = String::from_utf8(output.expect("the program").stdout).expect("text");
    let words = std::fs::read_to_string("words.txt").expect("the words");
    assert_eq!(said, format!("{} 3\n", words.trim()));
}
