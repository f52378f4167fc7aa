use dialog_api_types::app::{
    Author, AuthorKind, HistoryEntry, OrderView, VersionDifference, VersionSummary, VersionView,
};
use dialog_api_types::page::Page;
use dialog_domain::{Change, OrderAction};
use dialog_test_support::{TestApp, TestCaller};
use reqwest::Method;
use serde_json::{Value, json};

use super::bodies::{
    RECORDS, create_by_client, create_draft, form, form_measure, publish_by_session, regulation, send, street_section,
};

async fn history(member: &TestCaller, order: &OrderView, query: &str) -> Page<HistoryEntry> {
    member.get(&format!("{RECORDS}/{}/history?{query}", order.uuid)).await.expect(200).json()
}

async fn retitled(member: &TestCaller, order: &OrderView, title: &str) -> OrderView {
    let mut general = form(&order.identifier, vec![]);
    general["title"] = json!(title);
    let path = format!("{RECORDS}/{}", order.uuid);
    send(member, Method::PATCH, &path, order.revision, Some(&general)).await.expect(200).json()
}

async fn published(member: &TestCaller, order: &OrderView) -> OrderView {
    let path = format!("{RECORDS}/{}/publish", order.uuid);
    send(member, Method::POST, &path, order.revision, None).await.expect(200).json()
}

/// Three versions: as written, with another title, with another section. Then a change that is not published.
async fn three_versions(member: &TestCaller) -> OrderView {
    let first = publish_by_session(member, "A1").await;
    let second = published(member, &retitled(member, &first, "Foire de printemps").await).await;
    let mut measure = form_measure(street_section(member, "Rue de la République", "2", "10").await);
    measure["periods"][0]["uuid"] = json!(second.content.measures[0].periods[0].id);
    let path = format!("{RECORDS}/{}/measures/{}", second.uuid, second.content.measures[0].id);
    let moved: OrderView = send(member, Method::PUT, &path, second.revision, Some(&measure)).await.expect(200).json();
    let third = published(member, &moved).await;
    retitled(member, &third, "Pas encore").await
}

#[tokio::test]
async fn every_change_is_told_with_its_author_time_and_content() {
    let app = TestApp::start().await;
    let (member, owner) = (app.member().await, app.owner().await);
    let draft = create_draft(&member, "A1").await;
    let mut renamed = form("A2", vec![]);
    renamed["title"] = json!("Marché de Noël");
    let path = format!("{RECORDS}/{}", draft.uuid);
    let changed: OrderView =
        send(&owner, Method::PATCH, &path, draft.revision, Some(&renamed)).await.expect(200).json();
    let order = published(&member, &changed).await;

    let page = history(&member, &order, "").await;
    let lines: Vec<_> =
        page.items.iter().map(|entry| (entry.action, entry.revision, entry.version, entry.summary.as_str())).collect();
    assert_eq!(
        lines,
        [
            (OrderAction::Publish, 3, Some(1), "Arrêté publié"),
            (OrderAction::Update, 2, None, "Contenu modifié"),
            (OrderAction::Create, 1, None, "Brouillon créé"),
        ]
    );
    let person = |name: &str| Author { kind: AuthorKind::User, name: Some(name.to_owned()) };
    let me = member.get("/api/app/me").await.value()["user"]["fullName"].as_str().unwrap().to_owned();
    let them = owner.get("/api/app/me").await.value()["user"]["fullName"].as_str().unwrap().to_owned();
    let authors: Vec<&Author> = page.items.iter().map(|entry| &entry.author).collect();
    assert_eq!(authors, [&person(&me), &person(&them), &person(&me)]);
    assert_eq!(
        page.items[1].sentences,
        [
            "Le numéro « A1 » devient « A2 ».".to_owned(),
            format!("L'intitulé « {} » devient « Marché de Noël ».", draft.content.title),
        ]
    );
    assert!(page.items[0].sentences.is_empty() && page.items[2].sentences.is_empty());
    assert!(page.items.is_sorted_by(|later, earlier| later.occurred_at >= earlier.occurred_at));

    let second = history(&member, &order, "page=2&pageSize=1").await;
    assert_eq!((second.metadata.total_items, second.metadata.last_page), (3, 3));
    assert_eq!(second.items, page.items[1..2]);
    for query in ["page=0", "pageSize=0", "page=x"] {
        member.get(&format!("{path}/history?{query}")).await.problem(400, "invalid_parameter");
    }
}

