// What the screens say of bad input, and that nothing typed is lost.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { day } from "./support/application.mjs";
import { checkAccess, close, openBrowser, openPage, picture, ready, scenario } from "./support/browser.mjs";
import { chooseVehicles, choose, fillMeasure, fillStreet, logIn, logInAsMember, newMeasure, newOrder, save } from "./support/clerk.mjs";

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

const place = {
  city: { typed: "démo", label: "Démoville (00001)" }, street: { typed: "past", label: "Rue Pasteur" },
  from: "2", to: "20", start: day(1), end: day(30),
};

// The messages under the fields and in the summary above the form.
const messages = (page) => page.locator(".fr-message--error").allInnerTexts();
async function waitForMessage(page, text) {
  await page.locator(".fr-message--error", { hasText: text }).first().waitFor();
}

async function openMeasure() {
  const page = await openPage(browser);
  await logInAsMember(page);
  const identifier = await newMeasure(page, { title: "Essai de saisie" });
  return { page, identifier };
}

scenario("a wrong password is said, and the address stays in the form", async () => {
  const page = await openPage(browser);
  await logIn(page, "agent@dialog.test", "ce-n-est-pas-le-bon");
  await page.getByText("Identifiants invalides").waitFor();
  assert.equal(await page.getByLabel("Adresse électronique").inputValue(), "agent@dialog.test");
  await checkAccess(page, "the login form after a refusal");
  await picture(page, "refused-login");
  await close(page);
});

scenario("a page for members sends to the login, then back", async () => {
  const page = await openPage(browser);
  await page.goto("/regulations/add");
  await page.getByRole("link", { name: "Se connecter" }).or(page.getByLabel("Adresse électronique")).first().waitFor();
  if (!page.url().includes("/login")) await page.getByRole("main").getByRole("link", { name: "Se connecter" }).click();
  await page.getByLabel("Adresse électronique").fill("agent@dialog.test");
  await page.getByLabel("Mot de passe", { exact: true }).fill("demonstration-dialog");
  await page.getByRole("button", { name: "Se connecter" }).click();
  await page.getByRole("button", { name: "Continuer" }).waitFor();
  await close(page);
});

scenario("a session that expires while typing keeps the form, and the save goes through after the login", async () => {
  const { page } = await openMeasure();
  await fillMeasure(page, place);
  await page.context().clearCookies();
  await save(page);
  const dialog = page.getByRole("dialog", { name: "Votre session a expiré" });
  await dialog.waitFor();
  await checkAccess(page, "the dialog of an expired session");
  await picture(page, "expired-session");
  await dialog.getByLabel("Mot de passe", { exact: true }).fill("ce-n-est-pas-le-bon");
  await dialog.getByRole("button", { name: "Se connecter" }).click();
  await dialog.getByText("Identifiants invalides").waitFor();
  await checkAccess(page, "the dialog of an expired session after a refusal");
  await dialog.getByLabel("Mot de passe", { exact: true }).fill("demonstration-dialog");
  await dialog.getByRole("button", { name: "Se connecter" }).click();
  await page.getByText("La mesure est enregistrée.").waitFor();
  await page.getByText("Rue Pasteur du n° 2 au n° 20").first().waitFor();
  await close(page);
});

scenario("an unknown commune or street is not in the list, and cannot be saved", async () => {
  const { page } = await openMeasure();
  const city = page.getByRole("combobox", { name: "Ville ou code postal" });
  await city.pressSequentially("zzzzzz");
  await page.getByText("Aucun résultat").first().waitFor();
  await choose(page, "Ville ou code postal", place.city.typed, place.city.label);
  const street = page.getByRole("combobox", { name: "Voie" });
  await street.pressSequentially("qqqqxx");
  await page.getByText("Aucun résultat").first().waitFor();
  await save(page);
  const field = page.getByRole("combobox", { name: "Voie" });
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  await checkAccess(page, "a form with its mistakes");
  await picture(page, "refused-street");
  await close(page);
});

scenario("a house number that does not exist is said on its field", async () => {
  const { page } = await openMeasure();
  await fillMeasure(page, { ...place, to: "99999" });
  await save(page);
  await waitForMessage(page, /99999|Ce numéro/);
  await picture(page, "refused-number");
  await close(page);
});

