//! A PostgreSQL that a test can kill.

use std::fs::File;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use dialog_db::Connection;
use diesel_async::{AsyncConnection, SimpleAsyncConnection};

use crate::service::free_port;

/// Recovery after a crash takes a second; longer means that it never comes back.
const PATIENCE: Duration = Duration::from_secs(60);
/// Between two looks at whether it answers.
const PAUSE: Duration = Duration::from_millis(5);

/// A PostgreSQL cluster of the test's own, killed and started again at will; gone with this value.
///
/// What a killed PostgreSQL has written is with the operating system, which survives: `fsync` may be off. Commits wait
/// for that writing, as in production.
pub struct PrivatePostgres {
    binaries: PathBuf,
    folder: PathBuf,
    port: u16,
    user: Option<(u32, u32)>,
    process: Option<Child>,
}

impl PrivatePostgres {
    /// Makes the cluster, starts it and waits until it answers.
    pub async fn start() -> Self {
        let folder = std::env::temp_dir().join(format!("dialog-test-postgres-{}", uuid_like()));
        std::fs::create_dir(&folder).expect("a folder for PostgreSQL");
        std::fs::set_permissions(&folder, PermissionsExt::from_mode(0o700)).expect("a closed folder");
        let mut this = Self { binaries: binaries(), folder, port: free_port(), user: None, process: None };
        let is_root = std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0);
        if is_root {
            // PostgreSQL refuses to run as root.
            let (user, group) = (number_of("-u"), number_of("-g"));
            chown(&this.folder, Some(user), Some(group)).expect("giving a folder to PostgreSQL");
            this.user = Some((user, group));
        }
        let made = this
            .command("initdb")
            .args(["--username=dialog", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "-D"])
            .arg(this.folder.join("data"))
            .output()
            .expect("initdb");
        assert!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
        this.resume().await;
        this
    }

    /// The address of a database of the cluster.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        format!("postgres://dialog@127.0.0.1:{}/{database}", self.port)
    }

    /// Kills every process of the cluster at once, as a machine that runs out of memory does.
    pub fn kill(&mut self) {
        let Some(mut postmaster) = self.process.take() else { return };
        let children = children_of(postmaster.id());
        // The postmaster first, or it would begin to recover.
        postmaster.kill().expect("killing PostgreSQL");
        if !children.is_empty() {
            // Those that noticed its end are gone already.
            let _ = Command::new("kill").arg("-9").args(children).stderr(Stdio::null()).status();
        }
        postmaster.wait().expect("waiting for PostgreSQL to end");
    }

    /// Starts it again on the same port and waits until it has recovered.
    pub async fn resume(&mut self) {
        let began = Instant::now();
        let url = self.url("postgres");
        self.process = Some(self.spawn());
        loop {
            if let Ok(mut connection) = Connection::establish(&url).await
                && connection.batch_execute("SELECT 1").await.is_ok()
            {
                return;
            }
            assert!(began.elapsed() < PATIENCE, "PostgreSQL does not answer: {}", self.log());
            // The memory of the killed one may still be held by a process on its way out.
            if self.process.as_mut().is_some_and(|process| process.try_wait().expect("asking for PostgreSQL").is_some())
            {
                self.process = Some(self.spawn());
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    fn spawn(&self) -> Child {
        let log = File::options().create(true).append(true).open(self.log_file()).expect("a log");
        self.command("postgres")
            .arg("-D")
            .arg(self.folder.join("data"))
            .args(["-p", &self.port.to_string()])
            .args(["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off"])
            .args(["-c", "synchronous_commit=on", "-c", "max_connections=60", "-c", "shared_buffers=64MB"])
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("starting PostgreSQL")
    }

    fn command(&self, name: &str) -> Command {
        let mut command = Command::new(self.binaries.join(name));
        command.current_dir("/").stdin(Stdio::null());
        if let Some((user, group)) = self.user {
            command.uid(user).gid(group);
        }
        command
    }

    fn log_file(&self) -> PathBuf {
        self.folder.join("log")
    }

    fn log(&self) -> String {
        let text = std::fs::read_to_string(self.log_file()).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(30)..].join("\n")
    }
}

impl Drop for PrivatePostgres {
    fn drop(&mut self) {
        self.kill();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The folder of the newest PostgreSQL that has PostGIS, as Debian lays it out.
fn binaries() -> PathBuf {
    let mut versions: Vec<u32> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter(|version| Path::new(&format!("/usr/share/postgresql/{version}/extension/postgis.control")).exists())
        .collect();
    versions.sort_unstable();
    let version = versions.pop().expect("PostgreSQL with PostGIS is not installed: run `make test`");
    PathBuf::from(format!("/usr/lib/postgresql/{version}/bin"))
}

/// The user or group number of `postgres`.
fn number_of(option: &str) -> u32 {
    let output = Command::new("id").args([option, "postgres"]).output().expect("id");
    String::from_utf8_lossy(&output.stdout).trim().parse().expect("the user postgres")
}

/// The processes started by `parent`.
fn children_of(parent: u32) -> Vec<String> {
    std::fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.bytes().all(|byte| byte.is_ascii_digit()))
        .filter(|process| {
            // After the name in parentheses: state, then the parent.
            let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
            let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
            after_name.split_whitespace().nth(1) == Some(&parent.to_string())
        })
        .collect()
}

/// A word that no other process and no other moment of this one has.
fn uuid_like() -> String {
    let nanoseconds = std::time::UNIX_EPOCH.elapsed().map_or(0, |elapsed| elapsed.as_nanos());
    format!("{}-{nanoseconds}", std::process::id())
}
