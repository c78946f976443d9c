//! What is kept between runs, and where.

use crate::MembersPerBuild;
use crate::check::{Violation, no_blanks, no_duplicates};
use crate::key::settings;
use crate::text::texts;

settings! {
    /// What is kept between runs, and in which pieces.
    #[serde(default)]
    pub struct Cache at "cache" {
        /// The folders that are kept. `~` is the home folder.
        paths: Vec<String> ["paths from the workspace's root"],
        /// The name that they are kept under. Another name starts afresh.
        key: String [""],
        /// How many members' records Nix makes in one build. `auto` takes all members of a small
        /// workspace together, and each member for itself otherwise.
        members_per_build: MembersPerBuild ["members"],
        /// The binary cache that `cargo blocks cache` pushes to: `cachix:NAME`, `attic:SERVER/NAME`, or what Nix takes as a
        /// store (`s3://…`, `https://…`, `file:///…`). Who may write there is said by the environment, never here.
        store: StoreAddress [""],
        /// The keys that paths in that cache are signed with, as Nix writes them. With none no signature is asked for.
        public_keys: Vec<PublicKey> ["public keys"],
    }
}

impl Default for Cache {
    fn default() -> Self {
        Self {
            paths: ["target", "~/.cargo/registry", "~/.cargo/git"].map(str::to_owned).into(),
            key: "blocks".to_owned(),
            members_per_build: MembersPerBuild::Auto,
            store: StoreAddress::default(),
            public_keys: Vec::new(),
        }
    }
}

impl Cache {
    /// The first rule broken.
    pub(crate) fn check(&self) -> Option<Violation> {
        let paths = self.paths.iter().enumerate();
        let texts = paths
            .map(|(i, path)| (format!("cache.paths[{i}]"), path.as_str()))
            .chain([("cache.key".to_owned(), self.key.as_str())]);
        let keys = || {
            let key = |(i, key): (_, &'_ PublicKey)| {
                (format!("cache.public_keys[{i}]"), key.get().unwrap_or_default().to_owned())
            };
            self.public_keys.iter().enumerate().map(key).collect::<Vec<_>>()
        };
        let each = |keys: &[(String, String)], rule: fn(Vec<(String, &str)>) -> _| {
            rule(keys.iter().map(|(at, key)| (at.clone(), key.as_str())).collect())
        };
        no_blanks(texts)
            .or_else(|| each(&keys(), |all| no_blanks(all)))
            .or_else(|| each(&keys(), |all| no_duplicates(all)))
    }
}

texts! {
    /// Where a binary cache is.
    pub struct StoreAddress {
        wrong: wrong_store,
        is: "`cachix:NAME`, `attic:SERVER/NAME`, `s3://BUCKET`, `https://HOST` or `file:///FOLDER`, or nothing in quotes",
        pattern: {
            let url = format!(
                "(s3://{NAME}|(https://{HOST}|http://(localhost|127\\.0\\.0\\.1))(:[0-9]{{1,5}})?|file://(?=/))"
            );
            let no_secret = "(?!.*[?&][^=&]*(secret|token|password|credential|key))";
            let parameter = "[a-z0-9-]+=[A-Za-z0-9._~/:%+-]*";
            let parameters = format!("(\\?{parameter}(&{parameter})*)?");
            format!("cachix:{NAME}|attic:{NAME}/{NAME}|{no_secret}{url}(/{PATH}*)?{parameters}")
        }
    }
}

texts! {
    /// What signatures are verified with: a name, a colon and 32 bytes in base64.
    pub struct PublicKey {
        wrong: wrong_key,
        is: "a name, `:` and a public key in base64, as `nix key convert-secret-to-public` prints it",
        pattern: "[A-Za-z0-9._-]+:[A-Za-z0-9+/]{43}="
    }
}

