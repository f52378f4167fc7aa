use super::{NonEmpty, write_french};
use crate::datex::{text::Text, words::LinearDirection, xml::Xml};

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

/// `loc:LinearLocation`, or `loc:SingleRoadLinearLocation` when the direction of traffic or the reference points are
/// known.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Linear {
    pub(crate) references: Vec<ExternalReference>,
    pub(crate) description: Description,
    /// In the direction of travel; `None` for a street that is only named.
    pub(crate) line: Option<Line>,
    pub(crate) section: Option<LinearSection>,
}

/// `loc:linearWithinLinearElement`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum LinearSection {
    /// The line itself, from its first to its last point, in that direction of traffic.
    AlongLine,
    /// Between two reference points of a numbered road.
    Markers { direction: LinearDirection, road_number: Text, from: MarkerPoint, to: MarkerPoint },
}

/// A distance from a reference point.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MarkerPoint {
    pub(crate) marker: Text,
    pub(crate) distance_m: i32,
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
pub(crate) struct Line(Vec<[f64; 2]>);

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

const WGS_84: (&str, &str) = ("srsName", "EPSG:4326");

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

impl Linear {
    fn write(&self, name: &str, xml: &mut Xml) {
        let section = match (&self.section, &self.line) {
            (Some(LinearSection::AlongLine), None) | (None, _) => None,
            (Some(section), _) => Some(section),
        };
        let kind = if section.is_some() { "loc:SingleRoadLinearLocation" } else { "loc:LinearLocation" };
        xml.element(name, &[("xsi:type", kind)], |xml| {
            write_references(xml, &self.references);
            self.description.write(xml);
            if let Some(line) = &self.line {
                xml.element("loc:gmlLineString", &[WGS_84], |xml| write_positions(xml, &line.0));
                xml.element("loc:_linearLocationExtension", &[], |xml| {
                    xml.element("loc:linearLocationExtended", &[], |xml| {
                        xml.leaf("dx:geoJsonGeometry", &line_geo_json(&line.0));
                    });
                });
            }
            match (section, &self.line) {
                (Some(LinearSection::AlongLine), Some(line)) => self.write_along(xml, line),
                (Some(LinearSection::Markers { direction, road_number, from, to }), _) => {
                    xml.element("loc:linearWithinLinearElement", &[], |xml| {
                        xml.leaf("loc:directionRelativeOnLinearSection", direction.as_str());
                        xml.element("loc:linearElement", &[("xsi:type", "loc:LinearElement")], |xml| {
                            xml.leaf("loc:roadNumber", road_number.as_str());
                        });
                        from.write("loc:fromPoint", xml);
                        to.write("loc:toPoint", xml);
                    });
                }
                (Some(LinearSection::AlongLine) | None, _) => {}
            }
        });
    }

    /// Traffic in the direction of the line: the line is its own linear element, followed from 0 to 100 %.
    fn write_along(&self, xml: &mut Xml, line: &Line) {
        xml.element("loc:linearWithinLinearElement", &[], |xml| {
            xml.leaf("loc:directionRelativeOnLinearSection", LinearDirection::Aligned.as_str());
            xml.element("loc:linearElement", &[("xsi:type", "loc:LinearElementByLineString")], |xml| {
                if let Some(name) = &self.description.road_name {
                    write_french(xml, "loc:roadName", name);
                }
                if let Some(number) = &self.description.road_number {
                    xml.leaf("loc:roadNumber", number.as_str());
                }
                xml.element("loc:gmlLineString", &[WGS_84], |xml| write_positions(xml, &line.0));
            });
            for (point, percentage) in [("loc:fromPoint", "0"), ("loc:toPoint", "100")] {
                xml.element(point, &[("xsi:type", "loc:PercentageDistanceAlongLinearElement")], |xml| {
                    xml.leaf("loc:percentageDistanceAlong", percentage);
                });
            }
        });
    }
}

impl MarkerPoint {
    fn write(&self, name: &str, xml: &mut Xml) {
        xml.element(name, &[("xsi:type", "loc:DistanceFromLinearElementReferent")], |xml| {
            xml.leaf("loc:distanceAlong", &self.distance_m.to_string());
            xml.element("loc:fromReferent", &[], |xml| {
                xml.leaf("loc:referentIdentifier", self.marker.as_str());
                xml.leaf("loc:referentType", "referenceMarker");
            });
        });
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
    fn write(&self, xml: &mut Xml) {
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

fn write_references(xml: &mut Xml, references: &[ExternalReference]) {
    for reference in references {
        xml.element("loc:externalReferencing", &[], |xml| {
            xml.leaf("loc:externalLocationCode", reference.code.as_str());
            xml.leaf("loc:externalReferencingSystem", reference.system);
        });
    }
}

/// `loc:posList`: latitude before longitude, as EPSG:4326 has it.
fn write_positions(xml: &mut Xml, positions: &[[f64; 2]]) {
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

fn line_geo_json(positions: &[[f64; 2]]) -> String {
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
