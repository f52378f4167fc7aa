// The product's main job: one order, from the clerk's screen to the map and the feed of everybody.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import net from "node:net";
import { after, before } from "node:test";
import { apiClient, call, day, hasParis, orderInFeed, succeed } from "./support/application.mjs";
import { checkAccess, close, openBrowser, openPage, picture, scenario } from "./support/browser.mjs";
import { fillMeasure, logInAsMember, newMeasure, publish, save } from "./support/clerk.mjs";

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

const town = {
  key: "town", cityCode: "00001", cityLabel: "Démoville (00001)", road: "Rue Pasteur", from: "2", to: "20",
  city: { typed: "démo", label: "Démoville (00001)" }, street: { typed: "past", label: "Rue Pasteur" },
};
const paris = {
  key: "paris", cityCode: "75104", cityLabel: "Paris 4e (75004)", road: "Rue des Rosiers", from: "2", to: "20",
  city: { typed: "paris 4", label: "Paris 4e (75004)" }, street: { typed: "rosiers", label: "Rue des Rosiers" },
};
const dates = { start: day(1), end: day(30) };

for (const place of [town, paris]) {
  scenario(`a clerk bans lorries from ${place.road}, and everybody sees it at once`, async (context) => {
    if (place === paris && !(await hasParis())) {
      console.log("skipped: journey on rue des Rosiers: the streets of Paris are not loaded");
      return context.skip("the streets of Paris are not loaded");
    }
    const page = await openPage(browser);
    await logInAsMember(page);
    const identifier = await newMeasure(page, { title: `Interdiction aux poids lourds, ${place.road}` });
    await fillMeasure(page, { ...place, ...dates });
    await page.getByText(new RegExp(`${place.road} du n° 2 au n° 20 \\(`)).first().waitFor();
    await page.getByText(/poids lourds de plus de 3,5 tonnes/).first().waitFor();
    await checkAccess(page, "the form of a measure");
    await picture(page, `${place.key}-measure`);
    await save(page);

    await page.getByRole("heading", { level: 1, name: `Arrêté temporaire ${identifier}` }).waitFor();
    await page.getByText("Brouillon").first().waitFor();
    await checkAccess(page, "a draft");
    const confirm = await publish(page);
    await checkAccess(page, "the dialog of publication");
    await picture(page, `${place.key}-publish`);
    const published = await confirm();
    let order;
    do {
      order = await orderInFeed(identifier);
      assert.ok(performance.now() - published < 1000, "the order is in the feed within a second");
    } while (!order);
    await page.getByText("L’arrêté est publié").waitFor();
    await page.getByText("Publié", { exact: true }).first().waitFor();
    await picture(page, `${place.key}-order`);
    const address = page.url();
    await close(page);

    // A private window, without touching a filter.
    const visitor = await openPage(browser);
    await visitor.goto("/carte");
    const entry = visitor.getByRole("button", { name: new RegExp(`Circulation interdite.*${place.road} du n° ${place.from} `) }).first();
    await visitor.getByRole("heading", { level: 1, name: "Carte des restrictions" }).waitFor();
    await visitor.goto(`/carte?regulationOrderRecordUuid=${address.split("/").at(-1)}`);
    await entry.waitFor();
    await entry.click();
    const card = visitor.getByRole("region", { name: "Restriction choisie" });
    await card.getByText(/poids lourds de plus de 3,5 tonnes/).waitFor();
    await checkAccess(visitor, "the map with a card");
    await picture(visitor, `${place.key}-map`, { whole: false });
    await visitor.goto(address);
    await visitor.getByRole("heading", { level: 1, name: `Arrêté temporaire ${identifier}` }).waitFor();
    await checkAccess(visitor, "a published order read by anybody");
    assert.equal(await visitor.getByRole("button", { name: /Publier|Supprimer/ }).count(), 0);
    await close(visitor);

    await sameByMachine(place, identifier, order, address.split("/").at(-1));
  });
}

