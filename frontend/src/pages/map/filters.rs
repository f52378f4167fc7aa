//! Filters of the map, as they stand in the address.

use dialog_api_types::map::MapQuery;
use dialog_domain::{MeasureType, OrganizationId};

/// What the map is limited to. Without any parameter: every type and every vehicle, from today on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapFilters {
    /// Types that are shown.
    pub types: Vec<MeasureType>,
    /// Who published; nothing: anybody.
    pub organization: String,
    /// Permanent orders are shown.
    pub permanent: bool,
    /// Temporary orders are shown.
    pub temporary: bool,
    /// The person's drafts are shown too.
    pub drafts: bool,
    /// `YYYY-MM-DD`; nothing: today.
    pub start: String,
    /// `YYYY-MM-DD`; nothing: no limit.
    pub end: String,
    /// `YYYY-MM-DDTHH:MM`, in the time of Paris; nothing: whenever.
    pub at: String,
    /// A vehicle that is concerned.
    pub vehicle: VehicleFilter,
    /// Where the map opens, and how the page looks.
    pub page: PageState,
}

/// A vehicle, by what was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VehicleFilter {
    /// Word of its kind; nothing: any vehicle.
    pub kind: String,
    /// Tonnes.
    pub weight: String,
    /// Metres.
    pub height: String,
    /// Metres.
    pub width: String,
    /// Metres.
    pub length: String,
    /// Word of its class.
    pub crit_air: String,
    /// It carries dangerous goods.
    pub hazardous: bool,
}

/// What is in the address without limiting anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageState {
    /// An order on which the map opens.
    pub order: String,
    /// An organization on whose territory the map opens.
    pub organization: String,
    /// `zoom/lat/lng` at which the map opens.
    pub view: String,
    /// The page is within another site.
    pub embedded: bool,
}

impl Default for MapFilters {
    fn default() -> Self {
        Self {
            types: MeasureType::ALL.to_vec(),
            organization: String::new(),
            permanent: true,
            temporary: true,
            drafts: false,
            start: String::new(),
            end: String::new(),
            at: String::new(),
            vehicle: VehicleFilter::default(),
            page: PageState::default(),
        }
    }
}

impl MapFilters {
    /// Reads the parameters of the address; what cannot be read is left out.
    pub fn read(query: impl Fn(&str) -> Option<String>) -> Self {
        let text = |name: &str| query(name).unwrap_or_default();
        let number = |name: &str| if text(name).parse::<f64>().is_ok() { text(name) } else { String::new() };
        let types = match query("measureTypes") {
            None => MeasureType::ALL.to_vec(),
            Some(words) => {
                let asked: Vec<_> = words.split(',').collect();
                MeasureType::ALL.into_iter().filter(|kind| asked.contains(&kind.as_str())).collect()
            }
        };
        let known = |name: &str, words: &[(&str, &str)]| {
            let word = text(name);
            if words.iter().any(|(known, _)| *known == word) { word } else { String::new() }
        };
        Self {
            types,
            organization: identifier(text("organization")),
            permanent: text("includePermanent") != "false",
            temporary: text("includeTemporary") != "false",
            drafts: text("brouillons") == "1",
            start: date(text("startDate")),
            end: date(text("endDate")),
            at: instant(text("at")),
            vehicle: VehicleFilter {
                kind: known("vehicle", &VEHICLES),
                weight: number("vehicleWeight"),
                height: number("vehicleHeight"),
                width: number("vehicleWidth"),
                length: number("vehicleLength"),
                crit_air: known("critAir", &CRIT_AIR),
                hazardous: text("hazardous") == "true",
            },
            page: PageState {
                order: text("regulationOrderRecordUuid"),
                organization: text("organizationUuid"),
                view: text("vue"),
                embedded: text("embed") == "1",
            },
        }
    }

