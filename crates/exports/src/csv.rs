//! Restrictions as a table (RFC 4180: a header, commas, quotes where they are needed, CR LF), UTF-8, geometries as WKT.

use crate::{
    published::FeedContext,
    restriction::{FIELDS, Field, Restriction},
};

/// Name of the last column.
const GEOMETRY: &str = "geometry";

/// The first line.
#[must_use]
pub fn header() -> String {
    [FIELDS.as_slice(), &[GEOMETRY]].concat().join(",") + "\r\n"
}

/// Writes one line at the end of `out`. The geometry of the row is WKT.
pub fn row(restriction: &Restriction, context: &FeedContext, out: &mut String) {
    for field in restriction.fields(context) {
        match field {
            Field::Text(value) => cell(value, out),
            Field::Owned(value) => cell(&value, out),
            Field::Integer(number) => out.push_str(&number.to_string()),
            Field::Metres(number) => out.push_str(&format!("{number:.1}")),
            Field::Texts(values) => cell(&values.join(" ; "), out),
            Field::Json(value) => cell(&value.to_string(), out),
            Field::Absent => {}
        }
        out.push(',');
    }
    cell(&restriction.geometry, out);
    out.push_str("\r\n");
}

fn cell(value: &str, out: &mut String) {
    if value.contains(['"', ',', '\r', '\n']) {
        out.push('"');
        out.push_str(&value.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::restriction::tests::restriction;

    /// A reader of RFC 4180.
    fn read(text: &str) -> Vec<Vec<String>> {
        let (mut rows, mut row, mut cell, mut is_quoted) = (Vec::new(), Vec::new(), String::new(), false);
        let mut characters = text.chars().peekable();
        while let Some(character) = characters.next() {
            match (character, is_quoted) {
                ('"', false) => is_quoted = true,
                ('"', true) if characters.peek() == Some(&'"') => cell.extend(characters.next()),
                ('"', true) => is_quoted = false,
                (',', false) => row.push(std::mem::take(&mut cell)),
                ('\r', false) => assert_eq!(characters.next(), Some('\n')),
                _ => cell.push(character),
            }
            if character == '\r' && !is_quoted {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
        }
        assert!(row.is_empty() && cell.is_empty(), "the last line ends");
        rows
    }

    #[test]
    fn rows_have_a_cell_for_every_column() {
        let context = FeedContext { base_url: "https://example.org".to_owned() };
        let row_of_line = Restriction { geometry: "LINESTRING(2.35 48.85,2.36 48.86)".to_owned(), ..restriction() };
        let mut text = header();
        row(&row_of_line, &context, &mut text);
        row(&row_of_line, &context, &mut text);
        let rows = read(&text);
        assert_eq!(rows.iter().map(Vec::len).collect::<Vec<_>>(), [FIELDS.len() + 1; 3]);
        let cell = |name: &str| &rows[1][rows[0].iter().position(|one| one == name).expect("a column")];
        assert_eq!(cell("title"), "Travaux, \"grande\" rue\nde nuit");
        assert_eq!(cell("periods"), "du 1er au 2 mars ; le 5 mars");
        assert_eq!(cell("vehicle_set"), r#"{"exempted":[],"restricted":[]}"#);
        assert_eq!((cell("max_speed_kmh").as_str(), cell("ends_at").as_str()), ("", ""));
        assert_eq!(cell("geometry"), "LINESTRING(2.35 48.85,2.36 48.86)");
    }
}
