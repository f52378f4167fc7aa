//! Where a commune is, in words: `75, Paris, Île-de-France`.

use std::sync::Arc;
use std::time::Duration;

use dialog_db::Connection;
use dialog_db::reference::divisions::{self, Department};
use diesel::QueryResult;
use moka::sync::Cache;

use super::Place;

/// How long names are believed: départements change once in a generation, but their names may be loaded today.
const BELIEVED: Duration = Duration::from_secs(60);

/// Names of départements and regions asked for lately; cheap to clone.
#[derive(Clone, Debug)]
pub struct Contexts(Cache<Box<str>, Arc<str>>);

impl Default for Contexts {
    fn default() -> Self {
        Self(Cache::builder().max_capacity(200).time_to_live(BELIEVED).build())
    }
}

impl Contexts {
    /// Tells each place where it is. Where no département is loaded its code stands alone.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn tell(&self, connection: &mut Connection, places: &mut [Place]) -> QueryResult<()> {
        for place in places {
            place.context = match self.0.get(place.department.as_str()) {
                Some(known) => known.to_string(),
                None => {
                    let found = divisions::department(connection, &place.department).await?;
                    let text = words(&place.department, found);
                    self.0.insert(place.department.as_str().into(), text.as_str().into());
                    text
                }
            };
        }
        Ok(())
    }
}

fn words(code: &str, department: Option<Department>) -> String {
    let names = department.map(|Department { name, region, .. }| std::iter::once(name).chain(region));
    std::iter::once(code.to_owned()).chain(names.into_iter().flatten()).collect::<Vec<_>>().join(", ")
}
