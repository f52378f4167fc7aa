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
