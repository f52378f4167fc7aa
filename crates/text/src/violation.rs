//! Broken rules, for people: what to do for the clerk, the strings of the contract for the integrator.

mod malformed;
mod road;

use chrono::NaiveDateTime;
use dialog_domain::{Violation, ViolationCode as Code};

use crate::period::date_time;

/// What to do about a broken rule, for the person who fills the form.
#[must_use]
pub fn violation(violation: &Violation) -> String {
    let parameter = |name: &str| violation.parameters.get(name).map_or("", String::as_str);
    let fixed = match violation.code {
        Code::Required => required(field(&violation.path)),
        Code::NotAChoice => "Choisissez une valeur de la liste.",
        Code::NotChoices => "Ne choisissez que des valeurs de la liste.",
        Code::TooLong => return format!("Raccourcissez ce texte : {} caractères au maximum.", parameter("max")),
        Code::WrongLength => return format!("Saisissez exactement {} caractères.", parameter("length")),
        Code::TooFewItems => return format!("Ajoutez au moins {} élément.", parameter("min")),
        Code::NotPositive => "Saisissez un nombre supérieur à 0.",
        Code::Negative => "Saisissez un nombre supérieur ou égal à 0.",
        Code::TooLarge => {
            return format!("Saisissez un nombre inférieur ou égal à {}.", parameter("max").replace('.', ","));
        }
        Code::Malformed => malformed::in_a_form(field(&violation.path), parameter("expected"), parameter("reason")),
        Code::IdentifierTaken => return identifier_taken(parameter("identifier")),
        Code::IdentifierFrozen => "L'identifiant d'un arrêté publié ne peut plus changer.",
        Code::NoPeriod => "Ajoutez au moins une période d'application.",
        Code::EndDateBeforeStart => "Choisissez une date de fin égale ou postérieure à la date de début.",
        Code::EndTimeBeforeStart => "Le même jour, choisissez une heure de fin postérieure à l'heure de début.",
        Code::DateOutOfRange => {
            return format!("Choisissez une date entre {} et {}.", parameter("min"), parameter("max"));
        }
        Code::NoVehicle => "Choisissez au moins un type de véhicules.",
        Code::NoDimension => "Indiquez au moins une largeur, une longueur ou une hauteur.",
        Code::CityNotChosen => "Choisissez une ville dans la liste.",
        Code::StreetNotChosen => "Choisissez une voie dans la liste.",
        Code::ReferencePointNotChosen => "Choisissez un PR dans la liste.",
        Code::MissingBound => "Indiquez aussi cette extrémité de la section, ou choisissez la voie entière.",
        Code::LocationNotExclusive => "Ne renseignez qu'un seul type de localisation.",
        Code::LocationMismatch => "Renseignez la localisation qui correspond au type choisi.",
        Code::InvalidGeometry => geometry_hint(parameter("reason")),
        Code::FileAndLink => "Choisissez un fichier ou un lien, pas les deux.",
        Code::FileOrLinkRequired => "Choisissez un fichier, ou indiquez un lien.",
        Code::EmptyFile => "Ce fichier est vide, choisissez-en un autre.",
        Code::FileTooLarge => {
            let [size, limit] = sizes(parameter("size"), parameter("limit")).map(|size| in_french(&size));
            return format!("Choisissez un fichier de {limit} au maximum : celui-ci fait {size}.");
        }
        Code::FileExtension => {
            return format!("Choisissez un fichier d'un de ces types : {}.", parameter("extensions"));
        }
        Code::FileType => "Le contenu de ce fichier n'est pas celui que son nom annonce.",
        Code::InvalidUrl => "Saisissez une adresse complète, qui commence par https://.",
        Code::UrlWithoutTopLevelDomain => "Saisissez une adresse dont le domaine est complet, comme www.exemple.fr.",
        Code::NoMeasure => "Ajoutez au moins une mesure avant de publier.",
        Code::NoLocation => "Ajoutez au moins une localisation.",
        Code::NotLocated => "Cette localisation n'a pas de tracé : ouvrez la mesure et enregistrez-la à nouveau.",
        Code::NoEnd => "Indiquez une date et une heure de fin : l'arrêté est temporaire.",
        Code::BeyondRepeal => "L'arrêté est abrogé : terminez cette période au plus tard à la date de l'abrogation.",
        Code::AlreadyRepealed => "Cet arrêté est déjà abrogé.",
        Code::RepealBeforeStart => {
            let start = local_date_time(parameter("start"));
            return format!("Choisissez une fin postérieure au début de l'arrêté, le {start}, ou supprimez-le.");
        }
        Code::RepealAfterEnd => {
            let end = local_date_time(parameter("end"));
            return format!("Choisissez une fin antérieure à celle de l'arrêté, le {end}.");
        }
        Code::UnknownCity => "Cette ville est inconnue, choisissez-la dans la liste.",
        Code::UnknownStreet if parameter("reason") == "undrawn" => {
            "Cette voie est connue sans son tracé : choisissez « Tracé libre » comme type de localisation et dessinez-la."
        }
        Code::UnknownStreet => {
            return with_suggestions(
                "Cette voie est inconnue dans cette ville, choisissez-la dans la liste.",
                parameter("suggestions"),
            );
        }
        Code::UnknownHouseNumber => return unknown_house_number(parameter("number"), parameter("suggestions")),
        Code::NoIntersection => {
            return with_suggestions(
                "Ces deux voies ne se croisent pas : choisissez une voie de la liste.",
                parameter("suggestions"),
            );
        }
        Code::NoPath => {
            return with_suggestions(
                "Aucun chemin ne relie ces deux points sur cette voie : changez l'un des deux.",
                parameter("suggestions"),
            );
        }
        Code::UnknownRoad => "Cette route est inconnue chez ce gestionnaire, choisissez-la dans la liste.",
        Code::UnknownReferencePoint => return road::unknown_point(parameter("number"), parameter("suggestions")),
        Code::UnknownSide => return road::unknown_side(parameter("sides")),
        Code::AmbiguousReferencePoint => return road::ambiguous_point(parameter("departments")),
        Code::AbscissaOutOfRange => {
            return road::abscissa(parameter("number"), parameter("min"), parameter("max"));
        }
        Code::NoRoadPath => {
            "La route ne relie pas ces deux points sur une même chaussée : changez l'un des deux, ou son côté."
        }
        Code::OutsidePerimeter => {
            return format!(
                "Choisissez un lieu du territoire de l'organisation « {} » : celui-ci est en dehors.",
                parameter("organization")
            );
        }
    };
    fixed.to_owned()
}

