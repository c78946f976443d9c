//! `config.json` of an index, and the addresses that follow from it.

use serde::Deserialize;

use crate::index::{IndexVersion, prefix};

/// What an index says of its registry.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct RegistryConfig {
    /// Where archives are; with markers, or without any.
    dl: String,
    /// Whether all that is asked needs a token.
    #[serde(default, rename = "auth-required")]
    pub(crate) auth_required: bool,
}

impl RegistryConfig {
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, String> {
        let read: Self = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        let is_address = read.dl.starts_with("https://") || read.dl.starts_with("http://");
        if is_address { Ok(read) } else { Err("`dl` is no address".to_owned()) }
    }

    /// Where the archive of a version is.
    pub(crate) fn archive(&self, of: &IndexVersion) -> String {
        let version = of.version.to_string();
        let folder = prefix(&of.name);
        let marked = [
            ("{crate}", of.name.as_str()),
            ("{version}", &version),
            ("{prefix}", &folder),
            ("{lowerprefix}", &folder.to_lowercase()),
            ("{sha256-checksum}", &of.checksum),
        ];
        if !marked.iter().any(|(marker, _)| self.dl.contains(marker)) {
            return format!("{}/{}/{version}/download", self.dl.trim_end_matches('/'), of.name);
        }
        marked.iter().fold(self.dl.clone(), |dl, (marker, text)| dl.replace(marker, text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn archive(dl: &str) -> String {
        let config = RegistryConfig { dl: dl.to_owned(), auth_required: false };
        let version = "1.0.0-rc.1+x".parse().unwrap();
        let (name, checksum) = ("MyCrate".to_owned(), "0f".repeat(32));
        config.archive(&IndexVersion { name, version, checksum, is_yanked: false })
    }

    #[test]
    fn the_address_of_an_archive_follows_from_the_markers() {
        let all =
            archive("http://x/{prefix}/{lowerprefix}/{crate}-{version}.crate?{sha256-checksum}");
        let sum = "0f".repeat(32);
        assert_eq!(all, format!("http://x/My/Cr/my/cr/MyCrate-1.0.0-rc.1+x.crate?{sum}"));
    }

    #[test]
    fn without_markers_it_is_that_of_the_first_registry() {
        assert_eq!(archive("http://x/api"), "http://x/api/MyCrate/1.0.0-rc.1+x/download");
        assert_eq!(archive("http://x/api/"), archive("http://x/api"));
    }

    #[test]
    fn what_is_no_address_is_not_followed() {
        assert!(RegistryConfig::read(b"{\"dl\":\"file:///etc\"}").is_err());
        assert!(RegistryConfig::read(b"{}").is_err());
    }
}
