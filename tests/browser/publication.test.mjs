// From a draft to its repeal: nothing typed is lost, nothing of others is replaced, and everybody reads what was published.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { call, day, orderInFeed } from "./support/application.mjs";
import { checkAccess, close, desktop, openBrowser, openPage, phone, picture, scenario } from "./support/browser.mjs";
import { assertValue, fillPeriod, fillStreet, isSeen, logIn, logInAsMember, newMeasure, orderOf, reach, save, saved, town } from "./support/clerk.mjs";

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

async function draft(size, title = "Essai de publication") {
  const page = await openPage(browser, { viewport: size });
  await logInAsMember(page);
  const identifier = await newMeasure(page, { title });
  await fill(page, "30");
  await save(page);
  await saved(page);
  return { page, identifier };
}

async function fill(page, speed) {
  await page.getByLabel("Type de restriction").selectOption({ label: "Limitation de vitesse" });
  await page.getByLabel("Vitesse maximale autorisée").fill(speed);
  await page.getByText("Tous les véhicules", { exact: true }).click();
  await fillPeriod(page, { start: day(0), end: day(20) });
  await fillStreet(page, town);
}

async function edit(page, speed) {
  await page.getByRole("link", { name: "Modifier la mesure 1" }).click();
  await page.getByLabel("Vitesse maximale autorisée").fill(speed);
}

