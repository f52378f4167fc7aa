// Where a measure applies, beyond the plain street: what must be chosen, what lies outside, files, loops, points on the map.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { day } from "./support/application.mjs";
import { checkAccess, close, desktop, openBrowser, openPage, phone, picture, scenario } from "./support/browser.mjs";
import { choose, fillPeriod, fillStreet, isWrong, logInAsMember, newMeasure, orderOf, save, saved, town } from "./support/clerk.mjs";

let browser;
before(async () => {
  browser = await openBrowser();
  loadWaitingAreas();
});
after(() => browser.close());

// Two waiting areas beside the N7 of the town, by the command that an operator uses.
function loadWaitingAreas() {
  const folder = mkdtempSync(join(tmpdir(), "dialog-areas-"));
  const file = join(folder, "areas.csv");
  writeFileSync(file, [
    "id;description;gestionnaire;route;pr_debut;abscisse_debut;pr_fin;abscisse_fin;longueur",
    "A;Aire de l'Europe;;N0007;00PR12D;100;00PR13D;-200;",
    "B;Aire de la Gare;;N0007;00PR12G;0;;;150",
    "",
  ].join("\n"));
  execFileSync(process.env.DIALOG_BIN, ["reference", "load", "storage-areas", file], { stdio: "ignore" });
  rmSync(folder, { recursive: true });
}

async function form(size, order) {
  const page = await openPage(browser, { viewport: size });
  await logInAsMember(page);
  await newMeasure(page, { title: "Essai des lieux", ...order });
  await page.getByLabel("Type de restriction").selectOption({ label: "Circulation interdite" });
  await page.getByText("Tous les véhicules", { exact: true }).click();
  await fillPeriod(page, { start: day(1), end: day(20) });
  return page;
}

const place = (page, label) => page.getByLabel("Type de localisation").selectOption({ label });
const map = (page) => page.getByRole("region", { name: "Carte de la mesure" });

// Two points of the main street, as each format writes them.
const line = [[2.1826573, 47.5553229], [2.1826574, 47.5572297]];
const zone = [[2.1805, 47.5545], [2.1845, 47.5545], [2.1845, 47.5575], [2.1805, 47.5575], [2.1805, 47.5545]];
const written = (points) => points.map((point) => point.join(",")).join(" ");
const files = {
  "trace.geojson": JSON.stringify({ type: "FeatureCollection", features: [
    { type: "Feature", properties: {}, geometry: { type: "Point", coordinates: line[0] } },
    { type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: line } },
  ] }),
  "trace.gpx": `<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>${
    line.map(([lon, lat]) => `<trkpt lat="${lat}" lon="${lon}"><ele>120</ele></trkpt>`).join("")}</trkseg></trk></gpx>`,
  "trace.kml": `<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><LineString><coordinates>${
    line.map((point) => `${point.join(",")},0`).join("\n")}</coordinates></LineString></Placemark></Document></kml>`,
  "zone.kml": `<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><Polygon><outerBoundaryIs><LinearRing><coordinates>${
    written(zone)}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></kml>`,
  "point.geojson": JSON.stringify({ type: "Point", coordinates: line[0] }),
  "texte.gpx": "rien de connu",
};
const file = (name) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.from(files[name]) });

