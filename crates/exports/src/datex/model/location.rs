use super::{Linear, NonEmpty, write_french};
use crate::datex::{text::Text, xml::Xml};

/// Where: one location, or the group of several.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Location(pub(crate) NonEmpty<SingleLocation>);

/// The sub-classes of `loc:Location` that we use.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum SingleLocation {
    Linear(Linear),
    Point(Point),
    Area(Area),
}

/// `loc:PointLocation`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Point {
    pub(crate) references: Vec<ExternalReference>,
    pub(crate) description: Description,
    /// Longitude and latitude.
    pub(crate) position: [f64; 2],
}

/// `loc:AreaLocation`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Area {
    pub(crate) references: Vec<ExternalReference>,
    pub(crate) name: Text,
    pub(crate) is_municipality: bool,
    pub(crate) polygons: Vec<Polygon>,
    /// Copy of the geometry for readers of the extension.
    pub(crate) geo_json: Option<String>,
}

/// A polygon.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Polygon {
    pub(crate) exterior: Ring,
    pub(crate) interiors: Vec<Ring>,
}

/// `loc:ExternalReferencing`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ExternalReference {
    pub(crate) system: &'static str,
    pub(crate) code: Text,
}

/// `loc:SupplementaryPositionalDescription`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Description {
    pub(crate) text: Option<Text>,
    pub(crate) road_name: Option<Text>,
    pub(crate) road_number: Option<Text>,
}

/// At least two positions, longitude before latitude.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line(pub(super) Vec<[f64; 2]>);

impl Line {
    /// `None` when there are fewer than two positions.
    pub(crate) fn new(positions: Vec<[f64; 2]>) -> Option<Self> {
        (positions.len() >= 2).then_some(Self(positions))
    }

    /// The same line, the other way.
    pub(crate) fn reversed(mut self) -> Self {
        self.0.reverse();
        self
    }
}

/// A closed line of at least four positions.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ring(Vec<[f64; 2]>);

impl Ring {
    /// `None` when the line is too short or not closed.
    pub(crate) fn new(positions: Vec<[f64; 2]>) -> Option<Self> {
        (positions.len() >= 4 && positions.first() == positions.last()).then_some(Self(positions))
    }
}

pub(super) const WGS_84: (&str, &str) = ("srsName", "EPSG:4326");

