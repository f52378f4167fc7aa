//! A named street, whole or between two bounds.

use dialog_db::Connection;
use dialog_db::reference::{self, StreetRow};
use dialog_domain::{
    Confidence, Found, FoundSegment, Geometry, LocatingMethod, LocationDescription, NamedStreet, StreetBound,
};
use dialog_geo::{Coord, End, LineString, Section, SectionError, StreetNetwork, Stretch};
use geojson::GeometryValue;

use super::bounds::{BoundMethod, Candidates, FoundBound, Streets};
use super::{Bound, Detailed, LocateError, Located};
use crate::outside::Sources;
use crate::street::{resolve, search_streets};

/// Most names proposed in place of an unknown one.
const SUGGESTED: usize = 5;

/// Finds a street or a section of it.
pub(super) async fn locate(
    connection: &mut Connection,
    asked: &NamedStreet,
    sources: &Sources,
) -> Result<Detailed, LocateError> {
    let row = resolve(connection, &asked.city_code, asked.road_ban_id.as_deref(), &asked.road_name).await?;
    let Some(row) = row else { return Err(unknown(connection, asked).await?) };
    let known = sources.streets.of(connection, &row).await?;
    let network = known.network.as_ref().ok_or(LocateError::UndrawnStreet)?;
    let mut resolved = NamedStreet { road_ban_id: Some(row.street_id.clone()), ..asked.clone() };
    // By its identifier alone a street has no name to be told by.
    if resolved.road_name.trim().is_empty() {
        resolved.road_name.clone_from(&row.name);
    }
    let (Some(from), Some(to)) = (&asked.from, &asked.to) else {
        let resolved = LocationDescription::NamedStreet(resolved);
        return Ok(Located { found: whole(&row, network), resolved }.into());
    };
    let mut streets = Streets::new(connection, &row, &known, network, &sources.numbers);
    let from = streets.candidates(Bound::From, from).await?;
    let to = streets.candidates(Bound::To, to).await?;
    fill_in(&mut resolved.from, &from);
    fill_in(&mut resolved.to, &to);
    let (a, b) = Candidates::nearest_pair(&from, &to).ok_or(LocateError::SamePlace)?;
    let ways = match network.ways_round(a, b) {
        Ok(ways) => ways,
        Err(SectionError::Empty) => return Err(LocateError::SamePlace),
        Err(SectionError::UnknownNode) => return Err(LocateError::NoPath { bound: None, suggestions: Vec::new() }),
        Err(SectionError::NoPath { stray }) => {
            let (bound, other) = if stray == End::From { (Bound::From, b) } else { (Bound::To, a) };
            let suggestions = streets.joined_names(other).await?;
            return Err(LocateError::NoPath { bound: Some(bound), suggestions });
        }
    };
    let bounds = ways.first().map(|way| placed(&way.line, from.clone(), to.clone())).unwrap_or_default();
    let bounds_by = |what: fn(&BoundMethod) -> bool| [&from, &to].iter().any(|bound| what(&bound.method));
    let method = if bounds_by(|method| matches!(method, BoundMethod::Interpolated { .. })) {
        LocatingMethod::InterpolatedSection
    } else if bounds_by(|method| *method == BoundMethod::ApiAdresse) {
        LocatingMethod::OutsideNumberSection
    } else {
        LocatingMethod::StreetSection
    };
    let mut found = ways.into_iter().map(|way| section(&row, way, method));
    let Some(first) = found.next() else { return Err(LocateError::SamePlace) };
    let located = Located { found: first, resolved: LocationDescription::NamedStreet(resolved) };
    Ok(Detailed { located, bounds, others: found.collect() })
}

