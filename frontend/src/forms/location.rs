use dialog_domain::{
    Geometry, Location, LocationDescription, LocationId, RoadType, WholeCityException,
    input::{LocationInput, RawGeoJsonInput, WholeCityExceptionInput, WholeCityInput, ZoneInput},
};
use serde::{Deserialize, Serialize};

use super::{
    FieldError, RoadDraft, StreetDraft,
    numbers::filled,
    street::{SIDES, StreetKnowledge},
};

/// A location as typed, or what stays free in a whole city. Changing its kind keeps what the other kinds hold, so that
/// nothing is lost by a wrong click.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LocationDraft {
    /// Tells it from the others while the form is open.
    pub key: u32,
    /// The whole city in which it stays free; nothing: it is a location.
    pub parent: Option<u32>,
    /// The location that is being edited.
    pub id: Option<LocationId>,
    /// Its kind.
    pub kind: RoadType,
    /// For a street; its commune is that of a whole city too.
    pub street: StreetDraft,
    /// For a numbered road.
    pub road: RoadDraft,
    /// For a drawing.
    pub drawing: ShapeDraft,
    /// For a zone.
    pub zone: ShapeDraft,
}

/// A drawing or a zone as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ShapeDraft {
    /// What it is.
    pub label: String,
    /// GeoJSON text.
    pub geometry: String,
}

impl ShapeDraft {
    fn of(label: &str, geometry: &Geometry) -> Self {
        Self { label: label.to_owned(), geometry: geometry.to_string() }
    }

    fn raw_input(&self) -> RawGeoJsonInput {
        RawGeoJsonInput { label: filled(&self.label), geometry: filled(&self.geometry) }
    }

    /// The geometry, when its text is one.
    pub fn geometry(&self) -> Option<Geometry> {
        Geometry::from_text(&filled(&self.geometry)?).ok()
    }
}

impl LocationDraft {
    /// A new location, of the kind and in the commune of `previous`.
    pub fn new(key: u32, previous: Option<&Self>) -> Self {
        let street = previous.map_or_else(StreetDraft::default, |previous| previous.street.same_city());
        Self {
            key,
            parent: None,
            id: None,
            kind: previous.map_or(RoadType::Lane, |previous| previous.kind),
            street,
            road: RoadDraft::default(),
            drawing: ShapeDraft::default(),
            zone: ShapeDraft::default(),
        }
    }

    /// Something new that stays free in a whole city.
    pub fn exception(key: u32, city: &Self) -> Self {
        Self { parent: Some(city.key), kind: RoadType::Lane, ..Self::new(key, Some(city)) }
    }

    /// What a location says now, followed by what stays free in it; `take_key` gives a key for each.
    pub fn of(location: &Location, mut take_key: impl FnMut() -> u32) -> Vec<Self> {
        let mut draft = Self { id: Some(location.id), ..Self::new(take_key(), None) };
        draft.kind = location.asked.road_type();
        let mut exceptions = Vec::new();
        match &location.asked {
            LocationDescription::NamedStreet(street) => draft.street = StreetDraft::of(street),
            LocationDescription::DepartmentalRoad(road) | LocationDescription::NationalRoad(road) => {
                draft.road = RoadDraft::of(road);
            }
            LocationDescription::RawGeoJson { label, geometry } => draft.drawing = ShapeDraft::of(label, geometry),
            LocationDescription::Zone { label, geometry } => draft.zone = ShapeDraft::of(label, geometry),
            LocationDescription::WholeCity { city_code, city_label, exceptions: free } => {
                draft.street.city_code.clone_from(city_code);
                draft.street.city_label.clone_from(city_label);
                exceptions = free.iter().map(|free| Self::free(free, take_key(), &draft)).collect();
            }
        }
        exceptions.insert(0, draft);
        exceptions
    }

    fn free(free: &WholeCityException, key: u32, city: &Self) -> Self {
        let mut draft = Self::exception(key, city);
        match free {
            WholeCityException::NamedStreet(street) => draft.street = StreetDraft::of(street),
            WholeCityException::RawGeoJson { label, geometry } => {
                draft.kind = RoadType::RawGeoJson;
                draft.drawing = ShapeDraft::of(label, geometry);
            }
        }
        draft
    }

    /// Chooses a kind. Departmental and national roads have different managers.
    pub fn choose_kind(&mut self, kind: RoadType) {
        let is_road = |kind| matches!(kind, RoadType::DepartmentalRoad | RoadType::NationalRoad);
        if kind != self.kind && is_road(kind) && is_road(self.kind) {
            self.road = RoadDraft::default();
        }
        self.kind = kind;
    }

