//! A server of mail on this machine (RFC 5321, 3207 and 4954), that keeps what it gets and does what a test asks it to.

mod certificates;
mod session;

use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use std::{fs, thread};

use blocks_notify::{Login, Security, SmtpSettings};
use tempfile::TempDir;

pub use certificates::Certificates;
use session::Session;

/// Who may send.
pub const USER: &str = "checks";
pub const PASSWORD: &str = "pass word\u{e9}1";

/// What a test makes of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// What is usual.
    Go,
    /// This answer instead.
    Say(String),
    /// The connection ends, and nothing of the step is done.
    Drop,
    /// What is usual is done, and the connection ends without an answer.
    DropAfter,
}

/// A step, as scripts see it: `CONNECT`, a command, or `BODY` for the end of a message.
pub type Script = Box<dyn FnMut(&str) -> Act + Send>;

/// A message that was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    pub from: String,
    pub to: Vec<String>,
    pub data: String,
}

/// What came.
#[derive(Debug, Default)]
pub struct Seen {
    pub mails: Vec<Received>,
    /// Commands as they came, with what they logged in with.
    pub commands: Vec<String>,
}

/// How a server is.
pub struct Setup {
    pub security: Security,
    pub wants_login: bool,
    /// The capabilities that it names after EHLO, but for STARTTLS.
    pub capabilities: &'static [&'static str],
    pub offers_starttls: bool,
    pub script: Script,
}

impl Setup {
    pub fn of(security: Security) -> Self {
        Self {
            security,
            wants_login: security != Security::None,
            capabilities: &["AUTH PLAIN LOGIN", "8BITMIME"],
            offers_starttls: security == Security::StartTls,
            script: Box::new(|_| Act::Go),
        }
    }

    pub fn with(security: Security, script: impl FnMut(&str) -> Act + Send + 'static) -> Self {
        Self { script: Box::new(script), ..Self::of(security) }
    }
}

/// A server that runs until the test ends.
pub struct Server {
    pub port: u16,
    pub security: Security,
    pub seen: Arc<Mutex<Seen>>,
    place: TempDir,
}

impl Server {
    pub fn start(setup: Setup) -> Self {
        Self::with(setup, &Certificates::of("localhost"))
    }

    pub fn with(setup: Setup, certificates: &Certificates) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("ca.pem"), &certificates.authority).unwrap();
        let (seen, security) = (Arc::new(Mutex::new(Seen::default())), setup.security);
        let (kept, tls) = (Arc::clone(&seen), certificates.server());
        let setup = Arc::new(Mutex::new(setup));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (setup, kept, tls) = (Arc::clone(&setup), Arc::clone(&kept), Arc::clone(&tls));
                // A client that goes away is no fault of a server.
                thread::spawn(move || Session::new(setup, kept, tls).serve(stream));
            }
        });
        Self { port, security, seen, place }
    }

    pub fn authority(&self) -> PathBuf {
        self.place.path().join("ca.pem")
    }

    pub fn settings(&self) -> SmtpSettings {
        SmtpSettings {
            host: "localhost".to_owned(),
            port: Some(self.port),
            security: self.security,
            login: login(USER, PASSWORD),
            certificates: Some(self.authority()),
            timeout: Duration::from_secs(30),
        }
    }

    pub fn mails(&self) -> Vec<Received> {
        self.seen.lock().unwrap().mails.clone()
    }

    pub fn commands(&self) -> Vec<String> {
        self.seen.lock().unwrap().commands.clone()
    }
}

pub fn login(user: &'static str, password: &'static str) -> Option<Login> {
    let variable = move |name: &str| {
        let value = if name == Login::USER { user } else { password };
        Some(value.to_owned())
    };
    Login::from_environment(variable).unwrap()
}
