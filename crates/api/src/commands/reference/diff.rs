//! `dialog reference diff`: what other reference data would make of published locations.

use std::collections::HashMap;
use std::io::Write;

use anyhow::{Context, bail};
use dialog_db::Connection;
use dialog_db::reference::shadow::{PublishedOrder, Shadow, keep, published_orders, suppose_in_use};
use dialog_domain::{LocatingMethod, Location, OrderId};
use dialog_geocoder::LocateError;
use diesel_async::AsyncConnection;
use serde::Serialize;
use uuid::Uuid;

/// Orders that are read at once.
const PAGE: i32 = 200;
/// What the editions in use are called where an edition is named.
const IN_USE: &str = "in use";

/// What became of the published locations.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Difference {
    /// The edition they were looked for in; `in use` for those in use.
    pub compared_with: String,
    /// How many orders have such locations.
    pub orders: usize,
    /// Found again within half a metre.
    pub unchanged: usize,
    /// Found again within five metres.
    pub moved: usize,
    /// Found again farther away.
    pub changed: usize,
    /// Not found any more.
    pub lost: usize,
    /// Drawn, or of a kind that is not computed: reference data do not move them.
    pub drawn: usize,
    /// All but those that are unchanged: the lost first, then by distance.
    pub locations: Vec<Change>,
}

/// A published location that is elsewhere now, or nowhere.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// The order.
    pub order: OrderId,
    /// The organization's own number.
    pub identifier: String,
    /// Who made it.
    pub organization: String,
    /// The location.
    pub location: Uuid,
    /// In words.
    pub label: String,
    /// `moved`, `changed` or `lost`.
    pub outcome: String,
    /// By how many metres.
    pub moved_m: Option<f64>,
    /// Why it is lost.
    pub reason: Option<String>,
    /// Edition in which it was found for its publication.
    pub edition_before: Option<String>,
    /// Edition in which it is found now.
    pub edition_after: Option<String>,
}

/// How a comparison ends: its transaction is always rolled back.
enum End {
    Compared(Vec<(Shadow, Change)>, Difference),
    Failed(anyhow::Error),
}

impl From<diesel::result::Error> for End {
    fn from(error: diesel::result::Error) -> Self {
        Self::Failed(error.into())
    }
}

pub(super) async fn run(url: &str, edition: Option<&str>, as_json: bool) -> anyhow::Result<()> {
    let difference = compare(url, edition).await?;
    let mut out = std::io::stdout().lock();
    if as_json {
        writeln!(out, "{}", serde_json::to_string_pretty(&difference)?)?;
        return Ok(());
    }
    let Difference { orders, unchanged, moved, changed, lost, drawn, locations, .. } = difference;
    writeln!(
        out,
        "{orders} arrêtés publiés : {unchanged} localisations inchangées, {moved} déplacées de moins de 5 m,"
    )?;
    writeln!(out, "{changed} modifiées, {lost} perdues ; {drawn} dessinées ou non calculées")?;
    for change in locations {
        let Change { identifier, organization, label, .. } = change;
        let what = match (change.moved_m, change.reason) {
            (_, Some(reason)) => format!("perdue : {reason}"),
            (Some(metres), None) => format!("{metres:.1} m"),
            (None, None) => "sans distance".to_owned(),
        };
        writeln!(out, "  {identifier} ({organization}), {label} : {what}")?;
    }
    Ok(())
}

/// Looks for every published location again, in an edition as if it were in use, or in those in use. What was found is
/// kept beside what is public, which does not change.
///
/// # Errors
/// When there is no such edition, or the database does not answer.
pub async fn compare(url: &str, edition: Option<&str>) -> anyhow::Result<Difference> {
    let mut connection = Connection::establish(url).await.context("connecting to the database")?;
    let end = connection
        .transaction(async move |connection| {
            if let Some(name) = edition
                && !suppose_in_use(connection, name).await?
            {
                return Err(End::Failed(anyhow::anyhow!("there is no edition named {name}")));
            }
            let (shadows, difference) = locate_all(connection).await?;
            // An error, so that nothing of what was supposed stays.
            Err::<(), _>(End::Compared(shadows, difference))
        })
        .await;
    let (located, mut difference) = match end {
        Err(End::Compared(located, difference)) => (located, difference),
        Err(End::Failed(error)) => return Err(error),
        Ok(()) => bail!("the comparison did not end"),
    };
    let compared_with = edition.unwrap_or(IN_USE);
    let (shadows, mut changes): (Vec<Shadow>, HashMap<Uuid, Change>) =
        located.into_iter().map(|(shadow, change)| (shadow, (change.location, change))).unzip();
    let outcomes = connection
        .transaction(async |connection| keep(connection, compared_with, &shadows).await)
        .await
        .context("keeping what was found")?;
    compared_with.clone_into(&mut difference.compared_with);
    for outcome in outcomes {
        *match outcome.outcome.as_str() {
            "unchanged" => &mut difference.unchanged,
            "moved" => &mut difference.moved,
            "lost" => &mut difference.lost,
            _ => &mut difference.changed,
        } += 1;
        if let Some(change) = changes.remove(&outcome.location_uuid)
            && outcome.outcome != "unchanged"
        {
            difference.locations.push(Change { outcome: outcome.outcome, moved_m: outcome.moved_m, ..change });
        }
    }
    let far = |change: &Change| change.moved_m.unwrap_or(f64::INFINITY);
    difference.locations.sort_by(|a, b| far(b).total_cmp(&far(a)).then_with(|| a.identifier.cmp(&b.identifier)));
    Ok(difference)
}

async fn locate_all(connection: &mut Connection) -> Result<(Vec<(Shadow, Change)>, Difference), End> {
    let (mut located, mut difference, mut last) = (Vec::new(), Difference::default(), None);
    loop {
        let page = published_orders(connection, last, PAGE).await?;
        let Some(end) = page.last() else { return Ok((located, difference)) };
        last = Some(end.order);
        for order in &page {
            difference.orders += 1;
            for location in order.content.measures.iter().flat_map(|measure| &measure.locations) {
                match again(connection, order, location).await? {
                    Some(both) => located.push(both),
                    None => difference.drawn += 1,
                }
            }
        }
    }
}

/// A location looked for again; `None` when reference data have no part in it.
async fn again(
    connection: &mut Connection,
    order: &PublishedOrder,
    location: &Location,
) -> Result<Option<(Shadow, Change)>, End> {
    let Some(before) = location.found.as_ref().filter(|found| found.method != LocatingMethod::Drawn) else {
        return Ok(None);
    };
    let found = match dialog_geocoder::locate(connection, &location.asked).await {
        Ok(located) => Ok(located.found),
        Err(LocateError::Database(error)) => return Err(error.into()),
        Err(error) => Err(error.to_string()),
    };
    let change = Change {
        order: order.order,
        identifier: order.identifier.clone(),
        organization: order.organization.clone(),
        location: location.id.0,
        label: dialog_text::location(&location.asked),
        outcome: String::new(),
        moved_m: None,
        reason: found.as_ref().err().cloned(),
        edition_before: before.edition.clone(),
        edition_after: found.as_ref().ok().and_then(|found| found.edition.clone()),
    };
    let shadow = Shadow {
        location: location.id.0,
        order: order.order,
        version: order.version,
        edition_before: before.edition.clone(),
        found,
    };
    Ok(Some((shadow, change)))
}