    /// The shape of a drawing or of a zone.
    pub const fn shape(&self) -> &ShapeDraft {
        if matches!(self.kind, RoadType::Zone) { &self.zone } else { &self.drawing }
    }

    /// The shape of a drawing or of a zone, to write it.
    pub const fn shape_mut(&mut self) -> &mut ShapeDraft {
        if matches!(self.kind, RoadType::Zone) { &mut self.zone } else { &mut self.drawing }
    }

    /// What is sent: the kind that was chosen, alone.
    pub fn input<'a>(&self, exceptions: impl Iterator<Item = &'a Self>) -> LocationInput {
        let mut input = LocationInput { uuid: self.id, road_type: Some(self.kind), ..LocationInput::default() };
        match self.kind {
            RoadType::Lane => input.named_street = Some(self.street.input()),
            RoadType::DepartmentalRoad => input.departmental_road = Some(self.road.input()),
            RoadType::NationalRoad => input.national_road = Some(self.road.input()),
            RoadType::RawGeoJson => input.raw_geo_json = Some(self.drawing.raw_input()),
            RoadType::Zone => {
                let RawGeoJsonInput { label, geometry } = self.zone.raw_input();
                input.zone = Some(ZoneInput { label, geometry });
            }
            RoadType::WholeCity => {
                input.whole_city = Some(WholeCityInput {
                    city_code: filled(&self.street.city_code),
                    city_label: filled(&self.street.city_label),
                    exceptions: exceptions.map(Self::exception_input).collect(),
                });
            }
        }
        input
    }

    fn exception_input(&self) -> WholeCityExceptionInput {
        let is_drawing = self.kind == RoadType::RawGeoJson;
        WholeCityExceptionInput {
            road_type: Some(self.kind),
            named_street: (!is_drawing).then(|| self.street.input()),
            raw_geo_json: is_drawing.then(|| self.drawing.raw_input()),
        }
    }

    /// What to ask the server to see where it is, and whether that is what will be kept. Drawings need no server.
    pub fn question<'a>(
        &self,
        exceptions: impl Iterator<Item = &'a Self>,
        known: &StreetKnowledge,
    ) -> Option<Question> {
        let mut input = self.input(exceptions);
        let complete = match self.kind {
            RoadType::RawGeoJson => return None,
            RoadType::Lane => {
                let (street, complete) = self.street.question(known)?;
                input.named_street = Some(street);
                complete
            }
            RoadType::DepartmentalRoad | RoadType::NationalRoad => {
                filled(&self.road.administrator)?;
                filled(&self.road.number)?;
                if !self.road.is_complete() || !self.road.errors().is_empty() {
                    let kind = super::labels::road_type_word(self.kind);
                    let (administrator, number) = (self.road.administrator.clone(), self.road.number.clone());
                    return Some(Question::Road { kind, administrator, number });
                }
                true
            }
            RoadType::WholeCity => filled(&self.street.city_code).map(|_| true)?,
            RoadType::Zone => {
                let label = filled(&self.zone.label).unwrap_or_else(|| "-".to_owned());
                self.zone.geometry()?;
                input.zone = Some(ZoneInput { label: Some(label), geometry: filled(&self.zone.geometry) });
                true
            }
        };
        // The same place has the same answer, whatever its identifier.
        input.uuid = None;
        Some(Question::Location { input: Box::new(input), complete })
    }

    /// What only the form knows to be wrong; paths are those of the location.
    pub fn local_errors(&self, known: &StreetKnowledge) -> Vec<FieldError> {
        match self.kind {
            RoadType::Lane if !self.street.whole => SIDES
                .into_iter()
                .zip(&self.street.bounds)
                .filter_map(|(side, bound)| bound.error(side, known))
                .map(|error| FieldError { path: format!("namedStreet.{}", error.path), ..error })
                .collect(),
            RoadType::DepartmentalRoad | RoadType::NationalRoad => {
                let section = super::labels::road_type_word(self.kind);
                let errors = self.road.errors().into_iter();
                errors.map(|error| FieldError { path: format!("{section}.{}", error.path), ..error }).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// What to ask the server to see where a location is.
#[derive(Clone, Debug, PartialEq)]
pub enum Question {
    /// The very computation that saving does.
    Location {
        /// The location.
        input: Box<LocationInput>,
        /// False when the whole street stands for a section that is not complete.
        complete: bool,
    },
    /// The whole of a numbered road, to see where its bounds can be.
    Road {
        /// `departmentalRoad` or `nationalRoad`.
        kind: &'static str,
        /// Who manages it.
        administrator: String,
        /// Its number.
        number: String,
    },
}

#[cfg(test)]
mod tests;
