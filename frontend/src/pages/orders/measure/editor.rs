use chrono::{DateTime, Utc};
use dialog_api_types::roads::ReferencePointItem;
use dialog_domain::{Geometry, Location, Measure, RoadType, input::MeasureInput};
use leptos::prelude::*;

use crate::forms::{
    BoundDraft, FieldError, FormState, HeadDraft, LocationDraft, MeasureDraft, Model, PeriodDraft, errors::Part,
    measure::check_location, model, preview::Preview, street::StreetKnowledge, text,
};

/// What the parts of the form share.
#[derive(Clone, Copy)]
pub struct Editor {
    /// What is typed, but the locations.
    pub head: RwSignal<HeadDraft>,
    /// The locations, and what stays free in whole cities, in order.
    pub cells: RwSignal<Vec<Cell>>,
    /// What the rules make of the measure without its locations.
    pub checked: Memo<Result<Measure, Vec<FieldError>>>,
    /// Which mistakes are shown.
    pub form: FormState,
    /// Counts the geometries found: the map then shows the whole.
    pub found: RwSignal<u32>,
    /// Location that is being drawn.
    pub drawing: RwSignal<Option<u32>>,
    /// Location to which what is drawn belongs: the map tells the end of a drawing once it is over.
    pub drawn: StoredValue<Option<u32>>,
    /// Counts the points to forget.
    pub undo: RwSignal<u32>,
    /// Location and bound whose place is being pointed at on the map.
    pub picking: RwSignal<Option<(u32, usize)>>,
    /// Location in which the person is.
    pub current: RwSignal<Option<u32>>,
    /// What was just removed, to be put back.
    pub removed: RwSignal<Option<Removed>>,
    /// Whether the order is about winter: national roads then have waiting areas.
    pub is_winter: StoredValue<bool>,
    now: DateTime<Utc>,
    owner: StoredValue<Owner>,
}

/// Something that was removed.
#[derive(Clone)]
pub struct Removed {
    /// Path of the list in which it was.
    pub list: String,
    /// What it was called.
    pub name: String,
    what: Gone,
}

#[derive(Clone)]
enum Gone {
    Period(usize, PeriodDraft),
    /// A location and what stays free in it, each with its place.
    Cells(Vec<(usize, Cell)>),
}

/// A location of the form.
#[derive(Clone, Copy, PartialEq)]
pub struct Cell {
    /// Its key.
    pub key: u32,
    /// The whole city in which it stays free.
    pub parent: Option<u32>,
    /// What is typed.
    pub draft: RwSignal<LocationDraft>,
    /// What is known of its street.
    pub known: RwSignal<StreetKnowledge>,
    /// Reference points of its road.
    pub points: RwSignal<Vec<ReferencePointItem>>,
    /// What is known of where it is.
    pub preview: RwSignal<Preview>,
    /// Where it is; the last geometry stays while the next one is awaited.
    pub geometry: RwSignal<Option<Geometry>>,
    /// What the server could not find, on the fields that say it.
    pub lost: RwSignal<Vec<FieldError>>,
    /// What the rules make of it.
    pub checked: Memo<Result<Location, Vec<FieldError>>>,
    /// Which of its mistakes are shown.
    pub form: FormState,
}

impl Editor {
    /// Nothing is known of the locations yet.
    pub fn new(draft: MeasureDraft, is_winter: bool, now: DateTime<Utc>) -> Self {
        let MeasureDraft { head, locations } = draft;
        let head = RwSignal::new(head);
        let cells = RwSignal::new(Vec::new());
        let checked = Memo::new(move |_| head.with(|head| head.check(now)));
        let live = Memo::new(move |_| {
            let mut errors = checked.with(|checked| checked.as_ref().err().cloned().unwrap_or_default());
            if cells.with(Vec::is_empty) {
                errors.push(FieldError::new("locations", "Indiquez au moins une localisation."));
            }
            errors
        });
        let editor = Self {
            head,
            cells,
            checked,
            form: FormState::new(live.into()),
            found: RwSignal::new(0),
            drawing: RwSignal::new(None),
            drawn: StoredValue::new(None),
            undo: RwSignal::new(0),
            picking: RwSignal::new(None),
            current: RwSignal::new(None),
            removed: RwSignal::new(None),
            is_winter: StoredValue::new(is_winter),
            now,
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        };
        cells.set(locations.into_iter().map(|location| editor.cell(location)).collect());
        let parts = Memo::new(move |_| editor.parts());
        Effect::new(move || editor.form.set_parts(parts.get()));
        editor
    }

