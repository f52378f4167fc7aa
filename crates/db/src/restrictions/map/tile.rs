use dialog_domain::MeasureType;
use dialog_geo::tile::{Attribute, CELL_ZOOM, Drawing, Layer, Tag, Tile};
use dialog_geo::twkb;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Nullable};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::{BoundingBox, MapFilter};
use crate::Connection;
use crate::cached::Cached;
use crate::events::public_state;
use crate::feeds::clauses::{Clauses, Value};

/// From this zoom on a street is long enough to be seen. Before it restrictions are counted, and only the lines that
/// stretch over several pixels are drawn.
pub const NEAR_ZOOM: u8 = 12;
/// A tile counts in 16 × 16 cells: of 32 pixels, when it is shown on 512.
const GRID_BITS: u8 = 4;

/// A vector tile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CutTile {
    /// The revision of what is public that it shows, or one before.
    pub revision: i64,
    /// The tile; empty when it shows nothing.
    pub bytes: Vec<u8>,
}

/// What a tile shows, one after the other as `map_shapes` has them: one value, since a row for each takes longer to be
/// sent and read than to be found.
#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = BigInt)]
    revision: i64,
    #[diesel(sql_type = Nullable<Binary>)]
    parts: Option<Vec<u8>>,
}

/// A vector tile. Layer `restrictions`: lines, areas and points with `measure_type`, `location_uuid`,
/// `regulation_category`, and `direction` (`oneWay`: along the line) where one direction alone is bound. Layer `clusters`,
/// before zoom 12: how many restrictions (`count`) have their middle around a dot; the attributes above when it is one.
///
/// # Errors
/// When a query fails.
pub async fn tile(connection: &mut Connection, filter: &MapFilter, tile: Tile) -> QueryResult<CutTile> {
    if filter.is_empty() || !tile.exists() {
        return Ok(CutTile { revision: public_state(connection).await?.revision, bytes: Vec::new() });
    }
    let clauses = filter.clauses(connection, "s").await?;
    let mut bytes = Vec::new();
    let (revision, layer) = lines(connection, filter, clauses.clone(), tile).await?;
    layer.finish(&mut bytes);
    if tile.z < NEAR_ZOOM {
        clusters(connection, filter, clauses, tile).await?.finish(&mut bytes);
    }
    Ok(CutTile { revision, bytes })
}

async fn lines(
    connection: &mut Connection,
    filter: &MapFilter,
    mut clauses: Clauses,
    tile: Tile,
) -> QueryResult<(i64, Layer)> {
    let edges = BoundingBox::of_tile(tile).edges();
    clauses.and("s.bounds && box(point(?, ?), point(?, ?))", edges.map(Value::Number));
    // Written out: the index of long lines is chosen by it.
    if tile.z < NEAR_ZOOM {
        clauses.and(&format!("s.shown_from <= {}", tile.z), []);
    }
    let drawing = match tile.z {
        ..9 => "COALESCE(s.drawing_z8, s.drawing_z12, s.drawing)",
        9..=12 => "COALESCE(s.drawing_z12, s.drawing)",
        13.. => "s.drawing",
    };
    let found = find(connection, filter, &clauses, drawing).await?;
    let mut layer = Layer::new("restrictions");
    let mut tags = Tags::default();
    let (mut reader, mut drawing) = (twkb::Reader::default(), Drawing::of(tile));
    let mut rest = found.parts.as_deref().unwrap_or_default();
    while !rest.is_empty() {
        let (head, geometry) = Head::read(rest).ok_or_else(unreadable)?;
        drawing.begin(head.is_backwards());
        rest = reader.read(geometry, &mut drawing).ok_or_else(unreadable)?;
        for shape in drawing.shapes() {
            let direction = head.is_one_way().then(|| layer.tag("direction", Attribute::Text("oneWay".to_owned())));
            let tags = tags.of(head, &mut layer);
            layer.add(shape, tags.into_iter().chain(direction));
        }
    }
    Ok((found.revision, layer))
}

