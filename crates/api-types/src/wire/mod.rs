//! The integrators' contract: member names, values and shapes are fixed by existing clients.

mod document;
mod location;
mod read;
mod repeal;
mod search;
mod write;

pub use document::{RegulationDocument, StorageView, WriteDocument};
pub use location::{
    DrawingView, ExceptionView, LocationView, NamedStreetView, NumberedRoadView, RawGeoJsonView, StorageAreaView,
    WholeCityView,
};
pub use read::{
    CreatedRegulation, DailyRangeView, DayRange, MaxCharacteristic, MeasureView, OrganizationView, PeriodView,
    PublishedRegulation, RegulationView, RepealView, RepealedRegulation, ReplacedRegulation, TimeSlotView,
    TriedRegulation, VehicleName, VehicleSetView,
};
pub use repeal::WriteRepeal;
pub use search::{
    Identifiers, IdentifiersParameters, OwnRegulations, OwnRegulationsParameters, SearchMetadata, SearchParameters,
    SearchResult,
};
pub use write::{
    WriteDailyRange, WriteException, WriteLocation, WriteMeasure, WriteNamedStreet, WriteNumberedRoad, WritePeriod,
    WriteRawGeoJson, WriteRegulation, WriteTimeSlot, WriteVehicleSet, WriteWholeCity,
};
