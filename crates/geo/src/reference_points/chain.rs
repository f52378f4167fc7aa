//! Sections one after the other: the cumulated measure of one département and one side.

use std::collections::BTreeSet;

use dialog_domain::RoadSide;
use geo_types::Coord;

use super::section::Measured;

/// The sections of one département along one side, in order of their numbers.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    pub(super) department: String,
    pub(super) side: RoadSide,
    /// Index of each section and its distance from the beginning of the chain.
    pub(super) links: Vec<(usize, f64)>,
    pub(super) length_m: f64,
    pub(super) start: Coord,
    pub(super) end: Coord,
}

impl Chain {
    /// Distance from the beginning of the chain, metres; `None` when the section is not part of it.
    pub(super) fn measure(&self, section: usize, along_m: f64) -> Option<f64> {
        self.links.iter().find(|(index, _)| *index == section).map(|(_, start_m)| start_m + along_m)
    }

    /// The section at this distance from the beginning, and how far along it. A limit of two sections belongs to the
    /// first one.
    pub(super) fn at(&self, measure_m: f64) -> Option<(usize, f64)> {
        let after = self.links.partition_point(|(_, start_m)| *start_m < measure_m);
        self.links.get(after.saturating_sub(1)).map(|(index, start_m)| (*index, measure_m - start_m))
    }
}

/// The chain of each département and each side that has sections there.
pub(super) fn chains(sections: &[Measured]) -> Vec<Chain> {
    let keys: BTreeSet<(&str, RoadSide)> =
        sections.iter().map(|section| (section.department.as_str(), section.side)).collect();
    keys.into_iter().filter_map(|(department, side)| chain(sections, department, side)).collect()
}

/// Where one carriageway becomes two, a side goes on: `D` and `G` along what is common (`U`), `U` along the right-hand
/// carriageway, which is the one that runs with the numbers, or along the left-hand one when there is no other.
fn chain(sections: &[Measured], department: &str, side: RoadSide) -> Option<Chain> {
    let here = || sections.iter().enumerate().filter(|(_, section)| section.department == department);
    let mut members: Vec<usize> = here().filter(|(_, section)| section.side == side).map(|(index, _)| index).collect();
    let continuations: &[RoadSide] = match side {
        RoadSide::U => &[RoadSide::D, RoadSide::G],
        RoadSide::D | RoadSide::G => &[RoadSide::U],
    };
    for continuation in continuations {
        let free: Vec<usize> = here()
            .filter(|(_, section)| section.side == *continuation)
            .filter(|(_, section)| {
                members.iter().filter_map(|index| sections.get(*index)).all(|m| is_apart(m, section))
            })
            .map(|(index, _)| index)
            .collect();
        members.extend(free);
    }
    let rank = |index: usize| sections.get(index).map(|section| section.rank);
    members.sort_by(|a, b| {
        let key = |index: usize| rank(index).map(|rank| (rank.first, rank.abscissa_m, rank.last));
        key(*a).cmp(&key(*b)).then(a.cmp(b))
    });
    let mut links = Vec::with_capacity(members.len());
    let mut length_m = 0.0;
    for index in members {
        links.push((index, length_m));
        length_m += sections.get(index)?.length_m();
    }
    let (first, last) = (sections.get(links.first()?.0)?, sections.get(links.last()?.0)?);
    let (start, end) = (first.start(), last.end());
    Some(Chain { department: department.to_owned(), side, links, length_m, start, end })
}

/// Whether the numbers of two sections do not overlap: two carriageways side by side bear the same ones, but
/// the last number of the one may be the first of the other.
const fn is_apart(a: &Measured, b: &Measured) -> bool {
    let (a, b) = (a.rank, b.rank);
    (a.last <= b.first && a.first < b.last) || (b.last <= a.first && b.first < a.last)
}
