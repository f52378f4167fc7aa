// The list of orders: filters, sort and pages in the address; deletion; what is said when nothing is there or nothing comes.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { call, day } from "./support/application.mjs";
import { checkAccess, close, desktop, openBrowser, openPage, phone, picture, scenario } from "./support/browser.mjs";
import { assertValue, choose, logInAsMember } from "./support/clerk.mjs";
import { listed, push } from "./support/orders.mjs";

const many = 23;
let browser;
before(async () => {
  browser = await openBrowser();
  for (let rank = 1; rank <= many; rank += 1) {
    const [from, to] = [[-30, -10], [-5, 5], [10, 20]][rank % 3];
    await push(`LISTE-${String(rank).padStart(2, "0")}`, { title: `Quinzaine ${rank}`, from, to });
  }
  await push("LISTE-P", { title: "Quinzaine perpétuelle", from: -3, street: "Rue Ampère" });
});
after(() => browser.close());

const widths = [["1280 px", desktop], ["375 px", phone]];
const results = (page) => page.locator("#resultats");
const shown = (page) => page.locator(".dl-table__link").allTextContents();
const parameters = (page) => Object.fromEntries(new URL(page.url()).searchParams);
const open = async (page, query = "") => {
  await page.goto(`/regulations${query}`);
  await results(page).waitFor();
};

// What is on the screen is what the API lists, in the same order.
async function shows(page, query) {
  const { total, identifiers } = await listed(query);
  await page.waitForFunction(
    ([wanted]) => [...document.querySelectorAll(".dl-table__link")].map((link) => link.textContent).join() === wanted,
    [identifiers.join()],
  );
  assert.match(await results(page).textContent(), new RegExp(`${total} arrêtés?`));
  return identifiers;
}

