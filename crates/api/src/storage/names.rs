use actix_web::http::header::{Charset, ContentDisposition, DispositionParam, DispositionType, ExtendedValue};
use dialog_domain::DocumentKind;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest name of a download without its extension, in characters.
const LONGEST: usize = 100;

/// The name under which a file is downloaded: what its sender called it, less what could trick a person or a program,
/// and with the extension of what it is.
#[must_use]
pub fn download_name(sent: &str, kind: DocumentKind) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let clean: String = stem.nfc().filter(|character| !is_hidden(*character)).map(visible).collect();
    let short: String =
        clean.trim_matches(|edge: char| edge == '.' || edge.is_whitespace()).chars().take(LONGEST).collect();
    let stem = if short.trim().is_empty() { "document" } else { short.trim_end() };
    format!("{stem}.{}", kind.extension())
}

/// Characters that show nothing, or that change how the others are shown.
const fn is_hidden(character: char) -> bool {
    matches!(character,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// What some file system refuses.
const fn visible(character: char) -> char {
    match character {
        '"' | '<' | '>' | ':' | '|' | '?' | '*' => '_',
        other => other,
    }
}

/// `Content-Disposition` of a download, with the name in UTF-8 (RFC 5987) and as old programs can read it.
#[must_use]
pub fn attachment(name: &str) -> ContentDisposition {
    let plain: String = name
        .nfd()
        .filter(|character| !is_combining_mark(*character))
        .map(|character| if matches!(character, ' '..='~') && character != '%' { character } else { '_' })
        .collect();
    let mut parameters = vec![DispositionParam::Filename(plain.clone())];
    if plain != name {
        parameters.push(DispositionParam::FilenameExt(ExtendedValue {
            charset: Charset::Ext("UTF-8".to_owned()),
            language_tag: None,
            value: name.as_bytes().to_vec(),
        }));
    }
    ContentDisposition { disposition: DispositionType::Attachment, parameters }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn download_keeps_the_name_less_what_could_trick() {
        for (sent, expected) in [
            ("Arrêté n° 12.pdf", "Arrêté n° 12.pdf"),
            ("../../etc/passwd", "passwd.pdf"),
            ("C:\\Users\\agent\\arrete.PDF", "arrete.pdf"),
            ("a\u{202e}fdp.exe.pdf", "afdp.exe.pdf"),
            ("a\r\nSet-Cookie: b.pdf", "aSet-Cookie_ b.pdf"),
            ("<script>\"?*.pdf", "_script____.pdf"),
            ("e\u{301}te\u{301}.pdf", "été.pdf"),
            ("...", "document.pdf"),
            (".pdf", "document.pdf"),
            ("", "document.pdf"),
            (" \u{200b} .pdf", "document.pdf"),
        ] {
            assert_eq!(download_name(sent, DocumentKind::Pdf), expected, "{sent:?}");
        }
        assert_eq!(download_name(&"é".repeat(300), DocumentKind::Odt).chars().count(), 104);
    }

    #[test]
    fn header_carries_the_name_in_utf_8_and_a_plain_one() {
        assert_eq!(attachment("a b.pdf").to_string(), "attachment; filename=\"a b.pdf\"");
        assert_eq!(
            attachment("Arrêté n° 1.pdf").to_string(),
            "attachment; filename=\"Arrete n_ 1.pdf\"; filename*=UTF-8''Arr%C3%AAt%C3%A9%20n%C2%B0%201.pdf"
        );
        assert!(attachment("100%.pdf").to_string().starts_with("attachment; filename=\"100_.pdf\"; filename*="));
    }
}
