// The page of an order with many measures: a table of contents, addresses of measures, and what a phone folds.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before } from "node:test";
import { call } from "./support/application.mjs";
import { checkAccess, close, desktop, openBrowser, openPage, phone, picture, scenario } from "./support/browser.mjs";
import { logInAsMember, reach } from "./support/clerk.mjs";
import { pushMany } from "./support/orders.mjs";

const MEASURES = 12;
let browser;
let order;
let measures;
before(async () => {
  browser = await openBrowser();
  order = await pushMany(`SOMMAIRE-${Date.now()}`, MEASURES);
  const { json } = await call("GET", `/api/app/regulation-records/${order.uuid}`);
  measures = json.content.measures.map(({ id }) => `mesure-${id}`);
  assert.equal(measures.length, MEASURES);
});
after(() => browser.close());

const open = async (viewport, hash = "") => {
  const page = await openPage(browser, { viewport });
  await page.goto(`/regulations/${order.uuid}${hash}`);
  await page.getByRole("heading", { level: 2, name: "Dispositif" }).waitFor();
  return page;
};
const shown = (page) => page.locator(".dl-measure__body").evaluateAll((all) => all.flatMap((body, rank) => (body.checkVisibility() ? [rank] : [])));
const isFocused = (page, id) => page.waitForFunction((id) => document.activeElement.id === id, id);
const ranks = [...Array(MEASURES).keys()];

scenario("on a phone each measure waits behind its title, by keyboard too", async () => {
  const page = await open(phone);
  assert.deepEqual(await shown(page), []);
  const height = async () => (await page.locator(".dl-order__main").boundingBox()).height;
  const folded = await height();
  await checkAccess(page, "many measures, folded");
  await picture(page, "measures-folded");
  const button = page.getByRole("button", { name: /Mesure 3 : / });
  await reach(page, button);
  await page.keyboard.press("Enter");
  assert.equal(await button.getAttribute("aria-expanded"), "true");
  assert.deepEqual(await shown(page), [2]);
  assert.ok(await button.evaluate((node) => node === document.activeElement), "the focus stays on the title");
  await page.keyboard.press("Space");
  assert.deepEqual(await shown(page), []);
  await page.getByRole("button", { name: "Tout déplier" }).press("Enter");
  assert.deepEqual(await shown(page), ranks);
  assert.ok(folded * 1.5 < await height(), `${folded} px folded`);
  await page.getByRole("button", { name: "Sommaire" }).press("Enter");
  await checkAccess(page, "many measures, shown");
  await picture(page, "measures-shown");
  await page.getByRole("button", { name: "Tout replier" }).press("Enter");
  assert.deepEqual(await shown(page), []);
  await close(page);
});

scenario("on a wide screen nothing is folded", async () => {
  const page = await open(desktop);
  assert.deepEqual(await shown(page), ranks);
  assert.equal(await page.getByRole("button", { name: /Mesure \d/ }).count(), 0);
  assert.equal(await page.getByRole("button", { name: "Tout déplier" }).count(), 0);
  assert.equal(await page.getByRole("link", { name: /^Mesure \d/ }).count(), MEASURES);
  await close(page);
});

