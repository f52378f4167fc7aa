//! The `dialog` binary.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use dialog_api::commands::feeds::FeedsCommand;
use dialog_api::commands::organization::OrganizationCommand;
use dialog_api::commands::{self, reference::ReferenceCommand};
use dialog_api::config::Config;
use dialog_api::services::generation::Generation;

/// Tiles and feeds ask for memory in small pieces on several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Exit code of a process whose configuration is wrong.
const WRONG_CONFIGURATION: u8 = 2;

/// DiaLog: traffic-regulation orders as open data.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the HTTP API on 127.0.0.1, port API_PORT
    Api,
    /// Do the jobs that requests enqueue
    Worker,
    /// Bring the database to the schema of this binary
    Migrate,
    /// Write the demonstration accounts, organizations and keys (APP_ENV dev or test only)
    SeedDemo,
    /// Load, list and choose the reference data: communes, streets, house numbers
    #[command(subcommand)]
    Reference(ReferenceCommand),
    /// Perimeters of organizations
    #[command(subcommand)]
    Organization(OrganizationCommand),
    /// What is public, as feeds
    #[command(subcommand)]
    Feeds(FeedsCommand),
    /// Publish generated orders, for benchmarks; only when APP_ENV is dev or test
    GenerateOrders {
        /// How many
        count: usize,
        /// INSEE code of the commune on whose streets they are
        #[arg(long, default_value = "00001")]
        city: String,
        /// Id of the API client for whose organization they are made
        #[arg(long, default_value = "019b0000-0000-7000-8000-000000000001")]
        client: String,
    },
    /// Print the OpenAPI document
    Openapi {
        /// Compare with this file instead of printing
        #[arg(long, value_name = "FILE")]
        check: Option<PathBuf>,
    },
}

fn main() -> ExitCode {
    let command = Arguments::parse().command;
    // The document needs no configuration.
    if let Command::Openapi { check } = &command {
        return end(commands::openapi::run(check.as_deref()));
    }
    let config = match Config::from_environment() {
        Ok(config) => config,
        Err(error) => {
            eprintln!("dialog: {error}");
            return ExitCode::from(WRONG_CONFIGURATION);
        }
    };
    let _sentry = dialog_api::telemetry::start(&config);
    // One of two providers is in the dependency tree: name ours. An error means that somebody already did.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    end(run(command, config))
}

fn run(command: Command, config: Config) -> anyhow::Result<()> {
    if let Command::Api = command {
        return actix_web::rt::System::new().block_on(commands::api::run(config));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match command {
            Command::Worker => commands::worker::run(config).await,
            Command::Migrate => commands::migrate::run(&config).await,
            Command::Reference(command) => commands::reference::run(&config, command).await,
            Command::Organization(command) => commands::organization::run(&config, command).await,
            Command::Feeds(command) => commands::feeds::run(config, command).await,
            Command::SeedDemo => commands::seed_demo::run(&config).await,
            Command::GenerateOrders { count, city, client } => {
                let generation = Generation { count, city_code: city, client_id: client };
                commands::generate_orders::run(config, &generation).await
            }
            Command::Api | Command::Openapi { .. } => Ok(()),
        }
    })
}

fn end(outcome: anyhow::Result<()>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("dialog: {error:#}");
            ExitCode::FAILURE
        }
    }
}