#[tokio::test]
async fn programs_are_authors_and_a_publication_tells_what_changed_since_the_version_before() {
    let app = TestApp::start().await;
    let (member, client) = (app.member().await, app.api_client());
    let uuid = create_by_client(&client, "A1", "published").await;
    let mut body = regulation("A1", "published");
    body["title"] = json!("Titre corrigé");
    client.put("/api/regulations", &body).await.expect(200);
    let order: OrderView = member.get(&format!("{RECORDS}/{uuid}")).await.expect(200).json();
    let page = history(&member, &order, "").await;
    let actions: Vec<_> = page.items.iter().map(|entry| entry.action).collect();
    use OrderAction::{Create, Publish, Update};
    assert_eq!(actions, [Publish, Update, Publish, Create]);
    for entry in &page.items {
        assert_eq!((entry.author.kind, entry.author.name.is_some()), (AuthorKind::ApiClient, true));
    }
    let expected = [format!("L'intitulé « {} » devient « Titre corrigé ».", "Réfection de la chaussée")];
    assert_eq!(page.items[0].sentences, expected);
    assert_eq!(page.items[1].sentences, expected);
    assert_eq!(page.items[0].summary, "Modifications publiées (version 2)");
}

#[tokio::test]
async fn members_alone_read_the_history() {
    let app = TestApp::start().await;
    let (member, other) = (app.member().await, app.other_member().await);
    let order = publish_by_session(&member, "A1").await;
    let draft = create_draft(&member, "B1").await;
    let path = |order: &OrderView| format!("{RECORDS}/{}/history", order.uuid);
    app.anonymous().get(&path(&order)).await.problem(401, "unauthorized");
    other.get(&path(&order)).await.problem(403, "forbidden");
    other.get(&path(&draft)).await.problem(404, "not_found");
    app.super_admin().await.get(&path(&draft)).await.problem(404, "not_found");
    member.get(&format!("{RECORDS}/x/history")).await.problem(400, "invalid_parameter");
    app.owner().await.get(&path(&draft)).await.expect(200);
    let seen: OrderView = other.get(&format!("{RECORDS}/{}", order.uuid)).await.expect(200).json();
    let permissions = seen.permissions;
    assert!(!permissions.can_see_history && !permissions.can_duplicate && !permissions.can_repeal);
}

#[tokio::test]
async fn history_of_a_deleted_draft_forgets_what_it_said() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let draft = create_draft(&member, "A1").await;
    let draft = retitled(&member, &draft, "Secret").await;
    let path = format!("{RECORDS}/{}", draft.uuid);
    send(&member, Method::DELETE, &path, draft.revision, None).await.expect(204);
    member.get(&format!("{path}/history")).await.problem(404, "not_found");
    let kept = dialog_db::history::page(&mut app.database.connection().await, draft.uuid, 0, 10).await.unwrap();
    assert_eq!(kept.entries.len(), 3);
    assert!(kept.entries.iter().all(|entry| entry.after.is_none() && entry.before.is_none()));
}

#[tokio::test]
async fn versions_of_a_public_order_are_read_by_all_as_they_were() {
    let app = TestApp::start().await;
    let (member, anyone) = (app.member().await, app.anonymous());
    let order = three_versions(&member).await;
    let path = format!("{RECORDS}/{}/versions", order.uuid);
    let page: Page<VersionSummary> = anyone.get(&path).await.expect(200).json();
    let lines: Vec<_> = page.items.iter().map(|version| (version.number, version.title.as_str())).collect();
    assert_eq!(lines, [(3, "Foire de printemps"), (2, "Foire de printemps"), (1, "Réfection de la chaussée")]);
    let last: Page<VersionSummary> = anyone.get(&format!("{path}?page=3&pageSize=1")).await.expect(200).json();
    assert_eq!((last.items[0].number, last.metadata.total_items), (1, 3));

    let first: VersionView = anyone.get(&format!("{path}/1")).await.expect(200).json();
    assert_eq!((first.number, first.uuid, first.identifier.as_str()), (1, order.uuid, "A1"));
    assert_eq!(first.content.title, "Réfection de la chaussée");
    assert!(first.texts[0].locations[0].text.contains("n° 20"), "{:?}", first.texts);
    for unknown in ["4", "0", "-1"] {
        anyone.get(&format!("{path}/{unknown}")).await.problem(404, "not_found");
    }
    anyone.get(&format!("{path}/x")).await.problem(400, "invalid_parameter");

    // Gone with its order for everybody.
    send(&member, Method::DELETE, &format!("{RECORDS}/{}", order.uuid), order.revision, None).await.expect(204);
    for caller in [&anyone, &member] {
        for path in [path.clone(), format!("{path}/1"), format!("{path}/1/difference?with=2")] {
            caller.get(&path).await.problem(404, "not_found");
        }
    }
}

