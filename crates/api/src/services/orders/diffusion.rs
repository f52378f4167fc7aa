//! Where everybody finds an order, and what each feed cannot say of it.
//!
//! What the exporters made of a published version was noted when it was published; a draft is written for once.

use chrono::{DateTime, Utc};
use dialog_api_types::app::{Diffusion, Feed, FeedDiffusion, FeedLoss};
use dialog_db::diffusions::{self, Exporter};
use dialog_db::fragments::{self, FeedName};
use dialog_db::orders::Order;
use dialog_db::{Caller, Connection, orders, versions};
use dialog_domain::OrderId;
use dialog_exports::cifs::CifsFilter;
use dialog_exports::{FOREVER, FeedContext, Loss, OfficialDocument, PublishedOrder};
use diesel::result::Error as QueryError;

use super::error::{OrderError, Result};
use super::{press, zone_of};
use crate::app::AppState;
use crate::services::feeds::rendering::{self, Outcome, published};

/// Every feed, in the order in which they are told.
const FEEDS: [Feed; 7] =
    [Feed::Datex, Feed::DatexLegacy, Feed::Cifs, Feed::Geojson, Feed::Csv, Feed::Tiles, Feed::Changes];

/// What each feed makes of an order: of its published version, or of a draft as it would be published now.
///
/// # Errors
/// [`OrderError::NotFound`], or when PostgreSQL fails.
pub async fn diffusion(state: &AppState, caller: &Caller, id: OrderId) -> Result<Diffusion> {
    let mut connection = state.database.get().await?;
    let order = orders::find(&mut connection, caller, id).await?.ok_or(OrderError::NotFound)?;
    let (context, now) = (press(state).feed, state.clock.now());
    let (version, mut places, set_aside) = match order.published {
        None => (None, preview(&order, &context, now), Vec::new()),
        Some(version) => {
            let mut places = noted(&mut connection, id).await?;
            if places.is_empty() {
                places = written_again(&mut connection, &order, version.number, &context).await?;
            }
            places.push(in_changes(diffusions::first_published_at(&mut connection, id).await?));
            (Some(version.number), places, fragments::set_aside_of(&mut connection, id).await?)
        }
    };
    if let Some(waze) = places.iter_mut().find(|place| place.exporter == Some(Exporter::Cifs)) {
        keep_out(&state.config.cifs_filter, &mut connection, &order, waze, now).await?;
    }
    let desk = Desk { context, now, is_preview: version.is_none(), set_aside };
    let feeds = FEEDS.into_iter().filter_map(|feed| {
        let place = places.iter().find(|place| place.exporter == exporter(feed))?;
        Some(desk.tell(feed, place))
    });
    Ok(Diffusion { is_preview: desk.is_preview, version, feeds: feeds.collect() })
}

/// Where an order stands in the feeds of an exporter; without exporter, in the changes.
#[derive(Clone, Debug, Default, PartialEq)]
struct Place {
    exporter: Option<Exporter>,
    /// When the present version leaves by the passage of time; `None`: it never is in.
    leaves_at: Option<DateTime<Utc>>,
    /// Since when the order is in without a break; `None`: the present version never is.
    entered_at: Option<DateTime<Utc>>,
    /// When it last left before that.
    left_at: Option<DateTime<Utc>>,
    losses: Vec<Loss>,
    /// It would be in, if the operator let it.
    is_kept_out: bool,
}

impl Place {
    /// Whether the order is in, and since when it is in or out.
    fn standing(&self, now: DateTime<Utc>) -> (bool, Option<DateTime<Utc>>) {
        match (self.entered_at, self.leaves_at) {
            (Some(entered_at), Some(leaves_at)) if leaves_at > now => (true, Some(entered_at)),
            (Some(_), leaves_at) => (false, leaves_at),
            (None, _) => (false, self.left_at),
        }
    }
}

