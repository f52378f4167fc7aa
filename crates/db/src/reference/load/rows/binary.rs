//! The binary format of `COPY`: PostgreSQL takes numbers and geometries as they are, instead of reading them as text.

use bytes::{BufMut as _, BytesMut};

/// What precedes the first row: a signature, no flag, no extension.
pub(in crate::reference::load) const HEADER: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";
/// What follows the last row.
pub(in crate::reference::load) const END: &[u8] = &[0xff, 0xff];
/// Object identifier of the type `text`, which the elements of an array name.
const TEXT: i32 = 25;

/// A row under construction.
#[derive(Debug)]
pub struct Row<'a> {
    buffer: &'a mut BytesMut,
    start: usize,
    columns: i16,
}

impl<'a> Row<'a> {
    /// Begins a row.
    pub(in crate::reference::load) fn new(buffer: &'a mut BytesMut) -> Self {
        let start = buffer.len();
        buffer.put_i16(0);
        Self { buffer, start, columns: 0 }
    }

    /// Ends the row: how many columns it has stands before them.
    pub(in crate::reference::load) fn end(self) {
        if let Some(mut counted) = self.buffer.get_mut(self.start..) {
            counted.put_i16(self.columns);
        }
    }

    /// One more column, with the length of its value.
    fn value(&mut self, length: usize) -> &mut BytesMut {
        self.columns += 1;
        // PostgreSQL has no value of more than a gigabyte, and refuses what does not have the length announced.
        self.buffer.put_i32(i32::try_from(length).unwrap_or(i32::MAX));
        self.buffer
    }

    pub(super) fn null(&mut self) -> &mut Self {
        self.columns += 1;
        self.buffer.put_i32(-1);
        self
    }

    pub(super) fn text(&mut self, value: &str) -> &mut Self {
        self.value(value.len()).put_slice(value.as_bytes());
        self
    }

    pub(super) fn optional(&mut self, value: Option<&str>) -> &mut Self {
        match value {
            Some(value) => self.text(value),
            None => self.null(),
        }
    }

    pub(super) fn small(&mut self, value: i16) -> &mut Self {
        self.value(size_of::<i16>()).put_i16(value);
        self
    }

    pub(in crate::reference::load) fn integer(&mut self, value: i32) -> &mut Self {
        self.value(size_of::<i32>()).put_i32(value);
        self
    }

    pub(super) fn big(&mut self, value: i64) -> &mut Self {
        self.value(size_of::<i64>()).put_i64(value);
        self
    }

    pub(super) fn double(&mut self, value: f64) -> &mut Self {
        self.value(size_of::<f64>()).put_f64(value);
        self
    }

    /// An array of texts.
    pub(super) fn texts(&mut self, values: &[String]) -> &mut Self {
        self.measured(|array| {
            array.put_i32(i32::from(!values.is_empty()));
            // None of them is null.
            array.put_i32(0);
            array.put_i32(TEXT);
            if !values.is_empty() {
                array.put_i32(i32::try_from(values.len()).unwrap_or(i32::MAX));
                array.put_i32(1);
            }
            for value in values {
                array.put_i32(i32::try_from(value.len()).unwrap_or(i32::MAX));
                array.put_slice(value.as_bytes());
            }
        })
    }

    /// A geometry, in extended well-known binary.
    pub(super) fn geometry(&mut self, write: impl FnOnce(&mut BytesMut)) -> &mut Self {
        self.measured(write)
    }

    /// A value whose length is known once it is written.
    fn measured(&mut self, write: impl FnOnce(&mut BytesMut)) -> &mut Self {
        let buffer = self.value(0);
        let start = buffer.len();
        write(buffer);
        let length = i32::try_from(buffer.len() - start).unwrap_or(i32::MAX);
        if let Some(mut announced) = start.checked_sub(size_of::<i32>()).and_then(|start| buffer.get_mut(start..)) {
            announced.put_i32(length);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn row_announces_its_columns_and_their_lengths() {
        let mut buffer = BytesMut::from(&b"before"[..]);
        let mut row = Row::new(&mut buffer);
        row.integer(7).text("été").null().texts(&["a".to_owned()]).geometry(|bytes| bytes.put_slice(&[1, 2, 3]));
        row.end();
        let expected: [&[u8]; 9] = [
            b"before",
            &[0, 5],
            &[0, 0, 0, 4, 0, 0, 0, 7],
            &[0, 0, 0, 5],
            "été".as_bytes(),
            &[0xff, 0xff, 0xff, 0xff],
            &[0, 0, 0, 25, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 25, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1],
            b"a",
            &[0, 0, 0, 3, 1, 2, 3],
        ];
        assert_eq!(buffer, expected.concat());
    }
}
