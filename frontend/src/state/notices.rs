use leptos::prelude::*;

/// Messages shown at the top of the page.
#[derive(Clone, Copy)]
pub struct Notices(RwSignal<Vec<Notice>>);

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Tells it from the others.
    pub key: u32,
    /// Its colour and icon.
    pub kind: NoticeKind,
    /// What it says.
    pub text: String,
    /// Whether it was left for the page that comes next.
    for_next_page: bool,
}

/// Colour and icon of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// Something was done.
    Success,
    /// Something could not be done.
    Error,
}

impl Notices {
    /// No message.
    pub fn new() -> Self {
        Self(RwSignal::new(Vec::new()))
    }

    /// The messages.
    pub fn list(self) -> Vec<Notice> {
        self.0.get()
    }

    /// Shows a message on this page, in place of those that are there.
    pub fn show(self, kind: NoticeKind, text: impl Into<String>) {
        self.0.update(|notices| {
            notices.clear();
            push(notices, kind, text.into(), false);
        });
    }

    /// Leaves a message for the page that comes next.
    pub fn leave(self, kind: NoticeKind, text: impl Into<String>) {
        self.0.update(|notices| push(notices, kind, text.into(), true));
    }

    /// Removes a message.
    pub fn close(self, key: u32) {
        self.0.update(|notices| notices.retain(|notice| notice.key != key));
    }

    /// Called at each change of page: messages live for one page.
    pub fn page_changed(self) {
        self.0.update(turn_page);
    }
}

fn push(notices: &mut Vec<Notice>, kind: NoticeKind, text: String, for_next_page: bool) {
    let key = notices.iter().map(|notice| notice.key + 1).max().unwrap_or(0);
    notices.push(Notice { key, kind, text, for_next_page });
}

fn turn_page(notices: &mut Vec<Notice>) {
    notices.retain(|notice| notice.for_next_page);
    for notice in notices {
        notice.for_next_page = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_left_for_the_next_page_lives_exactly_one_page() {
        let mut notices = Vec::new();
        push(&mut notices, NoticeKind::Success, "Enregistré.".to_owned(), true);
        push(&mut notices, NoticeKind::Error, "Ici.".to_owned(), false);
        turn_page(&mut notices);
        assert_eq!(notices.iter().map(|notice| notice.text.as_str()).collect::<Vec<_>>(), ["Enregistré."]);
        turn_page(&mut notices);
        assert!(notices.is_empty());
    }
}
