//! Where people and servers are reached: addresses, hosts, repositories.

use crate::text::texts;

texts! {
    /// The address of a mailbox, without a name before it.
    pub struct MailAddress {
        wrong: wrong_address,
        is: "an address such as `ci@example.org`, or nothing in quotes",
        pattern: format!("{ATOM}(\\.{ATOM})*@{HOST}")
    }
}

texts! {
    /// The name of a host, or its IPv4 address.
    pub struct HostName {
        wrong: wrong_host,
        is: "the name of a host, or nothing in quotes",
        pattern: HOST
    }
}

texts! {
    /// Where an interface of a server begins: a URL without a user, a query and a fragment.
    ///
    /// What is sent there has a token in it, so only a server of the same machine may be asked without encryption.
    pub struct BaseUrl {
        wrong: wrong_url,
        is: "a URL that begins with `https://`, or nothing in quotes",
        pattern: format!("(https://{HOST}|http://(localhost|127\\.0\\.0\\.1))(:[0-9]{{1,5}})?(/[A-Za-z0-9._~/-]*)?")
    }
}

texts! {
    /// A repository of a server: `owner/name`.
    pub struct RepositoryName {
        wrong: wrong_repository,
        is: "`owner/name`, or nothing in quotes",
        pattern: r"(?!\.{1,2}/)[A-Za-z0-9._-]+/(?!\.{1,2}$)[A-Za-z0-9._-]+"
    }
}

texts! {
    /// A label of issues.
    pub struct Label {
        wrong: wrong_label,
        is: "text of at most 50 characters without a comma",
        pattern: r"(?! )[^,\u0000-\u001f\u007f-\u009f]{1,50}(?<! )"
    }
}

/// What may stand in the name of a mailbox, as a pattern.
#[cfg(test)]
const ATOM: &str = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";

/// The name of a host, as a pattern.
#[cfg(test)]
const HOST: &str =
    r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*";

/// The hosts that are this machine.
const HERE: [&str; 2] = ["localhost", "127.0.0.1"];

fn wrong_address(text: &str) -> Option<&'static str> {
    let Some((name, host)) = text.rsplit_once('@') else {
        return Some("it has no `@`");
    };
    let is_atom = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&b))
    };
    if name.len() > 64 || text.len() > 254 || !name.split('.').all(is_atom) {
        return Some("what is before the `@` is no name of a mailbox");
    }
    wrong_host(host)
}

fn wrong_host(text: &str) -> Option<&'static str> {
    let is_label = |label: &str| {
        let is_end = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphanumeric);
        let bytes = label.as_bytes();
        is_end(bytes.first())
            && is_end(bytes.last())
            && bytes.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-')
            && bytes.len() <= 63
    };
    let is_host = text.len() <= 253 && text.split('.').all(is_label);
    (!is_host).then_some("it has no name of a host: letters, digits, `-` and dots")
}

fn wrong_url(text: &str) -> Option<&'static str> {
    let Some((scheme, rest)) = text.split_once("://") else {
        return Some("it does not begin with `https://`");
    };
    if rest.contains('@') {
        return Some("it has a user in it, and secrets come from the environment");
    }
    let (place, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (host, port) =
        place.split_once(':').map_or((place, None), |(host, port)| (host, Some(port)));
    match scheme {
        "https" => {}
        "http" if HERE.contains(&host) => {}
        "http" => return Some("a token would be read on the way: it begins with `https://`"),
        _ => return Some("it does not begin with `https://`"),
    }
    let is_port = |port: &str| {
        port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|it| it > 0)
    };
    if port.is_some_and(|port| !is_port(port)) {
        return Some("its port is no number from 1 to 65535");
    }
    let is_part = |b: u8| b.is_ascii_alphanumeric() || b"._~/-".contains(&b);
    if !path.bytes().all(is_part) {
        return Some("its path has other signs than letters, digits and . _ ~ / -");
    }
    wrong_host(host)
}

fn wrong_repository(text: &str) -> Option<&'static str> {
    let is_name = |name: &str| {
        let is_letter = |b: u8| b.is_ascii_alphanumeric() || b"._-".contains(&b);
        !matches!(name, "" | "." | "..") && name.bytes().all(is_letter)
    };
    let is_place =
        text.split_once('/').is_some_and(|(owner, name)| is_name(owner) && is_name(name));
    (!is_place).then_some("it is not of the form `owner/name`")
}

fn wrong_label(text: &str) -> Option<&'static str> {
    let is_label = text.chars().count() <= 50
        && text.trim() == text
        && !text.contains(|c: char| c == ',' || c.is_control());
    (!is_label).then_some(
        "it is longer than 50 characters, or has a comma, a control character or a blank at an end",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether each text is taken.
    fn all<T>(
        new: impl Fn(&'static str) -> Result<T, &'static str>,
        is_good: bool,
        texts: &[&'static str],
    ) {
        for text in texts {
            assert_eq!(new(text).is_ok(), is_good, "{text:?}");
        }
    }

    #[test]
    fn an_address_has_a_mailbox_and_a_host() {
        all(MailAddress::new, true, &["", "a@example.org", "a.b+c@mail.example.org", "o'x@host"]);
        let bad = [
            "a",
            "@example.org",
            "a@",
            "a b@example.org",
            "a..b@example.org",
            ".a@example.org",
            "A <a@example.org>",
            "a@example.org, b@example.org",
            "a@-b.org",
            "a@b..org",
            "a@b_c",
            "a\r\nBcc: b@example.org",
        ];
        all(MailAddress::new, false, &bad);
    }

    #[test]
    fn a_host_is_a_name_without_a_port() {
        all(HostName::new, true, &["", "localhost", "smtp.example.org", "127.0.0.1", "a-b.c"]);
        all(HostName::new, false, &["a:25", "a b", "a_b", "-a", "a-", ".", "a.", "[::1]", "ü"]);
    }

    #[test]
    fn a_token_goes_to_nobody_without_encryption_but_this_machine() {
        let good = [
            "",
            "https://api.example.org",
            "https://git.example.org:3000/api/v1",
            "https://a/",
            "http://127.0.0.1:8080/api/v3",
            "http://localhost",
        ];
        all(BaseUrl::new, true, &good);
        let bad = [
            "http://api.example.org",
            "http://127.0.0.1.example.org",
            "ftp://a",
            "api.example.org",
            "https://",
            "https://a:0",
            "https://a:b",
            "https://a:65536",
            "https://a:+1",
            "https://user@a",
            "https://user:word@a",
            "https://a/?q",
            "https://a/#f",
            "https://a/b c",
        ];
        all(BaseUrl::new, false, &bad);
    }

    #[test]
    fn a_repository_is_of_an_owner() {
        all(RepositoryName::new, true, &["", "owner/name", "a-b/c.d_e"]);
        all(
            RepositoryName::new,
            false,
            &["a", "a/", "/b", "a/b/c", "../b", "a/..", "a/b?c", "a b/c"],
        );
    }

    #[test]
    fn a_label_is_one() {
        all(Label::new, true, &["", "blocks", "needs: help", "größe"]);
        all(Label::new, false, &["a,b", " a", "a ", "a\nb"]);
        assert!(Label::new("a".repeat(51)).is_err());
    }
}
