//! What a test prints cannot steer the terminal, nor the CI runner that reads the log.

use crate::bench::Bench;

#[test]
fn a_panics_text_reaches_the_terminal_harmless() {
    let bench = Bench::green();
    let text = r"\u{1b}[2J\u{1b}]0;title\u{7}first ##[group]\u{202e}reversed\r\u{9b}31m\n::error::planted\n  ::add-mask::x";
    let panics = format!("panic!(\"{text}\");\n    }}");
    bench.replace("assert_eq!(add(1, 2), 3);\n    }", &panics);
    for arguments in [&["test"][..], &["test", "coverage"]] {
        let said = bench.check(arguments);
        said.expect(1, &["first", "\\::error::planted", "##\\[group]", "\\u{202e}"]);
        harmless(&format!("{}{}", said.out, said.err));
    }
    let gate = bench.run(&["gate", "test"]);
    gate.expect(1, &["\\::error::planted"]);
    harmless(&gate.out);
    harmless(&bench.run(&["status"]).out);
    harmless(&bench.read("target/blocks/badges/tests.svg"));
    let report = bench.read("target/blocks/junit/junit.xml");
    assert!(report.contains("\\::error::planted"), "{report}");
    harmless(&report);
    let page = bench.read("target/blocks/report/report.html");
    assert!(page.contains("first ##[group]\\u{202e}reversed"), "{page}");
    let is_control = |c: &char| c.is_control() && *c != '\n';
    assert_eq!(page.chars().find(is_control), None, "{page}");
}

#[test]
fn the_name_of_a_file_reaches_the_terminal_harmless() {
    let bench = Bench::green();
    bench.write("src/\u{202e}::x\u{1b}[31m.rs", "fn  f() {}\n");
    bench.replace("//! Small.\n", "//! Small.\n\n#[path = \"\u{202e}::x\u{1b}[31m.rs\"]\nmod x;\n");
    let said = bench.check(&["fmt"]);
    said.expect(1, &["\\u{202e}"]);
    harmless(&format!("{}{}", said.out, said.err));
}

#[test]
fn a_mistake_on_the_command_line_is_repeated_harmless() {
    let said = Bench::green().check(&["\u{1b}[2J\u{202e}::error::"]);
    said.expect(2, &["there is no stage"]);
    harmless(&said.err);
}

/// No line of it can be a command, and no character of it moves anything.
fn harmless(text: &str) {
    for c in ['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}', '\r'] {
        assert!(!text.contains(c), "{c:?} in {text:?}");
    }
    assert!(!text.contains("##["), "{text}");
    let commands = text.lines().filter(|line| line.trim_start().starts_with("::"));
    assert_eq!(commands.count(), 0, "{text}");
}
