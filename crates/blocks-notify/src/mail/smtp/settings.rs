use std::fs;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use lettre::transport::smtp::client::{Certificate, TlsParameters};

use super::SmtpError;
use crate::mail::Login;

/// The largest file of certificates that is read, in bytes.
const MOST_BYTES: u64 = 16 << 20;

/// How what is sent is kept from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// From the first byte.
    Tls,
    /// From the first command on, and not at all where the server does not offer it.
    StartTls,
    /// Not at all: only to this machine itself.
    None,
}

/// Where mail is handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmtpSettings {
    /// The server's name, which its certificate has to bear, or its address.
    pub host: String,
    /// The port; none for the one that is usual: 465, 587 or 25.
    pub port: Option<u16>,
    /// How it is encrypted.
    pub security: Security,
    /// Who we are; none where the server takes mail from anybody. Without encryption it is not said.
    pub login: Option<Login>,
    /// A file of certificates, as PEM, that are trusted beside those of the machine.
    pub certificates: Option<PathBuf>,
    /// How long each step may take.
    pub timeout: Duration,
}

impl SmtpSettings {
    /// The variable that names a file of certificates which are trusted beside those of the machine.
    pub const CERTIFICATES: &'static str = "BLOCKS_SMTP_CA_FILE";
    /// How long a step may take where nothing else is said.
    pub const TIMEOUT: Duration = Duration::from_mins(1);

    /// The port.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(match self.security {
            Security::Tls => 465,
            Security::StartTls => 587,
            Security::None => 25,
        })
    }

    pub(super) fn check(&self) -> Result<(), SmtpError> {
        if self.security == Security::None && !is_here(&self.host) {
            return Err(SmtpError::Plain { host: crate::plain::line(&self.host, 80) });
        }
        Ok(())
    }

    /// How TLS is done; none where it is not.
    pub(super) fn tls(&self) -> Result<Option<TlsParameters>, SmtpError> {
        if self.security == Security::None {
            return Ok(None);
        }
        let mut tls = TlsParameters::builder(self.host.clone());
        if let Some(path) = &self.certificates {
            tls = tls.add_root_certificate(certificate(path)?);
        }
        tls.build().map(Some).map_err(|error| SmtpError::Tls(error.to_string()))
    }
}

fn certificate(path: &Path) -> Result<Certificate, SmtpError> {
    let failed = |reason: String| SmtpError::Certificates { path: path.to_owned(), reason };
    let length = fs::metadata(path).map_err(|error| failed(error.to_string()))?.len();
    if length > MOST_BYTES {
        return Err(failed("it is too large".to_owned()));
    }
    let pem = fs::read(path).map_err(|error| failed(error.to_string()))?;
    // A file without any would else be taken, and be of no use.
    if !String::from_utf8_lossy(&pem).contains("-----BEGIN CERTIFICATE-----") {
        return Err(failed("it holds no certificate in the form PEM".to_owned()));
    }
    Certificate::from_pem(&pem).map_err(|error| failed(error.to_string()))
}

/// Whether a host is this machine. Of names only the one that is reserved for it: others are whatever a server says.
fn is_here(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|it| it.is_loopback())
}
