use std::collections::HashSet;

use dialog_api_types::app::{MeasureTexts, OrderView};
use dialog_domain::MeasureId;
use leptos::{ev, prelude::*};

use crate::browser;

/// Where measures are folded: what is narrower than a tablet.
const NARROW: &str = "(max-width: 47.99em)";

/// What a phone shows of a long page: everything stays on a wider screen, and on paper.
#[derive(Clone, Copy)]
pub struct Folding {
    /// Whether the screen is that of a phone.
    pub is_narrow: ReadSignal<bool>,
    opened: RwSignal<HashSet<MeasureId>>,
}

impl Folding {
    /// The only measure of an order is shown; of several, each waits behind its title.
    pub fn new(order: Option<&OrderView>) -> Self {
        let (is_narrow, set) = signal(browser::matches_media(NARROW));
        let resized = window_event_listener(ev::resize, move |_| {
            let now = browser::matches_media(NARROW);
            if is_narrow.try_get_untracked() == Some(!now) {
                set.set(now);
            }
        });
        on_cleanup(move || resized.remove());
        let only = order.map(|order| &order.content.measures).filter(|measures| measures.len() == 1);
        let opened = only.into_iter().flatten().map(|measure| measure.id).collect();
        Self { is_narrow, opened: RwSignal::new(opened) }
    }

    /// Whether a phone shows this measure.
    pub fn is_open(self, measure: MeasureId) -> bool {
        self.opened.with(|opened| opened.contains(&measure))
    }

    /// Shows a measure.
    pub fn open(self, measure: MeasureId) {
        if !self.opened.with_untracked(|opened| opened.contains(&measure)) {
            self.opened.update(|opened| {
                opened.insert(measure);
            });
        }
    }

    /// Shows a measure that was folded, folds one that was shown.
    pub fn toggle(self, measure: MeasureId) {
        self.opened.update(|opened| {
            if !opened.remove(&measure) {
                opened.insert(measure);
            }
        });
    }

    /// Shows these measures and no other.
    pub fn set(self, measures: HashSet<MeasureId>) {
        self.opened.set(measures);
    }

    /// Whether a phone shows all of these.
    pub fn are_open(self, measures: &[MeasureId]) -> bool {
        self.opened.with(|opened| measures.iter().all(|measure| opened.contains(measure)))
    }
}

/// A title that on a phone is a button that shows or hides what it is about.
#[component]
pub fn FoldTitle(
    /// Whether the title is such a button.
    is_narrow: ReadSignal<bool>,
    /// Whether what it is about is shown.
    #[prop(into)]
    open: Signal<bool>,
    /// Shows or hides it.
    #[prop(into)]
    on_toggle: Callback<()>,
    /// What it is about.
    #[prop(into)]
    controls: String,
    /// The title.
    children: ChildrenFn,
) -> impl IntoView {
    let controls = StoredValue::new(controls);
    move || {
        if !is_narrow.get() {
            return children().into_any();
        }
        view! {
            <button
                type="button"
                class="fr-accordion__btn dl-fold"
                aria-expanded=move || open.get().to_string()
                aria-controls=controls.get_value()
                on:click=move |_| on_toggle.run(())
            >
                <span class="dl-fold__text">{children()}</span>
            </button>
        }
        .into_any()
    }
}

/// Id of the title of a measure, and anchor of the measure in the address.
pub fn measure_anchor(measure: MeasureId) -> String {
    format!("mesure-{measure}")
}

/// What tells a measure from the others of the same kind: its first place and the number of the others.
pub fn glimpse(texts: &MeasureTexts) -> String {
    let first = texts.locations.first().map(|location| location.text.clone()).unwrap_or_default();
    match texts.locations.len().saturating_sub(1) {
        0 => first,
        1 => format!("{first}, et 1 autre localisation"),
        others => format!("{first}, et {others} autres localisations"),
    }
}

#[cfg(test)]
mod tests {
    use dialog_api_types::app::LocationTexts;
    use dialog_domain::LocationId;
    use uuid::Uuid;

    use super::*;

    fn texts(places: &[&str]) -> MeasureTexts {
        let location =
            |text: &&str| LocationTexts { uuid: LocationId(Uuid::nil()), text: (*text).to_owned(), length: None };
        MeasureTexts {
            uuid: MeasureId(Uuid::nil()),
            title: "Circulation interdite".to_owned(),
            vehicles: String::new(),
            periods: Vec::new(),
            locations: places.iter().map(location).collect(),
            sentence: String::new(),
        }
    }

    #[test]
    fn a_folded_measure_tells_its_first_place_and_how_many_follow() {
        assert_eq!(glimpse(&texts(&["Rue Pasteur"])), "Rue Pasteur");
        assert_eq!(glimpse(&texts(&["Rue Pasteur", "D31"])), "Rue Pasteur, et 1 autre localisation");
        assert_eq!(glimpse(&texts(&["Rue Pasteur", "D31", "N7"])), "Rue Pasteur, et 2 autres localisations");
        assert_eq!(glimpse(&texts(&[])), "");
    }
}
