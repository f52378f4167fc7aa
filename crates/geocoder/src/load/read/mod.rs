//! Files of the exchange format.

pub(super) mod addresses;
pub(super) mod bdtopo;
pub(super) mod communes;
pub(super) mod contours;
pub(super) mod divisions;
pub(super) mod gdal;
pub(super) mod osm;
pub(super) mod places;
pub(super) mod roads;
pub(super) mod storage_areas;
pub(super) mod streets;

use std::cell::Cell;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::rc::Rc;

use flate2::bufread::MultiGzDecoder;
use serde::de::DeserializeOwned;

use super::{LoadError, Progress, Stage};

/// A file being read, decompressed when its name ends in `.gz`.
pub(super) struct Input<'a> {
    path: &'a Path,
    stage: Stage,
    size: Option<u64>,
    read: Rc<Cell<u64>>,
    reader: Box<dyn BufRead>,
}

/// Counts what passes.
struct Counted<R> {
    inner: R,
    count: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.count.set(self.count.get() + u64::try_from(count).unwrap_or_default());
        Ok(count)
    }
}

impl<'a> Input<'a> {
    pub(super) fn open(path: &'a Path, stage: Stage) -> Result<Self, LoadError> {
        let failed = |source| LoadError::File { path: path.to_owned(), source };
        let file = File::open(path).map_err(failed)?;
        let size = file.metadata().ok().map(|metadata| metadata.len());
        let read = Rc::new(Cell::new(0));
        let counted = BufReader::new(Counted { inner: file, count: Rc::clone(&read) });
        let reader: Box<dyn BufRead> = if path.extension().is_some_and(|extension| extension == "gz") {
            Box::new(BufReader::new(MultiGzDecoder::new(counted)))
        } else {
            Box::new(counted)
        };
        Ok(Self { path, stage, size, read, reader })
    }

    /// Every line that is not blank, with its number.
    pub(super) fn each_line(
        mut self,
        progress: &mut Progress<'_>,
        mut read: impl FnMut(u64, &str) -> Result<(), LoadError>,
    ) -> Result<(), LoadError> {
        let (mut line, mut number) = (String::new(), 0_u64);
        loop {
            line.clear();
            let failed = |source| LoadError::File { path: self.path.to_owned(), source };
            if self.reader.read_line(&mut line).map_err(failed)? == 0 {
                progress(self.stage, self.size.unwrap_or_default(), self.size);
                return Ok(());
            }
            number += 1;
            if number % 1024 == 0 {
                progress(self.stage, self.read.get(), self.size);
            }
            if !line.trim().is_empty() {
                read(number, line.trim_end())?;
            }
        }
    }

    /// The whole text as one value of JSON. A member that is missing is named.
    pub(super) fn json<T: DeserializeOwned>(self) -> Result<T, LoadError> {
        serde_json::from_reader(self.reader).map_err(|error| {
            let line = u64::try_from(error.line()).unwrap_or_default();
            LoadError::Line { path: self.path.to_owned(), line, reason: error.to_string() }
        })
    }

    /// The whole text.
    pub(super) fn into_reader(self) -> Box<dyn BufRead> {
        self.reader
    }
}

/// A line of the file at `path` that is not what it should be.
pub(super) fn bad_line(path: &Path, line: u64, reason: impl Into<String>) -> LoadError {
    LoadError::Line { path: path.to_owned(), line, reason: reason.into() }
}

/// Five characters of an INSEE code.
pub(super) fn is_insee(code: &str) -> bool {
    let bytes = code.as_bytes();
    bytes.len() == 5
        && bytes
            .iter()
            .enumerate()
            .all(|(rank, byte)| byte.is_ascii_digit() || (rank == 1 && matches!(byte, b'A' | b'B')))
}
