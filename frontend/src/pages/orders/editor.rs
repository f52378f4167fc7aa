use std::collections::BTreeMap;

use dialog_domain::Geometry;
use leptos::prelude::*;

use crate::forms::{LocationDraft, MeasureDraft, Model, PeriodDraft, model, preview::Preview};

/// What the parts of the form share.
#[derive(Clone, Copy)]
pub struct Editor {
    /// What is typed.
    pub draft: RwSignal<MeasureDraft>,
    /// What is known of where each location is.
    pub previews: RwSignal<BTreeMap<u32, Preview>>,
    /// The last geometry of each location: it stays while the next one is awaited.
    pub geometries: RwSignal<BTreeMap<u32, Geometry>>,
    /// Counts the geometries found: the map then shows the whole.
    pub found: RwSignal<u32>,
    /// Location that is being drawn.
    pub drawing: RwSignal<Option<u32>>,
    /// Counts the points to forget.
    pub undo: RwSignal<u32>,
    /// Location in which the person is.
    pub current: RwSignal<Option<String>>,
}

impl Editor {
    /// Nothing is known of the locations yet.
    pub fn new(draft: MeasureDraft) -> Self {
        Self {
            draft: RwSignal::new(draft),
            previews: RwSignal::new(BTreeMap::new()),
            geometries: RwSignal::new(BTreeMap::new()),
            found: RwSignal::new(0),
            drawing: RwSignal::new(None),
            undo: RwSignal::new(0),
            current: RwSignal::new(None),
        }
    }

    /// A part of a period.
    pub fn period<V: Default + PartialEq + Send + Sync + 'static>(
        self,
        key: u32,
        read: impl Fn(&PeriodDraft) -> V + Send + Sync + 'static,
        write: impl Fn(&mut PeriodDraft, V) + Send + Sync + 'static,
    ) -> Model<V> {
        model(
            self.draft,
            move |draft| draft.periods.iter().find(|period| period.key == key).map(&read).unwrap_or_default(),
            move |draft, value| {
                if let Some(period) = draft.periods.iter_mut().find(|period| period.key == key) {
                    write(period, value);
                }
            },
        )
    }

    /// A part of a location.
    pub fn location<V: Default + PartialEq + Send + Sync + 'static>(
        self,
        key: u32,
        read: impl Fn(&LocationDraft) -> V + Send + Sync + 'static,
        write: impl Fn(&mut LocationDraft, V) + Send + Sync + 'static,
    ) -> Model<V> {
        model(
            self.draft,
            move |draft| draft.locations.iter().find(|location| location.key == key).map(&read).unwrap_or_default(),
            move |draft, value| {
                if let Some(location) = draft.locations.iter_mut().find(|location| location.key == key) {
                    write(location, value);
                }
            },
        )
    }

    /// Path of a period: its place may change.
    pub fn period_path(self, key: u32) -> Signal<String> {
        let draft = self.draft;
        Memo::new(move |_| {
            let index = draft.with(|draft| draft.periods.iter().position(|period| period.key == key));
            index.map(|index| format!("periods[{index}]")).unwrap_or_default()
        })
        .into()
    }

    /// Path of a location: its place may change.
    pub fn location_path(self, key: u32) -> Signal<String> {
        let draft = self.draft;
        Memo::new(move |_| {
            let index = draft.with(|draft| draft.locations.iter().position(|location| location.key == key));
            index.map(|index| format!("locations[{index}]")).unwrap_or_default()
        })
        .into()
    }
}

/// Path of a field below another one.
pub fn below(path: Signal<String>, field: &'static str) -> Signal<String> {
    Signal::derive(move || format!("{}.{field}", path.get()))
}
