// The feeds of 100,000 orders over HTTP, against PostgreSQL's own COPY of the same bytes. FEED_ORDERS for fewer.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { apiUrl, call, credentials, median, psql, report, run, sql, webUrl } from "./lib.mjs";

const ORDERS = Number(process.env.FEED_ORDERS ?? 100_000);
const FEW = Math.min(1_000, ORDERS / 10);
const TURNS = Number(process.env.FEED_TURNS ?? 7);
const FEED = "/api/regulations.xml";
// The feed leaves out what is over; a few of the generated orders are.
const IN_FEED = "FROM current_feed_fragments WHERE feed = 'datex' AND state <> 'over' AND body <> ''";
const folder = mkdtempSync(join(tmpdir(), "dialog-bench-"));
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const ratio = (name, value, aim) => console.log(`  ${name}: ${value.toFixed(2)} (aim: ${aim})`);

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
const resident = () => Number(readFileSync(`/proc/${api}/status`, "utf8").match(/VmRSS:\s+(\d+)/)[1]) / 1024;

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
/** Median first bytes, and the memory after reading the feed in both ways. */
const state = () => {
  const first = (encoding) => {
    const all = Array.from({ length: 15 }, () => fetchFeed(encoding, "time_starttransfer").ms);
    return median(all);
  };
  return { plain: first("identity"), gzip: first("gzip"), memory: resident() };
};

await generate(FEW);
state();
const small = state();
await generate(ORDERS + ORDERS / 50 - FEW);
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
console.log(`\nMemory of the api: ${small.memory.toFixed(0)} MiB, then ${large.memory.toFixed(0)} MiB (aim: 20 MB apart at most)`);

// 304 against a handler that does nothing, by the same nginx and the same middleware: a path that does not exist.
const tag = execFileSync("curl", ["-fsSI", webUrl + FEED], { encoding: "utf8" }).match(/etag: (.*)\r/i)[1];
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

// From the request that publishes to the end of a request that has the order, in each feed.
const { paths } = await call("GET", "/api/doc.json");
const { example } = paths["/api/regulations"].put.requestBody.content["application/json"];
const cursor = sql("SELECT max(id) FROM publication_events");
const waiting = fetch(`${apiUrl}/api/changes?after=${cursor}&wait=20`).then(async (answer) => [await answer.text(), performance.now()]);
await pause(300);
const begun = performance.now();
const published = await fetch(`${apiUrl}/api/regulations`, {
  method: "POST", headers: { ...credentials, "Content-Type": "application/json" }, body: JSON.stringify({ ...example, identifier: `BENCH-${Date.now()}`, status: "published" }),
});
const { uuid } = await published.json();
const answered = performance.now() - begun;
const [told, at] = await waiting;
if (!told.includes(uuid)) throw new Error("the change is not told");
console.log(`\nPublication at ${count} orders: answered after ${answered.toFixed(0)} ms, told to who waits after ${(at - begun).toFixed(0)} ms (aim: less than 1 s)`);
for (const path of [`/api/datex/${uuid}.xml`, `${FEED}?updatedSince=${new Date(Date.now() - 5000).toISOString()}`, `${FEED}?includeExpired=true`]) {
  const start = performance.now();
  const has = (await (await fetch(apiUrl + path, { headers: { "Accept-Encoding": "gzip" } })).text()).includes(uuid);
  if (!has) throw new Error(`${path} does not have what was published`);
  console.log(`  in ${path.replace(uuid, "…").replace(/=2.*/, "=…")} at once; read in ${(performance.now() - start).toFixed(0)} ms`);
}
await compressed();
const sizes = { raw: fetchFeed("identity").size, gzip: fetchFeed("gzip").size };
const deadline = Date.now() + 240_000;
while (sql("SELECT count(*) FROM feed_brotli WHERE feed = 'datex' AND revision = (SELECT revision FROM public_state)") === "0" && Date.now() < deadline) await pause(1000);
sizes.brotli = fetchFeed("br").size;
console.log(`\nSize of the feed: ${Object.entries(sizes).map(([name, size]) => `${name} ${(size / 1e6).toFixed(2)} MB`).join(", ")}`);
rmSync(folder, { recursive: true });
