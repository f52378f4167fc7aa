use dialog_domain::MeasureType;
use leptos::prelude::*;

/// The line of a type of restriction as the map draws it.
#[component]
pub fn LineSample(kind: MeasureType) -> impl IntoView {
    let lines = match kind {
        MeasureType::NoOvertaking => view! {
            <line class="dl-line dl-line--no-overtaking" x1="2" y1="8" x2="46" y2="8"></line>
        }
        .into_any(),
        MeasureType::AlternateRoad => view! {
            <line class="dl-line dl-line--alternate" x1="2" y1="8" x2="46" y2="8"></line>
        }
        .into_any(),
        MeasureType::ParkingProhibited => view! {
            <line class="dl-line dl-line--parking" x1="2" y1="8" x2="46" y2="8"></line>
            <line class="dl-line dl-line--parking-inside" x1="2" y1="8" x2="46" y2="8"></line>
        }
        .into_any(),
        MeasureType::SpeedLimitation => view! {
            <line class="dl-line dl-line--speed" x1="4" y1="8" x2="44" y2="8"></line>
        }
        .into_any(),
        MeasureType::NoEntry => view! {
            <line class="dl-line dl-line--no-entry-under" x1="4" y1="8" x2="44" y2="8"></line>
            <line class="dl-line dl-line--no-entry" x1="4" y1="8" x2="44" y2="8"></line>
        }
        .into_any(),
    };
    view! {
        <svg class="dl-line-sample" viewBox="0 0 48 16" width="48" height="16" aria-hidden="true">
            {lines}
        </svg>
    }
}
