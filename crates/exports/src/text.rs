//! Texts that fit in a document whatever was typed.

use crate::loss::{LossCode, Losses};

/// Longest text of DATEX II (`com:String` and multilingual values), in characters.
const MAX_LENGTH: usize = 1024;

/// A text without the characters that XML forbids and no longer than DATEX II allows. There is no other way to put a
/// text of a person into a document, so that no typed text can make one invalid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Text(String);

impl Text {
    /// Cleans and cuts `raw`, and reports both under `path`.
    pub(crate) fn new(raw: &str, path: &str, losses: &mut Losses) -> Self {
        let clean = Self::clean(raw, path, losses);
        match clean.char_indices().nth(MAX_LENGTH) {
            None => Self(clean),
            Some((end, _)) => {
                let length = clean.chars().count();
                losses.add(path, LossCode::TextCut, format!("{length} caractères, {MAX_LENGTH} permis"));
                Self(clean[..end].to_owned())
            }
        }
    }

    /// Cleans `raw` without cutting it, for members that have no length limit.
    pub(crate) fn unlimited(raw: &str, path: &str, losses: &mut Losses) -> Self {
        Self(Self::clean(raw, path, losses))
    }

    fn clean(raw: &str, path: &str, losses: &mut Losses) -> String {
        let unix = raw.replace("\r\n", "\n");
        let clean: String = unix.chars().filter(|&c| is_allowed(c)).collect();
        let removed = unix.chars().count() - clean.chars().count();
        if removed > 0 {
            losses.add(path, LossCode::CharactersRemoved, removed.to_string());
        }
        clean
    }

    /// The text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// XML 1.0 forbids most control characters and the two non-characters of the basic plane; the others it allows are
/// of no use to a reader.
fn is_allowed(c: char) -> bool {
    matches!(c, '\n' | '\t') || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(raw: &str) -> (String, Vec<LossCode>) {
        let mut losses = Losses::default();
        let text = Text::new(raw, "title", &mut losses);
        (text.0, losses.0.into_iter().map(|loss| loss.code).collect())
    }

    #[test]
    fn ordinary_text_is_kept_without_loss() {
        assert_eq!(text("Rue de l'Élan\n<été> & \"co\"\t🚧"), ("Rue de l'Élan\n<été> & \"co\"\t🚧".into(), vec![]));
    }

    #[test]
    fn text_of_1024_characters_is_kept_and_of_1025_is_cut() {
        assert_eq!(text(&"é".repeat(1024)).1, vec![]);
        let (cut, losses) = text(&"é".repeat(1025));
        assert_eq!((cut.chars().count(), losses), (1024, vec![LossCode::TextCut]));
    }

    #[test]
    fn forbidden_characters_are_removed_and_reported() {
        assert_eq!(text("a\u{0}b\u{b}c\u{1f}\u{ffff}d\u{85}"), ("abcd".into(), vec![LossCode::CharactersRemoved]));
        assert_eq!(text("a\r\nb"), ("a\nb".into(), vec![]));
    }
}
