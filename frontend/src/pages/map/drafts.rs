use dialog_api_types::map::MapDraft;
use dialog_domain::{Direction, Geometry};
use geojson::GeometryValue;
use leptos::prelude::*;
use leptos_router::components::A;
use serde_json::json;

/// Drafts are too many to be drawn: which ones are not, and where they are.
#[component]
pub fn DraftsLeftOut() -> impl IntoView {
    view! {
        <p class="fr-text--sm fr-mb-1w">
            "Vos brouillons sont trop nombreux pour la carte : seuls les derniers modifiés y sont dessinés et listés. "
            <A href="/regulations?phase=draft" attr:class="fr-link fr-text--sm">
                "Voir tous les brouillons"
            </A>
        </p>
    }
}

/// The drafts as the map draws them: a FeatureCollection with the attributes of tiles.
pub fn collection(drafts: &[MapDraft]) -> String {
    let features: Vec<_> = drafts.iter().map(feature).collect();
    json!({ "type": "FeatureCollection", "features": features }).to_string()
}

fn feature(draft: &MapDraft) -> serde_json::Value {
    let Geometry(geometry) = &draft.geometry;
    let mut geometry = geometry.clone();
    // Arrows follow the line.
    if draft.direction == Direction::BToA {
        turn(&mut geometry.value);
    }
    let mut properties = json!({
        "location_uuid": draft.location.uuid,
        "measure_type": draft.location.measure_type,
        "regulation_category": draft.regulation_category,
    });
    if draft.direction != Direction::Both {
        properties["direction"] = "oneWay".into();
    }
    json!({ "type": "Feature", "geometry": geometry, "properties": properties })
}

fn turn(value: &mut GeometryValue) {
    match value {
        GeometryValue::LineString { coordinates } => coordinates.reverse(),
        GeometryValue::MultiLineString { coordinates } => coordinates.iter_mut().for_each(|line| line.reverse()),
        _ => {}
    }
}
