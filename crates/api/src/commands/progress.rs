//! Progress bars of long commands, on standard error.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use dialog_geocoder::load::Stage;
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

/// One bar per stage, in the order in which they begin. Nothing is drawn when nobody looks (a file, a pipe).
pub(super) struct Bars {
    all: MultiProgress,
    known: Mutex<HashMap<Stage, ProgressBar>>,
}

impl Bars {
    pub(super) fn new() -> Self {
        Self { all: MultiProgress::new(), known: Mutex::default() }
    }

    /// What a loader calls: the stage, how much of it is done, of how much.
    pub(super) fn listener(&self) -> impl FnMut(Stage, u64, Option<u64>) + Send + '_ {
        move |stage, done, of| {
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            let bar = known.entry(stage).or_insert_with(|| self.bar(stage, of));
            if let Some(length) = of {
                bar.set_length(length);
            }
            bar.set_position(done);
        }
    }

    /// Leaves the bars as they are.
    pub(super) fn finish(&self) {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        for bar in known.values() {
            bar.abandon();
        }
    }

    fn bar(&self, stage: Stage, of: Option<u64>) -> ProgressBar {
        let template = if of.is_some() { "{msg:28} {bar:30} {percent:>3} %" } else { "{msg:28} {human_pos}" };
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        self.all
            .add(of.map_or_else(ProgressBar::no_length, ProgressBar::new).with_style(style).with_message(stage.label()))
    }
}
