//! What lists and searches find, page after page.

use dialog_db::listings::{
    Audience, Phase, Position, Selection, Sort, SortKey, Window, count, find, identifiers, page,
};
use dialog_db::restrictions::BoundingBox;
use dialog_db::{Caller, Connection};
use dialog_domain::{
    Direction, LocationDescription, MeasureType, NamedStreet, OrderCategory, OrderContent, OrderStatus, OrganizationId,
};
use dialog_test_support::TestDatabase;
use diesel::sql_types::Text;
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};

use crate::sample::{self, LINE, at, content, draft, measure, member, organization, publish};

const LATEST_FIRST: Sort = Sort { key: SortKey::Start, is_descending: true };
const CREATION: Sort = Sort { key: SortKey::Creation, is_descending: false };
const ALL: Window = Window { after: None, offset: 0, limit: 100 };

/// The identifiers of a list, one after the other.
async fn list(
    connection: &mut Connection,
    caller: &Caller,
    audience: Audience,
    selection: &Selection,
    sort: Sort,
) -> String {
    let page = page(connection, caller, audience, selection, sort, ALL).await.unwrap();
    assert_eq!(page.total, u64::try_from(page.orders.len()).unwrap(), "{selection:?}");
    page.orders.into_iter().map(|order| order.identifier).collect::<Vec<_>>().join(" ")
}

fn search(words: &str) -> Selection {
    Selection { search: Some(words.to_owned()), ..Selection::default() }
}

/// No entry on a line, from `start` on.
fn from(start: &str, end: Option<&str>) -> OrderContent {
    content("Travaux 100 %", vec![measure(MeasureType::NoEntry, start, end, LINE)])
}

/// On a street of a commune.
fn on_street(title: &str, city_code: &str, city: &str, street: &str) -> OrderContent {
    let mut said = content(title, vec![measure(MeasureType::SpeedLimitation, "2026-12-01T00:00:00", None, LINE)]);
    said.measures[0].locations[0].asked = LocationDescription::NamedStreet(NamedStreet {
        city_code: city_code.to_owned(),
        city_label: city.to_owned(),
        road_ban_id: None,
        road_name: street.to_owned(),
        from: None,
        to: None,
        direction: Direction::Both,
        geometry: None,
    });
    said
}

#[tokio::test]
async fn drafts_are_listed_to_members_only() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    let (ours, theirs) = (organization(connection, "Nous").await, organization(connection, "Eux").await);
    draft(connection, ours, "A1", &content("Essai", vec![])).await;
    let everything = Selection::default();
    let of_ours = Selection { organizations: Some(vec![ours]), ..Selection::default() };
    assert_eq!(list(connection, &member(ours), Audience::Members, &everything, LATEST_FIRST).await, "A1");
    for caller in [Caller::anonymous(), member(theirs)] {
        for selection in [&everything, &of_ours] {
            assert_eq!(list(connection, &caller, Audience::Members, selection, LATEST_FIRST).await, "");
            assert_eq!(list(connection, &caller, Audience::Public, selection, LATEST_FIRST).await, "");
        }
    }
    assert_eq!(list(connection, &member(ours), Audience::Public, &everything, LATEST_FIRST).await, "");
}

#[tokio::test]
async fn everybody_searches_the_published_version_and_members_the_working_copy() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    let ours = organization(connection, "Nous").await;
    let caller = member(ours);
    let mut said = on_street("Avant", "75104", "Paris 4e (75104)", "Rue des Rosiers");
    let id = draft(connection, ours, "A1", &said).await;
    publish(connection, &caller, id, 1).await;
    said.title = "Après".to_owned();
    let mut order = sample::find(connection, &caller, id).await.unwrap();
    order.content = said;
    sample::list(connection, Audience::Members, &order, at("2026-11-24T08:00:00Z")).await;

    for (words, members, everybody) in [
        ("apres", "A1", ""),
        ("AVANT", "", "A1"),
        ("rosiers paris", "A1", "A1"),
        ("rue  ROSIERS 4e après", "A1", ""),
        ("rosiers lyon", "", ""),
        ("a1", "A1", "A1"),
    ] {
        let listed = list(connection, &caller, Audience::Members, &search(words), LATEST_FIRST).await;
        assert_eq!(listed, members, "{words}");
        let listed = list(connection, &Caller::anonymous(), Audience::Public, &search(words), LATEST_FIRST).await;
        assert_eq!(listed, everybody, "{words}");
    }
    // Whoever asks for what is public gets what is public.
    let public = find(connection, &caller, Audience::Public, &Selection::default(), LATEST_FIRST, ALL).await.unwrap();
    assert_eq!((public[0].content.title.as_str(), public[0].is_member), ("Avant", false));
}

