use std::sync::Arc;

use dialog_client::ClientError;
use futures::future::{AbortHandle, LocalBoxFuture, abortable};
use gloo_timers::future::TimeoutFuture;
use leptos::{ev, prelude::*, task::spawn_local};

use crate::{api::Failure, browser};

/// One thing that can be chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Its identifier; empty when nothing is chosen.
    pub id: String,
    /// Its name.
    pub label: String,
    /// What must be known before it is chosen, beside its name.
    pub detail: String,
}

impl Choice {
    /// A choice whose name says everything.
    pub fn new(id: impl Into<String>, label: impl Into<String>) -> Self {
        Self { id: id.into(), label: label.into(), detail: String::new() }
    }
}

/// Finds what can be chosen for what was typed.
pub type Search =
    Arc<dyn Fn(String) -> LocalBoxFuture<'static, Result<Vec<Choice>, ClientError>> + Send + Sync + 'static>;

/// Long enough not to ask at each key, short enough not to be noticed.
const PAUSE_MS: u32 = 250;

#[derive(Clone, PartialEq)]
enum Answer {
    Nothing,
    TooShort,
    Searching,
    Here(Vec<Choice>),
    Failed(Failure),
}

/// What is typed and the list of what it may mean (ARIA 1.2 combobox). With `kept` it is a field: whoever leaves it has
/// chosen what they were on or wrote in full, or keeps what was chosen before. Without, it leads somewhere: nothing is
/// chosen by leaving it, and Enter takes the first line.
#[component]
pub fn Completion(
    /// Id of the field.
    #[prop(into)]
    id: Signal<String>,
    /// What is listed.
    #[prop(into)]
    label: Signal<String>,
    /// Finds what can be chosen.
    search: Search,
    /// Fewest characters to search for.
    shortest: usize,
    /// What was chosen before.
    #[prop(optional, into)]
    kept: Option<Signal<Choice>>,
    /// May be left empty.
    #[prop(optional)]
    optional: bool,
    /// Told what is chosen; an empty choice when it is wiped out.
    on_choose: Callback<Choice>,
    /// Told when the field is left.
    #[prop(optional, into)]
    on_leave: Option<Callback<()>>,
    /// Whether nothing can be typed yet.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Whether what is chosen is wrong.
    #[prop(optional, into)]
    wrong: Signal<bool>,
    /// Ids of what tells more.
    #[prop(into)]
    described_by: Signal<String>,
) -> impl IntoView {
    let chosen = move || kept.map(|kept| kept.get_untracked()).unwrap_or_default();
    let text = RwSignal::new(chosen().label);
    let answer = RwSignal::new(Answer::Nothing);
    let open = RwSignal::new(false);
    let active = RwSignal::new(None::<usize>);
    let running = StoredValue::new(None::<AbortHandle>);
    // Enter was pressed before there was a list.
    let hurried = StoredValue::new(false);
    let search = StoredValue::new(search);
    let list_id = move || format!("{}-liste", id.get());
    let option_id = move |rank: usize| format!("{}-option-{rank}", id.get());

    if let Some(kept) = kept {
        // What is chosen elsewhere (another commune empties the street) shows here.
        Effect::new(move || text.set(kept.get().label));
    }

    let stop = move || {
        if let Some(handle) = running.try_update_value(Option::take).flatten() {
            handle.abort();
        }
    };
    on_cleanup(stop);
    let choose = move |choice: Choice| {
        stop();
        open.set(false);
        active.set(None);
        answer.set(Answer::Nothing);
        text.set(choice.label.clone());
        on_choose.run(choice);
    };
    let ask = move |pause: u32| {
        stop();
        hurried.set_value(false);
        active.set(None);
        open.set(true);
        let typed = text.get_untracked().trim().to_owned();
        if typed.chars().count() < shortest {
            answer.set(if typed.is_empty() { Answer::Nothing } else { Answer::TooShort });
            return;
        }
        // What was found stays in sight until the next answer.
        if !matches!(answer.get_untracked(), Answer::Here(_)) {
            answer.set(Answer::Searching);
        }
        let search = search.get_value();
        let (request, handle) = abortable(async move {
            TimeoutFuture::new(pause).await;
            search(typed).await
        });
        running.set_value(Some(handle));
        spawn_local(async move {
            let Ok(found) = request.await else { return };
            running.try_set_value(None);
            // The person may already be on a line of the list that was there: they stay on it.
            let pointed = answer.try_with_untracked(|answer| match (answer, active.try_get_untracked().flatten()) {
                (Answer::Here(choices), Some(rank)) => choices.get(rank).map(|choice| choice.id.clone()),
                _ => None,
            });
            let next = match found {
                Ok(choices) => Answer::Here(choices),
                Err(error) => Answer::Failed(error.into()),
            };
            let rank = pointed.flatten().and_then(|id| match &next {
                Answer::Here(choices) => choices.iter().position(|choice| choice.id == id),
                _ => None,
            });
            let first = match &next {
                Answer::Here(choices) => choices.first().cloned(),
                _ => None,
            };
            if let (Some(true), Some(first)) = (hurried.try_get_value(), first) {
                choose(first);
                return;
            }
            answer.try_set(next);
            active.try_set(rank);
        });
    };
    let close = move || {
        open.set(false);
        active.set(None);
        hurried.set_value(false);
    };
    let choices = move || match answer.get() {
        Answer::Here(choices) => choices,
        _ => Vec::new(),
    };
    let pointed = move || active.get_untracked().and_then(|rank| choices().into_iter().nth(rank));
    let step = move |forward: bool| {
        let count = choices().len();
        if count == 0 {
            if !open.get_untracked() {
                ask(0);
            }
            return;
        }
        open.set(true);
        active.update(|active| *active = Some(next(*active, count, forward)));
        if let Some(rank) = active.get_untracked() {
            scroll_to(&option_id(rank));
        }
    };
    let enter = move || {
        if let Some(choice) = pointed() {
            choose(choice);
        } else if kept.is_none() && open.get_untracked() {
            // The list of what was typed before says nothing of what is typed now.
            if running.with_value(Option::is_some) {
                hurried.set_value(true);
            } else if let Some(first) = choices().into_iter().next() {
                choose(first);
            }
        }
    };
    let on_key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "ArrowDown" | "ArrowUp" => {
            event.prevent_default();
            step(event.key() == "ArrowDown");
        }
        "Enter" => {
            // Enter chooses; it never sends the form.
            event.prevent_default();
            enter();
        }
        "Escape" if open.get_untracked() => {
            // What else Escape closes stays open.
            event.prevent_default();
            event.stop_propagation();
            close();
        }
        "Escape" if kept.is_some() => text.set(chosen().label),
        _ => {}
    };
    let settle = move |typed: &str| {
        let kept = chosen();
        let listed = pointed().or_else(|| choices().into_iter().find(|choice| same_name(&choice.label, typed)));
        match listed {
            _ if typed.is_empty() && kept.id.is_empty() => {}
            _ if typed.is_empty() => choose(Choice::default()),
            Some(choice) if choice.id != kept.id => choose(choice),
            // What was chosen before stays until something else is chosen.
            _ if !kept.id.is_empty() => text.set(kept.label),
            _ => {}
        }
    };
    let on_blur = move |_| {
        // A field that goes while it has the focus is left after it is gone.
        let Some(typed) = text.try_get_untracked() else { return };
        if kept.is_some() {
            settle(typed.trim());
        }
        close();
        if let Some(on_leave) = on_leave {
            on_leave.run(());
        }
    };

    let option = move |(rank, choice): (usize, Choice)| {
        let mine = choice.clone();
        let is_active = move || active.get() == Some(rank);
        view! {
            <li
                role="option"
                id=move || option_id(rank)
                class="dl-combobox__option"
                class=("dl-combobox__option--active", is_active)
                aria-selected=move || is_active().to_string()
                on:pointerdown=|event| event.prevent_default()
                on:click=move |_| choose(mine.clone())
            >
                {choice.label}
                {(!choice.detail.is_empty()).then(|| view! { <span class="dl-combobox__detail">{choice.detail}</span> })}
            </li>
        }
    };
    let status = move || {
        if !open.get() {
            return String::new();
        }
        match answer.get() {
            Answer::Nothing | Answer::Failed(_) => String::new(),
            Answer::TooShort => format!("Écrivez au moins {shortest} caractères."),
            Answer::Searching => "Recherche…".to_owned(),
            Answer::Here(choices) => match choices.len() {
                // So few letters are the whole name of something, or its beginning.
                0 if text.with(|text| text.trim().chars().count() < 3) => "Écrivez la suite.".to_owned(),
                0 => "Aucun résultat. Vérifiez l’orthographe.".to_owned(),
                1 => "1 résultat.".to_owned(),
                count => format!("{count} résultats."),
            },
        }
    };
    let failure = move || match answer.get() {
        Answer::Failed(failure) if open.get() => Some(failure),
        _ => None,
    };
    let expanded = move || open.get() && !choices().is_empty();

    view! {
        <div class="dl-combobox">
            <input
                class="fr-input"
                type="text"
                role="combobox"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                id=id
                disabled=disabled
                aria-autocomplete="list"
                aria-required=(kept.is_some() && !optional).then_some("true")
                aria-expanded=move || expanded().to_string()
                aria-controls=list_id
                aria-activedescendant=move || active.get().map(option_id)
                aria-invalid=move || wrong.get().then_some("true")
                aria-describedby=described_by
                prop:value=text
                on:input:target=move |event| {
                    text.set(event.target().value());
                    ask(PAUSE_MS);
                }
                on:keydown=on_key
                on:focus=move |_| {
                    // A short list shows without a word.
                    if shortest == 0 && chosen().id.is_empty() {
                        ask(0);
                    }
                }
                on:blur=on_blur
            />
            <ul class="dl-combobox__list" role="listbox" id=list_id aria-label=label hidden=move || !expanded()>
                {move || choices().into_iter().enumerate().map(option).collect_view()}
            </ul>
            <p class="dl-combobox__status" role="status">
                {status}
            </p>
            {move || {
                failure()
                    .map(|failure| {
                        view! {
                            <p class="fr-error-text dl-combobox__failure" role="alert">
                                <span>{failure.title} ". " {failure.detail}</span>
                                <button
                                    type="button"
                                    class="fr-btn fr-btn--sm fr-btn--tertiary"
                                    on:pointerdown=|event| event.prevent_default()
                                    on:click=move |_| {
                                        ask(0);
                                        browser::focus(&id.get_untracked());
                                    }
                                >
                                    "Réessayer"
                                </button>
                            </p>
                        }
                    })
            }}
        </div>
    }
}

/// The rank after or before `active` in a list of `count`; the ends meet.
fn next(active: Option<usize>, count: usize, forward: bool) -> usize {
    match (active, forward) {
        (None, true) => 0,
        (None, false) => count - 1,
        (Some(rank), true) => (rank + 1) % count,
        (Some(rank), false) => (rank + count - 1) % count,
    }
}

/// Whether two names differ by case and spaces only.
fn same_name(one: &str, other: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    plain(one) == plain(other)
}

fn scroll_to(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arrows_go_round() {
        assert_eq!(next(None, 3, true), 0);
        assert_eq!(next(None, 3, false), 2);
        assert_eq!(next(Some(2), 3, true), 0);
        assert_eq!(next(Some(0), 3, false), 2);
    }

    #[test]
    fn a_name_typed_in_full_is_the_choice_of_that_name() {
        assert!(same_name("Rue des Rosiers", "rue  des rosiers"));
        assert!(!same_name("Rue des Rosiers", "rue des ros"));
    }
}
