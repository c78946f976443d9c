//! A proxy on this machine that leads nowhere, and sees whom somebody wanted to reach.

use std::{
    io::{self, BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

/// How often it looks for somebody new.
const LOOK: Duration = Duration::from_millis(10);

/// How long it listens to one who says nothing.
const SILENCE: Duration = Duration::from_secs(5);

/// The longest question that is read, in bytes.
const LONGEST: u64 = 1 << 13;

/// The file of an index that cargo asks for first.
const FIRST: &str = "config.json";

pub(crate) struct Nobody {
    listener: TcpListener,
    port: u16,
}

impl Nobody {
    pub(crate) fn start() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        listener.set_nonblocking(true)?;
        let port = listener.local_addr()?.port();
        Ok(Self { listener, port })
    }

    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The index, as `https://HOST/`, that was asked for first while `work` went on.
    pub(crate) fn asked_during<T>(&self, work: impl FnOnce() -> T) -> (T, Option<String>) {
        let is_over = AtomicBool::new(false);
        thread::scope(|scope| {
            let seen = scope.spawn(|| {
                let mut first = None;
                loop {
                    // Whoever came before the end is heard.
                    let is_last = is_over.load(Ordering::Acquire);
                    while let Ok((stream, _)) = self.listener.accept() {
                        let asked = refuse(&stream).ok().flatten();
                        first = first.or(asked);
                    }
                    if is_last {
                        return first;
                    }
                    thread::sleep(LOOK);
                }
            });
            let done = work();
            is_over.store(true, Ordering::Release);
            (done, seen.join().ok().flatten())
        })
    }
}

/// Reads a question, and says that there is no way.
fn refuse(mut stream: &TcpStream) -> io::Result<Option<String>> {
    stream.set_nonblocking(false)?;
    stream.set_read_timeout(Some(SILENCE))?;
    let mut lines = BufReader::new(stream.take(LONGEST)).lines();
    let asked = lines.next().transpose()?.and_then(|line| index(&line));
    // An answer before all is read could get lost with the connection.
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    stream
        .write_all(b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")?;
    Ok(asked)
}

/// The index that a question of a client to a proxy is about: `CONNECT HOST:443 HTTP/1.1`, or `GET http://HOST/config.json …`.
/// Through a tunnel only the host is seen: the registry that cargo knows by itself has its index at the root.
fn index(line: &str) -> Option<String> {
    let mut words = line.split(' ');
    let (method, target) = (words.next()?, words.next()?);
    let is_plain = target.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._:/[]".contains(&b));
    if !is_plain {
        return None;
    }
    match method {
        "CONNECT" => {
            let host = target.strip_suffix(":443").unwrap_or(target);
            (!host.is_empty() && !host.contains('/')).then(|| format!("https://{host}/"))
        }
        "GET" => {
            target.strip_suffix(FIRST).filter(|it| it.starts_with("http://")).map(str::to_owned)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_to_a_proxy_names_an_index() {
        for (line, wanted) in [
            ("CONNECT index.example.org:443 HTTP/1.1", Some("https://index.example.org/")),
            ("CONNECT [::1]:8443 HTTP/1.1", Some("https://[::1]:8443/")),
            (
                "GET http://example.org:81/index/config.json HTTP/1.1",
                Some("http://example.org:81/index/"),
            ),
            ("GET http://example.org/other HTTP/1.1", None),
            ("GET /config.json HTTP/1.1", None),
            ("CONNECT user@example.org:443 HTTP/1.1", None),
            ("CONNECT :443 HTTP/1.1", None),
            ("CONNECT", None),
            ("", None),
        ] {
            assert_eq!(index(line).as_deref(), wanted, "{line}");
        }
    }

    #[test]
    fn who_asks_is_refused_and_the_first_is_remembered() {
        let nobody = Nobody::start().unwrap();
        let ask = |host: &str| {
            let mut stream = TcpStream::connect(("127.0.0.1", nobody.port)).unwrap();
            write!(stream, "CONNECT {host}:443 HTTP/1.1\r\nhost: {host}\r\n\r\n").unwrap();
            let mut said = String::new();
            stream.read_to_string(&mut said).unwrap();
            said
        };
        let (said, asked) = nobody.asked_during(|| [ask("a.example.org"), ask("b.example.org")]);
        assert!(said.iter().all(|it| it.starts_with("HTTP/1.1 502 ")), "{said:?}");
        assert_eq!(asked.as_deref(), Some("https://a.example.org/"));
        assert_eq!(nobody.asked_during(|| ()).1, None);
    }
}
