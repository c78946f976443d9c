//! Texts of a form of their own, or none.

/// Declares a text that has a form, or is empty where nothing is said.
///
/// `wrong` finds what is wrong with a text that is not empty; `is` says what it has to be; `pattern` is the form in the
/// schema, in which the empty text is added.
macro_rules! texts {
    (
        $(#[$attribute:meta])*
        pub struct $name:ident { wrong: $wrong:path, is: $is:literal, pattern: $pattern:expr }
    ) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The text, where it has the form or is empty; the error says what is wrong with it.
            pub fn new(text: impl Into<String>) -> Result<Self, &'static str> {
                let text = text.into();
                let wrong = if text.is_empty() { None } else { $wrong(&text) };
                wrong.map_or(Ok(Self(text)), Err)
            }

            /// The text as it is written in the file; none where nothing is.
            pub fn get(&self) -> Option<&str> {
                (!self.0.is_empty()).then_some(&*self.0)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(deserializer)?;
                Self::new(text).map_err(serde::de::Error::custom)
            }
        }

        impl $crate::key::Setting for $name {
            const KIND: $crate::Kind = $crate::Kind::Text($is);
            fn show(&self) -> String {
                self.to_string()
            }
        }

        #[cfg(test)]
        impl schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "pattern": format!("^({})?$", $pattern) })
            }
        }
    };
}
pub(crate) use texts;