for (const [width, viewport] of widths) {
  scenario(`journey 2 at ${width}: a visitor reads what is published, and nothing else`, async () => {
    const page = await openPage(browser, { viewport });
    await open(page);
    await shows(page, {});
    assert.deepEqual([...new Set(await page.locator(".dl-table .fr-badge").allTextContents())], ["Publié"]);
    assert.equal(await page.getByLabel("Statut").count(), 0);
    assert.equal(await page.getByRole("link", { name: "Ajouter un arrêté" }).count(), 0);
    assert.equal(await page.getByRole("button", { name: /^Supprimer/ }).count(), 0);
    assert.equal(await page.getByRole("link", { name: "Brouillons" }).count(), 0);
    const [first] = await shown(page);
    await page.getByRole("link", { name: `Voir l’arrêté ${first}` }).waitFor();
    await checkAccess(page, "the list of a visitor");
    await picture(page, `list-visitor-${viewport.width}`);
    await close(page);
  });

  scenario(`journey 3 at ${width}: filters go to the address, from the first page on, and are cleared at once`, async () => {
    const page = await openPage(browser, { viewport });
    await open(page, "?page=2");
    await page.getByRole("searchbox").fill("quinzaine");
    await page.waitForURL(/search=quinzaine/);
    assert.equal(parameters(page).page, undefined);
    if (viewport === phone) {
      const more = page.getByRole("button", { name: "Filtrer et trier" });
      assert.ok(!(await page.getByLabel("Type d’arrêté").isVisible()));
      await more.press("Enter");
      assert.equal(await more.getAttribute("aria-expanded"), "true");
      await checkAccess(page, "the filters of a phone");
    }
    const search = "liste-0";
    await page.getByRole("searchbox").fill(search);
    await page.getByLabel("Type d’arrêté").selectOption({ label: "Arrêtés temporaires" });
    await choose(page, "Organisation qui publie", "demov", "Mairie de Démoville");
    await page.waitForURL(/organizationUuid=/);
    const { organizationUuid } = parameters(page);
    const ours = await shows(page, { search, category: "temporaryRegulation", organizationUuid });
    assert.deepEqual(ours.map((identifier) => identifier.slice(0, 7)), ours.map(() => "LISTE-0"));
    assert.equal(ours.length, 9);
    await page.reload();
    await shows(page, { search, category: "temporaryRegulation", organizationUuid });
    await assertValue(page.getByRole("combobox", { name: "Organisation qui publie" }), "Mairie de Démoville");
    await page.getByRole("combobox", { name: "Organisation qui publie" }).fill("");
    await page.getByRole("searchbox").fill("quinzaine");
    await page.waitForURL((url) => !url.searchParams.has("organizationUuid") && url.searchParams.get("search") === "quinzaine");
    await page.getByLabel("Type d’arrêté").selectOption({ label: "Arrêtés permanents" });
    await page.waitForURL(/category=permanentRegulation/);
    assert.deepEqual(await shows(page, { search: "quinzaine", category: "permanentRegulation" }), ["LISTE-P"]);
    await page.reload();
    assert.deepEqual(await shows(page, { search: "quinzaine", category: "permanentRegulation" }), ["LISTE-P"]);
    await assertValue(page.getByRole("searchbox"), "quinzaine");
    await picture(page, `list-filtered-${viewport.width}`);
    await page.getByRole("link", { name: "Effacer les filtres" }).click();
    await page.waitForURL(/\/regulations$/);
    await shows(page, {});
    await assertValue(page.getByRole("searchbox"), "");
    await page.goBack();
    await shows(page, { search: "quinzaine", category: "permanentRegulation" });
    await close(page);
  });

  scenario(`a type of measure limits the list, for everybody (${width})`, async () => {
    const page = await openPage(browser, { viewport });
    await open(page, "?search=quinzaine");
    if (viewport === phone) await page.getByRole("button", { name: "Filtrer et trier" }).click();
    await page.getByLabel("Type de mesure").selectOption({ label: "Circulation interdite" });
    await page.waitForURL(/measureType=noEntry/);
    assert.ok((await shows(page, { search: "quinzaine", measureType: "noEntry" })).length > 0);
    await page.getByLabel("Type de mesure").selectOption({ label: "Interdiction de dépasser" });
    await results(page).filter({ hasText: "Aucun arrêté" }).waitFor();
    assert.equal((await listed({ search: "quinzaine", measureType: "noOvertaking" })).total, 0);
    await page.getByRole("link", { name: "Effacer les filtres" }).click();
    await shows(page, {});
    await close(page);
  });

  scenario(`days, reason and source limit the list, and are taken back at once (${width})`, async () => {
    const page = await openPage(browser, { viewport });
    await open(page, "?search=quinzaine");
    const from = page.getByLabel("En vigueur à partir du");
    assert.ok(!(await from.isVisible()));
    await page.getByRole("button", { name: viewport === phone ? "Filtrer et trier" : "Plus de filtres" }).press("Enter");
    const pick = async (field, date) => {
      await field.fill(date);
      await field.blur();
    };
    await pick(from, day(6));
    await page.waitForURL(/inForceFrom=/);
    const late = await shows(page, { search: "quinzaine", inForceFrom: day(6) });
    assert.equal(late.length, 1 + Math.floor((many + 1) / 3), "what has not begun yet, and what never ends");
    const until = page.getByLabel("En vigueur jusqu’au");
    await pick(until, day(7));
    await page.waitForURL(/inForceUntil=/);
    assert.deepEqual(await shows(page, { search: "quinzaine", inForceFrom: day(6), inForceUntil: day(7) }), ["LISTE-P"]);
    await page.reload();
    await shows(page, { search: "quinzaine", inForceFrom: day(6), inForceUntil: day(7) });
    assert.ok(await from.isVisible(), "what limits the list is not behind a button");
    await pick(until, day(1));
    await page.getByText("La seconde date est avant la première.").waitFor();
    await checkAccess(page, "the list with all its filters");
    await picture(page, `list-refined-${viewport.width}`);
    await pick(until, "");
    await page.getByLabel("Source", { exact: true }).selectOption({ label: "Import API" });
    await page.waitForURL(/source=api/);
    await shows(page, { search: "quinzaine", inForceFrom: day(6), source: "api" });
    await page.getByLabel("Objet", { exact: true }).selectOption({ label: "Évènement" });
    await results(page).filter({ hasText: "Aucun arrêté" }).waitFor();
    assert.equal((await listed({ search: "quinzaine", subject: "event" })).total, 0);
    await page.getByRole("link", { name: "Effacer les filtres" }).click();
    await page.waitForURL(/\/regulations$/);
    await shows(page, {});
    await assertValue(from, "");
    await close(page);
  });

  scenario(`whoever comes back from an order finds the list as it was, on the line that they left (${width})`, async () => {
    const page = await openPage(browser, { viewport });
    await open(page, "?search=quinzaine&sort=identifier");
    const link = page.getByRole("link", { name: "LISTE-17", exact: true });
    const id = await link.getAttribute("id");
    await link.focus();
    const crumb = () => page.locator(".fr-breadcrumb").getByRole("link", { name: "Liste des arrêtés" }).click();
    const below = () => page.getByRole("link", { name: "Revenir aux arrêtés" }).click();
    for (const back of [() => page.goBack(), crumb, below]) {
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { level: 1, name: "Arrêté temporaire LISTE-17" }).waitFor();
      await back();
      await page.waitForURL(/search=quinzaine&sort=identifier/);
      await page.waitForFunction((id) => document.activeElement.id === id, id);
      const { y, height } = await link.boundingBox();
      assert.ok(y >= 0 && y + height <= viewport.height, "the line is on the screen");
    }
    await close(page);
  });

  scenario(`each line says what comes next, and the list leads to the map with its filters (${width})`, async () => {
    const page = await openPage(browser, { viewport });
    await open(page, "?search=LISTE-02");
    const { items: [order] } = await listed({ search: "LISTE-02" });
    assert.match(order.nextChange, /^commence dans (9|10) jours$/);
    await page.locator(".dl-table").getByText(order.nextChange).waitFor();
    await open(page, "?category=temporaryRegulation&measureType=noEntry&search=quinzaine");
    await page.getByRole("link", { name: "Voir sur la carte" }).click();
    await page.getByRole("heading", { level: 1, name: "Carte des restrictions" }).waitFor();
    assert.deepEqual([parameters(page).measureTypes, parameters(page).includePermanent], ["noEntry", "false"]);
    await close(page);
  });

  scenario(`what applies now, later and no more is one press away (${width})`, async () => {
    const page = await openPage(browser, { viewport });
    await open(page);
    for (const [name, phase, word] of [["En cours", "current", "en cours"], ["À venir", "upcoming", "à venir"], ["Passés", "past", "passé"]]) {
      await page.getByRole("link", { name, exact: true }).click();
      await page.waitForURL(new RegExp(`phase=${phase}`));
      await shows(page, { phase });
      assert.equal(await page.getByRole("link", { name, exact: true }).getAttribute("aria-current"), "true");
      assert.equal(await page.locator(".dl-tags [aria-current]").count(), 1);
      assert.deepEqual([...new Set(await page.locator(".dl-table td strong").allTextContents())], [word]);
    }
    await close(page);
  });

  scenario(`journey 6 at ${width}: pages follow each other with the filters, and hold a hundred orders at most`, async () => {
    const page = await openPage(browser, { viewport });
    await open(page, "?search=quinzaine");
    await shows(page, { search: "quinzaine" });
    await page.getByRole("link", { name: "Page suivante" }).click();
    await page.waitForURL(/page=2/);
    assert.equal((await shows(page, { search: "quinzaine", page: 2 })).length, many + 1 - 20);
    assert.match(await results(page).textContent(), /21 à 24 sur 24 arrêtés/);
    assert.equal(parameters(page).search, "quinzaine");
    await picture(page, `list-page-2-${viewport.width}`);
    await page.getByRole("link", { name: "Page précédente" }).click();
    await shows(page, { search: "quinzaine" });
    await page.getByLabel("Nombre d’arrêtés par page").selectOption("50");
    await page.waitForURL(/pageSize=50/);
    assert.equal((await shows(page, { search: "quinzaine", pageSize: 50 })).length, many + 1);
    assert.equal(await page.getByRole("navigation", { name: "Pages" }).count(), 0);
    await open(page, "?pageSize=500");
    await assertValue(page.getByLabel("Nombre d’arrêtés par page"), "100");
    await open(page, "?search=quinzaine&page=99");
    await page.waitForURL(/page=2/);
    await shows(page, { search: "quinzaine", page: 2 });
    await close(page);
  });

  scenario(`journey 4 at ${width}: a search that finds nothing says so and leads back`, async () => {
    const page = await openPage(browser, { viewport });
    await open(page, "?search=zzz");
    await results(page).filter({ hasText: "Aucun arrêté" }).waitFor();
    assert.equal((await listed({ search: "zzz" })).total, 0);
    assert.equal(await page.getByRole("navigation", { name: "Pages" }).count(), 0);
    await checkAccess(page, "an empty list");
    await picture(page, `list-empty-${viewport.width}`);
    await page.getByRole("link", { name: "Voir tous les arrêtés" }).click();
    await shows(page, {});
    await close(page);
  });

  scenario(`journey 34 at ${width}: an order is deleted from the list after a question, and the focus is never lost`, async () => {
    const identifier = `LISTE-DEL-${viewport.width}`;
    await push(identifier, { title: "À supprimer", status: "draft", from: 1, to: 2 });
    const page = await openPage(browser, { viewport });
    await logInAsMember(page);
    await open(page, `?search=${identifier}`);
    const address = await page.getByRole("link", { name: identifier, exact: true }).getAttribute("href");
    const bin = page.getByRole("button", { name: `Supprimer l’arrêté ${identifier}` });
    await bin.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Supprimer cet arrêté ?" });
    await dialog.getByText(identifier).waitFor();
    await checkAccess(page, "the question before a deletion");
    await picture(page, `list-delete-${viewport.width}`, { whole: false });
    for (let keys = 0; keys < 6; keys += 1) {
      await page.keyboard.press("Tab");
      assert.ok(await page.evaluate(() => !document.activeElement.closest("main, header, footer") || document.activeElement.closest("dialog")));
    }
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    assert.ok(await bin.evaluate((button) => document.activeElement === button), "the focus is back on the bin");
    await bin.click();
    await dialog.getByRole("button", { name: "Supprimer", exact: true }).click();
    await page.getByText(`L’arrêté ${identifier} est supprimé.`).waitFor();
    await results(page).filter({ hasText: "Aucun arrêté" }).waitFor();
    await page.waitForFunction(() => document.activeElement.id === "resultats");
    assert.equal(parameters(page).search, identifier, "the filters are kept");
    assert.equal((await call("GET", `/api/regulations/${identifier}`, { headers: {
      "X-Client-Id": "019b0000-0000-7000-8000-000000000001", "X-Client-Secret": "demo-client-secret-0000000000000000000000001",
    } })).status, 404);
    await page.goto(address);
    await page.getByRole("heading", { level: 1, name: "Page introuvable" }).waitFor();
    await close(page);
  });
}