async function publish(page, name) {
  await page.getByRole("button", { name, exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Publier", exact: true }).click();
  await page.getByText("L’arrêté est publié").waitFor();
}

for (const size of [desktop, phone]) {
  const at = `at ${size.width} px`;

  scenario(`journeys 17 and 31 ${at}: a measure on a section and its publication, by keyboard alone`, async () => {
    const page = await openPage(browser, { viewport: size });
    await logInAsMember(page);
    await newMeasure(page, { title: "Au clavier" });
    const keys = page.keyboard;
    await reach(page, page.getByLabel("Type de restriction"));
    await keys.type("Limitation");
    await reach(page, page.getByLabel("Vitesse maximale autorisée"));
    await keys.type("50");
    await reach(page, page.getByLabel("Tous les véhicules", { exact: true }));
    await keys.press("Space");
    for (const [label, date] of [["Date de début", day(1)], ["Date de fin", day(20)]]) {
      await reach(page, page.getByLabel(label));
      const [year, month, date_] = date.split("-");
      // The browser of the tests writes dates in English.
      await keys.type(`${month}${date_}${year}`);
      assert.equal(await page.getByLabel(label).inputValue(), date);
    }
    await pick(page, "Ville ou code postal", "démov");
    await pick(page, "Voie", "past");
    assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), "Nouvelle mesure", "Enter chose, and did not send the form");
    await reach(page, page.getByLabel("Voie entière"));
    await keys.press("ArrowRight");
    await reach(page, page.getByRole("group", { name: "Point A" }).getByLabel("Numéro", { exact: true }));
    await keys.type("1");
    await reach(page, page.getByRole("group", { name: "Point B" }).getByLabel("Numéro de rue"));
    await keys.press("ArrowRight");
    await reach(page, page.getByLabel("Voie d’intersection"));
    await keys.type("Rue des Li");
    await reach(page, page.getByLabel("Sens concerné"));
    await keys.type("Sens A");
    await page.getByText(/Rue Pasteur du n° 1 .*Rue des Lilas/).first().waitFor();
    await reach(page, page.getByRole("button", { name: "Enregistrer la mesure" }));
    await keys.press("Enter");
    await saved(page);
    await page.getByRole("heading", { name: /Vitesse limitée à 50 km\/h/ }).waitFor();
    await page.locator(".dl-measure__body").getByText(/Rue Pasteur du n° 1 .*Rue des Lilas/).waitFor();
    const order = await orderOf(page);
    const [location] = order.content.measures[0].locations;
    assert.deepEqual([order.content.measures[0].maxSpeedKmh, location.asked.direction, location.asked.from.number], [50, "A_TO_B", "1"]);
    assert.equal(location.asked.to.roadName, "Rue des Lilas");

    // Journey 31, by keyboard alone too.
    await reach(page, page.getByRole("button", { name: "Publier", exact: true }));
    await keys.press("Enter");
    await page.getByRole("dialog").waitFor();
    await reach(page, page.getByRole("dialog").getByRole("button", { name: "Publier", exact: true }));
    await keys.press("Enter");
    await page.getByText("L’arrêté est publié").waitFor();
    await page.waitForFunction(() => document.activeElement.id === "details");
    const details = page.getByRole("region", { name: "Détails" });
    await details.getByText("Publié le", { exact: true }).waitFor();
    await details.getByText("À venir", { exact: true }).waitFor();
    await details.getByText("commence demain").waitFor();
    await page.locator(".dl-title-row .fr-badge", { hasText: /^Publié$/ }).waitFor();
    await page.getByRole("region", { name: "Historique" }).getByText(/, par Dominique Agent$/).first().waitFor();
    assert.ok(await orderInFeed(order.identifier), "the feed has it");
    const { status, json } = await call("GET", `/api/app/regulation-records/${order.uuid}`);
    assert.deepEqual([status, json.status], [200, "published"], "everybody reads it");
    await checkAccess(page, "a published order");
    await picture(page, `published-${size.width}`);
    await close(page);
    const visitor = await openPage(browser, { viewport: size });
    await visitor.goto(`/regulations?search=${order.identifier}`);
    await visitor.getByRole("link", { name: `Voir l’arrêté ${order.identifier}` }).waitFor();
    assert.deepEqual(await visitor.locator(".dl-table .fr-badge").allTextContents(), ["Publié"]);
    await visitor.goto(`/carte?regulationOrderRecordUuid=${order.uuid}`);
    await visitor.getByRole("button", { name: /Vitesse limitée à 50 km\/h.*Rue Pasteur/ }).first().waitFor();
    await close(visitor);
  });

  scenario(`journey 29 ${at}: leaving asks first; refusing stays, agreeing loses`, async () => {
    const { page } = await draft(size);
    const order = page.url();
    await edit(page, "20");
    await page.getByRole("link", { name: "Annuler" }).click();
    const dialog = page.getByRole("dialog", { name: "Quitter sans enregistrer ?" });
    await dialog.waitFor();
    await checkAccess(page, "the question before leaving");
    await dialog.getByRole("button", { name: "Continuer la saisie" }).click();
    await assertValue(page.getByLabel("Vitesse maximale autorisée"), "20");
    await page.locator(".fr-breadcrumb").getByRole("link", { name: "Liste des arrêtés" }).click();
    await dialog.getByRole("button", { name: "Quitter" }).click();
    await page.getByRole("heading", { level: 1, name: "Arrêtés de circulation" }).waitFor();
    await page.goto(order);
    await page.getByRole("heading", { name: /Vitesse limitée à 30 km\/h/ }).waitFor();
    assert.equal((await orderOf(page)).content.measures[0].maxSpeedKmh, 30);
    await page.getByRole("link", { name: "Modifier la mesure 1" }).click();
    // What was given up does not come back.
    await assertValue(page.getByLabel("Vitesse maximale autorisée"), "30");
    await close(page);
  });

  scenario(`a tab that closes ${at} loses nothing: what was typed comes back, and can be given up`, async () => {
    const { page } = await draft(size);
    await edit(page, "15");
    const form = page.url();
    await page.waitForFunction(() => Object.keys(localStorage).some((key) => key.startsWith("dialog:saisie:")));
    const again = await page.context().newPage();
    await page.close({ runBeforeUnload: false });
    await again.goto(form);
    await again.getByText("Votre saisie a été retrouvée").waitFor();
    await assertValue(again.getByLabel("Vitesse maximale autorisée"), "15");
    await checkAccess(again, "a form that was found again");
    await picture(again, `found-again-${size.width}`);
    await again.getByRole("button", { name: "Abandonner cette saisie" }).click();
    await again.waitForFunction(() => [...document.querySelectorAll("input")].some(({ value }) => value === "30"));
    assert.equal(await again.getByText("Votre saisie a été retrouvée").count(), 0);
    assert.equal(await again.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("dialog:saisie:")).length), 0);
    await again.context().close();
  });

  scenario(`somebody else saves first ${at}: nothing of theirs is replaced without a word`, async () => {
    const { page } = await draft(size);
    const order = page.url();
    const other = await openPage(browser, { viewport: size });
    await logIn(other, "proprietaire@dialog.test");
    await other.getByRole("heading", { level: 1, name: "Arrêtés de circulation" }).waitFor();
    await other.goto(order);
    await edit(page, "20");
    await edit(other, "10");
    await save(other);
    await saved(other);
    await save(page);
    const dialog = page.getByRole("dialog", { name: "Cet arrêté a été modifié entre-temps" });
    await dialog.getByText(/10\skm\/h/).first().waitFor();
    await checkAccess(page, "the dialog of a conflict");
    await picture(page, `conflict-${size.width}`, { whole: false });
    await dialog.getByRole("button", { name: "Continuer la saisie" }).click();
    await save(page);
    await dialog.waitFor();
    assert.equal((await orderOf(page)).content.measures[0].maxSpeedKmh, 10, "saving again replaced nothing");
    await dialog.getByRole("button", { name: "Enregistrer ma saisie" }).click();
    await saved(page);
    assert.equal((await orderOf(page)).content.measures[0].maxSpeedKmh, 20);
    await close(other);
    await close(page);
  });

  scenario(`journey 30 ${at}: a measure is copied, then deleted`, async () => {
    const { page } = await draft(size);
    assert.equal(await page.getByRole("button", { name: "Supprimer la mesure" }).count(), 0, "the only measure stays");
    await page.getByRole("button", { name: "Dupliquer la mesure 1" }).click();
    await isSeen(page.getByText("La mesure est copiée"));
    await page.getByRole("heading", { level: 3, name: /^Mesure 2 : Vitesse limitée à 30 km\/h/ }).waitFor();
    assert.equal((await orderOf(page)).content.measures.length, 2);
    await page.getByRole("button", { name: "Supprimer la mesure" }).last().click();
    const dialog = page.getByRole("dialog", { name: "Supprimer cette mesure ?" });
    await dialog.waitFor();
    await checkAccess(page, "the question before a measure is deleted");
    await picture(page, `delete-measure-${size.width}`, { whole: false });
    await dialog.getByRole("button", { name: "Supprimer", exact: true }).click();
    await isSeen(page.getByText("La mesure est supprimée."));
    assert.equal(await page.getByRole("button", { name: "Supprimer la mesure" }).count(), 0, "the only measure stays");
    assert.equal((await orderOf(page)).content.measures.length, 1);
    await close(page);
  });

  scenario(`journeys 32 to 34 ${at}: changes are compared and published, the order is copied, repealed, deleted`, async () => {
    const { page, identifier } = await draft(size);
    await publish(page, "Publier");
    await edit(page, "50");
    await save(page);
    await saved(page);
    const history = page.getByRole("region", { name: "Historique" });
    await history.getByText(/Dominique Agent/).first().waitFor();
    await checkAccess(page, "an order with changes that wait");
    assert.match(await orderInFeed(identifier), /30/, "what waits is not public");
    await page.getByRole("button", { name: "Publier les modifications" }).click();
    const dialog = page.getByRole("dialog", { name: "Publier les modifications ?" });
    await dialog.getByText(/50\skm\/h/).first().waitFor();
    await checkAccess(page, "the differences before a publication");
    await picture(page, `differences-${size.width}`, { whole: false });
    await dialog.getByRole("button", { name: "Publier", exact: true }).click();
    await page.getByText("L’arrêté est publié").waitFor();
    assert.match(await orderInFeed(identifier), /50/);
    assert.equal((await orderOf(page)).published.number, 2);
    await page.getByRole("region", { name: "Lien public" }).getByRole("link").waitFor();
    const original = page.url();

    await page.getByRole("button", { name: "Dupliquer", exact: true }).click();
    await page.getByText("L’arrêté est copié").waitFor();
    await page.getByRole("heading", { level: 1, name: `Arrêté temporaire ${identifier}-1` }).waitFor();
    const copy = await orderOf(page);
    assert.deepEqual([copy.status, copy.content.measures.length, copy.content.measures[0].maxSpeedKmh], ["draft", 1, 50]);
    await page.getByRole("button", { name: "Supprimer l’arrêté" }).click();
    const deletion = page.getByRole("dialog", { name: "Supprimer cet arrêté ?" });
    await deletion.waitFor();
    await checkAccess(page, "the question before an order is deleted");
    await deletion.getByRole("button", { name: "Supprimer", exact: true }).click();
    await page.getByText(`L’arrêté ${identifier}-1 est supprimé.`).waitFor();
    assert.equal((await call("GET", `/api/app/regulation-records/${copy.uuid}`)).status, 404);
    await page.goto(`/regulations/${copy.uuid}`);
    await page.getByRole("heading", { level: 1, name: "Page introuvable" }).waitFor();

    await page.goto(original);
    await page.getByRole("button", { name: "Abroger", exact: true }).click();
    const repeal = page.getByRole("dialog", { name: "Abroger cet arrêté ?" });
    await repeal.waitFor();
    await checkAccess(page, "the repeal");
    await repeal.getByRole("button", { name: "Abroger", exact: true }).click();
    await repeal.getByRole("link", { name: /Motif/ }).waitFor();
    await checkAccess(page, "the repeal with its mistake");
    await picture(page, `repeal-${size.width}`, { whole: false });
    await repeal.getByLabel("Motif").fill("Les travaux sont finis");
    await repeal.getByRole("button", { name: "Abroger", exact: true }).click();
    await page.getByText("L’arrêté est abrogé.").waitFor();
    await page.getByText(/Abrogé le .*\s: Les travaux sont finis/).first().waitFor();
    await page.locator(".dl-title-row .fr-badge", { hasText: /^Abrogé$/ }).waitFor();
    await page.getByText("Cet arrêté est abrogé : il ne se modifie plus.").waitFor();
    assert.equal((await orderOf(page)).content.repeal.reason, "Les travaux sont finis");
    assert.equal(await page.getByRole("link", { name: "Modifier la mesure 1" }).count(), 0);
    await checkAccess(page, "a repealed order");
    await picture(page, `repealed-${size.width}`);
    await close(page);
  });

  scenario(`journey 36 ${at}: the official document is attached, replaced, removed`, async () => {
    const { page } = await draft(size);
    const panel = page.getByRole("region", { name: "Arrêté officiel" });
    await panel.getByRole("button", { name: "Joindre l’arrêté officiel" }).click();
    const dialog = page.getByRole("dialog");
    const file = (bytes) => ({ name: "arrete.pdf", mimeType: "application/pdf", buffer: Buffer.concat([Buffer.from("%PDF-1.4\n"), Buffer.alloc(bytes, 32), Buffer.from("\n%%EOF")]) });
    await dialog.getByLabel("Fichier", { exact: false }).last().setInputFiles(file(6_000_000));
    await dialog.getByText(/5\sMo|trop/i).last().waitFor();
    await dialog.getByRole("button", { name: "Joindre le document" }).click();
    await checkAccess(page, "a document that is too large");
    await dialog.getByLabel("Fichier", { exact: false }).last().setInputFiles(file(90_000));
    await dialog.getByText("arrete.pdf, 90 ko").waitFor();
    await checkAccess(page, "a document that is chosen");
    await picture(page, `document-chosen-${size.width}`, { whole: false });
    await dialog.getByRole("button", { name: "Joindre le document" }).click();
    await panel.getByRole("link", { name: /arrete\.pdf.*PDF, 90 ko/ }).waitFor();
    assert.equal((await orderOf(page)).document.file.name, "arrete.pdf");
    await panel.getByRole("button", { name: "Remplacer l’arrêté officiel" }).click();
    await dialog.getByText("Ajouter un lien").click();
    await dialog.getByLabel("Intitulé du lien").fill("Recueil des actes");
    await dialog.getByLabel("Adresse du lien").fill("http://exemple.fr/arrete");
    await dialog.getByRole("button", { name: "Joindre le document" }).click();
    await dialog.getByRole("link", { name: /Lien/ }).waitFor();
    await checkAccess(page, "a link that is refused");
    await picture(page, `document-${size.width}`, { whole: false });
    await dialog.getByLabel("Adresse du lien").fill("https://exemple.fr/arrete");
    await dialog.getByRole("button", { name: "Joindre le document" }).click();
    await panel.getByRole("link", { name: /Recueil des actes/ }).waitFor();
    const linked = (await orderOf(page)).document;
    assert.deepEqual([linked.title, linked.url, linked.file], ["Recueil des actes", "https://exemple.fr/arrete", null]);
    await panel.getByRole("button", { name: "Retirer l’arrêté officiel" }).click();
    const removal = page.getByRole("dialog", { name: "Retirer l’arrêté officiel ?" });
    await removal.waitFor();
    await checkAccess(page, "the question before a document is removed");
    await removal.getByRole("button", { name: "Retirer", exact: true }).click();
    await panel.getByRole("button", { name: "Joindre l’arrêté officiel" }).waitFor();
    assert.equal((await orderOf(page)).document, null);
    await close(page);
  });

  scenario(`somebody else saved before a deletion ${at}: the order is shown as it is now, and stays until it is asked again`, async () => {
    const { page } = await draft(size);
    const order = await orderOf(page);
    await page.getByRole("button", { name: "Supprimer l’arrêté" }).click();
    const dialog = page.getByRole("dialog", { name: "Supprimer cet arrêté ?" });
    await dialog.waitFor();
    await changeTitle(page, order, "Changé par un collègue");
    await dialog.getByRole("button", { name: "Supprimer", exact: true }).click();
    await isSeen(page.getByText("relisez-le, puis supprimez-le", { exact: false }));
    await page.getByText("Changé par un collègue").first().waitFor();
    await checkAccess(page, "a deletion that came too late");
    await picture(page, `late-deletion-${size.width}`);
    assert.equal((await orderOf(page)).content.title, "Changé par un collègue", "nothing is deleted");
    await page.getByRole("button", { name: "Supprimer l’arrêté" }).click();
    await dialog.getByRole("button", { name: "Supprimer", exact: true }).click();
    await page.getByText(`L’arrêté ${order.identifier} est supprimé.`).waitFor();
    assert.equal((await page.request.get(`/api/app/regulation-records/${order.uuid}`)).status(), 404);
    await close(page);
  });

  scenario(`somebody else saved before a document is removed ${at}: it stays until it is asked again`, async () => {
    const { page } = await draft(size);
    const panel = page.getByRole("region", { name: "Arrêté officiel" });
    await panel.getByRole("button", { name: "Joindre l’arrêté officiel" }).click();
    await page.getByRole("dialog").getByText("Ajouter un lien").click();
    await page.getByRole("dialog").getByLabel("Intitulé du lien").fill("Recueil des actes");
    await page.getByRole("dialog").getByLabel("Adresse du lien").fill("https://exemple.fr/arrete");
    await page.getByRole("dialog").getByRole("button", { name: "Joindre le document" }).click();
    await panel.getByRole("link", { name: /Recueil des actes/ }).waitFor();
    const removal = page.getByRole("dialog", { name: "Retirer l’arrêté officiel ?" });
    await panel.getByRole("button", { name: "Retirer l’arrêté officiel" }).click();
    await changeTitle(page, await orderOf(page), "Changé entre-temps");
    await removal.getByRole("button", { name: "Retirer", exact: true }).click();
    await isSeen(page.getByText("vérifiez-le, puis retirez le document", { exact: false }));
    await page.getByText("Changé entre-temps").first().waitFor();
    await checkAccess(page, "a removal that came too late");
    assert.equal((await orderOf(page)).document.title, "Recueil des actes");
    await panel.getByRole("button", { name: "Retirer l’arrêté officiel" }).click();
    await removal.getByRole("button", { name: "Retirer", exact: true }).click();
    await isSeen(page.getByText("L’arrêté officiel est retiré."));
    assert.equal((await orderOf(page)).document, null);
    await close(page);
  });

  scenario(`the sending of a document ${at} tells how much of it has left`, async () => {
    const { page } = await draft(size);
    const panel = page.getByRole("region", { name: "Arrêté officiel" });
    await panel.getByRole("button", { name: "Joindre l’arrêté officiel" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Fichier", { exact: false }).last().setInputFiles({
      name: "arrete.pdf", mimeType: "application/pdf", buffer: Buffer.concat([Buffer.from("%PDF-1.4\n"), Buffer.alloc(4_000_000, 32)]),
    });
    const session = await page.context().newCDPSession(page);
    await session.send("Network.enable");
    const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 400_000 };
    await session.send("Network.emulateNetworkConditions", slow);
    await dialog.getByRole("button", { name: "Joindre le document" }).click();
    await page.waitForFunction(() => {
      const { value } = document.querySelector("progress") ?? { value: 0 };
      return value > 0.05 && value < 0.95;
    });
    await dialog.getByText(/Envoi du document\s: \d+\s%/).waitFor();
    await checkAccess(page, "a document that is being sent");
    await picture(page, `document-sent-${size.width}`, { whole: false });
    await session.send("Network.emulateNetworkConditions", { ...slow, uploadThroughput: -1 });
    await panel.getByRole("link", { name: /arrete\.pdf.*PDF, 4,0 Mo/ }).waitFor();
    assert.equal((await orderOf(page)).document.file.sizeBytes, 4_000_009);
    await close(page);
  });
}

// A colleague changes the title meanwhile.
async function changeTitle(page, order, title) {
  const { csrfToken } = await (await page.request.get("/api/app/me")).json();
  const { category, subject } = order.content;
  const changed = await page.request.patch(`/api/app/regulation-records/${order.uuid}`, {
    headers: { "X-CSRF-Token": csrfToken, "If-Match": `"${order.revision}"` },
    data: { identifier: order.identifier, category, subject, title },
  });
  assert.equal(changed.status(), 200, await changed.text());
}

// Chooses the first proposition by keyboard.
async function pick(page, label, typed) {
  const field = page.getByRole("combobox", { name: label });
  await reach(page, field);
  await page.keyboard.type(typed);
  await page.getByRole("listbox", { name: label }).getByRole("option").first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForFunction((input) => input.getAttribute("aria-expanded") === "false", await field.elementHandle());
}
