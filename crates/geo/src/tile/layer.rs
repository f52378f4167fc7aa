//! A layer of a vector tile, as Protocol Buffers.

use std::collections::HashMap;

use super::protobuf::{bytes, number, varint};
use super::{EXTENT, Shape};

/// A value beside a shape.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Attribute {
    /// A word.
    Text(String),
    /// A whole number, zero or more.
    Number(u64),
}

/// A key with its value, as a layer knows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag {
    key: u32,
    value: u32,
}

/// A layer being written.
#[derive(Debug)]
pub struct Layer {
    name: &'static str,
    keys: Vec<&'static str>,
    values: HashMap<Attribute, u32>,
    value_count: u32,
    encoded_values: Vec<u8>,
    features: Vec<u8>,
    /// Used again for each feature: there are thousands.
    scratch: [Vec<u8>; 2],
}

impl Layer {
    /// An empty layer of this name.
    #[must_use]
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            keys: Vec::new(),
            values: HashMap::new(),
            value_count: 0,
            encoded_values: Vec::new(),
            features: Vec::new(),
            scratch: Default::default(),
        }
    }

    /// A tag to give to several shapes.
    pub fn tag(&mut self, key: &'static str, value: Attribute) -> Tag {
        let key = self.key(key);
        let value = match self.values.get(&value) {
            Some(known) => *known,
            None => {
                let rank = match &value {
                    Attribute::Text(text) => self.write_value(|out| bytes(1, text.as_bytes(), out)),
                    Attribute::Number(value) => self.write_value(|out| number(5, *value, out)),
                };
                self.values.insert(value, rank);
                rank
            }
        };
        Tag { key, value }
    }

    /// A tag whose text no other shape has.
    pub fn own_tag(&mut self, key: &'static str, text: &str) -> Tag {
        Tag { key: self.key(key), value: self.write_value(|out| bytes(1, text.as_bytes(), out)) }
    }

    /// Adds a shape with its tags.
    pub fn add(&mut self, shape: Shape<'_>, tags: impl IntoIterator<Item = Tag>) {
        let [content, feature] = &mut self.scratch;
        feature.clear();
        content.clear();
        for tag in tags {
            varint(u64::from(tag.key), content);
            varint(u64::from(tag.value), content);
        }
        bytes(2, content, feature);
        number(3, shape.kind as u64, feature);
        bytes(4, shape.commands, feature);
        bytes(2, feature, &mut self.features);
    }

    /// Writes the layer at the end of a tile; one without shape leaves nothing.
    pub fn finish(self, tile: &mut Vec<u8>) {
        if self.features.is_empty() {
            return;
        }
        let mut layer = Vec::with_capacity(self.features.len() + self.encoded_values.len() + 128);
        number(15, 2, &mut layer);
        bytes(1, self.name.as_bytes(), &mut layer);
        layer.extend_from_slice(&self.features);
        self.keys.iter().for_each(|key| bytes(3, key.as_bytes(), &mut layer));
        layer.extend_from_slice(&self.encoded_values);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is 4096")]
        number(5, EXTENT as u64, &mut layer);
        bytes(3, &layer, tile);
    }

    /// There are a handful of keys.
    fn key(&mut self, key: &'static str) -> u32 {
        let rank = self.keys.iter().position(|known| *known == key).unwrap_or_else(|| {
            self.keys.push(key);
            self.keys.len() - 1
        });
        u32::try_from(rank).unwrap_or(u32::MAX)
    }

    fn write_value(&mut self, write: impl FnOnce(&mut Vec<u8>)) -> u32 {
        let [encoded, _] = &mut self.scratch;
        encoded.clear();
        write(encoded);
        bytes(4, encoded, &mut self.encoded_values);
        self.value_count += 1;
        self.value_count - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Coord;
    use crate::tile::{Drawing, Tile};

    #[test]
    fn layer_is_written_as_the_specification_has_it() {
        let mut layer = Layer::new("l");
        let mut drawing = Drawing::of(Tile { z: 0, x: 0, y: 0 });
        drawing.begin(false);
        drawing.dot(Coord { x: 25.0, y: 17.0 });
        let dot = drawing.shapes().next().unwrap();
        let text = layer.tag("k", Attribute::Text("v".to_owned()));
        let number = layer.tag("n", Attribute::Number(300));
        layer.add(dot, [text, number]);
        assert_eq!(layer.tag("k", Attribute::Text("v".to_owned())), text);
        layer.add(dot, [text]);
        let mut tile = Vec::new();
        layer.finish(&mut tile);
        let feature = |tags: &[u8]| {
            let mut feature = vec![0x12, u8::try_from(tags.len()).unwrap()];
            feature.extend_from_slice(tags);
            // A point; MoveTo once, by 25 and 17, as in the example of the specification.
            feature.extend_from_slice(&[0x18, 1, 0x22, 3, 9, 50, 34]);
            feature
        };
        let mut expected = vec![0x78, 2, 0x0A, 1, b'l'];
        for tags in [&[0, 0, 1, 1][..], &[0, 0]] {
            let feature = feature(tags);
            expected.extend([0x12, u8::try_from(feature.len()).unwrap()]);
            expected.extend(feature);
        }
        expected.extend([0x1A, 1, b'k', 0x1A, 1, b'n', 0x22, 3, 0x0A, 1, b'v', 0x22, 3, 0x28, 0xAC, 2, 0x28, 0x80, 32]);
        let mut whole = vec![0x1A, u8::try_from(expected.len()).unwrap()];
        whole.extend(expected);
        assert_eq!(tile, whole);
    }

    #[test]
    fn layer_without_shape_leaves_nothing() {
        let mut tile = Vec::new();
        Layer::new("l").finish(&mut tile);
        assert!(tile.is_empty());
    }
}
