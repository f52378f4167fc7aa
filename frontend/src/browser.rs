//! The few things asked of the browser itself.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Title of the tab.
pub fn set_title(page: &str) {
    document().set_title(&format!("{page} - DiaLog"));
}

/// Moves the keyboard focus to the element of this id; false when there is none.
pub fn focus(id: &str) -> bool {
    let Some(element) = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok())
    else {
        return false;
    };
    element.scroll_into_view_with_scroll_into_view_options(&nearest());
    element.focus().is_ok()
}

/// Moves the keyboard focus to an element that is about to be shown.
pub fn focus_soon(id: impl Into<String>) {
    let id = id.into();
    leptos::prelude::request_animation_frame(move || {
        focus(&id);
    });
}

fn nearest() -> web_sys::ScrollIntoViewOptions {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Center);
    options
}

/// Whether the screen is like this at this moment.
pub fn matches_media(query: &str) -> bool {
    leptos::prelude::window().match_media(query).ok().flatten().is_some_and(|media| media.matches())
}

/// Removes the element of this id, if it is there.
pub fn remove_element(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        element.remove();
    }
}

/// Content of `<meta name="…">`.
pub fn meta(name: &str) -> Option<String> {
    document().query_selector(&format!("meta[name=\"{name}\"]")).ok()??.get_attribute("content")
}

/// `http://host:port` of the page.
pub fn origin() -> String {
    leptos::prelude::window().location().origin().unwrap_or_default()
}

/// The present day in the zone of the browser, as `YYYY-MM-DD`.
pub fn today() -> String {
    chrono::Local::now().date_naive().to_string()
}
