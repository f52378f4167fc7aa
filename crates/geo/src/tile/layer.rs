//! A layer of a vector tile, as Protocol Buffers.

use std::collections::HashMap;

use super::{EXTENT, Shape};

/// A value beside a shape.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Attribute {
    /// A word.
    Text(String),
    /// A whole number, zero or more.
    Number(u64),
}

/// A layer being written.
#[derive(Debug)]
pub struct Layer {
    name: &'static str,
    keys: Vec<&'static str>,
    values: HashMap<Attribute, u32>,
    encoded_values: Vec<u8>,
    features: Vec<u8>,
}

impl Layer {
    /// An empty layer of this name.
    #[must_use]
    pub fn new(name: &'static str) -> Self {
        Self { name, keys: Vec::new(), values: HashMap::new(), encoded_values: Vec::new(), features: Vec::new() }
    }

    /// Adds a shape with its attributes.
    pub fn add(&mut self, shape: &Shape, attributes: impl IntoIterator<Item = (&'static str, Attribute)>) {
        let mut tags = Vec::new();
        for (key, value) in attributes {
            varint(u64::from(self.key(key)), &mut tags);
            varint(u64::from(self.value(value)), &mut tags);
        }
        let mut geometry = Vec::with_capacity(shape.commands.len() * 2);
        shape.commands.iter().for_each(|command| varint(u64::from(*command), &mut geometry));
        let mut feature = Vec::with_capacity(tags.len() + geometry.len() + 12);
        bytes(2, &tags, &mut feature);
        number(3, shape.kind as u64, &mut feature);
        bytes(4, &geometry, &mut feature);
        bytes(2, &feature, &mut self.features);
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

    fn value(&mut self, value: Attribute) -> u32 {
        if let Some(rank) = self.values.get(&value) {
            return *rank;
        }
        let rank = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        let mut encoded = Vec::new();
        match &value {
            Attribute::Text(text) => bytes(1, text.as_bytes(), &mut encoded),
            Attribute::Number(value) => number(5, *value, &mut encoded),
        }
        bytes(4, &encoded, &mut self.encoded_values);
        self.values.insert(value, rank);
        rank
    }
}

fn number(field: u32, value: u64, out: &mut Vec<u8>) {
    varint(u64::from(field << 3), out);
    varint(value, out);
}

fn bytes(field: u32, content: &[u8], out: &mut Vec<u8>) {
    varint(u64::from((field << 3) | 2), out);
    varint(content.len() as u64, out);
    out.extend_from_slice(content);
}

fn varint(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value.to_le_bytes()[0] | 0x80);
        value >>= 7;
    }
    out.push(value.to_le_bytes()[0]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Coord;

    #[test]
    fn layer_is_written_as_the_specification_has_it() {
        let mut layer = Layer::new("l");
        let dot = Shape::dot(Coord { x: 25.0, y: 17.0 });
        layer.add(&dot, [("k", Attribute::Text("v".to_owned())), ("n", Attribute::Number(300))]);
        layer.add(&dot, [("k", Attribute::Text("v".to_owned()))]);
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