#[tokio::test]
async fn list_is_paged_filtered_and_sorted() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    let ours = organization(connection, "Nous").await;
    let caller = member(ours);
    draft(connection, ours, "B", &from("2026-12-02T00:00:00", Some("2026-12-03T00:00:00"))).await;
    draft(connection, ours, "A", &from("2026-12-02T00:00:00", None)).await;
    let last = draft(connection, ours, "C", &from("2026-12-09T00:00:00", None)).await;
    draft(connection, ours, "D", &content("Sans date", vec![])).await;
    publish(connection, &caller, last, 1).await;

    let all = Selection::default();
    for (sort, expected) in [
        (LATEST_FIRST, "D C A B"),
        (Sort { key: SortKey::Start, is_descending: false }, "A B C D"),
        (Sort { key: SortKey::Identifier, is_descending: false }, "A B C D"),
        (Sort { key: SortKey::Identifier, is_descending: true }, "D C B A"),
        (Sort { key: SortKey::Status, is_descending: false }, "A B D C"),
        (Sort { key: SortKey::Status, is_descending: true }, "C D B A"),
        (Sort { key: SortKey::Source, is_descending: false }, "A B C D"),
        (CREATION, "B A C D"),
    ] {
        assert_eq!(list(connection, &caller, Audience::Members, &all, sort).await, expected, "{sort:?}");
    }
    let window = Window { after: None, offset: 1, limit: 2 };
    let second = page(connection, &caller, Audience::Members, &all, LATEST_FIRST, window).await.unwrap();
    let identifiers: Vec<_> = second.orders.iter().map(|order| order.identifier.as_str()).collect();
    assert_eq!((identifiers.join(" ").as_str(), second.total), ("C A", 4));

    let filters = [
        (Selection { status: Some(OrderStatus::Published), ..all.clone() }, "C"),
        (Selection { category: Some(OrderCategory::PermanentRegulation), ..all.clone() }, ""),
        (Selection { identifier: Some("b".to_owned()), ..all.clone() }, "B"),
        (Selection { identifier: Some("_".to_owned()), ..all.clone() }, ""),
        (search("100 %"), "C A B"),
        (search("_"), ""),
        (Selection { organizations: Some(vec![]), ..all.clone() }, ""),
    ];
    for (selection, expected) in filters {
        let found = list(connection, &caller, Audience::Members, &selection, LATEST_FIRST).await;
        assert_eq!(found, expected, "{selection:?}");
    }
}

#[tokio::test]
async fn orders_without_end_are_never_over() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    let ours = organization(connection, "Nous").await;
    let caller = member(ours);
    for (identifier, start, end) in [
        ("past", "2026-11-01T00:00:00", Some("2026-11-10T00:00:00")),
        ("now", "2026-11-01T00:00:00", Some("2026-12-10T00:00:00")),
        ("open", "2026-11-01T00:00:00", None),
        ("later", "2026-12-01T00:00:00", Some("2026-12-10T00:00:00")),
    ] {
        let id = draft(connection, ours, identifier, &from(start, end)).await;
        publish(connection, &caller, id, 1).await;
    }
    draft(connection, ours, "draft", &from("2026-11-01T00:00:00", None)).await;
    let now = at("2026-11-20T00:00:00Z");
    let phase = |phase| Selection { phase: Some((phase, now)), ..Selection::default() };
    for (selection, expected) in [
        (phase(Phase::Current), "now open"),
        (phase(Phase::Upcoming), "later"),
        (phase(Phase::Over), "past"),
        (Selection { ends_from: Some(at("2026-12-01T00:00:00Z")), ..Selection::default() }, "now open later"),
        (Selection { starts_until: Some(now), ..Selection::default() }, "past now open"),
        (Selection { changed_since: Some(at("2026-11-23T09:00:01Z")), ..Selection::default() }, ""),
    ] {
        let found = list(connection, &Caller::anonymous(), Audience::Public, &selection, CREATION).await;
        assert_eq!(found, expected, "{selection:?}");
        if selection.phase.is_some() {
            assert_eq!(list(connection, &caller, Audience::Members, &selection, CREATION).await, expected);
        }
    }
    assert_eq!(list(connection, &caller, Audience::Members, &phase(Phase::Draft), CREATION).await, "draft");
}

