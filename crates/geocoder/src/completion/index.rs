use std::cmp::Ordering;

use dialog_db::Connection;
use dialog_db::reference::{StreetName, edition_of_commune, street_names_of_commune};
use diesel::QueryResult;

use super::likeness::Typed;
use crate::name::{canonical, normalise};
use crate::street::Street;

/// A street whose resemblance with the search is below this is not proposed.
const ALIKE: f64 = 0.7;

/// Share of the best score below which a resemblance is not worth showing.
const WORTH_SHOWING: f64 = 0.85;

/// What a street that cannot be drawn is behind one that can, of names that fit as well. Less than from one way to fit to
/// the next.
const UNDRAWN: f64 = 0.04;

/// The streets of a commune, ready to be searched: some thousands at most, so that going through all of them takes less
/// than any index would cost.
#[derive(Clone, Debug, Default)]
pub struct StreetIndex {
    entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    id: Box<str>,
    name: Box<str>,
    /// Normalised name behind a space, so that every word begins after one.
    spaced: Box<str>,
    has_geometry: bool,
}

impl Entry {
    fn malus(&self) -> f64 {
        if self.has_geometry { 0.0 } else { UNDRAWN }
    }

    fn norm(&self) -> &str {
        self.spaced.get(1..).unwrap_or_default()
    }
}

impl StreetIndex {
    /// The index of these streets.
    #[must_use]
    pub fn new(streets: Vec<StreetName>) -> Self {
        let mut entries: Vec<Entry> = streets
            .into_iter()
            .map(|street| Entry {
                id: street.street_id.into(),
                spaced: format!(" {}", street.norm_name).into(),
                name: street.name.into(),
                has_geometry: street.has_geometry,
            })
            .collect();
        entries.sort_by(|a, b| (&a.spaced, &a.id).cmp(&(&b.spaced, &b.id)));
        Self { entries }
    }

    /// The index of a commune, from the edition in use; empty where no street is loaded.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of_commune(connection: &mut Connection, city_code: &str) -> QueryResult<Self> {
        match edition_of_commune(connection, city_code).await? {
            Some(edition) => Self::of_edition(connection, edition, city_code).await,
            None => Ok(Self::default()),
        }
    }

    /// The index of a commune in one edition.
    pub(super) async fn of_edition(connection: &mut Connection, edition: i32, city_code: &str) -> QueryResult<Self> {
        Ok(Self::new(street_names_of_commune(connection, edition, city_code).await?))
    }

    /// About how many bytes it takes.
    #[must_use]
    pub fn weight(&self) -> u32 {
        let texts: usize =
            self.entries.iter().map(|entry| entry.id.len() + entry.name.len() + entry.spaced.len()).sum();
        u32::try_from(texts + self.entries.len() * size_of::<Entry>()).unwrap_or(u32::MAX)
    }

    /// Streets for `query`: the exact name first, then names that begin so, then names with words that begin so, then
    /// those with the text in any place; abbreviations as typed and spelt out. When there is none, names that look alike.
    /// Nothing below two characters.
    #[must_use]
    pub fn search(&self, query: &str, limit: usize) -> Vec<Street> {
        let (typed, expanded) = (normalise(query), canonical(query));
        if typed.chars().count() < 2 {
            return Vec::new();
        }
        let mut forms = vec![Form::new(&typed)];
        if expanded != typed {
            forms.push(Form::new(&expanded));
        }
        let mut found = self.best(limit, |entry| {
            let class = forms.iter().map(|form| form.class(entry)).fold(0.0, f64::max);
            (class > 0.0).then(|| class + 0.08 * share(typed.len(), entry.norm().len()) - entry.malus())
        });
        if found.is_empty() {
            let words: Vec<Typed<'_>> = forms.iter().map(|form| Typed::new(form.text)).collect();
            found = self.best(limit, |entry| {
                let alike = words.iter().map(|words| words.likeness(entry.norm())).fold(0.0, f64::max);
                let length = entry.norm().len();
                // Of two names as alike, the one that is as long.
                let fit = share(typed.len(), length).min(share(length, typed.len()));
                (alike >= ALIKE).then(|| 0.5 * (0.95 * alike + 0.05 * fit) - entry.malus())
            });
            let best = found.first().map_or(0.0, |street| street.score);
            found.retain(|street| street.score >= WORTH_SHOWING * best);
        }
        found
    }

    /// The streets with the highest scores, in a fixed order.
    fn best(&self, limit: usize, score: impl Fn(&Entry) -> Option<f64>) -> Vec<Street> {
        let mut found: Vec<(f64, &Entry)> =
            self.entries.iter().filter_map(|entry| Some((score(entry)?, entry))).collect();
        // Entries are sorted by name: equal scores keep that order.
        let by_score = |a: &(f64, &Entry), b: &(f64, &Entry)| -> Ordering { b.0.total_cmp(&a.0) };
        found.sort_by(by_score);
        found.truncate(limit);
        found
            .into_iter()
            .map(|(score, entry)| Street {
                road_ban_id: entry.id.to_string(),
                road_name: entry.name.to_string(),
                score: score.clamp(0.0, 1.0),
                has_geometry: entry.has_geometry,
            })
            .collect()
    }
}

