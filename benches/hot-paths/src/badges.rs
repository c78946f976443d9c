use blocks_views::{Badge, Color};
use std::fmt::Write as _;

/// Labels, messages and colours, which come together in all ways.
const LABELS: [&str; 5] = ["build", "tests", "coverage", "docs & doctests", "minimal Rust version"];
const MESSAGES: [&str; 3] = ["passing", "passed, 2 flaky", "% of <lines>"];
const COLORS: [Color; 4] =
    [Color::BrightGreen, Color::Red, Color::LightGrey, Color::Rgb(0x0a, 0x7e, 0xa4)];

/// So many badges, no two of which say the same.
pub fn badges(count: usize) -> Vec<Badge> {
    (0..count).map(badge).collect()
}

fn badge(index: usize) -> Badge {
    let message = format!("{index} {}", MESSAGES[index % MESSAGES.len()]);
    Badge::new(LABELS[index % LABELS.len()], message, COLORS[index % COLORS.len()])
}

/// The same badges as text for other programs: label, message and colour of each, between tabs.
pub fn badge_lines(badges: &[Badge]) -> String {
    badges.iter().fold(String::new(), |mut out, Badge { label, message, color }| {
        let _ = writeln!(out, "{label}\t{message}\t{}", color.name());
        out
    })
}

/// The badges of such a text; nothing where it is none.
pub fn read_badges(text: &str) -> Option<Vec<Badge>> {
    let colors = COLORS.map(|color| (color.name(), color));
    let read = |line: &str| {
        let (label, rest) = line.split_once('\t')?;
        let (message, name) = rest.split_once('\t')?;
        let (_, color) = colors.iter().find(|(known, _)| known == name)?;
        Some(Badge::new(label, message, *color))
    };
    text.lines().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::{badge_lines, badges, read_badges};
    use std::collections::BTreeSet;

    #[test]
    fn no_two_badges_say_the_same() {
        let images: BTreeSet<String> = badges(300).iter().map(blocks_views::Badge::svg).collect();
        assert_eq!(images.len(), 300);
    }

    #[test]
    fn a_line_has_what_a_badge_is_drawn_of() {
        assert_eq!(read_badges(&badge_lines(&badges(60))), Some(badges(60)));
        assert_eq!(read_badges("build\tpassing\tno colour\n"), None);
        assert_eq!(read_badges("build\tpassing\n"), None);
        assert_eq!(
            badge_lines(&badges(2)),
            "build\t0 passing\tbrightgreen\ntests\t1 passed, 2 flaky\tred\n"
        );
    }
}
