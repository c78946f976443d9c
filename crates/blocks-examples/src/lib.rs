//! Examples in documentation: which there are in Markdown, and what they have to come to.
//!
//! Functions from texts to values and back; whoever calls them runs the commands and the code.
//!
//! A block `console` is a session: lines `$ command`, each with the output that follows it, in the form of
//! [trycmd](https://docs.rs/trycmd). `> ` goes on with a command, `? 1` says the status that it ends with, a line `...` stands
//! for any lines, `[..]` for anything within a line, and `[CWD]` for the folder that it runs in.

mod accept;
mod compare;
mod console;
mod difference;
mod document;
mod invocation;
mod markdown;

pub use accept::{Answer, NotWritten, accepted};
pub use compare::{Output, shown};
pub use console::{Console, ConsoleCommand, Malformed, Status, Wanted};
pub use difference::difference;
pub use document::{is_document, only_rust};
pub use invocation::{Invocation, Unfit};
pub use markdown::{CodeBlock, code_blocks};
