use std::sync::Arc;

use dialog_api_types::roads::{ReferencePointItem, RoadAdministrators};
use dialog_client::Client;
use leptos::prelude::*;

use super::editor::{Cell, Editor};
use crate::{
    api::{client, remote},
    components::{Choice, Combobox, Search, SelectField, TextField},
    forms::{
        Model, RoadBoundDraft, model,
        road::side_word,
        street::{SIDES, direction_choices},
    },
};

/// A numbered road: manager, number, two reference points, direction; in winter, the waiting area of lorries.
#[component]
pub fn RoadFields(
    cell: Cell,
    /// `departmentalRoad` or `nationalRoad`.
    kind: &'static str,
) -> impl IntoView {
    let is_national = kind == "nationalRoad";
    let at = move |field: &str| cell.at(&format!("{kind}.{field}"));
    let administrator = cell.text(
        |location| location.road.administrator.clone(),
        |location, name| location.road.choose_administrator(name),
    );
    let number = model(
        cell.draft,
        |location| Choice::new(location.road.number.clone(), location.road.number.clone()),
        |location, choice: Choice| location.road.choose_road(choice.id),
    );
    let direction = cell.text(
        |location| match location.road.direction.as_str() {
            "" => "BOTH".to_owned(),
            word => word.to_owned(),
        },
        |location, word| location.road.direction = word,
    );
    let no_manager = Signal::derive(move || administrator.get.with(String::is_empty));
    view! {
        <SelectField
            path=at("administrator")
            label=Signal::stored("Gestionnaire".to_owned())
            placeholder="Choisir un gestionnaire"
            value=administrator
            options=managers(is_national, administrator.get)
        />
        <Combobox
            path=at("roadNumber")
            label=Signal::stored(
                if is_national { "Numéro de la nationale" } else { "Numéro de la départementale" }.to_owned(),
            )
            hint=if is_national { "Par exemple « N12 », « RN 12 » ou « 12 »." } else { "Par exemple « D12 », « RD 12 » ou « 12 »." }
            value=number
            search=road_search(client(), kind, administrator.get)
            shortest=1
            disabled=no_manager
        />
        <RoadBound cell=cell kind=kind side=0/>
        <RoadBound cell=cell kind=kind side=1/>
        <SelectField
            path=at("direction")
            label=Signal::stored("Sens concerné".to_owned())
            value=direction
            options=Signal::stored(direction_choices())
        />
        {is_national.then(|| view! { <StorageArea cell=cell/> })}
    }
}

/// Those who manage roads of this kind; a manager that was saved shows even when it is no longer among them.
fn managers(is_national: bool, chosen: Memo<String>) -> Signal<Vec<(String, String)>> {
    let client = client();
    let all = remote(
        || (),
        move |()| {
            let client = client.clone();
            async move { client.road_administrators().await }
        },
    );
    Signal::derive(move || {
        let RoadAdministrators { departmental_road, national_road, motorway, intercommunal_road } =
            all.load.with(|load| load.ready().cloned()).unwrap_or_default();
        let (mut names, others) =
            if is_national { (national_road, motorway) } else { (departmental_road, intercommunal_road) };
        names.extend(others);
        let chosen = chosen.get();
        if !chosen.is_empty() && !names.contains(&chosen) {
            names.push(chosen);
        }
        names.into_iter().map(|name| (name.clone(), name)).collect()
    })
}

fn road_search(client: Client, kind: &'static str, administrator: Memo<String>) -> Search {
    Arc::new(move |text| {
        let client = client.clone();
        let administrator = administrator.get_untracked();
        Box::pin(async move {
            let roads = client.roads(&administrator, kind, &text).await?;
            let choice = |number: String| Choice::new(number.clone(), number);
            Ok(roads.into_iter().map(|road| choice(road.road_number)).collect())
        })
    })
}

