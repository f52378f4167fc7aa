//! Random published orders for property tests, of every kind that the rules let through: every enumeration, every
//! shape of period, every kind of geometry, and texts that nobody would like to receive.

mod location;
mod period;
mod vehicle;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use dialog_domain::{
    Measure, MeasureId, MeasureType, OrderCategory, OrderContent, OrderId, OrderSource, OrganizationId, Subject,
    input::RepealInput, rules,
};
use proptest::{collection::vec, option, prelude::*, sample::select};
use uuid::Uuid;

use crate::{OfficialDocument, PublishedOrder};

pub use location::{geometry, location};
pub use period::period;
pub use vehicle::{vehicle_profile, vehicle_set};

/// Zones of French territories, with and without daylight saving, on both sides of UTC.
pub const ZONES: [Tz; 5] =
    [Tz::Europe__Paris, Tz::America__Martinique, Tz::America__Miquelon, Tz::Indian__Reunion, Tz::Pacific__Noumea];

/// A published version of an order.
pub fn published_order() -> BoxedStrategy<PublishedOrder> {
    let sources = [
        OrderSource::Dialog,
        OrderSource::Api,
        OrderSource::EudonetParis,
        OrderSource::Bacidf,
        OrderSource::Jop,
        OrderSource::Litteralis,
    ];
    let keys = (uuid(), uuid(), 1_i32..40, text(60), text(80), zone(), select(sources.to_vec()));
    let document = (text(200), maybe(text(30))).prop_map(|(url, title)| OfficialDocument { url, title });
    (keys, order_content(), moment(), maybe(document))
        .prop_map(
            |((id, organization, version, identifier, name, time_zone, source), content, published_at, document)| {
                PublishedOrder {
                    id: OrderId(id),
                    version,
                    identifier,
                    organization_id: OrganizationId(organization),
                    organization_name: name,
                    time_zone,
                    source,
                    content,
                    published_at,
                    updated_at: published_at,
                    document,
                }
            },
        )
        .boxed()
}

/// A content that can be published, sometimes repealed.
pub fn order_content() -> BoxedStrategy<OrderContent> {
    let repeal = option::weighted(0.15, (0_i64..20_000, text(255)));
    (unrepealed(), repeal)
        .prop_map(|(content, repeal)| match repeal {
            Some((minutes, reason)) => repealed(&content, minutes, reason).unwrap_or(content),
            None => content,
        })
        .boxed()
}

/// The content repealed some minutes after its first start, when the rules let it be.
fn repealed(content: &OrderContent, minutes: i64, reason: String) -> Option<OrderContent> {
    let start = content.measures.iter().flat_map(|measure| &measure.periods).map(|period| period.start).min()?;
    let end = start + TimeDelta::minutes(minutes);
    let input = RepealInput { end_date: Some(end.date()), end_time: Some(end.time()), reason: Some(reason) };
    rules::repeal(&input, content).ok().filter(|content| rules::publication(content).is_empty())
}

fn unrepealed() -> BoxedStrategy<OrderContent> {
    let subjects = [
        None,
        Some(Subject::RoadMaintenance),
        Some(Subject::Incident),
        Some(Subject::Event),
        Some(Subject::WinterMaintenance),
        Some(Subject::Other),
    ];
    (any::<bool>(), select(subjects.to_vec()), text(100), text(255))
        .prop_flat_map(|(is_permanent, subject, other, title)| {
            vec(measure(is_permanent), 1..4).prop_map(move |measures| OrderContent {
                category: if is_permanent {
                    OrderCategory::PermanentRegulation
                } else {
                    OrderCategory::TemporaryRegulation
                },
                subject,
                other_category_text: (subject == Some(Subject::Other)).then(|| other.clone()),
                title: title.clone(),
                measures,
                repeal: None,
            })
        })
        .boxed()
}

/// A measure with all it needs to be published; its periods may have no end when `is_permanent`.
pub fn measure(is_permanent: bool) -> BoxedStrategy<Measure> {
    let kinds = select(MeasureType::ALL.to_vec());
    (uuid(), kinds, 1_u16..=130, vehicle_set(), vec(period(is_permanent), 1..3), vec(location(), 1..3), moment())
        .prop_map(|(id, kind, speed, vehicle_set, periods, locations, created_at)| Measure {
            id: MeasureId(id),
            kind,
            max_speed_kmh: (kind == MeasureType::SpeedLimitation).then_some(speed),
            vehicle_set,
            periods,
            locations,
            created_at,
        })
        .boxed()
}

/// A text of one to `max` characters: words, markup, other alphabets, control characters.
pub fn text(max: usize) -> BoxedStrategy<String> {
    let words = select(vec![
        "Rue de l'Élan",
        "Arrêté n° 2026/117 : travaux",
        "</value>]]>&amp;<!--",
        "\"'\\u0000 \u{0}\u{1f}\u{fffe}",
        "🚧 路 شارع",
        "  deux\r\nlignes\t",
    ]);
    prop_oneof![4 => words.prop_map(str::to_owned), 1 => "\\PC{1,20}", 1 => "[a-zéèà]{1,12}".prop_map(|word| word.repeat(90))]
        .prop_map(move |text| text.chars().take(max).collect::<String>())
        // Once in ten thousand, the characters are all spaces of some kind, which no title may be.
        .prop_filter("a text says something", |text| !text.trim().is_empty())
        .boxed()
}

/// A zone of French territories, most often the one whose clocks change.
fn zone() -> BoxedStrategy<Tz> {
    prop_oneof![1 => Just(Tz::Europe__Paris), 1 => select(ZONES.to_vec())].boxed()
}

/// A random identifier.
pub(crate) fn uuid() -> impl Strategy<Value = Uuid> {
    any::<u128>().prop_map(|bits| uuid::Builder::from_random_bytes(bits.to_be_bytes()).into_uuid())
}

/// A minute between 2025 and 2029.
fn moment() -> impl Strategy<Value = DateTime<Utc>> {
    (0_i64..4 * 365 * 24 * 60)
        .prop_map(|minutes| DateTime::from_timestamp_nanos(1_735_689_600_000_000_000) + TimeDelta::minutes(minutes))
}

/// Nothing, or something.
fn maybe<T: std::fmt::Debug + 'static>(strategy: impl Strategy<Value = T> + 'static) -> BoxedStrategy<Option<T>> {
    option::of(strategy).boxed()
}
