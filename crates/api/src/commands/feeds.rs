//! `dialog feeds`.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, bail, ensure};
use clap::Subcommand;
use dialog_db::feeds::FeedFilter;
use dialog_db::fragments::{self, FeedName};
use dialog_exports::cifs::CifsFilter;
use futures::TryStreamExt;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use crate::app::AppState;
use crate::clock::Clock;
use crate::config::Config;
use crate::services::feeds::{self, Accepted, Asked, Layout};

/// What can be done with the feeds.
#[derive(Subcommand)]
pub enum FeedsCommand {
    /// Validate everything that is public in every feed, with xmllint; fails when something is invalid
    Check {
        /// The folder of the schemas: datex2/DATEXII_3_D2Payload.xsd and cifs/cifsv2.xsd
        #[arg(long, value_name = "DIR")]
        schemas: PathBuf,
    },
}

/// The documents that are checked: their names, and their schemas.
const DOCUMENTS: [(&str, FeedName, Layout, &str); 3] = [
    ("DATEX II", FeedName::Datex, Layout::Current, "datex2/DATEXII_3_D2Payload.xsd"),
    ("DATEX II, old layout", FeedName::Datex, Layout::Legacy, "datex2/DATEXII_3_D2Payload.xsd"),
    ("CIFS", FeedName::Cifs, Layout::Current, "cifs/cifsv2.xsd"),
];
/// Invalid orders, and orders set aside, that are named at most.
const NAMED: usize = 20;

/// Does it.
///
/// # Errors
/// When a feed is invalid, or cannot be checked.
pub async fn run(config: Config, command: FeedsCommand) -> anyhow::Result<()> {
    let FeedsCommand::Check { schemas } = command;
    let state = AppState::with_statement_timeout(config, Clock::system(), None)?;
    let mut invalid = Vec::new();
    for (name, feed, layout, schema) in DOCUMENTS {
        let schema = schemas.join(schema);
        ensure!(schema.is_file(), "{} is not there", schema.display());
        let filter = FeedFilter { over: true, ..FeedFilter::default() };
        let asked = Asked { feed, layout, filter, admitted: CifsFilter::default() };
        let file = tempfile(name);
        let checked = check(&state, asked, &file, &schema).await;
        // Left behind it would fill the disk; gone already is as good.
        let _ = tokio::fs::remove_file(&file).await;
        let verdict = checked.with_context(|| format!("checking {name}"))?;
        eprintln!("{name}: {} orders, {} bytes: {}", verdict.orders, verdict.bytes, verdict.word());
        for message in &verdict.messages {
            eprintln!("  {message}");
        }
        if !verdict.messages.is_empty() {
            invalid.push(name);
        }
    }
    let mut connection = state.database.get().await.context("connecting to PostgreSQL")?;
    for one in fragments::set_aside(&mut connection, i64::try_from(NAMED).unwrap_or(i64::MAX)).await? {
        eprintln!("{} is set aside of {}: {}", one.order, one.feed.as_str(), one.reason);
    }
    if invalid.is_empty() { Ok(()) } else { bail!("invalid: {}", invalid.join("; ")) }
}

fn tempfile(name: &str) -> PathBuf {
    let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    std::env::temp_dir().join(format!("dialog-feeds-check-{}-{name}.xml", std::process::id()))
}

/// What was found.
struct Verdict {
    orders: usize,
    bytes: u64,
    /// What xmllint says, with the orders that it is about; none when the document is valid.
    messages: Vec<String>,
}

impl Verdict {
    const fn word(&self) -> &'static str {
        if self.messages.is_empty() { "valid" } else { "INVALID" }
    }
}

async fn check(state: &AppState, asked: Asked, file: &Path, schema: &Path) -> anyhow::Result<Verdict> {
    let bytes = write(state, asked, file).await?;
    // As a stream: the memory of xmllint does not grow with the document.
    let xmllint = Command::new("xmllint")
        .args(["--noout", "--stream", "--schema"])
        .args([schema, file])
        .stdin(Stdio::null())
        .output()
        .await
        .context("running xmllint, of the package libxml2-utils")?;
    let said = String::from_utf8_lossy(&xmllint.stderr).into_owned();
    let (file, is_valid) = (file.to_owned(), xmllint.status.success());
    tokio::task::spawn_blocking(move || verdict(&file, bytes, is_valid, &said)).await?
}

async fn write(state: &AppState, asked: Asked, file: &Path) -> anyhow::Result<u64> {
    let mut output = tokio::fs::File::create(file).await.with_context(|| format!("writing {}", file.display()))?;
    let (_, mut document) = feeds::open(state, asked, Accepted::default()).await?;
    let mut bytes = 0;
    while let Some(piece) = document.try_next().await? {
        output.write_all(&piece).await?;
        bytes += u64::try_from(piece.len()).unwrap_or_default();
    }
    output.flush().await?;
    Ok(bytes)
}

/// One order, or one incident, stands on each line: the line of a mistake tells whose it is.
fn verdict(file: &Path, bytes: u64, is_valid: bool, said: &str) -> anyhow::Result<Verdict> {
    let place = format!("{}:", file.display());
    let wrong: BTreeSet<usize> =
        said.lines().filter_map(|line| line.strip_prefix(&place)?.split(':').next()?.parse().ok()).collect();
    let mut messages = Vec::new();
    let mut orders = 0;
    for (rank, line) in BufReader::new(std::fs::File::open(file)?).lines().enumerate() {
        let line = line?;
        let is_order = line.starts_with("<trafficRegulationOrder ") || line.starts_with("<incident ");
        orders += usize::from(is_order);
        if !is_valid && is_order && messages.len() < NAMED && wrong.contains(&(rank + 1)) {
            messages.push(format!("id {}", line.split('"').nth(1).unwrap_or_default()));
        }
    }
    if !is_valid {
        messages.extend(said.lines().take(NAMED).map(|line| line.strip_prefix(&place).unwrap_or(line).to_owned()));
        if messages.is_empty() {
            messages.push("xmllint failed without a word".to_owned());
        }
    }
    Ok(Verdict { orders, bytes, messages })
}