async fn clusters(
    connection: &mut Connection,
    filter: &MapFilter,
    mut clauses: Clauses,
    tile: Tile,
) -> QueryResult<Layer> {
    let mut layer = Layer::new("clusters");
    let Some((first, end)) = tile.cells() else { return Ok(layer) };
    clauses.and("s.cell >= ? AND s.cell < ?", [Value::Long(first), Value::Long(end)]);
    let found = find(connection, filter, &clauses, "s.dot").await?;
    let mut dots = Vec::new();
    let mut rest = found.parts.as_deref().unwrap_or_default();
    while !rest.is_empty() {
        let (head, after) = Head::read(rest).ok_or_else(unreadable)?;
        let (cell, after) = after.split_first_chunk().ok_or_else(unreadable)?;
        dots.push((i64::from_be_bytes(*cell), head));
        rest = after;
    }
    // The index has them in this order already.
    dots.sort_unstable_by_key(|(cell, _)| *cell);
    let mut tags = Tags::default();
    let mut drawing = Drawing::of(tile);
    let shift = 2 * (CELL_ZOOM - GRID_BITS).saturating_sub(tile.z);
    for group in dots.chunk_by(|(one, _), (other, _)| one >> shift == other >> shift) {
        // The middle one of the restrictions of a cell shows where they are: a point of the grid would look like one.
        let Some((cell, head)) = group.get((group.len() - 1) / 2) else { continue };
        let count = layer.tag("count", Attribute::Number(group.len() as u64));
        let one = if let [_] = group { Some(tags.of(*head, &mut layer)) } else { None };
        drawing.begin(false);
        drawing.dot(tile.cell_middle(*cell));
        for shape in drawing.shapes() {
            layer.add(shape, [count].into_iter().chain(one.into_iter().flatten()));
        }
    }
    Ok(layer)
}

async fn find(connection: &mut Connection, filter: &MapFilter, clauses: &Clauses, part: &str) -> QueryResult<Found> {
    let rest = if filter.needs_rest() { "JOIN public_restrictions r ON r.location_uuid = s.location_uuid" } else { "" };
    let query = format!(
        "SELECT (SELECT revision FROM public_state) AS revision, string_agg({part}, ''::bytea) AS parts \
         FROM map_shapes s {rest} WHERE {}",
        clauses.sql()
    );
    Cached(clauses.bind(diesel::sql_query(query))).get_result(connection).await
}

/// What stands before each shape and in each dot.
#[derive(Clone, Copy)]
struct Head {
    flags: u8,
    location: Uuid,
}

impl Head {
    fn read(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let (&flags, rest) = bytes.split_first()?;
        let (location, rest) = rest.split_first_chunk()?;
        Some((Self { flags, location: Uuid::from_bytes(*location) }, rest))
    }

    fn measure_type(self) -> &'static str {
        MeasureType::ALL.get(usize::from(self.flags & 0x07)).map_or("", |kind| kind.as_str())
    }

    const fn category(self) -> &'static str {
        if self.flags & 0x08 == 0 { "permanentRegulation" } else { "temporaryRegulation" }
    }

    const fn is_one_way(self) -> bool {
        self.flags & 0x30 != 0
    }

    const fn is_backwards(self) -> bool {
        self.flags & 0x20 != 0
    }
}

/// The tags of what is common to many, by their flags.
#[derive(Default)]
struct Tags([Option<[Tag; 2]>; 16]);

impl Tags {
    fn of(&mut self, head: Head, layer: &mut Layer) -> [Tag; 3] {
        let known = &mut self.0[usize::from(head.flags & 0x0F)];
        let [kind, category] = *known.get_or_insert_with(|| {
            [("measure_type", head.measure_type()), ("regulation_category", head.category())]
                .map(|(key, text)| layer.tag(key, Attribute::Text(text.to_owned())))
        });
        let location =
            layer.own_tag("location_uuid", head.location.hyphenated().encode_lower(&mut Uuid::encode_buffer()));
        [kind, location, category]
    }
}

fn unreadable() -> diesel::result::Error {
    diesel::result::Error::DeserializationError("a shape of the map cannot be read".into())
}
