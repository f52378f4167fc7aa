use std::path::PathBuf;

/// Address of a PostgreSQL superuser, from `TEST_DATABASE_URL`.
#[must_use]
pub fn server_url() -> String {
    required("TEST_DATABASE_URL")
}

/// Address of a Redis, from `TEST_REDIS_URL`.
#[must_use]
pub fn redis_url() -> String {
    required("TEST_REDIS_URL")
}

/// The folder of real data and schemas (`DIALOG_SHARED_DIR`, `../shared` beside the repository by default). `None` when
/// it is not there: `test` is then reported as skipped.
#[must_use]
pub fn shared_dir(test: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("DIALOG_SHARED_DIR")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")), PathBuf::from);
    if folder.join("design.md").is_file() || folder.join("data").is_dir() {
        return Some(folder);
    }
    println!("skipped: {test}: the shared folder is absent ({})", folder.display());
    None
}

fn required(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set: run the tests with `make test`"))
}
