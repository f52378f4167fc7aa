//! The reference cases of the exports fact sheet (§7.1 to §7.4), by their numbers, in the corrected layout, and in the
//! old one where it can be valid.

mod heads;
mod legacy;
mod locations;
mod measures;
mod validity;
mod vehicles;

/// A document of every case.
pub fn documents() -> Vec<String> {
    let cases = [
        heads::documents(),
        validity::documents(),
        locations::documents(),
        measures::documents(),
        vehicles::documents(),
    ];
    [cases.concat(), legacy::documents()].concat()
}
