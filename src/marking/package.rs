//! The package: parts by name, those that change, and a copy in which all others stay as they are.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Seek, Write};

use anyhow::{Context, Result, bail, ensure};
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::edits::{Edits, Piece};
use crate::deflate::{Changing, Part, Tokens};
use crate::model::part_name::normal;

/// Texts of fewer bytes are deflated anew as a whole.
const LARGE: usize = 1 << 15;

/// A package being changed. Names are compared as the format demands: without case, with `/`.
pub struct Package<'a> {
    bytes: &'a [u8],
    archive: ZipArchive<Cursor<&'a [u8]>>,
    names: BTreeMap<String, usize>,
    /// Texts that were looked at and not yet taken.
    seen: BTreeMap<usize, String>,
    /// How large texts that were asked for were deflated.
    tokens: BTreeMap<usize, Tokens<'a>>,
    changed: BTreeMap<usize, Option<Changed>>,
    added: Vec<(String, String)>,
}

/// The text of a part and what changes in it.
struct Changed {
    text: String,
    edits: Edits,
}

impl<'a> Package<'a> {
    /// Opens a package that intake has judged already.
    ///
    /// # Errors
    /// When it is no archive.
    pub fn open(bytes: &'a [u8]) -> Result<Self> {
        let mut archive = ZipArchive::new(Cursor::new(bytes))?;
        let mut names = BTreeMap::new();
        for index in 0..archive.len() {
            let entry = archive.by_index_raw(index)?;
            names.insert(normal(&entry.name()?), index);
        }
        let (seen, tokens, changed) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Ok(Self { bytes, archive, names, seen, tokens, changed, added: Vec::new() })
    }

    /// Whether a part is there.
    pub fn holds(&self, name: &str) -> bool {
        let name = normal(name);
        self.names.get(&name).is_some_and(|index| !matches!(self.changed.get(index), Some(None)))
            || self.added.iter().any(|(added, _)| normal(added) == name)
    }

    /// The text of a part as it stands in the archive, to be looked at before it is asked for by [`Package::text`].
    ///
    /// # Errors
    /// As [`Package::text`].
    pub fn peek(&mut self, name: &str) -> Result<&str> {
        let index = self.index(name)?;
        let text = self.text(name)?;
        self.seen.insert(index, text);
        self.seen.get(&index).map(String::as_str).context("a text")
    }

    /// The text of a part as it stands in the archive.
    ///
    /// # Errors
    /// When it is absent, damaged or not UTF-8.
    pub fn text(&mut self, name: &str) -> Result<String> {
        let index = self.index(name)?;
        if let Some(text) = self.seen.remove(&index) {
            return Ok(text);
        }
        if let Some((tokens, text)) = self.inflated(index) {
            self.tokens.insert(index, tokens);
            return Ok(text);
        }
        let mut entry = self.archive.by_index(index)?;
        let mut text = String::with_capacity(usize::try_from(entry.size())?.min(1 << 28));
        entry.read_to_string(&mut text)?;
        Ok(text)
    }

    fn index(&self, name: &str) -> Result<usize> {
        self.names.get(&normal(name)).copied().with_context(|| format!("no part {name}"))
    }

    /// The text of a large part and its tokens; `None` for any other, and for one that is strange in any way.
    fn inflated(&mut self, index: usize) -> Option<(Tokens<'a>, String)> {
        let entry = self.archive.by_index_raw(index).ok()?;
        let number = |number: u64| usize::try_from(number).ok();
        let (start, length, size) =
            (number(entry.data_start()?)?, number(entry.compressed_size())?, number(entry.size())?);
        if size < LARGE || entry.compression() != CompressionMethod::Deflated {
            return None;
        }
        let deflated = self.bytes.get(start..)?.get(..length)?;
        let (tokens, text) = Tokens::inflate(deflated, size, entry.crc32())?;
        Some((tokens, String::from_utf8(text).ok()?))
    }

    /// Changes a part that the archive holds; nothing where there are no changes.
    ///
    /// # Errors
    /// When it is absent or has been changed before.
    pub fn change(&mut self, name: &str, text: String, edits: Edits) -> Result<()> {
        if edits.is_empty() {
            return Ok(());
        }
        let index = self.index(name)?;
        ensure!(self.changed.insert(index, Some(Changed { text, edits })).is_none(), "{name} changes twice");
        Ok(())
    }

    /// Adds a part.
    ///
    /// # Errors
    /// When there is one of its name.
    pub fn add(&mut self, name: &str, text: String) -> Result<()> {
        if self.holds(name) {
            bail!("{name} is there already");
        }
        self.added.push((name.to_owned(), text));
        Ok(())
    }

    /// Leaves a part out of the copy; nothing where it is absent.
    pub fn remove(&mut self, name: &str) {
        if let Some(index) = self.names.get(&normal(name)) {
            self.changed.insert(*index, None);
        }
    }

    /// Leaves out all parts below a folder.
    pub fn remove_below(&mut self, folder: &str) {
        let folder = normal(folder);
        let below = self.names.iter().filter(|(name, _)| name.starts_with(&folder));
        self.changed.extend(below.map(|(_, index)| (*index, None)));
    }

    /// A name of the form `xl/worksheets/sheet7.xml` that no part has, before or after the changes.
    pub fn free_name(&self, stem: &str, ending: &str) -> String {
        let taken = |name: &String| {
            self.names.contains_key(&normal(name)) || self.added.iter().any(|(added, _)| normal(added) == normal(name))
        };
        let mut names = (1..).map(|number| format!("{stem}{number}.{ending}"));
        names.find(|name| !taken(name)).unwrap_or_default()
    }

    /// Writes the changed copy: parts in their order, new ones behind them.
    ///
    /// # Errors
    /// When changes of a part meet or it cannot be written.
    pub fn write(mut self, out: impl Write + Seek) -> Result<()> {
        let mut writer = ZipWriter::new(out);
        let put = |part: Part, name: &str, writer: &mut ZipWriter<_>| -> Result<()> {
            let mut archive = ZipArchive::new(Cursor::new(part.archived(name)?))?;
            Ok(writer.raw_copy_file_touch(archive.by_index_raw(0)?, DateTime::default(), None)?)
        };
        for index in 0..self.archive.len() {
            match self.changed.remove(&index) {
                None => writer.raw_copy_file(self.archive.by_index_raw(index)?)?,
                Some(None) => {}
                Some(Some(changed)) => {
                    let name = self.archive.by_index_raw(index)?.name()?.into_owned();
                    let tokens = self.tokens.remove(&index);
                    put(changed.deflated(tokens.as_ref())?, &name, &mut writer)?;
                }
            }
        }
        for (name, text) in &self.added {
            put(Part::of(text.as_bytes())?, name, &mut writer)?;
        }
        writer.finish()?.flush()?;
        Ok(())
    }
}

impl Changed {
    /// The changed part; of one whose tokens are known, those that stay are kept.
    fn deflated(mut self, tokens: Option<&Tokens<'_>>) -> Result<Part> {
        let Some(tokens) = tokens else { return Ok(Part::of(self.edits.applied(&self.text)?.as_bytes())?) };
        let mut part = Changing::default();
        for piece in self.edits.pieces(&self.text)? {
            match piece {
                Piece::New(new) => part.put(new.as_bytes())?,
                Piece::Same(same) => part.put_same(self.text.as_bytes(), same, tokens)?,
            }
        }
        let part = part.end()?;
        ensure!(part.is_sound(), "the tokens that were kept do not make the text");
        Ok(part)
    }
}
