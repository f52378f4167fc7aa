// The feeds of 100,000 orders over HTTP, against PostgreSQL's own COPY of the same bytes.
//   FEED_ORDERS=100000  orders in the feed; the small state has a hundredth of them, 100 at least
//   FEED_TURNS=7        turns of each measure
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { apiUrl, call, credentials, median, psql, report, run, sql, webUrl } from "./lib.mjs";

const ORDERS = Number(process.env.FEED_ORDERS ?? 100_000);
const FEW = Math.min(ORDERS, Math.max(100, Math.round(ORDERS / 100)));
const TURNS = Number(process.env.FEED_TURNS ?? 7);
const FEED = "/api/regulations.xml";
// The feed leaves out what is over; a few of the generated orders are.
const IN_FEED = "FROM current_feed_fragments WHERE feed = 'datex' AND state <> 'over' AND body <> ''";
const folder = mkdtempSync(join(tmpdir(), "dialog-bench-"));
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
// Each figure of the issue ends as one line with its aim.
const told = (name, value, unit, aim) => console.log(`  ${name}: ${value.toFixed(2)}${unit} (aim: ${aim})`);
const ratio = (name, value, aim) => told(name, value, "", aim);

// The api process is the child of the web process that listens on the port of the API.
const port = new URL(apiUrl).port;
const api = readdirSync("/proc").find((pid) => {
  try {
    const [program, command] = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    return /dialog$/.test(program) && command === "api" && readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(`API_PORT=${port}`);
  } catch {
    return false;
  }
});
if (!api) throw new Error(`no dialog api listens on port ${port}`);
/** The most memory that the process takes while something is done, in MB. */
const peak = (action) => {
  writeFileSync(`/proc/${api}/clear_refs`, "5");
  const result = action();
  return [result, (Number(readFileSync(`/proc/${api}/status`, "utf8").match(/VmHWM:\s+(\d+)/)[1]) * 1024) / 1e6];
};

// curl and psql each time the transfer themselves, so that starting them does not count.
const fetchFeed = (encoding, variable = "time_total") => {
  const args = ["-fsS", "-o", "/dev/null", "-H", `Accept-Encoding: ${encoding}`, "-w", `%{size_download} %{${variable}}`, apiUrl + FEED];
  const [size, seconds] = run("curl", args).split(" ").map(Number);
  return { size, ms: seconds * 1000 };
};
const timed = (statement) => {
  const script = `\\timing on\n\\copy (${statement}) TO '/dev/null'\n`;
  return Number(run(psql, ["-X", "-q"], { input: script }).match(/: ([0-9.,]+) ms/)[1].replace(",", "."));
};
const turns = (one, other) => {
  const [ours, reference] = [[], []];
  one();
  other();
  for (let turn = 0; turn < TURNS; turn += 1) {
    ours.push(one());
    reference.push(other());
  }
  return [ours, reference];
};
const compressed = async () => {
  while (sql("SELECT EXISTS (SELECT FROM feed_marks)") === "t") await pause(200);
};
const generate = async (count) => {
  run(process.env.DIALOG_BIN, ["generate-orders", String(count)], { stdio: ["ignore", "inherit", "inherit"] });
  sql("VACUUM ANALYZE");
  await compressed();
};
/** Median first bytes of the feed, and the most memory it takes to answer it in both ways, whole. */
const state = () => {
  const first = (encoding) => median(Array.from({ length: 2 * TURNS + 1 }, () => fetchFeed(encoding, "time_starttransfer").ms));
  const [bytes, memory] = peak(() => ({ plain: first("identity"), gzip: first("gzip") }));
  return { ...bytes, memory };
};

// What is over is not in the feed: one order in fifty that is made is.
const begunAt = performance.now();
await generate(FEW);
state();
const small = state();
await generate(Math.max(0, Math.round(ORDERS * 1.02) - FEW));
console.log(`Orders made in ${((performance.now() - begunAt) / 60_000).toFixed(1)} min`);
const large = state();
const [count, bytes] = sql(`SELECT count(*), sum(octet_length(body) + 1) ${IN_FEED}`).split("|").map(Number);

const copy = () => timed(`SELECT body ${IN_FEED} ORDER BY order_uuid`);
for (const encoding of ["identity", "gzip"]) {
  const [ours, reference] = turns(() => fetchFeed(encoding).ms, copy);
  report(`DATEX II feed of ${count} orders, ${(bytes / 1e6).toFixed(1)} MB, ${encoding}, against COPY of the same orders`, ours, reference, "ms");
  ratio("speed of the feed / speed of COPY", median(reference) / median(ours), "0.5 or more");
}
console.log(`\nFirst byte at ${count} orders against ${FEW}`);
for (const encoding of ["plain", "gzip"]) {
  console.log(`  ${encoding}: ${large[encoding].toFixed(1)} ms against ${small[encoding].toFixed(1)} ms`);
  ratio("first byte / first byte", large[encoding] / small[encoding], "2 or less");
}
console.log(`\nMost memory of the api while it answers the feed: ${small.memory.toFixed(0)} MB at ${FEW} orders, ${large.memory.toFixed(0)} MB at ${count}`);
told("what the large feed takes more", large.memory - small.memory, " MB", "20 or less");

