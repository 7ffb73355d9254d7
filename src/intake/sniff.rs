//! What a file is, by its content; the extension is not asked.

use crate::model::Text;
use crate::texts;

texts! {
    HTML = "một trang HTML" / "an HTML page";
    XML = "một tệp XML" / "an XML file";
    PDF = "một tệp PDF" / "a PDF file";
    WORD = "một văn bản Word" / "a Word document";
    SLIDES = "một bản trình chiếu" / "a presentation";
    ARCHIVE = "một tệp nén" / "an archive";
    IMAGE = "một ảnh" / "an image";
    TEXT = "một tệp văn bản thuần (CSV hoặc TXT)" / "a plain text file (CSV or TXT)";
    EMPTY = "một tệp rỗng" / "an empty file";
    UNKNOWN = "một tệp không rõ loại" / "a file of unknown kind";
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `.xlsx`, `.xlsm`
    Xlsx,
    /// `.xlsb`
    Xlsb,
    /// `.ods`
    Ods,
    /// `.xls`
    Xls,
    /// An encrypted workbook.
    Encrypted,
    /// Something that Excel opens and saves as a workbook, in words.
    Convertible(Text),
    /// Something else, in words.
    Other(Text),
}

/// Looks at the content of a file.
pub fn sniff(bytes: &[u8]) -> Kind {
    match bytes {
        [] => Kind::Other(EMPTY),
        [b'P', b'K', 3, 4, ..] => zip(bytes),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => compound(bytes),
        [b'%', b'P', b'D', b'F', ..] => Kind::Other(PDF),
        [0xFF, 0xD8, 0xFF, ..] | [0x89, b'P', b'N', b'G', ..] | [b'G', b'I', b'F', b'8', ..] => Kind::Other(IMAGE),
        [b'R', b'a', b'r', b'!', ..] | [b'7', b'z', 0xBC, 0xAF, ..] | [0x1F, 0x8B, ..] => Kind::Other(ARCHIVE),
        _ => plain(bytes),
    }
}

/// The parts of a package are named in its directory, uncompressed.
fn zip(bytes: &[u8]) -> Kind {
    let holds = |name: &[u8]| bytes.windows(name.len()).any(|window| window == name);
    match () {
        () if holds(b"xl/workbook.bin") => Kind::Xlsb,
        () if holds(b"xl/workbook.xml") => Kind::Xlsx,
        () if holds(b"opendocument.spreadsheet") => Kind::Ods,
        () if holds(b"word/document.xml") || holds(b"opendocument.text") => Kind::Other(WORD),
        () if holds(b"ppt/presentation.xml") => Kind::Other(SLIDES),
        // Some writers use other part names; the reader finds them by the package's relations.
        () if holds(b"[Content_Types].xml") => Kind::Xlsx,
        () => Kind::Other(ARCHIVE),
    }
}

/// Names of streams stand in a compound file as UTF-16.
fn compound(bytes: &[u8]) -> Kind {
    let holds = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|window| window == wide)
    };
    match () {
        () if holds("EncryptedPackage") => Kind::Encrypted,
        () if holds("WordDocument") => Kind::Other(WORD),
        () if holds("PowerPoint Document") => Kind::Other(SLIDES),
        () => Kind::Xls,
    }
}

fn plain(bytes: &[u8]) -> Kind {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_lowercase();
    let head = head.trim_start_matches('\u{feff}').trim_start();
    match () {
        () if head.starts_with("<!doctype html") || head.starts_with("<html") || head.contains("<table") => {
            Kind::Convertible(HTML)
        }
        () if head.starts_with("<?xml") => Kind::Convertible(XML),
        // BIFF workbooks older than Excel 97 have no container.
        () if matches!(bytes, [9, 0 | 2 | 4 | 8, ..]) => Kind::Xls,
        () if !bytes[..bytes.len().min(1024)].contains(&0) => Kind::Convertible(TEXT),
        () => Kind::Other(UNKNOWN),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn content_decides() {
        assert_eq!(sniff(b""), Kind::Other(EMPTY));
        assert_eq!(sniff(b"%PDF-1.7"), Kind::Other(PDF));
        assert_eq!(sniff(b"<html><table>"), Kind::Convertible(HTML));
        assert_eq!(sniff(b"a;b;c\n1;2;3"), Kind::Convertible(TEXT));
        assert_eq!(sniff(b"PK\x03\x04....xl/workbook.xml"), Kind::Xlsx);
    }

    proptest! {
        #[test]
        fn any_bytes_are_something(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let _ = sniff(&bytes);
        }
    }
}
