//! Programs that write files of other makers for the tests.

use std::path::Path;
use std::process::Command;

/// Whether a program is there; says by name that `test` is skipped otherwise.
#[expect(clippy::print_stdout, reason = "the runner of the tests shows it")]
pub fn has(program: &str, test: &str) -> bool {
    let found = Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success());
    if !found {
        println!("skipped: {test}: {program} is not installed; `make test` installs it");
    }
    found
}

/// Runs a program in a folder.
pub fn run(program: &str, folder: &Path, arguments: &[&str]) {
    let output = Command::new(program).args(arguments).current_dir(folder).output().expect("a program");
    assert!(output.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// The first bytes of a file, under another name; answers its path.
pub fn cut(path: &Path, share: f64) -> std::path::PathBuf {
    let bytes = std::fs::read(path).expect("a file");
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a small file"
    )]
    let kept = (bytes.len() as f64 * share) as usize;
    let name = path.file_name().expect("a name").to_string_lossy();
    let cut = path.with_file_name(format!("cut-{name}"));
    std::fs::write(&cut, &bytes[..kept]).expect("a shorter file");
    cut
}

/// The file compressed beside itself; answers its path.
pub fn compress(path: &Path) -> std::path::PathBuf {
    use std::io::Write;
    let compressed = path.with_file_name(format!("{}.gz", path.file_name().expect("a name").to_string_lossy()));
    let file = std::fs::File::create(&compressed).expect("a file");
    let mut encoder = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
    encoder.write_all(&std::fs::read(path).expect("a file")).expect("compressed");
    encoder.finish().expect("compressed");
    compressed
}
