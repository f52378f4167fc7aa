//! The plan of Démoville, and the quarters of larger towns.

use geo_types::Coord;

use super::draft::{Draft, Front, Plan, arc, straight, winding};
use super::names::Names;
use super::random::Random;
use super::{NATIONAL_NUMBER, ROAD_NUMBER};
use crate::RoadClass::{Local, Path, Pedestrian, Secondary, Service, Steps, Tertiary, Track};
use crate::measured::distance;

/// Distance between reference points along the département road, metres: never quite a kilometre.
const REFERENCE_POINTS_M: [f64; 6] = [0.0, 990.0, 2010.0, 2980.0, 4020.0, 5000.0];

/// Démoville itself.
pub(super) fn centre() -> Plan {
    let mut plan = Plan::default();
    department_road(&mut plan);
    boulevard(&mut plan);
    curiosities(&mut plan);
    streets(&mut plan);
    plan
}

/// The D31 from west to east, its parts in this order, around the square of the town hall.
fn department_road(plan: &mut Plan) {
    plan.way(None, Secondary, winding((-2600.0, -180.0), (-900.0, -20.0), 60.0, 3.0)).numbered(ROAD_NUMBER);
    plan.street("Route d'Orléans", Secondary, straight(&[(-900.0, -20.0), (-500.0, 0.0)])).numbered(ROAD_NUMBER);
    let avenue = straight(&[(-500.0, 0.0), (-60.0, 0.0)]);
    plan.street("Avenue du Général-de-Gaulle", Secondary, avenue).numbered(ROAD_NUMBER);
    let square = |steps| arc((0.0, 0.0), 60.0, steps);
    plan.way(Some("Place de la Mairie"), Secondary, square(12..=24)).one_way().numbered(ROAD_NUMBER);
    plan.way(Some("Place de la Mairie"), Secondary, square(0..=12)).one_way();
    let main_street = winding((60.0, 0.0), (700.0, 20.0), 6.0, 3.0);
    plan.street("Rue de la République", Secondary, main_street).numbered(ROAD_NUMBER);
    plan.street("Route de Bourges", Secondary, straight(&[(700.0, 20.0), (1000.0, 60.0)])).numbered(ROAD_NUMBER);
    plan.way(None, Secondary, winding((1000.0, 60.0), (2700.0, 220.0), 80.0, 2.0)).numbered(ROAD_NUMBER);
}

/// Two carriageways 16 m apart, each one way, which bear the N7, and the two streets that join their ends.
fn boulevard(plan: &mut Plan) {
    const NAME: &str = "Boulevard de l'Europe";
    plan.way(Some(NAME), Tertiary, straight(&[(-700.0, -308.0), (700.0, -308.0)])).one_way().numbered(NATIONAL_NUMBER);
    plan.way(Some(NAME), Tertiary, straight(&[(700.0, -292.0), (-700.0, -292.0)])).one_way().numbered(NATIONAL_NUMBER);
    let axis = straight(&[(-700.0, -300.0), (700.0, -300.0)]);
    plan.fronts.push(Front { street: NAME.to_owned(), axis, half_width_m: 20.0 });
    plan.street("Rue du 8-Mai-1945", Tertiary, straight(&[(-700.0, -10.0), (-700.0, -450.0)]));
    plan.street("Rue du 11-Novembre", Tertiary, straight(&[(700.0, 20.0), (700.0, -620.0)]));
}

/// What the documentation of the town promises.
fn curiosities(plan: &mut Plan) {
    // A bridge of 60 m over a street on the ground.
    plan.street("Rue du Viaduc", Local, straight(&[(-400.0, 0.0), (-400.0, 200.0)]));
    plan.way(Some("Rue du Viaduc"), Local, straight(&[(-400.0, 200.0), (-400.0, 260.0)])).on_level(1);
    plan.street("Rue du Viaduc", Local, straight(&[(-400.0, 260.0), (-400.0, 600.0)]));
    plan.street("Chemin des Lavoirs", Local, winding((-700.0, 230.0), (350.0, 230.0), 5.0, 4.0));
    // Gaps of 45 m and of 180 m.
    plan.street("Rue du Moulin", Local, straight(&[(-150.0, 0.0), (-150.0, -375.0)]));
    plan.street("Rue du Moulin", Local, straight(&[(-150.0, -420.0), (-150.0, -620.0)]));
    plan.street("Chemin des Vignes", Local, straight(&[(-900.0, -540.0), (-620.0, -540.0)]));
    plan.street("Chemin des Vignes", Local, straight(&[(-440.0, -540.0), (-300.0, -540.0)]));
    plan.way(None, Track, straight(&[(-700.0, -450.0), (-700.0, -540.0)]));
    // A quay that meanders across a straight street.
    plan.street("Quai de la Bionne", Local, winding((-600.0, 330.0), (600.0, 330.0), 70.0, 6.0));
    plan.street("Rue Victor-Hugo", Local, straight(&[(-300.0, 345.0), (300.0, 315.0)]));
    // A street that leads back to itself.
    plan.street("Allée des Tilleuls", Local, straight(&[(400.0, 150.0), (460.0, 150.0)]));
    plan.street("Allée des Tilleuls", Local, arc((520.0, 150.0), 60.0, 0..=24));
}