/// What an address of a store says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Store<'a> {
    /// A cache of Cachix, by its name.
    Cachix(&'a str),
    /// A cache of an Attic server.
    Attic {
        /// The name that `attic login` gave the server.
        server: &'a str,
        /// The cache's name there.
        name: &'a str,
    },
    /// What Nix takes as a store: a URL.
    Nix(&'a str),
}

impl StoreAddress {
    /// What the address says; none where there is none.
    pub fn store(&self) -> Option<Store<'_>> {
        let text = self.get()?;
        Some(match text.split_once(':') {
            Some(("cachix", name)) => Store::Cachix(name),
            Some(("attic", rest)) => {
                let (server, name) = rest.split_once('/').unwrap_or((rest, ""));
                Store::Attic { server, name }
            }
            _ => Store::Nix(text),
        })
    }
}

/// A name of a cache, as a pattern.
#[cfg(test)]
const NAME: &str = "[A-Za-z0-9][A-Za-z0-9._-]*";

/// The name of a host, as a pattern.
#[cfg(test)]
const HOST: &str =
    "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*";

/// What may stand in a path, as a pattern.
#[cfg(test)]
const PATH: &str = "[A-Za-z0-9._~/-]";

/// The hosts that are this machine, where nobody listens on the way.
const HERE: [&str; 2] = ["localhost", "127.0.0.1"];

/// Parts of the names of parameters whose values are secrets, or lead to them.
const SECRETS: [&str; 5] = ["secret", "token", "password", "credential", "key"];

const FORMS: &str = "it is none of `cachix:NAME`, `attic:SERVER/NAME`, `s3://BUCKET`, `https://HOST`, `file:///FOLDER`";
const A_SECRET: &str = "it has a user, a password or a key in it, which everybody who reads the file would have: \
     write the address alone, and give the rest by the environment";

fn wrong_store(text: &str) -> Option<&'static str> {
    if let Some(name) = text.strip_prefix("cachix:") {
        return (!is_name(name)).then_some("after `cachix:` comes the name of a cache");
    }
    if let Some(rest) = text.strip_prefix("attic:") {
        let is_place =
            rest.split_once('/').is_some_and(|(server, name)| is_name(server) && is_name(name));
        return (!is_place)
            .then_some("after `attic:` comes the name of a server, `/`, and the name of a cache");
    }
    let Some((scheme, rest)) = text.split_once("://") else { return Some(FORMS) };
    if rest.contains('@') {
        return Some(A_SECRET);
    }
    let (place, parameters) =
        rest.split_once('?').map_or((rest, None), |(place, all)| (place, Some(all)));
    if let Some(wrong) = parameters.and_then(wrong_parameters) {
        return Some(wrong);
    }
    let (host, path) = place.split_at(place.find('/').unwrap_or(place.len()));
    if !path.bytes().all(|b| b.is_ascii_alphanumeric() || b"._~/-".contains(&b)) {
        return Some("its path has other signs than letters, digits and . _ ~ / -");
    }
    match scheme {
        "file" if host.is_empty() && path.starts_with('/') => None,
        "file" => Some("after `file://` comes a path from the root: `file:///FOLDER`"),
        "s3" if is_name(host) => None,
        "s3" => Some("after `s3://` comes the name of a bucket"),
        "https" | "http" => wrong_server(scheme, host),
        _ => Some(FORMS),
    }
}

fn wrong_server(scheme: &str, place: &str) -> Option<&'static str> {
    let (host, port) =
        place.split_once(':').map_or((place, None), |(host, port)| (host, Some(port)));
    if scheme == "http" && !HERE.contains(&host) {
        return Some("what is fetched could be changed on the way: it begins with `https://`");
    }
    let is_number = |port: &str| {
        port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|it| it > 0)
    };
    if port.is_some_and(|port| !is_number(port)) {
        return Some("its port is no number from 1 to 65535");
    }
    crate::HostName::new(host).err().or_else(|| host.is_empty().then_some("it has no host"))
}

