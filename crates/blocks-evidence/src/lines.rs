//! What several programs printed into one file, taken apart by the numbers of their lines.

/// The lines of a text that are not taken yet, each with its end.
pub(crate) struct Lines<'a> {
    rest: std::collections::VecDeque<&'a [u8]>,
}

impl<'a> Lines<'a> {
    pub(crate) fn of(text: &'a [u8]) -> Self {
        Self { rest: text.split_inclusive(|byte| *byte == b'\n').collect() }
    }

    /// The next `count` lines; why not, where they are not there.
    pub(crate) fn take(&mut self, count: usize) -> Result<Vec<u8>, String> {
        if count > self.rest.len() {
            return Err(format!("{count} lines of it are not there"));
        }
        Ok(self.rest.drain(..count).collect::<Vec<_>>().concat())
    }

    /// Nothing, where all lines are taken; else what is wrong.
    pub(crate) fn end(&self) -> Result<(), &'static str> {
        if self.rest.is_empty() {
            return Ok(());
        }
        Err("there are lines of runs that are not listed")
    }
}