#[tokio::test]
async fn communes_are_those_of_the_streets_and_of_the_organization() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    let (ours, theirs) = (organization(connection, "Nous").await, organization(connection, "Eux").await);
    let town = "UPDATE organizations SET code = '38421', code_type = 'insee' WHERE name = 'Eux'; \
        UPDATE organizations SET code = '75104', code_type = 'epci' WHERE name = 'Nous'";
    connection.batch_execute(town).await.unwrap();
    let street = || on_street("Essai", "75104", "Paris 4e (75104)", "Rue des Rosiers");
    for (organization, identifier, said) in
        [(ours, "street", street()), (ours, "drawn", from("2026-12-01T00:00:00", None)), (theirs, "town", street())]
    {
        let id = draft(connection, organization, identifier, &said).await;
        publish(connection, &member(organization), id, 1).await;
    }
    for (code, expected) in [("75104", "street town"), ("38421", "town"), ("99999", "")] {
        let selection = Selection { city_code: Some(code.to_owned()), ..Selection::default() };
        let found = list(connection, &Caller::anonymous(), Audience::Public, &selection, CREATION).await;
        assert_eq!(found, expected, "{code}");
        for (kind, expected) in [(MeasureType::SpeedLimitation, expected), (MeasureType::NoEntry, "")] {
            let selection = Selection { measure_type: Some(kind), ..selection.clone() };
            let found = list(connection, &Caller::anonymous(), Audience::Public, &selection, CREATION).await;
            assert_eq!(found, expected, "{code} {kind:?}");
        }
    }
    let speed = Selection { measure_type: Some(MeasureType::SpeedLimitation), ..Selection::default() };
    assert_eq!(list(connection, &Caller::anonymous(), Audience::Public, &speed, CREATION).await, "street town");
    let around = |min_lon: f64| {
        let area = BoundingBox { min_lon, min_lat: 0.0, max_lon: min_lon + 0.002, max_lat: 0.002 };
        Selection { bounding_box: Some(area), ..Selection::default() }
    };
    let here = list(connection, &Caller::anonymous(), Audience::Public, &around(0.0), CREATION).await;
    assert_eq!(here, "street drawn town");
    // Inside the rectangle around the diagonal, and not on it.
    assert_eq!(list(connection, &Caller::anonymous(), Audience::Public, &around(0.003), CREATION).await, "");
}

#[tokio::test]
async fn an_order_that_moves_leaves_its_commune_and_one_that_is_deleted_leaves_all() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    let ours = organization(connection, "Nous").await;
    let caller = member(ours);
    let there = Caller::anonymous();
    let mut said = on_street("Essai", "75104", "Paris 4e (75104)", "Rue des Rosiers");
    let id = draft(connection, ours, "A1", &said).await;
    publish(connection, &caller, id, 1).await;
    let within = |code: &str| Selection { city_code: Some(code.to_owned()), ..Selection::default() };
    let places = [within("75104"), within("38421")];
    let seen = async |connection: &mut Connection| {
        let mut seen = Vec::new();
        for place in &places {
            seen.push(list(connection, &there, Audience::Public, place, CREATION).await);
        }
        seen
    };
    assert_eq!(seen(connection).await, ["A1", ""]);

    said = on_street("Essai", "38421", "Ailleurs (38421)", "Rue des Rosiers");
    let mut order = sample::find(connection, &caller, id).await.unwrap();
    order.content = said;
    sample::list(connection, Audience::Public, &order, at("2026-11-24T08:00:00Z")).await;
    assert_eq!(seen(connection).await, ["", "A1"]);

    dialog_db::listings::delete(connection, id).await.unwrap();
    assert_eq!(seen(connection).await, ["", ""]);
}

#[tokio::test]
async fn pages_after_a_place_follow_each_other() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    let ours = organization(connection, "Nous").await;
    let caller = member(ours);
    for identifier in ["E", "D", "C", "B", "A"] {
        draft(connection, ours, identifier, &content("Essai", vec![])).await;
    }
    for key in [SortKey::Creation, SortKey::Change] {
        for is_descending in [false, true] {
            let sort = Sort { key, is_descending };
            let (mut seen, mut after) = (String::new(), None);
            loop {
                let window = Window { after, offset: 0, limit: 2 };
                let all = Selection::default();
                let orders = find(connection, &caller, Audience::Members, &all, sort, window).await.unwrap();
                let Some(last) = orders.last() else { break };
                after = Some(match key {
                    SortKey::Change => Position::Change(last.updated_at, last.id),
                    _ => Position::Creation(last.id),
                });
                seen.extend(orders.iter().map(|order| order.identifier.as_str()));
            }
            assert_eq!(seen, if is_descending { "ABCDE" } else { "EDCBA" }, "{sort:?}");
        }
    }
}