scenario("journey 5 at 1280 px: headings sort the list up, then down, and say it", async () => {
  const page = await openPage(browser);
  await open(page, "?search=quinzaine");
  const heading = page.getByRole("columnheader", { name: "Arrêté" });
  await heading.getByRole("link").click();
  await page.waitForURL(/sort=identifier/);
  await shows(page, { search: "quinzaine", sort: "identifier" });
  assert.equal(await heading.getAttribute("aria-sort"), "ascending");
  await heading.getByRole("link").click();
  await page.waitForURL(/dir=desc/);
  await shows(page, { search: "quinzaine", sort: "identifier", dir: "desc" });
  assert.equal(await heading.getAttribute("aria-sort"), "descending");
  await checkAccess(page, "a sorted list");
  await close(page);
});

scenario("journey 5 at 375 px: a phone sorts by a field, and reads cards that cut nothing", async () => {
  const page = await openPage(browser, { viewport: phone });
  await open(page, "?search=quinzaine");
  await page.getByRole("button", { name: "Filtrer et trier" }).click();
  await page.getByLabel("Trier par").selectOption({ label: "Par identifiant, croissant" });
  await page.waitForURL(/sort=identifier/);
  await shows(page, { search: "quinzaine", sort: "identifier" });
  await page.getByLabel("Trier par").selectOption({ label: "Par identifiant, décroissant" });
  await page.waitForURL(/dir=desc/);
  await shows(page, { search: "quinzaine", sort: "identifier", dir: "desc" });
  for (const text of ["Publié", "Mairie de Démoville"]) {
    const box = await page.getByText(text).first().boundingBox();
    assert.ok(box && box.x >= 0 && box.x + box.width <= phone.width, `${text} is on the screen`);
  }
  await close(page);
});

