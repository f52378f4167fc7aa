//! A section on its surroundings, as SVG.

use std::fmt::Write;

use dialog_db::reference::Statement;
use dialog_domain::{Found, Geometry};
use dialog_geo::{Coord, LocalProjection};
use dialog_test_support::TestDatabase;
use diesel::sql_types::{Nullable, SmallInt, Text};
use diesel_async::RunQueryDsl;
use geojson::GeometryValue;

/// Size of a picture, pixels.
const WIDTH: f64 = 720.0;
const MAX_HEIGHT: f64 = 480.0;
/// What is shown around a section, metres.
const MARGIN_M: f64 = 70.0;

/// What a picture shows.
pub struct Picture<'a> {
    pub title: &'a str,
    /// What is kept.
    pub found: &'a Found,
    /// What may be chosen instead.
    pub others: &'a [Found],
    /// An outline that was drawn.
    pub outline: Option<&'a Geometry>,
    /// Places with a name: the bounds.
    pub bounds: Vec<(String, [f64; 2])>,
    /// Smaller places: the crossings that there are to choose from.
    pub candidates: Vec<[f64; 2]>,
}

struct Road {
    class: String,
    level: i16,
    name: Option<String>,
    line: Vec<[f64; 2]>,
}

async fn roads(database: &TestDatabase) -> Vec<Road> {
    let rows: Vec<(String, i16, Option<String>, String)> = Statement::<(Text, SmallInt, Nullable<Text>, Text)>::new(
        "SELECT s.class, s.level, COALESCE(t.name, s.road_number), ST_AsGeoJSON(s.geometry, 7) FROM reference.segments s \
         LEFT JOIN reference.streets t ON t.edition_id = s.edition_id AND t.street_id = s.street_left \
         ORDER BY s.level, s.segment_id",
        [],
    )
    .load(&mut database.connection().await)
    .await
    .expect("roads");
    let road = |(class, level, name, text): (String, i16, Option<String>, String)| {
        let geometry = Geometry::from_text(&text).expect("a line");
        Road { class, level, name, line: lines(&geometry).remove(0) }
    };
    rows.into_iter().map(road).collect()
}

/// The lines of a geometry, and the edges of its polygons.
fn lines(geometry: &Geometry) -> Vec<Vec<[f64; 2]>> {
    let pairs = |line: &Vec<geojson::Position>| line.iter().map(|p| [p[0], p[1]]).collect();
    match &geometry.0.value {
        GeometryValue::LineString { coordinates } => vec![pairs(coordinates)],
        GeometryValue::MultiLineString { coordinates } | GeometryValue::Polygon { coordinates } => {
            coordinates.iter().map(pairs).collect()
        }
        other => panic!("{}", other.type_name()),
    }
}

/// From longitude and latitude to pixels.
struct Sheet {
    plane: LocalProjection,
    west: f64,
    north: f64,
    scale: f64,
    height: f64,
}

impl Sheet {
    fn around(picture: &Picture<'_>) -> Self {
        let mut shown: Vec<[f64; 2]> = lines(&picture.found.geometry).concat();
        shown.extend(picture.others.iter().flat_map(|other| lines(&other.geometry).concat()));
        shown.extend(picture.outline.iter().flat_map(|outline| lines(outline).concat()));
        let plane = LocalProjection::at(Coord { x: shown[0][0], y: shown[0][1] });
        let metres: Vec<Coord> = shown.iter().map(|[x, y]| plane.to_metres(Coord { x: *x, y: *y })).collect();
        let least = |of: fn(&Coord) -> f64| metres.iter().map(of).fold(f64::INFINITY, f64::min) - MARGIN_M;
        let most = |of: fn(&Coord) -> f64| metres.iter().map(of).fold(f64::NEG_INFINITY, f64::max) + MARGIN_M;
        let (west, north) = (least(|c| c.x), most(|c| c.y));
        let (wide_m, high_m) = (most(|c| c.x) - west, north - least(|c| c.y));
        let scale = (WIDTH / wide_m).min(MAX_HEIGHT / high_m);
        let height = (high_m * scale).max(220.0);
        // A flat or a high section stands in the middle of its sheet.
        let (spare_x, spare_y) = (WIDTH / scale - wide_m, height / scale - high_m);
        Self { plane, west: west - spare_x / 2.0, north: north + spare_y / 2.0, scale, height }
    }

    fn at(&self, [x, y]: [f64; 2]) -> (f64, f64) {
        let metres = self.plane.to_metres(Coord { x, y });
        ((metres.x - self.west) * self.scale, (self.north - metres.y) * self.scale)
    }

    fn shows(&self, line: &[[f64; 2]]) -> bool {
        line.iter().any(|place| {
            let (x, y) = self.at(*place);
            (0.0..=WIDTH).contains(&x) && (0.0..=self.height).contains(&y)
        }) || line.windows(2).any(|ends| {
            let ((ax, ay), (bx, by)) = (self.at(ends[0]), self.at(ends[1]));
            ax.min(bx) < WIDTH && ax.max(bx) > 0.0 && ay.min(by) < self.height && ay.max(by) > 0.0
        })
    }

    fn path(&self, line: &[[f64; 2]]) -> String {
        let mut path = String::new();
        for (rank, place) in line.iter().enumerate() {
            let (x, y) = self.at(*place);
            write!(path, "{}{x:.1} {y:.1}", if rank == 0 { "M" } else { "L" }).expect("a text");
        }
        path
    }
}

fn text(value: &str) -> String {
    value.replace('&', "&amp;").replace('<', "&lt;").replace('\'', "’")
}

