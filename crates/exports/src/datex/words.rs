//! The enumerations of DATEX II v3.3, cut down to the words that an order can need.

/// An enumeration and its words.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($variant:ident => $word:literal,)* })*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            pub(crate) enum $name { $($variant,)* }

            impl $name {
                /// The word of the schema.
                pub(crate) const fn as_str(self) -> &'static str {
                    match self { $(Self::$variant => $word,)* }
                }
            }
        )*
    };
}

words! {
    /// `ReasonForRegulationEnum`.
    Reason {
        TrafficSafety => "trafficSafety",
        Roadworks => "roadworks",
        PublicSafety => "publicSafety",
        Other => "other",
    }
    /// `TrafficRegulationOrderStatusEnum`.
    OrderState {
        Planned => "planned",
        MadeAndImplemented => "madeAndImplemented",
        Withdrawn => "withdrawn",
    }
    /// `TrafficRegulationStatusEnum`.
    RegulationState {
        Active => "active",
        Scheduled => "scheduled",
    }
    /// `ValidityStatusEnum`.
    ValidityStatus {
        Active => "active",
        DefinedByValidityTimeSpec => "definedByValidityTimeSpec",
        Planned => "planned",
    }
    /// `ConditionOperator`.
    Operator {
        And => "and",
        Or => "or",
    }
    /// `DayEnum`.
    DayOfWeek {
        Monday => "monday",
        Tuesday => "tuesday",
        Wednesday => "wednesday",
        Thursday => "thursday",
        Friday => "friday",
        Saturday => "saturday",
        Sunday => "sunday",
    }
    /// `VehicleTypeEnum`; `goodsVehicles` is one of its extended values.
    VehicleType {
        Bicycle => "bicycle",
        HeavyGoodsVehicle => "heavyGoodsVehicle",
        GoodsVehicles => "goodsVehicles",
    }
    /// `VehicleUsageEnum`.
    VehicleUsage {
        CarSharing => "carSharing",
        CityLogistics => "cityLogistics",
        Commercial => "commercial",
        EmergencyServices => "emergencyServices",
        RoadMaintenanceOrConstruction => "roadMaintenanceOrConstruction",
        Taxi => "taxi",
    }
    /// `LinearDirectionEnum`.
    LinearDirection {
        Aligned => "aligned",
        Both => "both",
        Opposite => "opposite",
        Unknown => "unknown",
    }
}
