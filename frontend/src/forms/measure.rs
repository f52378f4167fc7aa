use chrono::{DateTime, Utc};
use dialog_domain::{
    Measure, MeasureId, MeasureType, RestrictedVehicles, VehicleSet, Violation,
    input::{MeasureInput, VehicleSetInput},
    rules::{self, Context, Face},
};
use uuid::Uuid;

use super::{
    FieldError, LocationDraft, PeriodDraft,
    numbers::{decimal, decimal_text, filled, integer},
};

/// A measure as typed.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasureDraft {
    /// The measure that is being edited.
    pub id: Option<MeasureId>,
    /// When it was first written.
    pub created_at: Option<DateTime<Utc>>,
    /// Whether the order is permanent: its periods have no end.
    pub permanent: bool,
    /// One of the five kinds, or nothing.
    pub kind: String,
    /// km/h.
    pub max_speed: String,
    /// Everybody, or goods vehicles above a weight; nothing chosen at first.
    pub everybody: Option<bool>,
    /// Tonnes.
    pub weight: String,
    /// When.
    pub periods: Vec<PeriodDraft>,
    /// Where.
    pub locations: Vec<LocationDraft>,
    next_key: u32,
}

impl MeasureDraft {
    /// A new measure: one empty period and one empty location.
    pub fn new(permanent: bool) -> Self {
        let mut draft = Self {
            id: None,
            created_at: None,
            permanent,
            kind: String::new(),
            max_speed: String::new(),
            everybody: None,
            weight: String::new(),
            periods: Vec::new(),
            locations: Vec::new(),
            next_key: 0,
        };
        draft.add_period();
        draft.add_location();
        draft
    }

    /// What a measure says now.
    pub fn of(measure: &Measure, permanent: bool) -> Self {
        let mut draft = Self::new(permanent);
        draft.id = Some(measure.id);
        draft.created_at = Some(measure.created_at);
        draft.kind = measure.kind.as_str().to_owned();
        draft.max_speed = measure.max_speed_kmh.map(|speed| speed.to_string()).unwrap_or_default();
        draft.everybody = Some(measure.vehicle_set.restricted.is_empty());
        draft.weight = weight_of(&measure.vehicle_set).map(decimal_text).unwrap_or_default();
        draft.periods.clear();
        for period in &measure.periods {
            let key = draft.take_keys(1 + u32::try_from(period.time_slots.len()).unwrap_or(u32::MAX));
            draft.periods.push(PeriodDraft::of(period, key));
        }
        draft.locations.clear();
        for location in &measure.locations {
            let key = draft.take_keys(1);
            draft.locations.push(LocationDraft::of(location, key));
        }
        draft
    }

    /// Whether the speed is asked for.
    pub fn has_speed(&self) -> bool {
        self.kind == MeasureType::SpeedLimitation.as_str()
    }

    /// Adds an empty period.
    pub fn add_period(&mut self) -> u32 {
        let key = self.take_keys(1);
        self.periods.push(PeriodDraft::new(key));
        key
    }

    /// Adds a copy of a period after it.
    pub fn duplicate_period(&mut self, key: u32) {
        let Some(index) = self.periods.iter().position(|period| period.key == key) else { return };
        let mut copy = self.periods[index].clone();
        copy.id = None;
        copy.key = self.take_keys(1);
        for slot in &mut copy.slots {
            slot.key = self.take_keys(1);
        }
        self.periods.insert(index + 1, copy);
    }

    /// Adds a location like the last one.
    pub fn add_location(&mut self) -> u32 {
        let key = self.take_keys(1);
        self.locations.push(LocationDraft::new(key, self.locations.last()));
        key
    }

    /// A key for something new.
    pub fn take_key(&mut self) -> u32 {
        self.take_keys(1)
    }

    fn take_keys(&mut self, count: u32) -> u32 {
        let first = self.next_key;
        self.next_key = first.saturating_add(count);
        first
    }

    /// What is sent.
    pub fn input(&self) -> MeasureInput {
        MeasureInput {
            uuid: self.id,
            kind: filled(&self.kind),
            max_speed: integer(&self.max_speed).filter(|_| self.has_speed()),
            vehicle_set: Some(self.vehicles()),
            periods: self.periods.iter().map(|period| period.input(self.permanent)).collect(),
            locations: self.locations.iter().map(LocationDraft::input).collect(),
            created_at: self.created_at,
        }
    }

    fn vehicles(&self) -> VehicleSetInput {
        let some = self.everybody == Some(false);
        VehicleSetInput {
            // Nothing chosen is the same mistake as "some vehicles" without any.
            all_vehicles: Some(self.everybody == Some(true)),
            restricted_types: if some { vec!["heavyGoodsVehicle".to_owned()] } else { Vec::new() },
            heavyweight_max_weight: decimal(&self.weight).filter(|_| some),
            ..VehicleSetInput::default()
        }
    }