#[tokio::test]
async fn identifiers_are_sorted_by_code_point_and_limited() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    let (ours, theirs) = (organization(connection, "Nous").await, organization(connection, "Eux").await);
    for identifier in ["b", "É1", "A_2", "AB1", "A10"] {
        draft(connection, ours, identifier, &content("Essai", vec![])).await;
    }
    draft(connection, theirs, "A0", &content("Essai", vec![])).await;
    let read = async |connection: &mut Connection, organization: OrganizationId, prefix, limit| {
        identifiers(connection, organization, prefix, limit).await.unwrap().join(" ")
    };
    assert_eq!(read(connection, ours, "", None).await, "A10 AB1 A_2 b É1");
    assert_eq!(read(connection, ours, "A", Some(2)).await, "A10 AB1");
    assert_eq!(read(connection, ours, "A_", None).await, "A_2");
    assert_eq!(read(connection, ours, "%", None).await, "");
}

#[tokio::test]
async fn deleted_orders_are_on_no_list() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    let ours = organization(connection, "Nous").await;
    let caller = member(ours);
    let gone = draft(connection, ours, "A", &from("2026-12-01T00:00:00", None)).await;
    publish(connection, &caller, gone, 1).await;
    let never = draft(connection, ours, "B", &content("Essai", vec![])).await;
    dialog_db::orders::bury(connection, gone, at("2026-12-02T00:00:00Z")).await.unwrap();
    let all = Selection::default();
    // What the caller may see is decided again when the orders are read.
    assert!(find(connection, &caller, Audience::Public, &all, CREATION, ALL).await.unwrap().is_empty());
    dialog_db::listings::delete(connection, gone).await.unwrap();
    dialog_db::orders::delete_draft(connection, never).await.unwrap();
    for audience in [Audience::Public, Audience::Members] {
        assert_eq!(count(connection, &caller, audience, &all).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn migration_lists_existing_orders_as_the_program_does() {
    #[derive(diesel::QueryableByName, Debug, PartialEq)]
    struct Row {
        #[diesel(sql_type = Text)]
        row: String,
    }
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    let ours = organization(connection, "Nous").await;
    // The samples are listed in UTC.
    connection.batch_execute("UPDATE organizations SET time_zone = 'UTC'").await.unwrap();
    let mut said = on_street("Été à 30 km/h", "75104", "Paris 4e (75104)", "Rue des Écouffes");
    said.measures.push(measure(MeasureType::NoEntry, "2026-12-05T08:00:00", Some("2026-12-24T23:59:00"), LINE));
    said.measures[1].vehicle_set.restricted =
        vec![dialog_domain::RestrictedVehicles::HeavyGoodsVehicle { max_weight_t: None }];
    let id = draft(connection, ours, "A/1", &said).await;
    publish(connection, &member(ours), id, 1).await;
    // The drawing lies in the commune beside.
    connection
        .batch_execute("UPDATE public_restrictions SET city_codes = '{75105}' WHERE city_code IS NULL")
        .await
        .unwrap();
    let order = sample::find(connection, &member(ours), id).await.unwrap();
    sample::list(connection, Audience::Public, &order, at("2026-11-23T09:00:00Z")).await;
    said.measures.remove(0);
    draft(connection, ours, "A/2", &said).await;
    draft(connection, ours, "A/3", &content("Essai", vec![])).await;

    let rows = async |connection: &mut Connection| {
        diesel::sql_query(
            "SELECT row(p.*)::text AS row FROM public_orders p \
             UNION ALL SELECT row(w.*)::text FROM working_orders w \
             UNION ALL SELECT row(l.*)::text FROM public_order_places l ORDER BY row",
        )
        .load::<Row>(connection)
        .await
        .unwrap()
    };
    let written = rows(connection).await;
    assert_eq!(written.len(), 4 + 6, "two communes, two types or any");
    let back_and_forth = concat!(
        "BEGIN;",
        include_str!("../../../../migrations/2026-11-29-000090_order_subjects/down.sql"),
        include_str!("../../../../migrations/2026-11-28-000010_drawn_places/down.sql"),
        include_str!("../../../../migrations/2026-11-27-000001_order_places/down.sql"),
        include_str!("../../../../migrations/2026-11-24-000011_order_lists/down.sql"),
        include_str!("../../../../migrations/2026-11-24-000011_order_lists/up.sql"),
        include_str!("../../../../migrations/2026-11-27-000001_order_places/up.sql"),
        include_str!("../../../../migrations/2026-11-28-000010_drawn_places/up.sql"),
        include_str!("../../../../migrations/2026-11-29-000090_order_subjects/up.sql"),
        "COMMIT"
    );
    connection.batch_execute(back_and_forth).await.unwrap();
    assert_eq!(rows(connection).await, written);
}
