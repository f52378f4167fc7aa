use super::*;

fn read(query: &[(&str, &str)]) -> Filters {
    Filters::read(|wanted| query.iter().find(|(name, _)| *name == wanted).map(|(_, value)| (*value).to_owned()))
}

#[test]
fn the_address_holds_the_filters_and_nothing_that_is_a_default() {
    let filters = read(&[("search", "rue & place"), ("page", "3")]);
    assert_eq!(filters.href(), "/regulations?search=rue+%26+place&page=3");
    assert_eq!(Filters::default().href(), "/regulations");
}

#[test]
fn what_an_address_holds_is_written_back_as_it_was() {
    let address = [
        ("search", "pont"),
        ("phase", "upcoming"),
        ("category", "permanentRegulation"),
        ("measureType", "noEntry"),
        ("status", "published"),
        ("subject", "event"),
        ("source", "eudonet_paris"),
        ("inForceFrom", "2026-12-01"),
        ("inForceUntil", "2026-12-31"),
        ("organizationUuid", "019b0000-0000-7000-8000-000000000011"),
        ("sort", "identifier"),
        ("dir", "desc"),
        ("pageSize", "50"),
        ("page", "2"),
    ];
    let filters = read(&address);
    assert_eq!(read(&address).href().matches('=').count(), address.len());
    assert_eq!(filters.query(true).sort.as_deref(), Some("identifier"));
    assert_eq!(filters.query(true).dir.as_deref(), Some("desc"));
    assert_eq!(filters.query(true).subject, Some(dialog_domain::Subject::Event));
    assert_eq!(filters.query(true).in_force_until.map(|day| day.to_string()).as_deref(), Some("2026-12-31"));
}

#[test]
fn every_reason_and_every_source_has_its_word() {
    assert!(SUBJECTS.iter().all(|word| known::<dialog_domain::Subject>(word).is_some()));
    assert!(SOURCES.iter().all(|word| known::<dialog_domain::OrderSource>(word).is_some()));
}

#[test]
fn the_map_opens_with_the_filters_that_it_has_too() {
    let filters = read(&[
        ("search", "pont"),
        ("category", "permanentRegulation"),
        ("measureType", "noEntry"),
        ("inForceFrom", "2026-12-01"),
        ("organizationUuid", EVERYBODY),
    ]);
    assert_eq!(filters.map_href(), "/carte?measureTypes=noEntry&includeTemporary=false&startDate=2026-12-01");
    assert_eq!(Filters::default().map_href(), "/carte");
    let uuid = "019b0000-0000-7000-8000-000000000011";
    let ours = read(&[("organizationUuid", uuid)]).map_href();
    assert_eq!(ours, format!("/carte?organization={uuid}&organizationUuid={uuid}"));
}

#[test]
fn a_phone_sorts_both_ways_by_a_word() {
    let mut filters = Filters::default();
    for word in ["identifier desc", "period", ""] {
        filters.choose_sort(word);
        assert_eq!(filters.sort_word(), word);
    }
    assert!(!filters.is_descending);
    assert!(read(&[("inForceFrom", "2026-12-02"), ("inForceUntil", "2026-12-01")]).is_backwards());
}

#[test]
fn an_address_that_makes_no_sense_shows_the_first_page() {
    let nonsense = [
        ("page", "-1"),
        ("status", "deleted"),
        ("phase", "soon"),
        ("sort", "colour"),
        ("pageSize", "0"),
        ("subject", "fun"),
        ("source", "x"),
        ("inForceFrom", "demain"),
    ];
    assert_eq!(read(&nonsense), Filters::default());
    assert_eq!(read(&[("organizationUuid", "1")]), Filters::default());
}

#[test]
fn a_page_never_holds_more_than_the_server_gives() {
    assert_eq!(read(&[("pageSize", "500")]).page_size, 100);
}

#[test]
fn nobody_asks_for_drafts_without_being_a_member() {
    let filters = read(&[("status", "draft"), ("phase", "draft")]);
    assert_eq!((filters.query(false).status, filters.query(false).phase), (None, None));
    assert_eq!(filters.query(true).status, Some(OrderStatus::Draft));
    assert_eq!(filters.query(true).phase, Some(OrderPhase::Draft));
}

#[test]
fn a_member_may_list_what_everybody_published_but_no_drafts_of_all() {
    let mut filters = read(&[("organizationUuid", EVERYBODY), ("measureType", "parkingProhibited")]);
    let query = filters.query(true);
    assert_eq!((query.everybody, query.organization_uuid), (Some(true), None));
    assert_eq!(query.measure_type, Some(MeasureType::ParkingProhibited));
    assert_eq!(filters.query(false).everybody, None);
    filters.choose_phase("draft");
    assert_eq!((filters.phase.as_str(), filters.organization.as_str()), ("draft", ""));
    filters.choose_organization(EVERYBODY);
    assert_eq!((filters.phase.as_str(), filters.organization.as_str()), ("", EVERYBODY));
    filters.choose_status("draft");
    assert_eq!((filters.status.as_str(), filters.organization.as_str()), ("draft", ""));
    filters.choose_organization(EVERYBODY);
    filters.choose_status("published");
    assert_eq!((filters.status.as_str(), filters.organization.as_str()), ("published", EVERYBODY));
}

#[test]
fn a_column_is_sorted_up_then_down_and_from_the_first_page() {
    let up = Filters { page: 4, ..Filters::default() }.sorted_by("period");
    assert_eq!((up.is_descending, up.page), (false, 1));
    let down = up.sorted_by("period");
    assert!(down.is_descending);
    assert!(!down.sorted_by("period").is_descending);
    assert!(!down.sorted_by("status").is_descending);
}

#[test]
fn clearing_the_filters_keeps_the_sort() {
    let filters = read(&[("search", "rue"), ("sort", "period"), ("pageSize", "50")]).cleared();
    assert_eq!(filters.href(), "/regulations?sort=period&pageSize=50");
}
