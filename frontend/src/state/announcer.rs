use leptos::prelude::*;

/// What screen readers are told politely: results of a search, end of a save, new page.
#[derive(Clone, Copy)]
pub struct Announcer(RwSignal<(u32, String)>);

impl Announcer {
    /// An announcer that has nothing to say yet.
    pub fn new() -> Self {
        Self(RwSignal::new((0, String::new())))
    }

    /// Says something. The same words twice are said twice.
    pub fn say(self, text: impl Into<String>) {
        let text = text.into();
        self.0.update(|(count, current)| {
            *count = count.wrapping_add(1);
            *current = text;
        });
    }

    /// Content of the live region. A trailing space tells a repetition from what is already there.
    pub fn text(self) -> String {
        self.0.with(|(count, text)| if count % 2 == 0 { text.clone() } else { format!("{text}\u{a0}") })
    }
}
