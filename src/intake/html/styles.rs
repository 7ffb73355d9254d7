//! Fonts in the styles of a web page; only those of the time before Unicode matter.

use std::collections::HashMap;

use crate::model::Legacy;
use crate::text::font;

/// Selectors (`td`, `.xl65`) whose font tells an encoding.
#[derive(Debug, Default)]
pub struct Styles(HashMap<String, Legacy>);

impl Styles {
    /// Reads the content of a style tag.
    pub fn read(&mut self, sheet: &str) {
        for rule in sheet.split('}') {
            let Some((selectors, body)) = rule.split_once('{') else { continue };
            let Some(encoding) = Self::font(body) else { continue };
            let selectors = selectors.rsplit("<!--").next().unwrap_or(selectors);
            self.0.extend(selectors.split(',').map(|selector| (selector.trim().to_lowercase(), encoding)));
        }
    }

    /// The encoding of a selector's font.
    pub fn of(&self, selector: &str) -> Option<Legacy> {
        if self.0.is_empty() {
            return None;
        }
        self.0.get(&selector.to_lowercase()).copied()
    }

    /// The encoding of the first font of a style: `font-family:".VnTime", sans-serif`.
    pub fn font(style: &str) -> Option<Legacy> {
        let (_, after) = style.split_once("font-family:")?;
        font(after.split([',', ';']).next()?.trim().trim_matches(['"', '\'']))
    }
}
