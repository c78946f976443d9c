//! The program, as its users ask it.

use std::{
    io::{self, BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    process::{Command, Stdio},
};

#[test]
fn it_answers_and_ends_after_as_many_requests_as_it_is_told() -> io::Result<()> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_served"))
        .args(["127.0.0.1:0", "2"])
        .stdout(Stdio::piped())
        .spawn()?;
    let stdout = child.stdout.take().ok_or(io::ErrorKind::Other)?;
    let mut place = String::new();
    BufReader::new(stdout).read_line(&mut place)?;
    let address = place.trim().trim_start_matches("http://");
    assert!(asked(address, "/health")?.ends_with("well"));
    assert!(asked(address, "/")?.starts_with("HTTP/1.1 404 "));
    assert!(child.wait()?.success());
    Ok(())
}

fn asked(address: &str, path: &str) -> io::Result<String> {
    let mut stream = TcpStream::connect(address)?;
    write!(stream, "GET {path} HTTP/1.1\r\nhost: here\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}
