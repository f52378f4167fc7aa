use dialog_api_types::geo::{CrossingStreet, LocationGeometryQuery};
use dialog_domain::{
    Direction, NamedStreet, PointType, StreetBound, Violation, ViolationCode, input::NamedStreetInput,
};

use super::{FieldError, house_number, numbers::filled};

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
#[derive(Clone, Debug, PartialEq)]
pub struct BoundDraft {
    /// A house number, a crossing or a point.
    pub kind: PointType,
    /// The house number.
    pub number: String,
    /// Identifier of the crossing street, or nothing.
    pub road_ban_id: String,
    /// Its name.
    pub road_name: String,
    /// Which crossing, when there are several.
    pub crossing: Option<u16>,
    /// Longitude and latitude of a point.
    pub coordinates: Option<[f64; 2]>,
}

impl Default for BoundDraft {
    fn default() -> Self {
        Self {
            kind: PointType::HouseNumber,
            number: String::new(),
            road_ban_id: String::new(),
            road_name: String::new(),
            crossing: None,
            coordinates: None,
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

impl StreetDraft {
    /// What a street says now.
    pub fn of(street: &NamedStreet) -> Self {
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

    /// What is sent.
    pub fn input(&self) -> NamedStreetInput {
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
            from_coordinates: from.coordinates,
            to_point_type: to.kind,
            to_house_number: to.number,
            to_road_name: to.road_name,
            to_road_ban_id: to.road_ban_id,
            to_crossing: to.crossing,
            to_coordinates: to.coordinates,
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
            from_coordinates: input.from_coordinates.map(|[x, y]| format!("{x},{y}")),
            to_coordinates: input.to_coordinates.map(|[x, y]| format!("{x},{y}")),
            excluded_road_ban_ids: None,
        };
        Some(GeometryQuery { query, complete })
    }

    fn is_bound_known(&self, bound: &BoundDraft) -> bool {
        bound.is_filled() && self.bound_error("", bound).is_none()
    }

    /// What is wrong with a bound, `from` or `to`, that the rules cannot know: a number that the street does not have,
    /// a crossing that must be told from another one. The path is that of the street.
    pub fn bound_error(&self, side: &str, bound: &BoundDraft) -> Option<FieldError> {
        match bound.kind {
            PointType::HouseNumber => {
                let number = filled(&bound.number)?;
                let known = self.numbers.as_ref().filter(|numbers| !numbers.is_empty())?;
                if house_number::exists(&number, known) {
                    return None;
                }
                let violation = Violation::new(format!("{side}HouseNumber"), ViolationCode::UnknownHouseNumber)
                    .with("number", &number);
                let suggestions = house_number::closest(&number, known).join(", ");
                Some(FieldError::from_violation(&match suggestions.is_empty() {
                    true => violation,
                    false => violation.with("suggestions", suggestions),
                }))
            }
            PointType::Point => None,
            PointType::Intersection => {
                let several = self.crossing_street(bound)?.crossings.len() > 1;
                let message = "Ces voies se croisent plusieurs fois : choisissez le croisement.";
                (several && bound.crossing.is_none()).then(|| FieldError::new(&format!("{side}Crossing"), message))
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
    coordinates: Option<[f64; 2]>,
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
            Some(StreetBound::Point { coordinates }) => {
                Self { kind: PointType::Point, coordinates: Some(*coordinates), ..Self::default() }
            }
        }
    }

    fn is_filled(&self) -> bool {
        match self.kind {
            PointType::HouseNumber => filled(&self.number).is_some(),
            PointType::Intersection => filled(&self.road_ban_id).is_some(),
            PointType::Point => self.coordinates.is_some(),
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
            (true, PointType::Point) => {
                BoundParts { kind: Some("point".to_owned()), coordinates: self.coordinates, ..BoundParts::default() }
            }
        }
    }
}

/// The word of a direction on the wire.
pub const fn direction_word(direction: Direction) -> &'static str {
    match direction {
        Direction::Both => "BOTH",
        Direction::AToB => "A_TO_B",
        Direction::BToA => "B_TO_A",
    }
}
