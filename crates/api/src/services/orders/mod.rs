//! Orders: who may do what to them, and each change in one transaction.

mod diffusion;
mod documents;
mod duplicating;
mod editing;
mod error;
mod history;
mod identifiers;
mod labels;
mod listing;
mod locating;
mod publication;
mod publishing;
mod reading;
mod road_bound;
mod trial;
mod view;

use chrono_tz::Tz;
use dialog_db::orders::{Order, OrganizationKeys};
use dialog_db::{Caller, Connection, orders};
use dialog_domain::rules::{Context, Face};
use dialog_domain::{OrderId, OrderStatus, Violation};
use dialog_exports::FeedContext;
use uuid::Uuid;

pub use diffusion::diffusion;
pub use documents::{Attached, Opened, Upload, UploadedFile, attach, content_of, detach, file_of, require_change};
pub use duplicating::{duplicate, duplicate_measure};
pub use editing::{
    NewOrder, add_measure, create, create_from_form, create_on, delete_measure, replace, replace_measure,
    update_general,
};
pub use error::{OrderError, Result};
pub use history::{Compared, difference, history, version, versions};
pub use identifiers::identifier_taken;
pub use locating::sources;
pub use publishing::{Publication, delete, publish, repeal};
pub use reading::{Listing, find, find_by_identifier, list, next_identifier};
pub(crate) use road_bound::plain as road_violation;
pub use trial::{Trial, try_create};
pub use view::{Viewed, is_editable_on_screen, measure_view, plain_view, summary, view};

use crate::app::AppState;
use publication::Press;

/// From which side an order is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// A form on screen: the caller says which revision was shown; published orders of other sources are read-only.
    Screen {
        /// The revision that was shown.
        revision: i64,
    },
    /// The integrators' API, with the revision when the caller gives one.
    Integrator {
        /// The revision that was read, if the caller cares.
        revision: Option<i64>,
    },
}

impl Side {
    const fn revision(self) -> Option<i64> {
        match self {
            Self::Screen { revision } => Some(revision),
            Self::Integrator { revision } => revision,
        }
    }
}

/// The zone in which the orders of an organization are written.
pub(super) fn zone_of(organization: &OrganizationKeys) -> Tz {
    organization.time_zone.parse().unwrap_or(chrono_tz::Europe::Paris)
}

/// Locks an order that the caller may change.
async fn lock(connection: &mut Connection, caller: &Caller, id: OrderId, side: Side) -> Result<Order> {
    let order = orders::lock(connection, caller, id).await?.ok_or(OrderError::NotFound)?;
    if !order.is_member {
        return Err(OrderError::NotMember);
    }
    if matches!(side, Side::Screen { .. }) && !is_editable_on_screen(&order) {
        return Err(OrderError::ReadOnly);
    }
    match side.revision() {
        Some(revision) if revision != order.revision => Err(OrderError::Stale(Box::new(order))),
        _ => Ok(order),
    }
}

/// Same as [`lock`], to change what the order says: after its repeal nothing does.
async fn lock_to_edit(connection: &mut Connection, caller: &Caller, id: OrderId, side: Side) -> Result<Order> {
    let order = lock(connection, caller, id, side).await?;
    if order.content.repeal.is_some() { Err(OrderError::Repealed) } else { Ok(order) }
}

/// The order as it is now, in the transaction that changed it.
async fn reread(connection: &mut Connection, caller: &Caller, id: OrderId) -> Result<Order> {
    orders::find(connection, caller, id).await?.ok_or(OrderError::NotFound)
}

fn press(state: &AppState) -> Press {
    Press { feed: FeedContext { base_url: state.config.base_url.clone() }, now: state.clock.now() }
}

/// Runs the rules of forms, with fresh identifiers.
fn check<T>(
    state: &AppState,
    rule: impl FnOnce(&mut Context<'_>) -> std::result::Result<T, Vec<Violation>>,
) -> std::result::Result<T, Vec<Violation>> {
    let mut new_id = Uuid::now_v7;
    rule(&mut Context { face: Face::Form, new_id: &mut new_id, now: state.clock.now() })
}

const fn is_published(order: &Order) -> bool {
    matches!(order.status, OrderStatus::Published)
}
