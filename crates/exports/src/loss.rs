//! What a format could not say.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Something exported, with everything that the format could not say.
#[derive(Clone, Debug, PartialEq)]
pub struct Exported<T> {
    /// What was written.
    pub value: T,
    /// What was lost on the way, in the order of the order's content. Empty: the document says it all.
    pub losses: Vec<Loss>,
}

/// One thing that a format could not say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Loss {
    /// Where in the content, for instance `measures[0].locations[1]`; empty for the whole order.
    pub path: String,
    /// What kind of loss.
    pub code: LossCode,
    /// What exactly, in the words of the order; may be empty.
    #[serde(default)]
    pub detail: String,
}

impl Loss {
    /// Where the loss is, in French: `Mesure 1, localisation 2`; `Arrêté` when it is none of its measures.
    #[must_use]
    pub fn place(&self) -> String {
        let rank = |list: &str| {
            let (_, after) = self.path.split_once(list)?;
            Some(after.split(']').next()?.parse::<usize>().ok()? + 1)
        };
        let Some(measure) = rank("measures[") else { return "Arrêté".to_owned() };
        let parts = [("locations[", "localisation"), ("exceptions[", "exception"), ("periods[", "période")];
        let inside = parts.iter().filter_map(|(list, name)| Some(format!(", {name} {}", rank(list)?)));
        format!("Mesure {measure}{}", inside.collect::<String>())
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.message())?;
        if self.detail.is_empty() { Ok(()) } else { write!(f, " : {}", self.detail) }
    }
}

/// Declares the kinds of loss, each with its word and its sentence, so that none can be without.
macro_rules! catalogue {
    ($($(#[$doc:meta])+ $code:ident = $word:literal: $message:literal,)+) => {
        /// The kinds of loss.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum LossCode {
            $($(#[$doc])+ #[serde(rename = $word)] $code,)+
        }

        impl LossCode {
            /// Every kind, in the order of the catalogue.
            pub const ALL: &[Self] = &[$(Self::$code),+];

            /// The word that stands for the kind on the wire: it never changes.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$code => $word,)+
                }
            }

            /// The loss in French, without its detail and without a full stop.
            #[must_use]
            pub const fn message(self) -> &'static str {
                match self {
                    $(Self::$code => $message,)+
                }
            }
        }
    };
}

