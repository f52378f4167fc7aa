// What surrounds every page: menus, titles, focus, pages of text, network that goes and comes, weight of a first visit.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { call, succeed } from "./support/application.mjs";
import { checkAccess, close, desktop, openBrowser, openPage, phone, picture, ready, scenario } from "./support/browser.mjs";
import { logInAsMember } from "./support/clerk.mjs";
import { listed, push } from "./support/orders.mjs";

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

const texts = [
  ["Contact", "/contact"],
  ["Accessibilité", "/accessibilite"],
  ["Mentions légales", "/mentions-legales"],
  ["Politique de confidentialité", "/politique-de-confidentialite"],
  ["Conditions générales d’utilisation", "/conditions-generales-d-utilisation"],
  ["Écoconception", "/ecoconception"],
  ["Documentation de l’API", "/documentation-api"],
];

for (const [title, path] of texts) {
  scenario(`${path} says what it is, to everybody`, async () => {
    const page = await openPage(browser);
    await page.goto(path);
    await page.getByRole("heading", { level: 1, name: title }).waitFor();
    assert.equal(await page.title(), `${title} - DiaLog`);
    for (const button of await page.locator(".fr-accordion__btn").all()) await button.click();
    await page.getByRole("navigation", { name: "vous êtes ici :" }).getByRole("link", { name: "Accueil" }).waitFor();
    const broken = await page.evaluate(() => document.body.innerText.match(/.{0,20}( [:;!?»]|« ).{0,10}/g) ?? []);
    assert.deepEqual(broken, [], "no line is broken before a mark or inside guillemets");
    await checkAccess(page, path);
    await picture(page, `text${path.replaceAll("/", "-")}`);
    await close(page);
  });
}

scenario("what the browser keeps, and what it is asked, is said to everybody", async () => {
  const page = await openPage(browser);
  await page.goto("/politique-de-confidentialite");
  for (const told of ["La copie est effacée quand la saisie est enregistrée ou abandonnée", "« Aller où je suis »"]) {
    await page.getByText(told).waitFor();
  }
  await close(page);
});

for (const [width, viewport] of [["1280 px", desktop], ["375 px", phone]]) {
  scenario(`journey 1 at ${width}: a visitor arrives, reads what this is, where to look, how to log in`, async () => {
    const page = await openPage(browser, { viewport });
    await page.goto("/");
    await ready(page);
    assert.equal(await page.locator(".dl-point").count(), 6);
    assert.equal(await page.getByRole("button", { name: /Agent|Propriétaire/ }).count(), 0);
    await page.getByRole("link", { name: "Voir la carte des restrictions" }).waitFor();
    if (viewport === phone) await page.getByRole("button", { name: "Menu" }).click();
    await page.getByRole("link", { name: "Se connecter" }).locator("visible=true").waitFor();
    await checkAccess(page, "the menu");
    await picture(page, `home-menu-${viewport.width}`, { whole: false });
    if (viewport === phone) {
      await page.keyboard.press("Escape");
      assert.ok(await page.getByRole("button", { name: "Menu" }).evaluate((button) => document.activeElement === button));
    }
    await close(page);
  });
}

scenario("every link of the footer leads to a page of ours", async () => {
  const page = await openPage(browser);
  await page.goto("/");
  const links = await page.locator("footer a[href^='/']").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  assert.ok(links.length >= 13);
  for (const href of new Set(links)) {
    if (href.startsWith("/api/")) {
      await succeed("GET", href);
      continue;
    }
    await page.goto(href);
    await ready(page);
    assert.equal(await page.getByText("Page introuvable").count(), 0, href);
  }
  await close(page);
});

scenario("a change of page moves the focus to its title and is announced", async () => {
  const page = await openPage(browser);
  await page.goto("/");
  for (const [link, title] of [["Liste des arrêtés", "Arrêtés de circulation"], ["Carte des restrictions", "Carte des restrictions"]]) {
    await page.getByRole("navigation", { name: "Menu principal" }).getByRole("link", { name: link }).click();
    const heading = page.getByRole("heading", { level: 1, name: title });
    await heading.waitFor();
    await page.waitForFunction((node) => document.activeElement === node, await heading.elementHandle());
    assert.equal(await page.title(), `${title} - DiaLog`);
    assert.equal(await page.getByRole("heading", { level: 1 }).count(), 1);
  }
  await close(page);
});

scenario("the menu of the person opens, is accessible, and Escape gives the focus back", async () => {
  const page = await openPage(browser);
  await logInAsMember(page);
  const button = page.getByRole("banner").getByRole("button", { name: "Dominique Agent" });
  await button.click();
  await page.getByRole("button", { name: "Se déconnecter" }).waitFor();
  await checkAccess(page, "the menu of the person");
  await picture(page, "user-menu", { whole: false });
  await page.keyboard.press("Escape");
  assert.equal(await button.getAttribute("aria-expanded"), "false");
  assert.ok(await button.evaluate((node) => document.activeElement === node));
  await close(page);
});

scenario("tabs and accordions are used by keyboard", async () => {
  const page = await openPage(browser);
  await page.goto("/documentation-api");
  const tab = (name) => page.getByRole("tab", { name });
  await tab("Lire").focus();
  await page.keyboard.press("ArrowRight");
  assert.equal(await tab("Cartographier").getAttribute("aria-selected"), "true");
  await page.keyboard.press("End");
  assert.ok(await tab("Écrire").evaluate((node) => document.activeElement === node));
  await page.getByText("X-Client-Secret").waitFor();
  await checkAccess(page, "the last tab");
  assert.equal((await call("GET", "/api/doc")).status, 200);
  await page.goto("/contact");
  const question = page.getByRole("button", { name: /Ma rue/ });
  await question.focus();
  await page.keyboard.press("Enter");
  assert.equal(await question.getAttribute("aria-expanded"), "true");
  await page.getByText(/seules ses voies sont proposées/).waitFor();
  await page.getByRole("link", { name: "admin@dialog.test" }).waitFor();
  await close(page);
});

