use std::sync::Arc;

use dialog_api_types::places::PlaceFeature;
use leptos::prelude::*;

use crate::{
    api::client,
    components::{Choice, Completion, Search},
    map::Goal,
};

/// Fewest characters that are searched.
const SHORTEST: usize = 3;
const INPUT: &str = "rechercher-un-lieu";
const HINT: &str = "rechercher-un-lieu-aide";

/// Search of an address, a street or a commune, to which the map goes.
#[component]
pub fn PlaceSearch(
    /// Told where to go.
    goal: RwSignal<Option<Goal>>,
) -> impl IntoView {
    let client = client();
    // Where the places of the list are.
    let places = StoredValue::new(Vec::<PlaceFeature>::new());
    let search: Search = Arc::new(move |typed: String| {
        let client = client.clone();
        Box::pin(async move {
            let found = client.search_places(&typed).await?.features;
            let choices = found.iter().map(choice).collect();
            places.try_set_value(found);
            Ok(choices)
        })
    });
    let go = Callback::new(move |choice: Choice| {
        let place =
            places.with_value(|places| places.iter().find(|place| place.properties.id == choice.id).map(goal_of));
        if let Some(place) = place {
            goal.set(Some(place));
        }
    });
    view! {
        <div class="fr-input-group fr-mb-2w" role="search">
            <label class="fr-label" for=INPUT>
                "Rechercher un lieu"
            </label>
            <span class="fr-hint-text dl-hint" id=HINT>
                "Adresse, rue ou commune"
            </span>
            <Completion
                id=Signal::stored(INPUT.to_owned())
                label=Signal::stored("Lieux".to_owned())
                search=search
                shortest=SHORTEST
                on_choose=go
                described_by=Signal::stored(HINT.to_owned())
            />
        </div>
    }
}

fn choice(place: &PlaceFeature) -> Choice {
    let properties = &place.properties;
    Choice {
        id: properties.id.clone(),
        label: properties.label.clone(),
        detail: kind_name(&properties.kind).to_owned(),
    }
}

/// Where the map goes, and how near.
fn goal_of(place: &PlaceFeature) -> Goal {
    let zoom = match place.properties.kind.as_str() {
        "housenumber" => 18.0,
        "street" => 17.0,
        _ => 14.0,
    };
    Goal { place: place.geometry.coordinates, zoom }
}

fn kind_name(kind: &str) -> &'static str {
    match kind {
        "housenumber" => "Adresse",
        "street" => "Rue",
        "municipality" => "Commune",
        _ => "Lieu",
    }
}
