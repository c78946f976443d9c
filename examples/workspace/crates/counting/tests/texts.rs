//! A text that lies elsewhere: `.github/pipeline-config.yml` names it, since by Nix a member sees its own folder.

use std::fs;

#[test]
fn words_of_a_file_are_counted() -> std::io::Result<()> {
    let text = fs::read_to_string("../../data/text.txt")?;
    assert_eq!(counting::counted(&text).get("the"), Some(&3));
    Ok(())
}
