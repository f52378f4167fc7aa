// The general information of an order: nothing typed is lost, nothing of others is replaced; orders that come from elsewhere.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before } from "node:test";
import { succeed } from "./support/application.mjs";
import { checkAccess, close, desktop, openBrowser, openPage, phone, picture, ready, scenario } from "./support/browser.mjs";
import { assertValue, isWrong, logIn, logInAsMember, newMeasure, newOrder, orderOf } from "./support/clerk.mjs";
import { listed, push, pushMany } from "./support/orders.mjs";

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

const kept = (page) => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("dialog:saisie:")));
const isKept = (page) => page.waitForFunction(() => Object.keys(localStorage).some((key) => key.startsWith("dialog:saisie:")));
const found = (page) => page.getByText("Votre saisie a été retrouvée");
const question = (page) => page.getByRole("dialog", { name: "Quitter sans enregistrer ?" });

// The page of a new draft, as its clerk sees it.
async function draft(size, title = "Avant") {
  const page = await openPage(browser, { viewport: size });
  await logInAsMember(page);
  const identifier = await newMeasure(page, { title });
  const [order] = page.url().match(/.*regulations\/[0-9a-f-]{36}/);
  await page.goto(order);
  await page.getByRole("heading", { level: 1, name: `Arrêté temporaire ${identifier}` }).waitFor();
  return { page, identifier, order };
}

async function editGeneral(page, title) {
  await page.getByRole("button", { name: "Modifier les informations générales" }).click();
  await page.getByLabel("Intitulé").fill(title);
}

// The same person in a new tab, after the first one was closed without a word.
async function reopen(page, address) {
  const again = await page.context().newPage();
  await page.close({ runBeforeUnload: false });
  await again.goto(address);
  return again;
}

