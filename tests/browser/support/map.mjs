// The public map as a person has it, and orders of the demonstration town that are on it.
import assert from "node:assert/strict";
import { apiClient, call, day, succeed } from "./application.mjs";

// Far enough for the orders of the other files to be over, permanent ones aside.
export const [from, to] = [day(400), day(410)];

export const street = (roadName, direction = "BOTH") => ({
  roadType: "lane",
  namedStreet: {
    cityCode: "00001", cityLabel: "Démoville (00001)", roadName, direction,
    fromPointType: "houseNumber", fromHouseNumber: "2", toPointType: "houseNumber", toHouseNumber: "12",
  },
});
export const lorries = { allVehicles: false, restrictedTypes: ["heavyGoodsVehicle"], heavyweightMaxWeight: 3.5 };

export async function push(identifier, measure, status = "published") {
  const answer = await call("POST", "/api/regulations", {
    headers: apiClient,
    body: {
      identifier, title: `Essai de la carte ${identifier}`, status, category: "temporaryRegulation",
      measures: [{
        vehicleSet: { allVehicles: true },
        periods: [{
          startDate: `${from}T12:00:00Z`, startTime: "1970-01-01T00:00:00+01:00",
          endDate: `${to}T12:00:00Z`, endTime: "1970-01-01T23:59:00+01:00",
          recurrenceType: "everyDay", timeSlots: measure.timeSlots ?? [],
        }],
        ...measure, timeSlots: undefined,
      }],
    },
  });
  assert.ok(answer.status === 201 || /already|existe|used/i.test(answer.text), `${identifier}: ${answer.status} ${answer.text.slice(0, 300)}`);
}

// Where an order is: the middle of the longest piece of its line.
export async function placeOf(identifier) {
  const { json: { features } } = await succeed("GET", `/api/map/locations.geojson?startDate=${from}&endDate=${to}`);
  for (const { geometry, properties } of features) {
    const { json: card } = await succeed("GET", `/api/map/locations/${properties.location_uuid}`);
    if (card.identifier !== identifier) continue;
    const lines = geometry.type === "LineString" ? [geometry.coordinates] : geometry.coordinates;
    const pieces = lines.flatMap((line) => line.slice(1).map((end, rank) => [line[rank], end]));
    const length = ([[a, b], [c, d]]) => Math.hypot(c - a, d - b);
    const [[x1, y1], [x2, y2]] = pieces.sort((one, other) => length(other) - length(one))[0];
    return { order: card.orderUuid, location: properties.location_uuid, lon: (x1 + x2) / 2, lat: (y1 + y2) / 2 };
  }
  throw new Error(`${identifier} is not on the map`);
}

export const at = ({ lon, lat }, zoom = 17) => `vue=${zoom}/${lat.toFixed(5)}/${lon.toFixed(5)}`;
export const dates = `startDate=${from}&endDate=${to}`;
export const title = (page) => page.locator("#titre-liste");
export const card = (page) => page.getByRole("region", { name: "Restriction choisie" });
export const entries = (page, name) => page.locator(".dl-restriction").filter({ hasText: name });
export const parameters = (page) => Object.fromEntries(new URL(page.url()).searchParams);

// The page of the map once it has drawn tiles; it remembers which were asked for.
export async function open(page, query) {
  page.tiles = [];
  page.on("request", (request) => {
    if (request.url().includes("/api/map/tiles/")) page.tiles.push(new URL(request.url()));
  });
  await page.goto(`/carte?${query}`);
  await page.getByRole("heading", { level: 1, name: "Carte des restrictions" }).waitFor();
  await page.locator("canvas").waitFor();
  await title(page).waitFor();
  await page.waitForLoadState("networkidle");
}

export async function openFilters(page) {
  const filters = page.locator("details.dl-details");
  if ((await filters.getAttribute("open")) === null) await filters.locator("summary").click();
}

export async function clickMiddle(page) {
  const canvas = page.locator(".maplibregl-canvas");
  await canvas.evaluate((element) => element.scrollIntoView({ block: "center" }));
  const box = await canvas.boundingBox();
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
}
