//! Deflate data in parts that can be put together in one gzip member.
//!
//! Members could follow each other too, but readers do not agree on what comes after the first one: some stop there.

use crc32fast::Hasher;
use dialog_db::feeds::Segment;
use flate2::{Compress, Compression, FlushCompress, Status};

/// What a gzip member begins with: deflate, no name, no time, no system.
pub const GZIP_HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
/// An empty last block of deflate data.
const LAST_BLOCK: [u8; 2] = [3, 0];
/// What follows the parts of a gzip member.
pub const GZIP_TRAILER_LENGTH: u64 = 10;
/// Room for output, at least.
const ROOM: usize = 32 * 1024;

/// Compresses a part.
pub struct Deflater {
    compress: Compress,
    crc: Hasher,
    bytes: u64,
    out: Vec<u8>,
}

impl Default for Deflater {
    fn default() -> Self {
        Self {
            compress: Compress::new(Compression::default(), false),
            crc: Hasher::new(),
            bytes: 0,
            out: Vec::with_capacity(ROOM),
        }
    }
}

impl Deflater {
    /// Adds bytes.
    pub fn write(&mut self, bytes: &[u8]) {
        self.crc.update(bytes);
        self.bytes += length(bytes);
        self.run(bytes, FlushCompress::None);
    }

    /// What is compressed so far and was not taken yet.
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.out)
    }

    /// Ends on a byte; nothing when nothing was written.
    #[must_use]
    pub fn finish(mut self) -> Segment {
        if self.bytes > 0 {
            self.run(&[], FlushCompress::Sync);
        }
        Segment { bytes: self.bytes, crc: self.crc.finalize(), deflate: self.out }
    }

    fn run(&mut self, bytes: &[u8], flush: FlushCompress) {
        let mut rest = bytes;
        loop {
            self.out.reserve(ROOM);
            let before = self.compress.total_in();
            let status = self.compress.compress_vec(rest, &mut self.out, flush);
            let taken = usize::try_from(self.compress.total_in() - before).unwrap_or(rest.len());
            rest = rest.get(taken..).unwrap_or_default();
            let has_room = self.out.len() < self.out.capacity();
            // Output that did not fill its room is all there is.
            if rest.is_empty() && has_room || !matches!(status, Ok(Status::Ok | Status::BufError)) {
                return;
            }
        }
    }
}

/// Puts the check values of parts together.
#[derive(Default)]
pub struct Sum {
    crc: Hasher,
    bytes: u64,
}

impl Sum {
    /// Adds the next part.
    pub fn add(&mut self, crc: u32, bytes: u64) {
        self.crc.combine(&Hasher::new_with_initial_len(crc, bytes));
        self.bytes += bytes;
    }

    /// What ends the gzip member of these parts.
    #[must_use]
    pub fn trailer(self) -> Vec<u8> {
        // The format keeps the length modulo 2^32.
        let length = u32::try_from(self.bytes & u64::from(u32::MAX)).unwrap_or_default();
        [LAST_BLOCK.as_slice(), &self.crc.finalize().to_le_bytes(), &length.to_le_bytes()].concat()
    }
}

/// A part made of one piece.
#[must_use]
pub fn segment(bytes: &[u8]) -> Segment {
    let mut deflater = Deflater::default();
    deflater.write(bytes);
    deflater.finish()
}

/// How many bytes.
#[must_use]
pub fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::GzDecoder;

    use super::*;

    #[test]
    fn parts_make_one_gzip_member() {
        let noise: Vec<u8> = (0..300_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
        let pieces: [&[u8]; 5] = [b"<a>", b"", &noise, b"same same same", b"same same same"];
        let mut member = GZIP_HEADER.to_vec();
        let mut sum = Sum::default();
        for piece in pieces {
            let part = segment(piece);
            assert_eq!(part.deflate.is_empty(), piece.is_empty());
            sum.add(part.crc, part.bytes);
            member.extend(part.deflate);
        }
        let trailer = sum.trailer();
        assert_eq!(length(&trailer), GZIP_TRAILER_LENGTH);
        member.extend(trailer);
        let mut read = Vec::new();
        // A decoder of one member only: the length and the check value are right.
        GzDecoder::new(member.as_slice()).read_to_end(&mut read).unwrap();
        assert!(read == pieces.concat());
    }

    #[test]
    fn same_bytes_make_the_same_part_however_they_are_cut() {
        let text = "un arrêté ".repeat(20_000);
        let mut deflater = Deflater::default();
        for piece in text.as_bytes().chunks(777) {
            deflater.write(piece);
        }
        assert!(deflater.finish() == segment(text.as_bytes()));
    }
}