scenario("an end before the start, no weight, no day: each on its field, in the summary too", async () => {
  const { page } = await openMeasure();
  await page.getByLabel("Type de restriction").selectOption({ label: "Circulation interdite" });
  await chooseVehicles(page, ["Poids"]);
  await page.getByLabel("Date de début").fill(day(10));
  await page.getByLabel("Date de fin").fill(day(3));
  await page.getByText("Certains jours").click();
  await fillStreet(page, place);
  await save(page);
  const weight = page.getByLabel("Poids total autorisé en charge, en tonnes");
  for (const field of [weight, page.getByLabel("Date de fin")]) {
    await field.page().waitForFunction((input) => input.getAttribute("aria-invalid") === "true", await field.elementHandle());
  }
  assert.ok((await messages(page)).length >= 3);
  // The summary leads to the field.
  await page.getByRole("link", { name: /Poids/ }).first().click();
  assert.ok(await weight.evaluate((input) => input === document.activeElement));
  await checkAccess(page, "a form with several mistakes");
  await picture(page, "refused-measure");

  await weight.fill("3,5");
  await page.getByLabel("Date de fin").fill(day(20));
  await page.getByRole("button", { name: "Du lundi au vendredi" }).click();
  await save(page);
  await page.getByText("La mesure est enregistrée.").waitFor();
  await close(page);
});

scenario("an identifier that exists is refused on its field, and the rest stays", async () => {
  const { page, identifier } = await openMeasure();
  await newOrder(page, { identifier, title: "Le même numéro" });
  await page.waitForFunction(() => document.querySelector("#champ-identifier")?.getAttribute("aria-invalid") === "true");
  assert.equal(await page.getByLabel("Intitulé").inputValue(), "Le même numéro");
  await picture(page, "refused-identifier");
  await close(page);
});

scenario("a line outside the organization's territory is refused, and nothing is saved", async () => {
  const { page } = await openMeasure();
  await page.getByLabel("Type de restriction").selectOption({ label: "Circulation interdite" });
  await page.getByText("Tous les véhicules", { exact: true }).click();
  await page.getByLabel("Date de début").fill(place.start);
  await page.getByLabel("Date de fin").fill(place.end);
  await page.getByLabel("Type de localisation").selectOption({ label: "Tracé libre (GeoJSON)" });
  await page.getByLabel("Descriptif", { exact: false }).fill("Vieux-Port");
  const geometry = page.locator("textarea").last();
  await geometry.evaluate((area) => { for (let above = area; above; above = above.parentElement) if (above.tagName === "DETAILS") above.open = true; });
  await geometry.fill('{"type":"LineString","coordinates":[[5.3698,43.2951],[5.3745,43.2963]]}');
  await save(page);
  await waitForMessage(page, /territoire|périmètre/);
  await picture(page, "refused-perimeter");
  await close(page);
});

scenario("another organization's draft does not exist", async () => {
  const { page } = await openMeasure();
  const draft = page.url().match(/regulations\/[0-9a-f-]{36}/)[0];
  await close(page);
  const neighbour = await openPage(browser);
  await logInAsMember(neighbour, "agent@voisine.test");
  await neighbour.goto(`/${draft}`);
  await ready(neighbour);
  assert.match(await neighbour.getByRole("heading", { level: 1 }).innerText(), /introuvable|n’existe pas/i);
  await checkAccess(neighbour, "a page that does not exist");
  await picture(neighbour, "not-found");
  await close(neighbour);
});

scenario("what was typed is not lost by a wrong click: leaving asks first", async () => {
  const { page } = await openMeasure();
  await page.getByLabel("Type de restriction").selectOption({ label: "Circulation interdite" });
  await page.getByRole("link", { name: "Annuler" }).click();
  const dialog = page.getByRole("dialog", { name: "Quitter sans enregistrer ?" });
  await dialog.getByRole("button", { name: "Continuer la saisie" }).click();
  assert.notEqual(await page.getByLabel("Type de restriction").inputValue(), "");
  await close(page);
});
