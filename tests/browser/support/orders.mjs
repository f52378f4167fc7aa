// Orders that are there before a test begins, pushed through the integrators' API.
import assert from "node:assert/strict";
import { apiClient, call, day, succeed } from "./application.mjs";

// An order of the demonstration town; days are counted from today, no end makes it permanent.
export async function push(identifier, { title, status = "published", from, to, street = "Rue Pasteur" }) {
  const permanent = to === undefined;
  const answer = await call("POST", "/api/regulations", {
    headers: apiClient,
    body: {
      identifier, title, status, category: permanent ? "permanentRegulation" : "temporaryRegulation",
      measures: [{
        type: "noEntry",
        vehicleSet: { allVehicles: true },
        periods: [{
          startDate: `${day(from)}T12:00:00Z`, startTime: "1970-01-01T00:00:00+01:00", recurrenceType: "everyDay",
          ...(permanent ? { isPermanent: true } : { endDate: `${day(to)}T12:00:00Z`, endTime: "1970-01-01T23:59:00+01:00" }),
        }],
        locations: [{
          roadType: "lane",
          namedStreet: { cityCode: "00001", cityLabel: "Démoville (00001)", roadName: street, direction: "BOTH" },
        }],
      }],
    },
  });
  assert.ok(answer.status === 201 || /already|existe|used/i.test(answer.text), `${identifier}: ${answer.status} ${answer.text.slice(0, 300)}`);
}

// An order with so many measures, one street each.
export async function pushMany(identifier, count, status = "published") {
  const streets = ["Rue Pasteur", "Rue Ampère", "Rue de Verdun", "Rue des Lilas"];
  const { json } = await succeed("POST", "/api/regulations", {
    headers: apiClient,
    body: {
      identifier, title: `${count} mesures`, status, category: "permanentRegulation",
      measures: Array.from({ length: count }, (_, rank) => ({
        type: rank % 2 ? "parkingProhibited" : "noEntry",
        vehicleSet: { allVehicles: true },
        periods: [{ isPermanent: true, startDate: `${day(-1)}T12:00:00Z`, recurrenceType: "everyDay" }],
        locations: [{
          roadType: "lane",
          namedStreet: { cityCode: "00001", cityLabel: "Démoville (00001)", roadName: streets[rank % streets.length], direction: "BOTH" },
        }],
      })),
    },
  });
  return json;
}

// What the API lists for everybody.
export async function listed(query) {
  const { json } = await succeed("GET", `/api/app/regulation-records?${new URLSearchParams(query)}`);
  return { total: json.metadata.totalItems, identifiers: json.items.map(({ identifier }) => identifier), items: json.items };
}
