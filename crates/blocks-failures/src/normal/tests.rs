use proptest::prelude::*;

use super::{LIMIT, Numbers, normal};

fn of_run(text: &str) -> String {
    normal(text, Numbers::OfRun)
}

/// What is said, and what stays of it where numbers are of a run.
const OF_RUN: [(&str, &str); 46] = [
    ("1 of 20 in 0.5", "# of # in #"),
    ("-5, -0.25 and 1e-7", "#, # and #"),
    ("1_000_000 or 1,000,000", "# or #"),
    ("took 998ms", "took #s"),
    ("took 1.2s, 1m30s, 250\u{b5}s", "took #s, #s, #s"),
    ("12 KiB and 3.5MB", "# KiB and #B"),
    ("at 0x7ffd5e8a and 0XFF", "at # and #XFF"),
    ("ThreadId(3) and pid 4711", "ThreadId(#) and pid #"),
    ("thread 'a' (28218) panicked at src/lib.rs:31:18", "thread 'a' (#) panicked at src/lib.rs"),
    ("bound to 127.0.0.1:43211", "bound to #"),
    ("[::1]:8080", "[::#]:#"),
    ("2026-11-28T00:13:23.123Z", "#"),
    ("2026-11-28 00:13:23", "# #"),
    ("Sat Nov 28 00:13:23 UTC 2026", "# # # # UTC #"),
    ("Mon, 30 Nov 2026", "#, # # #"),
    ("May I have 5 Sun hats", "May I have # Sun hats"),
    ("67e55044-10b1-426f-9247-bb680e5fe0c8", "<id>"),
    ("commit 0123abcd of 5ab1cfdd6ff4deea", "commit <id> of <id>"),
    ("deadbeef and decade", "deadbeef and decade"),
    ("u32, i64, E0308, case_1, v1.2, utf8", "u32, i64, E0308, case_1, v1.#, utf8"),
    ("`x[3]` is 3 of `4`", "`x[3]` is # of `4`"),
    ("a ` alone 3", "a ` alone #"),
    ("aborted with signal 9 (SIGKILL)", "aborted with signal 9 (SIGKILL)"),
    ("exit status: 101", "exit status: 101"),
    ("No such file or directory (os error 2)", "No such file or directory (os error 2)"),
    ("Os { code: 2, kind: NotFound }", "Os { code: 2, kind: NotFound }"),
    ("cannot open /tmp/.tmpA1b2C3/data.txt", "cannot open <path>/data.txt"),
    ("cannot open /tmp/xyz", "cannot open <path>"),
    ("\"/home/me/my ws/src/a.rs\" is not there", "\"<path>/a.rs\" is not there"),
    ("'/nix/store/0123456789abcdfghijklmnpqrsvwxyz-tool-1.2/bin/x'", "'<path>/x'"),
    ("/nix/store/0123456789abcdfghijklmnpqrsvwxyz-tool", "<path>/tool"),
    ("(/build/source/src/lib.rs:3:4)", "(<path>/lib.rs)"),
    ("target/debug/deps/a-0123456789abcdef: 1", "<path>/a: #"),
    ("./crates/a/target/debug/x", "<path>/x"),
    ("C:\\Users\\me\\a.txt and D:/b/c.txt", "<path>/a.txt and <path>/c.txt"),
    ("see https://example.org/a/1 for more", "see https://example.org/a/# for more"),
    ("file:///tmp/a/b.txt", "file://<path>/b.txt"),
    ("and/or 1/2 </b>", "and/or # <<path>/b>"),
    ("tests/data/case.json:3:1: no", "tests/data/case.json: no"),
    ("\u{1b}[31mred\u{1b}[0m\r\n  text\t3", "red text #"),
    ("/tmp/a/run-17/out-18", "<path>/out-#"),
    ("/ alone, //two and /", "/ alone, //two and /"),
    ("/. /.. /", "/. /.. /"),
    ("3rd of 5xx", "#rd of #xx"),
    ("a-5, b - 5 and (-5)", "a-#, b - # and (#)"),
    ("", ""),
];

#[test]
fn what_is_of_a_run_is_left_out() {
    let found: Vec<_> = OF_RUN.iter().map(|(text, _)| of_run(text)).collect();
    let wanted: Vec<_> = OF_RUN.iter().map(|(_, wanted)| (*wanted).to_owned()).collect();
    assert_eq!(found, wanted);
}

