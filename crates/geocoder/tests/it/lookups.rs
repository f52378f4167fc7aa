//! Communes, streets, house numbers and crossings of the demonstration town.

use dialog_db::reference::{Bind, Statement, edition_of_commune, street_names_sql};
use dialog_geocoder::completion::Completion;
use dialog_geocoder::{crossing_streets, house_numbers, search_cities, search_streets};
use dialog_test_support::TestDatabase;
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};

use crate::support::TOWN;

async fn street_id(connection: &mut dialog_db::Connection, name: &str) -> String {
    let found = search_streets(connection, TOWN, name, 1).await.expect("streets");
    assert_eq!(found[0].road_name, name);
    found[0].road_ban_id.clone()
}

#[tokio::test]
async fn town_is_found_by_its_name_and_its_postcode_without_any_other_commune() {
    let database = TestDatabase::with_town().await;
    let mut connection = database.connection().await;
    for query in ["démo", "DEMOVILLE", "00001", "demovile"] {
        let cities = search_cities(&mut connection, query, 7).await.expect("cities");
        assert_eq!(cities.len(), 1, "{query}");
        assert_eq!((cities[0].code.as_str(), cities[0].label.as_str()), (TOWN, "Démoville (00001)"));
        assert!(cities[0].has_streets && (0.0..=1.0).contains(&cities[0].score), "{query}");
    }
    for query in ["", "d", "xyz", "%_", "…"] {
        assert_eq!(search_cities(&mut connection, query, 7).await.expect("cities"), [], "{query}");
    }
}

#[tokio::test]
async fn best_street_comes_first() {
    let database = TestDatabase::with_town().await;
    let mut connection = database.connection().await;
    for (query, best) in [
        ("rue de la république", "Rue de la République"),
        ("republ", "Rue de la République"),
        ("r de la rep", "Rue de la République"),
        ("bd europe", "Boulevard de l'Europe"),
        ("boulevard de l europe", "Boulevard de l'Europe"),
        ("av gal de gaulle", "Avenue du Général-de-Gaulle"),
        ("ste barbe", "Rue Sainte-Barbe"),
        ("st mart", "Rue Saint-Martin"),
        ("victor hugo", "Rue Victor-Hugo"),
        ("hugo victor", "Rue Victor-Hugo"),
        ("coeur", "Rue du Cœur-Volant"),
        ("abbe gregoire", "Rue de l'Abbé-Grégoire"),
        ("8 mai", "Rue du 8-Mai-1945"),
        ("mairie", "Place de la Mairie"),
        ("orfevrs", "Rue des Orfèvres"),
        ("taneur", "Rue des Tanneurs"),
        ("ru haute", "Rue Haute"),
    ] {
        let found = search_streets(&mut connection, TOWN, query, 10).await.expect("streets");
        assert_eq!(found.iter().map(|street| street.road_name.as_str()).next(), Some(best), "{query}");
        assert!(found.len() <= 10 && found.is_sorted_by(|a, b| a.score >= b.score), "{query}: {found:?}");
        assert!(found.iter().all(|street| (0.0..=1.0).contains(&street.score)), "{query}: {found:?}");
    }
    for (city, query) in [(TOWN, "r"), (TOWN, ""), (TOWN, "zzzz"), ("99999", "rue"), (TOWN, "100%")] {
        assert_eq!(search_streets(&mut connection, city, query, 10).await.expect("streets"), [], "{query}");
    }
}

#[tokio::test]
async fn house_numbers_are_in_natural_order() {
    let database = TestDatabase::with_town().await;
    let mut connection = database.connection().await;
    let street = street_id(&mut connection, "Rue de la République").await;
    let numbers = house_numbers(&mut connection, &street).await.expect("numbers").expect("a street");
    let leading: Vec<u32> = numbers
        .iter()
        .map(|number| number.trim_end_matches(|c: char| c.is_alphabetic()).parse().expect("a number"))
        .collect();
    assert!(leading.is_sorted() && leading.len() > 50, "{numbers:?}");
    let bis = numbers.iter().position(|number| number.ends_with("bis")).expect("a bis");
    assert_eq!(format!("{}bis", numbers[bis - 1]), numbers[bis]);
    assert_eq!(house_numbers(&mut connection, "00001_nothing").await.expect("numbers"), None);
    // Identifiers of the national address base come in both cases.
    assert!(house_numbers(&mut connection, &street.to_uppercase()).await.expect("numbers").is_some());
}

