//! Feeds against the schema of the shared folder.

use std::collections::BTreeSet;

use dialog_exports::cifs;
use roxmltree::Document;

use super::{export, golden, incidents, random_orders};
use crate::schema::{complaints, schemas};

/// Orders in one document.
const PER_DOCUMENT: usize = 500;

/// Fails when one of these documents is not valid; skipped by name without schemas.
fn validate(test: &str, documents: &[String]) {
    let Some(folder) = schemas(test) else { return };
    for (rank, document) in documents.iter().enumerate() {
        let complaints =
            complaints(&folder.join("../cifs/cifsv2.xsd"), document, &format!("cifs-{}-{rank}", &test[..6]));
        assert!(complaints.is_empty(), "{complaints}");
    }
}

#[test]
fn random_orders_are_valid_at_every_time_and_no_identifier_comes_twice() {
    let orders = random_orders(1000);
    let now = "2026-12-01T00:00:00Z".parse().expect("a date-time");
    let (mut documents, mut sent) = (Vec::new(), 0);
    for orders in orders.chunks(PER_DOCUMENT) {
        let fragments: Vec<_> = orders.iter().map(|order| export(order).value).collect();
        sent += fragments.iter().filter(|fragments| !fragments.is_empty()).count();
        let longest = fragments.iter().map(Vec::len).max().unwrap_or_default();
        for rank in 0..longest {
            let bodies = fragments.iter().filter_map(|fragments| fragments.get(rank));
            let document = cifs::document(now, bodies.map(|fragment| fragment.body.as_str()));
            let parsed = Document::parse(&document).expect("XML");
            let ids: Vec<_> =
                incidents(&parsed).iter().filter_map(|one| one.attribute("id")).map(str::to_owned).collect();
            assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "identifiers are unique");
            documents.push(document);
        }
    }
    assert!(sent > orders.len() / 4, "{sent} of {}", orders.len());
    validate("random_orders_are_valid_at_every_time_and_no_identifier_comes_twice", &documents);
}

#[test]
fn reference_cases_of_cifs_are_valid() {
    validate("reference_cases_of_cifs_are_valid", &golden::documents());
}

#[test]
fn feed_without_incident_is_valid() {
    let now = "2026-12-01T00:00:00Z".parse().expect("a date-time");
    let by_hand = cifs::opening(now) + cifs::closing();
    validate("feed_without_incident_is_valid", &[cifs::empty(now), cifs::document(now, []), by_hand]);
}

#[test]
fn hostile_texts_stay_well_formed_and_on_one_line() {
    let context = dialog_exports::FeedContext { base_url: "https://x\"<&\u{0}\n".to_owned() };
    for order in random_orders(1000).iter().take(50) {
        for fragment in cifs::fragments(order, &context).value {
            let document = cifs::document(order.published_at, [fragment.body.as_str()]);
            let parsed = Document::parse(&document).expect("well-formed");
            assert_eq!(incidents(&parsed).len(), fragment.body.lines().count());
        }
    }
}
