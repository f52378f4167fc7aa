// The public map: what is drawn, listed and told is the same; filters, search, drafts, links, embedding, keyboard, phone.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before } from "node:test";
import { call, day, succeed, webUrl } from "./support/application.mjs";
import { checkAccess, close, desktop, openBrowser, openPage, phone, picture, scenario } from "./support/browser.mjs";
import { logInAsMember, reach } from "./support/clerk.mjs";
import { at, card, clickMiddle, dates, entries, from, lorries, open, openFilters, parameters, placeOf, push, street, title, to } from "./support/map.mjs";

const widths = [["1280 px", desktop], ["375 px", phone]];
let browser;
let places;

before(async () => {
  browser = await openBrowser();
  await push("CARTE-ENTREE", { type: "noEntry", locations: [street("Rue de Verdun")] });
  await push("CARTE-VITESSE", { type: "speedLimitation", maxSpeed: 30, locations: [street("Rue de Verdun")] });
  const timeSlots = [{ startTime: "1970-01-01T07:00:00+01:00", endTime: "1970-01-01T10:00:00+01:00" }];
  await push("CARTE-LOURDS", { type: "noEntry", vehicleSet: lorries, timeSlots, locations: [street("Rue Ampère", "A_TO_B")] });
  await push("CARTE-BROUILLON", { type: "parkingProhibited", locations: [street("Rue des Lilas")] }, "draft");
  places = { both: await placeOf("CARTE-ENTREE"), lorries: await placeOf("CARTE-LOURDS") };
});
after(() => browser.close());

// The list says what the API says of the place in sight, and the last tiles were asked for with the same filters.
async function shows(page, count) {
  await page.waitForFunction((wanted) => document.querySelector("#titre-liste")?.textContent.startsWith(wanted), count);
  await page.waitForLoadState("networkidle");
  const { vue, embed, brouillons, ...filters } = parameters(page);
  const drawn = Object.fromEntries([...page.tiles.at(-1).searchParams].filter(([name]) => name !== "v"));
  assert.deepEqual(drawn, filters, "tiles have the filters of the address");
  const lists = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => name.includes("/api/map/restrictions")));
  const last = new URL(lists.at(-1));
  // 12 may be written 12.0.
  const plain = (text) => (text !== null && text !== "" && Number.isFinite(Number(text)) ? String(Number(text)) : text);
  for (const [name, value] of Object.entries(filters)) assert.equal(plain(last.searchParams.get(name)), plain(value), name);
  const { json } = await succeed("GET", last.pathname + last.search);
  assert.match(count, json.total === 0 ? /Aucune/ : new RegExp(`^${json.total} `));
  return json;
}

