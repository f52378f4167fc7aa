//! The thinnest layer over quick-xml: elements open and close by construction.

use quick_xml::{
    Writer,
    events::{BytesEnd, BytesStart, BytesText, Event},
};

/// Writes elements into a string.
pub(crate) struct Xml(Writer<Vec<u8>>);

impl Xml {
    /// An empty string to write into.
    pub(crate) fn new() -> Self {
        Self(Writer::new(Vec::with_capacity(4096)))
    }

    /// An element with a content.
    pub(crate) fn element(&mut self, name: &str, attributes: &[(&str, &str)], content: impl FnOnce(&mut Self)) {
        self.event(Event::Start(BytesStart::new(name).with_attributes(attributes.iter().copied())));
        content(self);
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// An element without content.
    pub(crate) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.event(Event::Empty(BytesStart::new(name).with_attributes(attributes.iter().copied())));
    }

    /// An element whose content is a text, escaped here.
    pub(crate) fn leaf(&mut self, name: &str, text: &str) {
        self.leaf_with(name, &[], text);
    }

    /// The same with attributes.
    pub(crate) fn leaf_with(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.element(name, attributes, |xml| xml.event(Event::Text(BytesText::new(text))));
    }

    /// The text written so far.
    pub(crate) fn into_string(self) -> String {
        String::from_utf8(self.0.into_inner())
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
    }

    fn event(&mut self, event: Event<'_>) {
        // A vector takes every write: there is no error to hand on.
        let written = self.0.write_event(event);
        debug_assert!(written.is_ok(), "a vector takes every write");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_attributes_are_escaped() {
        let mut xml = Xml::new();
        xml.element("a", &[("b", "\"<&")], |xml| {
            xml.leaf("c", "<&>\"'é");
            xml.empty("d", &[]);
        });
        let written = xml.into_string();
        assert!(written.starts_with("<a b=\"&quot;&lt;&amp;\"><c>&lt;&amp;&gt;"), "{written}");
        assert!(written.ends_with("é</c><d/></a>"), "{written}");
    }
}
