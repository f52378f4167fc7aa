// Journeys 51 to 54, beyond the map: every page by keyboard, a phone of 360 px, what others may not see, an API that is down.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { call, day } from "./support/application.mjs";
import { close, desktop, openBrowser, openPage, phone, picture, ready, scenario } from "./support/browser.mjs";
import { assertValue, fillPeriod, fillStreet, logInAsMember, newMeasure, orderOf, reach, save, saved, town } from "./support/clerk.mjs";
import { push } from "./support/orders.mjs";

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

const open = [
  "/", "/login", "/regulations", "/carte", "/contact", "/accessibilite", "/mentions-legales", "/politique-de-confidentialite",
  "/conditions-generales-d-utilisation", "/ecoconception", "/documentation-api", "/nulle-part",
];
const focused = (page) => page.evaluate(() => {
  const node = document.activeElement;
  return { text: node.textContent.trim(), inHeader: Boolean(node.closest("header")), inDialog: Boolean(node.closest("dialog")) };
});

// The links to content, menu and foot of the page come first, then its header; nothing on the way is without a name.
async function walk(page, path) {
  await page.goto(path);
  await ready(page);
  // As after a first load: nothing has the focus.
  await page.evaluate(() => document.activeElement?.blur());
  for (const name of ["Contenu", "Menu", "Pied de page"]) {
    await page.keyboard.press("Tab");
    assert.equal((await focused(page)).text, name, path);
  }
  await page.keyboard.press("Tab");
  assert.ok((await focused(page)).inHeader, `${path}: the header comes after the skip links`);
  const seen = new Set();
  for (let keys = 0; keys < 12; keys += 1) {
    const name = await page.evaluate(() => {
      const node = document.activeElement;
      const label = node.getAttribute("aria-label") ?? node.labels?.[0]?.textContent ?? node.title ?? "";
      const { width, height } = node.getBoundingClientRect();
      return node === document.body || width * height === 0 ? "–" : label || node.textContent.trim();
    });
    assert.ok(name, `${path}: key ${keys} leads to something without a name`);
    seen.add(name);
    await page.keyboard.press("Tab");
  }
  assert.ok(seen.size > 5, `${path}: ${[...seen]}`);
}

