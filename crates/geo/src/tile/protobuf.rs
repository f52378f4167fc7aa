//! What Protocol Buffers are written with.

/// A field that is a number.
pub(super) fn number(field: u32, value: u64, out: &mut Vec<u8>) {
    varint(u64::from(field << 3), out);
    varint(value, out);
}

/// A field that is bytes.
pub(super) fn bytes(field: u32, content: &[u8], out: &mut Vec<u8>) {
    varint(u64::from((field << 3) | 2), out);
    varint(content.len() as u64, out);
    out.extend_from_slice(content);
}

/// A number in as many bytes as it takes.
pub(super) fn varint(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value.to_le_bytes()[0] | 0x80);
        value >>= 7;
    }
    out.push(value.to_le_bytes()[0]);
}
