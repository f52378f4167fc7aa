use dialog_domain::{
    Geometry, Location, LocationDescription, LocationId, RoadType,
    input::{LocationInput, RawGeoJsonInput},
};

use super::{FieldError, StreetDraft, numbers::filled};

/// A location as typed. Changing its kind keeps what the other kind holds, so that nothing is lost by a wrong click.
#[derive(Clone, Debug, PartialEq)]
pub struct LocationDraft {
    /// Tells it from the others while the form is open.
    pub key: u32,
    /// The location that is being edited.
    pub id: Option<LocationId>,
    /// A street or a drawing.
    pub kind: RoadType,
    /// For a street.
    pub street: StreetDraft,
    /// For a drawing.
    pub drawing: DrawingDraft,
}

/// A drawing as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DrawingDraft {
    /// What it is.
    pub label: String,
    /// GeoJSON text.
    pub geometry: String,
}

impl LocationDraft {
    /// A new location, of the kind and in the commune of `previous`.
    pub fn new(key: u32, previous: Option<&Self>) -> Self {
        let street = previous.map_or_else(StreetDraft::default, |previous| StreetDraft {
            city_code: previous.street.city_code.clone(),
            city_label: previous.street.city_label.clone(),
            ..StreetDraft::default()
        });
        let kind = previous.map_or(RoadType::Lane, |previous| previous.kind);
        Self { key, id: None, kind, street, drawing: DrawingDraft::default() }
    }

    /// What a location says now.
    pub fn of(location: &Location, key: u32) -> Self {
        let mut draft = Self { id: Some(location.id), ..Self::new(key, None) };
        draft.kind = location.asked.road_type();
        match &location.asked {
            LocationDescription::NamedStreet(street) => draft.street = StreetDraft::of(street),
            LocationDescription::RawGeoJson { label, geometry } => {
                draft.drawing = DrawingDraft { label: label.clone(), geometry: geometry.to_string() };
            }
            LocationDescription::DepartmentalRoad(_)
            | LocationDescription::NationalRoad(_)
            | LocationDescription::WholeCity { .. }
            | LocationDescription::Zone { .. } => {}
        }
        draft
    }

    /// What is sent: the kind that was chosen, alone.
    pub fn input(&self) -> LocationInput {
        let mut input = LocationInput { uuid: self.id, road_type: Some(self.kind), ..LocationInput::default() };
        match self.kind {
            RoadType::RawGeoJson => {
                input.raw_geo_json = Some(RawGeoJsonInput {
                    label: filled(&self.drawing.label),
                    geometry: filled(&self.drawing.geometry),
                });
            }
            _ => input.named_street = Some(self.street.input()),
        }
        input
    }

    /// What only the form knows to be wrong, below `path`.
    pub fn local_errors(&self, path: &str) -> Vec<FieldError> {
        if self.kind != RoadType::Lane || self.street.whole {
            return Vec::new();
        }
        let bounds = [("from", &self.street.from), ("to", &self.street.to)];
        bounds
            .into_iter()
            .filter_map(|(side, bound)| {
                let error = self.street.bound_error(side, bound)?;
                Some(FieldError { path: format!("{path}.namedStreet.{}", error.path), ..error })
            })
            .collect()
    }
}

/// The geometry of a drawing, when its text is one.
pub fn drawn_geometry(drawing: &DrawingDraft) -> Option<Geometry> {
    Geometry::from_text(&filled(&drawing.geometry)?).ok()
}

#[cfg(test)]
mod tests {
    use dialog_api_types::geo::{Crossing, CrossingStreet};
    use dialog_domain::PointType;

    use super::*;
    use crate::forms::BoundDraft;

    fn street() -> StreetDraft {
        let mut street = StreetDraft::default();
        street.choose_city("75104".to_owned(), "Paris 4e".to_owned());
        street.choose_street("75104_8297".to_owned(), "Rue des Rosiers".to_owned());
        street.whole = false;
        street.numbers = Some(vec!["2".to_owned(), "20".to_owned(), "22bis".to_owned()]);
        street
    }

    fn at_number(number: &str) -> BoundDraft {
        BoundDraft { number: number.to_owned(), ..BoundDraft::default() }
    }

    fn lane(street: StreetDraft) -> LocationDraft {
        LocationDraft { street, ..LocationDraft::new(0, None) }
    }

    #[test]
    fn another_commune_empties_the_street_and_its_bounds() {
        let mut street = street();
        street.from = at_number("2");
        street.choose_city("13210".to_owned(), "Marseille 10e".to_owned());
        assert_eq!((street.road_name.as_str(), street.from.number.as_str()), ("", ""));
        assert_eq!(street.numbers, None);
    }

    #[test]
    fn choosing_the_same_street_again_keeps_the_bounds() {
        let mut street = street();
        street.from = at_number("2");
        street.choose_street("75104_8297".to_owned(), "Rue des Rosiers".to_owned());
        assert_eq!(street.from.number, "2");
    }

    #[test]
    fn a_section_without_its_two_bounds_is_drawn_as_the_whole_street() {
        let mut street = street();
        street.from = at_number("2");
        let asked = street.geometry_query().unwrap();
        assert!(!asked.complete);
        assert_eq!(asked.query.from_house_number, None);
        street.to = at_number("20");
        let asked = street.geometry_query().unwrap();
        assert!(asked.complete);
        assert_eq!(asked.query.to_house_number.as_deref(), Some("20"));
    }

    #[test]
    fn a_number_is_known_whatever_its_case_and_spaces() {
        let mut street = street();
        street.from = at_number("22 Bis");
        street.to = at_number("21");
        let errors = lane(street).local_errors("locations[0]");
        assert_eq!(errors.len(), 1);
        assert_eq!(errors[0].path, "locations[0].namedStreet.toHouseNumber");
        assert_eq!(errors[0].message, "Le n° 21 n'existe pas dans cette voie. Les plus proches : 2, 20, 22bis.");
    }

    #[test]
    fn a_street_without_known_numbers_accepts_any() {
        let mut street = street();
        street.numbers = Some(Vec::new());
        street.from = at_number("999");
        assert!(lane(street).local_errors("locations[0]").is_empty());
    }

    #[test]
    fn two_streets_that_cross_twice_ask_which_crossing() {
        let mut street = street();
        let crossing = |number| Crossing { number, coordinates: [2.36, 48.86] };
        street.crossing_streets = vec![CrossingStreet {
            road_ban_id: "x".to_owned(),
            road_name: "Rue Vieille du Temple".to_owned(),
            crossings: vec![crossing(1), crossing(2)],
        }];
        street.from =
            BoundDraft { kind: PointType::Intersection, road_ban_id: "x".to_owned(), ..BoundDraft::default() };
        assert_eq!(lane(street.clone()).local_errors("l")[0].path, "l.namedStreet.fromCrossing");
        street.from.crossing = Some(2);
        assert!(lane(street).local_errors("l").is_empty());
    }

    #[test]
    fn a_whole_street_sends_no_bound() {
        let mut street = street();
        street.from = at_number("2");
        street.whole = true;
        let input = lane(street).input().named_street.unwrap();
        assert_eq!((input.from_point_type, input.from_house_number), (None, None));
        assert_eq!(input.is_entire_street, Some(true));
    }
}