#[tokio::test]
async fn drafts_have_no_version_and_working_copies_are_for_members() {
    let app = TestApp::start().await;
    let (member, other, anyone) = (app.member().await, app.other_member().await, app.anonymous());
    let draft = create_draft(&member, "B1").await;
    let versions = format!("{RECORDS}/{}/versions", draft.uuid);
    let none: Page<VersionSummary> = member.get(&versions).await.expect(200).json();
    assert_eq!(none.metadata.total_items, 0);
    member.get(&format!("{versions}/1")).await.problem(404, "not_found");
    member.get(&format!("{versions}/1/difference?with=working-copy")).await.problem(404, "not_found");
    for caller in [&other, &anyone] {
        for path in [versions.clone(), format!("{versions}/1"), format!("{versions}/1/difference?with=1")] {
            caller.get(&path).await.problem(404, "not_found");
        }
    }
    let order = three_versions(&member).await;
    let working_copy = format!("{RECORDS}/{}/versions/3/difference?with=working-copy", order.uuid);
    for caller in [&other, &anyone] {
        caller.get(&working_copy).await.problem(404, "not_found");
    }
    let difference: VersionDifference = member.get(&working_copy).await.expect(200).json();
    assert_eq!((difference.from, difference.to), (3, None));
    assert_eq!(difference.sentences, ["L'intitulé « Foire de printemps » devient « Pas encore »."]);
}

#[tokio::test]
async fn difference_goes_from_the_earlier_to_the_later_version() {
    let app = TestApp::start().await;
    let (member, anyone) = (app.member().await, app.anonymous());
    let order = three_versions(&member).await;
    let path = format!("{RECORDS}/{}/versions", order.uuid);
    let between = async |number: i32, with: &str| -> VersionDifference {
        anyone.get(&format!("{path}/{number}/difference?with={with}")).await.expect(200).json()
    };
    let titles = between(1, "2").await;
    assert_eq!((titles.from, titles.to), (1, Some(2)));
    assert!(matches!(&titles.changes[..], [Change::Title { new, .. }] if new == "Foire de printemps"));
    assert_eq!(between(2, "1").await, titles);
    let all = between(3, "1").await;
    assert_eq!(all.changes.len(), 2);
    assert!(all.sentences[1].contains("n° 20") && all.sentences[1].contains("n° 10"), "{:?}", all.sentences);
    assert!(between(2, "2").await.changes.is_empty());
    for with in ["", "0", "-1", "x", "99999999999"] {
        anyone.get(&format!("{path}/1/difference?with={with}")).await.problem(400, "invalid_parameter");
    }
    anyone.get(&format!("{path}/1/difference")).await.problem(400, "invalid_parameter");
    anyone.get(&format!("{path}/1/difference?with=9")).await.problem(404, "not_found");
}

#[tokio::test]
async fn publication_answers_what_it_changed() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let draft = create_draft(&member, "A1").await;
    assert!(draft.publication.is_none());
    let first = published(&member, &draft).await;
    let report = first.publication.clone().unwrap();
    assert_eq!((report.version, report.is_new, report.changes.len()), (1, true, 0));
    let second = published(&member, &retitled(&member, &first, "Foire").await).await;
    let report = second.publication.clone().unwrap();
    assert_eq!((report.version, report.is_new), (2, true));
    assert_eq!(report.sentences, ["L'intitulé « Réfection de la chaussée » devient « Foire »."]);
    let again = published(&member, &second).await;
    let report = again.publication.unwrap();
    assert_eq!((report.version, report.is_new, report.changes.len()), (2, false, 0));
    let read: Value = member.get(&format!("{RECORDS}/{}", draft.uuid)).await.expect(200).json();
    assert!(read.get("publication").is_none());
}
