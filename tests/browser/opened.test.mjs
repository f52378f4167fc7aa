// States that no journey of its own goes through: what waits, what fails, what opens. Each is looked at by axe and kept as
// a picture; the table of all of them is support/states.mjs.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { call, password } from "./support/application.mjs";
import { checkAccess, close, openBrowser, openPage, phone, picture, scenario } from "./support/browser.mjs";
import { choose, isWrong, logInAsMember, newMeasure, orderOf, town } from "./support/clerk.mjs";
import { pushMany } from "./support/orders.mjs";

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

// Seen by axe, and kept.
async function seen(page, state, options) {
  await checkAccess(page, state);
  await picture(page, `state-${state.replace(/[^a-z0-9]+/gi, "-")}`, options);
}

const inside = { whole: false };
const down = (route) => route.fulfill({ status: 503, body: "" });

// Keeps what is asked at these addresses until the test lets it go.
async function hold(page, pattern) {
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await page.route(pattern, async (route) => {
    await held;
    await route.continue().catch(() => {});
  });
  return release;
}

async function member(viewport) {
  const page = await openPage(browser, { viewport });
  await logInAsMember(page);
  return page;
}

async function form(order) {
  const page = await member();
  await newMeasure(page, { title: "États du formulaire", ...order });
  return page;
}

// A new draft of one measure, as a member sees it.
async function draft(count = 1) {
  const { uuid } = await pushMany(`ETAT-${Date.now()}`, count, "draft");
  const page = await member();
  await page.goto(`/regulations/${uuid}`);
  await page.getByRole("heading", { level: 2, name: "Dispositif" }).waitFor();
  return page;
}

scenario("a login without a word, and without a server", async () => {
  const page = await openPage(browser);
  await page.goto("/login");
  await page.getByRole("button", { name: "Se connecter" }).click();
  await page.getByText("Indiquez votre adresse électronique.").waitFor();
  await seen(page, "the login form without anything typed");
  const [mistake, show] = [await page.getByText("Indiquez votre mot de passe.").boundingBox(), await page.getByText("Afficher le mot de passe").boundingBox()];
  assert.ok(mistake.y + mistake.height <= show.y, "the mistake stands above what shows the password");
  await page.route("**/api/login", down);
  await page.getByLabel("Adresse électronique").fill("agent@dialog.test");
  await page.getByLabel("Mot de passe", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Se connecter" }).click();
  await page.getByText("Service momentanément indisponible").waitFor();
  await seen(page, "the login form while the server is down");
  await close(page);
});

scenario("a list that waits, the menu of a member, a deletion that is told", async () => {
  const { uuid } = await pushMany(`ETAT-LISTE-${Date.now()}`, 1, "draft");
  const page = await member(phone);
  await seen(page, "the list of a member");
  const release = await hold(page, "**/api/app/regulation-records?*");
  await page.goto("/regulations?search=ETAT-LISTE");
  await page.locator(".dl-skeleton").waitFor();
  await seen(page, "the list while it is loaded", inside);
  release();
  await page.locator("#resultats").waitFor();
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("button", { name: "Se déconnecter" }).locator("visible=true").waitFor();
  await seen(page, "the menu of a member", inside);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^Supprimer l’arrêté ETAT-LISTE/ }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: "Supprimer", exact: true }).click();
  await page.getByText(/L’arrêté ETAT-LISTE-\d+ est supprimé\./).waitFor();
  await seen(page, "a list after a deletion", inside);
  assert.equal((await page.request.get(`/api/app/regulation-records/${uuid}`)).status(), 404);
  await close(page);
});

scenario("an order that is created with mistakes, then while the server is down", async () => {
  const page = await member();
  await page.goto("/regulations/add");
  const identifier = page.getByLabel("Identifiant");
  await page.waitForFunction((input) => input.value !== "", await identifier.elementHandle());
  await identifier.fill("");
  await page.getByRole("button", { name: "Continuer" }).click();
  await isWrong(page.getByLabel("Intitulé"));
  await seen(page, "the creation of an order with its mistakes");
  await identifier.fill(`ETAT-${Date.now()}`);
  await page.getByLabel("Nature de l’arrêté").selectOption({ label: "Réglementation temporaire" });
  await page.getByLabel("Intitulé").fill("Sans serveur");
  await page.route("**/api/app/regulation-records", down);
  await page.getByRole("button", { name: "Continuer" }).click();
  await page.getByText("Service momentanément indisponible").waitFor();
  await seen(page, "a new order that the server did not take");
  assert.equal(await page.getByLabel("Intitulé").inputValue(), "Sans serveur");
  await close(page);
});