scenario("a member finds their drafts, and sees which orders can be changed", async () => {
  await push("LISTE-BROUILLON", { title: "Brouillon de la liste", status: "draft", from: 1, to: 2 });
  const page = await openPage(browser);
  await logInAsMember(page);
  await page.getByRole("link", { name: "Brouillons" }).click();
  await page.waitForURL(/phase=draft/);
  // Among the drafts of everybody else's tests.
  await page.getByRole("searchbox").fill("LISTE-BROUILLON");
  await page.getByText("LISTE-BROUILLON").first().waitFor();
  assert.deepEqual([...new Set(await page.locator(".dl-table .fr-badge").allTextContents())], ["Brouillon"]);
  await page.getByRole("link", { name: "Modifier l’arrêté LISTE-BROUILLON" }).waitFor();
  await page.getByLabel("Statut").selectOption({ label: "Publié" });
  await page.waitForURL(/status=published/);
  assert.equal(parameters(page).phase, undefined);
  await picture(page, "list-member");
  await close(page);
});

scenario("the number of results is said when it changes", async () => {
  const page = await openPage(browser);
  await open(page);
  await page.getByRole("searchbox").fill("perpétuelle");
  const live = page.locator("p[role=status][aria-live=polite]").first();
  await page.waitForFunction((region) => region.textContent.trim() === "1 arrêté", await live.elementHandle());
  await close(page);
});