/// The sentence of a broken rule as existing clients of the integrators' API know it: the `title` of a violation, or
/// the `detail` of an answer 400 for what goes wrong while locating. Rules that the contract does not have read as for
/// a clerk.
#[must_use]
pub fn contract_title(broken: &Violation) -> String {
    let parameter = |name: &str| broken.parameters.get(name).map_or("", String::as_str);
    let fixed = match broken.code {
        Code::Required => "Cette valeur ne doit pas être vide.",
        Code::NotAChoice => "Cette valeur doit être l'un des choix proposés.",
        Code::NotChoices => "Une ou plusieurs des valeurs soumises sont invalides.",
        Code::TooLong => {
            let max = parameter("max");
            return format!("Cette chaîne est trop longue. Elle doit avoir au maximum {max} caractères.");
        }
        Code::WrongLength => {
            return format!("Cette chaîne doit avoir exactement {} caractères.", parameter("length"));
        }
        Code::TooFewItems => {
            return format!("Cette collection doit contenir {} élément ou plus.", parameter("min"));
        }
        Code::NotPositive => "Cette valeur doit être strictement positive.",
        Code::Negative => "Cette valeur doit être supérieure ou égale à zéro.",
        Code::TooLarge => {
            return format!("Cette valeur doit être inférieure ou égale à {}.", parameter("max"));
        }
        Code::IdentifierTaken => return identifier_taken(parameter("identifier")),
        Code::NoPeriod => "Veuillez définir au moins une période d'application.",
        Code::EndDateBeforeStart => "La date de fin doit être supérieure à la date de début.",
        Code::EndTimeBeforeStart => "L'heure de fin doit être supérieure à l'heure de début.",
        Code::NoVehicle => "Veuillez spécifier un ou plusieurs véhicules concernés.",
        Code::NoDimension => "Veuillez spécifier le gabarit des véhicules concernés.",
        Code::CityNotChosen => "Veuillez choisir une ville ou un code postal parmi la liste.",
        Code::ReferencePointNotChosen => "Veuillez choisir un PR parmi la liste.",
        Code::LocationNotExclusive => {
            "Un seul type de localisation doit être renseigné (voie nommée, route départementale, route nationale ou \
             GeoJSON brut)."
        }
        Code::LocationMismatch => {
            "La section de localisation doit correspondre à la valeur de type de voie (roadType)."
        }
        Code::InvalidGeometry => {
            // The beginning is the contract; the end says what to do.
            return format!(
                "Cette valeur doit être une géométrie GeoJSON valide (LineString, Polygon, etc). {}",
                geometry_hint(parameter("reason"))
            );
        }
        Code::FileAndLink => "Veuillez fournir soit un fichier, soit une URL, mais pas les deux.",
        Code::FileOrLinkRequired => "Veuillez fournir soit un fichier, soit une URL.",
        Code::EmptyFile => "Un fichier vide n'est pas autorisé.",
        Code::FileTooLarge => {
            let [size, limit] = sizes(parameter("size"), parameter("limit"));
            return format!("Le fichier est trop volumineux ({size}). Sa taille ne doit pas dépasser {limit}.");
        }
        Code::FileExtension => {
            return format!(
                "L'extension du fichier est invalide ({}). Les extensions autorisées sont {}.",
                parameter("extension"),
                parameter("extensions")
            );
        }
        Code::FileType => {
            return format!(
                "Le type du fichier est invalide ({}). Les types autorisés sont {}.",
                parameter("type"),
                parameter("types")
            );
        }
        Code::InvalidUrl => "Cette valeur n'est pas une URL valide.",
        Code::UrlWithoutTopLevelDomain => "Cette URL doit contenir un domaine de premier niveau.",
        Code::UnknownCity | Code::UnknownStreet | Code::UnknownHouseNumber => {
            "Cette adresse n’est pas reconnue. Vérifier le nom de la voie, et les numéros de début et fin."
        }
        Code::NoIntersection => {
            "Les deux rues spécifiées ne sont pas en intersection. Veuillez vérifier que les rues se croisent bien."
        }
        Code::NoPath => {
            "La géolocalisation de la voie entre ces points a échoué. Veuillez vérifier que ces points existent et \
             appartiennent bien à une même chaussée."
        }
        Code::UnknownRoad
        | Code::UnknownReferencePoint
        | Code::UnknownSide
        | Code::AmbiguousReferencePoint
        | Code::NoRoadPath => {
            "La géolocalisation de la route entre ces points de repère a échoué. Veuillez vérifier que ces PR existent \
             et qu'ils appartiennent bien au même côté de la chaussée."
        }
        Code::AbscissaOutOfRange => "Cette abscisse n'est pas située sur la route. Veuillez vérifier votre saisie.",
        Code::OutsidePerimeter => {
            return format!(
                "L'organisation \"{}\" ne semble pas avoir les compétences pour intervenir sur ce linéaire de route. \
                 S'il s'agit d'une erreur, vous pouvez contacter le support DiaLog.",
                parameter("organization")
            );
        }
        Code::Malformed => malformed::on_the_wire(field(&broken.path), parameter("reason")),
        Code::IdentifierFrozen
        | Code::DateOutOfRange
        | Code::StreetNotChosen
        | Code::MissingBound
        | Code::NoMeasure
        | Code::NoLocation
        | Code::NotLocated
        | Code::NoEnd
        | Code::BeyondRepeal
        | Code::AlreadyRepealed
        | Code::RepealBeforeStart
        | Code::RepealAfterEnd => return violation(broken),
    };
    fixed.to_owned()
}

