// The DATEX II feed of 10,000 orders over HTTP, against PostgreSQL's own COPY of the same bytes.
import { call, apiUrl, median, psql, report, run, sql } from "./lib.mjs";

const ORDERS = 10_000;
const TEMPLATES = 200;
const TURNS = 15;

// Real orders, published through the API on the streets of the demonstration town…
const streets = new Map();
for (const word of ["rue", "avenue", "place", "boulevard", "chemin", "quai", "allée", "route"]) {
  for (const street of await call("GET", `/api/geo/streets?cityCode=00001&search=${encodeURIComponent(word)}`)) streets.set(street.roadName, street);
}
const names = [...streets.keys()];
if (names.length === 0) throw new Error("the demonstration town has no street");
for (let rank = 0; rank < TEMPLATES; rank += 1) {
  await call("POST", "/api/regulations", {
    identifier: `BENCH-${rank}`,
    status: "published",
    category: "temporaryRegulation",
    subject: "roadMaintenance",
    title: `Travaux ${rank}`,
    measures: [{
      type: ["noEntry", "speedLimitation", "parkingProhibited"][rank % 3],
      maxSpeed: 30,
      vehicleSet: rank % 2 ? { allVehicles: true } : { allVehicles: false, restrictedTypes: ["heavyGoodsVehicle"], heavyweightMaxWeight: 3.5 },
      periods: [{
        startDate: "2020-01-06T00:00:00Z", startTime: "2020-01-06T08:00:00Z", endDate: "2040-01-06T00:00:00Z", endTime: "2040-01-06T17:00:00Z",
        recurrenceType: "certainDays", dailyRange: { recurrenceType: "certainDays", applicableDays: ["monday", "tuesday", "friday"] },
        timeSlots: [{ startTime: "1970-01-01T07:00:00Z", endTime: "1970-01-01T10:00:00Z" }],
      }],
      locations: [{ roadType: "lane", namedStreet: { cityCode: "00001", cityLabel: "Ville de démonstration", roadName: names[rank % names.length] } }],
    }],
  });
}

// … then copied, each copy under its own identifiers.
sql(`
  CREATE TEMP TABLE copies AS
    SELECT o.uuid AS old, gen_random_uuid() AS new, n, o.identifier
    FROM orders o, generate_series(1, ${ORDERS / TEMPLATES - 1}) n WHERE o.identifier LIKE 'BENCH-%';
  INSERT INTO orders (uuid, organization_uuid, identifier, status, source, content, schema_version, published_version)
    SELECT c.new, o.organization_uuid, o.identifier || '/' || c.n, o.status, o.source, o.content, o.schema_version, o.published_version
    FROM copies c JOIN orders o ON o.uuid = c.old;
  INSERT INTO current_datex_fragments (order_uuid, state, category, valid_until, body)
    SELECT c.new, f.state, f.category, f.valid_until, replace(replace(f.body, c.old::text, c.new::text), c.identifier, c.identifier || '/' || c.n)
    FROM copies c JOIN current_datex_fragments f ON f.order_uuid = c.old;
  ANALYZE;
`);
const count = Number(sql("SELECT count(*) FROM current_datex_fragments"));
const bytes = Number(sql("SELECT sum(octet_length(body)) FROM current_datex_fragments"));
if (count < ORDERS) throw new Error(`${count} orders instead of ${ORDERS}`);

// curl and psql each time the transfer themselves, so that starting them does not count.
const feed = () => {
  const [size, seconds] = run("curl", ["-fsS", "-o", "/dev/null", "-w", "%{size_download} %{time_total}", `${apiUrl}/api/regulations.xml`]).split(" ");
  if (Number(size) < bytes) throw new Error(`the feed has ${size} bytes, the fragments ${bytes}`);
  return Number(seconds) * 1000;
};
const copy = () => {
  const script = "\\timing on\n\\copy (SELECT body FROM current_datex_fragments ORDER BY order_uuid) TO '/dev/null'\n";
  return Number(run(psql, ["-X", "-q"], { input: script }).match(/: ([0-9.,]+) ms/)[1].replace(",", "."));
};
const ours = [];
const reference = [];
feed();
copy();
for (let turn = 0; turn < TURNS; turn += 1) {
  ours.push(feed());
  reference.push(copy());
}
report(`Feed of ${count} orders, ${(bytes / 1e6).toFixed(1)} MB, against COPY of the same bytes`, ours, reference, "ms");
console.log(`  speed of the feed / speed of COPY: ${(median(reference) / median(ours)).toFixed(2)} (aim: 0.5 or more)`);
