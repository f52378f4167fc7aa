//! Names as they are compared: without case, accents, hyphens or apostrophes, and with abbreviations spelt out.
//!
//! Streets and communes are stored under [`canonical`]; a search is tried both as [`normalise`]d and as canonical,
//! because somebody who types `st` may be on the way to *Stalingrad* as well as to *Saint-Denis*.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Kinds of streets, abbreviated only at the beginning of a name.
const STREET_KINDS: [(&str, &str); 37] = [
    ("all", "allee"),
    ("av", "avenue"),
    ("ave", "avenue"),
    ("bd", "boulevard"),
    ("bld", "boulevard"),
    ("blvd", "boulevard"),
    ("boul", "boulevard"),
    ("bvd", "boulevard"),
    ("carr", "carrefour"),
    ("ch", "chemin"),
    ("che", "chemin"),
    ("chem", "chemin"),
    ("chs", "chaussee"),
    ("crs", "cours"),
    ("esp", "esplanade"),
    ("fbg", "faubourg"),
    ("fg", "faubourg"),
    ("imp", "impasse"),
    ("lot", "lotissement"),
    ("mte", "montee"),
    ("pass", "passage"),
    ("pce", "place"),
    ("pl", "place"),
    ("prom", "promenade"),
    ("pte", "porte"),
    ("q", "quai"),
    ("qu", "quai"),
    ("r", "rue"),
    ("res", "residence"),
    ("rpt", "rond point"),
    ("rte", "route"),
    ("ruell", "ruelle"),
    ("sent", "sentier"),
    ("sq", "square"),
    ("tra", "traverse"),
    ("trav", "traverse"),
    ("ven", "venelle"),
];

/// Words abbreviated anywhere in a name.
const WORDS: [(&str, &str); 23] = [
    ("capt", "capitaine"),
    ("cdt", "commandant"),
    ("cmdt", "commandant"),
    ("cne", "capitaine"),
    ("cpt", "capitaine"),
    ("dr", "docteur"),
    ("fbg", "faubourg"),
    ("fg", "faubourg"),
    ("gal", "general"),
    ("gen", "general"),
    ("gl", "general"),
    ("lt", "lieutenant"),
    ("mal", "marechal"),
    ("mgr", "monseigneur"),
    ("nd", "notre dame"),
    ("pdt", "president"),
    ("pr", "professeur"),
    ("prof", "professeur"),
    ("st", "saint"),
    ("ste", "sainte"),
    ("stes", "saintes"),
    ("sts", "saints"),
    ("vx", "vieux"),
];

/// Letters before the number of a road of a commune: *voie communale*, *chemin rural*, *chemin d'exploitation*.
pub(crate) const COMMUNAL_ROADS: [&str; 5] = ["c", "ce", "cr", "cv", "vc"];

/// Lower case, without accents or ligatures; everything that is neither a letter nor a digit becomes one space.
#[must_use]
pub fn normalise(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    // Compatibility decomposition: `№`, `ﬁ` or full-width letters come out as plain ones, accents on their own.
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'œ' => normal.push_str("oe"),
            'æ' => normal.push_str("ae"),
            'ß' => normal.push_str("ss"),
            'ø' => normal.push('o'),
            'ł' => normal.push('l'),
            'đ' => normal.push('d'),
            c if c.is_alphanumeric() => normal.push(c),
            _ if normal.ends_with(' ') || normal.is_empty() => {}
            _ => normal.push(' '),
        }
    }
    normal.truncate(normal.trim_end().len());
    normal
}

/// [`normalise`]d name of a street, with abbreviations spelt out: `Bd St-Michel` gives `boulevard saint michel`. The number
/// of a communal road stands apart: `VC12` gives `vc 12`.
#[must_use]
pub fn canonical(text: &str) -> String {
    spell_out(text, |rank, word| if rank == 0 { lookup(&STREET_KINDS, word) } else { None })
}

/// [`normalise`]d name of a commune, with abbreviations spelt out: `St-Denis` gives `saint denis`.
#[must_use]
pub fn canonical_city(text: &str) -> String {
    spell_out(text, |_, _| None)
}