/// What was noted when the order was published.
async fn noted(connection: &mut Connection, id: OrderId) -> Result<Vec<Place>> {
    let json = |error: serde_json::Error| OrderError::Query(QueryError::DeserializationError(error.into()));
    let noted = diffusions::find(connection, id).await?;
    let place = |one: diffusions::Diffusion| {
        Ok(Place {
            exporter: Some(one.exporter),
            leaves_at: one.leaves_at,
            entered_at: one.entered_at,
            left_at: one.left_at,
            losses: serde_json::from_value(one.losses).map_err(json)?,
            is_kept_out: false,
        })
    };
    noted.into_iter().map(place).collect()
}

/// Of an order that an older release published, until the worker has noted it: as if its present version were the first.
async fn written_again(
    connection: &mut Connection,
    order: &Order,
    number: i32,
    context: &FeedContext,
) -> Result<Vec<Place>> {
    let version = versions::find(connection, order.id, number).await?.ok_or(OrderError::NotFound)?;
    let entered_at = version.published_at;
    let outcomes = rendering::render(&published(order.id, version, document(order, context)), context).outcomes;
    Ok(outcomes.into_iter().map(|outcome| begun(outcome, entered_at)).collect())
}

/// A draft as it would be published now. It is nowhere yet, but in the changes as soon as it is published.
fn preview(order: &Order, context: &FeedContext, now: DateTime<Utc>) -> Vec<Place> {
    let draft = PublishedOrder {
        id: order.id,
        version: 1,
        identifier: order.identifier.clone(),
        organization_id: order.organization.id,
        organization_name: order.organization.name.clone(),
        time_zone: zone_of(&order.organization),
        source: order.source,
        content: order.content.clone(),
        published_at: now,
        updated_at: now,
        document: document(order, context),
    };
    let outcomes = rendering::render(&draft, context).outcomes;
    let places = outcomes.into_iter().map(|outcome| begun(outcome, now));
    places.chain([in_changes(Some(now))]).collect()
}

fn begun(Outcome { exporter, leaves_at, losses }: Outcome, at: DateTime<Utc>) -> Place {
    let entered_at = leaves_at.filter(|leaves_at| *leaves_at > at).map(|_| at);
    Place { exporter: Some(exporter), leaves_at, entered_at, losses, ..Place::default() }
}

/// The changes tell of an order from its first publication on.
fn in_changes(since: Option<DateTime<Utc>>) -> Place {
    Place { leaves_at: Some(FOREVER), entered_at: since, ..Place::default() }
}

fn document(order: &Order, context: &FeedContext) -> Option<OfficialDocument> {
    order.document.as_ref().map(|document| OfficialDocument {
        url: document.url().map_or_else(|| context.document_url(order.id), str::to_owned),
        title: document.title.clone(),
    })
}

/// Takes out of CIFS what the operator does not let in.
async fn keep_out(
    filter: &CifsFilter,
    connection: &mut Connection,
    order: &Order,
    waze: &mut Place,
    now: DateTime<Utc>,
) -> Result<()> {
    let locations = &filter.allowed_location_ids;
    let until = if !filter.lets_in(order.source, &order.identifier, order.organization.id) {
        None
    } else if locations.is_empty() || waze.leaves_at.is_none_or(|leaves_at| leaves_at <= now) {
        return Ok(());
    } else if order.published.is_some() {
        diffusions::cifs_until(connection, order.id, locations).await?
    } else {
        let mut drafted = order.content.measures.iter().flat_map(|measure| &measure.locations);
        waze.leaves_at.filter(|_| drafted.any(|location| locations.contains(&location.id)))
    };
    if until.is_none() {
        waze.is_kept_out = waze.leaves_at.is_some();
        (waze.entered_at, waze.left_at) = (None, None);
    }
    waze.leaves_at = until;
    Ok(())
}

/// What telling needs.
struct Desk {
    context: FeedContext,
    now: DateTime<Utc>,
    is_preview: bool,
    /// Feeds whose exporter failed on the order.
    set_aside: Vec<FeedName>,
}

