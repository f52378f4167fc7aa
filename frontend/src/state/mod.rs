//! What the whole application shares, given by context.

mod announcer;
mod connection;
mod list_place;
mod local_copy;
mod navigation;
mod notices;
mod pointer;
mod session;

pub use announcer::Announcer;
pub use connection::Connection;
pub use list_place::ListPlace;
pub use local_copy::{Kept, LocalCopy};
pub use navigation::Navigation;
pub use notices::{Notice, NoticeKind, Notices};
pub use pointer::Pointer;
pub use session::{Session, SessionState};

use dialog_client::Client;
use leptos::prelude::provide_context;

/// Gives everything to the components below.
pub fn provide(client: Client) {
    provide_context(client.clone());
    provide_context(Announcer::new());
    provide_context(Connection::new());
    provide_context(ListPlace::new());
    provide_context(Navigation::new());
    provide_context(Notices::new());
    provide_context(Pointer::new());
    provide_context(Session::new(client));
}
