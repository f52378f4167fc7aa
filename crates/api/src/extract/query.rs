use std::future::{Ready, ready};
use std::ops::Deref;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use serde::de::DeserializeOwned;

use crate::problem::Problem;

/// The parameters of the query as a type; 400 with the name of the one that cannot be read.
#[derive(Clone, Debug)]
pub struct Query<T>(pub T);

impl<T> Query<T> {
    /// The parameters.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Query<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request.query_string()))
    }
}

fn read<T: DeserializeOwned>(text: &str) -> Result<Query<T>, Problem> {
    let parse = || url::form_urlencoded::parse(text.as_bytes());
    if let Some((name, _)) = parse().find(|(_, value)| value.contains('\0')) {
        return Err(Problem::null_character(&name));
    }
    let pairs = serde_urlencoded::Deserializer::new(parse());
    serde_path_to_error::deserialize(pairs).map(Query).map_err(|error| {
        let name = error.path().to_string();
        Problem::invalid_parameter(match name.as_str() {
            "." => "Un paramètre de la requête ne peut pas être lu.".to_owned(),
            name => format!("Le paramètre « {name} » ne peut pas être lu."),
        })
        .caused_by(error.into_inner())
    })
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Default, Deserialize)]
    #[serde(rename_all = "camelCase", default)]
    struct Parameters {
        page_size: Option<u32>,
        search: Option<String>,
    }

    #[test]
    fn parameters_are_read() {
        let Query(read) = read::<Parameters>("pageSize=20&search=a+b&other=1").unwrap();
        assert_eq!((read.page_size, read.search.as_deref()), (Some(20), Some("a b")));
        assert_eq!(super::read::<Parameters>("").unwrap().page_size, None);
    }

    fn refusal(text: &str) -> (u16, String) {
        let place = crate::problem::Place { base_url: "", path: "/", request_id: "", is_wire: false };
        let body = read::<Parameters>(text).unwrap_err().body(&place);
        (body.status, body.detail)
    }

    #[test]
    fn the_one_that_cannot_be_read_is_named() {
        for text in ["pageSize=many", "search=x&pageSize=-1", "pageSize="] {
            assert_eq!(refusal(text), (400, "Le paramètre « pageSize » ne peut pas être lu.".to_owned()));
        }
    }

    #[test]
    fn the_one_that_holds_the_null_character_is_named() {
        let told = "Le paramètre « search » contient le caractère nul (U+0000).".to_owned();
        assert_eq!(refusal("pageSize=2&search=rue%00haute"), (400, told));
    }
}
