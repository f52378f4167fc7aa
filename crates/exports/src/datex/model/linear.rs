use super::{
    Description, ExternalReference, Line,
    location::{WGS_84, line_geo_json, write_positions, write_references},
    write_french,
};
use crate::datex::{text::Text, words::LinearDirection, xml::Xml};

/// `loc:LinearLocation`, or `loc:SingleRoadLinearLocation` when the direction of traffic or the reference points are
/// known.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Linear {
    pub(crate) references: Vec<ExternalReference>,
    pub(crate) description: Description,
    /// In the direction of travel; `None` for a street that is only named, and for a section between reference points
    /// whose line is in several pieces.
    pub(crate) line: Option<Line>,
    pub(crate) sections: Vec<LinearSection>,
}

/// `loc:linearWithinLinearElement`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum LinearSection {
    /// The line itself, from its first to its last point, in that direction of traffic.
    AlongLine,
    /// Between two reference points of a numbered road.
    Markers(Box<MarkerSection>),
}

/// A section of a numbered road between two places that are measured from its reference points.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MarkerSection {
    /// Who manages the road.
    pub(crate) administrator: Text,
    /// Of traffic, against that of growing reference points.
    pub(crate) direction: LinearDirection,
    pub(crate) road_number: Text,
    /// Edition of the reference points.
    pub(crate) edition: Option<Text>,
    pub(crate) from: MarkerPoint,
    pub(crate) to: MarkerPoint,
}

/// A distance from a reference point.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MarkerPoint {
    /// As road managers write it, for instance `46PR1D`.
    pub(crate) marker: Text,
    /// For people, for instance `PR 1`.
    pub(crate) name: Text,
    /// Carriageway: `U`, `D` or `G`.
    pub(crate) side: &'static str,
    pub(crate) distance_m: i32,
}

impl Linear {
    /// Writes the location as the element `name`.
    pub(super) fn write(&self, name: &str, xml: &mut Xml) {
        // A line that is not drawn cannot be its own linear element.
        let is_written = |section: &&LinearSection| self.line.is_some() || **section != LinearSection::AlongLine;
        let sections: Vec<&LinearSection> = self.sections.iter().filter(is_written).collect();
        let kind = if sections.is_empty() { "loc:LinearLocation" } else { "loc:SingleRoadLinearLocation" };
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
            for section in sections {
                xml.element("loc:linearWithinLinearElement", &[], |xml| match (section, &self.line) {
                    (LinearSection::AlongLine, Some(line)) => self.write_along(xml, line),
                    (LinearSection::AlongLine, None) => {}
                    (LinearSection::Markers(section), _) => section.write(xml),
                });
            }
        });
    }

    /// Traffic in the direction of the line: the line is its own linear element, followed from 0 to 100 %.
    fn write_along(&self, xml: &mut Xml, line: &Line) {
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
    }
}

impl MarkerSection {
    fn write(&self, xml: &mut Xml) {
        write_french(xml, "loc:administrativeAreaOfLinearSection", &self.administrator);
        xml.leaf("loc:directionRelativeOnLinearSection", self.direction.as_str());
        xml.element("loc:linearElement", &[("xsi:type", "loc:LinearElement")], |xml| {
            xml.leaf("loc:roadNumber", self.road_number.as_str());
            xml.leaf("loc:linearElementReferenceModel", "PR");
            if let Some(edition) = &self.edition {
                xml.leaf("loc:linearElementReferenceModelVersion", edition.as_str());
            }
            xml.leaf("loc:linearElementNature", "road");
        });
        self.from.write("loc:fromPoint", xml);
        self.to.write("loc:toPoint", xml);
    }
}

impl MarkerPoint {
    fn write(&self, name: &str, xml: &mut Xml) {
        xml.element(name, &[("xsi:type", "loc:DistanceFromLinearElementReferent")], |xml| {
            xml.leaf("loc:distanceAlong", &self.distance_m.to_string());
            xml.element("loc:fromReferent", &[], |xml| {
                xml.leaf("loc:referentIdentifier", self.marker.as_str());
                xml.leaf("loc:referentName", self.name.as_str());
                xml.leaf("loc:referentType", "referenceMarker");
                xml.element("loc:_referentExtension", &[], |xml| xml.leaf("dlg:side", self.side));
            });
        });
    }
}