/// The way round a street that was chosen by sending its geometry; `None` when the geometry is something else.
pub(super) async fn chosen(
    connection: &mut Connection,
    asked: &NamedStreet,
    geometry: &Geometry,
    sources: &Sources,
) -> Result<Option<Detailed>, LocateError> {
    if asked.from.is_none() || asked.to.is_none() {
        return Ok(None);
    }
    let computed = match locate(connection, &NamedStreet { geometry: None, ..asked.clone() }, sources).await {
        Ok(computed) => computed,
        Err(LocateError::Database(error)) => return Err(error.into()),
        Err(_) => return Ok(None),
    };
    let Detailed { located: Located { found, resolved }, bounds, others } = computed;
    let LocationDescription::NamedStreet(resolved) = resolved else { return Ok(None) };
    let resolved = LocationDescription::NamedStreet(NamedStreet { geometry: Some(geometry.clone()), ..resolved });
    let mut ways: Vec<Found> = std::iter::once(found).chain(others).collect();
    let Some(rank) = ways.iter().position(|way| way.geometry == *geometry) else { return Ok(None) };
    let found = ways.swap_remove(rank);
    Ok(Some(Detailed { located: Located { found, resolved }, bounds, others: ways }))
}

async fn unknown(connection: &mut Connection, asked: &NamedStreet) -> Result<LocateError, LocateError> {
    if !reference::commune_exists(connection, &asked.city_code).await? {
        return Ok(LocateError::UnknownCity);
    }
    let alike = search_streets(connection, &asked.city_code, &asked.road_name, SUGGESTED).await?;
    let drawn = alike.into_iter().filter(|street| street.has_geometry);
    Ok(LocateError::UnknownStreet { suggestions: drawn.map(|street| street.road_name).collect() })
}

fn whole(row: &StreetRow, network: &StreetNetwork) -> Found {
    let whole = network.whole();
    Found {
        geometry: lines(&whole.lines),
        length_m: whole.length_m,
        segments: segments(whole.stretches),
        method: LocatingMethod::WholeStreet,
        confidence: Confidence::Exact,
        edition: Some(row.edition.clone()),
        contour: None,
        storage_area: None,
    }
}

fn section(row: &StreetRow, section: Section, method: LocatingMethod) -> Found {
    let is_exact = section.is_exact && method == LocatingMethod::StreetSection;
    let (mut drawn, mut stretches, mut length_m) = (vec![section.line], section.stretches, section.length_m);
    for path in section.beside {
        drawn.push(path.line);
        stretches.extend(path.stretches);
        length_m += path.length_m;
    }
    Found {
        geometry: lines(&drawn),
        length_m,
        segments: segments(stretches),
        method,
        confidence: if is_exact { Confidence::Exact } else { Confidence::Approximate },
        edition: Some(row.edition.clone()),
        contour: None,
        storage_area: None,
    }
}

/// How both bounds were placed, given the line between them.
fn placed(line: &LineString, from: Candidates, to: Candidates) -> Vec<FoundBound> {
    let at = |bound, candidates: Candidates, end: Option<&Coord>| {
        let Candidates { method, crossings, .. } = candidates;
        end.map(|end| FoundBound { bound, method, coordinates: [end.x, end.y], candidates: crossings })
    };
    [at(Bound::From, from, line.0.first()), at(Bound::To, to, line.0.last())].into_iter().flatten().collect()
}

fn fill_in(bound: &mut Option<StreetBound>, found: &Candidates) {
    if let Some(StreetBound::Intersection { road_ban_id, .. }) = bound {
        road_ban_id.clone_from(&found.crossed_street);
    }
}

/// One line, or several, as a geometry.
pub(super) fn lines(lines: &[LineString]) -> Geometry {
    let positions = |line: &LineString| line.0.iter().map(|vertex| [vertex.x, vertex.y]).collect::<Vec<_>>();
    let value = match lines {
        [line] => GeometryValue::new_line_string(positions(line)),
        lines => GeometryValue::new_multi_line_string(lines.iter().map(positions)),
    };
    Geometry(geojson::Geometry::new(value))
}

/// Stretches as they are kept.
pub(super) fn segments(stretches: Vec<Stretch>) -> Vec<FoundSegment> {
    let found =
        |Stretch { segment_id, from_fraction, to_fraction }| FoundSegment { segment_id, from_fraction, to_fraction };
    stretches.into_iter().map(found).collect()
}
