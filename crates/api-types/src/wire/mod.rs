//! The integrators' contract: member names, values and shapes are fixed by existing clients.

mod document;
mod read;
mod write;

pub use document::{RegulationDocument, StorageView, WriteDocument};
pub use read::{
    CreatedRegulation, DailyRangeView, DayRange, LocationView, MaxCharacteristic, MeasureView, NamedStreetView,
    NumberedRoadView, OrganizationView, PeriodView, PublishedRegulation, RawGeoJsonView, RegulationView,
    ReplacedRegulation, StorageAreaView, TimeSlotView, VehicleName, VehicleSetView, ZoneView,
};
pub use write::{
    WriteDailyRange, WriteLocation, WriteMeasure, WriteNamedStreet, WriteNumberedRoad, WritePeriod, WriteRawGeoJson,
    WriteRegulation, WriteTimeSlot, WriteVehicleSet,
};
