// Sections between two house numbers over HTTP, against pgbench that only fetches the segments of the same streets.
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { apiUrl, loggedStatements, median, pgbench, report, run, sql } from "./lib.mjs";

const CLIENTS = 4;
const SECONDS = 5;
const TURNS = 5;
const STREETS = 40;
const AT_MOST_MS = 20;

// The streets of Paris centre that have the most numbers when they are loaded, else those of the town.
const [edition, name] = sql(
  "SELECT id, name FROM reference.editions WHERE is_active AND kind = 'network' ORDER BY name LIKE '%paris%' DESC, id LIMIT 1",
).split("|");
const streets = sql(
  `SELECT street_id, min(number), max(number) FROM reference.addresses WHERE edition_id = ${edition} AND suffix = '' ` +
    `GROUP BY street_id HAVING count(*) >= 6 ORDER BY count(*) DESC, street_id LIMIT ${STREETS}`,
).split("\n").map((row) => row.split("|"));
const asked = streets.map(([street, from, to]) => {
  const query = { roadType: "lane", cityCode: street.slice(0, 5), roadBanId: street, fromHouseNumber: from, toHouseNumber: to };
  return `/api/geo/location-geometry?${new URLSearchParams(query)}`;
});
const paths = [];
// Asked for the first time, a street is read; then it is kept.
const logged = await loggedStatements(async () => {
  for (const path of asked) if ((await fetch(apiUrl + path)).status === 200) paths.push(path);
});
if (paths.length * 2 < asked.length) throw new Error(`only ${paths.length} of ${asked.length} sections are found`);

const folder = mkdtempSync(join(tmpdir(), "dialog-bench-"));
const script = join(folder, "wrk.lua");
writeFileSync(script, `local paths = {${paths.map((path) => JSON.stringify(path)).join(", ")}}
local rank = 0
request = function() rank = rank % #paths + 1; return wrk.format("GET", paths[rank]) end
`);
const milliseconds = (text) => Number.parseFloat(text) * (text.endsWith("us") ? 0.001 : text.endsWith("ms") ? 1 : 1000);
const http = () => {
  const output = run("wrk", ["-t1", `-c${CLIENTS}`, `-d${SECONDS}s`, "--latency", "-s", script, apiUrl]);
  if (/Non-2xx/.test(output)) throw new Error(output);
  return { rate: Number(output.match(/Requests\/sec:\s*([0-9.]+)/)[1]), p99: milliseconds(output.match(/99%\s+(\S+)/)[1]) };
};

// The very statements that fetch the network of each street.
const statements = [...new Set(logged.filter((text) => /^WITH .* FROM reference\.segments /.test(text)))];
const files = statements.map((text, rank) => {
  const file = join(folder, `${rank}.sql`);
  writeFileSync(file, `${text};\n`);
  return file;
});
const direct = () => {
  const log = join(folder, "latency");
  const options = ["-n", "-M", "prepared", "-c", CLIENTS, "-j1", "-T", SECONDS, "-l", `--log-prefix=${log}`];
  const output = run(pgbench, [...options, ...files.flatMap((file) => ["-f", file])].map(String), { stdio: ["ignore", "pipe", "ignore"] });
  const logs = readdirSync(folder).filter((file) => file.startsWith("latency")).map((file) => join(folder, file));
  const times = logs.flatMap((file) => readFileSync(file, "utf8").trim().split("\n").map((line) => Number(line.split(" ")[2]) / 1000));
  for (const file of logs) rmSync(file);
  times.sort((a, b) => a - b);
  return { rate: Number(output.match(/tps = ([0-9.]+) \(without/)[1]), p99: times[Math.floor(times.length * 0.99)] };
};

const ours = [];
const reference = [];
try {
  http();
  direct();
  for (let turn = 0; turn < TURNS; turn += 1) {
    ours.push(http());
    reference.push(direct());
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const of = (turns, member) => turns.map((turn) => turn[member]);
console.log(`\n${paths.length} sections of ${name}, ${asked.length - paths.length} not found, ${CLIENTS} callers`);
report("Sections between two house numbers, against pgbench fetching the segments of the same streets", of(ours, "rate"), of(reference, "rate"), "/s");
console.log(`  sections per second / fetches per second: ${(median(of(ours, "rate")) / median(of(reference, "rate"))).toFixed(2)}`);
report(`99th percentile (below ${AT_MOST_MS} ms)`, of(ours, "p99"), of(reference, "p99"), "ms");
if (median(of(ours, "p99")) >= AT_MOST_MS) process.exitCode = 1;