// The same order pushed by an integrator gives the same public data: identifiers, source and times of writing aside.
async function sameByMachine(place, identifier, order, uuid) {
  const twin = `${identifier}-API`;
  const { json: created } = await succeed("POST", "/api/regulations", {
    headers: apiClient,
    body: {
      identifier: twin, status: "published", category: "temporaryRegulation", title: `Interdiction aux poids lourds, ${place.road}`,
      measures: [{
        type: "noEntry",
        vehicleSet: { allVehicles: false, restrictedTypes: ["heavyGoodsVehicle"], heavyweightMaxWeight: 3.5 },
        periods: [{
          startDate: instant(dates.start, "00:00"), startTime: instant(dates.start, "00:00"),
          endDate: instant(dates.end, "23:59"), endTime: instant(dates.end, "23:59"),
          recurrenceType: "certainDays",
          dailyRange: { recurrenceType: "certainDays", applicableDays: ["monday", "tuesday", "wednesday", "thursday", "friday"] },
          timeSlots: [{ startTime: "1970-01-01T07:00:00+01:00", endTime: "1970-01-01T10:00:00+01:00" }],
        }],
        locations: [{
          roadType: "lane",
          namedStreet: {
            cityCode: place.cityCode, cityLabel: place.cityLabel, roadName: place.road, direction: "BOTH",
            fromPointType: "houseNumber", fromHouseNumber: place.from, toPointType: "houseNumber", toHouseNumber: place.to,
          },
        }],
      }],
    },
  });
  assert.deepEqual(plain(await orderInFeed(twin), twin), plain(order, identifier));
  const { json: collection } = await succeed("GET", "/api/map/locations.geojson");
  const shown = (wanted) => collection.features
    .filter(({ properties }) => properties.order_uuid === wanted)
    .map(({ geometry, properties }) => ({ ...properties, geometry, order_uuid: "", location_uuid: "" }));
  assert.equal(shown(created.uuid).length, 1);
  assert.deepEqual(shown(created.uuid), shown(uuid));
}

// An instant as integrators write it: the wall clock of Paris with its offset that day.
function instant(date, time) {
  const offset = new Intl.DateTimeFormat("en", { timeZone: "Europe/Paris", timeZoneName: "longOffset" })
    .formatToParts(new Date(`${date}T12:00:00Z`)).find(({ type }) => type === "timeZoneName").value.replace("GMT", "");
  return `${date}T${time}:00${offset}`;
}

// The order of a feed without what tells two orders with the same content apart.
function plain(order, identifier) {
  return order
    .replaceAll(identifier, "IDENTIFIER")
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "UUID")
    .replace(/>(dialog|api|DiaLog|API[^<]*)</g, ">SOURCE<")
    .replace(/(updatedAt>)[^<]*/g, "$1TIME")
    // A line per element: a difference is then readable.
    .replaceAll("><", ">\n<").split("\n");
}

scenario("a second API process serves the same session and the same data", async () => {
  const port = await new Promise((resolve) => {
    const server = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
  const second = spawn(process.env.DIALOG_BIN, ["api"], { env: { ...process.env, API_PORT: String(port) }, stdio: "ignore" });
  try {
    const base = `http://127.0.0.1:${port}`;
    const deadline = Date.now() + 20_000;
    let healthy = false;
    while (!healthy && Date.now() < deadline) healthy = await call("GET", "/api/health", { base }).then(({ status }) => status === 200, () => false);
    assert.ok(healthy, "the second process answers");

    const page = await openPage(browser);
    await logInAsMember(page);
    const cookies = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
    await close(page);
    const headers = { Cookie: cookies };
    const first = await succeed("GET", "/api/app/me", { headers });
    const other = await succeed("GET", "/api/app/me", { headers, base });
    assert.deepEqual(other.json, first.json);
    assert.equal((await succeed("GET", "/api/regulations.xml", { base })).text, (await succeed("GET", "/api/regulations.xml")).text);
  } finally {
    second.kill("SIGTERM");
  }
});
