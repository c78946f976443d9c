//! The catalogue of stages.

use blocks_stages::{Own, Set, Table};
use blocks_views::catalogue_markdown;

#[test]
fn each_stage_has_a_row_and_a_section() {
    let page = catalogue_markdown(Table::embedded());
    for id in Table::embedded().stage_ids() {
        assert!(page.contains(&format!("| [{id}](#{id}) |")), "{id}");
        assert!(page.contains(&format!("\n## {id}\n")), "{id}");
    }
    for group in &Table::embedded().groups {
        assert!(
            page.contains(&format!("| <code>{}</code> |", group.id.replace('_', "&#95;"))),
            "{}",
            group.id
        );
    }
    assert!(
        page.contains("| [doctest](#doctest), [docs](#docs), [doc-coverage](#doc-coverage), [readme](#readme) |"),
        "{page}"
    );
    assert!(page.contains("it judges what [test](#test) left"));
    assert!(page.contains("`{record}/compare`:\n\n```sh\n"));
}

#[test]
fn words_of_a_workspaces_own_stage_stay_words() {
    let run = ["x".to_owned(), "`|` <b>".to_owned()];
    let own =
        Own { id: "mine", title: "a | b", run: &run, layer: "none", files: &[], set: Set::Full };
    let table = Table::embedded().with(vec![own.row()]).expect("a table");
    let page = catalogue_markdown(&table);
    assert!(
        page.contains("| [mine](#mine) | a &#124; b | full | the workspace | none | – | command |")
    );
    assert!(page.contains("- <code>x &#96;&#124;&#96; &#60;b&#62;</code>"), "{page}");
}
