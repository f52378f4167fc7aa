//! What the operator keeps out (C19).

use dialog_domain::{OrderSource, OrganizationId};
use dialog_exports::cifs::CifsFilter;

use super::export;
use crate::support::{measure, order, street};

fn filter(text: &str) -> CifsFilter {
    text.parse().expect("a filter")
}

fn organization() -> OrganizationId {
    order(Vec::new()).organization_id
}

#[test]
fn c19a_nothing_is_no_filter() {
    for text in ["", "  ", "[]", "{}"] {
        assert_eq!(filter(text), CifsFilter::default());
        assert!(filter(text).lets_in(OrderSource::Litteralis, "F/CIFS/2023", organization()));
    }
}

#[test]
fn c19b_sources_and_identifiers() {
    let only = filter(r#"{"allowed_sources":["dialog"]}"#);
    assert!(only.lets_in(OrderSource::Dialog, "F/CIFS/2023", organization()));
    assert!(!only.lets_in(OrderSource::Litteralis, "F/CIFS/2023", organization()));
    let without = filter(r#"{"excluded_identifiers":["F/CIFS/2023"]}"#);
    assert!(!without.lets_in(OrderSource::Dialog, "F/CIFS/2023", organization()));
    assert!(without.lets_in(OrderSource::Litteralis, "F/CIFS/2024", organization()));
    let off = filter(r#"{"allowed_sources":["none"]}"#);
    assert!(!off.lets_in(OrderSource::Dialog, "F/CIFS/2023", organization()), "the off switch");
}

#[test]
fn c19c_locations() {
    let mut measure = measure();
    measure.locations.push(street("Rue Édouard Manet", crate::support::LINE));
    measure.locations[1].id.0 = uuid::Uuid::from_u128(44);
    let body = export(&order(vec![measure.clone()])).value[0].body.clone();
    assert_eq!(body.lines().count(), 2);
    assert_eq!(filter("").keep(&body), body);
    let only = filter(&format!(r#"{{"allowed_location_ids":["{}"]}}"#, measure.locations[1].id));
    let kept = only.keep(&body);
    assert!(kept.contains("Édouard Manet") && kept.lines().count() == 1, "{kept}");
    let none = filter(r#"{"allowed_location_ids":["8f9164ed-dc0f-4c98-ac18-2f590a1cfd22"]}"#);
    assert_eq!(none.keep(&body), "");
}

#[test]
fn c19d_organizations_and_what_is_no_filter() {
    let without = filter(r#"{"excluded_org_uuids":["8f9164ed-dc0f-4c98-ac18-2f590a1cfd22"]}"#);
    assert!(!without.lets_in(OrderSource::Dialog, "F/CIFS/2023", organization()));
    for text in ["{", "null", "[1]", r#"{"excluded_org_uuids":["x"]}"#, r#"{"unknown":[]}"#] {
        let error = text.parse::<CifsFilter>().expect_err("no filter").to_string();
        assert!(error.starts_with("Syntax error"), "{error}");
    }
}