impl Polygon {
    /// The polygon as GeoJSON.
    pub(crate) fn to_geo_json(&self) -> String {
        let rings: Vec<String> =
            std::iter::once(&self.exterior).chain(&self.interiors).map(|ring| json_positions(&ring.0)).collect();
        format!(r#"{{"type":"Polygon","coordinates":[{}]}}"#, rings.join(","))
    }
}

impl Location {
    /// Writes the location as the element `name`.
    pub(crate) fn write(&self, name: &str, xml: &mut Xml) {
        if self.0.is_plural() {
            xml.element(name, &[("xsi:type", "loc:LocationGroupByList")], |xml| {
                for part in self.0.iter() {
                    part.write("loc:locationContainedInGroup", xml);
                }
            });
        } else {
            for part in self.0.iter() {
                part.write(name, xml);
            }
        }
    }
}

impl SingleLocation {
    fn write(&self, name: &str, xml: &mut Xml) {
        match self {
            Self::Linear(linear) => linear.write(name, xml),
            Self::Point(point) => point.write(name, xml),
            Self::Area(area) => area.write(name, xml),
        }
    }
}

impl Point {
    fn write(&self, name: &str, xml: &mut Xml) {
        let [longitude, latitude] = self.position;
        xml.element(name, &[("xsi:type", "loc:PointLocation")], |xml| {
            write_references(xml, &self.references);
            self.description.write(xml);
            xml.element("loc:pointByCoordinates", &[], |xml| {
                xml.element("loc:pointCoordinates", &[], |xml| {
                    xml.leaf("loc:latitude", &degrees(latitude));
                    xml.leaf("loc:longitude", &degrees(longitude));
                });
            });
            xml.element("loc:_pointLocationExtension", &[], |xml| {
                let position = json_position(self.position);
                xml.leaf("dx:geoJsonGeometry", &format!(r#"{{"type":"Point","coordinates":{position}}}"#));
            });
        });
    }
}

impl Area {
    fn write(&self, name: &str, xml: &mut Xml) {
        xml.element(name, &[("xsi:type", "loc:AreaLocation")], |xml| {
            write_references(xml, &self.references);
            xml.element("loc:namedArea", &[], |xml| {
                write_french(xml, "loc:areaName", &self.name);
                if self.is_municipality {
                    xml.leaf("loc:namedAreaType", "municipality");
                }
                xml.leaf("loc:country", "fr");
            });
            if !self.polygons.is_empty() {
                xml.element("loc:gmlMultiPolygon", &[], |xml| {
                    for polygon in &self.polygons {
                        xml.element("loc:gmlPolygon", &[], |xml| {
                            xml.element("loc:exterior", &[WGS_84], |xml| write_positions(xml, &polygon.exterior.0));
                            for ring in &polygon.interiors {
                                xml.element("loc:interior", &[WGS_84], |xml| write_positions(xml, &ring.0));
                            }
                        });
                    }
                });
            }
            if let Some(geo_json) = &self.geo_json {
                xml.element("loc:_areaLocationExtension", &[], |xml| xml.leaf("dx:geoJsonGeometry", geo_json));
            }
        });
    }
}

impl Description {
    pub(super) fn write(&self, xml: &mut Xml) {
        if *self == Self::default() {
            return;
        }
        xml.element("loc:supplementaryPositionalDescription", &[], |xml| {
            if let Some(text) = &self.text {
                write_french(xml, "loc:locationDescription", text);
            }
            if self.road_name.is_some() || self.road_number.is_some() {
                xml.element("loc:roadInformation", &[], |xml| {
                    if let Some(name) = &self.road_name {
                        xml.leaf("loc:roadName", name.as_str());
                    }
                    if let Some(number) = &self.road_number {
                        xml.leaf("loc:roadNumber", number.as_str());
                    }
                });
            }
        });
    }
}

pub(super) fn write_references(xml: &mut Xml, references: &[ExternalReference]) {
    for reference in references {
        xml.element("loc:externalReferencing", &[], |xml| {
            xml.leaf("loc:externalLocationCode", reference.code.as_str());
            xml.leaf("loc:externalReferencingSystem", reference.system);
        });
    }
}

/// `loc:posList`: latitude before longitude, as EPSG:4326 has it.
pub(super) fn write_positions(xml: &mut Xml, positions: &[[f64; 2]]) {
    let mut list = String::with_capacity(positions.len() * 22);
    for &[longitude, latitude] in positions {
        if !list.is_empty() {
            list.push(' ');
        }
        list.push_str(&degrees(latitude));
        list.push(' ');
        list.push_str(&degrees(longitude));
    }
    xml.leaf("loc:posList", &list);
}

/// Seven decimals, one centimetre; never an exponent, which the schema refuses.
fn degrees(value: f64) -> String {
    format!("{value:.7}")
}

pub(super) fn line_geo_json(positions: &[[f64; 2]]) -> String {
    format!(r#"{{"type":"LineString","coordinates":{}}}"#, json_positions(positions))
}

fn json_positions(positions: &[[f64; 2]]) -> String {
    let positions: Vec<String> = positions.iter().map(|&position| json_position(position)).collect();
    format!("[{}]", positions.join(","))
}

/// Nine decimals at most, as existing readers know them.
fn json_position([longitude, latitude]: [f64; 2]) -> String {
    let round = |value: f64| (value * 1e9).round() / 1e9;
    format!("[{},{}]", round(longitude), round(latitude))
}