for (const size of [desktop, phone]) {
  const at = `at ${size.width} px`;

  scenario(`journey 15 ${at}: an identifier that exists is refused on its field, the rest stays`, async () => {
    const { page, identifier } = await draft(size);
    const mine = async () => (await (await page.request.get(`/api/app/regulation-records?search=${identifier}`)).json()).metadata.totalItems;
    assert.equal(await mine(), 1);
    await newOrder(page, { identifier, title: "Le même numéro" });
    await isWrong(page.getByLabel("Identifiant"));
    await assertValue(page.getByLabel("Intitulé"), "Le même numéro");
    await page.getByText("Une correction est nécessaire").waitFor();
    await checkAccess(page, "an identifier that is taken");
    await picture(page, `identifier-taken-${size.width}`);
    assert.equal(await mine(), 1, "nothing is created");
    const free = `${identifier}-bis`;
    await page.getByLabel("Identifiant").fill(free);
    await page.getByRole("button", { name: "Continuer" }).click();
    await page.getByRole("heading", { level: 1, name: "Nouvelle mesure" }).waitFor();
    assert.equal((await orderOf(page)).identifier, free);
    await close(page);
  });

  scenario(`an identifier is said to be taken or free while it is typed ${at}`, async () => {
    const { page, identifier, order } = await draft(size);
    await page.goto("/regulations/add");
    const field = page.getByLabel("Identifiant");
    await page.waitForFunction((input) => input.value !== "", await field.elementHandle());
    await page.getByText("Cet identifiant est libre.").waitFor();
    await field.fill(identifier);
    const free = page.getByRole("button", { name: /^Prendre l’identifiant libre / });
    await free.waitFor();
    await field.press("Tab");
    await isWrong(field);
    await checkAccess(page, "an identifier that is said to be taken");
    await picture(page, `identifier-known-${size.width}`);
    const [, proposed] = (await free.textContent()).match(/libre (.*)$/);
    await free.click();
    await assertValue(field, proposed);
    assert.ok(await field.evaluate((input) => input === document.activeElement));
    await page.getByText("Cet identifiant est libre.").waitFor();
    await page.getByLabel("Nature de l’arrêté").selectOption({ label: "Réglementation temporaire" });
    await page.getByLabel("Intitulé").fill("Numéro libre");
    await page.getByRole("button", { name: "Continuer" }).click();
    await page.getByRole("heading", { level: 1, name: "Nouvelle mesure" }).waitFor();
    assert.equal((await orderOf(page)).identifier, proposed);
    // One's own is nobody else's.
    await page.goto(order);
    await editGeneral(page, "Le mien");
    await page.getByLabel("Identifiant").fill(proposed);
    await free.waitFor();
    await page.getByLabel("Identifiant").fill(identifier);
    await free.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Valider" }).click();
    await page.getByText("Les informations générales sont enregistrées.").waitFor();
    await close(page);
  });

  scenario(`an order that becomes temporary says which periods need an end, before and after it is saved ${at}`, async () => {
    const { uuid } = await pushMany(`NATURE-${size.width}-${Date.now()}`, 2, "draft");
    const page = await openPage(browser, { viewport: size });
    await logInAsMember(page);
    await page.goto(`/regulations/${uuid}`);
    await page.getByText("Rien ne manque pour publier.").waitFor();
    await page.getByRole("button", { name: "Modifier les informations générales" }).click();
    const nature = page.getByLabel("Nature de l’arrêté");
    await nature.selectOption({ label: "Réglementation temporaire" });
    await page.getByText("2 périodes n’ont pas de fin", { exact: false }).waitFor();
    await checkAccess(page, "an order that becomes temporary");
    await picture(page, `nature-${size.width}`);
    await nature.selectOption({ label: "Réglementation permanente" });
    await page.getByText("2 périodes n’ont pas de fin", { exact: false }).waitFor({ state: "detached" });
    await nature.selectOption({ label: "Réglementation temporaire" });
    await page.getByRole("button", { name: "Valider" }).click();
    await page.getByText("Les informations générales sont enregistrées.").waitFor();
    const missing = page.getByRole("region", { name: "Actions" }).getByRole("link", { name: /[Ff]in/ });
    await missing.first().waitFor();
    assert.equal((await orderOf(page)).content.category, "temporaryRegulation");
    await missing.first().click();
    await page.getByLabel("Date de fin").fill("2099-12-31");
    await page.getByRole("button", { name: "Enregistrer la mesure" }).click();
    await page.getByText("La mesure est enregistrée.").waitFor();
    const ends = (await orderOf(page)).content.measures.map(({ periods: [{ end }] }) => end);
    assert.deepEqual(ends.filter(Boolean), ["2099-12-31T23:59:00"]);
    await close(page);
  });

  scenario(`a new order that was not sent comes back ${at}, and can be given up`, async () => {
    const page = await openPage(browser, { viewport: size });
    await logInAsMember(page);
    await page.goto("/regulations/add");
    const identifier = page.getByLabel("Identifiant");
    await page.waitForFunction((input) => input.value !== "", await identifier.elementHandle());
    const proposed = await identifier.inputValue();
    assert.deepEqual(await kept(page), [], "an identifier that is proposed is nobody's work");
    await page.getByLabel("Nature de l’arrêté").selectOption({ label: "Réglementation temporaire" });
    await page.getByLabel("Intitulé").fill("Carnaval d’hiver");
    await isKept(page);
    const again = await reopen(page, "/regulations/add");
    await found(again).waitFor();
    await assertValue(again.getByLabel("Intitulé"), "Carnaval d’hiver");
    await assertValue(again.getByLabel("Nature de l’arrêté"), "temporaryRegulation");
    await assertValue(again.getByLabel("Identifiant"), proposed);
    await checkAccess(again, "a new order that was found again");
    await picture(again, `new-order-found-again-${size.width}`);
    await again.getByRole("button", { name: "Abandonner cette saisie" }).click();
    await assertValue(again.getByLabel("Intitulé"), "");
    await found(again).waitFor({ state: "hidden" });
    assert.deepEqual(await kept(again), []);
    await again.getByLabel("Intitulé").fill("Autre chose");
    await again.getByRole("link", { name: "Annuler" }).click();
    await question(again).waitFor();
    await checkAccess(again, "the question before a new order is left");
    await question(again).getByRole("button", { name: "Continuer la saisie" }).click();
    await assertValue(again.getByLabel("Intitulé"), "Autre chose");
    await again.getByRole("link", { name: "Annuler" }).click();
    await question(again).getByRole("button", { name: "Quitter" }).click();
    await again.getByRole("heading", { level: 1, name: "Arrêtés de circulation" }).waitFor();
    assert.deepEqual(await kept(again), [], "what was given up is not kept");
    await again.context().close();
  });

  scenario(`a new order that is saved leaves nothing behind ${at}`, async () => {
    const { page, identifier } = await draft(size, "Enregistré");
    assert.deepEqual(await kept(page), []);
    assert.equal((await orderOf(page)).identifier, identifier);
    await page.goto("/regulations/add");
    await page.waitForFunction((input) => input.value !== "", await page.getByLabel("Identifiant").elementHandle());
    assert.equal(await found(page).count(), 0);
    await close(page);
  });

  scenario(`general information that was not saved comes back with the page ${at}, and is then saved`, async () => {
    const { page, order } = await draft(size);
    await editGeneral(page, "Après");
    await isKept(page);
    const again = await reopen(page, order);
    await found(again).waitFor();
    await assertValue(again.getByLabel("Intitulé"), "Après");
    await checkAccess(again, "general information that was found again");
    await picture(again, `general-found-again-${size.width}`);
    assert.equal((await orderOf(again)).content.title, "Avant");
    await again.getByRole("button", { name: "Valider" }).click();
    await again.getByText("Les informations générales sont enregistrées.").waitFor();
    assert.equal((await orderOf(again)).content.title, "Après");
    assert.deepEqual(await kept(again), []);
    await again.reload();
    await again.getByText("Après").first().waitFor();
    assert.equal(await found(again).count(), 0);
    await again.context().close();
  });

  scenario(`general information is not left by mistake ${at}`, async () => {
    const { page } = await draft(size);
    await editGeneral(page, "Après");
    await page.getByRole("button", { name: "Annuler" }).click();
    await question(page).waitFor();
    await checkAccess(page, "the question before general information is left");
    await page.keyboard.press("Escape");
    await assertValue(page.getByLabel("Intitulé"), "Après");
    await page.locator(".fr-breadcrumb").getByRole("link", { name: "Liste des arrêtés" }).click();
    await question(page).getByRole("button", { name: "Continuer la saisie" }).click();
    await assertValue(page.getByLabel("Intitulé"), "Après");
    await page.getByRole("button", { name: "Annuler" }).click();
    await question(page).getByRole("button", { name: "Quitter" }).click();
    await page.getByRole("button", { name: "Modifier les informations générales" }).waitFor();
    await page.waitForFunction(() => document.activeElement.id === "informations-generales");
    assert.equal((await orderOf(page)).content.title, "Avant");
    assert.deepEqual(await kept(page), []);
    // Nothing is asked when nothing was typed.
    await page.getByRole("button", { name: "Modifier les informations générales" }).click();
    await page.getByRole("button", { name: "Annuler" }).click();
    await page.getByRole("button", { name: "Modifier les informations générales" }).waitFor();
    await close(page);
  });

  scenario(`somebody else saves the general information first ${at}`, async () => {
    const { page, order } = await draft(size);
    const other = await openPage(browser, { viewport: size });
    await logIn(other, "proprietaire@dialog.test");
    await other.getByRole("heading", { level: 1, name: "Arrêtés de circulation" }).waitFor();
    await other.goto(order);
    await editGeneral(page, "Le mien");
    await editGeneral(other, "Le leur");
    await other.getByRole("button", { name: "Valider" }).click();
    await other.getByText("Les informations générales sont enregistrées.").waitFor();
    await page.getByRole("button", { name: "Valider" }).click();
    const dialog = page.getByRole("dialog", { name: "Cet arrêté a été modifié entre-temps" });
    await dialog.getByText("Le leur").waitFor();
    await checkAccess(page, "a conflict on general information");
    await picture(page, `general-conflict-${size.width}`, { whole: false });
    await dialog.getByRole("button", { name: "Continuer la saisie" }).click();
    await page.getByRole("button", { name: "Valider" }).click();
    await dialog.getByText(/Camille Propriétaire a enregistré cet arrêté/).waitFor();
    assert.equal((await orderOf(page)).content.title, "Le leur", "saving again replaced nothing");
    await dialog.getByRole("button", { name: "Enregistrer ma saisie" }).click();
    await page.getByText("Les informations générales sont enregistrées.").waitFor();
    assert.equal((await orderOf(page)).content.title, "Le mien");
    await close(other);
    await close(page);
  });

  scenario(`journey 35 ${at}: an imported order is read and not changed`, async () => {
    const identifier = `IMPORT-${size.width}`;
    await push(identifier, { title: "Venu d’ailleurs", from: -1, to: 10 });
    // As the import of Litteralis leaves it.
    for (const table of ["orders", "public_orders"]) {
      const statement = `UPDATE ${table} SET source = 'litteralis' WHERE identifier = '${identifier}'`;
      execFileSync("psql", [process.env.DATABASE_URL, "-qc", statement]);
    }
    const page = await openPage(browser, { viewport: size });
    await logInAsMember(page);
    await page.goto(`/regulations?search=${identifier}`);
    await page.locator(".dl-table").getByText("Import Litteralis").waitFor();
    assert.equal(await page.getByRole("link", { name: `Modifier l’arrêté ${identifier}` }).count(), 0);
    await page.getByRole("link", { name: `Voir l’arrêté ${identifier}` }).click();
    await page.getByRole("heading", { level: 1, name: `Arrêté temporaire ${identifier}` }).waitFor();
    await page.getByText("Import Litteralis").waitFor();
    await page.getByText("il se modifie là où il a été écrit", { exact: false }).waitFor();
    assert.equal(await page.getByRole("button", { name: /^Modifier/ }).count(), 0);
    assert.equal(await page.getByRole("link", { name: /^(Modifier|Ajouter) / }).count(), 0);
    await checkAccess(page, "an imported order");
    await picture(page, `imported-${size.width}`);
    const order = await orderOf(page);
    assert.deepEqual([order.source, order.permissions.canEdit], ["litteralis", false]);
    const { csrfToken } = await page.request.get("/api/app/me").then((answer) => answer.json());
    const refused = await page.request.patch(`/api/app/regulation-records/${order.uuid}`, {
      headers: { "X-CSRF-Token": csrfToken, "If-Match": `"${order.revision}"` }, data: { title: "Changé" },
    });
    assert.equal(refused.status(), 403);
    await page.goto(`/regulations/${order.uuid}/mesures/nouvelle`);
    await page.getByRole("heading", { level: 1, name: "Accès refusé" }).waitFor();
    await close(page);
  });

  scenario(`the map of an order is loaded once it is on the screen ${at}`, async () => {
    const identifier = `CARTE-${size.width}`;
    await push(identifier, { title: "Avec sa carte", from: -1, to: 10 });
    const { items: [order] } = await listed({ search: identifier });
    const page = await openPage(browser, { viewport: { ...size, height: 420 } });
    const asked = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`/regulations/${order.uuid}`);
    await page.getByRole("heading", { level: 2, name: "Diffusion" }).waitFor();
    await page.waitForLoadState("networkidle");
    assert.deepEqual(asked.filter((path) => /\/map-/.test(path)), []);
    await page.getByRole("heading", { level: 2, name: "Carte", exact: true }).scrollIntoViewIfNeeded();
    await page.mouse.wheel(0, 300);
    await page.locator("canvas").first().waitFor();
    assert.ok(asked.some((path) => /\/map-/.test(path)));
    await succeed("GET", `/api/app/regulation-records/${order.uuid}`);
    await close(page);
  });
}

scenario("who belongs to no organization is told whom to ask, in place of a form that cannot be sent", async () => {
  const page = await openPage(browser);
  await logInAsMember(page, "admin@dialog.test");
  await page.goto("/regulations/add");
  await page.getByText("Vous n’appartenez à aucune organisation").waitFor();
  await page.getByText("Demandez à un membre de la vôtre de vous inviter.", { exact: false }).waitFor();
  assert.equal(await page.getByRole("button", { name: "Continuer" }).count(), 0);
  await checkAccess(page, "the creation of an order without an organization");
  await picture(page, "no-organization");
  const { organizations } = await (await page.request.get("/api/app/me")).json();
  assert.deepEqual(organizations, []);
  await close(page);
});

scenario("nobody is logged in: the console of a public page is clean", async () => {
  const page = await openPage(browser);
  const refused = [];
  page.on("response", (response) => { if (response.status() >= 400) refused.push(response.url()); });
  for (const path of ["/", "/regulations", "/carte", "/contact"]) {
    await page.goto(path);
    await ready(page);
    await page.waitForLoadState("networkidle");
  }
  assert.deepEqual(refused, []);
  await close(page);
});