for (const [width, viewport] of widths) {
  scenario(`journey 40 at ${width}: everything is shown at first; types, dates, an instant and a vehicle narrow map and list alike`, async () => {
    const page = await openPage(browser, { viewport });
    await open(page, at(places.both));
    await openFilters(page);
    for (const name of ["Circulation interdite", "Limitation de vitesse", "Stationnement interdit", "Circulation alternée", "Interdiction de dépasser"]) {
      assert.ok(await page.getByLabel(name).isChecked(), name);
    }
    await page.getByLabel("À partir du").fill(from);
    await page.getByLabel("Jusqu’au").fill(to);
    await page.getByLabel("Jusqu’au").blur();
    await page.waitForURL(/endDate=/);
    await entries(page, "Rue de Verdun").nth(1).waitFor();
    await page.getByLabel("Circulation interdite").uncheck({ force: true });
    await page.waitForURL(/measureTypes=/);
    await entries(page, "Circulation interdite").first().waitFor({ state: "detached" });
    await entries(page, "30 km/h").first().waitFor();
    const { total } = await shows(page, await title(page).textContent());
    await page.getByLabel("Circulation interdite").check({ force: true });
    await page.waitForFunction((before) => !document.querySelector("#titre-liste").textContent.startsWith(`${before} `), total);

    // A date of end before the start: an empty map, and a word about it.
    await page.getByLabel("Jusqu’au").fill(day(300));
    await page.getByLabel("Jusqu’au").blur();
    await page.getByRole("alert").filter({ hasText: "La date de fin est avant" }).waitFor();
    await shows(page, "Aucune restriction");
    await checkAccess(page, "the map with dates the wrong way round");
    await page.getByRole("button", { name: "Effacer les filtres" }).click();
    await page.waitForURL((url) => !url.searchParams.has("endDate"));
    await close(page);

    // Lorries, mornings: by the vehicle and by the hour.
    const lorry = await openPage(browser, { viewport });
    await open(lorry, `${at(places.lorries)}&${dates}`);
    // Orders of the other files may lie on the same street.
    const ours = lorry.locator(`#restriction-${places.lorries.location}`).filter({ hasText: "Rue Ampère" });
    await ours.waitFor();
    await openFilters(lorry);
    await lorry.getByLabel("Type de véhicule").selectOption({ label: "Voiture" });
    await lorry.waitForURL(/vehicle=car/);
    await ours.waitFor({ state: "detached" });
    await lorry.getByLabel("Type de véhicule").selectOption({ label: "Véhicule de transport de marchandises" });
    await ours.waitFor();
    await lorry.getByLabel("PTAC (tonnes)").fill("3.5");
    await lorry.getByLabel("PTAC (tonnes)").blur();
    await lorry.waitForURL(/vehicleWeight=3.5/);
    await ours.waitFor({ state: "detached" });
    await lorry.getByLabel("PTAC (tonnes)").fill("12");
    await lorry.getByLabel("PTAC (tonnes)").blur();
    await ours.waitFor();
    await lorry.getByLabel("À cette date et heure").fill(`${day(402)}T11:00`);
    await lorry.getByLabel("À cette date et heure").blur();
    await lorry.waitForURL(/at=/);
    await ours.waitFor({ state: "detached" });
    await lorry.getByLabel("À cette date et heure").fill(`${day(402)}T08:00`);
    await lorry.getByLabel("À cette date et heure").blur();
    await ours.waitFor();
    await shows(lorry, await title(lorry).textContent());
    // The address alone brings the same map back.
    await lorry.reload();
    await ours.waitFor();
    await openFilters(lorry);
    assert.equal(await lorry.getByLabel("PTAC (tonnes)").inputValue(), "12");
    await checkAccess(lorry, "the map with its filters");
    await picture(lorry, `map-filters-${viewport.width}`);
    await close(lorry);
  });

  scenario(`journey 41 at ${width}: a place is searched, a click tells each of several restrictions, the order opens`, async () => {
    const page = await openPage(browser, { viewport });
    await open(page, `${dates}&vue=6/46.5/2.5`);
    const search = page.getByRole("combobox", { name: "Rechercher un lieu" });
    await search.fill("démoville");
    await page.getByRole("option", { name: /Démoville/ }).first().waitFor();
    await checkAccess(page, "the map with places to choose from");
    await picture(page, `map-search-${viewport.width}`, { whole: false });
    await search.press("ArrowDown");
    await search.press("Enter");
    await page.waitForURL(/vue=14/);
    assert.equal(await page.getByRole("listbox", { name: "Lieux" }).isVisible(), false);
    await close(page);

    const visitor = await openPage(browser, { viewport });
    await open(visitor, `${at(places.both)}&${dates}`);
    await entries(visitor, "Rue de Verdun").nth(1).waitFor();
    await clickMiddle(visitor);
    await card(visitor).getByText(/1 sur 2/).waitFor();
    const told = [await card(visitor).getByRole("heading", { level: 2 }).textContent()];
    await card(visitor).getByRole("button", { name: "Restriction suivante" }).click();
    await card(visitor).getByText(/2 sur 2/).waitFor();
    await visitor.waitForFunction((before) => !document.querySelector(".dl-popup h2")?.textContent.includes(before), told[0].trim());
    // The halo is around what the card tells.
    const around = () => visitor.evaluate(() => document.querySelector(".dl-map__canvas").map.getFilter("highlight")[2]);
    const { json: shown } = await succeed("GET", `/api/map/locations/${await around()}`);
    assert.ok((await card(visitor).getByRole("heading", { level: 2 }).textContent()).includes(shown.measureLabel));
    told.push(await card(visitor).getByRole("heading", { level: 2 }).textContent());
    assert.deepEqual(told.map((text) => /interdite/.test(text)).sort(), [false, true]);
    await card(visitor).getByText(/Rue de Verdun du n° 2 au n° 12/).waitFor();
    await card(visitor).getByText(/tous les véhicules/i).first().waitFor();
    // The map is where it was going before the check gives it other sizes.
    await visitor.waitForFunction(() => !document.querySelector(".dl-map__canvas").map.isMoving());
    await checkAccess(visitor, "the map with a card");
    await picture(visitor, `map-card-${viewport.width}`, { whole: false });
    await card(visitor).getByRole("button", { name: "Fermer" }).click();
    await card(visitor).waitFor({ state: "detached" });
    // Whoever opened it on the map is on the map again.
    await visitor.waitForFunction(() => document.activeElement?.classList.contains("maplibregl-canvas"));
    await entries(visitor, "Rue de Verdun").first().click();
    const link = card(visitor).getByRole("link", { name: "Voir l’arrêté" });
    await link.waitFor();
    // It is in sight without moving what the card tells.
    assert.ok(await link.evaluate((element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
    }), "the way to the order is in sight");
    await link.click();
    await visitor.getByRole("heading", { level: 1, name: /CARTE-(ENTREE|VITESSE)/ }).waitFor();
    await close(visitor);
  });

  scenario(`journey 42 at ${width}: drafts of one's own organization are on the map, those of another are not`, async () => {
    const page = await openPage(browser, { viewport });
    await logInAsMember(page);
    await open(page, `${dates}&${at(places.both, 14)}`);
    await openFilters(page);
    await page.getByLabel("Arrêtés en brouillon de mon organisation").check({ force: true });
    await page.waitForURL(/brouillons=1/);
    const draft = entries(page, "Rue des Lilas").filter({ hasText: "Brouillon" });
    await draft.waitFor();
    await draft.click();
    await card(page).getByText("Brouillon", { exact: true }).waitFor();
    await card(page).getByText(/CARTE-BROUILLON/).waitFor();
    // The card hides nothing of what it tells.
    const { uuid } = await page.request.get(`/api/app/map/drafts?${dates}`).then((answer) => answer.json())
      .then(({ items }) => items.find(({ location }) => location.identifier === "CARTE-BROUILLON").location);
    await page.waitForFunction((wanted) => {
      const container = document.querySelector(".dl-map__canvas");
      const { map } = container;
      const found = !map.isMoving() && map.loaded() && map.queryRenderedFeatures({ layers: ["draft-hit"] }).filter(({ properties }) => properties.location_uuid === wanted);
      if (!found || found.length === 0) return false;
      const [box, frame] = [".dl-popup", ".dl-map__canvas"].map((name) => document.querySelector(name).getBoundingClientRect());
      const lines = found.flatMap(({ geometry }) => (geometry.type === "LineString" ? [geometry.coordinates] : geometry.coordinates));
      return lines.flat().every((place) => {
        const { x, y } = map.project(place);
        const [left, top] = [frame.left + x, frame.top + y];
        return left > box.right || left < box.left || top < box.top || top > box.bottom;
      });
    }, uuid);
    await page.waitForLoadState("networkidle");
    await checkAccess(page, "the map with a draft");
    await picture(page, `map-draft-${viewport.width}`, { whole: false });
    const { items } = await page.request.get(`/api/app/map/drafts?${dates}`).then((answer) => answer.json());
    assert.ok(items.some(({ location }) => location.identifier === "CARTE-BROUILLON"));
    await close(page);

    const neighbour = await openPage(browser, { viewport });
    await logInAsMember(neighbour, "agent@voisine.test");
    await open(neighbour, `${dates}&brouillons=1&${at(places.both, 14)}`);
    assert.equal(await entries(neighbour, "Rue des Lilas").count(), 0);
    const theirs = await neighbour.request.get(`/api/app/map/drafts?${dates}`).then((answer) => answer.json());
    assert.ok(!JSON.stringify(theirs).includes("CARTE-BROUILLON"));
    await close(neighbour);

    // Nobody in particular is not even offered them.
    const visitor = await openPage(browser, { viewport });
    await open(visitor, `${dates}&brouillons=1&${at(places.both, 14)}`);
    await openFilters(visitor);
    assert.equal(await visitor.getByLabel("Arrêtés en brouillon de mon organisation").count(), 0);
    assert.equal(await entries(visitor, "Rue des Lilas").count(), 0);
    assert.equal((await call("GET", "/api/app/map/drafts")).status, 401);
    await close(visitor);
  });

  scenario(`journey 43 at ${width}: the map is shared by a link, and shown within another site; nothing else may be`, async () => {
    const page = await openPage(browser, { viewport });
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await logInAsMember(page);
    await open(page, `measureTypes=noEntry&${dates}&${at(places.both)}`);
    await page.getByRole("button", { name: "Partager" }).click();
    const dialog = page.getByRole("dialog", { name: "Partager la carte" });
    await dialog.getByRole("tab", { name: "Partager un lien" }).waitFor();
    await dialog.getByRole("button", { name: "Copier" }).first().click();
    await dialog.getByText("Copié !").waitFor();
    assert.equal(decodeURIComponent(await page.evaluate(() => navigator.clipboard.readText())), decodeURIComponent(page.url()));
    await checkAccess(page, "the dialog that shares the map");
    await picture(page, `map-share-${viewport.width}`, { whole: false });
    await dialog.getByRole("tab", { name: "Intégrer la carte" }).click();
    const code = dialog.getByLabel("Code à copier dans votre site");
    assert.match(await code.inputValue(), /<iframe [^>]*embed=1/);
    await dialog.getByLabel("La carte s’ouvre sur").selectOption({ index: 1 });
    await page.waitForFunction((area) => area.value.includes("organizationUuid="), await code.elementHandle());
    assert.match(await code.inputValue(), /width="100%" height="600"/);
    await dialog.getByLabel("Taille").selectOption({ label: "640 × 480 pixels" });
    await page.waitForFunction((area) => /width="640" height="480"/.test(area.value), await code.elementHandle());
    await checkAccess(page, "the dialog that embeds the map");
    await picture(page, `map-embed-code-${viewport.width}`, { whole: false });
    const iframe = (await code.inputValue()).replaceAll("&amp;", "&");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    await close(page);

    // Another site: another port is another origin.
    const frames = [iframe, `<iframe id="refused" src="${webUrl}/regulations"></iframe>`, `<iframe id="whole" src="${webUrl}/carte"></iframe>`];
    const site = createServer((_, response) => response.setHeader("Content-Type", "text/html; charset=utf-8").end(`<!doctype html><title>Site</title>${frames.join("")}`));
    await new Promise((resolve) => { site.listen(0, "127.0.0.1", resolve); });
    try {
      const host = await openPage(browser, { viewport });
      await host.goto(`http://127.0.0.1:${site.address().port}/`);
      const map = host.frameLocator("iframe").first();
      await map.getByRole("heading", { level: 1, name: "Carte des restrictions" }).waitFor();
      await map.locator("canvas").waitFor();
      assert.equal(await map.getByRole("banner").count(), 0);
      assert.equal(await map.getByRole("contentinfo").count(), 0);
      assert.equal(await map.getByRole("button", { name: "Partager" }).count(), 0);
      for (const id of ["refused", "whole"]) {
        const frame = await host.locator(`#${id}`).elementHandle().then((handle) => handle.contentFrame());
        assert.equal(await frame.locator("#contenu").count(), 0, id);
      }
      // What the browser says of the refused frames.
      host.complaints = host.complaints.filter((text) => !/frame-ancestors|X-Frame-Options|request to http:\/\/127/.test(text));
      await close(host);
    } finally {
      site.close();
    }
    const alone = await openPage(browser, { viewport });
    await open(alone, `embed=1&${dates}&${at(places.both)}`);
    await entries(alone, "Rue de Verdun").first().click();
    assert.equal(await card(alone).getByRole("link", { name: "Voir l’arrêté" }).getAttribute("target"), "_blank");
    await checkAccess(alone, "the map within another site");
    await picture(alone, `map-embedded-${viewport.width}`, { whole: false });
    await close(alone);
  });

  scenario(`journey 44 at ${width}: the map of an order opens on the order`, async () => {
    const page = await openPage(browser, { viewport });
    await open(page, `regulationOrderRecordUuid=${places.lorries.order}&${dates}`);
    await page.waitForURL(/vue=/);
    const [zoom, lat, lon] = parameters(page).vue.split("/").map(Number);
    assert.ok(zoom > 14 && Math.abs(lat - places.lorries.lat) < 0.005 && Math.abs(lon - places.lorries.lon) < 0.005, parameters(page).vue);
    await entries(page, "Rue Ampère").first().waitFor();
    await picture(page, `map-order-${viewport.width}`, { whole: false });
    await close(page);
  });

  scenario(`journey 51 at ${width}: the map by keyboard alone`, async () => {
    const page = await openPage(browser, { viewport });
    await open(page, `${dates}&${at(places.both)}`);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), "Contenu");
    await reach(page, page.getByRole("combobox", { name: "Rechercher un lieu" }));
    await reach(page, page.getByRole("button", { name: "Partager" }));
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Partager la carte" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog", { name: "Partager la carte" }).waitFor({ state: "hidden" });
    assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), "Partager");
    if (viewport === desktop) {
      // Past the filters at once.
      await reach(page, page.getByRole("button", { name: /Lire la liste/ }));
      await page.keyboard.press("Enter");
      assert.equal(await page.evaluate(() => document.activeElement.id), "titre-liste");
    }
    const first = entries(page, "Rue de Verdun").first();
    await reach(page, first);
    const id = await first.getAttribute("id");
    await page.keyboard.press("Enter");
    await card(page).getByRole("heading", { level: 2 }).waitFor();
    await page.waitForFunction(() => document.activeElement.classList.contains("dl-popup__title"));
    await page.keyboard.press("Escape");
    await card(page).waitFor({ state: "detached" });
    assert.equal(await page.evaluate(() => document.activeElement.id), id);
    await reach(page, page.locator(".maplibregl-canvas"));
    await page.keyboard.press("+");
    await page.waitForURL(/vue=1(7\.[5-9]|8)/);
    await close(page);
  });

  scenario(`journey 54 at ${width}: the list says when the server does not answer, and comes back`, async () => {
    const page = await openPage(browser, { viewport });
    await page.route("**/api/map/restrictions*", (route) => route.fulfill({ status: 503, contentType: "application/problem+json", body: JSON.stringify({ type: "about:blank", title: "Service momentanément indisponible", status: 503, detail: "Réessayez.", code: "service_unavailable" }) }));
    await page.goto(`/carte?${dates}&${at(places.both)}`);
    const retry = page.getByRole("button", { name: "Réessayer" });
    await retry.waitFor();
    const filters = page.getByText("Filtres et légende", { exact: true });
    assert((await retry.boundingBox()).y < (await filters.boundingBox()).y, "the failure is told above the filters, which are longer than a screen");
    await checkAccess(page, "the map whose list did not come");
    await picture(page, `map-down-${viewport.width}`, { whole: false });
    await page.unroute("**/api/map/restrictions*");
    // A map that moves meanwhile asks again by itself.
    await page.getByRole("button", { name: "Réessayer" }).click({ timeout: 3000 }).catch(() => {});
    await entries(page, "Rue de Verdun").first().waitFor();
    await close(page);
  });
}

