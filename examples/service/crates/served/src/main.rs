//! Answers requests by HTTP at the address that it is given, and says where.
//!
//! `served ADDRESS [COUNT]`: after COUNT requests it ends; without a number it goes on.

use std::{
    env,
    io::{self, BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
};

fn main() -> io::Result<()> {
    let mut words = env::args().skip(1);
    let address = words.next().unwrap_or_else(|| "127.0.0.1:0".to_owned());
    let count = words
        .next()
        .and_then(|word| word.parse().ok())
        .unwrap_or(usize::MAX);
    let listener = TcpListener::bind(address)?;
    println!("http://{}", listener.local_addr()?);
    listener
        .incoming()
        .take(count)
        .try_for_each(|stream| serve(stream?))
}

fn serve(mut stream: TcpStream) -> io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    // The request is read to its end, or closing would be an error to who asks.
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let (status, text) = answers::answer(&request);
    let length = text.len();
    write!(
        stream,
        "HTTP/1.1 {status} -\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{text}"
    )
}
