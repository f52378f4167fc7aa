//! Routes and the frame of every page.

use dialog_client::Client;
use leptos::prelude::*;
use leptos_router::{
    components::{Redirect, Route, Router, Routes},
    hooks::use_location,
    path,
};

use crate::{
    browser,
    components::{Footer, Header, NoticesView, OfflineNotice, SessionDialog, SkipLinks},
    pages::{
        AccessibilityPage, ApiPage, ContactPage, EcodesignPage, EditMeasurePage, HomePage, LegalPage, LoginPage,
        NewMeasurePage, NewOrderPage, NotFoundPage, OrderListPage, OrderPage, PrivacyPage, RestrictionMapPage,
        TermsPage,
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
    let location = use_location();
    let path = location.pathname;
    // Within another site the map is all there is of the page.
    let is_embedded =
        Memo::new(move |_| path.get() == "/carte" && location.query.with(|query| query.get_str("embed") == Some("1")));
    Effect::new(move |previous: Option<String>| {
        let path = path.get();
        if previous.is_some_and(|previous| previous != path) {
            navigation.moved();
            notices.page_changed();
        }
        path
    });
    view! {
        <Show when=move || !is_embedded.get()>
            <SkipLinks/>
            <Header/>
        </Show>
        <p class="fr-sr-only" role="status" aria-live="polite">
            {move || announcer.text()}
        </p>
        <OfflineNotice/>
        <NoticesView/>
        <main role="main" id="contenu" tabindex="-1">
            <Routes fallback=move || fallback(&path.get())>
                <Route path=path!("/") view=HomePage/>
                <Route path=path!("/login") view=LoginPage/>
                <Route path=path!("/carte") view=RestrictionMapPage/>
                <Route path=path!("/regulations") view=OrderListPage/>
                <Route path=path!("/regulations/add") view=NewOrderPage/>
                <Route path=path!("/regulations/:uuid") view=OrderPage/>
                <Route path=path!("/regulations/:uuid/mesures/nouvelle") view=NewMeasurePage/>
                <Route path=path!("/regulations/:uuid/mesures/:mid") view=EditMeasurePage/>
                <Route path=path!("/contact") view=ContactPage/>
                <Route path=path!("/accessibilite") view=AccessibilityPage/>
                <Route path=path!("/accessibility") view=|| view! { <Redirect path="/accessibilite"/> }/>
                <Route path=path!("/mentions-legales") view=LegalPage/>
                <Route path=path!("/politique-de-confidentialite") view=PrivacyPage/>
                <Route path=path!("/conditions-generales-d-utilisation") view=TermsPage/>
                <Route path=path!("/ecoconception") view=EcodesignPage/>
                <Route path=path!("/documentation-api") view=ApiPage/>
            </Routes>
        </main>
        <Show when=move || !is_embedded.get()>
            <Footer/>
        </Show>
        <SessionDialog/>
    }
}

/// Nothing is at this address; in development builds, every component is at one of them.
fn fallback(path: &str) -> AnyView {
    #[cfg(debug_assertions)]
    if path == "/dev/components" {
        return view! { <crate::pages::ComponentsPage/> }.into_any();
    }
    let _ = path;
    view! { <NotFoundPage/> }.into_any()
}
