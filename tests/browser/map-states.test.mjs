// The public map when it does not go as it should, and what helps: answers that come late, drafts that are too many, a map
// or its background that does not come, usual periods, where the person is.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { day, succeed } from "./support/application.mjs";
import { checkAccess, close, desktop, openBrowser, openPage, phone, picture, scenario } from "./support/browser.mjs";
import { logInAsMember, reach } from "./support/clerk.mjs";
import { at, dates, entries, open, openFilters, parameters, placeOf, push, street } from "./support/map.mjs";

const widths = [["1280 px", desktop], ["375 px", phone]];
let browser;
let place;

before(async () => {
  browser = await openBrowser();
  await push("CARTE-ENTREE", { type: "noEntry", locations: [street("Rue de Verdun")] });
  await push("CARTE-BROUILLON", { type: "parkingProhibited", locations: [street("Rue des Lilas")] }, "draft");
  place = await placeOf("CARTE-ENTREE");
});
after(() => browser.close());

const draft = (page) => entries(page, "Rue des Lilas").filter({ hasText: "Brouillon" });
const searchField = (page) => page.getByRole("combobox", { name: "Rechercher un lieu" });

scenario("whoever is on a place of the list stays on it when a later answer comes", async () => {
  const page = await openPage(browser);
  await open(page, `${dates}&${at(place)}`);
  const { json: found } = await succeed("GET", "/api/geo/search?q=rue%20de");
  assert.ok(found.features.length > 2, "the town has streets enough");
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await page.route("**/api/geo/search?*", async (route) => {
    const isLate = new URL(route.request().url()).searchParams.get("q") === "rue des";
    if (isLate) await held;
    await route.fulfill({ json: isLate ? { ...found, features: [...found.features].reverse() } : found });
  });
  const field = searchField(page);
  await field.fill("rue de");
  const options = page.getByRole("option");
  await options.first().waitFor();
  const asked = page.waitForRequest(/q=rue(\+|%20)des/);
  await field.press("s");
  await asked;
  await field.press("ArrowDown");
  await field.press("ArrowDown");
  const selected = page.getByRole("listbox", { name: "Lieux" }).getByRole("option", { selected: true });
  const wanted = await selected.textContent();
  release();
  await page.waitForFunction((first) => document.querySelector("[role=option]")?.textContent.includes(first), found.features.at(-1).properties.label);
  assert.equal(await selected.textContent(), wanted);
  await field.press("Enter");
  assert.ok(wanted.startsWith(await field.inputValue()));
  await close(page);
});

scenario("Enter leads to the best place as soon as it is known, never to one of what was typed before", async () => {
  const page = await openPage(browser);
  await open(page, `${dates}&vue=6/46.5/2.5`);
  const field = searchField(page);
  await field.fill("rue ampère démoville");
  await field.press("Enter");
  await page.waitForURL(/vue=17/);
  assert.match(await field.inputValue(), /Rue Ampère/);
  assert.equal(await field.getAttribute("aria-expanded"), "false");
  await close(page);
});

scenario("a search that fails says why and can be tried again", async () => {
  const page = await openPage(browser, { viewport: phone });
  await open(page, `${dates}&${at(place)}`);
  await page.route("**/api/geo/search?*", (route) => route.abort());
  await searchField(page).fill("démoville");
  const again = page.locator(".dl-combobox").getByRole("button", { name: "Réessayer" });
  await again.waitFor();
  await checkAccess(page, "a search that failed");
  await picture(page, "map-search-failed", { whole: false });
  await page.unroute("**/api/geo/search?*");
  await again.click();
  await page.getByRole("option", { name: /Démoville/ }).first().waitFor();
  await close(page);
});

