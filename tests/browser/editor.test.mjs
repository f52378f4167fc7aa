// The form of a measure: each kind of restriction, of vehicle, of period and of place, and what the API then holds.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { day } from "./support/application.mjs";
import { checkAccess, close, desktop, openBrowser, openPage, phone, picture, scenario } from "./support/browser.mjs";
import { assertValue, choose, chooseVehicles, fillPeriod, fillStreet, isWrong, logInAsMember, newMeasure, orderOf, save, saved, town } from "./support/clerk.mjs";

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

const sizes = [desktop, phone];

async function form(size, order) {
  const page = await openPage(browser, { viewport: size });
  await logInAsMember(page);
  const identifier = await newMeasure(page, { title: "Essai de l’éditeur", ...order });
  return { page, identifier };
}

const type = (page, label) => page.getByLabel("Type de restriction").selectOption({ label });
const everybody = (page) => page.getByText("Tous les véhicules", { exact: true }).click();
const place = (page, label) => page.getByLabel("Type de localisation").selectOption({ label });

// A measure whose place is all that matters.
async function beginning(page) {
  await type(page, "Circulation interdite");
  await everybody(page);
  await fillPeriod(page, { start: day(1), end: day(20) });
}

for (const size of sizes) {
  const at = `at ${size.width} px`;

  scenario(`journey 14 ${at}: an order is created, its subject in words, its first measure asked for`, async () => {
    const page = await openPage(browser, { viewport: size });
    await logInAsMember(page);
    await page.goto("/regulations/add");
    const identifier = page.getByLabel("Identifiant");
    await page.waitForFunction((input) => input.value !== "", await identifier.elementHandle());
    assert.match(await identifier.inputValue(), /^\d{4}-\d{2}-\d{4}$/);
    await page.getByRole("button", { name: "Continuer" }).click();
    await isWrong(page.getByLabel("Intitulé"));
    await page.getByLabel("Nature de l’arrêté").selectOption({ label: "Réglementation temporaire" });
    await page.getByLabel("Objet de l’arrêté", { exact: false }).first().selectOption({ label: "Autre" });
    await page.getByLabel("Intitulé").fill("Carnaval d’hiver");
    await page.getByRole("button", { name: "Continuer" }).click();
    await isWrong(page.getByLabel("Préciser l’objet"));
    await page.getByLabel("Préciser l’objet").fill("Carnaval");
    await page.getByLabel("Intitulé").fill("Carnaval d’hiver");
    await checkAccess(page, "the creation of an order");
    await page.getByRole("button", { name: "Continuer" }).click();
    await page.getByRole("heading", { level: 1, name: "Nouvelle mesure" }).waitFor();
    const order = await orderOf(page);
    assert.deepEqual([order.status, order.content.subject, order.content.otherCategoryText], ["draft", "other", "Carnaval"]);
    await page.goto(`/regulations/${order.uuid}`);
    await page.getByText("Il manque quelque chose pour publier").waitFor();
    await page.locator(".dl-title-row .fr-badge", { hasText: /^Brouillon$/ }).waitFor();
    await page.getByRole("button", { name: "Publier", exact: true }).click();
    const publication = page.getByRole("dialog", { name: "Publier cet arrêté ?" });
    await publication.getByText("Il manque quelque chose pour publier").waitFor();
    assert.equal(await publication.getByRole("button", { name: "Publier", exact: true }).count(), 0);
    await page.keyboard.press("Escape");
    await checkAccess(page, "an order without measure");
    await picture(page, `empty-order-${size.width}`);
    await close(page);
  });

  scenario(`journey 16 ${at}: the periods of a permanent order have no end`, async () => {
    const page = await openPage(browser, { viewport: size });
    await logInAsMember(page);
    await page.goto("/regulations/add");
    await page.getByLabel("Nature de l’arrêté").selectOption({ label: "Réglementation temporaire" });
    await page.getByLabel("Objet de l’arrêté", { exact: false }).first().waitFor();
    await page.getByLabel("Nature de l’arrêté").selectOption({ label: "Réglementation permanente" });
    await page.getByLabel("Objet de l’arrêté", { exact: false }).first().waitFor({ state: "detached" });
    await page.getByLabel("Intitulé").fill("Pour toujours");
    await page.waitForFunction(() => document.querySelector("#champ-identifier").value !== "");
    await page.getByRole("button", { name: "Continuer" }).click();
    await page.getByRole("heading", { level: 1, name: "Nouvelle mesure" }).waitFor();
    assert.equal(await page.getByLabel("Date de fin").count(), 0);
    await type(page, "Stationnement interdit");
    await everybody(page);
    await page.getByLabel("Date de début").fill(day(1));
    await fillStreet(page, town);
    await checkAccess(page, "the periods of a permanent order");
    await save(page);
    await saved(page);
    await page.getByText(/à partir du/).first().waitFor();
    const order = await orderOf(page);
    assert.equal(order.content.measures[0].periods[0].end, null);
    assert.equal(order.content.measures[0].type, "parkingProhibited");
    await close(page);
  });

  scenario(`journey 19 ${at}: another commune empties the street and its bounds`, async () => {
    const { page } = await form(size);
    await fillStreet(page, town);
    const city = page.getByRole("combobox", { name: "Ville ou code postal" });
    await city.fill("");
    await city.press("Tab");
    await assertValue(page.getByRole("combobox", { name: "Voie" }), "");
    await page.getByText("Le tracé apparaîtra sur la carte").waitFor();
    await choose(page, "Ville ou code postal", town.city.typed, town.city.label);
    await choose(page, "Voie", town.street.typed, town.street.label);
    await page.getByText("Une section de la voie").click();
    for (const letter of ["A", "B"]) {
      await assertValue(page.getByRole("group", { name: `Point ${letter}` }).getByLabel("Numéro", { exact: true }), "");
    }
    await save(page);
    await page.getByText(/corrections? (est|sont) nécessaires?/).first().waitFor();
    assert.equal((await orderOf(page)).content.measures.length, 0, "what was emptied is not sent");
    await close(page);
  });

  scenario(`journey 20 ${at}: a number that cannot be placed is told, then refused on its field`, async () => {
    const { page } = await form(size);
    await beginning(page);
    await fillStreet(page, { ...town, to: "99999" });
    const field = page.getByRole("group", { name: "Point B" }).getByLabel("Numéro", { exact: true });
    await page.getByText(/Tracé non trouvé/).waitFor();
    await save(page);
    await isWrong(field);
    await page.getByText("Une correction est nécessaire").waitFor();
    await page.getByRole("link", { name: /numéro du point B/ }).click();
    assert.ok(await field.evaluate((input) => input === document.activeElement));
    await checkAccess(page, "a form with a wrong number");
    assert.equal((await orderOf(page)).content.measures.length, 0);
    await close(page);
  });

  scenario(`journey 21 ${at}: a departmental road between two reference points`, async () => {
    const { page } = await form(size);
    await beginning(page);
    await place(page, "Route départementale");
    await page.getByLabel("Gestionnaire").selectOption({ label: "Démonstration" });
    await choose(page, "Numéro de la départementale", "31", "D31");
    for (const [letter, point] of [["A", "1"], ["B", "2"]]) {
      const field = page.getByRole("combobox", { name: `PR du point ${letter}` });
      await field.focus();
      // The list is there before anything is typed.
      await page.getByRole("option", { name: "0", exact: true }).waitFor();
      await choose(page, `PR du point ${letter}`, point, point);
      // The sides of a point are asked for once it is chosen.
      const side = await page.getByLabel(`Côté du point ${letter}`).elementHandle();
      await page.waitForFunction((input) => input.value === "U", side);
    }
    const abscissa = page.getByLabel("Abscisse du point B (m)");
    await abscissa.fill("100000");
    await page.getByText(/Tracé non trouvé/).waitFor();
    await save(page);
    await isWrong(abscissa);
    await checkAccess(page, "a departmental road");
    await picture(page, `road-${size.width}`);
    await abscissa.fill("0");
    await page.getByText(/du PR 1\+0 .*au PR 2\+0/).first().waitFor();
    await checkAccess(page, "a departmental road that is found");
    await save(page);
    await saved(page);
    await page.getByText(/D31 \(Démonstration\) du PR/).first().waitFor();
    const [location] = (await orderOf(page)).content.measures[0].locations;
    assert.deepEqual([location.asked.roadType, location.asked.from.pointNumber, location.asked.to.pointNumber], ["departmentalRoad", "1", "2"]);
    assert.ok(location.found.lengthM > 500);
    await close(page);
  });

  scenario(`journeys 23 and 24 ${at}: a line and a zone are drawn, corrected point by point, and saved`, async () => {
    const { page } = await form(size);
    await beginning(page);
    await place(page, "Tracé libre (GeoJSON)");
    await page.getByLabel("Descriptif").fill("Parking de la mairie");
    const text = page.getByLabel("Géométrie GeoJSON");
    await draw(page, "Tracer une ligne", [[0.3, 0.3], [0.5, 0.5], [0.6, 0.3], [0.7, 0.6]], { undo: true });
    await page.waitForFunction((area) => area.value.includes("LineString"), await text.elementHandle());
    assert.equal(JSON.parse(await text.inputValue()).coordinates.length, 3, "the last of four points was taken back");
    await page.getByText("Points du tracé (3)").click();
    const cut = await page.locator(".dl-vertices input").evaluateAll((inputs) => inputs.filter((input) => input.scrollWidth > input.clientWidth).map((input) => input.value));
    assert.deepEqual(cut, [], "every digit of a coordinate is in sight");
    await checkAccess(page, "a drawing and its points");
    await picture(page, `drawing-${size.width}`);
    await page.getByRole("button", { name: "Supprimer le point 3" }).press("Enter");
    await page.getByText("Points du tracé (2)").waitFor();
    const longitude = page.getByLabel("Longitude du point 2");
    await longitude.fill("2,19");
    await longitude.press("Tab");
    assert.equal(JSON.parse(await text.inputValue()).coordinates[1][0], 2.19);
    await text.fill("{");
    await page.getByLabel("Descriptif").focus();
    await isWrong(text);
    await checkAccess(page, "a drawing that cannot be read");
    await text.fill('{"type":"LineString","coordinates":[[2.1826573,47.5553229],[2.1826574,47.5572297]]}');
    await page.getByText(/Tracé de 2\d\d\sm/).waitFor();
    await save(page);
    await saved(page);
    await page.getByText(/Parking de la mairie - tracé libre/).first().waitFor();
    const [line] = (await orderOf(page)).content.measures[0].locations;
    assert.deepEqual([line.asked.roadType, line.asked.label, line.asked.geometry.coordinates.length], ["rawGeoJSON", "Parking de la mairie", 2]);

    await page.getByRole("link", { name: "Modifier la mesure 1" }).click();
    await place(page, "Zone");
    await page.getByLabel("Nom de la zone").fill("Centre ancien");
    const area = page.getByLabel("Périmètre de la zone");
    await draw(page, "Tracer le périmètre", [[0.3, 0.3], [0.7, 0.3]]);
    assert.equal(await area.inputValue(), "", "two points are no zone");
    await draw(page, "Tracer le périmètre", [[0.3, 0.3], [0.7, 0.3], [0.7, 0.6], [0.3, 0.6]]);
    await page.waitForFunction((input) => input.value.includes("Polygon"), await area.elementHandle());
    assert.equal(JSON.parse(await area.inputValue()).coordinates[0].length, 5);
    // Wherever the map of this size shows first, the zone is then that of the town.
    await area.fill('{"type":"Polygon","coordinates":[[[2.1805,47.5545],[2.1845,47.5545],[2.1845,47.5575],[2.1805,47.5575],[2.1805,47.5545]]]}');
    await page.getByText(/Centre ancien.*\(/).first().waitFor();
    await checkAccess(page, "a zone");
    await save(page);
    await saved(page);
    await page.getByText(/Centre ancien - zone/).first().waitFor();
    const [location] = (await orderOf(page)).content.measures[0].locations;
    assert.deepEqual([location.asked.roadType, location.asked.label], ["zone", "Centre ancien"]);
    await close(page);
  });

  scenario(`journey 25 ${at}: a whole city, but one street`, async () => {
    const { page } = await form(size);
    await beginning(page);
    await place(page, "Ville entière");
    await choose(page, "Ville ou code postal", town.city.typed, town.city.label);
    // The whole of it, then without its main street: what the map shows is shorter.
    const whole = await lengthOf(page, /ville entière/i);
    await page.getByRole("button", { name: "Ajouter une exception" }).click();
    const exception = page.getByRole("group", { name: "Exception 1" });
    assert.equal(await exception.getByLabel("Ville ou code postal").count(), 0);
    await choose(page, "Voie", town.street.typed, town.street.label);
    await page.getByText(/ville entière.*\(/i).first().waitFor();
    for (let rest = whole; rest >= whole;) rest = await lengthOf(page, /ville entière/i);
    await checkAccess(page, "a whole city");
    await picture(page, `whole-city-${size.width}`);
    await save(page);
    await saved(page);
    await page.getByText(/ville entière/i).first().waitFor();
    await page.getByText(/Sauf\s?:?\s?.*Rue Pasteur/i).first().waitFor();
    const [location] = (await orderOf(page)).content.measures[0].locations;
    assert.equal(location.asked.exceptions[0].roadName, town.road);

    // A section of it frees less than the whole street.
    await page.getByRole("link", { name: "Modifier la mesure 1" }).click();
    await exception.getByText("Une section de la voie").click();
    await exception.getByRole("group", { name: "Point A" }).getByLabel("Numéro", { exact: true }).fill(town.from);
    await exception.getByRole("group", { name: "Point B" }).getByLabel("Numéro", { exact: true }).fill(town.to);
    await save(page);
    await saved(page);
    await page.getByText(/Sauf\s?:?\s?.*Rue Pasteur du n° 2 au n° 20/i).first().waitFor();
    const [section] = (await orderOf(page)).content.measures[0].locations;
    assert.ok(section.found.lengthM > location.found.lengthM + 20, `${section.found.lengthM} m, ${location.found.lengthM} m before`);
    await close(page);
  });

  scenario(`journey 26 ${at}: every kind of vehicle, and who is exempted`, async () => {
    const { page } = await form(size);
    await type(page, "Circulation interdite");
    await fillPeriod(page, { start: day(1), end: day(20) });
    await fillStreet(page, town);
    await page.getByText("Certains véhicules").click();
    await save(page);
    await page.getByRole("link", { name: /Types de véhicules/ }).waitFor();
    await chooseVehicles(page, ["Poids", "Gabarit", "Crit'Air", "Matières dangereuses", "Autres"]);
    await isWrong(page.getByLabel("Poids total autorisé en charge, en tonnes"));
    await isWrong(page.getByLabel("Largeur (m)"));
    await checkAccess(page, "the vehicles with their mistakes");
    await page.getByRole("button", { name: "3,5 t", exact: true }).click();
    await page.getByLabel("Hauteur (m)").fill("2,6");
    await page.getByRole("group", { name: "Catégories Crit’Air" }).getByLabel("Crit'Air 5", { exact: true }).check();
    await page.getByLabel("Autres véhicules concernés").fill("véhicules de plus de neuf places");
    await page.getByRole("button", { name: "Définir une exception" }).click();
    const exempted = page.getByRole("group", { name: "Sauf" });
    for (const name of ["Vélos", "Transports en commun"]) await exempted.getByLabel(name, { exact: true }).check();
    const sentence = page.getByRole("region", { name: "La mesure en une phrase" });
    await sentence.getByText(/sauf vélos et transports en commun/i).waitFor();
    await checkAccess(page, "every vehicle");
    await picture(page, `vehicles-${size.width}`);
    await save(page);
    await saved(page);
    await page.locator(".dl-measure__body").getByText(/sauf vélos et transports en commun/i).waitFor();
    const { vehicleSet } = (await orderOf(page)).content.measures[0];
    assert.deepEqual(vehicleSet.restricted.map(({ type }) => type), ["heavyGoodsVehicle", "dimensions", "critAir", "hazardousMaterials", "other"]);
    assert.deepEqual([vehicleSet.restricted[0].maxWeightT, vehicleSet.restricted[1].maxHeightM, vehicleSet.restricted[2].classes], [3.5, 2.6, ["critair5"]]);
    assert.deepEqual(vehicleSet.exempted.map(({ type }) => type), ["bicycle", "commercial"]);
    await close(page);
  });

  scenario(`journey 27 ${at}: days, hours, a copy, and the calendar that they make`, async () => {
    const { page } = await form(size);
    await type(page, "Circulation alternée");
    await everybody(page);
    await fillStreet(page, town);
    await fillPeriod(page, { start: "2027-02-01", end: "2027-02-28" });
    const first = page.getByRole("group", { name: "Période 1" });
    await first.getByRole("button", { name: "Du lundi au vendredi" }).click();
    await first.getByRole("button", { name: "En journée" }).click();
    await first.getByText(/du lundi au vendredi \(08h00-18h00\)/).waitFor();
    await page.getByText("En février 2027, la mesure s’applique 20 jours.").waitFor();
    await first.getByRole("button", { name: "Dupliquer la période 1" }).click();
    const second = page.getByRole("group", { name: "Période 2" });
    await second.getByLabel("Date de fin").fill("2027-01-15");
    await second.getByLabel("Date de début").focus();
    await isWrong(second.getByLabel("Date de fin"));
    await second.getByLabel("Date de fin").fill("2027-03-15");
    await page.getByText("Les périodes 1 et 2 se recouvrent", { exact: false }).waitFor();
    await second.getByLabel("Date de début").fill("2027-03-01");
    await page.getByText("Les périodes 1 et 2 se recouvrent", { exact: false }).waitFor({ state: "detached" });
    await checkAccess(page, "two periods and their calendar");
    await picture(page, `periods-${size.width}`);
    await save(page);
    await saved(page);
    const { periods } = (await orderOf(page)).content.measures[0];
    assert.equal(periods.length, 2);
    assert.deepEqual([periods[1].start, periods[1].end], ["2027-03-01T00:00:00", "2027-03-15T23:59:00"]);
    await page.locator(".dl-measure__body").getByText(/du lundi au vendredi \(08h00-18h00\)/).first().waitFor();
    assert.deepEqual(periods[0].timeSlots, [{ start: "08:00:00", end: "18:00:00" }]);
    assert.deepEqual(periods[0].recurrence.days, ["monday", "tuesday", "wednesday", "thursday", "friday"]);
    await close(page);
  });

  scenario(`a whole street has a direction ${at}: it is kept, and told on its card`, async () => {
    const { page } = await form(size);
    await beginning(page);
    await choose(page, "Ville ou code postal", town.city.typed, town.city.label);
    await choose(page, "Voie", town.street.typed, town.street.label);
    await page.getByLabel("Sens concerné").selectOption({ label: "Sens A vers B" });
    await page.getByText(/Rue Pasteur.*\(/).first().waitFor();
    await save(page);
    await saved(page);
    await page.locator(".dl-measure__body").getByText("Sens A vers B").waitFor();
    const [{ asked }] = (await orderOf(page)).content.measures[0].locations;
    assert.equal(asked.direction, "A_TO_B");
    await close(page);
  });

  scenario(`a location and a period that were removed are put back in one press ${at}`, async () => {
    const { page } = await form(size);
    await beginning(page);
    await fillStreet(page, town);
    await page.getByRole("button", { name: "Dupliquer la période 1" }).click();
    const period = page.getByRole("group", { name: "Période 2" });
    await period.getByLabel("Date de début").fill("2027-03-01");
    await period.getByLabel("Date de fin").fill("2027-03-31");
    await page.getByRole("button", { name: "Supprimer la période 2" }).click();
    await period.waitFor({ state: "detached" });
    await page.getByText("La période 2 est supprimée.").waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await assertValue(period.getByLabel("Date de fin"), "2027-03-31");
    await page.waitForFunction(() => document.activeElement.type === "date");
    await page.getByRole("button", { name: "Ajouter une localisation" }).click();
    await page.getByRole("button", { name: "Supprimer la localisation 1" }).click();
    await page.getByText("La localisation 1 est supprimée.").waitFor();
    await checkAccess(page, "a location that can be put back");
    await picture(page, `put-back-${size.width}`);
    await page.getByRole("button", { name: "Rétablir" }).click();
    const first = page.getByRole("group", { name: "Localisation 1", exact: true });
    await assertValue(first.getByRole("combobox", { name: "Voie" }), "Rue Pasteur");
    await assertValue(first.getByRole("group", { name: "Point B" }).getByLabel("Numéro", { exact: true }), town.to);
    await page.getByRole("button", { name: "Supprimer la localisation 2" }).click();
    await save(page);
    await saved(page);
    const { locations, periods } = (await orderOf(page)).content.measures[0];
    assert.deepEqual([locations.length, locations[0].asked.to.number, periods.length], [1, town.to, 2]);
    await close(page);
  });

  scenario(`two streets that cross twice ${at}: the crossing is asked for and shown`, async () => {
    const { page } = await form(size);
    await beginning(page);
    await fillStreet(page, town);
    const bound = page.getByRole("group", { name: "Point B" });
    await bound.getByText("Intersection").click();
    await bound.getByLabel("Voie d’intersection").selectOption({ label: "Boulevard de l'Europe" });
    await save(page);
    await isWrong(bound.getByLabel("Croisement", { exact: false }).last());
    await checkAccess(page, "two crossings to choose from");
    await picture(page, `crossings-${size.width}`);
    await bound.getByLabel("Croisement", { exact: false }).last().selectOption({ index: 2 });
    await page.getByText(/Rue Pasteur du n° 2 .*Boulevard de l'Europe/).first().waitFor();
    await save(page);
    await saved(page);
    const [location] = (await orderOf(page)).content.measures[0].locations;
    assert.equal(location.asked.to.crossing, 2);
    await close(page);
  });
}

// The length in metres that a sentence of the form ends with: `(870 m)`, `(12,3 km)`.
async function lengthOf(page, sentence) {
  const text = await page.locator(".dl-preview--found").filter({ hasText: sentence }).first().innerText();
  const [, number, unit] = text.match(/\(([\d\s,]+)\s*(k?m)\)/u);
  return Number(number.replace(/\s/gu, "").replace(",", ".")) * (unit === "km" ? 1000 : 1);
}

// Draws on the map of the form: places are shares of its width and height.
async function draw(page, name, places, { undo = false } = {}) {
  const map = page.getByRole("region", { name: "Carte de la mesure" });
  await page.getByRole("button", { name }).click();
  await map.scrollIntoViewIfNeeded();
  const canvas = map.locator("canvas").first();
  await canvas.waitFor();
  // The cursor tells that the map draws.
  await page.waitForFunction(() => document.querySelector(".maplibregl-canvas")?.style.cursor === "crosshair");
  const box = await canvas.boundingBox();
  for (const [x, y] of places) {
    await page.mouse.move(box.x + x * box.width, box.y + y * box.height);
    await page.mouse.click(box.x + x * box.width, box.y + y * box.height);
    // The map follows the pointer once per frame.
    await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
  }
  if (undo) await page.getByRole("button", { name: "Annuler le dernier point" }).click();
  await page.getByRole("button", { name: "Terminer le tracé" }).click();
}
