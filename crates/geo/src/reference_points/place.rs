//! From *PR 2 + 300* to a place.

use std::collections::BTreeSet;

use dialog_domain::RoadSide;

use super::chain::Chain;
use super::{Placed, PointError, PointKind, PointQuery, Position, ReferencedRoad, is_same_number, number_key};

/// Abscissas are whole metres, and roads are measured to the metre: the very end may be asked for.
const TOLERANCE_M: f64 = 1.0;
/// How many numbers are proposed for one that does not exist.
const PROPOSED: usize = 4;

impl ReferencedRoad {
    /// Where a reference point and a distance from it are. The distance goes on over as many points and sections of the
    /// département as it takes, both ways, and never over its limits.
    ///
    /// # Errors
    /// See [`PointError`].
    pub fn position(&self, query: PointQuery<'_>) -> Result<Position, PointError> {
        let placed = self.named_point(query)?;
        let department = self.sections.get(placed.section).map(|section| section.department.as_str());
        let chain = department.and_then(|department| self.chain(department, query.side));
        let Some((chain, point_m)) =
            chain.and_then(|chain| Some((chain, chain.measure(placed.section, placed.along_m)?)))
        else {
            return Err(PointError::UnknownSide { sides: self.sides(query.number, query.department) });
        };
        let (min_m, max_m) = (-point_m, chain.length_m - point_m);
        let asked_m = f64::from(query.abscissa_m);
        if asked_m < min_m - TOLERANCE_M || asked_m > max_m + TOLERANCE_M {
            return Err(PointError::OutOfRange { min_m: whole(min_m), max_m: whole(max_m) });
        }
        // The point itself, or beside it on its own section, stands where it is drawn.
        let own_m = placed.along_m + asked_m;
        let length_m = self.sections.get(placed.section).map_or(0.0, super::section::Measured::length_m);
        let (section, along_m) = if (0.0..=length_m).contains(&own_m) {
            (placed.section, own_m)
        } else {
            let measure_m = (point_m + asked_m).clamp(0.0, chain.length_m);
            chain.at(measure_m).unwrap_or((placed.section, placed.along_m))
        };
        Ok(self.at(section, along_m))
    }

    /// The département of a place of this road.
    #[must_use]
    pub fn department(&self, position: Position) -> Option<&str> {
        self.sections.get(position.section).map(|section| section.department.as_str())
    }

    /// The sides of a reference point; none when it does not exist.
    #[must_use]
    pub fn sides(&self, number: &str, department: Option<&str>) -> Vec<RoadSide> {
        let mut sides: Vec<RoadSide> = self.named(number, department).map(|placed| placed.point.side).collect();
        sides.sort_unstable();
        sides.dedup();
        sides
    }

    /// The chain of a département along a side.
    pub(super) fn chain(&self, department: &str, side: RoadSide) -> Option<&Chain> {
        self.chains.iter().find(|chain| chain.department == department && chain.side == side)
    }

    pub(super) fn at(&self, section: usize, along_m: f64) -> Position {
        let place = self.sections.get(section).map(|section| section.line.degrees_at(along_m)).unwrap_or_default();
        Position { place, section, along_m }
    }

    fn named(&self, number: &str, department: Option<&str>) -> impl Iterator<Item = &Placed> {
        self.points.iter().filter(move |placed| {
            is_same_number(&placed.point.number, number)
                && department.is_none_or(|department| placed.point.department.eq_ignore_ascii_case(department))
        })
    }

    fn named_point(&self, query: PointQuery<'_>) -> Result<&Placed, PointError> {
        let PointQuery { number, department, side, .. } = query;
        if self.named(number, department).next().is_none() {
            return Err(PointError::UnknownPoint { neighbours: self.neighbours(number, department) });
        }
        let here: Vec<&Placed> = self.named(number, department).filter(|placed| placed.point.side == side).collect();
        let departments: BTreeSet<&str> = here.iter().map(|placed| placed.point.department.as_str()).collect();
        if departments.len() > 1 {
            return Err(PointError::Ambiguous { departments: departments.into_iter().map(str::to_owned).collect() });
        }
        // The end of the road bears a number of convention: a real point comes first.
        let first = here.iter().min_by_key(|placed| placed.point.kind != PointKind::Physical);
        first.copied().ok_or_else(|| PointError::UnknownSide { sides: self.sides(number, department) })
    }

    /// The numbers that are closest to one that does not exist.
    fn neighbours(&self, number: &str, department: Option<&str>) -> Vec<String> {
        let wanted = number_key(number).0;
        let mut known: Vec<(u32, &str)> = Vec::new();
        for Placed { point, .. } in &self.points {
            let is_here = department.is_none_or(|department| point.department.eq_ignore_ascii_case(department));
            if is_here && point.kind == PointKind::Physical && known.last().is_none_or(|last| last.1 != point.number) {
                known.push((number_key(&point.number).0, &point.number));
            }
        }
        known.sort_by_key(|(value, _)| (value.abs_diff(wanted), *value));
        known.truncate(PROPOSED);
        known.sort_by_key(|(value, _)| *value);
        let mut names: Vec<String> = known.into_iter().map(|(_, name)| name.to_owned()).collect();
        names.dedup();
        names
    }
}

/// To the metre, within the tolerance.
fn whole(metres: f64) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "no road is two million kilometres long")]
    {
        metres.round() as i32
    }
}
