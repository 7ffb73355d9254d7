//! What goes through the pipes: a kind, a length, so many bytes.

use std::io::{self, Read, Write};

/// What a frame holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// To the worker: what is to be read.
    Asked,
    /// To the worker: the file.
    File,
    /// From it: cells of the sheet under way.
    Cells,
    /// From it: the sheet under way is whole.
    Sheet,
    /// From it: the workbook is whole.
    Book,
    /// From it: the file is refused.
    Refused,
}

const KINDS: [Kind; 6] = [Kind::Asked, Kind::File, Kind::Cells, Kind::Sheet, Kind::Book, Kind::Refused];

/// Writes a frame.
///
/// # Errors
/// When the other end is gone.
pub fn write(to: &mut impl Write, kind: Kind, bytes: &[u8]) -> io::Result<()> {
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    to.write_all(&[kind as u8])?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(bytes)
}

/// Reads a frame of at most so many bytes.
///
/// # Errors
/// When the other end is gone, or sends what is no frame.
pub fn read(from: &mut impl Read, most: usize) -> io::Result<(Kind, Vec<u8>)> {
    let (mut kind, mut length) = ([0], [0; 4]);
    from.read_exact(&mut kind)?;
    from.read_exact(&mut length)?;
    let kind = KINDS.get(usize::from(kind[0])).copied().ok_or(io::ErrorKind::InvalidData)?;
    let length = u32::from_le_bytes(length) as usize;
    if length > most {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut bytes = vec![0; length];
    from.read_exact(&mut bytes)?;
    Ok((kind, bytes))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn frames_are_read_as_they_were_written(kind in prop::sample::select(&KINDS[..]), bytes: Vec<u8>) {
            let mut sent = Vec::new();
            write(&mut sent, kind, &bytes).unwrap();
            prop_assert_eq!(read(&mut sent.as_slice(), bytes.len()).unwrap(), (kind, bytes.clone()));
            sent.pop();
            prop_assert!(read(&mut sent.as_slice(), bytes.len()).is_err());
        }

        #[test]
        fn nothing_is_allocated_for_a_length_that_is_only_said(bytes: Vec<u8>) {
            let read = read(&mut bytes.as_slice(), 1024);
            prop_assert!(read.is_err() || bytes.len() >= 5);
        }
    }
}
