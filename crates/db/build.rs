//! Migrations are embedded: a new or changed file must rebuild the crate. Their content has a fingerprint, by which
//! tests know whether a database they prepared earlier still fits.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::Path;
use std::{fs, io};

const FOLDER: &str = "../../migrations";

fn main() -> io::Result<()> {
    let mut hasher = DefaultHasher::new();
    let mut folders: Vec<_> = fs::read_dir(FOLDER)?.collect::<io::Result<Vec<_>>>()?;
    folders.sort_by_key(fs::DirEntry::file_name);
    for folder in folders.iter().filter(|folder| folder.path().is_dir()) {
        folder.file_name().hash(&mut hasher);
        fs::read(Path::new(&folder.path()).join("up.sql"))?.hash(&mut hasher);
    }
    println!("cargo:rerun-if-changed={FOLDER}");
    println!("cargo:rustc-env=MIGRATIONS_FINGERPRINT={:016x}", hasher.finish());
    Ok(())
}
