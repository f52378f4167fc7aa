use dialog_api_types::geo::{CrossingStreet, LocationGeometryQuery};
use dialog_domain::{
    Direction, Geometry, Location, LocationDescription, LocationId, NamedStreet, PointType, RoadType, StreetBound,
    input::{LocationInput, NamedStreetInput, RawGeoJsonInput},
};

use super::{FieldError, numbers::filled};

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

/// A street as typed.
#[derive(Clone, Debug, PartialEq)]
pub struct StreetDraft {
    /// INSEE code of the chosen commune, or nothing.
    pub city_code: String,
    /// Its name.
    pub city_label: String,
    /// Identifier of the chosen street, or nothing.
    pub road_ban_id: String,
    /// Its name.
    pub road_name: String,
    /// The whole of it rather than a section.
    pub whole: bool,
    /// Bound A.
    pub from: BoundDraft,
    /// Bound B.
    pub to: BoundDraft,
    /// Which direction of traffic.
    pub direction: Direction,
    /// House numbers that exist, once known; empty when the reference data has none.
    pub numbers: Option<Vec<String>>,
    /// Streets that cross it, once known.
    pub crossing_streets: Vec<CrossingStreet>,
}

/// A bound of a section as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoundDraft {
    /// A house number or a crossing.
    pub kind: PointType,
    /// The house number.
    pub number: String,
    /// Identifier of the crossing street, or nothing.
    pub road_ban_id: String,
    /// Its name.
    pub road_name: String,
    /// Which crossing, when there are several.
    pub crossing: Option<u16>,
}

/// A drawing as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DrawingDraft {
    /// What it is.
    pub label: String,
    /// GeoJSON text.
    pub geometry: String,
}

impl Default for BoundDraft {
    fn default() -> Self {
        Self {
            kind: PointType::HouseNumber,
            number: String::new(),
            road_ban_id: String::new(),
            road_name: String::new(),
            crossing: None,
        }
    }
}

impl Default for StreetDraft {
    fn default() -> Self {
        Self {
            city_code: String::new(),
            city_label: String::new(),
            road_ban_id: String::new(),
            road_name: String::new(),
            whole: true,
            from: BoundDraft::default(),
            to: BoundDraft::default(),
            direction: Direction::Both,
            numbers: None,
            crossing_streets: Vec::new(),
        }
    }
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
                let (field, message) = self.street.bound_error(bound)?;
                Some(FieldError::new(&format!("{path}.namedStreet.{side}{field}"), message))
            })
            .collect()
    }
}

impl StreetDraft {
    fn of(street: &NamedStreet) -> Self {
        Self {
            city_code: street.city_code.clone(),
            city_label: street.city_label.clone(),
            road_ban_id: street.road_ban_id.clone().unwrap_or_default(),
            road_name: street.road_name.clone(),
            whole: street.is_whole(),
            from: BoundDraft::of(street.from.as_ref()),
            to: BoundDraft::of(street.to.as_ref()),
            direction: street.direction,
            numbers: None,
            crossing_streets: Vec::new(),
        }
    }

    /// Chooses a commune; another one empties the street.
    pub fn choose_city(&mut self, code: String, label: String) {
        if code != self.city_code {
            self.choose_street(String::new(), String::new());
        }
        self.city_code = code;
        self.city_label = label;
    }

    /// Chooses a street; another one empties the bounds.
    pub fn choose_street(&mut self, id: String, name: String) {
        if id != self.road_ban_id {
            self.from = BoundDraft { kind: self.from.kind, ..BoundDraft::default() };
            self.to = BoundDraft { kind: self.to.kind, ..BoundDraft::default() };
            self.numbers = None;
            self.crossing_streets = Vec::new();
        }
        self.road_ban_id = id;
        self.road_name = name;
    }

    /// The street behind a crossing, once it is chosen.
    pub fn crossing_street(&self, bound: &BoundDraft) -> Option<&CrossingStreet> {
        self.crossing_streets.iter().find(|street| street.road_ban_id == bound.road_ban_id)
    }

    fn input(&self) -> NamedStreetInput {
        let section = !self.whole;
        let from = self.from.parts(section);
        let to = self.to.parts(section);
        NamedStreetInput {
            city_code: filled(&self.city_code),
            city_label: filled(&self.city_label),
            road_ban_id: filled(&self.road_ban_id),
            road_name: filled(&self.road_name),
            is_entire_street: Some(self.whole),
            from_point_type: from.kind,
            from_house_number: from.number,
            from_road_name: from.road_name,
            from_road_ban_id: from.road_ban_id,
            from_crossing: from.crossing,
            to_point_type: to.kind,
            to_house_number: to.number,
            to_road_name: to.road_name,
            to_road_ban_id: to.road_ban_id,
            to_crossing: to.crossing,
            direction: Some(self.direction),
            geometry: None,
        }
    }

