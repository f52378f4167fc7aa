//! The few things asked of the browser itself.

use js_sys::Array;
use leptos::prelude::document;
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{Element, HtmlElement, IntersectionObserver, IntersectionObserverEntry};

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

/// What has the keyboard focus, unless it lies in an element of this class.
pub fn focused_outside(class: &str) -> Option<HtmlElement> {
    let focused = document().active_element()?.dyn_into::<HtmlElement>().ok()?;
    focused.closest(&format!(".{class}")).ok()?.is_none().then_some(focused)
}

/// Gives the keyboard focus back to an element, where it is on the page; false when it is there no more.
pub fn focus_again(element: &HtmlElement) -> bool {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    let is_body = element.tag_name().eq_ignore_ascii_case("body");
    !is_body && element.is_connected() && element.focus_with_options(&options).is_ok()
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

/// Whether something on the page is like this.
pub fn is_there(selector: &str) -> bool {
    document().query_selector(selector).ok().flatten().is_some()
}

/// Brings the element of this id on the screen, if it is there; where the page was scrolled to before.
pub fn scroll_to(id: &str) -> f64 {
    let before = leptos::prelude::window().scroll_y().unwrap_or_default();
    if let Some(element) = document().get_element_by_id(id) {
        element.scroll_into_view();
    }
    before
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

/// Watches an element until it is seen; dropped, it watches no more.
pub struct Sighting {
    observer: IntersectionObserver,
    _told: Closure<dyn FnMut(Array, IntersectionObserver)>,
}

impl Drop for Sighting {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Does this once the element is on the screen. Nothing when the browser cannot tell.
pub fn once_seen(element: &Element, action: impl FnOnce() + 'static) -> Option<Sighting> {
    let mut action = Some(action);
    let told = Closure::<dyn FnMut(Array, IntersectionObserver)>::new(move |entries: Array, observer| {
        let observer: IntersectionObserver = observer;
        let seen = |entry: wasm_bindgen::JsValue| entry.unchecked_into::<IntersectionObserverEntry>().is_intersecting();
        if entries.iter().any(seen)
            && let Some(action) = action.take()
        {
            observer.disconnect();
            action();
        }
    });
    let observer = IntersectionObserver::new(told.as_ref().unchecked_ref()).ok()?;
    observer.observe(element);
    Some(Sighting { observer, _told: told })
}
