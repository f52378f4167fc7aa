//! Where a measure applies: one linear location with its GeoJSON, whatever the kind of place.

use dialog_domain::{Geometry, Location, LocationDescription};

use super::order::write_text;
use crate::{
    datex::map::geo_json,
    loss::{LossCode, Losses},
    text::Text,
    xml::Xml,
};

/// `loc:LinearLocation` with what names it.
pub(super) struct Place {
    name: Name,
    geo_json: String,
}

/// `loc:supplementaryPositionalDescription`.
enum Name {
    Road(Text),
    RoadNumber(Text),
    Label(Text),
}

impl Place {
    /// `None`, and a loss, without geometry.
    pub(super) fn of(location: &Location, path: &str, losses: &mut Losses) -> Option<Self> {
        let name = match &location.asked {
            LocationDescription::NamedStreet(street) => Name::Road(Text::new(&street.road_name, path, losses)),
            LocationDescription::DepartmentalRoad(road) | LocationDescription::NationalRoad(road) => {
                Name::RoadNumber(Text::new(&road.road_number, path, losses))
            }
            LocationDescription::RawGeoJson { label, .. }
            | LocationDescription::Zone { label, .. }
            | LocationDescription::WholeCity { city_label: label, .. } => Name::Label(Text::new(label, path, losses)),
        };
        let found = location.found.as_ref();
        let place = found.and_then(|found| Self::on(name, &found.geometry, path, losses));
        if place.is_none() {
            losses.add(path, LossCode::NotLocated, dialog_text::location(&location.asked));
        }
        place
    }

    /// Where lorries wait, when the location asks for it.
    pub(super) fn storage_area(location: &Location, path: &str, losses: &mut Losses) -> Option<Self> {
        let LocationDescription::NationalRoad(road) = &location.asked else { return None };
        road.storage_area_id?;
        let area = location.found.as_ref().and_then(|found| found.storage_area.as_ref());
        let place = area.and_then(|area| {
            let name = Name::RoadNumber(Text::new(&area.road_number, path, losses));
            Self::on(name, &area.geometry, path, losses)
        });
        if place.is_none() {
            losses.add(path, LossCode::StorageAreaLeftOut, road.road_number.clone());
        }
        place
    }

    fn on(name: Name, geometry: &Geometry, path: &str, losses: &mut Losses) -> Option<Self> {
        Some(Self { name, geo_json: geo_json(geometry, path, losses)? })
    }

    /// Writes the condition to be there.
    pub(super) fn write(&self, xml: &mut Xml) {
        xml.element("conditions", &[("xsi:type", "LocationCondition")], |xml| {
            xml.element("locationByOrder", &[("xsi:type", "loc:LinearLocation")], |xml| {
                xml.element("loc:supplementaryPositionalDescription", &[], |xml| self.name.write(xml));
                xml.element("loc:_linearLocationExtension", &[], |xml| {
                    xml.element("loc:linearLocationExtended", &[], |xml| {
                        xml.leaf("dx:geoJsonGeometry", &self.geo_json);
                    });
                });
            });
        });
    }
}

impl Name {
    fn write(&self, xml: &mut Xml) {
        match self {
            Self::Road(name) => {
                xml.element("loc:roadInformation", &[], |xml| xml.leaf("loc:roadName", name.as_str()));
            }
            Self::RoadNumber(number) => {
                xml.element("loc:roadInformation", &[], |xml| xml.leaf("loc:roadNumber", number.as_str()));
            }
            Self::Label(label) => write_text(xml, "loc:locationDescription", label),
        }
    }
}