/// The name of a road along the longest straight part of it that shows.
fn name(sheet: &Sheet, road: &Road, taken: &mut Vec<(f64, f64)>) -> Option<String> {
    let name = road.name.as_deref()?;
    let clip = |(x, y): (f64, f64)| (x.clamp(0.0, WIDTH), y.clamp(0.0, sheet.height));
    let straight = |ends: &[[f64; 2]]| {
        let (a, b) = (clip(sheet.at(ends[0])), clip(sheet.at(ends[1])));
        ((b.0 - a.0).hypot(b.1 - a.1), a, b)
    };
    let (_, a, b) = road.line.windows(2).map(straight).max_by(|a, b| a.0.total_cmp(&b.0))?;
    let whole = (clip(sheet.at(road.line[0])), clip(sheet.at(road.line[road.line.len() - 1])));
    let room = (whole.1.0 - whole.0.0).hypot(whole.1.1 - whole.0.1);
    #[expect(clippy::cast_precision_loss, reason = "a name is short")]
    let needed = name.chars().count() as f64 * 5.6;
    let middle = (f64::midpoint(a.0, b.0), f64::midpoint(a.1, b.1));
    if room < needed || taken.iter().any(|(x, y)| (x - middle.0).hypot(y - middle.1) < 50.0) {
        return None;
    }
    taken.push(middle);
    let mut angle = (b.1 - a.1).atan2(b.0 - a.0).to_degrees();
    if !(-90.0..90.0).contains(&angle) {
        angle = if angle > 0.0 { angle - 180.0 } else { angle + 180.0 };
    }
    let (x, y) = middle;
    Some(format!(
        "<text x=\"{x:.1}\" y=\"{y:.1}\" dy=\"-6\" transform=\"rotate({angle:.1} {x:.1} {y:.1})\">{}</text>\n",
        text(name)
    ))
}

/// The picture, always the same for the same section.
pub async fn draw(database: &TestDatabase, picture: &Picture<'_>) -> String {
    let sheet = Sheet::around(picture);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH:.0} {:.0}\" role=\"img\">\n<title>{}</title>\n\
         <style>path{{fill:none;stroke-linecap:round;stroke-linejoin:round}}\
         text{{font:10px sans-serif;fill:#555;text-anchor:middle;paint-order:stroke;stroke:#fff;stroke-width:3px}}\
         .b{{font:bold 13px sans-serif;fill:#000091}}</style>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#f6f6f6\"/>\n",
        sheet.height,
        text(picture.title)
    );
    let roads: Vec<Road> = roads(database).await.into_iter().filter(|road| sheet.shows(&road.line)).collect();
    for road in &roads {
        let path = sheet.path(&road.line);
        let (width, dash) = match road.class.as_str() {
            "trunk" | "primary" | "secondary" | "tertiary" => (9.0, ""),
            "steps" | "path" | "track" => (2.0, " stroke-dasharray=\"4 5\""),
            _ => (6.0, ""),
        };
        // A bridge covers what is below it.
        let edge = if road.level > 0 { "#777" } else { "#bdbdbd" };
        writeln!(svg, "<path d=\"{path}\" stroke=\"{edge}\" stroke-width=\"{}\"{dash}/>", width + 2.0).expect("a text");
        writeln!(svg, "<path d=\"{path}\" stroke=\"#fff\" stroke-width=\"{width}\"{dash}/>").expect("a text");
    }
    for line in picture.outline.iter().flat_map(|outline| lines(outline)) {
        let path = sheet.path(&line);
        writeln!(svg, "<path d=\"{path}\" stroke=\"#000091\" stroke-width=\"1.5\" stroke-dasharray=\"3 4\"/>")
            .expect("a text");
    }
    for line in picture.others.iter().flat_map(|other| lines(&other.geometry)) {
        let path = sheet.path(&line);
        writeln!(svg, "<path d=\"{path}\" stroke=\"#f08a5d\" stroke-width=\"4\" stroke-dasharray=\"2 8\"/>")
            .expect("a text");
    }
    for line in lines(&picture.found.geometry) {
        writeln!(svg, "<path d=\"{}\" stroke=\"#ce0500\" stroke-width=\"4\"/>", sheet.path(&line)).expect("a text");
    }
    // Where the names of the bounds go, no other one does.
    let labels: Vec<_> = picture
        .bounds
        .iter()
        .map(|(label, place)| {
            let (x, y) = sheet.at(*place);
            (label, (x, y), (x.clamp(80.0, WIDTH - 80.0), if y < 40.0 { y + 24.0 } else { y - 14.0 }))
        })
        .collect();
    let mut taken: Vec<(f64, f64)> =
        labels.iter().flat_map(|(_, _, (x, y))| [-50.0, 0.0, 50.0].map(|off| (x + off, *y))).collect();
    let mut named: Vec<&str> = Vec::new();
    for road in &roads {
        let known = road.name.as_deref().unwrap_or_default();
        if !named.contains(&known)
            && let Some(label) = name(&sheet, road, &mut taken)
        {
            named.push(known);
            svg.push_str(&label);
        }
    }
    for place in &picture.candidates {
        let (x, y) = sheet.at(*place);
        writeln!(
            svg,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"6\" fill=\"#fff\" stroke=\"#000091\" stroke-width=\"2\"/>"
        )
        .expect("a text");
    }
    for (label, (x, y), (text_x, text_y)) in labels {
        writeln!(
            svg,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"6\" fill=\"#000091\"/>\
             <text class=\"b\" x=\"{text_x:.1}\" y=\"{text_y:.1}\">{}</text>",
            text(label)
        )
        .expect("a text");
    }
    svg.push_str("</svg>\n");
    svg
}