// 304 against a handler that does nothing, by the same nginx and the same middleware: a path that does not exist.
const tag = execFileSync("curl", ["-fsSI", webUrl + FEED], { encoding: "utf8" }).match(/etag: (.*)\r/i)[1];
const status = run("curl", ["-sS", "-o", "/dev/null", "-w", "%{http_code}", "-H", `If-None-Match: ${tag}`, webUrl + FEED]);
if (status !== "304") throw new Error(`${FEED} answers ${status} to who has it`);
const wrk = (path, script) => {
  const file = join(folder, "wrk.lua");
  writeFileSync(file, script);
  return Number(run("wrk", ["-t2", "-c32", "-d3", "-s", file, webUrl + path]).match(/Requests\/sec:\s+([0-9.]+)/)[1]);
};
const [fresh, empty] = turns(() => wrk(FEED, `wrk.headers["If-None-Match"] = '${tag}'`), () => wrk("/api/nothing", ""));
report("304 through nginx, 32 callers, against a path that does not exist", fresh, empty, "/s");
ratio("rate / rate", median(fresh) / median(empty), "0.8 or more");

const page = "SELECT e.*, v.identifier, v.organization_name, v.time_zone, v.source, v.published_at, v.schema_version, v.content::text FROM publication_events e LEFT JOIN order_versions v ON e.kind <> 'deleted' AND v.order_uuid = e.order_uuid AND v.number = e.version_number WHERE e.id > 0 ORDER BY e.id LIMIT 1000";
const changes = () => Number(run("curl", ["-fsS", "-o", "/dev/null", "-w", "%{time_total}", `${apiUrl}/api/changes?limit=1000`])) * 1000;
const [ours, reference] = turns(changes, () => timed(page));
report("A page of 1,000 changes, against its statement alone", ours, reference, "ms");
ratio("time / time", median(ours) / median(reference), "2 or less");

// From the request that publishes to the end of an answer that has the order, in every feed, all asked for at once as soon
// as the publication is answered; and to who waits for it. A whole feed takes as long as its bytes: it is read on its own.
const { paths } = await call("GET", "/api/doc.json");
const { example } = paths["/api/regulations"].put.requestBody.content["application/json"];
// A closure for everybody, in force: what every feed can say.
const day = (days) => `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T00:00:00Z`;
const measures = [{ ...example.measures[0], type: "noEntry", vehicleSet: { allVehicles: true }, periods: [{ ...example.measures[0].periods[0], startDate: day(-1), endDate: day(30) }] }];
const since = new Date(Date.now() - 1000).toISOString();
const feeds = {
  "DATEX II": `${FEED}?updatedSince=${since}`,
  "DATEX II, old layout": `${FEED}?layout=legacy&updatedSince=${since}`,
  CIFS: `/api/regulations/cifs.xml?updatedSince=${since}`,
  GeoJSON: `/api/restrictions.geojson?updatedSince=${since}`,
  CSV: `/api/restrictions.csv?updatedSince=${since}`,
};
const arrivals = new Map();
let uuid;
for (let turn = 0; turn < TURNS; turn += 1) {
  const cursor = sql("SELECT max(id) FROM publication_events");
  const waiting = fetch(`${apiUrl}/api/changes?after=${cursor}&wait=20`).then(async (answer) => [await answer.text(), performance.now()]);
  await pause(300);
  const start = performance.now();
  const body = { ...example, measures, identifier: `BENCH-${Date.now()}`, status: "published" };
  ({ uuid } = await call("POST", "/api/regulations", body));
  const arrived = (name) => arrivals.set(name, [...(arrivals.get(name) ?? []), performance.now() - start]);
  arrived("answer of the publication");
  const ask = async ([name, path]) => {
    const answer = await fetch(apiUrl + path, { headers: { "Accept-Encoding": "gzip" } });
    if (!(await answer.text()).includes(uuid)) throw new Error(`${name} does not have what was published`);
    arrived(name);
  };
  await Promise.all([...Object.entries(feeds), ["one order", `/api/datex/${uuid}.xml`]].map(ask));
  const [text, at] = await waiting;
  if (!text.includes(uuid)) throw new Error("the change is not told");
  arrivals.set("changes", [...(arrivals.get("changes") ?? []), at - start]);
}
console.log(`\nFrom a publication to its feeds, at ${count} orders, milliseconds`);
for (const [name, all] of arrivals) console.log(`  ${name}: ${median(all).toFixed(0)} (${Math.min(...all).toFixed(0)} to ${Math.max(...all).toFixed(0)})`);
told("publication to the last of the feeds, the slowest turn", Math.max(...[...arrivals.values()].flat()) / 1000, " s", "less than 1");
for (const path of [FEED, "/api/regulations/cifs.xml"]) {
  for (const encoding of ["identity", "gzip"]) {
    const file = join(folder, "feed");
    const start = performance.now();
    run("curl", ["-fsS", "--compressed", "-o", file, "-H", `Accept-Encoding: ${encoding}`, apiUrl + path]);
    const ms = performance.now() - start;
    try {
      execFileSync("grep", ["-qF", uuid, file]);
    } catch {
      throw new Error(`${path} in ${encoding} does not have what was published`);
    }
    console.log(`  whole ${path}, ${encoding}: has it too, read in ${ms.toFixed(0)} ms`);
  }
}
await compressed();
const sizes = { raw: fetchFeed("identity").size, gzip: fetchFeed("gzip").size };
const deadline = Date.now() + 240_000;
while (sql("SELECT count(*) FROM feed_brotli WHERE feed = 'datex' AND revision = (SELECT revision FROM public_state)") === "0" && Date.now() < deadline) await pause(1000);
// Without brotli at rest the plain document would answer.
if (Date.now() < deadline) sizes.brotli = fetchFeed("br").size;
else console.log("\nno brotli after four minutes of rest");
const size = ([name, bytes]) => `${name} ${(bytes / 1e6).toFixed(2)} MB (${((bytes * 100) / sizes.raw).toFixed(1)} %)`;
console.log(`\nSize of the feed: ${Object.entries(sizes).map(size).join(", ")}`);
rmSync(folder, { recursive: true });
