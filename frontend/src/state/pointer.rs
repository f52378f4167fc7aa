use std::time::Duration;

use leptos::{ev, prelude::*};

type Action = Box<dyn FnOnce()>;

/// Whether something is being pressed.
///
/// Pressing a button takes the focus from the field before the button is released. A message that appeared under the
/// field at that moment would push the button away from the pointer, and the press would be lost.
#[derive(Clone, Copy)]
pub struct Pointer {
    pressed: StoredValue<bool>,
    waiting: StoredValue<Vec<Action>, LocalStorage>,
}

impl Pointer {
    /// Follows the pointer as long as the application lives.
    pub fn new() -> Self {
        let pointer = Self { pressed: StoredValue::new(false), waiting: StoredValue::new_local(Vec::new()) };
        // Never removed: the application never goes.
        let _down = window_event_listener(ev::pointerdown, move |_| pointer.pressed.set_value(true));
        let _up = window_event_listener(ev::pointerup, move |_| pointer.released());
        let _cancelled = window_event_listener(ev::pointercancel, move |_| pointer.released());
        pointer
    }

    /// Does this now, or once what is pressed has been released.
    pub fn once_released(self, action: impl FnOnce() + 'static) {
        if self.pressed.get_value() {
            self.waiting.update_value(|waiting| waiting.push(Box::new(action)));
        } else {
            action();
        }
    }

    fn released(self) {
        self.pressed.set_value(false);
        // After the click that follows the release.
        set_timeout(
            move || {
                for action in self.waiting.try_update_value(std::mem::take).unwrap_or_default() {
                    action();
                }
            },
            Duration::ZERO,
        );
    }
}