fn wrong_parameters(all: &str) -> Option<&'static str> {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"._~/:%+-".contains(&b);
    let mut parts = all.split('&').map(|part| part.split_once('='));
    parts.find_map(|part| match part {
        Some((name, _))
            if SECRETS.iter().any(|secret| name.to_ascii_lowercase().contains(secret)) =>
        {
            Some(A_SECRET)
        }
        Some((name, value)) if is_parameter(name) && value.bytes().all(is_plain) => None,
        _ => Some("after its `?` come parameters as `name=value`, with `&` between them"),
    })
}

fn is_parameter(name: &str) -> bool {
    !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
}

fn wrong_key(text: &str) -> Option<&'static str> {
    let Some((name, key)) = text.split_once(':') else {
        return Some("it has no `:` between a name and a key");
    };
    let is_base64 = |b: u8| b.is_ascii_alphanumeric() || b"+/".contains(&b);
    let digits = key.trim_end_matches('=');
    if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b)) {
        return Some("what is before the `:` is no name of a key");
    }
    // 64 bytes: the public key is the second half of the secret one.
    if digits.len() > 80 {
        return Some(
            "it is as long as a secret key: whoever has it can sign in your name. \
             Make a new pair, and write the public key here",
        );
    }
    let is_key = digits.len() == 43 && key.len() == 44 && digits.bytes().all(is_base64);
    (!is_key).then_some("what is after the `:` is not 32 bytes in base64")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_is_one_that_somebody_can_push_to() {
        let good = [
            "",
            "cachix:blocks",
            "attic:home/blocks-2",
            "s3://bucket",
            "s3://bucket?region=eu-west-1&endpoint=s3.example.org",
            "https://cache.example.org",
            "https://cache.example.org:8443/nix?compression=zstd",
            "http://127.0.0.1:8080/",
            "file:///srv/cache",
            "file:///srv/cache?compression=none",
        ];
        for text in good {
            assert!(StoreAddress::new(text).is_ok(), "{text:?}");
        }
        let bad = [
            "blocks",
            "cachix:",
            "cachix:a/b",
            "cachix:-a",
            "attic:a",
            "attic:/a",
            "attic:a/b/c",
            "daemon",
            "/srv/cache",
            "ssh://a",
            "file://srv/cache",
            "file:///srv/a b",
            "s3://",
            "s3://a?region",
            "s3://a?Region=a",
            "https://",
            "https://a:0",
            "http://a.example.org",
            "https://a/?x=a b",
            "https://a/\n",
        ];
        for text in bad {
            assert!(StoreAddress::new(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn no_store_has_a_secret_in_it() {
        for text in [
            "https://user:word@a.example.org",
            "s3://AKIA:secret@bucket",
            "https://a.example.org?token=x",
            "file:///a?secret-key=/k",
            "s3://a?region=a&Access-Key=b",
        ] {
            assert_eq!(StoreAddress::new(text), Err(A_SECRET), "{text:?}");
        }
    }

    #[test]
    fn an_address_says_whose_program_pushes() {
        let store = |text: &'static str| StoreAddress::new(text).unwrap();
        assert_eq!(store("").store(), None);
        assert_eq!(store("cachix:a").store(), Some(Store::Cachix("a")));
        assert_eq!(store("attic:a/b").store(), Some(Store::Attic { server: "a", name: "b" }));
        assert_eq!(store("file:///a").store(), Some(Store::Nix("file:///a")));
    }

    #[test]
    fn a_public_key_is_no_secret_one() {
        let public = format!("cache.example.org-1:{}=", "a".repeat(43));
        assert!(PublicKey::new(public).is_ok());
        let secret = PublicKey::new(format!("a:{}==", "a".repeat(86))).unwrap_err();
        assert!(secret.contains("secret"), "{secret}");
        for key in [
            "a",
            ":a",
            "a:",
            "a b:c",
            &format!("a:{}", "a".repeat(44)),
            &format!("a:{}!=", "a".repeat(42)),
        ] {
            assert!(PublicKey::new(key).is_err(), "{key:?}");
        }
    }
}
