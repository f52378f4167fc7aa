//! Routes and the frame of every page.

use dialog_client::Client;
use leptos::prelude::*;
use leptos_router::{
    components::{Route, Router, Routes},
    hooks::use_location,
    path,
};

use crate::{
    browser,
    components::{Footer, Header, NoticesView, SessionDialog, SkipLinks},
    pages::{
        EditMeasurePage, HomePage, LoginPage, NewMeasurePage, NewOrderPage, NotFoundPage, OrderListPage, OrderPage,
        RestrictionMapPage,
    },
    state::{self, Announcer, Navigation, Notices},
};

/// The application.
#[component]
pub fn App() -> impl IntoView {
    match Client::new(&browser::origin()) {
        Ok(client) => {
            state::provide(client);
            view! {
                <Router>
                    <Frame/>
                </Router>
            }
            .into_any()
        }
        Err(error) => {
            view! { <p class="dl-boot">"L’application ne peut pas démarrer : " {error.to_string()}</p> }.into_any()
        }
    }
}

#[component]
fn Frame() -> impl IntoView {
    let announcer: Announcer = expect_context();
    let navigation: Navigation = expect_context();
    let notices: Notices = expect_context();
    let path = use_location().pathname;
    Effect::new(move |previous: Option<String>| {
        let path = path.get();
        if previous.is_some_and(|previous| previous != path) {
            navigation.moved();
            notices.page_changed();
        }
        path
    });
    view! {
        <SkipLinks/>
        <Header/>
        <p class="fr-sr-only" role="status" aria-live="polite">
            {move || announcer.text()}
        </p>
        <NoticesView/>
        <main role="main" id="contenu" tabindex="-1">
            <Routes fallback=NotFoundPage>
                <Route path=path!("/") view=HomePage/>
                <Route path=path!("/login") view=LoginPage/>
                <Route path=path!("/carte") view=RestrictionMapPage/>
                <Route path=path!("/regulations") view=OrderListPage/>
                <Route path=path!("/regulations/add") view=NewOrderPage/>
                <Route path=path!("/regulations/:uuid") view=OrderPage/>
                <Route path=path!("/regulations/:uuid/mesures/nouvelle") view=NewMeasurePage/>
                <Route path=path!("/regulations/:uuid/mesures/:mid") view=EditMeasurePage/>
            </Routes>
        </main>
        <Footer/>
        <SessionDialog/>
    }
}