for (const [width, viewport] of widths) {
  scenario(`drafts that are too many for the map are said to be left out, and where they are, at ${width}`, async () => {
    const page = await openPage(browser, { viewport });
    await logInAsMember(page);
    await open(page, `${dates}&brouillons=1&${at(place, 14)}`);
    await draft(page).waitFor();
    const notice = page.getByRole("status").filter({ hasText: "seuls les derniers modifiés" });
    assert.equal(await notice.count(), 0);
    await page.route("**/api/app/map/drafts*", async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, json: { ...(await answer.json()), isCut: true } });
    });
    await page.reload();
    await notice.waitFor();
    await draft(page).waitFor();
    await checkAccess(page, "the map with too many drafts");
    await notice.scrollIntoViewIfNeeded();
    await picture(page, `map-drafts-cut-${viewport.width}`, { whole: false });
    const link = notice.getByRole("link", { name: "Voir tous les brouillons" });
    await reach(page, link);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Arrêtés de circulation" }).waitFor();
    assert.equal(parameters(page).phase, "draft");
    await close(page);
  });

  scenario(`a map that does not come leaves the list, and comes when asked again, at ${width}`, async () => {
    const page = await openPage(browser, { viewport });
    const module = /\/assets\/map-[^/]*\.js/;
    await page.route(module, (route) => route.abort());
    await page.goto(`/carte?${dates}`);
    const alert = page.getByRole("alert").filter({ hasText: "La carte ne peut pas être affichée" });
    await alert.waitFor();
    await page.locator("#titre-liste").waitFor();
    await checkAccess(page, "a map that does not come");
    await picture(page, `map-failed-${viewport.width}`, { whole: false });
    await page.unroute(module);
    await alert.getByRole("button", { name: "Réessayer" }).click();
    await page.locator(".maplibregl-canvas").waitFor();
    await alert.waitFor({ state: "detached" });
    await page.waitForFunction(() => document.activeElement?.classList.contains("maplibregl-canvas"));
    await close(page);
  });

  scenario(`a background that does not come is said, and comes when asked again, at ${width}`, async () => {
    const page = await openPage(browser, { viewport });
    await page.route("**/api/map/base/**", (route) => route.abort());
    await open(page, `${dates}&${at(place)}`);
    const notice = page.getByRole("status").filter({ hasText: "Le fond de carte ne répond pas" });
    await notice.waitFor();
    await checkAccess(page, "a map without its background");
    await picture(page, `map-no-background-${viewport.width}`, { whole: false });
    // What is still on its way would bring it back by itself.
    await page.waitForFunction(() => document.querySelector(".dl-map__canvas").map.loaded());
    await page.unroute("**/api/map/base/**");
    await notice.getByRole("button", { name: "Réessayer" }).click();
    await notice.waitFor({ state: "detached" });
    assert.ok(await page.evaluate(() => document.activeElement.classList.contains("maplibregl-canvas")), "the keyboard is on the map");
    await close(page);
  });
}

scenario("usual periods are one press away, and are taken back by another", async () => {
  const page = await openPage(browser);
  await open(page, at(place));
  await openFilters(page);
  const week = page.getByRole("button", { name: "7 prochains jours" });
  await week.click();
  await page.waitForURL(/endDate=/);
  assert.deepEqual([parameters(page).startDate, parameters(page).endDate], [day(0), day(6)]);
  assert.equal(await week.getAttribute("aria-pressed"), "true");
  assert.equal(await page.getByLabel("Jusqu’au").inputValue(), day(6));
  await page.getByRole("button", { name: "Aujourd’hui", exact: true }).click();
  await page.waitForURL((url) => url.searchParams.get("endDate") === day(0));
  assert.equal(await week.getAttribute("aria-pressed"), "false");
  await page.getByRole("button", { name: "Aujourd’hui", exact: true }).click();
  await page.waitForURL((url) => !url.searchParams.has("endDate"));
  // A link that was made for a day that is over.
  await page.getByLabel("Jusqu’au").fill(day(-1));
  await page.getByLabel("Jusqu’au").blur();
  await page.getByRole("alert").filter({ hasText: "La date de fin est passée" }).waitFor();
  await close(page);
});

scenario("the map goes where the person is", async () => {
  const page = await openPage(browser, { viewport: phone });
  await page.context().grantPermissions(["geolocation"]);
  await page.context().setGeolocation({ latitude: place.lat, longitude: place.lon, accuracy: 20 });
  await open(page, `${dates}&vue=6/46.5/2.5`);
  await page.getByRole("button", { name: "Aller où je suis" }).click();
  await page.waitForURL((url) => {
    const [zoom, lat, lon] = (url.searchParams.get("vue") ?? "").split("/").map(Number);
    return zoom > 12 && Math.abs(lat - place.lat) < 0.002 && Math.abs(lon - place.lon) < 0.002;
  });
  await close(page);
});

scenario("on paper the list is there in full, without the map and its filters", async () => {
  const page = await openPage(browser);
  await open(page, `${dates}&${at(place, 14)}`);
  await page.emulateMedia({ media: "print" });
  const shown = await page.evaluate(() => {
    const panel = document.querySelector(".dl-carte__panel");
    const isSeen = (selector) => document.querySelector(selector).getClientRects().length > 0;
    return { cut: panel.scrollHeight - panel.clientHeight, map: isSeen(".dl-carte__map"), filters: isSeen(".dl-details"), list: isSeen(".dl-restriction") };
  });
  assert.deepEqual(shown, { cut: 0, map: false, filters: false, list: true });
  await close(page);
});
