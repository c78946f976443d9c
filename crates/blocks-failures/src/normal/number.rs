//! Numbers, and what else is made up anew in each run.

use super::{Numbers, Scan};

/// Behind these a number says what happened, and not how often or where.
const KEPT: [&str; 4] = ["signal", "status", "code", "error"];

/// Units of time, which change with it: 998 ms, 1.2 s.
const TIMES: [&str; 8] = ["ns", "us", "\u{b5}s", "\u{3bc}s", "ms", "s", "min", "h"];

/// The same of sizes.
const SIZES: [&str; 9] = ["B", "kB", "KB", "KiB", "MB", "MiB", "GB", "GiB", "bytes"];

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The parts of a UUID, in digits.
const UUID: [usize; 5] = [8, 4, 4, 4, 12];

/// From so many digits of both kinds on, a word of hexadecimal digits is a hash.
const HASH: usize = 8;

impl Scan<'_> {
    /// A number, or a word that stands for one, where its kind means nothing.
    pub(super) fn number(&mut self) -> bool {
        if self.is_code || !self.begins_word() {
            return false;
        }
        match self.numbers {
            Numbers::Mean => self.limit(),
            Numbers::Measured => self.stands_alone() && self.digits(),
            Numbers::OfRun => !self.is_kept() && (self.date() || self.id() || self.digits()),
        }
    }

    /// `(26/25)`, as lints compare what they count with what they allow: a line more is the same lint.
    fn limit(&mut self) -> bool {
        let Some((inside, _)) = self.rest().strip_prefix('(').and_then(|it| it.split_once(')'))
        else {
            return false;
        };
        let is_number = |it: &str| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit());
        let is_limit = inside.split_once('/').is_some_and(|(a, b)| is_number(a) && is_number(b));
        let length = inside.len() + 2;
        is_limit && self.replace(length, "(#)")
    }

    fn stands_alone(&self) -> bool {
        self.before().is_none_or(|c| matches!(c, ' ' | '('))
    }

    /// Whether the word before says that the number is what happened.
    fn is_kept(&self) -> bool {
        let before = self.text[..self.at].trim_end_matches([' ', ':', '=', '(']);
        let is_said = |word: &&str| before.to_ascii_lowercase().ends_with(*word);
        before.len() < self.at && KEPT.iter().any(is_said)
    }

    /// The name of a day or a month beside a number.
    fn date(&mut self) -> bool {
        let rest = self.rest();
        let Some(name) = rest.get(..3) else { return false };
        let after = rest[3..].trim_start_matches([',', ' ']);
        let is_day = DAYS.contains(&name)
            && (begins_number(after) || MONTHS.iter().any(|month| after.starts_with(month)));
        let is_month = MONTHS.contains(&name) && begins_number(after);
        let is_apart = after.len() < rest.len() - 3;
        (is_day || is_month) && is_apart && self.replace(3, "#")
    }

    /// A UUID, a hash, or an address.
    fn id(&mut self) -> bool {
        let rest = self.rest();
        let word = rest.find(|c: char| !is_word(c));
        let word = &rest[..word.unwrap_or(rest.len())];
        if let Some(digits) = word.strip_prefix("0x")
            && is_hex(digits)
        {
            let length = word.len();
            return self.replace(length, "#");
        }
        if let Some(length) = uuid(rest) {
            return self.replace(length, "<id>");
        }
        let has = |kind: fn(&u8) -> bool| word.bytes().any(|byte| kind(&byte));
        let is_hash = word.len() >= HASH
            && is_hex(word)
            && has(u8::is_ascii_digit)
            && has(u8::is_ascii_alphabetic);
        let length = word.len();
        is_hash && self.replace(length, "<id>")
    }

    /// A number with all that belongs to it: `-1_000.5e3`, `12.5ms`, `127.0.0.1:8080`, `2026-11-28T00:13:23Z`.
    fn digits(&mut self) -> bool {
        let rest = self.rest();
        let mut length = count(rest);
        if length == 0 {
            return false;
        }
        let mut unit = "";
        loop {
            let after = &rest[length..];
            let more = grouped(after).max(exponent(after));
            if more > 0 {
                length += more;
                continue;
            }
            let end = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
            let letters = &after[..end];
            // Of a time in two units, and of a time of a day.
            let goes_on = TIMES.contains(&letters) || letters == "T" || letters == "m";
            if goes_on && count(&after[end..]) > 0 {
                length += end + count(&after[end..]);
                continue;
            }
            if TIMES.contains(&letters) && !after[end..].starts_with(is_word) {
                (length, unit) = (length + end, "s");
            } else if SIZES.contains(&letters) && !after[end..].starts_with(is_word) {
                (length, unit) = (length + end, "B");
            } else if letters == "Z" && !after[end..].starts_with(is_word) {
                length += end;
            }
            break;
        }
        let signed = self.out.ends_with('-') && {
            let before = self.out[..self.out.len() - 1].chars().next_back();
            before.is_none_or(|c| !(c.is_alphanumeric() || matches!(c, '#' | '>' | '-' | ')')))
        };
        if signed {
            self.out.pop();
        }
        self.replace(length, &format!("#{unit}"))
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn begins_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// How many digits a text begins with.
fn count(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// The bytes of a separator and the digits behind it.
fn grouped(text: &str) -> usize {
    match text.strip_prefix(['.', '_', ',', ':', '/', '-']).map(count) {
        None | Some(0) => 0,
        Some(digits) => digits + 1,
    }
}

/// The bytes of `e-7`.
fn exponent(text: &str) -> usize {
    let Some(rest) = text.strip_prefix(['e', 'E']) else { return 0 };
    let sign = usize::from(rest.starts_with(['-', '+']));
    match count(&rest[sign..]) {
        0 => 0,
        digits => 1 + sign + digits,
    }
}

fn is_hex(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The bytes of a UUID at the beginning of a text.
fn uuid(text: &str) -> Option<usize> {
    let length = UUID.iter().sum::<usize>() + UUID.len() - 1;
    let found = text.get(..length)?;
    let mut parts = found.split('-');
    let is_part = |digits: &usize| parts.next().is_some_and(|it| it.len() == *digits && is_hex(it));
    let is_whole = UUID.iter().all(is_part);
    let ends = !text[length..].starts_with(|c: char| is_word(c) || c == '-');
    (is_whole && ends).then_some(length)
}
