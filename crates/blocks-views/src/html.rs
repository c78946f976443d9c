//! HTML that is written from its beginning to its end.

use std::borrow::Cow;
use std::fmt::{Display, Write as _};

use blocks_evidence::strip_ansi;

use crate::element::Element;
use crate::label::is_shapeless;

/// A page. What comes of it is as it was meant whatever the texts are: names of elements and attributes are the program's
/// own, an element ends where what it holds does, and texts of others get only to places that hold text: between tags,
/// into `title`, `aria-label` and `id`, and behind the `#` of a link. There is no way to write one into a script or a style, and
/// into an address only as an [`Address`], which leads to a file below a folder of ours, or to the web, and runs nothing.
///
/// But for what stands in a style or a script the page is also well-formed XML, so that a reader of that, which goes on after
/// no fault, can tell whether it is.
pub(crate) struct Html {
    out: String,
}

/// An element that is begun. It is not there before it is ended by what it holds.
#[must_use]
pub(crate) struct Tag<'h> {
    html: &'h mut Html,
    name: &'static str,
}

/// The name of a place in the page, for links: letters, digits and `-_.:`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Anchor(String);

/// Where a link leads to outside of its page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address(String);

impl Html {
    pub(crate) fn new() -> Self {
        Self { out: String::from("<!DOCTYPE html>") }
    }

    /// A piece of a page of somebody else.
    pub(crate) fn fragment() -> Self {
        Self { out: String::new() }
    }

    pub(crate) fn finish(mut self) -> String {
        self.out.push('\n');
        self.out
    }

    /// How many bytes are written.
    pub(crate) fn len(&self) -> usize {
        self.out.len()
    }

    /// Begins an element.
    pub(crate) fn tag(&mut self, name: &'static str) -> Tag<'_> {
        if begins_line(name) {
            self.out.push('\n');
        }
        self.out.push('<');
        self.out.push_str(name);
        Tag { html: self, name }
    }

    /// A text between tags.
    pub(crate) fn text(&mut self, text: &str) {
        push_text(&mut self.out, text);
    }

    /// A picture, which is well-formed by itself.
    pub(crate) fn picture(&mut self, picture: &Element) {
        self.out.push('\n');
        self.out.push_str(&picture.render());
    }
}

impl Tag<'_> {
    /// An attribute of the program's own words.
    pub(crate) fn with(self, name: &'static str, value: &'static str) -> Self {
        self.attribute(name, value)
    }

    pub(crate) fn class(self, value: &'static str) -> Self {
        self.with("class", value)
    }

    /// An attribute that has no value.
    pub(crate) fn flag(self, name: &'static str, is_there: bool) -> Self {
        if is_there {
            return self.attribute(name, "");
        }
        self
    }

    /// An attribute that is a number, with its unit.
    pub(crate) fn number(self, name: &'static str, value: impl Into<f64>, unit: &str) -> Self {
        let value: f64 = value.into();
        // As short as it is exact to a hundredth.
        let digits = format!("{value:.2}");
        let digits = digits.trim_end_matches('0').trim_end_matches('.');
        self.attribute(name, &format!("{digits}{unit}"))
    }

    /// What it is called for those who do not see it.
    pub(crate) fn label(self, text: &str) -> Self {
        self.attribute("aria-label", text)
    }

    /// What a `meta` says.
    pub(crate) fn content(self, text: &str) -> Self {
        self.attribute("content", text)
    }

    /// What is shown where one points at it.
    pub(crate) fn title(self, text: &str) -> Self {
        self.attribute("title", text)
    }

    /// Where links lead to.
    pub(crate) fn id(self, anchor: &Anchor) -> Self {
        self.attribute("id", &anchor.0)
    }

    /// A link to a place in the page.
    pub(crate) fn to(self, anchor: &Anchor) -> Self {
        let Tag { html, name } = self.with("href", "#");
        // In the quotes of the attribute.
        html.out.truncate(html.out.len() - 1);
        html.out.push_str(&anchor.0);
        html.out.push('"');
        Tag { html, name }
    }

    /// A link to another page.
    pub(crate) fn leading(self, address: &Address) -> Self {
        self.attribute("href", &address.0)
    }

    /// What sends a reader on to another page, without a script: the content of a `meta`.
    pub(crate) fn sending_on(self, address: &Address) -> Self {
        self.with("http-equiv", "refresh").content(&format!("0; url={}", address.0))
    }

