//! What a zip package is, by its directory.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::Kind;
use super::foreign;

/// How much of a package's lists of contents is looked at.
const LIST_LIMIT: u64 = 1024 * 1024;

/// Looks at the parts of a package; their contents are not asked, save for the lists that name the main one.
pub fn kind(bytes: &[u8]) -> Kind {
    let Ok(mut parts) = ZipArchive::new(Cursor::new(bytes)) else { return Kind::Truncated };
    let names: Vec<String> = parts.file_names().flatten().map(|name| name.replace('\\', "/").to_lowercase()).collect();
    let holds = |name: &str| names.iter().any(|known| known == name);
    match () {
        () if holds("xl/workbook.bin") => Kind::Xlsb,
        () if holds("xl/workbook.xml") => workbook(&text(&mut parts, "[Content_Types].xml")),
        () if holds("word/document.xml") => Kind::Other(foreign::WORD),
        () if holds("ppt/presentation.xml") => Kind::Other(foreign::SLIDES),
        () if holds("mimetype") && holds("content.xml") => open_document(&text(&mut parts, "mimetype")),
        () if holds("content.xml") => open_document(&text(&mut parts, "META-INF/manifest.xml")),
        () if holds("index/document.iwa") || holds("index.zip") => Kind::Other(foreign::NUMBERS),
        // Some writers use other part names; the reader finds them by the package's relations.
        () if holds("[content_types].xml") => office(&text(&mut parts, "[Content_Types].xml")),
        () => Kind::Other(foreign::ARCHIVE),
    }
}

/// A kind of OpenDocument, by its media type.
fn open_document(media: &str) -> Kind {
    match () {
        () if media.contains("opendocument.spreadsheet") => Kind::Ods,
        () if media.contains("opendocument.presentation") => Kind::Other(foreign::SLIDES),
        () => Kind::Other(foreign::ODT),
    }
}

/// A kind of Office Open XML, by the content type of its main part.
fn office(types: &str) -> Kind {
    let main = |family: &str| types.split('"').any(|one| one.contains(family) && one.ends_with(".main+xml"));
    match () {
        () if types.contains("sheet.binary.macroEnabled.main") => Kind::Xlsb,
        () if main("spreadsheetml.") || main("ms-excel.") => workbook(types),
        () if main("wordprocessingml.") || main("ms-word.") => Kind::Other(foreign::WORD),
        () if main("presentationml.") || main("ms-powerpoint.") => Kind::Other(foreign::SLIDES),
        () => Kind::Other(foreign::ARCHIVE),
    }
}

/// A workbook with macros or without, by the content type of its main part.
fn workbook(types: &str) -> Kind {
    if types.contains("ms-excel.sheet.macroEnabled.main") { Kind::Xlsm } else { Kind::Xlsx }
}

/// The beginning of a part as text; empty where it cannot be read.
fn text(parts: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> String {
    let mut bytes = Vec::new();
    if let Ok(part) = parts.by_name(name) {
        // What was inflated before an error is enough to look at.
        let _ = part.take(LIST_LIMIT).read_to_end(&mut bytes);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::Write;

    use proptest::prelude::*;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn package(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut package = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            package.start_file(*name, SimpleFileOptions::default()).unwrap();
            package.write_all(content.as_bytes()).unwrap();
        }
        package.finish().unwrap().into_inner()
    }

    #[test]
    fn parts_name_the_package() {
        let media = |kind: &str| format!("application/vnd.oasis.opendocument.{kind}");
        let types = |kind: &str| format!("<Types><Override ContentType=\"application/vnd.{kind}\"/></Types>");
        let open = |kind: &str| package(&[("mimetype", &media(kind)), ("content.xml", "")]);
        let office = |kind: &str| package(&[("[Content_Types].xml", &types(kind)), ("other/main.xml", "")]);
        for (bytes, kind) in [
            (package(&[("xl/workbook.xml", "")]), Kind::Xlsx),
            (package(&[("XL\\Workbook.xml", "")]), Kind::Xlsx),
            (package(&[("xl/workbook.bin", "")]), Kind::Xlsb),
            (package(&[("word/document.xml", ""), ("word/embeddings/a.xlsx", "")]), Kind::Other(foreign::WORD)),
            (package(&[("ppt/presentation.xml", "")]), Kind::Other(foreign::SLIDES)),
            (package(&[("Index/Document.iwa", "")]), Kind::Other(foreign::NUMBERS)),
            (open("spreadsheet"), Kind::Ods),
            (open("text"), Kind::Other(foreign::ODT)),
            (open("presentation"), Kind::Other(foreign::SLIDES)),
            (package(&[("content.xml", ""), ("META-INF/manifest.xml", &media("spreadsheet"))]), Kind::Ods),
            (office("openxmlformats-officedocument.spreadsheetml.sheet.main+xml"), Kind::Xlsx),
            (office("ms-excel.sheet.macroEnabled.main+xml"), Kind::Xlsm),
            (office("openxmlformats-officedocument.wordprocessingml.document.main+xml"), Kind::Other(foreign::WORD)),
            // The name of a part inside the content of another one decides nothing.
            (package(&[("ghi chú.txt", "xl/workbook.xml")]), Kind::Other(foreign::ARCHIVE)),
            (package(&[("182/báo cáo.xlsx", "")]), Kind::Other(foreign::ARCHIVE)),
        ] {
            assert_eq!(super::kind(&bytes), kind);
        }
    }

    #[test]
    fn a_cut_package_is_told() {
        let whole = package(&[("xl/workbook.xml", &"x".repeat(1000))]);
        assert_eq!(kind(&whole[..whole.len() / 2]), Kind::Truncated);
    }

    proptest! {
        #[test]
        fn any_change_of_a_package_is_something(at in 0..2000usize, byte: u8) {
            let mut bytes = package(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<x/>")]);
            let at = at % bytes.len();
            bytes[at] = byte;
            let _ = kind(&bytes);
        }
    }
}
