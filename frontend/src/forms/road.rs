use dialog_domain::{NumberedRoad, ReferencePointBound, RoadSide, input::NumberedRoadInput};
use serde::{Deserialize, Serialize};

use super::{
    FieldError,
    numbers::{filled, integer},
    street::SIDES,
    vehicles::NOT_A_NUMBER,
};

/// A numbered road as typed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RoadDraft {
    /// Who manages it.
    pub administrator: String,
    /// Its number, chosen in the list.
    pub number: String,
    /// Bounds A and B.
    pub bounds: [RoadBoundDraft; 2],
    /// `BOTH`, `A_TO_B`, `B_TO_A`; nothing: both.
    pub direction: String,
    /// Identifier of the waiting area of lorries, or nothing.
    pub storage_area: String,
    /// GeoJSON text that was sent with the road.
    pub geometry: String,
}

/// A bound of a numbered road as typed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RoadBoundDraft {
    /// Département and number of the reference point (`22##12`), or its number.
    pub point: String,
    /// The same as it is shown.
    pub label: String,
    /// `U`, `D` or `G`.
    pub side: String,
    /// Metres from the point.
    pub abscissa: String,
}

impl RoadDraft {
    /// What a road says now.
    pub fn of(road: &NumberedRoad) -> Self {
        Self {
            administrator: road.administrator.clone(),
            number: road.road_number.clone(),
            bounds: [RoadBoundDraft::of(&road.from), RoadBoundDraft::of(&road.to)],
            direction: super::street::direction_word(road.direction).to_owned(),
            storage_area: road.storage_area_id.map(|id| id.to_string()).unwrap_or_default(),
            geometry: road.geometry.as_ref().map(ToString::to_string).unwrap_or_default(),
        }
    }

    /// Chooses who manages it; another one empties the rest.
    pub fn choose_administrator(&mut self, name: String) {
        if name != self.administrator {
            *self = Self { administrator: name, direction: std::mem::take(&mut self.direction), ..Self::default() };
        }
    }

    /// Chooses the road; another one empties its bounds.
    pub fn choose_road(&mut self, number: String) {
        if number != self.number {
            self.bounds = Default::default();
            self.storage_area.clear();
            self.geometry.clear();
            self.number = number;
        }
    }

    /// Writes a bound.
    pub fn set_bound(&mut self, side: usize, write: impl FnOnce(&mut RoadBoundDraft)) {
        if let Some(bound) = self.bounds.get_mut(side) {
            write(bound);
            self.geometry.clear();
        }
    }

    /// What is sent.
    pub fn input(&self) -> NumberedRoadInput {
        let [from, to] = &self.bounds;
        let [(from_department_code, from_point_number), (to_department_code, to_point_number)] =
            [from.split(), to.split()];
        NumberedRoadInput {
            administrator: filled(&self.administrator),
            road_number: filled(&self.number),
            from_point_number,
            from_department_code,
            from_side: filled(&from.side),
            from_abscissa: metres(&from.abscissa),
            to_point_number,
            to_department_code,
            to_side: filled(&to.side),
            to_abscissa: metres(&to.abscissa),
            storage_area_uuid: self.storage_area.parse().ok(),
            direction: super::street::direction(&self.direction),
            geometry: filled(&self.geometry),
        }
    }

    /// Whether both bounds are told.
    pub fn is_complete(&self) -> bool {
        self.bounds.iter().all(|bound| filled(&bound.point).is_some() && filled(&bound.side).is_some())
    }

    /// What the rules cannot know: a number of metres that cannot be read.
    pub fn errors(&self) -> Vec<FieldError> {
        let unread = |bound: &RoadBoundDraft| filled(&bound.abscissa).is_some() && metres(&bound.abscissa).is_none();
        let bounds = SIDES.into_iter().zip(&self.bounds).filter(|(_, bound)| unread(bound));
        bounds.map(|(side, _)| FieldError::new(&format!("{side}Abscissa"), NOT_A_NUMBER)).collect()
    }
}

fn metres(text: &str) -> Option<i32> {
    integer(text.trim().trim_end_matches('m')).and_then(|metres| i32::try_from(metres).ok())
}

impl RoadBoundDraft {
    fn of(bound: &ReferencePointBound) -> Self {
        let number = &bound.point_number;
        let (point, label) = match &bound.department_code {
            Some(department) => (format!("{department}##{number}"), format!("{number} (dép {department})")),
            None => (number.clone(), number.clone()),
        };
        let abscissa = if bound.abscissa_m == 0 { String::new() } else { bound.abscissa_m.to_string() };
        Self { point, label, side: side_word(bound.side).to_owned(), abscissa }
    }

    fn split(&self) -> (Option<String>, Option<String>) {
        match self.point.split_once("##") {
            Some((department, number)) => (filled(department), filled(number)),
            None => (None, filled(&self.point)),
        }
    }
}

/// The word of a carriageway on the wire.
pub const fn side_word(side: RoadSide) -> &'static str {
    match side {
        RoadSide::U => "U",
        RoadSide::D => "D",
        RoadSide::G => "G",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_point_keeps_its_departement() {
        let mut road =
            RoadDraft { administrator: "Ardèche".to_owned(), number: "D2".to_owned(), ..RoadDraft::default() };
        road.set_bound(0, |bound| bound.point = "07##0".to_owned());
        let input = road.input();
        assert_eq!(
            (input.from_department_code.as_deref(), input.from_point_number.as_deref()),
            (Some("07"), Some("0"))
        );
        assert_eq!(input.from_abscissa, None);
        road.set_bound(1, |bound| bound.abscissa = "-20 m".to_owned());
        assert_eq!(road.input().to_abscissa, Some(-20));
        road.set_bound(1, |bound| bound.abscissa = "loin".to_owned());
        assert_eq!(road.errors()[0].path, "toAbscissa");
    }

    #[test]
    fn another_manager_empties_the_road() {
        let mut road = RoadDraft { administrator: "Ain".to_owned(), number: "D2".to_owned(), ..RoadDraft::default() };
        road.choose_administrator("Ardèche".to_owned());
        assert_eq!(road.number, "");
    }
}
