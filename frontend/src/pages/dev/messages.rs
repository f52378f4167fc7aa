use dialog_domain::{MeasureType, OrderStatus};
use leptos::prelude::*;

use crate::{
    api::Failure,
    components::{
        ActionButton, Alert, AlertKind, Badge, BadgeKind, Dialog, FailureView, LineSample, LoginForm, Skeleton,
        StatusBadge,
    },
    state::{NoticeKind, Notices},
};

const KINDS: [MeasureType; 5] = [
    MeasureType::NoEntry,
    MeasureType::SpeedLimitation,
    MeasureType::ParkingProhibited,
    MeasureType::AlternateRoad,
    MeasureType::NoOvertaking,
];

/// What is told, and what starts something.
#[component]
pub fn Messages() -> impl IntoView {
    let notices: Notices = expect_context();
    let open = RwSignal::new(false);
    let busy = RwSignal::new(true);
    let idle = RwSignal::new(false);
    view! {
        <h2>"Messages et boutons"</h2>
        <Alert kind=AlertKind::Error title="Erreur">
            <p>"Ce qui s’est passé."</p>
        </Alert>
        <Alert kind=AlertKind::Warning title="Attention">
            <p>"Ce qui peut arriver."</p>
        </Alert>
        <Alert kind=AlertKind::Info title="Information">
            <p>"Ce qu’il faut savoir."</p>
        </Alert>
        <FailureView failure=Failure::of_module() on_retry=|()| ()/>
        <Skeleton label="Chargement…"/>
        <p class="dl-badges">
            <Badge kind=BadgeKind::Info text="Brouillon"/>
            <Badge kind=BadgeKind::Success text="Publié"/>
            <Badge kind=BadgeKind::Warning text="Modifié"/>
        </p>
        <p>
            <StatusBadge status=OrderStatus::Draft/> " "
            <StatusBadge status=OrderStatus::Published unpublished_changes=true/>
        </p>
        <ul class="dl-plain-list">
            {KINDS
                .map(|kind| view! { <li><LineSample kind=kind/> " " {dialog_text::labels::measure_type(kind)}</li> })
                .collect_view()}
        </ul>
        <div class="dl-draw">
            <ActionButton busy=idle label=Signal::stored("Au repos".to_owned()) busy_label="Occupé…"/>
            <ActionButton busy=busy label=Signal::stored("Au repos".to_owned()) busy_label="Occupé…"/>
            <ActionButton
                busy=idle
                label=Signal::stored("Irréversible".to_owned())
                busy_label="Occupé…"
                class="dl-danger"
            />
            <button type="button" class="fr-btn fr-btn--secondary" on:click=move |_| open.set(true)>
                "Ouvrir un dialogue"
            </button>
            <button
                type="button"
                class="fr-btn fr-btn--tertiary"
                on:click=move |_| notices.show(NoticeKind::Success, "C’est fait.")
            >
                "Annoncer un succès"
            </button>
            <button
                type="button"
                class="fr-btn fr-btn--tertiary"
                on:click=move |_| notices.show(NoticeKind::Error, "Ce n’est pas fait.")
            >
                "Annoncer un échec"
            </button>
        </div>
        <Dialog open=open id="dev-dialogue" title=Signal::stored("Un dialogue".to_owned())>
            <p>"Échap le ferme."</p>
        </Dialog>
        <div class="dl-panel">
            <h3 class="fr-h6">"Connexion"</h3>
            <LoginForm id="dev-connexion"/>
        </div>
    }
}