    /// Ends the element after what `inside` writes.
    pub(crate) fn holding(self, inside: impl FnOnce(&mut Html)) {
        let Self { html, name } = self;
        html.out.push('>');
        inside(html);
        html.end(name);
    }

    /// Ends the element after a text.
    pub(crate) fn saying(self, text: &str) {
        self.holding(|html| html.text(text));
    }

    /// Ends the element after what is shown in figures.
    pub(crate) fn counting(self, what: impl Display) {
        self.saying(&what.to_string());
    }

    /// Ends an element that holds nothing and has no end: `meta`, `br`.
    pub(crate) fn void(self) {
        self.html.out.push_str("/>");
    }

    /// Ends a `style` or a `script`. What stands in it is the program's own, since nothing can be escaped there.
    pub(crate) fn raw(self, own: &'static str) {
        let Self { html, name } = self;
        html.out.push('>');
        html.out.push_str(own);
        html.end(name);
    }

    fn attribute(self, name: &'static str, value: &str) -> Self {
        let out = &mut self.html.out;
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        push_text(out, value);
        out.push('"');
        self
    }
}

impl Html {
    fn end(&mut self, name: &'static str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }
}

impl Anchor {
    /// A part of the page.
    pub(crate) fn of(own: &'static str) -> Self {
        Self(own.to_owned())
    }

    /// What has names. Where these are of other characters, or long, they are told apart by a number, which is the same in
    /// each page.
    pub(crate) fn named(kind: &'static str, names: &[&str]) -> Self {
        const LONGEST: usize = 160;
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
        let mut out = kind.to_owned();
        for name in names {
            out.push('-');
            let plain = name.chars().map(|c| if is_plain(c) { c } else { '_' });
            out.extend(plain.take(LONGEST));
        }
        if names.iter().any(|it| it.len() > LONGEST || !it.chars().all(is_plain)) {
            let _ = write!(out, "-{:08x}", number_of(names));
        }
        Self(out)
    }

    /// The same with a number behind it.
    #[must_use]
    pub(crate) fn numbered(&self, number: usize) -> Self {
        Self(format!("{}-{number}", self.0))
    }
}

impl Address {
    /// A file, by the folders on the way to it, from `up` folders above that of the page.
    pub(crate) fn file(up: usize, way: &[&str]) -> Self {
        let begin = if up == 0 { "./".to_owned() } else { "../".repeat(up) };
        let way: Vec<_> = way.iter().map(|name| escaped(name)).collect();
        Self(begin + &way.join("/"))
    }

    /// A page of the web; none of what is no plain address with `https` or `http`, a name and no login.
    pub(crate) fn web(text: &str) -> Option<Self> {
        const LONGEST: usize = 2048;
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | ':');
        let is_plain =
            |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '\'' | '<' | '>' | '\\' | '`');
        let begins = host.starts_with(|c: char| c.is_ascii_alphanumeric());
        let is_one = begins && host.chars().all(is_host) && rest.chars().all(is_plain);
        (is_one && text.len() <= LONGEST).then(|| Self(text.to_owned()))
    }
}

/// A name as a part of an address (RFC 3986, section 2.3). One that would lead to another folder is another name.
fn escaped(name: &str) -> String {
    if matches!(name, "" | "." | "..") {
        return "_".to_owned();
    }
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// FNV-1a of 32 bits. Two names of one number have the same anchor but for what [`Anchor::numbered`] adds.
fn number_of(names: &[&str]) -> u32 {
    let bytes = names.iter().flat_map(|name| name.bytes().chain([0xff]));
    bytes.fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Elements that stand on a line of their own in the file.
fn begins_line(name: &str) -> bool {
    !matches!(
        name,
        "a" | "b"
            | "bdi"
            | "code"
            | "em"
            | "i"
            | "rect"
            | "small"
            | "span"
            | "strong"
            | "svg"
            | "td"
            | "th"
    )
}

/// A text that is right between tags and between double quotes. Sequences for terminals are left out; what else has no
/// shape, or reorders or hides its neighbours, is shown by its number.
fn push_text(out: &mut String, text: &str) {
    let text = if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n"))
    } else {
        Cow::Borrowed(text)
    };
    let text = strip_ansi(&text);
    let mut rest: &str = &text;
    while let Some(at) = rest.bytes().position(may_be_special) {
        out.push_str(&rest[..at]);
        let mut chars = rest[at..].chars();
        chars.next().into_iter().for_each(|c| push_char(out, c));
        rest = chars.as_str();
    }
    out.push_str(rest);
}

const fn may_be_special(byte: u8) -> bool {
    !matches!(byte, b'\n' | b'\t' | b' '..=b'~')
        || matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'')
}

