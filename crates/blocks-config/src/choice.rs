//! Words of which one is chosen.

/// Declares the words that a key may have, one a variant.
///
/// A variant reads `/// meaning`, then `Name = "word",`.
macro_rules! choices {
    (
        $(#[$attribute:meta])*
        pub enum $name:ident {
            $( $(#[$variant_attribute:meta])* $variant:ident = $word:literal, )+
        }
    ) => {
        $(#[$attribute])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize, serde::Serialize,
        )]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        pub enum $name {
            $( $(#[$variant_attribute])* #[serde(rename = $word)] $variant, )+
        }

        impl $name {
            /// Each of them, in the order of the documentation.
            pub const ALL: &'static [Self] = &[ $( Self::$variant, )+ ];

            /// The word in the file.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $( Self::$variant => $word, )+
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::key::Setting for $name {
            const KIND: $crate::Kind = $crate::Kind::Choice(&[ $( $word, )+ ]);
            fn show(&self) -> String {
                self.to_string()
            }
        }
    };
}
pub(crate) use choices;
