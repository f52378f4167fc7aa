use leptos::{ev, prelude::*};

/// Whether the browser has a network, as far as it knows.
#[derive(Clone, Copy)]
pub struct Connection(RwSignal<bool>);

impl Connection {
    /// Follows the browser for as long as the application lives.
    pub fn new() -> Self {
        let online = RwSignal::new(window().navigator().on_line());
        let lost = window_event_listener(ev::offline, move |_| online.set(false));
        let back = window_event_listener(ev::online, move |_| online.set(true));
        on_cleanup(move || {
            lost.remove();
            back.remove();
        });
        Self(online)
    }

    /// Whether there is a network.
    pub fn is_online(self) -> bool {
        self.0.get()
    }
}
