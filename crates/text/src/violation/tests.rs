use super::*;

/// Every code, so that a new one has to be looked at here.
const ALL: [Code; 53] = [
    Code::Required,
    Code::NotAChoice,
    Code::NotChoices,
    Code::TooLong,
    Code::WrongLength,
    Code::TooFewItems,
    Code::NotPositive,
    Code::Negative,
    Code::TooLarge,
    Code::Malformed,
    Code::IdentifierTaken,
    Code::IdentifierFrozen,
    Code::NoPeriod,
    Code::EndDateBeforeStart,
    Code::EndTimeBeforeStart,
    Code::DateOutOfRange,
    Code::NoVehicle,
    Code::NoDimension,
    Code::CityNotChosen,
    Code::StreetNotChosen,
    Code::ReferencePointNotChosen,
    Code::MissingBound,
    Code::LocationNotExclusive,
    Code::LocationMismatch,
    Code::InvalidGeometry,
    Code::FileAndLink,
    Code::FileOrLinkRequired,
    Code::EmptyFile,
    Code::FileTooLarge,
    Code::FileExtension,
    Code::FileType,
    Code::InvalidUrl,
    Code::UrlWithoutTopLevelDomain,
    Code::NoMeasure,
    Code::NoLocation,
    Code::NotLocated,
    Code::NoEnd,
    Code::BeyondRepeal,
    Code::AlreadyRepealed,
    Code::RepealBeforeStart,
    Code::RepealAfterEnd,
    Code::UnknownCity,
    Code::UnknownStreet,
    Code::UnknownHouseNumber,
    Code::NoIntersection,
    Code::NoPath,
    Code::UnknownRoad,
    Code::UnknownReferencePoint,
    Code::UnknownSide,
    Code::AmbiguousReferencePoint,
    Code::AbscissaOutOfRange,
    Code::NoRoadPath,
    Code::OutsidePerimeter,
];

fn broken(code: Code) -> Violation {
    Violation::new("measures[0].periods[0].endDate", code)
        .with("max", 60)
        .with("min", 1)
        .with("length", 5)
        .with("identifier", "F01/2026")
        .with("number", "999")
        .with("organization", "Ville")
        .with("size", 6_240_000)
        .with("limit", 5_000_000)
        .with("extension", "png")
        .with("extensions", "pdf, jpg, docx, odt")
        .with("type", "image/png")
        .with("types", "application/pdf")
        .with("start", "2026-12-01T08:00")
        .with("end", "2026-12-30T23:59")
}

// API sheet §5.2.
#[test]
fn titles_are_those_of_the_contract() {
    for (code, title) in [
        (Code::Required, "Cette valeur ne doit pas être vide."),
        (Code::NotAChoice, "Cette valeur doit être l'un des choix proposés."),
        (Code::NotChoices, "Une ou plusieurs des valeurs soumises sont invalides."),
        (Code::TooLong, "Cette chaîne est trop longue. Elle doit avoir au maximum 60 caractères."),
        (Code::WrongLength, "Cette chaîne doit avoir exactement 5 caractères."),
        (Code::TooFewItems, "Cette collection doit contenir 1 élément ou plus."),
        (Code::NotPositive, "Cette valeur doit être strictement positive."),
        (Code::Negative, "Cette valeur doit être supérieure ou égale à zéro."),
        (Code::TooLarge, "Cette valeur doit être inférieure ou égale à 60."),
        (
            Code::IdentifierTaken,
            "Un arrêté avec l'identifiant \"F01/2026\" existe déjà. Veuillez saisir un autre identifiant.",
        ),
        (Code::NoPeriod, "Veuillez définir au moins une période d'application."),
        (Code::EndDateBeforeStart, "La date de fin doit être supérieure à la date de début."),
        (Code::EndTimeBeforeStart, "L'heure de fin doit être supérieure à l'heure de début."),
        (Code::NoVehicle, "Veuillez spécifier un ou plusieurs véhicules concernés."),
        (Code::NoDimension, "Veuillez spécifier le gabarit des véhicules concernés."),
        (Code::CityNotChosen, "Veuillez choisir une ville ou un code postal parmi la liste."),
        (Code::ReferencePointNotChosen, "Veuillez choisir un PR parmi la liste."),
        (
            Code::LocationNotExclusive,
            "Un seul type de localisation doit être renseigné (voie nommée, route départementale, route nationale ou \
             GeoJSON brut).",
        ),
        (
            Code::LocationMismatch,
            "La section de localisation doit correspondre à la valeur de type de voie (roadType).",
        ),
        (Code::FileOrLinkRequired, "Veuillez fournir soit un fichier, soit une URL."),
        (Code::FileAndLink, "Veuillez fournir soit un fichier, soit une URL, mais pas les deux."),
        (Code::InvalidUrl, "Cette valeur n'est pas une URL valide."),
        (Code::UrlWithoutTopLevelDomain, "Cette URL doit contenir un domaine de premier niveau."),
        (Code::FileTooLarge, "Le fichier est trop volumineux (6.24 MB). Sa taille ne doit pas dépasser 5 MB."),
        (
            Code::FileExtension,
            "L'extension du fichier est invalide (png). Les extensions autorisées sont pdf, jpg, docx, odt.",
        ),
        (Code::FileType, "Le type du fichier est invalide (image/png). Les types autorisés sont application/pdf."),
    ] {
        assert_eq!(contract_title(&broken(code)), title);
    }
    let title = contract_title(&broken(Code::InvalidGeometry).with("reason", "swapped"));
    assert!(
        title.starts_with("Cette valeur doit être une géométrie GeoJSON valide (LineString, Polygon, etc)."),
        "{title}"
    );
}

