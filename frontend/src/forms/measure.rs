use chrono::{DateTime, Utc};
use dialog_domain::{
    Location, Measure, MeasureId, MeasureType, Violation,
    input::MeasureInput,
    rules::{self, Context, Face},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    FieldError, LocationDraft, PeriodDraft, VehiclesDraft,
    numbers::{filled, integer},
    street::StreetKnowledge,
    vehicles::NOT_A_NUMBER,
};

/// A measure as typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MeasureDraft {
    /// Everything but where.
    pub head: HeadDraft,
    /// Where; what stays free in a whole city follows it.
    pub locations: Vec<LocationDraft>,
}

/// A measure as typed, but where it applies.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct HeadDraft {
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
    /// For whom.
    pub vehicles: VehiclesDraft,
    /// When.
    pub periods: Vec<PeriodDraft>,
    /// The next key that is free.
    pub next_key: u32,
}

impl MeasureDraft {
    /// A new measure: one empty period and one empty location.
    pub fn new(permanent: bool) -> Self {
        let mut head = HeadDraft { permanent, ..HeadDraft::default() };
        head.add_period();
        let location = LocationDraft::new(head.take_key(), None);
        Self { head, locations: vec![location] }
    }

    /// What a measure says now.
    pub fn of(measure: &Measure, permanent: bool) -> Self {
        let mut head = HeadDraft {
            id: Some(measure.id),
            created_at: Some(measure.created_at),
            permanent,
            kind: measure.kind.as_str().to_owned(),
            max_speed: measure.max_speed_kmh.map(|speed| speed.to_string()).unwrap_or_default(),
            vehicles: VehiclesDraft::of(&measure.vehicle_set),
            ..HeadDraft::default()
        };
        for period in &measure.periods {
            let key = head.take_keys(1 + u32::try_from(period.time_slots.len()).unwrap_or(u32::MAX));
            head.periods.push(PeriodDraft::of(period, key));
        }
        let locations =
            measure.locations.iter().flat_map(|location| LocationDraft::of(location, || head.take_key())).collect();
        Self { head, locations }
    }

    /// What is sent.
    pub fn input(&self) -> MeasureInput {
        let own = |key: u32| self.locations.iter().filter(move |location| location.parent == Some(key));
        let locations = self.locations.iter().filter(|location| location.parent.is_none());
        MeasureInput {
            locations: locations.map(|location| location.input(own(location.key))).collect(),
            ..self.head.input()
        }
    }
}

impl HeadDraft {
    /// Whether the speed is asked for.
    pub fn has_speed(&self) -> bool {
        self.kind == MeasureType::SpeedLimitation.as_str()
    }

    /// Adds an empty period.
    pub fn add_period(&mut self) -> u32 {
        let key = self.take_key();
        self.periods.push(PeriodDraft::new(key));
        key
    }

    /// Adds a copy of a period after it; its key.
    pub fn duplicate_period(&mut self, key: u32) -> Option<u32> {
        let index = self.periods.iter().position(|period| period.key == key)?;
        let mut copy = self.periods.get(index)?.clone();
        copy.id = None;
        copy.key = self.take_key();
        for slot in &mut copy.slots {
            slot.key = self.take_key();
        }
        let key = copy.key;
        self.periods.insert(index + 1, copy);
        Some(key)
    }

    /// A period.
    pub fn period(&self, key: u32) -> Option<&PeriodDraft> {
        self.periods.iter().find(|period| period.key == key)
    }

    /// A period, to write it.
    pub fn period_mut(&mut self, key: u32) -> Option<&mut PeriodDraft> {
        self.periods.iter_mut().find(|period| period.key == key)
    }

    /// A key for something new.
    pub const fn take_key(&mut self) -> u32 {
        self.take_keys(1)
    }

    const fn take_keys(&mut self, count: u32) -> u32 {
        let first = self.next_key;
        self.next_key = first.saturating_add(count);
        first
    }

    fn input(&self) -> MeasureInput {
        MeasureInput {
            uuid: self.id,
            kind: filled(&self.kind),
            max_speed: integer(&self.max_speed).filter(|_| self.has_speed()),
            vehicle_set: Some(self.vehicles.input()),
            periods: self.periods.iter().map(|period| period.input(self.permanent)).collect(),
            locations: Vec::new(),
            created_at: self.created_at,
        }
    }

    /// What the rules make of it at this moment: a measure without location. A period is named by its key.
    pub fn check(&self, now: DateTime<Utc>) -> Result<Measure, Vec<FieldError>> {
        let mut new_id = Uuid::nil;
        let mut context = Context { face: Face::Form, new_id: &mut new_id, now };
        rules::measure_without_locations(&self.input(), &mut context)
            .map_err(|violations| violations.iter().map(|violation| self.field_error(violation)).collect())
    }

    fn field_error(&self, violation: &Violation) -> FieldError {
        if violation.path == "maxSpeed" && filled(&self.max_speed).is_some() && integer(&self.max_speed).is_none() {
            return FieldError::new(&violation.path, NOT_A_NUMBER);
        }
        let error = self.vehicles.field_error(violation).unwrap_or_else(|| FieldError::from_violation(violation));
        FieldError { path: self.keyed(&error.path), ..error }
    }