    /// The signals of a location; they live as long as the form, whoever asks for them.
    fn cell(self, location: LocationDraft) -> Cell {
        self.owner.get_value().with(|| {
            let (key, parent) = (location.key, location.parent);
            let draft = RwSignal::new(location);
            let known = RwSignal::new(StreetKnowledge::default());
            let lost = RwSignal::new(Vec::<FieldError>::new());
            let checked = Memo::new(move |_| {
                let free =
                    if draft.with(|draft| draft.kind == RoadType::WholeCity) { self.free_in(key) } else { Vec::new() };
                let free: Vec<_> = free.iter().map(|cell| cell.draft.get()).collect();
                draft.with(|draft| known.with(|known| check_location(draft, free.iter(), known, self.now)))
            });
            let live = Memo::new(move |_| {
                let own = checked.with(|checked| checked.as_ref().err().cloned().unwrap_or_default());
                own.into_iter()
                    // What stays free in a city says its own mistakes.
                    .filter(|error| !error.path.starts_with("wholeCity.exceptions["))
                    .chain(lost.get())
                    .map(|error| FieldError { path: format!("locations[{key}].{}", error.path), ..error })
                    .collect::<Vec<_>>()
            });
            Cell {
                key,
                parent,
                draft,
                known,
                points: RwSignal::new(Vec::new()),
                preview: RwSignal::new(Preview::Incomplete),
                geometry: RwSignal::new(None),
                lost,
                checked,
                form: self.form.part(live.into()),
            }
        })
    }

    /// Where each part of the form is now.
    fn parts(self) -> Vec<Part> {
        let mut parts: Vec<Part> = self.head.with(|head| {
            let numbered = head.periods.iter().enumerate();
            let part = |(rank, period): (usize, &PeriodDraft)| Part {
                key: format!("periods[{}]", period.key),
                place: format!("periods[{rank}]"),
                form: None,
            };
            numbered.map(part).collect()
        });
        for (rank, cell) in self.locations().into_iter().enumerate() {
            let place = format!("locations[{rank}]");
            let free = self.free_in(cell.key).into_iter().enumerate();
            let free = free.map(|(rank, cell)| (cell, format!("{place}.wholeCity.exceptions[{rank}]")));
            let cells: Vec<_> = [(cell, place.clone())].into_iter().chain(free).collect();
            parts.extend(cells.into_iter().map(|(cell, place)| Part {
                key: cell.path(),
                place,
                form: Some(cell.form),
            }));
        }
        parts
    }

    /// The locations, without what stays free in them.
    pub fn locations(self) -> Vec<Cell> {
        self.cells.with(|cells| cells.iter().copied().filter(|cell| cell.parent.is_none()).collect())
    }

    /// What stays free in a whole city.
    pub fn free_in(self, key: u32) -> Vec<Cell> {
        self.cells.with(|cells| cells.iter().copied().filter(|cell| cell.parent == Some(key)).collect())
    }

    /// A location.
    pub fn find(self, key: u32) -> Option<Cell> {
        self.cells.with_untracked(|cells| cells.iter().copied().find(|cell| cell.key == key))
    }

    fn take_key(self) -> u32 {
        self.head.try_update(HeadDraft::take_key).unwrap_or_default()
    }

    /// Adds a location like the last one.
    pub fn add_location(self) -> Cell {
        let key = self.take_key();
        let last = untrack(|| self.locations().last().copied());
        let draft = LocationDraft::new(key, last.map(|cell| cell.draft.get_untracked()).as_ref());
        self.push(draft)
    }

    /// Adds something that stays free in a whole city.
    pub fn add_free(self, city: Cell) -> Cell {
        let key = self.take_key();
        let draft = city.draft.with_untracked(|city| LocationDraft::exception(key, city));
        self.push(draft)
    }

    fn push(self, draft: LocationDraft) -> Cell {
        let cell = self.cell(draft);
        self.cells.update(|cells| cells.push(cell));
        cell
    }