for (const size of [desktop, phone]) {
  const at = `at ${size.width} px`;

  scenario(`journey 18 ${at}: a commune that was typed and not chosen is refused on its field`, async () => {
    const page = await form(size);
    const city = page.getByRole("combobox", { name: "Ville ou code postal" });
    await city.pressSequentially("d");
    await page.getByText("Écrivez la suite.").waitFor();
    await city.pressSequentially("émoville");
    await page.getByRole("option", { name: town.city.label }).waitFor();
    await city.press("Escape");
    await save(page);
    await isWrong(city);
    const summary = page.getByRole("link", { name: /dans la liste/ }).first();
    await summary.waitFor();
    await page.locator(".fr-message--error", { hasText: /dans la liste/ }).first().waitFor();
    await checkAccess(page, "a commune that was not chosen");
    await picture(page, `city-not-chosen-${size.width}`);
    assert.equal((await orderOf(page)).content.measures.length, 0, "nothing is saved");
    await fillStreet(page, town);
    await save(page);
    await saved(page);
    const [location] = (await orderOf(page)).content.measures[0].locations;
    assert.deepEqual([location.asked.cityCode, location.asked.roadName], ["00001", "Rue Pasteur"]);
    await close(page);
  });

  scenario(`journey 22 ${at}: in winter a national road has waiting areas for lorries`, async () => {
    const page = await form(size, { subject: "Viabilité hivernale" });
    await place(page, "Route nationale");
    await page.getByLabel("Gestionnaire").selectOption({ label: "DIR Démonstration" });
    assert.equal(await page.getByLabel("Aire de stockage").count(), 0);
    await choose(page, "Numéro de la nationale", "7", "N7");
    const area = page.getByLabel("Aire de stockage");
    await area.waitFor();
    assert.deepEqual((await area.locator("option").allTextContents()).slice(1), ["Aire de l'Europe", "Aire de la Gare"]);
    await area.selectOption({ label: "Aire de la Gare" });
    for (const [letter, point] of [["A", "12"], ["B", "13"]]) {
      await choose(page, `PR du point ${letter}`, point, point);
      await page.getByLabel(`Côté du point ${letter}`).selectOption({ label: "Chaussée droite (D)" });
    }
    await page.getByText(/N7 .*du PR 12\+0 .*au PR 13\+0/).first().waitFor();
    await checkAccess(page, "a national road in winter");
    await picture(page, `winter-${size.width}`);
    await save(page);
    await saved(page);
    await page.getByText("Aire de stockage : Aire de la Gare").waitFor();
    const [location] = (await orderOf(page)).content.measures[0].locations;
    assert.deepEqual([location.asked.roadType, location.asked.roadNumber], ["nationalRoad", "N7"]);
    assert.equal(location.found.storageArea.description, "Aire de la Gare");
    await close(page);
  });

  scenario(`journey 28 ${at}: what lies outside the territory is refused on the kind of location`, async () => {
    const page = await form(size);
    await place(page, "Tracé libre (GeoJSON)");
    await page.getByLabel("Descriptif").fill("Vieux-Port");
    await page.getByLabel("Géométrie GeoJSON").fill('{"type":"LineString","coordinates":[[5.3698,43.2951],[5.3745,43.2963]]}');
    await save(page);
    await isWrong(page.getByLabel("Type de localisation"));
    await page.locator(".fr-message--error", { hasText: /territoire|périmètre|compétente/ }).first().waitFor();
    await checkAccess(page, "a place outside the territory");
    await picture(page, `outside-${size.width}`);
    assert.equal((await orderOf(page)).content.measures.length, 0, "nothing is saved");
    await close(page);
  });

  scenario(`a line and a zone come from files ${at}: GeoJSON, GPX, KML`, async () => {
    const page = await form(size);
    await place(page, "Tracé libre (GeoJSON)");
    const input = page.getByLabel("Importer un tracé");
    const text = page.getByLabel("Géométrie GeoJSON");
    for (const [name, message] of [["point.geojson", "Ce fichier ne contient pas de ligne."], ["texte.gpx", "Ce fichier n’est ni du GeoJSON, ni du GPX, ni du KML."]]) {
      await input.setInputFiles(file(name));
      await page.getByText(message).waitFor();
    }
    assert.equal(await text.inputValue(), "");
    await checkAccess(page, "a file that holds no line");
    await picture(page, `file-refused-${size.width}`);
    for (const name of ["trace.geojson", "trace.gpx", "trace.kml"]) {
      await text.fill("");
      await input.setInputFiles(file(name));
      await page.waitForFunction((area) => area.value !== "", await text.elementHandle());
      assert.deepEqual(JSON.parse(await text.inputValue()), { type: "LineString", coordinates: line }, name);
      await page.getByText("Le tracé du fichier est repris.").waitFor();
    }
    await page.getByText(/Tracé de 2\d\d\sm/).waitFor();
    await checkAccess(page, "a line that came from a file");
    await picture(page, `file-taken-${size.width}`);
    await place(page, "Zone");
    await page.getByLabel("Nom de la zone").fill("Centre");
    await page.getByLabel("Importer un tracé").setInputFiles(file("zone.kml"));
    const area = page.getByLabel("Périmètre de la zone");
    await page.waitForFunction((input) => input.value.includes("Polygon"), await area.elementHandle());
    await save(page);
    await saved(page);
    const [location] = (await orderOf(page)).content.measures[0].locations;
    assert.deepEqual([location.asked.roadType, location.asked.geometry], ["zone", { type: "Polygon", coordinates: [zone] }]);
    await close(page);
  });

  scenario(`a typed line is what the map shows when it is drawn on ${at}`, async () => {
    const page = await form(size);
    await place(page, "Tracé libre (GeoJSON)");
    await page.getByLabel("Descriptif").fill("Devant l’école");
    const text = page.getByLabel("Géométrie GeoJSON");
    await text.fill(JSON.stringify({ type: "LineString", coordinates: line }));
    await page.getByText(/Tracé de 2\d\d\sm/).waitFor();
    await page.getByRole("button", { name: "Modifier le tracé" }).click();
    const canvas = await drawable(page);
    const box = await canvas.boundingBox();
    await page.mouse.click(box.x + box.width * 0.3, box.y + box.height * 0.4);
    await page.mouse.move(box.x + box.width * 0.7, box.y + box.height * 0.4);
    await page.mouse.click(box.x + box.width * 0.7, box.y + box.height * 0.4);
    await page.getByRole("button", { name: "Terminer le tracé" }).click();
    await page.waitForFunction((area) => area.value.includes("MultiLineString"), await text.elementHandle());
    const { coordinates: [kept, added] } = JSON.parse(await text.inputValue());
    assert.deepEqual(kept, line, "what was typed stays");
    for (const [lon, lat] of added) {
      assert.ok(Math.abs(lon - line[0][0]) < 0.02 && Math.abs(lat - line[0][1]) < 0.02, `${lon}, ${lat} is far from what was typed`);
    }
    await close(page);
  });

  scenario(`round a loop ${at}: the way from A to B is asked for, and the other one is kept`, async () => {
    const page = await form(size);
    await fillStreet(page, { ...town, street: { typed: "tilleuls", label: "Allée des Tilleuls" }, from: "15", to: "35" });
    const ways = page.getByRole("group", { name: /Chemin de A à B/ });
    await ways.waitFor();
    const other = ways.getByLabel(/Par l’autre côté de la boucle/);
    const lengths = (await ways.locator("label").allTextContents()).map((label) => Number(label.match(/(\d+)\sm/)[1]));
    assert.equal(lengths.length, 2);
    assert.ok(lengths[0] < lengths[1], `${lengths}`);
    await ways.getByText(/Par l’autre côté de la boucle/).click();
    assert.ok(await other.isChecked());
    // The map and the sentence below it follow what is chosen.
    await page.getByText(new RegExp(`Allée des Tilleuls du n° 15 au n° 35 \\(${lengths[1]}\\sm\\)`)).waitFor();
    await checkAccess(page, "the two ways round a loop");
    await picture(page, `loop-${size.width}`);
    await save(page);
    await saved(page);
    const [location] = (await orderOf(page)).content.measures[0].locations;
    assert.ok(Math.abs(location.found.lengthM - lengths[1]) < 2, `${location.found.lengthM} and not ${lengths[0]}`);
    await close(page);
  });

  scenario(`a bound is placed by a click on the map ${at}`, async () => {
    const page = await form(size);
    await fillStreet(page, town);
    await page.getByText(/Rue Pasteur du n° 2 au n° 20 \(/).first().waitFor();
    const bound = page.getByRole("group", { name: "Point B" });
    await bound.getByText("Point", { exact: true }).or(bound.getByText(/sur la carte/i)).first().click();
    await bound.getByRole("button", { name: "Placer sur la carte" }).click();
    await bound.getByRole("button", { name: "Cliquez sur la carte…" }).waitFor();
    await checkAccess(page, "a bound that waits for a click");
    const canvas = map(page).locator("canvas").first();
    await map(page).scrollIntoViewIfNeeded();
    await isStill(page);
    const box = await canvas.boundingBox();
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    const longitude = bound.getByLabel("Longitude");
    await page.waitForFunction((input) => input.value !== "", await longitude.elementHandle());
    await page.getByText(/Rue Pasteur (du|à partir du) n° 2 .*\(/).first().waitFor();
    await picture(page, `placed-${size.width}`);
    await save(page);
    await saved(page);
    const [location] = (await orderOf(page)).content.measures[0].locations;
    const decimal = (text) => Number(text.replace(",", "."));
    assert.equal(location.asked.to.type ?? location.asked.to.pointType, "point");
    assert.ok(location.found.lengthM > 5);
    assert.ok(decimal(String(location.asked.to.coordinates?.[0] ?? location.asked.to.place?.[0])) > 2);
    await close(page);
  });
}

// The map has gone where it was going.
async function isStill(page) {
  const seen = [];
  do {
    seen.push((await map(page).screenshot()).toString("base64"));
  } while (seen.length < 3 || seen.at(-1) !== seen.at(-2) || seen.at(-2) !== seen.at(-3));
}

// The canvas of the map, once it draws.
async function drawable(page) {
  await map(page).scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.querySelector(".maplibregl-canvas")?.style.cursor === "crosshair");
  return map(page).locator("canvas").first();
}
