//! Roads and house numbers of OpenStreetMap, from a PBF file.

use std::collections::HashMap;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use dialog_geo::{Coord, LineString, RoadClass};
use osmpbf::{Element, ElementReader, RelMemberType};

use super::streets::{Side, Way, oneway_text, road_number};
use crate::load::{LoadError, Progress, Stage};

/// What interests us of a file.
#[derive(Debug, Default)]
pub(in crate::load) struct Extract {
    /// Roads; their sides have names, and communes remain to be found.
    pub(in crate::load) ways: Vec<Way>,
    /// House numbers, likewise.
    pub(in crate::load) houses: Vec<House>,
    /// Places of roads that lie beyond the edge of the extract.
    pub(in crate::load) missing_nodes: u64,
}

/// A house number as it is mapped.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::load) struct House {
    /// `addr:housenumber`: one number, or several (`2;4`).
    pub(in crate::load) number: String,
    pub(in crate::load) street: String,
    pub(in crate::load) place: Coord,
}

/// A road before its places are known.
struct Road {
    id: i64,
    class: Option<RoadClass>,
    name: Option<String>,
    fantoir: Option<String>,
    level: i16,
    oneway: i16,
    road_number: Option<String>,
    nodes: Vec<i64>,
}

/// A house that is drawn as a building.
struct Building {
    id: i64,
    number: String,
    street: Option<String>,
    node: i64,
}

/// Streets that relations give to houses, by the identifier of a node and of a way.
#[derive(Default)]
struct Associated {
    nodes: HashMap<i64, String>,
    ways: HashMap<i64, String>,
}

/// Tags of an element that are read.
#[derive(Default)]
struct Tags(HashMap<&'static str, String>);

const KEYS: [&str; 13] = [
    "highway",
    "name",
    "ref:FR:FANTOIR",
    "ref",
    "oneway",
    "junction",
    "layer",
    "bridge",
    "tunnel",
    "area",
    "addr:housenumber",
    "addr:street",
    "addr:place",
];

impl Tags {
    fn of<'a>(tags: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut kept = HashMap::new();
        for (key, value) in tags {
            if let Some(known) = KEYS.into_iter().find(|known| *known == key) {
                kept.insert(known, value.to_owned());
            }
        }
        Self(kept)
    }

    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    fn street(&self) -> Option<String> {
        self.get("addr:street").or_else(|| self.get("addr:place")).map(str::to_owned)
    }
}

/// Reads a file twice: roads come after the places they pass.
pub(in crate::load) fn read(path: &Path, progress: &mut Progress<'_>) -> Result<Extract, LoadError> {
    let (mut roads, mut buildings, mut associated) = (Vec::new(), Vec::new(), Associated::default());
    each(path, Stage::ReadingStreets, progress, |element| match element {
        Element::Way(way) => {
            let tags = Tags::of(way.tags());
            if tags.get("highway").is_some() && tags.get("area") != Some("yes") {
                roads.push(road(way.id(), &tags, way.refs().collect()));
            } else if let (Some(number), Some(node)) = (tags.get("addr:housenumber"), way.refs().next()) {
                buildings.push(Building { id: way.id(), number: number.to_owned(), street: tags.street(), node });
            }
        }
        Element::Relation(relation) => {
            let tag = |key: &str| relation.tags().find(|(known, _)| *known == key).map(|(_, value)| value.to_owned());
            if tag("type").is_some_and(|kind| kind == "associatedStreet")
                && let Some(name) = tag("name")
            {
                for member in relation.members().filter(|member| matches!(member.role(), Ok("house" | "address"))) {
                    let of_kind = match member.member_type {
                        RelMemberType::Node => &mut associated.nodes,
                        RelMemberType::Way => &mut associated.ways,
                        RelMemberType::Relation => continue,
                    };
                    of_kind.insert(member.member_id, name.clone());
                }
            }
        }
        Element::Node(_) | Element::DenseNode(_) => {}
    })?;
    let wanted = roads.iter().flat_map(|road| &road.nodes).chain(buildings.iter().map(|building| &building.node));
    let mut places = Places::new(wanted.copied());
    let mut houses = Vec::new();
    each(path, Stage::ReadingAddresses, progress, |element| {
        let (id, place, tags) = match element {
            Element::Node(node) => {
                (node.id(), place(node.decimicro_lon(), node.decimicro_lat()), Tags::of(node.tags()))
            }
            Element::DenseNode(node) => {
                (node.id(), place(node.decimicro_lon(), node.decimicro_lat()), Tags::of(node.tags()))
            }
            Element::Way(_) | Element::Relation(_) => return,
        };
        places.set(id, place);
        let street = tags.street().or_else(|| associated.nodes.get(&id).cloned());
        if let (Some(number), Some(street)) = (tags.get("addr:housenumber"), street) {
            houses.push(House { number: number.to_owned(), street, place });
        }
    })?;
    for building in buildings {
        let street = building.street.or_else(|| associated.ways.get(&building.id).cloned());
        if let (Some(street), Some(place)) = (street, places.get(building.node)) {
            houses.push(House { number: building.number, street, place });
        }
    }
    let mut extract = Extract { houses, ..Extract::default() };
    for road in roads {
        extract.add(road, &places);
    }
    Ok(extract)
}

