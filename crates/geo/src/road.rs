//! Classes of roads.

/// What a road is for, from the largest to the smallest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoadClass {
    /// Motorway.
    Motorway,
    /// Expressway, or national road like it.
    Trunk,
    /// Main road between towns.
    Primary,
    /// Road between smaller towns, or through a town.
    Secondary,
    /// Road between villages, or between quarters.
    Tertiary,
    /// Street people live in.
    Local,
    /// Access, alley, car park.
    Service,
    /// Street for people on foot.
    Pedestrian,
    /// Cycle track.
    Cycleway,
    /// Farm or forest track.
    Track,
    /// Footpath.
    Path,
    /// Steps.
    Steps,
    /// Ferry.
    Ferry,
    /// Anything else that is open to somebody.
    Other,
}

impl RoadClass {
    /// Every class.
    pub const ALL: [Self; 14] = [
        Self::Motorway,
        Self::Trunk,
        Self::Primary,
        Self::Secondary,
        Self::Tertiary,
        Self::Local,
        Self::Service,
        Self::Pedestrian,
        Self::Cycleway,
        Self::Track,
        Self::Path,
        Self::Steps,
        Self::Ferry,
        Self::Other,
    ];

    /// As stored, and as the exchange format writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Motorway => "motorway",
            Self::Trunk => "trunk",
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Tertiary => "tertiary",
            Self::Local => "local",
            Self::Service => "service",
            Self::Pedestrian => "pedestrian",
            Self::Cycleway => "cycleway",
            Self::Track => "track",
            Self::Path => "path",
            Self::Steps => "steps",
            Self::Ferry => "ferry",
            Self::Other => "other",
        }
    }

    /// The class of this name, or of this value of OpenStreetMap's `highway`; `None` for what cannot be travelled:
    /// roads planned, under construction or gone, lifts, platforms, corridors of buildings.
    #[must_use]
    pub fn read(value: &str) -> Option<Self> {
        // `a;b`: the mapper could not decide, the first one is as good.
        let value = value.split(';').next().unwrap_or_default().trim();
        let value = value.strip_suffix("_link").unwrap_or(value);
        Some(match value {
            "construction" | "proposed" | "planned" | "abandoned" | "disused" | "razed" | "demolished" | "elevator"
            | "platform" | "corridor" | "invisible_footway" | "raceway" | "rest_area" | "services" | "" => return None,
            "unclassified" | "residential" | "living_street" | "road" => Self::Local,
            "busway" | "bus_guideway" => Self::Service,
            "footway" | "bridleway" => Self::Path,
            "stairs" => Self::Steps,
            other => Self::ALL.into_iter().find(|class| class.as_str() == other).unwrap_or(Self::Other),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn class_is_read_back_from_its_name() {
        for class in RoadClass::ALL {
            assert_eq!(RoadClass::read(class.as_str()), Some(class));
        }
    }

    #[test]
    fn values_of_openstreetmap_are_understood() {
        assert_eq!(RoadClass::read("primary_link"), Some(RoadClass::Primary));
        assert_eq!(RoadClass::read("residential; unclassified"), Some(RoadClass::Local));
        assert_eq!(RoadClass::read("_cycleway_"), Some(RoadClass::Other));
        assert_eq!(RoadClass::read("construction"), None);
    }
}
