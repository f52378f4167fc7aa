use dialog_domain::{PointType, rules::limits};
use leptos::prelude::*;

use super::editor::{Editor, below};
use crate::{
    components::{RadioField, SelectField, TextField},
    forms::{BoundDraft, LocationDraft, Model, errors::field_id},
};

/// Paths of the fields of a bound.
struct Names {
    letter: &'static str,
    kind: &'static str,
    number: &'static str,
    street: &'static str,
    crossing: &'static str,
}

const FROM: Names = Names {
    letter: "A",
    kind: "fromPointType",
    number: "fromHouseNumber",
    street: "fromRoadName",
    crossing: "fromCrossing",
};

const TO: Names =
    Names { letter: "B", kind: "toPointType", number: "toHouseNumber", street: "toRoadName", crossing: "toCrossing" };

/// A bound of a section: a house number or a crossing.
#[component]
pub fn BoundFields(
    /// Key of the location.
    location: u32,
    /// Path of the street.
    path: Signal<String>,
    /// Bound A, or bound B.
    from: bool,
) -> impl IntoView {
    let editor: Editor = expect_context();
    let names = if from { FROM } else { TO };
    let bound = move |location: &LocationDraft| {
        if from { location.street.from.clone() } else { location.street.to.clone() }
    };
    let kind = part(
        editor,
        location,
        from,
        |bound| {
            if bound.kind == PointType::Intersection { "intersection".to_owned() } else { "houseNumber".to_owned() }
        },
        |bound, word| {
            let intersection = word == "intersection";
            bound.kind = if intersection { PointType::Intersection } else { PointType::HouseNumber };
        },
    );
    let is_intersection = Memo::new(move |_| kind.get.with(|word| word == "intersection"));
    let number = part(editor, location, from, |bound| bound.number.clone(), |bound, number| bound.number = number);
    let street = editor.location(
        location,
        move |location| bound(location).road_ban_id,
        move |location, id: String| {
            let known = location.street.crossing_streets.iter().find(|street| street.road_ban_id == id);
            let name = known.map(|street| street.road_name.clone()).unwrap_or_default();
            let bound = if from { &mut location.street.from } else { &mut location.street.to };
            bound.road_ban_id = id;
            bound.road_name = name;
            bound.crossing = None;
        },
    );
    let crossing = part(
        editor,
        location,
        from,
        |bound| bound.crossing.map(|crossing| crossing.to_string()).unwrap_or_default(),
        |bound, word| bound.crossing = word.parse().ok(),
    );
    let numbers =
        editor.location(location, |location| location.street.numbers.clone().unwrap_or_default(), |_, _| ()).get;
    let crossing_streets = editor
        .location(
            location,
            move |location| {
                let street = &location.street;
                let mut options: Vec<(String, String)> =
                    street.crossing_streets.iter().map(|s| (s.road_ban_id.clone(), s.road_name.clone())).collect();
                // What was saved shows even before the list is here.
                let bound = bound(location);
                if !bound.road_ban_id.is_empty() && !options.iter().any(|(id, _)| *id == bound.road_ban_id) {
                    options.push((bound.road_ban_id, bound.road_name));
                }
                options
            },
            |_, _| (),
        )
        .get;
    let crossings = editor
        .location(
            location,
            move |location| {
                let street = location.street.crossing_street(&bound(location));
                let count = street.map_or(0, |street| street.crossings.len());
                if count < 2 {
                    return Vec::new();
                }
                let numbers = street.into_iter().flat_map(|street| &street.crossings).map(|crossing| crossing.number);
                numbers
                    .map(|number| (number.to_string(), format!("Croisement {number} sur la carte")))
                    .collect::<Vec<_>>()
            },
            |_, _| (),
        )
        .get;
    let kinds = vec![
        ("houseNumber".to_owned(), "Numéro de rue".to_owned()),
        ("intersection".to_owned(), "Intersection".to_owned()),
    ];
    let number_path = below(path, names.number);
    let list_id = Signal::derive(move || format!("{}-numeros", field_id(&number_path.get())));
    view! {
        <div class="dl-bound" role="group" aria-label=format!("Point {}", names.letter)>
            <p class="dl-bound__letter" aria-hidden="true">
                {names.letter}
            </p>
            <div class="dl-bound__fields">
                <RadioField
                    path=below(path, names.kind)
                    label=Signal::stored(format!("Point {}", names.letter))
                    value=kind
                    options=Signal::stored(kinds)
                />
                <Show
                    when=move || is_intersection.get()
                    fallback=move || {
                        view! {
                            <TextField
                                path=number_path
                                label=Signal::stored("Numéro".to_owned())
                                value=number
                                max_length=limits::HOUSE_NUMBER_MAX
                                list=list_id
                            />
                            <datalist id=list_id>
                                {move || {
                                    numbers
                                        .get()
                                        .into_iter()
                                        .map(|number| view! { <option value=number></option> })
                                        .collect_view()
                                }}
                            </datalist>
                        }
                    }
                >
                    <SelectField
                        path=below(path, names.street)
                        label=Signal::stored("Voie d’intersection".to_owned())
                        placeholder="Choisir une voie"
                        value=street
                        options=crossing_streets
                    />
                    <Show when=move || !crossings.get().is_empty()>
                        <SelectField
                            path=below(path, names.crossing)
                            label=Signal::stored("Croisement".to_owned())
                            hint="Ces deux voies se croisent plusieurs fois : les croisements sont numérotés sur la carte."
                            placeholder="Choisir le croisement"
                            value=crossing
                            options=crossings
                        />
                    </Show>
                </Show>
            </div>
        </div>
    }
}

/// A part of one of the two bounds.
fn part(
    editor: Editor,
    location: u32,
    from: bool,
    read: fn(&BoundDraft) -> String,
    write: fn(&mut BoundDraft, String),
) -> Model<String> {
    editor.location(
        location,
        move |location| read(if from { &location.street.from } else { &location.street.to }),
        move |location, value| write(if from { &mut location.street.from } else { &mut location.street.to }, value),
    )
}
