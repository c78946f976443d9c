//! Badges in a README: a region that `cargo blocks docs readme` keeps.

use blocks_readme::{Facts, Kind, Page};

use crate::files::README;

/// The text with a region of badges below its first heading; none where it has one, where its markers are broken, or where
/// nothing would change.
pub(crate) fn with_badges(text: &str, badges: &[(String, String)]) -> Option<String> {
    let page = Page::of(README, text).ok()?;
    if page.regions.iter().any(|region| region.kind == Kind::Badges) {
        return None;
    }
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let at = below_heading(text);
    let (before, after) = text.split_at_checked(at)?;
    let gap = if before.is_empty() || before.ends_with(&format!("{end}{end}")) { "" } else { end };
    let below = if after.is_empty() || after.starts_with(end) { "" } else { end };
    let region = region(badges)?.replace('\n', end);
    let new = format!("{before}{gap}{region}{below}{after}");
    // A heading in a place where Markdown has no HTML would leave markers that are none.
    let regions = Page::of(README, &new).ok()?.regions;
    regions.iter().any(|region| region.kind == Kind::Badges).then_some(new)
}

/// A region of badges, as it stands by itself.
fn region(badges: &[(String, String)]) -> Option<String> {
    let facts = Facts { badges: badges.to_vec(), ..Facts::default() };
    let page = Page::of(README, "<!-- blocks: badges -->\n<!-- /blocks -->\n").ok()?;
    page.updated(&facts).ok().map(|it| it.text)
}

/// Where the line behind the first heading begins; the beginning where there is none.
fn below_heading(text: &str) -> usize {
    let mut at = 0;
    let mut is_code = false;
    for line in text.split_inclusive('\n') {
        let begins = at;
        at += line.len();
        is_code ^= line.trim_start().starts_with("```");
        if !is_code && line.starts_with("# ") {
            // A heading without an end of its line is the last one.
            return if line.ends_with('\n') { at } else { begins };
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(text: &str) -> Option<String> {
        with_badges(text, &[("build".to_owned(), ".github/badges/build.svg".to_owned())])
    }

    #[test]
    fn badges_stand_below_the_first_heading() {
        let wanted = "# Title\n\n<!-- blocks: badges -->\n![build](.github/badges/build.svg)\n<!-- /blocks -->\n\nText.\n";
        assert_eq!(with("# Title\n\nText.\n").as_deref(), Some(wanted));
        assert_eq!(with("# Title\nText.\n").as_deref(), Some(wanted));
        let code = with("```sh\n# no heading\n```\n").unwrap();
        assert!(code.starts_with("<!-- blocks: badges -->\n![build]"), "{code}");
    }

    #[test]
    fn lines_end_as_they_do_in_the_file() {
        let text = with("# Title\r\n\r\nText.\r\n").unwrap();
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "{text:?}");
    }

    #[test]
    fn what_has_badges_or_broken_markers_stays() {
        let once = with("# Title\n").unwrap();
        assert_eq!(with(&once), None);
        assert_eq!(with("# Title\n<!-- blocks: version -->\n"), None);
    }

    #[test]
    fn other_regions_stay_as_they_are() {
        let text = "# Title\n\n<!-- blocks: version -->1.0.0<!-- /blocks -->\n";
        assert!(with(text).unwrap().contains("-->1.0.0<!--"));
    }
}
