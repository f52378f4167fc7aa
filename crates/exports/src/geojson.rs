//! Restrictions as a GeoJSON feature collection (RFC 7946: longitude before latitude, WGS 84, that is CRS84).
//!
//! A document is [`opening`], features with [`SEPARATOR`] between them, [`closing`].

use serde_json::Value;

use crate::{
    published::FeedContext,
    restriction::{FIELDS, Field, Restriction},
};

/// What stands between two features.
pub const SEPARATOR: &str = ",\n";

/// Everything before the first feature. The name is that of the layer in a geographic information system.
#[must_use]
pub const fn opening() -> &'static str {
    "{\"type\":\"FeatureCollection\",\"name\":\"restrictions\",\"features\":[\n"
}

/// Everything after the last feature.
#[must_use]
pub const fn closing() -> &'static str {
    "\n]}\n"
}

/// Writes one feature on one line at the end of `out`. The geometry of the row is GeoJSON.
pub fn feature(restriction: &Restriction, context: &FeedContext, out: &mut String) {
    out.push_str("{\"type\":\"Feature\",\"id\":");
    text(&restriction.location.to_string(), out);
    out.push_str(",\"properties\":{");
    for (rank, (name, field)) in FIELDS.iter().zip(restriction.fields(context)).enumerate() {
        if rank > 0 {
            out.push(',');
        }
        text(name, out);
        out.push(':');
        value(&field, out);
    }
    out.push_str("},\"geometry\":");
    out.push_str(&restriction.geometry);
    out.push('}');
}

fn value(field: &Field<'_>, out: &mut String) {
    match field {
        Field::Text(value) => text(value, out),
        Field::Owned(value) => text(value, out),
        Field::Integer(number) => out.push_str(&number.to_string()),
        Field::Metres(number) => out.push_str(&format!("{number:.1}")),
        Field::Texts(values) => {
            out.push('[');
            for (rank, value) in values.iter().enumerate() {
                if rank > 0 {
                    out.push(',');
                }
                text(value, out);
            }
            out.push(']');
        }
        Field::Json(value) => out.push_str(&value.to_string()),
        Field::Absent => out.push_str("null"),
    }
}

fn text(value: &str, out: &mut String) {
    out.push_str(&Value::from(value).to_string());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::restriction::tests::restriction;

    #[test]
    fn feature_is_geojson_with_every_field() {
        let context = FeedContext { base_url: "https://example.org/".to_owned() };
        let geometry = r#"{"type":"LineString","coordinates":[[2.35,48.85],[2.36,48.86]]}"#;
        let row = Restriction { geometry: geometry.to_owned(), ..restriction() };
        let mut document = opening().to_owned();
        feature(&row, &context, &mut document);
        document.push_str(SEPARATOR);
        feature(&row, &context, &mut document);
        document.push_str(closing());
        assert_eq!(document.lines().count(), 4, "a feature a line");
        let parsed: geojson::GeoJson = document.parse().expect("GeoJSON");
        let geojson::GeoJson::FeatureCollection(collection) = parsed else { panic!("{document}") };
        let properties = collection.features[0].properties.as_ref().expect("properties");
        for name in FIELDS {
            assert!(properties.contains_key(name), "{name}");
        }
        assert_eq!(properties["title"], "Travaux, \"grande\" rue\nde nuit");
        assert_eq!(properties["length_m"], 123.5);
        assert_eq!(properties["ends_at"], Value::Null);
        assert_eq!(properties["periods"][1], "le 5 mars");
        assert_eq!(properties["url"], "https://example.org/regulations/00000000-0000-0000-0000-000000000001");
    }

    #[test]
    fn collection_without_feature_is_geojson() {
        let document = format!("{}{}", opening(), closing());
        document.parse::<geojson::GeoJson>().expect("GeoJSON");
    }
}
