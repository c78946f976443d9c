//! What a browser may do with the page: nothing but its own style and script.

use sha2::{Digest as _, Sha256};

/// The value of a `Content-Security-Policy`: no address is asked for, and only this style and this script run.
pub(crate) fn policy(style: &str, script: &str) -> String {
    let (style, script) = (hash(style), hash(script));
    format!(
        "default-src 'none'; style-src '{style}'; script-src '{script}'; base-uri 'none'; form-action 'none'"
    )
}

fn hash(text: &str) -> String {
    format!("sha256-{}", base64(&Sha256::digest(text.as_bytes())))
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * at) & 63) as usize];
            out.push(if at <= three.len() { char::from(digit) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{base64, hash};

    #[test]
    fn bytes_are_written_as_the_standard_says() {
        let written = ["", "M", "Ma", "Man", "Many", "\u{3ff}"].map(|it| base64(it.as_bytes()));
        assert_eq!(written, ["", "TQ==", "TWE=", "TWFu", "TWFueQ==", "z78="]);
    }

    #[test]
    fn a_hash_is_that_which_a_browser_computes() {
        // The example of the standard (CSP Level 3, section 8.4).
        let wanted = "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=";
        assert_eq!(hash("alert('Hello, world.');"), wanted);
    }
}