scenario("without a network the page says so, and what was asked comes when it is back", async () => {
  const page = await openPage(browser);
  await page.goto("/");
  await ready(page);
  await page.context().setOffline(true);
  await page.getByText("Vous êtes hors connexion.", { exact: false }).waitFor();
  await page.getByRole("navigation", { name: "Menu principal" }).getByRole("link", { name: "Liste des arrêtés" }).click();
  await page.getByText("Le serveur ne répond pas").waitFor();
  await checkAccess(page, "a page without a network");
  await picture(page, "offline");
  await page.context().setOffline(false);
  await page.locator("#resultats").waitFor();
  await page.getByText("Vous êtes hors connexion.", { exact: false }).waitFor({ state: "hidden" });
  await close(page);
});

scenario("an API that is down is a message with a way to try again", async () => {
  const page = await openPage(browser);
  await page.route("**/api/app/regulation-records?*", (route) => route.fulfill({ status: 503, body: "" }));
  await page.goto("/regulations");
  await page.getByText("Service momentanément indisponible").waitFor();
  await checkAccess(page, "a list that did not come");
  await picture(page, "api-down");
  await page.unroute("**/api/app/regulation-records?*");
  await page.getByRole("button", { name: "Réessayer" }).click();
  await page.locator("#resultats").waitFor();
  await close(page);
});

scenario("a part of the application that does not come is asked for again", async () => {
  const page = await openPage(browser);
  await page.route("**/split_site*.wasm", (route) => route.abort());
  await page.goto("/contact");
  await page.getByText("Cette page n’a pas pu être chargée").waitFor();
  await checkAccess(page, "a page whose part did not come");
  await picture(page, "part-missing");
  await page.unroute("**/split_site*.wasm");
  await page.getByRole("button", { name: "Réessayer" }).click();
  await page.getByRole("heading", { level: 1, name: "Contact" }).waitFor();
  // The browser reports the request that we refused.
  page.complaints = page.complaints.filter((text) => !/Failed to fetch/.test(text));
  await close(page);
});

scenario("a draft of another organization does not exist, by any of its addresses", async () => {
  await push("CADRE-SECRET", { title: "Intitulé confidentiel", status: "draft", from: 1, to: 2 });
  const owner = await openPage(browser);
  await logInAsMember(owner);
  await owner.goto("/regulations?search=CADRE-SECRET");
  const href = await owner.getByRole("link", { name: "CADRE-SECRET", exact: true }).getAttribute("href");
  await close(owner);
  for (const email of [undefined, "agent@voisine.test"]) {
    const page = await openPage(browser);
    if (email) await logInAsMember(page, email);
    for (const path of email ? [href, `${href}/mesures/nouvelle`] : [href]) {
      await page.goto(path);
      await page.getByRole("heading", { level: 1, name: "Page introuvable" }).waitFor();
      assert.equal(await page.getByText("confidentiel").count(), 0);
    }
    await page.goto("/regulations?search=CADRE-SECRET");
    await page.locator("#resultats").filter({ hasText: "Aucun arrêté" }).waitFor();
    await close(page);
  }
  assert.equal((await call("GET", `/api/app/regulation-records/${href.split("/").pop()}`)).status, 404);
});

scenario("what belongs to another organization is refused, when it is public, without a form", async () => {
  await push("CADRE-PUBLIC", { title: "Publié pour tous", from: 1, to: 2 });
  const page = await openPage(browser);
  await logInAsMember(page, "agent@voisine.test");
  const { items: [order] } = await listed({ search: "CADRE-PUBLIC" });
  await page.goto(`/regulations/${order.uuid}/mesures/nouvelle`);
  await page.getByRole("heading", { level: 1, name: "Accès refusé" }).waitFor();
  await checkAccess(page, "a page that is refused");
  await picture(page, "forbidden");
  await page.getByRole("link", { name: "Nous écrire" }).click();
  await page.getByRole("heading", { level: 1, name: "Contact" }).waitFor();
  await close(page);
});

// Bytes of a first visit, as they travel; everything that the page asks for counts.
async function weigh(path, ready) {
  const page = await openPage(browser);
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  const files = new Map();
  session.on("Network.responseReceived", ({ requestId, response }) => files.set(requestId, { url: response.url, bytes: 0 }));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (files.has(requestId)) files.get(requestId).bytes = encodedDataLength;
  });
  await page.goto(path);
  await ready(page);
  await page.waitForLoadState("networkidle");
  await close(page);
  const all = [...files.values()];
  return { total: all.reduce((sum, { bytes }) => sum + bytes, 0), urls: all.map(({ url }) => new URL(url).pathname) };
}

scenario("a first visit to the list weighs less than a megabyte, without editor and map", async () => {
  const { total, urls } = await weigh("/regulations", (page) => page.locator("#resultats").waitFor());
  assert.ok(total > 100_000 && total < 1_000_000, `${total} bytes`);
  assert.deepEqual(urls.filter((url) => /split_|\/map-|\/draw-/.test(url)), []);
  console.log(`# first visit to the list: ${total} bytes in ${urls.length} requests`);
});

scenario("a first visit to the map weighs less than 1.6 megabytes", async () => {
  const { total, urls } = await weigh("/carte", (page) => page.locator("canvas").waitFor());
  assert.ok(total < 1_600_000, `${total} bytes`);
  assert.deepEqual(urls.filter((url) => /split_editor|\/draw-/.test(url)), []);
  console.log(`# first visit to the map: ${total} bytes in ${urls.length} requests`);
});