    /// Removes a location and what stays free in it; `list` is the path of its list, `name` what it is called there.
    pub fn remove(self, key: u32, list: &str, name: String) {
        if self.drawing.get_untracked() == Some(key) {
            self.forget_drawing();
        }
        let goes = |cell: &Cell| cell.key == key || cell.parent == Some(key);
        let gone = self.cells.with_untracked(|cells| {
            cells.iter().copied().enumerate().filter(|(_, cell)| goes(cell)).collect::<Vec<_>>()
        });
        self.cells.update(|cells| cells.retain(|cell| !goes(cell)));
        self.removed.set(Some(Removed { list: list.to_owned(), name, what: Gone::Cells(gone) }));
    }

    /// Removes a period.
    pub fn remove_period(self, key: u32, name: String) {
        let gone = self.head.try_update(|head| {
            let at = head.periods.iter().position(|period| period.key == key)?;
            Some((at, head.periods.remove(at)))
        });
        if let Some((at, period)) = gone.flatten() {
            self.removed.set(Some(Removed { list: "periods".to_owned(), name, what: Gone::Period(at, period) }));
        }
    }

    /// Puts back what was removed last, where it was; the path of its first field.
    pub fn put_back(self) -> Option<String> {
        let Removed { what, .. } = self.removed.try_update(Option::take).flatten()?;
        match what {
            Gone::Period(at, period) => {
                let field = format!("periods[{}].startDate", period.key);
                self.head.update(|head| head.periods.insert(at.min(head.periods.len()), period));
                Some(field)
            }
            Gone::Cells(gone) => {
                let field = gone.first().map(|(_, cell)| format!("{}.roadType", cell.path()));
                self.cells.update(|cells| {
                    for (at, cell) in gone {
                        cells.insert(at.min(cells.len()), cell);
                    }
                });
                field
            }
        }
    }

    /// Ends the drawing under way without what it drew.
    pub fn forget_drawing(self) {
        self.drawn.set_value(None);
        self.drawing.set(None);
    }

    /// Everything that is typed; follows every change when it is tracked.
    pub fn draft(self) -> MeasureDraft {
        let locations = self.cells.get().into_iter().map(|cell| cell.draft.get()).collect();
        MeasureDraft { head: self.head.get(), locations }
    }

    /// What is sent.
    pub fn input(self) -> MeasureInput {
        untrack(|| self.draft().input())
    }

    /// The measure, when the rules have nothing against it.
    pub fn measure(self) -> Option<Measure> {
        let locations = self.locations().into_iter().map(|cell| cell.checked.get().ok());
        let locations = locations.collect::<Option<Vec<_>>>().filter(|locations| !locations.is_empty())?;
        Some(Measure { locations, ..self.checked.get().ok()? })
    }

    /// A part of a period.
    pub fn period<V: Default + PartialEq + Send + Sync + 'static>(
        self,
        key: u32,
        read: fn(&PeriodDraft) -> V,
        write: fn(&mut PeriodDraft, V),
    ) -> Model<V> {
        model(
            self.head,
            move |head| head.period(key).map(read).unwrap_or_default(),
            move |head, value| {
                if let Some(period) = head.period_mut(key) {
                    write(period, value);
                }
            },
        )
    }
}

impl Cell {
    /// What the paths of its fields begin with.
    pub fn path(self) -> String {
        format!("locations[{}]", self.key)
    }

    /// Path of one of its fields.
    pub fn at(self, field: &str) -> Signal<String> {
        Signal::stored(format!("{}.{field}", self.path()))
    }

    /// A text of it.
    pub fn text(self, read: fn(&LocationDraft) -> String, write: fn(&mut LocationDraft, String)) -> Model<String> {
        text(self.draft, read, write)
    }

    /// A text of a bound of its street.
    pub fn bound(
        self,
        side: usize,
        read: fn(&BoundDraft) -> String,
        write: fn(&mut BoundDraft, String),
    ) -> Model<String> {
        model(
            self.draft,
            move |draft| draft.street.bounds.get(side).map(read).unwrap_or_default(),
            move |draft, value| draft.street.set_bound(side, |bound| write(bound, value)),
        )
    }
}
