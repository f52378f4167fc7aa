use dialog_api_types::map::{MapDraft, MapRestriction};
use dialog_domain::{Geometry, LocationId, MeasureType};
use leptos::prelude::*;

use crate::components::LineSample;

/// Restrictions shown at first; more come on demand.
pub const STEP: u32 = 30;
/// Most restrictions of the list: above them the map is to be narrowed.
const MOST: u32 = 500;

/// A line of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Where it applies.
    pub id: LocationId,
    kind: MeasureType,
    measure: String,
    location: String,
    /// West, south, east and north.
    pub bounds: [f64; 4],
    is_draft: bool,
}

/// The restrictions that the map shows at this moment, in words.
#[component]
pub fn RestrictionList(
    /// Those at hand, in order.
    lines: Memo<Vec<Line>>,
    /// How many the map shows.
    total: Memo<u64>,
    /// Most lines that are asked for.
    limit: RwSignal<u32>,
    /// Location under the pointer or the focus.
    highlighted: RwSignal<Option<String>>,
    /// Locations whose card is open.
    selected: RwSignal<Vec<String>>,
    /// Told which restriction was chosen.
    on_choose: Callback<LocationId>,
    /// Whether filters leave something out.
    limited: Signal<bool>,
) -> impl IntoView {
    let title = move || format!("{} sur la carte", count_text(total.get()));
    let empty = move || {
        let text = if limited.get() {
            "Aucune restriction de cette partie de la carte ne correspond à ces filtres."
        } else {
            "Aucune restriction dans cette partie de la carte."
        };
        lines.with(Vec::is_empty).then(|| view! { <p class="dl-empty fr-text--sm">{text}</p> })
    };
    let entry = move |line: Line| {
        let id = line.id.to_string();
        let (pointed, focused) = (id.clone(), id.clone());
        let location = line.id;
        let is_current = {
            let id = id.clone();
            Memo::new(move |_| selected.with(|ids| ids.contains(&id)))
        };
        view! {
            <li>
                <button
                    type="button"
                    class="dl-restriction"
                    class=("dl-restriction--active", is_current)
                    aria-current=move || is_current.get().then_some("true")
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
                        {line.is_draft.then(|| view! { <span class="fr-badge fr-badge--sm fr-badge--no-icon">"Brouillon"</span> })}
                    </span>
                </button>
            </li>
        }
    };
    let shown = move || u64::try_from(lines.with(Vec::len)).unwrap_or(u64::MAX);
    let more = move || total.get() > shown() && limit.get() < MOST;
    let cut = move || total.get() > shown() && limit.get() >= MOST;
    view! {
        <section aria-labelledby="titre-liste">
            <h2 class="fr-h6 fr-mb-1w" id="titre-liste" tabindex="-1">
                {title}
            </h2>
            {empty}
            <ul class="dl-plain-list dl-restrictions">
                <For each=move || lines.get() key=|line| line.id children=entry/>
            </ul>
            <Show when=more>
                <button
                    type="button"
                    class="fr-btn fr-btn--sm fr-btn--tertiary"
                    on:click=move |_| limit.update(|limit| *limit = (*limit + STEP * 3).min(MOST))
                >
                    "Afficher plus de restrictions"
                </button>
            </Show>
            <Show when=cut>
                <p class="fr-text--sm">"Agrandissez la carte ou ajoutez un filtre pour lire les autres."</p>
            </Show>
        </section>
    }
}

/// `12 restrictions`.
pub fn count_text(count: u64) -> String {
    match count {
        0 => "Aucune restriction".to_owned(),
        1 => "1 restriction".to_owned(),
        count => format!("{count} restrictions"),
    }
}

/// What is public, as a line.
pub fn public_line(restriction: &MapRestriction) -> Line {
    let bounds = restriction.bounds;
    Line {
        id: restriction.location_uuid,
        kind: restriction.measure_type,
        measure: restriction.measure_label.clone(),
        location: restriction.location_label.clone(),
        bounds: [bounds.min_lon, bounds.min_lat, bounds.max_lon, bounds.max_lat],
        is_draft: false,
    }
}

/// The drafts in sight, as lines.
pub fn draft_lines(drafts: &[MapDraft], sight: Option<[f64; 4]>) -> Vec<Line> {
    drafts
        .iter()
        .map(|draft| Line {
            id: draft.location.uuid,
            kind: draft.location.measure_type,
            measure: draft.location.measure_label.clone(),
            location: draft.location.location_label.clone(),
            bounds: bounds_of(&draft.geometry),
            is_draft: true,
        })
        .filter(|line| sight.is_none_or(|sight| meet(line.bounds, sight)))
        .collect()
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