    /// `periods[0].startDate` with the key of the period instead of its place.
    fn keyed(&self, path: &str) -> String {
        let found = path.strip_prefix("periods[").and_then(|rest| {
            let (index, rest) = rest.split_once(']')?;
            Some((self.periods.get(index.parse::<usize>().ok()?)?.key, rest))
        });
        found.map_or_else(|| path.to_owned(), |(key, rest)| format!("periods[{key}]{rest}"))
    }
}

/// What the rules make of a location at this moment; paths are those of the location.
pub fn check_location<'a>(
    location: &LocationDraft,
    exceptions: impl Iterator<Item = &'a LocationDraft>,
    known: &StreetKnowledge,
    now: DateTime<Utc>,
) -> Result<Location, Vec<FieldError>> {
    let mut new_id = Uuid::nil;
    let mut context = Context { face: Face::Form, new_id: &mut new_id, now };
    let checked = rules::location(&location.input(exceptions), &mut context);
    let mut errors = match &checked {
        Ok(_) => Vec::new(),
        Err(violations) => violations.iter().map(FieldError::from_violation).collect(),
    };
    errors.extend(location.local_errors(known));
    match checked {
        Ok(location) if errors.is_empty() => Ok(location),
        _ => Err(errors),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(draft: &HeadDraft) -> Vec<String> {
        draft.check(DateTime::UNIX_EPOCH).unwrap_err().into_iter().map(|error| error.path).collect()
    }

    fn rosiers() -> MeasureDraft {
        let mut draft = MeasureDraft::new(false);
        draft.head.kind = "noEntry".to_owned();
        draft.head.vehicles.everybody = Some(false);
        draft.head.vehicles.kinds = vec!["heavyGoodsVehicle".to_owned()];
        draft.head.vehicles.weight = "3,5".to_owned();
        draft.head.periods[0].set_start_date("2026-12-01".to_owned());
        let street = &mut draft.locations[0].street;
        street.choose_city("75104".to_owned(), "Paris 4e".to_owned());
        street.choose_street("75104_8297".to_owned(), "Rue des Rosiers".to_owned());
        draft
    }

    fn whole(draft: &MeasureDraft) -> Measure {
        let known = StreetKnowledge::default();
        let locations = draft
            .locations
            .iter()
            .map(|location| check_location(location, std::iter::empty(), &known, DateTime::UNIX_EPOCH).unwrap());
        let locations = locations.collect();
        Measure { locations, ..draft.head.check(DateTime::UNIX_EPOCH).unwrap() }
    }

    #[test]
    fn an_empty_form_points_at_its_fields() {
        let draft = MeasureDraft::new(false);
        let mut paths = paths(&draft.head);
        let location = &draft.locations[0];
        let known = StreetKnowledge::default();
        let errors = check_location(location, std::iter::empty(), &known, DateTime::UNIX_EPOCH).unwrap_err();
        paths.extend(errors.into_iter().map(|error| error.path));
        for path in [
            "type",
            "vehicleSet.allVehicles",
            "periods[0].startDate",
            "periods[0].endDate",
            "namedStreet.cityLabel",
            "namedStreet.roadName",
        ] {
            assert!(paths.iter().any(|other| other == path), "{path} is not in {paths:?}");
        }
    }

    #[test]
    fn a_weight_is_required_and_must_be_a_number() {
        let mut draft = rosiers().head;
        draft.vehicles.weight.clear();
        assert_eq!(paths(&draft), ["vehicleSet.heavyweightMaxWeight"]);
        draft.vehicles.weight = "lourd".to_owned();
        let errors = draft.check(DateTime::UNIX_EPOCH).unwrap_err();
        assert_eq!(errors[0].message, "Écrivez un nombre.");
    }

    #[test]
    fn a_size_without_any_measure_is_told_on_the_sizes() {
        let mut draft = rosiers().head;
        draft.vehicles.kinds = vec!["dimensions".to_owned()];
        assert_eq!(paths(&draft), ["vehicleSet.maxWidth"]);
        draft.vehicles.height = "haut".to_owned();
        assert_eq!(paths(&draft), ["vehicleSet.maxHeight"]);
        draft.vehicles.height = "2,5 m".to_owned();
        assert!(draft.check(DateTime::UNIX_EPOCH).is_ok());
    }

    #[test]
    fn an_end_before_the_start_is_told_on_the_end_of_its_period_wherever_it_is() {
        let mut draft = rosiers().head;
        let key = draft.duplicate_period(draft.periods[0].key).unwrap();
        draft.period_mut(key).unwrap().end_date = "2026-11-30".to_owned();
        draft.periods.remove(0);
        assert_eq!(paths(&draft), [format!("periods[{key}].endDate")]);
    }

    #[test]
    fn editing_a_measure_and_saving_it_unchanged_sends_it_back() {
        let measure = whole(&rosiers());
        assert_eq!(whole(&MeasureDraft::of(&measure, false)), measure);
    }

    #[test]
    fn a_copy_kept_by_the_browser_comes_back_whole() {
        let draft = rosiers();
        let text = serde_json::to_string(&draft).unwrap();
        assert_eq!(serde_json::from_str::<MeasureDraft>(&text).unwrap(), draft);
    }

    #[test]
    fn a_copied_period_is_a_new_period() {
        let mut draft = rosiers().head;
        let key = draft.periods[0].key;
        draft.duplicate_period(key);
        assert_eq!(draft.periods[1].start_date, draft.periods[0].start_date);
        assert_ne!(draft.periods[1].key, key);
        assert_eq!(draft.periods[1].id, None);
    }
}
