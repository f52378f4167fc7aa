//! Why a load failed. Nothing is left of it in the database.

use std::path::PathBuf;

use dialog_db::reference::load::StoreError;

/// Why a load failed. Nothing is left of it in the database.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// A source or a territory is not named as it should be.
    #[error("{0:?} is no name of a source or territory: lower-case letters, digits and hyphens, at most 40")]
    Name(String),
    /// A file cannot be read.
    #[error("reading {}", path.display())]
    File {
        /// Which one.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A column or member that is needed is missing.
    #[error("{}: {column} is missing", path.display())]
    MissingColumn {
        /// Which file.
        path: PathBuf,
        /// Which column.
        column: &'static str,
    },
    /// A line is not what it should be.
    #[error("{}, line {line}: {reason}", path.display())]
    Line {
        /// Which file.
        path: PathBuf,
        /// Which line, 1 first.
        line: u64,
        /// What is wrong with it.
        reason: String,
    },
    /// Nothing is left to load.
    #[error("there is no {0} to load")]
    Empty(&'static str),
    /// What was read does not hold together.
    #[error("{count} {what}: the edition is refused")]
    Inconsistent {
        /// What does not.
        what: &'static str,
        /// How many times.
        count: u64,
    },
    /// The edition in use has more than twice as much.
    #[error("only {after} {what}, while the edition in use has {before}: accept it explicitly if it is right")]
    Shrunk {
        /// Of what.
        what: &'static str,
        /// In the edition in use.
        before: u64,
        /// In the new one.
        after: u64,
    },
    /// No edition is kept to go back to.
    #[error("no edition of {0} is kept to go back to")]
    NothingBefore(String),
    /// A program that is needed is not there, or fails.
    #[error("{program}: {reason}")]
    Program {
        /// Which one.
        program: &'static str,
        /// What it says.
        reason: String,
    },
    /// A file does not hold what it announces.
    #[error("{}: {reason}", path.display())]
    Broken {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// No edition has this name.
    #[error("there is no edition named {0}")]
    UnknownEdition(String),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}
