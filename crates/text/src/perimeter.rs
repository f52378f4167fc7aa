//! Remarks on where a location lies.

use dialog_domain::LocationDescription;

/// What to tell about a location of which only the share `inside`, from 0 to 1, is in the territory of the organization.
#[must_use]
pub fn partly_outside(asked: &LocationDescription, organization: &str, inside: f64) -> String {
    // Neither "0 %" of something that is partly inside nor "100 %" of something that is partly outside.
    let percent = (inside * 100.0).round().clamp(1.0, 99.0);
    format!("{} : {percent} % seulement est dans le territoire de {organization}.", crate::location(asked))
}

#[cfg(test)]
mod tests {
    use dialog_domain::{Geometry, LocationDescription};

    use super::partly_outside;

    #[test]
    fn share_is_rounded_but_never_to_nothing_or_all() {
        let geometry = Geometry::from_text(r#"{"type":"Point","coordinates":[2,48]}"#).unwrap();
        let asked = LocationDescription::RawGeoJson { label: "Parvis".into(), geometry };
        let sentence = |share| partly_outside(&asked, "Ville", share);
        assert!(sentence(0.377).ends_with(" : 38 % seulement est dans le territoire de Ville."), "{}", sentence(0.377));
        assert!(sentence(0.0001).contains(" 1 % "));
        assert!(sentence(0.9999).contains(" 99 % "));
    }
}
