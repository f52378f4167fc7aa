//! From ways and house numbers to streets, segments and addresses that name each other.

use std::collections::{BTreeMap, HashMap};

use dialog_db::reference::load::{NewAddress, NewNumberRange, NewSegment, NewStreet};

use super::boundary::{Home, Lines};
use super::nodes::{Piece, pieces};
use super::numbers::house_numbers;
use crate::load::Report;
use crate::load::read::addresses::{AddressLine, AddressLines};
use crate::load::read::streets::{Side, Way};
use crate::name::{canonical, normalise, street_id};

/// What is written.
pub(super) struct Network {
    pub(super) streets: Vec<NewStreet>,
    pub(super) addresses: Vec<NewAddress>,
    pub(super) segments: Vec<NewSegment>,
    pub(super) ranges: Vec<NewNumberRange>,
}

/// The street on one side of a way.
#[derive(Clone, Debug, PartialEq, Eq)]
struct StreetSide {
    street: String,
    insee: String,
    name: String,
}

/// The streets on the left and on the right of a way.
type Sides = [Option<StreetSide>; 2];

/// Assembles a network; what is left out goes into the report.
pub(super) fn assemble(ways: &[Way], lines: AddressLines, report: &mut Report) -> Network {
    let mut ids = Identifiers::of(ways, &lines);
    report.remark("lignes d’adresse sans numéro de voirie, ignorées", lines.without_number);
    let pieces = pieces(ways, report);
    let mut sides: Vec<Sides> = ways.iter().map(|way| [ids.side(&way.left), ids.side(&way.right)]).collect();
    let mut streets = Streets::default();
    let addresses = settle(lines.lines, &pieces, &mut sides, &mut ids, &mut streets, report);
    let (mut segments, mut ranges) = (Vec::with_capacity(pieces.len()), Vec::new());
    for piece in pieces {
        let (Some(way), Some([left, right])) = (ways.get(piece.way), sides.get(piece.way)) else { continue };
        let other = right.as_ref().filter(|right| left.as_ref().is_none_or(|left| left.street != right.street));
        for side in left.iter().chain(other) {
            streets.add(side, piece.length_m, piece.length_m);
        }
        // The numbers are those of the whole way: a piece of it has some of them, nobody knows which.
        if piece.segment_id == way.id {
            ranges.extend(range(&piece, left.as_ref(), &way.left));
            ranges.extend(range(&piece, right.as_ref(), &way.right));
        }
        segments.push(segment(piece, way, left.as_ref(), right.as_ref()));
    }
    Network { ranges, streets: streets.rows(), addresses: house_numbers(addresses, report), segments }
}

/// House numbers of one side of a way that is one segment.
fn range(piece: &Piece, street: Option<&StreetSide>, side: &Side) -> Option<NewNumberRange> {
    let (first, last) = side.numbers?;
    Some(NewNumberRange { street_id: street?.street.clone(), segment_id: piece.segment_id.clone(), first, last })
}

/// Gives every house number its street. A street that is drawn as the one of the next commune becomes one side of it.
fn settle(
    lines: Vec<AddressLine>,
    pieces: &[Piece],
    sides: &mut [Sides],
    ids: &mut Identifiers,
    streets: &mut Streets,
    report: &mut Report,
) -> Vec<NewAddress> {
    let mut drawn = Lines::new(pieces);
    for (index, piece) in pieces.iter().enumerate() {
        let [left, right] = sides.get(piece.way).cloned().unwrap_or_default();
        let right = right.filter(|right| left.as_ref() != Some(right));
        for side in left.into_iter().chain(right) {
            drawn.add(index, &side.insee, &side.name, &side.street);
        }
    }
    let (mut spelt, mut across, mut nowhere) = (0, 0, 0);
    let mut addresses = Vec::with_capacity(lines.len());
    for AddressLine { street: name, insee, ban_id, number, suffix, place } in lines {
        let mut own = StreetSide { street: ids.street(&insee, &name, ban_id.as_deref()), insee, name };
        match drawn.home(place, &own.insee, &own.name, &own.street) {
            Home::Own => {}
            Home::Spelling { street } => {
                spelt += 1;
                own.street = street;
            }
            Home::Across { way, is_left } => {
                across += 1;
                if let Some(way) = sides.get_mut(way) {
                    share(way, is_left, &own);
                }
            }
            Home::Nowhere => nowhere += 1,
        }
        // The spelling along a street counts for more than the one of a house.
        streets.add(&own, 0.0, 0.01);
        addresses.push(NewAddress { street_id: own.street, number, suffix, place });
    }
    report.remark("numéros rattachés à une voie d’orthographe voisine", spelt);
    report.remark("numéros dont la voie est tracée dans la commune voisine, rattachés", across);
    report.remark("numéros à plus de 60 m de leur voie, gardés", nowhere);
    addresses
}