    /// What the rules make of it at this moment.
    pub fn check(&self, now: DateTime<Utc>) -> Result<Measure, Vec<FieldError>> {
        let mut new_id = Uuid::nil;
        let mut context = Context { face: Face::Form, new_id: &mut new_id, now };
        let checked = rules::measure(&self.input(), &mut context);
        let mut errors = match &checked {
            Ok(_) => Vec::new(),
            Err(violations) => violations.iter().map(|violation| self.field_error(violation)).collect(),
        };
        for (index, location) in self.locations.iter().enumerate() {
            errors.extend(location.local_errors(&format!("locations[{index}]")));
        }
        match checked {
            Ok(measure) if errors.is_empty() => Ok(measure),
            _ => Err(errors),
        }
    }

    /// A number that cannot be read is missing for the rules; the person is told what is wrong with it.
    fn field_error(&self, violation: &Violation) -> FieldError {
        let unreadable = match violation.path.as_str() {
            "maxSpeed" => filled(&self.max_speed).is_some() && integer(&self.max_speed).is_none(),
            "vehicleSet.heavyweightMaxWeight" => filled(&self.weight).is_some() && decimal(&self.weight).is_none(),
            "vehicleSet.restrictedTypes" if self.everybody.is_none() => {
                return FieldError::new(&violation.path, "Indiquez les véhicules concernés.");
            }
            _ => false,
        };
        if unreadable {
            FieldError::new(&violation.path, "Écrivez un nombre.")
        } else {
            FieldError::from_violation(violation)
        }
    }
}

fn weight_of(vehicles: &VehicleSet) -> Option<f64> {
    vehicles.restricted.iter().find_map(|kind| match kind {
        RestrictedVehicles::HeavyGoodsVehicle { max_weight_t } => *max_weight_t,
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(draft: &MeasureDraft) -> Vec<String> {
        draft.check(DateTime::UNIX_EPOCH).unwrap_err().into_iter().map(|error| error.path).collect()
    }

    fn rosiers() -> MeasureDraft {
        let mut draft = MeasureDraft::new(false);
        draft.kind = "noEntry".to_owned();
        draft.everybody = Some(false);
        draft.weight = "3,5".to_owned();
        draft.periods[0].set_start_date("2026-12-01".to_owned());
        let street = &mut draft.locations[0].street;
        street.choose_city("75104".to_owned(), "Paris 4e".to_owned());
        street.choose_street("75104_8297".to_owned(), "Rue des Rosiers".to_owned());
        draft
    }

    #[test]
    fn an_empty_form_points_at_its_fields() {
        let paths = paths(&MeasureDraft::new(false));
        for path in [
            "type",
            "vehicleSet.allVehicles",
            "periods[0].startDate",
            "periods[0].endDate",
            "locations[0].namedStreet.cityLabel",
            "locations[0].namedStreet.roadName",
        ] {
            assert!(paths.iter().any(|other| other == path), "{path} is not in {paths:?}");
        }
    }

    #[test]
    fn a_complete_form_becomes_the_measure_it_describes() {
        let measure = rosiers().check(DateTime::UNIX_EPOCH).unwrap();
        assert_eq!(measure.kind, MeasureType::NoEntry);
        assert_eq!(weight_of(&measure.vehicle_set), Some(3.5));
    }

    #[test]
    fn a_weight_is_required_and_must_be_a_number() {
        let mut draft = rosiers();
        draft.weight.clear();
        assert_eq!(paths(&draft), ["vehicleSet.heavyweightMaxWeight"]);
        draft.weight = "lourd".to_owned();
        let errors = draft.check(DateTime::UNIX_EPOCH).unwrap_err();
        assert_eq!(errors[0].message, "Écrivez un nombre.");
    }

    #[test]
    fn an_end_before_the_start_is_told_on_the_end() {
        let mut draft = rosiers();
        draft.periods[0].end_date = "2026-11-30".to_owned();
        assert_eq!(paths(&draft), ["periods[0].endDate"]);
    }

    #[test]
    fn editing_a_measure_and_saving_it_unchanged_sends_it_back() {
        let measure = rosiers().check(DateTime::UNIX_EPOCH).unwrap();
        let again = MeasureDraft::of(&measure, false).check(DateTime::UNIX_EPOCH).unwrap();
        assert_eq!(again, measure);
    }

    #[test]
    fn a_new_location_is_in_the_commune_of_the_last_one() {
        let mut draft = rosiers();
        draft.add_location();
        assert_eq!(draft.locations[1].street.city_code, "75104");
        assert_eq!(draft.locations[1].street.road_name, "");
        assert_ne!(draft.locations[0].key, draft.locations[1].key);
    }

    #[test]
    fn a_copied_period_is_a_new_period() {
        let mut draft = rosiers();
        let key = draft.periods[0].key;
        draft.duplicate_period(key);
        assert_eq!(draft.periods[1].start_date, draft.periods[0].start_date);
        assert_ne!(draft.periods[1].key, key);
        assert_eq!(draft.periods[1].id, None);
    }
}
