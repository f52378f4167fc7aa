use super::super::wire_path;

#[test]
fn paths_are_those_of_the_contract() {
    for (path, wire, measure) in [
        ("identifier", "generalInfo.identifier", None),
        ("category", "generalInfo.category", None),
        ("subject", "generalInfo.subject", None),
        ("otherCategoryText", "generalInfo.otherCategoryText", None),
        ("title", "generalInfo.title", None),
        ("measures", "measureDtos", None),
        ("status", "status", None),
        ("measures[2].type", "type", Some(2)),
        ("measures[2]", "", Some(2)),
        ("measures[0].periods", "periods", Some(0)),
        ("measures[0].periods[1].endDate", "periods[1].endDate", Some(0)),
        ("measures[0].periods[1].applicableDays", "periods[1].dailyRange.applicableDays", Some(0)),
        ("measures[12].locations[3]", "locations[3]", Some(12)),
        ("measures[0].locations[0].namedStreet.roadName", "locations[0].namedStreet.roadName", Some(0)),
        ("measures[x].type", "measures[x].type", None),
    ] {
        assert_eq!(wire_path(path), (wire.to_owned(), measure), "{path}");
    }
}