    /// Address of the map with these filters.
    pub fn href(&self) -> String {
        let mut parameters = self.parameters();
        let mut add = |name, text: &str| {
            if !text.is_empty() {
                parameters.push((name, text.to_owned()));
            }
        };
        add("brouillons", if self.drafts { "1" } else { "" });
        add("regulationOrderRecordUuid", &self.page.order);
        add("organizationUuid", &self.page.organization);
        add("vue", &self.page.view);
        add("embed", if self.page.embedded { "1" } else { "" });
        match serde_urlencoded::to_string(parameters).unwrap_or_default() {
            query if query.is_empty() => "/carte".to_owned(),
            query => format!("/carte?{query}"),
        }
    }

    /// Address of the tiles that pass; they show at least this revision of what is public.
    pub fn tiles(&self, revision: i64) -> String {
        let query = serde_urlencoded::to_string(self.parameters()).unwrap_or_default();
        let separator = if query.is_empty() { "" } else { "&" };
        format!("/api/map/tiles/{{z}}/{{x}}/{{y}}.mvt?{query}{separator}v={revision}")
    }

    /// Whether anything is left out.
    pub fn is_limiting(&self) -> bool {
        let all = Self { page: self.page.clone(), drafts: self.drafts, ..Self::default() };
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

    /// What is wrong with the dates, `today` being the present one.
    pub fn date_error(&self, today: &str) -> Option<&'static str> {
        if self.end.is_empty() {
            return None;
        }
        if self.start.is_empty() {
            // Without a start the map begins today, unless an instant says when.
            return (self.at.is_empty() && self.end.as_str() < today)
                .then_some("La date de fin est passée : la carte est vide sans date de début.");
        }
        (self.end < self.start).then_some("La date de fin est avant la date de début : la carte est vide.")
    }

    /// Parameters of the calls.
    pub fn query(&self) -> MapQuery {
        let text = |text: &String| (!text.is_empty()).then(|| text.clone());
        let number = |text: &String| text.parse().ok();
        MapQuery {
            organization: self.publisher(),
            measure_types: self.types_word(),
            include_permanent: (!self.permanent).then_some(false),
            include_temporary: (!self.temporary).then_some(false),
            start_date: text(&self.start),
            end_date: text(&self.end),
            at: text(&self.at),
            vehicle: text(&self.vehicle.kind),
            vehicle_weight: number(&self.vehicle.weight),
            vehicle_height: number(&self.vehicle.height),
            vehicle_width: number(&self.vehicle.width),
            vehicle_length: number(&self.vehicle.length),
            crit_air: text(&self.vehicle.crit_air),
            hazardous: self.vehicle.hazardous.then_some(true),
            ..MapQuery::default()
        }
    }

    /// The filters, under the names that the calls and the address share.
    fn parameters(&self) -> Vec<(&'static str, String)> {
        let flag = |limited: bool, word: &str| limited.then(|| word.to_owned());
        let text = |text: &String| (!text.is_empty()).then(|| text.clone());
        [
            ("organization", text(&self.organization)),
            ("measureTypes", self.types_word()),
            ("includePermanent", flag(!self.permanent, "false")),
            ("includeTemporary", flag(!self.temporary, "false")),
            ("startDate", text(&self.start)),
            ("endDate", text(&self.end)),
            ("at", text(&self.at)),
            ("vehicle", text(&self.vehicle.kind)),
            ("vehicleWeight", text(&self.vehicle.weight)),
            ("vehicleHeight", text(&self.vehicle.height)),
            ("vehicleWidth", text(&self.vehicle.width)),
            ("vehicleLength", text(&self.vehicle.length)),
            ("critAir", text(&self.vehicle.crit_air)),
            ("hazardous", flag(self.vehicle.hazardous, "true")),
        ]
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| (name, value)))
        .collect()
    }

    /// Who published.
    pub fn publisher(&self) -> Option<OrganizationId> {
        self.organization.parse().ok().map(OrganizationId)
    }

    fn types_word(&self) -> Option<String> {
        (self.types.len() < MeasureType::ALL.len())
            .then(|| self.types.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(","))
    }
}