catalogue! {
    /// A text was cut at the length that the format allows.
    TextCut = "text_cut": "Texte coupé à la longueur permise par le format",
    /// Characters that XML forbids were removed from a text.
    CharactersRemoved = "characters_removed": "Caractères de contrôle retirés du texte",
    /// The location has no geometry; it is left out.
    NotLocated = "not_located": "Localisation sans tracé, non exportée",
    /// A part of the geometry has too few points; it is left out.
    DegenerateGeometry = "degenerate_geometry": "Partie de tracé inutilisable, non exportée",
    /// A one-way measure on a whole street: the street has no first and last end, so both directions are given.
    DirectionUnknown = "direction_unknown": "Sens de circulation inconnu sur une voie entière, exporté dans les deux sens",
    /// A street or drawing that stays free is named, but the format gets no line for it.
    ExceptionNotLocated = "exception_not_located": "Exception de la ville entière nommée sans tracé",
    /// The lorry waiting area has no geometry here; it is left out.
    StorageAreaLeftOut = "storage_area_left_out": "Aire de stockage non exportée",
    /// The measure has nothing left that can be said; it is left out.
    MeasureLeftOut = "measure_left_out": "Mesure non exportée",
    /// Some of the vehicles cannot be said; they are left out.
    VehiclesLeftOut = "vehicles_left_out": "Véhicules non exportés",
    /// The vehicles are described in words that no machine reads.
    VehiclesInWords = "vehicles_in_words": "Véhicules décrits en toutes lettres, illisibles par une machine",
    /// The exemption is wider in the format than in the order.
    WiderExemption = "wider_exemption": "Exemption plus large dans le format que dans l'arrêté",
    /// The reason is described in words that have no place in the standard.
    ReasonInWords = "reason_in_words": "Motif décrit en toutes lettres, hors du vocabulaire du format",
    /// That the order was repealed shows by its end; why does not.
    RepealInWords = "repeal_in_words": "Motif de l'abrogation non exporté",
    /// The format has no word for this kind of measure.
    MeasureTypeUnsaid = "measure_type_unsaid": "Type de mesure que le format ne connaît pas",
    /// The measure is for some vehicles alone, and the format speaks to every driver.
    OnlySomeVehicles = "only_some_vehicles": "Mesure limitée à certains véhicules, alors que le format s'adresse à tous",
    /// Some are exempted, and the format speaks to every driver.
    ExemptionsUnsaid = "exemptions_unsaid": "Mesure avec des exemptions, alors que le format s'adresse à tous",
    /// The format shows the measure to those who come near, without finding them another way.
    WarningOnly = "warning_only": "Mesure signalée aux conducteurs proches, sans effet sur leur itinéraire",
    /// The period has no end, and the format wants one.
    EndlessPeriod = "endless_period": "Période sans fin, non exportée : le format demande une fin",
    /// The period applies at no time that the format can say.
    NoTimeLeft = "no_time_left": "Période sans aucun horaire que le format sache dire, non exportée",
    /// The last minute before midnight has no words in the format.
    LastMinuteLost = "last_minute_lost": "Dernière minute avant minuit non exportée",
    /// A drawing need not follow the roads, and the format places things on roads.
    DrawingLeftOut = "drawing_left_out": "Tracé libre non exporté : il peut ne pas suivre les routes",
    /// A point or a surface, where the format wants lines.
    NotALine = "not_a_line": "Point ou surface non exporté : le format ne connaît que des lignes",
    /// One direction of a whole street: which one is unknown, and both would be more than what the order says.
    OneWayLeftOut = "one_way_left_out": "Un seul sens d'une voie entière, non exporté : ce sens est inconnu",
    /// A part is too short to be placed on the roads.
    TooShort = "too_short": "Tronçon trop court pour être placé sur les routes, non exporté",
    /// The location has more parts than the format takes for one order.
    TooManyParts = "too_many_parts": "Trop de tronçons pour le format, localisation non exportée",
    /// The roads of an area are given under the name of the area.
    StreetsUnnamed = "streets_unnamed": "Rues exportées sous le nom de la ville ou de la zone",
    /// The name of the street is too short for the format.
    NameTooShort = "name_too_short": "Nom de voie trop court pour le format",
}

/// Collects losses while a document is made.
#[derive(Debug, Default)]
pub(crate) struct Losses(pub(crate) Vec<Loss>);

impl Losses {
    /// Notes a loss.
    pub(crate) fn add(&mut self, path: impl Into<String>, code: LossCode, detail: impl Into<String>) {
        self.0.push(Loss { path: path.into(), code, detail: detail.into() });
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_kind_has_a_word_and_a_sentence_of_its_own() {
        let (mut words, mut messages) = (BTreeSet::new(), BTreeSet::new());
        for &code in LossCode::ALL {
            let (word, message) = (code.as_str(), code.message());
            assert_eq!(serde_json::to_value(code).expect("JSON"), word);
            assert!(word.chars().all(|c| c.is_ascii_lowercase() || c == '_'), "{word}");
            assert!(message.starts_with(char::is_uppercase) && !message.ends_with(['.', ' ']), "{message}");
            assert!(words.insert(word) && messages.insert(message), "{word} twice");
        }
    }

    #[test]
    fn place_is_told_in_french() {
        for (path, place) in [
            ("", "Arrêté"),
            ("otherCategoryText", "Arrêté"),
            ("measures[0].vehicleSet", "Mesure 1"),
            ("measures[11].locations[1].exceptions[0]", "Mesure 12, localisation 2, exception 1"),
            ("measures[1].periods[0]", "Mesure 2, période 1"),
        ] {
            let loss = Loss { path: path.to_owned(), code: LossCode::TextCut, detail: String::new() };
            assert_eq!(loss.place(), place);
        }
    }

    #[test]
    fn documentation_has_every_kind_with_its_sentence_and_no_other() {
        let page = include_str!("../../../docs/losses.md");
        let rows: Vec<String> =
            LossCode::ALL.iter().map(|code| format!("| `{}` | {} |", code.as_str(), code.message())).collect();
        for row in &rows {
            assert!(page.contains(row), "docs/losses.md has no row that begins with: {row}");
        }
        assert_eq!(page.lines().filter(|line| line.starts_with("| `")).count(), rows.len());
    }
}