#[tokio::test]
async fn crossings_are_those_of_the_network_and_of_the_same_level() {
    let database = TestDatabase::with_town().await;
    let mut connection = database.connection().await;
    let quay = street_id(&mut connection, "Quai de la Bionne").await;
    let crossed = crossing_streets(&mut connection, &quay).await.expect("crossings").expect("a street");
    let hugo = crossed.iter().find(|street| street.road_name == "Rue Victor-Hugo").expect("it crosses the quay");
    assert_eq!(hugo.crossings.iter().map(|crossing| crossing.number).collect::<Vec<_>>(), [1, 2, 3]);
    assert!(hugo.crossings.is_sorted_by(|a, b| a.coordinates[0] < b.coordinates[0]), "from west to east");

    let viaduct = street_id(&mut connection, "Rue du Viaduc").await;
    let crossed = crossing_streets(&mut connection, &viaduct).await.expect("crossings").expect("a street");
    let names: Vec<_> = crossed.iter().map(|street| street.road_name.as_str()).collect();
    assert!(!names.contains(&"Chemin des Lavoirs"), "the viaduct passes above it: {names:?}");
    assert_eq!(
        names,
        [
            "Avenue du Général-de-Gaulle",
            "Quai de la Bionne",
            "Rue des Tanneurs",
            "Rue du Cœur-Volant",
            "Rue du Marché",
            "Rue Haute",
            "D31"
        ]
    );
    assert_eq!(crossing_streets(&mut connection, "00001_nothing").await.expect("crossings"), None);
}

#[tokio::test]
async fn names_of_a_commune_are_read_by_an_index() {
    let database = TestDatabase::with_town().await;
    let mut connection = database.connection().await;
    // A département beside the town: a hundred communes of two hundred streets.
    connection
        .batch_execute(
            "INSERT INTO reference.streets (edition_id, street_id, insee, name, norm_name, length_m)
             SELECT (SELECT max(edition_id) FROM reference.network_communes), insee || '_' || n, insee, name, lower(name), 100
             FROM (SELECT n, (38000 + n / 200)::text AS insee, 'Rue ' || md5(n::text) AS name
                   FROM generate_series(1, 20000) AS n) AS streets",
        )
        .await
        .expect("streets");
    connection.batch_execute("VACUUM ANALYZE reference.streets").await.expect("vacuum");
    let explain: &'static str = format!("EXPLAIN (COSTS OFF) {}", street_names_sql()).leak();
    let edition = edition_of_commune(&mut connection, TOWN).await.expect("an answer").expect("the town");
    let lines: Vec<String> =
        Statement::<diesel::sql_types::Text>::new(explain, [Bind::Integer(edition), Bind::Text("38050")])
            .load(&mut connection)
            .await
            .expect("a plan");
    let plan = lines.join("\n");
    assert!(plan.contains("Index") && !plan.contains("Seq Scan"), "{plan}");
}

#[tokio::test]
async fn streets_kept_in_memory_are_those_of_the_edition_in_use() {
    let database = TestDatabase::with_town().await;
    let mut connection = database.connection().await;
    let completion = Completion::default();
    assert!(completion.known(TOWN).is_none(), "nothing is known before it is asked for");
    let index = completion.read(&mut connection, TOWN).await.expect("streets");
    let expected = search_streets(&mut connection, TOWN, "rue", 10).await.expect("streets");
    assert_eq!(index.search("rue", 10), expected);
    assert_eq!(completion.known(TOWN).expect("kept").search("rue", 10), expected);

    assert_eq!(completion.read(&mut connection, "99999").await.expect("nothing").search("rue", 10), []);
    assert!(completion.known("99999").is_some(), "a commune without streets is not asked for again at once");

    let statement = "UPDATE reference.editions SET is_active = false WHERE kind = 'network'";
    connection.batch_execute(statement).await.expect("no edition");
    assert_eq!(completion.read(&mut connection, TOWN).await.expect("nothing").search("rue", 10), []);
}
