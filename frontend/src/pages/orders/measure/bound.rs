use dialog_domain::{PointType, rules::limits};
use leptos::prelude::*;

use super::editor::{Cell, Editor};
use crate::{
    browser,
    components::{RadioField, SelectField, TextField},
    forms::{errors::field_id, model, street::SIDES},
};

const LETTERS: [&str; 2] = ["A", "B"];
const KINDS: [(&str, PointType); 3] =
    [("houseNumber", PointType::HouseNumber), ("intersection", PointType::Intersection), ("point", PointType::Point)];

/// A bound of a section: a house number, a crossing, or a place of the street.
#[component]
pub fn BoundFields(
    cell: Cell,
    /// 0 for A, 1 for B.
    side: usize,
) -> impl IntoView {
    let letter = LETTERS.get(side).copied().unwrap_or_default();
    let kind = cell.bound(
        side,
        |bound| KINDS.iter().find(|(_, kind)| *kind == bound.kind).map_or("", |(word, _)| word).to_owned(),
        |bound, word| {
            if let Some((_, kind)) = KINDS.iter().find(|(other, _)| *other == word) {
                bound.kind = *kind;
            }
        },
    );
    let kinds = KINDS.map(|(word, kind)| (word.to_owned(), dialog_text::labels::point_type(kind).to_owned())).to_vec();
    let fields = move || match kind.get.get().as_str() {
        "intersection" => view! { <Crossing cell=cell side=side/> }.into_any(),
        "point" => view! { <Place cell=cell side=side/> }.into_any(),
        _ => view! { <HouseNumber cell=cell side=side/> }.into_any(),
    };
    view! {
        <div class="dl-bound" role="group" aria-label=format!("Point {letter}")>
            <p class="dl-bound__letter" aria-hidden="true">
                {letter}
            </p>
            <div class="dl-bound__fields">
                <RadioField
                    path=at(cell, side, "PointType")
                    label=Signal::stored(format!("Point {letter}"))
                    value=kind
                    options=Signal::stored(kinds)
                />
                {fields}
            </div>
        </div>
    }
}

fn at(cell: Cell, side: usize, field: &str) -> Signal<String> {
    cell.at(&format!("namedStreet.{}{field}", SIDES.get(side).copied().unwrap_or_default()))
}

#[component]
fn HouseNumber(cell: Cell, side: usize) -> impl IntoView {
    let path = at(cell, side, "HouseNumber");
    let list_id = format!("{}-numeros", field_id(&path.get_untracked()));
    let numbers = Memo::new(move |_| cell.known.with(|known| known.numbers.clone()));
    let options =
        move || numbers.get().into_iter().map(|number| view! { <option value=number></option> }).collect_view();
    view! {
        <TextField
            path=path
            label=Signal::stored("Numéro".to_owned())
            value=cell.bound(side, |bound| bound.number.clone(), |bound, number| bound.number = number)
            max_length=limits::HOUSE_NUMBER_MAX
            list=Signal::stored(list_id.clone())
        />
        <datalist id=list_id>{options}</datalist>
    }
}

#[component]
fn Crossing(cell: Cell, side: usize) -> impl IntoView {
    let street = model(
        cell.draft,
        move |location| location.street.bounds.get(side).map(|bound| bound.road_ban_id.clone()).unwrap_or_default(),
        move |location, id: String| {
            let name = cell.known.with_untracked(|known| {
                known
                    .crossing_streets
                    .iter()
                    .find(|street| street.road_ban_id == id)
                    .map(|street| street.road_name.clone())
            });
            location.street.set_bound(side, |bound| {
                bound.road_ban_id = id;
                bound.road_name = name.unwrap_or_default();
                bound.crossing = None;
            });
        },
    );
    let crossing = cell.bound(
        side,
        |bound| bound.crossing.map(|crossing| crossing.to_string()).unwrap_or_default(),
        |bound, word| bound.crossing = word.parse().ok(),
    );
    let streets = Memo::new(move |_| {
        let mut options: Vec<(String, String)> = cell.known.with(|known| {
            known.crossing_streets.iter().map(|s| (s.road_ban_id.clone(), s.road_name.clone())).collect()
        });
        // What was saved shows even before the list is here.
        let chosen = cell.draft.with(|location| location.street.bounds.get(side).cloned()).unwrap_or_default();
        if !chosen.road_ban_id.is_empty() && !options.iter().any(|(id, _)| *id == chosen.road_ban_id) {
            options.push((chosen.road_ban_id, chosen.road_name));
        }
        options
    });
    let crossings = Memo::new(move |_| {
        let chosen = cell.draft.with(|location| location.street.bounds.get(side).cloned()).unwrap_or_default();
        let numbers = cell.known.with(|known| {
            let crossings =
                known.crossing_street(&chosen).map(|street| street.crossings.as_slice()).unwrap_or_default();
            crossings.iter().map(|crossing| crossing.number).collect::<Vec<_>>()
        });
        if numbers.len() < 2 {
            return Vec::new();
        }
        numbers
            .into_iter()
            .map(|number| (number.to_string(), format!("Croisement {number} sur la carte")))
            .collect::<Vec<_>>()
    });
    view! {
        <SelectField
            path=at(cell, side, "RoadName")
            label=Signal::stored("Voie d’intersection".to_owned())
            placeholder="Choisir une voie"
            hint="Voies et routes qui croisent celle-ci, et limites de la commune."
            value=street
            options=streets
        />
        <Show when=move || !crossings.with(Vec::is_empty)>
            <SelectField
                path=at(cell, side, "Crossing")
                label=Signal::stored("Croisement".to_owned())
                hint="Ces deux voies se croisent plusieurs fois : les croisements sont numérotés sur la carte."
                placeholder="Choisir le croisement"
                value=crossing
                options=crossings
            />
        </Show>
    }
}

/// A place of the street, pointed at on the map or written.
#[component]
fn Place(cell: Cell, side: usize) -> impl IntoView {
    let editor: Editor = expect_context();
    let picking = Memo::new(move |_| editor.picking.get() == Some((cell.key, side)));
    let toggle = move |_| {
        let start = !picking.get_untracked();
        editor.drawing.set(None);
        editor.picking.set(start.then_some((cell.key, side)));
        if start {
            browser::focus("carte-mesure");
        }
    };
    on_cleanup(move || {
        if editor.picking.try_get_untracked().flatten() == Some((cell.key, side)) {
            editor.picking.set(None);
        }
    });
    view! {
        <button
            type="button"
            class="fr-btn fr-btn--sm fr-btn--secondary fr-btn--icon-left fr-icon-map-pin-2-line fr-mb-2w"
            aria-pressed=move || picking.get().to_string()
            on:click=toggle
        >
            {move || if picking.get() { "Cliquez sur la carte…" } else { "Placer sur la carte" }}
        </button>
        <div class="dl-pair">
            <TextField
                path=at(cell, side, "Coordinates")
                label=Signal::stored("Longitude".to_owned())
                input_mode="decimal"
                value=cell.bound(side, |bound| bound.place[0].clone(), |bound, text| bound.place[0] = text)
            />
            <TextField
                path=at(cell, side, "Latitude")
                label=Signal::stored("Latitude".to_owned())
                input_mode="decimal"
                value=cell.bound(side, |bound| bound.place[1].clone(), |bound, text| bound.place[1] = text)
            />
        </div>
    }
}