/// Kinds of vehicle, as the calls name them and as people do.
pub const VEHICLES: [(&str, &str); 6] = [
    ("car", "Voiture"),
    ("goods", "Véhicule de transport de marchandises"),
    ("bus", "Autobus ou autocar"),
    ("motorcycle", "Moto ou cyclomoteur"),
    ("bicycle", "Vélo"),
    ("pedestrian", "Piéton"),
];

/// Crit’Air classes, as the calls name them and as people do.
pub const CRIT_AIR: [(&str, &str); 7] = [
    ("critair0", "Crit’Air E"),
    ("critair1", "Crit’Air 1"),
    ("critair2", "Crit’Air 2"),
    ("critair3", "Crit’Air 3"),
    ("critair4", "Crit’Air 4"),
    ("critair5", "Crit’Air 5"),
    ("critairWithout", "Sans vignette"),
];

fn identifier(text: String) -> String {
    if text.parse::<uuid::Uuid>().is_ok() { text } else { String::new() }
}

fn date(text: String) -> String {
    if text.parse::<chrono::NaiveDate>().is_ok() { text } else { String::new() }
}

/// What a field of date and time writes.
fn instant(text: String) -> String {
    if chrono::NaiveDateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M").is_ok() { text } else { String::new() }
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
        assert_eq!(filters.tiles(7), "/api/map/tiles/{z}/{x}/{y}.mvt?v=7");
        assert_eq!(filters.query(), MapQuery::default());
        assert!(!filters.is_limiting());
    }

    #[test]
    fn filters_survive_the_way_through_the_address() {
        let mut filters = MapFilters { end: "2026-12-31".to_owned(), permanent: false, ..MapFilters::default() };
        filters.toggle(MeasureType::ParkingProhibited);
        filters.at = "2026-12-01T08:30".to_owned();
        filters.drafts = true;
        filters.organization = "019b0000-0000-7000-8000-000000000011".to_owned();
        filters.page.embedded = true;
        filters.vehicle = VehicleFilter {
            kind: "goods".to_owned(),
            weight: "19.5".to_owned(),
            height: "3.8".to_owned(),
            crit_air: "critair4".to_owned(),
            hazardous: true,
            ..VehicleFilter::default()
        };
        let href = filters.href();
        let parameters: Vec<(String, String)> =
            serde_urlencoded::from_str(href.split_once('?').unwrap_or_default().1).unwrap_or_default();
        let again = MapFilters::read(|wanted| {
            parameters.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone())
        });
        assert_eq!(again, filters);
        // Tiles, list and address say the same.
        let query = serde_urlencoded::to_string(filters.query()).unwrap_or_default();
        let tiles = filters.tiles(7);
        for parameter in query.split('&') {
            assert!(href.contains(parameter) && tiles.contains(parameter), "{parameter}");
        }
    }

    #[test]
    fn hiding_every_type_is_not_showing_every_type() {
        let filters = read(&[("measureTypes", "")]);
        assert!(filters.types.is_empty());
        assert_eq!(filters.query().measure_types.as_deref(), Some(""));
    }

    #[test]
    fn what_cannot_be_read_is_left_out() {
        let query = [
            ("organization", "Paris"),
            ("startDate", "demain"),
            ("at", "midi"),
            ("vehicle", "char"),
            ("vehicleWeight", "lourd"),
        ];
        assert_eq!(read(&query), MapFilters::default());
    }

    #[test]
    fn an_end_before_the_start_is_said() {
        let error = |start: &str, end: &str, at: &str| {
            let [start, end, at] = [start, end, at].map(str::to_owned);
            MapFilters { start, end, at, ..MapFilters::default() }.date_error("2026-12-10")
        };
        assert!(error("2026-12-31", "2026-12-01", "").is_some());
        assert!(error("2026-11-01", "2026-12-01", "").is_none());
        // Without a start it is today.
        assert!(error("", "2026-12-09", "").is_some_and(|text| text.contains("passée")));
        assert!(error("", "2026-12-10", "").is_none());
        assert!(error("", "2026-12-09", "2026-12-01T08:00").is_none());
    }
}
