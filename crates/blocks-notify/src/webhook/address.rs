use std::fmt;

/// An address that requests are sent to. Whoever knows it can send there too, so that it is shown without its path.
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookUrl(String);

/// Why a text is no such address. The text is no part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WebhookUrlError {
    /// It is none of the web, or not of a form that is understood.
    #[error("{} is no address of the form https://host/path", WebhookUrl::VARIABLE)]
    Form,
    /// What is sent could be read by others.
    #[error(
        "{} begins with http://, by which everybody between could read it and send there: use https://",
        WebhookUrl::VARIABLE
    )]
    Plain,
}

impl WebhookUrl {
    /// The variable that holds it.
    pub const VARIABLE: &'static str = "BLOCKS_WEBHOOK_URL";

    /// The address of an environment; none where the variable is not set, or empty.
    pub fn from_environment(
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Option<Self>, WebhookUrlError> {
        let text = variable(Self::VARIABLE).filter(|it| !it.is_empty());
        text.map(|it| Self::parse(&it)).transpose()
    }

    /// Reads an address.
    pub fn parse(text: &str) -> Result<Self, WebhookUrlError> {
        let text = text.trim();
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let host = host(rest.ok_or(WebhookUrlError::Form)?);
        let is_plain = text.len() <= 2000 && text.bytes().all(|it| it.is_ascii_graphic());
        if host.is_empty() || host.contains('@') || !is_plain {
            return Err(WebhookUrlError::Form);
        }
        if text.starts_with("http://") && !is_here(host) {
            return Err(WebhookUrlError::Plain);
        }
        Ok(Self(text.to_owned()))
    }

    /// All of it, for the request.
    pub(super) fn whole(&self) -> &str {
        &self.0
    }

    /// The text without what only who may send knows: a server or a library may say it again.
    pub(super) fn removed_from(&self, text: &str) -> String {
        let shown = self.to_string();
        let text = text.replace(&self.0, &shown);
        let secret = self.0.get(shown.len() - SECRET.len()..).unwrap_or_default();
        if secret.len() > 1 { text.replace(secret, SECRET) } else { text }
    }
}

/// What stands for what is not shown.
const SECRET: &str = "/***";

impl fmt::Display for WebhookUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (scheme, rest) = self.0.split_once("://").unwrap_or(("https", ""));
        write!(f, "{scheme}://{}{SECRET}", host(rest))
    }
}

impl fmt::Debug for WebhookUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WebhookUrl({self})")
    }
}

/// The host with its port.
fn host(rest: &str) -> &str {
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

fn is_here(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |it| it.0);
    name == "localhost" || name == "127.0.0.1" || name == "[::1]"
}

#[cfg(test)]
mod tests {
    use super::{WebhookUrl, WebhookUrlError};

    #[test]
    fn an_address_is_never_shown_whole() {
        let url = WebhookUrl::parse("https://hooks.example.org/services/T0/secret").unwrap();
        assert_eq!(url.to_string(), "https://hooks.example.org/***");
        assert_eq!(format!("{url:?}"), "WebhookUrl(https://hooks.example.org/***)");
        let said = "no https://hooks.example.org/services/T0/secret nor /services/T0/secret";
        assert_eq!(url.removed_from(said), "no https://hooks.example.org/*** nor /***");
        let query = WebhookUrl::parse("https://example.org?token=secret").unwrap();
        assert_eq!(query.to_string(), "https://example.org/***");
        assert_eq!(query.removed_from("?token=secret"), "/***");
    }

    #[test]
    fn nothing_is_sent_that_others_could_read() {
        for good in [
            "https://a.example.org/x",
            "http://localhost:80/x",
            "http://127.0.0.1:1/",
            "http://[::1]:1/",
        ] {
            assert!(WebhookUrl::parse(good).is_ok(), "{good}");
        }
        let plain = [
            "http://a.example.org/x",
            "http://localhost.example.org/",
            "http://127.0.0.1.example.org/",
        ];
        assert_eq!(plain.map(WebhookUrl::parse), [const { Err(WebhookUrlError::Plain) }; 3]);
        let wrong = [
            "",
            "example.org",
            "ftp://example.org/",
            "https://",
            "https://u:p@example.org/",
            "https://a/\r\nX: y",
        ];
        assert_eq!(wrong.map(WebhookUrl::parse), [const { Err(WebhookUrlError::Form) }; 6]);
    }
}
