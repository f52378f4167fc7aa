use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use dialog_domain::{CritAir, MeasureType, VehicleKind, VehicleProfile, time};
use serde::de::DeserializeOwned;

use crate::problem::Problem;
use crate::routes::parameters::{Parameters, invalid};
use crate::services::map::{MapSelection, ZONE, today};

/// Heaviest vehicle, tonnes, and largest, metres, that anybody asks about.
const LARGEST: f64 = 1000.0;

/// Reads the filters of the map. Each has its own default: every type of measure, every vehicle, from today on.
pub(super) fn selection(parameters: &Parameters, now: DateTime<Utc>) -> Result<MapSelection, Problem> {
    let at = instant(parameters)?;
    Ok(MapSelection {
        bounding_box: parameters.bounding_box("bbox")?,
        organization: word(parameters, "organization")?,
        measure_types: measure_types(parameters)?,
        permanent: parameters.boolean("includePermanent", true)?,
        temporary: parameters.boolean("includeTemporary", true)?,
        heavy_goods: parameters.boolean("includeHeavyGoodsVehicles", true)?,
        start: match parameters.get("startDate") {
            // An instant says enough.
            None => at.is_none().then(|| today(now)),
            Some(_) => date(parameters, "startDate")?,
        },
        end: date(parameters, "endDate")?,
        at,
        vehicle: vehicle(parameters)?,
    })
}

fn given<'a>(parameters: &'a Parameters, name: &str) -> Option<&'a str> {
    parameters.get(name).map(str::trim).filter(|text| !text.is_empty())
}

fn date(parameters: &Parameters, name: &str) -> Result<Option<NaiveDate>, Problem> {
    given(parameters, name)
        .map(|text| NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| invalid(name)))
        .transpose()
}

/// An instant with its offset, or the time that clocks show in Paris.
fn instant(parameters: &Parameters) -> Result<Option<DateTime<Utc>>, Problem> {
    let Some(text) = given(parameters, "at") else { return Ok(None) };
    if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
        return Ok(Some(instant.to_utc()));
    }
    ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
        .into_iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        .map(|local| Some(time::instant(local, &ZONE)))
        .ok_or_else(|| invalid("at"))
}

fn measure_types(parameters: &Parameters) -> Result<Vec<MeasureType>, Problem> {
    let Some(words) = parameters.list("measureTypes") else { return Ok(MeasureType::ALL.to_vec()) };
    words
        .into_iter()
        .map(|word| MeasureType::ALL.into_iter().find(|kind| kind.as_str() == word))
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| invalid("measureTypes"))
}

/// A vehicle as soon as anything is said of it.
fn vehicle(parameters: &Parameters) -> Result<Option<VehicleProfile>, Problem> {
    let profile = VehicleProfile {
        kind: word::<VehicleKind>(parameters, "vehicle")?.unwrap_or_default(),
        weight_t: size(parameters, "vehicleWeight")?,
        height_m: size(parameters, "vehicleHeight")?,
        width_m: size(parameters, "vehicleWidth")?,
        length_m: size(parameters, "vehicleLength")?,
        crit_air: word::<CritAir>(parameters, "critAir")?,
        hazardous: parameters.boolean("hazardous", false)?,
        ..VehicleProfile::default()
    };
    let is_asked = given(parameters, "vehicle").is_some() || profile != VehicleProfile::default();
    Ok(is_asked.then_some(profile))
}

/// A value by the word that it has in JSON.
fn word<T: DeserializeOwned>(parameters: &Parameters, name: &str) -> Result<Option<T>, Problem> {
    given(parameters, name).map(|text| serde_json::from_value(text.into()).map_err(|_| invalid(name))).transpose()
}

fn size(parameters: &Parameters, name: &str) -> Result<Option<f64>, Problem> {
    let Some(text) = given(parameters, name) else { return Ok(None) };
    let size: f64 = text.replace(',', ".").parse().map_err(|_| invalid(name))?;
    if (0.0..=LARGEST).contains(&size) { Ok(Some(size)) } else { Err(invalid(name)) }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn read(query: &str) -> Result<MapSelection, Problem> {
        let request = TestRequest::with_uri(&format!("/?{query}")).to_http_request();
        selection(&Parameters::of(&request), "2026-11-30T23:30:00Z".parse().unwrap())
    }

    #[test]
    fn without_filter_everything_from_today_on_is_shown() {
        let all = read("").unwrap();
        assert_eq!(all.measure_types, MeasureType::ALL);
        assert!(all.permanent && all.temporary && all.heavy_goods);
        // In Paris it is the first of December already.
        assert_eq!((all.start, all.end), (NaiveDate::from_ymd_opt(2026, 12, 1), None));
        assert_eq!((all.at, all.vehicle, all.organization), (None, None, None));
    }

    #[test]
    fn empty_start_date_removes_the_limit_and_empty_types_show_nothing() {
        let none = read("startDate=&measureTypes=").unwrap();
        assert_eq!(none.start, None);
        assert!(none.measure_types.is_empty());
    }

    #[test]
    fn an_instant_is_read_by_the_clocks_of_paris_and_replaces_today() {
        for text in ["2027-07-01T08:30", "2027-07-01T08:30:00", "2027-07-01T06:30:00Z", "2027-07-01T08:30:00%2B02:00"] {
            let read = read(&format!("at={text}")).unwrap();
            assert_eq!(read.at, Some("2027-07-01T06:30:00Z".parse().unwrap()), "{text}");
            assert_eq!(read.start, None);
        }
    }

    #[test]
    fn a_vehicle_is_asked_for_as_soon_as_anything_is_said_of_it() {
        let vehicle = |query: &str| read(query).unwrap().vehicle;
        assert_eq!(vehicle("vehicle=&vehicleWeight="), None);
        assert_eq!(vehicle("vehicle=car"), Some(VehicleProfile::default()));
        let lorry = VehicleProfile {
            kind: VehicleKind::Goods,
            weight_t: Some(3.5),
            crit_air: Some(CritAir::Class3),
            hazardous: true,
            ..VehicleProfile::default()
        };
        assert_eq!(vehicle("vehicle=goods&vehicleWeight=3,5&critAir=critair3&hazardous=true"), Some(lorry));
        let high = VehicleProfile { height_m: Some(4.2), ..VehicleProfile::default() };
        assert_eq!(vehicle("vehicleHeight=4.2"), Some(high));
    }

    #[test]
    fn mistakes_are_refused() {
        for query in [
            "startDate=demain",
            "endDate=2026-02-30",
            "organization=Paris",
            "measureTypes=noEntry,toll",
            "bbox=1,2,3",
            "bbox=3,2,1,4",
            "bbox=-200,0,0,10",
            "bbox=a,b,c,d",
            "bbox=NaN,0,1,1",
            "includePermanent=maybe",
            "at=midi",
            "vehicle=tank",
            "vehicleWeight=heavy",
            "vehicleHeight=-1",
            "vehicleLength=NaN",
            "critAir=9",
            "hazardous=maybe",
        ] {
            assert!(read(query).is_err(), "{query}");
        }
    }
}
