//! The bounded log of a record.

use std::{
    collections::VecDeque,
    io::{self, Write},
};

/// The most that a log holds, in bytes: half from its beginning, half from its end.
pub const LIMIT: usize = 1024 * 1024;

/// Keeps the beginning and the end of a stream, and counts what it leaves out between them.
#[derive(Debug)]
pub struct BoundedLog {
    limit: usize,
    head: Vec<u8>,
    tail: VecDeque<u8>,
    cut: u64,
}

impl Default for BoundedLog {
    fn default() -> Self {
        Self::with_limit(LIMIT)
    }
}

impl BoundedLog {
    /// A log of at most `limit` bytes, beside the line that says how much was cut.
    pub fn with_limit(limit: usize) -> Self {
        Self { limit, head: Vec::new(), tail: VecDeque::new(), cut: 0 }
    }

    /// Takes more of the stream.
    pub fn push(&mut self, bytes: &[u8]) {
        let room = (self.limit / 2).saturating_sub(self.head.len()).min(bytes.len());
        let (head, rest) = bytes.split_at(room);
        self.head.extend_from_slice(head);
        self.tail.extend(rest);
        let most = self.limit - self.limit / 2;
        let over = self.tail.len().saturating_sub(most);
        self.tail.drain(..over);
        self.cut += over as u64;
    }

    /// How many bytes were left out.
    pub fn bytes_cut(&self) -> u64 {
        self.cut
    }

    /// Writes the log; where something was left out, a line says how much.
    pub fn write_to(&self, mut out: impl Write) -> io::Result<()> {
        out.write_all(&self.head)?;
        if self.cut > 0 {
            write!(out, "\n[… {} bytes cut …]\n", self.cut)?;
        }
        let (front, back) = self.tail.as_slices();
        out.write_all(front)?;
        out.write_all(back)
    }
}
