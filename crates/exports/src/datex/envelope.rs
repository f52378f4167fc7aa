//! What surrounds the orders of a publication.

use chrono::{DateTime, SecondsFormat, Utc};

use crate::fragment::Envelope;

/// Identifier of the publication, the same at each generation: readers key on it.
const PUBLICATION_ID: &str = "910928b3-58a1-4462-881b-53dec84602f9";

/// Namespace of the members that only we have.
pub const EXTENSION_NAMESPACE: &str = "https://dialog.beta.gouv.fr/ns/datex2/1";

/// Every namespace whose prefix a fragment may use.
const NAMESPACES: [(&str, &str); 8] = [
    ("xmlns", "http://datex2.eu/schema/3/trafficRegulation"),
    ("xmlns:d2", "http://datex2.eu/schema/3/d2Payload"),
    ("xmlns:com", "http://datex2.eu/schema/3/common"),
    ("xmlns:comx", "http://datex2.eu/schema/3/commonExtension"),
    ("xmlns:loc", "http://datex2.eu/schema/3/locationReferencing"),
    ("xmlns:dx", "https://raw.githubusercontent.com/MTES-MCT/dialog/main/docs/spec/datex2"),
    ("xmlns:dlg", EXTENSION_NAMESPACE),
    ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
];

/// Where a validating reader finds the schema of the payload, with the extension.
const SCHEMA_LOCATION: &str = "http://datex2.eu/schema/3/d2Payload \
    https://raw.githubusercontent.com/MTES-MCT/dialog/main/docs/spec/datex2/DATEXII_3_D2Payload.xsd";

/// Whose data the lines of locations are computed on, once for all: the source is what `dlg:edition` of a location begins
/// with. The licences ask for the credit wherever the lines go, whichever sources a reader happens to find in a document.
const CREDITS: [(&str, &str, &str); 3] = [
    (
        "osm",
        "© les contributeurs d’OpenStreetMap, Open Database License (ODbL) 1.0",
        "https://www.openstreetmap.org/copyright",
    ),
    ("bdtopo", "© IGN, BD TOPO, Licence Ouverte 2.0", "https://geoservices.ign.fr/bdtopo"),
    ("ban", "Base Adresse Nationale, Licence Ouverte 2.0", "https://adresse.data.gouv.fr"),
];

/// Everything before the first order. Use [`empty`] instead when there is none: the schema refuses an empty container.
#[must_use]
pub fn opening(publication_time: DateTime<Utc>) -> String {
    head(publication_time) + "<trafficRegulationsFromCompetentAuthorities>\n"
}

/// Everything after the last order of an [`opening`].
#[must_use]
pub const fn closing() -> &'static str {
    "</trafficRegulationsFromCompetentAuthorities>\n</d2:payload>\n"
}

/// A whole publication without any order.
#[must_use]
pub fn empty(publication_time: DateTime<Utc>) -> String {
    head(publication_time) + "</d2:payload>\n"
}

/// A whole publication of `bodies`, each on its line; for what is too small to be streamed.
#[must_use]
pub fn document<'a>(publication_time: DateTime<Utc>, bodies: impl IntoIterator<Item = &'a str>) -> String {
    Envelope { opening, closing, empty }.around(publication_time, bodies)
}

fn head(publication_time: DateTime<Utc>) -> String {
    let namespaces: String = NAMESPACES.iter().map(|(prefix, uri)| format!(" {prefix}=\"{uri}\"")).collect();
    let credits: String = CREDITS
        .iter()
        .map(|(source, credit, url)| format!("<dlg:credit source=\"{source}\" href=\"{url}\">{credit}</dlg:credit>"))
        .collect();
    let time = publication_time.to_rfc3339_opts(SecondsFormat::Secs, false);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<d2:payload{namespaces} xsi:schemaLocation=\"{SCHEMA_LOCATION}\" \
         xsi:type=\"TrafficRegulationPublication\" id=\"{PUBLICATION_ID}\" lang=\"FR\" modelBaseVersion=\"3\">\n\
         <com:publicationTime>{time}</com:publicationTime>\n<com:publicationCreator><com:country>fr</com:country>\
         <com:nationalIdentifier>DiaLog</com:nationalIdentifier></com:publicationCreator>\n\
         <com:_payloadPublicationExtension>{credits}</com:_payloadPublicationExtension>\n"
    )
}
