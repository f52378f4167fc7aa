use dialog_domain::OrderId;
use leptos::{ev, prelude::*};

/// Where somebody was in the list of orders: whoever comes back finds the same filters, on the line that they left.
#[derive(Clone, Copy)]
pub struct ListPlace {
    href: RwSignal<String>,
    opened: StoredValue<Option<OrderId>>,
    is_returning: StoredValue<bool>,
}

impl ListPlace {
    /// Nobody was there yet.
    pub fn new() -> Self {
        let is_returning = StoredValue::new(false);
        // Backwards in the history; a page that is not the list forgets it.
        window_event_listener(ev::popstate, move |_| is_returning.set_value(true));
        Self { href: RwSignal::new("/regulations".to_owned()), opened: StoredValue::new(None), is_returning }
    }

    /// The list, as it was.
    pub fn href(self) -> String {
        self.href.get()
    }

    /// Called by the list: what it is limited to.
    pub fn is_at(self, href: String) {
        self.href.set(href);
    }

    /// Called by the page of an order.
    pub fn opens(self, order: OrderId) {
        self.opened.set_value(Some(order));
        self.is_returning.set_value(false);
    }

    /// Called by a link that leads back.
    pub fn returns(self) {
        self.is_returning.set_value(true);
    }

    /// The order from which somebody comes back, once.
    pub fn take(self) -> Option<OrderId> {
        let is_returning = self.is_returning.try_update_value(std::mem::take).unwrap_or(false);
        let opened = self.opened.try_update_value(Option::take).flatten();
        opened.filter(|_| is_returning)
    }
}
