//! `dialog openapi`.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, bail};

/// Prints the OpenAPI document, or compares it with the checked-in one.
///
/// # Errors
/// When it cannot be made or written, or when the file is not what the handlers say.
pub fn run(check: Option<&Path>) -> anyhow::Result<()> {
    let document = crate::openapi::json()?;
    let Some(file) = check else {
        std::io::stdout().write_all(document.as_bytes()).context("writing the document")?;
        return Ok(());
    };
    let known = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    if known == document {
        return Ok(());
    }
    let line = known.lines().zip(document.lines()).take_while(|(left, right)| left == right).count() + 1;
    bail!("{} is not what the handlers say, from line {line} on: run `make openapi` and commit it", file.display())
}
