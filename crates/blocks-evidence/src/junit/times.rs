//! Attributes of which only the form counts.

/// Whether it is a time as nextest writes it, `2026-11-23T18:22:50.757+00:00`, of a day that certainly is one.
pub(super) fn is_timestamp(text: &str) -> bool {
    const FORM: &[u8] = b"1000-00-00T00:00:00.000+00:00";
    let has_form = text.len() == FORM.len()
        && text.bytes().zip(FORM).all(|(byte, form)| match form {
            b'1' => matches!(byte, b'1'..=b'9'),
            b'0' => byte.is_ascii_digit(),
            b'+' => matches!(byte, b'+' | b'-'),
            other => byte == *other,
        });
    if !has_form {
        return false;
    }
    let days = match &text[5..7] {
        "02" => "28",
        "04" | "06" | "09" | "11" => "30",
        _ => "31",
    };
    // Of two digits each, texts are in the order of the numbers.
    [(5, "01", "12"), (8, "01", days), (11, "00", "23"), (14, "00", "59"), (17, "00", "59")]
        .into_iter()
        .chain([(24, "00", "23"), (27, "00", "59")])
        .all(|(at, least, most)| (least..=most).contains(&&text[at..at + 2]))
}

/// Whether it is a UUID as nextest writes it.
pub(super) fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}
