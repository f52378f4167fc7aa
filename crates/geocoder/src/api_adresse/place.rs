use serde::{Deserialize, Serialize};

/// Kind of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlaceKind {
    /// A house number.
    HouseNumber,
    /// A street.
    Street,
    /// A hamlet, a place known by its name.
    Locality,
    /// A commune.
    Municipality,
    /// Anything else.
    #[serde(other)]
    Other,
}

/// A place, as the service knows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Identifier of the street, the number or the commune: of the Base Adresse Nationale where it has one.
    pub id: String,
    /// What it is.
    pub kind: PlaceKind,
    /// Name in full: `8 Rue des Halles 75001 Paris`.
    pub label: String,
    /// Name alone: `Rue des Halles`, `Paris`.
    pub name: String,
    /// Number in its street: `8`, `2 bis`.
    pub house_number: Option<String>,
    /// Street of a number: `Rue des Halles`.
    #[serde(default)]
    pub street: Option<String>,
    /// Postcode.
    pub postcode: Option<String>,
    /// INSEE code of the commune.
    pub city_code: Option<String>,
    /// Name of the commune.
    pub city: Option<String>,
    /// Its part in which it is: `Paris 1er Arrondissement`.
    #[serde(default)]
    pub district: Option<String>,
    /// Code and name of the former commune in which it is.
    #[serde(default)]
    pub former_city: Option<(String, String)>,
    /// How well known it is, from 0 to 1.
    #[serde(default)]
    pub importance: f64,
    /// How well it fits, from 0 to 1.
    pub score: f64,
    /// Degrees east and north.
    pub coordinates: [f64; 2],
}

impl Place {
    /// Name of the street: of itself, or of the one in which the number is.
    #[must_use]
    pub fn street_name(&self) -> Option<&str> {
        let of_number = || self.name.strip_prefix(self.house_number.as_deref()?).map(str::trim);
        match self.kind {
            PlaceKind::Street => Some(&self.name),
            PlaceKind::HouseNumber => self.street.as_deref().or_else(of_number),
            _ => None,
        }
    }
}

/// Body of an answer: a GeoJSON feature collection.
#[derive(Debug, Deserialize)]
pub(super) struct Answer {
    pub features: Vec<Feature>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Feature {
    geometry: Point,
    properties: Properties,
}

#[derive(Debug, Deserialize)]
struct Point {
    coordinates: Vec<f64>,
}

#[derive(Debug, Deserialize)]
struct Properties {
    id: String,
    #[serde(rename = "type")]
    kind: PlaceKind,
    label: String,
    name: String,
    housenumber: Option<String>,
    street: Option<String>,
    postcode: Option<String>,
    citycode: Option<String>,
    city: Option<String>,
    district: Option<String>,
    oldcitycode: Option<String>,
    oldcity: Option<String>,
    #[serde(default)]
    importance: f64,
    #[serde(default)]
    score: f64,
}

impl Feature {
    /// The place, if it is somewhere on Earth.
    pub(super) fn place(self) -> Option<Place> {
        let [lon, lat] = *self.geometry.coordinates.first_chunk::<2>()?;
        let is_somewhere = lon.abs() <= 180.0 && lat.abs() <= 90.0;
        let told = self.properties;
        is_somewhere.then_some(Place {
            id: told.id,
            kind: told.kind,
            label: told.label,
            name: told.name,
            house_number: told.housenumber,
            street: told.street,
            postcode: told.postcode,
            city_code: told.citycode,
            city: told.city,
            district: told.district,
            former_city: told.oldcitycode.zip(told.oldcity),
            importance: told.importance.clamp(0.0, 1.0),
            score: told.score.clamp(0.0, 1.0),
            coordinates: [lon, lat],
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn answer(features: &Value) -> Vec<Place> {
        let answer: Answer = serde_json::from_value(json!({ "features": features })).expect("an answer");
        answer.features.into_iter().filter_map(Feature::place).collect()
    }

    fn feature(properties: &Value, coordinates: &Value) -> Value {
        json!({ "type": "Feature", "geometry": { "type": "Point", "coordinates": coordinates }, "properties": properties })
    }

    #[test]
    fn a_house_number_has_its_street_and_its_commune() {
        let properties = json!({ "id": "00001_0010_00008", "type": "housenumber", "label": "8 Rue du Lavoir 99999 Démoville",
            "name": "8 Rue du Lavoir", "housenumber": "8", "postcode": "99999", "citycode": "00001", "city": "Démoville",
            "score": 0.97, "x": 1.0, "context": "members that nobody reads are no reason to fail" });
        let places = answer(&json!([feature(&properties, &json!([2.18, 47.56, 120.0]))]));
        assert_eq!(places.len(), 1);
        assert_eq!((places[0].kind, places[0].house_number.as_deref()), (PlaceKind::HouseNumber, Some("8")));
        assert_eq!((places[0].city_code.as_deref(), places[0].coordinates), (Some("00001"), [2.18, 47.56]));
    }

    #[test]
    fn what_is_nowhere_is_left_out_and_what_is_unknown_is_something_else() {
        let poi = json!({ "id": "p", "type": "poi", "label": "Parc", "name": "Parc", "score": 3.0 });
        let places = answer(&json!([
            feature(&poi, &json!([2.18, 97.0])),
            feature(&poi, &json!([])),
            feature(&poi, &json!([2.0, 47.0]))
        ]));
        assert_eq!(places.len(), 1);
        assert_eq!((places[0].kind, places[0].score), (PlaceKind::Other, 1.0));
    }
}
