//! Badges against images that badge-maker 6.0.0 drew, and against texts that nobody would choose.

use blocks_views::{Badge, Color};
use proptest::prelude::*;
use quick_xml::{Reader, events::Event};
use serde::Deserialize;

#[derive(Deserialize)]
struct Golden {
    label: String,
    message: String,
    color: String,
    svg: String,
}

fn color(name: &str) -> Color {
    [
        Color::BrightGreen,
        Color::Green,
        Color::YellowGreen,
        Color::Yellow,
        Color::Orange,
        Color::Red,
        Color::Blue,
        Color::Grey,
        Color::LightGrey,
        Color::Rgb(0xcc, 0xcc, 0xcc),
    ]
    .into_iter()
    .find(|color| color.name() == name)
    .expect("a colour of the golden file")
}

#[test]
fn badges_are_those_of_badge_maker_byte_for_byte() {
    let golden: Vec<Golden> =
        serde_json::from_str(include_str!("../golden/flat.json")).expect("golden file");
    assert_eq!(golden.len(), 9);
    for Golden { label, message, color: name, svg } in golden {
        assert_eq!(Badge::new(label, message, color(&name)).svg(), svg);
    }
}

#[test]
fn an_image_without_a_message_has_its_label_alone() {
    let svg = Badge::new("build", "", Color::Red).svg();
    assert!(svg.contains(" width=\"47\" ") && svg.contains("<title>build</title>"), "{svg}");
    assert_eq!(svg.matches("<text ").count(), 3, "{svg}");
}

#[test]
fn an_image_without_any_text_is_a_small_box() {
    let svg = Badge::new("\u{202e}", "\n", Color::Red).svg();
    assert!(svg.contains(" width=\"10\" ") && !svg.contains("<text"), "{svg}");
    read(&svg);
}

#[test]
fn a_text_is_cut_at_its_bound() {
    let svg = Badge::new("", "i".repeat(65), Color::Red).svg();
    let cut = format!("{}\u{2026}", "i".repeat(63));
    assert!(svg.contains(&format!("<title>{cut}</title>")), "{svg}");
}

#[test]
fn the_json_is_that_of_an_endpoint_badge() {
    insta::assert_snapshot!(
        Badge::new("tests", "2 failed,\n410 passed", Color::Red).endpoint_json(),
        @r#"
    {
      "schemaVersion": 1,
      "label": "tests",
      "message": "2 failed, 410 passed",
      "color": "red"
    }
    "#
    );
}

/// Reads an image, and gives its texts and the widths of its rectangles.
fn read(svg: &str) -> (Vec<String>, Vec<u32>) {
    let mut reader = Reader::from_str(svg);
    reader.config_mut().check_end_names = true;
    let (mut texts, mut widths, mut depth) = (Vec::new(), Vec::new(), 0);
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(_) => {
                depth += 1;
                texts.push(String::new());
            }
            Event::End(_) => depth -= 1,
            Event::Text(text) => {
                *texts.last_mut().expect("an element") += &text.decode().expect("UTF-8");
            }
            Event::GeneralRef(reference) => {
                let name = reference.decode().expect("UTF-8").into_owned();
                let text = quick_xml::escape::unescape(&format!("&{name};"))
                    .expect("a reference of XML's own")
                    .into_owned();
                *texts.last_mut().expect("an element") += &text;
            }
            Event::Empty(tag) if tag.name().as_ref() == b"rect" => {
                let width = tag.try_get_attribute("width").expect("attributes").expect("a width");
                let width = String::from_utf8(width.value.into_owned()).expect("UTF-8");
                widths.push(width.parse().expect("a number"));
            }
            Event::Empty(tag) => assert!(tag.attributes().all(|attribute| attribute.is_ok())),
            Event::Eof => break,
            other => panic!("unexpected {other:?}"),
        }
    }
    assert_eq!(depth, 0, "an element was not closed");
    texts.retain(|text| !text.is_empty());
    (texts, widths)
}

fn is_char(c: char) -> bool {
    // XML 1.0, production 2.
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

fn any_text() -> impl Strategy<Value = String> {
    proptest::collection::vec(any::<char>(), 0..80).prop_map(String::from_iter)
}

proptest! {
    #[test]
    fn any_texts_give_well_formed_xml(label in any_text(), message in any_text()) {
        let svg = Badge::new(label, message, Color::Red).svg();
        prop_assert!(svg.chars().all(is_char));
        let (texts, _) = read(&svg);
        // The title, and each half's text with its two shadows.
        prop_assert!([0, 4, 7].contains(&texts.len()), "{texts:?}");
        prop_assert!(texts.iter().skip(1).all(|text| text.chars().count() <= Badge::TEXT));
    }

    #[test]
    fn markup_in_a_text_stays_text(message in "[<>&\"']{1,20}") {
        let (texts, _) = read(&Badge::new("x", &message, Color::Red).svg());
        prop_assert_eq!(texts.last(), Some(&message));
    }

    #[test]
    fn the_halves_are_as_wide_as_the_whole(label in any_text(), message in any_text()) {
        let (_, widths) = read(&Badge::new(label, message, Color::Blue).svg());
        let [clip, left, right, shade] = widths[..] else { panic!("four boxes: {widths:?}") };
        prop_assert_eq!(left + right, clip);
        prop_assert_eq!(clip, shade);
        prop_assert!(right >= 10 && (left == 0 || left % 2 == 1));
    }
}
