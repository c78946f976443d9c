//! How often each word comes.

use std::collections::BTreeMap;

/// How often each word of a text comes, in alphabetical order.
///
/// ```
/// let counted = counting::counted("to be or not to be");
/// assert_eq!(counted.get("be"), Some(&2));
/// ```
#[must_use]
pub fn counted(text: &str) -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::new();
    for word in words::words(text) {
        *counted.entry(word).or_default() += 1;
    }
    counted
}
