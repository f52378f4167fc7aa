//! Names for as many streets as one wants: invented people, after whom everything is called.

const KINDS: [&str; 6] = ["Rue", "Avenue", "Allée", "Boulevard", "Chemin", "Impasse"];

const FIRST_NAMES: [&str; 40] = [
    "Adèle",
    "Agathe",
    "Alphonse",
    "Ambroise",
    "Anaïs",
    "Antonin",
    "Armand",
    "Augustine",
    "Barnabé",
    "Béatrice",
    "Blaise",
    "Camille",
    "Célestin",
    "Clémence",
    "Colette",
    "Constant",
    "Denise",
    "Édouard",
    "Éloïse",
    "Émilien",
    "Félicité",
    "Firmin",
    "François",
    "Gaspard",
    "Geneviève",
    "Germain",
    "Hélène",
    "Honoré",
    "Irène",
    "Joséphine",
    "Léonie",
    "Lucien",
    "Marcelle",
    "Maxence",
    "Octave",
    "Philomène",
    "Rosalie",
    "Siméon",
    "Théodore",
    "Victorine",
];

const SURNAMES: [&str; 50] = [
    "Arnoult",
    "Aubépin",
    "Beaumesnil",
    "Bellefontaine",
    "Berthelin",
    "Bonnaventure",
    "Boisrond",
    "Brémond",
    "Cassagnol",
    "Chantepie",
    "Charmoy",
    "Clairefond",
    "Coudray",
    "Courtépée",
    "Darboussier",
    "Delaplanche",
    "Desroziers",
    "Ducoudret",
    "Estampes",
    "Faugère",
    "Fontvieille",
    "Fresnel",
    "Gardebois",
    "Grandpré",
    "Guéret",
    "Hauteserre",
    "Jolivel",
    "Lachesnaie",
    "Laforge",
    "Lestrade",
    "Longchamp",
    "Maillebois",
    "Malaquais",
    "Mirebeau",
    "Montfort",
    "Noirmont",
    "Orgeval",
    "Passavant",
    "Pierrefeu",
    "Prévalon",
    "Quincey",
    "Rocheblave",
    "Roquevaire",
    "Saintonge",
    "Savignac",
    "Taillefer",
    "Tourneville",
    "Valmont",
    "Vauclair",
    "Villedieu",
];

/// Hands out names, each once: 12 000 different ones, then the same with a number.
#[derive(Debug, Default)]
pub(super) struct Names {
    given: usize,
}

impl Names {
    pub(super) fn next(&mut self) -> String {
        let given = self.given;
        self.given += 1;
        let pick = |list: &[&'static str], index: usize| list.get(index % list.len()).copied().unwrap_or_default();
        // Neighbours on the plan differ by kind, first name and surname: the stride shares no factor with the number of
        // people.
        let people = FIRST_NAMES.len() * SURNAMES.len();
        let person = (given * 1103) % people;
        let kind = pick(&KINDS, person + given / people);
        let first_name = pick(&FIRST_NAMES, person / SURNAMES.len());
        let surname = pick(&SURNAMES, person % SURNAMES.len());
        match given / (people * KINDS.len()) {
            0 => format!("{kind} {first_name}-{surname}"),
            round => format!("{kind} {first_name}-{surname}-{}", round + 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_name_is_given_twice() {
        let mut names = Names::default();
        let given: BTreeSet<String> = (0..30_000).map(|_| names.next()).collect();
        assert_eq!(given.len(), 30_000);
    }
}
