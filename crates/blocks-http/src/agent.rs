//! How a server is asked over HTTP.

use std::{sync::Arc, time::Duration};

use rustls::crypto::ring;
use thiserror::Error;
use ureq::{
    Agent,
    tls::{Certificate, RootCerts, TlsConfig, TlsProvider},
};

/// How long a server may take for one call: with less, one that is slow is asked again and again.
const ONE_CALL: Duration = Duration::from_secs(30);

/// This machine trusts nobody, so that no server can be told from another.
#[derive(Debug, Error)]
#[error(
    "this machine has no certificates of authorities{0}; install the package ca-certificates, or name a file of them in \
     SSL_CERT_FILE"
)]
pub struct NoCertificates(String);

/// What asks servers: it trusts whom the machine trusts, follows no redirection, and takes each status for an answer.
///
/// A redirection would carry what is told, and a token with it, to another server than the configuration names.
pub fn agent(url: &str) -> Result<Agent, NoCertificates> {
    following(url, 0)
}

/// The same for what is only read: it follows so many redirections, and gives no other host than the first one its token.
/// From an address with `https` it goes to no other kind.
pub fn following(url: &str, redirects: u32) -> Result<Agent, NoCertificates> {
    let mut config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(redirects)
        .max_redirects_will_error(false)
        .timeout_global(Some(ONE_CALL))
        .user_agent(concat!("cargo-blocks/", env!("CARGO_PKG_VERSION")));
    if url.starts_with("https://") {
        config = config.https_only(true).tls_config(tls()?);
    }
    Ok(config.build().new_agent())
}

fn tls() -> Result<TlsConfig, NoCertificates> {
    let found = rustls_native_certs::load_native_certs();
    if found.certs.is_empty() {
        let why: Vec<_> = found.errors.iter().take(1).map(|error| format!(": {error}")).collect();
        return Err(NoCertificates(why.concat()));
    }
    let certificates: Vec<_> =
        found.certs.iter().map(|it| Certificate::from_der(it.as_ref()).to_owned()).collect();
    Ok(TlsConfig::builder()
        .provider(TlsProvider::Rustls)
        .unversioned_rustls_crypto_provider(Arc::new(ring::default_provider()))
        .root_certs(RootCerts::from(certificates))
        .build())
}