/// Two sizes in the largest unit in which they differ: `6.2 MB` and `5 MB`, but `5000001 bytes` and `5000000 bytes`.
fn sizes(size: &str, limit: &str) -> [String; 2] {
    let bytes = |text: &str| text.parse::<f64>().unwrap_or_default();
    let in_unit = |(divisor, unit): (f64, &str)| {
        [size, limit].map(|text| format!("{} {unit}", (bytes(text) / divisor * 100.0).round() / 100.0))
    };
    let units = [(1_000_000.0, "MB"), (1000.0, "kB")];
    units.into_iter().map(in_unit).find(|[size, limit]| size != limit).unwrap_or_else(|| in_unit((1.0, "bytes")))
}

fn in_french(size: &str) -> String {
    size.replace('.', ",").replace("MB", "Mo").replace("kB", "ko").replace("bytes", "octets")
}

fn identifier_taken(identifier: &str) -> String {
    format!("Un arrêté avec l'identifiant \"{identifier}\" existe déjà. Veuillez saisir un autre identifiant.")
}

fn unknown_house_number(number: &str, suggestions: &str) -> String {
    with_suggestions(&format!("Le n° {number} n'existe pas dans cette voie."), suggestions)
}

/// A sentence, followed by what would do instead.
fn with_suggestions(sentence: &str, suggestions: &str) -> String {
    if suggestions.is_empty() {
        return sentence.to_owned();
    }
    let suggestions: Vec<&str> = suggestions.split(',').map(str::trim).collect();
    format!("{sentence} Les plus proches : {}.", suggestions.join(", "))
}

