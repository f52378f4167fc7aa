//! `dialog organization`: what concerns one organization.

use std::io::Write;

use anyhow::Context;
use clap::{Args, Subcommand};
use dialog_db::perimeters::{Area, DivisionKind};
use dialog_domain::OrganizationId;
use diesel_async::AsyncConnection;
use uuid::Uuid;

use crate::config::Config;
use crate::services::perimeters::{self, Asked, Perimeter};

/// Sub-commands of `dialog organization`.
#[derive(Subcommand)]
pub enum OrganizationCommand {
    /// Show the perimeter of an organization, or make it of communes, intercommunalities, départements and regions. Areas that
    /// were drawn stay
    Perimeter(PerimeterArguments),
}

/// Which perimeter.
#[derive(Args)]
pub struct PerimeterArguments {
    /// The organization
    organization: Uuid,
    /// INSEE codes, separated by commas
    #[arg(long, value_delimiter = ',')]
    communes: Vec<String>,
    /// SIREN numbers of intercommunalities
    #[arg(long, value_delimiter = ',')]
    epci: Vec<String>,
    /// Codes of départements
    #[arg(long, value_delimiter = ',')]
    departements: Vec<String>,
    /// INSEE codes of regions
    #[arg(long, value_delimiter = ',')]
    regions: Vec<String>,
    /// Draw it again from the outlines that are in use now
    #[arg(long, conflicts_with_all = ["communes", "epci", "departements", "regions"])]
    refresh: bool,
}

/// Runs a sub-command.
///
/// # Errors
/// When the database cannot be reached, and for codes that no loaded commune has; nothing is changed then.
pub async fn run(config: &Config, command: OrganizationCommand) -> anyhow::Result<()> {
    let OrganizationCommand::Perimeter(asked) = command;
    let url = config.database_url.expose();
    let mut connection = dialog_db::Connection::establish(url).await.context("connecting to the database")?;
    let organization = OrganizationId(asked.organization);
    let refresh = asked.refresh;
    let divisions: Vec<Asked> = [
        (DivisionKind::Commune, asked.communes),
        (DivisionKind::Epci, asked.epci),
        (DivisionKind::Department, asked.departements),
        (DivisionKind::Region, asked.regions),
    ]
    .into_iter()
    .flat_map(|(kind, codes)| codes.into_iter().map(move |code| (kind, code.trim().to_uppercase())))
    .collect();
    let perimeter = if refresh {
        perimeters::refresh(&mut connection, organization).await?
    } else if divisions.is_empty() {
        let areas = perimeters::areas(&mut connection, organization).await?;
        Perimeter { areas, without_outline: Vec::new() }
    } else {
        perimeters::set(&mut connection, organization, &divisions).await?
    };
    Ok(show(&perimeter)?)
}

fn show(perimeter: &Perimeter) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    if perimeter.areas.is_empty() {
        writeln!(out, "aucun périmètre : l’organisation ne peut intervenir nulle part")?;
    }
    for Area { label, edition, surface_km2, .. } in &perimeter.areas {
        let origin = edition.as_deref().unwrap_or("tracé");
        writeln!(out, "{label}  {surface_km2:.1} km²  {origin}")?;
    }
    if !perimeter.without_outline.is_empty() {
        writeln!(out, "sans contour chargé, donc en dehors : {}", perimeter.without_outline.join(", "))?;
    }
    Ok(())
}