    /// What to ask to draw it, once the street is chosen. A section whose bounds are not both known yet is asked for
    /// as the whole street: it shows where the bounds can be.
    pub fn geometry_query(&self) -> Option<GeometryQuery> {
        filled(&self.road_ban_id)?;
        let complete = self.whole || (self.is_bound_known(&self.from) && self.is_bound_known(&self.to));
        let input = if complete { self.input() } else { Self { whole: true, ..self.clone() }.input() };
        let query = LocationGeometryQuery {
            road_type: Some("lane".to_owned()),
            city_code: input.city_code,
            road_ban_id: input.road_ban_id,
            road_name: input.road_name,
            from_house_number: input.from_house_number,
            from_road_ban_id: input.from_road_ban_id,
            from_road_name: input.from_road_name,
            from_crossing: input.from_crossing,
            to_house_number: input.to_house_number,
            to_road_ban_id: input.to_road_ban_id,
            to_road_name: input.to_road_name,
            to_crossing: input.to_crossing,
            direction: Some(direction_word(self.direction).to_owned()),
        };
        Some(GeometryQuery { query, complete })
    }

    fn is_bound_known(&self, bound: &BoundDraft) -> bool {
        bound.is_filled() && self.bound_error(bound).is_none()
    }

    /// A number that the street does not have, or a crossing that must be told from another one.
    fn bound_error(&self, bound: &BoundDraft) -> Option<(&'static str, &'static str)> {
        match bound.kind {
            PointType::HouseNumber => {
                let number = filled(&bound.number)?;
                let known = self.numbers.as_ref().filter(|numbers| !numbers.is_empty())?;
                let exists = known.iter().any(|other| same_number(other, &number));
                (!exists).then_some(("HouseNumber", "Ce numéro n’existe pas dans cette voie."))
            }
            PointType::Intersection => {
                let several = self.crossing_street(bound)?.crossings.len() > 1;
                (several && bound.crossing.is_none())
                    .then_some(("Crossing", "Ces voies se croisent plusieurs fois : choisissez le croisement."))
            }
        }
    }
}

/// What to ask to draw a street, and whether it is what will be kept.
#[derive(Clone, Debug, PartialEq)]
pub struct GeometryQuery {
    /// Parameters of the call.
    pub query: LocationGeometryQuery,
    /// False when the whole street stands for a section that is not complete.
    pub complete: bool,
}

#[derive(Default)]
struct BoundParts {
    kind: Option<String>,
    number: Option<String>,
    road_name: Option<String>,
    road_ban_id: Option<String>,
    crossing: Option<u16>,
}

impl BoundDraft {
    fn of(bound: Option<&StreetBound>) -> Self {
        match bound {
            None => Self::default(),
            Some(StreetBound::HouseNumber { number }) => Self { number: number.clone(), ..Self::default() },
            Some(StreetBound::Intersection { road_name, road_ban_id, crossing }) => Self {
                kind: PointType::Intersection,
                road_name: road_name.clone(),
                road_ban_id: road_ban_id.clone().unwrap_or_default(),
                crossing: *crossing,
                ..Self::default()
            },
        }
    }

    fn is_filled(&self) -> bool {
        match self.kind {
            PointType::HouseNumber => filled(&self.number).is_some(),
            PointType::Intersection => filled(&self.road_ban_id).is_some(),
        }
    }

    fn parts(&self, section: bool) -> BoundParts {
        match (section, self.kind) {
            (false, _) => BoundParts::default(),
            (true, PointType::HouseNumber) => BoundParts {
                kind: Some("houseNumber".to_owned()),
                number: filled(&self.number),
                ..BoundParts::default()
            },
            (true, PointType::Intersection) => BoundParts {
                kind: Some("intersection".to_owned()),
                road_name: filled(&self.road_name),
                road_ban_id: filled(&self.road_ban_id),
                crossing: self.crossing,
                ..BoundParts::default()
            },
        }
    }
}

/// Whether two house numbers are the same, whatever their case and spaces: `12 Bis` and `12bis`.
fn same_number(one: &str, other: &str) -> bool {
    let plain = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>().to_lowercase();
    plain(one) == plain(other)
}

/// The word of a direction on the wire.
pub const fn direction_word(direction: Direction) -> &'static str {
    match direction {
        Direction::Both => "BOTH",
        Direction::AToB => "A_TO_B",
        Direction::BToA => "B_TO_A",
    }
}

/// The geometry of a drawing, when its text is one.
pub fn drawn_geometry(drawing: &DrawingDraft) -> Option<Geometry> {
    Geometry::from_text(&filled(&drawing.geometry)?).ok()
}

#[cfg(test)]
mod tests {
    use dialog_api_types::geo::Crossing;

    use super::*;

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
        street.from = BoundDraft { kind: PointType::Intersection, road_ban_id: "x".to_owned(), ..BoundDraft::default() };
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
