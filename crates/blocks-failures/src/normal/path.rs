//! Paths, of which the folders are of a machine.

use super::{Numbers, Scan, normal};

/// Where one may begin.
const BEGINS: &[char] = &[' ', '"', '\'', '`', '(', '[', '{', '<', '=', ',', ':', ';', '@', '|'];

/// What ends one that stands in no quotes.
const ENDS: &[char] = &[' ', '"', '\'', '`', ')', ']', '}', '<', '>', ',', ';', ':', '|'];

/// Folders in which all names are made up.
const TEMPORARY: [&str; 6] =
    ["/tmp/", "/var/tmp/", "/private/tmp/", "/dev/shm/", "/run/user/", "/var/folders/"];

/// Files in which compilers and panics name lines.
const SOURCES: [&str; 10] =
    [".rs", ".toml", ".md", ".nix", ".yml", ".yaml", ".json", ".c", ".h", ".cpp"];

impl Scan<'_> {
    /// An absolute path, or one in a folder `target`: what is left of it is its last name.
    pub(super) fn path(&mut self) -> bool {
        let before = self.before();
        let is_url = self.text[..self.at].ends_with("file://");
        if !is_url && before.is_some_and(|c| !BEGINS.contains(&c)) {
            return false;
        }
        let rest = self.rest();
        let path = match before {
            // In quotes it may have spaces.
            Some(quote @ ('"' | '\'' | '`')) => rest.split(quote).next().unwrap_or(rest),
            _ => rest,
        };
        let is_drive = drive(path);
        let skipped = if is_drive { 2 } else { 0 };
        let in_quotes = matches!(before, Some('"' | '\'' | '`')) && rest.len() > path.len();
        let is_end = |c: char| ENDS.contains(&c) && !(in_quotes && c == ' ');
        let length = path[skipped..].find(is_end).map_or(path.len(), |at| at + skipped);
        let path = &path[..length];
        if !(is_drive || absolute(path) || in_target(path)) {
            return false;
        }
        let path = path.trim_end_matches(['.', '/', '\\']);
        let length = path.len();
        let name = name_of(path).map_or("", without_hash);
        let name = match self.numbers {
            Numbers::Mean => name.to_owned(),
            _ if self.is_code => name.to_owned(),
            numbers => normal(name, numbers),
        };
        let slash = if name.is_empty() { "" } else { "/" };
        length > 0 && self.replace(length, &format!("<path>{slash}{name}"))
    }

    /// `:31:18` behind a source file, which moves with each edit above it.
    pub(super) fn place(&mut self) -> bool {
        let is_source = SOURCES.iter().any(|end| self.text[..self.at].ends_with(end));
        if !is_source {
            return false;
        }
        let mut length = numbers(self.rest());
        // Where it ends, of what is longer: `{closure@src/lib.rs:3:5: 3:8}`.
        if let Some(more) = self.rest()[length..].strip_prefix(": ").filter(|_| length > 0) {
            let end = numbers(&format!(":{more}"));
            length += if end > 2 { end + 1 } else { 0 };
        }
        length > 0 && self.replace(length, "")
    }
}

/// The bytes of `:12:3`.
fn numbers(text: &str) -> usize {
    let mut length = 0;
    while let Some(digits) = text[length..].strip_prefix(':') {
        let count = digits.bytes().take_while(u8::is_ascii_digit).count();
        if count == 0 || digits[count..].starts_with(|c: char| c.is_alphanumeric() || c == '_') {
            break;
        }
        length += count + 1;
    }
    length
}

fn drive(path: &str) -> bool {
    let mut chars = path.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic())
        && chars.next() == Some(':')
        && matches!(chars.next(), Some('\\' | '/'))
}

fn absolute(path: &str) -> bool {
    let named = |c: char| c.is_alphanumeric() || "._-~@+".contains(c);
    path.strip_prefix('/').is_some_and(|rest| rest.starts_with(named))
}

fn in_target(path: &str) -> bool {
    path.contains('/') && path.split('/').any(|part| part == "target")
}

/// The last name of a path; none where it was made up.
fn name_of(path: &str) -> Option<&str> {
    let (folder, name) = path.rsplit_once(['/', '\\'])?;
    let is_temporary = TEMPORARY.iter().any(|it| it.strip_suffix('/') == Some(folder));
    Some(name).filter(|name| !name.is_empty() && !is_temporary && !name.starts_with(".tmp"))
}

/// A name without the hash that Nix puts before it, or cargo behind it.
fn without_hash(name: &str) -> &str {
    const NIX: usize = 32;
    const CARGO: usize = 16;
    let is_nix = |c: char| c.is_ascii_digit() || c.is_ascii_lowercase();
    let name = match name.split_once('-') {
        Some((hash, rest)) if hash.len() == NIX && hash.chars().all(is_nix) => rest,
        _ => name,
    };
    match name.rsplit_once('-') {
        Some((rest, hash))
            if hash.len() == CARGO && hash.chars().all(|c| c.is_ascii_hexdigit()) =>
        {
            rest
        }
        _ => name,
    }
}