for (const size of [desktop, phone]) {
  const at = `at ${size.width} px`;

  scenario(`journey 51 ${at}: on every page the keys lead to the skip links, then the header, then what has a name`, async () => {
    const page = await openPage(browser, { viewport: size });
    for (const path of open) await walk(page, path);
    await logInAsMember(page);
    await newMeasure(page, { title: "Au clavier" });
    const { uuid } = await orderOf(page);
    for (const path of ["/regulations", "/regulations/add", `/regulations/${uuid}`, `/regulations/${uuid}/mesures/nouvelle`]) await walk(page, path);
    await close(page);
  });

  scenario(`journey 51 ${at}: a skip link leads where it says, menus close with Escape, dialogs keep and return the focus`, async () => {
    const page = await openPage(browser, { viewport: size });
    await logInAsMember(page);
    for (const [rank, id] of ["contenu", size === phone ? "bouton-menu" : "navigation-principale", "pied-de-page"].entries()) {
      await page.goto("/regulations");
      await ready(page);
      for (let keys = 0; keys <= rank; keys += 1) await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await page.waitForFunction((id) => document.activeElement.id === id, id);
    }
    const menu = size === phone ? page.getByRole("button", { name: "Menu", exact: true }) : page.getByRole("banner").getByRole("button", { name: "Dominique Agent" });
    await menu.press("Enter");
    assert.equal(await menu.getAttribute("aria-expanded"), "true");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Escape");
    assert.equal(await menu.getAttribute("aria-expanded"), "false");
    assert.ok(await menu.evaluate((node) => node === document.activeElement));

    await newMeasure(page, { title: "Dialogues au clavier" });
    const { uuid } = await orderOf(page);
    await page.goto(`/regulations/${uuid}`);
    for (const name of ["Publier", "Supprimer l’arrêté", "Joindre l’arrêté officiel"]) {
      const button = page.getByRole("button", { name, exact: true });
      await reach(page, button);
      await page.keyboard.press("Enter");
      await page.getByRole("dialog").waitFor();
      for (let keys = 0; keys < 8; keys += 1) {
        await page.keyboard.press("Tab");
        const { inDialog, text } = await focused(page);
        const isBrowser = await page.evaluate(() => document.activeElement === document.body);
        assert.ok(inDialog || isBrowser, `${name}: the focus left the dialog for ${text}`);
      }
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "hidden" });
      assert.ok(await button.evaluate((node) => node === document.activeElement), `${name}: the focus comes back`);
    }
    assert.equal((await orderOf(page)).status, "draft", "nothing was done");
    await close(page);
  });

  scenario(`journey 53 ${at}: a draft of others does not exist, what they published cannot be changed`, async () => {
    const mine = await openPage(browser, { viewport: size });
    await logInAsMember(mine);
    const identifier = await newMeasure(mine, { title: "Intitulé confidentiel" });
    const { uuid } = await orderOf(mine);
    await close(mine);
    const page = await openPage(browser, { viewport: size });
    await logInAsMember(page, "agent@voisine.test");
    for (const path of ["", "/mesures/nouvelle", "/mesures/019b0000-0000-7000-8000-00000000ffff"]) {
      await page.goto(`/regulations/${uuid}${path}`);
      await page.getByRole("heading", { level: 1, name: "Page introuvable" }).waitFor();
      assert.equal(await page.getByText(/confidentiel/).or(page.getByText(identifier)).count(), 0, path);
    }
    const { csrfToken } = await (await page.request.get("/api/app/me")).json();
    const headers = { "X-CSRF-Token": csrfToken, "If-Match": '"1"' };
    for (const [method, path] of [["GET", ""], ["GET", "/history"], ["GET", "/diffusion"], ["PATCH", ""], ["DELETE", ""], ["POST", "/publish"], ["POST", "/measures"]]) {
      const answer = await page.request.fetch(`/api/app/regulation-records/${uuid}${path}`, { method, headers, data: method === "GET" ? undefined : {} });
      assert.ok([404, 400, 422].includes(answer.status()), `${method} ${path}: ${answer.status()}`);
      assert.doesNotMatch(await answer.text(), /confidentiel/);
    }
    await push(`AUTRUI-${size.width}`, { title: "Publié pour tous", from: -1, to: 2 });
    // A member lists the orders of their organizations, and those of all when they ask for them.
    await page.goto(`/regulations?search=AUTRUI-${size.width}`);
    await page.locator("#resultats").filter({ hasText: "Aucun arrêté" }).waitFor();
    if (size === phone) await page.getByRole("button", { name: "Filtrer et trier" }).click();
    await page.getByLabel("Organisation", { exact: true }).selectOption({ label: "Toutes les organisations" });
    await page.waitForURL(/organizationUuid=all/);
    await page.getByRole("link", { name: `Voir l’arrêté AUTRUI-${size.width}` }).click();
    await page.getByRole("heading", { level: 2, name: "Dispositif" }).waitFor();
    assert.equal(await page.getByRole("button", { name: /Modifier|Publier|Supprimer|Abroger|Dupliquer/ }).count(), 0);
    await page.goto(`${page.url()}/mesures/nouvelle`);
    await page.getByRole("heading", { level: 1, name: "Accès refusé" }).waitFor();
    await close(page);
  });

  scenario(`journey 54 ${at}: the server stops while a measure is typed; nothing is lost, and the next try saves it`, async () => {
    const page = await openPage(browser, { viewport: size });
    await logInAsMember(page);
    await newMeasure(page, { title: "Panne" });
    await page.getByLabel("Type de restriction").selectOption({ label: "Circulation interdite" });
    await page.getByText("Tous les véhicules", { exact: true }).click();
    await fillPeriod(page, { start: day(1), end: day(5) });
    await fillStreet(page, town);
    await page.getByText(/Rue Pasteur du n° 2 au n° 20 \(/).first().waitFor();
    await page.context().setOffline(true);
    await page.getByText("Vous êtes hors connexion.", { exact: false }).waitFor();
    await save(page);
    await page.getByText("Le serveur ne répond pas").first().waitFor();
    await assertValue(page.getByRole("combobox", { name: "Voie" }), "Rue Pasteur");
    await picture(page, `offline-measure-${size.width}`);
    await page.context().setOffline(false);
    assert.equal((await orderOf(page)).content.measures.length, 0);
    await save(page);
    await saved(page);
    assert.equal((await orderOf(page)).content.measures[0].locations[0].asked.to.number, "20");

    await page.route("**/api/app/regulation-records?*", (route) => route.fulfill({ status: 502, body: "" }));
    await page.goto("/regulations");
    await page.getByText("Service momentanément indisponible").waitFor();
    // Who the person is comes after the list was asked for, and the list is asked for again.
    await page.waitForLoadState("networkidle");
    await page.unroute("**/api/app/regulation-records?*");
    await reach(page, page.getByRole("button", { name: "Réessayer" }));
    await page.keyboard.press("Enter");
    await page.locator("#resultats").waitFor();
    await close(page);
  });
}

scenario("journey 52 at 360 px: list, order and form are read and filled without going sideways", async () => {
  const page = await openPage(browser, { viewport: { width: 360, height: 740 } });
  const fits = async (what) => {
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(overflow <= 0, `${what} is ${overflow} px too wide`);
  };
  await logInAsMember(page);
  await page.locator("#resultats").waitFor();
  await fits("the list");
  const filters = page.getByRole("button", { name: "Filtrer et trier" });
  await filters.tap().catch(() => filters.click());
  await page.getByLabel("Statut").waitFor();
  await fits("the filters");
  await filters.click();
  assert.ok(!(await page.getByLabel("Statut").isVisible()));
  await newMeasure(page, { title: "Sur le terrain" });
  await page.getByLabel("Type de restriction").selectOption({ label: "Stationnement interdit" });
  await page.getByText("Tous les véhicules", { exact: true }).click();
  await fillPeriod(page, { start: day(1), end: day(5) });
  await fillStreet(page, town);
  await fits("the form of a measure");
  await save(page);
  await saved(page);
  await fits("an order");
  assert.equal((await orderOf(page)).content.measures[0].type, "parkingProhibited");
  // The narrowest that people may ask for: 320 px, or 1280 px four times larger.
  for (const width of [360, 320]) {
    await page.setViewportSize({ width, height: 740 });
    for (const path of [...open, new URL(page.url()).pathname]) {
      await page.goto(path);
      await ready(page);
      await fits(`${path} at ${width} px`);
    }
  }
  assert.equal((await call("GET", "/api/health")).status, 200);
  await close(page);
});
