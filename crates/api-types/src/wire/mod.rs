//! The integrators' contract: member names, values and shapes are fixed by existing clients.

mod document;
mod read;
mod search;
mod write;

pub use document::{RegulationDocument, StorageView, WriteDocument};
pub use read::{
    CreatedRegulation, DailyRangeView, DayRange, LocationView, MaxCharacteristic, MeasureView, NamedStreetView,
    NumberedRoadView, OrganizationView, PeriodView, PublishedRegulation, RawGeoJsonView, RegulationView, RepealView,
    ReplacedRegulation, StorageAreaView, TimeSlotView, TriedRegulation, VehicleName, VehicleSetView, ZoneView,
};
pub use search::{
    Identifiers, IdentifiersParameters, OwnRegulations, OwnRegulationsParameters, SearchMetadata, SearchParameters,
    SearchResult,
};
pub use write::{
    WriteDailyRange, WriteException, WriteLocation, WriteMeasure, WriteNamedStreet, WriteNumberedRoad, WritePeriod,
    WriteRawGeoJson, WriteRegulation, WriteTimeSlot, WriteVehicleSet, WriteWholeCity,
};
