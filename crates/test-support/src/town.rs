use dialog_geo::{Town, TownSize};
use dialog_geocoder::load;

use crate::database::template;

/// A template database with the demonstration town.
pub(crate) async fn town_template() -> String {
    template("town", &content(), async |url| load_town(&url).await).await
}

/// A template database with the town, and the demonstration accounts for an application of this secret.
#[cfg(feature = "app")]
pub(crate) async fn demonstration_template(app_secret: &str) -> String {
    let content = format!("{}{app_secret}{}", content(), include_str!("../../api/src/demo.rs"));
    template("demonstration", &content, async |url| fill(&url, app_secret).await).await
}

/// Makes of an empty database one with the tables, the demonstration town and its accounts, for an application of this
/// secret; for the clusters that tests start themselves.
#[cfg(feature = "app")]
pub async fn demonstrate(url: &str, app_secret: &str) {
    dialog_db::migrate(url).await.expect("migrating");
    fill(url, app_secret).await;
}

#[cfg(feature = "app")]
async fn fill(url: &str, app_secret: &str) {
    use dialog_api::{demo, secrets::Keys};

    load_town(url).await;
    let mut connection = crate::database::connect(url).await;
    let territories = demo::seed(&mut connection, &Keys::derive(app_secret)).await.expect("the accounts");
    assert_eq!(territories.len(), 1, "the town is the only territory of the tests");
}

async fn load_town(url: &str) {
    load::town(url, TownSize::Demonstration, &mut |_, _, _| {}).await.expect("loading the town");
}

/// What the town is made of: another generator makes another template.
fn content() -> String {
    let town = Town::demonstration();
    format!("{town:?}{:?}", town.roads())
}
