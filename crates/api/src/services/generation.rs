//! Orders made up for benchmarks and demonstrations, published through the same code as any other.

use anyhow::{Context, bail, ensure};
use chrono::{Days, NaiveDate, NaiveTime};
use dialog_db::api_clients;
use dialog_db::orders::OrganizationKeys;
use dialog_db::{Caller, Connection};
use dialog_domain::rules::GeneralInfo;
use dialog_domain::{
    Day, Direction, Location, LocationDescription, LocationId, Measure, MeasureId, MeasureType, NamedStreet,
    OrderCategory, OrderContent, OrderSource, OrganizationId, Period, PeriodId, Recurrence, RestrictedVehicles,
    Subject, TimeSlot, VehicleSet,
};
use diesel_async::AsyncConnection;
use uuid::Uuid;

use super::orders::{self, NewOrder, OrderError};
use crate::app::AppState;

/// What names of streets begin with.
const KINDS: [&str; 10] =
    ["rue", "avenue", "boulevard", "place", "chemin", "quai", "allee", "route", "impasse", "passage"];
/// Streets that are located; orders take turns on them.
const STREETS: usize = 400;
/// Orders of one transaction.
const BATCH: usize = 200;

/// What to generate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generation {
    /// How many orders.
    pub count: usize,
    /// INSEE code of the commune on whose streets they are.
    pub city_code: String,
    /// The API client for whose organization they are made.
    pub client_id: String,
}

/// Publishes generated orders, a batch at a time; `done` is told how many there are after each. They begin and end
/// around the present, some are permanent.
///
/// # Errors
/// When the organization or its streets are not there, or a query fails; the batches before stay.
pub async fn generate(state: &AppState, generation: &Generation, mut done: impl FnMut(usize)) -> anyhow::Result<()> {
    ensure!(state.config.env.allows_demonstration(), "generated orders exist only when APP_ENV is dev or test");
    let mut connection = state.database.get().await.context("connecting to PostgreSQL")?;
    let client = api_clients::find_by_client_id(&mut connection, &generation.client_id)
        .await?
        .with_context(|| format!("no API client has the id {}", generation.client_id))?;
    let organization = OrganizationKeys {
        id: OrganizationId(client.organization_uuid),
        name: client.organization_name,
        time_zone: client.time_zone,
    };
    let caller = Caller::api_client(client.uuid, organization.id);
    let streets = streets(&mut connection, &generation.city_code).await?;
    let today = state.clock.now().date_naive();
    let series = Uuid::now_v7().simple().to_string();
    let series = series.get(..11).unwrap_or(&series);

    let mut ranks = 0..generation.count;
    loop {
        let batch: Vec<usize> = ranks.by_ref().take(BATCH).collect();
        let Some(last) = batch.last().copied() else { return Ok(()) };
        connection
            .transaction::<_, OrderError, _>(async |connection| {
                for rank in batch {
                    let Some(street) = streets.get(rank % streets.len()) else { continue };
                    let new = order(organization.clone(), series, rank, today, street.clone());
                    orders::create_on(state, connection, &caller, new, &state.sources()).await?;
                }
                Ok(())
            })
            .await
            .context("publishing a batch of generated orders")?;
        done(last + 1);
    }
}

/// Whole streets of the commune, located.
async fn streets(connection: &mut Connection, city_code: &str) -> anyhow::Result<Vec<Location>> {
    let mut located: Vec<Location> = Vec::new();
    for kind in KINDS {
        for street in dialog_geocoder::search_streets(connection, city_code, kind, STREETS).await? {
            if located.len() >= STREETS {
                return Ok(located);
            }
            let asked = LocationDescription::NamedStreet(NamedStreet {
                city_code: city_code.to_owned(),
                city_label: city_code.to_owned(),
                road_ban_id: Some(street.road_ban_id),
                road_name: street.road_name,
                from: None,
                to: None,
                direction: Direction::Both,
                geometry: None,
            });
            // A street without network is none to close.
            if let Ok(found) = dialog_geocoder::locate(connection, &asked).await {
                located.push(Location { id: LocationId(Uuid::nil()), asked: found.resolved, found: Some(found.found) });
            }
        }
    }
    if located.is_empty() {
        bail!("no street of the commune {city_code} is loaded");
    }
    Ok(located)
}

/// The order number `rank` of a series. Everything varies with the rank and nothing else, so that two runs are alike.
fn order(organization: OrganizationKeys, series: &str, rank: usize, today: NaiveDate, street: Location) -> NewOrder {
    let is_permanent = rank.is_multiple_of(7);
    let category = if is_permanent { OrderCategory::PermanentRegulation } else { OrderCategory::TemporaryRegulation };
    let title = format!("Arrêté d'essai n° {rank}");
    let general = GeneralInfo {
        identifier: format!("ESSAI-{series}-{rank:06}"),
        category,
        subject: Some(Subject::RoadMaintenance),
        other_category_text: None,
        title: title.clone(),
    };
    let kind = MeasureType::ALL.get(rank % MeasureType::ALL.len()).copied().unwrap_or(MeasureType::NoEntry);
    let measure = Measure {
        id: MeasureId(Uuid::nil()),
        kind,
        max_speed_kmh: (kind == MeasureType::SpeedLimitation).then_some(30),
        vehicle_set: vehicles(rank),
        periods: vec![period(rank, today, is_permanent)],
        locations: vec![street],
        created_at: today.and_time(NaiveTime::MIN).and_utc(),
    };
    let content = OrderContent {
        category,
        subject: general.subject,
        other_category_text: None,
        title,
        measures: vec![measure],
        repeal: None,
    };
    NewOrder { organization, source: OrderSource::Api, general, content, publish: true }
}

fn vehicles(rank: usize) -> VehicleSet {
    let max_weight_t = match rank % 3 {
        0 => return VehicleSet::default(),
        1 => 3.5,
        _ => 19.0,
    };
    let restricted = vec![RestrictedVehicles::HeavyGoodsVehicle { max_weight_t: Some(max_weight_t) }];
    VehicleSet { restricted, exempted: Vec::new() }
}

/// From 60 days ago to 120 days ahead, for 40 to 130 days: a few are over, most apply, the others are to come.
fn period(rank: usize, today: NaiveDate, is_permanent: bool) -> Period {
    let days = |count: usize| Days::new(u64::try_from(count).unwrap_or_default());
    let start = today - days(60) + days(rank * 37 % 180);
    let end = start + days(40 + rank * 53 % 90);
    let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or(NaiveTime::MIN);
    let recurrence = if rank.is_multiple_of(2) {
        Recurrence::EveryDay
    } else {
        Recurrence::CertainDays(vec![Day::Monday, Day::Tuesday, Day::Thursday])
    };
    let time_slots = if rank % 4 == 1 { vec![TimeSlot { start: time(7), end: time(10) }] } else { Vec::new() };
    Period {
        id: PeriodId(Uuid::nil()),
        start: start.and_time(time(8)),
        end: (!is_permanent).then(|| end.and_time(time(18))),
        recurrence,
        time_slots,
    }
}
