//! One stage or one test of a run, with all that is known of it.

use crate::bench::Bench;

fn red() -> Bench {
    let bench = Bench::green();
    bench.replace("assert_eq!(add(1, 2), 3);\n    }", "assert_eq!(add(1, 2), 4);\n    }");
    bench.check(&["test", "doctest"]).expect(1, &["\nmore: cargo blocks show test\n"]);
    bench
}

#[test]
fn a_stage_shows_its_causes_and_its_record() {
    let bench = red();
    let said = bench.run(&["show", "test"]);
    said.expect(
        0,
        &[
            "✗ fail test: 1 failed",
            "src/lib.rs:35: small tests::adds",
            "\nrecord of workspace: ",
            "\n  made by: rustc 1.",
            "  ran (exit status 100, ",
            "  holds: junit.xml, ",
            "    | ",
        ],
    );
    assert_eq!(bench.run(&["show", "test/workspace"]).out, said.out);
    assert_eq!(bench.run(&["show", "test", "--package", "workspace"]).out, said.out);
    for of in [&["test/smal"][..], &["test", "--package", "smal"]] {
        let words = "there is no unit `smal` of test; there are: workspace";
        bench.run(&[&["show"], of].concat()).expect(2, &[words]);
    }
    let json = bench.run(&["show", "test", "--json"]).json();
    assert_eq!(
        (&json["verdict"]["outcome"], &json["records"][0]["record"]["exit"]),
        (&"fail".into(), &100.into())
    );
    bench.run(&["show", "docs"]).expect(0, &["? no verdict docs", "there is no record at "]);
}

#[test]
fn a_test_is_shown_by_its_name_or_a_part_that_no_other_has() {
    let bench = red();
    let whole = bench.run(&["show", "small tests::adds"]);
    whole.expect(
        0,
        &[
            "✗ failed small tests::adds\n  of test in workspace, ",
            "\n  at src/lib.rs:35\n",
            "assertion `left == right` failed",
            "\n  repeat: cargo nextest run --workspace -E 'binary_id(=small) & test(=tests::adds)'",
        ],
    );
    for name in ["tests::adds", "small::tests::adds", "adds"] {
        assert_eq!(bench.run(&["show", name]).out, whole.out, "{name}");
    }
    assert_eq!(bench.run(&["show", "adds", "-p", "small"]).out, whole.out);
    bench.run(&["show", "adds", "-p", "other"]).expect(2, &["no test of that name"]);
    let json = bench.run(&["show", "adds", "--json"]).json();
    assert_eq!(
        (&json[0]["stage"], &json[0]["outcome"], &json[0]["line"]),
        (&"test".into(), &"failed".into(), &35.into())
    );
    let typo = "there is no stage `ads`, and no test of that name in the records";
    bench.run(&["show", "tests::ads"]).expect(2, &["did you mean `tests::adds`?"]);
    bench.run(&["show", "ads"]).expect(2, &[typo]);
    bench.run(&["show", "small"]).expect(2, &["`small` is a part of 2 names; say one:\n  small "]);
}

#[test]
fn a_check_names_the_command_that_shows_its_own_records() {
    let bench = Bench::green();
    bench.write("src/lib.rs", "fn  a() {}\n");
    let said = bench.check(&["fmt", "--out", "target/of this"]);
    let command = "cargo blocks show --records 'target/of this/records' fmt";
    said.expect(1, &[&format!("\nmore: {command}\n")]);
    bench.run(&["show", "--records", "target/of this/records", "fmt"]).expect(0, &["✗ fail fmt"]);
}