for (const viewport of [desktop, phone]) {
  const at = `at ${viewport.width} px`;

  scenario(`the table of contents leads to every part of an order and to every measure ${at}`, async () => {
    const page = await open(viewport);
    if (viewport === phone) await page.getByRole("button", { name: "Sommaire" }).click();
    const contents = page.getByRole("navigation", { name: "Sommaire" });
    for (const name of ["Informations générales", "Dispositif", "Détails", "Carte", "Lien public", "Diffusion"]) {
      await contents.getByRole("link", { name, exact: true }).press("Enter");
      const heading = page.getByRole("heading", { level: 2, name, exact: true });
      await isFocused(page, await heading.getAttribute("id"));
      assert.equal(new URL(page.url()).hash, `#${await heading.getAttribute("id")}`);
    }
    assert.equal(await contents.getByRole("link", { name: /Historique|Actions/ }).count(), 0, "a visitor has neither");
    await contents.getByRole("link", { name: /^Mesure 7 : / }).press("Enter");
    await isFocused(page, measures[6]);
    assert.equal(new URL(page.url()).hash, `#${measures[6]}`);
    assert.deepEqual(await shown(page), viewport === phone ? [6] : ranks);
    // The same link again, from elsewhere.
    await contents.getByRole("link", { name: /^Mesure 7 : / }).press("Enter");
    await isFocused(page, measures[6]);
    await close(page);
  });

  scenario(`the address of a measure opens the order on it ${at}`, async () => {
    const page = await open(viewport, `#${measures[9]}`);
    await isFocused(page, measures[9]);
    assert.ok((await shown(page)).includes(9));
    assert.ok(await page.locator(`#${measures[9]}`).evaluate((node) => {
      const { top, bottom } = node.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    }), "it is on the screen");
    await page.evaluate((id) => { location.hash = id; }, measures[1]);
    await isFocused(page, measures[1]);
    assert.ok((await shown(page)).includes(1));
    await close(page);
  });

  scenario(`on paper every measure is there, and nothing that only a screen needs ${at}`, async () => {
    const page = await open(viewport);
    await page.emulateMedia({ media: "print" });
    assert.deepEqual(await shown(page), ranks);
    for (const gone of [".dl-contents", ".fr-btn", ".fr-footer", ".fr-header__menu", "#diffusion", "#carte-arrete"]) {
      assert.equal(await page.locator(gone).locator("visible=true").count(), 0, gone);
    }
    assert.ok(await page.locator(".dl-measure__body").getByText("Rue Pasteur").first().isVisible());
    await picture(page, `printed-${viewport.width}`);
    await close(page);
  });

  scenario(`an order is downloaded alone in every format that has it ${at}`, async () => {
    const page = await open(viewport);
    const panel = page.getByRole("region", { name: "Diffusion" });
    await panel.getByRole("heading", { level: 3, name: "Télécharger cet arrêté" }).scrollIntoViewIfNeeded();
    await checkAccess(page, "an order to download");
    await picture(page, `downloads-${viewport.width}`);
    const links = panel.getByRole("link", { name: /télécharger cet arrêté seul/ });
    const told = await links.allTextContents();
    assert.deepEqual(told.map((text) => text.split(/\s:\s/)[0].trim()), ["JSON", "DATEX II", "GeoJSON", "CSV"], "Waze takes nothing without an end");
    const { identifier } = (await call("GET", `/api/app/regulation-records/${order.uuid}`)).json;
    for (const link of await links.all()) {
      const started = page.waitForEvent("download");
      await link.click();
      const download = await started;
      // The server names its tables itself.
      assert.match(download.suggestedFilename(), new RegExp(`^(${identifier}|restrictions)\\.[a-z.]+$`));
      const text = readFileSync(await download.path(), "utf8");
      assert.ok(text.includes(identifier) || text.includes(order.uuid), download.suggestedFilename());
      const others = text.match(/[0-9a-f]{8}-[0-9a-f-]{27}/g) ?? [];
      assert.ok(others.includes(order.uuid));
    }
    const { json } = await call("GET", `/api/restrictions.geojson?order=${order.uuid}`);
    assert.equal(json.features.length, MEASURES);
    await close(page);
  });

  scenario(`an order is printed with its map ${at}`, async () => {
    const page = await open(viewport);
    await page.evaluate(() => { window.print = () => { window.dispatchEvent(new Event("beforeprint")); window.printed = true; }; });
    const { length } = await page.locator("[data-drawn]").all();
    assert.equal(length, 0, "the map is not there yet");
    await page.getByRole("button", { name: "Imprimer" }).press("Enter");
    await page.waitForFunction(() => window.printed);
    await page.emulateMedia({ media: "print" });
    const paper = page.locator(".dl-map__paper");
    assert.ok(await paper.isVisible());
    const colours = await paper.evaluate((canvas) => {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size;
    });
    assert.ok(colours > 50, `${colours} colours: the map is on the paper`);
    assert.ok(await page.getByRole("heading", { level: 2, name: "Carte", exact: true }).isVisible());
    await picture(page, `printed-map-${viewport.width}`);
    await close(page);
  });

  scenario(`journey 44 ${at}: an order leads to the map on itself`, async () => {
    const page = await open(viewport);
    await page.getByRole("link", { name: "Voir sur la carte des restrictions" }).press("Enter");
    await page.waitForURL(new RegExp(`/carte\\?.*regulationOrderRecordUuid=${order.uuid}`));
    await page.locator("#titre-liste").waitFor();
    const box = (await call("GET", `/api/map/initial-bbox?regulationOrderRecordUuid=${order.uuid}`)).json;
    await page.waitForURL(/vue=/);
    const [, lat, lon] = new URL(page.url()).searchParams.get("vue").split("/").map(Number);
    assert.ok(lat > box.minLat && lat < box.maxLat && lon > box.minLon && lon < box.maxLon, `${lat}, ${lon}`);
    await close(page);
  });

  scenario(`a member finds actions and history by the table of contents, and leaves no form by it ${at}`, async () => {
    const draft = await pushMany(`SOMMAIRE-${viewport.width}-${Date.now()}`, 3, "draft");
    const page = await openPage(browser, { viewport });
    await logInAsMember(page);
    await page.goto(`/regulations/${draft.uuid}`);
    await page.getByRole("button", { name: "Modifier les informations générales" }).click();
    await page.getByLabel("Intitulé").fill("Un autre intitulé");
    if (viewport === phone) await page.getByRole("button", { name: "Sommaire" }).click();
    for (const name of ["Actions", "Historique"]) {
      await page.getByRole("navigation", { name: "Sommaire" }).getByRole("link", { name, exact: true }).click();
      await page.waitForFunction((text) => document.activeElement.textContent === text, name);
    }
    assert.equal(await page.getByRole("dialog").count(), 0, "a place of the same page is not another page");
    assert.equal(await page.getByLabel("Intitulé").inputValue(), "Un autre intitulé");
    await page.getByRole("button", { name: "Annuler" }).click();
    await page.getByRole("dialog", { name: "Quitter sans enregistrer ?" }).getByRole("button", { name: "Quitter" }).click();
    await close(page);
  });
}
