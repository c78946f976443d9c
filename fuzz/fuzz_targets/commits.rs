//! `Commit::all` ends without a panic on any messages, the newest first.
#![no_main]

use blocks_release::{Commit, RawCommit};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let messages: Vec<_> = text.split('\u{0}').collect();
    let names: Vec<_> = (0..messages.len()).map(|at| format!("{at:040x}")).collect();
    let commit = |(at, message): (usize, &&str)| RawCommit {
        revision: names[at].clone(),
        parents: names.get(at + 1).cloned().into_iter().collect(),
        message: (*message).to_owned(),
        files: vec!["src/lib.rs".to_owned()],
    };
    let raw: Vec<_> = messages.iter().enumerate().map(commit).collect();
    assert!(Commit::all(&raw).len() <= raw.len());
});
