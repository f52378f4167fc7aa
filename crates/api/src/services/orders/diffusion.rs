//! Where everybody finds an order, and what each feed cannot say of it.

use chrono::{DateTime, Utc};
use dialog_api_types::app::{Diffusion, Feed, FeedDiffusion, FeedLoss};
use dialog_db::fragments::{self, FeedName};
use dialog_db::orders::Order;
use dialog_db::versions::{self, Version};
use dialog_db::{Caller, Connection, orders};
use dialog_domain::OrderId;
use dialog_exports::cifs::{self, CifsFilter};
use dialog_exports::{FOREVER, FeedContext, Loss, LossCode, OfficialDocument, PublishedOrder, TimeState, datex};

use super::error::{OrderError, Result};
use super::{press, zone_of};
use crate::app::AppState;

/// Versions further back than this are not looked at: the answer then begins with the oldest one looked at.
const MOST_VERSIONS: usize = 200;

/// Every feed, in the order in which they are told.
const FEEDS: [Feed; 6] = [Feed::Datex, Feed::Cifs, Feed::Geojson, Feed::Csv, Feed::Tiles, Feed::Changes];

/// What each feed makes of an order: of its published version, or of a draft as it would be published now.
///
/// # Errors
/// [`OrderError::NotFound`], or when PostgreSQL fails.
pub async fn diffusion(state: &AppState, caller: &Caller, id: OrderId) -> Result<Diffusion> {
    let mut connection = state.database.get().await?;
    let order = orders::find(&mut connection, caller, id).await?.ok_or(OrderError::NotFound)?;
    let desk = Desk {
        context: press(state).feed,
        filter: &state.config.cifs_filter,
        now: state.clock.now(),
        set_aside: fragments::set_aside_of(&mut connection, id).await?,
    };
    let Some(published) = order.published else {
        let draft = desk.look(&draft(&order, &desk));
        let feeds = FEEDS.map(|feed| desk.tell(feed, &draft, None)).to_vec();
        return Ok(Diffusion { is_preview: true, version: None, feeds });
    };
    let looks = desk.history(&mut connection, &order, published.number).await?;
    let [last, ..] = &looks[..] else { return Err(OrderError::NotFound) };
    let tell = |feed| desk.tell(feed, last, Some(standing(feed, &looks, desk.now)));
    Ok(Diffusion { is_preview: false, version: Some(published.number), feeds: FEEDS.map(tell).to_vec() })
}

/// What telling needs.
struct Desk<'a> {
    context: FeedContext,
    filter: &'a CifsFilter,
    now: DateTime<Utc>,
    /// Feeds whose exporter failed on the order.
    set_aside: Vec<FeedName>,
}

/// What the feeds make of one version. An order is in a feed from its publication until an instant.
struct Look {
    from: DateTime<Utc>,
    datex: Option<DateTime<Utc>>,
    cifs: Option<DateTime<Utc>>,
    rows: Option<DateTime<Utc>>,
    datex_losses: Vec<Loss>,
    cifs_losses: Vec<Loss>,
    rows_losses: Vec<Loss>,
    /// CIFS would have it, if the operator let it in.
    is_kept_out: bool,
}

impl Look {
    /// Until when the version is in a feed; `None`: never.
    const fn until(&self, feed: Feed) -> Option<DateTime<Utc>> {
        match feed {
            Feed::Datex => self.datex,
            Feed::Cifs => self.cifs,
            Feed::Geojson | Feed::Csv | Feed::Tiles => self.rows,
            Feed::Changes => Some(FOREVER),
        }
    }

    fn losses(&self, feed: Feed) -> &[Loss] {
        match feed {
            Feed::Datex => &self.datex_losses,
            Feed::Cifs => &self.cifs_losses,
            Feed::Geojson | Feed::Csv | Feed::Tiles => &self.rows_losses,
            Feed::Changes => &[],
        }
    }
}

/// Whether an order is in a feed, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Standing {
    is_in: bool,
    since: Option<DateTime<Utc>>,
}