/// Makes a street one side of a way, as long as the other side remains what the way was.
fn share([left, right]: &mut Sides, is_left: bool, street: &StreetSide) {
    let (here, there) = if is_left { (left, right) } else { (right, left) };
    if here == there {
        *here = Some(street.clone());
    }
}

fn segment(piece: Piece, way: &Way, left: Option<&StreetSide>, right: Option<&StreetSide>) -> NewSegment {
    let insee =
        |street: Option<&StreetSide>, side: &Side| street.map(|s| s.insee.clone()).or_else(|| side.insee.clone());
    NewSegment {
        segment_id: piece.segment_id,
        street_left: left.map(|side| side.street.clone()),
        street_right: right.map(|side| side.street.clone()),
        insee_left: insee(left, &way.left),
        insee_right: insee(right, &way.right),
        road_number: way.road_number.clone(),
        class: piece.class.as_str(),
        level: way.level,
        oneway: way.oneway,
        node_from: piece.node_from,
        node_to: piece.node_to,
        length_m: piece.length_m,
        geometry: piece.line,
    }
}

/// Identifiers of streets.
struct Identifiers {
    /// Those of the national address base, by commune and normalised name.
    base: HashMap<(String, String), String>,
    /// Those that were given to a name as it is written, by commune: a street is named by many houses.
    given: HashMap<String, HashMap<String, String>>,
}

impl Identifiers {
    fn of(ways: &[Way], addresses: &AddressLines) -> Self {
        let mut base = HashMap::new();
        let sides = ways.iter().flat_map(|way| [&way.left, &way.right]);
        let named = sides.filter_map(|side| Some((side.insee.as_ref()?, side.name.as_ref()?, side.ban_id.as_ref()?)));
        let numbered = addresses.lines.iter().filter_map(|a| Some((&a.insee, &a.street, a.ban_id.as_ref()?)));
        let mut last = None;
        for (insee, name, id) in named.chain(numbered) {
            // The lines of a street follow each other.
            if last.replace((insee, name)) != Some((insee, name)) {
                base.entry((insee.clone(), normalise(name))).or_insert_with(|| id.clone());
            }
        }
        Self { base, given: HashMap::new() }
    }

    /// Identifier of a street: its own, else the one its name bears elsewhere in the data, else made from the name.
    fn street(&mut self, insee: &str, name: &str, own: Option<&str>) -> String {
        if let Some(own) = own {
            return own.to_owned();
        }
        if let Some(given) = self.given.get(insee).and_then(|names| names.get(name)) {
            return given.clone();
        }
        let known = self.base.get(&(insee.to_owned(), normalise(name)));
        let id = known.cloned().unwrap_or_else(|| street_id(insee, name));
        self.given.entry(insee.to_owned()).or_default().insert(name.to_owned(), id.clone());
        id
    }

    fn side(&mut self, side: &Side) -> Option<StreetSide> {
        let (insee, name) = (side.insee.clone()?, side.name.clone()?);
        Some(StreetSide { street: self.street(&insee, &name, side.ban_id.as_deref()), insee, name })
    }
}

/// Streets while they are assembled, by identifier.
#[derive(Default)]
struct Streets(BTreeMap<String, Draft>);

struct Draft {
    insee: String,
    length_m: f64,
    /// How much of the street is spelt so.
    spellings: BTreeMap<String, f64>,
}

impl Streets {
    fn add(&mut self, side: &StreetSide, length_m: f64, weight: f64) {
        let new = || Draft { insee: side.insee.clone(), length_m: 0.0, spellings: BTreeMap::new() };
        // Most of what is added belongs to a street and to a spelling that are there already.
        if !self.0.contains_key(&side.street) {
            self.0.insert(side.street.clone(), new());
        }
        let Some(street) = self.0.get_mut(&side.street) else { return };
        street.length_m += length_m;
        if let Some(known) = street.spellings.get_mut(&side.name) {
            *known += weight;
        } else {
            street.spellings.insert(side.name.clone(), weight);
        }
    }

