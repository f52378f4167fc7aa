use leptos::{ev, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{Element, HtmlElement, MouseEvent};

use crate::components::Dialog;

/// Where somebody goes who leaves a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Away {
    /// To another page of the application.
    Page(String),
    /// Nowhere: the form closes, its page stays.
    Here,
}

/// Asks before what is typed is left: by a link of the page, by the button « Annuler », by the browser.
#[component]
pub fn LeavingDialog(
    /// Whether something would be lost.
    #[prop(into)]
    is_dirty: Callback<(), bool>,
    /// Where to go, once somebody asks to leave.
    wanted: RwSignal<Option<Away>>,
    /// The person agreed to lose what is typed. Going to another page is done here.
    #[prop(into)]
    on_leave: Callback<Away>,
) -> impl IntoView {
    let navigate = use_navigate();
    let open = RwSignal::new(false);
    Effect::new(move || {
        if wanted.get().is_some() {
            open.set(true);
        }
    });
    warn_before_unload(is_dirty);
    ask_at_links(is_dirty, wanted);
    let leave = StoredValue::new_local(move || {
        let Some(away) = wanted.get_untracked() else { return };
        on_leave.run(away.clone());
        if let Away::Page(path) = away {
            navigate(&path, NavigateOptions::default());
        }
    });
    view! {
        <Dialog
            open=open
            id="quitter"
            title=Signal::stored("Quitter sans enregistrer ?".to_owned())
            on_close=move |()| wanted.set(None)
        >
            <p>"Ce que vous avez saisi sera perdu."</p>
            <ul class="fr-btns-group fr-btns-group--inline-md">
                <li>
                    <button type="button" class="fr-btn" on:click=move |_| open.set(false)>
                        "Continuer la saisie"
                    </button>
                </li>
                <li>
                    <button
                        type="button"
                        class="fr-btn fr-btn--secondary"
                        on:click=move |_| leave.with_value(|leave| leave())
                    >
                        "Quitter"
                    </button>
                </li>
            </ul>
        </Dialog>
    }
}

/// The browser asks before the page is closed or left for another site.
fn warn_before_unload(is_dirty: Callback<(), bool>) {
    let listener = window_event_listener(ev::beforeunload, move |event| {
        if is_dirty.try_run(()) == Some(true) {
            event.prevent_default();
        }
    });
    on_cleanup(move || listener.remove());
}

/// A link of the page asks before it is followed. It is told before the router, which would follow it.
fn ask_at_links(is_dirty: Callback<(), bool>, wanted: RwSignal<Option<Away>>) {
    let listener = Closure::<dyn Fn(MouseEvent)>::new(move |event: MouseEvent| {
        let is_plain = event.button() == 0 && !(event.ctrl_key() || event.meta_key() || event.shift_key());
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let link = target.and_then(|target| target.closest("a[href^='/']").ok().flatten());
        let path = link
            .filter(|link| !link.has_attribute("download") && !link.has_attribute("target"))
            .and_then(|link| link.get_attribute("href"));
        // A place of the same page is not another page.
        let here = window().location().pathname().unwrap_or_default();
        let is_left =
            |path: &String| !path.starts_with("/api/") && path.split_once('#').is_none_or(|(page, _)| page != here);
        if let Some(path) = path.filter(|path| is_plain && is_left(path))
            && is_dirty.try_run(()) == Some(true)
        {
            event.prevent_default();
            event.stop_propagation();
            if let Some(active) = document().active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok())
            {
                // The dialog gives the focus back to what had it.
                drop(active.focus());
            }
            wanted.set(Some(Away::Page(path)));
        }
    });
    let page = document();
    let added = page.add_event_listener_with_callback_and_bool("click", listener.as_ref().unchecked_ref(), true);
    let kept = StoredValue::new_local(added.ok().map(|()| listener));
    on_cleanup(move || {
        if let Some(listener) = kept.try_update_value(Option::take).flatten() {
            drop(page.remove_event_listener_with_callback_and_bool("click", listener.as_ref().unchecked_ref(), true));
        }
    });
}
