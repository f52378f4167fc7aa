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

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.message())?;
        if self.detail.is_empty() { Ok(()) } else { write!(f, " : {}", self.detail) }
    }
}

/// The kinds of loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LossCode {
    /// A text was cut at the length that the format allows.
    TextCut,
    /// Characters that XML forbids were removed from a text.
    CharactersRemoved,
    /// The location has no geometry; it is left out.
    NotLocated,
    /// A part of the geometry has too few points; it is left out.
    DegenerateGeometry,
    /// A one-way measure on a whole street: the street has no first and last end, so both directions are given.
    DirectionUnknown,
    /// A street or drawing that stays free is named, but the format gets no line for it.
    ExceptionNotLocated,
    /// The lorry waiting area has no geometry here; it is left out.
    StorageAreaLeftOut,
    /// The measure has nothing left that can be said; it is left out.
    MeasureLeftOut,
    /// Some of the vehicles cannot be said; they are left out.
    VehiclesLeftOut,
    /// The vehicles are described in words that no machine reads.
    VehiclesInWords,
    /// The exemption is wider in the format than in the order.
    WiderExemption,
    /// The reason is described in words that have no place in the standard.
    ReasonInWords,
    /// That the order was repealed shows by its end; why does not.
    RepealInWords,
    /// The format has no word for this kind of measure.
    MeasureTypeUnsaid,
    /// The measure is for some vehicles alone, and the format speaks to every driver.
    OnlySomeVehicles,
    /// Some are exempted, and the format speaks to every driver.
    ExemptionsUnsaid,
    /// The format shows the measure to those who come near, without finding them another way.
    WarningOnly,
    /// The period has no end, and the format wants one.
    EndlessPeriod,
    /// The period applies at no time that the format can say.
    NoTimeLeft,
    /// The last minute before midnight has no words in the format.
    LastMinuteLost,
    /// A drawing need not follow the roads, and the format places things on roads.
    DrawingLeftOut,
    /// A point or a surface, where the format wants lines.
    NotALine,
    /// One direction of a whole street: which one is unknown, and both would be more than what the order says.
    OneWayLeftOut,
    /// A part is too short to be placed on the roads.
    TooShort,
    /// The location has more parts than the format takes for one order.
    TooManyParts,
    /// The roads of an area are given under the name of the area.
    StreetsUnnamed,
    /// The name of the street is too short for the format.
    NameTooShort,
}

impl LossCode {
    /// The loss in French, without its detail.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::TextCut => "Texte coupé à la longueur permise par le format",
            Self::CharactersRemoved => "Caractères de contrôle retirés du texte",
            Self::NotLocated => "Localisation sans tracé, non exportée",
            Self::DegenerateGeometry => "Partie de tracé inutilisable, non exportée",
            Self::DirectionUnknown => "Sens de circulation inconnu sur une voie entière, exporté dans les deux sens",
            Self::ExceptionNotLocated => "Exception de la ville entière nommée sans tracé",
            Self::StorageAreaLeftOut => "Aire de stockage non exportée",
            Self::MeasureLeftOut => "Mesure non exportée",
            Self::VehiclesLeftOut => "Véhicules non exportés",
            Self::VehiclesInWords => "Véhicules décrits en toutes lettres, illisibles par une machine",
            Self::WiderExemption => "Exemption plus large dans le format que dans l'arrêté",
            Self::ReasonInWords => "Motif décrit en toutes lettres, hors du vocabulaire du format",
            Self::RepealInWords => "Motif de l'abrogation non exporté",
            Self::MeasureTypeUnsaid => "Type de mesure que le format ne connaît pas",
            Self::OnlySomeVehicles => "Mesure limitée à certains véhicules, alors que le format s'adresse à tous",
            Self::ExemptionsUnsaid => "Mesure avec des exemptions, alors que le format s'adresse à tous",
            Self::WarningOnly => "Mesure signalée aux conducteurs proches, sans effet sur leur itinéraire",
            Self::EndlessPeriod => "Période sans fin, non exportée : le format demande une fin",
            Self::NoTimeLeft => "Période sans aucun horaire que le format sache dire, non exportée",
            Self::LastMinuteLost => "Dernière minute avant minuit non exportée",
            Self::DrawingLeftOut => "Tracé libre non exporté : il peut ne pas suivre les routes",
            Self::NotALine => "Point ou surface non exporté : le format ne connaît que des lignes",
            Self::OneWayLeftOut => "Un seul sens d'une voie entière, non exporté : ce sens est inconnu",
            Self::TooShort => "Tronçon trop court pour être placé sur les routes, non exporté",
            Self::TooManyParts => "Trop de tronçons pour le format, localisation non exportée",
            Self::StreetsUnnamed => "Rues exportées sous le nom de la ville ou de la zone",
            Self::NameTooShort => "Nom de voie trop court pour le format",
        }
    }
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
