//! `docs api`: a site of API documentation, as cargo and rustdoc make it.

use std::fs;

use crate::bench::Bench;

const WHEEL: &str = "//! Wheels.\n\n/// One.\npub struct Wheel;\n";
const CART: &str =
    "//! Carts.\n\n/// Its wheel.\npub fn wheel() -> wheels::Wheel {\n    wheels::Wheel\n}\n";

/// Two members, of which one shows an item of the other.
fn bench() -> Bench {
    let bench = Bench::crew(&[("wheels", ""), ("carts", "wheels = { path = \"../wheels\" }")]);
    bench.write("crates/wheels/src/lib.rs", WHEEL);
    bench.write("crates/carts/src/lib.rs", CART);
    bench.write("CHANGELOG.md", "# Changelog\n\n## [0.1.0]\n\n- The first wheel.\n");
    bench
}

const SITE: &str = "target/blocks/api-docs";

#[test]
fn a_site_has_all_members_and_links_between_them() {
    let bench = bench();
    bench.run(&["docs", "api"]).expect(0, &["api-docs/index.html: dev: added"]);
    let page = bench.read(&format!("{SITE}/dev/carts/fn.wheel.html"));
    assert!(page.contains("href=\"../wheels/struct.Wheel.html\""), "{page}");
    let site = format!("{SITE}/dev/index.html");
    for text in ["./carts/index.html", "./wheels/index.html", "in development"] {
        assert!(bench.read(&site).contains(text), "{text}");
    }
    assert!(!bench.read(&site).contains("The first wheel."));
    // What is made again of the same is the same, whatever rustdoc did first.
    let before = bench.read(&format!("{SITE}/versions.json"));
    bench.run(&["docs", "api"]).expect(0, &["there already, as it is"]);
    assert_eq!(bench.read(&format!("{SITE}/versions.json")), before);
}

#[test]
fn versions_lie_beside_each_other_and_a_release_stays() {
    let bench = bench();
    let into = ["docs", "generate_api_docs", "--into", "site", "--date", "2026-11-28"];
    let with = |more: &[&str]| bench.run(&[&into[..], more].concat());
    with(&["--release", "--name", "acme"]).expect(0, &["0.1.0: added"]);
    assert!(bench.read("site/0.1.0/index.html").contains("<li>The first wheel.</li>"));
    let release = bench.read("site/0.1.0/carts/index.html");
    bench.write("crates/carts/src/lib.rs", &CART.replace("Its wheel", "Its best wheel"));
    with(&[]).expect(0, &["dev: added"]);
    assert_eq!(bench.read("site/0.1.0/carts/index.html"), release);
    let list = bench.read("site/versions.json");
    for text in ["\"name\": \"acme\"", "\"latest\": \"0.1.0\"", "\"date\": \"2026-11-28\""] {
        assert!(list.contains(text), "{text}: {list}");
    }
    with(&["--version", "0.1.0"]).expect(2, &["already with other contents", "--replace"]);
    assert_eq!(bench.read("site/versions.json"), list);
    with(&["--version", "0.1.0", "--replace"]).expect(0, &["0.1.0: replaced"]);
    with(&["--version", "0.2.0"]).expect(2, &["no member has version `0.2.0`; there are: 0.1.0"]);
    // Another site takes all of it as it is.
    bench.run(&["docs", "api", "--from", "site", "--into", "other"]).expect(0, &["dev: added"]);
    for file in ["versions.json", "index.html", "dev/carts/fn.wheel.html"] {
        assert_eq!(bench.read(&format!("site/{file}")), bench.read(&format!("other/{file}")));
    }
}

#[test]
fn what_is_refused_stays_as_it_is() {
    let bench = bench();
    let said = bench.run(&["docs", "api", "--output", "crates"]);
    said.expect(2, &["is no site of Blocks", "name a new folder"]);
    bench.write("crates/carts/src/lib.rs", "//! Carts.\n\npub fn broken(\n");
    let said = bench.run(&["docs", "api", "--into", "site"]);
    said.expect(2, &["could not document", "what cargo told above says why"]);
    assert!(fs::read_dir(bench.path("site")).expect("a folder").next().is_none());
}
