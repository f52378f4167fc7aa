// The orders that a newcomer finds on the map after the first start, pushed through the integrators' API by the
// demonstration client. Does nothing when anything is published. Usage: node scripts/demo-orders.mjs BASE_URL
const base = process.argv[2];
const headers = {
  "Content-Type": "application/json",
  "X-Client-Id": "019b0000-0000-7000-8000-000000000001",
  "X-Client-Secret": "demo-client-secret-0000000000000000000000001",
};

const read = async (path) => (await fetch(base + path)).json();
const day = (offset) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday"];

const temporary = (days) => ({
  startDate: `${day(0)}T12:00:00Z`, startTime: "1970-01-01T00:00:00+01:00",
  endDate: `${day(days)}T12:00:00Z`, endTime: "1970-01-01T23:59:00+01:00",
});
const street = (cityCode, cityLabel, roadName, from, to) => ({
  roadType: "lane",
  namedStreet: {
    cityCode, cityLabel, roadName, direction: "BOTH",
    ...(from && { fromPointType: "houseNumber", fromHouseNumber: from, toPointType: "houseNumber", toHouseNumber: to }),
  },
});
const town = (...place) => street("00001", "Démoville (00001)", ...place);
const order = (identifier, title, category, measure) => ({ identifier, title, category, status: "published", measures: [measure] });
const morningsForLorries = {
  type: "noEntry",
  vehicleSet: { allVehicles: false, restrictedTypes: ["heavyGoodsVehicle"], heavyweightMaxWeight: 3.5 },
  periods: [{
    ...temporary(60),
    recurrenceType: "certainDays",
    dailyRange: { recurrenceType: "certainDays", applicableDays: weekdays },
    timeSlots: [{ startTime: "1970-01-01T07:00:00+01:00", endTime: "1970-01-01T10:00:00+01:00" }],
  }],
};

const orders = [
  order("DEMO-1", "Interdiction aux poids lourds le matin", "temporaryRegulation", { ...morningsForLorries, locations: [town("Rue Pasteur", "2", "20")] }),
  order("DEMO-2", "Zone 30", "permanentRegulation", {
    type: "speedLimitation", maxSpeed: 30, vehicleSet: { allVehicles: true },
    periods: [{ startDate: `${day(-30)}T00:00:00Z`, recurrenceType: "everyDay", isPermanent: true }],
    locations: [town("Rue de Verdun"), town("Rue Ampère")],
  }),
  order("DEMO-3", "Stationnement interdit pendant les travaux", "temporaryRegulation", {
    type: "parkingProhibited", vehicleSet: { allVehicles: true },
    periods: [{ ...temporary(21), recurrenceType: "everyDay" }],
    locations: [town("Rue des Lilas")],
  }),
];

const { features } = await read("/api/map/locations.geojson");
if (features.length === 0) {
  const { referenceEditions } = await read("/api/health");
  if (referenceEditions.some(({ edition }) => edition.includes("paris"))) {
    orders.push(order("DEMO-4", "Interdiction aux poids lourds le matin", "temporaryRegulation", {
      ...morningsForLorries, locations: [street("75104", "Paris 4e (75004)", "Rue des Rosiers", "2", "20")],
    }));
  }
  for (const body of orders) {
    const answer = await fetch(`${base}/api/regulations`, { method: "POST", headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${body.identifier}: ${answer.status} ${await answer.text()}`);
  }
}
