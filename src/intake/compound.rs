//! Compound files, the container of Office 97 ([MS-CFB]): what they are by the names in their root, and their streams.

use super::sniff::{Kind, foreign};

/// Looks at the root of a compound file; what is embedded further down, such as a document in a workbook, decides nothing.
pub fn kind(bytes: &[u8]) -> Kind {
    // A directory that cannot be followed may still be one that the reader of .xls repairs.
    let Some(entries) = Container::open(bytes).and_then(|container| container.root()) else { return Kind::Xls };
    let holds = |name: &str| entries.iter().any(|known| known.name == name);
    match () {
        () if holds("encryptedpackage") => Kind::Encrypted,
        () if holds("workbook") || holds("book") => Kind::Xls,
        () if holds("worddocument") => Kind::Other(foreign::WORD),
        () if holds("powerpoint document") => Kind::Other(foreign::SLIDES),
        () if holds("__properties_version1.0") => Kind::Other(foreign::MAIL),
        () => Kind::Other(foreign::OFFICE),
    }
}

/// The content of a stream right below the root, by its name in lower case. Streams shorter than 4,096 bytes stand
/// elsewhere in the file and are not read; Excel and all writers known pad a workbook to that length.
pub fn stream(bytes: &[u8], name: &str) -> Option<Vec<u8>> {
    let container = Container::open(bytes)?;
    let entry = container.root()?.into_iter().find(|entry| entry.name == name)?;
    let mut content = Vec::with_capacity(entry.size.min(bytes.len()));
    let mut next = entry.start;
    while next <= LAST_SECTOR && content.len() < entry.size.min(bytes.len()) {
        content.extend_from_slice(container.sector(next)?);
        next = container.after(next)?;
    }
    content.truncate(entry.size);
    (entry.size >= SHORTEST).then_some(content)
}

/// An entry of a directory.
struct Entry {
    /// The name, in lower case.
    name: String,
    /// The first sector of its content.
    start: u32,
    /// The length of its content in bytes.
    size: usize,
}

/// Bytes of the shortest stream that stands in sectors of its own.
const SHORTEST: usize = 4096;
/// Bytes of a directory entry ([MS-CFB] 2.6.1).
const ENTRY: usize = 128;
/// Numbers of sectors and entries above this one are marks: end of chain, free, none.
const LAST_SECTOR: u32 = 0xFFFF_FFFA;

/// A compound file, as far as its directory needs it.
struct Container<'a> {
    bytes: &'a [u8],
    sector_size: usize,
    /// The sectors of the table of chains.
    table: Vec<u32>,
}

impl<'a> Container<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let shift = *bytes.get(30)?;
        let sector_size = 1usize.checked_shl(u32::from(shift)).filter(|size| (512..=4096).contains(size))?;
        let mut container = Self { bytes, sector_size, table: Vec::new() };
        container.table.extend((0..109).map_while(|position| number(bytes, 76 + position * 4)));
        // A large file lists the rest in sectors of their own; the last number of each leads to the next.
        let mut next = number(bytes, 68)?;
        while next <= LAST_SECTOR && container.table.len() < bytes.len() / sector_size {
            let list = container.sector(next)?;
            let listed = sector_size / 4 - 1;
            container.table.extend((0..listed).map_while(|position| number(list, position * 4)));
            next = number(list, listed * 4)?;
        }
        Some(container)
    }

    fn sector(&self, sector: u32) -> Option<&'a [u8]> {
        let start = (sector as usize).checked_add(1)?.checked_mul(self.sector_size)?;
        let rest = self.bytes.get(start..)?;
        // The last sector of a file is often cut.
        Some(&rest[..rest.len().min(self.sector_size)])
    }

    /// The sector that follows one in its chain.
    fn after(&self, sector: u32) -> Option<u32> {
        let each = self.sector_size / 4;
        let table = self.sector(*self.table.get(sector as usize / each)?)?;
        number(table, sector as usize % each * 4)
    }

    /// The entries right below the root.
    fn root(&self) -> Option<Vec<Entry>> {
        let mut directory = Vec::new();
        let mut next = number(self.bytes, 48)?;
        // A chain that bites its tail ends with the file's length.
        while next <= LAST_SECTOR && directory.len() < self.bytes.len() {
            directory.extend_from_slice(self.sector(next)?);
            next = self.after(next)?;
        }
        let entries: Vec<&[u8]> = directory.chunks_exact(ENTRY).collect();
        let mut found = Vec::new();
        // Entries of a folder are a tree: smaller to the left, larger to the right.
        let mut open = vec![number(entries.first()?, 76)?];
        while let Some(next) = open.pop() {
            if next > LAST_SECTOR {
                continue;
            }
            let entry = entries.get(next as usize).filter(|_| found.len() < entries.len())?;
            found.push(Entry { name: name(entry)?, start: number(entry, 116)?, size: number(entry, 120)? as usize });
            open.extend([number(entry, 68)?, number(entry, 72)?]);
        }
        Some(found)
    }
}

/// The name of an entry, in lower case.
fn name(entry: &[u8]) -> Option<String> {
    // In bytes, with the zero at its end.
    let length = usize::from(u16::from_le_bytes([*entry.get(64)?, *entry.get(65)?])).saturating_sub(2);
    let units: Vec<u16> =
        entry.get(..length)?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    Some(String::from_utf16_lossy(&units).to_lowercase())
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::Cursor;

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

    #[test]
    fn a_directory_beyond_the_first_table_is_found() {
        // Eight megabytes need more tables than the header lists; the directory grows behind them.
        let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).unwrap();
        std::io::Write::write_all(&mut file.create_stream("big").unwrap(), &vec![7; 8 << 20]).unwrap();
        for number in 0..50 {
            file.create_stream(format!("stream {number}")).unwrap();
        }
        file.create_stream("WordDocument").unwrap();
        assert_eq!(kind(&file.into_inner().into_inner()), Kind::Other(foreign::WORD));
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