scenario("an order that waits, that does not come, that waits to be published, that loses something", async () => {
  const { uuid } = await pushMany(`ETAT-PUBLIE-${Date.now()}`, 2);
  const page = await openPage(browser);
  const address = `**/api/app/regulation-records/${uuid}`;
  const release = await hold(page, address);
  await page.goto(`/regulations/${uuid}`);
  await page.locator(".dl-skeleton").waitFor();
  await seen(page, "an order while it is loaded", inside);
  release();
  await page.getByRole("heading", { level: 2, name: "Dispositif" }).waitFor();
  await page.unroute(address);
  await page.getByText(/éléments? non transmis/).first().click();
  await seen(page, "an order with its losses");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copier le lien" }).click();
  await page.getByText("Lien copié.").waitFor();
  await seen(page, "a link that is copied");
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), page.url());
  await page.route(address, down);
  await page.reload();
  await page.getByText("Service momentanément indisponible").waitFor();
  await seen(page, "an order that did not come");
  await page.unroute(address);
  await page.getByRole("button", { name: "Réessayer" }).click();
  await page.getByRole("heading", { level: 2, name: "Dispositif" }).waitFor();
  await close(page);
});

scenario("general information as a form and with its mistakes, a measure that is copied", async () => {
  const page = await draft();
  await page.getByRole("button", { name: "Modifier les informations générales" }).click();
  await page.getByLabel("Intitulé").waitFor();
  await seen(page, "general information as a form");
  await page.getByLabel("Intitulé").fill("");
  await page.getByRole("button", { name: "Valider" }).click();
  await isWrong(page.getByLabel("Intitulé"));
  await seen(page, "general information with its mistakes");
  await page.getByRole("button", { name: "Annuler" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Quitter" }).click();
  await page.getByRole("button", { name: "Dupliquer la mesure 1" }).click();
  await page.getByText("La mesure est copiée").waitFor();
  await seen(page, "a measure that is copied");
  assert.equal((await orderOf(page)).content.measures.length, 2);
  await close(page);
});

scenario("a publication that lacks something, comes too late, finds no server", async () => {
  const empty = await form();
  const { uuid } = await orderOf(empty);
  await empty.goto(`/regulations/${uuid}`);
  await empty.getByRole("button", { name: "Publier", exact: true }).click();
  await empty.getByRole("dialog").getByText("Il manque quelque chose pour publier").waitFor();
  await seen(empty, "what is missing before a publication", inside);
  await close(empty);

  const page = await draft();
  const order = await orderOf(page);
  await page.getByRole("button", { name: "Publier", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Publier cet arrêté ?" });
  await dialog.waitFor();
  const { csrfToken } = await (await page.request.get("/api/app/me")).json();
  const changed = await page.request.patch(`/api/app/regulation-records/${order.uuid}`, {
    headers: { "X-CSRF-Token": csrfToken, "If-Match": `"${order.revision}"` },
    data: { identifier: order.identifier, category: "permanentRegulation", title: "Changé par un collègue" },
  });
  assert.equal(changed.status(), 200, await changed.text());
  await dialog.getByRole("button", { name: "Publier", exact: true }).click();
  await dialog.getByText("relisez-le, puis publiez", { exact: false }).waitFor();
  await dialog.getByText("Changé par un collègue").waitFor();
  await seen(page, "a publication that came too late", inside);
  assert.equal((await orderOf(page)).status, "draft", "nothing that nobody read is published");
  await page.route("**/publish", down);
  await dialog.getByRole("button", { name: "Publier", exact: true }).click();
  await dialog.getByText("Service momentanément indisponible").waitFor();
  await seen(page, "a publication while the server is down", inside);
  await page.unroute("**/publish");
  await dialog.getByRole("button", { name: "Publier", exact: true }).click();
  await page.getByText("L’arrêté est publié").waitFor();
  const { json } = await call("GET", `/api/app/regulation-records/${order.uuid}`);
  assert.deepEqual([json.status, json.content.title], ["published", "Changé par un collègue"]);
  await close(page);
});

scenario("an official document to choose, and one that did not arrive", async () => {
  const page = await draft();
  await page.getByRole("button", { name: "Joindre l’arrêté officiel" }).click();
  const dialog = page.getByRole("dialog", { name: "Joindre l’arrêté officiel" });
  await dialog.waitFor();
  await seen(page, "a document to choose", inside);
  await dialog.getByLabel("Fichier", { exact: false }).last().setInputFiles({ name: "arrete.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n") });
  await page.route("**/document*", (route) => route.abort());
  await page.route("**/storage*", (route) => route.abort());
  await dialog.getByRole("button", { name: "Joindre le document" }).click();
  await dialog.getByText("Le serveur ne répond pas").waitFor();
  await seen(page, "a document that did not arrive", inside);
  assert.equal((await orderOf(page)).document, null);
  await close(page);
});

scenario("a measure that waits, does not come, has nothing typed, is not there", async () => {
  const page = await draft();
  const { uuid } = await orderOf(page);
  const address = `**/api/app/regulation-records/${uuid}`;
  const release = await hold(page, address);
  await page.goto(`/regulations/${uuid}/mesures/nouvelle`);
  await page.locator(".dl-skeleton").waitFor();
  await seen(page, "a measure while it is loaded", inside);
  release();
  await page.getByRole("heading", { level: 1, name: "Nouvelle mesure" }).waitFor();
  await page.unroute(address);
  await page.getByRole("button", { name: "Enregistrer la mesure" }).click();
  await page.getByText(/corrections sont nécessaires/).waitFor();
  await seen(page, "a measure without anything typed");
  await page.route(address, down);
  await page.reload();
  await page.getByText("Service momentanément indisponible").waitFor();
  await seen(page, "a measure that did not come");
  await page.unroute(address);
  await page.goto(`/regulations/${uuid}/mesures/019b0000-0000-7000-8000-00000000ffff`);
  await page.getByRole("heading", { level: 1, name: "Page introuvable" }).waitFor();
  await seen(page, "a measure that does not exist");
  await page.goto(`/regulations/${uuid}`);
  await page.getByRole("link", { name: "Modifier la mesure 1" }).click();
  await page.getByRole("heading", { level: 1, name: "Modifier la mesure" }).waitFor();
  await page.getByText(/Rue Pasteur.*\(/).first().waitFor();
  await seen(page, "a measure that is edited");
  await close(page);
});

scenario("each kind of location with its mistakes", async () => {
  const page = await form();
  for (const [label, state] of [
    ["Voie", "a street with its mistakes"], ["Route départementale", "a departmental road with its mistakes"],
    ["Route nationale", "a national road with its mistakes"], ["Tracé libre (GeoJSON)", "a drawing with its mistakes"],
    ["Ville entière", "a whole city with its mistakes"], ["Zone", "a zone with its mistakes"],
  ]) {
    await page.getByLabel("Type de localisation").selectOption({ label });
    await page.getByRole("button", { name: "Enregistrer la mesure" }).click();
    const location = page.getByRole("group", { name: "Localisation 1", exact: true });
    await location.locator("[aria-invalid='true']").first().waitFor();
    await location.getByText("À corriger").waitFor();
    await seen(page, state);
  }
  assert.equal((await orderOf(page)).content.measures.length, 0);
  await close(page);
});

scenario("every list to choose from, open; a search that finds nothing, and one that fails", async () => {
  const page = await form();
  const field = (name) => page.getByRole("combobox", { name });
  const open = async (name, typed, state) => {
    await field(name).fill(typed);
    await page.getByRole("listbox", { name }).getByRole("option").first().waitFor();
    await seen(page, state, inside);
  };
  await open("Ville ou code postal", "démo", "communes to choose from");
  await choose(page, "Ville ou code postal", town.city.typed, town.city.label);
  await open("Voie", "rue", "streets to choose from");
  await field("Voie").fill("qqqqxx");
  await page.getByText("Aucun résultat").first().waitFor();
  await seen(page, "nothing to choose from", inside);
  await page.route("**/api/geo/streets*", down);
  await field("Voie").fill("rue pas");
  await page.getByRole("button", { name: "Réessayer" }).waitFor();
  await seen(page, "a completion that failed", inside);
  await page.unroute("**/api/geo/streets*");
  await page.getByRole("button", { name: "Réessayer" }).click();
  await page.getByRole("option", { name: "Rue Pasteur" }).waitFor();
  await page.getByLabel("Type de localisation").selectOption({ label: "Route départementale" });
  await page.getByLabel("Gestionnaire").selectOption({ label: "Démonstration" });
  await open("Numéro de la départementale", "31", "roads to choose from");
  await choose(page, "Numéro de la départementale", "31", "D31");
  await field("PR du point A").focus();
  await page.getByRole("option", { name: "0", exact: true }).waitFor();
  await seen(page, "points of a road to choose from", inside);
  await close(page);
});

scenario("a new measure that the server does not take stays in its form, then goes through", async () => {
  const page = await form({ category: "Réglementation permanente" });
  await page.getByLabel("Type de restriction").selectOption({ label: "Stationnement interdit" });
  await page.getByText("Tous les véhicules", { exact: true }).click();
  await page.getByLabel("Date de début").fill("2027-01-04");
  await choose(page, "Ville ou code postal", town.city.typed, town.city.label);
  await choose(page, "Voie", town.street.typed, town.street.label);
  await page.route("**/measures", down);
  await page.getByRole("button", { name: "Enregistrer la mesure" }).click();
  await page.getByText("Service momentanément indisponible").waitFor();
  await seen(page, "a measure that the server did not take");
  assert.equal((await orderOf(page)).content.measures.length, 0);
  await page.unroute("**/measures");
  await page.getByRole("button", { name: "Enregistrer la mesure" }).click();
  await page.getByText("La mesure est enregistrée.").waitFor();
  assert.equal((await orderOf(page)).content.measures[0].type, "parkingProhibited");
  await close(page);
});
