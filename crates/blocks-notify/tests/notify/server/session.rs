use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::sync::{Arc, Mutex};

use blocks_notify::Security;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::{Act, PASSWORD, Received, Seen, Setup, USER};

trait Wire: Read + Write {}
impl<T: Read + Write> Wire for T {}

/// One client.
pub struct Session {
    setup: Arc<Mutex<Setup>>,
    seen: Arc<Mutex<Seen>>,
    tls: Arc<ServerConfig>,
    is_encrypted: bool,
    is_in: bool,
    from: Option<String>,
    to: Vec<String>,
}

/// What a step comes to.
type Step = Option<String>;

impl Session {
    pub fn new(setup: Arc<Mutex<Setup>>, seen: Arc<Mutex<Seen>>, tls: Arc<ServerConfig>) -> Self {
        Self { setup, seen, tls, is_encrypted: false, is_in: false, from: None, to: Vec::new() }
    }

    pub fn serve(mut self, stream: TcpStream) -> io::Result<()> {
        let security = self.setup.lock().unwrap().security;
        let mut kept = Some(stream);
        let mut wire: Box<dyn Wire> = if security == Security::Tls {
            self.encrypted(kept.take().unwrap())
        } else {
            Box::new(kept.as_ref().unwrap().try_clone()?)
        };
        let Some(greeting) = self.step("CONNECT", |_| "220 test ESMTP".to_owned()) else {
            return Ok(());
        };
        say(&mut *wire, &greeting)?;
        loop {
            let line = line(&mut *wire)?;
            self.seen.lock().unwrap().commands.push(line.clone());
            let verb = line.split(' ').next().unwrap_or_default().to_ascii_uppercase();
            let Some(answer) = self.command(&verb, &line, &mut *wire)? else {
                return Ok(());
            };
            say(&mut *wire, &answer)?;
            if verb == "STARTTLS" && answer.starts_with("220") {
                wire = self.encrypted(kept.take().unwrap());
            }
            if verb == "QUIT" {
                return Ok(());
            }
        }
    }

    fn encrypted(&mut self, stream: TcpStream) -> Box<dyn Wire> {
        self.is_encrypted = true;
        Box::new(StreamOwned::new(ServerConnection::new(Arc::clone(&self.tls)).unwrap(), stream))
    }

    fn command(&mut self, verb: &str, line: &str, wire: &mut dyn Wire) -> io::Result<Step> {
        let answer = match verb {
            "AUTH" => return self.auth(line, wire),
            "DATA" => return self.data(line, wire),
            "EHLO" => self.step(line, Self::hello),
            "STARTTLS" => self.step(line, Self::starttls),
            "MAIL" => self.step(line, |it| it.mail(line)),
            "RCPT" => self.step(line, |it| it.rcpt(line)),
            "RSET" => self.step(line, Self::reset),
            "QUIT" => self.step(line, |_| "221 bye".to_owned()),
            _ => self.step(line, |_| "502 what?".to_owned()),
        };
        Ok(answer)
    }

    /// What the test makes of a step.
    fn step(&mut self, step: &str, usual: impl FnOnce(&mut Self) -> String) -> Step {
        let act = (self.setup.lock().unwrap().script)(step);
        match act {
            Act::Go => Some(usual(self)),
            Act::Say(answer) => Some(answer),
            Act::Drop => None,
            Act::DropAfter => {
                usual(self);
                None
            }
        }
    }

    fn hello(&mut self) -> String {
        let setup = self.setup.lock().unwrap();
        let mut all: Vec<_> = setup.capabilities.to_vec();
        if setup.offers_starttls && !self.is_encrypted {
            all = vec!["STARTTLS"];
        }
        let lines = all.iter().fold(String::new(), |text, it| text + "250-" + it + "\r\n");
        format!("250-test\r\n{lines}250 HELP")
    }

    fn starttls(&mut self) -> String {
        self.reset();
        "220 go ahead".to_owned()
    }

    fn mail(&mut self, line: &str) -> String {
        let setup = self.setup.lock().unwrap();
        if setup.wants_login && !self.is_in {
            return "530 5.7.0 who are you?".to_owned();
        }
        drop(setup);
        self.from = bracketed(line);
        "250 ok".to_owned()
    }

    fn rcpt(&mut self, line: &str) -> String {
        if self.from.is_none() {
            return "503 MAIL first".to_owned();
        }
        self.to.extend(bracketed(line));
        "250 ok".to_owned()
    }

    fn reset(&mut self) -> String {
        self.from = None;
        self.to.clear();
        "250 ok".to_owned()
    }

    fn auth(&mut self, line: &str, wire: &mut dyn Wire) -> io::Result<Step> {
        let mut words = line.split(' ').skip(1);
        let (mechanism, first) = (words.next().unwrap_or_default(), words.next());
        let said = match (mechanism, first) {
            ("PLAIN", Some(all)) => decoded(all),
            ("LOGIN", None) => {
                let mut said = String::new();
                for question in ["VXNlciBOYW1lAA==", "UGFzc3dvcmQA"] {
                    say(wire, &format!("334 {question}"))?;
                    let answer = self::line(wire)?;
                    said = format!("{said}\0{}", decoded(&answer));
                }
                said
            }
            _ => return Ok(Some("504 what?".to_owned())),
        };
        Ok(self.step(line, |it| {
            it.is_in = it.is_encrypted && said == format!("\0{USER}\0{PASSWORD}");
            if it.is_in { "235 welcome".to_owned() } else { format!("535 5.7.8 {line} is no good") }
        }))
    }

    fn data(&mut self, line: &str, wire: &mut dyn Wire) -> io::Result<Step> {
        let is_ready = self.from.is_some() && !self.to.is_empty();
        let go = "354 go ahead";
        let usual = if is_ready { go } else { "503 RCPT first" };
        let answer = self.step(line, |_| usual.to_owned());
        if answer.as_deref() != Some(go) {
            return Ok(answer);
        }
        say(wire, go)?;
        let mut data = String::new();
        loop {
            let line = self::line(wire)?;
            if line == "." {
                break;
            }
            // RFC 5321, 4.5.2
            data.push_str(line.strip_prefix('.').unwrap_or(&line));
            data.push_str("\r\n");
        }
        Ok(self.step("BODY", |it| {
            let (from, to) = (it.from.take().unwrap(), std::mem::take(&mut it.to));
            it.seen.lock().unwrap().mails.push(Received { from, to, data });
            "250 2.0.0 queued".to_owned()
        }))
    }
}

fn say(wire: &mut dyn Wire, answer: &str) -> io::Result<()> {
    wire.write_all(format!("{answer}\r\n").as_bytes())?;
    wire.flush()
}

/// A line without its end. Byte by byte, so that nothing of what comes after STARTTLS is read before it.
fn line(wire: &mut dyn Wire) -> io::Result<String> {
    let mut bytes = Vec::new();
    let mut byte = [0];
    while !bytes.ends_with(b"\r\n") {
        wire.read_exact(&mut byte)?;
        bytes.extend(byte);
    }
    bytes.truncate(bytes.len() - 2);
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn bracketed(line: &str) -> Option<String> {
    let (_, after) = line.split_once('<')?;
    Some(after.split_once('>')?.0.to_owned())
}

/// Of base64.
fn decoded(text: &str) -> String {
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bits, mut count, mut bytes) = (0_u32, 0, Vec::new());
    for byte in text.bytes().filter(|it| *it != b'=') {
        let index = letters.iter().position(|it| *it == byte).unwrap_or_default();
        bits = bits << 6 | u32::try_from(index).unwrap();
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xff) as u8);
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
