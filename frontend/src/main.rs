//! The browser application of DiaLog: pages, components, forms and the map, over the typed API client.
//!
//! * [`app`]: routes and the frame of every page;
//! * [`pages`]: one module per area; a page owns what it loads;
//! * [`components`]: what pages share; they take signals and callbacks;
//! * [`forms`]: what is typed, as plain values, and where its mistakes are shown; no browser needed;
//! * [`state`]: session, announcements and notices, given by context;
//! * [`api`]: calls with their failures in French; [`map`]: the thin module over MapLibre.

mod api;
mod app;
mod browser;
mod components;
mod forms;
mod map;
mod pages;
mod state;

fn main() {
    console_error_panic_hook::set_once();
    browser::remove_element("chargement");
    leptos::mount::mount_to_body(app::App);
}