/// Everything else.
fn streets(plan: &mut Plan) {
    const LOCAL: [(&str, &[(f64, f64)]); 33] = [
        ("Rue Jean-Jaurès", &[(-500.0, 0.0), (-500.0, -620.0)]),
        ("Rue des Écoles", &[(-300.0, 0.0), (-300.0, -620.0)]),
        ("Avenue de la Gare", &[(0.0, -60.0), (0.0, -640.0)]),
        ("Rue Pasteur", &[(200.0, 250.0), (200.0, -620.0)]),
        ("Rue du Faubourg-Saint-Jean", &[(400.0, 250.0), (400.0, -620.0)]),
        ("Rue des Peupliers", &[(600.0, 200.0), (600.0, -620.0)]),
        ("Rue de l'Église", &[(-200.0, 0.0), (-200.0, 600.0)]),
        ("Rue des Carmes", &[(0.0, 60.0), (0.0, 600.0)]),
        ("Rue des Tanneurs", &[(-600.0, 480.0), (600.0, 480.0)]),
        ("Rue Haute", &[(-600.0, 600.0), (600.0, 600.0)]),
        ("Rue des Lilas", &[(-500.0, -150.0), (600.0, -150.0)]),
        ("Rue de Verdun", &[(-700.0, -450.0), (600.0, -450.0)]),
        ("Rue des Acacias", &[(-500.0, -620.0), (700.0, -620.0)]),
        ("Impasse du Puits", &[(-200.0, 120.0), (-120.0, 120.0)]),
        ("Rue du Marché", &[(-400.0, 100.0), (-200.0, 100.0)]),
        ("Rue de la Fontaine", &[(200.0, 80.0), (400.0, 80.0)]),
        ("Rue Neuve", &[(400.0, -80.0), (700.0, -80.0)]),
        ("Rue des Bleuets", &[(-500.0, -80.0), (-300.0, -80.0)]),
        ("Rue du Stade", &[(-300.0, -220.0), (0.0, -220.0)]),
        ("Allée des Chênes", &[(0.0, -520.0), (200.0, -520.0)]),
        ("Rue Ampère", &[(200.0, -540.0), (600.0, -540.0)]),
        ("Impasse des Mésanges", &[(400.0, -375.0), (470.0, -375.0)]),
        ("Rue du Château", &[(200.0, 480.0), (200.0, 600.0)]),
        ("Rue Saint-Martin", &[(-600.0, 480.0), (-600.0, 600.0)]),
        ("Rue Sainte-Barbe", &[(400.0, 480.0), (400.0, 600.0)]),
        ("Rue de l'Abbé-Grégoire", &[(600.0, 480.0), (600.0, 600.0)]),
        ("Rue du Cœur-Volant", &[(-600.0, 540.0), (-400.0, 540.0)]),
        ("Rue Marie-Curie", &[(0.0, -375.0), (200.0, -375.0)]),
        ("Rue Olympe-de-Gouges", &[(200.0, -220.0), (400.0, -220.0)]),
        ("Rue George-Sand", &[(400.0, -220.0), (600.0, -220.0)]),
        ("Rue du Général-Leclerc", &[(-500.0, -220.0), (-300.0, -220.0)]),
        ("Rue Émile-Zola", &[(-300.0, -375.0), (-200.0, -375.0)]),
        ("Rue des Orfèvres", &[(0.0, 420.0), (200.0, 420.0)]),
    ];
    for (name, vertices) in LOCAL {
        plan.street(name, Local, straight(vertices));
    }
    plan.way(Some("Place de la Gare"), Local, arc((0.0, -680.0), 40.0, 0..=24)).one_way();
    plan.way(Some("Passage des Halles"), Pedestrian, straight(&[(0.0, 150.0), (200.0, 150.0)]));
    plan.way(Some("Escalier du Château"), Steps, straight(&[(0.0, 540.0), (200.0, 540.0)]));
    plan.way(Some("Sentier des Ormes"), Path, winding((-200.0, 540.0), (0.0, 510.0), 8.0, 2.0));
    plan.way(None, Service, straight(&[(-300.0, -560.0), (-220.0, -560.0)]));
    plan.way(None, Track, winding((-600.0, 600.0), (-900.0, 800.0), 20.0, 2.0));
}