    fn rows(self) -> Vec<NewStreet> {
        let row = |(street_id, Draft { insee, length_m, spellings })| {
            let most_spelt = spellings.into_iter().max_by(|a, b| a.1.total_cmp(&b.1));
            let name = most_spelt.map(|(name, _)| name).unwrap_or_default();
            NewStreet { street_id, insee, norm_name: canonical(&name), name, length_m }
        };
        self.0.into_iter().map(row).collect()
    }
}

#[cfg(test)]
mod tests {
    use dialog_geo::{Coord, LineString, RoadClass};

    use super::*;

    const PLACE: (f64, f64) = (2.36, 48.86);
    /// About a metre, in degrees of latitude.
    const METRE: f64 = 9e-6;

    /// A street of 200 m or so towards the east, `north` metres north of the place.
    fn way(id: &str, insee: &str, name: &str, north: f64) -> Way {
        let side = || Side { name: Some(name.to_owned()), insee: Some(insee.to_owned()), ban_id: None, numbers: None };
        let y = PLACE.1 + north * METRE;
        Way {
            id: id.to_owned(),
            left: side(),
            right: side(),
            class: Some(RoadClass::Local),
            level: 0,
            oneway: 0,
            road_number: None,
            nodes: None,
            line: LineString::from(vec![(PLACE.0, y), (PLACE.0 + 0.003, y)]),
        }
    }

    /// A house halfway along such a street, `north` metres north of the place.
    fn house(insee: &str, street: &str, north: f64, ban_id: Option<&str>) -> AddressLine {
        AddressLine {
            street: street.to_owned(),
            insee: insee.to_owned(),
            ban_id: ban_id.map(str::to_owned),
            number: 2,
            suffix: String::new(),
            place: Coord { x: PLACE.0 + 0.0015, y: PLACE.1 + north * METRE },
        }
    }

    fn network(ways: &[Way], lines: Vec<AddressLine>) -> Network {
        assemble(ways, AddressLines { lines, without_number: 0 }, &mut Report::default())
    }

    #[test]
    fn identifier_of_the_address_base_names_the_way_of_the_same_name() {
        let ways = [way("a", "75104", "Rue Pavée", 0.0)];
        let network = network(&ways, vec![house("75104", "RUE PAVEE", 9.0, Some("75104_7123"))]);
        assert_eq!(network.segments[0].street_left.as_deref(), Some("75104_7123"));
        let names: Vec<_> = network.streets.iter().map(|street| (street.street_id.as_str(), &*street.name)).collect();
        assert_eq!(names, [("75104_7123", "Rue Pavée")], "the spelling of the way is shown");
    }

    #[test]
    fn street_on_the_limit_of_two_communes_is_a_street_of_both() {
        let ways = [way("a", "75104", "Rue Payenne", 0.0)];
        let network =
            network(&ways, vec![house("75103", "Rue Payenne", 9.0, None), house("75104", "Rue Payenne", -9.0, None)]);
        let segment = &network.segments[0];
        assert_eq!((segment.insee_left.as_deref(), segment.insee_right.as_deref()), (Some("75103"), Some("75104")));
        assert_eq!(network.streets.len(), 2);
        assert!(network.streets.iter().all(|street| street.length_m > 200.0), "{:?}", network.streets);
    }

    #[test]
    fn house_finds_its_street_under_another_spelling_only_when_it_stands_beside() {
        let ways = [way("a", "75103", "Rue de Poitou", 0.0)];
        let beside = network(&ways, vec![house("75103", "Rue du Poitou", 9.0, None)]);
        assert_eq!(beside.streets.len(), 1);
        assert_eq!(beside.addresses[0].street_id, beside.streets[0].street_id);
        let far = network(&ways, vec![house("75103", "Rue du Poitou", 500.0, None)]);
        assert_eq!(far.streets.len(), 2);
    }

    #[test]
    fn spellings_that_differ_by_accents_and_hyphens_are_one_street() {
        let ways = [
            way("a", "75105", "Boulevard Saint Germain", 0.0),
            way("b", "75105", "Boulevard Saint-Germain", 20.0),
            way("c", "75105", "Boulevard Saint-Germain", 40.0),
        ];
        let network = network(&ways, Vec::new());
        assert_eq!(network.streets.len(), 1);
        assert_eq!(network.streets[0].name, "Boulevard Saint-Germain");
    }
}
