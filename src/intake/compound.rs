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

/// The content of a stream right below the root, by its name in lower case.
pub fn stream(bytes: &[u8], name: &str) -> Option<Vec<u8>> {
    let container = Container::open(bytes)?;
    let entry = container.root()?.into_iter().find(|entry| entry.name == name)?;
    match entry.size {
        0..SHORTEST => container.short(&entry),
        _ => container.chain(entry.start, entry.size),
    }
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

/// Bytes of the shortest stream that stands in sectors of its own; shorter ones share a stream of short sectors.
const SHORTEST: usize = 4096;
/// Bytes of a short sector.
const SHORT: usize = 64;
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
        let rest = self.bytes.get(start..).filter(|rest| !rest.is_empty())?;
        // The last sector of a file is often cut.
        Some(&rest[..rest.len().min(self.sector_size)])
    }

    /// The sector that follows one in its chain.
    fn after(&self, sector: u32) -> Option<u32> {
        let each = self.sector_size / 4;
        let table = self.sector(*self.table.get(sector as usize / each)?)?;
        number(table, sector as usize % each * 4)
    }

    /// The sectors of a chain, up to a length in bytes.
    fn chain(&self, start: u32, length: usize) -> Option<Vec<u8>> {
        let (mut content, mut next) = (Vec::new(), start);
        // A chain that bites its tail ends with the file's length.
        let length = length.min(self.bytes.len());
        while next <= LAST_SECTOR && content.len() < length {
            content.extend_from_slice(self.sector(next)?);
            next = self.after(next)?;
        }
        content.truncate(length);
        Some(content)
    }

    /// The content of a stream in short sectors. The root's content are these sectors; they have a table of their own.
    fn short(&self, entry: &Entry) -> Option<Vec<u8>> {
        let root = Entry::read(&self.directory()?)?;
        let (sectors, table) =
            (self.chain(root.start, root.size)?, self.chain(number(self.bytes, 60)?, self.bytes.len())?);
        let (mut content, mut next) = (Vec::new(), entry.start);
        while next <= LAST_SECTOR && content.len() < entry.size {
            let start = (next as usize).checked_mul(SHORT)?;
            let rest = sectors.get(start..).filter(|rest| !rest.is_empty())?;
            content.extend_from_slice(&rest[..rest.len().min(SHORT)]);
            next = number(&table, (next as usize).checked_mul(4)?)?;
        }
        content.truncate(entry.size);
        Some(content)
    }

    fn directory(&self) -> Option<Vec<u8>> {
        self.chain(number(self.bytes, 48)?, self.bytes.len())
    }

    /// The entries right below the root.
    fn root(&self) -> Option<Vec<Entry>> {
        let directory = self.directory()?;
        let entries: Vec<&[u8]> = directory.chunks_exact(ENTRY).collect();
        let mut found = Vec::new();
        // Entries of a folder are a tree: smaller to the left, larger to the right.
        let mut open = vec![number(entries.first()?, 76)?];
        while let Some(next) = open.pop() {
            if next > LAST_SECTOR {
                continue;
            }
            let entry = entries.get(next as usize).filter(|_| found.len() < entries.len())?;
            found.push(Entry::read(entry)?);
            open.extend([number(entry, 68)?, number(entry, 72)?]);
        }
        Some(found)
    }
}

impl Entry {
    /// The entry at the beginning of these bytes.
    fn read(bytes: &[u8]) -> Option<Self> {
        Some(Self { name: name(bytes)?, start: number(bytes, 116)?, size: number(bytes, 120)? as usize })
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

    /// Bytes that tell where they stand.
    fn counted(length: u32) -> Vec<u8> {
        (0..length).flat_map(u32::to_le_bytes).take(length as usize).collect()
    }

    #[test]
    fn streams_of_every_length_are_read_back() {
        for version in [cfb::Version::V3, cfb::Version::V4] {
            let mut file = cfb::CompoundFile::create_with_version(version, Cursor::new(Vec::new())).unwrap();
            let lengths = [0, 1, 63, 64, 65, 4095, 4096, 4097, 100_000];
            for length in lengths {
                let mut stream = file.create_stream(format!("S{length}")).unwrap();
                std::io::Write::write_all(&mut stream, &counted(length)).unwrap();
            }
            let bytes = file.into_inner().into_inner();
            for length in lengths {
                assert_eq!(stream(&bytes, &format!("s{length}")), Some(counted(length)), "{version:?} {length}");
            }
            assert_eq!(stream(&bytes, "workbook"), None);
        }
    }

    #[test]
    fn a_chain_of_nothing_behind_the_end_is_no_chain() {
        // The directory begins right behind the last byte, in a sector that leads to itself.
        let mut bytes = file(&["Workbook"]);
        let behind = u32::try_from(bytes.len() / 4096 - 1).unwrap();
        let table = number(&bytes, 76).unwrap() as usize;
        let entry = (table + 1) * 4096 + behind as usize * 4;
        bytes[48..52].copy_from_slice(&behind.to_le_bytes());
        bytes[entry..entry + 4].copy_from_slice(&behind.to_le_bytes());
        assert_eq!(stream(&bytes, "workbook"), None);
        assert_eq!(kind(&bytes), Kind::Xls);
    }

    proptest! {
        #[test]
        fn any_change_of_a_file_is_something(changes in proptest::collection::vec((0..4096usize, any::<u8>()), 1..8)) {
            let mut bytes = file(&["WordDocument"]);
            for (at, byte) in changes {
                let at = at % bytes.len();
                bytes[at] = byte;
            }
            let _ = (kind(&bytes), stream(&bytes, "worddocument"));
        }
    }
}
