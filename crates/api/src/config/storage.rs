use std::path::PathBuf;

use url::Url;

use super::{ConfigError, Secret, Source};

/// Where files are kept: in a bucket when one of the `S3_…` variables is set, else in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StorageSettings {
    /// `STORAGE_DIR`: a folder that every process reaches; `storage` below the current one by default.
    Folder(PathBuf),
    /// A bucket of an S3-compatible service.
    Bucket(Bucket),
}

/// A bucket of an S3-compatible service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// `S3_ENDPOINT`: address of the service, without the bucket.
    pub endpoint: Url,
    /// `S3_BUCKET`: name of the bucket.
    pub name: String,
    /// `S3_REGION`: region of the service; `us-east-1` by default, which services without regions expect.
    pub region: String,
    /// `S3_ACCESS_KEY`: the key.
    pub access_key: Secret,
    /// `S3_SECRET_KEY`: its secret.
    pub secret_key: Secret,
}

impl StorageSettings {
    pub(super) fn read(source: &Source) -> Result<Self, ConfigError> {
        const ENDPOINT: &str = "an address such as `https://s3.example.fr`";
        let is_bucket = ["S3_ENDPOINT", "S3_BUCKET", "S3_ACCESS_KEY", "S3_SECRET_KEY"]
            .into_iter()
            .any(|name| source.get(name).is_some());
        if !is_bucket {
            let folder = source.get("STORAGE_DIR").unwrap_or_else(|| "storage".to_owned());
            return Ok(Self::Folder(folder.into()));
        }
        let endpoint: Url =
            source.parse("S3_ENDPOINT", ENDPOINT)?.ok_or_else(|| ConfigError::missing("S3_ENDPOINT", None))?;
        if !matches!(endpoint.scheme(), "http" | "https") || !endpoint.has_host() {
            return Err(ConfigError::malformed("S3_ENDPOINT", ENDPOINT));
        }
        Ok(Self::Bucket(Bucket {
            endpoint,
            name: source.required("S3_BUCKET", None)?,
            region: source.get("S3_REGION").unwrap_or_else(|| "us-east-1".to_owned()),
            access_key: Secret::new(source.required("S3_ACCESS_KEY", None)?),
            secret_key: Secret::new(source.required("S3_SECRET_KEY", None)?),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<StorageSettings, String> {
        let pairs = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        StorageSettings::read(&Source::from_pairs(pairs).unwrap()).map_err(|error| error.to_string())
    }

    #[test]
    fn files_are_kept_in_a_folder_unless_a_bucket_is_named() {
        assert_eq!(read(&[]), Ok(StorageSettings::Folder("storage".into())));
        assert_eq!(read(&[("STORAGE_DIR", "/srv/files")]), Ok(StorageSettings::Folder("/srv/files".into())));
        let bucket = read(&[
            ("S3_ENDPOINT", "https://s3.example.fr"),
            ("S3_BUCKET", "dialog"),
            ("S3_ACCESS_KEY", "key"),
            ("S3_SECRET_KEY", "hidden-secret"),
        ]);
        let Ok(StorageSettings::Bucket(bucket)) = bucket else { panic!("{bucket:?}") };
        assert_eq!((bucket.name.as_str(), bucket.region.as_str()), ("dialog", "us-east-1"));
        assert!(!format!("{bucket:?}").contains("hidden"));
    }

    #[test]
    fn bucket_that_is_half_described_is_refused_and_what_lacks_is_named() {
        let lacking = read(&[("S3_ENDPOINT", "https://s3.example.fr"), ("S3_ACCESS_KEY", "key")]).unwrap_err();
        assert!(lacking.contains("S3_BUCKET"), "{lacking}");
        assert!(read(&[("S3_BUCKET", "dialog")]).unwrap_err().contains("S3_ENDPOINT"));
        let malformed = read(&[("S3_ENDPOINT", "secret-value"), ("S3_BUCKET", "dialog")]).unwrap_err();
        assert!(malformed.contains("S3_ENDPOINT") && !malformed.contains("secret-value"), "{malformed}");
        assert!(read(&[("S3_ENDPOINT", "ftp://a.fr"), ("S3_BUCKET", "dialog")]).is_err());
    }
}
