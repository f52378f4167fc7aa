//! Layers of a GeoPackage, through GDAL's `ogrinfo` and `ogr2ogr`.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::load::{LoadError, Progress, Stage};

/// A layer as the file describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::load) struct Layer {
    path: PathBuf,
    name: &'static str,
    pub(in crate::load) columns: Vec<String>,
    /// How many features it announces.
    features: u64,
    /// Its coordinate system.
    pub(in crate::load) epsg: Option<u32>,
}

impl Layer {
    /// What the file says of a layer; `None` when it has none of this name.
    pub(in crate::load) fn describe(path: &Path, name: &'static str) -> Result<Option<Self>, LoadError> {
        // A file that is not there is better told by the system than by GDAL.
        let failed = |source| LoadError::File { path: path.to_owned(), source };
        File::open(path).map_err(failed)?;
        let path = path.canonicalize().map_err(failed)?;
        let output = Command::new("ogrinfo")
            .args(["-ro", "-so"])
            .arg(&path)
            .arg(name)
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::null())
            .output()
            .map_err(|error| not_started("ogrinfo", &error))?;
        let (text, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        if errors.contains("Couldn't fetch requested layer") || text.contains("Couldn't fetch requested layer") {
            return Ok(None);
        }
        if !output.status.success() {
            return Err(broken(&path, &errors));
        }
        Ok(Some(parse(path, name, &text)))
    }

    /// The first of these columns that the layer has.
    pub(in crate::load) fn column(&self, names: &[&'static str]) -> Option<&'static str> {
        names.iter().copied().find(|name| self.columns.iter().any(|column| column == name))
    }

    /// Refuses the layer when it lacks a column, by its name.
    pub(in crate::load) fn need(&self, columns: &[&'static str]) -> Result<(), LoadError> {
        match columns.iter().copied().find(|name| self.column(&[name]).is_none()) {
            Some(column) => Err(LoadError::MissingColumn { path: self.path.clone(), column }),
            None => Ok(()),
        }
    }

    /// Every feature as a line of GeoJSON in longitude and latitude, with these columns. The layer is refused when there
    /// are less features than it announces.
    pub(in crate::load) fn each_feature(
        &self,
        columns: &[&str],
        stage: Stage,
        progress: &mut Progress<'_>,
        mut read: impl FnMut(u64, &str) -> Result<(), LoadError>,
    ) -> Result<(), LoadError> {
        let mut child = Command::new("ogr2ogr")
            .args(["-f", "GeoJSONSeq", "/vsistdout/"])
            .arg(&self.path)
            .arg(self.name)
            .args(["-t_srs", "EPSG:4326", "-dim", "XY", "-lco", "COORDINATE_PRECISION=7", "-select"])
            .arg(columns.join(","))
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| not_started("ogr2ogr", &error))?;
        // What it complains about is read aside: a full pipe would hold it up.
        let complaints = child.stderr.take().map(|mut stderr| {
            std::thread::spawn(move || {
                let mut text = Vec::new();
                let _ = stderr.read_to_end(&mut text);
                String::from_utf8_lossy(&text).into_owned()
            })
        });
        let failed = |source| LoadError::File { path: self.path.clone(), source };
        let (mut count, mut outcome) = (0_u64, Ok(()));
        for line in child.stdout.take().map(BufReader::new).into_iter().flat_map(BufRead::lines) {
            outcome = line.map_err(failed).and_then(|line| {
                count += 1;
                if count.is_multiple_of(1024) {
                    progress(stage, count, Some(self.features));
                }
                read(count, &line)
            });
            if outcome.is_err() {
                let _ = child.kill();
                break;
            }
        }
        let status = child.wait().map_err(failed)?;
        let complaints = complaints.and_then(|thread| thread.join().ok()).unwrap_or_default();
        outcome?;
        if !status.success() {
            return Err(broken(&self.path, &complaints));
        }
        if count < self.features {
            let reason = format!("layer {} announces {} features and has {count}", self.name, self.features);
            return Err(LoadError::Broken { path: self.path.clone(), reason });
        }
        progress(stage, count, Some(self.features));
        Ok(())
    }
}

fn parse(path: PathBuf, name: &'static str, text: &str) -> Layer {
    let value = |key: &str| text.lines().find_map(|line| line.strip_prefix(key)).map(str::trim);
    // The last identifier is the one of the whole system, on a line that closes it.
    let epsg =
        text.lines().rev().find_map(|line| line.trim().strip_prefix("ID[\"EPSG\",")?.split(']').next()?.parse().ok());
    let fields = text.lines().skip_while(|line| !line.starts_with("Geometry Column"));
    let columns = fields.skip(1).filter_map(|line| Some(line.split_once(": ")?.0.to_owned())).collect();
    let features = value("Feature Count:").and_then(|count| count.parse().ok()).unwrap_or_default();
    Layer { path, name, columns, features, epsg }
}

fn not_started(program: &'static str, error: &std::io::Error) -> LoadError {
    let reason = if error.kind() == std::io::ErrorKind::NotFound {
        "GeoPackages are read by GDAL, which is not installed (package gdal-bin of Debian)".to_owned()
    } else {
        error.to_string()
    };
    LoadError::Program { program, reason }
}

/// What GDAL complains about, without the list of everything it tried.
fn broken(path: &Path, complaints: &str) -> LoadError {
    let mut lines = complaints.lines().map(str::trim).filter(|line| !line.is_empty());
    let error = lines.clone().find_map(|line| line.strip_prefix("ERROR ")?.split_once(": ").map(|(_, text)| text));
    let reason = error.or_else(|| lines.find(|line| *line != "FAILURE:")).unwrap_or("GDAL cannot read it");
    LoadError::Broken { path: path.to_owned(), reason: reason.to_owned() }
}
