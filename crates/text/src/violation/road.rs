//! What to do about a bound of a numbered road that is nowhere.

use crate::list::join;

/// A reference point that does not exist.
pub(super) fn unknown_point(number: &str, suggestions: &str) -> String {
    let sentence = format!("Le PR {number} n'existe pas sur cette route.");
    if suggestions.is_empty() { sentence } else { format!("{sentence} Les plus proches : {}.", all(suggestions)) }
}

/// A reference point that is on other sides.
pub(super) fn unknown_side(sides: &str) -> String {
    let sides: Vec<String> = words(sides).map(side).collect();
    match sides.as_slice() {
        [] => "Ce PR n'est pas de ce côté de la route : choisissez-en un autre.".to_owned(),
        [side] => format!("Ce PR n'est pas de ce côté de la route : choisissez {side}."),
        sides => format!("Ce PR n'est pas de ce côté de la route : choisissez {}.", join(sides, "ou")),
    }
}

/// A number that several départements have.
pub(super) fn ambiguous_point(departments: &str) -> String {
    let departments: Vec<String> = words(departments).map(str::to_owned).collect();
    format!("Ce PR existe dans plusieurs départements : précisez {}.", join(&departments, "ou"))
}

/// A distance that leads beyond the road.
pub(super) fn abscissa(number: &str, min: &str, max: &str) -> String {
    format!("La route va de {min} m à {max} m du PR {number} : saisissez une abscisse entre ces deux valeurs.")
}

fn side(letter: &str) -> String {
    let name = match letter {
        "U" => "la chaussée unique",
        "D" => "la chaussée droite",
        "G" => "la chaussée gauche",
        other => return other.to_owned(),
    };
    format!("{name} ({letter})")
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|word| !word.is_empty())
}

fn all(text: &str) -> String {
    words(text).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_say_what_would_do() {
        assert_eq!(unknown_point("16", "14,15"), "Le PR 16 n'existe pas sur cette route. Les plus proches : 14, 15.");
        assert_eq!(unknown_point("16", ""), "Le PR 16 n'existe pas sur cette route.");
        let side = unknown_side("D,G");
        assert_eq!(
            side,
            "Ce PR n'est pas de ce côté de la route : choisissez la chaussée droite (D) ou la chaussée gauche (G)."
        );
        assert_eq!(unknown_side("U"), "Ce PR n'est pas de ce côté de la route : choisissez la chaussée unique (U).");
        assert_eq!(ambiguous_point("26,38"), "Ce PR existe dans plusieurs départements : précisez 26 ou 38.");
        assert_eq!(
            abscissa("15", "-15219", "405"),
            "La route va de -15219 m à 405 m du PR 15 : saisissez une abscisse entre ces deux valeurs."
        );
    }
}
