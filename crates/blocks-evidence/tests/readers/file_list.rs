use blocks_evidence::read_file_list;

const SAMPLE: &str = include_str!("../samples/files.txt");

fn reason(text: &str) -> String {
    read_file_list(text.as_bytes()).unwrap_err().to_string()
}

#[test]
fn each_line_is_a_path() {
    let paths = ["./README.md", "./crates/a/src/lib.rs", "./latin.txt", "./teh_dir/recieve.txt"];
    assert_eq!(read_file_list(SAMPLE.as_bytes()).unwrap(), paths);
    assert!(read_file_list(b"").unwrap().is_empty());
}

#[test]
fn what_is_cut_or_no_path_is_refused() {
    assert!(reason(SAMPLE.trim_end()).contains("its end: the last line does not end"));
    assert!(reason("./a\n./\n").contains("line 2: this is no path"));
    assert!(reason("./a\n\n").contains("line 2: this is no path"));
    assert!(reason("a\n").contains("line 1: this is no path"));
}
