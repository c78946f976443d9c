//! Texts from elsewhere, made harmless.

use blocks_evidence::printable_line;

/// The longest text of a server that is shown, in characters.
const SAID: usize = 300;

/// The longest text of cargo that is shown, in characters.
const TOLD: usize = 4000;

/// A line of what somebody else said.
pub(crate) fn said(text: &str) -> String {
    let cut: String = text.chars().take(4 * SAID).collect();
    printable_line(&cut).chars().take(SAID).collect()
}

/// The end of what a program printed, where it says why it stopped.
pub(crate) fn told(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(|line| said(line.trim_end())).collect();
    let text = lines.join("\n");
    let count = text.chars().count();
    text.chars().skip(count.saturating_sub(TOLD)).collect()
}