impl Extract {
    /// Adds a road, in as many parts as the edge of the extract leaves of it.
    fn add(&mut self, road: Road, places: &Places) {
        let mut parts: Vec<(Vec<i64>, Vec<Coord>)> = vec![Default::default()];
        for node in road.nodes.iter().copied() {
            match (places.get(node), parts.last_mut()) {
                (Some(place), Some((nodes, vertices))) => {
                    nodes.push(node);
                    vertices.push(place);
                }
                _ => {
                    self.missing_nodes += 1;
                    parts.push(Default::default());
                }
            }
        }
        for (rank, (nodes, vertices)) in (1..).zip(parts.into_iter().filter(|(nodes, _)| nodes.len() > 1)) {
            let side = || Side { name: road.name.clone(), insee: None, ban_id: road.fantoir.clone(), numbers: None };
            self.ways.push(Way {
                id: if rank == 1 { format!("osm:{}", road.id) } else { format!("osm:{}.{rank}", road.id) },
                left: side(),
                right: side(),
                class: road.class,
                level: road.level,
                oneway: road.oneway,
                road_number: road.road_number.clone(),
                nodes: Some(nodes),
                line: LineString::new(vertices),
            });
        }
    }
}

fn road(id: i64, tags: &Tags, nodes: Vec<i64>) -> Road {
    let is_set = |key: &str| tags.get(key).is_some_and(|value| value != "no");
    let level = tags.get("layer").and_then(|layer| layer.parse().ok());
    let turns = matches!(tags.get("junction"), Some("roundabout" | "circular"));
    Road {
        id,
        class: tags.get("highway").and_then(RoadClass::read),
        name: tags.get("name").map(str::to_owned),
        // `751048237E`: the commune, the street, a key.
        fantoir: tags
            .get("ref:FR:FANTOIR")
            .and_then(|code| Some(format!("{}_{}", code.get(..5)?, code.get(5..9)?).to_lowercase())),
        level: level.unwrap_or_else(|| i16::from(is_set("bridge")) - i16::from(is_set("tunnel"))),
        oneway: tags.get("oneway").map_or(i16::from(turns), oneway_text),
        road_number: tags.get("ref").and_then(road_number),
        nodes,
    }
}

/// Calls `read` with every element. What is cut short is told as such.
fn each(
    path: &Path,
    stage: Stage,
    progress: &mut Progress<'_>,
    mut read: impl FnMut(Element<'_>),
) -> Result<(), LoadError> {
    let file = File::open(path).map_err(|source| LoadError::File { path: path.to_owned(), source })?;
    let mut count = 0_u64;
    let read = ElementReader::new(BufReader::new(file)).for_each(|element| {
        count += 1;
        if count.is_multiple_of(65_536) {
            progress(stage, count, None);
        }
        read(element);
    });
    read.map_err(|error| LoadError::Broken { path: path.to_owned(), reason: format!("no whole PBF file: {error}") })?;
    progress(stage, count, None);
    Ok(())
}

/// Where the nodes of roads lie.
struct Places {
    ids: Vec<i64>,
    places: Vec<Coord>,
}

impl Places {
    fn new(ids: impl Iterator<Item = i64>) -> Self {
        let mut ids: Vec<i64> = ids.collect();
        ids.sort_unstable();
        ids.dedup();
        let nowhere = Coord { x: f64::NAN, y: f64::NAN };
        Self { places: vec![nowhere; ids.len()], ids }
    }

    fn set(&mut self, id: i64, place: Coord) {
        if let Some(known) = self.ids.binary_search(&id).ok().and_then(|rank| self.places.get_mut(rank)) {
            *known = place;
        }
    }

    fn get(&self, id: i64) -> Option<Coord> {
        let place = self.places.get(self.ids.binary_search(&id).ok()?)?;
        (!place.x.is_nan()).then_some(*place)
    }
}

/// From ten-millionths of a degree, exactly as mapped.
fn place(lon: i32, lat: i32) -> Coord {
    Coord { x: f64::from(lon) / 1e7, y: f64::from(lat) / 1e7 }
}