#[test]
fn what_a_number_means_stays() {
    let cases = [
        ("expected 3 arguments, found 2", "expected 3 arguments, found 2"),
        ("expected `u32`, found `u64`", "expected `u32`, found `u64`"),
        ("array with a size of 3", "array with a size of 3"),
        ("this function has too many lines (120/100)", "this function has too many lines (#)"),
        ("a(1/2)", "a(1/2)"),
        ("couldn't read `/build/source/src/../x1.txt`", "couldn't read `<path>/x1.txt`"),
        ("[closure@src/lib.rs:3:5: 3:8]", "[closure@src/lib.rs]"),
        (
            "at 0xff and 67e55044-10b1-426f-9247-bb680e5fe0c8",
            "at 0xff and 67e55044-10b1-426f-9247-bb680e5fe0c8",
        ),
    ];
    for (text, wanted) in cases {
        assert_eq!(normal(text, Numbers::Mean), wanted);
    }
}

#[test]
fn what_is_measured_is_left_out_and_names_are_not() {
    let cases = [
        ("a: the benchmark fib/20 takes 12.5 % more", "a: the benchmark fib/20 takes # % more"),
        (
            "34 more than the 1200 at the baseline (5 % allowed)",
            "# more than the # at the baseline (# % allowed)",
        ),
        ("b::c d:30 and e-4", "b::c d:30 and e-4"),
    ];
    for (text, wanted) in cases {
        assert_eq!(normal(text, Numbers::Measured), wanted);
    }
}

#[test]
fn a_text_is_bounded() {
    let text = "\u{e9}".repeat(LIMIT);
    assert_eq!(normal(&text, Numbers::OfRun).len(), LIMIT);
}

/// A piece of a message, as two runs write it.
fn piece() -> impl Strategy<Value = (String, String)> {
    let number = || {
        prop_oneof![
            any::<u32>().prop_map(|it| it.to_string()),
            any::<i16>().prop_map(|it| it.to_string()),
            (any::<u16>(), any::<u16>()).prop_map(|(a, b)| format!("{a}.{b}")),
            any::<u64>().prop_map(|it| format!("{it:#x}")),
        ]
    };
    let folder = || {
        prop::sample::select(vec![
            "/tmp/.tmpQ9z/",
            "/home/me/ws/crates/",
            "/build/source/",
            "/nix/store/0123456789abcdfghijklmnpqrsvwxyz-src/",
            "C:\\Users\\x\\",
            "target/debug/",
            "/a/",
        ])
    };
    let time = || {
        (1_u32..9999, prop::sample::select(vec!["s", "ms", "ns", "\u{b5}s"]))
            .prop_map(|(n, unit)| format!("{n}{unit}"))
    };
    let both = |a: BoxedStrategy<String>| (a.clone(), a);
    prop_oneof![
        "[a-z]{1,8}".prop_map(|word| (word.clone(), word)),
        both(number().boxed()),
        both(time().boxed()),
        ("[a-z]{1,6}\\.txt", folder(), folder())
            .prop_map(|(name, a, b)| (format!("\"{a}{name}\""), format!("\"{b}{name}\""))),
        both(any::<u32>().prop_map(|it| format!("ThreadId({it})")).boxed()),
        both("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}".boxed()),
        both((1_u32..60).prop_map(|it| format!("2026-11-28T00:{it:02}:07Z")).boxed()),
        both((1_u32..9999).prop_map(|it| format!("src/lib.rs:{it}:{it}")).boxed()),
    ]
}

proptest! {
    #[test]
    fn the_same_again_of_what_it_gives(text in "\\PC{0,60}", numbers in kind()) {
        let once = normal(&text, numbers);
        prop_assert_eq!(&normal(&once, numbers), &once);
    }

    #[test]
    fn the_same_again_of_what_looks_like_paths_and_numbers(
        text in "[ a-f0-9/.:_'\"`()<>TCZesx,\\\\-]{0,40}", numbers in kind(),
    ) {
        let once = normal(&text, numbers);
        prop_assert_eq!(&normal(&once, numbers), &once);
    }

    #[test]
    fn two_runs_of_a_test_agree(pieces in prop::collection::vec(piece(), 0..12)) {
        let (one, other): (Vec<_>, Vec<_>) = pieces.into_iter().unzip();
        prop_assert_eq!(of_run(&one.join(" ")), of_run(&other.join(" ")));
    }

    #[test]
    fn other_words_stay_others(a in "[a-z_]{1,8}( [a-z_]{1,8}){0,5}", b in "[a-z_]{1,8}( [a-z_]{1,8}){0,5}", numbers in kind()) {
        prop_assert_eq!(normal(&a, numbers) == normal(&b, numbers), a == b);
    }
}

fn kind() -> impl Strategy<Value = Numbers> {
    prop::sample::select(vec![Numbers::Mean, Numbers::Measured, Numbers::OfRun])
}