scenario("on a phone the credits fold by themselves, come back when asked, and leave the scale in sight", async () => {
  const page = await openPage(browser, { viewport: phone });
  await open(page, `${dates}&${at(places.both)}`);
  const credits = page.locator(".maplibregl-ctrl-attrib");
  const apart = () => page.evaluate(() => {
    const [scale, text] = [".maplibregl-ctrl-scale", ".maplibregl-ctrl-attrib"].map((name) => document.querySelector(name).getBoundingClientRect());
    return scale.bottom <= text.top || scale.right <= text.left;
  });
  await page.locator(".maplibregl-ctrl-attrib:not([open])").waitFor();
  assert.ok(await apart());
  await credits.locator("summary").click();
  await credits.getByText(/OpenStreetMap|rues inventées/).first().waitFor();
  await page.waitForFunction(() => getComputedStyle(document.querySelector(".dl-carte__map")).getPropertyValue("--dl-scale") !== "0px");
  assert.ok(await apart(), "the scale stands above the credits");
  await close(page);
});

scenario("journey 52: on a phone a card leaves the credits of the map and its list in reach", async () => {
  const page = await openPage(browser, { viewport: { width: 360, height: 740 } });
  await open(page, `${dates}&${at(places.both)}`);
  await clickMiddle(page);
  await card(page).getByRole("heading", { level: 2 }).waitFor();
  const credits = page.locator(".maplibregl-ctrl-attrib");
  assert.equal(await credits.getAttribute("open"), null, "the credits are folded once the map is used");
  const isOnTop = await credits.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  });
  assert.ok(isOnTop, "the credits are not covered");
  const content = await page.locator(".dl-popup__content").boundingBox();
  const box = await credits.boundingBox();
  assert.ok(content.y + content.height <= box.y + 1, "what is read ends above the credits");
  // What was pointed at is above the card.
  await page.waitForFunction(({ lon, lat }) => {
    const container = document.querySelector(".dl-map__canvas");
    const { y } = container.map.project([lon, lat]);
    return y > 0 && container.getBoundingClientRect().top + y < document.querySelector(".dl-popup").getBoundingClientRect().top;
  }, places.both);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(overflow <= 0, `${overflow} px too wide`);
  await picture(page, "map-sheet", { whole: false });
  // One finger moves the map, one frame after the other.
  const before = parameters(page).vue;
  const canvas = await page.locator(".maplibregl-canvas").boundingBox();
  await page.mouse.move(canvas.x + 60, canvas.y + 30);
  await page.mouse.down();
  for (let step = 0; step <= 8; step += 1) {
    await page.mouse.move(canvas.x + 60 + 15 * step, canvas.y + 30 + 5 * step);
    await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
  }
  await page.mouse.up();
  await page.waitForFunction((vue) => !location.search.includes(encodeURIComponent(vue)), before);
  await close(page);
});

scenario("journey 53: what a member of another organization cannot know is not on the map, by any address", async () => {
  for (const path of [`/api/map/restrictions?${dates}&limit=500`, `/api/map/locations.geojson?${dates}`]) {
    assert.ok(!(await succeed("GET", path)).text.includes("Lilas du n° 2 au n° 12"), path);
  }
  const page = await openPage(browser);
  await logInAsMember(page);
  const { items } = await page.request.get(`/api/app/map/drafts?${dates}`).then((answer) => answer.json());
  const draft = items.find(({ location }) => location.identifier === "CARTE-BROUILLON").location;
  await close(page);
  assert.equal((await call("GET", `/api/map/locations/${draft.uuid}`)).status, 404);
  assert.equal((await succeed("GET", `/api/map/initial-bbox?regulationOrderRecordUuid=${draft.orderUuid}`)).json, null);
});
