use std::sync::Arc;

use dialog_api_types::geo::CrossingStreet;
use dialog_client::Client;
use dialog_domain::Direction;
use futures::future::{AbortHandle, abortable};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};

use super::{
    bound_fields::BoundFields,
    editor::{Editor, below},
};
use crate::{
    api::{client, remote},
    components::{Choice, Combobox, RadioField, Search, SelectField},
    forms::{
        preview::Preview,
        street::{GeometryQuery, direction_word},
    },
};

/// Long enough not to ask at each key, short enough to follow the typing.
const PAUSE_MS: u32 = 350;

/// A street: commune, name, the whole of it or a section, direction.
#[component]
pub fn StreetFields(
    /// Key of the location.
    location: u32,
    /// Path of the street.
    path: Signal<String>,
) -> impl IntoView {
    let editor: Editor = expect_context();
    follow_street(editor, location, client());
    follow_geometry(editor, location, client());

    let city = editor.location(
        location,
        |location| Choice { id: location.street.city_code.clone(), label: location.street.city_label.clone() },
        |location, choice| location.street.choose_city(choice.id, choice.label),
    );
    let street = editor.location(
        location,
        |location| Choice { id: location.street.road_ban_id.clone(), label: location.street.road_name.clone() },
        |location, choice| location.street.choose_street(choice.id, choice.label),
    );
    let extent = editor.location(
        location,
        |location| if location.street.whole { "whole".to_owned() } else { "section".to_owned() },
        |location, word| location.street.whole = word == "whole",
    );
    let direction = editor.location(
        location,
        |location| direction_word(location.street.direction).to_owned(),
        |location, word| {
            let known = [Direction::AToB, Direction::BToA].into_iter().find(|known| direction_word(*known) == word);
            location.street.direction = known.unwrap_or(Direction::Both);
        },
    );
    let city_code = Memo::new(move |_| city.get.get().id);
    let no_city = Signal::derive(move || city_code.with(String::is_empty));
    let is_section = Memo::new(move |_| extent.get.with(|word| word == "section"));
    let extents = vec![
        ("whole".to_owned(), "Voie entière".to_owned()),
        ("section".to_owned(), "Une section de la voie".to_owned()),
    ];
    let directions = [Direction::Both, Direction::AToB, Direction::BToA]
        .map(|direction| (direction_word(direction).to_owned(), dialog_text::labels::direction(direction).to_owned()))
        .to_vec();
    view! {
        <Combobox
            path=below(path, "cityLabel")
            label=Signal::stored("Ville ou code postal".to_owned())
            hint="Écrivez les premières lettres, puis choisissez dans la liste."
            value=city
            search=city_search(client())
            shortest=3
        />
        <Combobox
            path=below(path, "roadName")
            label=Signal::stored("Voie".to_owned())
            hint="Rue, avenue, chemin… de cette ville."
            value=street
            search=street_search(client(), city_code)
            disabled=no_city
        />
        <RadioField
            path=below(path, "isEntireStreet")
            label=Signal::stored("Étendue".to_owned())
            value=extent
            options=Signal::stored(extents)
        />
        <Show when=move || is_section.get()>
            <BoundFields location=location path=path from=true/>
            <BoundFields location=location path=path from=false/>
        </Show>
        <SelectField
            path=below(path, "direction")
            label=Signal::stored("Sens concerné".to_owned())
            value=direction
            options=Signal::stored(directions)
        />
    }
}

fn city_search(client: Client) -> Search {
    Arc::new(move |text| {
        let client = client.clone();
        Box::pin(async move {
            let cities = client.cities(&text).await?;
            Ok(cities.into_iter().map(|city| Choice { id: city.code, label: city.label }).collect())
        })
    })
}

fn street_search(client: Client, city_code: Memo<String>) -> Search {
    Arc::new(move |text| {
        let client = client.clone();
        let city_code = city_code.get_untracked();
        Box::pin(async move {
            let streets = client.streets(&city_code, &text).await?;
            Ok(streets.into_iter().map(|street| Choice { id: street.road_ban_id, label: street.road_name }).collect())
        })
    })
}

/// Keeps the house numbers and the crossings of the chosen street.
fn follow_street(editor: Editor, location: u32, client: Client) {
    let street = editor.location(location, |location| location.street.road_ban_id.clone(), |_, _| ()).get;
    let known = remote(
        move || street.get(),
        move |id| {
            let client = client.clone();
            async move {
                if id.is_empty() {
                    return Ok((id, Vec::new(), Vec::new()));
                }
                let (numbers, crossings) = futures::join!(client.house_numbers(&id), client.crossing_streets(&id));
                Ok((id, numbers?, crossings?))
            }
        },
    );
    Effect::new(move || {
        // Without them nothing is checked here: the server does it all the same.
        let Some((id, numbers, crossings)) = known.load.get().ready().cloned() else { return };
        if !id.is_empty() {
            keep(editor, location, &id, numbers, crossings);
        }
    });
}

fn keep(editor: Editor, location: u32, id: &str, numbers: Vec<String>, crossings: Vec<CrossingStreet>) {
    let is_new = editor.draft.with_untracked(|draft| {
        draft.locations.iter().any(|draft| {
            draft.key == location && draft.street.road_ban_id == id && draft.street.numbers.as_ref() != Some(&numbers)
        })
    });
    if is_new {
        editor.draft.update(|draft| {
            if let Some(draft) = draft.locations.iter_mut().find(|draft| draft.key == location) {
                draft.street.numbers = Some(numbers);
                draft.street.crossing_streets = crossings;
            }
        });
    }
}

/// Asks where the street or its section is, a moment after the last change. An answer that came too late is dropped,
/// and the last geometry stays on the map meanwhile.
fn follow_geometry(editor: Editor, location: u32, client: Client) {
    let wanted = Memo::new(move |_| {
        editor.draft.with(|draft| {
            let location = draft.locations.iter().find(|draft| draft.key == location)?;
            location.street.geometry_query()
        })
    });
    let running = StoredValue::new(None::<AbortHandle>);
    let stop = move || {
        if let Some(handle) = running.try_update_value(Option::take).flatten() {
            handle.abort();
        }
    };
    let say = move |preview: Preview| {
        editor.previews.try_update(|previews| drop(previews.insert(location, preview)));
    };
    Effect::new(move || {
        stop();
        let Some(GeometryQuery { query, complete }) = wanted.get() else {
            editor.geometries.update(|geometries| drop(geometries.remove(&location)));
            say(Preview::Incomplete);
            return;
        };
        say(Preview::Searching);
        let client = client.clone();
        let (request, handle) = abortable(async move {
            TimeoutFuture::new(PAUSE_MS).await;
            client.location_geometry(&query).await
        });
        running.set_value(Some(handle));
        spawn_local(async move {
            let Ok(answer) = request.await else { return };
            match answer {
                Ok(found) => {
                    editor
                        .geometries
                        .try_update(|geometries| drop(geometries.insert(location, found.geometry.clone())));
                    editor.found.try_update(|count| *count += 1);
                    let text = found.properties.text;
                    say(Preview::Found { geometry: Box::new(found.geometry), text, complete });
                }
                Err(error) => {
                    let failure = crate::api::Failure::from(error);
                    if !failure.transient {
                        editor.geometries.try_update(|geometries| drop(geometries.remove(&location)));
                    }
                    say(Preview::Failed(failure));
                }
            }
        });
    });
    on_cleanup(stop);
}
