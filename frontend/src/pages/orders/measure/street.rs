use std::sync::Arc;

use dialog_api_types::geo::{City, Street};
use dialog_client::Client;
use leptos::prelude::*;

use super::{bound::BoundFields, editor::Cell};
use crate::{
    api::client,
    components::{Choice, Combobox, RadioField, Search, SelectField},
    forms::{
        model,
        preview::Preview,
        street::{direction, direction_choices, direction_word, known_by, street_detail},
    },
};

/// A street: commune, name, the whole of it or a section, direction. What stays free in a whole city is in that city.
#[component]
pub fn StreetFields(cell: Cell) -> impl IntoView {
    let street = model(
        cell.draft,
        |location| Choice::new(location.street.road_ban_id.clone(), location.street.road_name.clone()),
        |location, choice: Choice| location.street.choose_street(choice.id, choice.label),
    );
    let extent = cell.text(
        |location| if location.street.whole { "whole".to_owned() } else { "section".to_owned() },
        |location, word| {
            location.street.whole = word == "whole";
            location.street.way.clear();
        },
    );
    let way = cell.text(
        |location| direction_word(location.street.direction).to_owned(),
        |location, word| location.street.direction = direction(&word).unwrap_or_default(),
    );
    let city_code = Memo::new(move |_| cell.draft.with(|location| location.street.city_code.clone()));
    let no_city = Signal::derive(move || city_code.with(String::is_empty));
    let is_section = Memo::new(move |_| extent.get.with(|word| word == "section"));
    let extents = vec![
        ("whole".to_owned(), "Voie entière".to_owned()),
        ("section".to_owned(), "Une section de la voie".to_owned()),
    ];
    view! {
        {cell.parent.is_none().then(|| view! { <CityField cell=cell section="namedStreet"/> })}
        <Combobox
            path=cell.at("namedStreet.roadName")
            label=Signal::stored("Voie".to_owned())
            hint="Rue, avenue, chemin… de cette ville."
            value=street
            search=street_search(client(), city_code)
            disabled=no_city
        />
        <RadioField
            path=cell.at("namedStreet.isEntireStreet")
            label=Signal::stored("Étendue".to_owned())
            value=extent
            options=Signal::stored(extents)
        />
        <Show when=move || is_section.get()>
            <BoundFields cell=cell side=0/>
            <BoundFields cell=cell side=1/>
            <Ways cell=cell/>
        </Show>
        {cell
            .parent
            .is_none()
            .then(|| {
                view! {
                    <SelectField
                        path=cell.at("namedStreet.direction")
                        label=Signal::stored("Sens concerné".to_owned())
                        value=way
                        options=Signal::stored(direction_choices())
                    />
                }
            })}
    }
}

/// The commune, of a street or whole.
#[component]
pub fn CityField(cell: Cell, section: &'static str) -> impl IntoView {
    let city = model(
        cell.draft,
        |location| Choice::new(location.street.city_code.clone(), location.street.city_label.clone()),
        |location, choice: Choice| location.street.choose_city(choice.id, choice.label),
    );
    view! {
        <Combobox
            path=cell.at(&format!("{section}.cityLabel"))
            label=Signal::stored("Ville ou code postal".to_owned())
            hint="Écrivez les premières lettres, puis choisissez dans la liste."
            value=city
            search=city_search(client())
            shortest=1
        />
    }
}

/// Round a loop there are two ways from A to B: which one is meant must be said when it is not the shortest.
#[component]
fn Ways(cell: Cell) -> impl IntoView {
    let ways = Memo::new(move |_| {
        cell.preview.with(|preview| match preview {
            Preview::Found { ways, complete: true, .. } => ways.clone(),
            _ => Vec::new(),
        })
    });
    let value = cell.text(|location| location.street.way.clone(), |location, way| location.street.way = way);
    let options = Memo::new(move |_| {
        let mut options: Vec<(String, String)> = ways
            .get()
            .into_iter()
            .map(|way| {
                let name = if way.written.is_empty() { "Le plus court" } else { "Par l’autre côté de la boucle" };
                (way.written, format!("{name} ({})", way.length))
            })
            .collect();
        let given = value.get.get();
        if !given.is_empty() && !options.iter().any(|(way, _)| *way == given) {
            if options.is_empty() {
                options.push((String::new(), "Le plus court".to_owned()));
            }
            options.push((given, "Le tracé enregistré".to_owned()));
        }
        options
    });
    view! {
        <Show when=move || !options.with(Vec::is_empty)>
            <RadioField
                path=cell.at("namedStreet.geometry")
                label=Signal::stored("Chemin de A à B".to_owned())
                value=value
                options=options
            />
        </Show>
    }
}

fn city_search(client: Client) -> Search {
    Arc::new(move |text| {
        let client = client.clone();
        Box::pin(async move {
            let cities = client.cities(&text).await?;
            let choice = |city: City| Choice { detail: known_by(city.source), ..Choice::new(city.code, city.label) };
            Ok(cities.into_iter().map(choice).collect())
        })
    })
}

fn street_search(client: Client, city_code: Memo<String>) -> Search {
    Arc::new(move |text| {
        let client = client.clone();
        let city_code = city_code.get_untracked();
        Box::pin(async move {
            let streets = client.streets(&city_code, &text).await?;
            let choice = |street: Street| {
                let detail = street_detail(street.has_geometry, street.source);
                Choice { detail, ..Choice::new(street.road_ban_id, street.road_name) }
            };
            Ok(streets.into_iter().map(choice).collect())
        })
    })
}