/// One way to read what was typed.
struct Form<'a> {
    text: &'a str,
    words: Vec<&'a str>,
    /// The words, each behind a space: where a word of a name begins so.
    beginnings: Vec<String>,
}

impl<'a> Form<'a> {
    fn new(text: &'a str) -> Self {
        let words: Vec<&str> = text.split(' ').collect();
        let beginnings = words.iter().map(|word| format!(" {word}")).collect();
        Self { text, words, beginnings }
    }

    /// How a name has the words: 0 when it lacks one.
    fn class(&self, entry: &Entry) -> f64 {
        let norm = entry.norm();
        if !self.words.iter().all(|word| norm.contains(word)) {
            0.0
        } else if norm == self.text {
            0.92
        } else if norm.starts_with(self.text) {
            0.82
        } else if self.beginnings.iter().all(|beginning| entry.spaced.contains(beginning.as_str())) {
            0.7
        } else {
            0.5
        }
    }
}

/// `part / whole`, one at most.
fn share(part: usize, whole: usize) -> f64 {
    let number = |length: usize| f64::from(u32::try_from(length).unwrap_or(u32::MAX));
    (number(part) / number(whole.max(1))).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(names: &[&str]) -> StreetIndex {
        let streets = names.iter().enumerate().map(|(rank, name)| StreetName {
            street_id: format!("00001_{rank:04}"),
            name: (*name).to_owned(),
            norm_name: canonical(name),
            has_geometry: true,
        });
        StreetIndex::new(streets.collect())
    }

    fn names(index: &StreetIndex, query: &str) -> Vec<String> {
        index.search(query, 10).into_iter().map(|street| street.road_name).collect()
    }

    #[test]
    fn whole_name_then_beginning_then_words_then_parts() {
        let index =
            index(&["Rue Haute-Rive", "Place du Haut", "Rue Haute", "Rue de la Haute-Ville", "Rue des Truhauts"]);
        assert_eq!(
            names(&index, "rue haut"),
            ["Rue Haute", "Rue Haute-Rive", "Rue de la Haute-Ville", "Rue des Truhauts"]
        );
        assert_eq!(names(&index, "rue haute").first().map(String::as_str), Some("Rue Haute"));
        assert_eq!(names(&index, "haut rue").first().map(String::as_str), Some("Rue Haute"), "words in any order");
    }

    #[test]
    fn abbreviations_are_read_both_ways() {
        let index = index(&["Avenue de Stalingrad", "Avenue Saint-Denis", "Route VC 12", "Chemin C74"]);
        assert_eq!(names(&index, "av st"), ["Avenue Saint-Denis", "Avenue de Stalingrad"]);
        assert_eq!(names(&index, "vc 12"), ["Route VC 12"]);
        assert_eq!(names(&index, "C74"), ["Chemin C74"]);
        for query in ["VC12", "vc 12", "v.c. 12", "vc-12"] {
            assert_eq!(names(&index, query), ["Route VC 12"], "{query}");
        }
    }

    #[test]
    fn one_mistake_is_forgiven_and_another_street_is_not_proposed_instead() {
        let index = index(&["Rue des Orfèvres", "Rue des Tanneurs", "Rue du Marché", "Impasse du Moulin"]);
        for (query, name) in [
            ("rue des orfevrs", "Rue des Orfèvres"),
            ("ofrevres", "Rue des Orfèvres"),
            ("rue des taneurs", "Rue des Tanneurs"),
            ("tanneurs rue des", "Rue des Tanneurs"),
            ("imp du moullin", "Impasse du Moulin"),
            ("marchr", "Rue du Marché"),
            ("rue desorfèvres", "Rue des Orfèvres"),
        ] {
            assert_eq!(names(&index, query), [name], "{query}");
        }
        for query in ["rue des glycines", "zzzz", "100%", "rue victor hugo"] {
            assert_eq!(names(&index, query), Vec::<String>::new(), "{query}");
        }
    }

    #[test]
    fn street_that_cannot_be_drawn_comes_after_those_that_can() {
        let street = |rank: u8, name: &str, has_geometry| StreetName {
            street_id: format!("00001_{rank:04}"),
            name: name.to_owned(),
            norm_name: canonical(name),
            has_geometry,
        };
        let index = StreetIndex::new(vec![
            street(1, "Rue Basse", false),
            street(2, "rue basse", true),
            street(3, "Rue Basse-Ville", true),
        ]);
        let found = index.search("rue basse", 10);
        let told: Vec<_> = found.iter().map(|street| (street.road_name.as_str(), street.has_geometry)).collect();
        assert_eq!(told, [("rue basse", true), ("Rue Basse", false), ("Rue Basse-Ville", true)]);
    }

    #[test]
    fn nothing_breaks_on_what_people_paste() {
        let index = index(&["Rue Haute"]);
        let long = "rue ".repeat(2_500);
        for query in ["", "r", "…", "%_", "\u{0}\u{7}", "🚛🚛", long.as_str()] {
            assert!(index.search(query, 10).len() <= 1, "{query}");
        }
    }
}
