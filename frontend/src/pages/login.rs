use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

use crate::{
    components::{Heading, LoginForm},
    state::Session,
};

/// Login by e-mail address and password.
#[component]
pub fn LoginPage() -> impl IntoView {
    let session: Session = expect_context();
    let query = use_query_map();
    let navigate = use_navigate();
    // Whoever is logged in has nothing to do here.
    Effect::new(move || {
        if session.is_member() {
            let next = query.with_untracked(|query| query.get("next"));
            let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
            navigate(destination(next.as_deref()), options);
        }
    });
    view! {
        <div class="fr-container fr-my-6w">
            <div class="fr-grid-row fr-grid-row--center">
                <div class="fr-col-12 fr-col-md-8 fr-col-lg-6 dl-panel">
                    <Heading text=Signal::stored("Se connecter".to_owned()) class="fr-h2"/>
                    <LoginForm id="connexion"/>
                </div>
            </div>
        </div>
    }
}

/// Where to go after a login: a page of the application, never another site.
fn destination(next: Option<&str>) -> &str {
    let inside = |next: &&str| next.starts_with('/') && !next.starts_with("//") && !next.contains('\\');
    next.filter(inside).unwrap_or("/regulations")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_leads_back_to_the_page_that_asked_for_it() {
        assert_eq!(destination(Some("/regulations/add")), "/regulations/add");
        assert_eq!(destination(None), "/regulations");
    }

    #[test]
    fn a_login_never_leads_to_another_site() {
        for next in ["https://ailleurs.fr", "//ailleurs.fr", "/\\ailleurs.fr", "javascript:alert(1)"] {
            assert_eq!(destination(Some(next)), "/regulations");
        }
    }
}