/// Adds quarters north of the centre until the town has at least so many streets. Each has twelve streets in a grid.
pub(super) fn add_quarters(plan: &mut Plan, streets: usize) {
    const SIDE: u16 = 6;
    const STEP_M: f64 = 110.0;
    const QUARTER_M: f64 = 760.0;
    const SOUTH_WEST: (f64, f64) = (-600.0, 800.0);
    let mut names = Names::default();
    let mut chance = Random::new(31);
    let known: std::collections::BTreeSet<&String> = plan.ways.iter().filter_map(|way| way.name.as_ref()).collect();
    let missing = streets.saturating_sub(known.len());
    let quarters = missing.div_ceil(2 * usize::from(SIDE));
    let mut columns = 1;
    while columns * columns < quarters {
        columns += 1;
    }
    let reach = STEP_M * f64::from(SIDE - 1);
    for quarter in 0..quarters {
        let at = |index: usize| u16::try_from(index).map_or(f64::INFINITY, f64::from) * QUARTER_M;
        let (x, y) = (SOUTH_WEST.0 + at(quarter % columns), SOUTH_WEST.1 + at(quarter / columns));
        for rank in 0..SIDE {
            let offset = f64::from(rank) * STEP_M;
            let mut swing = || chance.between(-12.0, 12.0);
            let across = winding((x, y + offset), (x + reach, y + offset), swing(), 2.0);
            let along = winding((x + offset, y), (x + offset, y + reach), swing(), 2.0);
            plan.street(&names.next(), Local, across);
            plan.street(&names.next(), Local, along);
        }
        // Roads without a name join the quarter to the one before, and the first of a row to the row below.
        let west = if quarter % columns == 0 { (x, y + reach - QUARTER_M) } else { (x + reach - QUARTER_M, y) };
        plan.way(None, Tertiary, straight(&[if quarter == 0 { (-600.0, 600.0) } else { west }, (x, y)]));
    }
}

/// The outline of the commune: a margin around everything, with its corners cut.
pub(super) fn contour(plan: &Plan) -> Vec<Coord> {
    const MARGIN_M: f64 = 250.0;
    const CUT_M: f64 = 400.0;
    let vertices = || plan.ways.iter().flat_map(|way| &way.vertices);
    let (west, east) = vertices().fold((0.0, 0.0), |(low, high): (f64, f64), v| (low.min(v.x), high.max(v.x)));
    let (south, north) = vertices().fold((0.0, 0.0), |(low, high): (f64, f64), v| (low.min(v.y), high.max(v.y)));
    let (west, east, south, north) = (west - MARGIN_M, east + MARGIN_M, south - MARGIN_M, north + MARGIN_M);
    straight(&[
        (west + CUT_M, south),
        (east - CUT_M, south),
        (east, south + CUT_M),
        (east, north - CUT_M),
        (east - CUT_M, north),
        (west + CUT_M, north),
        (west, north - CUT_M),
        (west, south + CUT_M),
        (west + CUT_M, south),
    ])
}

/// Number, distance from the beginning and place of each reference point of the département road.
pub(super) fn reference_points(plan: &Plan) -> Vec<(i32, f64, Coord)> {
    let parts = plan.ways.iter().filter(|way| way.road_number == Some(ROAD_NUMBER));
    let axis: Vec<Coord> = parts.flat_map(|Draft { vertices, .. }| vertices.iter().copied()).collect();
    let mut points = Vec::new();
    let mut wanted = (0..).zip(REFERENCE_POINTS_M).peekable();
    let mut along_m = 0.0;
    for ends in axis.windows(2) {
        let [a, b] = ends else { continue };
        let length_m = distance(*a, *b);
        while let Some((number, at_m)) = wanted.next_if(|(_, at_m)| *at_m < along_m + length_m) {
            points.push((number, at_m, *a + (*b - *a) * ((at_m - along_m) / length_m)));
        }
        along_m += length_m;
    }
    points
}