/// From what each version makes of a feed, latest first. A version counts until the next one.
fn standing(feed: Feed, looks: &[Look], now: DateTime<Utc>) -> Standing {
    let mut next = now;
    let mut standing: Option<Standing> = None;
    for look in looks {
        let until = look.until(feed).filter(|until| *until > look.from);
        match (standing, until) {
            (None, Some(until)) if until > now => standing = Some(Standing { is_in: true, since: Some(look.from) }),
            (None, Some(until)) => return Standing { is_in: false, since: Some(until) },
            (None, None) => standing = Some(Standing { is_in: false, since: None }),
            (Some(Standing { is_in: true, .. }), Some(until)) if until >= next => {
                standing = Some(Standing { is_in: true, since: Some(look.from) });
            }
            (Some(found @ Standing { is_in: true, .. }), _) => return found,
            (Some(Standing { is_in: false, .. }), Some(until)) => {
                return Standing { is_in: false, since: Some(until.min(next)) };
            }
            (Some(Standing { is_in: false, .. }), None) => {}
        }
        next = look.from;
    }
    standing.unwrap_or(Standing { is_in: false, since: None })
}

impl Desk<'_> {
    /// Every version from the present one back, as the feeds had them.
    async fn history(&self, connection: &mut Connection, order: &Order, number: i32) -> Result<Vec<Look>> {
        let mut looks = Vec::new();
        for number in (1..=number).rev().take(MOST_VERSIONS) {
            let version = versions::find(connection, order.id, number).await?.ok_or(OrderError::NotFound)?;
            looks.push(self.look(&self.published(order, version)));
        }
        Ok(looks)
    }

    fn published(&self, order: &Order, version: Version) -> PublishedOrder {
        PublishedOrder {
            id: order.id,
            version: version.number,
            identifier: version.identifier,
            organization_id: version.organization.id,
            time_zone: zone_of(&version.organization),
            organization_name: version.organization.name,
            source: version.source,
            content: version.content,
            published_at: version.published_at,
            document: self.document(order),
        }
    }

    fn document(&self, order: &Order) -> Option<OfficialDocument> {
        order.document.as_ref().map(|document| OfficialDocument {
            url: document.url().map_or_else(|| self.context.document_url(order.id), str::to_owned),
            title: document.title.clone(),
        })
    }

    fn look(&self, order: &PublishedOrder) -> Look {
        let is_set_aside = |feed| self.set_aside.contains(&feed);
        let (mut datex, mut datex_losses) = (None, Vec::new());
        // What failed once would fail again.
        if !is_set_aside(FeedName::Datex) {
            let exported = datex::fragments(order, &self.context);
            let last = exported.value.iter().rfind(|fragment| fragment.state != TimeState::Over);
            datex = last.map(|fragment| fragment.valid_until);
            datex_losses = exported.losses;
        }
        let (mut cifs, mut cifs_losses, mut is_kept_out) = (None, Vec::new(), false);
        if !is_set_aside(FeedName::Cifs) {
            let exported = cifs::fragments(order, &self.context);
            cifs_losses = exported.losses;
            let is_let_in = self.filter.lets_in(order.source, &order.identifier, order.organization_id);
            let kept = exported.value.iter().filter(|one| is_let_in && !self.filter.keep(&one.body).is_empty());
            cifs = kept.map(|fragment| fragment.valid_until).next_back();
            is_kept_out = cifs.is_none() && !exported.value.is_empty();
        }
        let (rows_losses, has_rows) = rows(order);
        Look {
            from: order.published_at,
            datex,
            cifs,
            rows: datex.filter(|_| has_rows),
            datex_losses,
            cifs_losses,
            rows_losses,
            is_kept_out,
        }
    }

    /// What is told of a feed; without standing, of a draft.
    fn tell(&self, feed: Feed, look: &Look, standing: Option<Standing>) -> FeedDiffusion {
        let until = look.until(feed);
        let is_in = standing.map_or_else(|| until.is_some_and(|until| until > self.now), |standing| standing.is_in);
        let (name, path) = name_and_path(feed);
        FeedDiffusion {
            feed,
            name: name.to_owned(),
            url: format!("{}{path}", self.context.base_url.trim_end_matches('/')),
            is_in,
            since: standing.and_then(|standing| standing.since),
            until: until.filter(|until| is_in && *until < FOREVER),
            reason: (!is_in).then(|| self.reason(feed, look).to_owned()),
            losses: look.losses(feed).iter().map(told).collect(),
        }
    }

    fn reason(&self, feed: Feed, look: &Look) -> &'static str {
        let name = if feed == Feed::Cifs { FeedName::Cifs } else { FeedName::Datex };
        if self.set_aside.contains(&name) {
            "L’arrêté est mis de côté : son export a échoué, les administrateurs le voient."
        } else if look.until(feed).is_some() {
            "Toutes les périodes diffusées sont passées."
        } else if feed == Feed::Cifs && look.is_kept_out {
            "La configuration du serveur tient cet arrêté à l’écart de ce flux."
        } else if feed == Feed::Cifs {
            "Waze ne peut rien appliquer de cet arrêté : le détail suit."
        } else {
            "Aucune mesure ne peut être dite dans ce format : le détail suit."
        }
    }
}

