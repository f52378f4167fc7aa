use dialog_api_types::geo::{CrossingStreet, PlaceSource};
use dialog_domain::{Direction, NamedStreet, PointType, StreetBound, input::NamedStreetInput};
use serde::{Deserialize, Serialize};

use super::{
    FieldError,
    numbers::{decimal, decimal_text, filled},
};

/// A street as typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    /// Bounds A and B.
    pub bounds: [BoundDraft; 2],
    /// Which direction of traffic.
    pub direction: Direction,
    /// GeoJSON text of the way that was chosen where there are two, round a loop; or that was sent with the street.
    pub way: String,
}

/// What the reference data knows of a street.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StreetKnowledge {
    /// Of this street.
    pub road_ban_id: String,
    /// House numbers; empty when the reference data has none.
    pub numbers: Vec<String>,
    /// Streets that cross it.
    pub crossing_streets: Vec<CrossingStreet>,
}

impl StreetKnowledge {
    /// The street behind a crossing, once it is chosen.
    pub fn crossing_street(&self, bound: &BoundDraft) -> Option<&CrossingStreet> {
        self.crossing_streets.iter().find(|street| street.road_ban_id == bound.road_ban_id)
    }
}

/// A bound of a section as typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    /// Longitude and latitude of a point, as typed: `2,3608` and `48,8564`.
    pub place: [String; 2],
}

impl Default for BoundDraft {
    fn default() -> Self {
        Self {
            kind: PointType::HouseNumber,
            number: String::new(),
            road_ban_id: String::new(),
            road_name: String::new(),
            crossing: None,
            place: Default::default(),
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
            bounds: Default::default(),
            direction: Direction::Both,
            way: String::new(),
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
            bounds: [BoundDraft::of(street.from.as_ref()), BoundDraft::of(street.to.as_ref())],
            direction: street.direction,
            way: street.geometry.as_ref().map(ToString::to_string).unwrap_or_default(),
        }
    }

    /// No street yet, in the same commune.
    pub fn same_city(&self) -> Self {
        Self { city_code: self.city_code.clone(), city_label: self.city_label.clone(), ..Self::default() }
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
            for bound in &mut self.bounds {
                *bound = BoundDraft { kind: bound.kind, ..BoundDraft::default() };
            }
            self.way.clear();
        }
        self.road_ban_id = id;
        self.road_name = name;
    }

    /// What is sent.
    pub fn input(&self) -> NamedStreetInput {
        let section = !self.whole;
        let [from, to] = self.bounds.each_ref().map(|bound| bound.parts(section));
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
            geometry: filled(&self.way),
        }
    }

    /// Writes a bound; the way that was chosen between the former bounds is forgotten.
    pub fn set_bound(&mut self, side: usize, write: impl FnOnce(&mut BoundDraft)) {
        if let Some(bound) = self.bounds.get_mut(side) {
            write(bound);
            self.way.clear();
        }
    }

    /// What to ask to draw it, once the street is chosen, and whether it is what will be kept. A section whose bounds
    /// are not both known yet is asked for as the whole street: it shows where the bounds can be.
    pub fn question(&self, known: &StreetKnowledge) -> Option<(NamedStreetInput, bool)> {
        filled(&self.road_ban_id)?;
        let complete =
            self.whole || self.bounds.iter().all(|bound| bound.is_filled() && bound.error("", known).is_none());
        // The other ways are found for what is not drawn yet.
        let asked = Self { whole: !complete || self.whole, way: String::new(), ..self.clone() };
        Some((asked.input(), complete))
    }
}

/// The two bounds, as paths begin.
pub const SIDES: [&str; 2] = ["from", "to"];

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
                Self { kind: PointType::Point, place: coordinates.map(decimal_text), ..Self::default() }
            }
        }
    }

    fn is_filled(&self) -> bool {
        match self.kind {
            PointType::HouseNumber => filled(&self.number).is_some(),
            PointType::Intersection => filled(&self.road_ban_id).is_some(),
            PointType::Point => self.coordinates().is_some(),
        }
    }

    /// Longitude and latitude, once both can be read.
    pub fn coordinates(&self) -> Option<[f64; 2]> {
        let [longitude, latitude] = &self.place;
        Some([decimal(longitude)?, decimal(latitude)?])
    }

    /// What is wrong with a bound, `from` or `to`, that the rules cannot know: a crossing that must be told from
    /// another one. The path is that of the street.
    pub fn error(&self, side: &str, known: &StreetKnowledge) -> Option<FieldError> {
        let several = known.crossing_street(self).is_some_and(|street| street.crossings.len() > 1);
        let unsaid = self.kind == PointType::Intersection && self.crossing.is_none() && several;
        let message = "Ces voies se croisent plusieurs fois : choisissez le croisement.";
        unsaid.then(|| FieldError::new(&format!("{side}Crossing"), message))
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
                BoundParts { kind: Some("point".to_owned()), coordinates: self.coordinates(), ..BoundParts::default() }
            }
        }
    }
}

/// What must be known of a place before it is chosen: nothing when it is loaded.
pub fn known_by(source: PlaceSource) -> String {
    match source {
        PlaceSource::Loaded => String::new(),
        PlaceSource::ApiAdresse => "d’après API Adresse".to_owned(),
    }
}

/// What must be known of a street before it is chosen.
pub fn street_detail(has_geometry: bool, source: PlaceSource) -> String {
    let drawn = if has_geometry { "" } else { "sans tracé connu : à dessiner" };
    let parts = [drawn.to_owned(), known_by(source)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// The word of a direction on the wire.
pub const fn direction_word(direction: Direction) -> &'static str {
    match direction {
        Direction::Both => "BOTH",
        Direction::AToB => "A_TO_B",
        Direction::BToA => "B_TO_A",
    }
}

/// The direction of a word; nothing for none.
pub fn direction(word: &str) -> Option<Direction> {
    [Direction::Both, Direction::AToB, Direction::BToA].into_iter().find(|known| direction_word(*known) == word)
}

/// Directions of traffic, in the order of the form.
pub fn direction_choices() -> Vec<(String, String)> {
    [Direction::Both, Direction::AToB, Direction::BToA]
        .map(|direction| (direction_word(direction).to_owned(), dialog_text::labels::direction(direction).to_owned()))
        .to_vec()
}