#[component]
fn RoadBound(cell: Cell, kind: &'static str, side: usize) -> impl IntoView {
    let letter = if side == 0 { "A" } else { "B" };
    let at = move |field: &str| cell.at(&format!("{kind}.{}{field}", SIDES.get(side).copied().unwrap_or_default()));
    let point = model(
        cell.draft,
        move |location| {
            let bound = location.road.bounds.get(side).cloned().unwrap_or_default();
            Choice::new(bound.point, bound.label)
        },
        move |location, choice: Choice| {
            // A point that is on one carriageway only says which one.
            let sides = cell.points.with_untracked(|points| {
                points
                    .iter()
                    .find(|point| point.value == choice.id)
                    .map(|point| point.sides.clone())
                    .unwrap_or_default()
            });
            location.road.set_bound(side, |bound| {
                bound.point = choice.id;
                bound.label = choice.label;
                if !sides.iter().any(|side| side_word(*side) == bound.side) {
                    bound.side =
                        if let [only] = sides.as_slice() { side_word(*only).to_owned() } else { String::new() };
                }
            });
        },
    );
    let sides = Memo::new(move |_| {
        let chosen = cell.draft.with(|location| location.road.bounds.get(side).cloned()).unwrap_or_default();
        let known = cell
            .points
            .with(|points| points.iter().find(|point| is_chosen(point, &chosen)).map(|point| point.sides.clone()));
        let all = [dialog_domain::RoadSide::U, dialog_domain::RoadSide::D, dialog_domain::RoadSide::G];
        let sides = known.unwrap_or_else(|| all.to_vec());
        let named = |side| (side_word(side).to_owned(), dialog_text::labels::road_side(side).to_owned());
        sides.into_iter().map(named).collect::<Vec<_>>()
    });
    let no_road = Signal::derive(move || cell.draft.with(|location| location.road.number.is_empty()));
    view! {
        <div class="dl-bound" role="group" aria-label=format!("Point {letter}")>
            <p class="dl-bound__letter" aria-hidden="true">
                {letter}
            </p>
            <div class="dl-bound__fields">
                <Combobox
                    path=at("PointNumber")
                    label=Signal::stored(format!("PR du point {letter}"))
                    value=point
                    search=point_search(cell)
                    shortest=0
                    disabled=no_road
                />
                <SelectField
                    path=at("Side")
                    label=Signal::stored(format!("Côté du point {letter}"))
                    placeholder="Choisir un côté"
                    value=part(cell, side, |bound| bound.side.clone(), |bound, word| bound.side = word)
                    options=sides
                />
                <TextField
                    path=at("Abscissa")
                    label=Signal::stored(format!("Abscisse du point {letter} (m)"))
                    hint="Distance depuis le PR ; négative en arrière de lui, 0 sans rien écrire."
                    input_mode="numeric"
                    value=part(cell, side, |bound| bound.abscissa.clone(), |bound, text| bound.abscissa = text)
                    optional=true
                />
            </div>
        </div>
    }
}

fn is_chosen(point: &ReferencePointItem, bound: &RoadBoundDraft) -> bool {
    point.value == bound.point || point.point_number == bound.point
}

fn part(
    cell: Cell,
    side: usize,
    read: fn(&RoadBoundDraft) -> String,
    write: fn(&mut RoadBoundDraft, String),
) -> Model<String> {
    model(
        cell.draft,
        move |location| location.road.bounds.get(side).map(read).unwrap_or_default(),
        move |location, value| location.road.set_bound(side, |bound| write(bound, value)),
    )
}

/// The points of the road are here already: nobody is asked.
fn point_search(cell: Cell) -> Search {
    Arc::new(move |text| {
        let found = cell.points.with_untracked(|points| {
            let wanted = points.iter().filter(|point| point.point_number.starts_with(text.trim()));
            wanted.map(|point| Choice::new(point.value.clone(), point.label.clone())).collect::<Vec<_>>()
        });
        Box::pin(async move { Ok(found) })
    })
}

/// In winter lorries wait in an area beside a national road.
#[component]
fn StorageArea(cell: Cell) -> impl IntoView {
    let editor: Editor = expect_context();
    let client = client();
    let road = cell.text(|location| location.road.number.clone(), |_, _| ()).get;
    let areas = remote(
        move || road.get(),
        move |number: String| {
            let client = client.clone();
            async move { if number.is_empty() { Ok(Vec::new()) } else { client.storage_areas(&number).await } }
        },
    );
    let area =
        cell.text(|location| location.road.storage_area.clone(), |location, area| location.road.storage_area = area);
    let options = Memo::new(move |_| {
        let areas = areas.load.with(|load| load.ready().cloned()).unwrap_or_default();
        areas.into_iter().map(|area| (area.uuid.to_string(), area.description)).collect::<Vec<_>>()
    });
    let is_winter = editor.is_winter.get_value();
    let shown = Memo::new(move |_| !area.get.with(String::is_empty) || (is_winter && !options.with(Vec::is_empty)));
    view! {
        <Show when=move || shown.get()>
            <SelectField
                path=cell.at("nationalRoad.storageAreaUuid")
                label=Signal::stored("Aire de stockage".to_owned())
                hint="Où les poids lourds attendent en hiver."
                placeholder="Aucune aire"
                value=area
                options=options
                optional=true
            />
        </Show>
    }
}
