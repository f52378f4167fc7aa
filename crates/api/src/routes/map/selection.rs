use chrono::{DateTime, NaiveDate, Utc};
use dialog_domain::MeasureType;

use crate::problem::Problem;
use crate::routes::parameters::{Parameters, invalid};
use crate::services::map::{MapSelection, today};

/// Reads the filters of the map. Each has its own default: every type of measure, every vehicle, from today on.
pub(super) fn selection(parameters: &Parameters, now: DateTime<Utc>) -> Result<MapSelection, Problem> {
    Ok(MapSelection {
        bounding_box: parameters.bounding_box("bbox")?,
        measure_types: measure_types(parameters)?,
        permanent: parameters.boolean("includePermanent", true)?,
        temporary: parameters.boolean("includeTemporary", true)?,
        heavy_goods: parameters.boolean("includeHeavyGoodsVehicles", true)?,
        start: match parameters.get("startDate") {
            None => Some(today(now)),
            Some(_) => date(parameters, "startDate")?,
        },
        end: date(parameters, "endDate")?,
    })
}

fn date(parameters: &Parameters, name: &str) -> Result<Option<NaiveDate>, Problem> {
    match parameters.get(name) {
        None | Some("") => Ok(None),
        Some(text) => NaiveDate::parse_from_str(text, "%Y-%m-%d").map(Some).map_err(|_| invalid(name)),
    }
}

fn measure_types(parameters: &Parameters) -> Result<Vec<MeasureType>, Problem> {
    let Some(words) = parameters.list("measureTypes") else { return Ok(MeasureType::ALL.to_vec()) };
    words
        .into_iter()
        .map(|word| MeasureType::ALL.into_iter().find(|kind| kind.as_str() == word))
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| invalid("measureTypes"))
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
    }

    #[test]
    fn empty_start_date_removes_the_limit_and_empty_types_show_nothing() {
        let none = read("startDate=&measureTypes=").unwrap();
        assert_eq!(none.start, None);
        assert!(none.measure_types.is_empty());
    }

    #[test]
    fn mistakes_are_refused() {
        for query in [
            "startDate=demain",
            "endDate=2026-02-30",
            "measureTypes=noEntry,toll",
            "bbox=1,2,3",
            "bbox=3,2,1,4",
            "bbox=-200,0,0,10",
            "bbox=a,b,c,d",
            "bbox=NaN,0,1,1",
            "includePermanent=maybe",
        ] {
            assert!(read(query).is_err(), "{query}");
        }
    }
}