/// `2026-12-01T08:00` as people write it.
fn local_date_time(parameter: &str) -> String {
    NaiveDateTime::parse_from_str(parameter, "%FT%R").map_or_else(|_| parameter.to_owned(), date_time)
}

/// Last name of a path: `measures[0].periods[1].endDate` → `endDate`.
fn field(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

fn required(field: &str) -> &'static str {
    match field {
        "identifier" => "Saisissez l'identifiant de l'arrêté.",
        "category" => "Choisissez la nature de l'arrêté.",
        "otherCategoryText" => "Précisez l'objet de l'arrêté.",
        "title" => "Saisissez l'intitulé de l'arrêté.",
        "measures" => "Ajoutez au moins une mesure.",
        "type" => "Choisissez le type de restriction.",
        "maxSpeed" => "Saisissez la vitesse maximale autorisée.",
        "otherRestrictedTypeText" => "Précisez les véhicules concernés.",
        "critairTypes" => "Choisissez au moins une catégorie Crit'Air.",
        "heavyweightMaxWeight" => "Indiquez le poids maximum.",
        "otherExemptedTypeText" => "Précisez les véhicules exemptés.",
        "startDate" => "Choisissez la date de début.",
        "startTime" => "Choisissez l'heure de début.",
        "endDate" => "Choisissez la date de fin.",
        "endTime" => "Choisissez l'heure de fin.",
        "recurrenceType" => "Choisissez les jours concernés.",
        "applicableDays" => "Choisissez au moins un jour.",
        "roadType" => "Choisissez le type de localisation.",
        "cityLabel" => "Choisissez une ville dans la liste.",
        "roadName" | "fromRoadName" | "toRoadName" => "Choisissez une voie dans la liste.",
        "fromPointType" | "toPointType" => "Choisissez un numéro, une intersection ou un point.",
        "fromHouseNumber" | "toHouseNumber" => "Saisissez le numéro.",
        "administrator" => "Choisissez le gestionnaire.",
        "roadNumber" => "Choisissez le numéro de la route.",
        "fromSide" | "toSide" => "Choisissez le côté.",
        "label" => "Saisissez un descriptif.",
        "reason" => "Indiquez le motif.",
        "geometry" => "Dessinez le tracé, ou saisissez sa géométrie GeoJSON.",
        _ => "Ce champ est obligatoire.",
    }
}

fn geometry_hint(reason: &str) -> &'static str {
    match reason {
        "empty" => "La géométrie est vide : ajoutez-lui des points.",
        "out_of_range" => "Une coordonnée dépasse les limites : longitude de -180 à 180, latitude de -90 à 90.",
        "swapped" => "Longitude et latitude semblent inversées : la longitude vient en premier.",
        "too_few_points" => "Il n'y a pas assez de points différents : 2 pour une ligne, 3 pour un polygone.",
        "open_ring" => "Un contour n'est pas fermé : son dernier point doit être le premier.",
        "too_large" => "Ce périmètre contient trop de voies : réduisez-le, ou partagez-le en plusieurs localisations.",
        "far_from_street" => "Ce point est trop loin de la voie : placez-le sur elle.",
        "self_crossing" => "Le contour se croise lui-même : redessinez-le.",
        "no_road" => "Aucune voie connue ne passe ici.",
        "not_a_line" => "Une ligne est attendue ici (LineString ou MultiLineString).",
        "not_a_polygon" => "Un polygone est attendu ici (Polygon ou MultiPolygon).",
        _ => "Le texte n'est pas celui d'une géométrie GeoJSON.",
    }
}

#[cfg(test)]
mod tests;
