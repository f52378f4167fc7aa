//! The French word of every value of every enumeration.

use dialog_domain::{
    CritAir, Day, Direction, ExemptedVehicles, MeasureType, OrderCategory, OrderSource, OrderStatus, PointType,
    Recurrence, RestrictedVehicles, RoadSide, RoadType, Subject,
};

/// What is restricted.
#[must_use]
pub const fn measure_type(kind: MeasureType) -> &'static str {
    match kind {
        MeasureType::NoEntry => "Circulation interdite",
        MeasureType::SpeedLimitation => "Limitation de vitesse",
        MeasureType::ParkingProhibited => "Stationnement interdit",
        MeasureType::AlternateRoad => "Circulation alternée",
        MeasureType::NoOvertaking => "Interdiction de dépasser",
    }
}

/// Nature of an order.
#[must_use]
pub const fn category(category: OrderCategory) -> &'static str {
    match category {
        OrderCategory::PermanentRegulation => "Réglementation permanente",
        OrderCategory::TemporaryRegulation => "Réglementation temporaire",
    }
}

/// Object of an order.
#[must_use]
pub const fn subject(subject: Subject) -> &'static str {
    match subject {
        Subject::RoadMaintenance => "Travaux",
        Subject::Incident => "Incident ou péril",
        Subject::Event => "Évènement",
        Subject::WinterMaintenance => "Viabilité hivernale",
        Subject::Other => "Autre",
    }
}

/// State of an order.
#[must_use]
pub const fn status(status: OrderStatus) -> &'static str {
    match status {
        OrderStatus::Draft => "Brouillon",
        OrderStatus::Published => "Publié",
    }
}

/// Origin of an order.
#[must_use]
pub const fn source(source: OrderSource) -> &'static str {
    match source {
        OrderSource::Dialog => "DiaLog",
        OrderSource::Api => "Import API",
        OrderSource::EudonetParis => "Import Eudonet Paris",
        OrderSource::Bacidf => "Import BAC IDF",
        OrderSource::Jop => "Import JOP",
        OrderSource::Litteralis => "Import Litteralis",
    }
}

/// Kind of location.
#[must_use]
pub const fn road_type(kind: RoadType) -> &'static str {
    match kind {
        RoadType::Lane => "Voie",
        RoadType::DepartmentalRoad => "Route départementale",
        RoadType::NationalRoad => "Route nationale",
        RoadType::RawGeoJson => "Tracé libre (GeoJSON)",
        RoadType::WholeCity => "Ville entière",
        RoadType::Zone => "Zone",
    }
}

/// Kind of bound.
#[must_use]
pub const fn point_type(kind: PointType) -> &'static str {
    match kind {
        PointType::HouseNumber => "Numéro de rue",
        PointType::Intersection => "Intersection",
        PointType::Point => "Point sur la carte",
    }
}

/// Direction concerned.
#[must_use]
pub const fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Both => "Double sens",
        Direction::AToB => "Sens A vers B",
        Direction::BToA => "Sens B vers A",
    }
}

/// Carriageway.
#[must_use]
pub const fn road_side(side: RoadSide) -> &'static str {
    match side {
        RoadSide::U => "Chaussée unique (U)",
        RoadSide::D => "Chaussée droite (D)",
        RoadSide::G => "Chaussée gauche (G)",
    }
}

/// Days on which a period recurs.
#[must_use]
pub const fn recurrence(recurrence: &Recurrence) -> &'static str {
    match recurrence {
        Recurrence::EveryDay => "Tous les jours",
        Recurrence::CertainDays(_) => "Certains jours",
    }
}

/// Day of the week.
#[must_use]
pub const fn day(day: Day) -> &'static str {
    match day {
        Day::Monday => "Lundi",
        Day::Tuesday => "Mardi",
        Day::Wednesday => "Mercredi",
        Day::Thursday => "Jeudi",
        Day::Friday => "Vendredi",
        Day::Saturday => "Samedi",
        Day::Sunday => "Dimanche",
    }
}

/// Restricted vehicles, as the choice in the form.
#[must_use]
pub const fn restricted(kind: &RestrictedVehicles) -> &'static str {
    match kind {
        RestrictedVehicles::HeavyGoodsVehicle { .. } => "Poids",
        RestrictedVehicles::Dimensions { .. } => "Gabarit",
        RestrictedVehicles::CritAir { .. } => "Crit'Air",
        RestrictedVehicles::HazardousMaterials => "Matières dangereuses",
        RestrictedVehicles::Other { .. } => "Autres",
    }
}

/// Exempted vehicles, as the choice in the form.
#[must_use]
pub const fn exempted(kind: &ExemptedVehicles) -> &'static str {
    match kind {
        ExemptedVehicles::Commercial => "Transports en commun",
        ExemptedVehicles::EmergencyServices => "Véhicules d'urgence",
        ExemptedVehicles::Bicycle => "Vélos",
        ExemptedVehicles::Pedestrians => "Piétons",
        ExemptedVehicles::Taxi => "Taxis / VTC",
        ExemptedVehicles::CarSharing => "Covoiturage",
        ExemptedVehicles::RoadMaintenanceOrConstruction => "Véhicules de chantier",
        ExemptedVehicles::CityLogistics => "Véhicules de livraison",
        ExemptedVehicles::Police => "Véhicules de police",
        ExemptedVehicles::DesserteLocale => "Desserte locale",
        ExemptedVehicles::LocalResident => "Riverains",
        ExemptedVehicles::Other { .. } => "Autres",
    }
}

/// Crit'Air class.
#[must_use]
pub const fn crit_air(class: CritAir) -> &'static str {
    match class {
        CritAir::Class0 => "Crit'Air 0 / VE",
        CritAir::Class1 => "Crit'Air 1",
        CritAir::Class2 => "Crit'Air 2",
        CritAir::Class3 => "Crit'Air 3",
        CritAir::Class4 => "Crit'Air 4",
        CritAir::Class5 => "Crit'Air 5",
        CritAir::Without => "Sans vignette",
    }
}