/// What rows per measure and location cannot say, and whether there is any row.
fn rows(order: &PublishedOrder) -> (Vec<Loss>, bool) {
    let (mut losses, mut has_rows) = (Vec::new(), false);
    for (i, measure) in order.content.measures.iter().enumerate() {
        for (k, location) in measure.locations.iter().enumerate() {
            has_rows |= location.found.is_some();
            if location.found.is_none() {
                losses.push(Loss {
                    path: format!("measures[{i}].locations[{k}]"),
                    code: LossCode::NotLocated,
                    detail: dialog_text::location(&location.asked),
                });
            }
        }
    }
    (losses, has_rows)
}

/// A draft as it would be published now.
fn draft(order: &Order, desk: &Desk<'_>) -> PublishedOrder {
    PublishedOrder {
        id: order.id,
        version: 1,
        identifier: order.identifier.clone(),
        organization_id: order.organization.id,
        organization_name: order.organization.name.clone(),
        time_zone: zone_of(&order.organization),
        source: order.source,
        content: order.content.clone(),
        published_at: desk.now,
        document: desk.document(order),
    }
}

const fn name_and_path(feed: Feed) -> (&'static str, &'static str) {
    match feed {
        Feed::Datex => ("DATEX II", "/api/regulations.xml"),
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

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn look(from: &str, until: Option<&str>) -> Look {
        let datex = until.map(at);
        let (none, cifs, rows) = (Vec::new, None, None);
        Look {
            from: at(from),
            datex,
            cifs,
            rows,
            datex_losses: none(),
            cifs_losses: none(),
            rows_losses: none(),
            is_kept_out: false,
        }
    }

    fn since(now: &str, looks: &[Look]) -> (bool, Option<DateTime<Utc>>) {
        let Standing { is_in, since } = standing(Feed::Datex, looks, at(now));
        (is_in, since)
    }

    const MARCH: &str = "2026-03-01T00:00:00Z";
    const APRIL: &str = "2026-04-01T00:00:00Z";
    const MAY: &str = "2026-05-01T00:00:00Z";
    const JUNE: &str = "2026-06-01T00:00:00Z";
    const JULY: &str = "2026-07-01T00:00:00Z";

    #[test]
    fn order_is_in_since_the_first_version_of_an_unbroken_row() {
        assert_eq!(since(MAY, &[look(MARCH, Some(JULY))]), (true, Some(at(MARCH))));
        let two = [look(APRIL, Some(JULY)), look(MARCH, Some(MAY))];
        assert_eq!(since(JUNE, &two), (true, Some(at(MARCH))));
        let broken = [look(MAY, Some(JULY)), look(MARCH, Some(APRIL))];
        assert_eq!(since(JUNE, &broken), (true, Some(at(MAY))));
        let said_late = [look(MAY, Some(JULY)), look(MARCH, None)];
        assert_eq!(since(JUNE, &said_late), (true, Some(at(MAY))));
    }

    #[test]
    fn order_is_out_since_it_left_or_never_was_in() {
        assert_eq!(since(JUNE, &[look(MARCH, Some(MAY))]), (false, Some(at(MAY))));
        assert_eq!(since(JUNE, &[look(MARCH, None)]), (false, None));
        let left_by_a_version = [look(MAY, None), look(MARCH, Some(JULY))];
        assert_eq!(since(JUNE, &left_by_a_version), (false, Some(at(MAY))));
        let over_before = [look(MAY, None), look(APRIL, None), look(MARCH, Some(APRIL))];
        assert_eq!(since(JUNE, &over_before), (false, Some(at(APRIL))));
        assert_eq!(since(JUNE, &[look(MAY, Some(MARCH))]), (false, None), "over before it was published");
    }
}
