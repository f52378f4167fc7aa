//! Query parameters whose absence, emptiness and mistakes mean different things.

use std::ops::RangeInclusive;

use actix_web::HttpRequest;
use dialog_db::restrictions::BoundingBox;

use crate::problem::Problem;

/// The parameters of a request, in their order.
pub struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Reads the query string. What cannot be decoded is read as it is.
    #[must_use]
    pub fn of(request: &HttpRequest) -> Self {
        Self(url::form_urlencoded::parse(request.query_string().as_bytes()).into_owned().collect())
    }

    /// The last value of a parameter.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// A free text, which the database is asked for; `None` when it was not sent or is empty.
    ///
    /// # Errors
    /// 400 naming the parameter when it holds the null character, which no database keeps.
    pub fn text(&self, name: &str) -> Result<Option<&str>, Problem> {
        match self.get(name).filter(|text| !text.is_empty()) {
            Some(text) if text.contains('\0') => Err(invalid(name)),
            text => Ok(text),
        }
    }

    /// Every value of a parameter that may be repeated or hold a list with commas; `None` when it was not sent.
    #[must_use]
    pub fn list(&self, name: &str) -> Option<Vec<&str>> {
        let values: Vec<&str> = self
            .0
            .iter()
            .filter(|(key, _)| key == name || key.strip_suffix("[]") == Some(name))
            .map(|(_, value)| value.as_str())
            .collect();
        (!values.is_empty()).then(|| {
            values.iter().flat_map(|value| value.split(',')).map(str::trim).filter(|value| !value.is_empty()).collect()
        })
    }

    /// A yes or no, `default` when it was not sent.
    ///
    /// # Errors
    /// 400 naming the parameter, as the contract words it.
    pub fn boolean(&self, name: &str, default: bool) -> Result<bool, Problem> {
        match self.get(name).map(str::to_ascii_lowercase).as_deref() {
            None => Ok(default),
            Some("1" | "true" | "on" | "yes") => Ok(true),
            Some("0" | "false" | "off" | "no" | "") => Ok(false),
            Some(_) => Err(invalid(name)),
        }
    }

    /// A whole number taken back into `bounds`, `default` when it was not sent.
    ///
    /// # Errors
    /// 400 naming the parameter, as the contract words it.
    pub fn clamped(&self, name: &str, default: u32, bounds: RangeInclusive<u32>) -> Result<u32, Problem> {
        let Some(text) = self.get(name) else { return Ok(default) };
        let number: i64 = text.trim().parse().map_err(|_| invalid(name))?;
        let (least, most) = (i64::from(*bounds.start()), i64::from(*bounds.end()));
        u32::try_from(number.clamp(least, most)).map_err(|_| invalid(name))
    }

    /// A rectangle `minLon,minLat,maxLon,maxLat` in degrees; `None` when it was not sent or is empty.
    ///
    /// # Errors
    /// 400 naming the parameter, as the contract words it.
    pub fn bounding_box(&self, name: &str) -> Result<Option<BoundingBox>, Problem> {
        let Some(text) = self.get(name).filter(|text| !text.is_empty()) else { return Ok(None) };
        let edges: Option<Vec<f64>> = text.split(',').map(|edge| edge.trim().parse().ok()).collect();
        match edges.as_deref() {
            Some(&[min_lon, min_lat, max_lon, max_lat])
                if min_lon <= max_lon
                    && min_lat <= max_lat
                    && min_lon >= -180.0
                    && max_lon <= 180.0
                    && min_lat >= -90.0
                    && max_lat <= 90.0 =>
            {
                Ok(Some(BoundingBox { min_lon, min_lat, max_lon, max_lat }))
            }
            _ => Err(invalid(name)),
        }
    }

    /// The query string with this value for a parameter, in place of any other.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> String {
        let others = self.0.iter().filter(|(key, _)| key != name);
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(others).append_pair(name, value).finish()
    }

    /// Anything that has a text form; `None` when it was not sent or is empty.
    ///
    /// # Errors
    /// 400 naming the parameter, as the contract words it.
    pub fn parse<T: std::str::FromStr>(&self, name: &str) -> Result<Option<T>, Problem> {
        match self.get(name) {
            None | Some("") => Ok(None),
            Some(value) => value.parse().map(Some).map_err(|_| invalid(name)),
        }
    }
}

/// 400 for a parameter that cannot be read.
#[must_use]
pub fn invalid(name: &str) -> Problem {
    Problem::invalid_parameter(format!("Invalid \"{name}\" parameter")).with_error_member()
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn parameters(query: &str) -> Parameters {
        Parameters::of(&TestRequest::with_uri(&format!("/?{query}")).to_http_request())
    }

    #[test]
    fn yes_and_no_have_several_words_and_an_empty_one_is_no() {
        for (text, expected) in [("1", true), ("on", true), ("Yes", true), ("", false), ("off", false), ("0", false)] {
            assert_eq!(parameters(&format!("a={text}")).boolean("a", !expected).ok(), Some(expected), "{text}");
        }
        assert_eq!(parameters("").boolean("a", true).ok(), Some(true));
        assert!(parameters("a=maybe").boolean("a", true).is_err());
    }

    #[test]
    fn numbers_out_of_bounds_are_taken_back_and_words_are_refused() {
        for (text, expected) in [("", 20), ("a=7", 7), ("a=-5", 1), ("a=0", 1), ("a=1000", 100)] {
            assert_eq!(parameters(text).clamped("a", 20, 1..=100).ok(), Some(expected), "{text}");
        }
        for text in ["a=abc", "a=", "a=1.5", "a=99999999999999999999"] {
            assert!(parameters(text).clamped("a", 20, 1..=100).is_err(), "{text}");
        }
    }

    #[test]
    fn texts_hold_no_null_character() {
        for (query, expected) in [("", None), ("a=", None), ("a=x%20y", Some("x y"))] {
            assert_eq!(parameters(query).text("a").ok(), Some(expected), "{query}");
        }
        assert!(parameters("a=x%00y").text("a").is_err());
    }

    #[test]
    fn one_parameter_is_replaced_and_the_others_stay() {
        assert_eq!(parameters("page=1&a=x%20y&page=2").with("page", "3"), "a=x+y&page=3");
        assert_eq!(parameters("").with("cursor", "é"), "cursor=%C3%A9");
    }

    #[test]
    fn lists_are_repeated_or_separated_by_commas() {
        assert_eq!(parameters("t=a,b&t=c&u=d").list("t"), Some(vec!["a", "b", "c"]));
        assert_eq!(parameters("t[]=a&t%5B%5D=b").list("t"), Some(vec!["a", "b"]));
        assert_eq!(parameters("t=").list("t"), Some(vec![]));
        assert_eq!(parameters("u=1").list("t"), None);
    }
}
