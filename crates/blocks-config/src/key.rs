//! The table of keys: what each means, its unit, and what it accepts.

use crate::{ConfigFile, NotifyConfig, PipelineConfig};
use std::fmt;
use std::sync::LazyLock;

/// One key of a configuration file.
///
/// A row exists once: the struct's field, its documentation, its place in the schema and this row
/// are written together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// The dotted path: `test.coverage_threshold`. `[]` stands for each element of a list of
    /// mappings, `<id>` for any name: a stage's below `stages`, a package's
    /// below `members`.
    pub path: &'static str,
    /// What a value counts in, such as `percent of lines`; empty where nothing is counted.
    pub unit: &'static str,
    /// What one value may be.
    pub kind: Kind,
    /// Whether the key holds a list of such values.
    pub list: bool,
    /// What the key does.
    pub meaning: &'static str,
}

impl Key {
    /// The value where the file does not set the key, as [`Loaded::effective`](crate::Loaded::effective)
    /// writes it.
    pub fn default_value(&self) -> String {
        PipelineConfig::default()
            .show(self.path)
            .or_else(|| NotifyConfig::default().show(self.path))
            .unwrap_or_default()
    }

    /// What may be written after the key, in words.
    pub fn accepts(&self) -> String {
        if self.list { format!("a list, each of it {}", self.kind) } else { self.kind.to_string() }
    }
}

/// What one value may be. Its `Display` completes "must be …".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `true` or `false`.
    Truth,
    /// A whole number of the range, in decimal digits.
    Whole {
        /// The least value.
        min: u32,
        /// The greatest value.
        max: u32,
    },
    /// A decimal number from 0 to `max` with at most six digits after the point.
    Decimal {
        /// The greatest value.
        max: u32,
    },
    /// Text, with what it has to be.
    Text(&'static str),
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A word, or a whole number of the range in decimal digits.
    WordOrWhole {
        /// The word.
        word: &'static str,
        /// The least value.
        min: u32,
        /// The greatest value.
        max: u32,
    },
}

impl Kind {
    /// Whether a scalar, as it stands in the file, has the form of this kind. Ranges and the form of
    /// texts are the types' own business.
    pub(crate) fn has_form(self, raw: &str) -> bool {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        match self {
            Self::Truth => matches!(raw, "true" | "false"),
            Self::Whole { .. } => digits(raw),
            Self::Decimal { .. } => match raw.split_once('.') {
                Some((whole, fraction)) => digits(whole) && digits(fraction),
                None => digits(raw),
            },
            Self::Text(_) | Self::Choice(_) => true,
            // The word may stand in quotes, as every text may.
            Self::WordOrWhole { word, .. } => digits(raw) || raw.trim_matches(['"', '\'']) == word,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truth => f.write_str("`true` or `false`"),
            Self::Whole { min, max } => write!(f, "a whole number from {min} to {max}"),
            Self::Decimal { max } => {
                write!(f, "a number from 0 to {max} with at most 6 digits after the point")
            }
            Self::Text(what) => f.write_str(what),
            Self::Choice(words) => write!(f, "one of {}", words.join(", ")),
            Self::WordOrWhole { word, min, max } => {
                write!(f, "`{word}` or a whole number from {min} to {max}")
            }
        }
    }
}

/// All keys of both files, in the order of the files.
pub fn keys() -> &'static [Key] {
    static ALL: LazyLock<Vec<Key>> =
        LazyLock::new(|| [PipelineConfig::keys(), NotifyConfig::keys()].concat());
    &ALL
}

/// The row for a path of a file, where list elements are `[]` and names of stages and members `<id>`.
pub(crate) fn row<'a>(keys: &'a [Key], path: &str) -> Option<&'a Key> {
    keys.iter().find(|key| {
        path.strip_prefix(key.path)
            .is_some_and(|rest| rest.is_empty() || (key.list && rest == "[]"))
    })
}

/// A type that a key can have.
pub(crate) trait Setting {
    /// What one value may be.
    const KIND: Kind;
    /// Whether it is a list.
    const LIST: bool = false;
    /// The value as a person would write it.
    fn show(&self) -> String;
}

impl Setting for bool {
    const KIND: Kind = Kind::Truth;
    fn show(&self) -> String {
        self.to_string()
    }
}

impl Setting for String {
    const KIND: Kind = Kind::Text("text that is not empty, without control characters");
    fn show(&self) -> String {
        self.clone()
    }
}

impl<T: Setting> Setting for Vec<T> {
    const KIND: Kind = T::KIND;
    const LIST: bool = true;
    fn show(&self) -> String {
        show_all(self)
    }
}

/// Values side by side.
pub(crate) fn show_all<'a, T: Setting + 'a>(values: impl IntoIterator<Item = &'a T>) -> String {
    let shown: Vec<_> = values.into_iter().map(Setting::show).collect();
    shown.join(", ")
}

/// The values of a key in all mappings of a list.
pub(crate) fn show_each<T>(
    list: &[T],
    key: &str,
    show: fn(&T, &str) -> Option<String>,
) -> Option<String> {
    let shown: Option<Vec<_>> = list.iter().map(|one| show(one, key)).collect();
    Some(shown?.join(", "))
}

/// Declares a mapping of the files, and from the same lines its rows in the table of keys.
///
/// A field reads `/// meaning`, then `name: Type ["unit"],`. The names of fields are the keys. One that may be left out
/// of a mapping that has keys without a default says `#[serde(default)]` between the two. What stands below `lists` are
/// lists of such mappings, which have rows of their own.
macro_rules! settings {
    (
        $(#[$attribute:meta])*
        pub struct $name:ident at $prefix:literal {
            $(
                $(#[doc = $doc:literal])+
                $(#[serde($serde:meta)])?
                $field:ident: $type:ty [$unit:literal],
            )+
            $( lists { $( $(#[doc = $list_doc:literal])+ $list:ident: $element:ty, )+ } )?
        }
    ) => {
        #[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        #[serde(deny_unknown_fields)]
        $(#[$attribute])*
        pub struct $name {
            $( $(#[doc = $doc])+ $(#[serde($serde)])? pub $field: $type, )+
            $($( $(#[doc = $list_doc])+ pub $list: Vec<$element>, )+)?
        }

        impl $name {
            /// The rows of this mapping.
            pub(crate) const KEYS: &'static [$crate::Key] = &[ $( $crate::Key {
                path: concat!($prefix, ".", stringify!($field)),
                unit: $unit,
                kind: <$type as $crate::key::Setting>::KIND,
                list: <$type as $crate::key::Setting>::LIST,
                meaning: concat!($($doc),+).trim_ascii(),
            }, )+ ];

            /// The value of a key of this mapping.
            pub(crate) fn show(&self, key: &str) -> Option<String> {
                $($(
                    if let Some(key) = key.strip_prefix(concat!(stringify!($list), "[].")) {
                        return $crate::key::show_each(&self.$list, key, <$element>::show);
                    }
                )+)?
                match key {
                    $( stringify!($field) => Some($crate::key::Setting::show(&self.$field)), )+
                    _ => None,
                }
            }
        }
    };
}
pub(crate) use settings;
