use dialog_domain::Geometry;
use leptos::prelude::*;

use super::editor::Cell;
use crate::{
    browser,
    forms::{
        errors::field_id,
        numbers::decimal,
        shape::{degrees, vertices, written},
    },
};

/// More places than that are drawn, not written one by one.
const MOST: usize = 200;

type Parts = Vec<Vec<[f64; 2]>>;

/// The places of a drawing one by one, for the keyboard: each can be moved, removed, and followed by another one.
#[component]
pub fn Vertices(cell: Cell, is_zone: bool) -> impl IntoView {
    let parts = Memo::new(move |_| {
        let geometry = cell.draft.with(|draft| draft.shape().geometry())?;
        vertices(&geometry).filter(|parts| parts.iter().map(Vec::len).sum::<usize>() <= MOST)
    });
    let write = move |change: &dyn Fn(&mut Parts)| {
        let mut parts = parts.get_untracked().unwrap_or_default();
        change(&mut parts);
        cell.draft.update(|draft| draft.shape_mut().geometry = written(&parts, is_zone));
    };
    let id = field_id(&format!("{}.points", cell.path()));
    let list_id = StoredValue::new(id.clone());
    // Lines come and go with their number; what is written in them follows without making them again.
    let places = Memo::new(move |_| {
        let lengths = parts.with(|parts| parts.as_ref().map(|parts| parts.iter().map(Vec::len).collect::<Vec<_>>()));
        let lengths = lengths.unwrap_or_default();
        lengths.into_iter().enumerate().flat_map(|(part, len)| (0..len).map(move |at| (part, at))).collect::<Vec<_>>()
    });
    let least = if is_zone { 3 } else { 2 };
    let line = move |(part, at): (usize, usize)| {
        let value = move |axis: usize| {
            move || {
                let found = parts.with(|parts| parts.as_ref()?.get(part)?.get(at)?.get(axis).copied());
                found.map(degrees).unwrap_or_default()
            }
        };
        let input = move |axis: usize, name: &'static str| {
            let label = format!("{name} du point {}", at + 1);
            view! {
                <td>
                    <input
                        class="fr-input"
                        type="text"
                        inputmode="decimal"
                        aria-label=label
                        prop:value=value(axis)
                        on:change:target=move |event| {
                            let target = event.target();
                            match decimal(&target.value()) {
                                Some(number) => {
                                    write(
                                        &move |parts: &mut Parts| {
                                            let place = parts.get_mut(part).and_then(|part| part.get_mut(at));
                                            if let Some(coordinate) = place.and_then(|place| place.get_mut(axis)) {
                                                *coordinate = number;
                                            }
                                        },
                                    );
                                }
                                // What cannot be read goes back to what it was.
                                None => target.set_value(&value(axis)()),
                            }
                        }
                    />
                </td>
            }
        };
        let add = move |_| {
            write(&move |parts: &mut Parts| {
                if let Some(line) = parts.get_mut(part)
                    && let Some(place) = line.get(at).copied()
                {
                    let next = line.get(at + 1).copied();
                    let middle = next.map_or(place, |next| [(place[0] + next[0]) / 2.0, (place[1] + next[1]) / 2.0]);
                    line.insert(at + 1, middle);
                }
            });
        };
        let remove = move |_| {
            write(&move |parts: &mut Parts| {
                if let Some(line) = parts.get_mut(part) {
                    line.remove(at);
                    if line.len() < least {
                        parts.remove(part);
                    }
                }
            });
            browser::focus(&list_id.get_value());
        };
        let after = format!("Ajouter un point après le point {}", at + 1);
        let gone = format!("Supprimer le point {}", at + 1);
        view! {
            <tr>
                <th scope="row">{at + 1}</th>
                {input(0, "Longitude")}
                {input(1, "Latitude")}
                <td class="dl-vertices__tools">
                    <button
                        type="button"
                        class="fr-btn fr-btn--sm fr-btn--tertiary-no-outline fr-icon-add-line"
                        title=after.clone()
                        on:click=add
                    >
                        <span class="fr-sr-only">{after.clone()}</span>
                    </button>
                    <button
                        type="button"
                        class="fr-btn fr-btn--sm fr-btn--tertiary-no-outline fr-icon-delete-line"
                        title=gone.clone()
                        on:click=remove
                    >
                        <span class="fr-sr-only">{gone.clone()}</span>
                    </button>
                </td>
            </tr>
        }
    };
    let count = move || places.with(Vec::len);
    let other = Memo::new(move |_| {
        let geometry: Option<Geometry> = cell.draft.with(|draft| draft.shape().geometry());
        geometry.is_some() && parts.with(Option::is_none)
    });
    view! {
        <Show when=move || other.get()>
            <p class="fr-text--sm dl-muted">
                "Cette géométrie se modifie dans le texte ci-dessous, ou s’efface et se retrace."
            </p>
        </Show>
        <Show when=move || { count() > 0 }>
            <details class="dl-details dl-vertices">
                <summary id=list_id.get_value()>{move || format!("Points du tracé ({})", count())}</summary>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"Point"</th>
                            <th scope="col">"Longitude"</th>
                            <th scope="col">"Latitude"</th>
                            <th scope="col">
                                <span class="fr-sr-only">"Actions"</span>
                            </th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=move || places.get() key=|place| *place children=line/>
                    </tbody>
                </table>
            </details>
        </Show>
    }
}
