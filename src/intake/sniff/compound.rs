//! What a compound file (the container of Office 97) is, by the names in its root.

use std::io::Cursor;

use super::Kind;
use super::foreign;

/// Looks at the root of a compound file; what is embedded further down, such as a document in a workbook, decides nothing.
pub fn kind(bytes: &[u8]) -> Kind {
    // A directory that the library does not accept may still be one that the reader of .xls repairs.
    let Ok(file) = cfb::CompoundFile::open(Cursor::new(bytes)) else { return Kind::Xls };
    let names: Vec<String> = file.read_root_storage().map(|entry| entry.name().to_lowercase()).collect();
    let holds = |name: &str| names.iter().any(|known| known == name);
    match () {
        () if holds("encryptedpackage") => Kind::Encrypted,
        () if holds("workbook") || holds("book") => Kind::Xls,
        () if holds("worddocument") => Kind::Other(foreign::WORD),
        () if holds("powerpoint document") => Kind::Other(foreign::SLIDES),
        () if holds("__properties_version1.0") => Kind::Other(foreign::MAIL),
        () => Kind::Other(foreign::OFFICE),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn file(streams: &[&str]) -> Vec<u8> {
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        for path in streams {
            if let Some((storage, _)) = path.rsplit_once('/') {
                file.create_storage_all(storage).unwrap();
            }
            file.create_stream(path).unwrap();
        }
        file.into_inner().into_inner()
    }

    #[test]
    fn the_root_names_the_file() {
        for (streams, kind) in [
            (&["Workbook"][..], Kind::Xls),
            (&["Book"], Kind::Xls),
            (&["WordDocument", "1Table"], Kind::Other(foreign::WORD)),
            (&["PowerPoint Document"], Kind::Other(foreign::SLIDES)),
            (&["EncryptionInfo", "EncryptedPackage"], Kind::Encrypted),
            (&["__properties_version1.0"], Kind::Other(foreign::MAIL)),
            (&["VisioDocument"], Kind::Other(foreign::OFFICE)),
            (&["Workbook", "MBD00/WordDocument"], Kind::Xls),
        ] {
            assert_eq!(super::kind(&file(streams)), kind, "{streams:?}");
        }
    }

    proptest! {
        #[test]
        fn any_change_of_a_file_is_something(changes in proptest::collection::vec((0..4096usize, any::<u8>()), 1..8)) {
            let mut bytes = file(&["WordDocument"]);
            for (at, byte) in changes {
                let at = at % bytes.len();
                bytes[at] = byte;
            }
            let _ = kind(&bytes);
        }
    }
}
