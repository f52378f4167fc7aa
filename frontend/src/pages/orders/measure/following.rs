//! What is asked of the server while a location is typed: what is known of its street or of its road, and where it is.

use dialog_client::Client;
use dialog_domain::{Geometry, RoadType};
use futures::future::{AbortHandle, abortable};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};

use super::editor::{Cell, Editor};
use crate::{
    api::{Failure, remote},
    forms::{
        FieldError,
        location::Question,
        preview::{Preview, Way},
        shape::length_m,
        street::StreetKnowledge,
    },
};

/// Long enough not to ask at each key, short enough to follow the typing.
const PAUSE_MS: u32 = 350;

/// A location to follow as long as its card is shown.
pub struct Follow {
    /// The form.
    pub editor: Editor,
    /// The location.
    pub cell: Cell,
    /// Whom to ask.
    pub client: Client,
}

/// Follows a location.
pub fn follow(Follow { editor, cell, client }: Follow) {
    follow_street(cell, client.clone());
    follow_road(cell, client.clone());
    follow_drawing(editor, cell);
    follow_place(editor, cell, client);
    follow_way(cell);
}

/// Keeps the house numbers and the crossings of the chosen street.
fn follow_street(cell: Cell, client: Client) {
    let street = cell.text(|location| location.street.road_ban_id.clone(), |_, _| ()).get;
    let known = remote(
        move || street.get(),
        move |id: String| {
            let client = client.clone();
            async move {
                if id.is_empty() {
                    return Ok(StreetKnowledge::default());
                }
                let (numbers, crossings) = futures::join!(client.house_numbers(&id), client.crossing_streets(&id));
                let (numbers, crossing_streets) = (if_known(numbers)?, if_known(crossings)?);
                Ok(StreetKnowledge { road_ban_id: id, numbers, crossing_streets })
            }
        },
    );
    Effect::new(move || {
        // Without them nothing is proposed here: the server finds what it finds all the same.
        let found = known.load.with(|load| load.ready().cloned()).unwrap_or_default();
        if street.with_untracked(|id| *id == found.road_ban_id) && cell.known.with_untracked(|known| *known != found) {
            cell.known.set(found);
        }
    });
}

/// Nothing is known of a street that only API Adresse knows.
fn if_known<T>(answer: dialog_client::Result<Vec<T>>) -> dialog_client::Result<Vec<T>> {
    match answer {
        Err(error) if error.status() == Some(404) => Ok(Vec::new()),
        answer => answer,
    }
}

/// Keeps the reference points of the chosen road.
fn follow_road(cell: Cell, client: Client) {
    let road = Memo::new(move |_| {
        cell.draft.with(|draft| {
            let is_road = matches!(draft.kind, RoadType::DepartmentalRoad | RoadType::NationalRoad);
            let chosen = is_road && !draft.road.administrator.is_empty() && !draft.road.number.is_empty();
            chosen.then(|| (draft.road.administrator.clone(), draft.road.number.clone()))
        })
    });
    let points = remote(
        move || road.get(),
        move |road: Option<(String, String)>| {
            let client = client.clone();
            async move {
                match road {
                    Some((administrator, number)) => client.reference_points(&administrator, &number).await,
                    None => Ok(Vec::new()),
                }
            }
        },
    );
    Effect::new(move || {
        let found = points.load.with(|load| load.ready().cloned()).unwrap_or_default();
        if cell.points.with_untracked(|points| *points != found) {
            cell.points.set(found);
        }
    });
}

/// A drawing is where it is drawn: nobody is asked.
fn follow_drawing(editor: Editor, cell: Cell) {
    let drawn = Memo::new(move |_| {
        cell.draft.with(|draft| match draft.kind {
            RoadType::RawGeoJson => Some(draft.drawing.geometry()),
            _ => None,
        })
    });
    Effect::new(move || {
        let Some(drawn) = drawn.get() else { return };
        let preview = match &drawn {
            None => Preview::Incomplete,
            Some(geometry) => {
                let length = length_m(geometry);
                let text = if length > 0.0 {
                    format!("Tracé de {}.", dialog_text::length(length))
                } else {
                    "Géométrie reconnue.".to_owned()
                };
                Preview::Found { text, complete: true, bounds: Vec::new(), ways: Vec::new() }
            }
        };
        place(editor, cell, drawn);
        cell.preview.set(preview);
    });
}

