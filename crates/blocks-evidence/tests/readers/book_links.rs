use blocks_evidence::{BookLink, read_book_links};

const SAMPLE: &str = include_str!("../samples/links.txt");

fn reason(text: &str) -> String {
    read_book_links(text.as_bytes()).unwrap_err().to_string()
}

#[test]
fn each_line_is_a_link_of_a_page() {
    let link = |page: &str, link: &str, source: Option<&str>| BookLink {
        page: page.to_owned(),
        link: link.to_owned(),
        source: source.map(str::to_owned),
    };
    let links = [
        link("./start.html", "messages.html#nowhere", Some("docs/start.md")),
        link("./deep/index.html", "../gone.svg", None),
    ];
    assert_eq!(read_book_links(SAMPLE.as_bytes()).unwrap(), links);
    assert!(read_book_links(b"").unwrap().is_empty());
}

#[test]
fn what_is_cut_or_no_link_is_refused() {
    assert!(reason(SAMPLE.trim_end()).contains("its end: the last line does not end"));
    let wrong = [
        "a.html\tb\t\n",
        "./\tb\t\n",
        "./a.html\t\t\n",
        "./a.html\tb\n",
        "./a.html\tb\tc\td\n",
        "\n",
    ];
    for line in wrong {
        assert!(reason(line).contains("line 1: this is no link of a page"), "{line:?}");
    }
}