impl Desk {
    fn tell(&self, feed: Feed, place: &Place) -> FeedDiffusion {
        let (is_in, since) = place.standing(self.now);
        let (name, path) = name_and_path(feed);
        FeedDiffusion {
            feed,
            name: name.to_owned(),
            url: format!("{}{path}", self.context.base_url.trim_end_matches('/')),
            is_in,
            since: since.filter(|_| !self.is_preview),
            until: place.leaves_at.filter(|until| is_in && *until < FOREVER),
            reason: (!is_in).then(|| self.reason(feed, place).to_owned()),
            losses: place.losses.iter().map(told).collect(),
        }
    }

    fn reason(&self, feed: Feed, place: &Place) -> &'static str {
        let name = if feed == Feed::Cifs { FeedName::Cifs } else { FeedName::Datex };
        if self.set_aside.contains(&name) {
            "L’arrêté est mis de côté : son export a échoué, les administrateurs le voient."
        } else if place.leaves_at.is_some() {
            "Toutes les périodes diffusées sont passées."
        } else if place.is_kept_out {
            "La configuration du serveur tient cet arrêté à l’écart de ce flux."
        } else if place.losses.is_empty() {
            "L’arrêté n’a encore rien à diffuser."
        } else if feed == Feed::Cifs {
            "Waze ne peut rien appliquer de cet arrêté : le détail suit."
        } else {
            "Aucune mesure ne peut être dite dans ce format : le détail suit."
        }
    }
}

const fn exporter(feed: Feed) -> Option<Exporter> {
    match feed {
        Feed::Datex => Some(Exporter::Datex),
        Feed::DatexLegacy => Some(Exporter::DatexLegacy),
        Feed::Cifs => Some(Exporter::Cifs),
        Feed::Geojson | Feed::Csv | Feed::Tiles => Some(Exporter::Rows),
        Feed::Changes => None,
    }
}

const fn name_and_path(feed: Feed) -> (&'static str, &'static str) {
    match feed {
        Feed::Datex => ("DATEX II", "/api/regulations.xml"),
        Feed::DatexLegacy => ("DATEX II, ancienne présentation", "/api/regulations.xml?layout=legacy"),
        Feed::Cifs => ("CIFS (Waze)", "/api/regulations/cifs.xml"),
        Feed::Geojson => ("GeoJSON", "/api/restrictions.geojson"),
        Feed::Csv => ("CSV", "/api/restrictions.csv"),
        Feed::Tiles => ("Carte", "/carte"),
        Feed::Changes => ("Flux des changements", "/api/changes"),
    }
}

fn told(loss: &Loss) -> FeedLoss {
    FeedLoss {
        path: loss.path.clone(),
        place: loss.place(),
        code: loss.code.as_str().to_owned(),
        message: loss.code.message().to_owned(),
        detail: loss.detail.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARCH: &str = "2026-03-01T00:00:00Z";
    const APRIL: &str = "2026-04-01T00:00:00Z";
    const MAY: &str = "2026-05-01T00:00:00Z";

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn standing(now: &str, entered: Option<&str>, leaves: Option<&str>, left: Option<&str>) -> (bool, Option<String>) {
        let [entered_at, leaves_at, left_at] = [entered, leaves, left].map(|text| text.map(at));
        let place = Place { entered_at, leaves_at, left_at, ..Place::default() };
        let (is_in, since) = place.standing(at(now));
        (is_in, since.map(|since| since.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)))
    }

    #[test]
    fn order_is_in_since_it_came_and_out_since_it_left() {
        assert_eq!(standing(APRIL, Some(MARCH), Some(MAY), None), (true, Some(MARCH.to_owned())));
        assert_eq!(standing(MAY, Some(MARCH), Some(APRIL), None), (false, Some(APRIL.to_owned())), "by time");
        assert_eq!(standing(MAY, Some(MARCH), Some(MAY), None), (false, Some(MAY.to_owned())), "at its end");
        assert_eq!(standing(MAY, None, None, Some(APRIL)), (false, Some(APRIL.to_owned())), "by a version");
        assert_eq!(standing(APRIL, None, Some(MARCH), None), (false, None), "over before it was published");
        assert_eq!(standing(APRIL, None, None, None), (false, None), "never");
    }
}
