use blocks_evidence::read_cargo_timings;

/// Of a small workspace, without the style and the script of the page.
const SAMPLE: &str = include_str!("../samples/timings.html");

#[test]
fn each_unit_has_its_package_and_its_seconds() {
    let units = read_cargo_timings(SAMPLE.as_bytes()).unwrap();
    let found: Vec<_> = units
        .iter()
        .map(|it| (&*it.package, &*it.version, &*it.target, it.is_build_script(), it.seconds))
        .collect();
    insta::assert_debug_snapshot!(found);
}

#[test]
fn a_program_that_is_called_like_a_build_script_is_none() {
    let page = SAMPLE.replace(" app \\\"bin\\\"", " build-script \\\"bin\\\"");
    assert_ne!(page, SAMPLE);
    let count = |page: &str| {
        let units = read_cargo_timings(page.as_bytes()).unwrap();
        units.iter().filter(|it| it.is_build_script()).count()
    };
    assert_eq!(count(&page), count(SAMPLE));
}

#[test]
fn a_page_without_units_is_a_page() {
    let page = "<html>\nconst UNIT_DATA = [];\n</html>\n";
    assert_eq!(read_cargo_timings(page.as_bytes()), Ok(Vec::new()));
}

#[test]
fn what_is_no_whole_page_is_refused_with_its_place() {
    let unit = r#"{"name":"a","version":"1.0.0","mode":"todo","target":"","duration":1.0}"#;
    let page = |units: &str| format!("<html>\nconst UNIT_DATA = {units}\n</html>");
    assert!(read_cargo_timings(page(&format!("[{unit}];")).as_bytes()).is_ok());
    for (units, place) in [
        (format!("[{unit}"), "UNIT_DATA: expected `,` or `]`"),
        (format!("[{unit}]"), "UNIT_DATA is no single list"),
        (format!("[{unit}];\nconst UNIT_DATA = [];"), "UNIT_DATA is no single list"),
        (format!("[{}];", unit.replace("1.0}", "-1.0}")), "a: -1 is no length of time"),
        (format!("[{}];", unit.replace("1.0}", "1e999}")), "UNIT_DATA: number out of range"),
        (format!("[{}];", unit.replace("1.0}", "null}")), "UNIT_DATA: invalid type: null"),
        (format!("[{}];", unit.replace("\"name\"", "\"names\"")), "missing field `name`"),
        ("units;".to_owned(), "UNIT_DATA: expected value"),
    ] {
        let error = read_cargo_timings(page(&units).as_bytes()).unwrap_err().to_string();
        assert!(error.contains(place), "{units}: {error}");
    }
    let other = "<html>\n  const UNIT_DATA = [];\n</html>";
    let error = read_cargo_timings(other.as_bytes()).unwrap_err().to_string();
    assert!(error.contains("it has no UNIT_DATA"), "{error}");
}
