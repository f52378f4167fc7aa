//! Perimeters of organizations, from communes, intercommunalities, départements and regions.

use std::collections::BTreeSet;

use dialog_db::perimeters::{self, Area, DivisionKind, NewArea};
use dialog_db::reference::commune_names;
use dialog_db::reference::divisions::division;
use dialog_db::reference::load::DivisionKind as Group;
use dialog_db::{Connection, organizations};
use dialog_domain::OrganizationId;
use diesel_async::AsyncConnection;

/// A division of the official geography, as it is asked.
pub type Asked = (DivisionKind, String);

/// Why a perimeter was not set. Nothing was changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PerimeterError {
    /// There is no such organization.
    #[error("there is no organization {0}")]
    UnknownOrganization(OrganizationId),
    /// No loaded edition has this division.
    #[error("no {} of the loaded communes has the code {code:?}", kind.as_str())]
    UnknownDivision {
        /// What was asked.
        kind: DivisionKind,
        /// Its code.
        code: String,
    },
    /// No commune of the division has an outline in use.
    #[error("no outline is loaded for {label}")]
    NoOutline {
        /// The division.
        label: String,
    },
    /// Nothing was asked: without a perimeter an organization may act nowhere.
    #[error("a perimeter has at least one commune, intercommunality, département or region")]
    Empty,
    /// A query failed.
    #[error("writing a perimeter")]
    Query(#[from] diesel::result::Error),
}

/// A perimeter as it was set.
#[derive(Clone, Debug, PartialEq)]
pub struct Perimeter {
    /// Its areas, drawn ones included.
    pub areas: Vec<Area>,
    /// Communes that belong to it and have no outline in use: what lies there is outside.
    pub without_outline: Vec<String>,
}

/// Makes these divisions the perimeter of an organization, beside the areas that were drawn.
///
/// # Errors
/// See [`PerimeterError`].
pub async fn set(
    connection: &mut Connection,
    organization: OrganizationId,
    asked: &[Asked],
) -> Result<Perimeter, PerimeterError> {
    let asked: BTreeSet<&Asked> = asked.iter().collect();
    if asked.is_empty() {
        return Err(PerimeterError::Empty);
    }
    connection
        .transaction(async |connection| {
            if organizations::find(connection, organization.0).await?.is_none() {
                return Err(PerimeterError::UnknownOrganization(organization));
            }
            perimeters::clear(connection, organization.0).await?;
            write(connection, organization, &asked).await
        })
        .await
}

/// Draws the perimeter of an organization again, from the outlines that are in use now.
///
/// # Errors
/// See [`PerimeterError`]: also when a division is not there any more.
pub async fn refresh(connection: &mut Connection, organization: OrganizationId) -> Result<Perimeter, PerimeterError> {
    connection
        .transaction(async |connection| {
            let areas = perimeters::areas(connection, organization.0).await?;
            let asked: Vec<Asked> = areas.into_iter().filter_map(division_of).collect();
            write(connection, organization, &asked.iter().collect()).await
        })
        .await
}

/// The areas of an organization.
///
/// # Errors
/// [`PerimeterError::UnknownOrganization`], or when a query fails.
pub async fn areas(connection: &mut Connection, organization: OrganizationId) -> Result<Vec<Area>, PerimeterError> {
    if organizations::find(connection, organization.0).await?.is_none() {
        return Err(PerimeterError::UnknownOrganization(organization));
    }
    Ok(perimeters::areas(connection, organization.0).await?)
}

fn division_of(area: Area) -> Option<Asked> {
    let kind = DivisionKind::ALL.into_iter().find(|kind| area.kind.as_deref() == Some(kind.as_str()))?;
    Some((kind, area.code?))
}

async fn write(
    connection: &mut Connection,
    organization: OrganizationId,
    asked: &BTreeSet<&Asked>,
) -> Result<Perimeter, PerimeterError> {
    let mut communes = Vec::new();
    for (kind, code) in asked {
        let area = area(connection, *kind, code).await?;
        if !perimeters::upsert(connection, organization.0, &area).await? {
            return Err(PerimeterError::NoOutline { label: area.label });
        }
        communes.extend(area.communes);
    }
    Ok(Perimeter {
        areas: perimeters::areas(connection, organization.0).await?,
        without_outline: perimeters::without_outline(connection, &communes).await?,
    })
}

/// A division with its name and its communes.
async fn area(connection: &mut Connection, kind: DivisionKind, code: &str) -> Result<NewArea, PerimeterError> {
    let group = match kind {
        DivisionKind::Commune => None,
        DivisionKind::Epci => Some((Group::Epci, "intercommunalité")),
        DivisionKind::Department => Some((Group::Department, "département")),
        DivisionKind::Region => Some((Group::Region, "région")),
    };
    let found = match group {
        None => {
            let names = commune_names(connection, &[code.to_owned()]).await?;
            names.into_iter().next().map(|(_, name)| (format!("{name} ({code})"), vec![code.to_owned()]))
        }
        Some((group, said)) => {
            let division = division(connection, group, code).await?;
            division.map(|division| (format!("{} ({said} {code})", division.name), division.communes))
        }
    };
    let (label, communes) = found.ok_or_else(|| PerimeterError::UnknownDivision { kind, code: code.to_owned() })?;
    Ok(NewArea { label, kind, code: code.to_owned(), communes })
}