fn place(editor: Editor, cell: Cell, geometry: Option<Geometry>) {
    let is_found = geometry.is_some();
    cell.geometry.try_set(geometry);
    // What is written is shown whole; what is being drawn stays where it is.
    if is_found && editor.drawing.try_get_untracked().flatten() != Some(cell.key) {
        editor.found.try_update(|count| *count += 1);
    }
}

/// Asks where the location is, a moment after the last change. An answer that came too late is dropped, and the last
/// geometry stays on the map meanwhile.
fn follow_place(editor: Editor, cell: Cell, client: Client) {
    let question = Memo::new(move |_| {
        let free = if cell.draft.with(|draft| draft.kind == RoadType::WholeCity) {
            // What is not complete yet is not free yet.
            let free = editor.free_in(cell.key).into_iter().filter(|free| free.checked.with(Result::is_ok));
            free.map(|free| free.draft.get()).collect()
        } else {
            Vec::new()
        };
        cell.draft.with(|draft| cell.known.with(|known| draft.question(free.iter(), known)))
    });
    let is_drawing = Memo::new(move |_| cell.draft.with(|draft| draft.kind == RoadType::RawGeoJson));
    let running = StoredValue::new(None::<AbortHandle>);
    let stop = move || {
        if let Some(handle) = running.try_update_value(Option::take).flatten() {
            handle.abort();
        }
    };
    Effect::new(move || {
        stop();
        if cell.lost.with_untracked(|lost| !lost.is_empty()) {
            cell.lost.set(Vec::new());
        }
        if is_drawing.get() {
            return;
        }
        let Some(question) = question.get() else {
            cell.geometry.set(None);
            cell.preview.set(Preview::Incomplete);
            return;
        };
        cell.preview.set(Preview::Searching);
        let client = client.clone();
        let complete = matches!(question, Question::Location { complete: true, .. });
        let (request, handle) = abortable(async move {
            TimeoutFuture::new(PAUSE_MS).await;
            match question {
                Question::Location { input, .. } => client.compute_geometry(&input).await,
                Question::Road { kind, administrator, number } => {
                    client.road_geometry(&administrator, kind, &number).await
                }
            }
        });
        running.set_value(Some(handle));
        spawn_local(async move {
            let Ok(answer) = request.await else { return };
            match answer {
                Ok(found) => {
                    cell.preview.try_set(Preview::found(&found, complete));
                    place(editor, cell, Some(found.geometry));
                }
                Err(error) => {
                    let failure = Failure::from(error);
                    if !failure.transient {
                        cell.geometry.try_set(None);
                        let lost = failure.violations();
                        // The person has not tried to save, and the field that is wrong is known all the same.
                        for FieldError { path, .. } in &lost {
                            cell.form.touch(&format!("{}.{path}", cell.path()));
                        }
                        cell.lost.try_set(lost);
                    }
                    cell.preview.try_set(Preview::Failed(failure));
                }
            }
        });
    });
    on_cleanup(stop);
}

/// Round a loop, the way that is chosen is the one that the map shows.
fn follow_way(cell: Cell) {
    let written = cell.text(|location| location.street.way.clone(), |_, _| ()).get;
    Effect::new(move || {
        let way = cell.preview.with(|preview| written.with(|written| preview.way(written).cloned()));
        let Some(Way { geometry, .. }) = way else { return };
        if cell.geometry.with_untracked(|shown| shown.as_ref() != Some(&geometry)) {
            cell.geometry.set(Some(geometry));
        }
    });
}