#[test]
fn sizes_are_told_in_the_largest_unit_that_shows_the_difference() {
    for (size, told) in [
        ("5000001", ["5000001 bytes", "5000000 bytes"]),
        ("5001000", ["5001 kB", "5000 kB"]),
        ("5100000", ["5.1 MB", "5 MB"]),
    ] {
        assert_eq!(sizes(size, "5000000"), told);
    }
    let sentence = violation(&broken(Code::FileTooLarge));
    assert_eq!(sentence, "Choisissez un fichier de 5 Mo au maximum : celui-ci fait 6,24 Mo.");
}

// API sheet §5.1.
#[test]
fn what_goes_wrong_while_locating_has_the_detail_of_the_contract() {
    let address = "Cette adresse n’est pas reconnue. Vérifier le nom de la voie, et les numéros de début et fin.";
    for code in [Code::UnknownCity, Code::UnknownStreet, Code::UnknownHouseNumber] {
        assert_eq!(contract_title(&broken(code)), address);
    }
    assert_eq!(
        contract_title(&broken(Code::NoPath)),
        "La géolocalisation de la voie entre ces points a échoué. Veuillez vérifier que ces points existent et \
         appartiennent bien à une même chaussée."
    );
    assert_eq!(
        contract_title(&broken(Code::NoIntersection)),
        "Les deux rues spécifiées ne sont pas en intersection. Veuillez vérifier que les rues se croisent bien."
    );
    let road = "La géolocalisation de la route entre ces points de repère a échoué. Veuillez vérifier que ces PR existent et \
                qu'ils appartiennent bien au même côté de la chaussée.";
    for code in [
        Code::UnknownRoad,
        Code::UnknownReferencePoint,
        Code::UnknownSide,
        Code::AmbiguousReferencePoint,
        Code::NoRoadPath,
    ] {
        assert_eq!(contract_title(&broken(code)), road);
    }
    assert_eq!(
        contract_title(&broken(Code::AbscissaOutOfRange)),
        "Cette abscisse n'est pas située sur la route. Veuillez vérifier votre saisie."
    );
    assert_eq!(
        contract_title(&broken(Code::OutsidePerimeter)),
        "L'organisation \"Ville\" ne semble pas avoir les compétences pour intervenir sur ce linéaire de route. S'il \
         s'agit d'une erreur, vous pouvez contacter le support DiaLog."
    );
}

#[test]
fn every_code_has_a_short_sentence_for_the_clerk() {
    for code in ALL {
        let sentence = violation(&broken(code));
        assert!(sentence.ends_with('.'), "{code:?}: {sentence}");
        assert!(sentence.chars().count() <= 110, "{code:?}: {sentence}");
        assert!(!contract_title(&broken(code)).is_empty(), "{code:?}");
    }
}

#[test]
fn a_missing_value_is_named_by_its_field() {
    let sentence = |path: &str| violation(&Violation::new(path, Code::Required));
    assert_eq!(sentence("measures[0].periods[1].endDate"), "Choisissez la date de fin.");
    assert_eq!(sentence("identifier"), "Saisissez l'identifiant de l'arrêté.");
    assert_eq!(sentence("vehicleSet.heavyweightMaxWeight"), "Indiquez le poids maximum.");
    assert_eq!(sentence("unknown"), "Ce champ est obligatoire.");
}

#[test]
fn a_repeal_is_told_when_the_order_begins_and_ends() {
    assert_eq!(
        violation(&broken(Code::RepealBeforeStart)),
        "Choisissez une fin postérieure au début de l'arrêté, le 01/12/2026 à 08h00, ou supprimez-le."
    );
    assert_eq!(
        violation(&broken(Code::RepealAfterEnd)),
        "Choisissez une fin antérieure à celle de l'arrêté, le 30/12/2026 à 23h59."
    );
}

#[test]
fn an_unknown_number_suggests_those_that_exist() {
    let unknown = Violation::new("", Code::UnknownHouseNumber).with("number", "999");
    assert_eq!(violation(&unknown), "Le n° 999 n'existe pas dans cette voie.");
    let unknown = unknown.with("suggestions", "97,99 bis");
    assert_eq!(violation(&unknown), "Le n° 999 n'existe pas dans cette voie. Les plus proches : 97, 99 bis.");
}

#[test]
fn a_refused_geometry_says_why() {
    let refused = |reason: &str| violation(&Violation::new("geometry", Code::InvalidGeometry).with("reason", reason));
    assert!(refused("swapped").contains("inversées"));
    assert!(refused("open_ring").contains("fermé"));
    assert_eq!(refused(""), "Le texte n'est pas celui d'une géométrie GeoJSON.");
}
