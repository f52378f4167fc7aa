//! Filters of the map, as they stand in the address.

use dialog_api_types::map::MapQuery;
use dialog_domain::MeasureType;

/// What the map is limited to. Without any parameter: every type, from today on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapFilters {
    /// Types that are shown.
    pub types: Vec<MeasureType>,
    /// Permanent orders are shown.
    pub permanent: bool,
    /// Temporary orders are shown.
    pub temporary: bool,
    /// `YYYY-MM-DD`; nothing: today.
    pub start: String,
    /// `YYYY-MM-DD`; nothing: no limit.
    pub end: String,
    /// An order on which the map opens.
    pub order: String,
    /// `zoom/lat/lng` at which the map opens.
    pub view: String,
}

impl Default for MapFilters {
    fn default() -> Self {
        Self {
            types: MeasureType::ALL.to_vec(),
            permanent: true,
            temporary: true,
            start: String::new(),
            end: String::new(),
            order: String::new(),
            view: String::new(),
        }
    }
}

impl MapFilters {
    /// Reads the parameters of the address; what cannot be read is left out.
    pub fn read(query: impl Fn(&str) -> Option<String>) -> Self {
        let text = |name: &str| query(name).unwrap_or_default();
        let types = match query("measureTypes") {
            None => MeasureType::ALL.to_vec(),
            Some(words) => {
                let asked: Vec<_> = words.split(',').collect();
                MeasureType::ALL.into_iter().filter(|kind| asked.contains(&kind.as_str())).collect()
            }
        };
        Self {
            types,
            permanent: text("includePermanent") != "false",
            temporary: text("includeTemporary") != "false",
            start: date(text("startDate")),
            end: date(text("endDate")),
            order: text("regulationOrderRecordUuid"),
            view: text("vue"),
        }
    }

    /// Address of the map with these filters.
    pub fn href(&self) -> String {
        let types = self.types_word();
        let mut parameters: Vec<(&str, &str)> = Vec::new();
        if let Some(types) = &types {
            parameters.push(("measureTypes", types));
        }
        if !self.permanent {
            parameters.push(("includePermanent", "false"));
        }
        if !self.temporary {
            parameters.push(("includeTemporary", "false"));
        }
        let texts = [
            ("startDate", &self.start),
            ("endDate", &self.end),
            ("regulationOrderRecordUuid", &self.order),
            ("vue", &self.view),
        ];
        parameters
            .extend(texts.into_iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| (name, text.as_str())));
        match serde_urlencoded::to_string(parameters).unwrap_or_default() {
            query if query.is_empty() => "/carte".to_owned(),
            query => format!("/carte?{query}"),
        }
    }

    /// Whether anything is left out.
    pub fn is_limiting(&self) -> bool {
        let all = Self { order: self.order.clone(), view: self.view.clone(), ..Self::default() };
        *self != all
    }

    /// Shows or hides a type.
    pub fn toggle(&mut self, kind: MeasureType) {
        let shown = !self.types.contains(&kind);
        self.types = MeasureType::ALL
            .into_iter()
            .filter(|other| if *other == kind { shown } else { self.types.contains(other) })
            .collect();
    }

    /// What is wrong with the dates.
    pub fn date_error(&self) -> Option<&'static str> {
        (!self.start.is_empty() && !self.end.is_empty() && self.end < self.start)
            .then_some("La date de fin est avant la date de début : la carte est vide.")
    }

    /// Parameters of the call.
    pub fn query(&self) -> MapQuery {
        MapQuery {
            measure_types: self.types_word(),
            include_permanent: (!self.permanent).then_some(false),
            include_temporary: (!self.temporary).then_some(false),
            start_date: (!self.start.is_empty()).then(|| self.start.clone()),
            end_date: (!self.end.is_empty()).then(|| self.end.clone()),
            ..MapQuery::default()
        }
    }

    fn types_word(&self) -> Option<String> {
        (self.types.len() < MeasureType::ALL.len())
            .then(|| self.types.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(","))
    }
}

fn date(text: String) -> String {
    if text.parse::<chrono::NaiveDate>().is_ok() { text } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &[(&str, &str)]) -> MapFilters {
        MapFilters::read(|wanted| query.iter().find(|(name, _)| *name == wanted).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn without_a_filter_everything_is_shown_and_nothing_is_in_the_address() {
        let filters = read(&[]);
        assert_eq!(filters.href(), "/carte");
        assert_eq!(filters.query(), MapQuery::default());
        assert!(!filters.is_limiting());
    }

    #[test]
    fn filters_survive_the_way_through_the_address() {
        let mut filters = MapFilters { end: "2026-12-31".to_owned(), permanent: false, ..MapFilters::default() };
        filters.toggle(MeasureType::ParkingProhibited);
        assert_eq!(
            filters.href(),
            "/carte?measureTypes=noEntry%2CspeedLimitation%2CalternateRoad%2CnoOvertaking&includePermanent=false&endDate=2026-12-31"
        );
        let again = read(&[
            ("measureTypes", "noEntry,speedLimitation,alternateRoad,noOvertaking"),
            ("includePermanent", "false"),
            ("endDate", "2026-12-31"),
        ]);
        assert_eq!(again, filters);
    }

    #[test]
    fn hiding_every_type_is_not_showing_every_type() {
        let filters = read(&[("measureTypes", "")]);
        assert!(filters.types.is_empty());
        assert_eq!(filters.query().measure_types.as_deref(), Some(""));
    }

    #[test]
    fn a_date_that_is_none_is_left_out() {
        assert_eq!(read(&[("startDate", "demain")]).start, "");
    }

    #[test]
    fn an_end_before_the_start_is_said() {
        let filters =
            MapFilters { start: "2026-12-31".to_owned(), end: "2026-12-01".to_owned(), ..MapFilters::default() };
        assert!(filters.date_error().is_some());
    }
}
