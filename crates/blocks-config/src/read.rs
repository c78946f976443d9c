//! From text to configuration.

use crate::ConfigFile;
use crate::error::{Place, Problem};
use crate::places::{Node, Places};
use crate::problem::{cannot_be, of_document, of_value};
use serde_saphyr::{MergeKeyPolicy, NonFiniteFloatPolicy, Options, Spanned};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The greatest size of a file in bytes: one mebibyte.
pub const MAX_BYTES: usize = 1 << 20;

/// Depth and number of values are far above what the keys need, and far below what costs anything.
const MAX_DEPTH: usize = 16;
const MAX_NODES: usize = 10_000;

fn options() -> Options {
    serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_anchors: 0,
            max_aliases: 0,
            max_depth: MAX_DEPTH,
            max_nodes: MAX_NODES,
        },
        merge_keys: MergeKeyPolicy::Error,
        strict_booleans: true,
        reject_unsupported_tags: true,
        reject_tagged_field_names: true,
        // Refused with the other wrong forms, which says more.
        non_finite_float_policy: NonFiniteFloatPolicy::PassThrough,
        // Lines are shown in one way for these errors and for those found here.
        with_snippet: false,
    }
}

/// Reads a text. It is read twice: for where everything stands, and into its type.
pub(crate) fn read<T: ConfigFile>(text: &str) -> Result<(T, Places), Problem> {
    if text.len() > MAX_BYTES {
        return Err(too_large());
    }
    let document: Spanned<Node> =
        serde_saphyr::from_str_with_options(text, options()).map_err(|e| of_document(&e))?;
    if matches!(document.value, Node::Nothing) {
        return Ok((T::default(), Places::default()));
    }
    let keys = T::keys();
    let places = Places::collect(&document, text, keys)?;
    let config: T = serde_saphyr::from_str_with_options(text, options())
        .map_err(|e| of_value(&e, &places, keys))?;
    // The reader takes `"95"` and `0x5f` for numbers. The schema and the reader in Nix do not.
    if let Some((entry, _)) = places.wrong_form(keys) {
        return Err(cannot_be(entry, "", keys));
    }
    if let Some(broken) = config.check() {
        return Err(Problem {
            place: places.get(&broken.path).map(|entry| entry.value),
            message: broken.message,
            help: broken.help,
        });
    }
    Ok((config, places))
}

/// The text of a file, or nothing where there is none.
pub(crate) fn text_of(path: &Path) -> Result<Option<String>, Problem> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(&error)),
    };
    // One byte more than allowed tells a file that is too large, however large it is.
    let mut bytes = Vec::new();
    let limit = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    file.take(limit).read_to_end(&mut bytes).map_err(|e| unreadable(&e))?;
    if bytes.len() > MAX_BYTES {
        return Err(too_large());
    }
    String::from_utf8(bytes)
        .map(Some)
        .map_err(|e| not_utf8(e.as_bytes(), e.utf8_error().valid_up_to()))
}

fn too_large() -> Problem {
    Problem {
        place: None,
        message: format!("the file is larger than {MAX_BYTES} bytes"),
        help: "no configuration needs that much: look for what was pasted by mistake".to_owned(),
    }
}

fn unreadable(error: &io::Error) -> Problem {
    Problem {
        place: None,
        message: format!("the file cannot be read: {error}"),
        help: "make it a file that you may read, or remove it to have the defaults".to_owned(),
    }
}

fn not_utf8(bytes: &[u8], valid: usize) -> Problem {
    let before = String::from_utf8_lossy(bytes.get(..valid).unwrap_or_default());
    let last = before.rsplit('\n').next().unwrap_or_default();
    let number = |n: usize| u32::try_from(n + 1).unwrap_or(u32::MAX);
    Problem {
        place: Some(Place {
            line: number(before.matches('\n').count()),
            column: number(last.chars().count()),
            length: 1,
        }),
        message: "the file is not UTF-8".to_owned(),
        help: "save it as UTF-8".to_owned(),
    }
}
