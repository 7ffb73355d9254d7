//! Texts as the XML of a sheet holds them.

use super::super::safe;

/// Appends a text, with whatever a cell cannot hold made visible.
pub fn push(out: &mut Vec<u8>, text: &str) {
    if text.bytes().all(|byte| ORDINARY[usize::from(byte)]) && !text.starts_with(' ') && !text.ends_with(' ') {
        out.extend_from_slice(b"<t>");
        out.extend_from_slice(text.as_bytes());
    } else {
        escaped(out, &safe::clean(text));
    }
    out.extend_from_slice(b"</t>");
}

/// Bytes that need no second look: no control character, none that begins one (U+0080 to U+009F, U+FFFE) or an escape.
const ORDINARY: [bool; 256] = {
    let mut ordinary = [true; 256];
    let mut byte = 0;
    while byte < 256 {
        ordinary[byte] = byte >= 0x20 && !matches!(byte as u8, b'<' | b'>' | b'&' | b'_' | 0x7f | 0xc2 | 0xef);
        byte += 1;
    }
    ordinary
};

fn escaped(out: &mut Vec<u8>, text: &str) {
    let kept = text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace);
    out.extend_from_slice(if kept { b"<t xml:space=\"preserve\">" } else { b"<t>" });
    for (at, c) in text.char_indices() {
        match c {
            '&' => out.extend_from_slice(b"&amp;"),
            '<' => out.extend_from_slice(b"&lt;"),
            '>' => out.extend_from_slice(b"&gt;"),
            // A spreadsheet reads `_x0041_` as «A».
            '_' if is_escape(&text.as_bytes()[at..]) => out.extend_from_slice(b"_x005F_"),
            _ => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
}

fn is_escape(bytes: &[u8]) -> bool {
    matches!(bytes, [b'_', b'x', digits @ .., ] if digits.len() > 4
        && digits[..4].iter().all(u8::is_ascii_hexdigit) && digits[4] == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_escaped_only_where_it_must_be() {
        let said = |text: &str| {
            let mut out = Vec::new();
            push(&mut out, text);
            String::from_utf8_lossy(&out).into_owned()
        };
        assert_eq!(said("Nông Thị Hai"), "<t>Nông Thị Hai</t>");
        assert_eq!(said("<a> & b"), "<t>&lt;a&gt; &amp; b</t>");
        assert_eq!(said(" x "), "<t xml:space=\"preserve\"> x </t>");
        assert_eq!(said("một\nhai\n"), "<t xml:space=\"preserve\">một\nhai\n</t>");
        assert_eq!(said("_x0041_ a_b _xyz"), "<t>_x005F_x0041_ a_b _xyz</t>");
        assert_eq!(said("\u{0}\u{85}\u{fffe}\r\nÂ\u{a0}"), "<t xml:space=\"preserve\">␀\u{fffd}\u{fffd}\nÂ\u{a0}</t>");
    }
}
