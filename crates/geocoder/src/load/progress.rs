//! How far a load is.

/// What a load is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Reading communes.
    ReadingCommunes,
    /// Reading outlines.
    ReadingContours,
    /// Reading intercommunalities, départements and regions.
    ReadingDivisions,
    /// Reading the names of streets.
    ReadingNames,
    /// Reading ways.
    ReadingStreets,
    /// Reading house numbers.
    ReadingAddresses,
    /// Reading numbered roads and their reference points.
    ReadingRoads,
    /// Assembling streets from ways and house numbers.
    Assembling,
    /// Writing communes.
    WritingCommunes,
    /// Writing outlines.
    WritingContours,
    /// Writing intercommunalities, départements and regions.
    WritingDivisions,
    /// Writing streets.
    WritingStreets,
    /// Writing house numbers.
    WritingAddresses,
    /// Writing segments.
    WritingSegments,
    /// Writing numbered roads and their reference points.
    WritingRoads,
    /// Making indexes, checking, and putting the edition into use.
    Activating,
}

impl Stage {
    /// In French, for the operator.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::ReadingCommunes => "Lecture des communes",
            Self::ReadingContours => "Lecture des contours",
            Self::ReadingDivisions => "Lecture des groupements",
            Self::ReadingNames => "Lecture des noms de voies",
            Self::ReadingStreets => "Lecture des voies",
            Self::ReadingAddresses => "Lecture des adresses",
            Self::ReadingRoads => "Lecture des routes et des PR",
            Self::Assembling => "Assemblage des voies",
            Self::WritingCommunes => "Écriture des communes",
            Self::WritingContours => "Écriture des contours",
            Self::WritingDivisions => "Écriture des groupements",
            Self::WritingStreets => "Écriture des voies",
            Self::WritingAddresses => "Écriture des adresses",
            Self::WritingSegments => "Écriture des tronçons",
            Self::WritingRoads => "Écriture des routes et des PR",
            Self::Activating => "Contrôle et mise en service",
        }
    }
}

/// Hears how far a load is: the stage, how much of it is done, and of how much when that is known. Bytes or
/// lines while reading, rows while writing.
pub type Progress<'a> = dyn FnMut(Stage, u64, Option<u64>) + Send + 'a;
