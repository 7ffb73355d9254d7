//! The package: parts by name, those that change, and a copy in which all others stay as they are.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Seek, Write};

use anyhow::{Context, Result, bail, ensure};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::edits::Edits;
use crate::model::part_name::normal;

/// Deflate's level for parts that change: half the time of the usual 6 for a sixth more bytes.
const LEVEL: i64 = 3;

/// A package being changed. Names are compared as the format demands: without case, with `/`.
pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    names: BTreeMap<String, usize>,
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
        Ok(Self { archive, names, changed: BTreeMap::new(), added: Vec::new() })
    }

    /// Whether a part is there.
    pub fn holds(&self, name: &str) -> bool {
        let name = normal(name);
        self.names.get(&name).is_some_and(|index| !matches!(self.changed.get(index), Some(None)))
            || self.added.iter().any(|(added, _)| normal(added) == name)
    }

    /// The text of a part as it stands in the archive.
    ///
    /// # Errors
    /// When it is absent, damaged or not UTF-8.
    pub fn text(&mut self, name: &str) -> Result<String> {
        let index = *self.names.get(&normal(name)).with_context(|| format!("no part {name}"))?;
        let mut entry = self.archive.by_index(index)?;
        let mut text = String::with_capacity(usize::try_from(entry.size())?.min(1 << 28));
        entry.read_to_string(&mut text)?;
        Ok(text)
    }

    /// Changes a part that the archive holds; nothing where there are no changes.
    ///
    /// # Errors
    /// When it is absent or has been changed before.
    pub fn change(&mut self, name: &str, text: String, edits: Edits) -> Result<()> {
        if edits.is_empty() {
            return Ok(());
        }
        let index = *self.names.get(&normal(name)).with_context(|| format!("no part {name}"))?;
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
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(LEVEL))
            .last_modified_time(zip::DateTime::default());
        for index in 0..self.archive.len() {
            match self.changed.remove(&index) {
                None => writer.raw_copy_file(self.archive.by_index_raw(index)?)?,
                Some(None) => {}
                Some(Some(changed)) => {
                    let name = self.archive.by_index_raw(index)?.name()?.into_owned();
                    writer.start_file(name, options)?;
                    changed.edits.write(&changed.text, &mut writer)?;
                }
            }
        }
        for (name, text) in &self.added {
            writer.start_file(name.as_str(), options)?;
            writer.write_all(text.as_bytes())?;
        }
        writer.finish()?.flush()?;
        Ok(())
    }
}
