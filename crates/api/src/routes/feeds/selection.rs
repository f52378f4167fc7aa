//! The parameters that every feed takes.

use dialog_db::feeds::{FeedFilter, OrganizationKey};
use dialog_domain::{MeasureType, OrderId, OrganizationId};
use uuid::Uuid;

use crate::problem::Problem;
use crate::routes::lists::moment;
use crate::routes::parameters::{Parameters, invalid};
use crate::services::feeds::Layout;

/// Words of vehicles: of what may be restricted, then of what may be exempted.
const VEHICLES: [&str; 15] = [
    "heavyGoodsVehicle",
    "dimensions",
    "critAir",
    "hazardousMaterials",
    "commercial",
    "emergencyServices",
    "bicycle",
    "pedestrians",
    "taxi",
    "carSharing",
    "roadMaintenanceOrConstruction",
    "cityLogistics",
    "police",
    "desserteLocale",
    "localResident",
];

/// Which orders are asked for. A parameter without value limits nothing.
///
/// # Errors
/// 400 naming the first parameter that cannot be read.
pub fn filter(parameters: &Parameters) -> Result<FeedFilter, Problem> {
    Ok(FeedFilter {
        order: order(parameters)?,
        permanent: parameters.boolean("includePermanent", true)?,
        temporary: parameters.boolean("includeTemporary", true)?,
        over: parameters.boolean("includeExpired", false)?,
        organization: organization(parameters)?,
        bounding_box: parameters.bounding_box("bbox")?,
        city_code: city_code(parameters)?,
        from: instant(parameters, "dateStart")?,
        until: instant(parameters, "dateEnd")?,
        measure_types: measure_types(parameters)?,
        vehicle: vehicle(parameters)?,
        updated_since: instant(parameters, "updatedSince")?,
        ..FeedFilter::default()
    })
}

/// The layout of DATEX II.
///
/// # Errors
/// 400 for any other word.
pub fn layout(parameters: &Parameters) -> Result<Layout, Problem> {
    match parameters.get("layout") {
        None | Some("") => Ok(Layout::Current),
        Some("legacy") => Ok(Layout::Legacy),
        Some(_) => Err(invalid("layout")),
    }
}

fn given<'a>(parameters: &'a Parameters, name: &str) -> Option<&'a str> {
    parameters.get(name).map(str::trim).filter(|text| !text.is_empty())
}

fn instant(parameters: &Parameters, name: &str) -> Result<Option<chrono::DateTime<chrono::Utc>>, Problem> {
    if given(parameters, name).is_none() { Ok(None) } else { moment(parameters, name) }
}

fn order(parameters: &Parameters) -> Result<Option<OrderId>, Problem> {
    let uuid = |text| Uuid::parse_str(text).map(OrderId).map_err(|_| invalid("order"));
    given(parameters, "order").map(uuid).transpose()
}

fn organization(parameters: &Parameters) -> Result<Option<OrganizationKey>, Problem> {
    let Some(text) = given(parameters, "organization") else { return Ok(None) };
    if text.len() == 14 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(Some(OrganizationKey::Siret(text.to_owned())));
    }
    let uuid = Uuid::parse_str(text).map_err(|_| invalid("organization"))?;
    Ok(Some(OrganizationKey::Id(OrganizationId(uuid))))
}

fn city_code(parameters: &Parameters) -> Result<Option<String>, Problem> {
    let Some(text) = given(parameters, "inseeCode") else { return Ok(None) };
    let is_code = text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    if is_code { Ok(Some(text.to_owned())) } else { Err(invalid("inseeCode")) }
}

fn measure_types(parameters: &Parameters) -> Result<Option<Vec<MeasureType>>, Problem> {
    let words = parameters.list("measureType").filter(|words| !words.is_empty());
    let Some(words) = words else { return Ok(None) };
    let known = |word: &str| MeasureType::ALL.into_iter().find(|kind| kind.as_str() == word);
    words.into_iter().map(known).collect::<Option<_>>().map(Some).ok_or_else(|| invalid("measureType"))
}

fn vehicle(parameters: &Parameters) -> Result<Option<String>, Problem> {
    let Some(text) = given(parameters, "vehicle") else { return Ok(None) };
    let known = VEHICLES.into_iter().find(|word| word.eq_ignore_ascii_case(text));
    known.map(|word| Some(word.to_owned())).ok_or_else(|| invalid("vehicle"))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn parameters(query: &str) -> Parameters {
        Parameters::of(&TestRequest::with_uri(&format!("/?{query}")).to_http_request())
    }

    #[test]
    fn without_parameter_or_value_nothing_is_limited() {
        let empty =
            "order=&organization=&bbox=&inseeCode=&dateStart=&dateEnd=&measureType=&vehicle=&updatedSince=&layout=";
        for query in ["", empty, "includePermanent=true&includeExpired="] {
            assert!(filter(&parameters(query)).unwrap().is_default(), "{query}");
        }
        assert_eq!(layout(&parameters(empty)).unwrap(), Layout::Current);
    }

    #[test]
    fn each_parameter_is_read() {
        let uuid = Uuid::from_u128(7);
        let read = filter(&parameters(&format!(
            "order={uuid}&organization={uuid}&bbox=1,2,3,4&inseeCode=2A004&dateStart=2026-12-01&dateEnd=2026-12-02T08:00:00Z\
             &measureType=noEntry,speedLimitation&vehicle=critair&updatedSince=2026-01-01&includeExpired=1"
        )))
        .unwrap();
        assert_eq!(read.order, Some(OrderId(uuid)));
        assert_eq!(read.organization, Some(OrganizationKey::Id(OrganizationId(uuid))));
        assert_eq!(read.city_code.as_deref(), Some("2A004"));
        assert_eq!(read.measure_types, Some(vec![MeasureType::NoEntry, MeasureType::SpeedLimitation]));
        assert_eq!(read.vehicle.as_deref(), Some("critAir"));
        assert!(read.over && read.bounding_box.is_some() && read.from < read.until && read.updated_since.is_some());
        let siret = filter(&parameters("organization=21750001600019")).unwrap();
        assert_eq!(siret.organization, Some(OrganizationKey::Siret("21750001600019".to_owned())));
    }

    #[test]
    fn mistakes_are_refused_by_their_name() {
        for (query, name) in [
            ("includePermanent=maybe", "includePermanent"),
            ("order=x", "order"),
            ("organization=x", "organization"),
            ("organization=2175000160001", "organization"),
            ("bbox=3,2,1,4", "bbox"),
            ("inseeCode=paris", "inseeCode"),
            ("dateStart=demain", "dateStart"),
            ("dateEnd=2026-02-30", "dateEnd"),
            ("measureType=noEntry,toll", "measureType"),
            ("vehicle=tank", "vehicle"),
            ("updatedSince=yesterday", "updatedSince"),
        ] {
            let place = crate::problem::Place { base_url: "", path: "/", request_id: "", is_wire: true };
            let body = filter(&parameters(query)).unwrap_err().body(&place);
            assert_eq!((body.status, body.error), (400, Some(format!("Invalid \"{name}\" parameter"))), "{query}");
        }
        assert!(layout(&parameters("layout=old")).is_err());
    }
}
