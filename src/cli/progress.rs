//! Progress bars on stderr; nothing is drawn where stderr is not a terminal.

use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressStyle};

use crate::model::Lang;
use crate::run::{Stage, Watch};
use crate::texts;

texts! {
    READING = "Đọc" / "Reading";
    WRITING = "Ghi" / "Writing";
}

/// One bar at a time, for the stage under way.
#[derive(Debug)]
pub struct Bars {
    lang: Lang,
    quiet: bool,
    bar: Mutex<ProgressBar>,
}

impl Bars {
    /// Bars in a language; none are drawn when quiet.
    pub fn new(lang: Lang, quiet: bool) -> Self {
        Self { lang, quiet, bar: Mutex::new(ProgressBar::hidden()) }
    }
}

impl Watch for Bars {
    fn begin(&self, stage: Stage, steps: usize) {
        if self.quiet {
            return;
        }
        let text = match stage {
            Stage::Read => READING,
            Stage::Write => WRITING,
        };
        let bar = ProgressBar::new(steps as u64).with_message(text.get(self.lang));
        if let Ok(style) = ProgressStyle::with_template("{msg} [{bar:30}] {pos}/{len}") {
            bar.set_style(style);
        }
        if let Ok(mut current) = self.bar.lock() {
            current.finish_and_clear();
            *current = bar;
        }
    }

    fn step(&self) {
        if let Ok(bar) = self.bar.lock() {
            bar.inc(1);
        }
    }
}

impl Drop for Bars {
    fn drop(&mut self) {
        if let Ok(bar) = self.bar.lock() {
            bar.finish_and_clear();
        }
    }
}
