//! What a Rust file takes in by name: `include_str!("../x")`, `#[path = "../x.rs"]` and
//! `concat!(env!("CARGO_MANIFEST_DIR"), "/../x")`, as `nix/workspace/includes.nix` reads it.

use super::paths;

const BEFORE_A_NAME: [&str; 4] = ["include!", "include_str!", "include_bytes!", "path"];

/// The paths that the code of a file names, from the workspace's root; `file` is its own, and `folder`
/// is its package's.
pub(super) fn included(folder: &str, file: &str, text: &str) -> Vec<String> {
    if !text.contains("../") {
        return Vec::new();
    }
    let beside = BEFORE_A_NAME.iter().flat_map(|word| {
        text.match_indices(word).filter_map(|(at, _)| name_after(word, &text[at + word.len()..]))
    });
    let beside = beside.filter_map(|name| paths::normal(&joined(paths::parent(file), name)));
    let from_manifest = text
        .split("CARGO_MANIFEST_DIR\")")
        .skip(1)
        .filter_map(|rest| literal(rest.trim_start().strip_prefix(',')?.trim_start()))
        .filter_map(|name| name.strip_prefix('/').filter(|name| name.starts_with("../")))
        .filter_map(|name| paths::normal(&joined(folder, name)));
    beside.chain(from_manifest).collect()
}

fn name_after<'a>(word: &str, rest: &'a str) -> Option<&'a str> {
    let rest = if word == "path" { rest.trim_start_matches(' ').strip_prefix('=')? } else { rest };
    let rest = rest.trim_start();
    literal(rest.strip_prefix(['(', '{', '[']).unwrap_or(rest).trim_start())
}

/// The text of a string that begins here.
fn literal(rest: &str) -> Option<&str> {
    rest.strip_prefix('"')?.split_once('"').map(|(name, _)| name)
}

fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_code_takes_in_is_found_by_each_way_to_say_it() {
        let cases = [
            (r#"include_str!("../../x.txt")"#, Some("crates/x.txt")),
            (r#"include_bytes! ( "../../../x.txt" )"#, Some("x.txt")),
            (r#"include! { "../y.rs" }"#, Some("crates/a/y.rs")),
            (r#"#[path = "../../b/z.rs"] mod z;"#, Some("crates/b/z.rs")),
            (r#"concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/x.txt")"#, Some("data/x.txt")),
            (r#"concat!(env!("CARGO_MANIFEST_DIR"), "/data/../x.txt")"#, None),
            (r#"include_str!("../../../../x.txt")"#, None),
            (r#"open("../../x.txt")"#, None),
            (r#"include_str!(concat!("../", NAME))"#, None),
        ];
        for (text, expected) in cases {
            let found = included("crates/a", "crates/a/src/lib.rs", text);
            assert_eq!(found, Vec::from_iter(expected.map(str::to_owned)), "{text}");
        }
    }
}
