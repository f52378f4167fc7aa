use dialog_api_types::map::MapFeature;
use dialog_domain::{Geometry, LocationId, MeasureType};
use leptos::prelude::*;

use super::page::count_text;
use crate::components::LineSample;

/// Restrictions shown at first; more come on demand.
const STEP: usize = 30;

/// The restrictions that the map shows at this moment, in words.
#[component]
pub fn RestrictionList(
    /// Everything that passes the filters.
    all: Memo<Vec<MapFeature>>,
    /// What the map shows: west, south, east, north.
    bounds: RwSignal<Option<[f64; 4]>>,
    /// Location under the pointer or the focus.
    highlighted: RwSignal<Option<String>>,
    /// Locations whose card is open.
    selected: RwSignal<Vec<String>>,
    /// Told which restriction was chosen.
    on_choose: Callback<LocationId>,
    /// Whether filters leave something out.
    limited: Signal<bool>,
) -> impl IntoView {
    let limit = RwSignal::new(STEP);
    // Geometries are long: only their boxes are kept for the list.
    let boxes = Memo::new(move |_| all.with(|all| all.iter().map(line_of).collect::<Vec<_>>()));
    let visible = Memo::new(move |_| {
        let bounds = bounds.get();
        boxes.with(|lines| {
            let inside = |line: &&Line| bounds.is_none_or(|bounds| meet(line.bounds, bounds));
            lines.iter().filter(inside).cloned().collect::<Vec<_>>()
        })
    });
    let title = move || {
        let total = all.with(Vec::len);
        let seen = visible.with(Vec::len);
        if seen == total { count_text(total) } else { format!("{} sur {total} dans la vue", count_text(seen)) }
    };
    let empty = move || {
        let text = match (all.with(Vec::is_empty), limited.get()) {
            (true, true) => "Aucune restriction ne correspond à ces filtres.",
            (true, false) => "Aucune restriction n’est publiée pour le moment.",
            (false, _) => "Aucune restriction dans cette partie de la carte.",
        };
        visible.with(Vec::is_empty).then(|| view! { <p class="dl-empty fr-text--sm">{text}</p> })
    };
    let entry = move |line: Line| {
        let id = line.id.to_string();
        let (pointed, focused) = (id.clone(), id.clone());
        let location = line.id;
        view! {
            <li>
                <button
                    type="button"
                    class="dl-restriction"
                    class=("dl-restriction--active", {
                        let id = id.clone();
                        move || selected.with(|ids| ids.contains(&id))
                    })
                    id=format!("restriction-{id}")
                    on:click=move |_| on_choose.run(location)
                    on:pointerenter=move |_| highlighted.set(Some(pointed.clone()))
                    on:pointerleave=move |_| highlighted.set(None)
                    on:focus=move |_| highlighted.set(Some(focused.clone()))
                    on:blur=move |_| highlighted.set(None)
                >
                    <LineSample kind=line.kind/>
                    <span>
                        <strong>{line.measure}</strong>
                        <span class="dl-block">{line.location}</span>
                    </span>
                </button>
            </li>
        }
    };
    let shown = move || visible.with(|lines| lines.iter().take(limit.get()).cloned().collect::<Vec<_>>());
    view! {
        <section aria-labelledby="titre-liste">
            <h2 class="fr-h6 fr-mb-1w" id="titre-liste">
                {title}
            </h2>
            {empty}
            <ul class="dl-plain-list dl-restrictions">
                <For each=shown key=|line| line.id children=entry/>
            </ul>
            <Show when=move || visible.with(|lines| lines.len() > limit.get())>
                <button
                    type="button"
                    class="fr-btn fr-btn--sm fr-btn--tertiary"
                    on:click=move |_| limit.update(|limit| *limit += STEP)
                >
                    "Afficher plus de restrictions"
                </button>
            </Show>
        </section>
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Line {
    id: LocationId,
    kind: MeasureType,
    measure: String,
    location: String,
    bounds: [f64; 4],
}

fn line_of(feature: &MapFeature) -> Line {
    let properties = &feature.properties;
    Line {
        id: properties.location_uuid,
        kind: properties.measure_type,
        measure: properties.measure_label.clone(),
        location: properties.location_label.clone(),
        bounds: bounds_of(&feature.geometry),
    }
}

/// West, south, east and north of a geometry.
fn bounds_of(Geometry(geometry): &Geometry) -> [f64; 4] {
    let mut bounds = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    extend(&geometry.value, &mut bounds);
    bounds
}

fn extend(value: &geojson::GeometryValue, bounds: &mut [f64; 4]) {
    use geojson::GeometryValue as Value;
    let mut add = |position: &geojson::Position| {
        if let [lng, lat, ..] = position.as_slice() {
            *bounds = [bounds[0].min(*lng), bounds[1].min(*lat), bounds[2].max(*lng), bounds[3].max(*lat)];
        }
    };
    match value {
        Value::Point { coordinates } => add(coordinates),
        Value::MultiPoint { coordinates } | Value::LineString { coordinates } => coordinates.iter().for_each(add),
        Value::MultiLineString { coordinates } | Value::Polygon { coordinates } => {
            coordinates.iter().flatten().for_each(add);
        }
        Value::MultiPolygon { coordinates } => coordinates.iter().flatten().flatten().for_each(add),
        Value::GeometryCollection { geometries } => {
            for geometry in geometries {
                extend(&geometry.value, bounds);
            }
        }
    }
}

fn meet(one: [f64; 4], other: [f64; 4]) -> bool {
    one[0] <= other[2] && other[0] <= one[2] && one[1] <= other[3] && other[1] <= one[3]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_listed_when_its_box_meets_the_view() {
        let line = Geometry::from_text(r#"{"type":"LineString","coordinates":[[2.0,48.0],[2.2,48.1]]}"#).unwrap();
        let bounds = bounds_of(&line);
        assert_eq!(bounds, [2.0, 48.0, 2.2, 48.1]);
        assert!(meet(bounds, [2.1, 47.0, 3.0, 49.0]));
        assert!(!meet(bounds, [2.3, 47.0, 3.0, 49.0]));
    }
}
