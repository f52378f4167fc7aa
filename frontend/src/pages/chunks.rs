//! Pages that the list does not need travel in modules of their own, loaded when somebody goes there.
//!
//! The feature `split` marks where the release build cuts (`frontend/scripts/split.sh`); without it everything is one
//! module, and these functions answer at once.

use std::pin::Pin;

use leptos::{prelude::*, task::spawn_local, wasm_split::SplitLoaderError};

use super::{map::MapPage, orders, site};
use crate::{
    api::{Failure, Load},
    components::{FailureView, Heading, Skeleton},
};

/// Makes the view of a page.
type Page = fn() -> AnyView;

/// Loads the module of a page, unless it is here already.
type Loading = Pin<Box<dyn Future<Output = Result<Page, SplitLoaderError>>>>;

/// Pages of one module: the name of the module, then for each page the function that loads it and its component.
macro_rules! chunk {
    ($module:ident: $($load:ident => $page:path),+ $(,)?) => {
        $(
            #[cfg(feature = "split")]
            #[leptos::wasm_split::wasm_split($module, wasm_split_path = ::leptos::wasm_split, fallible)]
            fn $load() -> Result<Page, SplitLoaderError> {
                Ok(|| $page().into_any())
            }

            #[cfg(not(feature = "split"))]
            async fn $load() -> Result<Page, SplitLoaderError> {
                Ok(|| $page().into_any())
            }
        )+
    };
}

chunk!(editor:
    order => orders::OrderPage,
    new_order => orders::NewOrderPage,
    new_measure => orders::NewMeasurePage,
    edit_measure => orders::EditMeasurePage,
);
chunk!(map: map => MapPage);
chunk!(site:
    contact => site::ContactPage,
    accessibility => site::AccessibilityPage,
    legal => site::LegalPage,
    privacy => site::PrivacyPage,
    terms => site::TermsPage,
    ecodesign => site::EcodesignPage,
    api => site::ApiPage,
);

/// Components that load the module of their page: documentation, name, function that loads.
macro_rules! pages {
    ($($doc:literal $name:ident => $load:ident),+ $(,)?) => {
        $(
            #[doc = $doc]
            #[component]
            pub fn $name() -> impl IntoView {
                later(|| Box::pin($load()))
            }
        )+
    };
}

pages!(
    "The page of an order." OrderPage => order,
    "The creation of an order." NewOrderPage => new_order,
    "The form of a measure that is not there yet." NewMeasurePage => new_measure,
    "The form of a measure." EditMeasurePage => edit_measure,
    "The map of the restrictions." RestrictionMapPage => map,
    "How to reach us." ContactPage => contact,
    "Accessibility statement." AccessibilityPage => accessibility,
    "Who publishes and hosts." LegalPage => legal,
    "What is kept of people." PrivacyPage => privacy,
    "What users may expect and owe." TermsPage => terms,
    "What was done to weigh little." EcodesignPage => ecodesign,
    "How to read and write by machine." ApiPage => api,
);

/// A page whose module is loaded first. A module that does not come can be asked for again.
fn later(load: fn() -> Loading) -> impl IntoView {
    let page = RwSignal::new(Load::Loading);
    let start = move || {
        spawn_local(async move {
            let answer = load().await;
            page.try_set(answer.map_or_else(|_| Load::Failed(Failure::of_module()), Load::Ready));
        });
    };
    start();
    move || match page.get() {
        Load::Ready(page) => page(),
        Load::Loading => view! {
            <div class="fr-container fr-my-4w">
                <Skeleton label="Chargement de la page…" lines=6 is_page=true/>
            </div>
        }
        .into_any(),
        Load::Failed(failure) => view! {
            <div class="fr-container fr-my-4w">
                <Heading text=Signal::stored("Page indisponible".to_owned()) class="fr-h2"/>
                <FailureView
                    failure=failure
                    on_retry=move |()| {
                        page.set(Load::Loading);
                        start();
                    }
                />
            </div>
        }
        .into_any(),
    }
}