fn push_char(out: &mut String, c: char) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&#39;"),
        '\u{2028}' | '\u{2029}' => push_number(out, c),
        _ if is_shapeless(c) => push_number(out, c),
        _ => out.push(c),
    }
}

fn push_number(out: &mut String, c: char) {
    let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
}

#[cfg(test)]
mod tests {
    use super::{Address, Anchor, Html};

    fn written(inside: impl FnOnce(&mut Html)) -> String {
        let mut html = Html { out: String::new() };
        inside(&mut html);
        html.out
    }

    #[test]
    fn texts_cannot_leave_their_place() {
        let hostile = "\"><script>'&\u{1b}[31m\u{202e}\0\r\nx";
        let shown = "&quot;&gt;&lt;script&gt;&#39;&amp;\\u{202e}\\u{0}\nx";
        let page = written(|html| html.tag("td").title(hostile).label(hostile).saying(hostile));
        assert_eq!(page, format!("<td title=\"{shown}\" aria-label=\"{shown}\">{shown}</td>"));
    }

    #[test]
    fn a_link_leads_nowhere_else() {
        let anchor = Anchor::named("test", &["a::it", "\" onclick=x"]);
        let page = written(|html| {
            html.tag("a").to(&anchor).id(&anchor).saying("x");
        });
        let name = "test-a::it-__onclick_x-";
        assert!(page.starts_with(&format!("<a href=\"#{name}")), "{page}");
        assert!(page.contains(&format!(" id=\"{name}")), "{page}");
    }

    #[test]
    fn names_of_other_characters_are_told_apart() {
        let [a, b, c] = ["a b", "a/b", "a_b"].map(|name| Anchor::named("test", &[name]));
        assert_eq!(c, Anchor("test-a_b".to_owned()));
        assert!(a != b && b != c && a != c, "{a:?} {b:?}");
        assert_ne!(Anchor::named("t", &["a", "b/"]), Anchor::named("t", &["a-b", "/"]));
    }

    #[test]
    fn elements_without_an_end_have_none_and_numbers_are_short() {
        let page = written(|html| {
            html.tag("rect").number("width", 12.5, "%").number("height", 7, "").void();
        });
        assert_eq!(page, "<rect width=\"12.5%\" height=\"7\"/>");
    }

    #[test]
    fn an_address_stays_below_its_folder() {
        let file = |way: &[&str]| Address::file(1, way).0;
        assert_eq!(file(&["1.0.0+b", "a", "index.html"]), "../1.0.0%2Bb/a/index.html");
        assert_eq!(file(&["..", "", "a/../b", "x\"?#:"]), "../_/_/a%2F..%2Fb/x%22%3F%23%3A");
        assert_eq!(Address::file(0, &["javascript:x"]).0, "./javascript%3Ax");
        assert_eq!(Address::file(2, &["ü"]).0, "../../%C3%BC");
    }

    #[test]
    fn an_address_of_the_web_is_no_script_and_asks_nobody_for_a_login() {
        for good in
            ["https://example.org", "http://example.org:80/a?b=c#d", "https://example.org/~a/%20"]
        {
            assert_eq!(Address::web(good).map(|it| it.0), Some(good.to_owned()));
        }
        let wrong = [
            "javascript:alert(1)",
            "data:text/html,x",
            "//example.org",
            "example.org",
            "https://",
            "HTTPS://x",
            "https:///x",
            "https://a@example.org",
            "https://example.org/a b",
            "https://example.org/\"",
            "https://example.org/\n",
            "https://é.org",
            "https://-x",
            "ssh://example.org",
            "https://[::1]/",
        ];
        for text in wrong {
            assert_eq!(Address::web(text), None, "{text}");
        }
        assert_eq!(Address::web(&format!("https://example.org/{}", "a".repeat(3000))), None);
    }
}
