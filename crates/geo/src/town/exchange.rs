//! The town in the exchange format that operators use (`docs/reference-data.md`).

use std::io::{Result, Write};

use dialog_domain::RoadSide;
use geo_types::Coord;
use serde_json::{Value, json};

use super::{INSEE, NAME, POSTCODE, Town};

impl Town {
    /// Writes the ways, one GeoJSON feature a line.
    ///
    /// # Errors
    /// When `out` refuses.
    pub fn write_streets(&self, out: &mut impl Write) -> Result<()> {
        for way in &self.ways {
            let mut properties = json!({
                "id": format!("town:{}", way.id),
                "highway": way.class.as_str(),
                "insee": INSEE,
                "nodes": way.nodes,
            });
            let optional = [
                ("name", way.name.as_deref().map(Value::from)),
                ("ref", way.road_number.map(Value::from)),
                ("oneway", (way.oneway == 1).then(|| Value::from("yes"))),
                ("layer", (way.level != 0).then(|| Value::from(way.level.to_string()))),
            ];
            for (key, value) in optional {
                if let (Some(value), Some(members)) = (value, properties.as_object_mut()) {
                    members.insert(key.to_owned(), value);
                }
            }
            let geometry = json!({ "type": "LineString", "coordinates": positions(&way.line.0) });
            writeln!(out, "{}", json!({ "type": "Feature", "properties": properties, "geometry": geometry }))?;
        }
        Ok(())
    }

    /// Writes the house numbers.
    ///
    /// # Errors
    /// When `out` refuses.
    pub fn write_addresses(&self, out: &mut impl Write) -> Result<()> {
        writeln!(out, "numero;rep;nom_voie;code_postal;code_insee;nom_commune;lon;lat")?;
        for address in &self.addresses {
            let (number, suffix, street, place) = (address.number, address.suffix, &address.street, address.place);
            writeln!(out, "{number};{suffix};{street};{POSTCODE};{INSEE};{NAME};{};{}", place.x, place.y)?;
        }
        Ok(())
    }

    /// Writes the commune, as in `@etalab/decoupage-administratif`.
    ///
    /// # Errors
    /// When `out` refuses.
    pub fn write_communes(&self, out: &mut impl Write) -> Result<()> {
        let commune = json!({
            "code": INSEE,
            "nom": NAME,
            "type": "commune-actuelle",
            "departement": "00",
            "codesPostaux": [POSTCODE],
            "population": self.population,
        });
        writeln!(out, "{}", json!([commune]))
    }

    /// Writes the outline of the commune, one GeoJSON feature a line.
    ///
    /// # Errors
    /// When `out` refuses.
    pub fn write_contours(&self, out: &mut impl Write) -> Result<()> {
        let polygon = |polygon: &geo_types::Polygon| vec![positions(&polygon.exterior().0)];
        let polygons: Vec<_> = self.contour.0.iter().map(polygon).collect();
        let contour = json!({
            "type": "Feature",
            "properties": { "code": INSEE, "nom": NAME, "type": "commune" },
            "geometry": { "type": "MultiPolygon", "coordinates": polygons },
        });
        writeln!(out, "{contour}")
    }

    /// Writes the reference points of the numbered roads, with the columns of BD TOPO's `point_de_repere`.
    ///
    /// # Errors
    /// When `out` refuses.
    pub fn write_reference_points(&self, out: &mut impl Write) -> Result<()> {
        writeln!(
            out,
            "route;numero;abscisse;ordre;cote;type_de_pr;identifiant_de_section;code_insee_du_departement;gestionnaire;\
             lon;lat"
        )?;
        for road in self.roads() {
            for point in &road.points {
                let abscissa = point.abscissa_m.map(|metres| metres.to_string()).unwrap_or_default();
                writeln!(
                    out,
                    "{};{};{abscissa};{};{};{};{};{};{};{};{}",
                    road.number,
                    point.number,
                    point.rank,
                    side(point.side),
                    point.kind.as_str(),
                    point.section_id,
                    point.department,
                    road.administrator,
                    point.place.x,
                    point.place.y
                )?;
            }
        }
        Ok(())
    }

    /// Writes the sections of the numbered roads, one GeoJSON feature a line, with the members of BD TOPO's
    /// `section_de_points_de_repere`.
    ///
    /// # Errors
    /// When `out` refuses.
    pub fn write_road_sections(&self, out: &mut impl Write) -> Result<()> {
        for road in self.roads() {
            for section in &road.sections {
                let feature = json!({
                    "type": "Feature",
                    "properties": {
                        "identifiant_de_section": section.id,
                        "numero_de_route": road.number,
                        "gestionnaire": road.administrator,
                        "code_insee_du_departement": section.department,
                        "cote": side(section.side),
                    },
                    "geometry": { "type": "LineString", "coordinates": positions(&section.line.0) },
                });
                writeln!(out, "{feature}")?;
            }
        }
        Ok(())
    }
}

const fn side(side: RoadSide) -> &'static str {
    match side {
        RoadSide::U => "U",
        RoadSide::D => "D",
        RoadSide::G => "G",
    }
}

fn positions(vertices: &[Coord]) -> Vec<[f64; 2]> {
    vertices.iter().map(|vertex| [vertex.x, vertex.y]).collect()
}