fn spell_out(text: &str, kind: impl Fn(usize, &str) -> Option<&'static str>) -> String {
    let normal = normalise(text);
    let words = normal.split(' ').enumerate();
    let mut spelt = String::with_capacity(normal.len());
    for (rank, word) in words {
        if rank > 0 {
            spelt.push(' ');
        }
        match communal_road(word) {
            Some((letters, number)) => spelt.extend([letters, " ", number]),
            None => spelt.push_str(kind(rank, word).or_else(|| lookup(&WORDS, word)).unwrap_or(word)),
        }
    }
    spelt
}

/// `vc12` as its letters and its number.
fn communal_road(word: &str) -> Option<(&str, &str)> {
    let parts = word.split_at(word.find(|c: char| c.is_ascii_digit())?);
    COMMUNAL_ROADS.contains(&parts.0).then_some(parts)
}

fn lookup(table: &[(&str, &'static str)], word: &str) -> Option<&'static str> {
    table.binary_search_by_key(&word, |(short, _)| short).ok().and_then(|index| table.get(index)).map(|(_, long)| *long)
}

/// How much two normalised names look alike, from 0 to 1: the share of pairs of letters that they have in common.
#[must_use]
pub fn likeness(a: &str, b: &str) -> f64 {
    let pairs = |text: &str| -> BTreeSet<(char, char)> { text.chars().zip(text.chars().skip(1)).collect() };
    let (a, b) = (pairs(a), pairs(b));
    let common = u32::try_from(a.intersection(&b).count()).unwrap_or(u32::MAX);
    let all = u32::try_from(a.len() + b.len()).unwrap_or(u32::MAX);
    if all == 0 { 0.0 } else { 2.0 * f64::from(common) / f64::from(all) }
}

/// Identifier of a street that has none in the national address base: the INSEE code, `_x`, and a hash of the
/// normalised name that never changes; twenty characters.
#[must_use]
pub fn street_id(insee: &str, name: &str) -> String {
    const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    // FNV-1a, 64 bits: short, and fixed for ever by its definition, unlike the hashers of the standard library.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in normalise(name).bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    let mut id = format!("{insee}_x");
    for shift in (0..13).rev() {
        let digit = usize::try_from((hash >> (5 * shift)) & 31).unwrap_or_default();
        id.push(char::from(DIGITS.get(digit).copied().unwrap_or_default()));
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_punctuation_and_ligatures_do_not_count() {
        assert_eq!(normalise("  Rue de l’Abbé-Grégoire "), "rue de l abbe gregoire");
        assert_eq!(normalise("Rue du Cœur d'Œuvre"), "rue du coeur d oeuvre");
        assert_eq!(normalise("RUE DU SACRÉ–CŒUR"), "rue du sacre coeur");
        assert_eq!(normalise("Rue de l'Abbe\u{301}"), "rue de l abbe");
        assert_eq!(normalise("…"), "");
    }

    #[test]
    fn abbreviations_are_spelt_out_where_they_stand() {
        assert_eq!(canonical("Bd St-Michel"), "boulevard saint michel");
        assert_eq!(canonical("R. du Gal Leclerc"), "rue du general leclerc");
        assert_eq!(canonical("av. du Dr. Roux"), "avenue du docteur roux");
        assert_eq!(canonical("Rue Pl"), "rue pl", "a kind of street in the middle of a name is no kind of street");
        assert_eq!(canonical("Place Ste Opportune"), "place sainte opportune");
        assert_eq!(canonical("Rue des Prés"), "rue des pres");
        assert_eq!(canonical_city("St-Martin-d'Hères"), "saint martin d heres");
        for written in ["VC12", "VC 12", "vc-12"] {
            assert_eq!(canonical(written), "vc 12", "{written}");
        }
        assert_eq!((canonical("Chemin C74").as_str(), canonical("D31").as_str()), ("chemin c 74", "d31"));
    }

    #[test]
    fn tables_are_sorted_for_the_binary_search() {
        assert!(STREET_KINDS.is_sorted());
        assert!(WORDS.is_sorted());
    }

    #[test]
    fn street_identifier_is_stable_and_short() {
        assert_eq!(street_id("75104", "Rue des Rosiers"), street_id("75104", "RUE DES ROSIERS"));
        assert_ne!(street_id("75104", "Rue des Rosiers"), street_id("75103", "Rue des Rosiers"));
        assert_eq!(street_id("75104", "Rue des Rosiers").len(), 20);
        assert_eq!(street_id("00001", "a"), "00001_xayryw9j303v4c", "changing the hash breaks every stored order");
    }
}
